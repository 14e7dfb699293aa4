"""What is known, as frozen facts: the only thing a rule ever sees. Nothing here knows where a fact came from.

A fact is a named tuple, so that 87,000 of them cost little. Dates are civil dates, Europe/London; moments are UTC.
"""

from datetime import UTC, date, datetime
from typing import NamedTuple


def moment_text(moment: datetime) -> str:
    """Return a moment as fixed-width text, so that the order of the text is the order of time."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def full_name(first_name: str, last_name: str) -> str:
    """Return a person's name as it is said."""
    return f"{first_name} {last_name}"


def wing_of(location: str | None) -> str | None:
    """Return the wing of a cell, the part before the first dash; a non-cell place such as SEG has none (DOMAIN 2)."""
    return location.partition("-")[0] if location and "-" in location else None


class Contact(NamedTuple):
    """One man present on the day asked about, and everything his four clocks need (DOMAIN 3.3).

    Dates of sessions are of this stay; `last_*` is his last counted session, by anyone; `met_on` his first counted
    session with his current key worker since that allocation began. `cell` is the last cell he was in, which keeps his
    wing while he is in a non-cell place. `refusals_since` and `events_since` are dated after his last counted session.
    """

    person_id: int
    prison_number: str
    last_name: str
    first_name: str
    date_of_birth: date | None
    arrived_on: date
    arrival_type: str
    location: str | None
    cell: str | None
    out_of_scope_from: date | None
    out_of_scope_reason: str | None
    away: str | None
    away_from: date | None
    key_worker_id: int | None
    staff_id: str | None
    worker_last_name: str | None
    worker_first_name: str | None
    worker_wing: str | None
    worker_status: str | None
    worker_status_from: date | None
    worker_return_on: date | None
    allocated_on: date | None
    allocated_by: str | None
    acknowledged_on: date | None
    last_ended_on: date | None
    last_session_on: date | None
    last_session_minute: int | None
    last_session_staff_id: str | None
    last_session_last_name: str | None
    last_session_first_name: str | None
    met_on: date | None
    refusals_since: int
    events_since: int

    @property
    def name(self) -> str:
        """His name as it is said."""
        return full_name(self.first_name, self.last_name)

    @property
    def wing(self) -> str | None:
        """His wing; in a non-cell place, the wing he came from."""
        return wing_of(self.location) or wing_of(self.cell)

    @property
    def worker_name(self) -> str | None:
        """His key worker's name, or `None` without one."""
        if self.worker_last_name is None:
            return None
        return full_name(self.worker_first_name or "", self.worker_last_name)

    @property
    def last_session_by(self) -> str | None:
        """The name of whoever held his last counted session."""
        if self.last_session_last_name is None:
            return None
        return full_name(self.last_session_first_name or "", self.last_session_last_name)

    @property
    def never_seen(self) -> bool:
        """No counted session in this stay."""
        return self.last_session_on is None

    @property
    def clock_from(self) -> date:
        """Where his contact gap runs from: his last counted session, or his arrival."""
        return self.last_session_on or self.arrived_on


class RotaSince(NamedTuple):
    """The time his current key worker had on the rota since a man was last seen (the window of DOMAIN 3.6)."""

    person_id: int
    slots: int
    worked: int
    worked_minutes: int
    lost: int
    unconfirmed: int


class Slot(NamedTuple):
    """Time on an officer's rota and what is recorded of it; `unavailable` is his status that day unless ACTIVE."""

    slot_id: int
    key_worker_id: int
    staff_id: str
    last_name: str
    first_name: str
    wing: str | None
    slot_on: date
    start_minute: int
    end_minute: int
    status: str
    reason: str | None
    published_on: date | None
    unavailable: str | None

    @property
    def name(self) -> str:
        """The officer's name as it is said."""
        return full_name(self.first_name, self.last_name)

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return self.end_minute - self.start_minute


