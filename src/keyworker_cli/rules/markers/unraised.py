"""Concerns not raised: what is recorded of a prisoner and stands in no session since (help: concerns-not-raised).

Being seen is not being asked. It is said of the record, never of the officer.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from keyworker_cli.rules.codes.signals import DerivedMarker, MarkerCode
from keyworker_cli.rules.dates.clock import DAY
from keyworker_cli.rules.facts.care import Acct, Event
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.sessions import CountedSession, Noted, TopicsRaised
from keyworker_cli.rules.facts.stays import StayOfPrisoner
from keyworker_cli.rules.markers.derived import MOVES_REPEATED, NOTHING_KNOWN, Background, in_year
from keyworker_cli.rules.markers.in_force import last_day, markers_of_record, segregated_again
from keyworker_cli.rules.markers.marker import MIDNIGHT, Marker
from keyworker_cli.rules.markers.table import ARRIVED_AS, KINDS, MarkerKind
from keyworker_cli.rules.markers.topics import split_topics
from keyworker_cli.rules.settings import Settings

ENDED_WITHIN_DAYS: Final = 28  # one that ended without having been raised is listed as long
RANKS: Final = (1, 2)
ARRIVED: Final = timedelta(days=KINDS[DerivedMarker.TRANSFER].days or 0)
"""How long the way in which somebody arrived is in force: a transfer, a recall, a return alike."""
REPEATED: Final = (
    DerivedMarker.ACCT_REPEAT,
    DerivedMarker.MOVED_REPEAT,
    DerivedMarker.SEG_REPEAT,
    DerivedMarker.SEG_ON_ACCT,
)
"""Of each of these there is one, whenever it was renewed last."""

Talk = CountedSession | TopicsRaised | Noted
"""A session as far as it says what was raised in it."""


class Concern(NamedTuple):
    """What is to be raised with a prisoner.

    A marker of priority 1 or 2, since when, and its last day where it is over.
    """

    marker: Marker
    since: date
    ended_on: date | None


class Unraised(NamedTuple):
    """A concern that no counted session since it began records as raised, or declined.

    `days` count from `since`: when it began, or when he came with it. `ended_on` is its last day where it is over.
    `sessions` are the counted sessions since, by anyone, the latest first.
    """

    prisoner: Contact
    marker: Marker
    since: date
    days: int
    ended_on: date | None
    sessions: tuple[CountedSession, ...]


def find_unraised(
    prisoner: Contact,
    concerns: Iterable[Concern],
    sessions: Sequence[CountedSession],
    *,
    as_of: date,
    settings: Settings,
) -> list[Unraised]:
    """Return which of a prisoner's concerns are not raised, those waiting longest first.

    Listed from `concern.days_tier_1` or `concern.days_tier_2` days on. `sessions` are his counted ones, of any order.
    Two of one code are one concern, the earlier of them.
    """
    found: dict[str, Unraised] = {}
    held = sorted((one for one in sessions if one.held_on <= as_of), key=lambda one: one.held_on, reverse=True)
    for marker, since, ended_on in concerns:
        days = (as_of - since).days
        if days < _listed_from(marker, settings):
            continue
        later = [session for session in held if is_since(session, marker)]
        if any(raises(session, marker) for session in later):
            continue
        earlier = found.get(marker.code)
        if earlier is None or (earlier.ended_on is None) <= (ended_on is None):
            found[marker.code] = Unraised(prisoner, marker, since, days, ended_on, tuple(later))
    return sorted(found.values(), key=lambda one: (one.marker.tier or 0, -one.days, one.marker.code))


def concerns_to_raise(
    prisoner: Contact | StayOfPrisoner,
    events: Iterable[Event],
    accts: Iterable[Acct],
    *,
    as_of: date,
    background: Background = NOTHING_KNOWN,
    in_force: Iterable[Marker] | None = None,
) -> list[Concern]:
    """Return what is to be raised with a prisoner, by anyone, whether or not it was: what ended first, then the rest.

    That is each marker of priority 1 or 2 that has topics and is in force, or ended in the last 28 days. `in_force` are
    his markers of the day, where they are known already.
    """
    events, accts = tuple(events), tuple(accts)

    def markers_on(day: date) -> Iterable[Marker]:
        if day == as_of and in_force is not None:
            return in_force
        return markers_of_record(prisoner, events, accts, as_of=day, background=background)

    found = []
    for day in (*_ends_of_late(prisoner, events, accts, background, as_of), as_of):
        there = sorted((one for one in markers_on(day) if _is_to_be_raised(one, day)), key=_newest_first)
        if there and day < as_of:
            going_on = {_identity(one) for one in markers_on(day + DAY)}
            there = [one for one in there if _identity(one) not in going_on]
        ended_on = None if day == as_of else day
        found += [Concern(one, max(one.began_on, prisoner.arrived_on), ended_on) for one in there]
    return found


def is_since(session: Talk, marker: Marker) -> bool:
    """Say whether a session came after a concern began; on the day itself the times decide, where both are known."""
    if session.held_on != marker.began_on:
        return session.held_on > marker.began_on
    if marker.at_minute == MIDNIGHT or marker.at_minute is None or session.start_minute is None:
        return True
    return session.start_minute >= marker.at_minute


def raises(session: Talk, marker: Marker) -> bool:
    """Say whether a session records one of the concern's topics as raised, or declined by him."""
    said = {*split_topics(session.topics), *split_topics(session.declined_topics)}
    return not said.isdisjoint(KINDS[marker.code].topics)


