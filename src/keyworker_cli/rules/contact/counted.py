"""What counts as a session with a man: everything else is kept, shown, and not counted (help: counted-session)."""

from keyworker_cli.rules.codes.records import Outcome, SessionType
from keyworker_cli.rules.facts.sessions import SessionHeld
from keyworker_cli.rules.settings import Settings


def is_counted(session: SessionHeld, *, settings: Settings) -> bool:
    """Return whether a session counts: KS, completed, long enough or of unknown length, and not at the door."""
    held = session.outcome == Outcome.COMPLETED
    return held and counts_if_held(session.type, session.minutes, session.place, settings=settings)


def counts_if_held(kind: str, minutes: int | None, place: str | None, *, settings: Settings) -> bool:
    """Return whether what was held of this kind, for so long, there, counts; `None` is what is not known."""
    long_enough = minutes is None or minutes >= settings.session_min_minutes
    return kind == SessionType.KS and long_enough and not is_at_the_door(place, settings=settings)


def is_at_the_door(place: str | None, *, settings: Settings) -> bool:
    """Return whether a place is one of `session.uncounted_places`, whatever its case."""
    return place is not None and f";{place.strip(' ').lower()};" in settings.door_places
