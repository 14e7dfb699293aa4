"""Whether a week's sessions differ from a wing's own history by more than chance (help: figures).

Sessions for each prisoner and week, week by week, against the weeks before: a sudden change is the last week outside
three sigma, or the last eight weeks all on one side of the centre. Where under five sessions would be expected, chance
explains everything and only the counts are said.
"""

from collections.abc import Sequence
from enum import StrEnum
from math import sqrt
from typing import Final, NamedTuple

from keyworker_cli.rules.dates.london import DAYS_PER_WEEK

RUN_WEEKS: Final = 8
LEAST_HISTORY: Final = 8
LEAST_EXPECTED: Final = 5
SIGMAS: Final = 3


class Signal(StrEnum):
    """What a chart says of the last week, or the last eight."""

    NONE = "none"
    TOO_FEW = "too_few"
    BELOW = "below"
    ABOVE = "above"
    RUN_BELOW = "run_below"
    RUN_ABOVE = "run_above"


class Tally(NamedTuple):
    """Sessions and eligible days in each of some consecutive weeks, the last one last."""

    sessions: tuple[int, ...]
    days: tuple[int, ...]

    @property
    def per_prisoner(self) -> tuple[float | None, ...]:
        """Sessions for each prisoner and week; `None` in a week without an eligible day."""
        each = zip(self.sessions, self.days, strict=True)
        return tuple(round(held * DAYS_PER_WEEK / days, 3) if days else None for held, days in each)


class Chart(NamedTuple):
    """What the history lets expect of the last week: sessions, and the limits within which chance explains them."""

    signal: Signal
    sessions: int
    expected: float
    lower: float
    upper: float


def read_chart(tally: Tally) -> Chart | None:
    """Return what the last week says against the weeks before the last eight; `None` without a history."""
    history = max(0, len(tally.sessions) - RUN_WEEKS)
    days = sum(tally.days[:history])
    weeks = sum(bool(day) for day in tally.days[:history])
    if weeks < LEAST_HISTORY or not tally.days[-1]:
        return None
    centre = sum(tally.sessions[:history]) / days
    expected = centre * tally.days[-1]
    spread = SIGMAS * sqrt(expected)
    lower, upper, last = max(0.0, expected - spread), expected + spread, tally.sessions[-1]
    return Chart(_signal(tally, centre, lower, upper), last, expected, lower, upper)


def _signal(tally: Tally, centre: float, lower: float, upper: float) -> Signal:
    last = tally.sessions[-1]
    if centre * tally.days[-1] < LEAST_EXPECTED:
        return Signal.TOO_FEW
    if last < lower:
        return Signal.BELOW
    if last > upper:
        return Signal.ABOVE
    sides = _sides(tally.sessions[-RUN_WEEKS:], tally.days[-RUN_WEEKS:], centre)
    if all(side < 0 for side in sides):
        return Signal.RUN_BELOW
    return Signal.RUN_ABOVE if all(side > 0 for side in sides) else Signal.NONE


def _sides(sessions: Sequence[int], days: Sequence[int], centre: float) -> list[float]:
    return [held - centre * day for held, day in zip(sessions, days, strict=True)]
