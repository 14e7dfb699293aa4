"""The plan of a day, made of what the store knows: who sees whom in the slots still to come (help: plan)."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.rules.contact.scope import out_of_scope
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.markers.priority import Known, find_priorities, warnings_for
from keyworker_cli.rules.plan.day_plan import Candidate, Plan, find_candidates, find_places, make_plan
from keyworker_cli.rules.plan.days_ahead import known_ahead, known_by, prisoners_on
from keyworker_cli.rules.rota.slots import is_published

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store


@dataclass(frozen=True)
class DayAsked:
    """The day to be planned, how long a session is, and who is planned though he is not to be seen one-to-one.

    Time before `from_minute` of that day is over.
    """

    on: date
    session_minutes: int
    from_minute: int = 0
    include: tuple[Person, ...] = ()


@dataclass(frozen=True)
class DayPlan:
    """The plan of a day for the whole prison, and what is said beside it.

    `known` says which officers have seen a prisoner in this stay, and when last; `absent` are the slots of officers who
    are not there; `excluded` the prisoners out of scope; `prisoners` those in it.
    """

    plan: Plan
    known: Mapping[int, Mapping[int, date]]
    prisoners: tuple[Contact, ...]
    absent: tuple[Slot, ...]
    excluded: tuple[Contact, ...]
    warnings: tuple[str, ...]


def plan_day(store: "Store", request: ReportRequest, day: DayAsked) -> DayPlan:
    """Return the best plan of a day, as far as the day is known at the end of the one asked about.

    It is always that of the whole prison, whatever the question is narrowed to, so that two wings' sheets never have
    the same officer or prisoner.
    """
    queries, as_of, settings = store.queries, request.as_of, request.settings
    contacts = queries.contacts(as_of=as_of, settings=settings)
    absences = queries.absence_spans(day.on, day.on, as_of=as_of)
    prisoners = tuple(
        prisoner for prisoner in prisoners_on(contacts, absences, on=day.on) if not out_of_scope(prisoner, as_of=as_of)
    )
    priorities = find_priorities(prisoners, known_on(store, request), as_of=day.on, settings=settings)
    candidates = find_candidates(prisoners, priorities, on=day.on, settings=settings)
    slots = queries.slots_between(day.on, day.on)
    places = find_places(
        slots, on=day.on, as_of=as_of, session_minutes=day.session_minutes, from_minute=day.from_minute
    )
    acquaintances = known_by(queries.acquaintances(as_of=as_of, until=day.on, settings=settings))
    include = {one.person_id for one in day.include}
    plan = make_plan(
        candidates,
        places,
        on=day.on,
        session_minutes=day.session_minutes,
        known_by=acquaintances,
        include=include,
    )
    return DayPlan(
        plan=plan,
        known=acquaintances,
        prisoners=prisoners,
        absent=tuple(slot for slot in slots if slot.unavailable is not None and is_published(slot, as_of)),
        excluded=tuple(prisoner for prisoner in contacts if out_of_scope(prisoner, as_of=as_of)),
        warnings=(*_included(plan, include), *_without_effect(day, candidates)),
    )


def known_on(store: "Store", request: ReportRequest) -> Known:
    """Return what decides the priorities of days to come, as far as it is known on the day asked about.

    How key work stands with each prisoner is left out: it never adds to a tier.
    """
    known = store.queries.known_of_them(as_of=request.as_of, settings=request.settings)
    return known_ahead(known, as_of=request.as_of)


def _included(plan: Plan, include: Collection[int]) -> Iterator[str]:
    """Repeat the hard warning for each prisoner who is planned because a manager says so."""
    for one in plan.planned:
        if one.candidate.barred and one.candidate.prisoner.person_id in include:
            yield from warnings_for(one.candidate.prisoner, one.candidate.priority.markers)


def _without_effect(day: DayAsked, candidates: Collection[Candidate]) -> Iterator[str]:
    """Say of each prisoner named with --include whom it does not help."""
    by_prisoner = {one.prisoner.person_id: one for one in candidates}
    for named in day.include:
        found = by_prisoner.get(named.person_id)
        if found is None:
            yield f"--include {named.prison_number}: {named.name} is not here on that day, is away, or has been seen"
        elif not found.barred:
            yield f"--include {named.prison_number}: {named.name} may be planned like any other prisoner"
