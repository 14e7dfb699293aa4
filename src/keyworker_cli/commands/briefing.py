"""The page for the morning meeting."""

from typing import Annotated

import typer

from keyworker_cli.command_line.options import MORNING, command, family
from keyworker_cli.context import Kw
from keyworker_cli.reports.briefing.page import briefing_report
from keyworker_cli.reports.view import View

app = family()

Roll = Annotated[
    int | None, typer.Option(metavar="N", min=0, help="Prisoners on the prison's roll today, to say who is not in kw.")
]


@app.command(rich_help_panel=MORNING)
@command
def briefing(kw: Kw, view: View, roll: Roll = None) -> None:
    """The morning page: who to see today, the longest gaps, what is due.

    One page for two minutes of the morning meeting: who is to be seen today and by whom, the wings, the ten longest
    gaps, concerns not raised, who is new, who has no key worker, no cover or has never met theirs, the fewest
    sessions, the week's time, reviews and actions due, and how far the data can be relied on. To print it:
    kw briefing --output briefing.html, opened in a browser.

    Example: kw briefing

    Example: kw briefing --roll 24 --output briefing.html
    """
    kw.show(briefing_report(kw.store, kw.request(view), roll=roll), view)
