"""`kw deallocate`: end an allocation, with the reason."""

from typing import Annotated

import typer

from keyworker_cli.actions.allocation.allocate import deallocate as end_allocation
from keyworker_cli.command_line.options import KEY_WORK, Prisoner, family, write
from keyworker_cli.context import Kw
from keyworker_cli.rules.codes.records import EndReason
from keyworker_cli.rules.typed import read_code

app = family()

Reason = Annotated[str, typer.Option(metavar="END_REASON", help="Why it ends: MANUAL, OVERRIDE, OUT_OF_SCOPE ...")]


@app.command(rich_help_panel=KEY_WORK)
@write
def deallocate(kw: Kw, prisoner: Prisoner, reason: Reason = "MANUAL") -> None:
    """End a prisoner's allocation, without another key worker.

    They are on the list of kw unallocated from that day. To give them another at once: kw allocate PRISONER --to
    KEY_WORKER

    Example: kw deallocate F1003KC --dry-run

    Example: kw deallocate F1003KC thackray --reason OUT_OF_SCOPE --dry-run
    """
    why = read_code(reason, EndReason, "end reason")
    kw.tell_outcome(end_allocation(kw.store, kw.author, kw.prisoner(prisoner), reason=why))
