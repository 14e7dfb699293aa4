"""The sample of notes for a manager: five per officer and month, always the same five; and how many were read.

help: note-quality.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple, Protocol, TypeVar

from keyworker_cli.rules.dates.months import Month
from keyworker_cli.rules.facts.sessions import NotesWritten
from keyworker_cli.rules.lots import lot

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


def sample_size(written: Iterable[NotesWritten]) -> int:
    """Return of how many notes the sample of a month is, whichever they are: up to five of each officer."""
    return sum(min(SAMPLED, one.notes) for one in written)


def _in_time(note: Drawable) -> tuple[date, int, int]:
    return note.held_on, -1 if note.start_minute is None else note.start_minute, note.session_id


def _draw(note: Drawable, month: Month) -> str:
    return lot(month, note.staff_id, note.prison_number, note.held_on, note.start_minute)
