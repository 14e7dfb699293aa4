"""What to know of a man before a session with him, in a few lines: last seen, whose he is, what to raise and to do."""

from collections.abc import Iterator, Sequence
from datetime import date
from textwrap import shorten, wrap
from typing import TYPE_CHECKING, Final

from keyworker_cli.rules.contact.counted import suggest_elsewhere
from keyworker_cli.rules.dates.london import days_between
from keyworker_cli.rules.dates.say import say_date, say_day, say_days
from keyworker_cli.rules.facts.care import NeedRaised
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.sessions import SessionHeld, TopicsRaised
from keyworker_cli.rules.markers.topics import SEPARATOR, OpenTopic, open_topics
from keyworker_cli.rules.sessions.case_note import say_need, say_topics
from keyworker_cli.rules.sessions.recording import Recording
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.stays.presence import stay_on

if TYPE_CHECKING:
    from keyworker_cli.store.reads.queries import Queries

NEEDS_SHOWN: Final = 2
NOTE_SHOWN: Final = 50
LINE_WIDTH: Final = 76


def know_before(queries: "Queries", man: Person, *, as_of: date, settings: Settings) -> list[str]:
    """Return what stands of a man at the start of a session: six lines or so, none wider than a screen by itself."""
    sessions = queries.sessions_of(man.person_id)
    contact = _contact(queries, man, as_of, settings)
    topics = _open(queries, contact, sessions, as_of, settings) if contact else []
    location = (contact.location if contact else man.location) or "no location"
    return [
        f"{man.name}  {man.prison_number}  {location}",
        *(f"  {line}" for line in _clocks(man, contact, as_of)),
        *(f"  {line}" for line in _last_time(sessions)),
        *(f"  {line}" for line in _to_raise("to raise", topics)),
        *(f"  {line}" for line in _to_do(queries.needs_of(man.person_id), as_of)),
    ]


def left_to_raise(
    queries: "Queries", man: Person, recording: Recording, *, as_of: date, settings: Settings
) -> list[str]:
    """Return in words the topics that stay open when a session is recorded so; none where nothing does.

    help: concerns.
    """
    contact = _contact(queries, man, as_of, settings)
    if contact is None:
        return []
    raised = TopicsRaised(
        person_id=man.person_id,
        held_on=recording.held_on,
        start_minute=recording.start_minute,
        type=recording.type,
        outcome=recording.outcome,
        topics=SEPARATOR.join(recording.topics),
        declined_topics=SEPARATOR.join(recording.declined_topics),
    )
    sessions: list[SessionHeld | TopicsRaised] = [raised, *queries.sessions_of(man.person_id)]
    return _to_raise("still to raise", _open(queries, contact, sessions, as_of, settings))


def last_topics(sessions: Sequence[SessionHeld]) -> tuple[str, date] | None:
    """Return the topics of the last session that had any, in words, and its day."""
    return next(((say_topics(held.topics), held.held_on) for held in sessions if held.topics), None)


def _contact(queries: "Queries", man: Person, as_of: date, settings: Settings) -> Contact | None:
    """Return how he stands in the stay he is in on that day, `None` when he is not here."""
    stay = stay_on(as_of, queries.stays_of(man.person_id))
    contacts = queries.contact_of_stay(stay.stay_id, as_of=as_of, settings=settings) if stay else []
    return contacts[0] if contacts else None


def _open(
    queries: "Queries",
    contact: Contact,
    sessions: Sequence[SessionHeld | TopicsRaised],
    as_of: date,
    settings: Settings,
) -> list[OpenTopic]:
    events = [record.event for record in queries.events_of(contact.person_id, as_of=as_of, settings=settings)]
    return open_topics(contact, events, queries.accts_of(contact.person_id), sessions, as_of=as_of)


def _to_raise(said: str, topics: Sequence[OpenTopic]) -> list[str]:
    """Name all of them, the longest open first: one that is not named would not be raised."""
    named = say_topics(SEPARATOR.join(one.topic for one in topics))
    return wrap(f"{said}: {named}", LINE_WIDTH, subsequent_indent="  ") if topics else []


def _clocks(man: Person, contact: Contact | None, as_of: date) -> Iterator[str]:
    if contact is None:
        yield f"not here on {say_date(as_of)}" + (f": left on {say_date(man.left_on)}" if man.left_on else "")
        return
    since = _ago(days_between(contact.clock_from, as_of))
    if contact.never_seen:
        yield f"last seen: never; he came on {say_date(contact.arrived_on)}, {since}"
    elif contact.records_begin_on:
        yield f"no session recorded; kw's records of him begin on {say_date(contact.records_begin_on)}"
    else:
        yield f"last seen {say_date(contact.clock_from)} by {contact.last_session_by}, {since}"
    if contact.refusals_since:
        door = f", {contact.refusals_at_door} of them at the door" if contact.refusals_at_door else ""
        yield f"refused since then: {contact.refusals_since}{door}"
        if tip := suggest_elsewhere(contact.refusals_at_door):
            yield tip
    if contact.allocated_on is None:
        yield "key worker: none"
    else:
        met = "" if contact.met_on else ", not met yet"
        yield f"key worker {contact.worker_name} since {say_date(contact.allocated_on)}{met}"


def _last_time(sessions: Sequence[SessionHeld]) -> Iterator[str]:
    if topics := last_topics(sessions):
        yield f"last topics: {topics[0]} ({say_day(topics[1])})"
    noted = next((held for held in sessions if held.note), None)
    if noted and noted.note:
        words = shorten(noted.note, NOTE_SHOWN, placeholder=" …")
        yield f"last note ({say_day(noted.held_on)}): {words}"


def _to_do(needs: Sequence[NeedRaised], as_of: date) -> Iterator[str]:
    still = [need for need in needs if need.closed_on is None]
    for need in still[:NEEDS_SHOWN]:
        late = " — overdue" if need.due_on and need.due_on < as_of else ""
        yield f"to do: {say_need(need)}{late}"
    if len(still) > NEEDS_SHOWN:
        yield f"to do: {len(still) - NEEDS_SHOWN} more"


def _ago(days: int) -> str:
    return "today" if days == 0 else f"{say_days(days)} ago"
