"""The key workers: their names, their status, and the prisoners they have had."""

from typing import Any

from sqlalchemy import FromClause, Select, and_, func, or_, select

from keyworker_cli.rules.facts.officers import FormerWorker, MovedAway, Officer, PlannedAllocation, StatusSpell
from keyworker_cli.rules.facts.people import Offered, Worker
from keyworker_cli.rules.facts.rota import LastSlot
from keyworker_cli.rules.facts.sessions import OfficerSession
from keyworker_cli.store.reads.declare import after, read
from keyworker_cli.store.reads.statements.parts.basics import (
    ONE,
    ZERO,
    aliases,
    as_of,
    held_a_day,
    held_on_the_day,
    in_force_on,
    is_present,
    key_worker_id,
    login,
    not_ended,
    on,
    published,
    said_name,
    since,
    staff_id,
    table,
    unavailable_on,
    until,
    word,
)
from keyworker_cli.store.reads.statements.parts.counted import recorded_in_time
from keyworker_cli.store.schema.column_types import MinutesBetween

TIME_AHEAD_DAYS = 14  # no rota time in the next 14 days (help: allocation)


@read(Officer, until=after(TIME_AHEAD_DAYS))
def officers() -> Select[Any]:
    """Return every key worker as of that day, by name."""
    worker, spell, latest = aliases("key_worker", "worker_status", "allocation", names=("worker", "spell", "latest"))
    caseload = _caseloads()
    return (
        select(
            worker.c.id.label("key_worker_id"),
            worker.c.staff_id,
            worker.c.last_name,
            worker.c.first_name,
            worker.c.login,
            worker.c.wing,
            worker.c.capacity,
            spell.c.status,
            spell.c.from_on.label("status_from"),
            spell.c.return_on,
            func.coalesce(caseload.c.prisoners, ZERO).label("allocated"),
            latest.c.allocated_at.label("last_auto_at"),
            latest.c.allocated_on.label("last_auto_on"),
            _minutes_ahead(worker).label("minutes_ahead"),
        )
        .select_from(worker)
        .outerjoin(spell, in_force_on(spell, worker.c.id, as_of))
        .outerjoin(latest, latest.c.id == _last_recommended(worker))
        .outerjoin(caseload, caseload.c.key_worker_id == worker.c.id)
        .order_by(worker.c.last_name, worker.c.first_name, worker.c.staff_id)
    )


def _minutes_ahead(worker: FromClause) -> Any:
    """How long an officer's slots are from the day on that still stand, where he is there."""
    slot, absent = aliases("rota_slot", "worker_status", names=("slot", "absent"))
    is_absent = select(absent.c.id).where(unavailable_on(absent, slot.c.key_worker_id, slot.c.slot_on)).exists()
    minutes = MinutesBetween(slot.c.slot_on, slot.c.start_minute, slot.c.end_minute)
    ahead = select(func.coalesce(func.sum(minutes), ZERO)).where(
        slot.c.key_worker_id == worker.c.id,
        slot.c.slot_on >= as_of,
        slot.c.slot_on <= until,
        or_(slot.c.slot_on == as_of, published(slot)),
        ~is_absent,
    )
    return ahead.correlate(worker).scalar_subquery()


def _last_recommended(worker: FromClause) -> Any:
    """An officer's last allocation that kw recommended."""
    auto = aliases("allocation", names=("auto",))[0]
    return (
        select(auto.c.id)
        .where(
            auto.c.key_worker_id == worker.c.id,
            auto.c.allocation_reason == word("AUTO"),
            auto.c.allocated_on <= as_of,
            recorded_in_time(auto),
        )
        .order_by(auto.c.allocated_on.desc(), func.coalesce(auto.c.allocated_at, auto.c.recorded_at).desc())
        .limit(ONE)
        .correlate(worker)
        .scalar_subquery()
    )


def _caseloads() -> FromClause:
    """How many prisoners each key worker has, counted from the prisoners here and in scope.

    Of those he ever had there are many more.
    """
    stay, held = aliases("stay", "allocation", names=("present", "held"))
    officer = func.coalesce(held.c.key_worker_id, ZERO)  # not the bare column: it would walk every allocation
    return (
        select(officer.label("key_worker_id"), func.count().label("prisoners"))
        .select_from(stay)
        .join(held, held_on_the_day(held, stay.c.person_id))
        .where(*is_present(stay), not_ended(stay.c.out_of_scope_from), recorded_in_time(held))
        .group_by(officer)
        .subquery("caseload")
    )


@read(FormerWorker)
def former_workers() -> Select[Any]:
    """Return the former key workers of the prisoners here without one, the most recent first.

    The outer joins keep the prisoners here as the start of the search: else every allocation there ever was is read.
    """
    stay, held, past, worker = aliases(
        "stay", "allocation", "allocation", "key_worker", names=("stay", "held", "past", "worker")
    )
    return (
        select(stay.c.person_id, worker.c.staff_id, past.c.ended_on)
        .select_from(stay)
        .outerjoin(held, and_(held_on_the_day(held, stay.c.person_id), recorded_in_time(held)))
        .outerjoin(past, and_(past.c.person_id == stay.c.person_id, past.c.ended_on <= as_of, held_a_day(past)))
        .outerjoin(worker, worker.c.id == past.c.key_worker_id)
        .where(*is_present(stay), held.c.id.is_(None), func.coalesce(past.c.id, ZERO) > ZERO, recorded_in_time(past))
        .order_by(past.c.ended_on.desc(), past.c.allocated_on.desc(), past.c.id.desc())
    )