class FirstSession(NamedTuple):
    """The first counted session of a man's stay, and who held it."""

    person_id: int
    held_on: date
    staff_id: str
    last_name: str
    first_name: str

    @property
    def by(self) -> str:
        """The name of whoever held it."""
        return full_name(self.first_name, self.last_name)


class Acquaintance(NamedTuple):
    """An officer who has held a counted session with a man in this stay, and when last."""

    person_id: int
    key_worker_id: int
    last_on: date


class PlannedSession(NamedTuple):
    """A man's place in a day's plan that was kept, and what is recorded of it since.

    `slot_status` and `slot_reason` are those of the slot it lay in, `None` where that is no longer on the rota;
    `unavailable` is the officer's status that day unless ACTIVE. `seen_*` is whoever held a counted session with the
    man that day; `outcome` is what became of one that was offered, where none was held.
    """

    plan_on: date
    person_id: int
    prison_number: str
    last_name: str
    first_name: str
    staff_id: str
    worker_last_name: str
    worker_first_name: str
    start_minute: int
    end_minute: int
    slot_status: str | None
    slot_reason: str | None
    unavailable: str | None
    seen_staff_id: str | None
    seen_last_name: str | None
    seen_first_name: str | None
    outcome: str | None

    @property
    def name(self) -> str:
        """His name as it is said."""
        return full_name(self.first_name, self.last_name)

    @property
    def worker_name(self) -> str:
        """The officer's name who was to see him."""
        return full_name(self.worker_first_name, self.worker_last_name)

    @property
    def seen_by(self) -> str | None:
        """The name of whoever saw him that day."""
        return None if self.seen_last_name is None else full_name(self.seen_first_name or "", self.seen_last_name)


class NextSlot(NamedTuple):
    """The next time an officer has on the rota, today included; `minutes` are those of the next 14 days."""

    key_worker_id: int
    slot_on: date
    start_minute: int
    end_minute: int


class LastSlot(NamedTuple):
    """The latest time an officer had on the rota, whatever became of it."""

    key_worker_id: int
    slot_on: date
    start_minute: int
    end_minute: int


class OfficerSlot(NamedTuple):
    """The latest day, up to the one asked about, on which an officer had time on the rota, whatever became of it."""

    key_worker_id: int
    slot_on: date


class LatestSlot(NamedTuple):
    """The latest day up to the one asked about for which a wing has any rota recorded; its own wing may be unknown."""

    wing: str | None
    slot_on: date


class Officer(NamedTuple):
    """A key worker as of a day: status, places, and how many men he has. Without a status he is ACTIVE.

    `capacity` is his own, `None` where the setting holds. `last_auto_at` is his most recent AUTO allocation.
    `minutes_ahead` are those of his slots in the next 14 days.
    """

    key_worker_id: int
    staff_id: str
    last_name: str
    first_name: str
    login: str | None
    wing: str | None
    capacity: int | None
    status: str | None
    status_from: date | None
    return_on: date | None
    allocated: int
    last_auto_at: datetime | None
    last_auto_on: date | None
    minutes_ahead: int

    @property
    def name(self) -> str:
        """His name as it is said."""
        return full_name(self.first_name, self.last_name)

    @property
    def active(self) -> bool:
        """There to do key work on that day."""
        return self.status in (None, "ACTIVE")


class FormerWorker(NamedTuple):
    """A key worker whom a man had before, and when that ended."""

    person_id: int
    staff_id: str
    ended_on: date


class Person(NamedTuple):
    """A man found by number or name: his main number, and where he is if he is here."""

    person_id: int
    prison_number: str
    last_name: str
    first_name: str
    date_of_birth: date | None
    arrived_on: date | None
    left_on: date | None
    departure_reason: str | None
    location: str | None

    @property
    def name(self) -> str:
        """His name as it is said."""
        return full_name(self.first_name, self.last_name)


class Worker(NamedTuple):
    """A key worker found by staff id, login or name."""

    key_worker_id: int
    staff_id: str
    last_name: str
    first_name: str
    login: str | None
    wing: str | None
    capacity: int | None

    @property
    def name(self) -> str:
        """His name as it is said."""
        return full_name(self.first_name, self.last_name)


