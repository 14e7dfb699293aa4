"""Recording what happens to a prisoner, and its end; a new event answers at once with who could see him.

help: see-today.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from keyworker_cli.reports.outcome import Changed, Outcome, changed
from keyworker_cli.rules.codes.records import AbsenceReason
from keyworker_cli.rules.codes.signals import MarkerCode
from keyworker_cli.rules.codes.words import AWAY_WORDS
from keyworker_cli.rules.contact.clocks import say_gap, say_not_met
from keyworker_cli.rules.contact.gaps import find_gaps
from keyworker_cli.rules.dates.london import london_date
from keyworker_cli.rules.dates.say import say_date, say_minute
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.rota import NextSlot
from keyworker_cli.rules.facts.stays import Stay
from keyworker_cli.rules.markers.events import (
    Occurrence,
    check_occurrence,
    event_to_end,
    recorded_before,
    say_event,
    with_time,
)
from keyworker_cli.rules.markers.order_of_work import newest_concern
from keyworker_cli.rules.markers.priority import find_priorities, say_call, warnings_for
from keyworker_cli.rules.markers.table import name_of
from keyworker_cli.rules.plan.day_plan import Place
from keyworker_cli.rules.plan.days_ahead import minute_reached
from keyworker_cli.rules.plan.kept_plan import check_plan, seat_of
from keyworker_cli.rules.plan.today import free_places
from keyworker_cli.rules.plan.who_could_see import find_chances, say_chances
from keyworker_cli.rules.rota.slots import ROTA_AHEAD, by_officer, next_from
from keyworker_cli.rules.rota.staff_status import say_status
from keyworker_cli.rules.say import say_prisoner
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.stays.presence import stay_on
from keyworker_cli.rules.stays.record_lock import check_stay_open, recorded_after_death, said_late

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.changes.change import Change
    from keyworker_cli.store.reads.queries import Queries
    from keyworker_cli.store.store import Store


class ForToday(NamedTuple):
    """What an event means for the day: what now stands, and what must not be overlooked."""

    answer: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def add_event(store: "Store", author: "Author", prisoner: Person, what: Occurrence) -> Outcome:
    """Record an event of a prisoner; say how long he has gone unseen, who has him, and who could see him that day.

    An event of today without a time has the present one. One that is recorded already changes nothing. Raises
    `RefusedError` and `UsageError` as `check_occurrence`.
    """
    with store.transaction(author) as change:
        queries = change.queries
        stays = queries.stays_of(prisoner.person_id)
        stay = check_occurrence(what, prisoner, stays, now=author.at)
        events = queries.events_of(prisoner.person_id, as_of=author.as_of, settings=change.settings)
        if there := recorded_before(what, events):
            when = f"on {say_date(london_date(there.recorded_at))} by {there.recorded_by}"
            already = (
                f"Recorded already, {when}, for {say_prisoner(prisoner)}: {say_event(there)}. Nothing was changed."
            )
            return Outcome(answer=(already,))
        timed = with_time(what, now=author.at)
        change.record_event(prisoner.person_id, prisoner.prison_number, asdict(timed))
        change.note_after_death(stay, "event", prisoner.prison_number, what.event_on, what=what.code.value)
        done = (_recorded(prisoner, timed, stay, author.as_of),)
        today = ForToday() if _has_left(stay, author.as_of) else for_today(change, prisoner)
        return Outcome(
            done, (*today.answer, *_whom_it_affects(prisoner, timed, author)), today.warnings, saved=author.saves
        )


def _whom_it_affects(prisoner: Person, event: Occurrence, author: "Author") -> Iterator[str]:
    """Name the list of who else to see after self-harm: only those who were there know whether it was serious.

    help: affected.
    """
    if event.code is MarkerCode.SELF_HARM and author.saves:
        on = "" if event.event_on == author.as_of else f" --on {event.event_on.isoformat()}"
        affected = f"kw affected {prisoner.prison_number}{on}"
        yield f"If it was serious, who else to see, and the staff who knew him: {affected}"


def _recorded(prisoner: Person, event: Occurrence, stay: Stay, as_of: date) -> Changed:
    late = said_late(stay)
    if not late and stay.left_on is not None and stay.left_on <= as_of:
        late = f" He left on {say_date(stay.left_on)}."
    return changed(
        "record",
        "event",
        prisoner.prison_number,
        "{Recorded} for {name} ({key}): {event}." + late,
        name=prisoner.name,
        code=event.code.value,
        on=event.event_on,
        event=say_event(event),
    )


def _has_left(stay: Stay, as_of: date) -> bool:
    """Return whether a stay had ended by a day, or is one of a prisoner who has died."""
    return recorded_after_death(stay) or (stay.left_on is not None and stay.left_on <= as_of)


def end_event(
    store: "Store", author: "Author", prisoner: Person, code: MarkerCode, *, on: date, began_on: date | None
) -> Outcome:
    """End an event of a prisoner: from that day on it no longer holds. What was recorded stays readable.

    Raises `NotFoundError`, `UsageError` and `RefusedError` as `event_to_end`, and `RefusedError` for the record of a
    prisoner who has died.
    """
    with store.transaction(author) as change:
        events = change.queries.events_of(prisoner.person_id, as_of=on, settings=change.settings)
        event = event_to_end(events, code, began_on=began_on, on=on, prisoner=prisoner)
        for stay in change.queries.stays_of(prisoner.person_id):
            check_stay_open(prisoner, stay)
        change.end_event(event.event_id, prisoner.prison_number, code=code, until_on=on)
    ended = changed(
        "end",
        "event",
        prisoner.prison_number,
        "{Ended} for {name} ({key}) from {on}: {event}, begun {began_on}.",
        name=prisoner.name,
        code=code.value,
        on=on,
        event=name_of(code),
        began_on=event.event_on,
    )
    return Outcome((ended,), saved=author.saves)


def for_today(change: "Change", prisoner: Person) -> ForToday:
    """Say what an event means for the day: read inside the transaction, so the event itself counts."""
    queries, settings, as_of, now = change.queries, change.settings, change.author.as_of, change.author.at
    stay = stay_on(as_of, queries.stays_of(prisoner.person_id))
    if stay is None:
        return ForToday()
    (contact,) = queries.contact_of_stay(stay.stay_id, as_of=as_of, settings=settings)
    known = queries.known(as_of=as_of, settings=settings)
    priority = find_priorities([contact], known, as_of=as_of, settings=settings)[contact.person_id]
    (gap,) = find_gaps([contact], as_of=as_of, settings=settings)
    minute = minute_reached(now, on=as_of)
    answer = [say_call(priority), say_gap(gap), *say_who_has_him(queries, contact, as_of, settings, from_minute=minute)]
    warnings = warnings_for(contact, priority.markers)
    if contact.away is None:
        slots = queries.slots_between(as_of, as_of)
        kept = check_plan(queries.planned_places_on(as_of), slots, on=as_of)
        length = settings.target_minutes_per_week
        free = free_places(kept, slots, on=as_of, session_minutes=length, from_minute=minute)
        seat = seat_of(kept, contact, priority, on=as_of, from_minute=minute)
        if seat is not None:
            answer.append(f"In today's plan: {seat.by} {say_minute(seat.start_minute)}.")
        elif newest_concern(contact, priority, as_of=as_of) is not None:
            warnings += _no_slot_left(contact, free)
        chances = find_chances(contact, slots, queries.sessions_of(prisoner.person_id), on=as_of, from_minute=minute)
        given_away = kept.officers - {place.slot.key_worker_id for place in free}
        answer.append(say_chances(chances, contact, given_away=given_away))
    return ForToday(tuple(answer), tuple(warnings))


def _no_slot_left(prisoner: Contact, free: Sequence[Place]) -> Iterator[str]:
    """Ask whose decision it is to see one with a new concern, where the day has no time that nobody has been given."""
    if not free:
        yield (
            f"no slot is left today for {say_prisoner(prisoner)}: whose decision is it? "
            "He stays on the morning page until he has been seen"
        )


def say_who_has_him(
    queries: "Queries", prisoner: Contact, as_of: date, settings: Settings, *, from_minute: int = 0
) -> Iterator[str]:
    """Say where he is when he is away, who has him, and when that officer is next there, after a minute of the day."""
    if prisoner.away is not None:
        yield f"Out overnight, {AWAY_WORDS[AbsenceReason(prisoner.away)]}: to be seen on the day he returns."
    if prisoner.staff_id is None:
        yield f"He has no key worker. To find one: kw allocate {prisoner.prison_number}"
        return
    slots = {slot.key_worker_id: slot for slot in queries.next_slots(as_of=as_of)}
    slot = slots.get(prisoner.key_worker_id or 0)
    if slot is not None and slot.slot_on == as_of and slot.end_minute <= from_minute:
        ahead = by_officer(queries.slots_between(as_of, as_of + ROTA_AHEAD)).get(slot.key_worker_id, ())
        slot = next_from(slot, ahead, as_of=as_of, from_minute=from_minute)
    status = (
        ""
        if prisoner.worker_status in (None, "ACTIVE")
        else f" ({say_status(prisoner.worker_status, prisoner.worker_return_on)})"
    )
    met = ""
    if not prisoner.met_on:
        sessions = queries.sessions_of(prisoner.person_id)
        met = f", who {say_not_met(prisoner, sessions, as_of=as_of, settings=settings)}"
    there = f"next slot {_slot(slot)}" if slot else "no slot to come on the rota"
    yield f"Key worker: {prisoner.worker_name}{status}{met}: {there}."


def _slot(slot: NextSlot) -> str:
    return f"{say_date(slot.slot_on)}, {say_minute(slot.start_minute)}-{say_minute(slot.end_minute)}"
