"""The sample of notes for a manager: five per officer and month, always the same five; and which of them were read.

help: note-quality.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple, Protocol, TypeVar

from keyworker_cli.errors import NotFoundError, RefusedError, UsageError
from keyworker_cli.rules.codes.records import Outcome, SessionType
from keyworker_cli.rules.dates.months import Month
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.dates.still_to_come import refuse_still_to_come
from keyworker_cli.rules.facts.people import Person, Worker
from keyworker_cli.rules.facts.sessions import NoteRead, SessionHeld
from keyworker_cli.rules.lots import lot
from keyworker_cli.rules.say import say_prisoner
from keyworker_cli.rules.sessions.case_note import say_held

SAMPLED: Final = 5


class Drawable(Protocol):
    """A session with a note or without one, and what decides whether it is drawn."""

    @property
    def session_id(self) -> int:
        """Its key."""

    @property
    def prison_number(self) -> str:
        """Whose it is."""

    @property
    def staff_id(self) -> str:
        """Who held it."""

    @property
    def held_on(self) -> date:
        """Its day."""

    @property
    def start_minute(self) -> int | None:
        """When it began, counted from midnight."""

    @property
    def note(self) -> str | None:
        """What was written of it."""


Note = TypeVar("Note", bound=Drawable)


class SampleRead(NamedTuple):
    """How many notes of a month's sample somebody has read, of how many."""

    month: Month
    read: int
    of: int

    @property
    def unread(self) -> int:
        """How many nobody has read."""
        return self.of - self.read


def pick_sample(notes: Iterable[Note], month: Month) -> list[Note]:
    """Return up to five notes of each officer held in a month, by officer and in order of time.

    Which five follows from the month, the officer and the session alone: not from when it is asked, by whom, or what
    stands beside them, so that nobody can pick. Sessions without a note are not among them.
    """
    of_officer: dict[str, list[Note]] = {}
    for note in notes:
        if note.note and month.first_day <= note.held_on <= month.last_day:
            of_officer.setdefault(note.staff_id, []).append(note)
    return [
        note
        for staff_id in sorted(of_officer)
        for note in sorted(sorted(of_officer[staff_id], key=lambda one: _draw(one, month))[:SAMPLED], key=_in_time)
    ]


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


def check_reading(session: SessionHeld, *, read_on: date, today: date, reader_id: int | None) -> None:
    """Refuse a reading on a day to come, before the session, or by the officer who wrote the note."""
    refuse_still_to_come(read_on, today=today, hint="--read-on is the day on which the note was read.")
    if read_on < session.held_on:
        raise RefusedError(
            f"it cannot have been read on {say_date(read_on)}: the session was held on {say_date(session.held_on)}.",
            "check the day: --read-on.",
        )
    if reader_id == session.key_worker_id:
        raise RefusedError(
            f"{session.by} held this session: nobody reads their own note for the sample.",
            "a manager reads it: --user NAME says who you are.",
        )


def _in_time(note: Drawable) -> tuple[date, int, int]:
    return note.held_on, -1 if note.start_minute is None else note.start_minute, note.session_id


def _draw(note: Drawable, month: Month) -> str:
    return lot(month, note.staff_id, note.prison_number, note.held_on, note.start_minute)
