"""The minutes of a day: how many there are, and which one a time of day is."""

from datetime import date, time, timedelta
from typing import Final

from keyworker_cli.rules.dates.london import london, london_moment

DAY: Final = timedelta(days=1)
MINUTES_PER_HOUR: Final = 60
DAY_MINUTES: Final = 24 * MINUTES_PER_HOUR
CHANGED_BY: Final = 4 * MINUTES_PER_HOUR
"""The minute of the day by which London's clocks have changed, whenever they did."""


def minute_of_day(at: time) -> int:
    """Return the minute of the day, counted from midnight."""
    return at.hour * MINUTES_PER_HOUR + at.minute


def time_at(minute: int) -> time:
    """Return the time of day of a minute counted from midnight."""
    return time(*divmod(minute, MINUTES_PER_HOUR))


def minutes_lived(on: date, minute: int) -> int:
    """Return the minutes that have passed since midnight when the clock shows a minute of that day (help: dates).

    On the Sunday in March an hour fewer from 02:00 on, on the one in October an hour more.
    """
    days, shown = divmod(minute, DAY_MINUTES)
    passed = london_moment(on + timedelta(days=days), time_at(shown)) - london_moment(on, time.min)
    return passed // timedelta(minutes=1)


def minutes_between(on: date, start: int, end: int) -> int:
    """Return how many minutes pass from one minute of a day to a later one (help: dates).

    Over the change in March an hour fewer than the clock counts, over the one in October an hour more.
    """
    if start >= CHANGED_BY:
        return end - start
    return max(0, minutes_lived(on, end) - minutes_lived(on, start))


def shown_after(on: date, minute: int, minutes: int) -> int:
    """Return the minute that the clock shows so many minutes after it showed `minute`; past midnight it counts on."""
    if minute >= CHANGED_BY and minute + minutes <= DAY_MINUTES:
        return minute + minutes
    there = london(london_moment(on, time_at(minute)) + timedelta(minutes=minutes))
    return (there.date() - on).days * DAY_MINUTES + minute_of_day(there.time())
