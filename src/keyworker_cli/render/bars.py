"""Bars drawn as plain SVG in black and white, told apart by their hatching, so that a photocopy says the same."""

from collections.abc import Sequence
from html import escape
from typing import Final

from keyworker_cli.render.clean import one_line
from keyworker_cli.reports.report import Bars, Row

# One unit is a tenth of a millimetre.
_WIDTH: Final = 280
_HEIGHT: Final = 26
_SWATCH: Final = 30
_EDGE: Final = 2
# Of bars one in another each is lower than the last but one, so that all stay in sight.
_HEIGHTS: Final = (26, 26, 16, 8)
# The distance of the strokes of a hatching, and their width.
_HATCHED: Final = {"dense": (7, 3.5), "sparse": (16, 2.0)}
_END_TO_END: Final = ("black", "dense", "sparse", "white")
_ONE_IN_ANOTHER: Final = ("white", "sparse", "dense", "black")


def draw_rows(bars: Bars, rows: Sequence[Row]) -> list[str]:
    """Return the picture of each row, all to one scale, as SVG; what is drawn is said in it for a screen reader."""
    amounts = [bars.amounts(row) for row in rows]
    longest = max((sum(each) if bars.end_to_end else max(each) for each in amounts), default=0)
    return [_picture(bars, each, longest) for each in amounts]


def draw_key(bars: Bars) -> list[tuple[str, str]]:
    """Return what each hatching stands for: its picture as SVG, and its name."""
    return [
        (_svg(_SWATCH, _block(fill, 0, 0, _SWATCH, _HEIGHT), name), name)
        for fill, name in zip(_fills(bars), bars.legend, strict=True)
    ]


def _fills(bars: Bars) -> tuple[str, ...]:
    return _END_TO_END if bars.end_to_end else _ONE_IN_ANOTHER


def _picture(bars: Bars, amounts: Sequence[float], longest: float) -> str:
    said = ", ".join(f"{name} {amount:,.0f}" for name, amount in zip(bars.legend, amounts, strict=True))
    scale = (_WIDTH - _EDGE) / longest if longest else 0
    blocks, begin = [], 0.0
    for fill, amount, height in zip(_fills(bars), amounts, _HEIGHTS, strict=True):
        high = _HEIGHT if bars.end_to_end else height
        if amount > 0:
            blocks.append(_block(fill, begin, (_HEIGHT - high) / 2, amount * scale, high))
        begin += amount * scale if bars.end_to_end else 0
    return _svg(_WIDTH, "".join(blocks), said)


def _svg(width: int, inside: str, said: str) -> str:
    label = escape(one_line(said))
    size = f'width="{width / 10}mm" height="{_HEIGHT / 10}mm" viewBox="0 0 {width} {_HEIGHT}"'
    return f'<svg role="img" aria-label="{label}" {size}>{inside}</svg>'


def _block(fill: str, x: float, y: float, width: float, height: float) -> str:
    """Return a bar within its outline; the strokes of its hatching are upright, so that none has to be cut off."""
    left, top, bottom = x + _EDGE / 2, y + _EDGE / 2, y + height - _EDGE / 2
    wide = max(1.0, width - _EDGE / 2)
    colour = "#000" if fill == "black" else "#fff"
    rect = f'<rect x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{bottom - top:.1f}"'
    outline = f'{rect} fill="{colour}" stroke="#000" stroke-width="{_EDGE}"/>'
    if fill not in _HATCHED:
        return outline
    step, stroke = _HATCHED[fill]
    strokes = "".join(f"M{left + at * step:.1f} {top:.1f}V{bottom:.1f}" for at in range(1, int(wide / step) + 1))
    return f'{outline}<path d="{strokes}" stroke="#000" stroke-width="{stroke}"/>' if strokes else outline
