"""Plans that were kept, and what became of them."""

from typing import Any

from sqlalchemy import FromClause, Select, and_, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from keyworker_cli.rules.facts.rota import PlannedPlace, PlannedSession
from keyworker_cli.store.reads.declare import before, read
from keyworker_cli.store.reads.statements.parts.basics import (
    ONE,
    aliases,
    as_of,
    on,
    person_id,
    since,
    unavailable_on,
    until,
    word,
)
from keyworker_cli.store.reads.statements.parts.counted import counted, recorded_in_time
from keyworker_cli.store.reads.statements.parts.last_session import in_order_of_the_key
from keyworker_cli.store.schema.tables import TABLES

PLAN_REMEMBERED_DAYS = 7  # a plan of last week is history, not yesterday's


@read(PlannedSession, since=before(PLAN_REMEMBERED_DAYS))
def planned_sessions() -> Select[Any]:
    """Return the places of the last plan kept for a day of the week before `as_of`, and what became of each."""
    kept, place, person, worker = aliases(
        "day_plan", "plan_place", "person", "key_worker", names=("kept", "place", "person", "worker")
    )
    slot, spell, seen, holder = aliases(
        "rota_slot", "worker_status", "session", "key_worker", names=("slot", "spell", "seen", "holder")
    )
    lies_in = and_(
        slot.c.key_worker_id == place.c.key_worker_id,
        slot.c.slot_on == kept.c.plan_on,
        slot.c.start_minute <= place.c.start_minute,
        slot.c.end_minute > place.c.start_minute,
    )
    return (
        select(
            kept.c.plan_on,
            place.c.person_id,
            person.c.prison_number,
            person.c.last_name,
            person.c.first_name,
            worker.c.staff_id,
            worker.c.last_name.label("worker_last_name"),
            worker.c.first_name.label("worker_first_name"),
            place.c.start_minute,
            place.c.end_minute,
            slot.c.status.label("slot_status"),
            slot.c.reason.label("slot_reason"),
            spell.c.status.label("unavailable"),
            holder.c.staff_id.label("seen_staff_id"),
            holder.c.last_name.label("seen_last_name"),
            holder.c.first_name.label("seen_first_name"),
            _offered_on(kept.c.plan_on, place).label("outcome"),
            _here_on(kept.c.plan_on, place).label("here_since"),
        )
        .select_from(kept)
        .join(place, place.c.day_plan_id == kept.c.id)
        .join(person, person.c.id == place.c.person_id)
        .join(worker, worker.c.id == place.c.key_worker_id)
        .outerjoin(slot, lies_in)
        .outerjoin(spell, unavailable_on(spell, slot.c.key_worker_id, slot.c.slot_on))
        .outerjoin(seen, seen.c.id == _seen_on(kept.c.plan_on, place))
        .outerjoin(holder, holder.c.id == seen.c.key_worker_id)
        .where(kept.c.id == _last_kept())
        .order_by(worker.c.last_name, worker.c.first_name, worker.c.staff_id, place.c.start_minute)
    )


def _last_kept() -> Any:
    """The last plan kept for a day that is over and not forgotten."""
    latest = TABLES["day_plan"].alias("latest")
    return (
        select(latest.c.id)
        .where(latest.c.plan_on >= since, latest.c.plan_on < as_of)
        .order_by(latest.c.plan_on.desc(), latest.c.id.desc())
        .limit(ONE)
        .scalar_subquery()
    )


@read(PlannedPlace)
def planned_places_on() -> Select[Any]:
    """Return the officer and prisoner of each place in the last plan kept for a day."""
    plan, place, worker = _plan_place_worker()
    return (
        _planned_places(plan, place, worker)
        .where(plan.c.plan_on == on)
        .order_by(place.c.start_minute, worker.c.staff_id)
    )


@read(PlannedPlace)
def planned_places_of() -> Select[Any]:
    """Return a prisoner's places in the plans kept for the days between the two: of each day the last plan."""
    plan, place, worker = _plan_place_worker()
    return (
        _planned_places(plan, place, worker)
        .where(plan.c.plan_on >= since, plan.c.plan_on <= until, place.c.person_id == person_id)
        .order_by(plan.c.plan_on, place.c.start_minute)
    )


def _plan_place_worker() -> tuple[FromClause, ...]:
    return aliases("day_plan", "plan_place", "key_worker", names=("plan", "place", "worker"))


def _planned_places(plan: FromClause, place: FromClause, worker: FromClause) -> Select[Any]:
    """The places of plans that were kept; of several plans for a day those of the last."""
    later = TABLES["day_plan"].alias("later")
    newest = select(func.max(later.c.id)).where(later.c.plan_on == plan.c.plan_on).correlate(plan)
    return (
        select(
            plan.c.plan_on,
            *(place.c.person_id, place.c.key_worker_id, worker.c.staff_id, worker.c.last_name, worker.c.first_name),
            *(place.c.start_minute, place.c.end_minute),
        )
        .select_from(plan)
        .join(place, place.c.day_plan_id == plan.c.id)
        .join(worker, worker.c.id == place.c.key_worker_id)
        .where(plan.c.id == newest.scalar_subquery())
    )


def _seen_on(day: ColumnElement[Any], place: FromClause) -> Any:
    """The first counted session of a planned prisoner on the day of the plan."""
    session = TABLES["session"].alias("held")
    return (
        select(session.c.id)
        .where(session.c.person_id == place.c.person_id, session.c.held_on == day, counted(session))
        .order_by(*in_order_of_the_key(session))
        .limit(ONE)
        .correlate(place, day.table)
        .scalar_subquery()
    )


def _here_on(day: ColumnElement[Any], place: FromClause) -> Any:
    """The first day of the stay in which a planned prisoner was still here at the end of the day of the plan."""
    stay = TABLES["stay"].alias("stay")
    return (
        select(func.max(stay.c.arrived_on))
        .where(
            stay.c.person_id == place.c.person_id,
            stay.c.voided_at.is_(None),
            stay.c.arrived_on <= day,
            or_(stay.c.left_on.is_(None), stay.c.left_on > day),
        )
        .correlate(place, day.table)
        .scalar_subquery()
    )


def _offered_on(day: ColumnElement[Any], place: FromClause) -> Any:
    """What became of a session that a planned prisoner was offered on the day and that was not held."""
    session = TABLES["session"].alias("offered")
    return (
        select(session.c.outcome)
        .where(
            session.c.person_id == place.c.person_id,
            session.c.held_on == day,
            session.c.voided_at.is_(None),
            session.c.outcome != word("COMPLETED"),
            recorded_in_time(session),
        )
        .order_by(*in_order_of_the_key(session))
        .limit(ONE)
        .correlate(place, day.table)
        .scalar_subquery()
    )
