"""Cases with known answers that the larger prisons have besides the small one's: one officer and her seven prisoners.

Officer Thorne, on D wing, holds only these prisoners, so nothing that chance does touches them (help:
fictional-prison).
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from keyworker_cli.fiction.cases.answers import Answer, gap_answer
from keyworker_cli.fiction.cases.cast import OPENED_ON
from keyworker_cli.fiction.cases.cast_signals import add_absence, add_acct, add_review
from keyworker_cli.fiction.moments import AFTERNOON, AS_OF, DAY, MORNING, WEEK, moment, monday_of
from keyworker_cli.fiction.records import (
    RECEPTION_LOGIN,
    Allocation,
    Event,
    Officer,
    Session,
    Slot,
    published_on,
    write_allocation,
    write_event,
    write_officer,
    write_session,
    write_slot,
)
from keyworker_cli.fiction.sheets import Sheets

THORNE: Final = "TH05"
PLACES: Final = 9

BACK, HOSPITAL, REST_DAY, CLOCKS, TWIN_NOTES, MERGED, RELEASED = (
    *("S2001KA", "S2002LB", "S2003MC", "S2004ND", "S2005PE", "S2006QF", "S2007RG"),
)
MERGED_OLD: Final = "V3006QF"
"""The number under which the merged prisoner was received first."""
NUMBERS: Final = (BACK, HOSPITAL, REST_DAY, CLOCKS, TWIN_NOTES, MERGED, RELEASED, MERGED_OLD)
PRESENT: Final = 6

_NAMES: Final[Mapping[str, tuple[str, str, str, str]]] = {
    BACK: ("Marsden", "Lee", "1989-04-02", "D-1-004"),
    HOSPITAL: ("Wharton", "Philip", "1961-10-11", "D-1-009"),
    REST_DAY: ("Idowu", "Samuel", "1998-01-23", "D-2-003"),
    CLOCKS: ("Lassiter", "Brian", "1984-07-07", "D-2-018"),
    TWIN_NOTES: ("Ormerod", "Keith", "1975-05-30", "D-3-006"),
    MERGED: ("Kowalski", "Stefan", "1993-09-14", "D-3-012"),
    RELEASED: ("Topham", "Gary", "1987-12-01", "D-4-001"),
}

_SLOTS: Final = ((0, MORNING), (3, AFTERNOON))
"""Officer Thorne's week: Monday morning and Thursday afternoon."""


def _day(month: int, day: int) -> date:
    return date(2026, month, day)


_BACK_ON: Final = _day(5, 1)
_TO_HOSPITAL_ON, _FROM_HOSPITAL_ON = _day(4, 20), _day(4, 29)
_REVIEW_DUE_ON: Final = _day(5, 13)  # a Wednesday
_CLOCKS_CHANGE_ON: Final = _day(3, 29)
_TWINS_ON: Final = (_day(4, 30), _day(5, 7))
_MERGED_SEEN_ON: Final = _day(5, 4)
_IN_DEBT_ON: Final = _day(4, 22)

_STAYS: Final = (
    (BACK, date(2025, 11, 3), "RECEPTION", _day(2, 9), "TRANSFER_OUT"),
    (BACK, _BACK_ON, "TRANSFER_IN", None, ""),
    (HOSPITAL, _day(2, 2), "RECEPTION", None, ""),
    (REST_DAY, _day(3, 10), "RECEPTION", None, ""),
    (CLOCKS, _CLOCKS_CHANGE_ON - DAY, "RECEPTION", None, ""),
    (TWIN_NOTES, _day(1, 8), "TRANSFER_IN", None, ""),
    (MERGED, _day(3, 2), "RECEPTION", None, ""),
    (RELEASED, _day(1, 15), "RECEPTION", AS_OF, "RELEASE"),
)
_ENDS: Final = {"TRANSFER_OUT": "TRANSFER", "RELEASE": "RELEASED", "": ""}

_SESSIONS: Final = (
    # number, day, start, minutes
    (BACK, date(2025, 11, 6), AFTERNOON, 40),
    (BACK, _day(2, 5), AFTERNOON, 35),
    (RELEASED, _day(1, 19), MORNING, 30),
    (RELEASED, _day(5, 11), MORNING, 30),
    (HOSPITAL, _day(2, 5), AFTERNOON + 40, 40),
    (HOSPITAL, _day(5, 7), AFTERNOON, 30),
    (REST_DAY, _day(3, 12), AFTERNOON, 45),
    (REST_DAY, _day(5, 11), MORNING + 35, 45),
    (MERGED, _day(3, 5), AFTERNOON, 30),
)
_EVENTS: Final = (
    Event(TWIN_NOTES, "DEBT", _IN_DEBT_ON, 17 * 60, "owes vapes on two landings", "Security", confidence="SUSPECTED"),
    Event(HOSPITAL, "NO_CONTACT", _day(5, 2), 9 * 60, "no visits or calls for four weeks", "Visits"),
)
"""What no session speaks of, and what the next one does."""

_TWIN_NOTE: Final = (
    "Seen in the wing office. He is settled, works in the laundry and rings his mother on Sundays. No debts,"
    " no trouble with anybody, healthcare are looking at his knee. Will see again next week."
)


