"""A prisoner's own average: minutes a week over his stay, beside his last 28 days, so that neither hides the other.

help: time-budget.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from keyworker_cli.rules.budget.time_chain import known_sum
from keyworker_cli.rules.codes.records import Outcome
from keyworker_cli.rules.dates.london import DAYS_PER_WEEK
from keyworker_cli.rules.dates.periods import Period
from keyworker_cli.rules.facts.sessions import SessionHeld
from keyworker_cli.rules.facts.spans import AbsenceSpan, StaySpan
from keyworker_cli.rules.facts.stays import Away, Stay
from keyworker_cli.rules.say import PERCENT, say_count, say_number
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.stays.eligible_days import find_holdings

LAST_DAYS: Final = 28


@dataclass(frozen=True, slots=True)
class OwnAverage:
    """What a prisoner had of what he was to have, on the days from `first_on` to `last_on` that count.

    `unknown` are sessions and entries that were held and of which the minutes are not known: in no sum.
    """

    first_on: date
    last_on: date
    days: int
    required_sevenths: int
    known_minutes: int
    unknown: int

    @property
    def required_minutes(self) -> int:
        """The weekly target for each day that counts, to a whole minute."""
        return round(self.required_sevenths / DAYS_PER_WEEK)

    @property
    def delivered_minutes(self) -> int | None:
        """The minutes held; `None` where there were sessions and of none of them are they known."""
        return known_sum(self.known_minutes, self.unknown)

    @property
    def minutes_per_week(self) -> float | None:
        """Minutes a week, to one decimal; `None` of no day that counts, and where no minutes are known."""
        if self.delivered_minutes is None or not self.days:
            return None
        return round(self.delivered_minutes * DAYS_PER_WEEK / self.days, 1)

    @property
    def percent(self) -> int | None:
        """What was delivered of what was required, to a whole per cent; `None` where nothing was."""
        whole = self.required_sevenths
        if self.delivered_minutes is None or not whole:
            return None
        return round(PERCENT * self.delivered_minutes * DAYS_PER_WEEK / whole)


def own_averages(
    stay: Stay, absences: Iterable[Away], sessions: Sequence[SessionHeld], *, as_of: date, settings: Settings
) -> tuple[OwnAverage, OwnAverage]:
    """Return his averages of the stay and of its last 28 days, up to the end of a day.

    The day of arrival counts, that on which he left or died does not; `sessions` are those that count for him.
    """
    left = stay.left_on if stay.left_on is not None and stay.left_on <= as_of else None
    last_on = left - timedelta(days=1) if left else as_of
    recent = max(stay.arrived_on, last_on - timedelta(days=LAST_DAYS - 1))
    away = list(absences)

    def over(first_on: date) -> OwnAverage:
        span = StaySpan(0, stay.arrived_on, stay.left_on, stay.out_of_scope_from, None)
        nights = [AbsenceSpan(0, one.from_on, one.to_on) for one in away]
        window = Period(first_on, last_on, as_of)
        days = sum(one.days for one in find_holdings([span], nights, (), window=window))
        held = [one for one in sessions if first_on <= one.held_on <= (left or as_of) and _held(one)]
        return OwnAverage(
            first_on,
            last_on,
            days,
            settings.target_minutes_per_week * days,
            sum(one.minutes for one in held if one.minutes is not None),
            sum(one.minutes is None for one in held),
        )

    return over(stay.arrived_on), over(recent)


def say_average(whole: OwnAverage, recent: OwnAverage) -> str:
    """Say both in a sentence: `29.5 minutes a week over 128 days (540 of 823 required, 66 %); …`."""
    return f"His own average: {_say(whole)}; in the last {LAST_DAYS} days {_say(recent)}."


def _say(one: OwnAverage) -> str:
    if one.delivered_minutes is None:
        return f"no data, the minutes of {say_count(one.unknown, 'session')} are not known"
    if one.minutes_per_week is None:
        return "n/a, no day that counts"
    left_out = f"; {one.unknown} of unknown length left out" if one.unknown else ""
    days = say_count(one.days, "day")
    share = f"{one.delivered_minutes:,} of {one.required_minutes:,} required, {one.percent} %"
    return f"{say_number(one.minutes_per_week)} minutes a week over {days} ({share}{left_out})"


def _held(session: SessionHeld) -> bool:
    return session.outcome == Outcome.COMPLETED
