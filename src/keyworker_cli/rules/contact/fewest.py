"""Thin contact: who has had the fewest sessions a week over twelve weeks (help: thin-contact).

It finds the prisoner who is always overdue and never serious.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

from keyworker_cli.rules.contact.gap_state import serious_after
from keyworker_cli.rules.dates.london import DAYS_PER_WEEK
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.sessions import CountedSession, SessionsCounted
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.stays.eligible_days import Days, Holding, holdings_within

WEEKS_BY_DEFAULT: Final = 12
FEWEST_WEEKS: Final = 6  # shorter than this says too little
SELDOM: Final = 0.5  # less than a session in two weeks


class ThinContact(NamedTuple):
    """A prisoner's counted sessions in some whole weeks, and the days of them he was here and not away."""

    prisoner: Contact
    sessions: int
    days: int
    last_on: date | None

    @property
    def weeks(self) -> float:
        """The weeks he was here and not away."""
        return self.days / DAYS_PER_WEEK

    @property
    def weeks_without(self) -> float:
        """How many more weeks than sessions there were."""
        return self.weeks - self.sessions

    @property
    def per_week(self) -> float:
        """Sessions a week: rounded once, so that equal shares are equal."""
        return self.sessions * DAYS_PER_WEEK / self.days


def find_fewest(
    prisoners: Iterable[Contact],
    holdings: Iterable[Holding],
    counted: Iterable[SessionsCounted],
    *,
    window: Days,
) -> list[ThinContact]:
    """Return the prisoners here for six weeks or more of the window, those with the fewest sessions a week first.

    `holdings` are the eligible days of the window, or of a longer one. Only this stay counts, its sessions as its days.
    Equal ones come by the earlier last session, then the number.
    """
    here = {prisoner.person_id: prisoner for prisoner in prisoners}
    arrived = {key: prisoner.arrived_on.toordinal() for key, prisoner in here.items()}
    days: dict[int, int] = {}
    for holding in holdings_within(holdings, window):
        key = holding.person_id
        if key in here and holding.first_day >= arrived[key]:
            days[key] = days.get(key, 0) + holding.days
    seen: Mapping[int, SessionsCounted] = {one.person_id: one for one in counted}
    found = [
        ThinContact(
            here[key], seen[key].sessions if key in seen else 0, there, seen[key].last_on if key in seen else None
        )
        for key, there in days.items()
        if there >= FEWEST_WEEKS * DAYS_PER_WEEK
    ]
    return sorted(found, key=lambda one: (one.per_week, one.last_on or date.min, one.prisoner.prison_number))


def count_by_prisoner(sessions: Mapping[int, Iterable[CountedSession]], window: Days) -> list[SessionsCounted]:
    """Return how many of these counted sessions, by prisoner, each had in a window, and the last of them."""
    first, end = (date.fromordinal(day) for day in window.days)
    held = ((key, [one.held_on for one in his if first <= one.held_on < end]) for key, his in sessions.items())
    return [SessionsCounted(key, len(days), max(days)) for key, days in held if days]


def find_never_serious(
    prisoners: Iterable[Contact],
    sessions: Mapping[int, Iterable[CountedSession]],
    *,
    since: date,
    as_of: date,
    settings: Settings,
) -> list[ThinContact]:
    """Return those seen less than once in two weeks, for twelve or more, whose gap never became serious in that time.

    Whoever has gone without most weekly sessions in it comes first. It reaches back from the day to the end of the last
    serious gap, or to arrival, in `sessions`, his counted ones by his key, from the day `since` on. No list of the
    longest gaps names them, however long it goes on.
    """
    arrived_by = as_of - timedelta(weeks=WEEKS_BY_DEFAULT)
    found = (
        _seldom_since(
            prisoner,
            {one.held_on for one in sessions.get(prisoner.person_id, ()) if since <= one.held_on <= as_of},
            as_of,
            settings,
        )
        for prisoner in prisoners
        if prisoner.arrived_on <= arrived_by
    )
    seldom = (one for one in found if one.weeks >= WEEKS_BY_DEFAULT and one.per_week < SELDOM)
    return sorted(seldom, key=lambda one: (-one.weeks_without, one.prisoner.prison_number))


def _seldom_since(prisoner: Contact, held: Iterable[date], as_of: date, settings: Settings) -> ThinContact:
    """Return his sessions since his last serious gap ended, and the days since then; `held` are their days."""
    days, at_most, since = sorted(held, reverse=True), serious_after(settings), as_of
    for on in (*days, prisoner.arrived_on):
        if (since - on).days > at_most:
            break
        since = on
    return ThinContact(prisoner, sum(on > since for on in days), (as_of - since).days, prisoner.last_session_on)