class StatusSpell(NamedTuple):
    """A spell of an officer's status: from a day until, and not on, the earlier of the two others."""

    status: str
    from_on: date
    return_on: date | None
    until_on: date | None
    recorded_at: datetime
    recorded_by: str
    recorded_known: bool


class Stay(NamedTuple):
    """One stay of a man."""

    stay_id: int
    arrived_on: date
    arrival_type: str
    location: str | None
    left_on: date | None
    departure_reason: str | None
    out_of_scope_from: date | None
    out_of_scope_reason: str | None


class Held(NamedTuple):
    """One allocation of a man, live or ended."""

    allocation_id: int
    key_worker_id: int
    staff_id: str
    last_name: str
    first_name: str
    allocated_on: date
    allocated_at: datetime | None
    allocation_reason: str
    allocated_by: str | None
    because: str | None
    acknowledged_on: date | None
    ended_on: date | None
    end_reason: str | None
    ended_by: str | None
    recorded_at: datetime
    recorded_by: str
    recorded_known: bool

    @property
    def name(self) -> str:
        """The key worker's name."""
        return full_name(self.first_name, self.last_name)


class SessionHeld(NamedTuple):
    """One session of a man, held or not, by whoever held it. `start_minute` counts from midnight."""

    session_id: int
    key_worker_id: int
    staff_id: str
    last_name: str
    first_name: str
    held_on: date
    start_minute: int | None
    type: str
    minutes: int
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
        """The name of whoever held it."""
        return full_name(self.first_name, self.last_name)


class Amended(NamedTuple):
    """One field of a session corrected: what it said and what it says now, as stored, by whom and why."""

    session_id: int
    amended_at: datetime
    field: str
    old: str | None
    new: str | None
    why: str
    by: str


class Stamp(NamedTuple):
    """Who recorded one of a man's records and when, and the same for the version it now has.

    `table` and the `day` it begins on say which record: a man has one of each kind on a day, but for needs.
    """

    table: str
    row_id: int
    day: date
    recorded_at: datetime
    recorded_by: str
    recorded_known: bool
    changed_at: datetime
    changed_by: str


class OfficerSession(NamedTuple):
    """A session that an officer holds on a day, as far as it can overlap another."""

    session_id: int
    person_id: int
    prison_number: str
    last_name: str
    first_name: str
    start_minute: int | None
    minutes: int


class Event(NamedTuple):
    """An event of a man, as far as it decides his priority (DOMAIN 5). `at_minute` counts from midnight.

    `until_on` is the day from which it no longer holds. `next_seen_on` is his first counted session since, asked for
    where a marker runs until then, else `None`.
    """

    person_id: int
    code: str
    event_on: date
    at_minute: int | None
    until_on: date | None
    confidence: str | None
    next_seen_on: date | None


class EventRecord(NamedTuple):
    """An event as it is recorded, with its words and who recorded it when."""

    event_id: int
    person_id: int
    code: str
    event_on: date
    at_minute: int | None
    until_on: date | None
    confidence: str | None
    next_seen_on: date | None
    detail: str | None
    source: str | None
    recorded_at: datetime
    recorded_by: str
    recorded_known: bool

    @property
    def event(self) -> Event:
        """The same, as far as it decides his priority."""
        return Event(*self[1:8])


class Acct(NamedTuple):
    """An ACCT of a man: open until `closed_on`, in post-closure until that review is held."""

    person_id: int
    opened_on: date
    closed_on: date | None
    review_due_on: date | None
    review_held_on: date | None


class AcctReview(NamedTuple):
    """A review of a man's ACCT, due or held, and his key worker's part in it; `None` is not recorded."""

    due_on: date
    held_on: date | None
    invited: bool | None
    contribution: str | None


