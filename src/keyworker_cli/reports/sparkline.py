"""A row of figures as a row of small bars, to be read at a glance beside the last of them."""

from collections.abc import Iterable
from typing import Final

BARS: Final = "▁▂▃▄▅▆▇█"
NO_DATA: Final = "·"
"""What stands for a figure that is missing: it never looks like zero, which is the lowest bar (help: figures)."""


def sparkline(values: Iterable[float | None], *, most: float) -> str:
    """Return a bar for each figure, the oldest first: full height is `most` and above, a dot is no data."""
    return "".join(NO_DATA if value is None else _bar(value, most) for value in values)


def _bar(value: float, most: float) -> str:
    share = min(1.0, max(0.0, value / most)) if most > 0 else 0.0
    return BARS[round(share * (len(BARS) - 1))]
