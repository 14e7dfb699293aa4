"""The tables, and in them everything that must never be: one live allocation to a prisoner, no end before its start.

Each record says when and by whom it was recorded and last changed; what it said before a change is kept in a table of
the same name with `_past` behind it, so that what was known at any moment can be read again (help: late-recording).
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    func,
    literal_column,
    text,
)
from sqlalchemy.schema import SchemaItem
from sqlmodel import Field, SQLModel

from keyworker_cli.rules.codes import records as codes
from keyworker_cli.rules.codes.signals import Confidence, MarkerCode
from keyworker_cli.store.schema.column_types import Moment

STRICT = {"sqlite_strict": True}
DAY = 24 * 60


def one_of(column: str, kind: type[StrEnum]) -> CheckConstraint:
    """Refuse every value of a column that is not a code of this kind."""
    listed = ", ".join(f"'{member.value}'" for member in kind)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_code")


def not_before(start: str, end: str) -> CheckConstraint:
    """Refuse an end before its start."""
    return CheckConstraint(f"{end} >= {start}", name=f"{end}_not_before_{start}")


def minute_of_day(column: str, last: int = DAY - 1) -> CheckConstraint:
    """Refuse a number that is not a minute of the day, counted from midnight."""
    return CheckConstraint(f"{column} BETWEEN 0 AND {last}", name=f"{column}_of_day")


def person_key() -> Any:
    """Refer to the prisoner this row is about."""
    return Field(foreign_key="person.id")


class Recorded(SQLModel):
    """What every record carries: who recorded it and when, and the same for the version it now has.

    `recorded_known` is false where an import did not say when: the moment is then that of the import.
    """

    id: int | None = Field(default=None, primary_key=True)
    recorded_at: datetime = Field(sa_type=Moment)
    recorded_by: str
    recorded_known: bool = True
    changed_at: datetime = Field(sa_type=Moment)
    changed_by: str


class Person(Recorded, table=True):
    """A prisoner under all his numbers: the surrogate key that outlives a merge."""

    __tablename__ = "person"
    __table_args__ = (STRICT,)
    prison_number: str = Field(unique=True)
    last_name: str
    first_name: str
    search_name: str
    date_of_birth: date | None = None


class PersonNumber(Recorded, table=True):
    """Each prison number, and whose it is; a prisoner may have had several."""

    __tablename__ = "person_number"
    __table_args__ = (Index("person_number_person", "person_id"), STRICT)
    number: str = Field(unique=True)
    person_id: int = person_key()


class Stay(Recorded, table=True):
    """One stay in this prison, from arrival to departure (help: movements).

    `records_from` is the day from which kw's records of it begin, where he was here before; the same day as
    `arrived_on` where only that is known, and not since when. One that never was, of a prisoner who did not come, is
    voided: kept and readable, in no count.
    `left_recorded_at` is when its end was recorded, empty where that is not known.
    """

    __tablename__ = "stay"
    __table_args__ = (
        Index(
            "stay_key",
            "person_id",
            "arrived_on",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
        ),
        Index(
            "stay_one_open",
            "person_id",
            unique=True,
            sqlite_where=text("left_on IS NULL AND voided_at IS NULL"),
        ),
        Index("stay_left", "left_on"),
        Index("stay_voided", "person_id", sqlite_where=text("voided_at IS NOT NULL")),
        Index(
            "stay_died",
            "person_id",
            sqlite_where=text("departure_reason = 'DIED'"),
        ),
        one_of("arrival_type", codes.ArrivalType),
        one_of("departure_reason", codes.DepartureReason),
        not_before("arrived_on", "left_on"),
        CheckConstraint("departure_reason IS NULL OR left_on IS NOT NULL", name="departure_has_date"),
        STRICT,
    )
    person_id: int = person_key()
    arrived_on: date
    location: str | None = None
    arrival_type: str = codes.ArrivalType.RECEPTION.value
    left_on: date | None = None
    left_recorded_at: datetime | None = Field(default=None, sa_type=Moment)
    departure_reason: str | None = None
    out_of_scope_from: date | None = None
    out_of_scope_reason: str | None = None
    records_from: date | None = None
    voided_at: datetime | None = Field(default=None, sa_type=Moment)
    voided_why: str | None = None


class Move(Recorded, table=True):
    """A move to another place in the prison, at a minute of its day where that is known."""

    __tablename__ = "move"
    __table_args__ = (minute_of_day("at_minute"), STRICT)
    person_id: int = person_key()
    moved_on: date
    location: str
    at_minute: int | None = None


class KeyWorker(Recorded, table=True):
    """An officer who is, or has been, a key worker. No capacity: the setting `capacity.default` holds.

    `search_name` is written and not read: it cannot go, since the digest of each row in the audit covers it.
    """

    __tablename__ = "key_worker"
    __table_args__ = (
        CheckConstraint("capacity BETWEEN 0 AND 99", name="capacity_range"),
        STRICT,
    )
    staff_id: str = Field(unique=True)
    last_name: str
    first_name: str
    search_name: str
    login: str | None = Field(default=None, unique=True)
    wing: str | None = None
    capacity: int | None = None


class WorkerStatus(Recorded, table=True):
    """A dated spell of a staff status: from `from_on` until, and not on, the earlier of `return_on` and `until_on`."""

    __tablename__ = "worker_status"
    __table_args__ = (
        Index("worker_status_key", "key_worker_id", "from_on", unique=True),
        one_of("status", codes.StaffStatus),
        not_before("from_on", "return_on"),
        not_before("from_on", "until_on"),
        CheckConstraint("status <> 'UNAVAILABLE_ANNUAL_LEAVE' OR return_on IS NOT NULL", name="leave_has_return"),
        STRICT,
    )
    key_worker_id: int = Field(foreign_key="key_worker.id")
    status: str
    from_on: date
    return_on: date | None = None
    until_on: date | None = None


class Allocation(Recorded, table=True):
    """A prisoner's key worker from one day until, and not on, another.

    `ended_recorded_at` is when that end was recorded.
    """

    __tablename__ = "allocation"
    __table_args__ = (
        Index("allocation_key", "person_id", "allocated_on", "key_worker_id", unique=True),
        Index(
            "allocation_one_live",
            "person_id",
            unique=True,
            sqlite_where=text("ended_on IS NULL"),
        ),
        Index("allocation_worker", "key_worker_id", "allocated_on"),
        one_of("allocation_reason", codes.AllocationReason),
        one_of("end_reason", codes.EndReason),
        not_before("allocated_on", "ended_on"),
        CheckConstraint("(ended_on IS NULL) = (end_reason IS NULL)", name="end_has_reason"),
        STRICT,
    )
    person_id: int = person_key()
    key_worker_id: int = Field(foreign_key="key_worker.id")
    allocated_on: date
    allocated_at: datetime | None = Field(default=None, sa_type=Moment)
    allocation_reason: str = codes.AllocationReason.MANUAL.value
    allocated_by: str | None = None
    because: str | None = None
    acknowledged_on: date | None = None
    ended_on: date | None = None
    ended_recorded_at: datetime | None = Field(default=None, sa_type=Moment)
    end_reason: str | None = None
    ended_by: str | None = None


class RotaSlot(Recorded, table=True):
    """Time for key work on an officer's rota, and what became of it. Minutes of the day count from midnight."""

    __tablename__ = "rota_slot"
    __table_args__ = (
        Index("rota_slot_key", "key_worker_id", "slot_on", "start_minute", unique=True),
        Index("rota_slot_day", "slot_on"),
        one_of("status", codes.SlotStatus),
        one_of("reason", codes.LossReason),
        minute_of_day("start_minute"),
        minute_of_day("end_minute", DAY),
        CheckConstraint("end_minute - start_minute >= 15", name="slot_long_enough"),
        STRICT,
    )
    key_worker_id: int = Field(foreign_key="key_worker.id")
    slot_on: date
    start_minute: int
    end_minute: int
    status: str = codes.SlotStatus.PUBLISHED.value
    reason: str | None = None
    published_on: date | None = None


