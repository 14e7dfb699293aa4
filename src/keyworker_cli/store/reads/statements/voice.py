"""What prisoners answered when they were asked, and who read which note."""

from typing import Any

from sqlalchemy import FromClause, Select, and_, func, select

from keyworker_cli.rules.facts.sessions import NoteDrawn, NoteRead
from keyworker_cli.rules.facts.voice import AnswerGiven, OwnAnswer
from keyworker_cli.store.reads.declare import read
from keyworker_cli.store.reads.statements.counted import counted
from keyworker_cli.store.reads.statements.notes import held_between
from keyworker_cli.store.reads.statements.parts import (
    ONE,
    ZERO,
    aliases,
    as_of,
    held_on_the_day,
    person_id,
    since,
    stands,
    table,
    until,
)
from keyworker_cli.store.schema.tables import TABLES


@read(AnswerGiven)
def answers_of() -> Select[Any]:
    """Return what a prisoner answered, day by day, what was taken back too."""
    c = table("voice_answer").c
    return (
        select(
            c.id.label("answer_id"),
            *(c.asked_on, c.asked_by, c.wing, c.key_worker_said, c.key_worker_id, c.last_talk_said, c.last_talk_on),
            *(c.spoke_freely, c.voided_at, c.recorded_at, c.recorded_by, c.recorded_known),
        )
        .where(c.person_id == person_id)
        .order_by(c.asked_on)
    )


@read(OwnAnswer)
def own_answers() -> Select[Any]:
    """Return what prisoners answered between the two days, both included, beside what the record says."""
    answer, person, stay = aliases("voice_answer", "person", "stay", names=("answer", "person", "stay"))
    held = TABLES["allocation"].alias("held")
    c = answer.c
    return (
        select(
            *(c.person_id, person.c.prison_number, person.c.first_name, person.c.last_name),
            *(c.asked_on, c.asked_by, c.wing, c.key_worker_said, c.key_worker_id, c.last_talk_said, c.last_talk_on),
            *(c.spoke_freely, held.c.key_worker_id.label("holder_id")),
            _last_counted_by(answer, stay).label("last_session_on"),
            stay.c.records_from,
        )
        .select_from(answer)
        .join(person, person.c.id == c.person_id)
        .outerjoin(held, held_on_the_day(held, c.person_id, c.asked_on))
        .outerjoin(stay, stay.c.id == _stay_of(answer))
        .where(c.asked_on >= since, c.asked_on <= until, c.voided_at.is_(None))
        .order_by(c.asked_on, person.c.prison_number)
    )


@read(NoteRead)
def readings_between() -> Select[Any]:
    """Return who read the notes of sessions held between the two days, up to a day, and what they found."""
    reading, session = aliases("note_reading", "session", names=("reading", "session"))
    return (
        select(*_reading_columns(reading))
        .select_from(reading)
        .join(session, session.c.id == reading.c.session_id)
        .where(
            session.c.held_on >= since,
            session.c.held_on <= until,
            reading.c.read_on >= since,  # where the index begins: no note is read before its session
            reading.c.read_on <= as_of,
            reading.c.voided_at.is_(None),
        )
        .order_by(reading.c.read_on, reading.c.id)
    )


@read(NoteRead)
def readings_of() -> Select[Any]:
    """Return who read the notes of a prisoner's sessions, and what they found, what was taken back too."""
    reading, session = aliases("note_reading", "session", names=("reading", "session"))
    return (
        select(*_reading_columns(reading))
        .select_from(session)
        .outerjoin(reading, reading.c.session_id == session.c.id)
        .where(
            session.c.person_id == person_id,
            session.c.voided_at.is_(None),
            func.coalesce(reading.c.id, ZERO) > ZERO,
        )
        .order_by(session.c.held_on, reading.c.id)
    )


@read(NoteDrawn)
def notes_to_draw() -> Select[Any]:
    """Return the sessions with a note between the two days, of which a sample is drawn, without its words."""
    worker, session, person = aliases("key_worker", "session", "person", names=("worker", "session", "person"))
    c = session.c
    return (
        select(
            c.id.label("session_id"),
            *(c.person_id, person.c.prison_number, worker.c.id.label("key_worker_id"), worker.c.staff_id, c.held_on),
            *(c.start_minute, func.substr(c.note, ONE, ONE).label("note")),
        )
        .select_from(worker)
        .outerjoin(session, and_(c.key_worker_id == worker.c.id, *held_between(session), c.note.is_not(None)))
        .outerjoin(person, person.c.id == c.person_id)
        .where(func.coalesce(c.id, ZERO) > ZERO)
    )


def _reading_columns(reading: FromClause) -> tuple[Any, ...]:
    c = reading.c
    return (
        c.id.label("reading_id"),
        *(c.session_id, c.read_on, c.read_by, c.found, c.action),
        *(c.recorded_at, c.recorded_by, c.recorded_known, c.voided_at),
    )


def _stay_of(answer: FromClause) -> Any:
    """The stay that the day of an answer lies in: the latest begun by then."""
    begun = TABLES["stay"].alias("begun")
    return (
        select(begun.c.id)
        .where(begun.c.person_id == answer.c.person_id, begun.c.arrived_on <= answer.c.asked_on, stands(begun))
        .order_by(begun.c.arrived_on.desc())
        .limit(ONE)
        .correlate(answer)
        .scalar_subquery()
    )


def _last_counted_by(answer: FromClause, stay: FromClause) -> Any:
    """The day of the last counted session of that stay up to the day of the answer."""
    session = TABLES["session"].alias("seen")
    return (
        select(func.max(session.c.held_on))
        .where(
            session.c.person_id == answer.c.person_id,
            session.c.held_on >= stay.c.arrived_on,
            session.c.held_on <= answer.c.asked_on,
            counted(session),
        )
        .correlate(answer, stay)
        .scalar_subquery()
    )
