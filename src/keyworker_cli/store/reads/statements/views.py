"""The views for analysts: prisoners, officers, sessions and gaps by number and name, nothing to join (help: query).

They say what kw's own lists say, since they are made of the same pieces. A parameter of a list is, in a view, looked up
in the database: the day in `v_today`, the rest in the settings.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, Final

from sqlalchemy import FromClause, Select, String, and_, case, func, literal_column, or_, select
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import Integer

from keyworker_cli.rules.codes.words import ARRIVAL_WORDS, AWAY_WORDS, plain_words
from keyworker_cli.rules.markers.table import KINDS
from keyworker_cli.rules.settings import Settings
from keyworker_cli.store.reads.sql_text import sql_of
from keyworker_cli.store.reads.statements.contact import on_the_day
from keyworker_cli.store.reads.statements.parts.basics import (
    aliases,
    as_of,
    counts_from,
    held_a_day,
    held_on_the_day,
    in_force_on,
    is_present,
    later,
    published,
    stands,
    word,
)
from keyworker_cli.store.reads.statements.parts.counted import counted, died_in, recorded_in_time
from keyworker_cli.store.reads.statements.parts.last_session import last_counted
from keyworker_cli.store.reads.statements.parts.moves import is_cell, last_cell, last_move
from keyworker_cli.store.schema.column_types import MinutesBetween


class Spelled(FunctionElement[Any]):
    """What a file and a server each spell in their own way: a template for each, with a place for each argument."""

    inherit_cache = True
    on_file: ClassVar[str]
    on_server: ClassVar[str]


@compiles(Spelled)
def _spelled(element: Spelled, compiler: Any, **kwargs: Any) -> str:
    arguments = (compiler.process(argument, **kwargs) for argument in element.clauses)
    template = element.on_file if compiler.dialect.name == "sqlite" else element.on_server
    return template.format(*arguments)


class DaysBetween(Spelled):
    """How many days one day lies before another."""

    type = Integer()
    inherit_cache = True
    on_file = "CAST(julianday({1}) - julianday({0}) AS INTEGER)"
    on_server = "({1} - {0})"


class WingOf(Spelled):
    """The wing of a cell: what stands before its first dash."""

    type = String()
    inherit_cache = True
    on_file = "substr({0}, 1, instr({0}, '-') - 1)"
    on_server = "split_part({0}, '-', 1)"


class TimeOf(Spelled):
    """A minute of the day as `09:05`."""

    type = String()
    inherit_cache = True
    on_file = "CASE WHEN {0} IS NOT NULL THEN printf('%02d:%02d', {0} / 60, {0} % 60) END"
    on_server = "(lpad(({0} / 60)::text, 2, '0') || ':' || lpad(mod({0}, 60)::text, 2, '0'))"


def _name_of(one: FromClause) -> ColumnElement[str]:
    return one.c.last_name.concat(literal_column("', '")).concat(one.c.first_name)


def _in_words(column: ColumnElement[Any], words: Mapping[Any, str]) -> ColumnElement[str]:
    """A code in its words; one without words of its own in small letters."""
    plain: ColumnElement[str] = func.replace(func.lower(column), word("_"), word(" "))
    known = {code: said for code, said in words.items() if said != plain_words(code.value)}
    if not known:
        return plain
    return case(*((column == word(code), _quoted(said)) for code, said in known.items()), else_=plain)


def _quoted(text: str) -> ColumnElement[str]:
    doubled = text.replace("'", "''")
    return literal_column(f"'{doubled}'", String)


def _setting(key: str) -> str:
    """What looks a number up among the settings; its default where the prison has set none."""
    return f"coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = '{key}'), {Settings().get(key)})"


def _words_setting(key: str) -> str:
    """What looks up a list of words among the settings, as they are compared: `;cell door;hatch;`."""
    value = f"coalesce((SELECT value FROM setting WHERE key = '{key}'), '{Settings().get(key)}')"
    return f"(';' || replace(replace(lower({value}), '; ', ';'), ' ;', ';') || ';')"


LOOKED_UP: Final = {
    "as_of": "(SELECT day FROM v_today)",
    "session_min_minutes": _setting("session.min_minutes"),
    "door_places": _words_setting("session.uncounted_places"),
}
"""Each parameter of kw's lists, and where a view finds it."""

