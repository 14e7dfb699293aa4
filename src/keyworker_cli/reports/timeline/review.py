"""After a death: one file for the review, `kw review` (help: review).

It is composed of the parts that other reports about one prisoner have, as of the day he died.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from keyworker_cli.errors import RefusedError
from keyworker_cli.reports.budget.budget import time_facts
from keyworker_cli.reports.contact.handover import own_concerns_section
from keyworker_cli.reports.contact.why import clocks_section, identity, key_workers_section
from keyworker_cli.reports.contact.why_average import average_figures, average_section
from keyworker_cli.reports.contact.why_markers import his_markers
from keyworker_cli.reports.contact.why_record import PrisonerRecord, prisoner_record
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Report, Row, Section
from keyworker_cli.reports.sessions.session_brief import brief_of
from keyworker_cli.reports.timeline.review_mornings import mornings_section
from keyworker_cli.reports.timeline.review_weeks import weeks_section
from keyworker_cli.reports.timeline.timeline import entries_section, history_calendar, read_history
from keyworker_cli.reports.words import say_date_or
from keyworker_cli.rules.contact.clocks import tell_clocks
from keyworker_cli.rules.contact.explain import ListingFacts
from keyworker_cli.rules.contact.gaps import Gap, find_gaps
from keyworker_cli.rules.dates.clock import DAY_MINUTES, minute_of_day
from keyworker_cli.rules.dates.london import days_between, london, london_date
from keyworker_cli.rules.dates.periods import Window
from keyworker_cli.rules.dates.say import say_date, say_minute
from keyworker_cli.rules.dates.weeks import weeks_between
from keyworker_cli.rules.facts.mornings import ReviewSpan, StayHere
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.spans import AbsenceSpan
from keyworker_cli.rules.markers.derived import changes_of_cell
from keyworker_cli.rules.markers.named_on_page import NAMED_LONGEST, NAMED_TODAY
from keyworker_cli.rules.say import say_count, say_prisoner
from keyworker_cli.rules.stays.after_death import died_on
from keyworker_cli.rules.stays.eligible_days import find_holdings
from keyworker_cli.rules.timeline.chronology import chronology
from keyworker_cli.rules.timeline.known_then import KnownAcct, Moment, seen_as_recorded
from keyworker_cli.rules.timeline.mornings import (
    PrisonRecord,
    StayRecord,
    mornings_of_stay,
    records_of,
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
    queries, settings = store.queries, request.settings
    known = prisoner_record(store, request, prisoner)
    died = died_on(known.stays) if known else None
    if known is None or died is None or died > request.as_of:
        raise RefusedError(
            f"no death of {say_prisoner(prisoner)} is recorded by {say_date(request.as_of)}: "
            "a review is made after one.",
            f"kw timeline {prisoner.prison_number} is his chronology, kw why {prisoner.prison_number} how he stands.",
        )
    history = read_history(queries, prisoner, as_of=request.as_of, settings=settings)
    him = _his_record(history, known, request)
    window = Window(tuple(weeks_between(known.stay.arrived_on, died)), died)
    time = time_facts(store, window, (), settings=settings)
    then = RotaHistory(
        history,
        {worker.key_worker_id: worker for worker in time.workers},
        time.slots,
        find_holdings(time.stays, time.absences, time.allocations, window=window),
    )
    moments = [*mornings_of_stay(him.stay, as_of=died), *_later_that_day(history, died)]
    stood = list(stood_on(him, _others(queries, him, died, request), moments, settings=settings))
    places = {one.plan_on: one for one in queries.planned_places_of(prisoner.person_id, him.stay.arrived_on, died)}
    entries = chronology(history, as_of=request.as_of, settings=settings)
    own = known.averages(history.absences)
    mornings = mornings_section(stood, places, then, known, request)
    sections = [
        Section("man", "", (), (), lead=(*identity(known), *_beside(known)), empty=""),
        clocks_section(tell_clocks(_gap(known, request), known.course, as_of=known.clocks_on, settings=settings)),
        average_section(*own),
        *_concerns(store, known, him, died, request),
        mornings,
        _key_workers(known),
        weeks_section(time, then, window, request),
        entries_section("chronology", "Chronology", [one for one in entries if not one.after_death], whole_notes=True),
        entries_section(
            "after_death", "Recorded after his death: in no figure above", [one for one in entries if one.after_death]
        )._replace(empty="Nothing."),
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
            "recorded_after_death": sum(one.after_death for one in entries),
        },
        settings=SETTINGS,
        lead=(OF_THE_RECORD,),
        foot=tuple(_foot(history)),
        several=True,
        pictures=history_calendar(history, as_of=request.as_of, settings=settings),
    )


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


def _beside(known: PrisonerRecord) -> Iterator[str]:
    if known.beside:
        yield str(known.beside)


def _gap(known: PrisonerRecord, request: ReportRequest) -> Gap:
    (gap,) = find_gaps([known.contact], as_of=known.clocks_on, settings=request.settings)
    return gap


# --- what was recorded ---


def _his_record(history: RecordHistory, known: PrisonerRecord, request: ReportRequest) -> StayRecord:
    """Return his own record of the stay in which he died, each part with when it was known."""
    stay, whose = known.stay, known.person
    until = stay.left_on or request.as_of

    def moments(table: str, on: date) -> dict[str, datetime | None]:
        recorded, changed = history.recorded(table, on), history.changed(table, on)
        known_then = recorded is not None and recorded.known
        return {
            "recorded_at": recorded.at if known_then and recorded else None,
            "changed_at": changed.at if known_then and changed else None,
        }

    of_the_stay = [one for one in (*history.sessions, *history.voided) if stay.arrived_on <= one.held_on <= until]
    seen = seen_as_recorded(
        [one for one in of_the_stay if history.in_time(one)], history.amendments, settings=request.settings
    )
    return StayRecord(
        prisoner=known.contact,
        stay=StayHere(
            whose.person_id,
            whose.prison_number,
            stay.arrived_on,
            stay.arrival_type,
            stay.left_on,
            stay.out_of_scope_from,
            stay.records_from,
            stay.location,
        ),
        seen=sorted(seen, key=lambda one: (one.held_on, one.start_minute or 0)),
        events=[one for one in history.events if history.in_time(one)],
        accts=[KnownAcct(one, **moments("acct", one.opened_on)) for one in history.accts_in_time],
        reviews=[ReviewSpan(whose.person_id, one.due_on, one.held_on) for one in history.reviews],
        moved_on=changes_of_cell(
            stay.location,
            (
                (one.moved_on, one.location)
                for one in reversed(history.moves)
                if history.in_time(one) and stay.arrived_on <= one.moved_on <= until
            ),
        ),
        nights=[AbsenceSpan(whose.person_id, one.from_on, one.to_on) for one in history.absences],
    )


def _others(queries: "Queries", him: StayRecord, died: date, request: ReportRequest) -> list[StayRecord]:
    """Return everybody else who was here in his stay: each question is asked once, however long that was."""
    since, settings = him.stay.arrived_on, request.settings
    prison = PrisonRecord(
        stays=queries.stays_between(since, died, as_of=died),
        seen=queries.sessions_seen_between(since, died, as_of=died, settings=settings),
        events=queries.events_between(since, died, as_of=died, settings=settings),
        accts=queries.accts_between(since, died, as_of=died),
        reviews=queries.reviews_between(since, died, as_of=died),
        moves=queries.moves_between(since, died, as_of=died),
        nights=queries.absence_spans(since, died, as_of=died),
    )
    return records_of(prison, template=him.prisoner, but=him.stay.person_id)


def _later_that_day(history: RecordHistory, died: date) -> Iterator[Moment]:
    """Yield the minutes of his last day, after the meeting, at which an event of it was recorded."""
    written = [
        minute_of_day(london(one.recorded_at).time())
        for one in history.events
        if one.recorded_known and history.in_time(one) and one.event_on == died == london_date(one.recorded_at)
    ]
    return (Moment(died, minute) for minute in sorted({minute + 1 for minute in written if minute >= MEETING}))


# --- his key workers ---


def _key_workers(known: PrisonerRecord) -> Section:
    """Return his key workers, with whether each had confirmed the allocation: what an inquest asks."""
    section = key_workers_section(known)
    columns = (
        one._replace(title="Confirmed", show=_confirmed) if one.key == "acknowledged_on" else one
        for one in section.columns
    )
    return section._replace(columns=tuple(columns))


def _confirmed(row: Row) -> str:
    return say_date_or(row["acknowledged_on"], "no")


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
    in_time = replace(
        brief,
        sessions=list(known.sessions),
        events=[one.event for one in him.events],
        accts=[one.acct for one in him.accts],
    )
    yield own_concerns_section(in_time)._replace(title="Concerns not raised when he died")
