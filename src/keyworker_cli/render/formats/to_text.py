"""The table for a pipe or a text file: the words of the screen's table in aligned columns, nothing cut, one line a row.

It loads nothing but Python's own library, because most scripts call `kw` many times. Only its marks are ASCII; names
keep their letters.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from keyworker_cli.render.page import Cell, Page, Part, page_of
from keyworker_cli.reports.report import Report

_GAP: Final = "  "
# A longer text pushes on what follows in its own line only, so that one long note does not pad every row.
_WIDEST_PADDED: Final = 80


def render(report: Report) -> str:
    """Return the report as plain lines of text, without colour and without a limit of width."""
    return "\n".join(_page(page_of(report))) + "\n"


def cells_wide(text: str) -> int:
    """Return how many places of a line the text fills: a letter with its accents one, a wide character two."""
    if text.isascii():
        return len(text)
    return sum(_places(character) for character in text)


def _places(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _page(page: Page) -> Iterator[str]:
    yield " - ".join((page.title, *page.where_and_when))
    yield from page.lead
    for part in (part for part in page.parts if not part.is_blank):
        yield ""
        yield from _part(part)
    closing = [*page.foot]
    if page.settings:
        closing.append("settings: " + ", ".join(page.settings))
    if closing:
        yield ""
        yield from closing


def _part(part: Part) -> Iterator[str]:
    yield from (text for text in (part.title, *part.lead, part.empty) if text)
    if part.runs and (part.title or part.lead):
        yield ""
    yield from _table(part)
    if part.more:
        yield part.more
    if part.foot:
        yield ""
        yield from part.foot


def _table(part: Part) -> Iterator[str]:
    if not part.runs or not part.columns:
        return
    widths = [
        min(_WIDEST_PADDED, max(cells_wide(text) for text in texts))
        for texts in zip(part.headings, *(_words(row) for run in part.runs for row in run.rows), strict=True)
    ]
    yield _line(part.headings, widths, part)
    yield _line(["-" * width for width in widths], widths, part)
    for run in part.runs:
        if run.heading:
            yield ""
            yield run.heading
        for row in run.rows:
            yield _line(_words(row), widths, part)


def _words(row: Sequence[Cell]) -> list[str]:
    return [cell.words for cell in row]


def _line(texts: Sequence[str], widths: Sequence[int], part: Part) -> str:
    cells = (
        _padded(text, width, right=column.align == "right")
        for text, width, column in zip(texts, widths, part.columns, strict=True)
    )
    return _GAP.join(cells).rstrip()


def _padded(text: str, width: int, *, right: bool) -> str:
    blank = " " * (width - cells_wide(text))
    return blank + text if right else text + blank
