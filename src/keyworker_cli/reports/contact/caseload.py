"""A key worker's own sheet: `kw caseload` (help: privacy).

It answers what Mr B's key worker could not: since when each prisoner has been his, by whom he was allocated and why,
whether they have met, and whether he knows; and what to know before he sees him.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from keyworker_cli.reports.budget import budget_text as budget_words
from keyworker_cli.reports.budget.budget import time_facts
from keyworker_cli.reports.contact import caseload_text as caseload_words
from keyworker_cli.reports.contact.overdue import whom_first
from keyworker_cli.reports.gap_picture import Strip, strips_picture
from keyworker_cli.reports.markers.concerns import say_unraised, unraised_concerns
from keyworker_cli.reports.markers.priorities import priorities_of
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Picture, Report, Row, Section, Value
from keyworker_cli.reports.rota.key_workers import without_cover
from keyworker_cli.reports.words import name_excluded, person, who_and_where
from keyworker_cli.rules.allocation.allocate import still_with_another
from keyworker_cli.rules.allocation.recommend import capacity_of
from keyworker_cli.rules.budget.budget import Budget, find_budgets
from keyworker_cli.rules.budget.time_chain import Time
from keyworker_cli.rules.codes.findings import GapState
from keyworker_cli.rules.contact.caseload import CaseloadEntry, CaseloadFacts, caseload_of
from keyworker_cli.rules.contact.handover import Handover, find_handovers
from keyworker_cli.rules.contact.scope import by_scope
from keyworker_cli.rules.dates.london import days_between
from keyworker_cli.rules.dates.periods import Window, ask_weeks, say_weeks
from keyworker_cli.rules.dates.say import say_date, say_minute
from keyworker_cli.rules.facts.care import OpenNeed
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.officers import MovedAway, Officer
from keyworker_cli.rules.facts.people import Worker
from keyworker_cli.rules.facts.rota import NextSlot
from keyworker_cli.rules.markers.priority import Priority, warnings_for
from keyworker_cli.rules.markers.unraised import Unraised
from keyworker_cli.rules.rota.slots import ROTA_AHEAD, by_officer, next_from
from keyworker_cli.rules.rota.staff_status import absence_began
from keyworker_cli.rules.say import say_count, say_number, say_worker

if TYPE_CHECKING:
    from keyworker_cli.store.reads.queries import Queries
    from keyworker_cli.store.store import Store

TO_DO = ("next_acct_review_on", "not_raised", "topics", "open_needs")
SETTINGS = ("gap.days", "gap.serious_days", "session.min_minutes", "target.minutes_per_week", "capacity.default")


@dataclass(frozen=True)
class Sheet:
    """One officer's sheet: their prisoners in the order to see them, the time of a window, and their next slot."""

    officer: Officer
    prisoners: Sequence[CaseloadEntry]
    excluded: Sequence[Contact]
    time: Time
    cause: str
    window: Window
    next_slot: NextSlot | None
    places: int
    moved: Sequence[MovedAway] = ()
    unraised: Mapping[int, Sequence[Unraised]] = field(default_factory=dict)
    handed_over: Mapping[int, tuple[Handover, Officer | None]] = field(default_factory=dict)

    def count(self, state: GapState) -> int:
        """Count the prisoners here whose gap has a state (help: gap)."""
        return sum(one.gap.state is state for one in self.prisoners if one.contact.away is None)


def caseload_report(store: "Store", request: ReportRequest, worker: Worker) -> Report:
    """Return an officer's sheet: their prisoners in the order to see them, and how each came to be theirs."""
    (sheet,) = _sheets(store, request, [worker])
    return request.report(
        "caseload",
        request.titled(f"Caseload of {say_worker(worker)}"),
        [
            section._replace(size="large", more_hint=f"kw caseload {worker.staff_id}")
            for section in _sections(sheet, request, title="")
        ],
        summary=_summary(sheet),
        settings=SETTINGS,
        warnings=_warnings([sheet]),
        pictures=_strips([sheet]),
    )


