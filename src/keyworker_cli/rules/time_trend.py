"""Minutes delivered to a man a week, week by week: is it getting better or worse (DOMAIN 3.5, 8)."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Final, TypeVar

from keyworker_cli.rules.dates import DAYS_PER_WEEK, Week
from keyworker_cli.rules.eligible_days import Holding
from keyworker_cli.rules.facts import TimeHeld

TREND_WEEKS: Final = 8  # DOMAIN 8: the 8-week trend

Whose = TypeVar("Whose", bound=Hashable)


def delivered_by_week(
    holdings: Iterable[Holding],
    sessions: Iterable[TimeHeld],
    weeks: Sequence[Week],
    *,
    whose: Callable[[int | None], Whose],
) -> dict[Whose, tuple[float | None, ...]]:
    """Return, for each group of key workers, the minutes delivered to a man in each of some consecutive weeks.

    A week's figure is sum(minutes) / sum(eligible days / 7), to one decimal; `None` in a week without an eligible day.
    `whose` says which group an officer's minutes and his men's days are in; asked with `None` for men without one.
    """
    first = weeks[0].monday.toordinal()
    days: defaultdict[Whose, list[int]] = defaultdict(lambda: [0] * len(weeks))
    minutes: defaultdict[Whose, list[int]] = defaultdict(lambda: [0] * len(weeks))
    for one in holdings:
        group = days[whose(one.key_worker_id)]
        for number, amount in _days_by_week(one, first, len(weeks)):
            group[number] += amount
    for session in sessions:
        number = (session.held_on.toordinal() - first) // DAYS_PER_WEEK
        if 0 <= number < len(weeks):
            minutes[whose(session.key_worker_id)][number] += session.minutes
    return {
        group: tuple(_per_week(*pair) for pair in zip(minutes[group], days[group], strict=True))
        for group in days.keys() | minutes.keys()
    }


def _days_by_week(one: Holding, first: int, weeks: int) -> Iterable[tuple[int, int]]:
    begin, end = max(one.first_day, first), min(one.end_day, first + weeks * DAYS_PER_WEEK)
    while begin < end:
        number = (begin - first) // DAYS_PER_WEEK
        monday_after = first + (number + 1) * DAYS_PER_WEEK
        yield number, min(end, monday_after) - begin
        begin = monday_after


def _per_week(minutes: int, days: int) -> float | None:
    return round(minutes * DAYS_PER_WEEK / days, 1) if days else None
