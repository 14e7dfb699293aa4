"""What a report asks, known from its name: the database can find it while the rest of kw is being loaded."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from keyworker_cli.rules.settings import Settings

if TYPE_CHECKING:
    from keyworker_cli.store.reads.queries import Queries

    Asks = Callable[[Queries, date, Settings], None]

AHEAD, ARRIVALS, WEEK = timedelta(days=14), timedelta(days=28), timedelta(weeks=1)
TREND, LATENESS = timedelta(weeks=8), timedelta(days=27)
CHART, LOOK_BACK = timedelta(weeks=16), timedelta(weeks=4)
"""How far the page looks back and ahead. A test holds them to what it asks."""


def _men(queries: "Queries", as_of: date, settings: Settings) -> None:
    queries.contacts(as_of=as_of, settings=settings)


def _signals(queries: "Queries", as_of: date, settings: Settings) -> None:
    _men(queries, as_of, settings)
    queries.marking_events(as_of=as_of, settings=settings)
    queries.accts_here(as_of=as_of)
    queries.moves_lately(as_of=as_of)
    queries.late_reviews(as_of=as_of)


def _markers(queries: "Queries", as_of: date, settings: Settings) -> None:
    _signals(queries, as_of, settings)
    queries.officers_latest_slots(as_of=as_of)
    queries.latest_slots(as_of=as_of)
    queries.key_workers_had(as_of=as_of)


def _list(queries: "Queries", as_of: date, settings: Settings) -> None:
    _markers(queries, as_of, settings)
    queries.rota_since(as_of=as_of, settings=settings)
    queries.next_slots(as_of=as_of)


def _page(queries: "Queries", as_of: date, settings: Settings) -> None:
    monday = as_of - timedelta(days=as_of.weekday())
    since, sunday = monday - CHART, monday + timedelta(days=6)
    _men(queries, as_of, settings)
    queries.slots_between(as_of, as_of + AHEAD)
    _markers(queries, as_of, settings)
    queries.next_slots(as_of=as_of)
    queries.places_planned(as_of)
    queries.rota_since(as_of=as_of, settings=settings)
    queries.first_sessions(arrived_since=as_of - ARRIVALS, as_of=as_of, settings=settings)
    queries.former_workers(as_of=as_of)
    queries.officers(as_of=as_of)
    queries.workers()
    queries.stay_spans(since, sunday, as_of=as_of)
    queries.absence_spans(since, sunday, as_of=as_of)
    queries.allocation_spans(since, sunday, as_of=as_of)
    queries.slots_between(monday - LOOK_BACK, sunday)
    queries.time_held(monday - TREND, as_of)
    queries.sessions_of_wings(since, as_of, settings=settings)
    queries.acquaintances(as_of=as_of, settings=settings)
    queries.acct_reviews(as_of - WEEK, as_of + WEEK, as_of=as_of)
    queries.needs_here(as_of=as_of)
    queries.recording_times(as_of - LATENESS, as_of)
    queries.latest_departure(as_of=as_of)


ASKED_FIRST: "Mapping[str, Asks]" = {
    "overdue": _list,
    "briefing": _page,
    "unallocated": _markers,
    "allocate": _men,
    "plan": _signals,
    "forecast": _signals,
    "first-meetings": _men,
    "not-met": _men,
    "stats": _men,
}
"""By the name of the command, what it asks of everybody, in that order. What it then asks besides is found too."""
