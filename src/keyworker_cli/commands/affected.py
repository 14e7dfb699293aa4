"""`kw affected`: who else to see after a death or serious self-harm."""

from typing import Annotated

import typer

from keyworker_cli.command_line.options import RECORDS, Prisoner, command, family
from keyworker_cli.context import Kw
from keyworker_cli.reports.contact.affected import affected_report
from keyworker_cli.reports.view import View

app = family()

On = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="The day it happened (today, or the day they left).")
]


All = Annotated[bool, typer.Option("--all", help="Everybody, not the first ten only.")]


@app.command(rich_help_panel=RECORDS)
@command
def affected(kw: Kw, view: View, prisoner: Prisoner, on: On = None, everybody: All = False) -> None:
    """Who else to see after a death or serious self-harm, and the staff who knew them.

    Prisoners here who shared their cell, landing or wing in the last 28 days, by the moves, and the others of their key
    worker, each with the gap and an open ACCT; then the staff, for their care. It says who had contact, not who is at
    risk. The first ten are shown, the nearest and those on an ACCT; the others are counted.

    Example: kw affected F1003KC

    Example: kw affected F1003KC --on 3/5/2026
    """
    day = kw.day_or_none(on)
    kw.show(affected_report(kw.store, kw.request(view), kw.prisoner(prisoner), on=day, everybody=everybody), view)
