"""A prisoner's weeks as a calendar: a column a week, a row a day, so that empty weeks are seen at a glance.

help: counted-session, rota.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from keyworker_cli.rules.codes.records import Outcome, SessionType
from keyworker_cli.rules.contact.counted import is_counted
from keyworker_cli.rules.dates.london import DAYS_PER_WEEK
from keyworker_cli.rules.dates.weeks import Week
from keyworker_cli.rules.facts.sessions import SessionHeld
from keyworker_cli.rules.rota.spells import LOST, NO_TIME, RotaSpell
from keyworker_cli.rules.settings import Settings

CALENDAR_WEEKS: Final = 26


class DayMark(StrEnum):
    """What a day of the calendar shows; of several the first that holds."""

    SESSION = "SESSION"
    NOT_HELD = "NOT_HELD"
    CONCERN = "CONCERN"
    NO_TIME = "NO_TIME"
    NOTHING = "NOTHING"
    NOT_HERE = "NOT_HERE"


class Calendar(NamedTuple):
    """The weeks shown, the earliest first, and the seven days of each, Monday first."""

    weeks: tuple[Week, ...]
    days: tuple[tuple[DayMark, ...], ...]

    def count(self, mark: DayMark) -> int:
        """Return how many days show a mark."""
        return sum(week.count(mark) for week in self.days)


def calendar_of(
    sessions: Iterable[SessionHeld],
    concerns_on: Iterable[date],
    spells: Iterable[RotaSpell],
    *,
    since: date,
    until: date,
    settings: Settings,
) -> Calendar:
    """Return the last weeks of a stay from one day up to another, both included, 26 of them at most.

    `concerns_on` are the days on which something was recorded that raises his priority; `spells` the weeks in which his
    key worker worked no time on the rota: without a slot, or with every slot dropped.
    """
    sessions, concerns = list(sessions), set(concerns_on)
    seen = {one.held_on for one in sessions if is_counted(one, settings=settings)}
    not_held = {one.held_on for one in sessions if one.type == SessionType.KS and one.outcome != Outcome.COMPLETED}
    empty = [(one.first_on, one.last_on) for one in spells if one.kind in (NO_TIME, LOST)]

    def mark(on: date) -> DayMark:
        if not since <= on <= until:
            return DayMark.NOT_HERE
        if on in seen:
            return DayMark.SESSION
        if on in not_held:
            return DayMark.NOT_HELD
        if on in concerns:
            return DayMark.CONCERN
        no_time = any(first <= on <= last for first, last in empty)
        return DayMark.NO_TIME if no_time else DayMark.NOTHING

    last = Week.of(until)
    number = min(CALENDAR_WEEKS, (last.monday - Week.of(since).monday).days // DAYS_PER_WEEK + 1)
    weeks = tuple(last - back for back in reversed(range(number)))
    return Calendar(weeks, tuple(tuple(mark(week.monday + timedelta(days=day)) for day in range(7)) for week in weeks))
