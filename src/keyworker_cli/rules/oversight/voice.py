"""The prisoner's own answer: who is drawn to be asked in a month, and how far answers and record agree.

What nobody who records can make kinder: who is asked follows from the month alone, and somebody else than his key
worker asks. A difference is a question to look into, not a finding, and nothing is told by officer.

help: voice.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from keyworker_cli.errors import RefusedError, UsageError
from keyworker_cli.rules.codes.records import KeyWorkerSaid, LastTalkSaid
from keyworker_cli.rules.contact.scope import out_of_scope
from keyworker_cli.rules.dates.london import DAYS_PER_WEEK, days_between
from keyworker_cli.rules.dates.months import Month
from keyworker_cli.rules.dates.parse import parse_date
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.people import Worker
from keyworker_cli.rules.facts.voice import AnswerGiven, OwnAnswer
from keyworker_cli.rules.lots import lot
from keyworker_cli.rules.oversight.wilson import TOO_FEW, Interval, wilson
from keyworker_cli.rules.stays.places import in_order
from keyworker_cli.rules.typed import read_word

AGREE_WITHIN_DAYS: Final = DAYS_PER_WEEK  # what he says of a day is about right within a week (help: voice)


class State(StrEnum):
    """What has become of asking a prisoner who was drawn."""

    TO_ASK = "to ask"
    ANSWERED = "answered"
    DECLINED = "declined"
    GONE = "not here"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A prisoner drawn for a wing, and what became of it. `prisoner` is as he is, or was when drawn, if gone."""

    prisoner: Contact
    wing: str | None
    state: State
    asked_on: date | None = None
    asked_by: str | None = None


def sample_of(
    month: Month,
    contacts_on: Callable[[date], Sequence[Contact]],
    answers: Iterable[OwnAnswer],
    *,
    as_of: date,
    per_wing: int,
) -> list[Drawn]:
    """Return who is to be asked in a month, as of a day: as `draw`, from those here on its first day.

    Where nobody was, as in the month in which kw's records begin, from those here on the day asked about.
    """
    stands_on = min(as_of, month.last_day)
    now, drawn_on = contacts_on(stands_on), month.first_day
    there = contacts_on(drawn_on)
    if not there:
        there, drawn_on = now, stands_on
    return draw(there, now, answers, month=month, drawn_on=drawn_on, as_of=stands_on, per_wing=per_wing)


def draw(
    there: Iterable[Contact],
    now: Iterable[Contact],
    answers: Iterable[OwnAnswer],
    *,
    month: Month,
    drawn_on: date,
    as_of: date,
    per_wing: int,
) -> list[Drawn]:
    """Return who is to be asked in a month, wing by wing, so many of each, with what has become of it.

    `there` are the prisoners of the day on which the sample is drawn, `now` those of the day asked about. Each wing's
    prisoners stand in an order that follows from the month and their numbers alone. Those out of scope or away
    overnight are not drawn. One who has left, or is away or out of scope now, and was not asked, is told as gone, and
    the next in the order takes his place.
    """
    here = {prisoner.person_id: prisoner for prisoner in now}
    given = {one.person_id: one for one in answers}
    wings: dict[str | None, list[Contact]] = {}
    for prisoner in there:
        if prisoner.away is None and not out_of_scope(prisoner, as_of=drawn_on):
            wings.setdefault(prisoner.wing, []).append(prisoner)
    return [
        one
        for wing in sorted(wings, key=in_order)
        for one in _of_wing(wing, wings[wing], here, given, month=month, as_of=as_of, per_wing=per_wing)
    ]


def _of_wing(
    wing: str | None,
    prisoners: Sequence[Contact],
    here: Mapping[int, Contact],
    given: Mapping[int, OwnAnswer],
    *,
    month: Month,
    as_of: date,
    per_wing: int,
) -> Iterator[Drawn]:
    places = per_wing
    for prisoner in sorted(prisoners, key=lambda one: lot_of(one.prison_number, month)):
        now, answer = here.get(prisoner.person_id), given.get(prisoner.person_id)
        if places <= 0 and answer is None:
            continue
        if answer is not None:
            state = State.DECLINED if declined(answer) else State.ANSWERED
            yield Drawn(now or prisoner, wing, state, answer.asked_on, answer.asked_by)
        elif now is None or now.away is not None or out_of_scope(now, as_of=as_of):
            yield Drawn(now or prisoner, wing, State.GONE)
            continue
        else:
            yield Drawn(now, wing, State.TO_ASK)
        places -= 1


