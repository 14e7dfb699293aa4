"""What has been read so far from a prison's own sheets: rows of kw's kinds, what is wrong, and what is left out."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from keyworker_cli.errors import UsageError
from keyworker_cli.rules.dates.clock import DAY_MINUTES
from keyworker_cli.rules.dates.parse import parse_full_date, parse_minute
from keyworker_cli.rules.dates.say import say_minute
from keyworker_cli.rules.files.cells import BrokenCell, DayCell, echo, say_made_a_day
from keyworker_cli.rules.files.extracts.known import Answers, Known, KnownPrisoner
from keyworker_cli.rules.files.extracts.recognise import Recognised, Record
from keyworker_cli.rules.files.kinds import SHEETS
from keyworker_cli.rules.files.officers import KnownOfficer, Officers, folded, is_nobody, names_several, officer_from
from keyworker_cli.rules.files.tidy import day_only, in_london, tidy
from keyworker_cli.rules.files.written import day_of_number, has_month_first, has_short_year, in_24_hours
from keyworker_cli.rules.stays.places import unpadded
from keyworker_cli.rules.typed import as_prison_number, yes_or_no

_KEYS: Final = {sheet.name: sheet.key_columns for sheet in SHEETS}
_OF_SEVERAL_SHEETS: Final = ("settings", "prisoners", "key_workers")
"""What several sheets tell of, each a part."""
ORDER: Final = [sheet.name for sheet in SHEETS]
_SPACED: Final = re.compile(r"[A-Z]{1,3}[0-9]{0,2} [0-9]{1,2} [0-9]{1,4}")
_CODE_BEFORE: Final = re.compile(r"([A-Z]{3})-(.+)")
_DATE_AND_TIME: Final = re.compile(r"(.*?\d)[T ,]+([0-9]{1,2}[:.][0-9]{2})(?:[:.][0-9]{2}(?:\.\d+)?)?")
NO_DAY: Final = frozenset(
    {
        *("", "-", "--", "?", "??", "x", "0", "n/a", "na", "n/k", "nk", "none", "nil", "no", "never", "not yet", "tbc"),
        *("tba", "unknown", "not known", "not seen", "none recorded", "no session", "new", "refused", "declined"),
    }
)
"""What lists write where there is no date."""
MAY_BE_LEFT_OPEN: Final = ("last_seen", "born")
"""Days of a list without which it is still one."""
ANOTHER: Final = "new"
"""Said of a name: nobody whom kw knows, but another key worker."""
_NAMES: Final = frozenset({"first_name", "last_name", "name"})
"""Of these nobody can say that an error stands for nothing."""

NAME_NOT_KNOWN: Final = "(name not known)"
NOT_KNOWN: Final = KnownOfficer("NOT-KNOWN", "known", "Not", from_list=True)
"""Stands for whoever held the last session of one whose list names no key worker."""


Values = dict[str, str | date | int | None]
"""What a row of one of kw's kinds says, by column; what is empty is not in it."""


