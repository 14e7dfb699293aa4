"""Keeping what a prisoner answered, and taking it back: one transaction each (help: voice)."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from keyworker_cli.errors import NotFoundError
from keyworker_cli.reports.outcome import Outcome, changed, recorded, says_the_same
from keyworker_cli.rules.codes.records import KeyWorkerSaid, LastTalkSaid
from keyworker_cli.rules.dates.months import Month
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.dates.still_to_come import refuse_still_to_come
from keyworker_cli.rules.facts.officers import holding_on
from keyworker_cli.rules.facts.people import Person, Worker
from keyworker_cli.rules.facts.voice import AnswerGiven
from keyworker_cli.rules.oversight.voice import Answers, Drawn, check_asking, sample_of
from keyworker_cli.rules.say import say_prisoner
from keyworker_cli.rules.stays.presence import check_presence, check_stay
from keyworker_cli.rules.stays.record_lock import said_late

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.changes.change import Change
    from keyworker_cli.store.store import Store


def record_answer(
    store: "Store",
    author: "Author",
    prisoner: Person,
    answers: Answers,
    *,
    on: date,
    asked_by: str,
    asker: Worker | None,
) -> Outcome:
    """Record what a prisoner of the month's sample answered; a second record of the month corrects the first.

    The same again changes nothing. Raises `RefusedError` as `check_asking`, and for a day on which he was not here.
    """
    with store.transaction(author) as change:
        queries = change.queries
        refuse_still_to_come(on, today=author.today, hint="--on is the day on which he was asked.")
        stay = check_stay(on, queries.stays_of(prisoner.person_id), who=prisoner.name)
        drawn = _check_asking(change, prisoner, on, asker)
        there = _to_correct(queries.answers_of(prisoner.person_id), on)
        if there is not None and there.voided_at is None:
            answers = answers.over(_as_answered(there, queries.workers()))
        values = {"asked_on": on, "asked_by": asked_by, **answers.columns(), "voided_at": None}
        if there is not None and says_the_same(there, values):
            return Outcome(answer=(f"{say_prisoner(prisoner)}: already recorded, asked on {say_date(on)}.",))
        if there is None:
            change.record_answer(prisoner.person_id, prisoner.prison_number, {**values, "wing": drawn and drawn.wing})
        else:
            change.correct_answer(there.answer_id, prisoner.prison_number, values)
        change.note_after_death(stay, "voice_answer", prisoner.prison_number, on, what="answer")
    done = recorded(
        there,
        "answer",
        prisoner.prison_number,
        f" for {{name}} ({{key}}), asked on {{on}} by {{asked_by}}: {{answers}}.{said_late(stay)}",
        name=prisoner.name,
        on=on,
        asked_by=asked_by,
        answers=answers.said(),
        **answers.columns(),
    )
    return Outcome((done,), saved=author.saves)


def take_answer_back(store: "Store", author: "Author", prisoner: Person, *, on: date) -> Outcome:
    """Take back the answer of the month that a day lies in: it is kept, and in no count.

    Raises `NotFoundError` where there is none, `RefusedError` for the record of a prisoner who has died.
    """
    month = Month.of(on)
    with store.transaction(author) as change:
        there = _of_month(change.queries.answers_of(prisoner.person_id), month)
        if there is None:
            raise NotFoundError(
                f"{say_prisoner(prisoner)} has no answer of {month} in kw.", "kw voice sample shows who has."
            )
        change.correct_answer(there.answer_id, prisoner.prison_number, {"voided_at": author.at})
    done = changed(
        "take back",
        "answer",
        prisoner.prison_number,
        "{name} ({key}): {taken back}, what was recorded of {on}.",
        name=prisoner.name,
        on=there.asked_on,
    )
    return Outcome((done,), saved=author.saves)


def _check_asking(change: "Change", prisoner: Person, on: date, asker: Worker | None) -> Drawn | None:
    """Refuse an answer of a day on which he was away, or that he was not to be asked for; return his place."""
    check_presence(on, change.queries.absences_of(prisoner.person_id), who=prisoner.name)
    drawn = _drawn(change, prisoner, Month.of(on), on)
    holder = holding_on(on, change.queries.allocations_of(prisoner.person_id))
    check_asking(
        name=prisoner.name,
        asked_on=on,
        asker_id=asker and asker.key_worker_id,
        holder_id=holder and holder.key_worker_id,
        drawn=drawn,
    )
    return drawn


def _drawn(change: "Change", prisoner: Person, month: Month, on: date) -> Drawn | None:
    """Return the prisoner's place in the sample of the month, as it stood on the day on which he was asked."""
    queries, settings = change.queries, change.settings
    sample = sample_of(
        month,
        lambda day: queries.contacts(as_of=day, settings=settings),
        queries.own_answers(month.first_day, month.last_day, settings=settings),
        as_of=on,
        per_wing=settings.voice_per_wing,
    )
    return next((one for one in sample if one.prisoner.person_id == prisoner.person_id), None)


def _of_month(his: list[AnswerGiven], month: Month) -> AnswerGiven | None:
    return next((one for one in his if Month.of(one.asked_on) == month and one.voided_at is None), None)


def _as_answered(there: AnswerGiven, workers: Iterable[Worker]) -> Answers:
    return Answers(
        KeyWorkerSaid(there.key_worker_said) if there.key_worker_said else None,
        next((one for one in workers if one.key_worker_id == there.key_worker_id), None),
        LastTalkSaid(there.last_talk_said) if there.last_talk_said else None,
        there.last_talk_on,
        there.spoke_freely,
    )


def _to_correct(his: list[AnswerGiven], on: date) -> AnswerGiven | None:
    """Return what a new record of that day corrects: the month's answer, else one of that day that was taken back."""
    return _of_month(his, Month.of(on)) or next((one for one in his if one.asked_on == on), None)
