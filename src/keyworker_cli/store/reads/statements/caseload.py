"""One officer's prisoners, for their sheet."""

from typing import Any

from sqlalchemy import FromClause, Select, and_, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from keyworker_cli.rules.facts.care import Acct, Event, OpenNeed, ReviewDue
from keyworker_cli.rules.facts.officers import OfCaseload
from keyworker_cli.rules.facts.sessions import TopicsRaised
from keyworker_cli.store.reads.declare import read
from keyworker_cli.store.reads.statements.parts.basics import (
    ZERO,
    aliases,
    as_of,
    is_present,
    key_worker_id,
    later,
    not_ended,
)
from keyworker_cli.store.reads.statements.parts.columns import acct_columns, event_columns
from keyworker_cli.store.reads.statements.parts.counted import counted, recorded_in_time
from keyworker_cli.store.schema.tables import TABLES


@read(OfCaseload)
def allocations_of_caseload() -> Select[Any]:
    """Return an officer's allocations that hold, of the prisoners here, with what they have done in each."""
    stay, held, person = aliases("stay", "allocation", "person", names=("stay", "held", "person"))
    own = TABLES["session"].alias("own")
    his_own = and_(
        own.c.person_id == held.c.person_id,
        own.c.held_on >= later(held.c.allocated_on, stay.c.arrived_on),
        own.c.held_on <= as_of,
        own.c.key_worker_id + ZERO == held.c.key_worker_id,  # his sessions are few, the officer's many
        counted(own),
    )
    return (
        select(
            held.c.id.label("allocation_id"),
            held.c.person_id,
            person.c.prison_number,
            later(held.c.allocated_on, stay.c.arrived_on).label("allocated_on"),
            held.c.allocation_reason,
            held.c.allocated_by,
            held.c.because,
            held.c.acknowledged_on,
            select(func.count())
            .select_from(own)
            .where(his_own)
            .correlate(stay, held)
            .scalar_subquery()
            .label("sessions"),
            select(func.max(own.c.held_on)).where(his_own).correlate(stay, held).scalar_subquery().label("last_met_on"),
        )
        .select_from(held)
        .join(person, person.c.id == held.c.person_id)
        .join(stay, stay.c.person_id == held.c.person_id)
        .where(_is_of_caseload(held), *is_present(stay))
        .order_by(held.c.allocated_on, person.c.prison_number)
    )


@read(ReviewDue)
def reviews_of_caseload() -> Select[Any]:
    """Return the ACCT reviews of an officer's prisoners still to be held, from that day on, the nearest first."""
    held, review = aliases("allocation", "acct_review", names=("held", "review"))
    return (
        select(review.c.person_id, review.c.due_on, review.c.key_worker_invited)
        .select_from(held)
        .join(review, and_(review.c.person_id == held.c.person_id, review.c.due_on >= as_of))
        .where(_is_of_caseload(held), not_ended(review.c.held_on), recorded_in_time(review))
        .order_by(review.c.due_on, review.c.person_id)
    )


@read(OpenNeed)
def needs_of_caseload() -> Select[Any]:
    """Return the open actions of an officer's prisoners, the soonest due first."""
    held, need = aliases("allocation", "need", names=("held", "need"))
    return (
        select(need.c.person_id, need.c.raised_on, need.c.text, need.c.owner, need.c.due_on)
        .select_from(held)
        .join(need, and_(need.c.person_id == held.c.person_id, need.c.raised_on <= as_of))
        .where(_is_of_caseload(held), not_ended(need.c.closed_on), recorded_in_time(need))
        .order_by(need.c.due_on.nulls_last(), need.c.raised_on, need.c.id)
    )


@read(Event)
def events_of_caseload() -> Select[Any]:
    """Return the events of an officer's prisoners up to that day, however old."""
    held, event = aliases("allocation", "event", names=("held", "event"))
    return (
        select(*event_columns(event))
        .select_from(held)
        .join(event, and_(event.c.person_id == held.c.person_id, event.c.event_on <= as_of))
        .where(_is_of_caseload(held), recorded_in_time(event))
    )


@read(Acct)
def accts_of_caseload() -> Select[Any]:
    """Return the ACCTs of an officer's prisoners, of their present stay or open in it."""
    held, stay, acct = aliases("allocation", "stay", "acct", names=("held", "stay", "acct"))
    of_this_stay = or_(acct.c.opened_on >= stay.c.arrived_on, not_ended(acct.c.closed_on))
    return (
        select(*acct_columns(acct))
        .select_from(held)
        .join(stay, stay.c.person_id == held.c.person_id)
        .join(acct, and_(acct.c.person_id == held.c.person_id, acct.c.opened_on <= as_of, of_this_stay))
        .where(_is_of_caseload(held), *is_present(stay), recorded_in_time(acct))
    )


@read(TopicsRaised)
def topics_of_caseload() -> Select[Any]:
    """Return what was raised with an officer's prisoners, by anyone, up to that day, and what they declined."""
    held, session = aliases("allocation", "session", names=("held", "session"))
    c = session.c
    return (
        select(c.person_id, c.held_on, c.start_minute, c.type, c.outcome, c.topics, c.declined_topics)
        .select_from(held)
        .join(
            session,
            and_(c.person_id == held.c.person_id, c.held_on <= as_of, c.voided_at.is_(None), recorded_in_time(session)),
        )
        .where(_is_of_caseload(held), or_(c.topics.is_not(None), c.declined_topics.is_not(None)))
    )


def _is_of_caseload(held: FromClause) -> ColumnElement[bool]:
    """The allocation makes a prisoner one of the officer's at the end of the day."""
    begun = and_(held.c.key_worker_id == key_worker_id, held.c.allocated_on <= as_of)
    return and_(begun, not_ended(held.c.ended_on), recorded_in_time(held))