@dataclass(slots=True)
class OutputRow:
    """A row of one of kw's own kinds, and the row of the sheet it comes from."""

    values: dict[str, str]
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row: the heading as the sheet has it, and why."""

    source: str
    line: int
    heading: str
    reason: str


@dataclass(slots=True)
class Unclear:
    """What a cell holds that a person can say the meaning of: a name, a day, or an activity of the detail.

    `near` is who may be meant.
    """

    heading: str
    text: str
    reason: str
    source: str
    line: int
    is_day: bool
    near: KnownOfficer | None = None
    rows: int = 0
    is_activity: bool = False


@dataclass
class Collected:
    """The reading of all sheets of one import.

    `rows` are by kind and key; `left_out` are source and lines by why; `notes` are said once, at the end; `out` are the
    numbers of those whom a list has as not here at the moment, of whom nothing is taken; `missing` are here according
    to kw, and on no list; `unclear` are the faults whose
    cell a person can say the meaning of, `several_days` lists of the same prisoners of which the newest is not known;
    `numbered` is, by source, the first day that stands there as a number, `misread`, by source, column and what is
    wrong, the first with a year of two digits or the month first; `levels` the first row that gives a prisoner's level.
    """

    known: Known
    answers: Answers = field(default_factory=Answers)
    rows: dict[str, dict[tuple[str, ...], OutputRow]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    left_out: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    repeated: int = 0
    undated: list[Record] = field(default_factory=list)
    out: set[str] = field(default_factory=set)
    missing: tuple[KnownPrisoner, ...] = ()
    own_code: str = ""
    headings: dict[str, Mapping[str, str]] = field(default_factory=dict)
    unclear: dict[tuple[str, str], Unclear] = field(default_factory=dict)
    several_days: list[tuple[Recognised, ...]] = field(default_factory=list)
    numbered: dict[str, tuple[str, date]] = field(default_factory=dict)
    misread: dict[tuple[str, str, str], str] = field(default_factory=dict)
    levels: dict[str, Record] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.officers = Officers(self.known.officers)
        self.new_officers: dict[str, KnownOfficer] = {}
        self.broken: set[Fault] = set()
        here = (one.location for one in self.known.prisoners.values() if one.here_since and one.location)
        self.places = {unpadded(place): place for place in here}
        self.own_code = self.own_code or self.known.settings.prison_code

    # --- what comes out ---

    def emit(self, kind: str, record: Record, values: Values) -> None:
        """Add a row; what is empty is left out of it. The same row again is counted, and completes the first.

        Of two that are one to kw and say different things, such as two ends, the first is taken and the other named.
        """
        said = {name: str(value) for name, value in values.items() if value is not None and value != ""}
        key = tuple(said.get(name, "") for name in _KEYS[kind])
        there = self.rows.setdefault(kind, {}).get(key)
        if there is None:
            self.rows[kind][key] = OutputRow(said, record.source, record.line)
            return
        if all(there.values.get(name) == value for name, value in said.items()):
            self.repeated += 1
        elif kind == "events":
            self.leave_out(record, f"another {said['code']} of the same prisoner and day is taken")
        elif kind not in _OF_SEVERAL_SHEETS:
            self.leave_out_other(record, there)
        there.values.update({name: value for name, value in said.items() if name not in there.values})

    def leave_out(self, record: Record, why: str) -> None:
        """Note a row that is not taken, and why."""
        self.left_out.setdefault((record.source, why), []).append(record.line)

    def leave_out_other(self, record: Record, taken: Record | OutputRow) -> None:
        """Note a row that says something else than another, which is taken."""
        self.leave_out(record, f"says otherwise than line {taken.line} of {taken.source}, which is taken")

    def fault(self, record: Record, column: str, reason: str) -> None:
        """Note what is wrong with a cell; the column is said as the sheet has it."""
        fault = Fault(record.source, record.line, self._heading(record, column), reason)
        if fault not in self.broken:
            self.faults.append(fault)

    def broken_cell(self, record: Record, column: str, cell: str) -> None:
        """Note an error of the spreadsheet, before anything is read; it is not noted again by what reads it."""
        self.fault(record, column, cell)
        self.broken.add(self.faults[-1])

    # --- cells ---

    def number(self, record: Record) -> str | None:
        """Return the prison number of a row; one that is none is noted."""
        text = record.get("number")
        number = as_prison_number(text)
        if isinstance(text, BrokenCell):
            self.fault(record, "number", text)
        elif number is not None:
            return number
        else:
            self.fault(record, "number", f"{echo(text)} is not a prison number (a letter, 4 digits, 2 letters)")
        return None

    def day(self, record: Record, column: str) -> date | None:
        """Return a day; of a date with its time the day. What is no date is noted."""
        return self.moment(record, column)[0]

    def moment(self, record: Record, column: str) -> tuple[date | None, int | None]:
        """Return the day and, where it stands with it, the minute of the day."""
        text = record.get(column)
        said = self.answers.value(_written(text))
        if isinstance(text, BrokenCell) and said == _written(text):
            self.fault(record, column, text)
            if column in MAY_BE_LEFT_OPEN:
                self._ask(record, column, said, text.partition(";")[0], is_day=True)
            return None, None
        if said.casefold() in NO_DAY:
            return None, None
        match = _DATE_AND_TIME.fullmatch(in_24_hours(said))
        try:
            if numbered := day_of_number(said):
                self.numbered.setdefault(record.source, (said, numbered[0]))
                return numbered
            if match is None:
                return parse_full_date(said), None
            return parse_full_date(match[1]), parse_minute(match[2])
        except UsageError as error:
            self.fault(record, column, self._no_day(record, column, match[1] if match else said, error))
            if column in MAY_BE_LEFT_OPEN and not has_month_first(said):
                self._ask(record, column, said, f"{said!r} is no date", is_day=True)
            return None, None

    def needed_day(self, record: Record, column: str) -> date | None:
        """Return a day that a row is nothing without: one that has none is left out."""
        return self.needed_moment(record, column)[0]

    def needed_moment(self, record: Record, column: str) -> tuple[date | None, int | None]:
        """Return as `moment`; a row without a day is left out."""
        faults = len(self.faults)
        found = self.moment(record, column)
        if found[0] is None and len(self.faults) == faults:
            self.leave_out(record, f"no day under {self._heading(record, column)}")
        return found

    def _heading(self, record: Record, column: str) -> str:
        return self.headings.get(record.source, {}).get(column, column)

    def _no_day(self, record: Record, column: str, said: str, error: UsageError) -> str:
        """Return what is wrong with a day: where a column is written so throughout, the same for all of it."""
        if has_short_year(said):
            wrong = "a year of two digits could be of two centuries; give the column a format with the whole year"
        elif has_month_first(said):
            wrong = "the month stands first, and a file's dates are day first; give the column such a format"
        else:
            return f"{error.message}; expected 25/03/2026 or 2026-03-25"
        first = self.misread.setdefault((record.source, column, wrong), said)
        return f"{first}: {wrong}, as 25/03/2026, and save it again"

    def minute(self, record: Record, column: str) -> int | None:
        """Return a time of day, also one that is a part of a day (0.5 is noon); what is no time is noted."""
        text = record.get(column)
        if isinstance(text, BrokenCell):
            self.fault(record, column, text)
            return None
        said = in_24_hours(in_london(tidy(text)))
        if not said:
            return None
        if re.fullmatch(r"0?\.[0-9]+", said):
            return round(float(said) * DAY_MINUTES) % DAY_MINUTES
        match = _DATE_AND_TIME.fullmatch(said)
        try:
            return parse_minute(match[2] if match else said)
        except UsageError as error:
            self.fault(record, column, f"{error.message}; expected 09:40")
            return None

    def place(self, record: Record, column: str = "location") -> str | None:
        """Return a place without the prison's own code before it, its numbers as wide as they were written first.

        One that a spreadsheet made a date is noted.
        """
        text = record.get(column)
        if isinstance(text, BrokenCell):
            self.fault(record, column, text)
            return None
        if isinstance(text, DayCell):
            self.fault(record, column, say_made_a_day(text))
            return None
        said = _in_parts(text.upper())
        match = _CODE_BEFORE.fullmatch(said)
        if match and match[1] == self.own_code:
            said = match[2]
        return self.places.setdefault(unpadded(said), said) if said else None

    def said(self, record: Record, column: str) -> str:
        """Return text as it stands; an error of the spreadsheet is noted and is no text."""
        text = record.get(column)
        if isinstance(text, BrokenCell):
            self.fault(record, column, text)
            return ""
        return text

    def yes(self, record: Record, column: str) -> bool | None:
        """Return yes or no, `None` where it is empty; what is neither is noted."""
        text = self.said(record, column)
        said = yes_or_no(text)
        if text and said is None:
            self.fault(record, column, f"{echo(text)} is neither true nor false")
        return said

    # --- people ---

    def prisoner(self, number: str) -> KnownPrisoner | None:
        """Return what kw knows of a prisoner."""
        return self.known.prisoners.get(number)

    def officer(self, record: Record, column: str) -> str | None:
        """Return the staff id that a cell means. A name that nobody has, and nobody nearly, is a new key worker."""
        cell = record.get(column)
        written = _written(cell)
        text = self.answers.value(written)
        if isinstance(cell, BrokenCell) and text == written:
            self.fault(record, column, cell)
            self._ask(record, column, written, cell.partition(";")[0])
            return None
        if is_nobody(text):
            return None
        if text.casefold() == ANOTHER:
            same = [
                one for one in self.officers.find(written) if folded(one.name) == folded(officer_from(written).name)
            ]
            return same[0].staff_id if same else self.add_officer(record, officer_from(written)).staff_id
        found = self.officers.find(text)
        several = names_several(text) and not any(folded(one.name) == folded(text) for one in found)
        if len(found) == 1 and not several:
            return found[0].staff_id
        near = None if found or several else self.officers.nearest(text)
        if several:
            reason = f"{echo(text)} names more than one: a prisoner has one key worker, leave the others out"
        elif found:
            who = " or ".join(f"{officer.staff_id} {officer.name}" for officer in found[:4])
            reason = f"{echo(text)} could be {who}"
        elif near:
            reason = f"{echo(text)}: no key worker of that name; did you mean {near.staff_id} {near.name}?"
        else:
            return self.add_officer(record, officer_from(text)).staff_id
        self.fault(record, column, reason)
        self._ask(record, column, written, reason, near=near)
        return None

    def meet_officers(self, records: Collection[Record], column: str) -> None:
        """Take in the key workers whom a sheet names, whole names first: an initial or a last name is then theirs."""
        named = Counter(tidy(record.get(column)) for record in records)
        first = {tidy(record.get(column)): record for record in records}
        faults, unclear = len(self.faults), dict(self.unclear)
        for text in sorted(named, key=lambda text: (*_fullness(text), -named[text], text)):
            self.officer(first[text], column)
        del self.faults[faults:]  # each row says its own
        self.unclear = unclear

    def _ask(
        self,
        record: Record,
        column: str,
        text: str,
        reason: str,
        *,
        is_day: bool = False,
        near: KnownOfficer | None = None,
    ) -> None:
        heading = self._heading(record, column)
        asked = Unclear(heading, text, reason, record.source, record.line, is_day, near)
        self.unclear.setdefault((heading, text), asked).rows += 1

    def ask_activity(self, record: Record, activity: str, rows: int) -> None:
        """Note an activity of the detail of which nobody has said what it means."""
        heading = self._heading(record, "activity")
        asked = Unclear(heading, activity, "", record.source, record.line, is_day=False, rows=rows, is_activity=True)
        self.unclear[heading, activity] = asked

    def add_officer(self, record: Record, officer: KnownOfficer) -> KnownOfficer:
        """Take a key worker in whom kw does not know; where the staff id is another's it gets a number."""
        number, staff_id = 1, officer.staff_id
        while self.officers.by_id(staff_id):
            number += 1
            staff_id = f"{officer.staff_id}{number}"
        made = KnownOfficer(staff_id, officer.last_name, officer.first_name, officer.login, officer.from_list)
        self.officers.add(made)
        self.new_officers[staff_id] = made
        self.emit(
            "key_workers",
            record,
            {
                "staff_id": staff_id,
                "last_name": made.last_name,
                "first_name": made.first_name,
                "login": made.login,
            },
        )
        return made


