"""Who will go unseen if the published rota stands: `kw forecast` (help: forecast)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from keyworker_cli.reports.plan.day_plan import known_on
from keyworker_cli.reports.plan.forecast_men import arrivals_section, men_section
from keyworker_cli.reports.plan.forecast_weeks import officers_section, rota_ends, week_budgets
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Report
from keyworker_cli.reports.words import name_excluded
from keyworker_cli.rules.budget.budget import rota_reach
from keyworker_cli.rules.contact.scope import out_of_scope
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.dates.weeks import Week
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.plan.days_ahead import known_by
from keyworker_cli.rules.plan.forecast import Forecast, Outlook, forecast_contact
from keyworker_cli.rules.rota.lost import lose_slots, without_lost
from keyworker_cli.rules.rota.slots import is_published

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

SETTINGS: Final = ("gap.days", "first_meeting.days", "target.minutes_per_week", "session.min_minutes")
AS_FAR_AS_KNOWN: Final = (
    "As if nobody arrives, leaves or changes key worker, nothing happens to anyone, and each man planned is seen. "
    "An order of work, not an assessment of risk."
)


@dataclass(frozen=True)
class Ahead:
    """How far to look: so many whole weeks after this one, with so many per cent of the slots lost, drawn by a seed.

    Time before `from_minute` of the day asked about is over.
    """

    weeks: int
    slots_lost: int = 0
    seed: int = 1
    from_minute: int = 0


def forecast_report(store: "Store", request: ReportRequest, ahead: Ahead) -> Report:
    """Return who passes the limit by the end of the weeks asked about, whose weeks are short, who is met too late."""
    weeks = [Week.of(request.as_of) + number for number in range(1, ahead.weeks + 1)]
    contacts = store.queries.contacts(as_of=request.as_of, settings=request.settings)
    inside = [man for man in contacts if not out_of_scope(man, as_of=request.as_of)]
    seen = _look_ahead(store, request, ahead, inside, until=weeks[-1].sunday)
    budgets = {week: week_budgets(store, request, week, contacts, seen.lost) for week in weeks}
    return request.report(
        "forecast",
        request.titled(f"Forecast to {say_date(weeks[-1].sunday)}, if the rota stands{_if_lost(ahead, seen)}"),
        [
            men_section(request, seen.forecast, seen.reach, weeks[-1]),
            officers_section(budgets),
            arrivals_section(request, inside, seen.forecast),
        ],
        summary={
            "until": seen.forecast.until,
            "places": seen.forecast.places,
            "slots_lost_percent": ahead.slots_lost,
            "slots_lost": len(seen.lost),
            "seed": ahead.seed if ahead.slots_lost else None,
            "rota_until": seen.reach.get(None),
        },
        settings=SETTINGS,
        warnings=[
            *rota_ends(seen.reach, budgets, weeks[-1]),
            *name_excluded(man for man in contacts if request.covers(man) and out_of_scope(man, as_of=request.as_of)),
        ],
        foot=(AS_FAR_AS_KNOWN,),
        several=True,
    )


@dataclass(frozen=True)
class _Seen:
    """What the days to come hold, how far each wing's rota reaches, and the keys of the slots taken as lost."""

    forecast: Forecast
    reach: Mapping[str | None, date]
    lost: frozenset[int]


def _look_ahead(store: "Store", request: ReportRequest, ahead: Ahead, men: Sequence[Contact], *, until: date) -> _Seen:
    queries, as_of, settings = store.queries, request.as_of, request.settings
    slots = [slot for slot in queries.slots_between(as_of, until) if is_published(slot, as_of)]
    reach = rota_reach(queries.latest_slots(as_of=as_of), slots, as_of=as_of)
    lost = lose_slots(slots, percent=ahead.slots_lost, seed=ahead.seed, as_of=as_of)
    outlook = Outlook(
        men=men,
        absences=queries.absence_spans(as_of, until, as_of=as_of),
        known=known_on(store, request),
        slots=without_lost(slots, lost),
        known_by=known_by(queries.acquaintances(as_of=as_of, until=until, settings=settings)),
    )
    forecast = forecast_contact(
        outlook,
        as_of=as_of,
        until=until,
        session_minutes=settings.target_minutes_per_week,
        reach=reach,
        settings=settings,
        from_minute=ahead.from_minute,
    )
    return _Seen(forecast, reach, lost)


def _if_lost(ahead: Ahead, seen: _Seen) -> str:
    if not ahead.slots_lost:
        return ""
    return f" but for {ahead.slots_lost} % of its slots, {len(seen.lost)} of them (seed {ahead.seed})"
