"""The files that `kw import` reads and `kw export` writes, each declared once (help: files)."""

import re
from typing import Final

from keyworker_cli.rules.codes import records as codes
from keyworker_cli.rules.codes.signals import Confidence, MarkerCode, Topic
from keyworker_cli.rules.files.cells import (
    BOOLEAN,
    CLOCK,
    DATE,
    END_CLOCK,
    LABEL,
    MOMENT,
    NAME,
    NUMBER,
    NUMBERS,
    PAST_DATE,
    PRISONER,
    WORKER,
    by_rule,
    code,
    integer,
    location,
    minutes,
)
from keyworker_cli.rules.files.cells import codes as several
from keyworker_cli.rules.files.extracts.layouts import NUMBER as NUMBER_HEADINGS
from keyworker_cli.rules.files.row_checks import (
    answer_faults,
    event_faults,
    move_faults,
    session_faults,
    setting_faults,
    slot_faults,
    status_faults,
    too_short,
    worker_faults,
)
from keyworker_cli.rules.files.said_before import said_before
from keyworker_cli.rules.files.sheet import Column, Sheet, Span, plain
from keyworker_cli.rules.stays.places import check_location
from keyworker_cli.rules.typed import LONGEST_SESSION_MINUTES, MOST_PLACES, check_staff_id, check_wing

LOCATION: Final = location(check_location)
WING: Final = location(check_wing)

# --- columns that several files have ---

_NUMBER_HEADINGS: Final = tuple(heading for heading in NUMBER_HEADINGS if heading != "prisonnumber")
_STAFF_HEADINGS: Final = ("staffnumber", "staff", "keyworker", "keyworkerid", "officer", "officerid")
_SURNAME: Final = ("surname", "familyname")
_FORENAME: Final = ("forename", "givenname", "firstnames", "forenames")

RECORDED: Final = (
    Column("recorded_at", MOMENT, synonyms=("createdat", "datecreated")),
    Column("recorded_by", LABEL, synonyms=("createdby",)),
)
"""When and by whom a row was recorded; every file may carry them."""

IMPORTED: Final = Column("imported_at", MOMENT, own=False)
"""When a row that does not say when it was recorded came into kw: that is when it was known, at the latest."""


def _kept(*own: Column) -> tuple[Column, ...]:
    """Return the columns of a file whose rows may be changed: its own, when each was recorded, and what it said before.

    `said_before` is what each row said before it was changed, and when that was.
    """
    return (*own, *RECORDED, IMPORTED, Column("said_before", said_before(own), own=False))


def _prisoner(*, own: bool = True) -> Column:
    return Column("prison_number", PRISONER, "person_id", required=True, own=own, synonyms=_NUMBER_HEADINGS)


def _worker(*, own: bool = True) -> Column:
    return Column("staff_id", WORKER, "key_worker_id", required=True, own=own, synonyms=_STAFF_HEADINGS)


_OF_ONE_NUMBER: Final = "person_id NOT IN (SELECT person_id FROM person_number GROUP BY person_id HAVING count(*) > 1)"
"""Of a prisoner found to be two numbers, each may have had a key worker until then."""


# --- what a row must obey ---


# --- the files, in the order in which they are read ---

SETTINGS: Final = Sheet(
    "settings",
    "setting",
    "setting",
    _kept(Column("key", required=True), Column("value", required=True)),
    key=("key",),
    check=setting_faults,
)

OF_A_PRISONER: Final = (
    Column("last_name", NAME, required=True),
    Column("first_name", NAME, required=True),
    Column("date_of_birth", PAST_DATE),
)
"""What is said of a prisoner whichever stay a row is of, and may be corrected."""

