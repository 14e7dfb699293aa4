"""What all rows of the record come to: for each table how many it has, and the sum of their digests (help: audit).

A sum does not depend on order. So a change carries it on by what it adds and what it takes away, without a look at the
rest, and whoever goes through all rows finds the same. Each change's last line in the audit holds the digest of all
tables' tallies; the line's hash covers that, and the head of the audit holds the tallies themselves.
"""

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from sys import byteorder
from typing import Any, Final, NamedTuple

from keyworker_cli.store.reads.compiled_sql import COLUMNS

NONE_YET: Final = "{}"
"""The tallies of a database in which nothing was ever recorded."""

AS_TEXT: Final = {
    "sqlite": "CAST(json_array({}) AS BLOB)",
    "postgresql": "convert_to(CAST(ROW({}) AS TEXT), 'UTF8')",
}
"""How each kind of database says a whole row, in one way only: as the bytes of a text."""

MARK_BYTES: Final = 4
_KEY_BYTES: Final = 8
_MODULUS: Final = 1 << 256


class Tally(NamedTuple):
    """What the rows of a table come to: how many, and the sum of their digests."""

    rows: int = 0
    total: int = 0

    def plus(self, other: "Tally") -> "Tally":
        """Return what both come to."""
        return Tally(self.rows + other.rows, (self.total + other.total) % _MODULUS)

    def less(self, other: "Tally") -> "Tally":
        """Return what is left without the other's rows."""
        return Tally(self.rows - other.rows, (self.total - other.total) % _MODULUS)


def read_tallies(text: str) -> dict[str, Tally]:
    """Return the tallies that the head of the audit holds. Raises `ValueError` for what are none."""
    try:
        return {name: Tally(int(rows), int(total, 16)) for name, (rows, total) in json.loads(text).items()}
    except (AttributeError, TypeError, KeyError) as error:
        raise ValueError("these are no tallies") from error


def tallies_text(tallies: Mapping[str, Tally]) -> str:
    """Return the tallies as the head of the audit holds them, in one way only."""
    said = {name: [tally.rows, f"{tally.total:064x}"] for name, tally in sorted(tallies.items()) if tally != Tally()}
    return json.dumps(said)


def digest_of(text: str) -> str:
    """Return the digest of tallies, as the last line of a change holds it."""
    return sha256(text.encode()).hexdigest()


def rows_as_text(table: str, dialect: str, where: str = "") -> str:
    """Return the question of the rows of a table, each as its key and the whole of it, in the order of the keys."""
    columns = COLUMNS[table]
    key = columns.partition(",")[0]
    return f"SELECT {key}, {AS_TEXT[dialect].format(columns)} FROM main.{table}{where} ORDER BY {key}"


class Rows:
    """Rows that were gone through: what they come to, their keys, and the beginning of each one's digest."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.keys = array("q")
        self.marks = bytearray()

    def take(self, chunks: Iterable[Sequence[Sequence[Any]]]) -> "Rows":
        """Go through rows, so many at a time, each a key and a text."""
        for some in chunks:
            digests = digests_of(some)
            self.tally = self.tally.plus(Tally(len(digests), sum(map(int.from_bytes, digests))))
            self.keys.extend([row[0] for row in some])
            self.marks += b"".join([digest[:MARK_BYTES] for digest in digests])
        return self

    def packed_keys(self) -> bytes:
        """Return the keys as they are kept: of those that follow one another the first."""
        first, last = self.keys[0], self.keys[-1]
        one_by_one = last - first + 1 == len(self.keys) and self.keys == array("q", range(first, last + 1))
        keys = self.keys[:1] if one_by_one else self.keys[:]
        if byteorder == "big":
            keys.byteswap()
        return keys.tobytes()


def digests_of(rows: Iterable[Sequence[Any]]) -> list[bytes]:
    """Return the digest of each row, of a key and a text."""
    return [sha256(text).digest() for _, text in rows]


def unpacked(keys: bytes, marks: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each key with its mark."""
    there = array("q", keys[: len(keys) // _KEY_BYTES * _KEY_BYTES])
    if byteorder == "big":
        there.byteswap()
    count = len(marks) // MARK_BYTES
    known: Iterable[int] = range(there[0], there[0] + count) if len(there) == 1 else there
    for at, key in zip(range(0, len(marks), MARK_BYTES), known, strict=False):
        yield key, marks[at : at + MARK_BYTES]
