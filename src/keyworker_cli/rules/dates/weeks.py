"""Weeks as a prison counts them: ISO, Monday to Sunday; which are complete, and which one a user means.

help: dates.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Self, TypeVar

from keyworker_cli.errors import UsageError
from keyworker_cli.rules.dates.london import DAYS_PER_WEEK, YEARS
from keyworker_cli.rules.dates.parse import echoed, parse_date, plainly

T = TypeVar("T")

_NEARLY_A_WEEK: Final = r"[0-9]{4}-?[0-9]{1,2}|w[0-9]{1,2}[- ]?[0-9]{4}|week [0-9]{1,2}"
_WEEK_WITHOUT_YEAR: Final = r"(?:w|week ?)?[0-9]{1,2}"
_WEEK: Final = r"(?P<year>[0-9]{4})-?w(?P<number>[0-9]{1,2})"


@dataclass(frozen=True, order=True, slots=True)
class Week:
    """An ISO week, Monday to Sunday, written `2026-W13`. A number the year does not have raises `ValueError`."""

    year: int
    number: int

    def __post_init__(self) -> None:
        date.fromisocalendar(self.year, self.number, 1)

    @classmethod
    def of(cls, on: date) -> Self:
        """Return the week a date lies in; its year is not always the date's own (1 January 2027 is in 2026-W53)."""
        year, number, _ = on.isocalendar()
        return cls(year, number)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the week written as `2026-W13` (or `2026w13`); anything else raises `UsageError`."""
        written = re.fullmatch(_WEEK, plainly(text))
        if written is None:
            raise UsageError(f"{echoed(text)}: this is not a week", "write the year and the week: 2026-W13")
        year, number = int(written["year"]), int(written["number"])
        if year not in YEARS:
            raise UsageError(
                f"{echoed(text)}: there is no year {year:04} here", "write the year and the week: 2026-W13"
            )
        try:
            return cls(year, number)
        except ValueError:
            raise UsageError(
                f"{echoed(text)}: there is no week {number} in {year}", "write the year and the week: 2026-W13"
            ) from None

    @property
    def monday(self) -> date:
        """The first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """The last day."""
        return self.monday + timedelta(days=DAYS_PER_WEEK - 1)

    @property
    def days(self) -> tuple[date, ...]:
        """The seven days, Monday first."""
        monday = self.monday
        return tuple(monday + timedelta(days=later) for later in range(DAYS_PER_WEEK))

    def __add__(self, weeks: int) -> "Week":
        return Week.of(self.monday + timedelta(weeks=weeks))

    def __sub__(self, weeks: int) -> "Week":
        return self + -weeks

    def __contains__(self, on: date) -> bool:
        return Week.of(on) == self

    def __str__(self) -> str:
        return f"{self.year:04}-W{self.number:02}"


def complete_weeks(as_of: date, number: int) -> list[Week]:
    """Return the last `number` complete weeks, oldest first; a week is complete when its Sunday ends.

    help: time-budget.
    """
    latest = Week.of(as_of + timedelta(days=1)) - 1
    return [latest - back for back in reversed(range(number))]


def by_week(dated: Iterable[tuple[date, T]]) -> dict[Week, list[T]]:
    """Return what has a day by the week that the day lies in, in the order given."""
    found: dict[Week, list[T]] = {}
    for on, one in dated:
        found.setdefault(Week.of(on), []).append(one)
    return found


def weeks_between(first_on: date, last_on: date) -> Iterator[Week]:
    """Yield the weeks with a day between two, both included, the earliest first."""
    week = Week.of(first_on)
    while week.monday <= last_on:
        yield week
        week += 1


def parse_week(text: str, *, today: date) -> Week:
    """Return the week a user means: `2026-W48`, `this`, `last`, `next`, or any date in it. Else `UsageError`."""
    said = plainly(text).removesuffix(" week")
    named = {"last": -1, "this": 0, "next": 1}
    if said in named:
        return Week.of(today) + named[said]
    if re.fullmatch(_WEEK, said):
        return Week.parse(said.upper())
    if re.fullmatch(_WEEK_WITHOUT_YEAR, said):
        raise UsageError(f"{echoed(text)}: the year is missing", f"write the year and the week: {Week.of(today)}")
    if re.fullmatch(_NEARLY_A_WEEK, said):
        raise UsageError(f"{echoed(text)}: this is not a week", f"write the year and the week: {Week.of(today)}")
    return Week.of(parse_date(text, today=today))


def look_back_from(as_of: date, weeks: int) -> date:
    """Return the first day of the last so many weeks up to a day."""
    return as_of - timedelta(days=DAYS_PER_WEEK * weeks - 1)
