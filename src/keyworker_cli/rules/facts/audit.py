"""The audit, the settings, the last backup, and when things were recorded."""

from datetime import date, datetime
from typing import NamedTuple


class RecordStamp(NamedTuple):
    """Who recorded one of a prisoner's records and when, and the same for the version it now has.

    `table` and the `day` it begins on say which record: a prisoner has one of each kind on a day, but for needs.
    """

    table: str
    row_id: int
    day: date
    recorded_at: datetime
    recorded_by: str
    recorded_known: bool
    changed_at: datetime
    changed_by: str


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
    `head_on` is the line that had the hash looked for: 0 before the first, `None` where there is none. `latest` is the
    latest moment of any line, as it is stored.
    """

    lines: int
    hash: str
    first_bad: int | None
    what: str | None
    head_on: int | None
    latest: str | None


class AuditHead(NamedTuple):
    """Where the audit ends: how many lines it has, and the hash of the last one."""

    lines: int
    hash: str


class AuditUser(NamedTuple):
    """Somebody who has written anything, by the name that is kept with it."""

    name: str


class NewestSession(NamedTuple):
    """The latest day of which there is a session or entry, whatever came of it; `None` where there is none."""

    held_on: date | None


class NewestRecords(NamedTuple):
    """The latest day of which there is a record of each kind but sessions; `None` where there is none."""

    allocated_on: date | None
    arrived_on: date | None
    left_on: date | None
    moved_on: date | None
    away_on: date | None
    event_on: date | None
    acct_on: date | None
    need_on: date | None
    slot_on: date | None
    status_on: date | None


class FirstRecords(NamedTuple):
    """The first day of which there is an arrival, a session and a slot; `None` where there is none."""

    arrived_on: date | None
    held_on: date | None
    slot_on: date | None


class SettledCases(NamedTuple):
    """How often records that contradicted each other were settled in one way, and one that it was done with."""

    action: str
    number: int
    key: str


class LastBackup(NamedTuple):
    """The last backup: its line in the audit, when it was made (`backup`) or came back (`restore`), and its file."""

    line: int
    at: datetime
    action: str
    file: str


class RecordingTime(NamedTuple):
    """When a session was recorded, and the key worker's wing. `recorded_known` is false for a moment of import."""

    key_worker_id: int
    wing: str | None
    held_on: date
    recorded_at: datetime
    recorded_known: bool


class FirstAction(NamedTuple):
    """What the first line of the audit says was done."""

    action: str


class SettingValue(NamedTuple):
    """A setting this prison has changed."""

    key: str
    value: str
