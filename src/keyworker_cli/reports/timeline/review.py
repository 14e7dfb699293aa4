"""After a death: one file for the review, `kw review` (help: review).

It is composed of the parts that other reports about one prisoner have, as of the day he died.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from keyworker_cli.errors import RefusedError
from keyworker_cli.reports.budget.budget import time_facts
from keyworker_cli.reports.contact.handover import own_concerns_section
from keyworker_cli.reports.contact.why import beside_the_gap, clocks_section, identity
from keyworker_cli.reports.contact.why_average import average_figures, average_section
from keyworker_cli.reports.contact.why_markers import his_markers
from keyworker_cli.reports.contact.why_past import key_workers_section
from keyworker_cli.reports.contact.why_record import PrisonerRecord, prisoner_record
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Report, Section
from keyworker_cli.reports.sessions.session_brief import brief_of
from keyworker_cli.reports.timeline.review_mornings import mornings_section
from keyworker_cli.reports.timeline.review_record import his_record, later_that_day, others
from keyworker_cli.reports.timeline.review_weeks import weeks_section
from keyworker_cli.reports.timeline.timeline import entries_section, history_calendar, read_history
from keyworker_cli.reports.words import say_acknowledged
from keyworker_cli.rules.budget.budget import TimeFacts
from keyworker_cli.rules.contact.clocks import tell_clocks
from keyworker_cli.rules.contact.explain import ListingFacts
from keyworker_cli.rules.contact.gaps import Gap, find_gaps
from keyworker_cli.rules.dates.clock import DAY_MINUTES
from keyworker_cli.rules.dates.london import days_between
from keyworker_cli.rules.dates.periods import Window
from keyworker_cli.rules.dates.say import say_date, say_minute
from keyworker_cli.rules.dates.weeks import weeks_between
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.markers.named_on_page import NAMED_LONGEST, NAMED_TODAY
from keyworker_cli.rules.say import say_count, say_prisoner
from keyworker_cli.rules.stays.after_death import died_on
from keyworker_cli.rules.stays.eligible_days import find_holdings
from keyworker_cli.rules.timeline.chronology import chronology
from keyworker_cli.rules.timeline.known_then import Moment
from keyworker_cli.rules.timeline.mornings import (
    StayRecord,
    mornings_of_stay,
    stand,
    stood_on,
)
from keyworker_cli.rules.timeline.on_lists import MEETING
from keyworker_cli.rules.timeline.record import RecordHistory
from keyworker_cli.rules.timeline.why_then import RotaHistory

if TYPE_CHECKING:
    from keyworker_cli.store.reads.queries import Queries
    from keyworker_cli.store.store import Store

DAY: Final = timedelta(days=1)
END_OF_DAY: Final = DAY_MINUTES - 1
SETTINGS: Final = (
    *("gap.days", "gap.serious_days", "session.min_minutes", "target.minutes_per_week"),
    *("concern.days_tier_1", "concern.days_tier_2"),
)


def review_report(store: "Store", request: ReportRequest, prisoner: Person) -> Report:
    """Return one pack for the review of a death: his counts and concerns, mornings, key workers, time, chronology.

    All of it is as it stood when he died; what was recorded later stands apart, in no figure. Raises `RefusedError` for
    a prisoner who had not died by the day asked about.
    """
    settings = request.settings
    known, died = _known(store, request, prisoner)
    history = read_history(store.queries, prisoner, as_of=request.as_of, settings=settings)
    him = his_record(history, known, request)
    window = Window(tuple(weeks_between(known.stay.arrived_on, died)), died)
    time = time_facts(store, window, (), settings=settings)
    then = _rota(history, time, window)
    mornings = _mornings(store.queries, known, him, died, then, request)
    entries = chronology(history, as_of=request.as_of, settings=settings)
    before = [one for one in entries if not one.after_death]
    after = [one for one in entries if one.after_death]
    own = known.averages(history.absences)
    sections = [
        Section("man", "", (), (), lead=(*identity(known), *beside_the_gap(known)), empty=""),
        clocks_section(tell_clocks(_gap(known, request), known.history, as_of=known.clocks_on, settings=settings)),
        average_section(*own),
        *_concerns(store, known, him, died, request),
        mornings,
        _key_workers(known),
        weeks_section(time, then, window, request),
        entries_section("chronology", "Chronology", before, whole_notes=True),
        entries_section("after_death", "Recorded after his death: in no figure above", after)._replace(
            empty="Nothing."
        ),
    ]
    return request.report(
        "review",
        f"For the review of a death: {prisoner.name}, {prisoner.prison_number}",
        sections,
        summary={
            "prison_number": prisoner.prison_number,
            "name": prisoner.name,
            "arrived_on": known.stay.arrived_on,
            "died_on": died,
            "days": known.contact and days_between(known.contact.clock_from, died),
            **average_figures(*own),
            **mornings.summary,
            "entries": len(entries),
            "recorded_after_death": len(after),
        },
        settings=SETTINGS,
        lead=(OF_THE_RECORD,),
        foot=tuple(_foot(history)),
        several=True,
        pictures=history_calendar(history, as_of=request.as_of, settings=settings),
    )


def _known(store: "Store", request: ReportRequest, prisoner: Person) -> tuple[PrisonerRecord, date]:
    """Return what is known of him, and the day he died. Raises `RefusedError` where he had not by the day."""
    known = prisoner_record(store, request, prisoner)
    died = died_on(known.stays) if known else None
    if known is None or died is None or died > request.as_of:
        raise RefusedError(
            f"no death of {say_prisoner(prisoner)} is recorded by {say_date(request.as_of)}: "
            "a review is made after one.",
            f"kw timeline {prisoner.prison_number} is his chronology, kw why {prisoner.prison_number} how he stands.",
        )
    return known, died


def _rota(history: RecordHistory, time: TimeFacts, window: Window) -> RotaHistory:
    """Return what the time of his key workers is judged by."""
    officers = {worker.key_worker_id: worker for worker in time.workers}
    holdings = find_holdings(time.stays, time.absences, time.allocations, window=window)
    return RotaHistory(history, officers, time.slots, holdings)


def _mornings(
    queries: "Queries",
    known: PrisonerRecord,
    him: StayRecord,
    died: date,
    then: RotaHistory,
    request: ReportRequest,
) -> Section:
    """Return how he stood on each morning of his stay, on its last day until he died, and why."""
    moments = [*mornings_of_stay(him.stay, as_of=died), *later_that_day(then.history, died)]
    stood = list(stood_on(him, others(queries, him, died, request), moments, settings=request.settings))
    places = {one.plan_on: one for one in queries.planned_places_of(known.person.person_id, him.stay.arrived_on, died)}
    return mornings_section(stood, places, then, known, request)


OF_THE_RECORD: Final = (
    "From the record, for those who review it: findings name the rota, not the officer. Whether what is recorded "
    "happened, and what was said and not written down, kw cannot tell."
)
AS_KNOWN: Final = (
    f"Mornings: as known at {say_minute(MEETING)} that day, by when each session and event was recorded. Others' "
    "ACCTs, moves and nights away, and why he had had no key work, go by what is recorded now. Named: among the first "
    f"{NAMED_TODAY} to be seen today, or as one of the {NAMED_LONGEST} longest gaps; the page's short lists are not "
    "looked at."
)


def _foot(history: RecordHistory) -> Iterator[str]:
    yield AS_KNOWN
    marks = [one.recorded_known for one in history.sessions] + [one.recorded_known for one in history.events]
    unknown = marks.count(False)
    if unknown:
        yield (
            f"Of {say_count(unknown, 'session or event', 'sessions and events')} nobody recorded when it was written "
            "down: taken as known from the day it happened."
        )


def _gap(known: PrisonerRecord, request: ReportRequest) -> Gap:
    (gap,) = find_gaps([known.contact], as_of=known.clocks_on, settings=request.settings)
    return gap


# --- his key workers ---


def _key_workers(known: PrisonerRecord) -> Section:
    """Return his key workers, with whether each had confirmed the allocation: what an inquest asks."""
    section = key_workers_section(known)
    columns = (
        one._replace(title="Confirmed", show=say_acknowledged) if one.key == "acknowledged_on" else one
        for one in section.columns
    )
    return section._replace(columns=tuple(columns))


# --- concerns ---


def _concerns(
    store: "Store", known: PrisonerRecord, him: StayRecord, died: date, request: ReportRequest
) -> Iterator[Section]:
    """Yield the concerns in force when he died, and those that no session had raised."""
    standing = stand(him, Moment(died, END_OF_DAY), settings=request.settings)
    then = replace(known, ended=None, as_of=died)
    case = ListingFacts(_gap(known, request), None, None, None, None, standing.priority)
    for section in his_markers(store.queries, then, case):
        columns = tuple(one._replace(title="Then") if one.key == "today" else one for one in section.columns)
        yield section._replace(title="Concerns in force when he died", columns=columns)
    brief = brief_of(store, known.person, known.contact, as_of=died, settings=request.settings)
    yield own_concerns_section(brief)._replace(title="Concerns not raised when he died")
