"""The table in a terminal: names and numbers whole, the first things first, and what did not fit is named."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from keyworker_cli.render.words import Cell, Page, Part, Run, page_of
from keyworker_cli.reports.report import Report, Style

_STYLES: Final[dict[Style, str]] = {"": "", "loud": "bold", "warn": "bold yellow", "quiet": "dim"}
_GAP: Final = 2
# A column that may wrap is never narrower than this. One that may not claims at most the other: what is longer is no
# name but a text somebody pasted, and wraps too.
_NARROWEST_WRAPPED: Final = 24
_WIDEST_WHOLE: Final = 40


@dataclass(frozen=True, slots=True)
class _Fit:
    """What a width has room for: the columns' places in the row and their widths; the headings of those left out."""

    places: tuple[int, ...]
    widths: tuple[int, ...]
    left_out: tuple[str, ...]


def render(report: Report, *, width: int | None, colour: bool, terminal: bool) -> str:
    """Return the report for a screen `width` places wide (None: as wide as the terminal).

    On a `terminal` headings are bold; with `colour` what is to be looked at first is coloured, and bold as well.
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
    for piece in _page(page_of(report), screen.width):
        screen.print(piece)
    return "\n".join(line.rstrip() for line in text.getvalue().split("\n"))


def _page(page: Page, width: int) -> Iterator[RenderableType]:
    yield _title(page)
    left_out: dict[str, None] = {}
    for part in page.parts:
        fit = _fit(part, width)
        left_out |= dict.fromkeys(fit.left_out)
        yield Text()
        yield from _part(part, fit)
    yield from _closing(page, tuple(left_out))


def _title(page: Page) -> Text:
    title = Text(page.title, style="bold")
    for text in page.where_and_when:
        title.append(" · ", style="not bold dim").append(text, style="not bold")
    return title


def _closing(page: Page, left_out: Sequence[str]) -> Iterator[Text]:
    lines = [Text(text) for text in page.foot]
    if page.settings:
        lines.append(Text("settings: " + " · ".join(page.settings), style="dim"))
    if left_out:
        named = ", ".join(left_out)
        lines.append(Text(f"not shown: {named} (a wider terminal or --format csv shows them)", style="dim"))
    if lines:
        yield Text()
        yield from lines


def _part(part: Part, fit: _Fit) -> Iterator[RenderableType]:
    if part.title:
        yield Text(part.title, style="bold")
    yield from (Text(text) for text in part.lead)
    if part.title or part.lead:
        yield Text()
    if part.empty:
        yield Text(part.empty)
    for number, run in enumerate(part.runs if fit.places else ()):
        yield from _run(part, run, fit, is_first=number == 0)
    if part.more:
        yield Text(part.more)
    if part.foot:
        yield Text()
        yield from (Text(text) for text in part.foot)


def _run(part: Part, run: Run, fit: _Fit, *, is_first: bool) -> Iterator[RenderableType]:
    """Yield the rows of a run under its heading; the columns' own headings stand once, above the first run."""
    if is_first:
        yield _table(part, (), fit, headed=True)
    if run.heading:
        if not is_first:
            yield Text()
        yield Text(run.heading, style="bold")
    yield _table(part, run.rows, fit, headed=False)


def _table(part: Part, rows: Sequence[Sequence[Cell]], fit: _Fit, *, headed: bool) -> Table:
    table = Table(
        box=SIMPLE_HEAD,
        show_edge=False,
        show_header=headed,
        header_style="bold",
        border_style="dim",
        padding=(0, _GAP - 1, 0, 0),
        pad_edge=False,
    )
    for place, width in zip(fit.places, fit.widths, strict=True):
        table.add_column(Text(part.headings[place]), justify=part.columns[place].align, width=width, overflow="fold")
    for row in rows:
        table.add_row(*(Text(row[place].words, style=_STYLES[row[place].style]) for place in fit.places))
    return table


def _fit(part: Part, width: int) -> _Fit:
    """Choose the columns to show: while they do not fit, the one with the highest priority number is left out."""
    wished, least = _wished_widths(part), _least_widths(part)
    places = list(range(len(part.columns)))
    while _total([least[place] for place in places]) > width:
        droppable = [place for place in places if part.columns[place].priority]
        if not droppable:
            break
        places.remove(max(droppable, key=lambda place: (part.columns[place].priority, place)))
    return _Fit(
        places=tuple(places),
        widths=tuple(_shared([least[place] for place in places], [wished[place] for place in places], width)),
        left_out=tuple(heading for place, heading in enumerate(part.headings) if place not in places),
    )


def _wished_widths(part: Part) -> list[int]:
    return [max(cell_len(part.headings[place]), _widest(part, place)) for place in range(len(part.columns))]


def _least_widths(part: Part) -> list[int]:
    """Return the least width of each column: what it holds must stay whole, its heading may take several lines."""
    return [
        max(
            min(_widest(part, place), _NARROWEST_WRAPPED if column.wrap else _WIDEST_WHOLE),
            max(cell_len(word) for word in part.headings[place].split()),
        )
        for place, column in enumerate(part.columns)
    ]


def _widest(part: Part, place: int) -> int:
    return max((cell_len(row[place].words) for run in part.runs for row in run.rows), default=0)


def _shared(least: Sequence[int], wished: Sequence[int], width: int) -> list[int]:
    """Share a width: each column its least, the rest to the narrowest wish first; if it is short, the widest gives."""
    widths = list(least)
    while widths and _total(widths) > width and max(widths) > 1:
        widths[widths.index(max(widths))] -= 1
    for place in sorted(range(len(widths)), key=lambda place: wished[place]):
        widths[place] += max(0, min(wished[place] - widths[place], width - _total(widths)))
    return widths


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + _GAP * max(0, len(widths) - 1)
