"""What counts as a session with a man: everything else is kept, shown, and not counted (help: counted-session)."""

from keyworker_cli.rules.codes.records import Outcome, SessionType
from keyworker_cli.rules.facts.sessions import SessionHeld
from keyworker_cli.rules.settings import Settings


def is_counted(session: SessionHeld, *, settings: Settings) -> bool:
    """Return whether a session counts: KS, completed, and at least `session.min_minutes` long, or of unknown length."""
    return session.outcome == Outcome.COMPLETED and counts_if_held(session.type, session.minutes, settings=settings)


def counts_if_held(kind: str, minutes: int | None, *, settings: Settings) -> bool:
    """Return whether what was held of this kind, for so long, counts; `None` is a length that is not known."""
    return kind == SessionType.KS and (minutes is None or minutes >= settings.session_min_minutes)
