"""`kw first-meetings`: arrivals not yet met, in their first few days or past them."""

from typing import Annotated

import typer

from keyworker_cli.command_line.options import MORNING, Plain, command, family
from keyworker_cli.context import Kw
from keyworker_cli.reports.contact.first_meetings import early_days_report

app = family()

Within = Annotated[
    int | None, typer.Option(metavar="N", min=0, max=28, help="In time up to and on day N (first_meeting.days: 3).")
]
All = Annotated[bool, typer.Option("--all", help="Also those who have been met, in time or late, and by whom.")]


@app.command(rich_help_panel=MORNING)
@command
def first_meetings(kw: Kw, view: Plain, within: Within = None, include_met: All = False) -> None:
    """Arrivals not yet met: in their first few days, or past them.

    Who arrived today is due until day 3, and missed from day 4. A session by anyone is a first meeting; when their
    own key worker first met them stands beside it. Listed are all without any key work yet, and the arrivals of the
    last 28 days.

    Example: kw first-meetings

    Example: kw first-meetings --all
    """
    kw.show(early_days_report(kw.store, kw.request(view), within=within, include_met=include_met), view)
