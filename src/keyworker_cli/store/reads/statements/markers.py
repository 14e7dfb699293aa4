"""What is recorded of the prisoners here that may raise their priority."""

from typing import Any

from sqlalchemy import FromClause, Select, and_, func, or_, select

from keyworker_cli.rules.codes.signals import DerivedMarker
from keyworker_cli.rules.contact.continuity import WITHIN_WEEKS
from keyworker_cli.rules.facts.care import Acct, Event, EventRecord, KeyWorkersHad, LateReview
from keyworker_cli.rules.facts.spans import MoveLately, PlaceInStay
from keyworker_cli.rules.markers.derived import NOT_LIVED_IN
from keyworker_cli.rules.markers.table import KINDS, LOOK_AHEAD_DAYS, LOOK_BACK_DAYS, STANDING
from keyworker_cli.rules.markers.unraised import ENDED_WITHIN_DAYS
from keyworker_cli.store.reads.declare import after, before, read
from keyworker_cli.store.reads.statements.parts.basics import (
    ONE,
    aliases,
    as_of,
    held_a_day,
    is_present,
    later,
    not_ended,
    person_id,
    prisoner_of,
    since,
    until,
    word,
)
from keyworker_cli.store.reads.statements.parts.columns import acct_columns, event_columns
from keyworker_cli.store.reads.statements.parts.counted import died_in, recorded_in_time
from keyworker_cli.store.reads.statements.parts.moves import in_order_of_moves, latest_move_first
from keyworker_cli.store.schema.tables import TABLES

MOVES_WITHIN_DAYS = KINDS[DerivedMarker.MOVED_REPEAT].days or 0


@read(Event, since=before(LOOK_BACK_DAYS), until=after(LOOK_AHEAD_DAYS))
def marking_events() -> Select[Any]:
    """Return every event that may raise a priority here, and some that are over (help: concerns)."""
    stay, event = aliases("stay", "event", names=("stay", "event"))
    return _of_the_prisoners_here(select(*event_columns(event)), stay, event)


@read(EventRecord, until=after(LOOK_AHEAD_DAYS))
def event_records() -> Select[Any]:
    """Return the same events as they are recorded; with `since`, all from that day on and all that may stand."""
    stay, event = aliases("stay", "event", names=("stay", "event"))
    return _of_the_prisoners_here(select(*event_record_columns(event)), stay, event)


@read(Acct)
def marking_accts() -> Select[Any]:
    """Return the ACCTs of the prisoners here that are open, or closed and not yet reviewed."""
    stay, acct = aliases("stay", "acct", names=("stay", "acct"))
    return _accts(stay, acct).where(not_ended(acct.c.post_closure_review_held))


@read(Acct)
def accts_here() -> Select[Any]:
    """Return all the ACCTs of the prisoners here."""
    return _accts(*aliases("stay", "acct", names=("stay", "acct")))


def _accts(stay: FromClause, acct: FromClause) -> Select[Any]:
    prisoner = prisoner_of(stay)
    return (
        select(*acct_columns(acct))
        .select_from(stay)
        .join(acct, acct.c.person_id == prisoner)
        .where(*is_present(stay), acct.c.opened_on <= as_of, recorded_in_time(acct))
    )


@read(MoveLately, since=before(MOVES_WITHIN_DAYS + ENDED_WITHIN_DAYS))
def moves_lately() -> Select[Any]:
    """Return the moves of late of the prisoners here, in this stay, the earliest first.

    Of late is as long as a marker of it may have been over and is still to be raised.
    """
    stay, moved, earlier = aliases("stay", "move", "move", names=("stay", "moved", "earlier"))
    lived = (
        select(earlier.c.location)
        .where(earlier.c.person_id == stay.c.person_id, earlier.c.moved_on >= stay.c.arrived_on)
        .where(recorded_in_time(earlier))
        .where(earlier.c.moved_on < since, earlier.c.location.not_in([word(place) for place in NOT_LIVED_IN]))
        .order_by(*latest_move_first(earlier))
        .limit(ONE)
        .correlate(stay)
        .scalar_subquery()
    )
    place_before = func.coalesce(lived, stay.c.location).label("place_before")
    return (
        select(moved.c.person_id, moved.c.moved_on, moved.c.location, place_before)
        .select_from(stay)
        .join(moved, and_(moved.c.person_id == stay.c.person_id, moved.c.moved_on >= stay.c.arrived_on))
        .where(*is_present(stay), moved.c.moved_on >= since, moved.c.moved_on <= as_of, recorded_in_time(moved))
        .order_by(*in_order_of_moves(moved))
    )