def caseloads_report(store: "Store", request: ReportRequest) -> Report:
    """Return the sheets of a wing's key workers, one after the other."""
    workers = [worker for worker in store.queries.workers() if not request.wings or worker.wing in request.wings]
    asked = ReportRequest(request.as_of, request.settings, minute_reached=request.minute_reached)
    sheets = [sheet for sheet in _sheets(store, asked, workers) if sheet.prisoners]
    return request.report(
        "caseload",
        request.titled("Caseloads"),
        [section for sheet in sheets for section in _sections(sheet, request, title=say_worker(sheet.officer))],
        summary={"key_workers": len(sheets), "prisoners": sum(len(sheet.prisoners) for sheet in sheets)},
        settings=SETTINGS,
        warnings=_warnings(sheets),
        lead=() if sheets else (f"No key worker{request.on_wings} has prisoners; kw unallocated lists who has none.",),
        several=True,
        pictures=_strips(sheets),
    )


def _strips(sheets: Sequence[Sheet]) -> Iterator[Picture]:
    """Draw a row a sheet: its prisoners by their gaps, the minutes detailed beside those needed."""
    shown = [sheet for sheet in sheets if sheet.prisoners]
    if shown:
        yield strips_picture(
            (
                Strip(
                    sheet.officer.name,
                    [one.gap for one in sheet.prisoners],
                    sheet.time.allocated_minutes,
                    budget_words.minutes(sheet.time.required_sevenths),
                )
                for sheet in shown
            ),
            weeks=len(shown[0].window.weeks),
        )


def _sheets(store: "Store", request: ReportRequest, workers: Sequence[Worker]) -> Iterator[Sheet]:
    """Yield the officers' sheets; what is true of the whole prison is asked for once."""
    queries, as_of, settings = store.queries, request.as_of, request.settings
    keys = {worker.key_worker_id for worker in workers}
    contacts = queries.contacts(as_of=as_of, settings=settings)
    his = [prisoner for prisoner in contacts if prisoner.key_worker_id in keys and request.covers(prisoner)]
    window = ask_weeks(as_of=as_of)
    budgets = _budgets(store, window, request)
    officers = {one.key_worker_id: one for one in queries.officers(as_of=as_of)}
    slots = {slot.key_worker_id: slot for slot in queries.next_slots(as_of=as_of)}
    ahead = by_officer(queries.slots_between(as_of, as_of + ROTA_AHEAD))
    priorities = priorities_of(store, request, his)
    unraised: dict[int, list[Unraised]] = {}
    for one in unraised_concerns(store, request, his):
        unraised.setdefault(one.prisoner.person_id, []).append(one)
    for worker in workers:
        key = worker.key_worker_id
        inside, excluded = by_scope((prisoner for prisoner in his if prisoner.key_worker_id == key), as_of=as_of)
        budget = budgets.get(key)
        yield Sheet(
            officer=officers[key],
            prisoners=_his_prisoners(queries, key, inside, priorities, request),
            excluded=excluded,
            time=budget.time if budget else Time(),
            cause=f": {budget_words.CAUSE_WORDS[budget.cause]}" if budget and budget.cause else "",
            window=window,
            next_slot=next_from(slots.get(key), ahead.get(key, ()), as_of=as_of, from_minute=request.minute_reached),
            places=capacity_of(officers[key], settings=settings),
            moved=_moved_from(queries, officers[key], contacts, as_of),
            unraised=unraised,
            handed_over=_handed_over(inside, officers, as_of),
        )


def _moved_from(queries: "Queries", officer: Officer, contacts: Iterable[Contact], as_of: date) -> list[MovedAway]:
    """Return the prisoners moved from an officer in their last absence, who could come back now that they are there."""
    began = absence_began(queries.statuses_of(officer.key_worker_id), on=as_of) if officer.active else None
    if began is None:
        return []
    return still_with_another(queries.moved_from(officer.key_worker_id, since=began, as_of=as_of), contacts, officer)


def _handed_over(
    prisoners: Iterable[Contact], officers: Mapping[int, Officer], as_of: date
) -> dict[int, tuple[Handover, Officer | None]]:
    """Return who waits to be confirmed, by his key, each with whose he was before."""
    waiting = find_handovers(prisoners, as_of=as_of)
    return {one.prisoner.person_id: (one, officers.get(one.prisoner.worker_before_id or 0)) for one in waiting}


def _budgets(store: "Store", window: Window, request: ReportRequest) -> Mapping[int, Budget]:
    """Return the time chain of each officer; the prisoners at the window's end have no part in it."""
    facts = time_facts(store, window, (), settings=request.settings)
    found = find_budgets(facts, window=window, settings=request.settings)
    return {one.worker.key_worker_id: one for one in found if one.worker is not None}


