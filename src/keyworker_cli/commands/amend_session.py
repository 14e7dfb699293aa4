"""Correcting a session that is in the record."""

from typing import Annotated, NamedTuple

import typer

from keyworker_cli.actions.sessions.amend import amend_session
from keyworker_cli.command_line.options import KEY_WORK, Prisoner, Yes, family, write
from keyworker_cli.commands.conversations.asking import choose_prisoner
from keyworker_cli.commands.conversations.note_source import keeping_note, take_note
from keyworker_cli.commands.conversations.session_options import (
    Became,
    Declined,
    Edit,
    HeldBy,
    HeldOn,
    NextOn,
    Place,
    Refused,
    Words,
)
from keyworker_cli.context import Kw
from keyworker_cli.reports.outcome import Outcome
from keyworker_cli.reports.sessions.amended import amended_outcome
from keyworker_cli.rules.dates.parse import parse_minute
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.sessions import SessionHeld
from keyworker_cli.rules.sessions.amending import Correction, Typed, read_correction, session_meant

app = family()


class Meant(NamedTuple):
    """The session that is to be corrected, and whose it is."""

    prisoner: Person
    session: SessionHeld


Why = Annotated[str, typer.Option(metavar="TEXT", help="Why it is corrected.", show_default=False)]
At = Annotated[str | None, typer.Option(metavar="HH:MM", help="When it began, where a day has several.")]
Minutes = Annotated[str | None, typer.Option(metavar="N", help="How long it took.")]
Start = Annotated[str | None, typer.Option(metavar="HH:MM", help="When it began.")]
How = Annotated[str | None, typer.Option(metavar="MODE", help="IN_PERSON, TELEPHONE or VIDEO.")]
Topics = Annotated[str | None, typer.Option(metavar="A,B", help="Topics discussed.")]
Note = Annotated[
    str | None, typer.Option(metavar="TEXT|@FILE|-", help="The note: - reads what is piped in, @FILE a file.")
]
Void = Annotated[
    bool, typer.Option("--void", help="Take it out of every count: it was recorded for the wrong prisoner.")
]


@app.command("amend-session", rich_help_panel=KEY_WORK)
@write
def amend(
    kw: Kw,
    prisoner: Prisoner,
    why: Why,
    on: HeldOn = None,
    by: HeldBy = None,
    at: At = None,
    minutes: Minutes = None,
    start: Start = None,
    outcome: Became = None,
    refused: Refused = False,
    mode: How = None,
    place: Place = None,
    topics: Topics = None,
    declined: Declined = None,
    note: Note = None,
    edit: Edit = False,
    said: Words = None,
    next_on: NextOn = None,
    void: Void = False,
    yes: Yes = False,
) -> None:
    """Correct a session, or take out one recorded for the wrong prisoner.

    The correction is appended, with who and why: what it said before stays readable in kw timeline. One for the wrong
    prisoner, day or officer is taken out with --void, and recorded again as it was. On a terminal it is shown first
    and asked about. Nobody amends another's amendment.

    Example: kw amend-session F1003KC --minutes 25 --why "typed 30 by mistake" --dry-run

    Example: kw amend-session F1003KC --void --why "it was with another prisoner" --dry-run
    """
    typed = Typed(
        why=why,
        minutes=minutes,
        start=start,
        outcome=outcome,
        refused=refused,
        mode=mode,
        place=place,
        topics=topics,
        declined=declined,
        note=take_note(kw, note, edit=edit),
        said=said,
        next_on=next_on,
        void=void,
    )
    correction = read_correction(typed, today=kw.as_of)
    session = _session(kw, choose_prisoner(kw, prisoner), on, by, at)
    with keeping_note(kw, correction.note):
        kw.tell_agreed(lambda agreed: _amend(kw, session, correction, agreed), yes=yes or not kw.interactive)


def _amend(kw: Kw, meant: Meant, correction: Correction, agreed: bool) -> Outcome:
    """Correct a session; one to be taken out is first shown, and a person asked."""
    author = kw.author if agreed or not correction.void else kw.author.trying()
    done = amend_session(kw.store, author, meant.prisoner, meant.session, correction)
    question = "" if author.saves or kw.dry_run else "Take it out?"
    return amended_outcome(done.prisoner, done.before, done.changes, done.now, saved=author.saves, question=question)


def _session(kw: Kw, prisoner: Person, on: str | None, by: str | None, at: str | None) -> Meant:
    """Return the session that is meant: the latest, or the one of that day, holder and start."""
    session = session_meant(
        prisoner,
        kw.store.queries.sessions_of(prisoner.person_id),
        on=kw.day_or_none(on),
        by=kw.worker(by) if by else None,
        start_minute=parse_minute(at) if at else None,
    )
    return Meant(prisoner, session)
