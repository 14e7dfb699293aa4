"""`kw concerns`: which concerns no session has raised."""

from keyworker_cli.command_line.options import MORNING, command, family
from keyworker_cli.context import Kw
from keyworker_cli.reports.markers.concerns import concerns_report
from keyworker_cli.reports.view import View

app = family()


@app.command(rich_help_panel=MORNING)
@command
def concerns(kw: Kw, view: View) -> None:
    """Concerns recorded of a prisoner that no session since has raised.

    Of priority 1 from day 3 on, of priority 2 from day 7 on (concern.days_tier_1, concern.days_tier_2), by anyone's
    counted session; what the prisoner declined to speak of is raised. One that ended unraised stays for 28 days.

    Example: kw concerns

    Example: kw concerns --wing B
    """
    kw.show(concerns_report(kw.store, kw.request(view)), view)
