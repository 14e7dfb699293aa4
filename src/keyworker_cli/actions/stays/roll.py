"""Taking in a fresh roll: arrivals, moves and departures with all that follows from them, saved together or not at all.

It is read twice: once to show what it changes, and once, when that has been agreed to, to save exactly that.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from keyworker_cli.actions.files.reading.input_files import FoundFiles, find_files
from keyworker_cli.actions.files.take_in import take_in_to
from keyworker_cli.actions.stays.departures import depart, end_with_stay
from keyworker_cli.actions.stays.moves import record_segregation
from keyworker_cli.errors import UsageError
from keyworker_cli.reports.outcome import Changed, Outcome, changed
from keyworker_cli.reports.report import Value
from keyworker_cli.rules.codes.records import DepartureReason
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.files.extracts.collected import Collected
from keyworker_cli.rules.files.extracts.known import Answers
from keyworker_cli.rules.files.extracts.layouts import UNIT_LIST
from keyworker_cli.rules.files.kinds import MOVES, PRISONERS, SETTINGS
from keyworker_cli.rules.say import count_prisoners
from keyworker_cli.rules.stays.movements import check_departure
from keyworker_cli.rules.stays.roll import OnFile, RollChanges, check_still_the_same, compare_roll, say_changes

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.changes.change import Change
    from keyworker_cli.store.store import Store


ONE_FILE: Final = UsageError("a roll is one file: the prisoners who are here.", "kw import --roll prisoners.csv")
TAKEN_OF_A_LIST: Final = (SETTINGS.name, PRISONERS.name, MOVES.name)
"""What a roll says of those on it: that they are here, and where; not who their key worker is."""


@dataclass(frozen=True, slots=True)
class RollTaken:
    """What a roll changes, how its sheets were read, and how many on it have no day of arrival."""

    changes: RollChanges
    collected: Collected


def find_roll(paths: Sequence[Path], *, headings: Mapping[str, str], stdin: Any = None) -> FoundFiles:
    """Return the one file that is a roll: kw's own prisoners, or a prison's lists of who is here, sheet by sheet.

    Raises `UsageError` for several or for what is no list of prisoners, `NotFoundError` for none.
    """
    found = find_files(paths, kind=None, headings=headings, stdin=stdin)
    lists = [sheet for sheet in found.sheets if sheet.layout is UNIT_LIST]
    if len(paths) != 1 or paths[0].is_dir() or len(found.files) + bool(found.sheets) != 1 or lists != found.sheets:
        raise ONE_FILE
    if found.files and found.files[0].sheet is not PRISONERS:
        raise ONE_FILE
    return found


def take_roll(
    store: "Store",
    author: "Author",
    roll: FoundFiles,
    *,
    answers: Answers,
    shown: RollChanges | None = None,
) -> RollTaken:
    """Return what a roll changes; it is saved when `shown`, what somebody has agreed to, is still what it changes.

    Prisoners missing from it leave on the day asked about, for a reason not known; those whom it has as out or in
    transit do not. The allocation of a prisoner who leaves ends; a move to segregation begins SEG and a move out ends
    it. Raises `BadInputError` with every bad row, `RefusedError` when the record has changed since it was shown.
    """
    with store.transaction(author if shown is not None else author.trying()) as change:
        queries, as_of, settings = change.queries, author.as_of, change.settings
        before = queries.contacts(as_of=as_of, settings=settings)
        taken = take_in_to(change, roll, as_of=as_of, answers=answers, kinds=TAKEN_OF_A_LIST)
        prisoners = taken.loaded.prisoners
        _place(change, queries.contacts(as_of=as_of, settings=settings), prisoners, on=as_of)
        after = queries.contacts(as_of=as_of, settings=settings)
        people = queries.people()
        out = {prisoner.person_id for prisoner in people if prisoner.prison_number in taken.collected.out}
        changes = compare_roll(before, after, prisoners=prisoners, people=people, as_of=as_of, out=out)
        if shown is not None:
            check_still_the_same(shown, changes)
        _follow(change, changes, {prisoner.person_id: prisoner for prisoner in people})
    return RollTaken(changes, taken.collected)


def _file_of(roll: FoundFiles) -> str:
    """Return what a roll is called."""
    return roll.files[0].name if roll.files else roll.sheets[0].table.source


def roll_outcome(changes: RollChanges, roll: FoundFiles, *, saved: bool) -> Outcome:
    """Return each arrival, move and departure that a roll brings, as saved or as it would be."""
    if changes.nothing:
        return Outcome(answer=(f"{_file_of(roll)}, {count_prisoners(changes.on_roll)}: nothing to save.",))
    arrived = (_one(prisoner, "arrive", "{arrived} on {on}", prisoner.arrived_on) for prisoner in changes.arrived)
    moved = (
        _one(one.prisoner, "move", "{moved} to {location}", changes.as_of, location=one.prisoner.location)
        for one in changes.moved
    )
    left = (_one(gone.prisoner, "leave", "{left} on {on}", gone.left_on) for gone in changes.left)
    missing = (
        _one(prisoner, "leave", "{left} on {on}, not on this roll", changes.as_of) for prisoner in changes.missing
    )
    in_short = f"{{Saved}}: {say_changes(changes)}."
    return Outcome((*arrived, *moved, *left, *missing), saved=saved, in_short=in_short)


def _one(prisoner: Contact, action: str, says: str, on: date, **fields: Value) -> Changed:
    sentence = "{key} {name} " + says + "."
    return changed(action, "stay", prisoner.prison_number, sentence, name=prisoner.name, on=on, **fields)


def _place(change: "Change", contacts: Iterable[Contact], prisoners: Mapping[int, OnFile], *, on: date) -> None:
    """Record a move for each prisoner the roll has elsewhere: in a roll, unlike a file of stays, a cell is today's.

    An import takes a prisoner found in the cell he came to as one of whom it says nothing new.
    """
    for contact in contacts:
        place = prisoners[contact.person_id].location if contact.person_id in prisoners else None
        if place is not None and place != contact.location:
            change.record_move(contact.person_id, contact.prison_number, moved_on=on, location=place)


def _follow(change: "Change", changes: RollChanges, people: dict[int, Person]) -> None:
    """Record what follows from the roll."""
    for arrived in changes.arrived:
        record_segregation(change, people[arrived.person_id], None, arrived.location, on=arrived.arrived_on)
    for moved in changes.moved:
        record_segregation(
            change, people[moved.prisoner.person_id], moved.was_in, moved.prisoner.location, on=changes.as_of
        )
    for gone in changes.left:
        reason = DepartureReason(gone.departure_reason) if gone.departure_reason else None
        end_with_stay(change, people[gone.prisoner.person_id], on=gone.left_on, reason=reason)
    for prisoner in changes.missing:
        _end(change, people[prisoner.person_id], prisoner, changes.as_of)


def _end(change: "Change", prisoner: Person, contact: Contact, on: date) -> None:
    check_departure(on, prisoner, change.queries.sessions_of(prisoner.person_id))
    stay = next(stay for stay in change.queries.stays_of(prisoner.person_id) if stay.arrived_on == contact.arrived_on)
    depart(change, prisoner, stay, on=on, reason=None)
