"""What a cell of an import file may hold: how it is read into the form it is stored in, and written (help: files).

Dates are stored as ISO text, moments as UTC text of fixed width, times as minutes from midnight, codes in capitals.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from keyworker_cli.errors import UsageError
from keyworker_cli.rules.dates.clock import DAY_MINUTES, minute_of_day
from keyworker_cli.rules.dates.london import YEARS
from keyworker_cli.rules.dates.parse import parse_full_date, parse_moment, parse_time
from keyworker_cli.rules.dates.say import say_minute
from keyworker_cli.rules.facts.names import moment_text
from keyworker_cli.rules.files.officers import Officers
from keyworker_cli.rules.files.tidy import day_only, in_london, tidy
from keyworker_cli.rules.files.written import day_of_number, in_24_hours, minutes_meant
from keyworker_cli.rules.typed import as_code, as_prison_number, seen, yes_or_no

Stored = None | int | str
"""A cell as it is stored: `None` is an empty cell."""

MIDNIGHT: Final = "24:00"
LONGEST_ECHO: Final = 60

_UTC: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{6})?Z")
_WHOLE: Final = re.compile(r"([0-9]{1,6})(?:\.0+)?")
_WITH_A_TIME: Final = re.compile(r"[0-9][T ,]+[0-9]{1,2}[:.][0-9]{2}")


class BadCellError(Exception):
    """A cell that cannot be read, with the reason as the list of bad rows gives it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BrokenCell(str):
    """A cell of a spreadsheet that holds no value: an error, or a formula that was never calculated. It says which."""

    __slots__ = ()


ERRORS: Final = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "Err:502", "Err:508"})
"""What stands in a cell whose formula found nothing, also in a text file that was saved from the spreadsheet."""


def say_error(error: str) -> str:
    """Say what a cell holds in which a formula failed, and what to do about it."""
    return f"{error} is an error of the spreadsheet; mend the formula, or empty the cell"


def say_made_a_day(day: str) -> str:
    """Say of a cell that it is a day, where none is meant, and what to do about it."""
    return f"{echo(day)} is a date: the spreadsheet made one of a cell; format the column as text"


class DayCell(str):
    """A day that a spreadsheet has as one, written as ISO text: no place and no name, whatever was typed there."""

    __slots__ = ()


@dataclass
class ImportContext:
    """What is known beyond the row: today, who is who, and from when to when each prisoner was here.

    `officers` are the key workers by name, as far as one is meant that way. `people` and `workers` give the key of each
    prison number and (in capitals) staff id; `stays` the ISO dates of each
    prisoner's stays, the last day with them, `LATER` where there is none yet. Where `people_known` or `workers_known`
    is false, bad rows have kept some out, so that nothing can be said of a number that is not there.
    """

    today: date
    people: Mapping[str, int] = field(default_factory=dict)
    workers: Mapping[str, int] = field(default_factory=dict)
    stays: Mapping[int, list[tuple[str, str]]] = field(default_factory=dict)
    people_known: bool = True
    workers_known: bool = True
    officers: Officers = field(default_factory=lambda: Officers(()))
    prison_code: str | None = None


LATER: Final = "9999-12-31"
"""A day after every other, as ISO text."""


@dataclass(frozen=True, slots=True)
class CellKind:
    """A kind of cell. `read` raises `BadCellError`; so many different ones of a column are remembered, once read."""

    read: Callable[[str, ImportContext], Stored]
    write: Callable[[Any], str] | None = None
    remembered: int = 200_000  # what a national file has different ones of, and not a place a row


def echo(text: str) -> str:
    """Return what a cell holds as a message may repeat it: quoted, and not a page of it."""
    return repr(text if len(text) <= LONGEST_ECHO else f"{text[: LONGEST_ECHO - 1]}…")


def _not(text: str, expected: str) -> BadCellError:
    return BadCellError(f"{echo(text)} is not {expected}")


