"""Pictures as characters for a terminal and as plain SVG in black, white and grey for a page, with their words in them.

What a picture shows is said in it for those who cannot see it.
"""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Final

from keyworker_cli.render.clean import one_line
from keyworker_cli.reports.report import Picture

# One unit is a tenth of a millimetre.
_CELL: Final = 32
_GAP: Final = 4
_JOINED: Final = 16
_LETTER: Final = 24
_LABEL: Final = 14
_SHADES: Final = {"█": "#000", "▓": "#555", "▒": "#999", "░": "#d4d4d4"}
_HEIGHTS: Final = {character: at / 8 for at, character in enumerate("▁▂▃▄▅▆▇", start=1)}
_DOT: Final = "·"
_BAR: Final = 16
_TREND: Final = 28
_LEAST: Final = 2
_WHOLE: Final = 240

PICTURE_HEIGHT: Final = (_TREND + 2) / 10 + 0.2
"""How high a row with a trend is at least, in millimetres."""

PICTURE_ROW: Final = (_CELL + _GAP) / 10
"""How high each row of a picture is, and the words above its cells, in millimetres."""


def draw_lines(picture: Picture) -> Iterator[str]:
    """Yield the lines of a picture on a terminal: its heading, its rows, what the cells stand for, and the words."""
    labels = [one_line(label) for label, _ in picture.rows]
    indent = max(map(len, labels), default=0) + 2
    between = "" if picture.joined else " "
    if any(picture.columns):
        yield " " * indent + _above(picture.columns, step=1 + len(between))
    lines = [between.join(cells) for _, cells in picture.rows]
    wide = 0 if picture.joined else max(map(len, lines), default=0)
    for at, (label, line) in enumerate(zip(labels, lines, strict=True)):
        beside = f"  {one_line(picture.beside[at])}" if picture.beside else ""
        yield f"{label:<{indent}}{line:<{wide}}{beside}".rstrip()
    if picture.key:
        yield " " * indent + "   ".join(f"{character} {name}" for character, name in picture.key)
    yield from map(one_line, picture.said)


def _above(columns: tuple[str, ...], *, step: int) -> str:
    """Return the words above the cells, each at its cell, where the one before leaves it room."""
    line = ""
    for at, word in _with_room(columns, step=step, letter=1):
        line = f"{line:<{step * at}}{word}"
    return line


def _with_room(columns: tuple[str, ...], *, step: int, letter: int) -> Iterator[tuple[int, str]]:
    """Yield the words above the cells with the cell of each, but for those that the one before leaves no room."""
    end = -1
    for at, word in enumerate(map(one_line, columns)):
        if word and end < step * at:
            yield at, word
            end = step * at + len(word) * letter


def draw_svg(picture: Picture) -> str:
    """Return a picture as SVG; its words and its figures are said in it for a screen reader."""
    longest = max((len(one_line(label)) for label, _ in picture.rows), default=0)
    left, top = longest * _LABEL + 20, _LETTER + 14 if any(picture.columns) else 0
    step, high = (_JOINED if picture.joined else _CELL + _GAP), _CELL + _GAP
    wide = max((len(cells) for _, cells in picture.rows), default=0)
    after = max((len(one_line(text)) for text in picture.beside), default=0) * _LABEL + 10 if picture.beside else 0
    above = _with_room(picture.columns, step=step, letter=_LABEL)
    inside = [_text(left + at * step, _LETTER, word) for at, word in above]
    for row, (label, cells) in enumerate(picture.rows):
        y = top + row * high
        inside.append(_text(0, y + _LETTER, label))
        inside += _cells(left, y, cells, joined=picture.joined)
        if picture.beside:
            inside.append(_text(left + wide * step + 10, y + _LETTER, picture.beside[row]))
    width, height = left + wide * step + after + 10, top + len(picture.rows) * high
    return _svg(width, height, _in_words(picture), "".join(inside), letters=True)


def _in_words(picture: Picture) -> str:
    """Return what a picture shows: its title, the figures of each row, and its sentences."""
    figures = (f"{label}: {text};" for (label, _), text in zip(picture.rows, picture.beside, strict=False))
    return " ".join((picture.title, *figures, *picture.said)).strip()