def _newest_first(marker: Marker) -> int:
    return -marker.began_on.toordinal()


def _is_to_be_raised(marker: Marker, on: date) -> bool:
    return marker.tier in RANKS and bool(KINDS[marker.code].topics) and marker.began_on <= on


def _listed_from(marker: Marker, settings: Settings) -> int:
    return settings.concern_days_tier_1 if marker.tier == RANKS[0] else settings.concern_days_tier_2


def _identity(marker: Marker) -> tuple[str, date | None]:
    """Return what makes a marker the same one on the next day: what is repeated once more goes on."""
    return marker.code, None if marker.code in REPEATED else marker.began_on


def _ends_of_late(
    prisoner: Contact | StayOfPrisoner,
    events: Iterable[Event],
    accts: Iterable[Acct],
    background: Background,
    as_of: date,
) -> list[date]:
    """Return the days of late that may be the last of what is to be raised, the earliest first."""
    since = max(as_of - timedelta(days=ENDED_WITHIN_DAYS), prisoner.arrived_on)
    ends = {day for event in events for day in _ends_of_event(event, since)}
    ends |= {event.event_on + _days(DerivedMarker.SEG_REPEAT) for event in segregated_again(events)}
    if prisoner.arrival_type in ARRIVED_AS:
        ends.add(prisoner.arrived_on + ARRIVED)
    for acct in accts:
        ends |= {day - DAY for day in (acct.closed_on, acct.review_held_on) if day}
        if acct.closed_on:
            ends.add(acct.closed_on + _after_end(DerivedMarker.ACCT_REPEAT))
    if len(background.moved_on) >= MOVES_REPEATED:
        ends |= {moved_on + _days(DerivedMarker.MOVED_REPEAT) for moved_on in background.moved_on}
    return sorted(day for day in ends if since <= day < as_of)


def _ends_of_event(event: Event, since: date) -> Iterator[date]:
    """Yield the days that may be the last of what an event gives: of a marker of priority 1 or 2, or of SEG_ON_ACCT."""
    kind, last_on = KINDS[event.code], last_day(event)
    if last_on is not None and _may_rank(kind, (last_on - event.event_on).days):
        yield last_on
    if (around := kind.anniversary) is not None:
        yield from (in_year(event.event_on, year) + timedelta(days=around) for year in (since.year, since.year + 1))
    if event.code == MarkerCode.SEG and event.until_on is not None:
        yield event.until_on - DAY


def _may_rank(kind: MarkerKind, age: int) -> bool:
    """Say whether a marker may be of priority 1 or 2 when it is so many days old."""
    early = kind.early is not None and age <= kind.early.days
    return early or kind.repeated is not None or kind.tier in RANKS


def _days(code: DerivedMarker) -> timedelta:
    return timedelta(days=KINDS[code].days or 0)


def _after_end(code: DerivedMarker) -> timedelta:
    return timedelta(days=KINDS[code].after_end)