class ReviewOfMan(NamedTuple):
    """An ACCT review with whose it is, and the key worker he had, or has, on the day of it (DOMAIN 6, INTERFACE 3).

    `post_closure` marks the review that follows the end of an ACCT. `slots` are the times on that key worker's rota on
    the day it is due, or was held; `absent` those of them recorded as ABSENT; `unavailable` his status then unless
    ACTIVE.
    """

    person_id: int
    prison_number: str
    last_name: str
    first_name: str
    due_on: date
    held_on: date | None
    invited: bool | None
    contribution: str | None
    post_closure: bool
    staff_id: str | None
    worker_last_name: str | None
    worker_first_name: str | None
    unavailable: str | None
    slots: int
    absent: int

    @property
    def name(self) -> str:
        """His name as it is said."""
        return full_name(self.first_name, self.last_name)

    @property
    def worker_name(self) -> str | None:
        """His key worker's name, or `None` without one."""
        if self.worker_last_name is None:
            return None
        return full_name(self.worker_first_name or "", self.worker_last_name)


class NeedRaised(NamedTuple):
    """Something to be done for a man, open until it is closed."""

    need_id: int
    raised_on: date
    text: str
    owner: str | None
    due_on: date | None
    closed_on: date | None
    outcome: str | None


class OfCaseload(NamedTuple):
    """An allocation of a man here that holds, and what its key worker has done in it.

    `sessions` are the counted ones he has held with him since it began, `last_met_on` the latest of them.
    """

    allocation_id: int
    person_id: int
    prison_number: str
    allocated_on: date
    allocation_reason: str
    allocated_by: str | None
    because: str | None
    acknowledged_on: date | None
    sessions: int
    last_met_on: date | None


class ReviewDue(NamedTuple):
    """An ACCT review of a man that is still to be held; whether his key worker is invited may not be known."""

    person_id: int
    due_on: date
    key_worker_invited: bool | None


class OpenNeed(NamedTuple):
    """Something still to be done for a man: by whom and by when, where that is known."""

    person_id: int
    raised_on: date
    text: str
    owner: str | None
    due_on: date | None


class TopicsRaised(NamedTuple):
    """What was raised with a man in a session, or declined by him: codes of topics, joined by `;`."""

    person_id: int
    held_on: date
    start_minute: int | None
    type: str
    outcome: str
    topics: str | None
    declined_topics: str | None


class MovedAway(NamedTuple):
    """A man who was given another key worker because his own was not there: whose he had been, from and until when."""

    person_id: int
    prison_number: str
    last_name: str
    first_name: str
    allocated_on: date
    ended_on: date

    @property
    def name(self) -> str:
        """His name as it is said."""
        return full_name(self.first_name, self.last_name)


class NeedOfMan(NamedTuple):
    """Something to be done for a man, with whose it is."""

    person_id: int
    need_id: int
    raised_on: date
    text: str
    owner: str | None
    due_on: date | None
    closed_on: date | None
    outcome: str | None


class Noted(NamedTuple):
    """A completed key worker session with its case note, as far as the note can be checked (DOMAIN 6).

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
    minutes: int
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
        """The man's name as it is said."""
        return full_name(self.first_name, self.last_name)

    @property
    def by(self) -> str:
        """The name of whoever held it."""
        return full_name(self.worker_first_name, self.worker_last_name)


class StayOfMan(NamedTuple):
    """A stay with whose it is and how it began."""

    person_id: int
    arrived_on: date
    arrival_type: str
    left_on: date | None


class NumberOfMan(NamedTuple):
    """A further prison number of a man, beside his main one."""

    person_id: int
    number: str


class Away(NamedTuple):
    """Nights away: on each day from `from_on` up to, and not on, `to_on`."""

    reason: str
    from_on: date
    to_on: date | None


class Moved(NamedTuple):
    """A move of a man to another place in the prison, and who recorded it when."""

    move_id: int
    moved_on: date
    location: str
    recorded_at: datetime
    recorded_by: str
    recorded_known: bool


