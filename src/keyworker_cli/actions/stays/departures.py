"""Men leaving the prison, or the scheme: what ends with it, and a departure that was not his (DOMAIN 3.9)."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from keyworker_cli.actions.stays.moves import how_he_stands
from keyworker_cli.lookup import find_prisoner
from keyworker_cli.rules.codes.records import DepartureReason, EndReason
from keyworker_cli.rules.contact.clocks import End, say_gap
from keyworker_cli.rules.contact.gaps import find_gaps
from keyworker_cli.rules.dates.london import london_date
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.facts.officers import Allocation
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.stays import Stay
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.stays.movements import (
    check_day,
    check_departure,
    check_excluded,
    check_exclusion,
    departed_stay,
    end_reason,
    ended_with,
    say_departure,
    say_man,
    stay_here,
    stay_to_end,
)

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.changes.change import Change
    from keyworker_cli.store.reads.queries import Queries
    from keyworker_cli.store.store import Store


def leave(
    store: "Store",
    author: "Author",
    prisoner: str,
    *,
    reason: DepartureReason,
    on: date | None,
    as_of: date,
    settings: Settings,
    keep: bool = True,
) -> list[str]:
    """End a man's stay, and with it his allocation; return what was done, in sentences.

    `on` `None` is the day asked about, or, where his stay has ended and nobody knew how, the day it did. A death locks
    the record. Raises `RefusedError` for one who is not here, a day to come, or one before he came or was last seen.
    """
    today = london_date(author.at)
    with store.transaction(author, keep=keep) as change:
        queries = change.queries
        man = find_prisoner(queries, prisoner)
        stay = stay_to_end(man, queries.stays_of(man.person_id), today=today)
        left_on = on or (stay.left_on if stay.left_on and stay.left_on <= today else as_of)
        check_day(left_on, man, stay, today=today, option="--on")
        check_departure(left_on, man, queries.sessions_of(man.person_id))
        if stay.left_on is not None:
            take_back(change, man, stay)
        held = depart(change, man, stay, on=left_on, reason=reason)
        ended = stay._replace(left_on=left_on, departure_reason=reason.value)
        return [
            f"{say_man(man)} {say_departure(ended)} on {say_date(left_on)}.",
            *_say_ended(held),
            *_stopped(queries, ended, settings),
            *_locked(man, reason),
        ]


def depart(change: "Change", man: Person, stay: Stay, *, on: date, reason: DepartureReason | None) -> Allocation | None:
    """End a stay and what ends with it; return the allocation that it ended. A reason of `None` is not known."""
    held = end_with_stay(change, man, on=on, reason=reason)
    change.end_stay(stay.stay_id, man.prison_number, left_on=on, reason=reason)
    return held


def end_with_stay(change: "Change", man: Person, *, on: date, reason: DepartureReason | None) -> Allocation | None:
    """End the allocation that is live and, but for a death, the nights away; return the allocation it ended.

    The rest of the record of a man who died stays as it was when he did.
    """
    held = end_live_allocation(change, man, on=on, reason=end_reason(reason))
    if reason is not DepartureReason.DIED:
        for nights in change.queries.absences_of(man.person_id):
            if nights.to_on is None or nights.to_on > on:
                back_on = max(on, nights.from_on)
                change.end_absence(man.person_id, man.prison_number, from_on=nights.from_on, to_on=back_on)
    return held


def end_live_allocation(change: "Change", man: Person, *, on: date, reason: EndReason) -> Allocation | None:
    """End the allocation a man has, on a day or, where it began later, at once; return it as it then stands."""
    for held in change.queries.allocations_of(man.person_id):
        if held.ended_on is None:
            ended_on = max(on, held.allocated_on)
            change.end_allocation(held.allocation_id, man.prison_number, on=ended_on, reason=reason)
            return held._replace(ended_on=ended_on, end_reason=reason.value)
    return None


def take_back(change: "Change", man: Person, stay: Stay) -> Allocation | None:
    """Take back the end of a stay and of what ended with it; return the allocation that is taken up again."""
    ended_at = change.reopen_stay(stay.stay_id, man.prison_number)
    if stay.left_on is not None:
        change.resume_absence(man.person_id, man.prison_number, left_on=stay.left_on, ended_at=ended_at)
    held = ended_with(stay, change.queries.allocations_of(man.person_id))
    if held is not None:
        change.resume_allocation(held.allocation_id, man.prison_number)
    return held


def reverse_departure(
    store: "Store", author: "Author", prisoner: str, *, why: str, as_of: date, settings: Settings, keep: bool = True
) -> list[str]:
    """Take back a departure, a death too, that was recorded of the wrong man; return what was done, in sentences.

    His stay and his allocation go on as if they had never ended; the audit keeps what was recorded, and why it was
    reversed. Raises `RefusedError` for a man who has not left.
    """
    today = london_date(author.at)
    with store.transaction(author, keep=keep) as change:
        queries = change.queries
        man = find_prisoner(queries, prisoner)
        stay = departed_stay(man, queries.stays_of(man.person_id), today=today)
        was = {"left_on": stay.left_on, "departure_reason": stay.departure_reason}
        change.note_in_audit(
            "reverse departure", "stay", f"{man.prison_number} {stay.arrived_on}", after={"why": why, **was}
        )
        held = take_back(change, man, stay)
        again = f" {held.name} is his key worker again." if held else ""
        gone = f"that he {say_departure(stay)} on {say_date(stay.left_on or today)}"
        return [
            f"Taken back of {say_man(man)}: {gone} ({why}).",
            f"He is here, and has been since {say_date(stay.arrived_on)}.{again}",
            *how_he_stands(queries, stay, as_of=as_of, settings=settings),
        ]


def exclude(
    store: "Store",
    author: "Author",
    prisoner: str,
    *,
    reason: str,
    from_on: date,
    settings: Settings,
    keep: bool = True,
) -> list[str]:
    """Take a man out of the scheme from a day on; his allocation ends OUT_OF_SCOPE. Return what was done, in sentences.

    He stays counted and named as excluded. Raises `UsageError` without a reason, `RefusedError` for one who is not here
    or is out of scope already, and for a day to come or before he came.
    """
    today = london_date(author.at)
    with store.transaction(author, keep=keep) as change:
        man = find_prisoner(change.queries, prisoner)
        stay = stay_here(man, change.queries.stays_of(man.person_id), today=today)
        check_exclusion(man, stay, reason=reason)
        check_day(from_on, man, stay, today=today, option="--from")
        held = end_live_allocation(change, man, on=from_on, reason=EndReason.OUT_OF_SCOPE)
        change.set_scope(stay.stay_id, man.prison_number, out_from=from_on, reason=reason.strip())
    return [
        f"{say_man(man)} is out of scope of key work from {say_date(from_on)} ({reason.strip()}).",
        *_say_ended(held),
        "He is in no total, and is named as excluded wherever one stands.",
    ]


def include(
    store: "Store", author: "Author", prisoner: str, *, as_of: date, settings: Settings, keep: bool = True
) -> list[str]:
    """Bring a man back into the scheme; return what was done, in sentences. He counts as if he had never left it."""
    today = london_date(author.at)
    with store.transaction(author, keep=keep) as change:
        queries = change.queries
        man = find_prisoner(queries, prisoner)
        stay = stay_here(man, queries.stays_of(man.person_id), today=today)
        check_excluded(man, stay)
        change.set_scope(stay.stay_id, man.prison_number, out_from=None, reason=None)
        return [
            f"{say_man(man)} is in scope again: he counts as if he had never been out of it.",
            *how_he_stands(queries, stay, as_of=as_of, settings=settings),
        ]


def _say_ended(held: Allocation | None) -> Iterator[str]:
    if held is None:
        yield "He had no key worker."
    else:
        yield f"His allocation to {held.name}, since {say_date(held.allocated_on)}, has ended ({held.end_reason})."


def _stopped(queries: "Queries", stay: Stay, settings: Settings) -> Iterator[str]:
    """Say how long he had gone unseen when he left."""
    if stay.left_on is None:
        return
    contacts = queries.contact_of_stay(stay.stay_id, as_of=stay.left_on, settings=settings)
    for gap in find_gaps(contacts, as_of=stay.left_on, settings=settings):
        yield say_gap(gap, End(stay.left_on, say_departure(stay)))


def _locked(man: Person, reason: DepartureReason) -> Iterator[str]:
    if reason is DepartureReason.DIED:
        yield "His gap is frozen there and his record is locked: kept, readable, never changed. He is on no list."
        yield f"If this was recorded of the wrong man: kw prisoner leave {man.prison_number} --undo --why TEXT"
