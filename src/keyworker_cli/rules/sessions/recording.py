"""Whether a session may be recorded as somebody says it was held, or what stands against it.

help: movements, late-recording.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from keyworker_cli.errors import RefusedError
from keyworker_cli.rules.codes.records import Mode, Outcome, SessionType
from keyworker_cli.rules.codes.signals import Topic
from keyworker_cli.rules.codes.words import plain_words
from keyworker_cli.rules.dates.clock import DAY_MINUTES, minute_of_day, minutes_lived, shown_after, time_at
from keyworker_cli.rules.dates.london import days_between, end_of_day, london, london_date, london_moment
from keyworker_cli.rules.dates.parse import check_shown
from keyworker_cli.rules.dates.say import say_date, say_minute, say_time
from keyworker_cli.rules.facts.names import full_name
from keyworker_cli.rules.facts.sessions import OfficerSession, SessionHeld
from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.sessions.typed import NeedAsked, NeedBecame

NOTE_DUE_AFTER: Final = timedelta(hours=24)  # help: note-quality, N2
RETYPED_WITHIN: Final = timedelta(minutes=10)  # a command typed again by someone not sure that it was saved
LATE_AFTER_DAYS: Final = 7


class Recording(NamedTuple):
    """A session or entry as somebody asks to have it recorded.

    `start_minute` counts from midnight, London time; `None` is unknown. `start_given` tells a start that was typed from
    one reckoned back from the present moment. `needs` are to be raised with it; `became` is what became of open ones.
    """

    held_on: date
    minutes: int
    start_minute: int | None = None
    start_given: bool = False
    outcome: Outcome = Outcome.COMPLETED
    type: SessionType = SessionType.KS
    mode: Mode = Mode.IN_PERSON
    place: str | None = None
    topics: tuple[Topic, ...] = ()
    declined_topics: tuple[Topic, ...] = ()
    note: str | None = None
    prisoner_said: str | None = None
    next_session_on: date | None = None
    needs: tuple[NeedAsked, ...] = ()
    became: tuple[NeedBecame, ...] = ()


class StartNeededError(RefusedError):
    """A session that could be recorded if it were said when it began."""


def start_reckoned_back(held_on: date, minutes: int, *, now: datetime) -> int | None:
    """Return the minute of the day at which a session that ends now began, never before midnight.

    `None` for a session of another day: its start is not known.
    """
    if held_on != london_date(now):
        return None
    began = london(now - timedelta(minutes=minutes))
    return minute_of_day(began.time()) if began.date() == held_on else 0


def check_time(recording: Recording, *, now: datetime) -> None:
    """Refuse a session that has not begun, one that runs past midnight, and a start that the clocks skipped."""
    today = london_date(now)
    if recording.held_on > today:
        raise RefusedError(
            f"a session on {say_date(recording.held_on)} is in the future: today is {say_date(today)}.",
            "record it when it has been held; --next names the day of the next one.",
        )
    start = recording.start_minute
    check_shown(recording.held_on, start)
    if start is not None and recording.held_on == today and start > minute_of_day(london(now).time()):
        raise RefusedError(
            f"a session from {say_minute(start)} today is in the future: it is {say_time(london(now).time())}.",
            "record it when it has been held, or give the day: --on yesterday.",
        )
    if start is not None and shown_after(recording.held_on, start, recording.minutes) > DAY_MINUTES:
        raise RefusedError(
            f"{recording.minutes} minutes from {say_minute(start)} run past midnight.", "check the start and minutes."
        )


def check_next(recording: Recording) -> None:
    """Refuse a next session that is not after this one."""
    planned = recording.next_session_on
    if planned is not None and planned <= recording.held_on:
        raise RefusedError(
            f"the next session, {say_date(planned)}, is not after this one, {say_date(recording.held_on)}.",
            "it is the day of the one to come, such as +7d or wed.",
        )


def overlapping(
    start_minute: int | None, minutes: int, others: Iterable[OfficerSession], *, on: date
) -> OfficerSession | None:
    """Return the first of an officer's other sessions of the day that shares a minute with this one.

    Only where both starts are known; a session without minutes (refused, missed) takes no time.
    """
    if start_minute is None or minutes == 0:
        return None
    start = minutes_lived(on, start_minute)
    for other in others:
        if other.start_minute is None or not other.minutes:
            continue
        began = minutes_lived(on, other.start_minute)
        if start < began + other.minutes and began < start + minutes:
            return other
    return None


def with_start_known(recording: Recording, person_id: int, others: Sequence[OfficerSession]) -> Recording:
    """Return the session with its start unknown where it was only reckoned and the officer was with another prisoner.

    Whoever records a morning's sessions one after the other has not held them all in the last half hour.
    """
    if recording.start_given:
        return recording
    other = overlapping(recording.start_minute, recording.minutes, others, on=recording.held_on)
    return recording if other is None or other.person_id == person_id else recording._replace(start_minute=None)


def check_overlap(recording: Recording, others: Iterable[OfficerSession], *, officer: str) -> None:
    """Refuse a session during another of the same officer, naming the prisoner and the time."""
    other = overlapping(recording.start_minute, recording.minutes, others, on=recording.held_on)
    if other is not None and other.start_minute is not None:
        raise StartNeededError(
            f"{officer} was then with {full_name(other.first_name, other.last_name)} ({other.prison_number}), "
            f"{say_date(recording.held_on)} {span(other.start_minute, other.minutes or 0, on=recording.held_on)}.",
            "check the minutes; --start says when this one began.",
        )


def recorded_before(
    recording: Recording, key_worker_id: int, sessions: Iterable[SessionHeld], *, now: datetime
) -> SessionHeld | None:
    """Return the session that this one repeats, so that a command typed twice is recorded once.

    The same session has the same prisoner, key worker, day, type and start. Where no start was typed it is also one
    alike in minutes and outcome, if either start is unknown or it was recorded in the last ten minutes: a start
    reckoned back from the present moment moves on between two typings.
    """
    alike = _of_that_day(recording, key_worker_id, sessions)
    for held in alike:
        if held.start_minute == recording.start_minute:
            return held
    if recording.start_given:
        return None
    for held in alike:
        unknown = recording.start_minute is None or held.start_minute is None
        same = (held.minutes, held.outcome) == (recording.minutes, recording.outcome)
        if same and (unknown or now - held.recorded_at <= RETYPED_WITHIN):
            return held
    return None


def say_minutes(minutes: int | None) -> str:
    """Say how long a session took: `45 minutes`, `minutes not known`."""
    if minutes is None:
        return "minutes not known"
    return say_count(minutes, "minute")


def check_start_told(recording: Recording, key_worker_id: int, sessions: Iterable[SessionHeld]) -> None:
    """Refuse a second session of a day whose start is not known: it could not be told from the first (help: files)."""
    if recording.start_minute is not None:
        return
    for held in _of_that_day(recording, key_worker_id, sessions):
        began = f" at {say_minute(held.start_minute)}" if held.start_minute is not None else ""
        raise StartNeededError(
            f"{held.by} has a session with them on {say_date(held.held_on)}{began} already, {_say_became(held)}.",
            "if this is another one, add its start: --start 14:00.",
        )


def _say_became(held: SessionHeld) -> str:
    return say_minutes(held.minutes) if held.outcome == Outcome.COMPLETED else plain_words(held.outcome)


def _of_that_day(recording: Recording, key_worker_id: int, sessions: Iterable[SessionHeld]) -> list[SessionHeld]:
    wanted = (key_worker_id, recording.held_on, recording.type)
    return [held for held in sessions if (held.key_worker_id, held.held_on, held.type) == wanted]


def note_due_at(held_on: date, start_minute: int | None, minutes: int) -> datetime:
    """Return the moment by which the note of a session is due: 24 hours after it ended (help: note-quality, N2).

    Where its start is not known it is taken to have ended with the day.
    """
    if start_minute is None:
        return end_of_day(held_on + timedelta(days=1))
    began = london_moment(held_on, time_at(start_minute))
    return began + timedelta(minutes=minutes) + NOTE_DUE_AFTER


def days_late(held_on: date, *, now: datetime) -> int | None:
    """Return after how many days a session is recorded, where that is late; else `None` (help: late-recording)."""
    days = days_between(held_on, london_date(now))
    return days if days > LATE_AFTER_DAYS else None


def span(start_minute: int, minutes: int, *, on: date) -> str:
    """Say from when to when the clock showed: `14:00–14:45`; a moment without minutes is its start."""
    if not minutes:
        return say_minute(start_minute)
    end = shown_after(on, start_minute, minutes)
    changed = "" if end == start_minute + minutes else " (the clocks changed)"
    return f"{say_minute(start_minute)}–{say_minute(end)}{changed}"