def _his_prisoners(
    queries: "Queries", key: int, inside: Sequence[Contact], priorities: Mapping[int, Priority], request: ReportRequest
) -> list[CaseloadEntry]:
    as_of, settings = request.as_of, request.settings
    if not inside:
        return []
    facts = CaseloadFacts(
        allocations=queries.allocations_of_caseload(key, as_of=as_of, settings=settings),
        reviews=queries.reviews_of_caseload(key, as_of=as_of),
        needs=queries.needs_of_caseload(key, as_of=as_of),
        events=queries.events_of_caseload(key, as_of=as_of, settings=settings),
        accts=queries.accts_of_caseload(key, as_of=as_of),
        topics=queries.topics_of_caseload(key, as_of=as_of),
    )
    return caseload_of(inside, facts, priorities=priorities, as_of=as_of, settings=settings)


# --- above the table ---


def _summary(sheet: Sheet) -> dict[str, Value]:
    officer, prisoners, slot = sheet.officer, sheet.prisoners, sheet.next_slot
    return {
        "key_worker": person(officer.staff_id, officer.name),
        "status": officer.status or "ACTIVE",
        "status_from": officer.status_from,
        "return_on": officer.return_on,
        "prisoners": len(prisoners),
        "capacity": sheet.places,
        "never_met": sum(not one.met for one in prisoners),
        "not_acknowledged": sum(not one.known_to_be_his for one in prisoners),
        "handed_over": len(sheet.handed_over),
        "due": sheet.count(GapState.DUE),
        "overdue": sheet.count(GapState.OVERDUE),
        "serious": sheet.count(GapState.SERIOUS),
        "longest_gap_days": max((one.gap.days for one in prisoners if one.contact.away is None), default=None),
        "away": sum(one.contact.away is not None for one in prisoners),
        "moved_to_others": len(sheet.moved),
        "out_of_scope": len(sheet.excluded),
        "from": sheet.window.first_on,
        "to": sheet.window.last_on,
        "required_minutes": budget_words.minutes(sheet.time.required_sevenths),
        "allocated_minutes": sheet.time.allocated_minutes,
        "worked_minutes": sheet.time.worked_minutes,
        "next_slot_on": slot.slot_on if slot else None,
        "next_slot_start": say_minute(slot.start_minute) if slot else None,
    }


def _lead(sheet: Sheet, request: ReportRequest) -> Iterator[str]:
    yield from without_cover(sheet.officer, len(sheet.prisoners), as_of=request.as_of)
    if sheet.moved:
        were = f"{say_count(len(sheet.moved), 'prisoner')} moved to others while {sheet.officer.name} was not there"
        yield f"{were}: kw allocate --return {sheet.officer.staff_id}"
    if sheet.prisoners:
        yield _prisoners(sheet, request.settings.gap_days)
    yield _time(sheet)


def _prisoners(sheet: Sheet, limit: int) -> str:
    s = _summary(sheet)
    beyond = sum(sheet.count(state) for state in (GapState.DUE, GapState.OVERDUE, GapState.SERIOUS))
    longest = f", the longest gap {say_count(int(str(s['longest_gap_days'])), 'day')}" if beyond else ""
    away = f" Out overnight: {s['away']}." if s["away"] else ""
    return (
        f"{say_count(len(sheet.prisoners), 'prisoner')}; capacity {sheet.places}. "
        f"Not met by this key worker: {s['never_met']}. Not acknowledged: {s['not_acknowledged']}. "
        f"No key work for {say_count(limit, 'day')} or more: {beyond}{longest}.{away}"
    )


def _time(sheet: Sheet) -> str:
    """Say what time they were given and when they have some next: the finding names the rota, not the officer."""
    time = sheet.time
    slot = sheet.next_slot
    then = f"{say_date(slot.slot_on)} {say_minute(slot.start_minute)}" if slot else "none on the rota"
    return (
        f"Last {len(sheet.window.weeks)} weeks ({say_weeks(sheet.window.weeks)}): "
        f"{say_number(time.worked_minutes)} worked of {say_number(time.allocated_minutes)} minutes on the rota, "
        f"{say_number(budget_words.minutes(time.required_sevenths))} required{sheet.cause}. Next slot: {then}."
    )


