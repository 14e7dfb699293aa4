"""The settings in force, and what each may be: `kw config list` (help: settings)."""

from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Report, Row, Section
from keyworker_cli.rules.settings import ALLOWED, default_of

COLUMNS = (
    Column("key", "Setting"),
    Column("value", "Value", style=lambda row: "emphasis" if row["value"] != row["default"] else ""),
    Column("default", "Default", style=lambda row: "quiet"),
    Column("allowed", "Allowed", priority=1),
)


def settings_report(request: ReportRequest) -> Report:
    """Return every setting with its value in force, its default, and what is allowed."""
    rows = tuple(_row(request, key) for key in ALLOWED)
    changed = sum(row["value"] != row["default"] for row in rows)
    section = Section(
        name="settings", title="", columns=COLUMNS, rows=rows, foot=("Change one: kw config set KEY VALUE",)
    )
    return request.report(
        "settings", "Settings in force", [section], summary={"settings": len(rows), "changed": changed}
    )


def _row(request: ReportRequest, key: str) -> Row:
    return {
        "key": key,
        "value": request.settings.get(key),
        "default": default_of(key),
        "allowed": ALLOWED[key].words,
    }
