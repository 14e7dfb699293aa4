"""The settings in force, and what each may be: `kw config list` (INTERFACE 5)."""

from keyworker_cli.reports.question import Asked
from keyworker_cli.reports.report import Column, Report, Row, Section
from keyworker_cli.rules.settings import ALLOWED, default_of

COLUMNS = (
    Column("key", "Setting"),
    Column("value", "Value", style=lambda row: "loud" if row["value"] != row["default"] else ""),
    Column("default", "Default", style=lambda row: "quiet"),
    Column("allowed", "Allowed", priority=1),
)


def settings_report(asked: Asked) -> Report:
    """Return every setting with its value in force, its default, and what is allowed."""
    rows = tuple(_row(asked, key) for key in ALLOWED)
    changed = sum(row["value"] != row["default"] for row in rows)
    section = Section(
        name="settings", title="", columns=COLUMNS, rows=rows, foot=("Change one: kw config set KEY VALUE",)
    )
    return asked.report("settings", "Settings in force", [section], summary={"settings": len(rows), "changed": changed})


def _row(asked: Asked, key: str) -> Row:
    return {
        "key": key,
        "value": asked.settings.get(key),
        "default": default_of(key),
        "allowed": ALLOWED[key].words,
    }