def _warnings(sheets: Sequence[Sheet]) -> Iterator[str]:
    for sheet in sheets:
        for one in sheet.prisoners:
            yield from warnings_for(one.contact, one.priority.markers)
        yield from name_excluded(sheet.excluded)


# --- the parts ---


def _sections(sheet: Sheet, request: ReportRequest, *, title: str) -> list[Section]:
    rows = tuple(_row(one, sheet, request.as_of) for one in sheet.prisoners)
    answer = Section(
        name="caseload",
        title=title,
        columns=caseload_words.columns(request.as_of),
        rows=rows,
        summary=_summary(sheet),
        lead=tuple(_lead(sheet, request)),
        empty=f"{sheet.officer.name} has no prisoners{request.on_wings}.",
        group=whom_first(any_before=any(one.priority.see_today for one in sheet.prisoners)),
    )
    if not rows:
        return [answer]
    came = Section(
        "allocation",
        "When and why each was allocated",
        caseload_words.came_columns(request.as_of),
        rows,
        foot=(*_to_acknowledge(sheet), *_to_read(sheet)),
        beside=True,
    )
    to_do = tuple(row for row in rows if any(row[key] for key in TO_DO))
    return [
        answer,
        came,
        Section(
            "to_do",
            "To raise and to do",
            caseload_words.to_do_columns(request.as_of),
            to_do,
            empty="Nothing.",
            beside=True,
            plain=Section(
                "to_do",
                "To write down when each is seen",
                caseload_words.WRITTEN_COLUMNS,
                rows,
                beside=True,
                size="large",
            ),
        ),
    ]


def _to_acknowledge(sheet: Sheet) -> tuple[str, ...]:
    if all(one.known_to_be_his for one in sheet.prisoners):
        return ()
    return (f"To confirm that they are known: kw caseload {sheet.officer.staff_id} --acknowledge",)


def _to_read(sheet: Sheet) -> Iterator[str]:
    """Say what was handed over and is not confirmed yet, with the page to read."""
    for waits, before in sheet.handed_over.values():
        late = f", not confirmed for {say_count(waits.days, 'day')}" if waits.is_late else ""
        came = f" from {before.name}" if before else ""
        yield f"Handed over{came}: {waits.prisoner.name}{late}. To read: kw handover {waits.prisoner.prison_number}"


def _row(one: CaseloadEntry, sheet: Sheet, as_of: date) -> Row:
    prisoner, held, gap = one.contact, one.held, one.gap
    waits, before = sheet.handed_over.get(prisoner.person_id, (None, None))
    return {
        "days": gap.days,
        "state": gap.state.value,
        **who_and_where(prisoner),
        "arrived_on": prisoner.arrived_on,
        "last_session_on": prisoner.last_session_on,
        "last_session_by": person(prisoner.last_session_staff_id, prisoner.last_session_by),
        "weeks": gap.weeks,
        "never_seen": prisoner.never_seen,
        "records_from": prisoner.records_begin_on,
        "refusals_since": prisoner.refusals_since,
        "key_worker": person(prisoner.staff_id, prisoner.worker_name),
        "allocated_on": held.allocated_on,
        "allocated_days": days_between(held.allocated_on, as_of),
        "allocation_reason": held.allocation_reason,
        "allocated_by": held.allocated_by,
        "because": held.because,
        "acknowledged_on": held.acknowledged_on,
        "met": one.met,
        "handed_over_by": person(before.staff_id, before.name) if before else None,
        "handover_late": waits.is_late if waits else None,
        "first_met_on": prisoner.met_on,
        "last_met_on": held.last_met_on,
        "sessions": held.sessions,
        "see_today": one.priority.see_today,
        "tier": one.priority.tier,
        "away": prisoner.away,
        "open_needs": len(one.needs),
        "first_need": _need(one.needs[0]) if one.needs else None,
        "next_acct_review_on": one.review.due_on if one.review else None,
        "invited_to_review": one.review.key_worker_invited if one.review else None,
        "topics": [topic.topic.value for topic in one.topics],
        "not_raised": [say_unraised(concern) for concern in sheet.unraised.get(prisoner.person_id, ())],
    }


def _need(need: OpenNeed) -> Mapping[str, Value]:
    return {"text": need.text, "owner": need.owner, "due_on": need.due_on}
