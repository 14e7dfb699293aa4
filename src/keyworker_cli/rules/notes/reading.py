"""A manager's reading of a note: which note is meant, when it can have been read, and which reading is the latest.

help: note-quality.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from keyworker_cli.errors import NotFoundError, RefusedError, UsageError
from keyworker_cli.rules.codes.records import Outcome, SessionType
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.dates.still_to_come import refuse_still_to_come
from keyworker_cli.rules.facts.people import Person, Worker
from keyworker_cli.rules.facts.sessions import NoteRead, SessionHeld
from keyworker_cli.rules.say import say_prisoner
from keyworker_cli.rules.sessions.case_note import say_held


class Reading(NamedTuple):
    """What somebody found in a note, and what is to be done; `reader` is their key worker record, if they have one."""

    found: str
    action: str | None
    read_on: date
    read_by: str
    reader: Worker | None


def latest_readings(readings: Iterable[NoteRead]) -> dict[int, NoteRead]:
    """Return the latest reading of each session's note; of two on one day the one recorded last."""
    return {one.session_id: one for one in sorted(readings, key=lambda one: one.read_on)}


def note_to_read(
    prisoner: Person, sessions: Iterable[SessionHeld], *, on: date | None, by: Worker | None
) -> SessionHeld:
    """Return the session whose note is meant: the only one of that day and officer, or the prisoner's latest.

    Raises `NotFoundError` where there is none with a note, `UsageError` where several of one day could be meant.
    """
    noted = [
        one
        for one in sessions
        if one.type == SessionType.KS
        and one.outcome == Outcome.COMPLETED
        and one.note
        and on in (None, one.held_on)
        and (by is None or by.key_worker_id == one.key_worker_id)
    ]
    if not noted:
        narrowed = (f" on {say_date(on)}" if on else "") + (f" with {by.name}" if by else "")
        raise NotFoundError(
            f"no session of {say_prisoner(prisoner)}{narrowed} has a note.",
            "kw notes sample lists the notes to read.",
        )
    if on is not None and len(noted) > 1:
        raise UsageError(
            f"{len(noted)} notes of {say_date(on)} could be meant:",
            "--by says who held the session.",
            tuple(f"{say_held(one)}, {one.by}" for one in noted),
        )
    return noted[0]


def check_reading(session: SessionHeld, reading: Reading, *, today: date) -> None:
    """Refuse a reading on a day to come, before the session, or by the officer who wrote the note."""
    read_on = reading.read_on
    refuse_still_to_come(read_on, today=today, hint="--read-on is the day on which the note was read.")
    if read_on < session.held_on:
        raise RefusedError(
            f"it cannot have been read on {say_date(read_on)}: the session was held on {say_date(session.held_on)}.",
            "check the day: --read-on.",
        )
    if reading.reader is not None and reading.reader.key_worker_id == session.key_worker_id:
        raise RefusedError(
            f"{session.by} held this session: nobody reads their own note for the sample.",
            "a manager reads it: --user NAME says who you are.",
        )
