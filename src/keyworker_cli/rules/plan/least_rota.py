"""The least rota with which nobody here passes the limit: whose slots, who cannot be kept, and what each slot buys.

Each prisoner who would pass the limit in the days asked about is to be seen once by the first day on which they would;
one who is over it before they begin, by the last of the days. Any officer may see anyone (help: least).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple

from keyworker_cli.rules.codes.records import Relation
from keyworker_cli.rules.codes.signals import MarkerCode
from keyworker_cli.rules.facts.by_prisoner import by_prisoner
from keyworker_cli.rules.facts.care import Event
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.facts.spans import AbsenceSpan
from keyworker_cli.rules.markers.in_force import markers_in_force
from keyworker_cli.rules.plan.fewest_slots import Days, Least, Question, fewest_slots, run_of, unmatched
from keyworker_cli.rules.plan.share_out import ByWhom, Time, Wanted, choose_slots, count_with, own_at_most, seat
from keyworker_cli.rules.rota.slots import sessions_in
from keyworker_cli.rules.settings import Settings

SHORTEST_LIMIT: Final = 6
"""A shorter limit would want some seen twice in a week, which is not reckoned here."""
LIMITS: Final = (7, 14, 28)
STEPS: Final = (1, 5, 10, 20, 25, 50, 100)
ROWS_AT_MOST: Final = 14


class WhyNot(StrEnum):
    """Why one cannot be kept within the limit whatever is published: the first that holds."""

    NO_ONE_TO_ONE = "no_one_to_one"
    OVER_BEFORE = "over_before"
    AWAY = "away"
    NOBODY_THERE = "nobody_there"
    TOO_FEW = "too_few"


class NotKept(NamedTuple):
    """One who passes the limit whatever is published, from which day, why, and whether they are seen in these days."""

    prisoner: Contact
    overdue_on: date
    why: WhyNot
    seen: bool


class Gain(NamedTuple):
    """What so many of the slots buy: how many are not seen by their day, and past each of `LIMITS` on the last day."""

    slots: int
    places: int
    not_in_time: int
    past: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LeastRota:
    """The answer: the slots in the order in which to publish them, and what they buy.

    `bound` is the least number there can be, counted another way; `own_at_most` the most who could be seen by their own
    key worker with as many slots of anybody.
    """

    days: tuple[date, ...]
    given: tuple[Time, ...]
    bound: int
    by_whom: tuple[ByWhom, ...]
    own_at_most: int
    not_kept: tuple[NotKept, ...]
    curve: tuple[Gain, ...]
    published_places: int

    @property
    def proved(self) -> bool:
        """Nobody can do with fewer slots."""
        return len(self.given) == self.bound

    @property
    def own(self) -> int:
        """How many are seen by their own key worker."""
        return count_with(self.by_whom, Relation.OWN)

    @property
    def wing(self) -> int:
        """How many of the others are seen by an officer of their wing."""
        return count_with(self.by_whom, Relation.WING)


@dataclass(frozen=True)
class Prospect:
    """The days asked about, as they are known before the first: who is here, who is away when, and the time there is.

    `prisoners` are as they stand the evening before; `barred` those not to be seen one-to-one.
    """

    days: tuple[date, ...]
    prisoners: Sequence[Contact]
    absences: Sequence[AbsenceSpan]
    barred: Collection[int]
    published: tuple[Time, ...]
    offers: tuple[Time, ...]
    limit: int

    @property
    def last(self) -> int:
        """The last of the days."""
        return len(self.days) - 1

    def base(self, more: Iterable[Time] = ()) -> list[int]:
        """Return the places of each day, with some slots more."""
        places = [0] * len(self.days)
        for time in (*self.published, *more):
            places[time.on] += time.places
        return places

    def here(self, prisoner: Contact) -> Days:
        """Return the days on which a prisoner is not away."""
        spans = self._away.get(prisoner.person_id, ())
        return sum(1 << on for on, day in enumerate(self.days) if not any(one.holds_on(day) for one in spans))

    @cached_property
    def _away(self) -> dict[int, list[AbsenceSpan]]:
        return by_prisoner(self.absences)

    def overdue(self, prisoner: Contact) -> int:
        """Return the first of the days, counted from 0, with a gap over the limit: before 0 it is past it already."""
        return (prisoner.clock_from + timedelta(days=self.limit + 1) - self.days[0]).days


def times_of(slots: Iterable[Slot], days: Sequence[date], *, session_minutes: int) -> tuple[Time, ...]:
    """Return the slots that hold a session or more, on the days asked about."""
    place = {day: on for on, day in enumerate(days)}
    return tuple(
        Time(slot, place[slot.slot_on], sessions)
        for slot in slots
        if slot.slot_on in place and (sessions := sessions_in(slot, session_minutes))
    )


def barred_on(prisoners: Iterable[Contact], events: Iterable[Event], *, on: date, settings: Settings) -> frozenset[int]:
    """Return who is not to be seen one-to-one on a day (RNO121)."""
    barring = by_prisoner(event for event in events if event.code == MarkerCode.NO_ONE_TO_ONE)
    theirs = [(prisoner, barring[prisoner.person_id]) for prisoner in prisoners if prisoner.person_id in barring]
    return frozenset(
        prisoner.person_id
        for prisoner, told in theirs
        if markers_in_force(prisoner, told, (), as_of=on, settings=settings)
    )


def least_rota(prospect: Prospect) -> LeastRota:
    """Return the fewest slots more with which nobody here passes the limit who can be kept within it."""
    wanted, not_kept = _sorted_out(prospect)
    offers = [_sizes(prospect.offers, on) for on in range(len(prospect.days))]
    question = Question(
        tuple(prospect.base()), tuple(offers), dict(sorted(Counter(one.days for one in wanted).items()))
    )
    least = fewest_slots(question) or Least(tuple(map(len, offers)), 0)
    given = choose_slots(question, least, wanted, prospect.published, prospect.offers)
    given = _in_order(question, given)
    return LeastRota(
        days=prospect.days,
        given=tuple(given),
        bound=least.bound,
        by_whom=tuple(seat(wanted, [*prospect.published, *given])),
        own_at_most=own_at_most(question, least.number, wanted, prospect.published, prospect.offers),
        not_kept=tuple(not_kept),
        curve=tuple(_curve(prospect, question, given)),
        published_places=sum(question.base),
    )


def _sizes(offers: Iterable[Time], on: int) -> tuple[int, ...]:
    return tuple(sorted((time.places for time in offers if time.on == on), reverse=True))


# --- who is to be seen, and who cannot be kept ---


def _sorted_out(prospect: Prospect) -> tuple[list[Wanted], list[NotKept]]:
    """Return who is to be seen on which days, and who passes the limit whatever is published."""
    full = prospect.base(prospect.offers)
    possible = sum(1 << on for on, places in enumerate(full) if places)
    in_time: list[Wanted] = []
    late: list[tuple[Wanted, WhyNot]] = []
    for prisoner in sorted(prospect.prisoners, key=lambda prisoner: (prisoner.clock_from, prisoner.prison_number)):
        by = prospect.overdue(prisoner)
        here = prospect.here(prisoner)
        if by > prospect.last or (not here and prisoner.person_id not in prospect.barred):
            continue  # not wanted, or away all the time
        until = run_of(0, min(by, prospect.last)) if by >= 0 else 0
        why = _why_not(prisoner, prospect, by, here & until, possible)
        if why is None:
            in_time.append(Wanted(prisoner, here & until & possible))
        else:
            late.append((Wanted(prisoner, 0 if why is WhyNot.NO_ONE_TO_ONE else here & possible), why))
    return _as_far_as_it_goes(prospect, in_time, late, full)


def _why_not(prisoner: Contact, prospect: Prospect, by: int, in_time: Days, possible: Days) -> WhyNot | None:
    if prisoner.person_id in prospect.barred:
        return WhyNot.NO_ONE_TO_ONE
    if by < 0:
        return WhyNot.OVER_BEFORE
    if not in_time:
        return WhyNot.AWAY
    return None if in_time & possible else WhyNot.NOBODY_THERE


def _as_far_as_it_goes(
    prospect: Prospect, in_time: list[Wanted], late: list[tuple[Wanted, WhyNot]], full: Sequence[int]
) -> tuple[list[Wanted], list[NotKept]]:
    """Leave out those for whom all officers' time together is too little; who is first is kept first."""
    kept = _split(in_time, full)
    possible = run_of(0, prospect.last)
    moved = [
        (Wanted(one.prisoner, prospect.here(one.prisoner) & possible), WhyNot.TOO_FEW) for one, fits in kept if not fits
    ]
    wanted = [one for one, fits in kept if fits]
    others = sorted([*late, *moved], key=lambda one: (one[0].prisoner.clock_from, one[0].prisoner.prison_number))
    seen = _split([*wanted, *(one for one, _ in others)], full)[len(wanted) :]
    not_kept = [
        NotKept(one.prisoner, prospect.days[0] + timedelta(days=prospect.overdue(one.prisoner)), why, fits)
        for (one, why), (_, fits) in zip(others, seen, strict=True)
    ]
    return [*wanted, *(one for one, fits in seen if fits)], not_kept


