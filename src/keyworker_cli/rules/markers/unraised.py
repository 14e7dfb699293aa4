"""Concerns not raised: what is recorded of a prisoner and stands in no session since (help: concerns-not-raised).

Being seen is not being asked. It is said of the record, never of the officer.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from keyworker_cli.rules.facts.care import Acct, Event
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.sessions import CountedSession
from keyworker_cli.rules.markers.derived import NOTHING_KNOWN, Background
from keyworker_cli.rules.markers.in_force import last_day, markers_in_force
from keyworker_cli.rules.markers.marker import MIDNIGHT, Marker
from keyworker_cli.rules.markers.table import KINDS
from keyworker_cli.rules.markers.topics import split_topics
from keyworker_cli.rules.settings import Settings

ENDED_WITHIN_DAYS: Final = 28  # one that ended without having been raised is listed as long
RANKS: Final = (1, 2)


class Unraised(NamedTuple):
    """A concern that no counted session since it began records as raised, or declined.

    `days` count from `since`: when it began, or when he came with it. `ended_on` is its last day where it is over.
    `sessions` are the counted sessions since, by anyone, the latest first.
    """

    man: Contact
    marker: Marker
    since: date
    days: int
    ended_on: date | None
    sessions: tuple[CountedSession, ...]


def find_unraised(
    man: Contact,
    events: Sequence[Event],
    accts: Sequence[Acct],
    sessions: Sequence[CountedSession],
    *,
    as_of: date,
    settings: Settings,
    background: Background = NOTHING_KNOWN,
) -> list[Unraised]:
    """Return a man's concerns not raised, of priority 1 and 2, those waiting longest first.

    Listed from `concern.days_tier_1` or `concern.days_tier_2` days on, while the concern is in force, and for 28 days
    after it ended. `sessions` are his counted ones. Two of one code are one concern, the earlier of them.
    """
    found: dict[str, Unraised] = {}
    held = sorted((one for one in sessions if one.held_on <= as_of), key=lambda one: one.held_on, reverse=True)
    for day in _days_to_look_at(man, events, accts, as_of):
        in_force = markers_in_force(man, events, accts, as_of=day, settings=settings, background=background)
        for marker in in_force:
            if marker.tier in RANKS and KINDS[marker.code].topics and marker.began_on <= day:
                one = _unraised(man, marker, held, None if day == as_of else day, as_of)
                if one is not None and one.days >= _listed_from(marker, settings):
                    earlier = found.get(marker.code)
                    if earlier is None or (earlier.ended_on is None) <= (one.ended_on is None):
                        found[marker.code] = one
    return sorted(found.values(), key=lambda one: (one.marker.tier or 0, -one.days, one.marker.code))


def _listed_from(marker: Marker, settings: Settings) -> int:
    return settings.concern_days_tier_1 if marker.tier == RANKS[0] else settings.concern_days_tier_2


def _days_to_look_at(man: Contact, events: Iterable[Event], accts: Iterable[Acct], as_of: date) -> Iterator[date]:
    """Yield the last days of what ended of late, the earliest first, then the day itself."""
    ends = [last_day(event) for event in events]
    ends += [day - timedelta(days=1) for acct in accts for day in (acct.closed_on, acct.review_held_on) if day]
    since = max(as_of - timedelta(days=ENDED_WITHIN_DAYS), man.arrived_on)
    yield from sorted({day for day in ends if day is not None and since <= day < as_of})
    yield as_of


def _unraised(
    man: Contact, marker: Marker, held: Sequence[CountedSession], ended_on: date | None, as_of: date
) -> Unraised | None:
    since = [session for session in held if _is_since(session, marker)]
    if any(_raises(session, marker) for session in since):
        return None
    began = max(marker.began_on, man.arrived_on)
    return Unraised(man, marker, began, (as_of - began).days, ended_on, tuple(since))


def _is_since(session: CountedSession, marker: Marker) -> bool:
    """Say whether a session came after a concern began; on the day itself the times decide, where both are known."""
    if session.held_on != marker.began_on:
        return session.held_on > marker.began_on
    if marker.at_minute == MIDNIGHT or marker.at_minute is None or session.start_minute is None:
        return True
    return session.start_minute >= marker.at_minute


def _raises(session: CountedSession, marker: Marker) -> bool:
    said = {*split_topics(session.topics), *split_topics(session.declined_topics)}
    return not said.isdisjoint(KINDS[marker.code].topics)
