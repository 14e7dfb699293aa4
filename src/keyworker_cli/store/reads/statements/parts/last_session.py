"""The last counted session of a stay, and the first (help: counted-session)."""

from typing import Any

from sqlalchemy import FromClause, func, literal_column, select
from sqlalchemy.sql.elements import ColumnElement

from keyworker_cli.store.reads.statements.parts.basics import ONE
from keyworker_cli.store.reads.statements.parts.counted import begun_by, counted_in
from keyworker_cli.store.schema.tables import TABLES


def last_counted(stay: FromClause, death: FromClause, *, ended: bool = False) -> Any:
    """The last counted session of this stay up to the day: the index on prisoner and day, walked backwards."""
    session, another = TABLES["session"].alias("seen"), TABLES["stay"].alias("another")
    of_this_one = (~begun_by(another, stay, session.c.held_on),) if ended else ()
    return (
        select(session.c.id)
        .where(*counted_in(stay, session, death), *of_this_one)
        .order_by(*(part.desc() for part in in_order_of_the_key(session)))
        .limit(ONE)
        .correlate(stay, death)
        .scalar_subquery()
    )


def first_counted(stay: FromClause, death: FromClause) -> Any:
    """The first counted session of this stay up to the day."""
    session = TABLES["session"].alias("earliest")
    return (
        select(session.c.id)
        .where(*counted_in(stay, session, death))
        .order_by(session.c.held_on, session.c.start_minute.nulls_last(), session.c.id)
        .limit(ONE)
        .correlate(stay, death)
        .scalar_subquery()
    )


def in_order_of_the_key(session: FromClause) -> tuple[ColumnElement[Any], ...]:
    """By day and start, an unknown start first: the order of the index `session_key`, so that nothing is sorted."""
    start = func.coalesce(session.c.start_minute, literal_column("-1"))
    return session.c.held_on, start, session.c.key_worker_id, session.c.type
