"""Spans of days and of minutes, for where the time went."""

from typing import Any

from sqlalchemy import FromClause, Select, and_, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from keyworker_cli.rules.facts.spans import (
    AbsenceSpan,
    AllocationSpan,
    Beginning,
    CellMove,
    StaySpan,
    TimeHeld,
    WingSessions,
)
from keyworker_cli.store.reads.declare import read
from keyworker_cli.store.reads.statements.parts.basics import (
    ZERO,
    aliases,
    as_of,
    held_a_day,
    later,
    prisoner_of,
    since,
    stands,
    until,
    word,
)
from keyworker_cli.store.reads.statements.parts.counted import begun_by, counted, recorded_in_time
from keyworker_cli.store.reads.statements.parts.moves import in_order_of_moves, last_cell
from keyworker_cli.store.schema.tables import TABLES


@read(StaySpan)
def stay_spans() -> Select[Any]:
    """Return every stay with a day between the two, both included, that had begun on `as_of`.

    help: time-budget.
    """
    stay = aliases("stay", names=("stay",))[0]
    cell = func.coalesce(last_cell(stay), stay.c.location)
    return select(
        stay.c.person_id, stay.c.arrived_on, stay.c.left_on, stay.c.out_of_scope_from, cell.label("cell")
    ).where(*here_between(stay))


@read(Beginning)
def beginnings() -> Select[Any]:
    """Return the same stays, with when each prisoner first had a key worker and was first seen in it.

    help: early-days.

    Another stay's session or key worker is not this one's: both are looked for between its own two ends.
    """
    stay, held, session = aliases("stay", "allocation", "session", names=("stay", "held", "session"))
    another = TABLES["stay"].alias("another")
    allocated = select(func.min(later(held.c.allocated_on, stay.c.arrived_on))).where(
        held.c.person_id == stay.c.person_id,
        held.c.allocated_on <= as_of,
        held_a_day(held),
        recorded_in_time(held),
        or_(held.c.ended_on.is_(None), held.c.ended_on > stay.c.arrived_on),
        or_(stay.c.left_on.is_(None), held.c.allocated_on < stay.c.left_on),
    )
    seen = select(func.min(session.c.held_on)).where(
        session.c.person_id == stay.c.person_id,
        session.c.held_on >= stay.c.arrived_on,
        session.c.held_on <= as_of,
        or_(stay.c.left_on.is_(None), session.c.held_on <= stay.c.left_on),
        ~begun_by(another, stay, session.c.held_on),
        counted(session),
    )
    return select(
        stay.c.person_id,
        stay.c.arrived_on,
        stay.c.left_on,
        stay.c.out_of_scope_from,
        stay.c.location,
        allocated.correlate(stay).scalar_subquery().label("first_allocated_on"),
        seen.correlate(stay).scalar_subquery().label("first_seen_on"),
        stay.c.records_from,
    ).where(*here_between(stay))


def moves_in(stay: FromClause, moved: FromClause) -> Select[Any]:
    """The moves in the stays with a day between the two, from arrival to the last day, in order of time."""
    return (
        select(moved.c.person_id, moved.c.moved_on, moved.c.location)
        .select_from(stay)
        .join(moved, moved.c.person_id == prisoner_of(stay))
        .where(*here_between(stay), moved.c.moved_on >= stay.c.arrived_on, moved.c.moved_on <= until)
        .where(recorded_in_time(moved))
        .order_by(*in_order_of_moves(moved))
    )


@read(CellMove)
def moves_to_cells() -> Select[Any]:
    """Return the moves to other cells in those stays, from arrival to the last day, in order of time."""
    stay, moved = aliases("stay", "move", names=("stay", "moved"))
    return moves_in(stay, moved).where(moved.c.moved_on <= as_of, moved.c.location.like(word("%-%")))


@read(AbsenceSpan)
def absence_spans() -> Select[Any]:
    """Return the nights away, between the same days, of the prisoners of those stays."""
    stay, absence = aliases("stay", "absence", names=("stay", "absence"))
    return (
        select(absence.c.person_id, absence.c.from_on, absence.c.to_on)
        .select_from(stay)
        .join(absence, absence.c.person_id == prisoner_of(stay))
        .where(*here_between(stay), absence.c.from_on <= until, absence.c.from_on <= as_of)
        .where(or_(absence.c.to_on.is_(None), absence.c.to_on > since), recorded_in_time(absence))
    )


@read(AllocationSpan)
def allocation_spans() -> Select[Any]:
    """Return the allocations, between the same days, of the prisoners of those stays."""
    stay, held = aliases("stay", "allocation", names=("stay", "held"))
    return (
        select(held.c.person_id, held.c.key_worker_id, held.c.allocated_on, held.c.ended_on)
        .select_from(stay)
        .join(held, held.c.person_id == prisoner_of(stay))
        .where(*here_between(stay), held.c.allocated_on <= until, held.c.allocated_on <= as_of)
        .where(_goes_on(held.c.ended_on), recorded_in_time(held))
    )


@read(TimeHeld)
def time_held() -> Select[Any]:
    """Return the completed sessions and entries from one day to another, both included, with their key workers.

    The outer join keeps the key workers as the start of the search: else every session there ever was is read.
    """
    worker, session = aliases("key_worker", "session", names=("worker", "session"))
    return (
        select(
            session.c.person_id,
            session.c.key_worker_id,
            session.c.held_on,
            session.c.start_minute,
            session.c.type,
            session.c.minutes,
            session.c.place,
        )
        .select_from(worker)
        .outerjoin(
            session,
            and_(
                session.c.key_worker_id == worker.c.id,
                session.c.held_on >= since,
                session.c.held_on <= until,
                session.c.outcome == word("COMPLETED"),
                session.c.voided_at.is_(None),
                recorded_in_time(session),
            ),
        )
        .where(func.coalesce(session.c.id, ZERO) > ZERO)
    )


def _goes_on(end: ColumnElement[Any]) -> ColumnElement[bool]:
    """It reaches into the days asked about; what ends after the day of asking has not ended (help: why-overdue)."""
    return or_(end.is_(None), end > since, end > as_of)


def here_between(stay: FromClause) -> tuple[ColumnElement[bool], ...]:
    """Arrived by the last of some days, and by the day of asking; not left before the first, as known on that day.

    Who left on the first day has no night in them, but may have been seen that day, out of scope or in it.
    """
    stayed = or_(_goes_on(stay.c.left_on), stay.c.left_on == since)
    return stands(stay), stay.c.arrived_on <= until, stay.c.arrived_on <= as_of, stayed


@read(WingSessions)
def sessions_of_wings() -> Select[Any]:
    """Return how many counted sessions the officers of each wing held on each day, both ends included."""
    worker, session = aliases("key_worker", "session", names=("worker", "session"))
    held = and_(
        session.c.key_worker_id == worker.c.id,
        session.c.held_on >= since,
        session.c.held_on <= until,
        counted(session),
    )
    return (
        select(worker.c.wing, session.c.held_on, func.count(session.c.id).label("sessions"))
        .select_from(worker)
        .outerjoin(session, held)
        .where(func.coalesce(session.c.id, ZERO) > ZERO)
        .group_by(worker.c.wing, session.c.held_on)
    )
