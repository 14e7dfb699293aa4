"""Who sees whom in the slots still to come on a day: the best use of the time there is (help: order-of-work, plan)."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from keyworker_cli.errors import UsageError
from keyworker_cli.rules.codes.records import Relation
from keyworker_cli.rules.codes.signals import MarkerCode
from keyworker_cli.rules.dates.parse import parse_date
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.markers.order_of_work import WorkOrder, order_of_work
from keyworker_cli.rules.markers.priority import NO_PRIORITY, Priority
from keyworker_cli.rules.plan.assignment import pair
from keyworker_cli.rules.rota.slots import has_time_to_come, session_times
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.stays.places import Order, in_order


class LeftOutBecause(StrEnum):
    """Why a prisoner who was to be seen is not on the plan."""

    NO_PLACE = "no_place"
    NO_ONE_TO_ONE = "no_one_to_one"


class Candidate(NamedTuple):
    """A prisoner who could be seen on the day, and his place in the order of work.

    `days` is his gap on that day. `wanted` is one whom the day calls for, to be seen today or due: others only fill
    places that are left. `barred` is one not to be seen by one officer alone: a manager decides who sees him, and how
    (RNO121).
    """

    prisoner: Contact
    days: int
    priority: Priority
    order: WorkOrder
    wanted: bool
    barred: bool


class Place(NamedTuple):
    """Time for one session within an officer's slot; minutes of the day count from midnight."""

    slot: Slot
    start_minute: int
    end_minute: int


class Planned(NamedTuple):
    """A prisoner and the place in which he would be seen."""

    candidate: Candidate
    place: Place
    relation: Relation


class LeftOut(NamedTuple):
    """A prisoner who was to be seen and is not on the plan."""

    candidate: Candidate
    because: LeftOutBecause


class Plan(NamedTuple):
    """Who sees whom on a day. `planned` and `places` are by officer and time, `left_out` in the order of work."""

    on: date
    session_minutes: int
    planned: tuple[Planned, ...]
    left_out: tuple[LeftOut, ...]
    places: tuple[Place, ...]

    @property
    def wanted(self) -> int:
        """How many prisoners the day calls for who may be planned."""
        return sum(one.candidate.wanted for one in self.planned) + self.short

    @property
    def short(self) -> int:
        """How many prisoners the day calls for and has no place for."""
        return sum(one.because is LeftOutBecause.NO_PLACE for one in self.left_out)

    @property
    def free(self) -> tuple[Place, ...]:
        """The places for which nobody is left."""
        taken = {one.place for one in self.planned}
        return tuple(place for place in self.places if place not in taken)

    def narrowed(self, of_prisoner: Callable[[Contact], bool], of_officer: Callable[[Slot], bool]) -> "Plan":
        """Return the part of the plan that is about some prisoners, or takes the time of some officers."""
        planned = tuple(
            one for one in self.planned if of_prisoner(one.candidate.prisoner) or of_officer(one.place.slot)
        )
        used = {one.place for one in planned}
        return self._replace(
            planned=planned,
            left_out=tuple(one for one in self.left_out if of_prisoner(one.candidate.prisoner)),
            places=tuple(place for place in self.places if place in used or of_officer(place.slot)),
        )


def check_session_minutes(minutes: int | None, *, settings: Settings) -> int:
    """Return how long a session is planned to be; raises `UsageError` for less than what counts as one."""
    if minutes is None:
        return settings.target_minutes_per_week
    if minutes < settings.session_min_minutes:
        raise UsageError(
            f"a session of {minutes} minutes does not count as one.",
            f"--minutes takes {settings.session_min_minutes} or more (session.min_minutes).",
        )
    return minutes


def parse_plan_date(text: str | None, *, as_of: date) -> date:
    """Return the day to be planned, by default the day asked about; raises `UsageError` for one that is over."""
    on = as_of if text is None else parse_date(text, today=as_of, ahead=True)
    if on < as_of:
        raise UsageError(
            f"{say_date(on)} is over.", f"to see what could have been planned then: kw plan --as-of {on.isoformat()}"
        )
    return on


def find_candidates(
    prisoners: Iterable[Contact], priorities: Mapping[int, Priority], *, on: date, settings: Settings
) -> list[Candidate]:
    """Return the prisoners who could be seen on a day in the order of work; not one away, nor one seen that day.

    One seen that day is to be seen again where something has happened since. `prisoners` are those present and in
    scope.
    """
    found = (
        candidate_of(prisoner, priorities.get(prisoner.person_id, NO_PRIORITY), on=on, settings=settings)
        for prisoner in prisoners
        if prisoner.away is None
    )
    still = (one for one in found if one.prisoner.last_session_on != on or one.priority.see_today)
    return sorted(still, key=lambda one: one.order)


def candidate_of(prisoner: Contact, priority: Priority, *, on: date, settings: Settings) -> Candidate:
    """Return a prisoner as the plan of a day takes him."""
    days = (on - prisoner.clock_from).days
    wanted = priority.see_today or days >= settings.gap_days
    barred = any(marker.code == MarkerCode.NO_ONE_TO_ONE for marker in priority.markers)
    return Candidate(prisoner, days, priority, order_of_work(prisoner, priority, as_of=on), wanted, barred)


def find_places(
    slots: Iterable[Slot], *, on: date, as_of: date, session_minutes: int, from_minute: int = 0
) -> list[Place]:
    """Return the places of the slots still to come on a day: each slot has as many as whole sessions fit into it.

    Left out are slots not published by `as_of`, those that are settled, and those of an officer who is not there.
    Time before `from_minute` is over. They come by officer, in the order of time.
    """
    places = []
    for slot in slots:
        if slot.slot_on != on or not has_time_to_come(slot, as_of=as_of):
            continue
        places += [Place(slot, *time) for time in session_times(slot, session_minutes, from_minute=from_minute)]
    return sorted(places, key=_by_officer)


