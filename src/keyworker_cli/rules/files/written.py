"""Days and times as spreadsheets and units write them: a spreadsheet's numbers, years of two digits, am and pm."""

import re
from datetime import date, timedelta
from typing import Final

from keyworker_cli.errors import UsageError
from keyworker_cli.rules.dates.clock import DAY_MINUTES, MINUTES_PER_HOUR
from keyworker_cli.rules.dates.parse import parse_full_date

_DAY_0: Final = date(1899, 12, 30)
_DAY_NUMBER: Final = re.compile(r"([1-7][0-9]{4})(\.[0-9]+)?")
_SHORT_YEAR: Final = re.compile(r"(.*[0-9a-z]\.?[\s./-]+)['’]?([0-9]{2})", re.IGNORECASE)
_MONTH_FIRST: Final = re.compile(r"(?:0?[1-9]|1[0-2])[-./](?:1[3-9]|2[0-9]|3[01])[-./]20[0-9]{2}")
_LENGTH: Final = re.compile(
    r"(?:(?P<hours>[0-9]{1,2}) ?(?:h|hrs?|hours?))? ?(?:(?P<minutes>[0-9]{1,3}) ?(?:m|mins?|minutes?)?)?"
    r"|(?P<clock_hours>[0-9]{1,2}):(?P<clock_minutes>[0-5][0-9])(?::00)?"
)
_OF_TWELVE_HOURS: Final = re.compile(
    r"\b(1[0-2]|0?[1-9])(?:[:.]([0-5][0-9]))?(?:[:.][0-5][0-9])?\s*([ap])\.?m\.?$", re.IGNORECASE
)


def in_24_hours(text: str) -> str:
    """Return a time, or a date and a time, by 24 hours where it is by am or pm.

    >>> in_24_hours("2:15 pm"), in_24_hours("12/05/2026 12.05 AM"), in_24_hours("9am"), in_24_hours("14:30")
    ('14:15', '12/05/2026 00:05', '09:00', '14:30')
    """

    def by_24(found: re.Match[str]) -> str:
        hour = int(found[1]) % 12 + (12 if found[3].lower() == "p" else 0)
        return f"{hour:02}:{found[2] or '00'}"

    return _OF_TWELVE_HOURS.sub(by_24, text)


def minutes_meant(text: str) -> int | None:
    """Return how many minutes a length of time is that is not written as their number; `None` for what is none.

    >>> [minutes_meant(text) for text in ("45 mins", "0:45", "1h", "1 hr 15", "many")]
    [45, 45, 60, 75, None]
    """
    match = _LENGTH.fullmatch(text.strip().casefold())
    if match is None:
        return None
    hours, past = match["hours"] or match["clock_hours"], match["minutes"] or match["clock_minutes"]
    return int(hours or 0) * MINUTES_PER_HOUR + int(past or 0) or None


def day_of_number(text: str) -> tuple[date, int | None] | None:
    """Return the day, and the minute of it where there is one, that a spreadsheet counts so; `None` for no such number.

    >>> day_of_number("46154"), day_of_number("46154.5"), day_of_number("12")
    ((datetime.date(2026, 5, 12), None), (datetime.date(2026, 5, 12), 720), None)
    """
    match = _DAY_NUMBER.fullmatch(text)
    if match is None:
        return None
    minute = round(float(match[2]) * DAY_MINUTES) % DAY_MINUTES if match[2] else None
    return _DAY_0 + timedelta(days=int(match[1])), minute


def has_short_year(text: str) -> bool:
    """Say whether it is a date, but for a year of two digits.

    >>> has_short_year("12-May-26"), has_short_year("12.5.26"), has_short_year("12/05/2026"), has_short_year("B-1-26")
    (True, True, False, False)
    """
    match = _SHORT_YEAR.fullmatch(text)
    try:
        return match is not None and bool(parse_full_date(f"{match[1]}20{match[2]}"))
    except UsageError:
        return False


def has_month_first(text: str) -> bool:
    """Say whether it is a date with the month before the day.

    >>> has_month_first("11/21/2026"), has_month_first("21/11/2026")
    (True, False)
    """
    return _MONTH_FIRST.fullmatch(text) is not None
