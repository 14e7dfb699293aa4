"""Needs: what is to be done for a prisoner, by whom and by when."""

from typing import Annotated

import typer

from keyworker_cli.actions.sessions.needs import add_need, close_need
from keyworker_cli.command_line.options import KEY_WORK, MaybePrisoner, Prisoner, command, family, write
from keyworker_cli.context import Kw
from keyworker_cli.reports.sessions.needs import need_list_report, needs_of_prisoner_report
from keyworker_cli.reports.view import View
from keyworker_cli.rules.sessions.needs import read_need_outcome
from keyworker_cli.rules.sessions.typed import read_need

app = family()
need = family("What is to be done for a prisoner, by whom and by when.")
app.add_typer(need, name="need", rich_help_panel=KEY_WORK)

Need = Annotated[str, typer.Argument(metavar='"TEXT; owner; date"', help="What, by whom, by when.")]
Words = Annotated[list[str] | None, typer.Argument(metavar="[WORDS]...", help="A few words of the action.")]
RaisedOn = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day it was raised (today).")]
DoneOn = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day it was done or dropped (today).")]
Ongoing = Annotated[bool, typer.Option("--ongoing", help="It goes on: looked at, and still open.")]
Dropped = Annotated[bool, typer.Option("--dropped", help="It is no longer to be done.")]


@need.command("add")
@write
def need_add(kw: Kw, prisoner: Prisoner, need: Need, on: RaisedOn = None) -> None:
    """Record something to be done for a prisoner.

    One raised in a session is recorded with it: kw log-session --need.

    Example: kw need add F1003KC "phone PIN for his partner; Officer Shah; fri"

    Example: kw need add thackray "ask the activities hub for a start date" --on yesterday
    """
    request = read_need(need, today=kw.as_of, me=kw.own_name)
    kw.tell_outcome(add_need(kw.store, kw.author, kw.prisoner(prisoner), request, on=kw.day(on)))


@need.command("done")
@write
def need_done(
    kw: Kw,
    prisoner: Prisoner,
    words: Words = None,
    on: DoneOn = None,
    ongoing: Ongoing = False,
    dropped: Dropped = False,
) -> None:
    """Say what became of an action: done, ongoing or dropped.

    Type a few words of it to say which; none are needed where only one is open.

    Example: kw need done F1003KC chaplaincy

    Example: kw need done N1008QH in-cell work --ongoing
    """
    became, meant = read_need_outcome(ongoing=ongoing, dropped=dropped), " ".join(words or ()) or None
    kw.tell_outcome(close_need(kw.store, kw.author, kw.prisoner(prisoner), meant, outcome=became, on=kw.day(on)))


@need.command("list")
@command
def need_list(kw: Kw, view: View, prisoner: MaybePrisoner = None) -> None:
    """Actions still to be done, the overdue first.

    Of one prisoner also what became of the rest.

    Example: kw need list

    Example: kw need list F1003KC
    """
    if prisoner is None:
        kw.show(need_list_report(kw.store, kw.request(view)), view)
    else:
        kw.show(needs_of_prisoner_report(kw.store, kw.request(view), kw.prisoner(prisoner)), view)