class Session(Recorded, table=True):
    """A session held, refused or missed, with its key worker. Topics are codes joined by `;`.

    A session of the wrong prisoner is voided: kept and readable, in no count. `minutes` is empty for a completed one of
    which they are not known; `source` says which list or record it was taken from, where nobody typed it.
    """

    __tablename__ = "session"
    __table_args__ = (
        Index(
            "session_worker",
            *("key_worker_id", "held_on", "type", "outcome", "minutes", "place", "voided_at"),
            *("person_id", "start_minute", "recorded_known", "recorded_at"),
        ),
        Index(
            "session_voided",
            "person_id",
            sqlite_where=text("voided_at IS NOT NULL"),
        ),
        Index(
            "session_refused",
            "person_id",
            "held_on",
            sqlite_where=text("voided_at IS NULL AND outcome = 'REFUSED'"),
        ),
        one_of("type", codes.SessionType),
        one_of("outcome", codes.Outcome),
        one_of("mode", codes.Mode),
        minute_of_day("start_minute"),
        CheckConstraint("minutes BETWEEN 0 AND 480", name="minutes_range"),
        CheckConstraint(
            "outcome = 'COMPLETED' OR (minutes IS NOT NULL AND minutes = 0)", name="no_minutes_unless_completed"
        ),
        CheckConstraint("minutes > 0 OR type <> 'KS' OR outcome <> 'COMPLETED'", name="a_session_takes_time"),
        one_of("source", codes.SessionSource),
        STRICT,
    )
    person_id: int = person_key()
    key_worker_id: int = Field(foreign_key="key_worker.id")
    held_on: date
    start_minute: int | None = None
    type: str = codes.SessionType.KS.value
    minutes: int | None
    outcome: str = codes.Outcome.COMPLETED.value
    mode: str = codes.Mode.IN_PERSON.value
    place: str | None = None
    topics: str | None = None
    declined_topics: str | None = None
    note: str | None = None
    note_at: datetime | None = Field(default=None, sa_type=Moment)
    prisoner_said: str | None = None
    next_session_on: date | None = None
    voided_at: datetime | None = Field(default=None, sa_type=Moment)
    source: str | None = None


