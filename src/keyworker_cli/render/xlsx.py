"""The report as a spreadsheet: a sheet a section, real dates and numbers, text that is never taken for a formula."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Final

from xlsxwriter import Workbook  # type: ignore[import-untyped]  # XlsxWriter does not mark itself as typed

from keyworker_cli.render.clean import one_line
from keyworker_cli.render.plain import cells_wide
from keyworker_cli.render.words import MARKING, Cell, Page, Part, page_of, say
from keyworker_cli.reports.report import Column, Report, Row, Section, value_of
from keyworker_cli.rules.dates import london, say_day, say_time

_Content = str | int | float | date | datetime | time

_NUMBER_FORMATS: Final[dict[type, str]] = {
    int: "0",
    float: "0.0",
    date: "ddd d mmm yyyy",
    datetime: "ddd d mmm yyyy hh:mm",
    time: "hh:mm",
}
# What Excel can hold: whole numbers without rounding, dates, the text of a cell, the name of a sheet.
_LARGEST_WHOLE: Final = 10**15
_FIRST_YEAR: Final = 1901
_LONGEST_TEXT: Final = 16_000
_LONGEST_NAME: Final = 31
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\]")
_WIDEST: Final = 60
_FILTER_BUTTON: Final = 3
_A4: Final = 9


def render(report: Report) -> bytes:
    """Return the workbook: its sheets have a fixed heading row with filters; the last, "About", says what they rest on.

    Two runs over the same report give the same bytes.
    """
    page = page_of(report)
    content = BytesIO()
    # In memory: a temporary file would leave people's names behind, and the time of writing in the bytes.
    book = Workbook(content, {"in_memory": True})
    book.set_properties({"title": page.title, "created": datetime.combine(report.as_of, time())})
    sheets = _Sheets(book)
    for section, part in zip(report.sections, page.parts, strict=True):
        sheets.add_section(section, part)
    sheets.add_about(_about(page))
    book.close()
    return content.getvalue()


class _Sheets:
    """The sheets of one workbook: their names, and the forms their cells share."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._forms: dict[tuple[tuple[str, object], ...], Any] = {}
        self._taken = {"about", "history"}  # the second is Excel's own

    def add_section(self, section: Section, part: Part) -> None:
        """Add a sheet: headings, then the rows; where they stand under headings, a first column "Group" says which."""
        sheet = self._sheet(self._name(section))
        groups = [run.heading for run in part.runs for _ in run.rows]
        first = int(any(groups))
        headings = [*(["Group"] if first else []), *part.headings]
        for place, text in enumerate(headings):
            sheet.write_string(0, place, text, self._form(bold=True, bottom=1, text_wrap=True, valign="bottom"))
            sheet.set_column(place, place, _width(part, place - first, text))
        cells = (cells for run in part.runs for cells in run.rows)
        for number, (row, group, said) in enumerate(zip(section.rows, groups, cells, strict=True), start=1):
            if first:
                self._write(sheet, number, 0, group, self._form())
            for place, (column, cell) in enumerate(zip(part.columns, said, strict=True)):
                content = _content(column, row, cell)
                self._write(sheet, number, first + place, content, self._form_of(column, cell, content))
        if part.empty:
            self._write(sheet, 1, 0, part.empty, self._form())
        if headings:
            sheet.autofilter(0, 0, max(1, len(section.rows)), len(headings) - 1)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)

    def add_about(self, lines: Iterable[tuple[str, str]]) -> None:
        """Add the last sheet: what the report is, what it rests on, and its marking."""
        sheet = self._sheet("About")
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 90)
        for number, (name, text) in enumerate(lines):
            self._write(sheet, number, 0, name, self._form(bold=True, valign="top"))
            self._write(sheet, number, 1, text, self._form(text_wrap=True, valign="top"))

    def _sheet(self, name: str) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&C{MARKING}")
        sheet.set_footer(f"&C{MARKING}&RPage &P of &N")
        return sheet

    def _name(self, section: Section) -> str:
        """Return a name for a sheet that Excel takes and no other sheet has."""
        wished = _legal(one_line(section.title)) or _legal(one_line(section.name)) or "Report"
        name, number = wished, 1
        while name.lower() in self._taken:
            number += 1
            ending = f" {number}"
            name = _cut(wished, _LONGEST_NAME - len(ending)) + ending
        self._taken.add(name.lower())
        return name

    def _form_of(self, column: Column, cell: Cell, content: _Content) -> Any:
        properties: dict[str, object] = {"align": column.align, "valign": "top"}
        if type(content) in _NUMBER_FORMATS:
            properties["num_format"] = _NUMBER_FORMATS[type(content)]
        if cell.style in {"loud", "warn"}:
            properties["bold"] = True
        if column.wrap:
            properties["text_wrap"] = True
        return self._form(**properties)

    def _form(self, **properties: object) -> Any:
        """Return the one form with these properties: a workbook holds only so many."""
        key = tuple(properties.items())
        if key not in self._forms:
            self._forms[key] = self._book.add_format(properties)
        return self._forms[key]

    def _write(self, sheet: Any, row: int, place: int, content: _Content, form: Any) -> None:
        match content:
            case str():
                sheet.write_string(row, place, _shortened(content), form)
            case date() | time():
                sheet.write_datetime(row, place, content, form)
            case _:
                sheet.write_number(row, place, content, form)


def _content(column: Column, row: Row, cell: Cell) -> _Content:
    """Return a number, date or time as such, to be sorted and summed, where the cell's words say it; else the words."""
    value = value_of(row, column.key) if column.key else None
    match value:
        case bool():
            return cell.words
        case int() | float() if abs(value) < _LARGEST_WHOLE and say(value) in cell.words:
            return value
        case datetime() if value.year >= _FIRST_YEAR and say_day(london(value)) in cell.words:
            return london(value).replace(tzinfo=None)
        case date() if not isinstance(value, datetime) and value.year >= _FIRST_YEAR and say_day(value) in cell.words:
            return value
        case time() if say_time(value) in cell.words:
            return value
        case _:
            return cell.words


def _width(part: Part, place: int, heading: str) -> int:
    """Return a column's width in letters: of its longest text within reason, and of its heading with its button."""
    texts = (row[place].words if place >= 0 else run.heading for run in part.runs for row in run.rows)
    widest = max((cells_wide(text) for text in texts), default=0)
    return min(_WIDEST, max(widest + 1, cells_wide(heading) + _FILTER_BUTTON))


def _legal(name: str) -> str:
    return _cut(_NOT_IN_NAMES.sub(" ", name).strip(" '"), _LONGEST_NAME).strip(" '")


def _shortened(text: str) -> str:
    """Return what a cell can hold of the text, and say where it had to be cut."""
    return text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]} … (cut: a spreadsheet's cell holds no more)"


def _cut(text: str, length: int) -> str:
    """Return the beginning of the text, counted as Excel counts: a character beyond the first 65,536 as two."""
    return text.encode("utf-16-le")[: 2 * length].decode("utf-16-le", "ignore")


def _about(page: Page) -> Iterator[tuple[str, str]]:
    yield "Marking", MARKING
    yield "Report", page.title
    yield from (("", text) for text in page.where_and_when)
    for part in page.parts:
        name = part.title or "Notes"
        for text in (*part.lead, *([part.more] if part.more else []), *part.foot):
            yield name, text
            name = ""
    yield from (("", text) for text in page.foot)
    yield from (("Note", text) for text in page.warnings)
    yield from ((("" if number else "Settings in force"), text) for number, text in enumerate(page.settings))
