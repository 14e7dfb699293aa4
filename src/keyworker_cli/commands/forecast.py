"""`kw forecast`: who will pass the limit if the published rota stands."""

from typing import Annotated

import typer

from keyworker_cli.commands.options import MORNING, command, family
from keyworker_cli.context import Kw
from keyworker_cli.reports.plan.forecast import Ahead, forecast_report
from keyworker_cli.reports.view import View
from keyworker_cli.rules.plan.days_ahead import minute_reached

app = family()

WeeksAhead = Annotated[int, typer.Option("--weeks", metavar="N", min=1, max=8, help="Whole weeks after this one.")]
SlotsLost = Annotated[
    int, typer.Option(metavar="PERCENT", min=0, max=100, help="As if this percentage of the slots to come were lost.")
]
Seed = Annotated[int, typer.Option(metavar="N", min=0, help="Which slots are lost: the same for the same number.")]


@app.command(rich_help_panel=MORNING)
@command
def forecast(kw: Kw, view: View, weeks: WeeksAhead = 2, slots_lost: SlotsLost = 0, seed: Seed = 1) -> None:
    """Who will go unseen if the published rota stands.

    Day by day to the end of the weeks asked about, with each slot used as kw plan would: who passes the limit and when,
    whose weeks are short and by how much, which arrivals miss their first meeting. A man whom his own key worker will
    not see in time is named though another officer could. With --slots-lost that percentage of the slots is lost.

    Example: kw forecast --weeks 2 --slots-lost 30
    """
    ahead = Ahead(weeks, slots_lost, seed, minute_reached(kw.now, on=kw.as_of))
    kw.show(forecast_report(kw.store, kw.request(view), ahead), view)