PRISONERS: Final = Sheet(
    "prisoners",
    "stay",
    "stay",
    _kept(
        Column("prison_number", NUMBER, required=True, own=False, synonyms=_NUMBER_HEADINGS),
        Column("arrived_on", DATE, required=True, synonyms=("arrivaldate", "dateofarrival", "receptiondate", "datein")),
        Column("last_name", NAME, required=True, own=False, synonyms=_SURNAME),
        Column("first_name", NAME, required=True, own=False, synonyms=_FORENAME),
        Column("date_of_birth", PAST_DATE, own=False, synonyms=("dob", "birthdate")),
        Column("location", LOCATION, synonyms=("cell", "celllocation", "livingunit")),
        Column("arrival_type", code(codes.ArrivalType), default=codes.ArrivalType.RECEPTION.value),
        Column("left_on", DATE, end=True, synonyms=("departuredate", "dateofdeparture", "dateleft")),
        Column("left_recorded_at", MOMENT, end=True),
        Column("departure_reason", code(codes.DepartureReason), end=True),
        Column("out_of_scope_from", DATE),
        Column("out_of_scope_reason"),
        Column("also_known_by", NUMBERS, own=False, synonyms=("aliases", "othernumbers")),
        Column("records_from", DATE),
        Column("voided_at", MOMENT, end=True),
        Column("voided_why", end=True),
        Column("named_before", said_before(OF_A_PRISONER), own=False),
    ),
    key=("person_id", "arrived_on"),
    ordered=(("arrived_on", "left_on"), ("date_of_birth", "arrived_on")),
    needed=(("departure_reason", "left_on"), ("left_recorded_at", "left_on")),
    span=Span(
        ("person_id",),
        "arrived_on",
        "coalesce(left_on, '9999-12-31')",
        "voided_at IS NULL",
        "arrived_on",
        "overlaps another stay of his",
    ),
)

MOVES: Final = Sheet(
    "moves",
    "move",
    "move",
    _kept(
        _prisoner(),
        Column("moved_on", DATE, required=True, synonyms=("movedate", "date")),
        Column("location", LOCATION, required=True, synonyms=("cell", "celllocation", "tolocation")),
        Column("moved_at", CLOCK, "at_minute", synonyms=("time", "movetime")),
    ),
    key=("person_id", "moved_on", "at_minute", "location"),
    check=move_faults,
)

KEY_WORKERS: Final = Sheet(
    "key_workers",
    "key_worker",
    "key worker",
    _kept(
        Column("staff_id", by_rule(check_staff_id), required=True, synonyms=_STAFF_HEADINGS),
        Column("last_name", NAME, required=True, synonyms=_SURNAME),
        Column("first_name", NAME, required=True, synonyms=_FORENAME),
        Column("login", synonyms=("username", "user")),
        Column("wing", WING, synonyms=("unit", "houseblock")),
        Column("capacity", integer(0, MOST_PLACES), synonyms=("maxcapacity", "maximumcapacity")),
        Column("status", code(codes.StaffStatus), own=False),
        Column("status_from", DATE, own=False),
        Column("return_on", DATE, own=False, synonyms=("returndate", "reactivateon")),
    ),
    key=("staff_id",),
    ordered=(("status_from", "return_on"),),
    check=worker_faults,
)

STATUSES: Final = Sheet(
    "statuses",
    "worker_status",
    "status",
    _kept(
        _worker(),
        Column("status", code(codes.StaffStatus), required=True),
        Column("from", DATE, "from_on", required=True, synonyms=("statusfrom", "startdate")),
        Column("return_on", DATE, synonyms=("returndate",)),
        Column("until", DATE, "until_on", end=True, synonyms=("enddate",)),
    ),
    key=("key_worker_id", "from_on"),
    ordered=(("from_on", "return_on"), ("from_on", "until_on")),
    check=status_faults,
)

ALLOCATIONS: Final = Sheet(
    "allocations",
    "allocation",
    "allocation",
    _kept(
        _prisoner(),
        _worker(),
        Column("allocated_on", DATE, required=True, synonyms=("allocationdate", "dateallocated")),
        Column("allocated_at", MOMENT),
        Column("allocation_reason", code(codes.AllocationReason), default=codes.AllocationReason.MANUAL.value),
        Column("allocated_by", LABEL),
        Column("acknowledged_on", DATE),
        Column("ended_on", DATE, end=True, synonyms=("enddate", "deallocatedon", "deallocationdate")),
        Column("ended_recorded_at", MOMENT, end=True),
        Column("end_reason", code(codes.EndReason), end=True),
        Column("ended_by", LABEL, end=True),
        Column("because"),
    ),
    key=("person_id", "key_worker_id", "allocated_on"),
    ordered=(("allocated_on", "ended_on"),),
    needed=(("end_reason", "ended_on"), ("ended_recorded_at", "ended_on")),
    span=Span(
        ("person_id",),
        "allocated_on",
        "coalesce(ended_on, '9999-12-31')",
        f"(ended_on IS NULL OR ended_on > allocated_on) AND {_OF_ONE_NUMBER}",
        "allocated_on",
        "overlaps another allocation of his; end the earlier one first",
    ),
)

