"""`kw fewest`: who has had the fewest sessions a week."""

from typing import Annotated

import typer

from keyworker_cli.command_line.options import MORNING, Plain, command, family
from keyworker_cli.context import Kw
from keyworker_cli.reports.contact.fewest import fewest_report
from keyworker_cli.rules.contact.fewest import FEWEST_WEEKS, WEEKS_BY_DEFAULT

app = family()

Weeks = Annotated[int, typer.Option(metavar="N", min=FEWEST_WEEKS, max=52, help="Over so many complete weeks.")]

NeverSerious = Annotated[bool, typer.Option("--never-serious", help="Instead, who is seldom seen and never serious.")]


@app.command(rich_help_panel=MORNING)
@command
def fewest(kw: Kw, view: Plain, weeks: Weeks = WEEKS_BY_DEFAULT, never_serious: NeverSerious = False) -> None:
    """Who has had the fewest sessions a week, over 12 complete weeks.

    Counted sessions by anyone, in the weeks of this stay that the prisoner was here and not out overnight, from 6 such
    weeks on. It finds whoever is always overdue and never serious: --never-serious lists these, however
    many weeks it has been so.

    Example: kw fewest --limit 10

    Example: kw fewest --weeks 26 --never-serious
    """
    kw.show(fewest_report(kw.store, kw.request(view), weeks=weeks, never_serious=never_serious), view)
