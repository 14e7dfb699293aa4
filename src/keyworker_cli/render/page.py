"""A report in words, as people read it: the one source of every renderer that a person sees.

The table, the piped table, Markdown, the page and the spreadsheet differ in form only: the words and their order are
decided here, once, so that none of them can say more, less or something else than the others.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import groupby
from typing import Final

from keyworker_cli.render.clean import one_line
from keyworker_cli.reports.report import Column, Report, Row, Section, Style, Value, value_of
from keyworker_cli.rules.dates.say import say_date, say_moment, say_time

NO_DATA: Final = "no data"
_NOTHING: Final[tuple[Value, ...]] = (None, [], ())
MARKING: Final = "OFFICIAL-SENSITIVE"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell says, on one line and safe to show, how it is stressed, and the same in fewer letters if it can."""

    words: str
    style: Style = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Rows that stand together under a heading; "" when they need none."""

    heading: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A section in words. `columns` are those with a heading, in step with `headings` and with the cells of each row.

    `title` is "" where the report's own title says it; `empty` and `more` are "" unless they are to be said. `narrow`
    is the same section in the columns of a narrow terminal, where it has such.
    """

    title: str
    lead: tuple[str, ...]
    columns: tuple[Column, ...]
    headings: tuple[str, ...]
    runs: tuple[Run, ...]
    empty: str
    more: str
    foot: tuple[str, ...]
    narrow: "Part | None" = None

    @property
    def is_blank(self) -> bool:
        """Whether it has nothing to say to people."""
        return not (self.title or self.lead or self.runs or self.empty or self.more or self.foot)

    @property
    def shortened(self) -> "Part":
        """The same with the shorter words of each cell that has such."""
        runs = (Run(run.heading, tuple(tuple(map(_shortened, row)) for row in run.rows)) for run in self.runs)
        return replace(self, runs=tuple(runs))


@dataclass(frozen=True, slots=True)
class Page:
    """A whole report in words. `where_and_when`: the prison, the day and, with `--known-at`, what was known when."""

    title: str
    where_and_when: tuple[str, ...]
    lead: tuple[str, ...]
    parts: tuple[Part, ...]
    foot: tuple[str, ...]
    settings: tuple[str, ...]
    warnings: tuple[str, ...]

    def answer_first(self) -> tuple[tuple[str, ...], tuple[Part, ...]]:
        """Return what a first part without a title says, which stands above all pictures, and the parts without it."""
        if not self.parts or self.parts[0].title:
            return (), self.parts
        first, *others = self.parts
        narrow = first.narrow and replace(first.narrow, lead=())
        return first.lead, (replace(first, lead=(), narrow=narrow), *others)


def page_of(report: Report, *, whole: bool = False) -> Page:
    """Put a report into words (help: figures).

    A `whole` one has every row there is, where people are otherwise shown the first of a long section.
    """
    titled = is_in_parts(report)
    sections = report.sections if whole else tuple(section.for_people() for section in report.sections)
    return Page(
        title=one_line(report.title),
        where_and_when=tuple(one_line(text) for text in _where_and_when(report)),
        lead=_lines(report.lead),
        parts=tuple(_part(section, titled=titled) for section in sections),
        foot=_lines((*report.foot, *([f"kw help {report.topic} explains it."] if report.topic else []))),
        settings=tuple(one_line(f"{key} {say(value)}") for key, value in report.settings.items()),
        warnings=_lines(report.warnings),
    )


def is_in_parts(report: Report) -> bool:
    """Tell whether the report's sections are told apart by their titles, rather than read as one answer."""
    return report.several or len(report.sections) > 1


def say(value: Value) -> str:
    """Say a value: `Wed 25 Mar 2026`, "no data" for what is missing, 0 for zero, yes or no, one decimal.

    A list is joined by commas, and an empty one is "none": it is known that there are none.
    """
    match value:
        case None:
            return NO_DATA
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.1f}"
        case datetime():
            return say_moment(value)
        case date():
            return say_date(value)
        case time():
            return say_time(value)
        case Mapping():
            return ", ".join(say(part) for part in value.values())
        case list() | tuple():
            return ", ".join(say(part) for part in value) or "none"
        case _:
            return str(value)


def cell_of(column: Column, row: Row) -> Cell:
    """Return what a column says of a row; what is missing or empty is toned down unless the column says how."""
    value = value_of(row, column.key) if column.key else None
    words = column.show(row) if column.show else say(value)
    style: Style = "quiet" if value in _NOTHING and not column.show else ""
    short = one_line(column.short(row)) if column.short else ""
    return Cell(one_line(words), column.style(row) if column.style else style, short)


def _shortened(cell: Cell) -> Cell:
    return replace(cell, words=cell.short) if cell.short else cell


def titled_columns(section: Section) -> tuple[Column, ...]:
    """Return the columns a person sees; those without a heading are for machines."""
    return tuple(column for column in section.columns if column.title)


def _where_and_when(report: Report) -> list[str]:
    prison = report.prison.get("name") or report.prison.get("code") or ""
    known = f"as known at {say_moment(report.known_at)}" if report.known_at else ""
    return [text for text in (prison, say_date(report.as_of), known) if text]


def _part(section: Section, *, titled: bool) -> Part:
    columns = titled_columns(section)
    return Part(
        title=one_line(section.title) if titled else "",
        lead=_lines(section.lead),
        columns=columns,
        headings=tuple(one_line(column.title) for column in columns),
        runs=_runs(section, columns),
        empty="" if section.rows or section.more else one_line(section.empty),
        more=say_more(section.more, section.more_hint),
        foot=_lines(section.foot),
        narrow=_part(section._replace(columns=section.narrow, narrow=()), titled=titled) if section.narrow else None,
    )


def _runs(section: Section, columns: tuple[Column, ...]) -> tuple[Run, ...]:
    heading = section.group or (lambda _row: "")
    return tuple(
        Run(one_line(text), tuple(tuple(cell_of(column, row) for column in columns) for row in rows))
        for text, rows in groupby(section.rows, key=heading)
    )


def say_more(number: int, hint: str) -> str:
    """Say how many rows there are besides, and which command lists them; empty for none."""
    if not number:
        return ""
    return one_line(f"and {number:,} more: {hint}" if hint else f"and {number:,} more")


def first_of(words: str, fits: Callable[[str], bool]) -> str:
    """Return as much of a list as there is room for, and how many more there are: `ACCT, self-harm, +3`.

    The first is always there, and one that ends with how many it has left out itself is counted on.
    """
    *items, last = words.split(", ")
    more = int(last) if last.startswith("+") else 0
    items += [] if more else [last]
    shown, said = len(items), words
    while shown > 1 and not fits(said):
        shown -= 1
        said = ", ".join([*items[:shown], f"+{more + len(items) - shown}"])
    return said


def _lines(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one_line(text) for text in texts)
