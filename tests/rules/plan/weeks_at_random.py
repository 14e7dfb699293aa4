"""Random weeks of up to eight prisoners, and every way to use them tried out: KW_WEEKS says how many (100)."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cache
from itertools import combinations
from random import Random
from typing import NamedTuple

from keyworker_cli.rules.plan.fewest_slots import Question, run_of
from keyworker_cli.rules.plan.share_out import Time, Wanted
from rules.plan.planned_day import TODAY, slot, unseen

WEEKS = int(os.environ.get("KW_WEEKS", "100"))
DAY = timedelta(days=1)
HALVES = (9 * 60, 14 * 60)


class RandomWeek(NamedTuple):
    question: Question
    wanted: list[Wanted]
    published: list[Time]
    offers: list[Time]


def random_weeks(seed: int) -> Iterator[RandomWeek]:
    chance = Random(seed)
    return (random_week(chance) for _ in range(WEEKS))


def random_week(chance: Random) -> RandomWeek:
    """Prisoners with a last day each, some away at the beginning, the end or in the middle; slots of 1 to 3 places."""
    days, officers = chance.choice([5, 6, 7]), chance.randint(1, 4)
    wings = {officer: chance.choice("BC") for officer in range(1, officers + 1)}
    of_one_size = chance.random() < 0.5

    def time(officer: int, on: int, start: int) -> Time:
        size = 3 if of_one_size else chance.choice([1, 2, 3])
        return Time(slot(officer, start, 45 * size, on=TODAY + on * DAY, wing=wings[officer]), on, size)

    halves = [(officer, on, start) for officer in wings for on in range(days) for start in HALVES]
    chance.shuffle(halves)
    published = [time(*half) for half in halves[: chance.randint(0, 2)]]
    offers = [time(*half) for half in halves[2 : 2 + chance.randint(0, 7)]]
    wanted = [
        Wanted(unseen(number, 5, officer=chance.choice([None, *wings])), here)
        for number in range(1, chance.randint(1, 8) + 1)
        if (here := _days_of_one(chance, days))
    ]
    return RandomWeek(ask(days, wanted, published, offers), wanted, published, offers)


def _days_of_one(chance: Random, days: int) -> int:
    here = run_of(0, chance.randrange(days))
    if chance.random() < 0.2:
        here &= run_of(chance.randrange(days), days - 1)
    if chance.random() < 0.2:
        here &= ~(1 << chance.randrange(days))
    return here


def ask(days: int, wanted: Sequence[Wanted], published: Sequence[Time], offers: Sequence[Time]) -> Question:
    sizes = [sorted((time.places for time in offers if time.on == on), reverse=True) for on in range(days)]
    return Question(
        base=tuple(sum(time.places for time in published if time.on == on) for on in range(days)),
        offers=tuple(map(tuple, sizes)),
        needs=Counter(one.days for one in wanted),
    )


def can_see_all(wanted: Sequence[Wanted], times: Sequence[Time]) -> bool:
    """Whether everybody can be seen, each way of giving prisoners to places tried."""
    places = tuple(time.on for time in times for _ in range(time.places))

    @cache
    def rest(number: int, free: tuple[int, ...]) -> bool:
        if number == len(wanted):
            return True
        days = {on for on in free if wanted[number].days >> on & 1}
        return any(rest(number + 1, _without(free, on)) for on in days)

    return rest(0, places)


def _without(free: tuple[int, ...], on: int) -> tuple[int, ...]:
    at = free.index(on)
    return free[:at] + free[at + 1 :]


def ways(week: RandomWeek, number: int) -> Iterator[list[Time]]:
    """Every choice of so many offers with which everybody can be seen."""
    for chosen in combinations(week.offers, number):
        if can_see_all(week.wanted, [*week.published, *chosen]):
            yield list(chosen)


def fewest_by_trying(week: RandomWeek) -> int | None:
    numbers = range(len(week.offers) + 1)
    return next((number for number in numbers if next(ways(week, number), None) is not None), None)
