"""Which markers are in force for a man on a day: those recorded, those his ACCT gives, those that follow.

help: concerns.
"""

from calendar import isleap
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from keyworker_cli.rules.codes.signals import DerivedMarker, MarkerCode
from keyworker_cli.rules.dates.london import age_on
from keyworker_cli.rules.facts.care import Acct, Event
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.markers.table import ARRIVED_AS, KINDS, LOWEST_TIER, Kind
from keyworker_cli.rules.settings import Settings

EARLY_DAYS, SEG_REPEAT = KINDS[DerivedMarker.EARLY_DAYS], KINDS[DerivedMarker.SEG_REPEAT]
ARRIVAL_DAYS = max(KINDS[code].days or 0 for code in (DerivedMarker.EARLY_DAYS, *ARRIVED_AS.values()))
"""An arrival longer ago gives no marker."""
DAY = timedelta(days=1)
MIDNIGHT = 0
ADULT_AGE = 18


class Marker(NamedTuple):
    """A marker in force: its tier that day (`None`: a warning), when it began, and the last day of it where known.

    `at_minute` counts from midnight; 0 began with the day, `None` is not known. `confidence` is suspected or confirmed.
    """

    code: str
    tier: int | None
    began_on: date
    at_minute: int | None = None
    last_on: date | None = None
    confidence: str | None = None


def markers_in_force(
    man: Contact,
    events: Iterable[Event],
    accts: Iterable[Acct],
    *,
    as_of: date,
    settings: Settings,
    at_minute: int | None = None,
) -> tuple[Marker, ...]:
    """Return what raises his priority at the end of a day, or at a minute of it: highest tier first, newest first.

    `events` and `accts` are his; those that are over or still to come may be among them. Two events of one code are two
    markers. Process markers are not among them: see `priority`.
    """
    found = [*_from_accts(accts, as_of), *_from_arrival(man, as_of), *_young_adult(man, as_of, settings)]
    if known := [event for event in events if _has_happened(event, as_of, at_minute)]:
        found += (marker for _, marker in _from_events(man, known, as_of))
        found += _segregated_again(known, as_of)
    return tuple(sorted(found, key=_rank))


def markers_of_events(man: Contact, events: Iterable[Event], *, as_of: date) -> dict[Event, Marker]:
    """Return the events of his that are in force at the end of a day, each with the marker it gives."""
    return dict(_from_events(man, [event for event in events if _has_happened(event, as_of, None)], as_of))


def last_day(event: Event) -> date | None:
    """Return the last day on which an event's marker is in force, anniversaries apart; `None` while no end is known."""
    return _last_day(KINDS[event.code], event)


def segregated_again(events: Iterable[Event]) -> list[Event]:
    """Return each segregation that came within 90 days of the one before: SEG_REPEAT. Those of a day are one."""
    by_day = {event.event_on: event for event in events if event.code == MarkerCode.SEG}
    if len(by_day) <= 1:
        return []
    within = SEG_REPEAT.days or 0
    return [event for (before, _), (on, event) in pairwise(sorted(by_day.items())) if (on - before).days <= within]


def _rank(marker: Marker) -> tuple[int, int, str]:
    return (marker.tier or LOWEST_TIER + 1, -marker.began_on.toordinal(), marker.code)


def _has_happened(event: Event, as_of: date, at_minute: int | None) -> bool:
    if event.event_on < as_of:
        return True
    if event.event_on == as_of:
        return at_minute is None or event.at_minute is None or event.at_minute <= at_minute
    return (event.event_on - as_of).days <= KINDS[event.code].before


def _last_day(kind: Kind, event: Event) -> date | None:
    ends = []
    if kind.days is not None:
        ends.append(event.event_on + timedelta(days=kind.days))
    if event.until_on is not None:
        ends.append(event.until_on + timedelta(days=kind.after_end) if kind.after_end else event.until_on - DAY)
    if kind.after_seen is not None and event.next_seen_on is not None:
        ends.append(event.next_seen_on + timedelta(days=kind.after_seen))
    return min(ends) if ends else None


