"""Everything that is recorded of one prisoner, and what a line of his chronology is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from keyworker_cli.rules.facts.audit import RecordStamp
from keyworker_cli.rules.facts.care import Acct, AcctReview, EventRecord, NeedRaised
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.officers import Allocation, StatusSpell
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.facts.sessions import Amended, NoteRead, SessionHeld
from keyworker_cli.rules.facts.stays import Away, Merge, Moved, Stay, VoidStay
from keyworker_cli.rules.facts.voice import AnswerGiven
from keyworker_cli.rules.stays.after_death import died_on, in_time, recorded_in_time


class EntryKind(StrEnum):
    """What an entry of a chronology is about."""

    ARRIVAL = "ARRIVAL"
    MERGE = "MERGE"
    ALLOCATION = "ALLOCATION"
    ALLOCATION_END = "ALLOCATION_END"
    NO_KEY_WORKER = "NO_KEY_WORKER"
    WORKER_AWAY = "WORKER_AWAY"
    ROTA = "ROTA"
    OVERDUE_LIST = "OVERDUE_LIST"
    SEE_TODAY = "SEE_TODAY"
    MOVE = "MOVE"
    AWAY = "AWAY"
    BACK = "BACK"
    EVENT = "EVENT"
    EVENT_END = "EVENT_END"
    ACCT = "ACCT"
    ACCT_REVIEW = "ACCT_REVIEW"
    SESSION = "SESSION"
    SHORT_CONTACT = "SHORT_CONTACT"
    ENTRY = "ENTRY"
    REFUSED = "REFUSED"
    DID_NOT_ATTEND = "DID_NOT_ATTEND"
    CANCELLED = "CANCELLED"
    VOIDED = "VOIDED"
    NEED = "NEED"
    NEED_CLOSED = "NEED_CLOSED"
    NOTE = "NOTE"
    NOTE_READ = "NOTE_READ"
    ASKED = "ASKED"
    OUT_OF_SCOPE = "OUT_OF_SCOPE"
    DEPARTURE = "DEPARTURE"
    DEATH = "DEATH"


class Mark(NamedTuple):
    """Who recorded something and when; `known` is false where the moment is only that of an import."""

    by: str
    at: datetime
    known: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a chronology. `minute` counts from midnight; `None` is not known, or the day as a whole.

    `what` says what happened without why he matters, `details` the rest, `note` the words written about it. `mark` is
    `None` for what only follows from other records. `late` is how many days after it happened it was recorded, where
    that is late; `after_death` marks what was recorded after he died, of the time before. `amended` is what was
    corrected since, the earliest first.
    """

    on: date
    kind: EntryKind
    what: str
    minute: int | None = None
    details: str = ""
    note: str | None = None
    mark: Mark | None = None
    late: int | None = None
    after_death: bool = False
    amended: tuple[Amended, ...] = ()


class WorkerTime(NamedTuple):
    """What an officer had on the rota while key worker, whether there, and until when a rota is recorded."""

    slots: Sequence[Slot]
    statuses: Sequence[StatusSpell]
    rota_until: date | None


@dataclass(frozen=True, slots=True)
class RecordHistory:
    """Everything recorded of one prisoner, of all his stays.

    `contacts` has his contact in each stay, and `times` what his key worker had in each allocation, by their keys.
    """

    prisoner: Person
    stays: Sequence[Stay]
    void_stays: Sequence[VoidStay]
    held: Sequence[Allocation]
    sessions: Sequence[SessionHeld]
    voided: Sequence[SessionHeld]
    amendments: Sequence[Amended]
    moves: Sequence[Moved]
    absences: Sequence[Away]
    events: Sequence[EventRecord]
    accts: Sequence[Acct]
    reviews: Sequence[AcctReview]
    needs: Sequence[NeedRaised]
    merges: Sequence[Merge]
    stamps: Sequence[RecordStamp]
    contacts: Mapping[int, Contact]
    times: Mapping[int, WorkerTime]
    readings: Sequence[NoteRead] = ()
    answers: Sequence[AnswerGiven] = ()

    def in_time(self, record: SessionHeld | EventRecord | Moved | Allocation) -> bool:
        """Return whether a record is part of what was when he died: not recorded after that day."""
        return recorded_in_time(record, died_on(self.stays))

    @property
    def held_in_time(self) -> list[Allocation]:
        """His allocations, without those recorded after the day of his death."""
        return [held for held in self.held if self.in_time(held)]

    @property
    def absences_in_time(self) -> list[Away]:
        """His nights away, without those recorded after the day of his death."""
        return [away for away in self.absences if away.in_time]

    @property
    def accts_in_time(self) -> list[Acct]:
        """His ACCTs, without those recorded after the day of his death."""
        died = died_on(self.stays)
        marks = [(acct, self.recorded("acct", acct.opened_on)) for acct in self.accts]
        return [acct for acct, mark in marks if mark is None or in_time(mark.at, died, known=mark.known)]

    @property
    def reviews_in_time(self) -> list[AcctReview]:
        """The reviews of his ACCTs, without those recorded after the day of his death."""
        died = died_on(self.stays)
        marks = [(review, self.recorded("acct_review", review.due_on)) for review in self.reviews]
        return [review for review, mark in marks if mark is None or in_time(mark.at, died, known=mark.known)]

    def recorded(self, table: str, day: date, row_id: int | None = None) -> Mark | None:
        """Return who recorded the record of a table that begins on a day, and when."""
        stamp = self._stamp(table, day, row_id)
        return Mark(stamp.recorded_by, stamp.recorded_at, stamp.recorded_known) if stamp else None

    def changed(self, table: str, day: date, row_id: int | None = None) -> Mark | None:
        """Return the author and moment of the record's last change; `None` where it was never changed."""
        stamp = self._stamp(table, day, row_id)
        return Mark(stamp.changed_by, stamp.changed_at) if stamp and stamp.changed_at > stamp.recorded_at else None

    def _stamp(self, table: str, day: date, row_id: int | None) -> RecordStamp | None:
        return next(
            (one for one in self.stamps if (one.table, one.day) == (table, day) and row_id in (None, one.row_id)), None
        )
