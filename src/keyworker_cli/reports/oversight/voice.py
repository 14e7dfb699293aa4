"""The prisoner's own answer: who is to be asked, and the answers beside the record: `kw voice` (help: voice)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Report, Row, Section, Style, Value
from keyworker_cli.reports.words import emphasised, person, say_key_worker, say_nobody_here, who_and_where
from keyworker_cli.rules.dates.months import Month
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.facts.voice import OwnAnswer
from keyworker_cli.rules.oversight.voice import (
    Drawn,
    Question,
    State,
    agreement,
    declined,
    longer_ago,
    recalls_last_talk,
    sample_of,
)
from keyworker_cli.rules.oversight.wilson import TOO_FEW
from keyworker_cli.rules.say import PERCENT
from keyworker_cli.rules.stays.places import in_order

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

SETTINGS: Final = ("voice.per_wing",)
QUESTIONS: Final = (
    "Ask: who is your key worker? When did you last talk? Could you speak freely? Then: kw voice record PRISONER.",
    "Whoever asks is not his key worker, and nobody picks whom to ask. The wings are those of the day of the draw.",
)
CANNOT_TELL: Final = (
    "A difference between answer and record is a question to look into, not a finding. Nothing is told by officer.",
    f"Intervals are Wilson's, 95 %; of fewer than {TOO_FEW} answers there is too little to say.",
)


def voice_sample_report(store: "Store", request: ReportRequest, month: Month, *, to_ask: bool = False) -> Report:
    """Return who is to be asked in a month, wing by wing, and who has been; with `to_ask` only those still to ask."""
    sample = [one for one in _sample(store, request, month) if _covers(request, one)]
    shown = [one for one in sample if one.state is State.TO_ASK] if to_ask else sample
    summary = _counted(month, sample)
    nobody = say_nobody_here("what prisoners would answer") if not sample and not request.scope_words() else "Nobody."
    section = Section(
        name="sample",
        title="",
        columns=SAMPLE_COLUMNS,
        rows=tuple(_drawn_row(one) for one in shown),
        lead=tuple(_sample_lead(summary)) if sample else (),
        empty="Everybody has been asked." if sample else nobody,
        group=lambda row: f"Wing {row['wing']}" if row["wing"] else "No wing recorded",
    )
    title = request.titled(f"To be asked for their own answer, {month}")
    return request.report(
        "voice-sample", title, [section], summary=summary, settings=SETTINGS, foot=QUESTIONS if sample else ()
    )


def voice_report(store: "Store", request: ReportRequest, months: Sequence[Month]) -> Report:
    """Return how far what prisoners answered and what is recorded agree, of the prison and of each wing."""
    until = min(months[-1].last_day, request.as_of)
    answers = store.queries.own_answers(months[0].first_day, until, settings=request.settings)
    left = [
        one for month in months for one in _sample(store, request, month) if one.state in (State.TO_ASK, State.GONE)
    ]
    wings = sorted({one.wing for one in answers} | {one.wing for one in left}, key=in_order)
    rows = [_agreement_row("prison", None, answers, left)]
    for wing in wings:
        of_wing = [one for one in answers if one.wing == wing]
        rows.append(_agreement_row("wing", wing, of_wing, [one for one in left if one.wing == wing]))
    whole = rows[0]
    dated = [one for one in answers if recalls_last_talk(one) is not None]
    summary: dict[str, Value] = {
        "from": str(months[0]),
        "to": str(months[-1]),
        **{key: whole[key] for key in ("asked", "answered", "declined", "to_ask", "gone")},
        "longer_ago": sum(longer_ago(one) for one in answers),
    }
    section = Section(
        name="voice",
        title="",
        columns=COLUMNS,
        rows=tuple(rows) if answers or left else (),
        lead=tuple(_lead(summary, len(dated))) if answers or left else (),
        empty=say_nobody_here("what prisoners would answer"),
        figures=True,
    )
    title = f"What prisoners answered, beside the record, {months[0]} to {months[-1]}"
    return request.report(
        "voice", title, [section], summary=summary, settings=SETTINGS, foot=CANNOT_TELL if answers else ()
    )


def _sample(store: "Store", request: ReportRequest, month: Month) -> list[Drawn]:
    queries, settings = store.queries, request.settings
    until = min(month.last_day, request.as_of)
    return sample_of(
        month,
        lambda day: queries.contacts(as_of=day, settings=settings),
        queries.own_answers(month.first_day, until, settings=settings),
        as_of=request.as_of,
        per_wing=settings.voice_per_wing,
    )


def _covers(request: ReportRequest, one: Drawn) -> bool:
    """Return whether a prisoner drawn is asked about: by the wing he was drawn for, where he is, and his key worker."""
    if request.wings and not {one.wing, one.prisoner.wing, one.prisoner.location} & {*request.wings}:
        return False
    return request.key_worker is None or one.prisoner.staff_id == request.key_worker.staff_id


def _counted(month: Month, sample: Sequence[Drawn]) -> dict[str, Value]:
    states = [one.state for one in sample]
    return {
        "month": str(month),
        "asked": states.count(State.ANSWERED) + states.count(State.DECLINED),
        "answered": states.count(State.ANSWERED),
        "declined": states.count(State.DECLINED),
        "to_ask": states.count(State.TO_ASK),
        "gone": states.count(State.GONE),
    }


def _sample_lead(summary: Mapping[str, Value]) -> Iterator[str]:
    asked, to_ask, gone = (int(str(summary[key])) for key in ("asked", "to_ask", "gone"))
    yield f"{asked} of {asked + to_ask} asked; {to_ask} still to ask."
    if gone:
        yield f"{gone} drawn and not here to be asked: the next in the order takes the place."


def _drawn_row(one: Drawn) -> Row:
    prisoner = one.prisoner
    return {
        **who_and_where(prisoner),
        "wing": one.wing,
        "state": one.state.value,
        "asked_on": one.asked_on,
        "asked_by": one.asked_by,
        "key_worker": person(prisoner.staff_id, prisoner.worker_name),
    }


def _agreement_row(
    level: str, wing: str | None, answers: Sequence[OwnAnswer], left: Sequence[Drawn]
) -> dict[str, Value]:
    return {
        "level": level,
        "wing": wing,
        "asked": len(answers),
        "answered": sum(not declined(one) for one in answers),
        "declined": sum(declined(one) for one in answers),
        "to_ask": sum(one.state is State.TO_ASK for one in left),
        "gone": sum(one.state is State.GONE for one in left),
        **{question.value: _figures(question, answers) for question in Question},
    }


def _figures(question: Question, answers: Sequence[OwnAnswer]) -> Mapping[str, Value]:
    found = agreement(question, answers)
    interval = found.interval
    return {
        "n": found.n,
        "of": found.of,
        "percent": round(PERCENT * found.n / found.of, 1) if found.of else None,
        "low": round(interval.low, 1) if interval else None,
        "high": round(interval.high, 1) if interval else None,
        "unsaid": found.unsaid,
    }


def _lead(summary: Mapping[str, Value], dated: int) -> Iterator[str]:
    asked, to_ask, refused = (int(str(summary[key])) for key in ("asked", "to_ask", "declined"))
    yield f"{asked} of {asked + to_ask} asked; {refused} of them declined."
    if dated:
        yield (
            f"{summary['longer_ago']} of {dated} said that they last talked longer ago than the record says, or never."
        )


def _state(row: Row) -> str:
    asked_on = row["asked_on"]
    if not isinstance(asked_on, date):
        return str(row["state"])
    return f"{row['state']} {say_date(asked_on)}, asked by {row['asked_by']}"


def _stress(row: Row) -> Style:
    return "warn" if row["state"] == State.TO_ASK else ""


def _where(row: Row) -> str:
    if row["level"] == "prison":
        return "Prison"
    return f"Wing {row['wing']}" if row["wing"] else "No wing"


def _asked(row: Row) -> str:
    asked = int(str(row["asked"]))
    return f"{asked} of {asked + int(str(row['to_ask']))}"


def _share(question: Question, row: Row) -> str:
    figures = row[question.value]
    if not isinstance(figures, Mapping) or not figures["of"]:
        return "no data"
    told = f"{figures['n']} of {figures['of']}"
    if figures["low"] is None:
        return f"{told}: too few to say"
    return f"{told}: {figures['low']:.0f} to {figures['high']:.0f} %"


SAMPLE_COLUMNS: Final = (
    Column("name", "Name", style=emphasised),
    Column("prison_number", "Number"),
    Column("location", "Location"),
    Column("wing"),
    Column("state", "Asked", show=_state, style=_stress, wrap=True),
    Column("asked_on"),
    Column("asked_by"),
    Column("key_worker.staff_id"),
    Column("key_worker.name", "Anybody but", show=say_key_worker, priority=1),
)

FIGURES: Final = ("n", "of", "percent", "low", "high", "unsaid")
HEADINGS: Final = {
    Question.KEY_WORKER: "Named their key worker",
    Question.LAST_TALK: "Last talk as recorded",
    Question.FREELY: "Could speak freely",
}
COLUMNS: Final = (
    Column("level"),
    Column("wing", "Where", show=_where),
    Column("asked", "Asked", show=_asked),
    *(Column(key) for key in ("answered", "declined", "to_ask", "gone")),
    *(
        Column(f"{question.value}.{name}", title if name == "n" else "", show=partial(_share, question), wrap=True)
        for question, title in HEADINGS.items()
        for name in FIGURES
    ),
)
