"""Taking in a fresh roll: arrivals, moves and departures with all that follows from them, saved together or not at all.

It is read twice: once to show what it changes, and once, when that has been agreed to, to save exactly that.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from keyworker_cli.actions.files.input_files import Source, find_files
from keyworker_cli.actions.files.load import load_into
from keyworker_cli.actions.stays.departures import depart, end_with_stay
from keyworker_cli.actions.stays.moves import settle_segregation
from keyworker_cli.errors import UsageError
from keyworker_cli.reports.outcome import Changed, Outcome, changed
from keyworker_cli.reports.report import Value
from keyworker_cli.rules.codes.records import DepartureReason
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.files.kinds import PRISONERS
from keyworker_cli.rules.say import count_men
from keyworker_cli.rules.stays.movements import check_departure
from keyworker_cli.rules.stays.roll import OnFile, RollChanges, check_still_the_same, compare_roll, say_changes

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.changes.change import Change
    from keyworker_cli.store.store import Store


def find_roll(paths: Sequence[Path]) -> Source:
    """Return the one file that is a roll; raises `UsageError` for several, `NotFoundError` for none."""
    files = find_files(paths, kind=PRISONERS.name).files
    if len(files) != 1 or files[0].sheet is not PRISONERS:
        raise UsageError("a roll is one file: the prisoners who are here.", "kw import --roll prisoners.csv")
    return files[0]


def take_roll(
    store: "Store",
    author: "Author",
    roll: Source,
    *,
    shown: RollChanges | None = None,
) -> RollChanges:
    """Return what a roll changes; it is saved when `shown`, what somebody has agreed to, is still what it changes.

    Men missing from it leave on the day asked about, for a reason not known. The allocation of a man who leaves ends;
    a move to segregation begins SEG and a move out ends it. Raises `BadInputError` with every bad row, `RefusedError`
    when the record has changed since it was shown.
    """
    with store.transaction(author if shown is not None else author.trying()) as change:
        queries, as_of, settings = change.queries, author.as_of, change.settings
        before = queries.contacts(as_of=as_of, settings=settings)
        men = load_into(change, [roll], as_of=as_of).men
        _place(change, queries.contacts(as_of=as_of, settings=settings), men, on=as_of)
        after = queries.contacts(as_of=as_of, settings=settings)
        people = queries.people()
        changes = compare_roll(before, after, men=men, people=people, as_of=as_of)
        if shown is not None:
            check_still_the_same(shown, changes)
        _follow(change, changes, {man.person_id: man for man in people})
    return changes


def roll_outcome(changes: RollChanges, roll: Source, *, saved: bool) -> Outcome:
    """Return each arrival, move and departure that a roll brings, as saved or as it would be."""
    if changes.nothing:
        return Outcome(answer=(f"{roll.name}, {count_men(changes.on_roll)}: nothing to save.",))
    arrived = (_one(man, "arrive", "{arrived} on {on}", man.arrived_on) for man in changes.arrived)
    moved = (
        _one(one.man, "move", "{moved} to {location}", changes.as_of, location=one.man.location)
        for one in changes.moved
    )
    left = (_one(gone.man, "leave", "{left} on {on}", gone.left_on) for gone in changes.left)
    missing = (_one(man, "leave", "{left} on {on}, not on this roll", changes.as_of) for man in changes.missing)
    in_short = f"{{Saved}}: {say_changes(changes)}."
    return Outcome((*arrived, *moved, *left, *missing), saved=saved, in_short=in_short)


def _one(man: Contact, action: str, says: str, on: date, **fields: Value) -> Changed:
    sentence = "{key} {name} " + says + "."
    return changed(action, "stay", man.prison_number, sentence, name=man.name, on=on, **fields)


def _place(change: "Change", contacts: Iterable[Contact], men: Mapping[int, OnFile], *, on: date) -> None:
    """Record a move for each man whom the roll has elsewhere: to a roll, unlike to a file of stays, a cell is today's.

    An import takes a man found in the cell he came to as one of whom it says nothing new.
    """
    for contact in contacts:
        place = men[contact.person_id].location if contact.person_id in men else None
        if place is not None and place != contact.location:
            change.record_move(contact.person_id, contact.prison_number, moved_on=on, location=place)


def _follow(change: "Change", changes: RollChanges, people: dict[int, Person]) -> None:
    """Record what follows from the roll."""
    for arrived in changes.arrived:
        settle_segregation(change, people[arrived.person_id], None, arrived.location, on=arrived.arrived_on)
    for moved in changes.moved:
        settle_segregation(change, people[moved.man.person_id], moved.was_in, moved.man.location, on=changes.as_of)
    for gone in changes.left:
        reason = DepartureReason(gone.departure_reason) if gone.departure_reason else None
        end_with_stay(change, people[gone.man.person_id], on=gone.left_on, reason=reason)
    for man in changes.missing:
        _end(change, people[man.person_id], man, changes.as_of)


def _end(change: "Change", man: Person, contact: Contact, on: date) -> None:
    check_departure(on, man, change.queries.sessions_of(man.person_id))
    stay = next(stay for stay in change.queries.stays_of(man.person_id) if stay.arrived_on == contact.arrived_on)
    depart(change, man, stay, on=on, reason=None)
