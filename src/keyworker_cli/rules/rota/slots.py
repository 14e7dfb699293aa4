"""Time for key work on the rota: what a slot may be, and what became of it (help: rota)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from keyworker_cli.errors import NotFoundError, RefusedError, UsageError
from keyworker_cli.rules.codes.records import LossReason, SlotStatus
from keyworker_cli.rules.dates.clock import (
    CHANGED_BY,
    DAY_MINUTES,
    MINUTES_PER_HOUR,
    minutes_between,
    shown_after,
)
from keyworker_cli.rules.dates.parse import check_shown, parse_minute
from keyworker_cli.rules.dates.say import say_date, say_minute
from keyworker_cli.rules.facts.rota import LatestSlot, NextSlot, Slot
from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.typed import read_code

SHORTEST_SLOT_MINUTES = 15  # a shorter one is refused on entry (help: rota)
ROTA_AHEAD: Final = timedelta(days=14)
"""How far the rota is looked at for what comes next (help: allocation)."""

LOST = (SlotStatus.REDEPLOYED, SlotStatus.CANCELLED, SlotStatus.ABSENT)


class SlotTime(NamedTuple):
    """A time on the rota that is to be: a day, and minutes of that day counted from midnight."""

    slot_on: date
    start_minute: int
    end_minute: int

    @property
    def minutes(self) -> int:
        """How long it lasts: over a change of the clocks the minutes that pass (help: dates)."""
        return minutes_between(self.slot_on, self.start_minute, self.end_minute)


# --- saying ---


def say_hours(slot: SlotTime | Slot) -> str:
    """Say when a slot begins and ends: `09:00-11:15`."""
    return f"{say_minute(slot.start_minute)}-{say_minute(slot.end_minute)}"


def say_slot(slot: SlotTime | Slot) -> str:
    """Say a slot with its day: `Tue 12 May 2026 09:00-11:15`."""
    return f"{say_date(slot.slot_on)} {say_hours(slot)}"


def say_became(slot: Slot) -> str:
    """Say what is recorded of a slot: `worked`, `redeployed: staffing`."""
    return f"{slot.status.lower()}: {slot.reason.lower()}" if slot.reason else slot.status.lower()


# --- what a slot may be ---


def parse_slot(on: date, start: str, end: str) -> SlotTime:
    """Return the slot a user means; raises as `parse_time` and `check_slot`. It may end at 24:00."""
    slot = SlotTime(on, parse_minute(start), DAY_MINUTES if end.strip() == "24:00" else parse_minute(end))
    check_slot(slot)
    return slot


def check_slot(slot: SlotTime) -> None:
    """Refuse a slot that ends before it starts or lasts less than 15 minutes (help: rota): `RefusedError`."""
    if slot.end_minute <= slot.start_minute:
        raise RefusedError(
            f"{say_slot(slot)} ends before it starts.", "a slot begins and ends on one day; for midnight write 24:00."
        )
    if min(slot.minutes, slot.end_minute - slot.start_minute) < SHORTEST_SLOT_MINUTES:
        raise RefusedError(
            f"{say_slot(slot)} lasts {say_count(slot.minutes, 'minute')}.",
            f"a slot lasts {SHORTEST_SLOT_MINUTES} minutes or more: less is no time for a session.",
        )


def find_new_slots(planned: Iterable[SlotTime], recorded: Iterable[Slot]) -> list[SlotTime]:
    """Return the slots that are not on the officer's rota yet; those already there stay as they are.

    Raises `RefusedError` when one overlaps another, planned or recorded, naming both. A lost slot counts as any other:
    it stays part of what was published (help: rota). Raises `UsageError` for a time that the clocks skip that day.
    """
    there = {SlotTime(slot.slot_on, slot.start_minute, slot.end_minute): say_became(slot) for slot in recorded}
    wanted = list(planned)
    for slot in wanted:
        check_shown(slot.slot_on, slot.start_minute)
        check_shown(slot.slot_on, slot.end_minute)
    new = sorted({slot for slot in wanted if slot not in there})
    by_day: dict[date, list[SlotTime]] = {}
    for slot in (*there, *new):
        by_day.setdefault(slot.slot_on, []).append(slot)
    for slot in new:
        for other in by_day[slot.slot_on]:
            if other != slot and other.start_minute < slot.end_minute and slot.start_minute < other.end_minute:
                raise _overlap(slot, other, there)
    return new


def _overlap(slot: SlotTime, other: SlotTime, there: dict[SlotTime, str]) -> RefusedError:
    known = f", which is on the rota ({there[other]})" if other in there else ", of the same pattern"
    return RefusedError(
        f"{say_slot(slot)} overlaps {say_hours(other)}{known}.",
        "nothing was saved; choose a time that is free. kw rota show lists what is there.",
    )


# --- what became of it ---


def choose_slot(slots: Sequence[Slot], *, officer: str, on: date, at: str | None) -> Slot:
    """Return the one slot of an officer on a day: that which `at` lies in, or the only one.

    Raises `NotFoundError` when there is none, `UsageError` when there are several and `at` does not say which.
    """
    if not slots:
        raise NotFoundError(
            f"{officer} has no time on the rota on {say_date(on)}.",
            "kw rota show lists the week; kw rota publish puts a slot on it.",
        )
    listed = ", ".join(say_hours(slot) for slot in slots)
    if at is None:
        if len(slots) == 1:
            return slots[0]
        raise UsageError(
            f"{officer} has {len(slots)} slots on {say_date(on)}: {listed}.",
            f"say which, by its start: --at {say_minute(slots[0].start_minute)}.",
        )
    minute = parse_minute(at)
    chosen = next((slot for slot in slots if slot.start_minute <= minute < slot.end_minute), None)
    if chosen is None:
        raise NotFoundError(
            f"{officer} has no slot at {say_minute(minute)} on {say_date(on)}.", f"their slots that day: {listed}."
        )
    return chosen


def check_worked(on: date, *, as_of: date) -> None:
    """Refuse to record as worked what has not been yet: `RefusedError`."""
    if on > as_of:
        raise RefusedError(
            f"{say_date(on)} has not been yet: nothing was worked on it.", "confirm a slot on its day or after it."
        )


def parse_reason(text: str) -> LossReason:
    """Return the reason for which a slot was lost; raises as `read_code`."""
    return read_code(text, LossReason, "reason")


def parse_loss(text: str) -> SlotStatus:
    """Return what became of a lost slot: REDEPLOYED, CANCELLED or ABSENT; raises as `read_code`."""
    return read_code(text, LOST, "status of a dropped slot")


def session_times(slot: Slot, session_minutes: int, *, from_minute: int = 0) -> Iterator[tuple[int, int]]:
    """Yield when each of the whole sessions that fit into a slot begins and ends, from a minute of the day on.

    Where the clocks go back, a session that would end in the hour that comes twice is given the time until it is over:
    what the clock shows then says nothing of which of the two is meant (help: dates).
    """
    start, on = max(slot.start_minute, from_minute), slot.slot_on
    while start < slot.end_minute and minutes_between(on, start, slot.end_minute) >= session_minutes:
        end = shown_after(on, start, session_minutes)
        if end <= CHANGED_BY and minutes_between(on, start, end) != session_minutes:
            end = (end // MINUTES_PER_HOUR + 1) * MINUTES_PER_HOUR
        yield start, end
        start = end


def sessions_in(slot: Slot, session_minutes: int) -> int:
    """Return how many whole sessions fit into a slot."""
    if slot.start_minute >= CHANGED_BY:
        return slot.minutes // session_minutes
    return sum(1 for _ in session_times(slot, session_minutes))


def prisoners_not_seen(minutes: int, *, minutes_each: int) -> int:
    """Return how many prisoners could have been seen in a lost time: 135 minutes at 45 are 3 prisoners, 134 are 2."""
    return minutes // minutes_each


class SlotState(StrEnum):
    """What a slot counts as, on a day (help: rota)."""

    WORKED = "worked"
    LOST = "lost"
    UNCONFIRMED = "not confirmed"
    TO_COME = "to come"
    NOT_THERE = "not there"


def state_of_slot(slot: Slot, *, as_of: date) -> SlotState:
    """Return what a slot counts as at the end of a day.

    A slot after that day counts as published whatever is stored (help: dates), one of that day as to come until it is
    settled. While the officer is unavailable it is lost, or not there when it is to come.
    """
    to_come = slot.slot_on > as_of or (slot.slot_on == as_of and slot.status == SlotStatus.PUBLISHED)
    if slot.unavailable is not None:
        return SlotState.NOT_THERE if to_come else SlotState.LOST
    if to_come:
        return SlotState.TO_COME
    if slot.status == SlotStatus.WORKED:
        return SlotState.WORKED
    return SlotState.UNCONFIRMED if slot.status == SlotStatus.PUBLISHED else SlotState.LOST


def latest_by_wing(slots: Iterable[LatestSlot]) -> dict[str | None, date]:
    """Return the latest day with any rota, by wing."""
    return {slot.wing: slot.slot_on for slot in slots}


def is_published(slot: Slot, as_of: date) -> bool:
    """Return whether a slot was known at the end of a day: its own day has come, or it was published by then."""
    return slot.slot_on <= as_of or slot.published_on is None or slot.published_on <= as_of


def by_officer(slots: Iterable[Slot]) -> dict[int, list[Slot]]:
    """Return slots by whose they are."""
    found: dict[int, list[Slot]] = {}
    for slot in slots:
        found.setdefault(slot.key_worker_id, []).append(slot)
    return found


def next_from(slot: NextSlot | None, slots: Iterable[Slot], *, as_of: date, from_minute: int) -> NextSlot | None:
    """Return an officer's next slot that is not over by a minute of the day; `slots` are theirs from that day on."""
    if slot is None or slot.slot_on > as_of or slot.end_minute > from_minute:
        return slot
    ahead = (one for one in slots if has_time_to_come(one, as_of=as_of))
    left = [one for one in ahead if one.slot_on > as_of or one.end_minute > from_minute]
    first = min(left, key=lambda one: (one.slot_on, one.start_minute), default=None)
    return first and NextSlot(first.key_worker_id, first.slot_on, first.start_minute, first.end_minute)


def has_time_to_come(slot: Slot, *, as_of: date) -> bool:
    """Whether a slot, published by a day, is still to come after it or on it, and its officer is there."""
    return state_of_slot(slot, as_of=as_of) is SlotState.TO_COME and is_published(slot, as_of)
