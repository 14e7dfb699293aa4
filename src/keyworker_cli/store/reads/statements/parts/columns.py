"""The columns of what several questions answer with: events, ACCTs and needs."""

from typing import Any

from sqlalchemy import FromClause, and_, case, or_, select

from keyworker_cli.rules.markers.table import UNTIL_SEEN
from keyworker_cli.store.reads.statements.parts.basics import ONE, as_of, word
from keyworker_cli.store.reads.statements.parts.counted import counted
from keyworker_cli.store.schema.tables import TABLES


def event_columns(event: FromClause) -> tuple[Any, ...]:
    """The columns of an event as far as it decides a priority."""
    c = event.c
    return (
        c.person_id,
        c.code,
        c.event_on,
        c.at_minute,
        c.until_on,
        c.confidence,
        next_seen(event).label("next_seen_on"),
    )


def next_seen(event: FromClause) -> Any:
    """The first counted session since an event whose marker runs until then; on its own day the times decide."""
    session = TABLES["session"].alias("next_seen")
    same_day = and_(session.c.held_on == event.c.event_on, session.c.start_minute >= event.c.at_minute)
    first = (
        select(session.c.held_on)
        .where(
            session.c.person_id == event.c.person_id,
            session.c.held_on >= event.c.event_on,
            session.c.held_on <= as_of,
            or_(session.c.held_on > event.c.event_on, same_day),
            counted(session),
        )
        .order_by(session.c.held_on)
        .limit(ONE)
        .correlate(event)
        .scalar_subquery()
    )
    return case((event.c.code.in_([word(code) for code in UNTIL_SEEN]), first))


def acct_columns(acct: FromClause) -> tuple[Any, ...]:
    """What every question about ACCTs answers with."""
    c = acct.c
    return (
        c.person_id,
        c.opened_on,
        c.closed_on,
        c.post_closure_review_due.label("review_due_on"),
        c.post_closure_review_held.label("review_held_on"),
    )


def need_columns(need: FromClause) -> tuple[Any, ...]:
    """What every question about needs answers with."""
    c = need.c
    return (c.person_id, c.id.label("need_id"), c.raised_on, c.text, c.owner, c.due_on, c.closed_on, c.outcome)
