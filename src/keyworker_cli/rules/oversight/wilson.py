"""How far a share of a sample can be relied on: Wilson's interval, 95 %.

help: voice.
"""

from math import sqrt
from typing import Final, NamedTuple

from keyworker_cli.rules.say import PERCENT

TOO_FEW: Final = 20  # of fewer answers nothing can be said (help: voice)
_Z: Final = 1.959963984540054  # of 95 %


class Interval(NamedTuple):
    """From where to where a share may lie, in percent."""

    low: float
    high: float


def wilson(n: int, of: int) -> Interval | None:
    """Return Wilson's interval of n of N, in percent; `None` of nobody. Of 8 of 10 it is 49.0 to 94.3 %."""
    if not of:
        return None
    share, spread = n / of, _Z * _Z / of
    middle = share + spread / 2
    half = _Z * sqrt(share * (1 - share) / of + spread / (4 * of))
    low, high = (PERCENT * (middle + sign * half) / (1 + spread) for sign in (-1, 1))
    return Interval(max(0.0, low), min(float(PERCENT), high))
