"""The audit: one line for every write, in the same transaction, each line's hash covering the line before.

It is evidence against people without the code, not proof against the owner of the file: the newest lines can be cut
off unseen unless the head's hash has been written down elsewhere.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from json.encoder import encode_basestring
from typing import Any, Final, NamedTuple

from keyworker_cli.rules.facts.audit import AuditCheck
from keyworker_cli.rules.facts.names import moment_text
from keyworker_cli.store.changes.tallies import NONE_YET, Tally, digest_of, read_tallies
from keyworker_cli.store.changes.tampering import what_differs
from keyworker_cli.store.reads.compiled_sql import EVERY_ROW
from keyworker_cli.store.reads.database import Reading

FIRST_HASH: Final = "0" * 64
_BROKEN: Final = "!"


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


def line_hash(previous: str, line: Line, rows_digest: str | None = None) -> str:
    """Return the hash of a line: SHA-256 over the hash before it and the text of each of its parts."""
    counted = () if rows_digest is None else (rows_digest,)
    return _hash_of(previous, (moment_text(line.at), *line[1:], *counted))


def carried_on(digest: str, *, began: str, left: str | None) -> str:
    """Return what the last line of a change holds: the digest of the tallies after it.

    Marked where those that it began with are not those that the line before it left: somebody has changed them.
    """
    return digest if left is None or left.removeprefix(_BROKEN) == began else _BROKEN + digest


def image(values: Mapping[str, Any], row_id: int | None = None) -> str:
    """Return a record as text for the audit: JSON, its key first, dates and moments as ISO text."""
    key = {} if row_id is None else {"id": row_id}
    return json.dumps(key | dict(sorted(values.items())), ensure_ascii=False, default=stored)


def check_audit(reading: Reading, *, head: str | None = None, from_head: bool = False) -> AuditCheck:
    """Go through the whole audit, line by line, and all rows; say which line is the first that does not fit.

    A line fits when its hash covers what it says and the line before. The last one is to be the one that was written
    last, and the rows of each table are to come to what it has counted. `head` is the beginning of a hash that was
    written down elsewhere: the line that had it is to be there, and with `from_head` only what came after it is gone
    through, since all before it was verified when it was written down. Memory stays flat.
    """
    chain = _Chain(head)
    if from_head and head:
        chain.begin_at_head(reading)
    chain.follow(reading.rows(_FROM_LINE, {"first": chain.lines + 1 if chain.lines else _BEFORE_ANY}))
    if not chain.bad:
        chain.check_end(list(reading.rows(EVERY_ROW["audit_head"])))
    if not chain.bad:
        chain.bad = what_differs(reading, chain.tallies, chain.lines)
    first_bad, what = chain.bad or (None, None)
    return AuditCheck(chain.lines, chain.hash, first_bad, what, chain.head_on, chain.latest)


class _Chain:
    """The result of going through the lines. `bad` is the first line that does not fit, and its fault.

    `head_on` is the line whose hash begins with the one looked for; `tallies` what all rows are to come to.
    """

    def __init__(self, head: str | None) -> None:
        self.lines = 0
        self.hash = FIRST_HASH
        self.bad: tuple[int, str] | None = None
        self.head_on: int | None = 0 if head and FIRST_HASH.startswith(head) else None
        self.latest: str | None = None
        self.tallies: Mapping[str, Tally] = {}
        self._head = head or "none"
        self._digest: str | None = digest_of(NONE_YET)

    def begin_at_head(self, reading: Reading) -> None:
        """Go on from the line before the one whose hash begins with the head; from the first where there is none."""
        found = next(iter(reading.rows(_LINE_OF, {"head": f"{self._head}%"})), None)
        if found is not None and found[0] > 1:
            self.lines = found[0] - 1
            self.hash = next(iter(reading.rows(_HASH_OF, {"line": self.lines})), ("",))[0]

    def follow(self, lines: Iterable[Sequence[Any]]) -> None:
        """Go through the lines, `id` first, up to the first that does not fit."""
        previous, head = self.hash, self._head
        for due, line in enumerate(lines, start=self.lines + 1):
            number, parts, found, digest = line[0], line[1:9], line[9], line[10]
            if number != due:
                what = f"line {due} is missing" if number > due else f"line {number} was added"
                self.bad = (min(number, due), what)
                return
            if _hash_of(previous, parts if digest is None else (*parts, digest)) != found:
                self.bad = (due, _DOES_NOT_FIT.format(due, due - 1) if due > 1 else "line 1 was changed")
                return
            if digest is not None and digest.startswith(_BROKEN):
                self.bad = (due, f"line {due} did not begin with the rows that were counted before it")
                return
            self.lines, self.hash, self._digest = due, found, digest
            self.latest = max(self.latest or parts[0], parts[0])
            previous = found
            if found.startswith(head):
                self.head_on = due

    def check_end(self, heads: Sequence[Sequence[Any]]) -> None:
        """Say what is wrong where the last line is not the one named by the audit's head, or counted other rows."""
        head: Sequence[Any] = heads[0] if heads else (0, 0)
        written = head[1]
        if not heads:
            self.bad = (self.lines, f"line {self.lines} may not be the last: which one was is gone")
        elif len(heads) > 1 or head[0] != 1:
            self.bad = (
                self.lines,
                f"line {self.lines} may not be the last: the audit has a head of another make",
            )
        elif self.lines < written:
            self.bad = (self.lines + 1, f"line {self.lines + 1} is missing: {written} were written")
        elif self.lines > written:
            self.bad = (written + 1, f"line {written + 1} was added")
        elif self.hash != head[2]:
            self.bad = (self.lines, f"line {self.lines} is not the one that was written last")
        elif digest_of(head[3]) != self._digest:
            self.bad = (self.lines, f"the count of all rows is not the one that line {self.lines} left")
        else:
            self.tallies = read_tallies(head[3])


_BEFORE_ANY: Final = -(1 << 62)
_FROM_LINE: Final = EVERY_ROW["audit"].replace(" ORDER BY", " WHERE id >= :first ORDER BY")
_LINE_OF: Final = "SELECT id FROM main.audit WHERE hash LIKE :head ORDER BY id"
_HASH_OF: Final = "SELECT hash FROM main.audit WHERE id = :line"
_DOES_NOT_FIT: Final = "line {} does not fit line {}: one of them was changed, removed, swapped or added"


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