class OtherNumber(NamedTuple):
    """A prison number that is a man's beside his main one."""

    number: str


class Merge(NamedTuple):
    """Two numbers found to be one man's. `moved` is JSON: what of the other number's record was joined to his."""

    merge_id: int
    merged_person_id: int
    merged_number: str
    merged_on: date
    why: str | None
    moved: str


class StaySpan(NamedTuple):
    """A stay, as far as it decides which days count; `cell` is the last cell he was in, which says his wing."""

    person_id: int
    arrived_on: date
    left_on: date | None
    out_of_scope_from: date | None
    cell: str | None


class Beginning(NamedTuple):
    """A stay and how it began: where he was put, when he first had a key worker in it, when he was first seen.

    `first_allocated_on` and `first_seen_on` are `None` while that has not been; the first may lie before his arrival.
    """

    person_id: int
    arrived_on: date
    left_on: date | None
    out_of_scope_from: date | None
    location: str | None
    first_allocated_on: date | None
    first_seen_on: date | None

    @property
    def stay(self) -> StaySpan:
        """The stay itself."""
        return StaySpan(*self[:5])


class CellMove(NamedTuple):
    """A man's move to another cell."""

    person_id: int
    moved_on: date
    location: str


class AbsenceSpan(NamedTuple):
    """A man's nights away: on each day from `from_on` up to, and not on, `to_on`."""

    person_id: int
    from_on: date
    to_on: date | None


class AllocationSpan(NamedTuple):
    """A man's key worker from one day up to, and not on, another."""

    person_id: int
    key_worker_id: int
    allocated_on: date
    ended_on: date | None


class TimeHeld(NamedTuple):
    """The time of a session or entry that was completed, and whose it was."""

    person_id: int
    key_worker_id: int
    held_on: date
    start_minute: int | None
    type: str
    minutes: int


class AuditLine(NamedTuple):
    """One line of the audit: who wrote what, when, and with which command. `before` and `after` are JSON texts."""

    line: int
    at: datetime
    user: str
    command: str
    action: str
    table: str
    key: str
    before: str | None
    after: str | None
    hash: str


class AuditCheck(NamedTuple):
    """What a check of the whole audit has found. `hash` is the head's, that of the last line that fits.

    `first_bad` is the first line that does not fit, and `what` is wrong with it; `None` when the audit is sound.
    `head_on` is the line that had the hash looked for: 0 before the first, `None` where there is none.
    """

    lines: int
    hash: str
    first_bad: int | None
    what: str | None
    head_on: int | None


class AuditHead(NamedTuple):
    """Where the audit ends: how many lines it has, and the hash of the last one."""

    lines: int
    hash: str


class LastBackup(NamedTuple):
    """The last backup: its line in the audit, when it was made (`backup`) or came back (`restore`), and its file."""

    line: int
    at: datetime
    action: str
    file: str


class StaysOverlap(NamedTuple):
    """Two stays of one man of which the second began before the first ended."""

    prison_number: str
    arrived_on: date
    left_on: date | None
    again_on: date


class RecordingTime(NamedTuple):
    """When a session was recorded, and the wing of whoever held it. `recorded_known` false: as of its import."""

    key_worker_id: int
    wing: str | None
    held_on: date
    recorded_at: datetime
    recorded_known: bool


class PlacePlanned(NamedTuple):
    """A man's place in a plan that was kept: with which officer and when; minutes count from midnight."""

    person_id: int
    key_worker_id: int
    staff_id: str
    last_name: str
    first_name: str
    start_minute: int
    end_minute: int

    @property
    def by(self) -> str:
        """The name of the officer who was to see him."""
        return full_name(self.first_name, self.last_name)


class LatestDeparture(NamedTuple):
    """The latest day on which anybody left."""

    left_on: date


class FirstAction(NamedTuple):
    """What the first line of the audit says was done."""

    action: str


class SettingValue(NamedTuple):
    """A setting this prison has changed."""

    key: str
    value: str
