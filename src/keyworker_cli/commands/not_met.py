"""`kw not-met`: who has never met the key worker they have."""

from keyworker_cli.command_line.options import MORNING, Plain, command, family
from keyworker_cli.context import Kw
from keyworker_cli.reports.contact.not_met import not_met_report

app = family()


@app.command(rich_help_panel=MORNING)
@command
def not_met(kw: Kw, view: Plain) -> None:
    """Prisoners never met by the key worker they have, whoever else saw them.

    The days run from the start of the allocation; only a counted session by that key worker stops them.

    Example: kw not-met

    Example: kw not-met --wing B
    """
    kw.show(not_met_report(kw.store, kw.request(view)), view)
