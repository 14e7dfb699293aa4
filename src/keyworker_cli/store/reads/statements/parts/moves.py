"""Where somebody is: the last of his moves, and the last cell it took him to.

A move that was recorded after his death took him nowhere. `death` is the stay in which he died, where it was looked up.
"""

from typing import Any

from sqlalchemy import FromClause, and_, func, literal_column, or_, select
from sqlalchemy.sql.elements import ColumnElement

from keyworker_cli.store.reads.statements.parts.basics import ONE, as_of
from keyworker_cli.store.reads.statements.parts.counted import recorded_in_time
from keyworker_cli.store.schema.tables import TABLES


def moved_in(stay: FromClause, move: FromClause) -> ColumnElement[bool]:
    """A move of this stay, up to the day."""
    return and_(move.c.person_id == stay.c.person_id, move.c.moved_on >= stay.c.arrived_on, move.c.moved_on <= as_of)


def last_move(stay: FromClause, move: FromClause, death: FromClause | None = None) -> ColumnElement[bool]:
    """The last move of the last day up to the one asked about on which he was moved."""
    other, later, that_day = (TABLES["move"].alias(name) for name in ("moved_again", "moved_later", "moved_that_day"))
    again = select(other.c.id).where(
        other.c.person_id == move.c.person_id,
        other.c.moved_on >= move.c.moved_on,
        other.c.moved_on <= as_of,
        other.c.id != move.c.id,
        recorded_in_time(other, death),
    )
    on_a_later_day = select(later.c.id).where(
        later.c.person_id == move.c.person_id,
        later.c.moved_on > move.c.moved_on,
        later.c.moved_on <= as_of,
        recorded_in_time(later, death),
    )
    last = (
        select(that_day.c.id)
        .where(that_day.c.person_id == move.c.person_id, that_day.c.moved_on == move.c.moved_on)
        .where(recorded_in_time(that_day, death))
        .order_by(*latest_move_first(that_day))
        .limit(ONE)
    )
    outer = (move,) if death is None else (move, death)
    # The quickest first: most prisoners have moved once, and few twice on one day.
    is_last = or_(
        ~again.correlate(*outer).exists(),
        and_(~on_a_later_day.correlate(*outer).exists(), move.c.id == last.correlate(*outer).scalar_subquery()),
    )
    return and_(moved_in(stay, move), recorded_in_time(move, death), is_last)


def last_cell(stay: FromClause, death: FromClause | None = None) -> Any:
    """The last cell that a move up to the day took him to."""
    move = TABLES["move"].alias("moved_to_cell")
    return (
        select(move.c.location)
        .where(moved_in(stay, move), is_cell(move.c.location), recorded_in_time(move, death))
        .order_by(*latest_move_first(move))
        .limit(ONE)
        .correlate(stay, *(() if death is None else (death,)))
        .scalar_subquery()
    )


def is_cell(location: ColumnElement[Any]) -> ColumnElement[bool]:
    """A place in a prison that is a cell."""
    return location.like(literal_column("'%-%'"))


def in_order_of_moves(move: FromClause) -> tuple[ColumnElement[Any], ...]:
    """By day, and within a day by time; one without a time stands behind those that were recorded before it."""
    earlier = TABLES["move"].alias("timed_before")
    stood_behind = (
        select(func.max(earlier.c.at_minute))
        .where(
            earlier.c.person_id == move.c.person_id,
            earlier.c.moved_on == move.c.moved_on,
            earlier.c.id < move.c.id,
        )
        .correlate(move)
        .scalar_subquery()
    )
    minute = func.coalesce(move.c.at_minute, stood_behind, literal_column("-1"))
    return move.c.moved_on, minute, move.c.id


def latest_move_first(move: FromClause) -> tuple[ColumnElement[Any], ...]:
    """The same order, backwards."""
    return tuple(part.desc() for part in in_order_of_moves(move))
