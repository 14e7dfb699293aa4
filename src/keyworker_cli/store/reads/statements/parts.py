"""The pieces that many statements are made of: parameters, who is here, what counts, what holds on a day."""

from typing import Any

from sqlalchemy import FromClause, String, and_, bindparam, case, func, literal_column, or_, select
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import Date, Integer

from keyworker_cli.rules.markers.table import UNTIL_SEEN
from keyworker_cli.store.schema.column_types import EndOfDay
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
words: Any = bindparam("words", type_=String)
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
    """A stay that was: not one of a man who never came, which is void and in no count."""
    return stay.c.voided_at.is_(None)


def is_present(stay: FromClause) -> tuple[ColumnElement[bool], ...]:
    """Here at the end of the day: arrived, and not left (help: dates)."""
    return stands(stay), stay.c.arrived_on <= as_of, or_(stay.c.left_on.is_(None), stay.c.left_on > as_of)


def man_of(stay: FromClause) -> Any:
    """The man of a stay, for what is searched from the stays on: by the bare column it may walk all there ever was."""
    return func.coalesce(stay.c.person_id, ZERO)


def not_ended(column: ColumnElement[Any]) -> ColumnElement[bool]:
    """An end that has not come by the day: none recorded, or a later one."""
    return or_(column.is_(None), column > as_of)


def held_on_the_day(held: FromClause, man: ColumnElement[int]) -> ColumnElement[bool]:
    """The allocation that holds at the end of the day: allocated_on <= day < ended_on."""
    return and_(held.c.person_id == man, held.c.allocated_on <= as_of, not_ended(held.c.ended_on))


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
    """Not recorded after the day on which the man died: after death nothing changes what was.

    `death` is the stay in which he died, where it was looked up for the man and need not be for each record.
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
    """The stay in which the man died, of whichever stay it is asked; of two the earlier."""
    other = TABLES["stay"].alias("died_before")
    earlier = or_(other.c.left_on < death.c.left_on, and_(other.c.left_on == death.c.left_on, other.c.id < death.c.id))
    before = select(other.c.id).where(
        other.c.person_id == death.c.person_id, other.c.departure_reason == word("DIED"), earlier
    )
    is_death = and_(death.c.person_id == stay.c.person_id, death.c.departure_reason == word("DIED"))
    return and_(is_death, ~before.correlate(death).exists())


def in_order_of_the_key(session: FromClause) -> tuple[ColumnElement[Any], ...]:
    """By day and start, an unknown start first: the order of the index `session_key`, so that nothing is sorted."""
    start = func.coalesce(session.c.start_minute, literal_column("-1"))
    return session.c.held_on, start, session.c.key_worker_id, session.c.type


def published(slot: FromClause) -> ColumnElement[bool]:
    """It had been published by the end of the day: before that it did not exist."""
    return or_(slot.c.published_on.is_(None), slot.c.published_on <= as_of)


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


def later(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    """The later of two days."""
    return case((one > other, one), else_=other)


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


def is_cell(location: ColumnElement[Any]) -> ColumnElement[bool]:
    """A place in a prison that is a cell."""
    return location.like(literal_column("'%-%'"))


def moved_in(stay: FromClause, move: FromClause) -> ColumnElement[bool]:
    """A move of this stay, up to the day."""
    return and_(move.c.person_id == stay.c.person_id, move.c.moved_on >= stay.c.arrived_on, move.c.moved_on <= as_of)


def last_cell(stay: FromClause) -> Any:
    """The last cell that a move up to the day took him to."""
    move = TABLES["move"].alias("moved_to_cell")
    return (
        select(move.c.location)
        .where(moved_in(stay, move), is_cell(move.c.location))
        .order_by(*latest_move_first(move))
        .limit(ONE)
        .correlate(stay)
        .scalar_subquery()
    )


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


def begins_a_word(column: ColumnElement[str]) -> ColumnElement[bool]:
    """`words` (casefolded, `%` and `_` escaped) begins a word of the search name, which itself begins with a space."""
    return column.like(literal_column("'% '").concat(words).concat(literal_column("'%'")), escape="\\")
