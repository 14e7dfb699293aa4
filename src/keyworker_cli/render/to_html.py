"""The report as one A4 page for print: black and white, everything in the one file, nothing fetched, no script."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from typing import Final

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from keyworker_cli.render.bars import draw_key, draw_rows
from keyworker_cli.render.page import MARKING, Cell, Part, page_of
from keyworker_cli.reports.report import Column, Report, Section

# About as many letters as one line of a table holds on A4 upright; wider tables are printed across.
_LETTERS_UPRIGHT: Final = 118
_LETTERS_OF_LONG_TEXT: Final = 24
_LETTERS_IN_HALF: Final = 76
# A run of underscores is a line to write on: on paper it is drawn, long enough for a name.
_LINE: Final = re.compile(r"_{6,}")


def render(report: Report) -> str:
    """Return the report as a self-contained HTML page, marked on every sheet (help: privacy).

    A report with parts of half the width is set small and upright, so that it is one sheet of paper.
    """
    page = page_of(report)
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string(files(__package__).joinpath("page.html.j2").read_text("utf-8"))
    small = any(section.half for section in report.sections)
    pieces = [_piece(part, section) for part, section in zip(page.parts, report.sections, strict=True)]
    return template.render(
        page=page,
        stretches=[(half, list(together)) for half, together in groupby(pieces, key=lambda piece: piece.half)],
        classes=_classes,
        words=_words,
        marking=MARKING,
        heading=_css_string(" · ".join((page.title, *page.where_and_when))),
        small=small,
        across=not small and any(_letters_wide(part) > _LETTERS_UPRIGHT for part in page.parts),
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part as it is set: the places of the columns that are shown, and the picture at the end of each of its rows."""

    part: Part
    half: bool
    places: tuple[int, ...]
    key: tuple[tuple[Markup, str], ...]
    pictures: Iterator[Markup]

    @property
    def columns(self) -> int:
        """How many columns its table has."""
        return len(self.places) + bool(self.key)

    def next_picture(self) -> Markup:
        """Return the picture of the next of its rows, which are set in their order."""
        return next(self.pictures)


def _piece(part: Part, section: Section) -> _Piece:
    bars = section.bars
    shown = section.for_people().rows
    # Half the width has room for what a narrow screen would never leave out, and not always for that.
    places = tuple(at for at, column in enumerate(part.columns) if not column.priority)
    half = section.half and _least_letters(part, places) <= _LETTERS_IN_HALF
    return _Piece(
        part=part,
        half=half,
        places=places if half else tuple(range(len(part.columns))),
        key=tuple((_drawn(swatch), name) for swatch, name in draw_key(bars)) if bars else (),
        pictures=map(_drawn, draw_rows(bars, shown) if bars else ()),
    )


def _drawn(svg: str) -> Markup:
    return Markup(svg)  # noqa: S704 - drawn by `bars`, which escapes the words in it


def _words(cell: Cell, column: Column) -> Markup:
    """Return what a cell says, a line to write on drawn as one and what stands beside it set apart."""
    if not column.writable:
        return Markup("{}").format(cell.words)
    before, *after = _LINE.split(cell.words)
    beside = (Markup('<span class="line"></span><span class="beside">{}</span>').format(text) for text in after)
    return Markup("").join((before, *beside))


def _classes(cell: Cell, column: Column) -> Markup:
    """Return a cell's class attribute. Short names, codes and dates are kept on one line, longer text may wrap."""
    whole = not column.wrap and len(cell.words) <= _LETTERS_OF_LONG_TEXT
    given = (column.align.removeprefix("left"), cell.style, "whole" if whole else "", "wraps" if column.wrap else "")
    names = [name for name in given if name]
    return Markup(' class="{}"').format(" ".join(names)) if names else Markup("")


def _css_string(text: str) -> Markup:
    """Return the text as a CSS string, in which nothing but letters, digits and spaces stands for itself."""
    inside = "".join(_css_character(character) for character in text)
    return Markup(f'"{inside}"')  # noqa: S704 - every other character is written as its number


def _css_character(character: str) -> str:
    plain = character == " " or (character.isascii() and character.isalnum())
    return character if plain else f"\\{ord(character):x} "


def _least_letters(part: Part, places: tuple[int, ...]) -> int:
    """Return how many letters the widest row needs, where texts are wrapped between any two words."""
    rows = [row for run in part.runs for row in run.rows]
    return sum(2 + max((_unbroken(row[at], part.columns[at]) for row in rows), default=0) for at in places)


def _unbroken(cell: Cell, column: Column) -> int:
    """Return the letters of a cell that stay on one line: all of a name or number, the note at a line to write on."""
    if (column.writable and _LINE.search(cell.words)) or not column.wrap:
        return len(_LINE.sub("", cell.words))
    return max((len(word) for word in cell.words.split()), default=0)


def _letters_wide(part: Part) -> int:
    """Return how many letters the widest row asks for, long texts counted as wrapped."""
    rows = [part.headings, *([cell.words for cell in row] for run in part.runs for row in run.rows)]
    columns = zip(*rows, strict=True)
    return sum(2 + min(_LETTERS_OF_LONG_TEXT, max(len(text) for text in column)) for column in columns)
