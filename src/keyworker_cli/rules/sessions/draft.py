"""A session as the options of `kw log-session` say it, before anybody is asked for the rest."""

from dataclasses import dataclass
from datetime import date, datetime

from keyworker_cli.rules.codes.records import Mode, Outcome, SessionType
from keyworker_cli.rules.dates.parse import check_shown, parse_date, parse_minute
from keyworker_cli.rules.sessions.recording import Recording, start_reckoned_back
from keyworker_cli.rules.sessions.typed import (
    read_minutes,
    read_need,
    read_outcome,
    read_topics,
    read_topics_besides,
    read_when,
)
from keyworker_cli.rules.typed import read_code, read_text


@dataclass(frozen=True, slots=True)
class Typed:
    """The options of `kw log-session` as they were typed; `None` where one was left out."""

    prisoner: str | None
    minutes: str | None
    by: str | None
    on: str | None
    start: str | None
    outcome: str | None
    refused: bool
    type: str | None
    mode: str | None
    place: str | None
    topics: str | None
    declined: str | None
    note: str | None
    edit: bool
    said: str | None
    needs: tuple[str, ...]
    next_on: str | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A session as far as it is known: what was typed, and what it says. Its minutes are 0 until they are known."""

    typed: Typed
    recording: Recording

    @property
    def length_known(self) -> bool:
        """Whether the minutes were typed, or the session was not held and has none."""
        return self.typed.minutes is not None or self.recording.outcome is not Outcome.COMPLETED

    @property
    def time_known(self) -> bool:
        """Whether a day or a start was typed."""
        return self.typed.on is not None or self.typed.start is not None

    @property
    def complete(self) -> bool:
        """Whether nothing has to be asked: everything else may be left out, or come later."""
        return bool(self.typed.prisoner) and self.length_known

    def with_length(self) -> Recording:
        """Return the session with its minutes as typed. Raises `UsageError` for none where it was held."""
        recording = self.recording
        minutes = read_minutes(self.typed.minutes, outcome=recording.outcome, type=recording.type)
        return recording._replace(minutes=minutes)


def read_draft(typed: Typed, *, today: date, me: str) -> Draft:
    """Read every option but the note; raise `UsageError` for a wrong one. `me` is the user, as the owner of a need."""
    held_on, start = read_when(typed.on or "today", today=today)
    if typed.start is not None:
        start = parse_minute(typed.start)
        check_shown(held_on, start)
    declined = read_topics(typed.declined or "")
    recording = Recording(
        held_on=held_on,
        minutes=0,
        start_minute=start,
        start_given=start is not None,
        topics=read_topics_besides(typed.topics or "", declined),
        outcome=read_outcome(typed.outcome, refused=typed.refused) or Outcome.COMPLETED,
        type=read_code(typed.type, SessionType, "type") if typed.type else SessionType.KS,
        mode=read_code(typed.mode, Mode, "mode") if typed.mode else Mode.IN_PERSON,
        place=read_text(typed.place, "the place"),
        declined_topics=declined,
        prisoner_said=read_text(typed.said, "what he said"),
        next_session_on=parse_date(typed.next_on, today=today, ahead=True) if typed.next_on else None,
        needs=tuple(read_need(need, today=today, me=me) for need in typed.needs),
    )
    draft = Draft(typed, recording)
    if typed.minutes is not None:
        draft.with_length()
    return draft


def reckoned(recording: Recording, *, now: datetime) -> Recording:
    """Return a session with its start reckoned back from now, where it is of today and no start was given."""
    if recording.start_given:
        return recording
    return recording._replace(start_minute=start_reckoned_back(recording.held_on, recording.minutes, now=now))
