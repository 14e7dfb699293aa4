"""Which markers are in force for a prisoner on a day: those recorded, those his ACCT gives, those that follow.

help: concerns.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from keyworker_cli.rules.codes.signals import DerivedMarker, MarkerCode
from keyworker_cli.rules.dates.clock import DAY
from keyworker_cli.rules.facts.care import Acct, Event
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.stays import StayOfPrisoner
from keyworker_cli.rules.markers.derived import (
    NOTHING_KNOWN,
    Background,
    from_accts,
    from_arrival,
    from_date_of_birth,
    in_year,
    moved_often,
    reviews_late,
    segregated_on_acct,
)
from keyworker_cli.rules.markers.marker import MIDNIGHT, Marker
from keyworker_cli.rules.markers.table import KINDS, LOWEST_TIER, MarkerKind
from keyworker_cli.rules.settings import Settings

SEG_REPEAT = KINDS[DerivedMarker.SEG_REPEAT]


def markers_in_force(
    prisoner: Contact,
    events: Iterable[Event],
    accts: Iterable[Acct],
    *,
    as_of: date,
    settings: Settings,
    at_minute: int | None = None,
    background: Background = NOTHING_KNOWN,
) -> tuple[Marker, ...]:
    """Return what raises his priority at the end of a day, or at a minute of it: highest tier first, newest first.

    `events` and `accts` are his; those that are over or still to come may be among them. Two events of one code are two
    markers. Process markers are not among them: see `priority`.
    """
    found = markers_of_record(prisoner, events, accts, as_of=as_of, at_minute=at_minute, background=background)
    found += from_date_of_birth(prisoner, as_of=as_of, settings=settings)
    return tuple(sorted(found, key=_rank))


def markers_of_record(
    prisoner: Contact | StayOfPrisoner,
    events: Iterable[Event],
    accts: Iterable[Acct],
    *,
    as_of: date,
    at_minute: int | None = None,
    background: Background = NOTHING_KNOWN,
) -> list[Marker]:
    """Return the same but for those of his date of birth, in no order."""
    found = [*from_arrival(prisoner, as_of=as_of)]
    if accts := tuple(accts):
        found += from_accts(accts, as_of=as_of)
    found += reviews_late(background, as_of=as_of)
    if known := [event for event in events if _has_happened(event, as_of, at_minute)]:
        found += [marker for _, marker in _from_events(prisoner, known, as_of)]
        found += _segregated_again(known, as_of)
        if accts:
            found += segregated_on_acct(_of_this_stay(prisoner, known), accts, as_of=as_of)
    found += moved_often(background, found, as_of=as_of)
    return found


def markers_of_events(prisoner: Contact, events: Iterable[Event], *, as_of: date) -> dict[Event, Marker]:
    """Return the events of his that are in force at the end of a day, each with the marker it gives."""
    return dict(_from_events(prisoner, [event for event in events if _has_happened(event, as_of, None)], as_of))


def _of_this_stay(prisoner: Contact | StayOfPrisoner, events: Iterable[Event]) -> Iterator[Event]:
    return (event for event in events if event.event_on >= prisoner.arrived_on)


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


def _last_day(kind: MarkerKind, event: Event) -> date | None:
    by_age = None if kind.days is None else event.event_on + timedelta(days=kind.days)
    if event.until_on is None and kind.after_seen is None:
        return by_age
    ends = [] if by_age is None else [by_age]
    if event.until_on is not None:
        ends.append(event.until_on + timedelta(days=kind.after_end) if kind.after_end else event.until_on - DAY)
    if kind.after_seen is not None and event.next_seen_on is not None:
        ends.append(event.next_seen_on + timedelta(days=kind.after_seen))
    return min(ends, default=None)


def _from_events(
    prisoner: Contact | StayOfPrisoner, events: list[Event], as_of: date
) -> Iterator[tuple[Event, Marker]]:
    for event in events:
        kind = KINDS[event.code]
        if kind.of_stay and event.event_on < prisoner.arrived_on:
            continue
        last_on = _last_day(kind, event)
        if last_on is None or as_of <= last_on:
            tier = _tier(kind, event, events, as_of)
            yield event, Marker(kind.code, tier, event.event_on, event.at_minute, last_on, event.confidence)
        elif kind.anniversary is not None:
            for marker in _at_anniversary(kind, kind.anniversary, event, as_of):
                yield event, marker


def _tier(kind: MarkerKind, event: Event, events: list[Event], as_of: date) -> int | None:
    if kind.early and (as_of - event.event_on).days <= kind.early.days:
        return kind.early.tier
    if kind.repeated and _times(kind, kind.repeated.days, events, as_of) >= kind.repeated.times:
        return kind.repeated.tier
    return kind.tier


def _times(kind: MarkerKind, days: int, events: list[Event], as_of: date) -> int:
    """Count those of the last so many days; one ended early no longer counts."""
    return sum(
        1
        for event in events
        if event.code == kind.code
        and (as_of - event.event_on).days <= days
        and (event.until_on is None or event.until_on > as_of)
    )


def _at_anniversary(kind: MarkerKind, around: int, event: Event, as_of: date) -> Iterator[Marker]:
    """Give a marker again around the anniversary of its event: 29 February where there is one, else the 28th."""
    if event.until_on is not None and event.until_on <= as_of:
        return
    either_side = timedelta(days=around)
    for year in (as_of.year - 1, as_of.year, as_of.year + 1):
        day = in_year(event.event_on, year)
        if year > event.event_on.year and abs((as_of - day).days) <= around:
            yield Marker(kind.code, 1, day - either_side, MIDNIGHT, day + either_side, event.confidence)


def _segregated_again(events: list[Event], as_of: date) -> Iterator[Marker]:
    for last in segregated_again(events)[-1:]:
        last_on = last.event_on + timedelta(days=SEG_REPEAT.days or 0)
        if as_of <= last_on:
            yield Marker(SEG_REPEAT.code, SEG_REPEAT.tier, last.event_on, last.at_minute, last_on)
