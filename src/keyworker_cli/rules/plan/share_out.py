"""Who gives the slots and who sees whom in them: most prisoners with their own key worker, then on their wing.

The number of slots is settled before (the fewest). Slots are taken one by one, each the one with which most more see
their own key worker, as long as the rest can still be made up to a rota in which everybody is seen; where there are
few, each is then exchanged for another that does more. Who sees whom is the best there is for those slots (help:
least).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from keyworker_cli.rules.codes.records import Relation
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.plan.cheapest_flow import Network
from keyworker_cli.rules.plan.fewest_slots import Days, Least, Question

EXCHANGED_AT_MOST: Final = 300
"""How many exchanges of one slot for another are tried; where there are more, none is."""

Score = tuple[int, int, int]


class Wanted(NamedTuple):
    """A prisoner who is to be seen once, and the days, as bits, on which that would be in time."""

    prisoner: Contact
    days: Days


class Time(NamedTuple):
    """A slot on a day of the question, and how many sessions it holds."""

    slot: Slot
    on: int
    places: int


class ByWhom(NamedTuple):
    """A prisoner and the slot in which they would be seen."""

    wanted: Wanted
    time: Time
    relation: Relation


def choose_slots(
    question: Question, least: Least, wanted: Sequence[Wanted], published: Sequence[Time], offers: Sequence[Time]
) -> list[Time]:
    """Return which officers give the fewest slots: by what each does for their own prisoners, then for their wing."""
    choice = _Choice(question, least.number, wanted, published, offers)
    chosen = choice.made()
    if len(chosen) < least.number or question.missed(_places(question, chosen)):
        chosen = _by_day(least, choice, offers)
    return _exchanged(question, chosen, wanted, published, offers)


def _places(question: Question, chosen: Sequence[Time]) -> list[int]:
    return [base + sum(time.places for time in chosen if time.on == on) for on, base in enumerate(question.base)]


def _exchanged(
    question: Question,
    chosen: list[Time],
    wanted: Sequence[Wanted],
    published: Sequence[Time],
    offers: Sequence[Time],
) -> list[Time]:
    """Return the slots with one after the other exchanged, as long as that is worth it and there are few."""
    if len(chosen) * (len(offers) - len(chosen)) > EXCHANGED_AT_MOST:
        return chosen
    best = _worth(seat(wanted, [*published, *chosen]))
    for _ in chosen:
        ways = [
            [*(one for one in chosen if one is not out), other]
            for out in chosen
            for other in offers
            if other not in chosen
        ]
        found = [
            (_worth(seat(wanted, [*published, *way])), number)
            for number, way in enumerate(ways)
            if not question.missed(_places(question, way))
        ]
        worth, number = max(found, key=lambda one: (one[0], -one[1]), default=(best, 0))
        if worth <= best:
            break
        best, chosen = worth, ways[number]
    return chosen


def _worth(seats: Sequence["ByWhom"]) -> tuple[int, int]:
    return count_with(seats, Relation.OWN), count_with(seats, Relation.WING)


def _by_day(least: Least, choice: "_Choice", offers: Sequence[Time]) -> list[Time]:
    """Return the slots of the schedule that was found, day by day, the largest first."""
    chosen: list[Time] = []
    for on, number in enumerate(least.slots):
        for _ in range(number):
            left = [time for time in offers if time.on == on and time not in chosen]
            chosen.append(
                min(
                    left,
                    key=lambda time: (-time.places, choice.score(time), time.slot.staff_id, time.slot.start_minute),
                )
            )
    return chosen


class _Choice:
    """The slots taken so far, and what a further one would do."""

    def __init__(
        self,
        question: Question,
        number: int,
        wanted: Sequence[Wanted],
        published: Sequence[Time],
        offers: Sequence[Time],
    ) -> None:
        self._question, self._number = question, number
        self._left = list(offers)
        self._picked = [0] * len(question.base)
        self._free = [len(places) for places in question.offers]
        self._own: dict[int | None, Counter[Days]] = {}
        self._places: dict[int, list[int]] = {}
        self._taken: Counter[int] = Counter()
        self._on_day: Counter[int] = Counter()
        self._wing = Counter(one.prisoner.wing for one in wanted)
        for one in wanted:
            self._own.setdefault(one.prisoner.key_worker_id, Counter())[one.days] += 1
        for time in published:
            self._give(time)
        self._scores: dict[Time, Score] = {}

    def made(self) -> list[Time]:
        """Take slots until there are enough, or none that can be made up to a rota."""
        chosen: list[Time] = []
        closed: set[tuple[int, int]] = set()
        while len(chosen) < self._number:
            open_ones = [time for time in self._left if (time.on, time.places) not in closed]
            if not open_ones:
                break
            best = min(open_ones, key=self.rank)
            if self._leads_on(best, self._number - len(chosen) - 1):
                chosen.append(best)
                self._take(best)
            else:
                closed.add((best.on, best.places))
        return chosen

    def score(self, time: Time) -> Score:
        """Return what a slot does, the best least: for the officer's own, for their wing; then few of one officer."""
        if time not in self._scores:
            slot = time.slot
            own = self.seen_with(time) - self.seen_with(None, slot.key_worker_id)
            wing = max(0, min(time.places - own, self._wing[slot.wing]))
            taken = self._taken[slot.key_worker_id]
            self._scores[time] = (-own, -wing, taken)
        return self._scores[time]

    def rank(self, time: Time) -> tuple[Score, int, int, str, int]:
        """Return the order in which slots are taken: by what they do, then evenly over the days, then early."""
        slot = time.slot
        return (self.score(time), self._on_day[time.on], time.on, slot.staff_id, slot.start_minute)

    def seen_with(self, time: Time | None, officer: int = 0) -> int:
        """Return how many of an officer's own could be seen in the slots they have, with one more."""
        who = time.slot.key_worker_id if time else officer
        needs = self._own.get(who)
        if not needs:
            return 0
        places = list(self._places.get(who, [0] * len(self._picked)))
        if time:
            places[time.on] += time.places
        return sum(needs.values()) - Question(tuple(places), ((),) * len(places), needs).missed(places)

    def _leads_on(self, time: Time, further: int) -> bool:
        picked, free = list(self._picked), list(self._free)
        picked[time.on] += time.places
        free[time.on] -= 1
        least = self._question.at_least(picked, free)
        return least is not None and sum(least) <= further

    def _take(self, time: Time) -> None:
        self._left.remove(time)
        self._picked[time.on] += time.places
        self._free[time.on] -= 1
        self._on_day[time.on] += 1
        self._taken[time.slot.key_worker_id] += 1
        self._give(time)
        slot = time.slot
        same = [
            one for one in self._scores if slot.key_worker_id == one.slot.key_worker_id or slot.wing == one.slot.wing
        ]
        for one in same:
            del self._scores[one]

    def _give(self, time: Time) -> None:
        slot = time.slot
        self._places.setdefault(slot.key_worker_id, [0] * len(self._picked))[time.on] += time.places
        self._wing[slot.wing] -= time.places


