"""The form of a session: filled from the options, and on a terminal by asking for what they leave out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from keyworker_cli.actions.sessions.record import check_recording
from keyworker_cli.commands.asking import MAN_QUESTION, Answer, ask_note, ask_until, explain, find_holder, find_man
from keyworker_cli.commands.note_source import edit_note, read_note
from keyworker_cli.context import Kw
from keyworker_cli.errors import RefusedError, UsageError
from keyworker_cli.lookup import find_prisoner
from keyworker_cli.reports.sessions.before import know_before, last_topics, left_to_raise
from keyworker_cli.reports.sessions.recorded import sum_up
from keyworker_cli.rules.codes.records import Mode, Outcome, SessionType
from keyworker_cli.rules.dates.clock import minute_of_day
from keyworker_cli.rules.dates.parse import parse_date, parse_time
from keyworker_cli.rules.dates.say import say_date, say_minute
from keyworker_cli.rules.facts.people import Person, Worker
from keyworker_cli.rules.sessions.recording import Recording, check_next, start_reckoned_back
from keyworker_cli.rules.sessions.typed import (
    read_length_or_outcome,
    read_minutes,
    read_need,
    read_outcome,
    read_topics,
    read_topics_besides,
    read_when,
)
from keyworker_cli.rules.typed import read_code, read_text

NO: Final = ("n", "no")
YES: Final = ("", "y", "yes")


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class Form:
    """A session ready to be recorded: of whom, held by whom, and what is to be recorded of it."""

    man: Person
    worker: Worker
    recording: Recording


def fill_in(kw: Kw, typed: Typed, *, confirm: bool) -> Form | None:
    """Return the session that the options describe, asking for what is missing where somebody can answer.

    What is wrong in an option raises at once, before anything is asked; a wrong answer is asked again. After questions,
    with `confirm`, it is shown once more; `None` when it is then not to be saved. Where something is missing and nobody
    can be asked, raises `UsageError`.
    """
    draft = _draft(kw, typed)
    known = typed.minutes is not None or draft.outcome is not Outcome.COMPLETED
    if kw.ask is not None and not (typed.prisoner and known):
        return Conversation(kw, kw.ask, typed).hold(draft, length_known=known, confirm=confirm)
    if typed.prisoner is None:
        raise UsageError("which prisoner?", "kw log-session A1234BC --minutes 45")
    minutes = read_minutes(typed.minutes, outcome=draft.outcome, type=draft.type)
    man, worker = find_man(kw, typed.prisoner), find_holder(kw, typed.by)
    recording = _reckoned(kw, replace(draft, minutes=minutes))
    if typed.edit and not check_recording(kw.store.queries, man, worker, recording, now=kw.now).repeats:
        kw.store.close()
        recording = replace(recording, note=edit_note(kw))
    return Form(man, worker, recording)


def _draft(kw: Kw, typed: Typed) -> Recording:
    """Read every option but the minutes, which depend on what is still to be asked. Raises for a wrong one."""
    today = kw.as_of
    held_on, start = read_when(typed.on or "today", today=today)
    if typed.start is not None:
        start = minute_of_day(parse_time(typed.start))
    declined = read_topics(typed.declined or "")
    topics = read_topics_besides(typed.topics or "", declined)
    draft = Recording(
        held_on=held_on,
        minutes=0,
        start_minute=start,
        start_given=start is not None,
        outcome=read_outcome(typed.outcome, refused=typed.refused) or Outcome.COMPLETED,
        type=read_code(typed.type, SessionType, "type") if typed.type else SessionType.KS,
        mode=read_code(typed.mode, Mode, "mode") if typed.mode else Mode.IN_PERSON,
        place=read_text(typed.place, "the place"),
        topics=topics,
        declined_topics=declined,
        prisoner_said=read_text(typed.said, "what he said"),
        next_session_on=parse_date(typed.next_on, today=today, ahead=True) if typed.next_on else None,
        needs=tuple(read_need(need, today=today) for need in typed.needs),
    )
    if typed.minutes is not None:
        read_minutes(typed.minutes, outcome=draft.outcome, type=draft.type)
    return replace(draft, note=read_note(kw, typed.note, edit=typed.edit))


def _reckoned(kw: Kw, recording: Recording) -> Recording:
    """Return the session with its start reckoned back from now, where it is of today and no start was given."""
    if recording.start_given:
        return recording
    return replace(recording, start_minute=start_reckoned_back(recording.held_on, recording.minutes, now=kw.now))


class Conversation:
    """Asks for what the options left out, one question at a time; Enter passes over whatever may wait."""

    def __init__(self, kw: Kw, ask: Callable[[str], str], typed: Typed) -> None:
        self.kw = kw
        self.ask = ask
        self.typed = typed

    def hold(self, draft: Recording, *, length_known: bool, confirm: bool) -> Form | None:
        """Ask, and return what is to be recorded; `None` when it is not to be saved after all."""
        man, worker = self._man(), find_holder(self.kw, self.typed.by)
        self.kw.say("", *know_before(self.kw.store.queries, man, as_of=self.kw.as_of, settings=self.kw.settings), "")
        recording, repeats = self._length_and_time(man, worker, draft, length_known=length_known)
        if repeats:
            return Form(man, worker, recording)
        form = Form(man, worker, self._contents(recording, man))
        if confirm and not self._agreed(form):
            self.kw.say("nothing saved")
            return None
        return form

    def _man(self) -> Person:
        if self.typed.prisoner is not None:
            return find_man(self.kw, self.typed.prisoner)
        return self._until(MAN_QUESTION, lambda text: find_prisoner(self.kw.store.queries, text))

    def _until(self, question: str, understand: Callable[[str], Answer]) -> Answer:
        return ask_until(self.kw, self.ask, question, understand)

    def _length_and_time(
        self, man: Person, worker: Worker, draft: Recording, *, length_known: bool
    ) -> tuple[Recording, bool]:
        """Ask how long and when until nothing stands against it; return it, and whether it was recorded before."""
        recording, when_known = draft, self.typed.on is not None or self.typed.start is not None
        if length_known:
            minutes = read_minutes(self.typed.minutes, outcome=draft.outcome, type=draft.type)
            recording = replace(draft, minutes=minutes)
        while True:
            if not length_known:
                recording = self._length(recording)
            if not when_known:
                recording = self._time(recording)
            reckoned = _reckoned(self.kw, recording)
            unplanned = replace(reckoned, next_session_on=None)
            try:
                checked = check_recording(self.kw.store.queries, man, worker, unplanned, now=self.kw.now)
                return reckoned, checked.repeats is not None
            except RefusedError as error:
                explain(self.kw, error)
                length_known = when_known = False

    def _length(self, recording: Recording) -> Recording:
        said = f" [{recording.minutes}]" if recording.minutes else ""

        def understand(text: str) -> Recording:
            typed = text or (str(recording.minutes) if recording.minutes else "")
            outcome, minutes = read_length_or_outcome(typed, type=recording.type)
            return replace(recording, outcome=outcome, minutes=minutes)

        return self._until(f"Minutes (or r refused, d did not attend, c cancelled){said}: ", understand)

    def _time(self, recording: Recording) -> Recording:
        today = self.kw.as_of
        said = "today" if recording.held_on == today else say_date(recording.held_on)
        if recording.start_given and recording.start_minute is not None:
            said += f" {say_minute(recording.start_minute)}"

        def understand(text: str) -> Recording:
            held_on, start = read_when(text or said, today=today)
            return replace(recording, held_on=held_on, start_minute=start, start_given=start is not None)

        return self._until(f"When, a day, a time or both [{said}]: ", understand)

    def _contents(self, recording: Recording, man: Person) -> Recording:
        """Ask what was spoken of, the note, his words and the next day; Enter leaves each out, or for later."""
        typed, today = self.typed, self.kw.as_of
        if typed.topics is None and recording.outcome is Outcome.COMPLETED:
            declined = recording.declined_topics
            topics = self._until(self._topics_question(man), lambda text: read_topics_besides(text, declined))
            recording = replace(recording, topics=topics)
            self.kw.say(*self._left_to_raise(man, recording))
        if typed.note is None:
            recording = replace(recording, note=edit_note(self.kw) if typed.edit else ask_note(self.kw, self.ask))
        if typed.said is None:
            said = self._until("In his words [none]: ", lambda text: read_text(text, "what he said"))
            recording = replace(recording, prisoner_said=said)
        return self._next(recording, today)

    def _topics_question(self, man: Person) -> str:
        last = last_topics(self.kw.store.queries.sessions_of(man.person_id))
        return f"Topics ({f'last time {last[0]}; ' if last else ''}? lists them) [none]: "

    def _left_to_raise(self, man: Person, recording: Recording) -> list[str]:
        queries = self.kw.store.queries
        return left_to_raise(queries, man, recording, as_of=self.kw.as_of, settings=self.kw.settings)

    def _next(self, recording: Recording, today: date) -> Recording:
        def understand(text: str) -> Recording:
            planned = parse_date(text, today=today, ahead=True) if text else None
            request = replace(recording, next_session_on=planned)
            check_next(request)
            return request

        try:
            check_next(recording)
        except RefusedError as error:
            explain(self.kw, error)
        else:
            if self.typed.next_on is not None:
                return recording
        return self._until("Next session [none]: ", understand)

    def _agreed(self, form: Form) -> bool:
        """Show what is to be saved and ask; Enter is yes."""
        self.kw.say("", *sum_up(form.man, form.worker, form.recording))

        def understand(text: str) -> bool:
            if text.casefold() not in (*YES, *NO):
                raise UsageError("y or n.", "Enter saves it; n leaves everything as it was.")
            return text.casefold() in YES

        return self._until("Save? [Y/n] ", understand)
