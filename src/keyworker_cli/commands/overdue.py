"""The morning's checks: who has not been seen."""

from typing import Annotated

import typer

from keyworker_cli.command_line.options import MORNING, command, family
from keyworker_cli.context import Kw
from keyworker_cli.errors import UsageError
from keyworker_cli.reports.contact.like_ors import like_ors_report
from keyworker_cli.reports.contact.overdue import gap_report
from keyworker_cli.reports.view import View

app = family()

Days = Annotated[
    int | None, typer.Option(metavar="N", min=1, max=3650, help="No key work for N days or more (gap.days: 7).")
]

LikeOrs = Annotated[bool, typer.Option("--like-ors", help="Everyone, in the shape of the old NOMIS contact report.")]


@app.command(rich_help_panel=MORNING)
@command
def overdue(kw: Kw, view: View, days: Days = None, like_ors: LikeOrs = False) -> None:
    """Who has had no key work, those to be seen today first and by whom, and why.

    A gap runs from the last counted session, by anyone; with none yet, from arrival. On day 7 it is due, after it
    overdue (!), past day 28 serious (!!). To be seen today are those of whom something is recorded that calls for it,
    new concerns first; everybody else follows, the longest gap first. Who is out overnight comes last. The plan of
    today says by whom: kept, or proposed, which kw plan --save keeps. More: kw help order-of-work

    Example: kw overdue --days 7

    Example: kw overdue --wing B --format csv
    """
    if like_ors and days is not None:
        raise UsageError("--like-ors lists everyone, whatever --days says.", "leave one of them out.")
    if like_ors:
        kw.show(like_ors_report(kw.store, kw.request(view)), view)
        return
    kw.show(gap_report(kw.store, kw.request(view), days=days), view)
