"""The conversation of `kw log-session`: asks on a terminal for what the options leave out, one question at a time.

Each question takes the session as far as it is known and returns it with one thing more. Enter passes over whatever may
wait. Nothing is saved here, and the database is let go of while somebody thinks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from keyworker_cli.actions.sessions.record import check_recording
from keyworker_cli.commands.conversations.asking import (
    PRISONER_QUESTION,
    Answer,
    ask_note,
    ask_until,
    ask_yes,
    choose_prisoner,
    explain,
    find_holder,
    own_worker,
)
from keyworker_cli.commands.conversations.note_source import edit_note
from keyworker_cli.context import Kw
from keyworker_cli.errors import RefusedError, UsageError
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.sessions.own_prisoners import Choice, own_prisoners, say_choices
from keyworker_cli.reports.sessions.recorded import sum_up
from keyworker_cli.reports.sessions.session_brief import Brief, left_to_raise, say_brief, session_brief
from keyworker_cli.rules.codes.records import NeedOutcome, Outcome
from keyworker_cli.rules.dates.parse import check_shown, parse_date, parse_minute
from keyworker_cli.rules.dates.say import say_date, say_minute
from keyworker_cli.rules.facts.care import NeedRaised
from keyworker_cli.rules.facts.people import Person, Worker
from keyworker_cli.rules.sessions.case_note import say_need
from keyworker_cli.rules.sessions.draft import Draft, reckoned
from keyworker_cli.rules.sessions.needs import check_raising
from keyworker_cli.rules.sessions.recording import Recording, StartNeededError, check_next
from keyworker_cli.rules.sessions.typed import (
    NeedAsked,
    NeedBecame,
    read_length_or_outcome,
    read_need,
    read_need_done,
    read_offered_topics,
    read_when,
)
from keyworker_cli.rules.typed import read_text

RECORDED_ALREADY: Final = "If it is that one, it is recorded already: Ctrl-C leaves it so."
BY_NUMBER: Final = "Topics, by number or word (-1 declined, ? lists all) [none]: "
BY_WORD: Final = "Topics (? lists them) [none]: "


@dataclass(frozen=True)
class Session:
    """A session ready to be recorded: of whom, held by whom, and what is to be recorded of it."""

    prisoner: Person
    worker: Worker
    recording: Recording


def complete(kw: Kw, draft: Draft, *, confirm: bool) -> Session | None:
    """Return the session that the options describe, asking for what is missing where somebody can answer.

    A wrong answer is asked again. After questions, with `confirm`, it is shown once more; `None` when it is then not to
    be saved. Where something is missing and nobody can be asked, raises `UsageError`.
    """
    typed = draft.typed
    if kw.ask is not None and not draft.complete:
        return Conversation(kw, kw.ask, draft).hold(confirm=confirm)
    if typed.prisoner is None:
        raise UsageError("which prisoner?", "kw log-session A1234BC --minutes 45")
    recording = reckoned(draft.with_length(), now=kw.now)
    prisoner = choose_prisoner(kw, typed.prisoner)
    worker = find_holder(kw, typed.by, prisoner)
    if typed.edit and not check_recording(kw.store.queries, prisoner, worker, recording, now=kw.now).repeats:
        kw.store.close()
        recording = recording._replace(note=edit_note(kw))
    return Session(prisoner, worker, recording)


class Conversation:
    """Asks for what the options left out: who, how long and when, then what came of it."""

    def __init__(self, kw: Kw, ask: Callable[[str], str], draft: Draft) -> None:
        self.kw = kw
        self.ask = ask
        self.draft = draft
        self.typed = draft.typed

    def hold(self, *, confirm: bool) -> Session | None:
        """Ask, and return what is to be recorded; `None` when it is not to be saved after all."""
        kw = self.kw
        you = own_worker(kw, self.typed.by)
        prisoner = self._prisoner(you)
        worker = you or find_holder(kw, None, prisoner)
        brief = session_brief(kw.store, prisoner, as_of=kw.as_of, settings=kw.settings)
        kw.say("", *say_brief(brief), "")
        recording, repeats = self._length_and_time(prisoner, worker)
        if not repeats:
            for question in (self._topics, self._done, self._note, self._words, self._new_needs, self._next):
                recording = question(recording, brief)
            if confirm and not self._agreed(Session(prisoner, worker, recording)):
                kw.say("nothing saved")
                return None
        return Session(prisoner, worker, recording)

    def _until(self, question: str, understand: Callable[[str], Answer]) -> Answer:
        return ask_until(self.kw, self.ask, question, understand)

    # Who

    def _prisoner(self, you: Worker | None) -> Person:
        """Return the prisoner who was named, else who is chosen: of the key worker's own by a number."""
        if self.typed.prisoner is not None:
            return choose_prisoner(self.kw, self.typed.prisoner)
        choices = self._own_prisoners(you) if you else []

        def understand(text: str) -> Person:
            return self.kw.prisoner(_chosen(text, choices))

        return self._until(_which(choices), understand)

    def _own_prisoners(self, you: Worker) -> list[Choice]:
        request = ReportRequest(self.kw.as_of, self.kw.settings)
        choices = own_prisoners(self.kw.store, request, you)
        if choices:
            self.kw.say("", "Prisoners, in the order of work:")
            self.kw.say(*say_choices(choices, request, width=self.kw.columns - 1))
        else:
            self.kw.say(f"Nobody is allocated to {you.name}.")
        return choices

    # How long and when

    def _length_and_time(self, prisoner: Person, worker: Worker) -> tuple[Recording, bool]:
        """Ask how long and when until nothing stands against it; return it, and whether it was recorded before."""
        draft = self.draft
        recording = draft.with_length() if draft.length_known else self._length(draft.recording)
        recording = recording if draft.time_known else self._time(recording)
        while True:
            asked = reckoned(recording, now=self.kw.now)
            try:
                return asked, self._is_recorded(prisoner, worker, asked._replace(next_session_on=None))
            except StartNeededError as error:
                must_be_told = asked.start_minute is None
                explain(self.kw, error.message, RECORDED_ALREADY if must_be_told else "")
                recording = self._start(recording, must_be_told=must_be_told)
            except RefusedError as error:
                explain(self.kw, error.message, error.hint)
                recording = self._time(self._length(recording))

    def _is_recorded(self, prisoner: Person, worker: Worker, recording: Recording) -> bool:
        """Say whether a session is in the record already. Raises `RefusedError` for what stands against it.

        A start reckoned back from now that falls into another session is asked for, where somebody can be asked.
        """
        checked = check_recording(self.kw.store.queries, prisoner, worker, recording, now=self.kw.now)
        if checked.repeats is None and checked.recording.start_minute != recording.start_minute:
            as_typed = recording._replace(start_given=True)
            check_recording(self.kw.store.queries, prisoner, worker, as_typed, now=self.kw.now)
        return checked.repeats is not None

    def _length(self, recording: Recording) -> Recording:
        said = f" [{recording.minutes}]" if recording.minutes else ""

        def understand(text: str) -> Recording:
            typed = text or (str(recording.minutes) if recording.minutes else "")
            outcome, minutes = read_length_or_outcome(typed, type=recording.type)
            return recording._replace(outcome=outcome, minutes=minutes)

        return self._until(f"Minutes (or r refused, d did not attend, c cancelled){said}: ", understand)

    def _time(self, recording: Recording) -> Recording:
        today = self.kw.as_of
        said = "today" if recording.held_on == today else say_date(recording.held_on)
        if recording.start_given and recording.start_minute is not None:
            said += f" {say_minute(recording.start_minute)}"

        def understand(text: str) -> Recording:
            held_on, start = read_when(text or said, today=today)
            return recording._replace(held_on=held_on, start_minute=start, start_given=start is not None)

        return self._until(f"When, a day, a time or both [{said}]: ", understand)

    def _start(self, recording: Recording, *, must_be_told: bool) -> Recording:
        """Ask only when it began: the day and the minutes stand. Enter says that it is not known, where it may be."""

        def understand(text: str) -> Recording:
            start = parse_minute(text) if text or must_be_told else None
            check_shown(recording.held_on, start)
            return recording._replace(start_minute=start, start_given=True)

        unknown = "" if must_be_told else " [not known]"
        return self._until(f"This one began at, HH:MM{unknown}: ", understand)

    # What came of it

    def _topics(self, recording: Recording, brief: Brief) -> Recording:
        """Ask what was spoken of, by the numbers of what is to be raised; say what is then still to raise."""
        if self.typed.topics is not None or recording.outcome is not Outcome.COMPLETED:
            return recording
        offered = brief.topics_open()

        def understand(text: str) -> Recording:
            topics, declined = read_offered_topics(text, offered, recording.declined_topics)
            return recording._replace(topics=topics, declined_topics=declined)

        said = self._until(BY_NUMBER if offered else BY_WORD, understand)
        self.kw.say(*left_to_raise(brief, said))
        return said

    def _done(self, recording: Recording, brief: Brief) -> Recording:
        """Ask of each open action whether it is done, where he was spoken to; Enter leaves it as it is."""
        if recording.outcome is not Outcome.COMPLETED:
            return recording
        before = [need for need in brief.needs if need.raised_on <= recording.held_on]
        answers = [(need, self._became(need)) for need in before]
        became = [NeedBecame(need.need_id, need.text, outcome) for need, outcome in answers if outcome is not None]
        return recording._replace(became=tuple(became))

    def _became(self, need: NeedRaised) -> NeedOutcome | None:
        self.kw.say(f"  action: {say_need(need)}")
        return self._until("Done? y, o ongoing, x dropped [not yet]: ", read_need_done)

    def _note(self, recording: Recording, _brief: Brief) -> Recording:
        if self.typed.note is not None:
            return recording
        return recording._replace(note=edit_note(self.kw) if self.typed.edit else ask_note(self.kw, self.ask))

    def _words(self, recording: Recording, _brief: Brief) -> Recording:
        if self.typed.said is not None:
            return recording
        said = self._until("In his words [none]: ", lambda text: read_text(text, "what he said"))
        return recording._replace(prisoner_said=said)

    def _new_needs(self, recording: Recording, _brief: Brief) -> Recording:
        """Ask what is to be done for him, until Enter says that it is all."""
        needs: list[NeedAsked] = []
        while not self.typed.needs:
            question = "Another action [no]: " if needs else "New action: what; who (me); by when [none]: "
            need = self._until(question, lambda text: self._need(text, recording))
            if need is None:
                break
            needs.append(need)
        return recording._replace(needs=(*recording.needs, *needs))

    def _need(self, text: str, recording: Recording) -> NeedAsked | None:
        if not text:
            return None
        need = read_need(text, today=self.kw.as_of, me=self.kw.own_name)
        check_raising(need, raised_on=recording.held_on, today=self.kw.author.today)
        return need

    def _next(self, recording: Recording, _brief: Brief) -> Recording:
        def understand(text: str) -> Recording:
            planned = parse_date(text, today=self.kw.as_of, ahead=True) if text else None
            request = recording._replace(next_session_on=planned)
            check_next(request)
            return request

        try:
            check_next(recording)
        except RefusedError as error:
            explain(self.kw, error.message, error.hint)
        else:
            if self.typed.next_on is not None:
                return recording
        return self._until("Next session [none]: ", understand)

    def _agreed(self, session: Session) -> bool:
        """Show what is to be saved and ask; Enter is yes."""
        self.kw.say("", *sum_up(session.prisoner, session.worker, session.recording))
        return ask_yes(self.kw, self.ask, "Save? [Y/n] ")


def _which(choices: Sequence[Choice]) -> str:
    """Return the question for a prisoner, with the numbers that choose one."""
    if not choices:
        return PRISONER_QUESTION
    last = f" to {len(choices)}" if len(choices) > 1 else ""
    return f"1{last}, or prison number or name: "


def _chosen(text: str, choices: Sequence[Choice]) -> str:
    """Return the prison number that a number of the list stands for; anything else as it was typed."""
    if not choices or not text.isdecimal():
        return text
    if not 1 <= int(text) <= len(choices):
        raise UsageError(f"there is no {text} in the list.", f"type 1 to {len(choices)}, or a prison number or a name.")
    return choices[int(text) - 1].prisoner.prison_number
