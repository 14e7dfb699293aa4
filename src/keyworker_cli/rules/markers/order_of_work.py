"""In which order prisoners are seen: one order for every list, an order of work and no assessment of risk.

New comes first: to be seen today because of a concern of priority 1 that began in the last 72 hours, with no key work
since, the newest at the top. Then the others to be seen today, by priority and then the longest gap. Then everybody
else, the longest gap first. Nobody is dropped from the list. (help: order-of-work)
"""

from datetime import date
from enum import IntEnum
from typing import Final, NamedTuple

from keyworker_cli.rules.dates.clock import DAY_MINUTES
from keyworker_cli.rules.dates.london import days_between
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.markers.marker import Marker
from keyworker_cli.rules.markers.priority import Priority, seen_since
from keyworker_cli.rules.markers.table import HIGHEST_TIER, LOWEST_TIER

NEW_DAYS: Final = 3
"""A concern is new for 72 hours: while it is at most 3 days old, as dates are counted everywhere."""


class Turn(IntEnum):
    """Whose turn it is: new, to be seen today, everybody else."""

    NEW = 0
    TODAY = 1
    LATER = 2


class WorkOrder(NamedTuple):
    """A prisoner's place in the order of work, compared field by field, the lowest first.

    `newest` counts back from the newest new concern, in minutes, and is 0 for all who are not new; `tier` is 0 for
    those who are not to be seen today. Both stand still where they do not decide.
    """

    turn: Turn
    newest: int
    tier: int
    longest: int
    prison_number: str


def order_of_work(prisoner: Contact, priority: Priority, *, as_of: date) -> WorkOrder:
    """Return a prisoner's place in the order of work of a day (help: order-of-work)."""
    longest = -days_between(prisoner.clock_from, as_of)
    if (new := newest_concern(prisoner, priority, as_of=as_of)) is not None:
        return WorkOrder(Turn.NEW, -_moment(new), HIGHEST_TIER, longest, prisoner.prison_number)
    if priority.see_today:
        return WorkOrder(Turn.TODAY, 0, priority.tier or LOWEST_TIER + 1, longest, prisoner.prison_number)
    return WorkOrder(Turn.LATER, 0, 0, longest, prisoner.prison_number)


def newest_concern(prisoner: Contact, priority: Priority, *, as_of: date) -> Marker | None:
    """Return the newest concern of priority 1 of the last 72 hours, with no key work since, or `None`."""
    if not priority.see_today:
        return None
    new = (
        marker
        for marker in priority.calling
        if marker.tier == HIGHEST_TIER
        and days_between(marker.began_on, as_of) <= NEW_DAYS
        and not seen_since(prisoner, marker)
    )
    return max(new, key=_moment, default=None)


def _moment(marker: Marker) -> int:
    """Return when a concern began, in minutes; without a time of day it may have been at the end of it."""
    minute = DAY_MINUTES if marker.at_minute is None else marker.at_minute
    return marker.began_on.toordinal() * DAY_MINUTES + minute
