"""The minutes of a day: how many there are, and which one a time of day is."""

from datetime import date, datetime, time
from typing import Final

from keyworker_cli.rules.dates.london import london

MINUTES_PER_HOUR: Final = 60
DAY_MINUTES: Final = 24 * MINUTES_PER_HOUR


def minute_of_day(at: time) -> int:
    """Return the minute of the day, counted from midnight."""
    return at.hour * MINUTES_PER_HOUR + at.minute


def time_at(minute: int) -> time:
    """Return the time of day of a minute counted from midnight."""
    return time(*divmod(minute, MINUTES_PER_HOUR))


def minute_now(now: datetime, *, on: date) -> int:
    """Return the minute of a day that the clock on the wing shows; 0 where the moment lies in another day."""
    there = london(now)
    return minute_of_day(there.time()) if there.date() == on else 0
