"""Slots that officers could give, read from a file as a rota is; and slots proposed, written as one (help: least)."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from keyworker_cli.actions.files.reading.input_files import Source, find_files
from keyworker_cli.actions.files.reading.unreadable import UnreadableError
from keyworker_cli.errors import KwError
from keyworker_cli.lookup import find_worker
from keyworker_cli.rules.dates.parse import parse_full_date
from keyworker_cli.rules.dates.say import say_minute
from keyworker_cli.rules.facts.people import Worker
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.files.bad_rows import BadRows
from keyworker_cli.rules.files.kinds import ROTA
from keyworker_cli.rules.plan.typed import slots_given
from keyworker_cli.rules.rota.offers import numbered
from keyworker_cli.rules.rota.slots import parse_slot

if TYPE_CHECKING:
    from keyworker_cli.store.reads.queries import Queries

NEEDED: Final = tuple(column.name for column in ROTA.columns if column.required)
WRITTEN: Final = (*NEEDED, "published_on")


def read_slots(queries: "Queries", path: Path, *, as_of: date, stdin: TextIO | None = None) -> tuple[Slot, ...]:
    """Return the slots of a file with the columns of a rota.csv: staff_id, date, start, end.

    Raises `NotFoundError` where there is no such file, `BadInputError` with every bad row.
    """
    bad = BadRows()
    reader = _Reader(queries, bad, as_of)
    found = [slot for file in find_files([path], kind="rota", stdin=stdin).files for slot in reader.slots(file)]
    bad.stop()
    return tuple(numbered(found))


class _Reader:
    """Reads rows, each key worker looked up once."""

    def __init__(self, queries: "Queries", bad: BadRows, as_of: date) -> None:
        self._queries, self._bad, self._as_of = queries, bad, as_of
        self._workers: dict[str, Worker] = {}

    def slots(self, file: Source) -> Iterator[Slot]:
        """Yield the slots of a file; what cannot be read is noted."""
        try:
            rows = file.rows()
            _, heading = next(rows, (0, []))
            at = _columns(file, heading)
            missing = [name for name in NEEDED if name not in at]
            if missing:
                self._bad.add_file(file.name, f"has no column {', '.join(missing)}")
                return
            for line, cells in rows:
                if any(cell.strip() for cell in cells):
                    yield from self._slot(file.name, line, [cells[at[n]] if at[n] < len(cells) else "" for n in NEEDED])
        except UnreadableError as error:
            self._bad.add_file(file.name, str(error))

    def _slot(self, name: str, line: int, cells: Sequence[str]) -> Iterator[Slot]:
        who, on, start, end = (cell.strip() for cell in cells)
        column = "staff_id"
        try:
            worker = self._worker(who)
            column = "date"
            day = parse_full_date(on)
            column = "start"
            time = parse_slot(day, start, end)
        except KwError as error:
            self._bad.add(name, line, column, error.message.removesuffix("."))
            return
        yield from slots_given(worker, [time], first_id=0, published_on=self._as_of)

    def _worker(self, who: str) -> Worker:
        if who not in self._workers:
            self._workers[who] = find_worker(self._queries, who)
        return self._workers[who]


def _columns(file: Source, heading: Sequence[str]) -> dict[str, int]:
    """Return the places of a rota's columns in a file, by any heading they are known by."""
    columns = [(file.sheet.column_for(title), place) for place, title in enumerate(heading)]
    return {column.name: place for column, place in columns if column}


def as_rota_file(slots: Sequence[Slot], *, published_on: date) -> bytes:
    """Return slots as a rota.csv, to be published by `kw rota publish --file FILE`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(WRITTEN)
    for slot in sorted(slots, key=lambda slot: (slot.slot_on, slot.staff_id, slot.start_minute)):
        times = (say_minute(slot.start_minute), say_minute(slot.end_minute))
        writer.writerow((slot.staff_id, slot.slot_on.isoformat(), *times, published_on.isoformat()))
    return text.getvalue().encode()
