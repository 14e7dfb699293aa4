"""`kw log-session`: record a session, or a refusal."""

from dataclasses import replace
from typing import Annotated

import typer

from keyworker_cli.actions.sessions.record import record_session
from keyworker_cli.command_line.options import KEY_WORK, MaybePrisoner, Yes, family, write
from keyworker_cli.commands.conversations.log_session import Session, complete
from keyworker_cli.commands.conversations.note_source import keeping_note, read_note
from keyworker_cli.commands.conversations.session_options import (
    Became,
    Declined,
    Edit,
    NextOn,
    Note,
    Place,
    Refused,
    Words,
)
from keyworker_cli.context import Kw
from keyworker_cli.reports.sessions.recorded import session_outcome
from keyworker_cli.rules.sessions.draft import Typed, read_draft

app = family()

Minutes = Annotated[str | None, typer.Option(metavar="N", help="How long it took, 1 to 480; there is no default.")]
By = Annotated[str | None, typer.Option(metavar="KEY_WORKER", help="Who held it; if left out, you by your login.")]
On = Annotated[str | None, typer.Option(metavar="DATE", help="The day it was held; if left out, today.")]
Start = Annotated[
    str | None, typer.Option(metavar="HH:MM", help="When it began; if left out of one today: --minutes ago.")
]
Kind = Annotated[
    str | None,
    typer.Option("--type", metavar="KS|KE", help="KS, a session (if left out), or KE, an entry."),
]
How = Annotated[str | None, typer.Option(metavar="MODE", help="IN_PERSON (if left out), TELEPHONE or VIDEO.")]
Topics = Annotated[str | None, typer.Option(metavar="A,B", help="Topics discussed; beginnings will do: fam,sub.")]
Needs = Annotated[
    list[str] | None, typer.Option("--need", metavar='"TEXT; owner; date"', help="An action; may be given again.")
]


@app.command("log-session", rich_help_panel=KEY_WORK)
@write
def log_session(
    kw: Kw,
    prisoner: MaybePrisoner = None,
    minutes: Minutes = None,
    by: By = None,
    on: On = None,
    start: Start = None,
    outcome: Became = None,
    refused: Refused = False,
    type: Kind = None,
    mode: How = None,
    place: Place = None,
    topics: Topics = None,
    declined: Declined = None,
    note: Note = None,
    edit: Edit = False,
    said: Words = None,
    need: Needs = None,
    next_on: NextOn = None,
    yes: Yes = False,
) -> None:
    """Record a session: held, refused or missed.

    Bare, on a terminal, it asks one question at a time. The note may follow within 24 hours: kw note. The same session
    again changes nothing.

    Example: kw log-session F1003KC --minutes 45 --by PQ01 --on yesterday --topics family

    Example: kw log-session thackray --refused --by OK04 --on yesterday
    """
    typed = Typed(
        prisoner=prisoner,
        minutes=minutes,
        by=by,
        on=on,
        start=start,
        outcome=outcome,
        refused=refused,
        type=type,
        mode=mode,
        place=place,
        topics=topics,
        declined=declined,
        note=note,
        edit=edit,
        said=said,
        needs=tuple(need or ()),
        next_on=next_on,
    )
    draft = read_draft(typed, today=kw.as_of, me=kw.own_name if need else "")
    draft = replace(draft, recording=draft.recording._replace(note=read_note(kw, note, edit=edit)))
    session = complete(kw, draft, confirm=not (yes or kw.dry_run))
    if session is not None:
        record(kw, session)


def record(kw: Kw, session: Session) -> None:
    """Record a session, and all that was said with it; say what now stands, and what to mind about it."""
    recording, settings = session.recording, kw.settings
    with keeping_note(kw, recording.note):
        done = record_session(kw.store, kw.author, session.prisoner, session.worker, recording)
    kw.tell_outcome(session_outcome(done, recording, now=kw.now, settings=settings, saved=kw.author.saves))
