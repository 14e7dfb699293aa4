"""Why one prisoner is, or is not, on today's list: `kw why`.

It stands on the same facts and rules as the list itself, so that the two cannot disagree.

help: gap, see-today, why-overdue, early-days, movements, allocation.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from keyworker_cli.reports.contact.overdue import ORDER_OF_WORK
from keyworker_cli.reports.contact.todays_work import read_todays_work, say_whose_he_is_today
from keyworker_cli.reports.contact.weeks_of_one import calendar_picture, spells_of, worker_time
from keyworker_cli.reports.contact.why_average import average_section
from keyworker_cli.reports.contact.why_markers import his_markers, his_topics, is_for_today, who_could_see
from keyworker_cli.reports.contact.why_past import earlier_stays_section, key_workers_section, sessions_section
from keyworker_cli.reports.contact.why_record import PrisonerRecord, case_of, prisoner_record
from keyworker_cli.reports.markers.concerns import unraised_concerns
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Picture, Report, Row, Section, Value
from keyworker_cli.reports.words import person
from keyworker_cli.rules.codes.findings import GapState
from keyworker_cli.rules.codes.records import ArrivalType, DepartureReason
from keyworker_cli.rules.codes.words import ARRIVAL_WORDS
from keyworker_cli.rules.contact.clocks import Clock, ClockName, tell_clocks
from keyworker_cli.rules.contact.explain import ListingFacts, explain_case
from keyworker_cli.rules.dates.london import age_on, days_between
from keyworker_cli.rules.dates.say import say_date, say_days
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.markers.priority import warnings_for
from keyworker_cli.rules.stays.movements import say_departure

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store


def why_report(store: "Store", request: ReportRequest, prisoner: Person) -> Report:
    """Return whether he is on the list and to be seen today, and why: his clocks, markers, topics, key workers.

    Of a prisoner who has left or died the clocks stand as on that day, and no marker is in force; of one who is yet to
    come there is only that.
    """
    known = prisoner_record(store, request, prisoner)
    if known is None:
        return _report(request, prisoner, [_not_here_yet(store, request, prisoner)], {"listed": False})
    case = case_of(store, request, known)
    unraised = [] if known.ended else unraised_concerns(store, request, [known.contact])
    others = [other.number for other in store.queries.other_numbers_of(prisoner.person_id)]
    explained = explain_case(case, as_of=request.as_of, settings=request.settings, from_minute=request.minute_reached)
    answer, *behind = *explained, *beside_the_gap(known)
    first = (answer, *_by_whom(store, request, case))
    sections = [
        Section("man", "", (), (), lead=(*first, *identity(known), *known.planned, *_other_numbers(others)), empty=""),
        _todays_list([answer, *behind]),
        *is_for_today(known, case, unraised),
        *who_could_see(store.queries, known, from_minute=request.minute_reached),
        clocks_section(tell_clocks(case.gap, known.history, as_of=known.clocks_on, settings=request.settings)),
        average_section(*known.averages(store.queries.absences_of(prisoner.person_id))),
        *his_markers(store.queries, known, case),
        *his_topics(store.queries, known),
        sessions_section(known),
        key_workers_section(known),
        earlier_stays_section(known),
    ]
    warnings = warnings_for(known.contact, case.priority.markers)
    foot = () if known.ended else (ORDER_OF_WORK,)
    summary = {"also_known_by": others, **_summary(known, case)}
    pictures = [_calendar(store, known)]
    return _report(request, prisoner, sections, summary, warnings=warnings, foot=foot, pictures=pictures)


def _by_whom(store: "Store", request: ReportRequest, case: ListingFacts) -> Iterator[str]:
    """Say who sees him today by the plan, where he is to be seen."""
    if case.listed is not None and case.priority.see_today and case.gap.contact.away is None:
        today = read_todays_work(store, request)
        yield from say_whose_he_is_today(today, case.gap.contact.person_id)


def _calendar(store: "Store", known: PrisonerRecord) -> Picture:
    """Draw his weeks in this stay, up to the day asked about or the day that ended it."""
    queries, as_of = store.queries, known.as_of
    until = known.ended.on if known.ended else as_of
    spells = [
        spell
        for held in reversed(list(known.held_in(known.stay)))
        for spell in spells_of(held, worker_time(queries, held, as_of=until), as_of=until)
    ]
    events = queries.events_of(known.person.person_id, as_of=as_of, settings=known.settings)
    return calendar_picture(
        list(known.sessions_in(known.stay)),
        [
            *(one.event.event_on for one in events),
            *(acct.opened_on for acct in queries.accts_of(known.person.person_id)),
        ],
        spells,
        since=known.stay.arrived_on,
        until=until,
        settings=known.settings,
    )


def _report(
    request: ReportRequest,
    prisoner: Person,
    sections: Sequence[Section],
    summary: dict[str, Value],
    *,
    warnings: Sequence[str] = (),
    foot: Sequence[str] = (),
    pictures: Sequence[Picture] = (),
) -> Report:
    return request.report(
        "why",
        f"{prisoner.name}, {prisoner.prison_number}",
        sections,
        summary={"prison_number": prisoner.prison_number, "name": prisoner.name, **summary},
        settings=("gap.days", "gap.serious_days", "session.min_minutes", "first_meeting.days"),
        warnings=warnings,
        foot=foot,
        several=True,
        pictures=pictures,
    )


# --- who he is ---


def identity(known: PrisonerRecord) -> Iterator[str]:
    """Say who he is, where, and since when; of one who has left, when and how."""
    prisoner, stay, contact, as_of = known.person, known.stay, known.contact, known.as_of
    came = f"arrived on {say_date(stay.arrived_on)} ({ARRIVAL_WORDS[ArrivalType(stay.arrival_type)]})"
    if not stay.arrival_known:
        came = f"was here already on {say_date(stay.arrived_on)}, since when is not known"
    born = f"{age_on(prisoner.date_of_birth, as_of)} years old; " if prisoner.date_of_birth else ""
    if known.left_on is not None:
        left = say_departure(stay)
        length = say_days(days_between(stay.arrived_on, known.left_on))
        least = "" if stay.arrival_known else "at least "
        yield f"He {came} and {left} on {say_date(known.left_on)}, after {least}{length}."
        if stay.departure_reason == DepartureReason.DIED:
            yield "His record is locked: kept, readable, never edited."
        return
    ago = f", {say_days(days_between(stay.arrived_on, as_of))} ago" * stay.arrival_known
    wing = f", wing {contact.wing}" if contact.wing and contact.location and "-" not in contact.location else ""
    yield f"{contact.location or 'No location recorded'}{wing}; {born}{came}{ago}."
    if stay.out_of_scope_from and stay.out_of_scope_from <= as_of:
        why = stay.out_of_scope_reason or "no reason recorded"
        yield f"Out of scope from {say_date(stay.out_of_scope_from)}: {why}. He is named beside every total."


def _other_numbers(others: Sequence[str]) -> Iterator[str]:
    if others:
        yield f"Also known by {', '.join(others)}: one prisoner, either number finds him."


def _not_here_yet(store: "Store", request: ReportRequest, prisoner: Person) -> Section:
    later = [stay.arrived_on for stay in store.queries.stays_of(prisoner.person_id)]
    came = f"he arrived on {say_date(min(later))}" if later else "no stay of his is recorded"
    lead = f"Not here on {say_date(request.as_of)}: {came}."
    return Section("man", "", (), (), lead=(lead,), empty="")


def _summary(known: PrisonerRecord, case: ListingFacts) -> dict[str, Value]:
    prisoner, stay, listed = known.contact, known.stay, case.listed
    return {
        "date_of_birth": prisoner.date_of_birth,
        "location": prisoner.location,
        "wing": prisoner.wing,
        "arrived_on": stay.arrived_on,
        "arrival_type": stay.arrival_type,
        "left_on": known.left_on,
        "departure_reason": stay.departure_reason if known.left_on else None,
        "out_of_scope_from": prisoner.out_of_scope_from,
        "out_of_scope_reason": prisoner.out_of_scope_reason,
        "away": prisoner.away,
        "key_worker": person(prisoner.staff_id, prisoner.worker_name),
        "days": case.gap.days,
        "days_with_late_entries": known.beside.would_be if known.beside else None,
        "weeks": case.gap.weeks,
        "state": "frozen" if known.ended else case.gap.state.value,
        "listed": listed is not None,
        "why": listed.why.value if listed and listed.reached else None,
        "next_slot_on": case.next_slot.slot_on if case.next_slot else None,
        "refusals_since": prisoner.refusals_since,
        "refusals_in_window": prisoner.refusals_in_window,
        "refusals_at_door": prisoner.refusals_at_door,
        "tier": case.priority.tier,
        "see_today": case.priority.see_today,
    }


# --- the parts ---


def beside_the_gap(known: PrisonerRecord) -> Iterator[str]:
    """Say what was recorded after his death would make of his gap, which stays what it was."""
    if known.beside:
        yield str(known.beside)


def _todays_list(sentences: list[str]) -> Section:
    """Return whether he is on the list, and what is behind it; whether he is stands first of all on the page."""
    behind = tuple(sentences[1:])
    title = "What is behind it" if behind else ""
    return Section("list", title, (), (), {"sentences": sentences}, lead=behind, empty="")


def clocks_section(clocks: Sequence[Clock]) -> Section:
    """Return his four counts as a part of a page."""
    rows = tuple(
        {
            "clock": one.clock.value,
            "from": one.since,
            "days": one.days,
            "state": str(one.state),
            "sentence": one.sentence,
        }
        for one in clocks
    )
    return Section("clocks", "Time since", CLOCK_COLUMNS, rows)


def _state(row: Row) -> str:
    return str(row["state"]).replace("_", " ")


CLOCK_WORDS = {
    ClockName.CONTACT_GAP: "Last key work",
    ClockName.NEVER_SEEN: "First key work",
    ClockName.NOT_MET: "Not met",
    ClockName.UNALLOCATED: "No key worker",
}

CLOCK_COLUMNS = (
    Column("clock", "Time since", show=lambda row: CLOCK_WORDS[ClockName(str(row["clock"]))]),
    Column("from"),
    Column("days", "Days", align="right", show=lambda row: "-" if row["days"] is None else str(row["days"])),
    Column("state", "State", show=_state, style=lambda row: "warn" if row["state"] == GapState.SERIOUS else ""),
    Column("sentence", "In words", wrap=True),
)
