"""`kw timeline`: one prisoner's chronology."""

from typing import Annotated

import typer

from keyworker_cli.command_line.options import RECORDS, Figures, Prisoner, command, family
from keyworker_cli.context import Kw
from keyworker_cli.reports.timeline.timeline import timeline_report

app = family()

Notes = Annotated[bool, typer.Option("--notes", help="The notes whole, not only their first words.")]


@app.command("timeline", rich_help_panel=RECORDS)
@command
def timeline(kw: Kw, view: Figures, prisoner: Prisoner, notes: Notes = False) -> None:
    """One prisoner's chronology: all that is recorded, in order.

    Arrival, moves, key workers and the spells without one, sessions, refusals, events, ACCT, actions, the weeks in
    which their key worker had no key work detailed, and the mornings they stood on the overdue list. What was corrected
    stands with what it said before; what was recorded late is marked. --known-at shows what could have been known
    then.

    Example: kw timeline A1001AA

    Example: kw timeline A1001AA --known-at 2026-04-13 --as-of 2026-04-13
    """
    person = kw.prisoner(prisoner)
    kw.show(timeline_report(kw.store, kw.request(view), person, whole_notes=notes), view)
