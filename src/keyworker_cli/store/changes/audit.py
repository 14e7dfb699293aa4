"""The audit: one line for every write, in the same transaction, each line's hash covering the line before.

It is evidence against people without the code, not proof against the owner of the file: the newest lines can be cut
off unseen unless the head's hash has been written down elsewhere.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from json.encoder import encode_basestring
from typing import Any, Final, NamedTuple

from keyworker_cli.rules.facts.audit import AuditCheck
from keyworker_cli.rules.facts.names import moment_text
from keyworker_cli.store.reads.compiled_sql import EVERY_ROW
from keyworker_cli.store.reads.database import Reading

FIRST_HASH: Final = "0" * 64
_decoded: Final = json.JSONDecoder().raw_decode  # what `json.loads` does before and after it takes a third of its time
IMPORTED: Final = "import"
"""The action of a line that is of many records: a file that was imported."""

_OF_A_ROW: Final = '{"id": '
"""How the image of one record begins."""


class Line(NamedTuple):
    """One line of the audit, before its hash is known. `before` and `after` are JSON texts, or `None`."""

    at: datetime
    user: str
    command: str
    action: str
    table: str
    key: str
    before: str | None
    after: str | None


def line_hash(previous: str, line: Line) -> str:
    """Return the hash of a line: SHA-256 over the hash before it and the text of each of its parts."""
    return _hash_of(previous, (moment_text(line.at), *line[1:]))


def image(values: Mapping[str, Any], row_id: int | None = None) -> str:
    """Return a record as text for the audit: JSON, its key first, dates and moments as ISO text."""
    key = {} if row_id is None else {"id": row_id}
    return json.dumps(key | dict(sorted(values.items())), ensure_ascii=False, default=stored)


def check_audit(reading: Reading, *, head: str | None = None) -> AuditCheck:
    """Go through the whole audit, line by line, and say which line is the first that does not fit.

    A line fits when its hash covers what it says and the line before. The last one is to be the one that was written
    last, and each record is to stand as its own lines left it. `head` is the beginning of a hash that was written down
    elsewhere: the line that had it is to be there.
    """
    chain = _Chain(head)
    chain.follow(reading.rows(EVERY_ROW["audit"]))
    if not chain.bad:
        chain.check_end(next(iter(reading.rows(EVERY_ROW["audit_head"])), None))
    if not chain.bad:
        chain.bad = min(_rows_that_differ(reading, chain), default=None)
    first_bad, what = chain.bad or (None, None)
    return AuditCheck(chain.lines, chain.hash, first_bad, what, chain.head_on, chain.latest)


class _Chain:
    """The result of going through the lines. `bad` is the first line that does not fit, and its fault.

    `records` holds, by table and key, what the lines since the last import say of one record; `bulk` the moments of the
    imports; `head_on` the line whose hash begins with the one looked for.
    """

    def __init__(self, head: str | None) -> None:
        self.lines = 0
        self.hash = FIRST_HASH
        self.bad: tuple[int, str] | None = None
        self.head_on: int | None = 0 if head and FIRST_HASH.startswith(head) else None
        self.records: dict[str, dict[int, _Record]] = {}
        self.bulk: dict[str, int] = {}
        self.latest: str | None = None
        self._head = head or "none"

    def follow(self, lines: Iterable[Sequence[Any]]) -> None:
        """Go through the lines, `id` first and `hash` last, up to the first that does not fit."""
        previous, head, wholesale = FIRST_HASH, self._head, 0
        for due, line in enumerate(lines, start=1):
            number, parts, found = line[0], line[1:9], line[9]
            if number != due:
                what = f"line {due} is missing" if number > due else f"line {number} was added"
                self.bad = (min(number, due), what)
                return
            if _hash_of(previous, parts) != found:
                self.bad = (due, _DOES_NOT_FIT.format(due, due - 1) if due > 1 else "line 1 was changed")
                return
            self.lines, self.hash = due, found
            self.latest = max(self.latest or parts[0], parts[0])
            previous = found
            if found.startswith(head):
                self.head_on = due
            after = parts[7]
            if after is not None and after.startswith(_OF_A_ROW):
                self._note(due, parts, wholesale)
            elif parts[3] == IMPORTED:
                wholesale = due
                self.bulk[parts[0]] = due

    def _note(self, number: int, parts: Sequence[Any], wholesale: int) -> None:
        at, table, after = parts[0], parts[4], parts[7]
        key = int(after[len(_OF_A_ROW) : after.find(",", len(_OF_A_ROW))])
        records = self.records.setdefault(table, {})
        record = records.get(key)
        if record is not None and record.line > wholesale:
            record.images.append((number, after))
            record.at = at
        else:
            records[key] = _Record(number, at, after)

    def check_end(self, head: Sequence[Any] | None) -> None:
        """Say what is wrong where the last line is not the one named by the audit's head."""
        written = head[1] if head else 0
        if head is None:
            self.bad = (self.lines, f"line {self.lines} may not be the last: which one was is gone")
        elif self.lines < written:
            self.bad = (self.lines + 1, f"line {self.lines + 1} is missing: {written} were written")
        elif self.lines > written:
            self.bad = (written + 1, f"line {written + 1} was added")
        elif self.hash != head[2]:
            self.bad = (self.lines, f"line {self.lines} is not the one that was written last")


class _Record:
    """What the audit says of one record: when it was last written, and since the last import in which lines."""

    __slots__ = ("at", "images")

    def __init__(self, line: int, at: str, image: str) -> None:
        self.at = at
        self.images = [(line, image)]

    @property
    def line(self) -> int:
        """Its last line."""
        return self.images[-1][0]

    def difference(self, row: Mapping[str, Any]) -> tuple[int, str] | None:
        """Return the line whose recorded value differs from the row's, and the column."""
        said = {column: (value, line) for line, text in self.images for column, value in _decoded(text)[0].items()}
        return next(((line, column) for column, (value, line) in said.items() if row.get(column) != value), None)


_DOES_NOT_FIT: Final = "line {} does not fit line {}: one of them was changed, removed, swapped or added"


def _rows_that_differ(reading: Reading, chain: _Chain) -> Iterator[tuple[int, str]]:
    """Yield the records that do not stand as their last line left them, and no import after it touched them."""
    for table, records in chain.records.items():
        rows = reading.rows(EVERY_ROW[table])
        names = rows.names
        changed = names.index("changed_at")
        for row in rows:
            record = records.pop(row[0], None)
            if record is None or (row[changed] != record.at and chain.bulk.get(row[changed], 0) > record.line):
                continue
            if row[changed] != record.at:
                yield record.line, f"what line {record.line} recorded in {table} was changed since, without a line"
            elif differs := record.difference(dict(zip(names, row, strict=True))):
                line, column = differs
                yield line, f"in {table}, {column} is not what line {line} recorded"
        yield from (
            (record.line, f"what line {record.line} recorded in {table} is gone") for record in records.values()
        )


def _hash_of(previous: str, parts: Iterable[str | None]) -> str:
    """Return the hash of a line: of its stored parts as JSON, which is unambiguous."""
    quoted = ["null" if part is None else encode_basestring(part) for part in parts]
    return hashlib.sha256(f'["{previous}", {", ".join(quoted)}]'.encode()).hexdigest()


def stored(value: object) -> str | None:
    """Return a value as the file stores it in text; `None` stays `None`."""
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return None if value is None else str(value)