def write_plants(sheets: Sheets, prefix: str) -> None:
    """Write Officer Thorne, her prisoners, her rota and her sessions; `prefix` goes before the names of wings."""
    officer = Officer(THORNE, "Thorne", "Helen", "thorneh", f"{prefix}D", PLACES)
    write_officer(sheets, officer, None, since=OPENED_ON)
    for number, arrived_on, arrival_type, left_on, reason in _STAYS:
        _write_stay(sheets, prefix, number, arrived_on, arrival_type, left_on, reason)
    for slot in _rota(officer):
        write_slot(sheets, slot, published_on(slot.on, next_week=monday_of(AS_OF) + WEEK))
    for held in sorted(_sessions(officer), key=lambda held: (held.on, held.start)):
        write_session(sheets, held)
    _write_session_across_the_clock_change(sheets, officer)
    for event in _EVENTS:
        write_event(sheets, event)
    add_absence(sheets, HOSPITAL, "HOSPITAL", _TO_HOSPITAL_ON, _FROM_HOSPITAL_ON)
    add_acct(sheets, REST_DAY, _day(5, 6))
    add_review(sheets, REST_DAY, _day(5, 7), _day(5, 7), "yes", "ATTENDED", planned_on=_day(5, 6))
    add_review(sheets, REST_DAY, _REVIEW_DUE_ON, None, "yes", "", planned_on=_day(5, 7))


def plant_answers() -> list[Answer]:
    """Return what these cases must show on Tue 12 May 2026."""
    nights = (_FROM_HOSPITAL_ON - _TO_HOSPITAL_ON).days
    return [
        {"plant": "out_and_back_by_transfer", **gap_answer(BACK, None, _BACK_ON), "stays": 2},
        {
            "plant": "hospital_nine_nights",
            **gap_answer(HOSPITAL, _day(5, 7), _day(2, 2)),
            "nights_away": nights,
            "eligible_days_in_W17_and_W18": 14 - nights,
        },
        {
            "plant": "acct_review_on_rest_day",
            **gap_answer(REST_DAY, _day(5, 11), _day(3, 10)),
            "review_due_on": str(_REVIEW_DUE_ON),
            "key_worker": THORNE,
            "key_worker_slots_that_day": 0,
        },
        {
            "plant": "session_across_the_clock_change",
            **gap_answer(CLOCKS, _CLOCKS_CHANGE_ON, _CLOCKS_CHANGE_ON - DAY),
            "minutes": 45,
            "days_to_first_session": 1,
        },
        {
            "plant": "duplicate_notes",
            **gap_answer(TWIN_NOTES, _TWINS_ON[1], _day(1, 8)),
            "held_on": [str(on) for on in _TWINS_ON],
        },
        {
            "plant": "merged_numbers",
            **gap_answer(MERGED, _MERGED_SEEN_ON, _day(3, 2)),
            "also_known_by": MERGED_OLD,
            "sessions": 2,
        },
        {
            "plant": "debt_never_raised_though_seen_twice",
            "prison_number": TWIN_NOTES,
            "code": "DEBT",
            "since": str(_IN_DEBT_ON),
            "days": (AS_OF - _IN_DEBT_ON).days,
            "sessions_since": len(_TWINS_ON),
        },
        {"plant": "no_contact_raised", "prison_number": HOSPITAL, "code": "NO_CONTACT", "listed": False},
        {"plant": "released_today", "prison_number": RELEASED, "left_on": str(AS_OF), "listed": False},
    ]


def _write_stay(
    sheets: Sheets, prefix: str, number: str, arrived_on: date, arrival_type: str, left_on: date | None, reason: str
) -> None:
    last_name, first_name, born_on, cell = _NAMES[number]
    sheets.add(
        "prisoners",
        prison_number=number,
        arrived_on=arrived_on,
        last_name=last_name,
        first_name=first_name,
        date_of_birth=born_on,
        location=prefix + cell,
        arrival_type=arrival_type,
        left_on=left_on,
        departure_reason=reason,
        also_known_by=MERGED_OLD if number == MERGED else "",
        recorded_at=moment(arrived_on, 18 * 60),
        recorded_by=RECEPTION_LOGIN,
    )
    allocated_on = arrived_on + DAY
    write_allocation(
        sheets, Allocation(number, THORNE, allocated_on, left_on, _ENDS[reason], acknowledged_on=allocated_on)
    )


def _rota(officer: Officer) -> Iterator[Slot]:
    monday = OPENED_ON
    while monday <= monday_of(AS_OF) + WEEK:
        for weekday, start in _SLOTS:
            on = monday + weekday * DAY
            yield Slot(officer, on, start, "WORKED" if on <= AS_OF else "PUBLISHED")
        monday += WEEK


def _sessions(officer: Officer) -> Iterator[Session]:
    for number, on, start, minutes in _SESSIONS:
        note = "Seen in the wing office. We talked about his family and his health, he has a job and likes it."
        yield Session(number, officer, on, start, minutes, ("FAMILY", "HEALTH"), note)
    for on in _TWINS_ON:
        yield Session(TWIN_NOTES, officer, on, AFTERNOON + 50, 25, ("WORK", "FAMILY"), _TWIN_NOTE)
    yield Session(
        MERGED_OLD, officer, _MERGED_SEEN_ON, MORNING, 30, ("RELEASE", "LEGAL"), "Recorded under his old number."
    )


def _write_session_across_the_clock_change(sheets: Sheets, officer: Officer) -> None:
    """Write a first-night session from 00:40 for 45 minutes on the night the clocks go forward: it ends at 02:25."""
    note = "Late arrival from court, could not settle on his first night. He rang his wife. Listener offered, declined."
    sheets.add(
        "sessions",
        prison_number=CLOCKS,
        staff_id=officer.staff_id,
        held_on=_CLOCKS_CHANGE_ON,
        start="00:40",
        type="KS",
        minutes=45,
        outcome="COMPLETED",
        mode="IN_PERSON",
        place="first night centre",
        topics="FAMILY;MENTAL_HEALTH",
        note=note,
        recorded_at=f"{_CLOCKS_CHANGE_ON}T01:40:00Z",
        recorded_by=officer.login,
    )
