"""`kw group`: one report of several prisons."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from keyworker_cli.actions.files.group_file import read_prisons
from keyworker_cli.command_line.options import INSIGHT, Figures, command, family
from keyworker_cli.context import Kw
from keyworker_cli.errors import DatabaseError
from keyworker_cli.reports.budget.budget import budget_report
from keyworker_cli.reports.budget.stats import stats_report
from keyworker_cli.reports.contact.overdue import gap_report
from keyworker_cli.reports.oversight.compliance import compliance_report
from keyworker_cli.reports.oversight.group import group_report
from keyworker_cli.reports.report import Report
from keyworker_cli.reports.view import View
from keyworker_cli.rules.budget.budget import By
from keyworker_cli.rules.dates.periods import ask_period, ask_weeks
from keyworker_cli.rules.typed import read_choice

app = family()

Which = Annotated[str, typer.Argument(metavar="REPORT", help="overdue, compliance, stats or budget (by wing).")]
Prisons = Annotated[
    Path, typer.Option("--prisons", metavar="FILE", help="A TOML file: each prison's name and database.")
]


def _overdue(kw: Kw) -> Report:
    return gap_report(kw.store, kw.request(View()))


def _compliance(kw: Kw) -> Report:
    return compliance_report(kw.store, kw.request(View()), now=kw.due_at)


def _stats(kw: Kw) -> Report:
    return stats_report(kw.store, kw.request(View()), ask_period(as_of=kw.as_of))


def _budget(kw: Kw) -> Report:
    return budget_report(kw.store, kw.request(View()), ask_weeks(as_of=kw.as_of), by=By.WING)


REPORTS: dict[str, Callable[[Kw], Report]] = {
    "overdue": _overdue,
    "compliance": _compliance,
    "stats": _stats,
    "budget": _budget,
}


@app.command("group", rich_help_panel=INSIGHT)
@command
def group(kw: Kw, view: Figures, which: Which, prisons: Prisons) -> None:
    """One report of several prisons: the same rows, each with its prison.

    The file has a line for each, under [prisons]: Fellgate = "fellgate.db". One that cannot be read is named and the
    rest goes on; the exit code is then 7.

    Example: kw group overdue --prisons prisons.toml

    Example: kw group stats --prisons prisons.toml --format csv
    """
    which = read_choice(which, tuple(REPORTS), "report")
    reports, unread = _read(kw, REPORTS[which], prisons)
    kw.show(group_report(reports, unread, which=which, as_of=kw.as_of), view)
    kw.exit_code = DatabaseError.exit_code if unread else kw.exit_code


def _read(kw: Kw, report: Callable[[Kw], Report], prisons: Path) -> tuple[dict[str, Report], dict[str, str]]:
    """Return the report of each prison that can be read, and of the others why not."""
    reports, unread = {}, {}
    for name, database in read_prisons(prisons).items():
        with closing(replace(kw, db=database)) as there:
            try:
                reports[name] = report(there)
            except DatabaseError as error:
                unread[name] = error.message
    return reports, unread
