"""A session as it should be pasted into the official record: a case note of type KA, sub-type KS or KE."""

from datetime import date
from typing import Final, NamedTuple

from keyworker_cli.rules.codes.records import Mode, Outcome, SessionType
from keyworker_cli.rules.codes.words import say_topic
from keyworker_cli.rules.dates.say import say_date, say_day_near
from keyworker_cli.rules.facts.care import NeedRaised
from keyworker_cli.rules.facts.officers import Allocation
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.sessions import SessionHeld
from keyworker_cli.rules.sessions.recording import say_minutes, span
from keyworker_cli.rules.sessions.typed import NeedAsked, NeedBecame

CASE_NOTE_TYPE: Final = "Key Worker Activity (KA)"
CASE_NOTE_SUB_TYPE: Final = {
    SessionType.KS: "Key Worker Session (KS)",
    SessionType.KE: "Key Worker Entry (KE)",
}

_BECAME: Final = {
    Outcome.COMPLETED: "",
    Outcome.REFUSED: "Offered and refused.",
    Outcome.DID_NOT_ATTEND: "Offered; he did not attend.",
    Outcome.CANCELLED: "Cancelled.",
}


class Recorded(NamedTuple):
    """A session as it stands in the record. `already` is true where it was recorded before and nothing was changed.

    `key_worker` is the prisoner's current allocation, `None` without one; `needs` are those raised on that day. With
    `start_unknown` a start reckoned back from now was dropped, since the officer was then with another prisoner.
    `here` is false once that stay has ended; `after_death` marks a late entry to the record of a prisoner who has died.
    `lately` are all his sessions, the latest first. `became` are the needs settled with it, each with whether somebody
    else had closed it meanwhile.
    """

    prisoner: Person
    session: SessionHeld
    key_worker: Allocation | None
    needs: tuple[NeedRaised, ...]
    here: bool
    after_death: bool
    already: bool = False
    start_unknown: bool = False
    lately: tuple[SessionHeld, ...] = ()
    became: tuple[tuple[NeedBecame, bool], ...] = ()


def official_note(recorded: Recorded) -> str:
    """Return the case note of a session, several lines: when, who, of what, the note itself, and what comes next.

    The note and his words stand as they were written.
    """
    session = recorded.session
    paragraphs = [
        "\n".join(line for line in _heading(recorded) if line),
        session.note or "",
        f"In his words: {session.prisoner_said}" if session.prisoner_said else "",
        "\n".join([*(f"To do: {say_need(need)}" for need in recorded.needs), *_next(session)]),
    ]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def say_need(need: NeedRaised | NeedAsked, *, near: date | None = None) -> str:
    """Say a need: what is to be done, and in brackets who is to do it and by when, where that is known.

    On a page of a day that it is `near`, without the year where that is the same.
    """
    due = "" if need.due_on is None else say_day_near(need.due_on, near) if near else say_date(need.due_on)
    who_and_when = [need.owner or "", due and f"by {due}"]
    known = ", ".join(part for part in who_and_when if part)
    return f"{need.text} ({known})" if known else need.text


def say_topics(codes: str | None) -> str:
    """Say topics stored as `FAMILY;MENTAL_HEALTH`: `family, mental health`."""
    return ", ".join(say_topic(code) for code in codes.split(";")) if codes else ""


def say_held(session: SessionHeld) -> str:
    """Say when a session was held and how long it took: `Tue 12 May 2026 07:30–08:15, 45 minutes`."""
    start = session.start_minute
    when = say_date(session.held_on) + (
        "" if start is None else f" {span(start, session.minutes or 0, on=session.held_on)}"
    )
    if session.minutes == 0:
        return when
    return f"{when}, {say_minutes(session.minutes)}"


def _heading(recorded: Recorded) -> list[str]:
    session = recorded.session
    where = ["" if session.mode == Mode.IN_PERSON else _words(session.mode), session.place or ""]
    place = "".join(f", {part}" for part in where if part)
    topics, declined = say_topics(session.topics), say_topics(session.declined_topics)
    return [
        f"{CASE_NOTE_TYPE} / {CASE_NOTE_SUB_TYPE[SessionType(session.type)]}",
        f"{recorded.prisoner.prison_number} {recorded.prisoner.name}",
        f"{say_held(session)}{place}, with {session.by}",
        _BECAME[Outcome(session.outcome)],
        "Recorded after death." if recorded.after_death else "",
        f"Topics: {topics}" if topics else "",
        f"Declined to speak of: {declined}" if declined else "",
    ]


def _next(session: SessionHeld) -> list[str]:
    return [f"Next session: {say_date(session.next_session_on)}"] if session.next_session_on else []


def _words(code: str) -> str:
    return "by video" if code == Mode.VIDEO else f"by {code.lower()}"
