"""The sample of notes for a manager: five per officer and month, always the same five.

help: note-quality.
"""

import hashlib
import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, NamedTuple, Self

from keyworker_cli.errors import UsageError
from keyworker_cli.rules.dates.london import YEARS
from keyworker_cli.rules.facts.sessions import Noted
from keyworker_cli.rules.notes.repeats import in_time

SAMPLED: Final = 5
_WRITTEN: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_LAST_MONTH: Final = 12


class Month(NamedTuple):
    """A calendar month, written `2026-04`."""

    year: int
    number: int

    @classmethod
    def of(cls, on: date) -> Self:
        """Return the month that a day lies in."""
        return cls(on.year, on.month)

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        after = date(self.year + self.number // _LAST_MONTH, self.number % _LAST_MONTH + 1, 1)
        return after - timedelta(days=1)

    @property
    def before(self) -> "Month":
        """The month before."""
        return Month.of(self.first_day - timedelta(days=1))

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


def parse_month(text: str | None, *, today: date) -> Month:
    """Return the month meant: `2026-04`, `this` or `last`; the last one when none is named. Else `UsageError`."""
    said = (text or "last").strip().casefold()
    if said in ("last", "this"):
        this = Month.of(today)
        return this if said == "this" else this.before
    match = _WRITTEN.fullmatch(said)
    if match is None or not 1 <= int(match[2]) <= _LAST_MONTH or int(match[1]) not in YEARS:
        raise UsageError(f"{(text or '').strip()!r} is not a month.", "write the year and the month: 2026-04, or last.")
    return Month(int(match[1]), int(match[2]))


def pick_sample(notes: Iterable[Noted], month: Month) -> list[Noted]:
    """Return up to five notes of each officer held in a month, by officer and in order of time.

    Which five follows from the month, the officer and the session alone: not from when it is asked, by whom, or what
    stands beside them, so that nobody can pick. Sessions without a note are not among them.
    """
    of_officer: dict[str, list[Noted]] = {}
    for note in notes:
        if note.note and month.first_day <= note.held_on <= month.last_day:
            of_officer.setdefault(note.staff_id, []).append(note)
    return [
        note
        for staff_id in sorted(of_officer)
        for note in sorted(sorted(of_officer[staff_id], key=lambda one: _draw(one, month))[:SAMPLED], key=in_time)
    ]


def _draw(note: Noted, month: Month) -> str:
    session = f"{month}|{note.staff_id}|{note.prison_number}|{note.held_on}|{note.start_minute}"
    return hashlib.sha256(session.encode()).hexdigest()
