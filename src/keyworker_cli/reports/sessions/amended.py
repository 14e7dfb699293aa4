"""What `kw` says of a session that was corrected: what it said, what it says now, and the note for pasting."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from keyworker_cli.reports.sessions.recorded import TYPE_WORDS, tell_note
from keyworker_cli.rules.codes.records import SessionType
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.sessions import SessionHeld
from keyworker_cli.rules.say import say_prisoner
from keyworker_cli.rules.sessions.amending import say_field, say_value
from keyworker_cli.rules.sessions.case_note import Recorded, say_held


def tell_amended(
    man: Person,
    before: SessionHeld,
    changes: Mapping[str, Any],
    now: Recorded | None,
    *,
    at: datetime,
    dry_run: bool = False,
) -> Iterator[str]:
    """Say what was corrected, part by part; `now` is `None` for a session that was taken out."""
    who = f"{say_prisoner(man)}, {TYPE_WORDS[SessionType(before.type)]} with {before.by}"
    would = "would be " if dry_run else ""
    if now is None:
        yield f"{f'{would}taken out'.capitalize()}: {who}."
        yield f"{say_held(before)}. It counts nowhere now and stays readable: kw timeline {man.prison_number}"
        return
    if not changes:
        yield f"{who}, {say_held(before)}: it says so already; nothing was changed."
        return
    yield f"{f'{would}amended'.capitalize()}: {who}."
    yield f"{say_held(now.session)}."
    for field, value in changes.items():
        yield f"{say_field(field)}: {_said(field, value)}, was {_said(field, getattr(before, field))}"
    if now.session.note is not None:
        yield ""
        yield from tell_note(now, now=at)


def _said(field: str, value: object) -> str:
    return say_value(field, value.isoformat() if isinstance(value, date) else None if value is None else str(value))
