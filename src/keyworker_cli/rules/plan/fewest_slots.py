"""The fewest slots more with which everybody is seen in time: how many on which day, and a bound from below.

Days are counted from 0; the days on which somebody may be seen, each once, are bits. Two ways lead to the answer, and
it is proved where they meet. From below: the sessions that must be held within a run of days need so many slots in it,
and the longest chain of such runs counts the least there can be. From above: a schedule in which everybody is seen.
Where they do not meet, every way to spread a slot fewer over the days is tried, up to a limit (help: least).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final, NamedTuple

TRIED_AT_MOST: Final = 4_000
"""How many ways to spread slots over the days are tried where the two bounds do not meet."""

Days = int
"""A set of days, as bits: day 0 is the lowest."""


@dataclass(frozen=True)
class Question:
    """The days of a question: the places there are, those that could be given, and who is to be seen once.

    `base` has the places of each day, `offers` those of each slot that could be given on it, the largest first. `needs`
    counts the prisoners who may be seen on the same days.
    """

    base: tuple[int, ...]
    offers: tuple[tuple[int, ...], ...]
    needs: Mapping[Days, int]

    @property
    def last(self) -> int:
        """The last day."""
        return len(self.base) - 1

    @cached_property
    def given(self) -> list[list[int]]:
        """By day, the places of its first so many offers."""
        return [[0, *accumulate(places)] for places in self.offers]

    @cached_property
    def demands(self) -> dict[tuple[int, int], int]:
        """How many sessions must be held within each run of days, since they can be on no other."""
        size = len(self.base)
        runs = [(first, last) for first in range(size) for last in range(first, size)]
        return {run: sum(number for days, number in self.needs.items() if not days & ~run_of(*run)) for run in runs}

    @cached_property
    def _largest(self) -> dict[tuple[int, int], list[int]]:
        """By run of days, the places of its largest so many offers."""
        found = {}
        for first, last in self.demands:
            places = sorted((places for on in self.offers[first : last + 1] for places in on), reverse=True)
            found[first, last] = [0, *accumulate(places)]
        return found

    def places(self, slots: Sequence[int]) -> list[int]:
        """Return the places of each day with so many slots more on each, the largest first."""
        return [base + given[number] for base, given, number in zip(self.base, self.given, slots, strict=True)]

    def at_least(self, picked: Sequence[int] | None = None, left: Sequence[int] | None = None) -> list[int] | None:
        """Return by day how many slots more there must be at least, beside `picked` places: together they are a bound.

        `left` is how many slots each day can still be given. `None` where even all of them are too few.
        """
        days = range(len(self.base))
        more = [len(places) for places in self.offers] if left is None else left
        have = [0, *accumulate(base + (picked[on] if picked else 0) for on, base in enumerate(self.base))]
        runs = []
        for (first, last), wanted in self.demands.items():
            deficit = wanted - (have[last + 1] - have[first])
            if deficit > 0:
                places = self._largest[first, last]
                if deficit > places[-1]:
                    return None
                runs.append((first, last + 1, _first_reaching(places, deficit)))
        reached = [0] * (len(self.base) + 1)
        while True:
            before = list(reached)
            for start, end, slots in runs:
                reached[end] = max(reached[end], reached[start] + slots)
            for on in days:
                reached[on + 1] = max(reached[on + 1], reached[on])
            for on in reversed(days):
                reached[on] = max(reached[on], reached[on + 1] - more[on])
            if reached[0] > 0:
                return None
            if reached == before:
                return [reached[on + 1] - reached[on] for on in days]

    def missed(self, places: Sequence[int]) -> int:
        """Return how many cannot be seen with so many places on each day: 0 where everybody can.

        The earliest deadline first leaves out no more than must be, unless somebody is away in the middle; only then
        every exchange of days is looked through.
        """
        left = self.missed_by_deadline(places)
        return sum(unmatched(self.needs.items(), places)) if left and self._has_holes else left

    def missed_by_deadline(self, places: Sequence[int]) -> int:
        """Return how many are not seen when on each day those are whose last day comes first."""
        waiting = dict(self.needs)
        for on, free in enumerate(places):
            room = free
            for days in self._by_deadline[on]:
                seen = min(room, waiting[days])
                waiting[days] -= seen
                room -= seen
        return sum(waiting.values())

    @cached_property
    def _by_deadline(self) -> list[list[Days]]:
        """By day, the kinds that may be seen on it, the earliest last day first."""
        return [
            sorted((days for days in self.needs if days >> on & 1), key=lambda days: (days.bit_length(), days))
            for on in range(len(self.base))
        ]

    @cached_property
    def _has_holes(self) -> bool:
        return any(_has_hole(days) for days in self.needs)


class Least(NamedTuple):
    """How many slots more on each day, and the fewest there can be."""

    slots: tuple[int, ...]
    bound: int

    @property
    def number(self) -> int:
        """How many slots in all."""
        return sum(self.slots)

    @property
    def proved(self) -> bool:
        """Nobody can do with fewer."""
        return self.number == self.bound


def fewest_slots(question: Question) -> Least | None:
    """Return the fewest slots more with which everybody can be seen; `None` where all of them are too few."""
    full = [len(places) for places in question.offers]
    least = question.at_least()
    if least is None or question.missed(question.places(full)):
        return None
    bound, slots = sum(least), _mended(question, least)
    tried = _Tried(question)
    while bound < sum(slots):
        found = tried.spread(bound)
        if found is not None:
            return Least(tuple(found), bound)
        if tried.given_up:
            break
        bound += 1
    return Least(tuple(slots), bound)


def run_of(first: int, last: int) -> Days:
    """Return the days from one to another, both included."""
    return (1 << last + 1) - (1 << first)


def _has_hole(days: Days) -> bool:
    run = days // (days & -days) if days else 0
    return bool(run & run + 1)


def _first_reaching(places: Sequence[int], deficit: int) -> int:
    return next(number for number, total in enumerate(places) if total >= deficit)


def _mended(question: Question, least: Sequence[int]) -> list[int]:
    """Return slots with which everybody can be seen: more where one does most, then fewer where it does nothing."""
    slots = list(least)
    while question.missed(question.places(slots)):
        choices = [on for on, places in enumerate(question.offers) if slots[on] < len(places)]
        left = {on: question.missed(question.places(_changed(slots, on, 1))) for on in choices}
        best = min(choices, key=lambda on: (left[on], -question.offers[on][slots[on]], on))
        slots = _changed(slots, best, 1)
    for on in reversed(range(len(slots))):
        while slots[on] and not question.missed(question.places(_changed(slots, on, -1))):
            slots = _changed(slots, on, -1)
    return slots


def _changed(slots: Sequence[int], on: int, by: int) -> list[int]:
    changed = list(slots)
    changed[on] += by
    return changed


class _Tried:
    """Ways to spread a number of slots over the days, looked through until it is `given_up`."""

    def __init__(self, question: Question) -> None:
        self._question, self._left = question, TRIED_AT_MOST

    @property
    def given_up(self) -> bool:
        """So many were tried that what was not found may still be there."""
        return self._left <= 0

    def spread(self, number: int) -> list[int] | None:
        """Return a way to spread so many slots with which everybody can be seen, or `None`."""
        return next(self._ways([], number), None)

    def _ways(self, slots: list[int], number: int) -> Iterator[list[int]]:
        question, on = self._question, len(slots)
        self._left -= 1
        if self.given_up:
            return
        if on > question.last:
            if not question.missed(question.places(slots)):
                yield slots
            return
        for here in range(min(number, len(question.offers[on])), -1, -1):
            fixed = [*slots, here]
            picked = [question.given[day][count] for day, count in enumerate(fixed)] + [0] * (question.last - on)
            left = [0] * (on + 1) + [len(places) for places in question.offers[on + 1 :]]
            least = question.at_least(picked, left)
            if least is not None and sum(least) <= number - here:
                yield from self._ways(fixed, number - here)


def unmatched(needs: Iterable[tuple[Days, int]], places: Sequence[int]) -> list[int]:
    """Return how many of each kind find no day, those before the others: nobody is moved out for one who comes later.

    Each takes a day with room, or the way is sought along which others move on to make it.
    """
    wanted = list(needs)
    kinds = [days for days, _ in wanted]
    held = [[0] * len(places) for _ in kinds]
    free = list(places)
    return [sum(not _find_room(kind, kinds, held, free) for _ in range(wanted[kind][1])) for kind in range(len(kinds))]


def _find_room(kind: int, kinds: Sequence[Days], held: list[list[int]], free: list[int]) -> bool:
    day_from: dict[int, int] = {}  # through which kind a day was reached
    kind_from: dict[int, int] = {}  # through which day a kind was
    waiting = [kind]
    for moving in waiting:
        for on in range(len(free)):
            if on in day_from or not kinds[moving] >> on & 1:
                continue
            day_from[on] = moving
            if free[on]:
                free[on] -= 1
                _move_on(on, kind, day_from, kind_from, held)
                return True
            for other in range(len(kinds)):
                if held[other][on] and other != kind and other not in kind_from:
                    kind_from[other] = on
                    waiting.append(other)
    return False


def _move_on(
    on: int, kind: int, day_from: Mapping[int, int], kind_from: Mapping[int, int], held: list[list[int]]
) -> None:
    moving = day_from[on]
    held[moving][on] += 1
    while moving != kind:
        on = kind_from[moving]
        held[moving][on] -= 1
        moving = day_from[on]
        held[moving][on] += 1