def _split(wanted: Sequence[Wanted], places: Sequence[int]) -> list[tuple[Wanted, bool]]:
    """Return each with whether there is room for them beside those before."""
    missed = unmatched(((one.days, 1) for one in wanted), places)
    return [(one, not left) for one, left in zip(wanted, missed, strict=True)]


# --- in which order, and what each slot buys ---


def _in_order(question: Question, given: Sequence[Time]) -> list[Time]:
    """Return the slots in the order in which to publish them: each the one with which most more are seen in time."""
    left = list(given)
    places = list(question.base)
    ordered: list[Time] = []
    while left:
        kinds = dict.fromkeys((time.on, time.places) for time in left)
        on, more = min(kinds, key=lambda kind: (_missed_with(question, places, *kind), kind[0], -kind[1]))
        best = next(time for time in left if (time.on, time.places) == (on, more))
        left.remove(best)
        places[on] += more
        ordered.append(best)
    return ordered


def _missed_with(question: Question, places: Sequence[int], on: int, more: int) -> int:
    changed = list(places)
    changed[on] += more
    return question.missed_by_deadline(changed)


def _curve(prospect: Prospect, question: Question, given: Sequence[Time]) -> Iterator[Gain]:
    step = next(size for size in STEPS if len(given) <= size * ROWS_AT_MOST or size == STEPS[-1])
    of_limit = [_past(prospect, limit) for limit in LIMITS]
    for number in sorted({*range(0, len(given), step), len(given)}):
        places = prospect.base(given[:number])
        past = tuple(
            beyond + Question(tuple(places), ((),) * len(places), needs).missed_by_deadline(places)
            for needs, beyond in of_limit
        )
        yield Gain(number, sum(places) - sum(question.base), question.missed_by_deadline(places), past)


def _past(prospect: Prospect, limit: int) -> tuple[Mapping[Days, int], int]:
    """Return who is past a limit on the last day unless seen, by the days on which they can be, and who cannot be."""
    needs: Counter[Days] = Counter()
    last = prospect.days[-1]
    beyond = 0
    for prisoner in prospect.prisoners:
        here = prospect.here(prisoner)
        if (last - prisoner.clock_from).days <= limit or not here >> prospect.last & 1:
            continue
        if prisoner.person_id in prospect.barred:
            beyond += 1
        else:
            needs[here & run_of(max(0, prospect.last - limit), prospect.last)] += 1
    return needs, beyond
