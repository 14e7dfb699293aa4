"""Case notes, and what stood around them when they were written."""

from typing import Any

from sqlalchemy import FromClause, Select, and_, func, literal_column, or_, select
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import Date

from keyworker_cli.rules.facts.care import Acct, Event, NeedOfPrisoner
from keyworker_cli.rules.facts.sessions import Noted, TopicsRaised
from keyworker_cli.rules.facts.stays import StayOfPrisoner
from keyworker_cli.store.reads.declare import read, same
from keyworker_cli.store.reads.statements.parts.basics import ONE, ZERO, aliases, since, stands, until, word
from keyworker_cli.store.reads.statements.parts.columns import acct_columns, event_columns, need_columns
from keyworker_cli.store.reads.statements.parts.counted import recorded_in_time
from keyworker_cli.store.schema.tables import TABLES

LAST_NOTES_BUT_ONE: Any = literal_column("9")  # N5: his or the officer's last 10 notes (help: note-quality)
FIRST_DAY: Any = literal_column("'0001-01-01'", Date)


@read(Noted)
def notes_between() -> Select[Any]:
    """Return the completed key worker sessions between the two days, both included, with their notes.

    The outer join keeps the key workers as the start of the search: else every session there ever was is read.
    """
    worker, session, person = aliases("key_worker", "session", "person", names=("worker", "session", "person"))
    return (
        select(*_note_columns(session, person, worker))
        .select_from(worker)
        .outerjoin(session, and_(session.c.key_worker_id == worker.c.id, *held_between(session)))
        .outerjoin(person, person.c.id == session.c.person_id)
        .where(func.coalesce(session.c.id, ZERO) > ZERO)
    )


@read(Noted)
def notes_before_of_prisoners() -> Select[Any]:
    """Return the notes before a day of the prisoners seen from it on: of each the last ten."""
    seen, before, person = _prisoners_seen(), *aliases("session", "person", names=("session", "person"))
    worker = aliases("key_worker", names=("worker",))[0]
    return (
        select(*_note_columns(before, person, worker))
        .select_from(seen)
        .outerjoin(before, _of_the_last_ten(before, seen, "person_id", seen.c.person_id))
        .outerjoin(person, person.c.id == before.c.person_id)
        .outerjoin(worker, worker.c.id == before.c.key_worker_id)
        .where(func.coalesce(before.c.id, ZERO) > ZERO)
    )


@read(Noted)
def notes_before_of_officers() -> Select[Any]:
    """Return the notes before a day of every key worker: of each the last ten."""
    worker, person, before = aliases("key_worker", "person", "session", names=("worker", "person", "session"))
    return (
        select(*_note_columns(before, person, worker))
        .select_from(worker)
        .outerjoin(before, _of_the_last_ten(before, worker, "key_worker_id", worker.c.id))
        .outerjoin(person, person.c.id == before.c.person_id)
        .where(func.coalesce(before.c.id, ZERO) > ZERO)
    )


def _of_the_last_ten(before: FromClause, whose: FromClause, named: str, key: ColumnElement[Any]) -> ColumnElement[bool]:
    """It is one of the last ten noted sessions before the day of whoever is `named` so in a session by their `key`."""
    earlier = aliases("session", names=("earlier",))[0]
    tenth = (
        select(earlier.c.held_on)
        .where(earlier.c[named] == key, earlier.c.held_on < since, *_noted(earlier))
        .order_by(earlier.c.held_on.desc())
        .limit(ONE)
        .offset(LAST_NOTES_BUT_ONE)
        .correlate(whose)
        .scalar_subquery()
    )
    return and_(
        before.c[named] == key,
        before.c.held_on < since,
        before.c.held_on >= func.coalesce(tenth, FIRST_DAY),
        *_noted(before),
    )


@read(StayOfPrisoner)
def stays_of_prisoners_seen() -> Select[Any]:
    """Return the stays of the prisoners seen between the two days, both included, the earliest first."""
    seen, stay = _prisoners_seen(), aliases("stay", names=("stay",))[0]
    return (
        select(stay.c.person_id, stay.c.arrived_on, stay.c.arrival_type, stay.c.left_on)
        .select_from(seen)
        .join(stay, and_(stay.c.person_id == seen.c.person_id, stands(stay)))
        .order_by(stay.c.arrived_on)
    )


@read(Event, as_of=same("until"))
def events_of_prisoners_seen() -> Select[Any]:
    """Return the events of those prisoners up to the second day."""
    seen, event = _prisoners_seen(), aliases("event", names=("event",))[0]
    return (
        select(*event_columns(event))
        .select_from(seen)
        .join(event, event.c.person_id == seen.c.person_id)
        .where(event.c.event_on <= until, recorded_in_time(event))
    )