_LONDON: Final = (
    "date('now', CASE WHEN datetime('now') >= datetime(strftime('%Y-03-25', 'now'), 'weekday 0', '+1 hour') "
    "AND datetime('now') < datetime(strftime('%Y-10-25', 'now'), 'weekday 0', '+1 hour') "
    "THEN '+1 hour' ELSE '+0 hours' END)"
)
TODAY: Final = {
    "sqlite": f"SELECT {_LONDON} AS day",
    "postgresql": "SELECT coalesce(nullif(current_setting('kw.as_of', true), '')::date, "
    "(now() AT TIME ZONE 'Europe/London')::date) AS day",
}
"""The day of the views: today in London; on a server that of `kw.as_of`, where a reader has set it."""


def v_prisoner() -> Select[Any]:
    """Everybody who has been here, one row each, with the latest stay: where, since when, whose."""
    person, stay, newer = aliases("person", "stay", "stay", names=("person", "stay", "newer"))
    moved, held, worker = aliases("move", "allocation", "key_worker", names=("moved", "held", "worker"))
    latest_stay = select(func.max(newer.c.arrived_on)).where(
        newer.c.person_id == person.c.id, stands(newer), newer.c.arrived_on <= as_of
    )
    place, cell = _place_and_cell(stay, moved)
    here = _is_here(stay)
    return (
        select(
            person.c.prison_number,
            person.c.last_name,
            person.c.first_name,
            person.c.date_of_birth,
            case((here, word("yes")), else_=word("no")).label("here"),
            place.label("location"),
            WingOf(cell).label("wing"),
            stay.c.arrived_on,
            _in_words(stay.c.arrival_type, ARRIVAL_WORDS).label("arrived_by"),
            case((~here, stay.c.left_on)).label("left_on"),
            case((~here, _in_words(stay.c.departure_reason, {}))).label("left_by"),
            stay.c.out_of_scope_from,
            stay.c.out_of_scope_reason,
            worker.c.staff_id,
            _name_of(worker).label("key_worker"),
        )
        .select_from(person)
        .join(stay, stay.c.person_id == person.c.id)
        .outerjoin(held, and_(held_on_the_day(held, person.c.id), recorded_in_time(held)))
        .outerjoin(worker, worker.c.id == held.c.key_worker_id)
        .outerjoin(moved, last_move(stay, moved))
        .where(stands(stay), stay.c.arrived_on == latest_stay.correlate(person).scalar_subquery())
        .order_by(person.c.last_name, person.c.first_name, person.c.prison_number)
    )


def v_key_worker() -> Select[Any]:
    """Every officer who is or was a key worker: wing, capacity, status, and how many prisoners they have."""
    worker, spell, held, stay = aliases(
        *("key_worker", "worker_status", "allocation", "stay"), names=("worker", "spell", "held", "stay")
    )
    theirs = (
        select(func.count())
        .select_from(held)
        .join(stay, stay.c.person_id == held.c.person_id)
        .where(
            held.c.key_worker_id == worker.c.id,
            held_on_the_day(held, held.c.person_id),
            recorded_in_time(held),
            *is_present(stay),
            _in_scope(stay),
        )
    )
    return (
        select(
            worker.c.staff_id,
            worker.c.last_name,
            worker.c.first_name,
            worker.c.wing,
            func.coalesce(worker.c.capacity, literal_column(_setting("capacity.default"))).label("capacity"),
            func.coalesce(_in_words(spell.c.status, {}), word("active")).label("status"),
            spell.c.return_on,
            theirs.correlate(worker).scalar_subquery().label("prisoners"),
        )
        .select_from(worker)
        .outerjoin(spell, in_force_on(spell, worker.c.id, as_of))
        .order_by(worker.c.last_name, worker.c.first_name, worker.c.staff_id)
    )


