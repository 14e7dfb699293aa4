"""Minutes delivered to a prisoner a week, week by week: is it getting better or worse (help: time-budget)."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from keyworker_cli.rules.budget.time_chain import known_sum
from keyworker_cli.rules.dates.london import DAYS_PER_WEEK
from keyworker_cli.rules.dates.weeks import Week
from keyworker_cli.rules.facts.spans import TimeHeld
from keyworker_cli.rules.stays.eligible_days import Holding

TREND_WEEKS: Final = 8  # the head of safety looks at eight weeks


class Trend(NamedTuple):
    """Eligible days and minutes delivered in each of some consecutive weeks; of several officers they add up.

    `not_known` are the sessions of each week whose minutes nobody knows: they are in no sum.
    """

    days: tuple[int, ...]
    minutes: tuple[int, ...]
    not_known: tuple[int, ...]

    @property
    def per_prisoner(self) -> tuple[float | None, ...]:
        """Minutes to a prisoner and week, to one decimal: sum(minutes) / sum(days / 7).

        `None` in a week without days, and where of nothing that was held the minutes are known.
        """
        sums = map(known_sum, self.minutes, self.not_known)
        return tuple(
            round(minutes * DAYS_PER_WEEK / days, 1) if days and minutes is not None else None
            for minutes, days in zip(sums, self.days, strict=True)
        )


WeeklyDays = Mapping[int | None, Sequence[int]]
"""The eligible days of each of some consecutive weeks, by the key worker they count for; `None` is no key worker."""


def weekly_days(holdings: Iterable[Holding], weeks: Sequence[Week]) -> WeeklyDays:
    """Return how many days of these holdings lie in each of some consecutive weeks."""
    first, number = weeks[0].monday.toordinal(), len(weeks) * DAYS_PER_WEEK
    more: dict[int | None, list[int]] = {}  # how many more count for each on a day than on the day before
    for one in holdings:
        his = more.get(one.key_worker_id)
        if his is None:
            his = more[one.key_worker_id] = [0] * (number + 1)
        begin, end = max(one.first_day - first, 0), min(one.end_day - first, number)
        if begin < end:
            his[begin] += 1
            his[end] -= 1
    held = {worker: list(accumulate(its)) for worker, its in more.items()}
    return {
        worker: [sum(its[day : day + DAYS_PER_WEEK]) for day in range(0, number, DAYS_PER_WEEK)]
        for worker, its in held.items()
    }


def find_trends(days: WeeklyDays, sessions: Iterable[TimeHeld], weeks: Sequence[Week]) -> Mapping[int | None, Trend]:
    """Return the trend of each key worker over consecutive weeks, by key; under `None` that of prisoners without one.

    A day is his who has the prisoner at its end, a session his who held it (help: time-budget).
    """
    first = weeks[0].monday.toordinal()
    minutes: dict[int | None, list[int]] = {}
    not_known: dict[int | None, list[int]] = {}
    for session in sessions:
        number = (session.held_on.toordinal() - first) // DAYS_PER_WEEK
        if 0 <= number < len(weeks):
            minutes.setdefault(session.key_worker_id, [0] * len(weeks))[number] += session.minutes or 0
            not_known.setdefault(session.key_worker_id, [0] * len(weeks))[number] += session.minutes is None
    none = [0] * len(weeks)
    return {
        worker: Trend(*(tuple(of.get(worker, none)) for of in (days, minutes, not_known)))
        for worker in days.keys() | minutes.keys()
    }


def sum_trends(trends: Iterable[Trend]) -> Trend:
    """Return several trends as one; without any, a trend of no days."""
    none = Trend(*[(0,) * TREND_WEEKS] * 3)
    return Trend(*(tuple(map(sum, zip(*its, strict=True))) for its in zip(none, *trends, strict=True)))
