"""Which days a question about figures is about: a first day, a last one, and the days of the same number before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from keyworker_cli.errors import UsageError
from keyworker_cli.rules.dates.london import DAYS_PER_WEEK
from keyworker_cli.rules.dates.parse import parse_date
from keyworker_cli.rules.dates.say import say_date, say_day
from keyworker_cli.rules.dates.weeks import Week, complete_weeks, parse_week

DAYS_BY_DEFAULT: Final = 28  # the last 28 days (help: figures)
MOST_DAYS: Final = 3660  # ten years: more is a year mistyped


@dataclass(frozen=True, slots=True)
class Period:
    """Consecutive days, both ends included, as they are known at the end of the day `as_of`."""

    first_on: date
    last_on: date
    as_of: date

    @classmethod
    def of_week(cls, week: Week, *, as_of: date) -> "Period":
        """Return an ISO week as a period."""
        return cls(week.monday, week.sunday, as_of)

    @property
    def length(self) -> int:
        """How many days it has."""
        return (self.last_on - self.first_on).days + 1

    @property
    def days(self) -> tuple[int, int]:
        """Its days as numbers (`date.toordinal`), from the first up to, and not on, the last."""
        return self.first_on.toordinal(), self.last_on.toordinal() + 1

    @property
    def before(self) -> "Period":
        """The period of the same length that ends the day before this one begins."""
        return Period(self.first_on - timedelta(days=self.length), self.first_on - timedelta(days=1), self.as_of)

    def __contains__(self, on: date) -> bool:
        return self.first_on <= on <= self.last_on

    def words(self) -> str:
        """Say which days: `Wed 15 Apr to Tue 12 May 2026 (28 days)`."""
        if self.length == 1:
            return f"{say_date(self.last_on)} (1 day)"
        first = say_day(self.first_on) if self.first_on.year == self.last_on.year else say_date(self.first_on)
        return f"{first} to {say_date(self.last_on)} ({self.length} days)"


def check_in_order(since: date, until: date) -> None:
    """Refuse a last day before the first: `UsageError`."""
    if since > until:
        raise UsageError(
            f"--since, {say_date(since)}, is after --until, {say_date(until)}.", "the first day comes first."
        )


def check_begun(since: date, *, as_of: date) -> None:
    """Refuse a first day after the one asked about: `UsageError`."""
    if since > as_of:
        raise UsageError(
            f"--since, {say_date(since)}, is after the day asked about, {say_date(as_of)}.",
            "name a first day that has been.",
        )


def ask_period(
    *, as_of: date, since: str | None = None, until: str | None = None, usual: int = DAYS_BY_DEFAULT
) -> Period:
    """Return the period a user means: `since` and `until` as typed; else so many days as are usual, up to `as_of`.

    Raises `UsageError` for a day that cannot be read or is still to come, a last day before the first, and a period of
    more than ten years.
    """
    last = parse_date(until, today=as_of) if until else as_of
    first = parse_date(since, today=as_of) if since else last - timedelta(days=usual - 1)
    if since:
        check_begun(first, as_of=as_of)
    check_in_order(first, last)
    if last > as_of:
        raise UsageError(
            f"--until, {say_date(last)}, is after the day asked about, {say_date(as_of)}.",
            "only days that are over can be counted: leave --until out.",
        )
    if (last - first).days >= MOST_DAYS:
        raise UsageError(f"{say_date(first)} to {say_date(last)} is more than ten years.", "check the year of --since.")
    return Period(first, last, as_of)


def ask_bounds(*, as_of: date, since: str | None, until: str | None) -> tuple[date | None, date | None]:
    """Return the first and the last day as typed, `None` for one that is left open. `UsageError` as `ask_period`."""
    first = parse_date(since, today=as_of) if since else None
    last = parse_date(until, today=as_of) if until else None
    if first:
        check_begun(first, as_of=as_of)
        check_in_order(first, last or first)
    return first, last


WEEKS_BY_DEFAULT = 4  # the last 4 complete ISO weeks (help: time-budget)
NAMED_ONE_BY_ONE = 2


class Window(NamedTuple):
    """Consecutive ISO weeks, oldest first, as they are known at the end of the day `as_of`."""

    weeks: tuple[Week, ...]
    as_of: date

    @property
    def first_on(self) -> date:
        """Its first day, a Monday."""
        return self.weeks[0].monday

    @property
    def last_on(self) -> date:
        """Its last day, a Sunday."""
        return self.weeks[-1].sunday

    @property
    def seen_until(self) -> date:
        """The day up to which its prisoners and sessions are known.

        Its last, or the day of asking if that is earlier.
        """
        return min(self.last_on, self.as_of)

    @property
    def days(self) -> tuple[int, int]:
        """Its days as numbers (`date.toordinal`), from the first up to, and not on, the last."""
        return Period(self.first_on, self.last_on, self.as_of).days

    @property
    def complete(self) -> bool:
        """All of it lies behind."""
        return self.last_on <= self.as_of

    @property
    def ahead(self) -> bool:
        """None of it has begun."""
        return self.first_on > self.as_of

    def words(self) -> str:
        """Say which weeks and days: `W16 to W19, Mon 13 Apr to Sun 10 May 2026`."""
        first, last = self.first_on, self.last_on
        from_day = say_day(first) if first.year == last.year else say_date(first)
        return f"{say_weeks(self.weeks)}, {from_day} to {say_date(last)}"


def ask_weeks(*, as_of: date, week: str | None = None, weeks: int | None = None, ahead: bool = False) -> Window:
    """Return the window a user means: one `week`, the last complete `weeks`, or the week to come; by default four.

    Raises `UsageError` for a week that cannot be read, and for more than one of the three.
    """
    if (week is not None) + (weeks is not None) + ahead > 1:
        raise UsageError("--week, --weeks and --next each say which weeks.", "give one of them: --weeks 4.")
    if ahead:
        return Window((Week.of(as_of) + 1,), as_of)
    if week is not None:
        return Window((parse_week(week, today=as_of),), as_of)
    return Window(tuple(complete_weeks(as_of, weeks or WEEKS_BY_DEFAULT)), as_of)


def say_weeks(weeks: Sequence[Week]) -> str:
    """Say weeks by number, with the year where they are of two: `W14`, `W14, W15`, `W14 to W19`."""
    one_year = weeks[0].year == weeks[-1].year
    names = [f"W{week.number:02}" if one_year else str(week) for week in weeks]
    return f"{names[0]} to {names[-1]}" if len(names) > NAMED_ONE_BY_ONE else ", ".join(names)


def week_number(on: date) -> int:
    """Return a number that grows by one each Monday."""
    return (on.toordinal() - 1) // DAYS_PER_WEEK
