"""Small pictures as plain SVG in black and white, with their figures said in them for those who cannot see them."""

from collections.abc import Sequence
from html import escape
from typing import Final

from keyworker_cli.render.clean import one_line

# One unit is a tenth of a millimetre.
_BAR: Final = 16
_GAP: Final = 4
_HEIGHT: Final = 28
_LEAST: Final = 2

PICTURE_HEIGHT: Final = (_HEIGHT + 2) / 10 + 0.2
"""How high a row with a picture is at least, in millimetres."""


def draw_trend(values: Sequence[float | None], said: str) -> str:
    """Return a bar for each figure, the oldest first, full height at 1; a dot on the line is no data."""
    width = len(values) * (_BAR + _GAP)
    inside = "".join(_bar(at, value) for at, value in enumerate(values))
    line = f'<path d="M0 {_HEIGHT + 1}H{width}" stroke="#000" stroke-width="1.5"/>'
    size = f'width="{width / 10}mm" height="{(_HEIGHT + 2) / 10}mm" viewBox="0 0 {width} {_HEIGHT + 2}"'
    return f'<svg role="img" aria-label="{escape(one_line(said))}" {size}>{inside}{line}</svg>'


def _bar(at: int, value: float | None) -> str:
    left = at * (_BAR + _GAP)
    if value is None:
        return f'<circle cx="{left + _BAR / 2}" cy="{_HEIGHT - 5}" r="3" fill="#000"/>'
    high = max(_LEAST if value else 0.0, min(1.0, value) * _HEIGHT)
    return f'<rect x="{left}" y="{_HEIGHT - high:.1f}" width="{_BAR}" height="{high:.1f}" fill="#000"/>'
