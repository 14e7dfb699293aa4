"""How a date, a time, a moment and a number of days are said: `Wed 25 Mar 2026`, never to be mistaken."""

from datetime import date, datetime, time
from typing import Final

from keyworker_cli.rules.dates.clock import MINUTES_PER_HOUR
from keyworker_cli.rules.dates.london import DAYS_PER_WEEK, london, whole_weeks
from keyworker_cli.rules.say import say_count


def say_date(on: date) -> str:
    """Say a date so that nobody can misread it: `Wed 25 Mar 2026`."""
    return f"{say_day(on)} {on.year}"


def say_day(on: date) -> str:
    """Say a date where the year stands elsewhere on the page: `Wed 25 Mar`."""
    return f"{WEEKDAYS[on.weekday()][:SHORT]} {on.day} {MONTHS[on.month - 1][:SHORT]}"


def say_day_near(on: date, as_of: date) -> str:
    """Say a date without its year where that is the year of the page: `Fri 24 Oct 2025` on a page of May 2026."""
    return say_day(on) if on.year == as_of.year else say_date(on)


def say_month(on: date) -> str:
    """Say the month a date lies in: `March 2026`."""
    return f"{MONTHS[on.month - 1]} {on.year}"


def say_span(first_on: date, last_on: date, as_of: date | None = None) -> str:
    """Say the days from one to another, the year where it is not the same, or not that of the page.

    `Thu 2 Apr to Wed 13 May`; without `as_of` the year stands elsewhere, such as above.
    """
    last = say_day_near(last_on, as_of or first_on)
    if first_on == last_on:
        return last
    return f"{say_day(first_on) if first_on.year == last_on.year else say_date(first_on)} to {last}"


def say_time(at: time) -> str:
    """Say a time of day by the 24-hour clock: `09:40`."""
    return f"{at.hour:02}:{at.minute:02}"


def say_minute(minute: int) -> str:
    """Say a minute of the day by the clock: 555 is `09:15`; the day's end, 1440, is `24:00`."""
    hour, past = divmod(minute, MINUTES_PER_HOUR)
    return f"{hour:02}:{past:02}"


def say_moment(moment: datetime) -> str:
    """Say an aware moment as the clock on the wing showed it: `Wed 25 Mar 2026 15:02`."""
    local = london(moment)
    return f"{say_date(local)} {say_time(local.time())}"


def say_days(days: int) -> str:
    """Say a number of days, with the whole weeks in it from the first week on: `1 day`, `49 days (7 weeks)`."""
    said = say_count(days, "day")
    return said if days < DAYS_PER_WEEK else f"{said} ({say_count(whole_weeks(days), 'week')})"


# Spelt here rather than taken from the locale: a page must read the same on every machine.
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


SHORT: Final = 3
