"""`kw handover`: one page for the next key worker, and who still waits to be confirmed."""

from typing import Annotated

import typer

from keyworker_cli.command_line.options import RECORDS, command, family
from keyworker_cli.context import Kw
from keyworker_cli.reports.contact.handover import handover_report, handovers_report
from keyworker_cli.reports.view import View

app = family()

Prisoner = Annotated[
    str | None, typer.Argument(metavar="[PRISONER]", help="Prison number or name; else all not confirmed.")
]


@app.command(rich_help_panel=RECORDS)
@command
def handover(kw: Kw, view: View, prisoner: Prisoner = None) -> None:
    """One page to hand a prisoner over to the next key worker.

    Last seen and by whom, concerns not raised, open actions, ACCTs, refusals, their own words, the next session agreed;
    of one who has left, as of that day. Without a prisoner: those whose new key worker has not confirmed the
    allocation, by kw caseload --acknowledge or a session; after 7 days they are late.

    Example: kw handover F1003KC

    Example: kw handover --wing B
    """
    if prisoner is None:
        kw.show(handovers_report(kw.store, kw.request(view)), view)
    else:
        kw.show(handover_report(kw.store, kw.request(view), kw.prisoner(prisoner)), view)
