"""`kw deallocate`: end an allocation, with the reason."""

from typing import Annotated

import typer

from keyworker_cli.actions.allocation.allocate import deallocate as deallocate_prisoner
from keyworker_cli.commands.options import KEY_WORK, DryRun, command, family
from keyworker_cli.context import Kw
from keyworker_cli.rules.dates.london import london_date

app = family()

ThePrisoner = Annotated[str, typer.Argument(metavar="PRISONER", help="His number or name.")]
To = Annotated[str | None, typer.Option(metavar="KEY_WORKER", help="Name the key worker yourself.")]
Reason = Annotated[str, typer.Option(metavar="END_REASON", help="Why it ends: MANUAL, OVERRIDE, OUT_OF_SCOPE ...")]


@app.command(rich_help_panel=KEY_WORK)
@command
def deallocate(kw: Kw, prisoner: ThePrisoner, reason: Reason = "MANUAL", dry_run: DryRun = False) -> None:
    """Take a man's key worker from him, without giving him another.

    He is on the list of kw unallocated from that day. To give him another at once: kw allocate PRISONER --to KEY_WORKER

    Example: kw deallocate F1003KC --dry-run
    """
    today = london_date(kw.now)
    keep = not dry_run
    done = deallocate_prisoner(kw.store, kw.author, prisoner, reason=reason, on=kw.as_of, today=today, keep=keep)
    kw.tell(done)
    _say_if_dry(kw, dry_run=dry_run)


def _say_if_dry(kw: Kw, *, dry_run: bool) -> None:
    if dry_run:
        kw.say("dry run: nothing saved")