def make_plan(
    candidates: Sequence[Candidate],
    places: Sequence[Place],
    *,
    on: date,
    session_minutes: int,
    known_by: Mapping[int, Collection[int]],
    include: Collection[int] = (),
) -> Plan:
    """Return the best plan there is: of all arrangements, the highest prisoners in the order, then who knows them best.

    `candidates` come in the order, `known_by` says which officers have seen a prisoner before, `include` who is planned
    though he is not to be seen one-to-one. Since any officer there may see any prisoner, no arrangement of the places
    sees a better list than the first prisoners of the order, one to a place. Among the arrangements that see those, as
    many as can be are with their own key worker; then with one who has seen them before; then with an officer of their
    wing.
    """
    barred = [one for one in candidates if one.barred and one.prisoner.person_id not in include]
    allowed = [one for one in candidates if not one.barred or one.prisoner.person_id in include]
    chosen, without_place = allowed[: len(places)], allowed[len(places) :]
    left_out = [
        *(LeftOut(one, LeftOutBecause.NO_PLACE) for one in without_place if one.wanted),
        *(LeftOut(one, LeftOutBecause.NO_ONE_TO_ONE) for one in barred if one.wanted),
    ]
    return Plan(
        on=on,
        session_minutes=session_minutes,
        planned=tuple(_seat(chosen, places, known_by)),
        left_out=tuple(sorted(left_out, key=lambda one: one.candidate.order)),
        places=tuple(places),
    )


def relations_of(
    prisoner: Contact, slots: Sequence[Slot], known_by: Mapping[int, Collection[int]]
) -> dict[int, Relation]:
    """Return how well the officers of some slots know a prisoner, by the slot's position; not those who do not."""
    own, known, wing = prisoner.key_worker_id, known_by.get(prisoner.person_id, ()), prisoner.wing
    found = {}
    for at, slot in enumerate(slots):
        if slot.key_worker_id == own:
            found[at] = Relation.OWN
        elif slot.key_worker_id in known:
            found[at] = Relation.KNOWN
        elif slot.wing is not None and slot.wing == wing:
            found[at] = Relation.WING
    return found


def _seat(
    chosen: Sequence[Candidate], places: Sequence[Place], known_by: Mapping[int, Collection[int]]
) -> Iterator[Planned]:
    """Give each prisoner an officer, then the officer's places in time to those prisoners in the order of work."""
    by_officer: dict[int, list[Place]] = {}
    for place in places:
        by_officer.setdefault(place.slot.key_worker_id, []).append(place)
    officers = list(by_officer.values())
    slots = [theirs[0].slot for theirs in officers]
    relations = [relations_of(one.prisoner, slots, known_by) for one in chosen]
    seats = _officers_of(relations, [len(theirs) for theirs in officers])
    taken = [iter(theirs) for theirs in officers]
    with_somebody = [
        Planned(one, next(taken[seat]), row.get(seat, Relation.NONE))
        for one, row, seat in zip(chosen, relations, seats, strict=True)
    ]
    yield from sorted(with_somebody, key=lambda one: _by_officer(one.place))


def _officers_of(relations: Sequence[Mapping[int, Relation]], room: Sequence[int]) -> list[int]:
    """Return for each prisoner the officer who sees him, by their positions; `room` is how many each officer can see.

    Each group of officers whom some prisoner connects is paired by itself: what nobody connects cannot compete. Whoever
    is left sees whoever has a place left.
    """
    cost, chosen = _costs(len(relations)), [-1] * len(relations)
    free = list(room)
    for rows, columns in _groups(relations):
        costs = [[cost[relations[row].get(column, Relation.NONE)] for column in columns] for row in rows]
        anybody = [cost[Relation.NONE]]
        for row, at in zip(
            rows,
            pair([line + anybody for line in costs], [*(room[column] for column in columns), len(rows)]),
            strict=True,
        ):
            if at < len(columns):
                chosen[row] = columns[at]
                free[columns[at]] -= 1
    left = (officer for officer, places in enumerate(free) for _ in range(places))
    return [next(left) if officer == -1 else officer for officer in chosen]


def _groups(relations: Sequence[Mapping[int, Relation]]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the prisoners and officers that hang together: each prisoner with all officers who know him or his wing."""
    group_of: dict[int, set[int]] = {}
    for row in relations:
        merged = set(row).union(*(group_of[column] for column in row if column in group_of))
        for column in merged:
            group_of[column] = merged
    rows_of: dict[int, list[int]] = {}
    for number, row in enumerate(relations):
        if row:
            rows_of.setdefault(id(group_of[next(iter(row))]), []).append(number)
    for rows in rows_of.values():
        yield rows, sorted(group_of[next(iter(relations[rows[0]]))])


def _costs(prisoners: int) -> dict[Relation, int]:
    """Return the cost of each relation: one more prisoner with his own key worker outweighs all else."""
    more = prisoners + 1
    return {Relation.OWN: 0, Relation.KNOWN: more * more - more, Relation.WING: more * more - 1, Relation.NONE: more**2}


def _by_officer(place: Place) -> tuple[Order, str, str, str, int]:
    slot = place.slot
    return (in_order(slot.wing), slot.last_name, slot.first_name, slot.staff_id, place.start_minute)
