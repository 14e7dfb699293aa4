"""Which sessions count, and of which stay; what was recorded after a death (help: counted-session)."""

from typing import Any

from sqlalchemy import FromClause, and_, func, literal_column, or_, select
from sqlalchemy.sql.elements import ColumnElement

from keyworker_cli.store.reads.statements.parts.basics import as_of, door_places, session_min_minutes, stands, word
from keyworker_cli.store.schema.column_types import EndOfDay
from keyworker_cli.store.schema.tables import TABLES


def counted(session: FromClause, death: FromClause | None = None) -> ColumnElement[bool]:
    """A counted session (help: counted-session): KS, completed, not too short, not at the door, not voided."""
    return and_(
        session.c.voided_at.is_(None),
        session.c.type == word("KS"),
        session.c.outcome == word("COMPLETED"),
        or_(session.c.minutes.is_(None), session.c.minutes >= session_min_minutes),
        or_(session.c.place.is_(None), ~at_the_door(session)),
        recorded_in_time(session, death),
    )


def at_the_door(session: FromClause) -> Any:
    """Its place is one of `session.uncounted_places`, which are given as `;cell door;hatch;`."""
    place: Any = literal_column("';'").concat(func.lower(func.trim(session.c.place))).concat(literal_column("';'"))
    return func.replace(door_places, place, literal_column("''")) != door_places


def recorded_in_time(record: FromClause, death: FromClause | None = None) -> ColumnElement[bool]:
    """Not recorded after the day on which the prisoner died: after death nothing changes what was.

    `death` is the stay in which he died, where it was looked up for the prisoner and need not be for each record.
    """
    if death is not None:
        before_its_end = record.c.recorded_at < EndOfDay(death.c.left_on)
        return or_(death.c.id.is_(None), ~record.c.recorded_known, before_its_end)
    died = TABLES["stay"].alias("died")
    after_death = (
        select(died.c.id)
        .where(
            died.c.person_id == record.c.person_id,
            died.c.departure_reason == word("DIED"),
            record.c.recorded_known,
            record.c.recorded_at >= EndOfDay(died.c.left_on),
        )
        .correlate(record)
    )
    return ~after_death.exists()


def died_in(death: FromClause, stay: FromClause) -> ColumnElement[bool]:
    """The stay in which the prisoner died, of whichever stay it is asked; of two the earlier."""
    other = TABLES["stay"].alias("died_before")
    earlier = or_(other.c.left_on < death.c.left_on, and_(other.c.left_on == death.c.left_on, other.c.id < death.c.id))
    before = select(other.c.id).where(
        other.c.person_id == death.c.person_id, other.c.departure_reason == word("DIED"), earlier
    )
    is_death = and_(death.c.person_id == stay.c.person_id, death.c.departure_reason == word("DIED"))
    return and_(is_death, ~before.correlate(death).exists())


def begun_by(another: FromClause, stay: FromClause, day: ColumnElement[Any]) -> ColumnElement[bool]:
    """Another stay of his had begun by the day: what happened on a day of out and back is of the later stay."""
    return (
        select(another.c.id)
        .where(
            another.c.person_id == stay.c.person_id,
            stands(another),
            another.c.arrived_on > stay.c.arrived_on,
            another.c.arrived_on <= day,
        )
        .correlate_except(another)
        .exists()
    )


def counted_in(stay: FromClause, session: FromClause, death: FromClause) -> tuple[ColumnElement[bool], ...]:
    """It is a counted session of this stay, up to the day: as the index on prisoner and day has them."""
    return (
        session.c.person_id == stay.c.person_id,
        session.c.held_on >= stay.c.arrived_on,
        session.c.held_on <= as_of,
        counted(session, death),
    )
