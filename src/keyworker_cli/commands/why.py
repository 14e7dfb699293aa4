"""One prisoner: everything known of him, and why he is or is not on a list."""

from keyworker_cli.command_line.options import KEY_WORK, Figures, Prisoner, command, family
from keyworker_cli.context import Kw
from keyworker_cli.reports.contact.why import why_report

app = family()


@app.command(rich_help_panel=KEY_WORK)
@command
def why(kw: Kw, view: Figures, prisoner: Prisoner) -> None:
    """Why a prisoner is, or is not, on today's list, count by count, concern by concern.

    Whether they are listed, to be seen today, and why; who could see them; the time since they were last seen, met
    their key worker and had one; their concerns, what to raise with them, their sessions and key workers. Of a prisoner
    who has left or died all stands as it did that day.

    Example: kw why A1001AA

    Example: kw why A1001AA --as-of 13/04/2026
    """
    kw.show(why_report(kw.store, kw.request(view), kw.prisoner(prisoner)), view)
