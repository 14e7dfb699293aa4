"""One sheet of A4: what stands on it and how large, so that it is always one sheet and nothing stands over anything.

Heights are reckoned with the widest of the usual fonts. What does not fit is counted under its part, never cut in
silence; the rows that a part must show are kept, and small parts give way to them.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import starmap
from typing import Final

from keyworker_cli.render.fitting.letter_widths import MM_PER_POINT, line_count, text_width
from keyworker_cli.render.page import MARKING, Cell, Page, Part, first_of, page_of, say_more, titled_columns
from keyworker_cli.render.pictures import PICTURE_HEIGHT, PICTURE_ROW, figures_width
from keyworker_cli.reports.report import Picture, Report, Section

WIDTH: Final = 190.0
"""What is printed on, in millimetres: A4 upright without its margins."""

HEIGHT: Final = 278.0
COLUMN_GAP: Final = 6.0
COLUMNS: Final = 2
NARROW: Final = (WIDTH - COLUMN_GAP) / COLUMNS
CELL_GAP: Final = 2.0
WRITING: Final = 1.4
"""How many lines of print high a row is at least that is written in by hand."""

LINE: Final = re.compile(r"_{6,}")
"""A line to write on, which is drawn: as long as a name, or where it stands alone as its column."""

LARGER: Final = (1.3, 1.2, 1.1)
"""How far all letters are made larger where every row fits, as in a small prison."""

QUIETER: Final = 0.8
QUIETEST: Final = 0.75
SMALLER: Final = (
    *((1.0, quiet) for quiet in (1.0, 0.95, 0.9, 0.85, QUIETER)),
    *((large, QUIETER) for large in (0.95, 0.9)),
    *((large, QUIETEST) for large in (0.9, 0.85, 0.8, QUIETEST)),
    *((both, both) for both in (0.7, 0.65, 0.6)),
)
"""How far they are made smaller where even the fewest rows do not fit, those of the large parts and of the quiet ones.

The quiet ones give way first: what is large is read at arm's length. The last are for freak names alone.
"""

SHORT: Final = 3
TITLE_WIDTH: Final = 80.0
MARKING_WIDTH: Final = 38.0
TITLE_GAP: Final = 3.0
RULE: Final = 0.27
NEWS: Final = 14.0
ALSO: Final = 8.0
FOOT: Final = 5.8
UNBROKEN: Final = 10
UNBROKEN_WORD: Final = 18
BOLD: Final = ("emphasis", "warn")


@dataclass(frozen=True, slots=True)
class Type:
    """A size of letters: points of the text and of small notes, the height of a line and what is left around a row."""

    points: float
    note: float
    line: float
    padding: float
    title: float
    above: float


def type_of(size: str, scale: float) -> Type:
    """Return the letters of a part: large ones to be read at arm's length, and quiet ones."""
    if size == "large":
        return Type(9.0 * scale, 6.4 * scale, 3.5 * scale, 0.24, 11.0 * scale, 1.6)
    return Type(6.6 * scale, 6.0 * scale, 2.55 * scale, 0.22, 8.0 * scale, 1.5)


