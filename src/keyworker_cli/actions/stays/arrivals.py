"""Prisoners coming to the prison.

A stay begins, and what is due in its first days is said (help: early-days, movements).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from keyworker_cli.actions.stays.departures import resumed, take_up
from keyworker_cli.actions.stays.moves import record_segregation
from keyworker_cli.lookup import as_it_stands
from keyworker_cli.reports.outcome import Changed, Outcome, changed
from keyworker_cli.rules.allocation.recommend import capacity_of
from keyworker_cli.rules.codes.records import ArrivalType, DepartureReason
from keyworker_cli.rules.codes.words import ARRIVAL_WORDS
from keyworker_cli.rules.contact.first_meetings import allocation_due_by, first_meeting_due_by
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.facts.names import full_name
from keyworker_cli.rules.facts.officers import Allocation
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.stays import Stay
from keyworker_cli.rules.rota.staff_status import say_status
from keyworker_cli.rules.say import say_worker
from keyworker_cli.rules.stays.arrivals import check_arrival, check_days, check_same_prisoner
from keyworker_cli.rules.stays.movements import JOINED, check_return, ended_with, place_on
from keyworker_cli.rules.stays.settling import end_reason

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.changes.change import Change
    from keyworker_cli.store.store import Store


@dataclass(frozen=True, slots=True)
class Arrival:
    """A prisoner who has come. `arrival_type` `None` is RECEPTION, and RETURN for a prisoner who was here before."""

    prison_number: str
    last_name: str
    first_name: str
    arrived_on: date
    born_on: date | None = None
    location: str | None = None
    arrival_type: ArrivalType | None = None


def admit(
    store: "Store",
    author: "Author",
    arrival: Arrival,
) -> Outcome:
    """Begin a prisoner's stay; return what was done and what is due.

    A prisoner whom kw knows begins a new stay, and his former key worker here is named, as they stand on the day asked
    about. Raises `RefusedError` for an arrival still to come, for a prisoner who is here or was that day, and for a
    number that is another prisoner's.
    """
    check_days(arrival.arrived_on, arrival.born_on, today=author.today)
    with store.transaction(author) as change:
        known = _known(change, arrival)
        kind = arrival.arrival_type or (ArrivalType.RECEPTION if known is None else ArrivalType.RETURN)
        person_id = _add(change, arrival) if known is None else known
        return _begin(change, person_id, arrival, kind)


def readmit(
    store: "Store",
    author: "Author",
    prisoner: Person,
    *,
    on: date,
    location: str | None,
) -> Outcome:
    """Begin a new stay of a prisoner who left and has come back; return what was done and what is due.

    One who was transferred out is transferred in, any other returns. His earlier stay stays linked and is not counted;
    his former key worker is named. Raises `RefusedError` for one who never left, was here that day, or has died.
    """
    check_days(on, None, today=author.today)
    with store.transaction(author) as change:
        prisoner = as_it_stands(change.queries, prisoner)
        stays = change.queries.stays_of(prisoner.person_id)
        check_return(prisoner, stays)
        check_arrival(prisoner, stays, arrived_on=on)
        transferred = bool(stays) and stays[0].departure_reason == DepartureReason.TRANSFER_OUT
        kind = ArrivalType.TRANSFER_IN if transferred else ArrivalType.RETURN
        arrival = Arrival(prisoner.prison_number, prisoner.last_name, prisoner.first_name, on, location=location)
        return _begin(change, prisoner.person_id, arrival, kind)


def _begin(change: "Change", person_id: int, arrival: Arrival, kind: ArrivalType) -> Outcome:
    """Begin the stay, and segregation with it for one who came straight there; say what was done and what is due."""
    void = [one for one in change.queries.void_stays_of(person_id) if one.arrived_on == arrival.arrived_on]
    left = next(iter(change.queries.stays_of(person_id)), None)
    if void and not (void[0].voided_why or "").startswith(JOINED):
        change.restore_stay(void[0].stay_id, arrival.prison_number, left_on=None)
    else:
        change.open_stay(person_id, arrived_on=arrival.arrived_on, arrival_type=kind.value, location=arrival.location)
        _cancel_planned(change, person_id, arrival)
    (prisoner,) = change.queries.person_by_number(arrival.prison_number)
    stay = change.queries.stays_of(person_id)[0]
    if arrival.location and place_on(arrival.arrived_on, stay, change.queries.moves_of(person_id)) != arrival.location:
        # He moved that day before he left and came back: the later of two places is the one he is in.
        change.record_move(person_id, prisoner.prison_number, moved_on=arrival.arrived_on, location=arrival.location)
    segregated = record_segregation(change, prisoner, None, arrival.location, on=arrival.arrived_on)
    held = _begun_since(change, prisoner, left, arrival.arrived_on) if left else None
    allocation = () if held else (*_former_worker(change, person_id), _allocation_due(change, arrival))
    answer = (*allocation, _meeting_due(change, arrival))
    return Outcome((_arrived(arrival, kind), *segregated, *resumed(prisoner, held)), answer, saved=change.author.saves)


def _begun_since(change: "Change", prisoner: Person, left: Stay, arrived_on: date) -> Allocation | None:
    """Take up what had begun since his return and had ended with the stay before, whose end was recorded only later.

    Return the allocation he has by that.
    """
    change.resume_absences(prisoner.person_id, prisoner.prison_number, left, since=arrived_on)
    ended = ended_with(left, change.queries.allocations_of(prisoner.person_id))
    return take_up(change, prisoner, [h for h in ended if arrived_on <= h.allocated_on <= change.author.today])


def _cancel_planned(change: "Change", person_id: int, arrival: Arrival) -> None:
    """Cancel the key workers still to come who were planned for him in the stay before."""
    before = [one for one in change.queries.stays_of(person_id) if one.arrived_on < arrival.arrived_on]
    if not before:
        return
    for planned in change.queries.allocations_of(person_id):
        if planned.allocated_on > change.author.today and not planned.held_no_day:
            change.end_allocation(
                planned.allocation_id,
                arrival.prison_number,
                on=planned.allocated_on,
                reason=end_reason(before[0].departure_reason),
            )


def _known(change: "Change", arrival: Arrival) -> int | None:
    """Return the key of a prisoner whom kw knows under this number, when he may arrive.

    `None` for a prisoner it does not.
    """
    for prisoner in change.queries.person_by_number(arrival.prison_number):
        check_same_prisoner(
            prisoner, last_name=arrival.last_name, first_name=arrival.first_name, born_on=arrival.born_on
        )
        check_arrival(prisoner, change.queries.stays_of(prisoner.person_id), arrived_on=arrival.arrived_on)
        if arrival.born_on and prisoner.date_of_birth is None:
            change.set_date_of_birth(prisoner.person_id, prisoner.prison_number, arrival.born_on)
        return prisoner.person_id
    return None


def _add(change: "Change", arrival: Arrival) -> int:
    return change.add_person(
        prison_number=arrival.prison_number,
        last_name=arrival.last_name,
        first_name=arrival.first_name,
        date_of_birth=arrival.born_on,
    )


def _former_worker(change: "Change", person_id: int) -> Iterator[str]:
    """Name the key worker he had last, and whether that officer could have him again; one only planned he never had."""
    had = (one for one in change.queries.allocations_of(person_id) if one.ended_on != one.allocated_on)
    held = next(had, None)
    if held is None:
        return
    officer = next(one for one in change.queries.officers(as_of=change.author.as_of) if one.staff_id == held.staff_id)
    until = f", until {say_date(held.ended_on)}" if held.ended_on else ""
    places = f"{officer.allocated} of {capacity_of(officer, settings=change.settings)} allocated"
    yield (
        f"He was here before: his key worker was {say_worker(held)}{until}; "
        f"now {say_status(officer.status, officer.return_on)}, {places}."
    )


def _arrived(arrival: Arrival, kind: ArrivalType) -> Changed:
    return changed(
        "arrive",
        "stay",
        arrival.prison_number,
        "{name} ({key}) {arrived} on {on} ({arrived_as})" + (", to {location}." if arrival.location else "."),
        name=full_name(arrival.first_name, arrival.last_name),
        on=arrival.arrived_on,
        arrival_type=kind.value,
        arrived_as=ARRIVAL_WORDS[kind],
        location=arrival.location,
    )


def _allocation_due(change: "Change", arrival: Arrival) -> str:
    due = _is_due(allocation_due_by(arrival.arrived_on), change.author.as_of)
    return f"A key worker {due} (day 1): kw allocate {arrival.prison_number}"


def _meeting_due(change: "Change", arrival: Arrival) -> str:
    due = _is_due(first_meeting_due_by(arrival.arrived_on, settings=change.settings), change.author.as_of)
    return f"The first meeting {due} (day {change.settings.first_meeting_days})."


def _is_due(by: date, as_of: date) -> str:
    return f"{'is' if by >= as_of else 'was'} due by {say_date(by)}"
