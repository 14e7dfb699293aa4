"""`kw plan`: who sees whom in the slots of a day."""

from typing import Annotated

import typer

from keyworker_cli.actions.plan.keep import keep_plan
from keyworker_cli.command_line.options import MORNING, family, write
from keyworker_cli.context import Kw
from keyworker_cli.reports.plan.day_plan import DayAsked, plan_day
from keyworker_cli.reports.plan.sheet import plan_report
from keyworker_cli.reports.view import View
from keyworker_cli.rules.plan.day_plan import check_session_minutes, parse_plan_date
from keyworker_cli.rules.plan.days_ahead import minute_reached
from keyworker_cli.rules.typed import LONGEST_SESSION_MINUTES

app = family()

PlanDate = Annotated[
    str | None, typer.Option("--date", metavar="DATE", help="The day to plan, today or later (today).")
]
SessionMinutes = Annotated[
    int | None,
    typer.Option("--minutes", metavar="N", min=1, max=LONGEST_SESSION_MINUTES, help="How long a session is (45)."),
]
Include = Annotated[
    list[str] | None,
    typer.Option(metavar="PRISONER", help="Plan them though not to be seen one-to-one; may be given again."),
]
Save = Annotated[bool, typer.Option("--save", help="Keep the plan: the next briefing says what became of it.")]


@app.command(rich_help_panel=MORNING)
@write
def plan(
    kw: Kw,
    view: View,
    on: PlanDate = None,
    minutes: SessionMinutes = None,
    include: Include = None,
    save: Save = False,
) -> None:
    """Who sees whom in today's slots: a sheet for each officer.

    The slots still to come go to the prisoners to be seen today, then to those more than half way to a serious gap,
    then by priority, then by gap: no other use of the slots sees anyone higher on that list. As many as can be are
    with their own key worker, then with an officer who has seen them, then with one of their wing. Who is left out is
    named below.

    --format dps-appointments writes the day as the official service's upload of appointments takes it; --format ics as
    a calendar for each officer.

    Example: kw plan

    Example: kw plan --date tomorrow
    """
    the_day = parse_plan_date(on, as_of=kw.as_of)
    day = DayAsked(
        on=the_day,
        session_minutes=check_session_minutes(minutes, settings=kw.settings),
        from_minute=minute_reached(kw.asked_at, on=the_day),
        include=tuple(kw.prisoner(text) for text in include or ()),
    )
    request = kw.request(view)
    made = plan_day(kw.store, request, day)
    if save:
        kw.check_shown(plan_report(request, made), view)
        outcome = keep_plan(kw.store, kw.author, made.plan)
        kw.show_outcome(plan_report(request, made, saved=outcome.saved), outcome, view)
    else:
        kw.show(plan_report(request, made), view)
