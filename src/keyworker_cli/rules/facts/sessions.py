"""Sessions, their notes, and what was corrected in them."""

from datetime import date, datetime
from typing import NamedTuple

from keyworker_cli.rules.facts.names import full_name


class FirstSession(NamedTuple):
    """The first counted session of a prisoner's stay, and who held it."""

    person_id: int
    held_on: date
    staff_id: str
    last_name: str
    first_name: str

    @property
    def by(self) -> str:
        """The name of the key worker who held it."""
        return full_name(self.first_name, self.last_name)


class SessionHeld(NamedTuple):
    """One session of a prisoner, held or not, and its key worker. `start_minute` counts from midnight."""

    session_id: int
    key_worker_id: int
    staff_id: str
    last_name: str
    first_name: str
    held_on: date
    start_minute: int | None
    type: str
    minutes: int | None
    outcome: str
    mode: str
    place: str | None
    topics: str | None
    declined_topics: str | None
    note: str | None
    note_at: datetime | None
    prisoner_said: str | None
    next_session_on: date | None
    recorded_at: datetime
    recorded_by: str
    recorded_known: bool

    @property
    def by(self) -> str:
        """The name of the key worker who held it."""
        return full_name(self.first_name, self.last_name)


class NoteDrawn(NamedTuple):
    """A session with a note, of which only the first letter is there: what decides whether it is drawn to be read."""

    session_id: int
    person_id: int
    prison_number: str
    key_worker_id: int
    staff_id: str
    held_on: date
    start_minute: int | None
    note: str | None


class NotesWritten(NamedTuple):
    """How many sessions with a note an officer held between two days."""

    key_worker_id: int
    notes: int


class NoteRead(NamedTuple):
    """What somebody found in the note of a session, in words, and what is to be done."""

    reading_id: int
    session_id: int
    read_on: date
    read_by: str
    found: str
    action: str | None
    recorded_at: datetime
    recorded_by: str
    recorded_known: bool
    voided_at: datetime | None


class Amended(NamedTuple):
    """One field of a session corrected: what it said and what it says now, as stored, by whom and why."""

    session_id: int
    amended_at: datetime
    field: str
    old: str | None
    new: str | None
    why: str
    by: str


class OfficerSession(NamedTuple):
    """The day, start and minutes of an officer's session, to see whether it overlaps another."""

    session_id: int
    person_id: int
    prison_number: str
    last_name: str
    first_name: str
    start_minute: int | None
    minutes: int | None


class TopicsRaised(NamedTuple):
    """What was raised with a prisoner in a session, or declined by him: codes of topics, joined by `;`."""

    person_id: int
    held_on: date
    start_minute: int | None
    type: str
    outcome: str
    topics: str | None
    declined_topics: str | None


class CountedSession(NamedTuple):
    """A prisoner's counted session, as far as it says what was raised, or declined, and who held it."""

    person_id: int
    held_on: date
    start_minute: int | None
    topics: str | None
    declined_topics: str | None
    key_worker_id: int


class SessionsCounted(NamedTuple):
    """How many counted sessions a prisoner had between two days, and the last of them."""

    person_id: int
    sessions: int
    last_on: date | None


class Noted(NamedTuple):
    """A completed key worker session with its case note, as far as the note can be checked (help: note-quality).

    `note` is `None` where none was written yet, `note_at` where it is not known when it was added to the session.
    """

    session_id: int
    person_id: int
    prison_number: str
    last_name: str
    first_name: str
    key_worker_id: int
    staff_id: str
    worker_last_name: str
    worker_first_name: str
    held_on: date
    start_minute: int | None
    minutes: int | None
    mode: str
    place: str | None
    topics: str | None
    declined_topics: str | None
    note: str | None
    note_at: datetime | None
    prisoner_said: str | None
    next_session_on: date | None
    recorded_at: datetime
    recorded_known: bool

    @property
    def name(self) -> str:
        """The prisoner's name as it is said."""
        return full_name(self.first_name, self.last_name)

    @property
    def by(self) -> str:
        """The name of the key worker who held it."""
        return full_name(self.worker_first_name, self.worker_last_name)
