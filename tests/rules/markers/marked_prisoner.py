"""A prisoner of whom nothing is known but what a test says, and what may be known of him."""

from datetime import date

from keyworker_cli.rules.facts.care import Acct, Event
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.sessions import SessionHeld
from keyworker_cli.rules.markers.in_force import markers_in_force
from keyworker_cli.rules.markers.priority import Priority, priority_of
from keyworker_cli.rules.settings import Settings

LONG_AGO = date(2025, 1, 6)
DEFAULTS = Settings()


def prisoner(number: str = "A1234BC", *, arrived: date = LONG_AGO, seen: date | None = None, **values) -> Contact:
    """A prisoner who came long ago, unless said otherwise, and was last seen when it is said."""
    nothing = dict.fromkeys(Contact._fields)
    known = {"prison_number": number, "first_name": "Mr", "last_name": "A", "arrived_on": arrived}
    counts = {"arrival_type": "RECEPTION", "refusals_since": 0, "events_since": 0}
    return Contact(**{**nothing, **counts, **known, "last_session_on": seen, **values})


def event(code: str, on: date, **values) -> Event:
    return Event(**{**dict.fromkeys(Event._fields), "person_id": 1, "code": code, "event_on": on, **values})


def acct(opened: date, *, closed: date | None = None, held: date | None = None) -> Acct:
    return Acct(1, opened, closed, None, held)


def session(on: date, topics: str | None = None, **values) -> SessionHeld:
    completed = {"type": "KS", "outcome": "COMPLETED", "minutes": 45}
    return SessionHeld(**{**dict.fromkeys(SessionHeld._fields), **completed, "held_on": on, "topics": topics, **values})


def tiers(who: Contact, events=(), accts=(), *, as_of: date, **context) -> list[tuple[str, int | None]]:
    """His markers that day, each as (code, tier)."""
    found = markers_in_force(who, events, accts, as_of=as_of, settings=DEFAULTS, **context)
    return [(marker.code, marker.tier) for marker in found]


def priority(who: Contact, events=(), accts=(), *, as_of: date, settings: Settings = DEFAULTS, **context) -> Priority:
    """His priority that day."""
    found = markers_in_force(who, events, accts, as_of=as_of, settings=settings, **context)
    return priority_of(who, found, as_of=as_of, settings=settings)
