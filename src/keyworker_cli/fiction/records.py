"""The records a prison keeps, and how each is written: who did what when, and when it was recorded.

Every record is recorded after it happened, never before; most on the same day.
"""

from dataclasses import dataclass
from datetime import date

from keyworker_cli.fiction.moments import DAY, MINUTES, SLOT_MINUTES, moment, monday_of
from keyworker_cli.fiction.sheets import Sheets

MANAGER, MANAGER_LOGIN = "CM Hollis", "hollisj"
"""The custodial manager who allocates key workers."""
SAFETY_LOGIN, ROTA_LOGIN, RECEPTION_LOGIN = "wraggd", "detail", "reception"
"""Who records events and ACCTs, the rota, and the roll."""

LATEST_MINUTE = 23 * 60 + 50


@dataclass(frozen=True, slots=True)
class Officer:
    """A key worker as the roll of staff has them."""

    staff_id: str
    last_name: str
    first_name: str
    login: str
    wing: str
    capacity: int


@dataclass(frozen=True, slots=True)
class Leave:
    """A spell in which an officer is not there: its status, first day, and first day back (or none yet)."""

    staff_id: str
    status: str
    from_on: date
    return_on: date | None = None


@dataclass(frozen=True, slots=True)
class Allocation:
    """A prisoner's key worker from one day to another; `end_reason` stands with `ended_on`."""

    prison_number: str
    staff_id: str
    allocated_on: date
    ended_on: date | None = None
    end_reason: str = ""
    reason: str = "AUTO"
    acknowledged_on: date | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """Time for key work on the rota, 135 minutes from `start` (a minute of the day), and what became of it."""

    officer: Officer
    on: date
    start: int
    status: str = "WORKED"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """A session or an entry. `recorded_late` is the days between the day it was held and the day it was recorded."""

    prison_number: str
    officer: Officer
    on: date
    start: int
    minutes: int
    topics: tuple[str, ...] = ()
    note: str = ""
    said: str = ""
    next_on: date | None = None
    type: str = "KS"
    outcome: str = "COMPLETED"
    place: str = "wing office"
    recorded_late: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a prisoner or is known of him; `minute` is the minute of the day."""

    prison_number: str
    code: str
    on: date
    minute: int
    detail: str
    source: str
    until: date | None = None
    confidence: str = ""


def write_officer(sheets: Sheets, officer: Officer, away: Leave | None, *, since: date) -> None:
    """Write a key worker as of today: their status is that of the spell they are away in, if any."""
    sheets.add(
        "key_workers",
        staff_id=officer.staff_id,
        last_name=officer.last_name,
        first_name=officer.first_name,
        login=officer.login,
        wing=officer.wing,
        capacity=officer.capacity,
        status=away.status if away else "ACTIVE",
        status_from=away.from_on if away else since,
        return_on=away.return_on if away else None,
        recorded_at=moment(away.from_on if away else since, 8 * 60),
        recorded_by=MANAGER_LOGIN,
    )


def write_leave(sheets: Sheets, leave: Leave) -> None:
    """Write a dated spell of a staff status."""
    sheets.add(
        "statuses",
        staff_id=leave.staff_id,
        status=leave.status,
        from_=leave.from_on,
        return_on=leave.return_on,
        recorded_at=moment(leave.from_on, 8 * 60),
        recorded_by=MANAGER_LOGIN,
    )


def write_allocation(sheets: Sheets, allocation: Allocation) -> None:
    """Write an allocation, its end with it."""
    sheets.add(
        "allocations",
        prison_number=allocation.prison_number,
        staff_id=allocation.staff_id,
        allocated_on=allocation.allocated_on,
        allocated_at=moment(allocation.allocated_on, 10 * 60 + 12),
        allocation_reason=allocation.reason,
        allocated_by=MANAGER,
        acknowledged_on=allocation.acknowledged_on,
        ended_on=allocation.ended_on,
        end_reason=allocation.end_reason,
        ended_by=MANAGER if allocation.ended_on else None,
        recorded_at=moment(allocation.allocated_on, 10 * 60 + 12),
        recorded_by=MANAGER_LOGIN,
    )


def published_on(slot_on: date, *, next_week: date) -> date:
    """Return the day on which a week's rota was published: the Friday before it.

    The rota of the week that begins on `next_week` was out early, on the Monday before.
    """
    monday = monday_of(slot_on)
    return monday - (7 * DAY if monday == next_week else 3 * DAY)


def write_slot(sheets: Sheets, slot: Slot, published: date) -> None:
    """Write a slot of the rota."""
    sheets.add_row(
        "rota",
        (
            *(slot.officer.staff_id, slot.on, MINUTES[slot.start], MINUTES[slot.start + SLOT_MINUTES]),
            *(slot.status, slot.reason, published, moment(published, 14 * 60 + 10), ROTA_LOGIN),
        ),
    )


def write_session(sheets: Sheets, held: Session) -> None:
    """Write a session: recorded 20 minutes after its end, or in the evening of a later day."""
    late = held.recorded_late
    recorded_at = min(held.start + held.minutes + 20, LATEST_MINUTE) if not late else 19 * 60 + held.start % 50
    sheets.add_row(
        "sessions",
        (
            *(held.prison_number, held.officer.staff_id, held.on, MINUTES[held.start], held.type, held.minutes),
            *(held.outcome, "IN_PERSON", held.place, ";".join(held.topics), "", held.note, held.said, held.next_on),
            *(moment(held.on + late * DAY, recorded_at), held.officer.login),
        ),
    )


def write_event(sheets: Sheets, event: Event) -> None:
    """Write an event: recorded 12 minutes after it."""
    sheets.add(
        "events",
        prison_number=event.prison_number,
        code=event.code,
        on=event.on,
        time=MINUTES[event.minute],
        until=event.until,
        confidence=event.confidence,
        detail=event.detail,
        source=event.source,
        recorded_at=moment(event.on, event.minute + 12),
        recorded_by=SAFETY_LOGIN,
    )