def _from_events(man: Contact, events: list[Event], as_of: date) -> Iterator[tuple[Event, Marker]]:
    for event in events:
        kind = KINDS[event.code]
        if kind.of_stay and event.event_on < man.arrived_on:
            continue
        last_on = _last_day(kind, event)
        if last_on is None or as_of <= last_on:
            tier = _tier(kind, event, events, as_of)
            yield event, Marker(kind.code, tier, event.event_on, event.at_minute, last_on, event.confidence)
        elif kind.anniversary is not None:
            for marker in _at_anniversary(kind, kind.anniversary, event, as_of):
                yield event, marker


def _tier(kind: Kind, event: Event, events: list[Event], as_of: date) -> int | None:
    if kind.early and (as_of - event.event_on).days <= kind.early.days:
        return kind.early.tier
    if kind.repeated and _times(kind, kind.repeated.days, events, as_of) >= kind.repeated.times:
        return kind.repeated.tier
    return kind.tier


def _times(kind: Kind, days: int, events: list[Event], as_of: date) -> int:
    """Count those of the last so many days; one ended early no longer counts."""
    return sum(
        1
        for event in events
        if event.code == kind.code
        and (as_of - event.event_on).days <= days
        and (event.until_on is None or event.until_on > as_of)
    )


def _at_anniversary(kind: Kind, around: int, event: Event, as_of: date) -> Iterator[Marker]:
    """Give a marker again around the anniversary of its event: 29 February where there is one, else the 28th."""
    if event.until_on is not None and event.until_on <= as_of:
        return
    either_side = timedelta(days=around)
    for year in (as_of.year - 1, as_of.year, as_of.year + 1):
        day = _in_year(event.event_on, year)
        if year > event.event_on.year and abs((as_of - day).days) <= around:
            yield Marker(kind.code, 1, day - either_side, MIDNIGHT, day + either_side, event.confidence)


def _in_year(day: date, year: int) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=year, day=28) if is_leap_day and not isleap(year) else day.replace(year=year)


def _from_accts(accts: Iterable[Acct], as_of: date) -> Iterator[Marker]:
    """An ACCT is open until it is closed, then in post-closure until that review is held."""
    for acct in accts:
        if acct.opened_on > as_of:
            continue
        if acct.closed_on is None or acct.closed_on > as_of:
            yield Marker(DerivedMarker.ACCT, KINDS[DerivedMarker.ACCT].tier, acct.opened_on)
        elif acct.review_held_on is None or acct.review_held_on > as_of:
            yield Marker(DerivedMarker.ACCT_PC, KINDS[DerivedMarker.ACCT_PC].tier, acct.closed_on)


def _from_arrival(man: Contact, as_of: date) -> Iterator[Marker]:
    """Whatever is done on the day of arrival is done after it, so these begin with their day."""
    age = (as_of - man.arrived_on).days
    if not 0 <= age <= ARRIVAL_DAYS:
        return
    arrived_as = ARRIVED_AS.get(man.arrival_type)
    for kind in (EARLY_DAYS, *((KINDS[arrived_as],) if arrived_as else ())):
        if kind.days is not None and age <= kind.days:
            tier = kind.early.tier if kind.early and age <= kind.early.days else kind.tier
            last_on = man.arrived_on + timedelta(days=kind.days)
            yield Marker(kind.code, tier, man.arrived_on, MIDNIGHT, last_on)


def _segregated_again(events: list[Event], as_of: date) -> Iterator[Marker]:
    for last in segregated_again(events)[-1:]:
        last_on = last.event_on + timedelta(days=SEG_REPEAT.days or 0)
        if as_of <= last_on:
            yield Marker(SEG_REPEAT.code, SEG_REPEAT.tier, last.event_on, last.at_minute, last_on)


def _young_adult(man: Contact, as_of: date, settings: Settings) -> Iterator[Marker]:
    if man.date_of_birth and ADULT_AGE <= age_on(man.date_of_birth, as_of) <= settings.young_adult_max_age:
        yield Marker(DerivedMarker.YOUNG_ADULT, KINDS[DerivedMarker.YOUNG_ADULT].tier, man.arrived_on, MIDNIGHT)