def draw_key(picture: Picture) -> Iterator[tuple[str, str]]:
    """Yield what each cell stands for: its picture as SVG, and its name."""
    for character, name in picture.key:
        inside = _cell(0, 0, _CELL, character) if _is_drawn(character) else _large(character)
        yield _svg(_CELL, _CELL, name, inside), name


def _is_drawn(character: str) -> bool:
    return character in _SHADES or character in _HEIGHTS or character == _DOT


def _large(letter: str) -> str:
    """Return a letter as large as a whole cell."""
    middle = f'x="{_CELL / 2}" y="{_CELL - 2}" text-anchor="middle"'
    return f'<text {middle} font-size="{_CELL}" font-weight="bold">{escape(letter)}</text>'


def draw_figures(values: Sequence[float | None], said: str) -> str:
    """Return a bar for each figure, the oldest first, full height at 1; a dot on the line is no data.

    A single figure is a share of 1: a bar that lies within its outline, so that the longest is found at a glance.
    """
    wide = _places(values)
    if len(values) == 1:
        return _svg(wide, _TREND + 2, said, _share(values[0]))
    inside = "".join(_bar(at * (_BAR + _GAP), value) for at, value in enumerate(values))
    return _svg(wide, _TREND + 2, said, f'{inside}<path d="M0 {_TREND + 1}H{wide}" stroke="#000" stroke-width="1.5"/>')


def figures_width(values: Sequence[float | None]) -> float:
    """Return how wide the bars of these figures are, in millimetres."""
    return _places(values) / 10


def _places(values: Sequence[float | None]) -> int:
    return _WHOLE if len(values) == 1 else len(values) * (_BAR + _GAP)


def _share(value: float | None) -> str:
    outline = f'<rect x="1" y="5" width="{_WHOLE - 2}" height="20" fill="#fff" stroke="#000" stroke-width="1.5"/>'
    if not value:
        return outline
    return f'{outline}<rect x="1" y="5" width="{min(1.0, value) * (_WHOLE - 2):.0f}" height="20" fill="#000"/>'


def _cells(left: int, y: int, cells: Sequence[str], *, joined: bool) -> Iterator[str]:
    """Yield the cells of a row; where they are joined, neighbours that are alike are one piece."""
    step, at = (_JOINED if joined else _CELL + _GAP), 0
    for character, run in groupby(cells) if joined else ((cell, (cell,)) for cell in cells):
        number = len(tuple(run))
        if character.strip():
            yield _cell(left + at * step, y, number * _JOINED if joined else _CELL, character)
        at += number


def _cell(x: int, y: int, wide: int, cell: str) -> str:
    if cell in _SHADES:
        return f'<rect x="{x}" y="{y}" width="{wide}" height="{_CELL}" fill="{_SHADES[cell]}"/>'
    if cell in _HEIGHTS:
        high = round(_HEIGHTS[cell] * _CELL)
        return f'<rect x="{x}" y="{y + _CELL - high}" width="{wide}" height="{high}" fill="#000"/>'
    if cell == _DOT:
        return f'<circle cx="{x + wide / 2}" cy="{y + _CELL / 2}" r="3" fill="#000"/>'
    return _text(x + 9, y + _LETTER, cell, bold=True)


def _bar(left: int, value: float | None) -> str:
    if value is None:
        return f'<circle cx="{left + _BAR / 2}" cy="{_TREND - 5}" r="3" fill="#000"/>'
    high = max(_LEAST if value else 0.0, min(1.0, value) * _TREND)
    return f'<rect x="{left}" y="{_TREND - high:.1f}" width="{_BAR}" height="{high:.1f}" fill="#000"/>'


def _text(x: int, y: int, words: str, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x}" y="{y}"{weight}>{escape(one_line(words))}</text>'


def _svg(width: int, height: int, said: str, inside: str, *, letters: bool = False) -> str:
    size = f'width="{width / 10}mm" height="{height / 10}mm" viewBox="0 0 {width} {height}"'
    font = f' font-size="{_LETTER}"' if letters else ""
    return f'<svg role="img" aria-label="{escape(one_line(said))}" {size}{font}>{inside}</svg>'
