"""What prisoners answered when they were asked themselves, and which notes of the sample a manager read.

Both samples are those that kw draws; what became of them is left to a chance of its own, so that nothing else in the
prison differs by it. In life the answer often differs from the record, and most notes are read by nobody.

help: voice, note-quality, fictional-prison.
"""

import csv
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from keyworker_cli.fiction.cases.answers import Answer
from keyworker_cli.fiction.cases.two_men import MR_A, MR_B
from keyworker_cli.fiction.chance import chance_from
from keyworker_cli.fiction.moments import AS_OF, DAY, moment
from keyworker_cli.fiction.records import MANAGER_LOGIN
from keyworker_cli.fiction.sheets import Cell, Sheets
from keyworker_cli.rules.codes.records import SessionType
from keyworker_cli.rules.contact.counted import counts_if_held
from keyworker_cli.rules.dates.months import Month
from keyworker_cli.rules.facts.names import wing_of
from keyworker_cli.rules.notes.sample import pick_sample
from keyworker_cli.rules.oversight.voice import AGREE_WITHIN_DAYS, lot_of
from keyworker_cli.rules.settings import Settings

Row = Mapping[str, str]

DEFAULTS: Final = Settings()

MONTHS: Final = Month.of(AS_OF).until(6)
_READ_SHARES: Final = {Month(2026, 3): 0.5, Month(2026, 4): 0.15}
_EVENING: Final = 18 * 60
_ASKING: Final = 700
"""What the chance of asking has beside a prison's own seed."""

_ASKED: Final = 0.88
NOT_ASKED: Final = (MR_A, MR_B)
"""Nothing is added to the two cases (help: two-men)."""

_DECLINED: Final = 0.06
_NAMED: Final = ((0.72, "NAMED"), (0.82, "OTHER"), (0.86, "NONE"), (1.0, "NOT_KNOWN"))
_NAMED_WITHOUT: Final = ((0.5, "NONE"), (0.8, "NOT_KNOWN"), (1.0, "OTHER"))
_TALKED: Final = ((0.62, "about then"), (0.78, "long before"), (0.85, "NEVER"), (1.0, "NOT_KNOWN"))
_NEVER_TALKED: Final = ((0.8, "NEVER"), (1.0, "NOT_KNOWN"))
_FREELY: Final = ((0.66, "yes"), (0.9, "no"), (1.0, ""))
_ASKERS: Final = ("Chaplaincy", "Safer Custody", "OMU")
_FOUND: Final = (
    ("Clear: what he said, and a next step with a date.", None),
    ("Two lines. Nothing of what he thinks himself.", "ask for his own words next time"),
    ("The same words as the note before it.", "talk with the officer about what was said"),
    ("A need is named and nobody's to do.", "whose it is, and by when"),
)


class NoteDrawn(NamedTuple):
    """A session with a note, as far as the sample is drawn from it."""

    session_id: int
    prison_number: str
    staff_id: str
    held_on: date
    start_minute: int | None
    note: str | None
    row: Row


def write_asked_and_read(sheets: Sheets, directory: Path, seed: int) -> Answer:
    """Write the answers of six months and the readings of two, from the files that stand in a directory.

    Return what must come of them.
    """
    sheets.flush()
    files = {name: _rows(directory, name) for name in ("prisoners", "moves", "absences", "allocations", "sessions")}
    prison = _Prison(files)
    return {
        "voice": _ask(sheets, prison, seed + _ASKING),
        "notes_read": _read(sheets, files["sessions"], seed + _ASKING),
    }


def _rows(directory: Path, name: str) -> list[Row]:
    path = directory / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _day(text: str) -> date:
    return date.fromisoformat(text) if text else date.max


class _Prison:
    """The records of a prison by prisoner, as far as they say who is asked and what he could answer."""

    def __init__(self, files: Mapping[str, list[Row]]) -> None:
        self._of = {name: _by_number(rows) for name, rows in files.items()}

    def present(self, on: date) -> Iterator[tuple[str, date]]:
        """Yield who is here on a day, in scope and not away, and when he arrived."""
        for number, stays in self._of["prisoners"].items():
            for stay in stays:
                arrived_on, left_on = _day(stay["arrived_on"]), _day(stay["left_on"])
                away = any(_day(one["from"]) <= on < _day(one["to"]) for one in self._all("absences", number))
                if arrived_on <= on < min(left_on, _day(stay["out_of_scope_from"])) and not away:
                    yield number, arrived_on

    def wing(self, number: str, on: date, arrived_on: date) -> str | None:
        """Return the wing of the last cell he was in."""
        stay = next(one for one in self._of["prisoners"][number] if _day(one["arrived_on"]) == arrived_on)
        moves = [one for one in self._all("moves", number) if arrived_on <= _day(one["moved_on"]) <= on]
        places = [stay["location"], *(one["location"] for one in sorted(moves, key=lambda one: one["moved_on"]))]
        return next((wing for place in reversed(places) if (wing := wing_of(place))), None)

    def holder(self, number: str, on: date) -> str | None:
        """Return who is his key worker on a day."""
        held = (
            one for one in self._all("allocations", number) if _day(one["allocated_on"]) <= on < _day(one["ended_on"])
        )
        return next((one["staff_id"] for one in held), None)

    def last_seen(self, number: str, on: date, arrived_on: date) -> date | None:
        """Return the day of his last counted session in this stay."""
        seen = (_day(one["held_on"]) for one in self._all("sessions", number) if _counts(one))
        return max((day for day in seen if arrived_on <= day <= on), default=None)

    def _all(self, name: str, number: str) -> list[Row]:
        return self._of[name].get(number, [])