def _written(cell: str) -> str:
    """Return what stands in a cell: of a day without its midnight, of an error of the spreadsheet its short name."""
    return (
        cell.partition(" ")[0]
        if isinstance(cell, BrokenCell) and cell.startswith("#")
        else in_london(day_only(tidy(cell)))
    )


def _fullness(text: str) -> tuple[int, bool]:
    """Return how whole a name is, the fullest first: more words, none of them an initial."""
    words = folded(text)
    return -len(words), any(len(word) == 1 for word in words)


def _in_parts(place: str) -> str:
    """Return a place with dashes between its parts, which lists also write with spaces or strokes: `B 1 001`."""
    said = re.sub(r"\s*[-/]\s*", "-", place)
    return re.sub(r"\s+", "-" if _SPACED.fullmatch(said) else "", said)


def clock(minute: int | None) -> str:
    """Return a minute of the day as files write it: `09:40`; empty where it is not known."""
    return "" if minute is None else say_minute(minute)


def begin(recognised: Recognised, collected: Collected) -> None:
    """Note how a sheet's headings were taken, so that what is wrong is said in the sheet's own words.

    An error of the spreadsheet is no word of any kind: each is noted, but where a person has said what it means.
    """
    collected.headings[recognised.table.source] = recognised.taken
    for record in recognised.records:
        for column, cell in record.cells.items():
            if isinstance(cell, BrokenCell) and (
                column in _NAMES or collected.answers.value(_written(cell)) == _written(cell)
            ):
                collected.broken_cell(record, column, cell)
            elif isinstance(cell, DayCell) and column in _NAMES:
                collected.broken_cell(record, column, say_made_a_day(cell))
