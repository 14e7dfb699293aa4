"""Which notes there are to draw a sample of, and who read which."""

from typing import Any

from sqlalchemy import FromClause, Select, and_, func, select

from keyworker_cli.rules.facts.sessions import NoteDrawn, NoteRead, NotesWritten
from keyworker_cli.store.reads.declare import read
from keyworker_cli.store.reads.statements.notes import held_between
from keyworker_cli.store.reads.statements.parts.basics import ONE, ZERO, aliases, as_of, person_id, since, until


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


@read(NotesWritten)
def notes_written() -> Select[Any]:
    """Return how many sessions with a note each officer held between the two days."""
    worker, session = aliases("key_worker", "session", names=("worker", "session"))
    noted = and_(session.c.key_worker_id == worker.c.id, *held_between(session), session.c.note.is_not(None))
    return (
        select(worker.c.id.label("key_worker_id"), func.count(session.c.id).label("notes"))
        .select_from(worker)
        .outerjoin(session, noted)
        .group_by(worker.c.id)
    )


def _reading_columns(reading: FromClause) -> tuple[Any, ...]:
    c = reading.c
    return (
        c.id.label("reading_id"),
        *(c.session_id, c.read_on, c.read_by, c.found, c.action),
        *(c.recorded_at, c.recorded_by, c.recorded_known, c.voided_at),
    )
