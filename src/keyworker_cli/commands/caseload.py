"""A key worker's own sheet: who is theirs, and what to know of each."""

from typing import Annotated

import typer

from keyworker_cli.actions.allocation.acknowledge import acknowledge, own_record
from keyworker_cli.command_line.options import KEY_WORK, family, write
from keyworker_cli.context import Kw
from keyworker_cli.errors import UsageError
from keyworker_cli.reports.contact.caseload import caseload_report, caseloads_report
from keyworker_cli.reports.view import View
from keyworker_cli.rules.facts.people import Worker

app = family()

Whose = Annotated[str | None, typer.Argument(metavar="[KEY_WORKER]", help="Staff id or name; else you, by your login.")]
Acknowledge = Annotated[bool, typer.Option("--acknowledge", help="Confirm that they know of all their allocations.")]


@app.command(rich_help_panel=KEY_WORK)
@write
def caseload(kw: Kw, view: View, whose: Whose = None, is_acknowledged: Acknowledge = False) -> None:
    """A key worker's sheet: each of their prisoners, since when, by whom, why, met or not.

    Whom to see first, when and why each was allocated, and what to raise and to do. Bare it is your own, by your
    login; with --wing alone it is a sheet for each key worker of that wing. Whoever logs a session with a prisoner has
    acknowledged that allocation.

    Example: kw caseload PQ01

    Example: kw caseload --wing B
    """
    if kw.dry_run and not is_acknowledged:
        raise UsageError("--dry-run goes with --acknowledge.", "a sheet by itself saves nothing.")
    if view.wings and not (whose or view.key_worker or is_acknowledged):
        kw.show(caseloads_report(kw.store, kw.request(view)), view)
    else:
        worker = _worker(kw, whose, view.key_worker)
        narrowed = view._replace(key_worker=None)  # said already: the sheet is theirs
        _show_sheet(kw, worker, narrowed, acknowledging=is_acknowledged)


def _show_sheet(kw: Kw, worker: Worker, view: View, *, acknowledging: bool) -> None:
    """Give one key worker's sheet; confirmed or not, it is as it then stands."""
    report = caseload_report(kw.store, kw.request(view), worker)
    if not acknowledging:
        kw.show(report, view)
        return
    kw.check_shown(report, view)
    outcome = acknowledge(kw.store, kw.author, worker)
    after = caseload_report(kw.store, kw.request(view), worker)
    kw.show_outcome(after, outcome, view)


def _worker(kw: Kw, named: str | None, option: str | None) -> Worker:
    """Return whose sheet it is: that of the one named, or the user's own."""
    if named and option:
        raise UsageError("KEY_WORKER and --key-worker both say whose sheet it is.", f"kw caseload {named}")
    who = named or option
    return kw.worker(who) if who else own_record(kw.store.queries, kw.user)