def own_at_most(
    question: Question, number: int, wanted: Sequence[Wanted], published: Sequence[Time], offers: Sequence[Time]
) -> int:
    """Return how many could be seen by their own key worker at most, with so many slots more of any officers."""
    own = Counter(one.prisoner.key_worker_id for one in wanted)
    choice = _Choice(question, number, wanted, published, offers)
    largest = max((time.places for time in offers), default=0)
    officers = {time.slot.key_worker_id for time in (*published, *offers)}
    with_offers = Counter(time.slot.key_worker_id for time in offers)
    total, gains = 0, []
    for officer in officers:
        seen = choice.seen_with(None, officer)
        total += seen
        left = own[officer] - seen
        for _ in range(with_offers[officer]):
            gains.append(min(largest, left))
            left -= gains[-1]
    return total + sum(sorted(gains, reverse=True)[:number])


def seat(wanted: Sequence[Wanted], times: Sequence[Time]) -> list[ByWhom]:
    """Return who is seen in which slot: everybody who can be, most with their own key worker, then on their wing."""
    return _Seating(wanted, times).made()


class _Seating:
    """The network of a week: prisoners, slots, the wings' time on a day, days; each holds what those within it do."""

    def __init__(self, wanted: Sequence[Wanted], times: Sequence[Time]) -> None:
        self._wanted, self._times = wanted, times
        self._net = Network()
        self._source, self._sink = self._net.node(), self._net.node()
        self._days: dict[int, int] = {}
        self._wings: dict[tuple[str | None, int], int] = {}
        self._slots: list[int] = []
        self._choices: list[tuple[Wanted, int, str, int]] = []
        self._build()

    def _build(self) -> None:
        net = self._net
        on_day, of_wing = Counter[int](), Counter[tuple[str | None, int]]()
        for time in self._times:
            on_day[time.on] += time.places
            of_wing[time.slot.wing, time.on] += time.places
        for on, places in on_day.items():
            self._days[on] = net.node()
            net.edge(self._days[on], self._sink, room=places)
        for (wing, on), places in of_wing.items():
            self._wings[wing, on] = net.node()
            net.edge(self._wings[wing, on], self._days[on], room=places)
        of_officer: dict[int, list[int]] = {}
        for number, time in enumerate(self._times):
            self._slots.append(net.node())
            net.edge(self._slots[-1], self._wings[time.slot.wing, time.on], room=time.places)
            of_officer.setdefault(time.slot.key_worker_id, []).append(number)
        none = len(self._wanted) + 1
        for one in self._wanted:
            node = net.node()
            net.edge(self._source, node, room=1)
            for number in of_officer.get(one.prisoner.key_worker_id or 0, ()):
                if one.days >> self._times[number].on & 1:
                    self._choose(one, node, self._slots[number], 0, "slot", number)
            for on, day in self._days.items():
                if one.days >> on & 1:
                    if (one.prisoner.wing, on) in self._wings:
                        self._choose(one, node, self._wings[one.prisoner.wing, on], none - 1, "wing", on)
                    self._choose(one, node, day, none, "day", on)

    def _choose(self, one: Wanted, node: int, to: int, cost: int, kind: str, where: int) -> None:
        self._choices.append((one, self._net.edge(node, to, room=1, cost=cost), kind, where))

    def made(self) -> list[ByWhom]:
        """Return the seats of the cheapest way through."""
        self._net.send(self._source, self._sink)
        taken = [(one, kind, where) for one, edge, kind, where in self._choices if self._net.used(edge)]
        free = [time.places for time in self._times]
        seats = []
        for kind in ("slot", "wing", "day"):
            for one, chosen, where in taken:
                if chosen == kind:
                    seats.append(self._seat(one, kind, where, free))
        return seats

    def _seat(self, one: Wanted, kind: str, where: int, free: list[int]) -> ByWhom:
        if kind == "slot":
            number, relation = where, Relation.OWN
        else:
            relation = Relation.WING if kind == "wing" else Relation.NONE
            wing = one.prisoner.wing
            number = next(
                number
                for number, time in enumerate(self._times)
                if time.on == where and free[number] and (kind == "day" or time.slot.wing == wing)
            )
        free[number] -= 1
        return ByWhom(one, self._times[number], relation)


def count_with(seats: Iterable[ByWhom], relation: Relation) -> int:
    """Return how many are seen by an officer who stands so to them."""
    return sum(one.relation is relation for one in seats)
