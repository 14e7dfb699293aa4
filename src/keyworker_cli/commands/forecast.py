"""`kw forecast`: who will pass the limit if the published rota stands."""

from typing import Annotated

import typer

from keyworker_cli.command_line.options import MORNING, Plain, command, family
from keyworker_cli.context import Kw
from keyworker_cli.errors import UsageError
from keyworker_cli.reports.plan.forecast import Ahead, forecast_report
from keyworker_cli.reports.plan.what_if import Change, what_if_report
from keyworker_cli.rules.dates.weeks import Week
from keyworker_cli.rules.plan.typed import MOST_WEEKS, days_meant, parse_added

app = family()

WeeksAhead = Annotated[
    int, typer.Option("--weeks", metavar="N", min=1, max=MOST_WEEKS, help="Whole weeks after this one.")
]
SlotsLost = Annotated[
    int,
    typer.Option(metavar="PERCENT", min=0, max=100, help="As if this percentage of the slots to come were dropped."),
]
Seed = Annotated[int, typer.Option(metavar="N", min=0, help="Which slots are dropped: the same for the same number.")]

Without = Annotated[
    list[str] | None, typer.Option(metavar="KEY_WORKER,…", help="As if these officers were away; with --on.")
]
On = Annotated[
    list[str] | None, typer.Option(metavar="DATE", help="The day they are away, or a week; may be given again.")
]
Add = Annotated[
    list[str] | None,
    typer.Option(metavar="KEY_WORKER@DATE@HH:MM-HH:MM", help="As if an officer had this time; may be given again."),
]


@app.command(rich_help_panel=MORNING)
@command
def forecast(
    kw: Kw,
    view: Plain,
    weeks: WeeksAhead = 2,
    slots_lost: SlotsLost = 0,
    seed: Seed = 1,
    without: Without = None,
    on: On = None,
    add: Add = None,
) -> None:
    """Who will have no key work if the published rota stands.

    Day by day to the end of the weeks asked about, with each slot used as kw plan would: who passes the limit and
    when, whose weeks are short and by how much, which arrivals miss their first meeting. A prisoner whom their own
    key worker will not see in time is named though another officer could. With --slots-lost that percentage of the
    slots is dropped.

    With --without or --add it answers what difference that makes, by name: who passes the limit because of it, who of
    those to be seen on a day is left out, and the fewest slots that make up for it. Nothing is saved.

    Example: kw forecast

    Example: kw forecast --without SH03 --on thu
    """
    ahead = Ahead(weeks, slots_lost, seed)
    change = _change(kw, weeks, without or [], on or [], add or [])
    if change is None:
        kw.show(forecast_report(kw.store, kw.request(view), ahead), view)
    else:
        kw.show(what_if_report(kw.store, kw.request(view), ahead, change), view)


def _change(kw: Kw, weeks: int, without: list[str], on: list[str], add: list[str]) -> Change | None:
    """Return the change of the rota that was typed, if one was."""
    if bool(without) != bool(on):
        raise UsageError(
            "--without says who is away, --on when: it takes both.", "kw forecast --without SHAH --on thu."
        )
    until = (Week.of(kw.as_of) + weeks).sunday
    days = [day for text in on for day in days_meant(text, as_of=kw.as_of, until=until)]
    away = [kw.worker(who) for names in without for who in names.split(",")]
    added = [parse_added(text, as_of=kw.as_of, until=until) for text in add]
    given = tuple((kw.worker(one.who), one.times) for one in added)
    return Change(tuple((who, day) for day in days for who in away), given) if away or given else None
