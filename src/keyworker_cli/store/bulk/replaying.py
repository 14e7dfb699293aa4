"""New rows that come with what they said before: each is saved as it first was, and then changed as it was changed.

So the triggers keep every version, as they did where the row was recorded first (help: late-recording).
"""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy.exc import IntegrityError

from keyworker_cli.rules.files.cells import BOOLEAN
from keyworker_cli.rules.files.said_before import changes_of
from keyworker_cli.store.bulk.staging import NEW, Staged, Staging

GONE_FIRST: Final = ("voided_at", "left_on", "ended_on")
"""What a row says that no longer stands: it is saved before those that stood in its place later."""
HEADING: Final = 1
"""How many lines stand before the first row."""
KNOWN: Final = "coalesce(recorded_at, imported_at, ?)"
"""Since when a staged row has been known."""


def replay(staging: Staging, staged: Staged) -> int | None:
    """Save the new rows that have been changed before; return what is added to its line to give each new one its key.

    `None` where no row has. One whose past cannot stand beside what is there is left to be saved as it is now.
    """
    with_past = f"{staged.name} WHERE verdict = {NEW} AND said_before IS NOT NULL"
    if "said_before" not in staged.given or not staging.has(with_past):
        return None
    names = (*staged.own, *(("session_id",) if "session_id" in staged.sheet.key else ()))
    gone = "".join(f"{name} IS NULL, " for name in GONE_FIRST if name in staged.own)
    rows = staging.ask(
        f"SELECT line, {KNOWN}, coalesce(recorded_by, ?), recorded_at IS NOT NULL, said_before, {', '.join(names)} "
        f"FROM {with_past} ORDER BY {gone}line",
        *(staging.now, staging.user),
    )
    before = int(staging.ask(f"SELECT coalesce(max(id), 0) FROM {staged.sheet.table}")[0][0]) - HEADING
    truths = {column.field for column in staged.sheet.columns if column.kind is BOOLEAN}
    for line, at, by, known, past, *cells in rows:
        values = dict(zip(names, cells, strict=True))
        stamps = {"recorded_at": at, "recorded_by": by, "recorded_known": bool(known)}
        try:
            with staging.connection.begin_nested():
                _save_versions(staging, staged.sheet.table, before + line, values | stamps, past, truths)
        except IntegrityError:
            staged.without_past += 1
            staging.run(f"UPDATE {staged.name} SET said_before = NULL WHERE line = ?", line)
    return before


def _save_versions(
    staging: Staging, table: str, row_id: int, values: Mapping[str, Any], past: str, truths: set[str]
) -> None:
    changes = changes_of(past)
    versions = [dict(values)]
    for change in reversed(changes):
        versions.append({**versions[-1], **change.said})
    first, *later = reversed(versions)
    stamps = {"id": row_id, "changed_at": values["recorded_at"], "changed_by": values["recorded_by"]}
    row = _as_truths({**first, **stamps}, truths)
    marks = ", ".join("?" * len(row))
    staging.run(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", *row.values())
    for change, version in zip(changes, later, strict=True):
        became = {name: version[name] for name in change.said}
        row = _as_truths({**became, "changed_at": change.until, "changed_by": change.by}, truths)
        sets = ", ".join(f"{name} = ?" for name in row)
        staging.run(f"UPDATE {table} SET {sets} WHERE id = ?", *row.values(), row_id)


def _as_truths(row: Mapping[str, Any], truths: set[str]) -> dict[str, Any]:
    """Return a row with its truths as a server takes them."""
    return {name: bool(value) if name in truths and value is not None else value for name, value in row.items()}
