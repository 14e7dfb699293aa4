"""Who is here, since when and where: from lists of prisoners, admissions, discharges and cell moves.

A stay begins or ends only by what says so: a list says who is here, never since when, unless it has a column for it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, NamedTuple

from keyworker_cli.rules.codes.records import DepartureReason
from keyworker_cli.rules.files.cells import LATER, echo
from keyworker_cli.rules.files.extracts.collected import Collected, clock
from keyworker_cli.rules.files.extracts.known import KnownPrisoner
from keyworker_cli.rules.files.extracts.layouts import RECEPTION, SENTENCE
from keyworker_cli.rules.files.extracts.movement_words import (
    HAS_LEFT,
    NOT_LEFT,
    arrival_type,
    departure_reason,
    is_for_a_time,
)
from keyworker_cli.rules.files.extracts.recognise import Recognised, Record
from keyworker_cli.rules.files.extracts.same_list import MOST
from keyworker_cli.rules.files.officers import folded
from keyworker_cli.rules.files.sheet import plain
from keyworker_cli.rules.files.tidy import name_case, split_name
from keyworker_cli.rules.stays.places import unpadded
from keyworker_cli.rules.typed import wing_named

NOT_HERE: Final = frozenset({"OUT", "TRN"})
ONLY_TIME: Final = re.compile(r"[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?")
A_DAY: Final = re.compile(r"\b(?:[0-3]?[0-9]/[01]?[0-9]/20[0-9]{2}|20[0-9]{2}-[01][0-9]-[0-3][0-9])\b")
LONGEST_WING: Final = 4
_OWN_CODE_AT_LEAST: Final = 0.8


class Movement(NamedTuple):
    """A prisoner's arrival or departure, in the order in which they happened."""

    on: date
    minute: int
    is_arrival: bool
    reason: str
    record: Record


@dataclass(slots=True)
class Found:
    """A prisoner as the sheets have him: what is said of him, and by which row first."""

    number: str
    record: Record
    last_name: str = ""
    first_name: str = ""
    born: date | None = None
    location: str | None = None
    arrived: date | None = None
    on_list: bool = False
    movements: list[Movement] = field(default_factory=list)
    key_worker: Record | None = None
    last_seen: date | None = None
    stays: list[tuple[date, date | None]] = field(default_factory=list)
    unknown_since: bool = False
    earliest: date | None = None

    def take_names(self, record: Record) -> None:
        """Take the names of a row, where none has been given."""
        first, last = name_case(record.get("first_name")), name_case(record.get("last_name"))
        if not (first and last) and record.get("name"):
            first, last = split_name(record.get("name"))
        self.first_name, self.last_name = self.first_name or first, self.last_name or last


People = dict[str, Found]


def find_own_code(sheets: Iterable[Recognised], collected: Collected) -> None:
    """Take the code that stands before nearly every place as the prison's own, where none has been set."""
    places = [record.get("location").upper() for sheet in sheets for record in sheet.records if record.get("location")]
    codes = Counter(place[:3] for place in places if place[3:4] == "-" and place[:3].isalpha() and place.count("-") > 0)
    codes.pop("SEG", None)
    if collected.known.code_set or not codes:
        return
    code, number = codes.most_common(1)[0]
    if number >= _OWN_CODE_AT_LEAST * len(places) and code != collected.own_code:
        collected.own_code = code
        first = next(record for sheet in sheets for record in sheet.records)
        collected.emit("settings", first, {"key": "prison.code", "value": code})
        collected.notes.append(f"{code} stands before nearly every place: taken as this prison's code")


