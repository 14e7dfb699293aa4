"""What to raise with a prisoner: the topics his markers open, until a later session records them (help: concerns)."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from keyworker_cli.rules.codes.records import Outcome, SessionType
from keyworker_cli.rules.codes.signals import DerivedMarker, Topic
from keyworker_cli.rules.facts.care import Acct, Event
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.sessions import SessionHeld, TopicsRaised
from keyworker_cli.rules.facts.stays import StayOfPrisoner
from keyworker_cli.rules.markers.in_force import last_day, segregated_again
from keyworker_cli.rules.markers.marker import MIDNIGHT
from keyworker_cli.rules.markers.table import ARRIVED_AS, KINDS

SEPARATOR = ";"


class OpenTopic(NamedTuple):
    """A topic to raise: open since when, and the markers that opened it, the earliest first."""

    topic: Topic
    since: date
    codes: tuple[str, ...]


class _TopicStart(NamedTuple):
    on: date
    at_minute: int | None
    code: str


def open_topics(
    prisoner: Contact | StayOfPrisoner,
    events: Iterable[Event],
    accts: Iterable[Acct],
    sessions: Iterable[SessionHeld | TopicsRaised],
    *,
    as_of: date,
) -> list[OpenTopic]:
    """Return the topics opened by his markers and not recorded since, the longest open first.

    Markers of this stay open them, and those that were in force when it began. A topic stays open when its marker is
    over: what was never spoken of is still to be raised. It is closed by a completed key worker session since the
    marker began in which it was recorded, or declined. An event that ends on its own day was withdrawn and opens none;
    segregation for some hours does.
    """
    held = [session for session in sessions if is_talk(session, as_of)]
    found: dict[Topic, list[_TopicStart]] = {}
    for opening in sorted(
        _openings(prisoner, events, accts, as_of), key=lambda one: (one.on, one.at_minute or 0, one.code)
    ):
        for topic in KINDS[opening.code].topics:
            if not any(_closes(session, topic, opening) for session in held):
                found.setdefault(topic, []).append(opening)
    topics = [
        OpenTopic(topic, openings[0].on, tuple(dict.fromkeys(one.code for one in openings)))
        for topic, openings in found.items()
    ]
    return sorted(topics, key=lambda one: (one.since, one.topic))


def last_raised(sessions: Iterable[SessionHeld | TopicsRaised], *, as_of: date) -> dict[Topic, date]:
    """Return, for each topic ever spoken of in a completed key worker session, the latest day it was."""
    latest: dict[Topic, date] = {}
    for session in sessions:
        if is_talk(session, as_of):
            for topic in split_topics(session.topics):
                latest[topic] = max(session.held_on, latest.get(topic, session.held_on))
    return latest


def _openings(
    prisoner: Contact | StayOfPrisoner, events: Iterable[Event], accts: Iterable[Acct], as_of: date
) -> Iterator[_TopicStart]:
    happened = [event for event in events if event.event_on <= as_of and not _withdrawn(event)]
    for event in happened:
        if event.event_on >= prisoner.arrived_on or _carried_over(event, prisoner):
            yield _TopicStart(event.event_on, event.at_minute, event.code)
    for event in segregated_again(happened):
        yield _TopicStart(event.event_on, event.at_minute, DerivedMarker.SEG_REPEAT)
    for acct in accts:
        if acct.opened_on <= as_of:
            yield _TopicStart(acct.opened_on, None, DerivedMarker.ACCT)
        if acct.closed_on is not None and acct.closed_on <= as_of:
            yield _TopicStart(acct.closed_on, None, DerivedMarker.ACCT_PC)
    for code in (DerivedMarker.EARLY_DAYS.value, ARRIVED_AS.get(prisoner.arrival_type)):
        if code and prisoner.arrived_on <= as_of and not (isinstance(prisoner, Contact) and not prisoner.arrival_known):
            yield _TopicStart(prisoner.arrived_on, MIDNIGHT, code)


def _withdrawn(event: Event) -> bool:
    return event.until_on == event.event_on and not KINDS[event.code].after_end


def _carried_over(event: Event, prisoner: Contact | StayOfPrisoner) -> bool:
    """From an earlier stay, and still in force when this one began."""
    last_on = last_day(event)
    return not KINDS[event.code].of_stay and (last_on is None or last_on >= prisoner.arrived_on)


def is_talk(session: SessionHeld | TopicsRaised, as_of: date) -> bool:
    """Return whether it is one in which a topic can be raised: a refusal or an entry is no talk with him."""
    return session.held_on <= as_of and session.type == SessionType.KS and session.outcome == Outcome.COMPLETED


def _closes(session: SessionHeld | TopicsRaised, topic: Topic, opening: _TopicStart) -> bool:
    if topic not in (*split_topics(session.topics), *split_topics(session.declined_topics)):
        return False
    if session.held_on != opening.on:
        return session.held_on > opening.on
    if opening.at_minute is None or session.start_minute is None:
        return True  # recorded on the very day: he has been spoken to about it
    return session.start_minute >= opening.at_minute


@lru_cache(maxsize=4096)  # the same few, once for every session there is to look at
def split_topics(topics: str | None) -> tuple[Topic, ...]:
    """Return topics stored as `FAMILY;MENTAL_HEALTH`."""
    return tuple(Topic(topic) for topic in (topics or "").split(SEPARATOR) if topic in Topic.__members__)
