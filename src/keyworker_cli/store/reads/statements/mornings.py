"""What the mornings of a stretch of days are found from, of everyone who was here in it, and one prisoner's plans."""

from typing import Any

from sqlalchemy import Select, select

from keyworker_cli.rules.facts.care import Acct, EventRecord
from keyworker_cli.rules.facts.mornings import ReviewSpan, SeenOn, StayHere
from keyworker_cli.rules.facts.spans import CellMove
from keyworker_cli.store.reads.declare import read
from keyworker_cli.store.reads.statements.budget import here_between, moves_in
from keyworker_cli.store.reads.statements.markers import event_record_columns
from keyworker_cli.store.reads.statements.parts.basics import aliases, prisoner_of, until
from keyworker_cli.store.reads.statements.parts.columns import acct_columns
from keyworker_cli.store.reads.statements.parts.counted import counted, recorded_in_time
from keyworker_cli.store.reads.statements.parts.last_session import in_order_of_the_key


@read(StayHere)
def stays_between() -> Select[Any]:
    """Return every stay with a day between the two, both included, with whose it is, by prison number."""
    stay, person = aliases("stay", "person", names=("stay", "person"))
    return (
        select(
            stay.c.person_id,
            person.c.prison_number,
            stay.c.arrived_on,
            stay.c.arrival_type,
            stay.c.left_on,
            stay.c.out_of_scope_from,
            stay.c.records_from,
            stay.c.location,
        )
        .join(person, person.c.id == stay.c.person_id)
        .where(*here_between(stay))
        .order_by(person.c.prison_number, stay.c.arrived_on)
    )


@read(SeenOn)
def sessions_seen_between() -> Select[Any]:
    """Return the counted sessions of those stays up to the last day, the earliest first."""
    stay, session = aliases("stay", "session", names=("stay", "session"))
    return (
        select(
            session.c.person_id,
            session.c.held_on,
            session.c.start_minute,
            session.c.recorded_at,
            session.c.recorded_known,
        )
        .select_from(stay)
        .join(session, session.c.person_id == prisoner_of(stay))
        .where(*here_between(stay), session.c.held_on >= stay.c.arrived_on, session.c.held_on <= until)
        .where(counted(session))
        .order_by(*in_order_of_the_key(session))
    )


@read(EventRecord)
def events_between() -> Select[Any]:
    """Return the events of those prisoners up to the last day, however old."""
    stay, event = aliases("stay", "event", names=("stay", "event"))
    return (
        select(*event_record_columns(event))
        .select_from(stay)
        .join(event, event.c.person_id == prisoner_of(stay))
        .where(*here_between(stay), event.c.event_on <= until, recorded_in_time(event))
    )


@read(Acct)
def accts_between() -> Select[Any]:
    """Return the ACCTs of those prisoners that were opened by the last day."""
    stay, acct = aliases("stay", "acct", names=("stay", "acct"))
    return (
        select(*acct_columns(acct))
        .select_from(stay)
        .join(acct, acct.c.person_id == prisoner_of(stay))
        .where(*here_between(stay), acct.c.opened_on <= until, recorded_in_time(acct))
    )


@read(ReviewSpan)
def reviews_between() -> Select[Any]:
    """Return the ACCT reviews of those stays that were due by the last day."""
    stay, review = aliases("stay", "acct_review", names=("stay", "review"))
    return (
        select(review.c.person_id, review.c.due_on, review.c.held_on)
        .select_from(stay)
        .join(review, review.c.person_id == prisoner_of(stay))
        .where(*here_between(stay), review.c.due_on >= stay.c.arrived_on, review.c.due_on <= until)
        .where(recorded_in_time(review))
    )


@read(CellMove)
def moves_between() -> Select[Any]:
    """Return the moves in those stays up to the last day, to any place, in order of time."""
    return moves_in(*aliases("stay", "move", names=("stay", "moved")))