def v_allocation() -> Select[Any]:
    """Every allocation that held a day, from the day that it counts from."""
    person, held, worker = aliases("person", "allocation", "key_worker", names=("person", "held", "worker"))
    return (
        select(
            person.c.prison_number,
            _name_of(person).label("prisoner"),
            worker.c.staff_id,
            _name_of(worker).label("key_worker"),
            counts_from(held).label("allocated_on"),
            _in_words(held.c.allocation_reason, {}).label("allocated_as"),
            held.c.allocated_by,
            held.c.acknowledged_on,
            held.c.ended_on,
            _in_words(held.c.end_reason, {}).label("ended_as"),
        )
        .select_from(held)
        .join(person, person.c.id == held.c.person_id)
        .join(worker, worker.c.id == held.c.key_worker_id)
        .where(held_a_day(held))
        .order_by(person.c.prison_number, held.c.allocated_on)
    )


def v_session() -> Select[Any]:
    """Every session and entry that stands, without its note; `counted` says whether it takes him off the list."""
    person, session, worker = aliases("person", "session", "key_worker", names=("person", "session", "worker"))
    return (
        select(
            person.c.prison_number,
            _name_of(person).label("prisoner"),
            worker.c.staff_id,
            _name_of(worker).label("key_worker"),
            session.c.held_on,
            TimeOf(session.c.start_minute).label("start"),
            case((session.c.type == word("KS"), word("session")), else_=word("entry")).label("type"),
            _in_words(session.c.outcome, {}).label("outcome"),
            session.c.minutes,
            case((counted(session), word("yes")), else_=word("no")).label("counted"),
            _in_words(session.c.mode, {}).label("mode"),
            session.c.place,
            func.replace(func.lower(session.c.topics), word("_"), word(" ")).label("topics"),
            session.c.next_session_on,
            session.c.recorded_at,
            session.c.recorded_by,
        )
        .select_from(session)
        .join(person, person.c.id == session.c.person_id)
        .join(worker, worker.c.id == session.c.key_worker_id)
        .where(session.c.voided_at.is_(None), session.c.held_on <= as_of)
        .order_by(session.c.held_on, session.c.start_minute, person.c.prison_number)
    )


def v_slot() -> Select[Any]:
    """Time for key work on the rota, and what became of it."""
    slot, worker = aliases("rota_slot", "key_worker", names=("slot", "worker"))
    return (
        select(
            worker.c.staff_id,
            _name_of(worker).label("key_worker"),
            worker.c.wing,
            slot.c.slot_on.label("day"),
            TimeOf(slot.c.start_minute).label("start"),
            TimeOf(slot.c.end_minute).label("end"),
            MinutesBetween(slot.c.slot_on, slot.c.start_minute, slot.c.end_minute).label("minutes"),
            _in_words(slot.c.status, {}).label("status"),
            _in_words(slot.c.reason, {}).label("reason"),
            slot.c.published_on,
        )
        .select_from(slot)
        .join(worker, worker.c.id == slot.c.key_worker_id)
        .where(published(slot))
        .order_by(slot.c.slot_on, slot.c.start_minute, worker.c.staff_id)
    )


def v_event() -> Select[Any]:
    """What happened to a prisoner or is known of them; whether it raises a priority on a day, `kw why` says."""
    person, event = aliases("person", "event", names=("person", "event"))
    return (
        select(
            person.c.prison_number,
            _name_of(person).label("prisoner"),
            event.c.code,
            _in_words(event.c.code, {code: kind.name for code, kind in KINDS.items()}).label("event"),
            event.c.event_on.label("day"),
            TimeOf(event.c.at_minute).label("time"),
            event.c.until_on,
            _in_words(event.c.confidence, {}).label("confidence"),
            event.c.detail,
            event.c.source,
            event.c.recorded_at,
            event.c.recorded_by,
        )
        .select_from(event)
        .join(person, person.c.id == event.c.person_id)
        .where(event.c.event_on <= as_of)
        .order_by(event.c.event_on, event.c.at_minute, person.c.prison_number)
    )


