"""Days, weeks and moments, understood as people type them (help: dates).

A date is a civil date in Europe/London. A span is counted in dates, never in hours, so the clock changes move nothing.
A moment is an aware `datetime`, kept in UTC and shown in London time.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from keyworker_cli.errors import UsageError
from keyworker_cli.rules.dates.clock import CHANGED_BY, minute_of_day, time_at
from keyworker_cli.rules.dates.london import DAYS_PER_WEEK, YEARS, end_of_day, london, london_moment
from keyworker_cli.rules.dates.say import MONTHS, SHORT, WEEKDAYS, say_date, say_time

_DAYS_AT_MOST: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_YEARS_BETWEEN_LEAP_DAYS: Final = 8  # at most: 1896 to 1904, 2096 to 2104
_HOURS_PER_DAY: Final = 24
_THIS_CENTURY: Final = 40  # years of two digits up to it are more likely to be of this century: 90 is a day of birth
_LONGEST_ECHO: Final = 40

# As text: `re` compiles a pattern when it is first used, and most commands read one date or none.
_OFFSET: Final = r"(?P<sign>[+-]) ?(?P<count>[0-9]{1,6}) ?(?P<unit>d|days?|w|weeks?)"
_AGO: Final = r"(?P<count>[0-9]{1,6}|an?) (?P<unit>days?|weeks?) ago"
_IN: Final = r"in (?P<count>[0-9]{1,6}|an?) (?P<unit>days?|weeks?)"
_YEAR_FIRST: Final = r"(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})"
_DAY_FIRST: Final = r"(?P<day>[0-9]{1,2})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?:(?P=mark)(?P<year>[0-9]+))?"
_MONTH_NAMED: Final = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[ -]?(?P<month>[a-z]+)(?:[ -](?P<year>[0-9]+))?"
_WEEKDAY_THEN_DATE: Final = r"(?P<weekday>[a-z]+),? (?P<rest>[0-9].*)"
_TIME: Final = r"(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(?:[:.][0-9]{2})?"
_TIME_WITHOUT_MARK: Final = r"(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})"
_DATE_THEN_TIME: Final = r"(?:(?P<on>.+?),? )?(?P<at>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)"
_TIMESTAMP: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}[t ][0-9]{2}:[0-9]{2}.*"


# --- understanding a date ---


def parse_date(text: str, *, today: date, ahead: bool = False) -> date:
    """Return the date a user means (help: dates); what cannot be one raises `UsageError`, saying why.

    Understood, in any case: `2026-03-25`; day first `25/03/2026`, `25 mar 2026`, `Wed 25 Mar 2026`; without a year
    `25/3`, `25 mar`; `today`, `yesterday`, `tomorrow`; `-3d`, `+1w`, `3 days ago`, `in 2 weeks`; `wed`, `wednesday`.
    A weekday or a date without a year is the most recent one, or with `ahead` (where the date means something to come)
    the next one; today's own counts as today.
    """
    said = plainly(text)
    try:
        on = (
            _iso_date(said)
            or _relative_date(said, today=today, ahead=ahead)
            or _dated(text, said, today=today, ahead=ahead)
        )
    except OverflowError:
        raise _too_far(text, ahead) from None
    if on.year not in YEARS:
        raise _too_far(text, ahead)
    return on


def _too_far(text: str, ahead: bool) -> UsageError:
    return UsageError(f"{echoed(text)}: this is further away than any date can be", _date_hint(ahead))


def parse_full_date(text: str) -> date:
    """Return a date as files carry it, with nothing to guess: `2026-03-25`, `25/03/2026` or `Wed 25 mar 2026`.

    Words such as `yesterday` and dates without a year raise `UsageError`: a file may be read on another day.
    """
    return _dated(text, plainly(text), today=None, ahead=False)


def _iso_date(said: str) -> date | None:
    """Return the date written `2026-03-25`, the way of scripts; `None` for what must be read with more care."""
    if len(said) != len("2026-03-25") or said[4] != "-" or said[7] != "-":
        return None
    try:
        on = date.fromisoformat(said)
    except ValueError:
        return None
    return on if on.year in YEARS else None


def _relative_date(said: str, *, today: date, ahead: bool) -> date | None:
    """Return the date named by words or an offset, counted from today; `None` for any other form."""
    days_away = {"today": 0, "yesterday": -1, "tomorrow": 1}.get(said)
    if days_away is None:
        days_away = _offset_days(said)
    if days_away is not None:
        return today + timedelta(days=days_away)
    weekday = place_of_name(said, WEEKDAYS)
    if weekday is None:
        return None
    if ahead:
        return today + timedelta(days=(weekday - today.weekday()) % DAYS_PER_WEEK)
    return today - timedelta(days=(today.weekday() - weekday) % DAYS_PER_WEEK)


def _offset_days(said: str) -> int | None:
    for form, sign in ((_OFFSET, 0), (_AGO, -1), (_IN, 1)):
        if match := re.fullmatch(form, said):
            direction = sign or (-1 if match["sign"] == "-" else 1)
            count = 1 if match["count"].startswith("a") else int(match["count"])
            return direction * count * (DAYS_PER_WEEK if match["unit"].startswith("w") else 1)
    return None


def _dated(text: str, said: str, *, today: date | None, ahead: bool) -> date:
    """Return the date written with a day and a month, with or without a weekday that must agree."""
    dated = re.fullmatch(_WEEKDAY_THEN_DATE, said)
    weekday = place_of_name(dated["weekday"], WEEKDAYS) if dated else None
    on = _written_date(text, said if dated is None or weekday is None else dated["rest"], today=today, ahead=ahead)
    if weekday is not None and on.weekday() != weekday:
        raise UsageError(
            f"{echoed(text)}: {on.day} {MONTHS[on.month - 1]} {on.year} is a {WEEKDAYS[on.weekday()]}",
            "leave out the weekday, or write the year",
        )
    return on


def _written_date(text: str, said: str, *, today: date | None, ahead: bool) -> date:
    """Return the date written with a day and a month. Without `today` the year must be there."""
    match = re.fullmatch(_YEAR_FIRST, said) or re.fullmatch(_DAY_FIRST, said) or re.fullmatch(_MONTH_NAMED, said)
    month = _month(match["month"]) if match else None
    if match is None or month is None:
        raise UsageError(f"{echoed(text)}: this is not a date" if said else "no date was given", _date_hint(ahead))
    day, year = int(match["day"]), match["year"]
    if not 1 <= month <= len(MONTHS):
        raise _no_such_month(text, day, month, day_first=match.re.pattern == _DAY_FIRST)
    if not 1 <= day <= _DAYS_AT_MOST[month - 1]:
        hint = f"{MONTHS[month - 1]} has {_DAYS_AT_MOST[month - 1]} days at most"
        raise UsageError(f"{echoed(text)}: there is no {day} {MONTHS[month - 1]}", hint)
    if year is not None:
        return _date_in_year(text, day, month, year)
    if today is None:
        raise UsageError(f"{echoed(text)}: the year is missing", f"write it in full, such as {day:02}/{month:02}/2026")
    return _nearest(day, month, today=today, ahead=ahead)


def _month(written: str) -> int | None:
    if written.isdigit():
        return int(written)
    place = place_of_name(written, MONTHS)
    return None if place is None else place + 1


def _no_such_month(text: str, day: int, month: int, *, day_first: bool) -> UsageError:
    """Return the error for a month past December, offering the date meant by one who wrote the month first."""
    if not day_first:
        return UsageError(f"{echoed(text)}: there is no month {month}", _date_hint(ahead=False))
    swapped = 1 <= day <= len(MONTHS) and 1 <= month <= _DAYS_AT_MOST[day - 1]
    return UsageError(
        f"{echoed(text)}: there is no month {month}; dates are day first",
        f"for {month} {MONTHS[day - 1]} write {month}/{day}" if swapped else _date_hint(ahead=False),
    )


def _date_in_year(text: str, day: int, month: int, year: str) -> date:
    if len(year) == len("26"):
        raise UsageError(
            f"{echoed(text)}: the year {year} could be of two centuries",
            f"write the year in full, such as {day:02}/{month:02}/{19 if int(year) > _THIS_CENTURY else 20}{year}",
        )
    if len(year) != len("2026") or int(year) not in YEARS:
        raise UsageError(f"{echoed(text)}: there is no year {echoed(year)} here", "write the year in four digits: 2026")
    try:
        return date(int(year), month, day)
    except ValueError:  # the day is one that other years have
        raise UsageError(
            f"{echoed(text)}: there is no {day} {MONTHS[month - 1]} in {year}", "check the day and the year"
        ) from None


def _nearest(day: int, month: int, *, today: date, ahead: bool) -> date:
    """Return the latest such date up to today, or the first from today on; 29 February may be years away."""
    step = 1 if ahead else -1
    for year in range(today.year, today.year + step * (_YEARS_BETWEEN_LEAP_DAYS + 1), step):
        try:
            on = date(year, month, day)
        except ValueError:
            continue
        if (on >= today) if ahead else (on <= today):
            return on
    raise OverflowError(f"no {day} {month} near {today}")


def place_of_name(word: str, names: tuple[str, ...]) -> int | None:
    """Return the place of the one name that a word of three letters or more begins."""
    if len(word) < SHORT:
        return None
    return next((place for place, name in enumerate(names) if name.casefold().startswith(word)), None)


def _date_hint(ahead: bool) -> str:
    relative = "tomorrow, +3d" if ahead else "yesterday, -3d"
    return f"write it day first, such as 25/03/2026 or 25 mar, or as 2026-03-25, {relative}, wed"


# --- understanding times and moments ---


def parse_time(text: str) -> time:
    """Return the time of day written `09:40`, `9:40`, `9.40` or `0940`; seconds are left off. Else `UsageError`."""
    said = plainly(text)
    match = re.fullmatch(_TIME, said) or re.fullmatch(_TIME_WITHOUT_MARK, said)
    if match is None:
        wrong = f"{echoed(text)}: this is not a time" if said else "no time was given"
        raise UsageError(wrong, "write it by the 24-hour clock: 09:40, 14:15")
    hour, minute = int(match["hour"]), int(match["minute"])
    try:
        return time(hour, minute)
    except ValueError:
        wrong = f"hour {hour}" if hour >= _HOURS_PER_DAY else f"minute {minute}"
        raise UsageError(f"{echoed(text)}: there is no {wrong}", "the day runs from 00:00 to 23:59") from None


def parse_minute(text: str) -> int:
    """Return a time of day as minutes from midnight; raises as `parse_time`."""
    return minute_of_day(parse_time(text))


def parse_moment(text: str, *, today: date) -> datetime:
    """Return the moment a user means, in UTC; what cannot be one raises `UsageError`.

    Understood: a timestamp with its offset (`2026-03-25T15:02:00Z`); a date as `parse_date` reads it and a time in
    London (`25/03/2026 15:02`, `yesterday 8:15`); a time alone, which is today's; a date alone: the end of that day.
    A time that the clocks skipped in March is refused; one that came twice in October is the first of the two.
    """
    said = plainly(text)
    if re.fullmatch(_TIMESTAMP, said):
        return _timestamp(text, said)
    match = re.fullmatch(_DATE_THEN_TIME, said)
    if match is None:
        return end_of_day(parse_date(text, today=today))
    on = today if match["on"] is None else parse_date(match["on"], today=today)
    return _moment_in_london(text, datetime.combine(on, parse_time(match["at"])))


def _timestamp(text: str, said: str) -> datetime:
    try:
        moment = datetime.fromisoformat(said.replace(" +", "+").replace(" z", "z").upper())
        if moment.year not in YEARS:
            raise ValueError(f"there is no year {moment.year} here")
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageError(
            f"{echoed(text)}: there is no such moment", "write it as 2026-03-25T15:02:00Z or 25/03/2026 15:02"
        ) from None
    return _moment_in_london(text, moment)


def _moment_in_london(text: str, local: datetime) -> datetime:
    if skipped(local.date(), local.time()):
        raise UsageError(f"{echoed(text)}: {_skipped(local.date(), local.time())}", _EITHER_SIDE)
    return london_moment(local.date(), local.time())


_EITHER_SIDE: Final = "write a time before 01:00 or from 02:00 on"


def check_shown(on: date, minute: int | None) -> None:
    """Refuse a minute of a day that London's clocks never showed, having gone forward; raises `UsageError`.

    help: dates.
    """
    if minute is not None and minute < CHANGED_BY and skipped(on, at := time_at(minute)):
        raise UsageError(f"{_skipped(on, at)}.", f"{_EITHER_SIDE}.")


def skipped(on: date, at: time) -> bool:
    """Say whether the clocks went forward over that time of that day."""
    return london(london_moment(on, at)).replace(tzinfo=None) != datetime.combine(on, at)


def _skipped(on: date, at: time) -> str:
    return f"there was no {say_time(at)} on {say_date(on)}, the clocks went forward"


# --- shared ---


def plainly(text: str) -> str:
    """Return what was typed in small letters with single spaces."""
    return " ".join(text.split()).casefold()


def echoed(text: str) -> str:
    """Return what was typed as an error may repeat it: on one line, and not a page of it."""
    said = " ".join(text.split())
    return said if len(said) <= _LONGEST_ECHO else f"{said[: _LONGEST_ECHO - 1]}…"
