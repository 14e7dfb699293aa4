"""Time for key work: what is required, what the rota gives, and where it goes."""

from typing import Annotated

import typer

from keyworker_cli.command_line.options import MORNING, Plain, command, family
from keyworker_cli.context import Kw
from keyworker_cli.reports.budget.budget import budget_report
from keyworker_cli.rules.budget.budget import By
from keyworker_cli.rules.dates.periods import ask_weeks
from keyworker_cli.rules.typed import read_code

app = family()

WeekAsked = Annotated[
    str | None, typer.Option("--week", metavar="WEEK", help="One week: 2026-W48, any date in it, last, this or next.")
]
Weeks = Annotated[
    int | None, typer.Option(metavar="N", min=1, max=104, help="The last N complete weeks, Monday to Sunday (4).")
]
Next = Annotated[bool, typer.Option("--next", help="The week to come: is its rota enough?")]
Whose = Annotated[str, typer.Option("--by", metavar="BY", help="A row for each key worker, each wing, or the prison.")]


@app.command(rich_help_panel=MORNING)
@command
def budget(
    kw: Kw, view: Plain, week: WeekAsked = None, weeks: Weeks = None, ahead: Next = False, by: Whose = "worker"
) -> None:
    """Key-work time: required, on the rota, worked, delivered.

    Required are 45 minutes a week for each prisoner, counted by the days they are here. Beside them stand the minutes
    the rota gave, those worked, dropped or not confirmed, and those delivered, with the one cause of what is missing.

    Example: kw budget --week last --by wing

    Example: kw budget --next
    """
    rows, window = read_code(by, By, "kind of row"), ask_weeks(as_of=kw.as_of, week=week, weeks=weeks, ahead=ahead)
    if week:
        kw.check_recorded(window.last_on)
    kw.show(budget_report(kw.store, kw.request(view), window, by=rows), view)
