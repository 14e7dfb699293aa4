"""What if officers were taken away, or given time: the days and times as people type them (help: forecast)."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from keyworker_cli.errors import UsageError
from keyworker_cli.rules.dates.parse import parse_date, plainly
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.dates.weeks import Week, parse_week
from keyworker_cli.rules.facts.people import Worker
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.rota.offers import slot_given
from keyworker_cli.rules.rota.slots import SlotTime, parse_slot

WORKING_DAYS = 5
MOST_WEEKS = 8
ADD_HINT = "write it as KEY_WORKER@DAY@09:00-11:15; the day may be a week, for Monday to Friday of it."

_WEEK = re.compile(r"this|next|(this|next) week|[0-9]{4}-?w[0-9]{1,2}")
_ADDED = re.compile(r"(?P<who>[^@]+)@(?P<day>[^@]+)@(?P<start>[0-9:.]+)\s*(?:-|–|to)\s*(?P<end>[0-9:.]+)")


class Added(NamedTuple):
    """Time that an officer could be given, as it was typed: who that is has still to be found."""

    who: str
    times: tuple[SlotTime, ...]


def days_meant(text: str, *, as_of: date, until: date) -> tuple[date, ...]:
    """Return the day that was typed, or the days of the week: those from the one asked about to the last looked at.

    Raises `UsageError` for what is no day, and for days that are over or not looked at.
    """
    if _WEEK.fullmatch(plainly(text)):
        asked = parse_week(text, today=as_of).days
    else:
        asked = (parse_date(text, today=as_of, ahead=True),)
    days = tuple(day for day in asked if as_of <= day <= until)
    if days:
        return days
    if asked[-1] < as_of:
        raise UsageError(f"{say_date(asked[-1])} is over.", "name a day from today on.")
    ahead = ((Week.of(asked[0]).monday - Week.of(as_of).monday).days + 6) // 7
    further = f"look further: --weeks {ahead}." if ahead <= MOST_WEEKS else f"kw looks {MOST_WEEKS} weeks ahead."
    raise UsageError(f"{say_date(asked[0])} lies after {say_date(until)}, the last day looked at.", further)


def parse_added(text: str, *, as_of: date, until: date) -> Added:
    """Return time to be given, written as `SHAH@wed@09:00-11:15`; of a week, one slot each from Monday to Friday.

    Raises `UsageError` for what cannot be read and as `days_meant`, `RefusedError` for what cannot be a slot.
    """
    written = _ADDED.fullmatch(text.strip())
    if written is None:
        raise UsageError(f"{text!r} is not an officer, a day and a time.", ADD_HINT)
    days = days_meant(written["day"], as_of=as_of, until=until)
    working = days[:1] if len(days) == 1 else tuple(day for day in days if day.weekday() < WORKING_DAYS)
    return Added(written["who"], tuple(parse_slot(day, written["start"], written["end"]) for day in working))


def slots_given(worker: Worker, times: Sequence[SlotTime], *, first_id: int, published_on: date) -> Iterator[Slot]:
    """Yield the slots that an officer would have, published on a day, with keys from `first_id` downwards."""
    for number, time in enumerate(times):
        yield slot_given(worker, time, slot_id=first_id - number, published_on=published_on)