def _by_number(rows: list[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["prison_number"], []).append(row)
    return found


def _counts(row: Row) -> bool:
    held, minutes = row["outcome"] == "COMPLETED", int(row["minutes"]) if row["minutes"] else None
    return held and counts_if_held(SessionType(row["type"]), minutes, row["place"], settings=DEFAULTS)


def _ask(sheets: Sheets, prison: _Prison, seed: int) -> Answer:
    """Ask five of each wing in each month; return how many were, and how far they and the record agree."""
    draw = chance_from(seed).random

    def one_of(shares: tuple[tuple[float, str], ...]) -> str:
        chance = draw()
        return next(word for bound, word in shares if chance < bound)

    asked, declined, tally = 0, 0, {name: [0, 0] for name in ("key_worker", "last_talk", "freely")}

    def count(name: str, agrees: bool) -> None:
        tally[name][0] += agrees
        tally[name][1] += 1

    for month in MONTHS:
        on = min(month.first_day + timedelta(days=8), AS_OF - DAY)
        for number, wing, arrived_on in _drawn(prison, month, on):
            if draw() >= _ASKED or number in NOT_ASKED:
                continue
            asked += 1
            cells: dict[str, Cell] = {}
            holder, last = prison.holder(number, on), prison.last_seen(number, on, arrived_on)
            if draw() < _DECLINED:
                declined += 1
            else:
                named = one_of(_NAMED if holder else _NAMED_WITHOUT)
                cells |= {"key_worker_said": named, "staff_id": holder if named == "NAMED" else None}
                count("key_worker", named == "NAMED" if holder else named in ("NONE", "NOT_KNOWN"))
                talk, day = one_of(_TALKED if last else _NEVER_TALKED), None
                if last and talk in ("about then", "long before"):
                    back = int(draw() * 5) if talk == "about then" else 14 + int(draw() * 30)
                    talk, day = "ON_A_DAY", last - timedelta(days=back)
                    count("last_talk", back <= AGREE_WITHIN_DAYS)
                elif talk == "NEVER":
                    count("last_talk", last is None)
                cells |= {"last_talk_said": talk, "last_talk_on": day}
                freely = one_of(_FREELY)
                cells["spoke_freely"] = freely
                if freely:
                    count("freely", freely == "yes")
            cells |= {"prison_number": number, "asked_on": on, "asked_by": _ASKERS[int(draw() * len(_ASKERS))]}
            sheets.add("voice", wing=wing, **cells, recorded_at=moment(on, _EVENING), recorded_by=MANAGER_LOGIN)
    return {"from": str(MONTHS[0]), "to": str(MONTHS[-1]), "asked": asked, "declined": declined, **tally}


def _drawn(prison: _Prison, month: Month, on: date) -> Iterator[tuple[str, str, date]]:
    """Yield whom kw draws in a month, of those who are still here to be asked, with the wing and the arrival."""
    there, still = dict(prison.present(month.first_day)), dict(prison.present(on))
    wings: dict[str, list[str]] = {}
    for number, arrived_on in there.items():
        if wing := prison.wing(number, month.first_day, arrived_on):
            wings.setdefault(wing, []).append(number)
    for wing in sorted(wings):
        in_turn = sorted(wings[wing], key=lambda number: lot_of(number, month))
        for number in [one for one in in_turn if still.get(one) == there[one]][: DEFAULTS.voice_per_wing]:
            yield number, wing, there[number]


def _read(sheets: Sheets, sessions: list[Row], seed: int) -> list[Answer]:
    """Read some notes of the sample of each of two months; return how many of how many."""
    draw, told = chance_from(seed + 1).random, []
    notes = [
        NoteDrawn(
            number, row["prison_number"], row["staff_id"], _day(row["held_on"]), _minute(row["start"]), row["note"], row
        )
        for number, row in enumerate(sessions)
        if row["type"] == "KS" and row["outcome"] == "COMPLETED"
    ]
    for month, share in _READ_SHARES.items():
        sample = pick_sample(notes, month)
        read = [note for note in sample if draw() < share]
        for note in read:
            read_on = min(month.last_day + timedelta(days=1 + int(draw() * 14)), AS_OF)
            found, action = _FOUND[int(draw() * len(_FOUND))]
            sheets.add(
                "note_readings",
                **{name: note.row[name] for name in ("prison_number", "staff_id", "held_on", "start", "type")},
                read_on=read_on,
                read_by=MANAGER_LOGIN,
                found=found,
                action=action,
                recorded_at=moment(read_on, _EVENING),
                recorded_by=MANAGER_LOGIN,
            )
        told.append({"month": str(month), "sampled": len(sample), "read": len(read)})
    return told


def _minute(clock: str) -> int | None:
    return int(clock[:2]) * 60 + int(clock[3:]) if clock else None
