"""The report as a spreadsheet: a sheet a section, real dates and numbers, text that is never taken for a formula."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Final

from xlsxwriter import Workbook  # type: ignore[import-untyped]  # XlsxWriter does not mark itself as typed

from keyworker_cli.errors import UsageError
from keyworker_cli.render.clean import one_line
from keyworker_cli.render.formats.to_text import cells_wide
from keyworker_cli.render.page import MARKING, Page, Part, page_of, say
from keyworker_cli.reports.report import Report, Section, Style, Value, value_of
from keyworker_cli.rules.dates.london import london
from keyworker_cli.rules.dates.say import say_date, say_day, say_time

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
LONGEST_CELL: Final = 32_767
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
    page = page_of(report, whole=True)
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


def plain_workbook(sheets: Mapping[str, list[list[str]]]) -> bytes:
    """Return a workbook of text, a sheet for each name: no cell is a number, a date or a formula.

    Raises UsageError for a text longer than a cell of a workbook holds: part of it would be lost.
    """
    content = BytesIO()
    book = Workbook(content, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if len(cell) > LONGEST_CELL:
                    said = f"a text of {len(cell):,} letters in {name} is longer than a cell of a workbook holds"
                    raise UsageError(said, "export into a folder: kw export FOLDER")
                if cell:
                    sheet.write_string(at, column, cell)
    book.close()
    return content.getvalue()


@dataclass(frozen=True, slots=True)
class _SheetColumn:
    """A column of a sheet, without its heading's row: what stands in each cell, and its stress."""

    heading: str
    contents: Sequence[_Content]
    styles: Sequence[Style]
    align: str = "left"
    wrap: bool = False

    @property
    def width(self) -> int:
        """Its width in letters: of its longest text within reason, and of its heading with the filter's button."""
        widest = max((_letters(content) for content in self.contents), default=0)
        return min(_WIDEST, max(widest + 1, cells_wide(self.heading) + _FILTER_BUTTON))


class _Sheets:
    """The sheets of one workbook: their names, and the forms their cells share."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._forms: dict[tuple[tuple[str, object], ...], Any] = {}
        self._taken = {"about", "history"}  # the second is Excel's own

    def add_section(self, section: Section, part: Part) -> None:
        """Add a sheet: a heading row that stays in sight and can be filtered by, then the rows."""
        sheet = self._sheet(self._name(section))
        columns = tuple(_sheet_columns(section, part))
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            self._write(sheet, 0, place, column.heading, self._form(bold=True, bottom=1, text_wrap=True))
            for number, (content, style) in enumerate(zip(column.contents, column.styles, strict=True), start=1):
                self._write(sheet, number, place, content, self._form_of(column, content, style))
        if part.empty:
            self._write(sheet, 1, 0, part.empty, self._form())
        if columns:
            sheet.autofilter(0, 0, max(1, len(section.rows)), len(columns) - 1)
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

    def _form_of(self, column: _SheetColumn, content: _Content, style: Style) -> Any:
        properties: dict[str, object] = {"align": column.align, "valign": "top"}
        if type(content) in _NUMBER_FORMATS:
            properties["num_format"] = _NUMBER_FORMATS[type(content)]
        if style in {"emphasis", "warn"}:
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


def _sheet_columns(section: Section, part: Part) -> Iterator[_SheetColumn]:
    """Yield the columns: the words as on screen, or the number or date itself where they say nothing else.

    Words that say more stay, and the number or date follows in a column of its own, so that nothing is lost to sorting.
    Where rows stand under headings, a first column says under which.
    """
    groups = [run.heading for run in part.runs for _ in run.rows]
    if any(groups):
        yield _SheetColumn("Group", groups, [""] * len(groups))
    for place, column in enumerate(part.columns):
        cells = [row[place] for run in part.runs for row in run.rows]
        values = [_sortable(value_of(row, column.key)) if column.key else None for row in section.rows]
        contents = [_content(value, cell.words) for value, cell in zip(values, cells, strict=True)]
        styles = [cell.style for cell in cells]
        yield _SheetColumn(part.headings[place], contents, styles, column.align, wrap=column.wrap)
        lost = [
            value for value, content in zip(values, contents, strict=True) if value is not None and value != content
        ]
        if lost:
            kind = "number" if isinstance(lost[0], int | float) else "time" if isinstance(lost[0], time) else "date"
            alone = [say(None) if value is None else value for value in values]
            yield _SheetColumn(f"{part.headings[place]} ({kind})", alone, styles, column.align)


def _sortable(value: Value) -> _Content | None:
    """Return a number, date or time that a spreadsheet can hold, a moment by London's clock; `None` for all else."""
    match value:
        case bool():
            return None
        case int() | float():
            return value if abs(value) < _LARGEST_WHOLE else None
        case datetime():
            return london(value).replace(tzinfo=None) if value.year >= _FIRST_YEAR else None
        case date():
            return value if value.year >= _FIRST_YEAR else None
        case time():
            return value
        case _:
            return None


def _content(value: _Content | None, words: str) -> _Content:
    """Return the value if that is all the words say, a unit apart; else the words."""
    match value:
        case None:
            return words
        case int() | float():
            alone = re.fullmatch(rf"{re.escape(say(value))}( ?%| [^\W\d]+)?", words) is not None
        case datetime():
            alone = words == f"{say_date(value)} {say_time(value.time())}"
        case date():
            alone = words in {say_date(value), say_day(value)}
        case _:
            alone = words == say(value)
    return value if alone else words


def _letters(content: _Content) -> int:
    return len(_NUMBER_FORMATS[date]) + 2 if isinstance(content, date) else cells_wide(str(content))


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
    yield from (("", text) for text in (*page.where_and_when, *page.lead))
    for part in page.parts:
        name = part.title or "Notes"
        for text in (*part.lead, *([part.more] if part.more else []), *part.foot):
            yield name, text
            name = ""
    yield from (("", text) for text in page.foot)
    yield from (("Note", text) for text in page.warnings)
    yield from ((("" if number else "Settings in force"), text) for number, text in enumerate(page.settings))