ROTA: Final = Sheet(
    "rota",
    "rota_slot",
    "slot",
    _kept(
        _worker(),
        Column("date", DATE, "slot_on", required=True, synonyms=("shiftdate", "day")),
        Column("start", CLOCK, "start_minute", required=True, synonyms=("starttime", "from")),
        Column("end", END_CLOCK, "end_minute", required=True, synonyms=("endtime", "to")),
        Column("status", code(codes.SlotStatus), default=codes.SlotStatus.PUBLISHED.value),
        Column("reason", code(codes.LossReason)),
        Column("published_on", DATE),
    ),
    key=("key_worker_id", "slot_on", "start_minute"),
    check=slot_faults,
    span=Span(
        ("key_worker_id", "slot_on"),
        "start_minute",
        "end_minute",
        "1 = 1",
        "start",
        "overlaps another slot of the same officer",
    ),
    leave_out=too_short,
    leaves_out="of less than 15 minutes left out: too short for a session",
)

SESSIONS: Final = Sheet(
    "sessions",
    "session",
    "session",
    _kept(
        _prisoner(),
        _worker(),
        Column("held_on", PAST_DATE, required=True, synonyms=("date", "sessiondate", "occurredon", "contactdate")),
        Column("start", CLOCK, "start_minute", synonyms=("starttime", "time", "sessiontime")),
        Column("type", code(codes.SessionType), default=codes.SessionType.KS.value),
        Column(
            "minutes",
            minutes(LONGEST_SESSION_MINUTES),
            synonyms=("duration", "durationminutes", "mins", "length"),
        ),
        Column("outcome", code(codes.Outcome), default=codes.Outcome.COMPLETED.value),
        Column("mode", code(codes.Mode), default=codes.Mode.IN_PERSON.value),
        Column("place", LABEL),
        Column("topics", several(Topic)),
        Column("declined_topics", several(Topic)),
        Column("note", synonyms=("notes", "casenote", "casenotes", "comments", "text")),
        Column("prisoner_said"),
        Column("next_session_on", DATE, synonyms=("nextsession", "nextdate")),
        Column("note_at", MOMENT),
        Column("voided_at", MOMENT, end=True),
        Column("source", code(codes.SessionSource)),
    ),
    key=("person_id", "key_worker_id", "held_on", "start_minute", "type", "voided_at"),
    check=session_faults,
    span=Span(
        ("key_worker_id", "held_on"),
        "start_minute",
        "start_minute + minutes",
        "start_minute IS NOT NULL AND minutes > 0 AND voided_at IS NULL",
        "start",
        "overlaps another session of the same officer",
    ),
)

AMENDMENTS: Final = Sheet(
    "amendments",
    "session_amendment",
    "amendment",
    (
        _prisoner(own=False),
        _worker(own=False),
        Column("held_on", PAST_DATE, required=True, own=False),
        Column("start", CLOCK, "start_minute", own=False),
        Column("type", code(codes.SessionType), default=codes.SessionType.KS.value, own=False),
        Column("voided_at", MOMENT, own=False),
        Column("amended_at", MOMENT, required=True),
        Column("field", required=True),
        Column("old"),
        Column("new"),
        Column("why", required=True),
        Column("by", stored="recorded_by", synonyms=("recordedby",)),
        Column("recorded_at", MOMENT),
    ),
    key=("session_id", "amended_at", "field"),
)

EVENTS: Final = Sheet(
    "events",
    "event",
    "event",
    _kept(
        _prisoner(),
        Column("code", code(MarkerCode), required=True),
        Column("on", DATE, "event_on", required=True, synonyms=("date", "eventdate")),
        Column("time", CLOCK, "at_minute", synonyms=("eventtime",)),
        Column("until", DATE, "until_on", end=True, synonyms=("enddate",)),
        Column("confidence", code(Confidence)),
        Column("detail", synonyms=("details",)),
        Column("source", LABEL),
    ),
    key=("person_id", "code", "event_on", "at_minute"),
    check=event_faults,
    ordered=(("event_on", "until_on"),),
)

