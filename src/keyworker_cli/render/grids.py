"""Pictures of small cells: as characters for a terminal, and as plain SVG in black, white and grey for a page."""

from collections.abc import Iterator
from html import escape
from typing import Final

from keyworker_cli.render.clean import one_line
from keyworker_cli.reports.report import Picture

# One unit is a tenth of a millimetre.
_CELL: Final = 32
_GAP: Final = 4
_LETTER: Final = 24
_LABEL: Final = 14
_SHADES: Final = {"█": "#000", "▓": "#555", "▒": "#999", "░": "#d4d4d4"}
_DOT: Final = "·"


def draw_lines(picture: Picture) -> Iterator[str]:
    """Yield the lines of a picture on a terminal: its heading, its rows, what the cells stand for, and the words."""
    labels = [one_line(label) for label, _ in picture.rows]
    indent = max(map(len, labels), default=0) + 2
    if any(picture.columns):
        yield " " * indent + _above(picture.columns)
    for at, (label, (_, cells)) in enumerate(zip(labels, picture.rows, strict=True)):
        beside = f" {one_line(picture.beside[at])}" if picture.beside else ""
        yield f"{label:<{indent}}{''.join(f'{cell} ' for cell in cells)}{beside}".rstrip()
    if picture.key:
        yield " " * indent + "   ".join(f"{character} {name}" for character, name in picture.key)
    yield from map(one_line, picture.said)


def _above(columns: tuple[str, ...]) -> str:
    """Return the words above the cells, each at its cell, where the one before leaves it room."""
    line = ""
    for at, word in enumerate(columns):
        if word and (not line or len(line) < 2 * at):
            line = f"{line:<{2 * at}}{one_line(word)}"
    return line


def draw_svg(picture: Picture) -> str:
    """Return a picture as SVG; its words are said in it for a screen reader."""
    longest = max((len(one_line(label)) for label, _ in picture.rows), default=0)
    left, top = longest * _LABEL + 20, _LETTER + 14 if any(picture.columns) else 0
    step = _CELL + _GAP
    wide = max((len(cells) for _, cells in picture.rows), default=0)
    after = max((len(one_line(text)) for text in picture.beside), default=0) * _LABEL + 10 if picture.beside else 0
    inside = [_text(left + at * step, _LETTER, word) for at, word in enumerate(picture.columns) if word]
    for row, (label, cells) in enumerate(picture.rows):
        y = top + row * step
        inside.append(_text(0, y + _LETTER, label))
        inside += [_cell(left + at * step, y, cell) for at, cell in enumerate(cells) if cell.strip()]
        if picture.beside:
            inside.append(_text(left + wide * step + 10, y + _LETTER, picture.beside[row]))
    width, height = left + wide * step + after + 10, top + len(picture.rows) * step
    said = escape(one_line(" ".join((picture.title, *picture.said)).strip()))
    size = f'width="{width / 10}mm" height="{height / 10}mm" viewBox="0 0 {width} {height}"'
    return f'<svg role="img" aria-label="{said}" {size} font-size="{_LETTER}">{"".join(inside)}</svg>'


def draw_key(picture: Picture) -> Iterator[tuple[str, str]]:
    """Yield what each cell stands for: its picture as SVG, and its name."""
    for character, name in picture.key:
        size = f'width="{_CELL / 10}mm" height="{_CELL / 10}mm" viewBox="0 0 {_CELL} {_CELL}" font-size="{_LETTER}"'
        yield f'<svg role="img" aria-label="{escape(one_line(name))}" {size}>{_cell(0, 0, character)}</svg>', name


def _cell(x: int, y: int, cell: str) -> str:
    if cell in _SHADES:
        return f'<rect x="{x}" y="{y}" width="{_CELL}" height="{_CELL}" fill="{_SHADES[cell]}"/>'
    if cell == _DOT:
        return f'<circle cx="{x + _CELL / 2}" cy="{y + _CELL / 2}" r="3" fill="#000"/>'
    return _text(x + 9, y + _LETTER, cell, bold=True)


def _text(x: int, y: int, words: str, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x}" y="{y}"{weight}>{escape(one_line(words))}</text>'