def read_list(sheet: Recognised, people: People, collected: Collected) -> None:
    """Take a list of who is here."""
    ambiguous, here = _may_be_of_the_sentence(sheet), _own_prison(sheet, collected)
    earlier: dict[str, Record] = {}
    for record in sheet.records:
        number = collected.number(record)
        if number is None:
            continue
        elsewhere = _elsewhere(record, here)
        if elsewhere:
            collected.leave_out(record, f"not here: {sheet.taken[elsewhere]} is {record.get(elsewhere).upper()}")
            collected.out.add(number)
            continue
        if record.get("left").casefold() not in NOT_LEFT:
            collected.leave_out(record, f"{sheet.taken['left']} is filled in: not here; it ends no stay")
            continue
        if HAS_LEFT.match(record.get("status")):
            collected.leave_out(
                record, f"{sheet.taken['status']} is {echo(record.get('status'))}: not here; it ends no stay"
            )
            continue
        _compare(record, earlier.setdefault(number, record), collected)
        prisoner = _found(people, number, record)
        prisoner.on_list = True
        prisoner.born = prisoner.born or collected.day(record, "born")
        prisoner.location = prisoner.location or _cell(record, collected)
        if "arrived" in sheet.taken and not ambiguous:
            prisoner.arrived = prisoner.arrived or collected.day(record, "arrived")
        if prisoner.key_worker is None and record.get("key_worker"):
            prisoner.key_worker = record
        seen = collected.day(record, "last_seen")
        if seen and seen > collected.known.today:
            collected.fault(record, "last_seen", f"{seen.isoformat()} is in the future")
        elif seen:
            prisoner.last_seen = max(seen, prisoner.last_seen or seen)
    if "wing" in sheet.taken and "location" not in sheet.taken:
        collected.notes.append(
            f"{sheet.table.source}: {sheet.taken['wing']!r} alone is no place: kw knows a wing by the cells on it"
        )
    if ambiguous and "arrived" in sheet.taken:
        heading = sheet.taken["arrived"]
        collected.notes.append(
            f"{sheet.table.source}: {heading!r} may be of the sentence, not of this stay: it begins no stay"
        )


def _elsewhere(record: Record, here: str | None) -> str | None:
    """Return what says of a prisoner on a list that they are not here: its status, or another prison than this."""
    for meaning in ("in_out", "prison"):
        if not NOT_HERE.isdisjoint(record.get(meaning).upper().replace("-", " ").split()):
            return meaning
    return "prison" if record.get("prison").upper() not in ("", here) else None


def _own_prison(sheet: Recognised, collected: Collected) -> str | None:
    """Return the code of this prison in a column that says in which each of them is; `None` without such a column."""
    codes = Counter(record.get("prison").upper() for record in sheet.records if record.get("prison"))
    is_set = collected.known.code_set and collected.own_code in codes
    return collected.own_code if is_set else max(sorted(codes.keys() - NOT_HERE), key=codes.__getitem__, default=None)


def _may_be_of_the_sentence(sheet: Recognised) -> bool:
    """Say whether its day of arrival may be that of the sentence: it is an official list, or has such dates beside."""
    dated = any(why == SENTENCE["crd"] for _, why, _ in sheet.unread)
    return bool({"booking", "in_out", "prison"} & set(sheet.taken)) or (
        dated and plain(sheet.taken.get("arrived", "")) in RECEPTION
    )


def _compare(record: Record, first: Record, collected: Collected) -> None:
    """Count a row that says again what the first of the same prisoner said; note where it says something else."""
    if record is first:
        return
    if record.cells == first.cells:
        collected.repeated += 1
    for column, differs in (("location", _is_another_place), ("key_worker", _is_another_name)):
        here, there = record.get(column), first.get(column)
        if here and there and differs(here, there):
            said = f"{echo(here)} here, {echo(there)} on line {first.line}, of the same prisoner: leave one of them out"
            collected.fault(record, column, said)


def _is_another_place(one: str, other: str) -> bool:
    """Say whether these are two places, and not one with and without the prison's own code, or zeros."""
    one, other = unpadded(one.upper()), unpadded(other.upper())
    return not (one.endswith(other) or other.endswith(one))


def _is_another_name(one: str, other: str) -> bool:
    """Say whether these are two people: one may be there with the initial alone."""
    return set(folded(one)).isdisjoint(folded(other))


def without_those_gone(sheet: Recognised, newest: Recognised, collected: Collected) -> Recognised:
    """Return an older list without those who are not on the newest one, who may have left, and without its levels."""
    here = {record.get("number").upper() for record in newest.records}
    kept = []
    for record in sheet.records:
        if record.get("number").upper() in here:
            kept.append(record)
        else:
            collected.leave_out(record, f"not on the newer {newest.table.source}")
    taken = {meaning: heading for meaning, heading in sheet.taken.items() if meaning != "level"}
    if "level" in sheet.taken:
        collected.notes.append(f"{sheet.table.source}: its levels are not read: {newest.table.source} is newer")
    return replace(sheet, records=tuple(kept), taken=taken)


def find_missing(people: People, collected: Collected) -> None:
    """Note who is here in kw and on no list, on the wings of which the lists have most of the prisoners."""
    here = {one.number: one for one in collected.known.prisoners.values() if one.here_since}
    listed = {
        known.number if (known := collected.prisoner(number)) else number: found
        for number, found in people.items()
        if found.on_list
    }
    wings = Counter(one.wing for one in here.values())
    on_list = Counter(here[number].wing for number in listed if number in here)
    out = {known.number for number in collected.out if (known := collected.prisoner(number))}
    collected.missing = tuple(
        one
        for one in sorted(here.values(), key=lambda one: one.number)
        if on_list[one.wing] >= MOST * wings[one.wing]
        and one.number not in listed.keys() | out
        and not one.away
        and is_here(one.number, people, collected)
    )


