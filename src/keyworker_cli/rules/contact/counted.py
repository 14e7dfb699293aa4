"""What counts as a session with a prisoner: everything else is kept, shown, and not counted (help: counted-session)."""

from collections.abc import Iterable
from itertools import takewhile

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


def refusals_at_the_door(sessions: Iterable[SessionHeld], *, settings: Settings) -> int:
    """Return how often he has been offered a session at the door and refused, since he was last seen.

    `sessions` are his, the latest first.
    """
    since = takewhile(lambda one: not is_counted(one, settings=settings), sessions)
    refused = [one for one in since if one.outcome == Outcome.REFUSED and one.type == SessionType.KS]
    return sum(is_at_the_door(one.place, settings=settings) for one in refused)


ELSEWHERE = 2  # after so many refusals at the door another place or officer is suggested (help: counted-session)


def suggest_elsewhere(refusals: int) -> str:
    """Return what to try after refusals at the door; nothing after fewer than two."""
    if refusals < ELSEWHERE:
        return ""
    return f"offered at the door {refusals} times and refused: try another place, or another officer."