class SessionAmendment(Recorded, table=True):
    """One field of a session corrected: what it said, what it says now, and why. Only ever added to."""

    __tablename__ = "session_amendment"
    __table_args__ = (Index("session_amendment_session", "session_id"), STRICT)
    session_id: int = Field(foreign_key="session.id")
    amended_at: datetime = Field(sa_type=Moment)
    field: str
    old: str | None = None
    new: str | None = None
    why: str


class Event(Recorded, table=True):
    """Something that happened to a prisoner or is known of him, and may raise his priority (help: concerns)."""

    __tablename__ = "event"
    __table_args__ = (
        Index("event_day", "person_id", "event_on"),
        one_of("code", MarkerCode),
        one_of("confidence", Confidence),
        minute_of_day("at_minute"),
        not_before("event_on", "until_on"),
        STRICT,
    )
    person_id: int = person_key()
    code: str
    event_on: date
    at_minute: int | None = None
    until_on: date | None = None
    confidence: str | None = None
    detail: str | None = None
    source: str | None = None


class Absence(Recorded, table=True):
    """Nights away though the stay goes on: away on each day from `from_on` up to, and not on, `to_on`."""

    __tablename__ = "absence"
    __table_args__ = (
        Index("absence_key", "person_id", "from_on", unique=True),
        one_of("reason", codes.AbsenceReason),
        not_before("from_on", "to_on"),
        STRICT,
    )
    person_id: int = person_key()
    reason: str
    from_on: date
    to_on: date | None = None


class Acct(Recorded, table=True):
    """An ACCT: the care plan of a prisoner at risk of suicide or self-harm."""

    __tablename__ = "acct"
    __table_args__ = (
        Index("acct_key", "person_id", "opened_on", unique=True),
        not_before("opened_on", "closed_on"),
        STRICT,
    )
    person_id: int = person_key()
    opened_on: date
    closed_on: date | None = None
    post_closure_review_due: date | None = None
    post_closure_review_held: date | None = None


class AcctReview(Recorded, table=True):
    """An ACCT review due or held, and the key worker's part in it."""

    __tablename__ = "acct_review"
    __table_args__ = (
        Index("acct_review_key", "person_id", "due_on", unique=True),
        Index("acct_review_due", "due_on"),
        one_of("key_worker_contribution", codes.Contribution),
        STRICT,
    )
    person_id: int = person_key()
    due_on: date
    held_on: date | None = None
    key_worker_invited: bool | None = None
    key_worker_contribution: str | None = None


class Need(Recorded, table=True):
    """Something to be done for a prisoner: by whom and by when."""

    __tablename__ = "need"
    __table_args__ = (
        Index("need_key", "person_id", "raised_on", "text", unique=True),
        one_of("outcome", codes.NeedOutcome),
        not_before("raised_on", "closed_on"),
        STRICT,
    )
    person_id: int = person_key()
    raised_on: date
    text: str
    owner: str | None = None
    due_on: date | None = None
    closed_on: date | None = None
    outcome: str | None = None