def v_gap() -> Select[Any]:
    """How long each prisoner here and in scope has had no key work: the days and states of `kw overdue`."""
    person, stay, last = aliases("person", "stay", "session", names=("person", "stay", "last"))
    held, worker, holder = aliases("allocation", "key_worker", "key_worker", names=("held", "worker", "holder"))
    moved, absence, death = aliases("move", "absence", "stay", names=("moved", "absence", "death"))
    place, cell = _place_and_cell(stay, moved, death)
    since = func.coalesce(last.c.held_on, stay.c.arrived_on)
    days: Any = DaysBetween(since, as_of)
    gap_days: Any = literal_column(_setting("gap.days"), Integer)
    serious_days: Any = literal_column(_setting("gap.serious_days"), Integer)
    return (
        select(
            person.c.prison_number,
            person.c.last_name,
            person.c.first_name,
            place.label("location"),
            WingOf(cell).label("wing"),
            worker.c.staff_id,
            _name_of(worker).label("key_worker"),
            stay.c.arrived_on,
            last.c.held_on.label("last_session_on"),
            _name_of(holder).label("last_session_by"),
            since.label("since"),
            days.label("days"),
            case(
                (days < gap_days, word("ok")),
                (days == gap_days, word("due")),
                (days <= later(serious_days, gap_days), word("overdue")),
                else_=word("serious"),
            ).label("state"),
            case((last.c.id.is_(None), word("yes")), else_=word("no")).label("never_seen"),
            _in_words(absence.c.reason, AWAY_WORDS).label("away"),
            as_of.label("as_of"),
        )
        .select_from(stay)
        .join(person, person.c.id == stay.c.person_id)
        .outerjoin(death, died_in(death, stay))
        .outerjoin(held, and_(held_on_the_day(held, stay.c.person_id), recorded_in_time(held, death)))
        .outerjoin(worker, worker.c.id == held.c.key_worker_id)
        .outerjoin(last, last.c.id == last_counted(stay, death))
        .outerjoin(holder, holder.c.id == last.c.key_worker_id)
        .outerjoin(moved, last_move(stay, moved, death))
        .outerjoin(absence, and_(on_the_day(stay, absence), recorded_in_time(absence, death)))
        .where(*is_present(stay), _in_scope(stay))
        .order_by(days.desc(), person.c.prison_number)
    )


def _is_here(stay: FromClause) -> ColumnElement[bool]:
    return or_(stay.c.left_on.is_(None), stay.c.left_on > as_of)


def _in_scope(stay: FromClause) -> ColumnElement[bool]:
    return or_(stay.c.out_of_scope_from.is_(None), stay.c.out_of_scope_from > as_of)


def _place_and_cell(
    stay: FromClause, moved: FromClause, death: FromClause | None = None
) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """Where somebody is, and the cell whose wing they are counted on."""
    place = func.coalesce(moved.c.location, stay.c.location)
    stays_put = or_(moved.c.location.is_(None), is_cell(moved.c.location))
    return place, case((stays_put, place), else_=func.coalesce(last_cell(stay, death), stay.c.location))


VIEWS: Final[dict[str, Callable[[], Select[Any]]]] = {
    view.__name__: view for view in (v_prisoner, v_key_worker, v_allocation, v_session, v_slot, v_event, v_gap)
}
"""The views, each by its name; `v_today` stands before them."""


def view_statements(spoken: Dialect) -> Iterator[tuple[str, str]]:
    """Yield each view's name and what it selects, `v_today` first, in the SQL of a file or of a server."""
    yield "v_today", TODAY[spoken.name]
    for name, statement in VIEWS.items():
        sql = sql_of(statement(), spoken)
        for parameter, found in LOOKED_UP.items():
            sql = sql.replace(f":{parameter}", found)
        yield name, sql