def lot_of(prison_number: str, month: Month) -> str:
    """Return the lot by which a prisoner's turn to be asked in a month is drawn."""
    return lot("voice", month, prison_number)


def declined(answer: OwnAnswer | AnswerGiven) -> bool:
    """Return whether he was asked and answered nothing."""
    return answer.key_worker_said is None and answer.last_talk_said is None and answer.spoke_freely is None


def check_asking(
    *, name: str, asked_on: date, asker_id: int | None, holder_id: int | None, drawn: Drawn | None
) -> None:
    """Refuse an answer taken by the prisoner's own key worker, and one of a prisoner who was not drawn."""
    if asker_id is not None and asker_id == holder_id:
        raise RefusedError(
            f"{name} is asked by somebody who is not his key worker.",
            "--by NAME says who asked; an answer given to his own key worker is no check of key work.",
        )
    if drawn is None or drawn.state is State.GONE:
        month = Month.of(asked_on)
        raise RefusedError(
            f"{name} is not in the sample of {month}: nobody picks who is asked.",
            f"kw voice sample --month {month} lists those to ask.",
        )


@dataclass(frozen=True, slots=True)
class Answers:
    """What a prisoner answered, as it was typed: nothing at all where he declined."""

    key_worker_said: KeyWorkerSaid | None = None
    key_worker: Worker | None = None
    last_talk_said: LastTalkSaid | None = None
    last_talk_on: date | None = None
    spoke_freely: bool | None = None

    def columns(self) -> dict[str, str | int | date | bool | None]:
        """Return them as they are stored."""
        return {
            "key_worker_said": self.key_worker_said and self.key_worker_said.value,
            "key_worker_id": self.key_worker and self.key_worker.key_worker_id,
            "last_talk_said": self.last_talk_said and self.last_talk_said.value,
            "last_talk_on": self.last_talk_on,
            "spoke_freely": self.spoke_freely,
        }

    @property
    def declined(self) -> bool:
        """Nothing at all was answered."""
        return not any(value is not None for value in self.columns().values())

    def over(self, before: "Answers") -> "Answers":
        """Return them with what was answered before where nothing is said now; who declines has answered nothing."""
        if self.declined:
            return self
        named = self if self.key_worker_said else before
        talk = self if self.last_talk_said else before
        freely = before.spoke_freely if self.spoke_freely is None else self.spoke_freely
        return Answers(named.key_worker_said, named.key_worker, talk.last_talk_said, talk.last_talk_on, freely)

    def said(self) -> str:
        """Say them in words."""
        if self.declined:
            return "declined to answer"
        officer = self.key_worker.name if self.key_worker else ""
        told = (
            KEY_WORKER_WORDS[self.key_worker_said].format(officer) if self.key_worker_said else NOT_SAID,
            LAST_TALK_WORDS[self.last_talk_said].format(say_date(self.last_talk_on) if self.last_talk_on else "")
            if self.last_talk_said
            else NOT_SAID,
            FREELY_WORDS[self.spoke_freely],
        )
        return f"key worker: {told[0]}; last talked: {told[1]}; could speak freely: {told[2]}"


NOT_SAID: Final = "not said"
KEY_WORKER_WORDS: Final = {
    KeyWorkerSaid.NAMED: "{}",
    KeyWorkerSaid.OTHER: "somebody who is no key worker in kw",
    KeyWorkerSaid.NONE: "nobody",
    KeyWorkerSaid.NOT_KNOWN: "does not know",
}
LAST_TALK_WORDS: Final = {
    LastTalkSaid.ON_A_DAY: "{}",
    LastTalkSaid.NEVER: "never",
    LastTalkSaid.NOT_KNOWN: "does not know",
}
FREELY_WORDS: Final = {True: "yes", False: "no", None: NOT_SAID}
_UNKNOWN: Final = "not-known"


