"""`kw compliance`: each point of the policy and of the Ombudsman."""

from keyworker_cli.command_line.options import INSIGHT, Plain, command, family
from keyworker_cli.context import Kw
from keyworker_cli.reports.oversight.compliance import compliance_report

app = family()


@app.command(rich_help_panel=INSIGHT)
@command
def compliance(kw: Kw, view: Plain) -> None:
    """Each point of the policy and of the PPO: n of N, met or not met.

    A point is met when nobody is missing from it. Beside each that is not stands the command that lists the rest.
    With --fail, exit 3 when any point is not met.

    Example: kw compliance

    Example: kw compliance --wing B
    """
    kw.show(compliance_report(kw.store, kw.request(view), now=kw.due_at), view)
