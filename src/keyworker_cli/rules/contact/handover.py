"""Handing a prisoner over: who waits for a new key worker to confirm that they know, and what they are to know.

help: handover.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from keyworker_cli.rules.codes.records import Outcome, SessionType
from keyworker_cli.rules.dates.london import days_between
from keyworker_cli.rules.facts.care import Acct
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.sessions import SessionHeld

CONFIRMED_WITHIN_DAYS: Final = 7
ACCTS_WITHIN: Final = timedelta(weeks=26)
REFUSED_WITHIN: Final = timedelta(weeks=12)
WORDS_SHOWN: Final = 3
"""Of what he said, the latest."""


class Handover(NamedTuple):
    """A prisoner whose new key worker has not confirmed the allocation, and for how many days they have had him."""

    prisoner: Contact
    days: int

    @property
    def is_late(self) -> bool:
        """Not confirmed within 7 days."""
        return self.days > CONFIRMED_WITHIN_DAYS


def find_handovers(prisoners: Iterable[Contact], *, as_of: date) -> list[Handover]:
    """Return who has come to another key worker in this stay and waits to be confirmed, the longest first."""
    waiting = [
        Handover(prisoner, days_between(prisoner.allocated_on, as_of))
        for prisoner in prisoners
        if prisoner.allocated_on is not None and is_handed_over(prisoner, as_of=as_of)
    ]
    return sorted(waiting, key=lambda one: (-one.days, one.prisoner.prison_number))


def is_handed_over(prisoner: Contact, *, as_of: date) -> bool:
    """Whether he came from another key worker, and the present one has not confirmed it; to meet him confirms it."""
    if prisoner.key_worker_id is None or prisoner.worker_before_id in (None, prisoner.key_worker_id):
        return False
    confirmed = prisoner.acknowledged_on is not None and prisoner.acknowledged_on <= as_of
    return not confirmed and prisoner.met_on is None


def accts_lately(accts: Iterable[Acct], *, as_of: date) -> list[Acct]:
    """Return the ACCTs that are open, or were within 26 weeks, the latest first."""
    since = as_of - ACCTS_WITHIN
    there = (one for one in accts if one.opened_on <= as_of and (one.closed_on is None or one.closed_on >= since))
    return sorted(there, key=lambda one: one.opened_on, reverse=True)


def refused_lately(sessions: Iterable[SessionHeld], *, as_of: date) -> list[SessionHeld]:
    """Return the sessions offered and refused within 12 weeks, in the order given."""
    since = as_of - REFUSED_WITHIN
    return [
        one
        for one in sessions
        if since <= one.held_on <= as_of and one.type == SessionType.KS and one.outcome == Outcome.REFUSED
    ]


def last_words(sessions: Iterable[SessionHeld]) -> list[SessionHeld]:
    """Return the latest sessions in which his own words were recorded; `sessions` are the latest first."""
    return [one for one in sessions if one.prisoner_said][:WORDS_SHOWN]


def next_agreed(sessions: Sequence[SessionHeld], *, arrived_on: date) -> SessionHeld | None:
    """Return the latest session of the stay if it named the day of the next one; `sessions` are the latest first."""
    latest = sessions[0] if sessions else None
    agreed = latest is not None and latest.next_session_on is not None and latest.held_on >= arrived_on
    return latest if agreed else None
