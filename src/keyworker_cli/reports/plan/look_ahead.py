"""The days to come as they are known on the day asked about, to be forecast with one rota or another."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from keyworker_cli.reports.plan.day_plan import known_on
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.rules.dates.weeks import look_back_from
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.officers import Officer
from keyworker_cli.rules.facts.rota import LatestSlot, Slot
from keyworker_cli.rules.plan.days_ahead import known_by
from keyworker_cli.rules.plan.forecast import Forecast, Outlook, forecast_contact
from keyworker_cli.rules.rota.offers import USUAL_WEEKS, usual_offers
from keyworker_cli.rules.rota.reach import rota_reach
from keyworker_cli.rules.rota.slots import is_published

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store


@dataclass(frozen=True)
class LookAhead:
    """What is known of the days to come: `outlook.slots` are those published; `latest` how far the wings' rota goes."""

    request: ReportRequest
    outlook: Outlook
    latest: Sequence[LatestSlot]
    until: date

    def reach(self, slots: Sequence[Slot]) -> Mapping[str | None, date]:
        """Return the last day of any rota by wing, under `None` that of the prison, with some slots published."""
        return rota_reach(self.latest, slots, as_of=self.request.as_of)

    def forecast(
        self,
        slots: Sequence[Slot],
        *,
        look_at: Collection[date] = (),
        until: date | None = None,
        limit: int | None = None,
    ) -> Forecast:
        """Return what the days hold if these are the slots: up to the last of them, with the limit that is set.

        On the days to `look_at` also who is left out.
        """
        as_of, settings = self.request.as_of, self.request.settings
        return forecast_contact(
            replace(self.outlook, slots=slots),
            as_of=as_of,
            until=until or self.until,
            session_minutes=settings.target_minutes_per_week,
            reach=self.reach(slots),
            settings=settings if limit is None else settings._replace(gap_days=limit),
            from_minute=self.request.minute_reached,
            look_at=look_at,
        )


def look_ahead(store: "Store", request: ReportRequest, prisoners: Sequence[Contact], *, until: date) -> LookAhead:
    """Return the days to come up to one of them, as they are known on the day asked about."""
    queries, as_of, settings = store.queries, request.as_of, request.settings
    outlook = Outlook(
        prisoners=prisoners,
        absences=queries.absence_spans(as_of, until, as_of=as_of),
        known=known_on(store, request),
        slots=[slot for slot in queries.slots_between(as_of, until) if is_published(slot, as_of)],
        known_by=known_by(queries.acquaintances(as_of=as_of, until=until, settings=settings)),
    )
    return LookAhead(request, outlook, queries.latest_slots(as_of=as_of), until)


def officers_there(store: "Store", days: Sequence[date]) -> dict[date, list[Officer]]:
    """Return who is there to do key work on each of some days."""
    return {on: [one for one in store.queries.officers(as_of=on) if one.active] for on in days}


def usual_times(
    store: "Store", request: ReportRequest, days: Sequence[date], there: Mapping[date, Sequence[Officer]]
) -> list[Slot]:
    """Return the slots that officers could give on some days by what was usual in the last 8 weeks (help: forecast)."""
    queries, as_of = store.queries, request.as_of
    past = queries.slots_between(look_back_from(as_of, USUAL_WEEKS), as_of)
    recorded = [slot for slot in queries.slots_between(days[0], days[-1]) if is_published(slot, as_of)]
    return usual_offers(past, recorded, days=days, there=there, as_of=as_of)


def days_from(first: date, last: date) -> list[date]:
    """Return the days from one to another, both included."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