ABSENCES: Final = Sheet(
    "absences",
    "absence",
    "absence",
    _kept(
        _prisoner(),
        Column("reason", code(codes.AbsenceReason), required=True),
        Column("from", DATE, "from_on", required=True, synonyms=("startdate",)),
        Column("to", DATE, "to_on", end=True, synonyms=("enddate", "returndate", "until")),
    ),
    key=("person_id", "from_on"),
    ordered=(("from_on", "to_on"),),
)

ACCT: Final = Sheet(
    "acct",
    "acct",
    "ACCT",
    _kept(
        _prisoner(),
        Column("opened_on", DATE, required=True),
        Column("closed_on", DATE, end=True),
        Column("post_closure_review_due", DATE),
        Column("post_closure_review_held", DATE),
    ),
    key=("person_id", "opened_on"),
    ordered=(("opened_on", "closed_on"),),
)

ACCT_REVIEWS: Final = Sheet(
    "acct_reviews",
    "acct_review",
    "review",
    _kept(
        _prisoner(),
        Column("due_on", DATE, required=True),
        Column("held_on", DATE),
        Column("key_worker_invited", BOOLEAN),
        Column("key_worker_contribution", code(codes.Contribution)),
    ),
    key=("person_id", "due_on"),
)

NEEDS: Final = Sheet(
    "needs",
    "need",
    "need",
    _kept(
        _prisoner(),
        Column("raised_on", DATE, required=True),
        Column("text", required=True, synonyms=("need", "action")),
        Column("owner"),
        Column("due_on", DATE, synonyms=("duedate",)),
        Column("closed_on", DATE, end=True, synonyms=("closeddate",)),
        Column("outcome", code(codes.NeedOutcome), end=True),
    ),
    key=("person_id", "raised_on", "text"),
    ordered=(("raised_on", "closed_on"),),
)

NOTE_READINGS: Final = Sheet(
    "note_readings",
    "note_reading",
    "note reading",
    _kept(
        _prisoner(own=False),
        _worker(own=False),
        Column("held_on", PAST_DATE, required=True, own=False),
        Column("start", CLOCK, "start_minute", own=False),
        Column("type", code(codes.SessionType), default=codes.SessionType.KS.value, own=False),
        Column("read_on", PAST_DATE, required=True),
        Column("read_by", LABEL, required=True),
        Column("found", required=True),
        Column("action"),
        Column("voided_at", MOMENT, end=True),
    ),
    key=("session_id", "read_by"),
    ordered=(("held_on", "read_on"),),
)

VOICE: Final = Sheet(
    "voice",
    "voice_answer",
    "answer",
    _kept(
        _prisoner(),
        Column("asked_on", PAST_DATE, required=True),
        Column("asked_by", LABEL, required=True),
        Column("wing", WING),
        Column("key_worker_said", code(codes.KeyWorkerSaid)),
        Column("staff_id", WORKER, "key_worker_id"),
        Column("last_talk_said", code(codes.LastTalkSaid)),
        Column("last_talk_on", PAST_DATE),
        Column("spoke_freely", BOOLEAN),
        Column("voided_at", MOMENT, end=True),
    ),
    key=("person_id", "asked_on"),
    ordered=(("last_talk_on", "asked_on"),),
    check=answer_faults,
)

OF_SESSIONS: Final = (AMENDMENTS, NOTE_READINGS)
"""The files whose rows are each of a session, found by its key."""

SHEETS: Final = (
    SETTINGS,
    PRISONERS,
    MOVES,
    KEY_WORKERS,
    STATUSES,
    ALLOCATIONS,
    ROTA,
    SESSIONS,
    AMENDMENTS,
    EVENTS,
    ABSENCES,
    ACCT,
    ACCT_REVIEWS,
    NEEDS,
    NOTE_READINGS,
    VOICE,
)
"""Every file, in the order in which they are read: what is referred to comes before what refers to it."""


def sheet_named(name: str) -> Sheet | None:
    """Return the sheet that a name means, whatever digits, spaces and marks it carries (`Key Workers 2026-05`)."""
    said = re.sub(r"[^a-z]", "", name.casefold())
    return next((sheet for sheet in SHEETS if plain(sheet.name) == said), None)
