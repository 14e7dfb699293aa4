"""A question of one's own, over the views: `kw query` (help: query)."""

from collections.abc import Iterable, Iterator
from itertools import count
from math import isfinite
from typing import TYPE_CHECKING, Final

from keyworker_cli.errors import UsageError
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Report, Row, Section, Value
from keyworker_cli.reports.words import emphasised

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

VIEWS: Final = {
    "v_prisoner": "everybody who has been here: where, since when, whose",
    "v_key_worker": "the officers: wing, capacity, whether they are there, how many prisoners",
    "v_allocation": "who was whose key worker, from when until when",
    "v_session": "sessions and entries, without their notes",
    "v_slot": "time for key work on the rota, and what became of it",
    "v_event": "what raises a priority: event, day, until when",
    "v_gap": "how long each prisoner here has had no key work",
}
"""The views, each with what is in it."""


def query_report(store: "Store", request: ReportRequest, sql: str) -> Report:
    """Return the rows that a SELECT over the views gives, under the names of its columns.

    Two columns of one name are told apart by a number. Raises `UsageError` for what is not one such question.
    """
    if not sql.strip():
        raise UsageError("there is no question.", HINT)
    answer = store.query(sql, as_of=request.as_of)
    names = list(distinct(answer.names))
    columns = tuple(Column(name, name, wrap=True) for name in names)
    rows = tuple(dict(zip(names, map(_plain, row), strict=True)) for row in answer)
    section = Section("query", "", columns, rows, {"rows": len(rows)}, empty="No row.")
    return request.report("query", "Your question", [section])


def views_report(store: "Store", request: ReportRequest) -> Report:
    """Return the views, what is in each, and the names of its columns."""
    rows: tuple[Row, ...] = tuple(
        {"view": view, "holds": VIEWS[view], "columns": names} for view, names in store.view_columns().items()
    )
    section = Section("views", "", COLUMNS, rows, figures=True)
    return request.report("query", "Views for questions of your own", [section], foot=(EXAMPLE,))


def distinct(names: Iterable[str]) -> Iterator[str]:
    """Yield column names as keys: a second one of a name gets a number, and a dot is no path into an object."""
    seen: set[str] = set()
    for name in names:
        plain = name.replace(".", "_") or "column"
        numbered = (plain if number == 1 else f"{plain}_{number}" for number in count(1))
        free = next(key for key in numbered if key not in seen)
        seen.add(free)
        yield free


def _plain(value: object) -> Value:
    """Return a value as a report holds it: bytes as hexadecimal text, whatever has no form in JSON as its text."""
    if isinstance(value, bytes):
        return value.hex()
    if value is None or isinstance(value, int | str) or (isinstance(value, float) and isfinite(value)):
        return value
    return str(value)


def _names(row: Row) -> str:
    columns = row["columns"]
    return ", ".join(columns) if isinstance(columns, tuple) else ""


HINT: Final = "kw query lists the views and their columns; a question is one SELECT."
EXAMPLE: Final = 'kw query "SELECT wing, count(*) AS prisoners, max(days) AS longest FROM v_gap GROUP BY wing"'

COLUMNS: Final = (
    Column("view", "View", style=emphasised),
    Column("holds", "What is in it", wrap=True),
    Column("columns", "Columns", show=_names, wrap=True),
)
