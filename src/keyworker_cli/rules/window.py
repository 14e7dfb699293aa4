"""Which weeks a question about time is about: whole ISO weeks, seen from the end of a day (DOMAIN 3.1, 3.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from keyworker_cli.errors import UsageError
from keyworker_cli.rules.dates import DAYS_PER_WEEK, say_date, say_day
from keyworker_cli.rules.weeks import Week, complete_weeks, parse_week

WEEKS_BY_DEFAULT = 4  # DOMAIN 3.5: the last 4 complete ISO weeks
NAMED_ONE_BY_ONE = 2


@dataclass(frozen=True, slots=True)
class Window:
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
        """The day up to which its men and sessions are known: its last, or the day of asking if that is earlier."""
        return min(self.last_on, self.as_of)

    @property
    def days(self) -> tuple[int, int]:
        """Its days as numbers (`date.toordinal`), from the first up to, and not on, the last."""
        return self.first_on.toordinal(), self.last_on.toordinal() + 1

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
