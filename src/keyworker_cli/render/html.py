"""The report as one A4 page for print: black and white, everything in the one file, nothing fetched, no script."""

from importlib.resources import files
from typing import Final

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from keyworker_cli.render.words import MARKING, Cell, Part, page_of
from keyworker_cli.reports.report import Column, Report

# About as many letters as one line of a table holds on A4 upright; wider tables are printed across.
_LETTERS_UPRIGHT: Final = 118
_LETTERS_OF_LONG_TEXT: Final = 24


def render(report: Report) -> str:
    """Return the report as a self-contained HTML page, marked on every sheet (DOMAIN 8)."""
    page = page_of(report)
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string(files(__package__).joinpath("page.html.j2").read_text("utf-8"))
    return template.render(
        page=page,
        classes=_classes,
        marking=MARKING,
        heading=_css_string(" · ".join((page.title, *page.where_and_when))),
        across=any(_letters_wide(part) > _LETTERS_UPRIGHT for part in page.parts),
    )


def _classes(cell: Cell, column: Column) -> Markup:
    """Return a cell's class attribute. Short names, codes and dates are kept on one line, longer text may wrap."""
    whole = not column.wrap and len(cell.words) <= _LETTERS_OF_LONG_TEXT
    names = [name for name in (column.align.removeprefix("left"), cell.style, "whole" if whole else "") if name]
    return Markup(' class="{}"').format(" ".join(names)) if names else Markup("")


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
