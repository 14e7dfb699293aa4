"""After death nothing changes what was: what was recorded later stands beside the figures, and is in none of them.

help: late-recording.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from keyworker_cli.rules.codes.records import DepartureReason
from keyworker_cli.rules.dates.london import days_between, london_date
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.sessions import SessionHeld
from keyworker_cli.rules.facts.stays import Stay
from keyworker_cli.rules.say import say_count


@dataclass(frozen=True, slots=True)
class LateSessions:
    """Counted sessions that were recorded after the day of death, and the gap that they would make of his."""

    days: int
    would_be: int
    number: int
    recorded_later: int

    def __str__(self) -> str:
        """Say it in a sentence that leaves the figure what it was."""
        what = "a session" if self.number == 1 else f"{self.number} sessions"
        later = f"{'' if self.number == 1 else 'up to '}{say_count(self.recorded_later, 'day')}"
        effect = f"would make it {self.would_be}" if self.would_be < self.days else "would leave it so"
        return f"{say_count(self.days, 'day')}, as recorded when he died; {what} recorded {later} later {effect}."


def died_on(stays: Iterable[Stay]) -> date | None:
    """Return the day on which he died, where that is recorded."""
    return next((stay.left_on for stay in stays if stay.departure_reason == DepartureReason.DIED), None)


def death_of(prisoner: Person) -> date | None:
    """Return the day on which a prisoner died, where his last stay ended so."""
    return prisoner.left_on if prisoner.departure_reason == DepartureReason.DIED else None


def in_time(recorded_at: datetime, died: date | None, *, known: bool) -> bool:
    """Return whether something had been recorded by the end of the day of death; a moment not known counts."""
    return died is None or not known or london_date(recorded_at) <= died


class Recorded(Protocol):
    """A record that says when it was made, and whether that moment is known."""

    @property
    def recorded_at(self) -> datetime:
        """When it was recorded, or imported."""
        ...

    @property
    def recorded_known(self) -> bool:
        """That moment is when it was recorded."""
        ...


def recorded_in_time(record: Recorded, died: date | None) -> bool:
    """Return whether a record had been made by the end of the day of death."""
    return in_time(record.recorded_at, died, known=record.recorded_known)


def late_sessions(sessions: Sequence[SessionHeld], died: date, *, days: int) -> LateSessions | None:
    """Return what the sessions recorded after his death, counted ones, would make of the gap of `days`."""
    if not sessions:
        return None
    would_be = min(days, days_between(max(one.held_on for one in sessions), died))
    later = max(days_between(one.held_on, london_date(one.recorded_at)) for one in sessions)
    return LateSessions(days, would_be, len(sessions), later)
