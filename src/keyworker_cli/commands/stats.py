"""`kw stats`: the figures of a period."""

from typing import Annotated

import typer

from keyworker_cli.command_line.options import INSIGHT, Counts, command, family
from keyworker_cli.context import Kw
from keyworker_cli.reports.budget.stats import stats_report
from keyworker_cli.rules.dates.periods import DAYS_BY_DEFAULT

app = family()

Since = Annotated[str | None, typer.Option(metavar="DATE", help="The first day (else 27 days before the last).")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="The last day (today).")]
Compare = Annotated[bool, typer.Option("--compare", help="Beside each figure that of the period before, as long.")]


@app.command(rich_help_panel=INSIGHT)
@command
def stats(kw: Kw, view: Counts, since: Since = None, until: Until = None, compare: Compare = False) -> None:
    """Sessions, delivery rate and waits of a period, by wing and worker.

    Expected is one session per prisoner per week (session.frequency_weeks), by the days they are here. Each average
    shows how many prisoners it covers, and how many are still waiting. Wings and key workers come in order of name,
    never ranked.

    Example: kw stats

    Example: kw stats --since 1/4/2026 --until 30/4/2026 --compare
    """
    kw.show(
        stats_report(kw.store, kw.request(view), kw.period(since, until, usual=DAYS_BY_DEFAULT), compare=compare),
        view,
    )
