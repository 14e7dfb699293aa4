"""What is to be put on the rota: one slot, or a weekly pattern to a date, as people type it (help: rota)."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from keyworker_cli.errors import RefusedError, UsageError
from keyworker_cli.rules.dates.parse import parse_date, place_of_name
from keyworker_cli.rules.dates.say import WEEKDAYS, say_date
from keyworker_cli.rules.rota.slots import SlotTime, parse_slot

WEEKLY_HINT = 'write it as "tue 09:00-11:15, fri 14:00-16:15".'
LONGEST_PATTERN_DAYS = 366  # a longer one is a year mistyped

_SLOT_OF_WEEK = re.compile(r"(?P<day>[a-z]{3,9})\s+(?P<start>[0-9:.]+)\s*(?:-|–|to)\s*(?P<end>[0-9:.]+)")


class SlotOfWeek(NamedTuple):
    """A time that comes every week; `weekday` 0 is Monday."""

    weekday: int
    start_minute: int
    end_minute: int


def plan_slots(
    *, on: str | None, start: str | None, end: str | None, weekly: str | None, until: str | None, today: date
) -> list[SlotTime]:
    """Return the slots a user means: those of a weekly pattern up to `until`, or the one from `start` to `end`.

    A pattern begins on `on`, else tomorrow. Raises `UsageError` for what is missing, too much or cannot be read,
    `RefusedError` for what cannot be a slot.
    """
    if weekly is None:
        return [_one_slot(on=on, start=start, end=end, until=until, today=today)]
    if start is not None or end is not None:
        raise UsageError("a weekly pattern says its times itself.", "leave out --from and --to, or --weekly.")
    if until is None:
        raise UsageError("a weekly pattern needs its last day.", "add --until DATE, such as --until +4w.")
    from_on = today + timedelta(days=1) if on is None else parse_date(on, today=today, ahead=True)
    pattern = parse_weekly(weekly)
    return slots_of_pattern(pattern, from_on=from_on, until_on=parse_date(until, today=today, ahead=True))


def _one_slot(*, on: str | None, start: str | None, end: str | None, until: str | None, today: date) -> SlotTime:
    if until is not None:
        raise UsageError("--until is the last day of a weekly pattern.", 'add --weekly "tue 09:00-11:15".')
    if on is None or start is None or end is None:
        given = {"--on DATE": on, "--from HH:MM": start, "--to HH:MM": end}
        missing = ", ".join(option for option, value in given.items() if value is None)
        raise UsageError(f"this slot has no {missing}.", "a slot takes --on DATE --from HH:MM --to HH:MM.")
    return parse_slot(parse_date(on, today=today, ahead=True), start, end)


def parse_weekly(text: str) -> tuple[SlotOfWeek, ...]:
    """Return the weekly pattern written as `tue 09:00-11:15, fri 14:00-16:15`; each slot is checked as any other.

    Raises `UsageError` for what cannot be read, naming that part.
    """
    return tuple(_slot_of_week(part) for part in text.casefold().split(","))


def _slot_of_week(text: str) -> SlotOfWeek:
    match = _SLOT_OF_WEEK.fullmatch(text.strip())
    weekday = place_of_name(match["day"], WEEKDAYS) if match else None
    if match is None or weekday is None:
        raise UsageError(f"{text.strip()!r} is not a weekday with a time.", WEEKLY_HINT)
    slot = parse_slot(date.min + timedelta(days=weekday), match["start"], match["end"])
    return SlotOfWeek(weekday, slot.start_minute, slot.end_minute)


def slots_of_pattern(pattern: Sequence[SlotOfWeek], *, from_on: date, until_on: date) -> list[SlotTime]:
    """Return every slot of a weekly pattern from one day up to and including another, in order of time.

    Raises `RefusedError` when it ends before it begins, runs for more than a year, or has no day in it.
    """
    if until_on < from_on:
        raise RefusedError(
            f"the pattern ends on {say_date(until_on)}, before it begins on {say_date(from_on)}.",
            "--until is the last day, --on the first (tomorrow unless given).",
        )
    length = (until_on - from_on).days + 1
    if length > LONGEST_PATTERN_DAYS:
        raise RefusedError(
            f"the pattern runs for {length} days, from {say_date(from_on)} to {say_date(until_on)}.",
            "a rota is published for a year at most; check the year of --until.",
        )
    days = (from_on + timedelta(days=later) for later in range(length))
    slots = [SlotTime(day, s.start_minute, s.end_minute) for day in days for s in pattern if s.weekday == day.weekday()]
    if not slots:
        raise RefusedError(
            f"none of these weekdays lies between {say_date(from_on)} and {say_date(until_on)}.",
            "give a later --until, or publish the one slot with --on, --from and --to.",
        )
    return sorted(slots)
