"""Day by day to come: who passes the limit if the published rota stands (help: forecast).

The days are lived twice: once with each slot used as `kw plan` would, whoever sees whom, and once with each key worker
seeing his own prisoners only, in the same order. A prisoner who is in time only in the first depends on another
officer, and is named too: that is how a prisoner is lost sight of whose own key worker has no time. Nobody is taken to
arrive or leave, and nothing to happen to anyone; a prisoner planned is taken to be seen.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from keyworker_cli.rules.codes.records import Relation, StaffStatus
from keyworker_cli.rules.codes.signals import MarkerCode
from keyworker_cli.rules.dates.clock import DAY
from keyworker_cli.rules.facts.by_prisoner import by_prisoner
from keyworker_cli.rules.facts.care import Event
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.facts.spans import AbsenceSpan
from keyworker_cli.rules.markers.in_force import markers_in_force
from keyworker_cli.rules.markers.marker import Marker
from keyworker_cli.rules.markers.priority import Known, find_markers, priority_of
from keyworker_cli.rules.markers.table import UNTIL_SEEN
from keyworker_cli.rules.plan.day_plan import (
    Candidate,
    Place,
    Planned,
    find_candidates,
    find_places,
    make_plan,
)
from keyworker_cli.rules.plan.days_ahead import prisoners_on
from keyworker_cli.rules.rota.staff_status import comes_back_on
from keyworker_cli.rules.settings import Settings

Markers = Mapping[int, tuple[Marker, ...]]
"""The markers in force on a day, by prisoner."""


class WhyAhead(StrEnum):
    """Why a prisoner will not be seen in time, the first that holds: a finding about the rota, not the officer."""

    AWAY = "away"
    NO_ONE_TO_ONE = "no_one_to_one"
    UNALLOCATED = "unallocated"
    WORKER_UNAVAILABLE = "worker_unavailable"
    NO_ROTA = "no_rota"
    NO_TIME = "no_time"
    NO_PLACE = "no_place"


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is known, at the end of a day, of the days to come.

    `prisoners` are those present and in scope; `slots` those on the rota from that day on; `known_by` says which
    officers have seen a prisoner in this stay.
    """

    prisoners: Sequence[Contact]
    absences: Sequence[AbsenceSpan]
    known: Known
    slots: Sequence[Slot]
    known_by: Mapping[int, Collection[int]]


@dataclass(frozen=True, slots=True)
class Chance:
    """The first day on which a plan has a place for a prisoner, and with whom."""

    on: date
    slot: Slot


