"""The morning's checks: who has not been seen."""

from typing import Annotated

import typer

from keyworker_cli.commands.options import MORNING, command, family
from keyworker_cli.context import Kw
from keyworker_cli.reports.contact.overdue import gap_report
from keyworker_cli.reports.view import View

app = family()

Days = Annotated[
    int | None, typer.Option(metavar="N", min=1, max=3650, help="Unseen for N days or more (gap.days: 7).")
]


@app.command(rich_help_panel=MORNING)
@command
def overdue(kw: Kw, view: View, days: Days = None) -> None:
    """Who has not been seen, those to be seen today first, and why.

    A gap runs from a man's last counted session, by anyone; if he was never seen, from his arrival. On day 7 he is due,
    after it overdue, past day 28 serious. To be seen today are those of whom something is recorded that calls for it;
    the others follow, the longest gap first. Men away overnight come last, in a block of their own.

    Example: kw overdue --days 7 --wing B
    """
    kw.show(gap_report(kw.store, kw.request(view), days=days), view)
