"""The rows of a report as CSV, under the names of the JSON, nested ones joined by `_` (help: output)."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from io import StringIO
from typing import Final

from keyworker_cli.render.clean import clean
from keyworker_cli.reports.report import Report, Section, Value, value_of

# A spreadsheet takes a text that starts so for a formula; the last four are the wide forms some keyboards give.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def render(report: Report) -> str:
    """Return header and rows; of several sections, the union of their columns, and `section` beside the number."""
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines_of(report))
    return text.getvalue()


def lines_of(report: Report) -> Iterator[list[str]]:
    """Yield the header, then each row, as texts."""
    fields = _fields(report)
    place = 1 if "prison_number" in fields else 0
    yield _labelled("section", [*fields.values()], report, place)
    for section in report.answer:
        own = {key for column in section.columns for key in _keys(section, column.key)}
        for row in section.rows:
            cells = [_cell(value_of(row, key)) if key in own else "" for key in fields]
            yield _labelled(_guarded(section.name), cells, report, place)


def _labelled(label: str, cells: list[str], report: Report, place: int) -> list[str]:
    return [*cells[:place], label, *cells[place:]] if report.apart else cells


def _fields(report: Report) -> dict[str, str]:
    """Return the name of each field by its key: the prison number, then as the sections first use them."""
    keys = [key for section in report.answer for column in section.columns for key in _keys(section, column.key)]
    keys.sort(key=lambda key: key != "prison_number")  # first, where there is one; the others stay in their order
    return {key: key.replace(".", "_") for key in keys}


def _keys(section: Section, key: str) -> tuple[str, ...]:
    """Return a column's keys: one a part for a nested object, none for a column that is only words."""
    if not key or any(column.key.startswith(f"{key}.") for column in section.columns):
        return ()
    values = (value_of(row, key) for row in section.rows)
    found = next((value for value in values if value is not None), None)
    return tuple(f"{key}.{part}" for part in found) if isinstance(found, Mapping) else (key,)


def _cell(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case datetime() | date() | time():
            return value.isoformat()
        case Mapping():
            return ";".join(_cell(part) for part in value.values())
        case list() | tuple():
            return ";".join(_cell(part) for part in value)
        case _:
            return _guarded(value)


def _guarded(text: str) -> str:
    shown = clean(text)
    return f"'{shown}" if shown.startswith(_FORMULA_STARTS) else shown
