"""Raising what is to be done for a prisoner, and saying what became of it: one transaction each."""

from datetime import date
from typing import TYPE_CHECKING

from keyworker_cli.reports.outcome import Outcome, changed
from keyworker_cli.rules.codes.records import NeedOutcome
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.say import say_prisoner
from keyworker_cli.rules.sessions.case_note import say_need
from keyworker_cli.rules.sessions.needs import BECAME, check_raising, check_settling, need_meant, raised_before
from keyworker_cli.rules.sessions.typed import NeedAsked
from keyworker_cli.rules.stays.presence import check_stay
from keyworker_cli.rules.stays.record_lock import check_stay_open, said_late

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.store import Store


def add_need(store: "Store", author: "Author", prisoner: Person, request: NeedAsked, *, on: date) -> Outcome:
    """Record something to be done for a prisoner; return what was done. The same again changes nothing.

    Raises `RefusedError` for a day to come, one on which he was not here, and a due date before it.
    """
    with store.transaction(author) as change:
        check_raising(request, raised_on=on, today=author.today)
        stay = check_stay(on, change.queries.stays_of(prisoner.person_id), who=prisoner.name)
        there = raised_before(request, change.queries.needs_of(prisoner.person_id), raised_on=on)
        if there is not None:
            return Outcome(
                answer=(f"{say_prisoner(prisoner)}: already recorded on {say_date(on)}: {say_need(there)}.",)
            )
        change.raise_need(
            prisoner.person_id,
            prisoner.prison_number,
            raised_on=on,
            text=request.text,
            owner=request.owner,
            due_on=request.due_on,
        )
        change.note_after_death(stay, "need", prisoner.prison_number, on, what="need")
    done = changed(
        "add",
        "need",
        prisoner.prison_number,
        f"{{Recorded}} for {{name}} ({{key}}), to do: {{need}}.{said_late(stay)}",
        name=prisoner.name,
        on=on,
        text=request.text,
        owner=request.owner,
        due_on=request.due_on,
        need=say_need(request),
    )
    return Outcome((done,), warnings=tuple(_missing(request)), saved=author.saves)


def close_need(
    store: "Store",
    author: "Author",
    prisoner: Person,
    words: str | None,
    *,
    outcome: NeedOutcome,
    on: date,
) -> Outcome:
    """Record what became of the need that `words` mean; return what was done. ONGOING leaves it open.

    Raises `NotFoundError` and `UsageError` as `need_meant`, `RefusedError` for a day to come or before it was raised,
    and for the record of a prisoner who has died.
    """
    with store.transaction(author) as change:
        need = need_meant(words, change.queries.needs_of(prisoner.person_id), prisoner)
        check_settling(need, on=on, today=author.today)
        for stay in change.queries.stays_of(prisoner.person_id):
            check_stay_open(prisoner, stay)
        change.close_need(
            need.need_id,
            prisoner.prison_number,
            raised_on=need.raised_on,
            outcome=outcome,
            closed_on=None if outcome is NeedOutcome.ONGOING else on,
        )
    done = changed(
        "settle",
        "need",
        prisoner.prison_number,
        "{name} ({key}): {text}: {recorded} as {became}" + ("." if outcome is NeedOutcome.ONGOING else ", {on}."),
        name=prisoner.name,
        text=need.text,
        outcome=outcome.value,
        became=BECAME[outcome],
        on=on,
    )
    return Outcome((done,), saved=author.saves)


def _missing(request: NeedAsked) -> list[str]:
    """Say what a need lacks to be followed up: it is listed all the same."""
    missing = [what for what, value in (("owner", request.owner), ("date", request.due_on)) if value is None]
    return [f"it has no {' and no '.join(missing)}."] if missing else []
