"""What `kw` says of a session that was recorded: what now stands, what to mind, and the note for pasting."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from keyworker_cli.reports.outcome import Changed, Outcome, changed, in_tense
from keyworker_cli.rules.codes.records import Mode, SessionType
from keyworker_cli.rules.codes.records import Outcome as SessionOutcome
from keyworker_cli.rules.codes.words import plain_words
from keyworker_cli.rules.contact.counted import is_at_the_door, is_counted, refusals_at_the_door, suggest_elsewhere
from keyworker_cli.rules.dates.clock import time_at
from keyworker_cli.rules.dates.london import london, london_date, london_moment
from keyworker_cli.rules.dates.say import say_date, say_day_near, say_minute, say_time
from keyworker_cli.rules.facts.people import Person, Worker
from keyworker_cli.rules.facts.sessions import SessionHeld
from keyworker_cli.rules.say import say_count, say_prisoner
from keyworker_cli.rules.sessions.case_note import Recorded, official_note, say_held, say_need, say_topics
from keyworker_cli.rules.sessions.needs import BECAME
from keyworker_cli.rules.sessions.recording import Recording, days_late, note_due_at, span
from keyworker_cli.rules.settings import Settings

TYPE_WORDS: Final = {SessionType.KS: "key worker session", SessionType.KE: "key worker entry"}
PASTE: Final = "--- for the official record ---"
END: Final = "--- end ---"


def session_outcome(
    recorded: Recorded, recording: Recording, *, now: datetime, settings: Settings, saved: bool
) -> Outcome:
    """Return what was recorded, or that it was before; then the note for pasting, or by when it is due."""
    session = recorded.session
    if session.note is None:
        rest = (f"{say_held(session)}.", *_contents(recorded), _note_due(recorded, now))
    else:
        rest = (f"{say_held(session)}.", "")
    paste = pasting(recorded)
    warnings = tuple(_remarks(recorded, recording, now=now, settings=settings, saved=saved))
    if recorded.already:
        already = f"{_who_and_what(recorded)}: already recorded {_recorded_when(session)}."
        return Outcome(answer=(already, *rest), warnings=warnings, paste=paste)
    changes = (_session("record", "{Recorded}: {what}.", recorded), *_closed(recorded))
    return Outcome(changes, rest, warnings, saved=saved, paste=paste)


def note_outcome(recorded: Recorded, *, now: datetime, saved: bool) -> Outcome:
    """Return to which session a note was added, and whether in time; then the note for pasting."""
    session = recorded.session
    due = note_due_at(session.held_on, session.start_minute, session.minutes or 0)
    late = f" It was due by {_moment(due, now)}." if due < now else ""
    change = _session("add note", "{Note added}: {what}.", recorded)
    return Outcome((change,), (f"{say_held(session)}.{late}", ""), saved=saved, paste=pasting(recorded))


def _closed(recorded: Recorded) -> Iterator[Changed]:
    for one, closed_before in recorded.became:
        if not closed_before:
            yield changed(
                "settle",
                "need",
                recorded.prisoner.prison_number,
                "{Recorded} as {became}: {text}.",
                text=one.text,
                outcome=one.outcome.value,
                became=BECAME[one.outcome],
            )


def _session(action: str, says: str, recorded: Recorded) -> Changed:
    session = recorded.session
    return changed(
        action,
        "session",
        recorded.prisoner.prison_number,
        says,
        name=recorded.prisoner.name,
        what=_who_and_what(recorded),
        held_on=session.held_on,
        start=None if session.start_minute is None else say_minute(session.start_minute),
        minutes=session.minutes,
        type=session.type,
        outcome=session.outcome,
        staff_id=session.staff_id,
        key_worker=session.by,
    )


def note_shown(recorded: Recorded, *, now: datetime) -> Outcome:
    """Return the note of a session for pasting into the official record; where there is none, by when it is due."""
    due = (_note_due(recorded, now),) if recorded.session.note is None else ()
    return Outcome(answer=due, paste=pasting(recorded))


def pasting(recorded: Recorded) -> tuple[str, ...]:
    """Return the note of a session as it is to be copied into the official record; nothing where it has none."""
    return () if recorded.session.note is None else (PASTE, official_note(recorded), END)


def sum_up(prisoner: Person, worker: Worker, recording: Recording) -> Iterator[str]:
    """Say in a few lines what is about to be saved."""
    start = recording.start_minute
    length = f"{recording.minutes} minutes" if recording.minutes else plain_words(recording.outcome)
    yield f"{say_prisoner(prisoner)}, {TYPE_WORDS[recording.type]} with {worker.name}"
    yield f"{length}, {say_date(recording.held_on)}" + (
        "" if start is None else f" {span(start, recording.minutes, on=recording.held_on)}"
    )
    if recording.topics:
        yield f"topics: {say_topics(';'.join(recording.topics))}"
    yield from (f"{BECAME[one.outcome]}: {one.text}" for one in recording.became)
    yield from (f"to do: {say_need(need)}" for need in recording.needs)
    words = len((recording.note or "").split())
    said = "no note yet" if recording.note is None else f"note of {say_count(words, 'word')}"
    planned = recording.next_session_on
    yield f"{said}; next session {say_date(planned)}" if planned else f"{said}; no next session"


def _remarks(
    recorded: Recorded, recording: Recording, *, now: datetime, settings: Settings, saved: bool
) -> Iterator[str]:
    """Say what to mind about a session just recorded; nothing of it stands in the way of the record."""
    if recorded.already:
        yield from _changed_nothing(recorded, recording)
        return
    session = recorded.session
    if recorded.after_death:
        yield in_tense("{recorded} after death: appended to a locked record, and marked so in the audit.", saved=saved)
    if late := days_late(session.held_on, now=now):
        yield in_tense(f"{{recorded}} {say_count(late, 'day')} late.", saved=saved)
    door = is_at_the_door(session.place, settings=settings)
    if session.type == SessionType.KS and door:
        yield from _at_the_door(recorded, settings)
    elif session.type == SessionType.KS and session.minutes and not is_counted(session, settings=settings):
        yield f"short contact, kept, not counted: a session counts from {settings.session_min_minutes} minutes."
    if recorded.start_unknown:
        with_another = f"{session.by} was with another prisoner in the minutes before now"
        yield f"its start is not known: {with_another}; --start says it."
    elif _ends_after(session, now):
        yield f"it ends after now, {say_time(london(now).time())}: check the start and minutes."
    for one, closed_before in recorded.became:
        if closed_before:
            yield f"{one.text}: somebody else had closed it meanwhile; it stays so."
    yield from _whose(recorded)


def _at_the_door(recorded: Recorded, settings: Settings) -> Iterator[str]:
    """Say that nothing held in that place is a session, and after two refusals there what else may be tried."""
    session = recorded.session
    if session.outcome == SessionOutcome.COMPLETED:
        yield f"at the {session.place}: a short contact, kept, not counted (session.uncounted_places)."
    elif session.outcome == SessionOutcome.REFUSED:
        refusals = refusals_at_the_door(recorded.lately, settings=settings)
        yield suggest_elsewhere(refusals) or "offered at the door: another place may be easier to talk in."


def _contents(recorded: Recorded) -> Iterator[str]:
    """Say what the note for pasting would say, where there is no note yet."""
    session = recorded.session
    if session.mode != Mode.IN_PERSON or session.place:
        yield "Held: " + ", ".join(part for part in (plain_words(session.mode), session.place) if part)
    for title, codes in (("Topics", session.topics), ("Declined to speak of", session.declined_topics)):
        if codes:
            yield f"{title}: {say_topics(codes)}"
    if session.prisoner_said:
        yield f"In his words: {session.prisoner_said}"
    yield from (f"To do: {say_need(need)}" for need in recorded.needs)
    if session.next_session_on:
        yield f"Next session: {say_date(session.next_session_on)}"


def _who_and_what(recorded: Recorded) -> str:
    """Say who, what became of it and with whom: `Mr A (A1234BC) refused a key worker session with Officer P`."""
    prisoner, session = recorded.prisoner, recorded.session
    what = f"{TYPE_WORDS[SessionType(session.type)]} with {session.by}"
    who = say_prisoner(prisoner)
    became = {
        SessionOutcome.COMPLETED: f"{who}, {what}",
        SessionOutcome.REFUSED: f"{who} refused a {what}",
        SessionOutcome.DID_NOT_ATTEND: f"{who} did not attend a {what}",
        SessionOutcome.CANCELLED: f"{who}, {what}, cancelled",
    }
    return became[SessionOutcome(session.outcome)]


def _note_due(recorded: Recorded, now: datetime) -> str:
    session, number = recorded.session, recorded.prisoner.prison_number
    due = note_due_at(session.held_on, session.start_minute, session.minutes or 0)
    day = "" if session.held_on == london_date(now) else f" --on {session.held_on.isoformat()}"
    by = _moment(due, now)
    said = f"was due by {by}" if due < now else f"due by {by} (within 24 h)"
    return f"note {said}: kw note {number}{day}"


def _moment(moment: datetime, now: datetime) -> str:
    return f"{say_day_near(london(moment), london(now))} {say_time(london(moment).time())}"


def _recorded_when(session: SessionHeld) -> str:
    local = london(session.recorded_at)
    return f"at {say_time(local.time())} on {say_day_near(local, session.held_on)} by {session.recorded_by}"


def _changed_nothing(recorded: Recorded, recording: Recording) -> Iterator[str]:
    yield "nothing was changed; if this is another session, add its start: --start 14:00"
    if recording.note is not None and recording.note != recorded.session.note:
        yield f"the note just given was not saved: kw note {recorded.prisoner.prison_number} adds one that is due."


def _whose(recorded: Recorded) -> Iterator[str]:
    held, session = recorded.key_worker, recorded.session
    if not recorded.here:
        return
    if held is None:
        yield f"he has no key worker: kw allocate {recorded.prisoner.prison_number}"
    elif held.key_worker_id != session.key_worker_id:
        yield f"his key worker is {held.name}."


def _ends_after(session: SessionHeld, now: datetime) -> bool:
    if session.start_minute is None:
        return False
    began = london_moment(session.held_on, time_at(session.start_minute))
    return began + timedelta(minutes=session.minutes or 0) > now
