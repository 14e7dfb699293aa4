"""Which rows are not as they were counted: of a table that does not come to what the audit says, by line and key.

First by what each record's own lines say of it, which name the column as well; then by the marks of all rows, which an
import leaves too.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from keyworker_cli.store.changes.tallies import (
    MARK_BYTES,
    Rows,
    Tally,
    digests_of,
    rows_as_text,
    unpacked,
)
from keyworker_cli.store.reads.compiled_sql import COLUMNS, EVERY_ROW
from keyworker_cli.store.reads.database import Reading
from keyworker_cli.store.reads.reader import in_chunks

IMPORTED: Final = "import"
"""The action of a line that is of many records: a file that was imported."""

Fault = tuple[int, str]
"""The line that does not fit, and what does not."""

_decoded: Final = json.JSONDecoder().raw_decode  # what `json.loads` does before and after it takes a third of its time
_OF_A_ROW: Final = '{"id": '
"""How the image of one record begins."""

_LINES_OF: Final = EVERY_ROW["audit"].replace(" ORDER BY", " WHERE table_name = :name OR action = :imported ORDER BY")
_MARKS_OF: Final = EVERY_ROW["row_mark"].replace(" ORDER BY", " WHERE table_name = :name ORDER BY")
_DAYS: Final = ("held_on", "event_on", "allocated_on", "arrived_on", "moved_on", "slot_on", "from_on", "opened_on")


def what_differs(reading: Reading, tallies: Mapping[str, Tally], last: int) -> Fault | None:
    """Return the first line whose rows are not as it left them, `None` where every table comes to its tally.

    `last` is the last line of the audit. Rows are gone through as a stream; of a table that differs once more.
    """
    found: list[Fault] = []
    for name in COLUMNS:
        if Rows().take(in_chunks(_texts(reading, name))).tally != tallies.get(name, Tally()):
            said = list(_by_their_lines(reading, name)) or list(_by_their_marks(reading, name, last))
            found.append(min(said, default=(last, f"the rows of {name} are not those that line {last} counted")))
    return min(found, default=None)


def _texts(reading: Reading, name: str) -> Iterable[Sequence[Any]]:
    return reading.rows(rows_as_text(name, reading.dialect))


# --- by their lines ---


class _Record:
    """What the audit says of one record: whose it is, when it was last written, and in which lines since an import."""

    __slots__ = ("at", "images", "key")

    def __init__(self, line: int, at: str, key: str, image: str) -> None:
        self.at = at
        self.key = key
        self.images = [(line, image)]

    @property
    def line(self) -> int:
        """Its last line."""
        return self.images[-1][0]

    def difference(self, row: Mapping[str, Any]) -> tuple[int, str] | None:
        """Return the line whose recorded value differs from the row's, and the column."""
        said = {column: (value, line) for line, text in self.images for column, value in _decoded(text)[0].items()}
        return next(((line, column) for column, (value, line) in said.items() if row.get(column) != value), None)


def _records(reading: Reading, name: str) -> tuple[dict[int, _Record], dict[str, int]]:
    """Return what the lines since the last import say of each record of a table, and the moments of the imports."""
    records: dict[int, _Record] = {}
    bulk: dict[str, int] = {}
    wholesale = 0
    for line in reading.rows(_LINES_OF, {"name": name, "imported": IMPORTED}):
        number, at, after = line[0], line[1], line[8]
        if line[4] == IMPORTED:
            wholesale = number
            bulk[at] = number
        elif isinstance(after, str) and after.startswith(_OF_A_ROW):  # damage can make bytes of it
            key = int(after[len(_OF_A_ROW) : after.find(",", len(_OF_A_ROW))])
            record = records.get(key)
            if record is not None and record.line > wholesale:
                record.images.append((number, after))
                record.at = at
            else:
                records[key] = _Record(number, at, line[6], after)
    return records, bulk


def _by_their_lines(reading: Reading, name: str) -> Iterator[Fault]:
    """Yield the records that do not stand as their last line left them, and no import after it touched them."""
    if name not in EVERY_ROW:
        return
    records, bulk = _records(reading, name)
    rows = reading.rows(EVERY_ROW[name])
    names = rows.names
    changed = names.index("changed_at")
    for row in rows:
        record = records.pop(row[0], None)
        if record is None or (row[changed] != record.at and bulk.get(row[changed], 0) > record.line):
            continue
        if row[changed] != record.at:
            what = f"recorded in {name} was changed since, without a line: {record.key}"
            yield record.line, f"what line {record.line} {what}"
        elif differs := record.difference(dict(zip(names, row, strict=True))):
            line, column = differs
            yield line, f"in {name}, {column} is not what line {line} recorded: {record.key}"
    for gone in records.values():
        yield gone.line, f"what line {gone.line} recorded in {name} is gone: {gone.key}"


# --- by their marks ---


def _by_their_marks(reading: Reading, name: str, last: int) -> Iterator[Fault]:
    """Yield the rows whose digest does not begin as it did when they were written, those added, and those gone."""
    known = {
        key: (line, mark)
        for _, line, _, keys, marks in reading.rows(_MARKS_OF, {"name": name})
        for key, mark in unpacked(keys, marks)
    }
    for rows in in_chunks(_texts(reading, name)):
        for (key, _), digest in zip(rows, digests_of(rows), strict=True):
            line, mark = known.pop(key, (last, None))
            if mark is None:
                yield line, f"{_named(reading, name, key)} was added without a line"
            elif digest[:MARK_BYTES] != mark:
                yield line, f"{_named(reading, name, key)} is not as line {line} left it"
    yield from ((line, f"in {name}, number {key}, which line {line} left, is gone") for key, (line, _) in known.items())


def _named(reading: Reading, name: str, key: int) -> str:
    """Say which row it is: by its number in its table, and by whom and which day it is of."""
    columns = COLUMNS[name].split(", ")
    rows = reading.rows(f"SELECT {COLUMNS[name]} FROM main.{name} WHERE {columns[0]} = :key", {"key": key})
    cells = dict(zip(columns, next(iter(rows)), strict=True))
    whose = [cells.get("prison_number") or cells.get("staff_id") or cells.get("key")]
    if (prisoner := cells.get("person_id")) is not None:
        numbers = reading.rows("SELECT prison_number FROM main.person WHERE id = :man", {"man": prisoner})
        whose = [number for (number,) in numbers]
    day = next((cells[column] for column in _DAYS if cells.get(column)), None)
    said = " ".join(str(part) for part in (*whose, day) if part)
    return f"in {name}, number {key}{f' ({said})' if said else ''}"
