"""`kw allocate`: recommend a key worker for whoever has none, or change who has whom."""

from datetime import date
from typing import Annotated

import typer

from keyworker_cli.actions.allocation.allocate import propose, save
from keyworker_cli.actions.allocation.answers import allocations, count_allocations
from keyworker_cli.command_line.options import KEY_WORK, Plain, Yes, family, write
from keyworker_cli.context import Kw
from keyworker_cli.errors import UsageError
from keyworker_cli.reports.allocation.allocate import allocation_report
from keyworker_cli.reports.outcome import Outcome
from keyworker_cli.reports.view import View
from keyworker_cli.rules.allocation.allocate import Plan
from keyworker_cli.rules.dates.london import london_date

app = family()

Prisoner = Annotated[
    str | None, typer.Argument(metavar="[PRISONER]", help="Prison number or name; else all without a key worker.")
]
To = Annotated[str | None, typer.Option(metavar="KEY_WORKER", help="Name the key worker yourself.")]
From = Annotated[str | None, typer.Option("--from", metavar="KEY_WORKER", help="Reallocate this officer's prisoners.")]
Return = Annotated[
    str | None,
    typer.Option("--return", metavar="KEY_WORKER", help="Bring back the prisoners moved while they were away."),
]


@app.command(rich_help_panel=KEY_WORK)
@write
def allocate(
    kw: Kw,
    view: Plain,
    prisoner: Prisoner = None,
    to: To = None,
    from_worker: From = None,
    return_to: Return = None,
    yes: Yes = False,
) -> None:
    """Recommend a key worker for every prisoner without one, ask, and save.

    The previous key worker comes first, then the wing, then the lowest share of capacity allocated. Nothing is saved
    until it is confirmed, and then all of it or nothing. A key worker named by --to may have more prisoners than
    their capacity. When one who was away is back, --return gives them the prisoners that --from moved to others.

    Example: kw allocate --dry-run

    Example: kw allocate F1003KC --to BR02 --dry-run
    """
    _refuse_limit(view, dry_run=kw.dry_run)
    whom = {"prisoner": prisoner, "to": to, "from_worker": from_worker, "return_to": return_to}
    plan = propose(kw.store, kw.request(view), today=_today(kw), **whom)
    if kw.dry_run or not plan.placed:
        _answer(kw, view, plan, allocations(plan, saved=False))
    elif yes or plan.typed_in_full:
        kw.check_shown(allocation_report(kw.request(view), plan, saved=False), view)
        _answer(kw, view, plan, save(kw.store, kw.author, plan))
    else:
        _ask_and_save(kw, view, plan)


def _today(kw: Kw) -> date:
    """Return the day on which it is proposed: today, or the one that is looked back to."""
    return london_date(kw.now) if kw.known_at is None else max(london_date(kw.known_at), kw.as_of)


def _answer(kw: Kw, view: View, plan: Plan, outcome: Outcome) -> None:
    """Give the plan as a report; on the screen, what was typed in full is answered in a sentence."""
    if view.on_screen and plan.typed_in_full:
        kw.tell_outcome(outcome)
    else:
        kw.show_outcome(allocation_report(kw.request(view), plan, saved=outcome.saved), outcome, view)


def _ask_and_save(kw: Kw, view: View, plan: Plan) -> None:
    """Ask, when the plan is on the screen; what is written for a script or into a file is never asked about."""
    if not view.on_screen:
        _answer(kw, view, plan, allocations(plan, saved=False))
        kw.say("nothing saved: add --yes")
        return
    kw.show(allocation_report(kw.request(view), plan, saved=False), view)
    if kw.confirm(f"Save {count_allocations(plan)}?", yes=False):
        kw.tell(*save(kw.store, kw.author, plan).said())


def _refuse_limit(view: View, *, dry_run: bool) -> None:
    """Refuse to show fewer allocations than are saved."""
    if view.limit is not None and not dry_run:
        raise UsageError(
            "--limit would hide some of what is saved.", "add --dry-run, or narrow what is saved: --wing B."
        )
