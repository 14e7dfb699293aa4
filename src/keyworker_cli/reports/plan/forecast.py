"""Who will go unseen if the published rota stands: `kw forecast` (help: forecast)."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from keyworker_cli.reports.plan.forecast_prisoners import arrivals_section, prisoners_section
from keyworker_cli.reports.plan.forecast_weeks import officers_section, week_budgets, wings_with_prisoners
from keyworker_cli.reports.plan.look_ahead import look_ahead
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Report
from keyworker_cli.reports.words import name_excluded, say_nobody_here
from keyworker_cli.rules.contact.scope import by_scope
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.dates.weeks import Week
from keyworker_cli.rules.rota.lost import lose_slots, without_lost
from keyworker_cli.rules.rota.reach import say_rota_ends

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

SETTINGS: Final = ("gap.days", "first_meeting.days", "target.minutes_per_week", "session.min_minutes")
AS_FAR_AS_KNOWN: Final = (
    "As if nobody arrives, leaves or changes key worker, nothing happens to anyone, and each prisoner planned is seen. "
    "An order of work, not an assessment of risk."
)


@dataclass(frozen=True)
class Ahead:
    """How far to look: so many whole weeks after this one, with so many per cent of the slots lost, drawn by a seed."""

    weeks: int
    slots_lost: int = 0
    seed: int = 1


def forecast_report(store: "Store", request: ReportRequest, ahead: Ahead) -> Report:
    """Return who passes the limit by the end of the weeks asked about, whose weeks are short, who is met too late."""
    weeks = [Week.of(request.as_of) + number for number in range(1, ahead.weeks + 1)]
    contacts = store.queries.contacts(as_of=request.as_of, settings=request.settings)
    inside, _ = by_scope(contacts, as_of=request.as_of)
    _, excluded = request.by_scope(contacts)
    known = look_ahead(store, request, inside, until=weeks[-1].sunday)
    slots = known.outlook.slots
    lost = lose_slots(slots, percent=ahead.slots_lost, seed=ahead.seed, as_of=request.as_of)
    forecast, reach = known.forecast(without_lost(slots, lost)), known.reach(slots)
    budgets = {week: week_budgets(store, request, week, contacts, lost) for week in weeks}
    passing = prisoners_section(request, forecast, reach, weeks[-1])
    if not contacts:
        passing = passing._replace(lead=(), empty=say_nobody_here("who will pass the limit"))
    return request.report(
        "forecast",
        request.titled(f"Forecast to {say_date(weeks[-1].sunday)}, if the rota stands{_if_lost(ahead, lost)}"),
        [
            passing,
            officers_section(budgets),
            arrivals_section(request, inside, forecast),
        ],
        summary={
            "until": forecast.until,
            "places": forecast.places,
            "slots_lost_percent": ahead.slots_lost,
            "slots_lost": len(lost),
            "seed": ahead.seed if ahead.slots_lost else None,
            "rota_until": reach.get(None),
        },
        settings=SETTINGS,
        warnings=[
            *say_rota_ends(reach, wings_with_prisoners(budgets), before=weeks[-1].monday),
            *name_excluded(excluded),
        ],
        foot=(AS_FAR_AS_KNOWN,),
        several=True,
    )


def _if_lost(ahead: Ahead, lost: Collection[int]) -> str:
    if not ahead.slots_lost:
        return ""
    return f" but for {ahead.slots_lost} % of its slots, {len(lost)} of them (seed {ahead.seed})"
