"""How a report is to be given: in which form and order, at what length, narrowed to whom (help: output)."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from keyworker_cli.errors import UsageError
from keyworker_cli.reports.report import Column, Report, Row, Section, value_of
from keyworker_cli.rules.stays.places import in_order
from keyworker_cli.rules.typed import say_near

LABEL: Final = "section"
"""The column that says which of several parts a row is of."""
ROWS_ALONE: Final = ("ndjson", "csv", "tsv", "ics", "dps-appointments")
"""The forms that have no room for a sentence."""
PLACES: Final = ("location", "wing")
"""The columns that are sorted as people count: B-1-2 before B-1-10."""


class View(NamedTuple):
    """How a report is to be given: its form, its place, what it is narrowed to, and in which order."""

    format: str = "table"
    output: Path | None = None
    with_reasons: bool = False
    wings: tuple[str, ...] = ()
    key_worker: str | None = None
    sort: str | None = None
    limit: int | None = None
    fields: tuple[str, ...] = ()
    fail: bool = False

    @property
    def on_screen(self) -> bool:
        """It is given to people, on the screen."""
        return self.format == "table" and self.output is None

    @property
    def rows_alone(self) -> bool:
        """It is given as rows alone, without a sentence beside them."""
        return self.format in ROWS_ALONE

    def arranged(self, report: Report) -> Report:
        """Return the report in the order and at the length asked for; its summary stays that of the whole.

        Of several parts those are sorted that have the column. Raises `UsageError` where none has it.
        """
        if self.sort is not None:
            _check_sort(self.sort, report.answer)
        arranged = report._replace(sections=tuple(self._arranged(section) for section in report.sections))
        return narrowed(arranged, self.fields) if self.fields else arranged

    def _arranged(self, section: Section) -> Section:
        if section.beside:
            return section
        at_most = section.at_most if self.limit is None else None  # who asks for more than is usual is shown it
        return _sorted(section, self.sort)._replace(at_most=at_most).limited(self.limit)


def narrowed(report: Report, fields: Sequence[str]) -> Report:
    """Return the report with these columns only, in this order; parts without any of them are left out.

    Raises `UsageError` for a column that no part has, naming the nearest and those there are.
    """
    known = {name for section in report.answer for name in _by_name(section)}
    if report.apart and len(fields) > 1:
        known.add(LABEL)
    for field in fields:
        if field not in known:
            raise UsageError(f"there is no column {field!r}.", say_columns(field, known))
    return report._replace(sections=tuple(_of_fields(report.answer, fields)), labelled=LABEL in fields)


def say_columns(typed: str, known: Collection[str]) -> str:
    """Return which column may have been meant, and which there are."""
    there_are = f"the columns are: {', '.join(sorted(known))}." if known else "this answer has no columns."
    return say_near(typed, known, there_are)


def _of_fields(sections: Iterable[Section], fields: Sequence[str]) -> Iterator[Section]:
    for section in sections:
        columns = _by_name(section)
        chosen = [columns[field] for field in fields if field in columns]
        if chosen:
            yield section._replace(columns=tuple(chosen))


def _by_name(section: Section) -> dict[str, Column]:
    """Return a section's columns by the name that scripts know them by; every one has a heading then."""
    named: dict[str, Column] = {}
    for column in section.columns:
        name = column.key.replace(".", "_")
        if name and not (name in named and named[name].title):
            named[name] = column._replace(title=column.title or name, priority=0)
    return named


def _check_sort(key: str, sections: Iterable[Section]) -> None:
    keys = [column.key for section in sections for column in section.columns if column.key]
    columns = {key.replace(".", "_"): key for key in keys}
    name = key.removeprefix("-")
    if name not in columns and name not in columns.values():
        raise UsageError(f"there is no column {name!r} to sort by.", say_columns(name, columns))


def _sorted(section: Section, key: str | None) -> Section:
    name = (key or "").removeprefix("-")
    column = next((c.key for c in section.columns if c.key and name in (c.key, c.key.replace(".", "_"))), None)
    if key is None or column is None:
        return section
    there = [row for row in section.rows if value_of(row, column) is not None]
    missing = (row for row in section.rows if value_of(row, column) is None)
    there.sort(key=lambda row: _rank(row, column), reverse=key.startswith("-"))
    return section._replace(rows=(*there, *missing), group=None)  # headings belong to the report's own order


def _rank(row: Row, key: str) -> tuple[float, str, tuple[Any, ...]]:
    """Order values of a kind: numbers by size, places as people count, the rest by their text."""
    value = value_of(row, key)
    if isinstance(value, int | float):
        return (value, "", ())
    if key in PLACES and isinstance(value, str):
        return (0, "", in_order(value)[1])
    return (0, value.isoformat() if isinstance(value, date) else str(value).casefold(), ())