@dataclass(slots=True)
class LaidOut:
    """A part on the sheet: which columns at which widths, and how many of its rows."""

    section: Section
    part: Part
    width: float
    type: Type
    places: tuple[int, ...] = ()
    widths: tuple[float, ...] = ()
    heights: tuple[float, ...] = ()
    shown: int = 0
    groups: tuple[str, ...] = ()
    frame: float = 0.0
    shown_part: Part | None = None

    @property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """All its rows, in their order."""
        return tuple(row for run in self.part.runs for row in run.rows)

    @property
    def is_full(self) -> bool:
        """Whether it shows all that it should: all rows of a large one, as many as people are shown of a small one."""
        most = self.section.at_most if self.section.size == "small" else None
        return self.shown >= min(len(self.heights), most or len(self.heights))

    @property
    def is_whole(self) -> bool:
        """Whether it shows all its rows."""
        return self.shown >= len(self.heights)

    @property
    def height(self) -> float:
        """How high it is with the rows it shows; what a large one leaves out is counted below them."""
        below = self.type.line + 0.6 if self.section.size == "large" and self.more else 0.0
        return self.frame + self.of_rows(self.shown) + below

    @property
    def more(self) -> int:
        """How many rows there are besides those it shows."""
        return self.section.more + len(self.heights) - self.shown

    def of_rows(self, number: int) -> float:
        """Return the height of its first rows, headings between them included."""
        headings = len(set(self.groups[:number]) - {""}) * (self.type.line + 1.6)
        head = self.head if number else 0.0
        return head + sum(self.heights[:number]) + headings

    @property
    def head(self) -> float:
        """How high its columns' headings are."""
        lines = max(
            (
                line_count(self.part.headings[place], width - CELL_GAP, self.type.note)
                for place, width in zip(self.places, self.widths, strict=True)
            ),
            default=0,
        )
        return lines * self.type.note * MM_PER_POINT * 1.2 + 1.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the template sets: the large pieces under each other, then the small ones in columns."""

    page: Page
    scale: float
    quiet: float
    large: tuple[LaidOut, ...]
    small: tuple[tuple[LaidOut, ...], ...]


def is_one_sheet(report: Report) -> bool:
    """Tell whether a report is to stand on one sheet."""
    return any(section.size for section in report.sections)


def lay_out(report: Report) -> Sheet:
    """Return the report on one sheet: letters as large as they can be, then as many rows as fit."""
    page = page_of(report, whole=True)
    pairs = [(section, part) for section, part in zip(report.sections, page.parts, strict=True) if section.size]
    for scale, quiet in (*zip(LARGER, LARGER, strict=True), *SMALLER):
        large = [_piece(section, part, WIDTH, scale) for section, part in pairs if section.size == "large"]
        small = [_piece(section, part, NARROW, quiet) for section, part in pairs if section.size == "small"]
        room = HEIGHT - _head(page, scale) - _pictures(report.pictures) - _foot(page, quiet)
        columns = _fill(large, small, room, at_any_cost=(scale, quiet) == SMALLER[-1])
        if columns is not None and (scale <= 1 or all(piece.is_full for piece in (*large, *small))):
            break
    for piece in (*large, *small):
        piece.shown_part = _cut(piece)
    return Sheet(page, scale, quiet, tuple(large), tuple(tuple(column) for column in columns or [small]))


def _fill(
    large: Sequence[LaidOut], small: Sequence[LaidOut], room: float, *, at_any_cost: bool
) -> list[list[LaidOut]] | None:
    """Give each part its rows: the fewest first, then one more at a time while there is room; `None` if none is.

    With letters as small as can be read it is done `at_any_cost`: what does not fit is counted.
    """
    for piece in (*large, *small):
        fewest = piece.section.least or (len(piece.heights) if piece.section.size == "large" else SHORT)
        piece.shown = min(fewest, len(piece.heights))
    columns = _columns(small)
    while room < sum(piece.height for piece in large) + _highest(columns):
        can = [piece for piece in small if piece.shown > (piece.section.least or 1)]
        if not can and at_any_cost:
            can = [piece for piece in small if piece.shown] or [piece for piece in large if piece.shown]
        if not can:
            return None
        max(can, key=lambda piece: (piece.shown, piece.section.name)).shown -= 1
    _grow([*small, *large], lambda piece: piece.is_full, large, columns, room)
    _grow(small, lambda piece: piece.is_whole, large, columns, room)
    return columns


def _grow(
    pieces: Sequence[LaidOut],
    is_done: Callable[[LaidOut], bool],
    large: Sequence[LaidOut],
    columns: Sequence[Sequence[LaidOut]],
    room: float,
) -> None:
    """Give each of these one row more at a time, until it has all it is to have or there is no room."""
    growing = list(pieces)
    while growing:
        for piece in list(growing):
            if is_done(piece):
                growing.remove(piece)
                continue
            piece.shown += 1
            if room < sum(one.height for one in large) + _highest(columns):
                piece.shown -= 1
                growing.remove(piece)


def _columns(small: Sequence[LaidOut]) -> list[list[LaidOut]]:
    """Share the small parts out, in their order, so that the columns are about as high as each other."""
    total, at, used = sum(piece.height for piece in small), 0, 0.0
    columns: list[list[LaidOut]] = [[] for _ in range(COLUMNS)]
    for piece in small:
        if at < COLUMNS - 1 and used + piece.height / 2 > total / COLUMNS:
            at, used = at + 1, 0.0
        columns[at].append(piece)
        used += piece.height
    return columns


def _highest(columns: Sequence[Sequence[LaidOut]]) -> float:
    return max((sum(piece.height for piece in column) for column in columns), default=0.0)


# --- one part ---


def _piece(section: Section, part: Part, width: float, scale: float) -> LaidOut:
    kind = type_of(section.size, scale)
    places = tuple(at for at, column in enumerate(part.columns) if column.width)
    widths = _widths(section, part, places, width, kind)
    part = _on_one_line(part, dict(zip(places, widths, strict=True)), kind)
    piece = LaidOut(section, part, width, kind, places, widths)
    rows = [(run.heading, row) for run in part.runs for row in run.rows]
    piece.heights = tuple(_row_height(piece, row) for _, row in rows)
    piece.groups = tuple(heading for heading, _ in rows)
    piece.frame = _frame(piece)
    return piece


def _on_one_line(part: Part, widths: Mapping[int, float], kind: Type) -> Part:
    """Return the part with each list of several words cut to what a line has room for, the rest of it counted."""

    def cut(at: int, cell: Cell) -> Cell:
        if not part.columns[at].several or at not in widths:
            return cell
        room = widths[at] - CELL_GAP
        return replace(cell, words=first_of(cell.words, lambda words: text_width(words, kind.points) <= room))

    runs = (replace(run, rows=tuple(tuple(starmap(cut, enumerate(row))) for row in run.rows)) for run in part.runs)
    return replace(part, runs=tuple(runs))


def _widths(section: Section, part: Part, places: Sequence[int], width: float, kind: Type) -> tuple[float, ...]:
    """Return the columns' widths: their shares, but never narrower than their longest word or their pictures."""
    shares = [part.columns[place].width for place in places]
    least = [
        max(_heading(part, place, kind), _unbroken(part, place, kind), _picture(section, place)) + CELL_GAP
        for place in places
    ]
    total = sum(shares) or 1
    wished = [width * share / total for share in shares]
    lacking = sum(max(0.0, low - wish) for low, wish in zip(least, wished, strict=True))
    spare = sum(max(0.0, wish - low) for low, wish in zip(least, wished, strict=True)) or 1
    return tuple(
        low if wish < low else wish - lacking * (wish - low) / spare for low, wish in zip(least, wished, strict=True)
    )