@dataclass(frozen=True, slots=True)
class Passing:
    """A prisoner who will pass the limit: `overdue_on` is the first day of a gap over `gap.days`.

    `chance` is his first place if each slot is used as `kw plan` would; it may lie before that day, where he passes the
    limit again after it. `with_another` says that such a place keeps him within the limit, though his own key worker
    cannot.
    """

    prisoner: Contact
    overdue_on: date
    chance: Chance | None
    why: WhyAhead
    with_another: bool


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the days to come hold. `passing` is in the order of days; `chances` by prisoner; `places` counts them all.

    `over_already` are the prisoners whose gap is past the limit now. `later` counts those who are seen and pass the
    limit after the last day of any rota: what becomes of them nobody can tell. `left_out` are those who are to be seen
    on one of the days looked at and have no place on it, by day and prisoner. `prisoners` are everyone as they stand at
    the end.
    """

    until: date
    passing: tuple[Passing, ...]
    chances: Mapping[int, Chance]
    over_already: tuple[Contact, ...]
    places: int
    later: int
    left_out: frozenset[tuple[date, int]] = frozenset()
    prisoners: tuple[Contact, ...] = ()


class _Lapse(NamedTuple):
    """A prisoner, as he stands on the day on which he passes the limit."""

    prisoner: Contact
    on: date


def forecast_contact(
    outlook: Outlook,
    *,
    as_of: date,
    until: date,
    session_minutes: int,
    reach: Mapping[str | None, date],
    settings: Settings,
    from_minute: int = 0,
    look_at: Collection[date] = (),
) -> Forecast:
    """Return who passes the limit by a day, and when.

    `reach` is the last day of any rota by wing, under `None` that of the prison: who is seen, and passes the limit
    again after it, is only counted. Of the day asked about only the slots still to come are used, from `from_minute`.
    On the days to `look_at` those are noted too who are to be seen and have no place.
    """
    days = [as_of + ahead * DAY for ahead in range((until - as_of).days + 1)]
    places = {
        on: find_places(
            outlook.slots,
            on=on,
            as_of=as_of,
            session_minutes=session_minutes,
            from_minute=from_minute if on == as_of else 0,
        )
        for on in days
    }
    as_planned, own_only = (_Simulation(outlook, settings, own_only=own) for own in (False, True))
    for on in days:
        counts = places[on] or on in look_at
        markers = find_markers(outlook.prisoners, outlook.known, as_of=on, settings=settings) if counts else {}
        for course in (as_planned, own_only):
            course.live(on, places[on], markers, is_over=on > as_of, looked_at=on in look_at)
    last = reach.get(None, as_of)
    passing = list(_passing(outlook, as_planned, own_only, last=last, reach=reach, settings=settings))
    return Forecast(
        until=until,
        passing=tuple(sorted(passing, key=lambda one: (one.with_another, one.overdue_on, one.prisoner.prison_number))),
        chances=as_planned.chances,
        over_already=tuple(
            prisoner for prisoner in outlook.prisoners if (as_of - prisoner.clock_from).days > settings.gap_days
        ),
        places=sum(len(found) for found in places.values()),
        later=len(as_planned.passed) - len(as_planned.lapses(last)),
        left_out=frozenset(as_planned.left_out),
        prisoners=as_planned.prisoners,
    )


def _passing(
    outlook: Outlook,
    as_planned: "_Simulation",
    own_only: "_Simulation",
    *,
    last: date,
    reach: Mapping[str | None, date],
    settings: Settings,
) -> Iterator[Passing]:
    """Yield who passes the limit, whichever way the days are lived, with the earlier of the two days."""
    planned, own = as_planned.lapses(last), own_only.lapses(last)
    why = _Why(outlook, reach, settings)
    for prisoner in outlook.prisoners:
        either = [course[prisoner.person_id] for course in (planned, own) if prisoner.person_id in course]
        if either:
            lapse = min(either, key=lambda lapse: lapse.on)
            yield Passing(
                prisoner=prisoner,
                overdue_on=lapse.on,
                chance=as_planned.chances.get(prisoner.person_id),
                why=why.of(lapse),
                with_another=prisoner.person_id not in planned or planned[prisoner.person_id].on > lapse.on,
            )


class _Simulation:
    """The prisoners' clocks as the days pass.

    `passed` are those who pass the limit, `chances` who is first seen when.
    """

    def __init__(self, outlook: Outlook, settings: Settings, *, own_only: bool) -> None:
        self._outlook, self._settings, self._own_only = outlook, settings, own_only
        self._prisoners = {prisoner.person_id: prisoner for prisoner in outlook.prisoners}
        self._ending = _ending_when_seen(outlook.known.events)
        self._ended: set[int] = set()
        self._known_by = {prisoner: set(officers) for prisoner, officers in outlook.known_by.items()}
        self.chances: dict[int, Chance] = {}
        self.passed: dict[int, _Lapse] = {}
        self.left_out: set[tuple[date, int]] = set()

    def live(
        self, on: date, places: Sequence[Place], markers: Markers, *, is_over: bool, looked_at: bool = False
    ) -> None:
        """Let a day pass: whoever is planned is seen, and whoever passes the limit by its end is noted.

        `markers` are those of the day, had nobody been seen since the first. On a day `looked_at` who is to be seen and
        has no place is noted too.
        """
        if places or looked_at:
            candidates = self._candidates(on, places, markers)
            planned = list(self._planned(on, places, candidates))
            if looked_at:
                seen = {one.candidate.prisoner.person_id for one in planned}
                called = (one.prisoner.person_id for one in candidates if one.priority.see_today and not one.barred)
                self.left_out |= {(on, person_id) for person_id in called if person_id not in seen}
            for one in planned:
                self._see(one, on)
        if is_over:
            over = self._settings.gap_days + 1
            for prisoner in self._prisoners.values():
                if (on - prisoner.clock_from).days == over:
                    self.passed.setdefault(prisoner.person_id, _Lapse(prisoner, on))

    @property
    def prisoners(self) -> tuple[Contact, ...]:
        """Everyone, as they stand at the end of the last day lived."""
        return tuple(self._prisoners.values())

    def lapses(self, last: date) -> dict[int, _Lapse]:
        """Return by prisoner who passes the limit: unseen until then, or again by the last day of any rota."""
        return {
            prisoner: lapse
            for prisoner, lapse in self.passed.items()
            if lapse.on <= last or not self._seen_before(lapse)
        }

    def _seen_before(self, lapse: _Lapse) -> bool:
        chance = self.chances.get(lapse.prisoner.person_id)
        return chance is not None and chance.on < lapse.on

    def _candidates(self, on: date, places: Sequence[Place], markers: Markers) -> list[Candidate]:
        prisoners = list(prisoners_on(self._prisoners.values(), self._outlook.absences, on=on))
        if self._own_only:  # of the others nobody can be seen that day
            there = {place.slot.key_worker_id for place in places}
            prisoners = [prisoner for prisoner in prisoners if prisoner.key_worker_id in there]
        markers = {**markers, **self._markers_of_those_seen(on)}
        priorities = {
            prisoner.person_id: priority_of(prisoner, markers[prisoner.person_id], as_of=on, settings=self._settings)
            for prisoner in prisoners
        }
        return find_candidates(prisoners, priorities, on=on, settings=self._settings)

    def _planned(self, on: date, places: Sequence[Place], candidates: Sequence[Candidate]) -> Iterable[Planned]:
        if not places:
            return ()
        if self._own_only:
            return _own_prisoners(candidates, places)
        minutes = places[0].end_minute - places[0].start_minute
        return make_plan(candidates, places, on=on, session_minutes=minutes, known_by=self._known_by).planned

    def _markers_of_those_seen(self, on: date) -> Markers:
        """Return the markers of the prisoners of whom one began to run out when they were seen."""
        events = [event for person_id in self._ended for event in self._ending[person_id]]
        prisoners = [self._prisoners[person_id] for person_id in self._ended]
        return find_markers(prisoners, self._outlook.known._replace(events=events), as_of=on, settings=self._settings)

    def _see(self, one: Planned, on: date) -> None:
        person_id, slot = one.candidate.prisoner.person_id, one.place.slot
        prisoner, start = self._prisoners[person_id], one.place.start_minute
        self._prisoners[person_id] = prisoner._replace(last_session_on=on, last_session_minute=start)
        self._known_by.setdefault(person_id, set()).add(slot.key_worker_id)
        self.chances.setdefault(person_id, Chance(on, slot))
        if person_id in self._ending:
            self._ending[person_id] = [_seen_on(event, on) for event in self._ending[person_id]]
            self._ended.add(person_id)


def _own_prisoners(candidates: Iterable[Candidate], places: Iterable[Place]) -> Iterator[Planned]:
    """Yield the prisoners each key worker sees of their own caseload, in the order of work."""
    free: dict[int, list[Place]] = {}
    for place in places:
        free.setdefault(place.slot.key_worker_id, []).append(place)
    for one in candidates:
        his = free.get(one.prisoner.key_worker_id or 0)
        if his and not one.barred:
            yield Planned(one, his.pop(0), Relation.OWN)


def _ending_when_seen(events: Iterable[Event]) -> dict[int, list[Event]]:
    """Return by prisoner all the events of those who have one whose marker runs until he is next seen."""
    return {
        prisoner: his for prisoner, his in by_prisoner(events).items() if any(event.code in UNTIL_SEEN for event in his)
    }


def _seen_on(event: Event, on: date) -> Event:
    """A marker that runs until he is next seen begins to run out on the day he is."""
    ends = event.code in UNTIL_SEEN and event.next_seen_on is None
    return event._replace(next_seen_on=on) if ends else event


class _Why:
    """Why a prisoner is not seen before he passes the limit."""

    def __init__(self, outlook: Outlook, reach: Mapping[str | None, date], settings: Settings) -> None:
        self._outlook, self._reach, self._settings = outlook, reach, settings
        self._barring = by_prisoner(event for event in outlook.known.events if event.code == MarkerCode.NO_ONE_TO_ONE)
        self._officers_days: dict[int, list[date]] = {}
        for slot in outlook.slots:
            if slot.unavailable is None:
                self._officers_days.setdefault(slot.key_worker_id, []).append(slot.slot_on)

    def of(self, lapse: _Lapse) -> WhyAhead:
        """Return the first reason that holds on the day on which he passes it."""
        (prisoner,) = prisoners_on([lapse.prisoner], self._outlook.absences, on=lapse.on)
        if prisoner.away is not None:
            return WhyAhead.AWAY
        if self._is_barred(prisoner, lapse.on):
            return WhyAhead.NO_ONE_TO_ONE
        if prisoner.key_worker_id is None:
            return WhyAhead.UNALLOCATED
        back_on = comes_back_on(prisoner.worker_status, prisoner.worker_return_on)
        if prisoner.worker_status not in (None, StaffStatus.ACTIVE) and (back_on or date.max) > lapse.on:
            return WhyAhead.WORKER_UNAVAILABLE
        if any(prisoner.clock_from < day <= lapse.on for day in self._officers_days.get(prisoner.key_worker_id, ())):
            return WhyAhead.NO_PLACE
        published_until = self._reach.get(prisoner.worker_wing)
        is_published = published_until is not None and published_until >= lapse.on
        return WhyAhead.NO_TIME if is_published else WhyAhead.NO_ROTA

    def _is_barred(self, prisoner: Contact, on: date) -> bool:
        """Whether he is not to be seen one-to-one on a day (RNO121)."""
        his = self._barring.get(prisoner.person_id, ())
        in_force = markers_in_force(prisoner, his, (), as_of=on, settings=self._settings) if his else ()
        return MarkerCode.NO_ONE_TO_ONE in [marker.code for marker in in_force]
