"""Prisoners leaving the prison, or the scheme.

What ends with it, and a departure that was not his (help: movements).
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from keyworker_cli.actions.stays.moves import how_he_stands
from keyworker_cli.lookup import as_it_stands
from keyworker_cli.reports.outcome import Changed, Outcome, changed
from keyworker_cli.rules.codes.records import DepartureReason, EndReason
from keyworker_cli.rules.codes.signals import MarkerCode
from keyworker_cli.rules.codes.words import say_ended
from keyworker_cli.rules.contact.clocks import End, say_gap
from keyworker_cli.rules.contact.gaps import find_gaps
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.facts.officers import Allocation, holding_on
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.stays import Stay, VoidStay
from keyworker_cli.rules.stays.movements import (
    JOINED,
    check_day_of_stay,
    check_departure,
    check_excluded,
    check_exclusion,
    check_never_came,
    departed_before,
    departed_stay,
    ended_with,
    joined_since,
    place_on,
    say_departure,
    stay_here,
    stay_to_end,
)
from keyworker_cli.rules.stays.settling import end_reason

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.changes.change import Change
    from keyworker_cli.store.store import Store


def leave(store: "Store", author: "Author", prisoner: Person, *, reason: DepartureReason, on: date | None) -> Outcome:
    """End a prisoner's stay, and with it his allocation; return what was done.

    `on` `None` is the day asked about, or, where his stay has ended and nobody knew how, the day it did. A death locks
    the record. Raises `RefusedError` for one who is not here, a day to come, or one before he came or was last seen.
    """
    today = author.today
    with store.transaction(author) as change:
        queries = change.queries
        prisoner = as_it_stands(queries, prisoner)
        stay = stay_to_end(prisoner, queries.stays_of(prisoner.person_id), today=today)
        left_on = on or (stay.left_on if stay.left_on and stay.left_on <= today else author.as_of)
        check_day_of_stay(left_on, prisoner, stay, today=today, option="--on")
        joined = joined_since(left_on, stay, queries.void_stays_of(prisoner.person_id))
        until = joined.arrived_on if joined else None
        sessions = queries.sessions_of(prisoner.person_id)
        check_departure(left_on, prisoner, [one for one in sessions if until is None or one.held_on < until])
        if joined is not None:
            return _part(change, prisoner, stay, joined, on=left_on, reason=reason)
        if stay.left_on is not None:
            take_back(change, prisoner, stay)
        held = depart(change, prisoner, stay, on=left_on, reason=reason)
        ended = stay._replace(left_on=left_on, departure_reason=reason.value)
        done = (_gone(prisoner, ended, left_on), *_ended(prisoner, held), *_locked(prisoner, reason))
        answer = (*_as_it_stood(change, prisoner, ended, held), *_to_read(prisoner, reason, author))
        return Outcome(done, answer, saved=author.saves)


def _to_read(prisoner: Person, reason: DepartureReason, author: "Author") -> Iterator[str]:
    """Name the page for the prison that takes a prisoner over; of one who died, who was near him, and the review.

    help: handover, affected, review.
    """
    if reason is DepartureReason.TRANSFER_OUT and author.saves:
        yield f"For the next prison to read: kw handover {prisoner.prison_number}"
    if reason is DepartureReason.DIED and author.saves:
        yield f"Who else to see, and the staff who knew him: kw affected {prisoner.prison_number}"
        yield f"Later, for the review: kw review {prisoner.prison_number}"


def _part(
    change: "Change", prisoner: Person, stay: Stay, joined: VoidStay, *, on: date, reason: DepartureReason
) -> Outcome:
    """Record again a departure that was taken back after the return was recorded: that return stands again too."""
    number = prisoner.prison_number
    his = change.queries.allocations_of(prisoner.person_id)
    change.end_stay(stay.stay_id, number, left_on=on, reason=reason)
    change.restore_stay(joined.stay_id, number, left_on=stay.left_on)
    held = holding_on(joined.arrived_on, his)
    twice = next((one for one in his if one.held_no_day and one.end_reason == EndReason.DUPLICATE), None)
    if held is not None and held.allocated_on < joined.arrived_on:
        change.end_allocation(held.allocation_id, number, on=on, reason=end_reason(reason.value))
        if twice is not None and twice.allocated_on >= joined.arrived_on:
            change.end_allocation_as(twice.allocation_id, number, held)
    ended = stay._replace(left_on=on, departure_reason=reason.value)
    back = f"His return on {say_date(joined.arrived_on)}, which had been recorded, stands again."
    return Outcome((_gone(prisoner, ended, on),), (back,), saved=change.author.saves)


def depart(
    change: "Change", prisoner: Person, stay: Stay, *, on: date, reason: DepartureReason | None
) -> Allocation | None:
    """End a stay and what ends with it; return the allocation that it ended. A reason of `None` is not known."""
    held = end_with_stay(change, prisoner, on=on, reason=reason)
    change.end_stay(stay.stay_id, prisoner.prison_number, left_on=on, reason=reason)
    return held


def end_with_stay(change: "Change", prisoner: Person, *, on: date, reason: DepartureReason | None) -> Allocation | None:
    """End the allocation that is live and, but for a death, the nights away; return the allocation it ended.

    The rest of the record of a prisoner who died stays as it was when he did.
    """
    held = end_live_allocation(change, prisoner, on=on, reason=end_reason(reason))
    if reason is not DepartureReason.DIED:
        for nights in change.queries.absences_of(prisoner.person_id):
            if nights.to_on is None or nights.to_on > on:
                back_on = max(on, nights.from_on)
                change.end_absence(prisoner.person_id, prisoner.prison_number, from_on=nights.from_on, to_on=back_on)
    return held


def end_live_allocation(change: "Change", prisoner: Person, *, on: date, reason: EndReason) -> Allocation | None:
    """End the allocation a prisoner has, on a day or, where it began later, at once; return it as it then stands."""
    his = [held for held in change.queries.allocations_of(prisoner.person_id) if not held.held_no_day]
    for planned in his:
        if planned.allocated_on > on:
            change.end_allocation(planned.allocation_id, prisoner.prison_number, on=planned.allocated_on, reason=reason)
    held = holding_on(on, his)
    if held is None:
        return None
    ended_on = max(on, held.allocated_on)
    change.end_allocation(held.allocation_id, prisoner.prison_number, on=ended_on, reason=reason)
    return held._replace(ended_on=ended_on, end_reason=reason.value)


def take_back(change: "Change", prisoner: Person, stay: Stay) -> Allocation | None:
    """Take back the end of a stay and of what ended with it, each as it was; return the allocation he has again."""
    change.resume_absences(prisoner.person_id, prisoner.prison_number, stay)
    change.reopen_stay(stay.stay_id, prisoner.prison_number)
    return take_up(change, prisoner, ended_with(stay, change.queries.allocations_of(prisoner.person_id)))


def take_up(
    change: "Change", prisoner: Person, ended: Iterable[Allocation], follows: Allocation | None = None
) -> Allocation | None:
    """Take up again what had ended, each until it was to end before or the next begins; return the one he has again.

    `follows` is what he was given since: to the key worker of the last of them it is one with that.
    """
    number, again = prisoner.prison_number, None
    were = [held._replace(**change.end_before(held.allocation_id)) for held in ended]
    were.sort(key=lambda held: (held.allocated_on, held.staff_id))
    for at, held in enumerate(were, start=1):
        after = next((one for one in were[at:] if not one.held_no_day), follows)
        if after is None or (held.ended_on is not None and held.ended_on <= after.allocated_on):
            ends = held
        elif after is follows and after.key_worker_id == held.key_worker_id:
            ends = after
            change.end_allocation(after.allocation_id, number, on=after.allocated_on, reason=EndReason.DUPLICATE)
        else:
            on, by, reason = after.allocated_on, after.allocated_by, EndReason.OVERRIDE.value
            ends = held._replace(ended_on=on, end_reason=reason, ended_by=by, ended_recorded_at=None)
        change.end_allocation_as(held.allocation_id, number, ends)
        if ends.ended_on is None or ends.ended_on > change.author.today:
            again = held
    return again


def reverse_departure(store: "Store", author: "Author", prisoner: Person, *, why: str) -> Outcome:
    """Take back a departure, a death too, that was recorded for the wrong prisoner; return what was done.

    His stay and his allocation go on as if they had never ended; the audit keeps what was recorded, and why it was
    reversed. Raises `RefusedError` for a prisoner who has not left.
    """
    today = author.today
    with store.transaction(author) as change:
        queries = change.queries
        prisoner = as_it_stands(queries, prisoner)
        stays = queries.stays_of(prisoner.person_id)
        back = departed_before(stays)
        stay = back or departed_stay(prisoner, stays, today=today)
        was = {"left_on": stay.left_on, "departure_reason": stay.departure_reason}
        change.note_in_audit(
            "reverse departure", "stay", f"{prisoner.prison_number} {stay.arrived_on}", after={"why": why, **was}
        )
        held = _go_on(change, prisoner, stay, stays[0], why) if back else take_back(change, prisoner, stay)
        again = f"If this is wrong: kw prisoner leave {prisoner.prison_number} --reason {stay.departure_reason}"
        undo = (f"{again} --on {stay.left_on}",) if back else ()
        done = (_taken_back(prisoner, stay, why), *resumed(prisoner, held))
        return Outcome(done, (*how_he_stands(change, stay), *undo), saved=author.saves)


def _go_on(change: "Change", prisoner: Person, stay: Stay, after: Stay, why: str) -> Allocation | None:
    """Let a stay go on as if he had never left, though his return was recorded as another, which is void from then.

    Return the allocation that is taken up again. The key worker he was given after his return begins that day.
    """
    number = prisoner.prison_number
    change.void_stay(after.stay_id, number, why=f"{JOINED}: {why}")
    his = change.queries.allocations_of(prisoner.person_id)
    ended = [held for held in ended_with(stay, his) if held.allocated_on < after.arrived_on]
    change.resume_absences(prisoner.person_id, number, stay)
    change.reopen_stay(stay.stay_id, number)
    if after.left_on is not None:
        change.continue_stay(stay.stay_id, number, left_on=after.left_on, reason=after.departure_reason)
    if after.out_of_scope_from is not None:
        reason = after.out_of_scope_reason
        change.set_scope(stay.stay_id, number, out_from=after.out_of_scope_from, reason=reason)
    if (
        after.location
        and place_on(after.arrived_on, stay, change.queries.moves_of(prisoner.person_id)) != after.location
    ):
        change.record_move(prisoner.person_id, number, moved_on=after.arrived_on, location=after.location)
    follows = min(
        (one for one in his if one.allocated_on >= after.arrived_on and not one.held_no_day),
        key=lambda one: (one.allocated_on, one.allocation_id),
        default=None,
    )
    return take_up(change, prisoner, ended, follows)


def never_came(store: "Store", author: "Author", prisoner: Person, *, why: str) -> Outcome:
    """Take back an arrival of a prisoner who never came: his stay is void, in no count, and stays readable.

    What was recorded of it, a key worker or nights away, holds no day. Raises `RefusedError` where he was seen in it.
    """
    with store.transaction(author) as change:
        queries = change.queries
        prisoner = as_it_stands(queries, prisoner)
        stays = queries.stays_of(prisoner.person_id)
        stay = check_never_came(prisoner, stays[0] if stays else None, queries.sessions_of(prisoner.person_id))
        for held in queries.allocations_of(prisoner.person_id):
            if held.allocated_on >= stay.arrived_on and not held.held_no_day:
                on = held.allocated_on
                change.end_allocation(held.allocation_id, prisoner.prison_number, on=on, reason=EndReason.MANUAL)
        for nights in queries.absences_of(prisoner.person_id):
            if nights.from_on >= stay.arrived_on and nights.to_on != nights.from_on:
                change.end_absence(
                    prisoner.person_id, prisoner.prison_number, from_on=nights.from_on, to_on=nights.from_on
                )
        for event in queries.events_of(prisoner.person_id, as_of=author.today, settings=change.settings):
            if event.code == MarkerCode.SEG and event.event_on >= stay.arrived_on:
                change.end_event(event.event_id, prisoner.prison_number, code=event.code, until_on=event.event_on)
        change.note_in_audit(
            "reverse arrival", "stay", f"{prisoner.prison_number} {stay.arrived_on}", after={"why": why}
        )
        change.void_stay(stay.stay_id, prisoner.prison_number, why=why)
    says = "{Taken back} for {name} ({key}): that he arrived on {arrived_on} ({why}). He {is} in no count by it."
    done = changed(
        "reverse arrival", "stay", prisoner.prison_number, says, name=prisoner.name, arrived_on=stay.arrived_on, why=why
    )
    again = f"kw prisoner return {prisoner.prison_number} --on {stay.arrived_on}"
    undo = f"If this is wrong, record his arrival again: {again}"
    return Outcome((done,), (undo,), saved=author.saves)


def exclude(store: "Store", author: "Author", prisoner: Person, *, reason: str, from_on: date) -> Outcome:
    """Take a prisoner out of the scheme from a day on; his allocation ends OUT_OF_SCOPE. Return what was done.

    He stays counted and named as excluded. Raises `UsageError` without a reason, `RefusedError` for one who is not here
    or is out of scope already, and for a day to come or before he came.
    """
    today = author.today
    with store.transaction(author) as change:
        prisoner = as_it_stands(change.queries, prisoner)
        stay = stay_here(prisoner, change.queries.stays_of(prisoner.person_id), today=today)
        check_exclusion(prisoner, stay, reason=reason)
        check_day_of_stay(from_on, prisoner, stay, today=today, option="--from")
        held = end_live_allocation(change, prisoner, on=from_on, reason=EndReason.OUT_OF_SCOPE)
        change.set_scope(stay.stay_id, prisoner.prison_number, out_from=from_on, reason=reason.strip())
    done = changed(
        "exclude",
        "stay",
        prisoner.prison_number,
        "{name} ({key}) {is} out of scope of key work from {from_on} ({reason}).",
        name=prisoner.name,
        from_on=from_on,
        reason=reason.strip(),
    )
    where = "A prisoner out of scope is in no total, and is named as excluded wherever one stands."
    return Outcome((done, *_ended(prisoner, held)), (*_no_key_worker(held), where), saved=author.saves)


def include(store: "Store", author: "Author", prisoner: Person) -> Outcome:
    """Bring a prisoner back into the scheme; return what was done. He counts as if he had never left it."""
    today = author.today
    with store.transaction(author) as change:
        queries = change.queries
        prisoner = as_it_stands(queries, prisoner)
        stay = stay_here(prisoner, queries.stays_of(prisoner.person_id), today=today)
        check_excluded(prisoner, stay)
        change.set_scope(stay.stay_id, prisoner.prison_number, out_from=None, reason=None)
        says = "{name} ({key}) {is} in scope again: he counts as if he had never been out of it."
        done = changed("include", "stay", prisoner.prison_number, says, name=prisoner.name)
        return Outcome((done,), tuple(how_he_stands(change, stay)), saved=author.saves)


def _gone(prisoner: Person, stay: Stay, on: date) -> Changed:
    says = f"{{name}} ({{key}}) {{{say_departure(stay)}}} on {{on}}."
    return changed(
        "leave", "stay", prisoner.prison_number, says, name=prisoner.name, reason=stay.departure_reason, on=on
    )


def _ended(prisoner: Person, held: Allocation | None) -> Iterator[Changed]:
    if held is not None:
        yield changed(
            "end",
            "allocation",
            prisoner.prison_number,
            "His allocation to {key_worker}, since {since}, {has ended} ({ended_as}).",
            staff_id=held.staff_id,
            key_worker=held.name,
            since=held.allocated_on,
            reason=held.end_reason,
            ended_as=say_ended(held.end_reason),
        )


def _locked(prisoner: Person, reason: DepartureReason) -> Iterator[Changed]:
    if reason is DepartureReason.DIED:
        says = (
            "His gap {is} frozen there and his record {is} locked: kept, readable, never changed. He {is} on no list."
        )
        yield changed("lock", "person", prisoner.prison_number, says, name=prisoner.name)


def _no_key_worker(held: Allocation | None) -> Iterator[str]:
    if held is None:
        yield "No allocation to end: no key worker."


def _as_it_stood(change: "Change", prisoner: Person, stay: Stay, held: Allocation | None) -> Iterator[str]:
    """Say how long he had gone unseen when he left, and, of a death, how it is taken back."""
    yield from _no_key_worker(held)
    if stay.left_on is not None:
        end = End(stay.left_on, say_departure(stay)) if change.author.saves else None
        contacts = change.queries.contact_of_stay(stay.stay_id, as_of=stay.left_on, settings=change.settings)
        yield from (say_gap(gap, end) for gap in find_gaps(contacts, as_of=stay.left_on, settings=change.settings))
    if stay.departure_reason == DepartureReason.DIED:
        yield f"If recorded for the wrong prisoner: kw prisoner leave {prisoner.prison_number} --undo --why TEXT"


def _taken_back(prisoner: Person, stay: Stay, why: str) -> Changed:
    return changed(
        "reverse departure",
        "stay",
        prisoner.prison_number,
        f"{{Taken back}} for {{name}} ({{key}}): that he {say_departure(stay)} on {{left_on}} ({{why}}).\n"
        "He {is} here, and has been since {arrived_on}.",
        name=prisoner.name,
        left_on=stay.left_on,
        arrived_on=stay.arrived_on,
        why=why,
    )


def resumed(prisoner: Person, held: Allocation | None) -> Iterator[Changed]:
    """Say of an allocation that was taken up again whose he is; of none, nothing."""
    if held is not None:
        says = "{key_worker} {is} his key worker again."
        yield changed(
            "resume", "allocation", prisoner.prison_number, says, staff_id=held.staff_id, key_worker=held.name
        )