def _cell(record: Record, collected: Collected) -> str | None:
    place = collected.place(record)
    wing = wing_named(record.get("wing"))
    if not (place and wing and place[0].isdigit()):
        return place
    if "-" in wing or len(wing) > LONGEST_WING:
        collected.fault(record, "wing", f"{echo(record.get('wing'))} is not a wing as B or HB2, and {place} has none")
        return None
    return f"{wing}-{place}"


def read_admissions(sheet: Recognised, people: People, collected: Collected) -> None:
    """Take arrivals."""
    for record in sheet.records:
        number = collected.number(record)
        on, minute = _when(record, sheet, collected)
        if number is None or on is None:
            continue
        prisoner = _found(people, number, record)
        prisoner.location = prisoner.location or collected.place(record)
        prisoner.born = prisoner.born or collected.day(record, "born")
        prisoner.movements.append(Movement(on, minute or 0, True, _reason(record), record))


def read_movements(sheet: Recognised, people: People, collected: Collected) -> None:
    """Take discharges and receptions; a journey to court and the like ends no stay."""
    for record in sheet.records:
        number = collected.number(record)
        on, minute = _when(record, sheet, collected)
        direction = record.get("direction").upper()
        if number is None or on is None:
            continue
        reason = _reason(record)
        if is_for_a_time(record.get("type"), reason):
            collected.leave_out(record, "court, hospital or temporary: read from their own reports")
        elif direction not in ("IN", "OUT"):
            collected.fault(record, "direction", f"{direction!r} is neither IN nor OUT")
        else:
            prisoner = _found(people, number, record)
            prisoner.movements.append(Movement(on, minute or 0, direction == "IN", reason, record))


def _when(record: Record, sheet: Recognised, collected: Collected) -> tuple[date | None, int | None]:
    """Return when somebody came or left: of a time alone the day is another column's, or the only one in the title."""
    if not record.get("at") and record.get("on"):
        return collected.needed_day(record, "on"), None
    if not ONLY_TIME.fullmatch(record.get("at")):
        return collected.needed_moment(record, "at")
    minute = collected.minute(record, "at")
    if record.get("on"):
        return collected.needed_day(record, "on"), minute
    days = set(A_DAY.findall(sheet.title))
    if len(days) == 1:
        return collected.day(Record(record.source, record.line, {"on": days.pop()}), "on"), minute
    collected.fault(
        record, "at", f"{record.get('at')} is a time without a day, and no one day stands above the headings"
    )
    return None, None


def _reason(record: Record) -> str:
    return " ".join(filter(None, (record.get("type"), record.get("reason"))))


def _found(people: People, number: str, record: Record) -> Found:
    prisoner = people.setdefault(number, Found(number, record))
    prisoner.take_names(record)
    return prisoner


def conclude_stays(people: People, collected: Collected) -> None:
    """Decide of each prisoner which stays they have, and emit them; note those of whom no day of arrival is known."""
    for prisoner in people.values():
        _conclude(prisoner, collected.prisoner(prisoner.number), collected)


def _conclude(prisoner: Found, known: KnownPrisoner | None, collected: Collected) -> None:
    stays = _stays_known(known)
    changed: list[tuple[date, Record, str, DepartureReason | None]] = []
    for move in sorted(prisoner.movements, key=lambda move: (move.on, move.minute, not move.is_arrival)):
        record = move.record
        open_stay = stays[-1] if stays and stays[-1][1] is None else None
        if move.on > collected.known.today:
            collected.leave_out(record, "in the future")
        elif move.is_arrival and any(arrived == move.on for arrived, _ in stays):
            changed.append((move.on, record, move.reason, None))
        elif move.is_arrival and open_stay is not None and known is None and prisoner.unknown_since:
            stays[-1] = (move.on, None)
        elif move.is_arrival and (open_stay is not None or any(left and move.on < left for _, left in stays)):
            collected.leave_out(record, "an arrival within a stay that kw has")
        elif move.is_arrival:
            stays.append((move.on, None))
            changed.append((move.on, record, move.reason, None))
        elif open_stay is not None and open_stay[0] <= move.on:
            stays[-1] = (open_stay[0], move.on)
            reason = departure_reason(move.reason)
            changed.append((open_stay[0], record, "", reason))
        elif not any(left == move.on for _, left in stays):
            collected.leave_out(record, "a departure of one of whom kw has no stay then")
    prisoner.stays = list(stays)
    if prisoner.on_list and not (stays and stays[-1][1] is None):
        _arrive(prisoner, collected)
    elif prisoner.on_list and not changed:
        changed.append((stays[-1][0], prisoner.record, "", None))
    _emit_stays(prisoner, known, changed, collected)