class NoteReading(Recorded, table=True):
    """What a manager found in a session's note, in words, and what is to be done; one taken back is voided."""

    __tablename__ = "note_reading"
    __table_args__ = (
        Index("note_reading_key", "session_id", "read_by", unique=True),
        Index("note_reading_day", "read_on"),
        STRICT,
    )
    session_id: int = Field(foreign_key="session.id")
    read_on: date
    read_by: str
    found: str
    action: str | None = None
    voided_at: datetime | None = Field(default=None, sa_type=Moment)


class VoiceAnswer(Recorded, table=True):
    """What a prisoner of a month's sample answered, by whom he was asked and when (help: voice).

    `key_worker_id` is the officer he named, `wing` the one he was drawn for. A question that he did not answer is
    empty; one who declined has answered none. One of the wrong prisoner is voided.
    """

    __tablename__ = "voice_answer"
    __table_args__ = (
        Index("voice_answer_key", "person_id", "asked_on", unique=True),
        Index("voice_answer_day", "asked_on"),
        one_of("key_worker_said", codes.KeyWorkerSaid),
        one_of("last_talk_said", codes.LastTalkSaid),
        CheckConstraint("(coalesce(key_worker_said, '') = 'NAMED') = (key_worker_id IS NOT NULL)", name="named_who"),
        CheckConstraint("(coalesce(last_talk_said, '') = 'ON_A_DAY') = (last_talk_on IS NOT NULL)", name="told_when"),
        not_before("last_talk_on", "asked_on"),
        STRICT,
    )
    person_id: int = person_key()
    asked_on: date
    asked_by: str
    wing: str | None = None
    key_worker_said: str | None = None
    key_worker_id: int | None = Field(default=None, foreign_key="key_worker.id")
    last_talk_said: str | None = None
    last_talk_on: date | None = None
    spoke_freely: bool | None = None
    voided_at: datetime | None = Field(default=None, sa_type=Moment)


class DayPlan(Recorded, table=True):
    """A kept plan of a day. Of two for one day the later counts."""

    __tablename__ = "day_plan"
    __table_args__ = (
        Index("day_plan_day", "plan_on"),
        CheckConstraint("session_minutes BETWEEN 1 AND 480", name="session_minutes_range"),
        STRICT,
    )
    plan_on: date
    session_minutes: int


class PlanPlace(Recorded, table=True):
    """A prisoner's place in a plan: the officer, and the time from and to."""

    __tablename__ = "plan_place"
    __table_args__ = (
        Index("plan_place_key", "day_plan_id", "key_worker_id", "start_minute", unique=True),
        one_of("relation", codes.Relation),
        minute_of_day("start_minute"),
        minute_of_day("end_minute", DAY),
        CheckConstraint("end_minute > start_minute", name="place_takes_time"),
        STRICT,
    )
    day_plan_id: int = Field(foreign_key="day_plan.id")
    person_id: int = person_key()
    key_worker_id: int = Field(foreign_key="key_worker.id")
    start_minute: int
    end_minute: int
    relation: str


class Setting(Recorded, table=True):
    """A setting that this prison has changed from its default."""

    __tablename__ = "setting"
    __table_args__ = (STRICT,)
    key: str = Field(unique=True)
    value: str


class PersonMerge(Recorded, table=True):
    """Two numbers found to be one prisoner's: who stays, who was merged, and the rows that moved (help: movements).

    `moved` is JSON: under `rows` the ids that went over by table, under `ended` the allocations that the merge ended,
    under `last` the highest id of each table at that moment; so that a wrong merge can be undone exactly.
    """

    __tablename__ = "person_merge"
    __table_args__ = (
        Index("person_merge_kept", "kept_person_id"),
        CheckConstraint("kept_person_id <> merged_person_id", name="two_numbers"),
        STRICT,
    )
    kept_person_id: int = person_key()
    merged_person_id: int = person_key()
    merged_on: date
    why: str | None = None
    moved: str
    undone_on: date | None = None


class Audit(SQLModel, table=True):
    """One line for every write, chained: each line's hash covers the one before. Only ever added to."""

    __tablename__ = "audit"
    __table_args__ = (STRICT,)
    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Moment)
    user: str = Field(sa_column=Column("user_name", Text, nullable=False))
    command: str
    action: str
    table: str = Field(sa_column=Column("table_name", Text, nullable=False))
    key: str
    before: str | None = Field(default=None, sa_column=Column("before_image", Text))
    after: str | None = Field(default=None, sa_column=Column("after_image", Text))
    hash: str
    rows_digest: str | None = None


