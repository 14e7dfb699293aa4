"""The report as one A4 page for print: black and white, everything in the one file, nothing fetched, no script."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from keyworker_cli.render.clean import one_line
from keyworker_cli.render.fitting.lines import GLUE, hold
from keyworker_cli.render.formats.a4_page import (
    ALSO,
    CELL_GAP,
    COLUMN_GAP,
    FOOT,
    HEIGHT,
    LINE,
    MARKING_WIDTH,
    NARROW,
    NEWS,
    TITLE_WIDTH,
    WIDTH,
    WRITING,
    LaidOut,
    is_one_sheet,
    lay_out,
    type_of,
)
from keyworker_cli.render.page import MARKING, Cell, Part, page_of
from keyworker_cli.render.pictures import draw_figures, draw_key, draw_svg
from keyworker_cli.reports.report import Column, Picture, Report

# About as many letters as one line of a table holds on A4 upright; wider tables are printed across.
_LETTERS_UPRIGHT: Final = 118
_LETTERS_OF_LONG_TEXT: Final = 24
_WITH_DASHES: Final = r"\d\d:\d\d-\d\d:\d\d|--[a-z][a-z-]*"
_DASHED: Final = re.compile(f"({_WITH_DASHES})")
_TOGETHER: Final = re.compile(f"({_WITH_DASHES}|[^ ]*{GLUE}[^ ]*)")


def render(report: Report) -> str:
    """Return the report as a self-contained HTML page, marked on every sheet (help: output).

    A report with large and small parts is one sheet of paper; any other has as many as it needs.
    """
    return _one_sheet(report) if is_one_sheet(report) else _sheets(report)


def _sheets(report: Report) -> str:
    page = page_of(report)
    answer, parts = page.answer_first()
    return _template("page.html.j2").render(
        page=page,
        answer=answer,
        parts=parts,
        pictures=[_Picture.of(picture) for picture in report.pictures if not picture.below],
        below=[_Picture.of(picture) for picture in report.pictures if picture.below],
        classes=_classes,
        words=_in_cell,
        held=_held,
        marking=MARKING,
        heading=_css_string(" · ".join((page.title, *page.where_and_when))),
        across=any(_letters_wide(part) > _LETTERS_UPRIGHT for part in page.parts),
    )


def _one_sheet(report: Report) -> str:
    sheet = lay_out(report)
    return _template("a4_page.html.j2").render(
        sheet=sheet,
        page=sheet.page,
        pictures=[_Picture.of(picture) for picture in report.pictures],
        title_width=TITLE_WIDTH,
        marking_width=MARKING_WIDTH,
        set_row=_set_row,
        unbroken=_unbroken,
        marking=MARKING,
        width=WIDTH,
        height=HEIGHT,
        large=type_of("large", sheet.scale),
        small=type_of("small", sheet.quiet),
        scale=sheet.scale,
        quiet=sheet.quiet,
        narrow=NARROW,
        gap=COLUMN_GAP,
        cell_gap=CELL_GAP,
        writing=WRITING,
        news=NEWS,
        also=ALSO,
        foot=FOOT,
    )


def _template(name: str) -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(files(__package__).joinpath(name).read_text("utf-8"))


def _set_row(laid: LaidOut, at: int) -> Iterator[Markup]:
    """Yield the cells of a row on the one sheet: words, a line to write on, or a picture of its figures."""
    row, fact = laid.rows[at], laid.section.rows[at]
    for place in laid.places:
        cell, column = row[place], laid.part.columns[place]
        names = " ".join(name for name in (column.align.removeprefix("left"), cell.style) if name)
        figures = column.picture(fact) if column.picture else ()
        inside = _drawn(draw_figures(figures, cell.words)) if figures else _words(cell, column)
        yield Markup('<td class="{}">{}</td>').format(names, inside)


@dataclass(frozen=True, slots=True)
class _Picture:
    """A picture as it is set: its title, the drawing, what its cells stand for, and the words."""

    title: str
    drawing: Markup
    key: tuple[tuple[Markup, str], ...]
    said: tuple[str, ...]

    @classmethod
    def of(cls, picture: Picture) -> "_Picture":
        """Draw a picture."""
        key = tuple((_drawn(swatch), one_line(name)) for swatch, name in draw_key(picture))
        return cls(one_line(picture.title), _drawn(draw_svg(picture)), key, tuple(map(one_line, picture.said)))


def _drawn(svg: str) -> Markup:
    return Markup(svg)  # noqa: S704 - drawn by `pictures`, which escapes the words in it


def _words(cell: Cell, column: Column) -> Markup:
    """Return what a cell says, a line to write on drawn as one and what stands in brackets after it set small."""
    if not column.writable:
        return Markup("{}").format(cell.words)
    words, _, aside = cell.words.partition(" (")
    line = Markup('<span class="{}"></span>').format("line" if aside else "line full")
    drawn = line if LINE.fullmatch(words) else Markup("{}").format(words)
    beside = Markup(' <span class="beside">{}</span>').format(aside.removesuffix(")")) if aside else Markup("")
    return drawn + beside


def _in_cell(cell: Cell, column: Column) -> Markup:
    """Return what a cell says where there are several sheets."""
    if column.writable:
        return _words(cell, column)
    return Markup("{}").format(cell.words) if _is_whole(cell, column) else _held(cell.words)


def _held(words: str) -> Markup:
    """Return words with hours, options, and a day with its month on one line each."""
    pieces = _TOGETHER.split(hold(words))
    return _spans(piece.replace(GLUE, " ") for piece in pieces)


def _unbroken(words: str) -> Markup:
    """Return words with hours and options not broken at their dashes."""
    return _spans(_DASHED.split(words))


def _spans(pieces: Iterable[str]) -> Markup:
    """Return pieces of a text, every second of which is kept on one line."""
    return Markup().join(
        Markup('<span class="whole">{}</span>').format(piece) if at % 2 else Markup("{}").format(piece)
        for at, piece in enumerate(pieces)
    )


def _classes(cell: Cell, column: Column) -> Markup:
    """Return a cell's class attribute. Short names, codes and dates are kept on one line, longer text may wrap."""
    whole = "whole" if _is_whole(cell, column) else ""
    given = (column.align.removeprefix("left"), cell.style, whole, "wraps" if column.wrap else "")
    names = [name for name in given if name]
    return Markup(' class="{}"').format(" ".join(names)) if names else Markup("")


def _is_whole(cell: Cell, column: Column) -> bool:
    return not column.wrap and len(cell.words) <= _LETTERS_OF_LONG_TEXT


def _css_string(text: str) -> Markup:
    """Return the text as a CSS string, in which nothing but letters, digits and spaces stands for itself."""
    inside = "".join(_css_character(character) for character in text)
    return Markup(f'"{inside}"')  # noqa: S704 - every other character is written as its number


def _css_character(character: str) -> str:
    plain = character == " " or (character.isascii() and character.isalnum())
    return character if plain else f"\\{ord(character):x} "


def _letters_wide(part: Part) -> int:
    """Return how many letters the widest row asks for, long texts counted as wrapped."""
    rows = [part.headings, *([cell.words for cell in row] for run in part.runs for row in run.rows)]
    columns = zip(*rows, strict=True)
    return sum(2 + min(_LETTERS_OF_LONG_TEXT, max(len(text) for text in column)) for column in columns)
