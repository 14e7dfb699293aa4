"""What the rows of some files must obey besides the rules of each cell (help: files)."""

from collections.abc import Sequence
from datetime import date

from keyworker_cli.errors import UsageError
from keyworker_cli.rules.codes import records as codes
from keyworker_cli.rules.dates.clock import CHANGED_BY, minutes_between
from keyworker_cli.rules.dates.parse import check_shown
from keyworker_cli.rules.files.cells import (
    LATER,
    ImportContext,
    Stored,
)
from keyworker_cli.rules.files.sheet import Fault, Row
from keyworker_cli.rules.rota.slots import SHORTEST_SLOT_MINUTES
from keyworker_cli.rules.settings import ALLOWED, check_setting


def setting_faults(row: Row, world: ImportContext) -> list[Fault]:
    """A setting: its name, and a value that it may have."""
    key, value = str(row[0]), str(row[1])
    try:
        check_setting(key, value)
    except UsageError as error:
        column = "value" if key in ALLOWED else "key"
        return [(column, f"{error.message.rstrip('.')}; {error.hint.rstrip('.')}")]
    return []


def _spell_faults(status: Stored, return_on: Stored) -> list[Fault]:
    if status == codes.StaffStatus.UNAVAILABLE_ANNUAL_LEAVE and return_on is None:
        return [("return_on", f"is missing: {status} needs the day they are back")]
    return []


def worker_faults(row: Row, world: ImportContext) -> list[Fault]:
    """A key worker's status, where the row has one."""
    status, _, return_on = row[6:9]
    return _spell_faults(status, return_on)


def status_faults(row: Row, world: ImportContext) -> list[Fault]:
    """A status: leave needs the day they are back."""
    _, status, _, return_on = row[:4]
    return _spell_faults(status, return_on)


def slot_faults(row: Row, world: ImportContext) -> list[Fault]:
    """A slot: it ends after it begins, at times that there were that day."""
    on, start, end = row[1:4]
    if isinstance(start, int) and isinstance(end, int) and end <= start:
        return [("end", "is not after start; for midnight write 24:00")]
    return [*_clock_faults("start", on, start), *_clock_faults("end", on, end)]


def move_faults(row: Row, world: ImportContext) -> list[Fault]:
    """A move: a time that there was that day."""
    return _clock_faults("moved_at", row[1], row[3])


def event_faults(row: Row, world: ImportContext) -> list[Fault]:
    """An event: a time that there was that day."""
    return _clock_faults("time", row[2], row[3])


def answer_faults(row: Row, world: ImportContext) -> list[Fault]:
    """A prisoner's answer: the officer he named and the day he gave go with their own answers."""
    said, officer, talk, day = row[4:8]
    faults = []
    if (said == codes.KeyWorkerSaid.NAMED) != (officer is not None):
        faults.append(("staff_id", "goes with key_worker_said NAMED, and with no other answer"))
    if (talk == codes.LastTalkSaid.ON_A_DAY) != (day is not None):
        faults.append(("last_talk_on", "goes with last_talk_said ON_A_DAY, and with no other answer"))
    return faults


def _clock_faults(column: str, on: Stored, minute: Stored) -> list[Fault]:
    """Return the fault of a time that the clocks skipped that day."""
    if isinstance(on, str) and isinstance(minute, int) and minute < CHANGED_BY:
        try:
            check_shown(date.fromisoformat(on), minute)
        except UsageError as error:
            return [(column, f"{error.message.rstrip('.')}; {error.hint.rstrip('.')}")]
    return []


def too_short(row: Row) -> bool:
    """Return whether a slot is too short to be one: it is no fault, and not taken."""
    on, start, end = row[1:4]
    if not (isinstance(on, str) and isinstance(start, int) and isinstance(end, int)) or end <= start:
        return False
    return min(end - start, minutes_between(date.fromisoformat(on), start, end)) < SHORTEST_SLOT_MINUTES


def session_faults(row: Row, world: ImportContext) -> list[Fault]:
    """A session: in his stay, with minutes if it was held and none if not, at a time that there was."""
    person, _, held_on, start, type_, minutes, outcome = row[:7]
    faults = [] if start is None else _clock_faults("start", held_on, start)
    if outcome != "COMPLETED":
        if minutes != 0:
            given = "is missing" if minutes is None else minutes
            faults.append(("minutes", f"{given}, though the outcome is {outcome}: expected 0"))
    elif minutes == 0 and type_ == "KS":
        faults.append(("minutes", "0, though the session was COMPLETED: expected 1 to 480"))
    stays = world.stays.get(person, ()) if isinstance(person, int) else ()
    for arrived, left in stays:
        if arrived <= str(held_on) <= left:
            break
    else:
        if world.people_known:
            faults.append(("held_on", f"{held_on} is outside his stay{_said(stays)}"))
    return faults


def _said(stays: Sequence[tuple[str, str]]) -> str:
    if not stays:
        return ": none is recorded"
    arrived, left = stays[-1]
    return f" (from {arrived})" if left == LATER else f" ({arrived} to {left})"