class AuditHead(SQLModel, table=True):
    """The one row that knows the end of the audit's chain; whoever writes locks it first.

    `tallies` is what all rows come to, by table, of which the last line holds the digest (help: audit).
    """

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"), STRICT)
    id: int = Field(primary_key=True)
    lines: int
    hash: str
    tallies: str = Field(sa_column=Column("tallies", Text, nullable=False, server_default=text("'{}'")))


class RowMark(SQLModel, table=True):
    """The beginning of the digest of each row that a change has written, in the order of their keys, by table.

    `keys` are the rows' keys, of such as follow one another the first alone. By these a row that was altered behind
    kw's back is found among all that the change has written.
    """

    __tablename__ = "row_mark"
    __table_args__ = (STRICT,)
    id: int | None = Field(default=None, primary_key=True)
    line: int
    table: str = Field(sa_column=Column("table_name", Text, nullable=False))
    keys: bytes
    marks: bytes


RECORDS: tuple[type[Recorded], ...] = (
    Person,
    PersonNumber,
    Stay,
    Move,
    KeyWorker,
    WorkerStatus,
    Allocation,
    RotaSlot,
    Session,
    SessionAmendment,
    Event,
    Absence,
    Acct,
    AcctReview,
    Need,
    NoteReading,
    VoiceAnswer,
    DayPlan,
    PlanPlace,
    Setting,
    PersonMerge,
)
"""Every kind of record, parents before children."""

GROW_ONLY = ("session_amendment", "audit", "row_mark")
"""Tables of which no row is ever changed."""


def _columns(model: type[SQLModel]) -> Any:
    return SQLModel.metadata.tables[str(model.__tablename__)].c


_session, _event, _move = _columns(Session), _columns(Event), _columns(Move)
# A prison may record a session without its start: then its key is the day. A voided one leaves its key free.
Index(
    "session_key",
    _session.person_id,
    _session.held_on,
    func.coalesce(_session.start_minute, literal_column("-1")),
    _session.key_worker_id,
    _session.type,
    unique=True,
    sqlite_where=text("voided_at IS NULL"),
)
# Who saw him last is asked of every prisoner by nearly every report. In the order of the key, with all that decides it.
Index(
    "session_counted",
    _session.person_id,
    _session.held_on,
    func.coalesce(_session.start_minute, literal_column("-1")),
    _session.key_worker_id,
    _session.minutes,
    _session.place,
    sqlite_where=text("voided_at IS NULL AND type = 'KS' AND outcome = 'COMPLETED'"),
)
Index(
    "move_key",
    _move.person_id,
    _move.moved_on,
    func.coalesce(_move.at_minute, literal_column("-1")),
    _move.location,
    unique=True,
)
Index(
    "event_key",
    _event.person_id,
    _event.code,
    _event.event_on,
    func.coalesce(_event.at_minute, literal_column("-1")),
    unique=True,
)


def _refuse_what_is_no_date(table: Table) -> None:
    """SQLite takes any text as a date: refuse what is not one."""
    for column in table.columns:
        if isinstance(column.type, Date):
            check = CheckConstraint(f"date({column.name}, '+0 days') IS {column.name}", name=f"{column.name}_is_date")
            table.append_constraint(check.ddl_if(dialect="sqlite"))


def _past_of(table: Table, metadata: MetaData) -> Table:
    """Return the table that keeps each earlier version of a record, from `changed_at` until `replaced_at`."""
    kept: list[SchemaItem] = [Column(c.name, c.type, nullable=c.nullable) for c in table.columns]
    return Table(
        f"{table.name}_past",
        metadata,
        Column("version_id", Integer, primary_key=True),
        *kept,
        Column("replaced_at", Moment, nullable=False),
        Column("replaced_by", Text, nullable=False),
        sqlite_strict=True,
    )


TABLES: Mapping[str, Table] = SQLModel.metadata.tables
RECORD_TABLES: tuple[Table, ...] = tuple(TABLES[str(model.__tablename__)] for model in RECORDS)
CHANGING_TABLES: tuple[Table, ...] = tuple(table for table in RECORD_TABLES if table.name not in GROW_ONLY)
for _table in RECORD_TABLES:
    _refuse_what_is_no_date(_table)
PAST_TABLES: tuple[Table, ...] = tuple(_past_of(table, SQLModel.metadata) for table in CHANGING_TABLES)
