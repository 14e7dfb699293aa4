"""Civil dates and moments in Europe/London: days are counted in dates, never in hours."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from keyworker_cli.errors import KwError

DAYS_PER_WEEK: Final = 7


_FURTHEST_AHEAD: Final = timedelta(hours=2)  # in the double summer time of the 1940s; never behind UTC in YEARS


def whole_weeks(days: int) -> int:
    """Return the whole weeks in a number of days: 49 days are 7 weeks, 55 days too (help: gap)."""
    return days // DAYS_PER_WEEK


def days_between(from_on: date, to_on: date) -> int:
    """Return the days from one date to another: 0 on the same day, negative if `to_on` is the earlier (help: dates)."""
    return (to_on - from_on).days


def age_on(born_on: date, on: date) -> int:
    """Return a person's age in whole years; one born on 29 February comes of age on 1 March in a common year."""
    had_birthday = (on.month, on.day) >= (born_on.month, born_on.day)
    return on.year - born_on.year - (0 if had_birthday else 1)


@cache
def london_zone() -> ZoneInfo:
    """Return London's time zone; its table is read when it is first asked for. Raises `KwError` where there is none."""
    try:
        return ZoneInfo("Europe/London")
    except ZoneInfoNotFoundError:
        raise KwError(
            "this Python has no time zones, and cannot tell what London's clocks show.",
            "install them where kw is: pip install tzdata",
        ) from None


def london(moment: datetime) -> datetime:
    """Return an aware moment in London time. A moment without a time zone is a mistake: `ValueError`."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs its time zone: {moment.isoformat()}")
    return moment.astimezone(london_zone())


def london_date(moment: datetime) -> date:
    """Return the civil date in London on which an aware moment falls. One without a time zone: `ValueError`."""
    if moment.tzinfo is None:
        return london(moment).date()
    utc = moment.astimezone(UTC)
    if (utc + _FURTHEST_AHEAD).date() == utc.date():  # the same day, whatever London's clocks say
        return utc.date()
    return london(moment).date()


def london_moment(on: date, at: time) -> datetime:
    """Return the moment, in UTC, at which London's clocks show `at` on `on`.

    In the hour that comes twice in October it is the first of the two. In the hour that is left out in March it is the
    moment that many minutes after the clocks went forward.
    """
    return datetime.combine(on, at.replace(fold=0), london_zone()).astimezone(UTC)


def end_of_day(on: date) -> datetime:
    """Return the last moment of a civil date, in UTC: what `--as-of` and `--known-at` mean by a date alone."""
    return london_moment(on, time.max)


YEARS: Final = range(1900, 2200)
"""Of those alive and those to come: sums of dates in them stay within what a date can be."""