# --- the kinds ---


def _read_number(text: str, world: ImportContext) -> Stored:
    number = as_prison_number(text) or as_prison_number(tidy(text))
    if number is None:
        raise _not(text, "a prison number (a letter, 4 digits, 2 letters)")
    return number


def _refuse_day(text: str) -> None:
    """Refuse a day that a spreadsheet made of what was typed where no day is meant. Raises `BadCellError`."""
    if isinstance(text, DayCell):
        raise BadCellError(say_made_a_day(text))


def _read_name(text: str, world: ImportContext) -> Stored:
    _refuse_day(text)
    name = seen(text)
    if name in ERRORS:
        raise BadCellError(say_error(name))
    if not name:
        raise _not(text, "a name: nothing in it can be seen")
    return name


def _read_numbers(text: str, world: ImportContext) -> Stored:
    return ";".join(str(_read_number(part, world)) for part in text.split(";") if part.strip()) or None


def _read_prisoner(text: str, world: ImportContext) -> Stored:
    person = world.people.get(str(_read_number(text, world)))
    if person is None and world.people_known:
        raise BadCellError(f"{echo(text)} is no prisoner in kw or in prisoners.csv")
    return person


def _read_worker(text: str, world: ImportContext) -> Stored:
    worker = world.workers.get(text.strip().upper())
    if worker is None and world.workers_known:
        return _worker_by_name(text, world)
    return worker


def _worker_by_name(text: str, world: ImportContext) -> Stored:
    found = world.officers.find(text)
    if len(found) == 1:
        return world.workers.get(found[0].staff_id.upper())
    if found:
        who = " or ".join(f"{officer.staff_id} {officer.name}" for officer in found[:4])
        raise BadCellError(f"{echo(text)} could be {who}")
    near = world.officers.nearest(text)
    meant = f"; did you mean {near.staff_id} {near.name}?" if near else ""
    raise BadCellError(f"{echo(text)} is no key worker in kw or in key_workers.csv{meant}")


def _read_date(text: str, world: ImportContext) -> Stored:
    try:
        return parse_full_date(text).isoformat()
    except UsageError as error:
        if (said := in_london(day_only(tidy(text)))) != text:
            return _read_date(said, world)
        raise BadCellError(f"{error.message}; expected 2026-03-25 or 25/03/2026{_day_meant(text)}") from None


def _day_meant(text: str) -> str:
    """Say what is to be mended about a day that comes as a spreadsheet's number, or with a time."""
    if numbered := day_of_number(text):
        return f" (a spreadsheet counts {numbered[0].isoformat()} so: give the column the format of a date)"
    return " (the day alone, without a time)" if _WITH_A_TIME.search(text) else ""


def _read_past_date(text: str, world: ImportContext) -> Stored:
    on = _read_date(text, world)
    if on is not None and str(on) > world.today.isoformat():
        raise BadCellError(f"{echo(text)} is in the future")
    return on


@lru_cache(maxsize=8192)
def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).year in YEARS
    except ValueError:
        return False


def _read_moment(text: str, world: ImportContext) -> Stored:
    if _UTC.fullmatch(text) and _is_date(text[:10]):
        return text if "." in text else f"{text[:-1]}.000000Z"
    try:
        return moment_text(parse_moment(text, today=world.today))
    except UsageError as error:
        raise BadCellError(f"{error.message}; expected 2026-03-25T15:02:00Z or 25/03/2026 15:02") from None


def _read_clock(text: str, world: ImportContext) -> Stored:
    try:
        at = parse_time(text)
    except UsageError as error:
        said = in_24_hours(tidy(text))
        raise BadCellError(f"{error.message}; expected {said if said != text else '09:40'}") from None
    return minute_of_day(at)


def _read_end_clock(text: str, world: ImportContext) -> Stored:
    return DAY_MINUTES if text.strip() == MIDNIGHT else _read_clock(text, world)


