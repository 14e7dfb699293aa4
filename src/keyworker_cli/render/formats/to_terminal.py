"""The table in a terminal: names and numbers whole, the first things first, and what did not fit is named."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from io import StringIO
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from keyworker_cli.render.fitting.columns import GAP, Measure, fit
from keyworker_cli.render.fitting.lines import GLUE, hold
from keyworker_cli.render.page import Cell, Page, Part, Run, first_of, page_of
from keyworker_cli.render.pictures import draw_lines
from keyworker_cli.reports.report import Column, Picture, Report, Style

_HOURS: Final = re.compile(r"(?<=\d:\d\d)-(?=\d\d:\d\d)")
_STYLES: Final[dict[Style, str]] = {"": "", "emphasis": "bold", "warn": "bold red", "quiet": ""}
"""Seen on white, on black and in any palette: faint letters are not, so only lines and dots are faint."""


def render(report: Report, *, width: int | None, colour: bool, terminal: bool) -> str:
    """Return the report for a screen `width` places wide (None: as wide as the terminal).

    On a `terminal` headings are bold; with `colour` what is to be looked at first is coloured, and bold as well. With
    neither, in a pipe of a given width, no pictures are drawn.
    """
    text = StringIO()
    screen = Console(
        file=text,
        width=width,
        force_terminal=terminal or colour,
        no_color=not colour,
        markup=False,
        emoji=False,
        highlight=False,
    )
    pictures = report.pictures if terminal or colour else ()
    for piece in _page(page_of(report), pictures, screen.width):
        screen.print(piece)
    return "\n".join(line.rstrip() for line in text.getvalue().replace(GLUE, " ").split("\n"))


def _page(page: Page, pictures: Sequence[Picture], width: int) -> Iterator[RenderableType]:
    yield _title(page)
    yield from (_text(text) for text in page.lead)
    above = [picture for picture in pictures if not picture.below]
    answer, parts = page.answer_first() if above else ((), page.parts)
    if answer:
        yield Text()
        yield from (_text(text) for text in answer)
    yield from _drawn(above)
    left_out: dict[str, None] = {}  # a set that keeps its order
    for part, widths in (_fitted(part, width) for part in parts if not part.is_blank):
        if part.runs:
            left_out |= {heading: None for place, heading in enumerate(part.headings) if place not in widths}
        yield Text()
        yield from _part(part, widths)
    yield from _drawn([picture for picture in pictures if picture.below])
    yield from _closing(page, tuple(left_out))


def _fitted(part: Part, width: int) -> tuple[Part, dict[int, int]]:
    """Return the part and the widths of its columns: in fewer letters where not all of it has room on single lines.

    Its narrow form where words of the other would break.
    """
    measures = [_measure(part, place) for place in range(len(part.columns))]
    widths = fit(measures, width)
    if any(column.short for column in part.columns):
        in_full = [at for at, column in enumerate(part.columns) if column.short]
        if len(widths) < len(measures) or any(widths[at] < measures[at].usual for at in in_full):
            part = part.shortened
            for at in in_full:
                measures[at] = replace(_measure(part, at), shortened=True)
            widths = fit(measures, width)
    if part.narrow and any(given < measures[place].whole for place, given in widths.items()):
        return _fitted(part.narrow, width)
    return part, widths


def _drawn(pictures: Sequence[Picture]) -> Iterator[Text]:
    for picture in pictures:
        yield Text()
        if picture.title:
            yield Text(picture.title, style="bold")
        yield from (_text(line) for line in draw_lines(picture))


def _title(page: Page) -> Text:
    title = Text(page.title, style="bold")
    for text in page.where_and_when:
        title.append(" · ", style="not bold dim").append(hold(text), style="not bold")
    return title


def _closing(page: Page, left_out: Sequence[str]) -> Iterator[Text]:
    lines = [_text(text, _STYLES["quiet"]) for text in page.foot]
    if page.settings:
        lines.append(Text("settings: " + " · ".join(page.settings), style=_STYLES["quiet"]))
    if left_out:
        named = ", ".join(left_out)
        lines.append(Text(f"not shown: {named} (a wider terminal or --format csv shows them)", style=_STYLES["quiet"]))
    if lines:
        yield Text()
        yield from lines


def _part(part: Part, widths: Mapping[int, int]) -> Iterator[RenderableType]:
    if part.title:
        yield Text(part.title, style="bold")
    yield from (_text(text) for text in (*part.lead, part.empty) if text)
    if part.runs and (part.title or part.lead):
        yield Text()
    for number, run in enumerate(part.runs if widths else ()):
        yield from _run(part, run, widths, is_first=number == 0)
    if part.more:
        yield Text(part.more)
    if part.foot:
        yield Text()
        yield from (_text(text) for text in part.foot)


def _run(part: Part, run: Run, widths: Mapping[int, int], *, is_first: bool) -> Iterator[RenderableType]:
    """Yield the rows of a run under its heading; the columns' own headings stand once, above the first run."""
    if is_first:
        yield _table(part, (), widths, headed=True)
    if run.heading:
        if not is_first:
            yield Text()
        yield Text(run.heading, style="bold")
    yield _table(part, run.rows, widths, headed=False)


def _table(part: Part, rows: Sequence[Sequence[Cell]], widths: Mapping[int, int], *, headed: bool) -> Table:
    table = Table(
        box=SIMPLE_HEAD,
        show_edge=False,
        show_header=headed,
        header_style="bold",
        border_style="dim",
        padding=(0, GAP - 1, 0, 0),
        pad_edge=False,
    )
    for place, width in widths.items():
        table.add_column(Text(part.headings[place]), justify=part.columns[place].align, width=width, overflow="fold")
    for row in rows:
        table.add_row(*(_cell(part, row, place, width) for place, width in widths.items()))
    return table


def _cell(part: Part, row: Sequence[Cell], place: int, width: int) -> Text:
    cell, column = row[place], part.columns[place]
    words = _whole(cell.words, column)
    if _longest_word(words) > width:
        words = _parted(cell.words)
    if column.several:
        words = first_of(words, lambda said: cell_len(said) <= width)
    return Text(words, style=_STYLES[cell.style])


def _text(text: str, style: str = "") -> Text:
    return Text(hold(text), style=style)


def _whole(words: str, column: Column) -> str:
    """Return a cell's words with what stays on one line held together: of a column of figures all of it."""
    return words.replace(" ", GLUE) if _is_of_figures(column) else hold(words)


def _is_of_figures(column: Column) -> bool:
    return column.align == "right" and not column.wrap


def _parted(words: str) -> str:
    """Return a cell's words as they stand where there is no room: a date on two lines, hours broken after the dash."""
    return _HOURS.sub("- ", words)


def _measure(part: Part, place: int) -> Measure:
    heading, column = part.headings[place], part.columns[place]
    cells = [row[place].words for run in part.runs for row in run.rows]
    texts = [_whole(words, column) for words in cells]
    pieces = texts if _is_of_figures(column) else [_parted(words) for words in cells]
    widths = sorted(cell_len(text) for text in texts) or [0]
    return Measure(
        widest=widths[-1],
        usual=widths[(len(widths) * 9 - 1) // 10],
        word=max((_longest_word(text) for text in texts), default=0),
        piece=max((_longest_word(text) for text in pieces), default=0),
        heading=cell_len(heading),
        heading_word=_longest_word(heading),
        priority=column.priority,
        wraps=column.wrap,
        several=column.several,
    )


def _longest_word(text: str) -> int:
    return max((cell_len(word) for word in text.split()), default=0)