def _heading(part: Part, place: int, kind: Type) -> float:
    return max((text_width(word, kind.note) for word in part.headings[place].split()), default=0.0)


def _unbroken(part: Part, place: int, kind: Type) -> float:
    """Return the width of the longest number, place, date or word of a column, which are never broken."""
    cells = (row[place] for run in part.runs for row in run.rows)
    wraps = part.columns[place].wrap
    whole = (
        (piece, cell.style in BOLD)
        for cell in cells
        for piece in (cell.words.split() if wraps or len(cell.words) > UNBROKEN else [cell.words])
        if len(piece) <= UNBROKEN_WORD
    )
    return max((text_width(piece, kind.points, bold=bold) for piece, bold in whole), default=0.0)


def _picture(section: Section, place: int) -> float:
    """Return the width of the widest picture of a column."""
    column = titled_columns(section)[place]
    if column.picture is None:
        return 0.0
    return max((figures_width(column.picture(row)) for row in section.rows), default=0.0)


def _row_height(piece: LaidOut, row: Sequence[Cell]) -> float:
    high = piece.type.line
    for place, width in zip(piece.places, piece.widths, strict=True):
        column, cell = piece.part.columns[place], row[place]
        if column.picture is not None:
            high = max(high, PICTURE_HEIGHT)
            continue
        if column.writable and LINE.fullmatch(cell.words):
            high = max(high, WRITING * piece.type.line)
        lines = line_count(cell.words, width - CELL_GAP, piece.type.points, bold=cell.style in BOLD)
        high = max(high, lines * piece.type.line)
    return high + 2 * piece.type.padding + RULE


def _frame(piece: LaidOut) -> float:
    """Return the height of all but its table: its title, with what is said beside and below it."""
    part, kind = piece.part, piece.type
    most = len(piece.heights) + piece.section.more
    counted = part.runs and piece.section.size == "small"
    hint = f"and {most:,} more: {piece.section.more_hint}".replace(" ", "_") if counted else ""  # never broken
    is_large = piece.section.size == "large"
    beside, below = ((), " ".join(part.foot)) if is_large else (part.foot, "")
    said = " ".join(text for text in (*part.lead, part.empty, hint, *beside) if text)
    title = text_width(part.title, kind.title, bold=True) + TITLE_GAP
    lines = line_count(said, piece.width, kind.points, bold=True, used=title)
    lines += line_count(below, piece.width, kind.points, bold=True) if below else 0
    return kind.above + kind.title * MM_PER_POINT * 1.3 + (lines - 1) * kind.line + 1.3


def _cut(piece: LaidOut) -> Part:
    """Return the part with the rows it shows, and what is left out counted."""
    left, runs = piece.shown, []
    for run in piece.part.runs:
        if left:
            runs.append(replace(run, rows=run.rows[:left]))
        left -= min(left, len(run.rows))
    return replace(piece.part, runs=tuple(runs), more=say_more(piece.more, piece.section.more_hint))


# --- above and below ---


def _pictures(pictures: Sequence[Picture]) -> float:
    """Return how high the pictures are, with a line for their title, one for what their cells stand for, and words."""
    return sum(10.0 + PICTURE_ROW * (len(one.rows) + any(one.columns)) + 4.0 * len(one.said) for one in pictures)


def _head(page: Page, scale: float) -> float:
    beside = WIDTH - TITLE_WIDTH - MARKING_WIDTH
    lines = line_count(page.title, TITLE_WIDTH, 11.0, bold=True), line_count(" · ".join(page.where_and_when), beside, 8)
    first, *others = page.lead or ("",)
    news = line_count(first, WIDTH, NEWS * scale, bold=True) * NEWS * scale * MM_PER_POINT * 1.16
    also = sum(line_count(text, WIDTH, ALSO * scale) for text in others) * ALSO * scale * MM_PER_POINT * 1.26
    return 4.5 * max(lines) + 4.5 + news + also + 0.5 * len(others)


def _foot(page: Page, scale: float) -> float:
    notes = (f"Note: {warning}" for warning in page.warnings)
    last = f"{MARKING} · Page 1 of 1".replace(" ", "\u00a0")  # never broken
    text = "  ".join((*page.foot, *notes, "Settings in force:", " · ".join(page.settings), last))
    return line_count(text, WIDTH, FOOT * scale) * FOOT * scale * MM_PER_POINT * 1.26 + 3.0
