"""The chronology of key work with a prisoner: who was his key worker, what time that officer had, and what was held."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Final

from keyworker_cli.rules.budget.own_average import OwnAverage, own_averages
from keyworker_cli.rules.codes.records import (
    AllocationReason,
    DepartureReason,
    Mode,
    Outcome,
    SessionType,
    StaffStatus,
)
from keyworker_cli.rules.codes.words import ALLOCATED_AS, say_ended
from keyworker_cli.rules.contact.counted import is_at_the_door, is_counted
from keyworker_cli.rules.dates.clock import DAY, minute_of_day
from keyworker_cli.rules.dates.london import days_between, london, london_date
from keyworker_cli.rules.dates.say import say_date, say_day, say_days, say_span
from keyworker_cli.rules.facts.officers import Allocation
from keyworker_cli.rules.facts.sessions import SessionHeld
from keyworker_cli.rules.facts.stays import Stay
from keyworker_cli.rules.rota.spells import LOST, NO_ROTA, RotaSpell, spells_without_time
from keyworker_cli.rules.rota.staff_status import STATUS_WORDS, comes_back_on, say_why_dropped
from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.sessions.case_note import say_topics
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.stays.after_death import LateSessions, died_on, in_time, late_sessions
from keyworker_cli.rules.timeline.on_lists import Mornings, Signals, mornings_overdue, mornings_to_be_seen
from keyworker_cli.rules.timeline.record import Entry, EntryKind, Mark, RecordHistory

NOT_HELD: Final = {
    Outcome.REFUSED: (EntryKind.REFUSED, "Refused a {} with {}"),
    Outcome.DID_NOT_ATTEND: (EntryKind.DID_NOT_ATTEND, "Did not attend a {} with {}"),
    Outcome.CANCELLED: (EntryKind.CANCELLED, "Cancelled: a {} with {}"),
}
TYPES: Final = {SessionType.KS: "session", SessionType.KE: "key worker entry"}


def allocations(history: RecordHistory) -> Iterator[Entry]:
    """Yield who became his key worker, who had that known, and when it ended."""
    for held in reversed(history.held):
        by = f" by {held.allocated_by}" if held.allocated_by else ""
        at = _minute(held.allocated_at, held.allocated_on)
        what = f"Allocated to {held.name}{by} ({ALLOCATED_AS[AllocationReason(held.allocation_reason)]})"
        mark = Mark(held.recorded_by, held.recorded_at, held.recorded_known)
        if held.held_no_day:
            what = f"{what}, corrected on the day it began: {say_ended(held.end_reason)}"
            yield Entry(held.allocated_on, EntryKind.ALLOCATION, what, at, held.because or "", mark=mark)
            continue
        yield Entry(held.allocated_on, EntryKind.ALLOCATION, what, at, held.because or "", mark=mark)
        if held.acknowledged_on is not None:
            yield Entry(held.acknowledged_on, EntryKind.ALLOCATION, f"{held.name} confirmed the allocation")
        if held.ended_on is not None:
            by = f", recorded by {held.ended_by}" if held.ended_by else ""
            yield Entry(
                held.ended_on, EntryKind.ALLOCATION_END, f"{held.name} no longer his: {say_ended(held.end_reason)}{by}"
            )


def _minute(at: datetime | None, on: date) -> int | None:
    """Return the minute of the day of a moment, where it falls on that day."""
    return minute_of_day(london(at).time()) if at is not None and london_date(at) == on else None


def spells_without(history: RecordHistory, *, as_of: date) -> Iterator[Entry]:
    """Yield each spell of a stay in which he had no key worker, from the day it began."""
    for stay in history.stays:
        end = min(stay.left_on or as_of, stay.out_of_scope_from or as_of, as_of)
        own = sorted((held.allocated_on, held.ended_on or end) for held in history.held_in_time if _in_stay(held, stay))
        edges = [(stay.arrived_on, stay.arrived_on), *own, (end, end)]
        for (_, free_from), (free_until, _) in pairwise(edges):
            if days := days_between(free_from, free_until):
                until = "so far" if free_until == end and end == as_of else f"until {say_date(free_until)}"
                yield Entry(free_from, EntryKind.NO_KEY_WORKER, f"No key worker for {say_days(days)}, {until}")


def _in_stay(held: Allocation, stay: Stay) -> bool:
    return (
        not held.held_no_day
        and stay.arrived_on <= held.allocated_on
        and (stay.left_on is None or held.allocated_on <= stay.left_on)
    )


def workers_time(history: RecordHistory, *, as_of: date) -> Iterator[Entry]:
    """Yield when his key worker was not there, and the weeks in which that officer worked no time on the rota."""
    for held in history.held:
        if held.allocation_id not in history.times or held.held_no_day:
            continue
        time = history.times[held.allocation_id]
        until = min(held.ended_on - DAY if held.ended_on else as_of, as_of)
        for spell in spells_without_time(time.slots, since=held.allocated_on, until=until, rota_until=time.rota_until):
            yield Entry(spell.first_on, EntryKind.ROTA, _rota(held, spell))
        for status in time.statuses:
            back_on = comes_back_on(status.status, status.return_on)
            ends = min(day for day in (back_on, status.until_on, date.max) if day)
            if status.status != StaffStatus.ACTIVE and status.from_on <= until and ends > held.allocated_on:
                begins = max(status.from_on, held.allocated_on)
                back = "" if ends == date.max else f", until {say_date(ends)}"
                what = f"{held.name} {STATUS_WORDS[StaffStatus(status.status)]}{back}"
                mark = Mark(status.recorded_by, status.recorded_at, status.recorded_known)
                yield Entry(begins, EntryKind.WORKER_AWAY, what, mark=mark)


def _rota(held: Allocation, spell: RotaSpell) -> str:
    days = say_span(spell.first_on, spell.last_on)
    if spell.kind == LOST:
        slots = "its one slot" if spell.slots == 1 else f"all {spell.slots} slots"
        return f"{held.name}'s rota, {days}: {slots} dropped ({', '.join(map(say_why_dropped, spell.reasons))})"
    if spell.kind == NO_ROTA:
        return f"No rota recorded, {days}: nobody can tell whether {held.name} had time"
    weeks = "" if spell.weeks == 1 else f" ({spell.weeks} weeks)"
    return f"No key work detailed for {held.name}, {days}{weeks}"


def sessions(history: RecordHistory, *, settings: Settings) -> Iterator[Entry]:
    """Yield what was held, refused or missed, and what was taken out again; each with what was corrected in it."""
    for session in history.sessions:
        kind, what = _session(session, settings)
        noted = _note_after_death(history, session)
        yield _entry(history, session._replace(note=None) if noted else session, kind, what)
        if noted:
            yield noted
    for session in history.voided:
        _, what = _session(session, settings)
        yield _entry(history, session, EntryKind.VOIDED, f"Taken out, in no count: {what[:1].lower()}{what[1:]}")


def _entry(history: RecordHistory, session: SessionHeld, kind: EntryKind, what: str) -> Entry:
    said = f"In his words: {session.prisoner_said}" if session.prisoner_said else ""
    declined = f"declined: {say_topics(session.declined_topics)}" if session.declined_topics else ""
    return Entry(
        session.held_on,
        kind,
        what,
        session.start_minute,
        "; ".join(part for part in (say_topics(session.topics), declined) if part),
        "\n".join(part for part in (session.note, said) if part) or None,
        Mark(session.recorded_by, session.recorded_at, session.recorded_known),
        amended=tuple(one for one in history.amendments if one.session_id == session.session_id),
    )


def _note_after_death(history: RecordHistory, session: SessionHeld) -> Entry | None:
    """Return the note of a session as an entry of its own, where it was added after the day of his death."""
    if session.note_at is None or not history.in_time(session):
        return None
    mark = history.changed("session", session.held_on, session.session_id)
    if mark is None or in_time(session.note_at, died_on(history.stays), known=True):
        return None
    what = f"Note of the {TYPES[SessionType(session.type)]} with {session.by}"
    return Entry(session.held_on, EntryKind.NOTE, what, session.start_minute, note=session.note, mark=mark)


def _session(session: SessionHeld, settings: Settings) -> tuple[EntryKind, str]:
    what = TYPES[SessionType(session.type)]
    if session.outcome != Outcome.COMPLETED:
        kind, words = NOT_HELD[Outcome(session.outcome)]
        door = ", offered at the door" if is_at_the_door(session.place, settings=settings) else ""
        return kind, words.format(what, session.by) + door
    how = "" if session.mode == Mode.IN_PERSON else f" by {session.mode.lower()}"
    known = f", {say_count(session.minutes, 'minute')}" if session.minutes else ""
    length = ", minutes not known" if session.minutes is None else known
    if session.type == SessionType.KE:
        return EntryKind.ENTRY, f"Key worker entry by {session.by}{how}{length}"
    if not is_counted(session, settings=settings):
        where = f", {session.place}" if is_at_the_door(session.place, settings=settings) else ""
        return EntryKind.SHORT_CONTACT, f"Short contact with {session.by}{how}{length}{where}: not counted"
    return EntryKind.SESSION, f"Session with {session.by}{how}{length}"


@dataclass(frozen=True, slots=True)
class OnLists:
    """The mornings on which he stood on the list as overdue or serious, and those on which he was to be seen."""

    overdue: tuple[Mornings, ...]
    see_today: tuple[Mornings, ...]


def on_lists(history: RecordHistory, *, as_of: date, settings: Settings) -> OnLists:
    """Return the mornings of all his stays on which he stood on a list, up to that of `as_of`, in order."""
    counted = [one for one in history.sessions if is_counted(one, settings=settings) and history.in_time(one)]
    seen_on = [session.held_on for session in counted]
    signals = Signals(
        events=[one.event for one in history.events if history.in_time(one)],
        accts=history.accts_in_time,
        reviews=history.reviews_in_time,
        moves=[one for one in history.moves if history.in_time(one)],
    )
    overdue, see_today = [], []
    for stay in sorted((stay for stay in history.stays if stay.arrived_on <= as_of), key=lambda stay: stay.arrived_on):
        overdue += mornings_overdue(stay, seen_on, history.absences_in_time, as_of=as_of, settings=settings)
        prisoner = history.contacts[stay.stay_id]
        see_today += mornings_to_be_seen(
            prisoner, stay, counted, signals, history.absences_in_time, as_of=as_of, settings=settings
        )
    return OnLists(tuple(overdue), tuple(see_today))


def beside_death(history: RecordHistory, *, settings: Settings) -> LateSessions | None:
    """Return what sessions recorded after his death would make of his gap, where there are some."""
    stay = next((one for one in history.stays if one.departure_reason == DepartureReason.DIED), None)
    if stay is None or stay.left_on is None or stay.stay_id not in history.contacts:
        return None
    late = [
        one
        for one in history.sessions
        if stay.arrived_on <= one.held_on and is_counted(one, settings=settings) and not history.in_time(one)
    ]
    gap = days_between(history.contacts[stay.stay_id].clock_from, stay.left_on)
    return late_sessions(late, stay.left_on, days=gap)


def averages(history: RecordHistory, *, as_of: date, settings: Settings) -> tuple[OwnAverage, OwnAverage] | None:
    """Return his own averages of his latest stay, and of its last 28 days; `None` before he came."""
    stay = next((one for one in history.stays if one.arrived_on <= as_of), None)
    if stay is None:
        return None
    sessions = [one for one in history.sessions if history.in_time(one)]
    return own_averages(stay, history.absences_in_time, sessions, as_of=as_of, settings=settings)


def list_entries(listed: OnLists) -> Iterator[Entry]:
    """Yield, on the first of them, each run of mornings on which he stood on a list."""
    for run in listed.overdue:
        serious = f", serious from {say_date(run.serious_on)}" if run.serious_on and run.number > 1 else ""
        yield Entry(run.first_on, EntryKind.OVERDUE_LIST, f"On the overdue list on {say_mornings(run)}{serious}")
    for run in listed.see_today:
        yield Entry(run.first_on, EntryKind.SEE_TODAY, f"On the list to see today on {say_mornings(run)}")


def say_mornings(run: Mornings) -> str:
    """Say a run of mornings: `42 mornings, Thu 2 Apr to Wed 13 May`."""
    if run.number == 1:
        return f"the morning of {say_day(run.first_on)}"
    return f"{run.number} mornings, {say_span(run.first_on, run.last_on)}"
