"""What is recorded of the men here that may raise their priority."""

from typing import Any

from sqlalchemy import FromClause, Select, and_, or_, select

from keyworker_cli.rules.markers.table import STANDING
from keyworker_cli.store.reads.statements.parts import (
    acct_columns,
    aliases,
    as_of,
    event_columns,
    is_present,
    not_ended,
    person_id,
    since,
    until,
    word,
)
from keyworker_cli.store.schema.tables import TABLES


def marking_events() -> Select[Any]:
    """The events that may raise the priority of the men here: those of any age that stand, and others since a day."""
    stay, event = aliases("stay", "event", names=("stay", "event"))
    return _of_the_men_here(select(*event_columns(event)), stay, event)


def event_records() -> Select[Any]:
    """The same events with their words, and who recorded them when."""
    stay, event = aliases("stay", "event", names=("stay", "event"))
    return _of_the_men_here(select(*_event_record_columns(event)), stay, event)


def marking_accts() -> Select[Any]:
    """The ACCTs of the men here that are open, or closed and not yet reviewed."""
    stay, acct = aliases("stay", "acct", names=("stay", "acct"))
    return (
        select(*acct_columns(acct))
        .select_from(stay)
        .join(acct, acct.c.person_id == stay.c.person_id)
        .where(*is_present(stay), acct.c.opened_on <= as_of, not_ended(acct.c.post_closure_review_held))
    )


def events_of() -> Select[Any]:
    """All of a man's events, the latest first."""
    event = TABLES["event"].alias("event")
    return (
        select(*_event_record_columns(event))
        .where(event.c.person_id == person_id)
        .order_by(event.c.event_on.desc(), event.c.at_minute.desc().nulls_last(), event.c.id.desc())
    )


def accts_of() -> Select[Any]:
    """All of a man's ACCTs, the earliest first."""
    acct = TABLES["acct"].alias("acct")
    return select(*acct_columns(acct)).where(acct.c.person_id == person_id).order_by(acct.c.opened_on)


def _event_record_columns(event: FromClause) -> tuple[Any, ...]:
    """The columns of an event as it is recorded."""
    c = event.c
    return (c.id, *event_columns(event), c.detail, c.source, c.recorded_at, c.recorded_by, c.recorded_known)


def _of_the_men_here(columns: Select[Any], stay: FromClause, event: FromClause) -> Select[Any]:
    """Pick the events of the men here: standing ones of any age, others since a day.

    The two are searched each by an index of its own, so that a long history costs nothing.
    """
    recent = and_(event.c.person_id == stay.c.person_id, event.c.event_on >= since)
    standing = and_(event.c.person_id == stay.c.person_id, event.c.code.in_([word(code) for code in STANDING]))
    return (
        columns.select_from(stay).join(event, or_(recent, standing)).where(*is_present(stay), event.c.event_on <= until)
    )
