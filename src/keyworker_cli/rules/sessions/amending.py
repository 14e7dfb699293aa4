"""Correcting a session: which one is meant, who may correct it, and what it says afterwards (help: late-recording)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from keyworker_cli.errors import NotFoundError, RefusedError, UsageError
from keyworker_cli.rules.codes.records import Mode, Outcome, SessionType
from keyworker_cli.rules.dates.london import london
from keyworker_cli.rules.dates.parse import parse_date, parse_minute
from keyworker_cli.rules.dates.say import say_date, say_minute, say_time
from keyworker_cli.rules.facts.people import Person, Worker
from keyworker_cli.rules.facts.sessions import Amended, OfficerSession, SessionHeld
from keyworker_cli.rules.say import say_prisoner
from keyworker_cli.rules.sessions.case_note import say_held
from keyworker_cli.rules.sessions.recording import Recording, check_next, check_overlap, check_time
from keyworker_cli.rules.sessions.typed import read_minutes, read_outcome, read_topics
from keyworker_cli.rules.typed import read_code, read_text

FIELD_WORDS: Final = {
    "start_minute": "start",
    "declined_topics": "declined",
    "prisoner_said": "in his words",
    "next_session_on": "next session",
    "voided_at": "taken out",
}
"""What a column is called where it is not called as it stands."""

NONE: Final = "none"


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction of a session: `None` leaves a field as it is, "" empties it. `minutes` are as typed.

    With `void` it is taken out whole: a session of the wrong prisoner, on the wrong day or by the wrong officer.
    """

    why: str
    minutes: str | None = None
    start_minute: int | None = None
    outcome: Outcome | None = None
    mode: Mode | None = None
    place: str | None = None
    topics: str | None = None
    declined_topics: str | None = None
    note: str | None = None
    prisoner_said: str | None = None
    next_session_on: date | None = None
    void: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """The options of `kw amend-session` as they were typed; `None` where one was left out."""

    why: str
    minutes: str | None
    start: str | None
    outcome: str | None
    refused: bool
    mode: str | None
    place: str | None
    topics: str | None
    declined: str | None
    note: str | None
    said: str | None
    next_on: str | None
    void: bool


def read_correction(typed: Typed, *, today: date) -> Correction:
    """Return what the options ask for. Raises `UsageError` for a wrong one, for none, and for more beside `--void`."""
    why = read_text(typed.why, "the reason")
    if why is None:
        raise UsageError("a correction needs its reason.", '--why "typed 45 by mistake"')
    correction = Correction(
        why=why,
        minutes=typed.minutes,
        start_minute=parse_minute(typed.start) if typed.start else None,
        outcome=read_outcome(typed.outcome, refused=typed.refused),
        mode=read_code(typed.mode, Mode, "mode") if typed.mode else None,
        place=_emptied(typed.place, "the place"),
        topics=_codes(typed.topics),
        declined_topics=_codes(typed.declined),
        note=typed.note,
        prisoner_said=_emptied(typed.said, "what he said"),
        next_session_on=parse_date(typed.next_on, today=today, ahead=True) if typed.next_on else None,
        void=typed.void,
    )
    nothing = Correction(why)
    if correction == nothing:
        raise UsageError("what is to be corrected?", "--minutes 30, --note -, or --void takes the session out.")
    if correction.void and correction != replace(nothing, void=True):
        raise UsageError("a session taken out is not corrected as well.", "give --void alone, and record it anew.")
    return correction


