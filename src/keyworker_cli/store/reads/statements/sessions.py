"""Sessions and key workers: all of one prisoner, what was corrected in them, and what counts of those here."""

from typing import Any

from sqlalchemy import FromClause, Select, and_, bindparam, func, select
from sqlalchemy.types import Date

from keyworker_cli.rules.facts.officers import Acquaintance, Allocation
from keyworker_cli.rules.facts.sessions import Amended, CountedSession, FirstSession, SessionHeld, SessionsCounted
from keyworker_cli.store.reads.declare import read
from keyworker_cli.store.reads.statements.parts.basics import (
    ZERO,
    aliases,
    as_of,
    counts_from,
    is_present,
    person_id,
    prisoner_of,
    since,
    table,
    until,
)
from keyworker_cli.store.reads.statements.parts.counted import counted, counted_in, died_in
from keyworker_cli.store.reads.statements.parts.last_session import first_counted

arrived_since: Any = bindparam("arrived_since", type_=Date)


@read(Allocation)
def allocations_of() -> Select[Any]:
    """Return a prisoner's allocations, the latest first."""
    held, worker = table("allocation"), table("key_worker")
    return (
        select(
            held.c.id.label("allocation_id"),
            held.c.key_worker_id,
            worker.c.staff_id,
            worker.c.last_name,
            worker.c.first_name,
            counts_from(held).label("allocated_on"),
            held.c.allocated_at,
            held.c.allocation_reason,
            held.c.allocated_by,
            held.c.because,
            held.c.acknowledged_on,
            held.c.ended_on,
            held.c.end_reason,
            held.c.ended_by,
            held.c.recorded_at,
            held.c.recorded_by,
            held.c.ended_recorded_at,
            held.c.recorded_known,
        )
        .join(worker, worker.c.id == held.c.key_worker_id)
        .where(held.c.person_id == person_id)
        .order_by(held.c.allocated_on.desc(), held.c.id.desc())
    )


@read(SessionHeld)
def sessions_of() -> Select[Any]:
    """Return a prisoner's sessions and entries that stand, the latest first."""
    session, worker = table("session"), table("key_worker")
    return _sessions(session, worker).where(session.c.person_id == person_id, session.c.voided_at.is_(None))


@read(SessionHeld)
def voided_sessions_of() -> Select[Any]:
    """Return a prisoner's sessions and entries that were taken out, the latest first."""
    session, worker = table("session"), table("key_worker")
    return _sessions(session, worker).where(session.c.person_id == person_id, session.c.voided_at.is_not(None))


@read(Amended)
def amendments_of() -> Select[Any]:
    """Return what was corrected in a prisoner's sessions, the earliest first; those taken out are among them."""
    session, amended = table("session"), table("session_amendment")
    his = select(session.c.id).where(session.c.person_id == person_id)
    standing, voided = his.where(session.c.voided_at.is_(None)), his.where(session.c.voided_at.is_not(None))
    return (
        select(
            amended.c.session_id,
            amended.c.amended_at,
            amended.c.field,
            amended.c.old,
            amended.c.new,
            amended.c.why,
            amended.c.recorded_by.label("by"),
        )
        .where(amended.c.session_id.in_(standing.union(voided)))
        .order_by(amended.c.amended_at, amended.c.id)
    )


@read(CountedSession)
def counted_sessions_here() -> Select[Any]:
    """Return the counted sessions since a day, of this stay, of the prisoners here.

    The outer join keeps the prisoners here as the start of the search: else every session there ever was is read.
    """
    stay, session = aliases("stay", "session", names=("stay", "session"))
    c = session.c
    of_this_stay = and_(
        c.person_id == stay.c.person_id, c.held_on >= stay.c.arrived_on, c.held_on >= since, c.held_on <= as_of
    )
    return (
        select(c.person_id, c.held_on, c.start_minute, c.topics, c.declined_topics, c.key_worker_id)
        .select_from(stay)
        .outerjoin(session, and_(of_this_stay, counted(session)))
        .where(*is_present(stay), func.coalesce(c.id, ZERO) > ZERO)
    )


@read(SessionsCounted)
def sessions_counted() -> Select[Any]:
    """Return how many counted sessions the prisoners here had in this stay between two days, both included."""
    stay, session = aliases("stay", "session", names=("stay", "session"))
    c = session.c
    between = and_(c.held_on >= stay.c.arrived_on, c.held_on >= since, c.held_on <= until, c.held_on <= as_of)
    person = func.coalesce(c.person_id, ZERO)  # not the bare column: it would walk every session
    sessions: Any = func.count()
    return (
        select(person.label("person_id"), sessions.label("sessions"), func.max(c.held_on).label("last_on"))
        .select_from(stay)
        .outerjoin(session, and_(c.person_id == stay.c.person_id, between, counted(session)))
        .where(*is_present(stay), func.coalesce(c.id, ZERO) > ZERO)
        .group_by(person)
    )


@read(FirstSession)
def first_sessions() -> Select[Any]:
    """Return the first counted session of each who arrived on that day or after it (help: early-days)."""
    stay, first, holder, death = aliases(
        "stay", "session", "key_worker", "stay", names=("stay", "first", "holder", "death")
    )
    return (
        select(stay.c.person_id, first.c.held_on, holder.c.staff_id, holder.c.last_name, holder.c.first_name)
        .select_from(stay)
        .outerjoin(death, died_in(death, stay))
        .join(first, first.c.id == first_counted(stay, death))
        .join(holder, holder.c.id == first.c.key_worker_id)
        .where(*is_present(stay), stay.c.arrived_on >= arrived_since)
    )


@read(Acquaintance)
def acquaintances() -> Select[Any]:
    """Return which officers have held a counted session with each prisoner here in this stay, and when last.

    Only of those with a slot from that day until the other: whoever may see somebody.
    """
    stay, session, slot, death = aliases(
        "stay", "session", "rota_slot", "stay", names=("stay", "session", "slot", "death")
    )
    prisoner = prisoner_of(stay)
    on_rota = select(slot.c.key_worker_id).where(slot.c.slot_on >= as_of, slot.c.slot_on <= until)
    his = and_(session.c.key_worker_id.in_(on_rota), *counted_in(stay, session, death))
    return (
        select(prisoner.label("person_id"), session.c.key_worker_id, func.max(session.c.held_on).label("last_on"))
        .select_from(stay)
        .outerjoin(death, died_in(death, stay))
        .outerjoin(session, his)  # an outer join keeps the prisoners here as the start of the search
        .where(*is_present(stay), func.coalesce(session.c.id, ZERO) > ZERO)
        .group_by(prisoner, session.c.key_worker_id)
    )


def _sessions(session: FromClause, worker: FromClause) -> Select[Any]:
    """The columns of a session with its key worker, the latest first."""
    return (
        select(
            session.c.id.label("session_id"),
            session.c.key_worker_id,
            worker.c.staff_id,
            worker.c.last_name,
            worker.c.first_name,
            session.c.held_on,
            session.c.start_minute,
            session.c.type,
            session.c.minutes,
            session.c.outcome,
            session.c.mode,
            session.c.place,
            session.c.topics,
            session.c.declined_topics,
            session.c.note,
            session.c.note_at,
            session.c.prisoner_said,
            session.c.next_session_on,
            session.c.recorded_at,
            session.c.recorded_by,
            session.c.recorded_known,
        )
        .join(worker, worker.c.id == session.c.key_worker_id)
        .order_by(session.c.held_on.desc(), session.c.start_minute.desc().nulls_last(), session.c.id.desc())
    )
