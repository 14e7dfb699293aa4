"""Reading the detail: whose slot is on the rota when, and which slots were lost, in the words of the list."""

from datetime import date
from typing import Final

from keyworker_cli.rules.codes.records import LossReason, SlotStatus
from keyworker_cli.rules.dates.clock import DAY_MINUTES
from keyworker_cli.rules.files.extracts.collected import Collected, Values, clock
from keyworker_cli.rules.files.extracts.recognise import Recognised, Record
from keyworker_cli.rules.files.sheet import plain
from keyworker_cli.rules.rota.slots import LOST, SHORTEST_SLOT_MINUTES

NOTHING: Final = "NOTHING"

SLOT: Final = "SLOT"

_WHEN_ABSENT: Final = (LossReason.SICK, LossReason.LEAVE)


def parse_meanings(text: str) -> dict[str, str]:
    """Return what a setting says that words mean: `Key work=SLOT; Sick=ABSENT SICK`, compared as headings are."""
    pairs = (part.partition("=") for part in text.split(";") if "=" in part)
    return {plain(name): meaning.strip().upper() for name, _, meaning in pairs}


def read_detail(sheet: Recognised, collected: Collected) -> None:
    """Take the detail: time for key work, and what became of it, as the prison's own table of activities says."""
    said = {plain(name): meaning for name, meaning in collected.answers.activities.items()}
    meanings = parse_meanings(collected.known.settings.import_activities) | said
    unknown: dict[str, list[Record]] = {}
    lost = []
    for record in sheet.records:
        activity = record.get("activity")
        meaning = meanings.get(plain(activity))
        if meaning is None:
            unknown.setdefault(activity, []).append(record)
        elif meaning == NOTHING:
            continue
        elif meaning == SLOT:
            _slot(record, collected)
        elif (became := lost_as(meaning)) is not None:
            lost.append((record, became))
        else:
            collected.leave_out(record, f"{activity!r}: there is no {meaning!r} that it could mean (import.activities)")
    for record, became in lost:
        _lost(record, became, collected)
    for activity, rows in unknown.items():
        for record in rows:
            named = repr(activity) if activity else "no activity"
            collected.leave_out(record, f"{named}: what it means is not said (import.activities)")
        if activity:
            collected.ask_activity(rows[0], activity, len(rows))


def lost_as(meaning: str) -> tuple[SlotStatus, LossReason | None] | None:
    """Return how time for key work was lost: `ABSENT SICK`, `CANCELLED`, or the reason alone, as `SICK`.

    `None` for what says neither.
    """
    *status, last = meaning.split()
    reason = LossReason(last) if last in tuple(LossReason) else None
    if reason and not status:
        return (SlotStatus.ABSENT if reason in _WHEN_ABSENT else SlotStatus.REDEPLOYED), reason
    said = status[0] if status else last
    if said not in LOST or len(status) > 1 or (status and reason is None):
        return None
    return SlotStatus(said), reason


def _times(record: Record, collected: Collected) -> tuple[str, date, int, int] | None:
    faults = len(collected.faults)
    staff_id, on = collected.officer(record, "officer"), collected.day(record, "on")
    start, end = collected.minute(record, "start"), collected.minute(record, "end")
    if staff_id is None or on is None or start is None or end is None:
        if len(collected.faults) == faults:
            collected.leave_out(record, "without an officer, a day, a start or an end")
        return None
    return staff_id, on, start, end or DAY_MINUTES


def _slot(record: Record, collected: Collected) -> None:
    times = _times(record, collected)
    if times is None:
        return
    staff_id, on, start, end = times
    if end <= start:
        collected.fault(record, "end", f"{clock(end)} is not after {clock(start)}, its start")
        return
    if end - start < SHORTEST_SLOT_MINUTES:
        collected.leave_out(record, "of less than 15 minutes: too short for a session")
        return
    collected.emit("rota", record, {"staff_id": staff_id, "date": on, "start": clock(start), "end": clock(end)})


def _lost(record: Record, became: tuple[SlotStatus, LossReason | None], collected: Collected) -> None:
    """Drop the key work time that what somebody did instead lies over; where there was none nothing is lost."""
    times = _times(record, collected)
    if times is None:
        return
    staff_id, on, start, end = times
    status, reason = became
    day = on.isoformat()
    slots: list[tuple[int, int]] = [
        (s, e) for worker, date_, s, e in collected.known.slots if (worker, date_) == (staff_id, day)
    ]
    slots += [
        (_minute(row.values["start"]), _minute(row.values["end"]))
        for key, row in collected.rows.get("rota", {}).items()
        if key[:2] == (staff_id, day)
    ]
    values: Values = {
        "status": status.value,
        "reason": reason.value if reason else "",
    }
    for began, ended in dict(slots).items():
        if began < end and start < ended:
            key: Values = {"staff_id": staff_id, "date": day, "start": clock(began), "end": clock(ended)}
            collected.emit("rota", record, key | values)


def _minute(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])
