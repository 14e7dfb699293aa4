"""One prisoner's chronology: `kw timeline` (help: movements, late-recording)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from keyworker_cli.reports.contact.weeks_of_one import calendar_picture, spells_of, worker_time
from keyworker_cli.reports.contact.why_average import average_figures
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Picture, Report, Row, Section, Value
from keyworker_cli.rules.budget.own_average import OwnAverage, say_average
from keyworker_cli.rules.dates.clock import time_at
from keyworker_cli.rules.dates.london import london
from keyworker_cli.rules.dates.say import say_date, say_day, say_day_near, say_month, say_time
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.sessions import Amended
from keyworker_cli.rules.facts.stays import Stay
from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.sessions.amending import say_field, say_value
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.stays.after_death import LateSessions
from keyworker_cli.rules.timeline.chronology import chronology
from keyworker_cli.rules.timeline.key_work import OnLists, averages, beside_death, on_lists
from keyworker_cli.rules.timeline.on_lists import Mornings
from keyworker_cli.rules.timeline.record import Entry, RecordHistory

if TYPE_CHECKING:
    from keyworker_cli.store.reads.queries import Queries
    from keyworker_cli.store.store import Store

SHOWN_OF_A_NOTE: Final = 90
"""How many letters of a note a line shows, unless the notes are asked for whole."""

BY_WHAT_HAPPENED: Final = (
    "The mornings on the list go by what had happened, whenever it was recorded; --known-at shows what was known."
)


def timeline_report(store: "Store", request: ReportRequest, prisoner: Person, *, whole_notes: bool = False) -> Report:
    """Return all that is recorded of a prisoner up to the end of the day, in order: who recorded it, when and how late.

    What was corrected stands with what it said before, and who corrected it and why. Notes are shown in their first
    words, to people, unless `whole_notes`; scripts get them whole.
    """
    history = read_history(store.queries, prisoner, as_of=request.as_of, settings=request.settings)
    entries = chronology(history, as_of=request.as_of, settings=request.settings)
    listed = on_lists(history, as_of=request.as_of, settings=request.settings)
    late = beside_death(history, settings=request.settings)
    own = averages(history, as_of=request.as_of, settings=request.settings)
    section = entries_section("timeline", "", entries, whole_notes=whole_notes)._replace(
        summary={**_summary(prisoner, entries, listed), **_figures(late, own)},
        lead=(*_lead(entries, listed), *_said(late, own)),
        empty="Nothing is recorded of him by then.",
    )
    return request.report(
        "timeline",
        f"Chronology: {prisoner.name}, {prisoner.prison_number}",
        [section],
        settings=("gap.days", "gap.serious_days", "session.min_minutes"),
        foot=(BY_WHAT_HAPPENED,),
        pictures=history_calendar(history, as_of=request.as_of, settings=request.settings),
    )


def entries_section(name: str, title: str, entries: Iterable[Entry], *, whole_notes: bool = False) -> Section:
    """Return entries of a chronology as a part of a page, under the month of each."""
    return Section(name, title, tuple(_columns(whole_notes=whole_notes)), tuple(map(_row, entries)), group=_month)


def history_calendar(history: RecordHistory, *, as_of: date, settings: Settings) -> Iterator[Picture]:
    """Draw the weeks of his latest stay."""
    stay = next((one for one in history.stays if one.arrived_on <= as_of), None)
    if stay is None:
        return
    until = min(stay.left_on or as_of, as_of)
    in_stay = [one for one in history.held_in_time if stay.arrived_on <= one.allocated_on <= until]
    yield calendar_picture(
        [one for one in history.sessions if stay.arrived_on <= one.held_on <= until and history.in_time(one)],
        [
            *(one.event.event_on for one in history.events if history.in_time(one)),
            *(acct.opened_on for acct in history.accts_in_time),
        ],
        [
            spell
            for held in sorted(in_stay, key=lambda one: one.allocated_on)
            for spell in spells_of(held, history.times[held.allocation_id], as_of=until)
        ],
        since=stay.arrived_on,
        until=until,
        settings=settings,
    )


def read_history(queries: "Queries", prisoner: Person, *, as_of: date, settings: Settings) -> RecordHistory:
    """Gather what is recorded of him, and what time his key workers had."""
    whose, held = prisoner.person_id, queries.allocations_of(prisoner.person_id)

    def contact_in(stay: Stay) -> Contact:
        stood_on = min(stay.left_on or as_of, as_of)
        (contact,) = queries.contact_of_stay(stay.stay_id, as_of=stood_on, settings=settings)
        return contact

    stays = queries.stays_of(whose)
    return RecordHistory(
        prisoner=prisoner,
        stays=stays,
        void_stays=queries.void_stays_of(whose),
        held=held,
        sessions=queries.sessions_of(whose),
        voided=queries.voided_sessions_of(whose),
        amendments=queries.amendments_of(whose),
        moves=queries.moves_of(whose),
        absences=queries.absences_of(whose),
        events=queries.events_of(whose, as_of=as_of, settings=settings),
        accts=queries.accts_of(whose),
        reviews=queries.acct_reviews_of(whose),
        needs=queries.needs_of(whose),
        merges=queries.merges_of(whose),
        stamps=queries.stamps_of(whose),
        contacts={stay.stay_id: contact_in(stay) for stay in stays if stay.arrived_on <= as_of},
        readings=queries.readings_of(whose),
        answers=queries.answers_of(whose),
        times={one.allocation_id: worker_time(queries, one, as_of=as_of) for one in held if one.allocated_on <= as_of},
    )


def _row(entry: Entry) -> Row:
    mark = entry.mark
    return {
        "on": entry.on,
        "at": None if entry.minute is None else time_at(entry.minute),
        "kind": entry.kind.value,
        "text": ". ".join(part for part in (entry.what, entry.details, entry.note) if part),
        "what": entry.what,
        "details": entry.details,
        "note": entry.note,
        "by": mark.by if mark else None,
        "recorded_at": mark.at if mark else None,
        "recorded_known": mark.known if mark else None,
        "late": entry.late,
        "after_death": entry.after_death,
        "amended": [_amendment(one) for one in entry.amended],
    }


def _amendment(one: Amended) -> dict[str, Value]:
    return {"at": one.amended_at, "by": one.by, "why": one.why, "field": one.field, "old": one.old, "new": one.new}


def _summary(prisoner: Person, entries: Sequence[Entry], listed: OnLists) -> dict[str, Value]:
    return {
        "prison_number": prisoner.prison_number,
        "name": prisoner.name,
        "entries": len(entries),
        "late": sum(entry.late is not None for entry in entries),
        "after_death": sum(entry.after_death for entry in entries),
        "amended": sum(bool(entry.amended) for entry in entries),
        "recording_not_known": sum(entry.mark is not None and not entry.mark.known for entry in entries),
        **_mornings("overdue", listed.overdue),
        **_mornings("see_today", listed.see_today),
    }


def _mornings(name: str, runs: Sequence[Mornings]) -> dict[str, Value]:
    return {
        f"mornings_{name}": sum(run.number for run in runs),
        f"{name}_from": runs[0].first_on if runs else None,
        f"{name}_until": runs[-1].last_on if runs else None,
    }


def _lead(entries: Sequence[Entry], listed: OnLists) -> Iterator[str]:
    for name, runs in (("overdue list", listed.overdue), ("list to see today", listed.see_today)):
        if runs:
            number = sum(run.number for run in runs)
            days = f"{say_date(runs[0].first_on)} to {say_date(runs[-1].last_on)}"
            yield f"On the {name} on {say_count(number, 'morning')}, {days}."
    late = sum(entry.late is not None for entry in entries)
    amended = sum(bool(entry.amended) for entry in entries)
    after = sum(entry.after_death for entry in entries)
    beside = [f"{late} recorded late" * bool(late), f"{amended} amended" * bool(amended)]
    beside.append(f"{after} recorded after death" * bool(after))
    counted = ", ".join(part for part in beside if part)
    if entries:
        yield say_count(len(entries), "entry", "entries") + (f": {counted}." if counted else ".")


def _said(late: LateSessions | None, own: tuple[OwnAverage, OwnAverage] | None) -> Iterator[str]:
    """Say what late entries would make of his gap, and his own average beside his last 28 days."""
    if late:
        yield str(late)
    if own:
        yield say_average(*own)


def _figures(late: LateSessions | None, own: tuple[OwnAverage, OwnAverage] | None) -> dict[str, Value]:
    return {
        "days_at_death": late.days if late else None,
        "days_with_late_entries": late.would_be if late else None,
        **(average_figures(*own) if own else {}),
    }


def _month(row: Row) -> str:
    on = row["on"]
    return say_month(on) if isinstance(on, date) else ""


def _what(row: Row) -> str:
    """Say what happened, with the marks that an investigator looks for."""
    marks = [
        f"recorded {row['late']} days late" if row["late"] is not None else "",
        "recorded after death" if row["after_death"] else "",
        "recording moment not known" if row["recorded_known"] is False else "",
        "amended" if row["amended"] else "",
    ]
    said = ", ".join(mark for mark in marks if mark)
    return f"{row['what']} [{said}]" if said else str(row["what"])


def _details(row: Row, *, whole_notes: bool) -> str:
    """Say the rest of it: the note in its first words or whole, and what was corrected, with what it said before."""
    note = str(row["note"] or "")
    if not whole_notes and len(note) > SHOWN_OF_A_NOTE:
        note = f"{note[:SHOWN_OF_A_NOTE].rsplit(maxsplit=1)[0]}…"
    amended = row["amended"]
    corrections = (
        [_correction(one, row["on"], whole=whole_notes) for one in amended] if isinstance(amended, list) else []
    )
    return " | ".join(part for part in (str(row["details"]), note, *corrections) if part)


def _correction(one: Mapping[str, Any], on: Value, *, whole: bool) -> str:
    def said(stored: str | None) -> str:
        text = say_value(one["field"], stored)
        return text if whole or len(text) <= SHOWN_OF_A_NOTE else f"{text[:SHOWN_OF_A_NOTE].rsplit(maxsplit=1)[0]}…"

    at = london(one["at"])
    day = say_day_near(at, on if isinstance(on, date) else at)
    when = f"{day} {say_time(at.time())} by {one['by']} ({one['why']})"
    if one["field"] == "voided_at":
        return f"Taken out {when}"
    return f"Amended {when}: {say_field(one['field'])} {said(one['new'])}, was {said(one['old'])}"


def _recorded(row: Row) -> str:
    at = row["recorded_at"]
    if not isinstance(at, datetime):
        return ""
    local = london(at)
    on = row["on"]
    day = "" if local.date() == on or not isinstance(on, date) else f"{say_day_near(local, on)} "
    return f"{day}{say_time(local.time())}"


def _columns(*, whole_notes: bool) -> Iterator[Column]:
    yield Column("on", "Day", show=_day)
    yield Column("at", "Time", show=lambda row: say_time(row["at"]) if isinstance(row["at"], time) else "", priority=2)
    yield Column("kind")
    yield Column("text", reason=True)
    yield Column("by")
    yield Column("recorded_at")
    yield Column("late")
    yield Column("amended", reason=True)
    yield Column("what", "What", show=_what, wrap=True)
    yield Column("details", "Details", show=partial(_details, whole_notes=whole_notes), wrap=True, reason=True)
    yield Column("note", reason=True)
    yield Column("recorded_known")
    yield Column("after_death")
    yield Column("", "By", show=lambda row: str(row["by"] or ""), priority=1)
    yield Column("", "Recorded", show=_recorded, priority=3)


def _day(row: Row) -> str:
    return say_day(row["on"]) if isinstance(row["on"], date) else ""