def _arrive(prisoner: Found, collected: Collected) -> None:
    """Begin the stay of one who is on a list and not in kw; what the list does not say has to be answered."""
    known, answers = collected.prisoner(prisoner.number), collected.answers
    last_left = max((left for _, left in prisoner.stays if left), default=None)
    arrived = prisoner.arrived or answers.arrived
    if arrived is None and answers.here_since is not None:
        prisoner.unknown_since = True
        seen = [
            day for day in (prisoner.last_seen, prisoner.earliest) if day and (last_left is None or day > last_left)
        ]
        arrived = min([answers.here_since, *seen])
    if arrived is None:
        collected.undated.append(prisoner.record)
        return
    if arrived > collected.known.today:
        collected.fault(prisoner.record, "arrived", f"{arrived.isoformat()} is in the future")
        return
    if last_left and arrived < last_left:
        collected.fault(
            prisoner.record,
            "arrived",
            f"{arrived.isoformat()} is before they last left, {last_left.isoformat()}",
        )
        return
    prisoner.stays.append((arrived, None))
    began = arrived if prisoner.unknown_since else collected.known.today
    values = _who(prisoner, known) | {
        "arrived_on": arrived,
        "location": prisoner.location,
        "date_of_birth": prisoner.born,
    }
    if prisoner.unknown_since or arrived < collected.known.today:
        values["records_from"] = began
    collected.emit("prisoners", prisoner.record, values)


def _emit_stays(
    prisoner: Found,
    known: KnownPrisoner | None,
    changed: Sequence[tuple[date, Record, str, DepartureReason | None]],
    collected: Collected,
) -> None:
    for arrived, record, reason, ended in changed:
        left = next((left for began, left in prisoner.stays if began == arrived), None)
        values = _who(prisoner, known) | {"arrived_on": arrived}
        if left is None:
            values |= {"location": prisoner.location, "date_of_birth": prisoner.born}
        if reason and not (known and any(stay[0] == arrived.isoformat() for stay in known.stays)):
            values["arrival_type"] = arrival_type(reason)
        if left is not None:
            values |= {"left_on": left, "departure_reason": ended}
        collected.emit("prisoners", record, values)


def _who(prisoner: Found, known: KnownPrisoner | None) -> dict[str, str | date | int | None]:
    """Return number and name: the name as kw has it, where the sheet only spells it otherwise."""
    last, first = prisoner.last_name, prisoner.first_name
    if known and (not last or folded(f"{first} {last}") == folded(f"{known.first_name} {known.last_name}")):
        last, first = known.last_name, known.first_name
    return {"prison_number": prisoner.number, "last_name": last or prisoner.number, "first_name": first or "?"}


def read_cell_moves(sheet: Recognised, people: People, collected: Collected) -> None:
    """Take moves within the prison."""
    for record in sheet.records:
        number = collected.number(record)
        on, minute = collected.needed_moment(record, "at")
        if number is None or on is None:
            continue
        faults, place = len(collected.faults), collected.place(record)
        if not place:
            if len(collected.faults) == faults:
                collected.leave_out(record, "no place to which they moved")
            continue
        if not in_a_stay(number, on, people, collected):
            collected.leave_out(record, "not in a stay that kw has")
            continue
        collected.emit(
            "moves", record, {"prison_number": number, "moved_on": on, "location": place, "moved_at": clock(minute)}
        )


def in_a_stay(number: str, on: date, people: People, collected: Collected) -> bool:
    """Say whether a prisoner was here on a day, by what kw and the sheets have."""
    stays = people[number].stays if number in people else _stays_known(collected.prisoner(number))
    return any(arrived <= on and (left is None or on <= left) for arrived, left in stays)


def _stays_known(prisoner: KnownPrisoner | None) -> list[tuple[date, date | None]]:
    """Return the stays that kw has of a prisoner; the last day of one that goes on is `None`."""
    stays = prisoner.stays if prisoner else ()
    return [(date.fromisoformat(a), None if b == LATER else date.fromisoformat(b)) for a, b in stays]


def is_here(number: str, people: People, collected: Collected) -> bool:
    """Say whether a prisoner is here today."""
    return in_a_stay(number, collected.known.today, people, collected) and (
        number not in people or bool(people[number].stays and people[number].stays[-1][1] is None)
    )
