"""Calendar months, as they are typed and counted."""

import re
from datetime import date, timedelta
from typing import Final, NamedTuple, Self

from keyworker_cli.errors import UsageError
from keyworker_cli.rules.dates.london import YEARS

_WRITTEN: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_LAST_MONTH: Final = 12


class Month(NamedTuple):
    """A calendar month, written `2026-04`."""

    year: int
    number: int

    @classmethod
    def of(cls, on: date) -> Self:
        """Return the month that a day lies in."""
        return cls(on.year, on.month)

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        after = date(self.year + self.number // _LAST_MONTH, self.number % _LAST_MONTH + 1, 1)
        return after - timedelta(days=1)

    @property
    def before(self) -> "Month":
        """The month before."""
        return Month.of(self.first_day - timedelta(days=1))

    def until(self, number: int) -> "list[Month]":
        """Return so many months up to this one, the earliest first."""
        months = [self]
        while len(months) < number:
            months.insert(0, months[0].before)
        return months

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


def check_month(month: Month, *, as_of: date) -> None:
    """Refuse a month that has not begun: `UsageError`."""
    if month.first_day > as_of:
        raise UsageError(f"{month} has not begun.", "name a month that has: this, last or 2026-04.")


def parse_month(text: str | None, *, today: date) -> Month:
    """Return the month meant: `2026-04`, `this` or `last`; the last one when none is named. Else `UsageError`."""
    said = (text or "last").strip().casefold()
    if said in ("last", "this"):
        this = Month.of(today)
        return this if said == "this" else this.before
    match = _WRITTEN.fullmatch(said)
    if match is None or not 1 <= int(match[2]) <= _LAST_MONTH or int(match[1]) not in YEARS:
        raise UsageError(f"{(text or '').strip()!r} is not a month.", "write the year and the month: 2026-04, or last.")
    return Month(int(match[1]), int(match[2]))
