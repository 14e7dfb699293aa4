"""`kw compliance`: each point of the policy and of the Ombudsman."""

from datetime import datetime

from keyworker_cli.command_line.options import INSIGHT, Plain, command, family
from keyworker_cli.context import Kw
from keyworker_cli.reports.oversight.compliance import compliance_report
from keyworker_cli.rules.dates.london import end_of_day

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
    kw.show(compliance_report(kw.store, kw.request(view), now=moment_of(kw)), view)


def moment_of(kw: Kw) -> datetime:
    """Return the moment as of which a note is due: now, or the end of an earlier day asked about."""
    return min(kw.asked_at, end_of_day(kw.as_of))