@read(Acct)
def accts_of_prisoners_seen() -> Select[Any]:
    """Return the ACCTs of those prisoners.

    The outer join keeps the prisoners as the start of the search: else SQLite 3.39 reads every ACCT there ever was.
    """
    seen, acct = _prisoners_seen(), aliases("acct", names=("acct",))[0]
    return (
        select(*acct_columns(acct))
        .select_from(seen)
        .outerjoin(acct, acct.c.person_id == seen.c.person_id)
        .where(func.coalesce(acct.c.id, ZERO) > ZERO, recorded_in_time(acct))
    )


@read(TopicsRaised)
def topics_of_prisoners_seen() -> Select[Any]:
    """Return what was spoken of with those prisoners, from the arrival before the first day to the second."""
    seen, session = _prisoners_seen(), aliases("session", names=("session",))[0]
    stay = TABLES["stay"].alias("begun")
    arrived = (
        select(func.max(stay.c.arrived_on))
        .where(stay.c.person_id == seen.c.person_id, stay.c.arrived_on <= since, stands(stay))
        .correlate(seen)
        .scalar_subquery()
    )
    c = session.c
    of_the_days = (c.held_on >= func.coalesce(arrived, since), c.held_on <= until)
    return (
        select(c.person_id, c.held_on, c.start_minute, c.type, c.outcome, c.topics, c.declined_topics)
        .select_from(seen)
        .outerjoin(session, and_(c.person_id == seen.c.person_id, *of_the_days, *_completed(session)))
        .where(func.coalesce(c.id, ZERO) > ZERO, recorded_in_time(session))
    )


@read(NeedOfPrisoner)
def needs_of_prisoners_seen() -> Select[Any]:
    """Return what was to be done for those prisoners between the two days, the earliest raised first."""
    seen, need = _prisoners_seen(), aliases("need", names=("need",))[0]
    return (
        select(*need_columns(need))
        .select_from(seen)
        .join(need, need.c.person_id == seen.c.person_id)
        .where(need.c.raised_on <= until, or_(need.c.closed_on.is_(None), need.c.closed_on >= since))
        .where(recorded_in_time(need))
        .order_by(need.c.raised_on, need.c.id)
    )


def _completed(session: FromClause) -> tuple[ColumnElement[bool], ...]:
    """A key worker session that was held and not voided, of any length."""
    return (
        session.c.voided_at.is_(None),
        session.c.type == word("KS"),
        session.c.outcome == word("COMPLETED"),
    )


def held_between(session: FromClause) -> tuple[ColumnElement[bool], ...]:
    """A completed key worker session held between the two days, both included."""
    return (
        session.c.held_on >= since,
        session.c.held_on <= until,
        *_completed(session),
        _is_more_than_a_date(session),
        recorded_in_time(session),
    )


def _is_more_than_a_date(session: FromClause) -> ColumnElement[bool]:
    """Of a last date from a unit's list nobody has to have written a note: it is all that is known."""
    return func.coalesce(session.c.source, word("")) != word("UNIT_LIST")


def _noted(session: FromClause) -> tuple[ColumnElement[bool], ...]:
    return *_completed(session), session.c.note.is_not(None), recorded_in_time(session)


def _prisoners_seen() -> FromClause:
    """The prisoners with a completed key worker session from one day to another, found by who held it."""
    worker, session = aliases("key_worker", "session", names=("worker_seeing", "seen_in"))
    return (
        select(session.c.person_id)
        .select_from(worker)
        .outerjoin(session, and_(session.c.key_worker_id == worker.c.id, *held_between(session)))
        .where(func.coalesce(session.c.person_id, ZERO) > ZERO)
        .distinct()
        .subquery("person_seen")
    )


def _note_columns(session: FromClause, person: FromClause, worker: FromClause) -> tuple[Any, ...]:
    c = session.c
    return (
        c.id.label("session_id"),
        c.person_id,
        person.c.prison_number,
        person.c.last_name,
        person.c.first_name,
        c.key_worker_id,
        worker.c.staff_id,
        worker.c.last_name.label("worker_last_name"),
        worker.c.first_name.label("worker_first_name"),
        c.held_on,
        c.start_minute,
        c.minutes,
        c.mode,
        c.place,
        c.topics,
        c.declined_topics,
        c.note,
        c.note_at,
        c.prisoner_said,
        c.next_session_on,
        c.recorded_at,
        c.recorded_known,
    )
