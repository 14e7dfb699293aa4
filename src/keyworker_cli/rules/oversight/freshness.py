"""How fresh the records are this morning: silence must not read as safety.

help: figures, late-recording, briefing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from keyworker_cli.rules.dates.london import days_between, london_date
from keyworker_cli.rules.dates.say import say_date, say_days
from keyworker_cli.rules.facts.audit import RecordingTime
from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.settings import Settings

LATENESS_DAYS: Final = 28  # "of the last 4 weeks' sessions 30 % were typed a day or more late"


@dataclass(frozen=True, slots=True)
class Lateness:
    """How soon sessions were recorded: of those whose recording moment is known, how many a day or more late.

    `unknown` counts those whose moment is not known, which are in neither number. `latest_on` is the latest day of a
    session, `recorded_at` when any was recorded last; `None` where there is none.
    """

    sessions: int
    late: int
    unknown: int
    latest_on: date | None
    recorded_at: datetime | None

    @property
    def percent_late(self) -> int | None:
        """The share recorded late, in whole per cent; `None` where there were no sessions."""
        return round(100 * self.late / self.sessions) if self.sessions else None


def lateness_window(as_of: date) -> tuple[date, date]:
    """Return the first and last of the 28 days whose sessions are judged."""
    return as_of - timedelta(days=LATENESS_DAYS - 1), as_of


def find_lateness(times: Iterable[RecordingTime]) -> Lateness:
    """Return how soon these sessions were recorded, by London's days: one typed on its own day is not late."""
    times = list(times)
    known = [one for one in times if one.recorded_known]
    return Lateness(
        sessions=len(known),
        late=sum(london_date(one.recorded_at) > one.held_on for one in known),
        unknown=len(times) - len(known),
        latest_on=max((one.held_on for one in times), default=None),
        recorded_at=max((one.recorded_at for one in known), default=None),
    )


def is_recent(last_on: date | None, *, as_of: date, settings: Settings) -> bool:
    """Say whether the newest record is not older than `gap.days`; `None` is no record."""
    return last_on is not None and days_between(last_on, as_of) <= settings.gap_days


def say_silence(newest: Iterable[date | None], *, as_of: date, settings: Settings) -> str:
    """Say that nothing has been recorded for longer than `gap.days`; empty where something has, or nothing ever was.

    `newest` are the latest days of which there is a record of each kind.
    """
    last_on = max((day for day in newest if day is not None), default=None)
    if last_on is None or is_recent(last_on, as_of=as_of, settings=settings):
        return ""
    ago = say_days(days_between(last_on, as_of))
    return f"Nothing has been recorded since {say_date(last_on)}, {ago} ago: what has happened since is not known here."


def say_before(first_on: date, *, as_of: date) -> str:
    """Say that the day asked about lies before the first of which anything is recorded."""
    return f"Nothing is recorded before {say_date(first_on)}: how things stood on {say_date(as_of)} is not known here."


def say_roll(roll: int, prisoners: int) -> str:
    """Say how the prison's roll, counted elsewhere, compares with the prisoners here in `kw`."""
    if roll == prisoners:
        return f"roll {roll:,}: all are in kw"
    missing = abs(roll - prisoners)
    said = say_count(missing, "prisoner is", "prisoners are")
    if roll > prisoners:
        return f"roll {roll:,}, {prisoners:,} in kw: {said} not in kw"
    return f"roll {roll:,}, {prisoners:,} in kw: {said} in kw and not on the roll"
