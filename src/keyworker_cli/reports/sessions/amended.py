"""What `kw` says of a session that was corrected: what it said, what it says now, and the note for pasting."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from keyworker_cli.reports.outcome import Outcome, changed
from keyworker_cli.reports.sessions.recorded import TYPE_WORDS, pasting
from keyworker_cli.rules.codes.records import Outcome as SessionOutcome
from keyworker_cli.rules.codes.records import SessionType
from keyworker_cli.rules.dates.say import say_minute
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.sessions import SessionHeld
from keyworker_cli.rules.say import say_prisoner
from keyworker_cli.rules.sessions.amending import say_field, say_value
from keyworker_cli.rules.sessions.case_note import Recorded, say_held


def amended_outcome(
    prisoner: Person,
    before: SessionHeld,
    changes: Mapping[str, Any],
    now: Recorded | None,
    *,
    saved: bool,
    question: str = "",
) -> Outcome:
    """Return what was corrected, part by part; `now` is `None` for a session that was taken out."""
    refused = "refusal of a " if before.outcome == SessionOutcome.REFUSED else ""
    what = f"{say_prisoner(prisoner)}, {refused}{TYPE_WORDS[SessionType(before.type)]} with {before.by}"
    if now is not None and not changes:
        return Outcome(answer=(f"{what}, {say_held(before)}: it says so already; nothing was changed.",))
    if now is None:
        says = "{Taken out}: {what}.\n{held}. It {counts} nowhere and stays readable: kw timeline {key}"
    else:
        says = "{Amended}: {what}."
    done = changed(
        "void" if now is None else "amend",
        "session",
        prisoner.prison_number,
        says,
        name=prisoner.name,
        what=what,
        held=say_held(before),
        held_on=before.held_on,
        staff_id=before.staff_id,
        was={} if now is None else {field: getattr(before, field) for field in changes},
        now={} if now is None else dict(changes),
    )
    answer = tuple(_as_it_stands(prisoner, before, changes, now))
    paste = () if now is None else pasting(now)
    return Outcome((done,), (*answer, *([""] if paste else [])), saved=saved, question=question, paste=paste)


def _as_it_stands(
    prisoner: Person, before: SessionHeld, changes: Mapping[str, Any], now: Recorded | None
) -> Iterator[str]:
    """Say how a session stands once it is corrected, what each part said before, and its note for pasting."""
    if now is None:
        again = " ".join(_options(before))
        yield f"If this is wrong, record it again: kw log-session {prisoner.prison_number} {again}"
        return
    yield f"{say_held(now.session)}."
    for field, value in changes.items():
        yield f"{say_field(field)}: {_said(field, value)}, was {_said(field, getattr(before, field))}"


def _options(before: SessionHeld) -> Iterator[str]:
    """Yield the options that record a session again as it was, without its words."""
    yield f"--by {before.staff_id} --on {before.held_on}"
    if before.start_minute is not None:
        yield f"--start {say_minute(before.start_minute)}"
    if before.type != SessionType.KS:
        yield f"--type {before.type}"
    yield f"--minutes {before.minutes}" if before.minutes else f"--outcome {before.outcome}"


def _said(field: str, value: object) -> str:
    return say_value(field, value.isoformat() if isinstance(value, date) else None if value is None else str(value))
