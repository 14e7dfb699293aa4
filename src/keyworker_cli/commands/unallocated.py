"""`kw unallocated`: who has no key worker, and who is recommended."""

from keyworker_cli.command_line.options import MORNING, Plain, command, family
from keyworker_cli.context import Kw
from keyworker_cli.reports.allocation.unallocated import unallocated_report

app = family()


@app.command(rich_help_panel=MORNING)
@command
def unallocated(kw: Kw, view: Plain) -> None:
    """Who has no key worker, for how long, and who is recommended.

    The days run from the arrival, or from the end of the last allocation. Those whose key worker is on leave or
    otherwise not there follow in a part of their own: an absent key worker is none.

    Example: kw unallocated

    Example: kw unallocated --wing C
    """
    kw.show(unallocated_report(kw.store, kw.request(view)), view)