def read_key_worker_said(text: str, find: Callable[[str], Worker]) -> tuple[KeyWorkerSaid, Worker | None]:
    """Return whom a prisoner named: a key worker, `other`, `none` or `not-known`; errors of `find` else."""
    words = {"other": KeyWorkerSaid.OTHER, "none": KeyWorkerSaid.NONE, _UNKNOWN: KeyWorkerSaid.NOT_KNOWN}
    said = words.get("-".join(text.casefold().split()))
    return (said, None) if said else (KeyWorkerSaid.NAMED, find(text))


def read_last_talk(text: str, *, asked_on: date) -> tuple[LastTalkSaid, date | None]:
    """Return when a prisoner says the two last talked: a day, `never` or `not-known`; else `UsageError`."""
    words = {"never": LastTalkSaid.NEVER, _UNKNOWN: LastTalkSaid.NOT_KNOWN}
    if said := words.get("-".join(text.casefold().split())):
        return said, None
    on = parse_date(text, today=asked_on)
    if on > asked_on:
        raise UsageError(
            f"he was asked on {say_date(asked_on)}, before {say_date(on)}.", "--last-talk is a day before."
        )
    return LastTalkSaid.ON_A_DAY, on


def read_freely(text: str) -> bool:
    """Return whether he could speak freely: yes or no; else `UsageError`."""
    return read_word(text, {"yes": True, "no": False}, "answer")


class Question(StrEnum):
    """What is told of the answers, one figure each."""

    KEY_WORKER = "key_worker"
    LAST_TALK = "last_talk"
    FREELY = "freely"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of how many of how many a figure holds; `unsaid` are those asked of whom it cannot be told."""

    n: int
    of: int
    unsaid: int

    @property
    def interval(self) -> Interval | None:
        """Where the share may lie, in percent; `None` of fewer than 20."""
        return wilson(self.n, self.of) if self.of >= TOO_FEW else None


def agreement(question: Question, answers: Iterable[OwnAnswer]) -> Agreement:
    """Return for how many of these prisoners a figure holds, of those of whom it can be told."""
    said = [_JUDGED[question](one) for one in answers]
    return Agreement(said.count(True), len(said) - said.count(None), said.count(None))


def names_key_worker(answer: OwnAnswer) -> bool | None:
    """Return whether he names the key worker that the record names; nobody, where it names none."""
    if answer.key_worker_said is None:
        return None
    if answer.holder_id is None:
        return answer.key_worker_said in (KeyWorkerSaid.NONE, KeyWorkerSaid.NOT_KNOWN)
    return answer.key_worker_id == answer.holder_id


def recalls_last_talk(answer: OwnAnswer) -> bool | None:
    """Return whether he dates the last talk within a week of the last counted session; never, where there is none.

    It cannot be told where he does not know, or the record does not go back.
    """
    apart = days_apart(answer)
    if apart is not None:
        return abs(apart) <= AGREE_WITHIN_DAYS
    if answer.last_talk_said in (None, LastTalkSaid.NOT_KNOWN) or _record_unknown(answer):
        return None
    return answer.last_talk_said == LastTalkSaid.NEVER and answer.last_session_on is None


def days_apart(answer: OwnAnswer) -> int | None:
    """Return by how many days the record's last session is later than the talk he remembers; `None` without both."""
    if answer.last_talk_on is None or answer.last_session_on is None:
        return None
    return days_between(answer.last_talk_on, answer.last_session_on)


def longer_ago(answer: OwnAnswer) -> bool:
    """Return whether by his own account the last talk is longer ago than by the record, or there was none."""
    apart = days_apart(answer)
    if apart is None:
        return answer.last_talk_said == LastTalkSaid.NEVER and answer.last_session_on is not None
    return apart > AGREE_WITHIN_DAYS


def _record_unknown(answer: OwnAnswer) -> bool:
    return answer.last_session_on is None and answer.records_from is not None


_JUDGED: Final[Mapping[Question, Callable[[OwnAnswer], bool | None]]] = {
    Question.KEY_WORKER: names_key_worker,
    Question.LAST_TALK: recalls_last_talk,
    Question.FREELY: lambda answer: answer.spoke_freely,
}
