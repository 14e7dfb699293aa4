"""Thin contact: who has had the fewest sessions a week over twelve weeks (help: thin-contact).

It finds the prisoner who is always overdue and never serious.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from keyworker_cli.rules.dates.london import DAYS_PER_WEEK
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.sessions import SessionsCounted
from keyworker_cli.rules.stays.eligible_days import Days, Holding, holdings_within

WEEKS_BY_DEFAULT: Final = 12
FEWEST_WEEKS: Final = 6  # shorter than this says too little


class ThinContact(NamedTuple):
    """A prisoner's counted sessions in some whole weeks, and the days of them he was here and not away."""

    man: Contact
    sessions: int
    days: int
    last_on: date | None

    @property
    def weeks(self) -> float:
        """The weeks he was here and not away."""
        return self.days / DAYS_PER_WEEK

    @property
    def per_week(self) -> float:
        """Sessions a week: rounded once, so that equal shares are equal."""
        return self.sessions * DAYS_PER_WEEK / self.days


def find_fewest(
    men: Iterable[Contact],
    holdings: Iterable[Holding],
    counted: Iterable[SessionsCounted],
    *,
    window: Days,
) -> list[ThinContact]:
    """Return the prisoners here for six weeks or more of the window, those with the fewest sessions a week first.

    `holdings` are the eligible days of the window, or of a longer one. Only this stay counts, its sessions as its days.
    Equal ones come by the earlier last session, then the number.
    """
    here = {man.person_id: man for man in men}
    arrived = {key: man.arrived_on.toordinal() for key, man in here.items()}
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
    return sorted(found, key=lambda one: (one.per_week, one.last_on or date.min, one.man.prison_number))