def session_meant(
    prisoner: Person, sessions: Iterable[SessionHeld], *, on: date | None, by: Worker | None, start_minute: int | None
) -> SessionHeld:
    """Return the session that is to be corrected: the latest, or the one of that day, holder and start.

    Raises `NotFoundError` where there is none, `UsageError` where a day has several and it is not said which.
    """
    meant = [
        session
        for session in sessions
        if on in (None, session.held_on)
        and (by is None or by.key_worker_id == session.key_worker_id)
        and start_minute in (None, session.start_minute)
    ]
    if not meant:
        day = f" on {say_date(on)}" if on else ""
        raise NotFoundError(
            f"no such session of {say_prisoner(prisoner)} is recorded{day}.",
            f"kw timeline {prisoner.prison_number} shows them all.",
        )
    of_that_day = [session for session in meant if session.held_on == meant[0].held_on]
    if len(of_that_day) > 1:
        lines = tuple(f"{say_held(session)}, with {session.by}" for session in of_that_day)
        raise UsageError(
            f"{prisoner.name} has {len(of_that_day)} on {say_date(meant[0].held_on)}:",
            "say which: --at 14:00, when it began, or --by KEY_WORKER, who held it.",
            lines,
        )
    return meant[0]


def check_own(session: SessionHeld, amendments: Iterable[Amended], *, user: str) -> None:
    """Refuse to correct what somebody else has corrected: his words and his reasons stay the last ones."""
    last = [one for one in amendments if one.session_id == session.session_id][-1:]
    if last and last[0].by != user:
        local = london(last[0].amended_at)
        raise RefusedError(
            f"{last[0].by} amended this session on {say_date(local)} at {say_time(local.time())}: {last[0].why}",
            f"ask {last[0].by} to amend it again; kw timeline shows what it said before.",
        )


def corrected(session: SessionHeld, correction: Correction, *, at: datetime) -> dict[str, Any]:
    """Return the columns that a correction changes, with their new values; empty where nothing changes.

    A session that was not held has no minutes, and one that was has some: else `UsageError`. A note that is still due
    is added, not amended: `RefusedError`.
    """
    if correction.void:
        return {"voided_at": at}
    if correction.note is not None and session.note is None:
        raise RefusedError(
            "this session has no note yet: it is added, not amended.",
            f"kw note PRISONER --on {session.held_on.isoformat()}",
        )
    outcome = correction.outcome or Outcome(session.outcome)
    asked = {
        "outcome": outcome.value,
        "minutes": _minutes(session, correction, outcome),
        "start_minute": correction.start_minute,
        "mode": correction.mode.value if correction.mode else None,
        "place": correction.place,
        "topics": correction.topics,
        "declined_topics": correction.declined_topics,
        "note": correction.note,
        "prisoner_said": correction.prisoner_said,
        "next_session_on": correction.next_session_on,
    }
    said = {name: None if value == "" else value for name, value in asked.items() if value is not None}
    return {name: value for name, value in said.items() if value != getattr(session, name)}


def check_corrected(session: SessionHeld, others: Sequence[OfficerSession], *, now: datetime) -> None:
    """Refuse what a session cannot be: in the future, past midnight, during another of the same officer."""
    recording = Recording(
        held_on=session.held_on,
        minutes=session.minutes or 0,
        start_minute=session.start_minute,
        next_session_on=session.next_session_on,
    )
    check_time(recording, now=now)
    check_next(recording)
    rest = [other for other in others if other.session_id != session.session_id]
    check_overlap(recording, rest, officer=session.by)


def say_field(field: str) -> str:
    """Say what a column of a session is called."""
    return FIELD_WORDS.get(field, field.replace("_", " "))


def say_value(field: str, stored: str | None) -> str:
    """Say what a column of a session held, from the text it is stored as: `45`, `14:00`, `none`."""
    if stored is None or stored == "":
        return NONE
    if field == "start_minute":
        return say_minute(int(stored))
    if field == "next_session_on":
        return say_date(date.fromisoformat(stored))
    return stored


def _minutes(session: SessionHeld, correction: Correction, outcome: Outcome) -> int | None:
    text = correction.minutes
    if text is None and outcome is Outcome.COMPLETED and session.outcome == Outcome.COMPLETED:
        return session.minutes
    return read_minutes(text, outcome=outcome, type=SessionType(session.type))


def _emptied(text: str | None, what: str) -> str | None:
    """Return words as typed; spaces alone empty the field."""
    return None if text is None else read_text(text, what) or ""


def _codes(text: str | None) -> str | None:
    return None if text is None else ";".join(read_topics(text))