@read(FormerWorker)
def former_workers_of_caseload() -> Select[Any]:
    """Return the former key workers of the prisoners an officer has, the most recent first."""
    held, past, worker = aliases("allocation", "allocation", "key_worker", names=("held", "past", "worker"))
    return (
        select(held.c.person_id, worker.c.staff_id, past.c.ended_on)
        .select_from(held)
        .join(past, and_(past.c.person_id == held.c.person_id, past.c.ended_on <= as_of, held_a_day(past)))
        .join(worker, worker.c.id == past.c.key_worker_id)
        .where(held.c.key_worker_id == key_worker_id, held.c.allocated_on <= as_of, not_ended(held.c.ended_on))
        .where(recorded_in_time(held), recorded_in_time(past))
        .order_by(past.c.ended_on.desc(), past.c.allocated_on.desc(), past.c.id.desc())
    )


@read(MovedAway)
def moved_from() -> Select[Any]:
    """Return the prisoners given another key worker because this one was not there, the last moved first."""
    held, person = aliases("allocation", "person", names=("held", "person"))
    return (
        select(
            held.c.person_id,
            person.c.prison_number,
            person.c.last_name,
            person.c.first_name,
            held.c.allocated_on,
            held.c.ended_on,
        )
        .select_from(held)
        .join(person, person.c.id == held.c.person_id)
        .where(
            held.c.key_worker_id == key_worker_id,
            held.c.end_reason == word("STAFF_STATUS_CHANGE"),
            held_a_day(held),
            recorded_in_time(held),
            held.c.ended_on >= since,
            held.c.ended_on <= as_of,
        )
        .order_by(held.c.ended_on.desc(), person.c.last_name, person.c.first_name, person.c.prison_number)
    )


@read(Worker)
def worker_by_staff_id() -> Select[Any]:
    """Return the key worker with this staff id in any case: none or one."""
    worker = table("key_worker")
    return _workers().where(func.upper(worker.c.staff_id) == func.upper(staff_id))


@read(Worker)
def worker_by_login() -> Select[Any]:
    """Return the key worker who logs in under this name: none or one."""
    return _workers().where(table("key_worker").c.login == login)


@read(Worker)
def workers() -> Select[Any]:
    """Return every key worker, by name."""
    return _workers()


@read(PlannedAllocation)
def planned_allocations() -> Select[Any]:
    """Return the allocations that are to begin after that day, of the prisoners here, the earliest first."""
    stay, held, worker = aliases("stay", "allocation", "key_worker", names=("stay", "held", "worker"))
    return (
        select(held.c.person_id, worker.c.staff_id, worker.c.last_name, worker.c.first_name, held.c.allocated_on)
        .select_from(stay)
        .join(held, and_(held.c.person_id == stay.c.person_id, held.c.allocated_on > as_of, held_a_day(held)))
        .join(worker, worker.c.id == held.c.key_worker_id)
        .where(*is_present(stay), recorded_in_time(held))
        .order_by(held.c.allocated_on, held.c.person_id)
    )


@read(Offered)
def staff_ids() -> Select[Any]:
    """Return the staff ids of all key workers, with their names: what TAB offers."""
    worker = table("key_worker")
    return select(worker.c.staff_id.label("word"), said_name(worker).label("about"))


@read(OfficerSession)
def officer_sessions() -> Select[Any]:
    """Return the sessions that an officer held on a day."""
    session, person = table("session"), table("person")
    return (
        select(
            session.c.id.label("session_id"),
            session.c.person_id,
            person.c.prison_number,
            person.c.last_name,
            person.c.first_name,
            session.c.start_minute,
            session.c.minutes,
        )
        .join(person, person.c.id == session.c.person_id)
        .where(session.c.key_worker_id == key_worker_id, session.c.held_on == on, session.c.voided_at.is_(None))
        .order_by(session.c.start_minute.nulls_last(), session.c.id)
    )


@read(LastSlot)
def last_slot() -> Select[Any]:
    """Return an officer's latest slot up to that day, worked or not: none or one."""
    slot = table("rota_slot")
    return (
        select(slot.c.key_worker_id, slot.c.slot_on, slot.c.start_minute, slot.c.end_minute)
        .where(slot.c.key_worker_id == key_worker_id, slot.c.slot_on <= as_of, published(slot))
        .order_by(slot.c.slot_on.desc(), slot.c.start_minute.desc())
        .limit(ONE)
    )


@read(StatusSpell)
def statuses_of() -> Select[Any]:
    """Return an officer's status spells, the latest first."""
    spell = table("worker_status")
    return (
        select(
            spell.c.status,
            spell.c.from_on,
            spell.c.return_on,
            spell.c.until_on,
            spell.c.recorded_at,
            spell.c.recorded_by,
            spell.c.recorded_known,
        )
        .where(spell.c.key_worker_id == key_worker_id)
        .order_by(spell.c.from_on.desc())
    )


def _workers() -> Select[Any]:
    worker = table("key_worker")
    return select(
        worker.c.id.label("key_worker_id"),
        worker.c.staff_id,
        worker.c.last_name,
        worker.c.first_name,
        worker.c.login,
        worker.c.wing,
        worker.c.capacity,
    ).order_by(worker.c.last_name, worker.c.first_name, worker.c.staff_id)
