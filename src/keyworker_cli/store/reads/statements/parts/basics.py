"""The pieces that many statements are made of: parameters, who is here, what holds on a day."""

from typing import Any

from sqlalchemy import FromClause, String, and_, bindparam, case, func, literal_column, or_, select
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import Date, Integer

from keyworker_cli.store.schema.tables import TABLES

ONE: Any = literal_column("1")
ZERO: Any = literal_column("0")
as_of: Any = bindparam("as_of", type_=Date)
until: Any = bindparam("until", type_=Date)
since: Any = bindparam("since", type_=Date)
session_min_minutes: Any = bindparam("session_min_minutes", type_=Integer)
door_places: Any = bindparam("door_places", type_=String)
person_id: Any = bindparam("person_id", type_=Integer)
key_worker_id: Any = bindparam("key_worker_id", type_=Integer)
prison_number: Any = bindparam("number", type_=String)
staff_id: Any = bindparam("staff_id", type_=String)
login: Any = bindparam("login", type_=String)
on: Any = bindparam("on", type_=Date)


def word(value: str) -> ColumnElement[str]:
    """Return a code as it stands in the SQL: fixed, so not a parameter."""
    return literal_column(f"'{value}'", String)


def table(name: str) -> FromClause:
    """A table by its name."""
    return TABLES[name]


def aliases(*tables: str, names: tuple[str, ...]) -> tuple[FromClause, ...]:
    """Tables under other names, so that one statement may ask the same table twice."""
    return tuple(TABLES[table].alias(name) for table, name in zip(tables, names, strict=True))


def said_name(person: FromClause) -> Any:
    """A person's name as it is said."""
    return person.c.first_name + literal_column("' '") + person.c.last_name


def stands(stay: FromClause) -> ColumnElement[bool]:
    """A stay that was: not one of a prisoner who never came, which is void and in no count."""
    return stay.c.voided_at.is_(None)


def is_present(stay: FromClause) -> tuple[ColumnElement[bool], ...]:
    """Here at the end of the day: arrived, and not left (help: dates)."""
    return stands(stay), stay.c.arrived_on <= as_of, or_(stay.c.left_on.is_(None), stay.c.left_on > as_of)


def prisoner_of(stay: FromClause) -> Any:
    """The prisoner of a stay, for what is searched from the stays on.

    By the bare column it may walk all there ever was.
    """
    return func.coalesce(stay.c.person_id, ZERO)


def not_ended(column: ColumnElement[Any], day: ColumnElement[Any] = as_of) -> ColumnElement[bool]:
    """An end that has not come by the day: none recorded, or a later one."""
    return or_(column.is_(None), column > day)


def held_on_the_day(
    held: FromClause, prisoner: ColumnElement[int], day: ColumnElement[Any] = as_of
) -> ColumnElement[bool]:
    """The allocation that holds at the end of the day: allocated_on <= day < ended_on."""
    return and_(held.c.person_id == prisoner, held.c.allocated_on <= day, not_ended(held.c.ended_on, day))


def counts_from(held: FromClause) -> Any:
    """The day from which an allocation counts: one recorded before he came counts from his arrival."""
    stay, next_stay = TABLES["stay"].alias("of_stay"), TABLES["stay"].alias("next_stay")
    in_a_stay = select(stay.c.id).where(
        stay.c.person_id == held.c.person_id,
        stands(stay),
        stay.c.arrived_on <= held.c.allocated_on,
        or_(stay.c.left_on.is_(None), stay.c.left_on >= held.c.allocated_on),
    )
    arrival = select(func.min(next_stay.c.arrived_on)).where(
        next_stay.c.person_id == held.c.person_id, stands(next_stay), next_stay.c.arrived_on > held.c.allocated_on
    )
    later_on = func.coalesce(arrival.correlate(held).scalar_subquery(), held.c.allocated_on)
    return case((in_a_stay.correlate(held).exists(), held.c.allocated_on), else_=later_on)


def held_a_day(held: FromClause) -> ColumnElement[bool]:
    """It was not corrected on the day it began: such an allocation held no day, and counts nowhere."""
    return or_(held.c.ended_on.is_(None), held.c.ended_on > held.c.allocated_on)


def published(slot: FromClause) -> ColumnElement[bool]:
    """It had been published by the end of the day: before that it did not exist."""
    return or_(slot.c.published_on.is_(None), slot.c.published_on <= as_of)


def later(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    """The later of two days."""
    return case((one > other, one), else_=other)


def in_force_on(spell: FromClause, worker: Any, day: ColumnElement[Any]) -> ColumnElement[bool]:
    """The officer's status spell that holds on a day: the latest begun, unless it has returned or run out by itself."""
    later = TABLES["worker_status"].alias("newer")
    newest = select(func.max(later.c.from_on)).where(later.c.key_worker_id == worker, later.c.from_on <= day)
    return and_(
        spell.c.key_worker_id == worker,
        spell.c.from_on == newest.correlate_except(later).scalar_subquery(),
        still_away(spell, day),
    )


def unavailable_on(spell: FromClause, worker: Any, day: ColumnElement[Any]) -> ColumnElement[bool]:
    """The officer was not there to do key work on that day."""
    return and_(in_force_on(spell, worker, day), spell.c.status != word("ACTIVE"))


def still_away(spell: FromClause, day: ColumnElement[Any]) -> ColumnElement[bool]:
    """The status spell has not run out by the day; only annual leave ends by itself on the day of return."""
    leave = spell.c.status == word("UNAVAILABLE_ANNUAL_LEAVE")
    returned = and_(leave, spell.c.return_on.is_not(None), spell.c.return_on <= day)
    return and_(~returned, or_(spell.c.until_on.is_(None), spell.c.until_on > day))