@read(PlaceInStay)
def places_here() -> Select[Any]:
    """Return where the prisoners here have been in this stay, up to another day, in order of time."""
    stay, moved = aliases("stay", "move", names=("stay", "moved"))
    of_this_stay = and_(
        moved.c.person_id == stay.c.person_id,
        moved.c.moved_on >= stay.c.arrived_on,
        moved.c.moved_on <= until,
        recorded_in_time(moved),
    )
    return (
        select(
            stay.c.person_id,
            stay.c.arrived_on,
            stay.c.location.label("arrived_to"),
            moved.c.moved_on,
            moved.c.location.label("moved_to"),
        )
        .select_from(stay)
        .outerjoin(moved, of_this_stay)
        .where(*is_present(stay))
        .order_by(*in_order_of_moves(moved))
    )


@read(LateReview)
def late_reviews() -> Select[Any]:
    """Return the ACCT reviews of this stay of the prisoners here that were due before that day and are not held."""
    stay, review = aliases("stay", "acct_review", names=("stay", "review"))
    person = prisoner_of(stay)
    return (
        select(person.label("person_id"), review.c.due_on)
        .select_from(stay)
        .join(review, review.c.person_id == person)
        .where(*is_present(stay), review.c.due_on >= stay.c.arrived_on, review.c.due_on < as_of)
        .where(or_(review.c.held_on.is_(None), review.c.held_on > as_of), recorded_in_time(review))
    )


@read(KeyWorkersHad, since=before(weeks=WITHIN_WEEKS))
def key_workers_had() -> Select[Any]:
    """Return how many key workers the prisoners here have had in the last 26 weeks of this stay, where several."""
    stay, held = aliases("stay", "allocation", names=("stay", "held"))
    person = prisoner_of(stay)
    officers: Any = func.count(held.c.key_worker_id.distinct())
    return (
        select(person.label("person_id"), officers.label("key_workers"))
        .select_from(stay)
        .join(held, held.c.person_id == person)
        .where(*is_present(stay), held.c.allocated_on <= as_of, held_a_day(held), recorded_in_time(held))
        .where(or_(held.c.ended_on.is_(None), held.c.ended_on > later(since, stay.c.arrived_on)))
        .group_by(person)
        .having(officers > ONE)
    )


@read(EventRecord)
def events_of() -> Select[Any]:
    """Return all of a prisoner's events, the latest first; whether he was seen since one is said as of a day."""
    event = TABLES["event"].alias("event")
    return (
        select(*event_record_columns(event))
        .where(event.c.person_id == person_id)
        .order_by(event.c.event_on.desc(), event.c.at_minute.desc().nulls_last(), event.c.id.desc())
    )


@read(Acct)
def accts_of() -> Select[Any]:
    """Return all of a prisoner's ACCTs, the earliest first."""
    acct = TABLES["acct"].alias("acct")
    return select(*acct_columns(acct)).where(acct.c.person_id == person_id).order_by(acct.c.opened_on)


@read(Acct)
def accts_in_time_of() -> Select[Any]:
    """Return a prisoner's ACCTs, the earliest first, without those recorded after the day of his death."""
    acct = TABLES["acct"].alias("acct")
    return (
        select(*acct_columns(acct))
        .where(acct.c.person_id == person_id, recorded_in_time(acct))
        .order_by(acct.c.opened_on)
    )


def event_record_columns(event: FromClause) -> tuple[Any, ...]:
    """The columns of an event as it is recorded."""
    c = event.c
    return (
        c.id.label("event_id"),
        *event_columns(event),
        c.detail,
        c.source,
        c.recorded_at,
        c.recorded_by,
        c.recorded_known,
    )


def _of_the_prisoners_here(columns: Select[Any], stay: FromClause, event: FromClause) -> Select[Any]:
    """Pick the events of the prisoners here: standing ones of any age, others since a day.

    Each prisoner's own are walked through once; to search for the standing ones code by code would take longer.
    """
    death = TABLES["stay"].alias("death")
    counts = or_(event.c.event_on >= since, event.c.code.in_([word(code) for code in STANDING]))
    return (
        columns.select_from(stay)
        .outerjoin(death, died_in(death, stay))
        .join(event, and_(event.c.person_id == stay.c.person_id, counts))
        .where(*is_present(stay), event.c.event_on <= until, recorded_in_time(event, death))
    )