def _read_truth(text: str, world: ImportContext) -> Stored:
    truth = yes_or_no(text)
    if truth is None:
        raise _not(text, "yes or no")
    return int(truth)


def _read_text(text: str, world: ImportContext) -> Stored:
    return str(text)  # a day that a spreadsheet has as one is words here


def code(kind: type[StrEnum]) -> CellKind:
    """Allow one of these codes, in any case, with spaces or dashes for `_`."""

    def read(text: str, world: ImportContext) -> Stored:
        typed = as_code(text)
        if typed not in kind.__members__:
            raise _not(text, f"one of {', '.join(kind.__members__)}")
        return typed

    return CellKind(read)


def codes(kind: type[StrEnum]) -> CellKind:
    """Allow any number of these codes, joined by `;`."""
    one = code(kind)

    def read(text: str, world: ImportContext) -> Stored:
        return ";".join(str(one.read(part, world)) for part in text.split(";") if part.strip()) or None

    return CellKind(read)


def by_rule(check: Callable[[str], str]) -> CellKind:
    """Allow what a rule of the records allows, such as a location."""

    def read(text: str, world: ImportContext) -> Stored:
        _refuse_day(text)
        try:
            return check(text)
        except UsageError as error:
            raise BadCellError(f"{error.message.rstrip('.')}; {error.hint.rstrip('.')}") from None

    return CellKind(read)


def location(check: Callable[..., str]) -> CellKind:
    """Allow a place of this prison: one that begins with its own code is the place behind it."""

    def read(text: str, world: ImportContext) -> Stored:
        return by_rule(lambda place: check(place, own=world.prison_code)).read(text, world)

    return CellKind(read)


def integer(low: int, high: int) -> CellKind:
    """Allow a whole number from `low` to `high`."""

    def read(text: str, world: ImportContext) -> Stored:
        whole = _WHOLE.fullmatch(text.strip())
        if not whole or not low <= int(whole[1]) <= high:
            raise _not(text, f"a whole number from {low} to {high}")
        return int(whole[1])

    return CellKind(read)


def minutes(most: int) -> CellKind:
    """Allow a whole number of minutes; of `45 mins`, `0:45` and `1h` it is said how to write them."""
    whole = integer(0, most)

    def read(text: str, world: ImportContext) -> Stored:
        try:
            return whole.read(text, world)
        except BadCellError as error:
            meant = minutes_meant(text)
            fits = meant is not None and meant <= most and str(meant) != text.strip()
            raise BadCellError(f"{error.reason}; write {meant}") if fits else error from None

    return CellKind(read)


NAME: Final = CellKind(_read_name)
NUMBER: Final = CellKind(_read_number)
"""A prison number, stored as it is."""
NUMBERS: Final = CellKind(_read_numbers)
"""Prison numbers joined by `;`."""
PRISONER: Final = CellKind(_read_prisoner)
"""A prison number, stored as the key of the prisoner it means."""
WORKER: Final = CellKind(_read_worker)
"""A staff id, stored as the key of the key worker it means."""
DATE: Final = CellKind(_read_date)
PAST_DATE: Final = CellKind(_read_past_date)
"""A date that is not in the future."""
MOMENT: Final = CellKind(_read_moment, lambda moment: moment.replace(".000000Z", "Z"), remembered=20_000)
"""A moment; of what an earlier import brought, many rows have the same."""
CLOCK: Final = CellKind(_read_clock, say_minute)
"""A time of day, stored as minutes from midnight."""
END_CLOCK: Final = CellKind(_read_end_clock, say_minute)
"""A time of day that may be midnight at its end, 24:00."""
BOOLEAN: Final = CellKind(_read_truth, lambda truth: "yes" if truth else "no")
TEXT: Final = CellKind(_read_text, remembered=0)
"""Text, kept as it was typed."""
LABEL: Final = CellKind(_read_text)
"""Text of which a file holds few different ones: a place, a name."""
