"""Where the rows of a file stand before they are saved: a temporary table for each file, on the change's connection.

A bulk load is of a local file, so the SQL here is SQLite's own where that is the shorter.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection

from keyworker_cli.rules.facts import moment_text
from keyworker_cli.rules.sheet import Sheet
from keyworker_cli.rules.sheets import AMENDMENTS, KEY_WORKERS, PRISONERS
from keyworker_cli.store.queries import search_name

if TYPE_CHECKING:
    from keyworker_cli.store.writes import Author

CHUNK: Final = 5_000
SAME, CHANGED, NEW = 0, 1, 2
"""What a staged row is against what is there."""
CACHE_KIB: Final = 128 * 1024  # the indexes of a large table are filled in no order: keep them at hand
STAMPS: Final = ("recorded_at", "recorded_by")

_EXTRA: Final = {PRISONERS.name: ("person_id",), KEY_WORKERS.name: ("search_name",)}
"""What a table holds beside the columns of its file."""

Fault = tuple[int, str, str]
"""A line of the file, a column or nothing, and what is wrong."""


@dataclass(frozen=True)
class Counts:
    """What became of the rows of one file. `undated` are new ones that did not say when they were recorded.

    `digest` is the SHA-256 of all its rows, in the form they are stored in.
    """

    new: int
    changed: int
    same: int
    undated: int
    digest: str


@dataclass
class Staged:
    """The rows of one file, staged. `given` are the stored names of the columns that the file has.

    `empty_target` says that its table had no row before, so that all of these are new. `digest` is the SHA-256 of the
    rows as they are to be stored, each behind its line.
    """

    sheet: Sheet
    name: str
    given: frozenset[str]
    extra: tuple[str, ...] = ()
    empty_target: bool = False
    rows: int = 0
    digest: str = ""
    fields: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.fields = (*self.sheet.fields, *self.extra)

    @property
    def own(self) -> tuple[str, ...]:
        """The columns of its table that it fills, the stamps apart."""
        mine = (column.field for column in self.sheet.columns if column.own and column.field not in STAMPS)
        return (*self.extra, *mine)


class Staging:
    """The staged files of one change, and the way to ask about them."""

    def __init__(self, connection: Connection, author: "Author", as_of: date) -> None:
        self.now = moment_text(author.at)
        self.user = author.user
        self.as_of = as_of.isoformat()
        self.staged: list[Staged] = []
        self._connection = connection
        self.run(f"PRAGMA cache_size = -{CACHE_KIB}")

    def run(self, sql: str, *values: Any) -> Any:
        """Run one statement and return its result."""
        return self._connection.exec_driver_sql(sql, values)

    def many(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run one statement for each of the rows."""
        for start in range(0, len(rows), CHUNK):
            self._connection.exec_driver_sql(sql, list(rows[start : start + CHUNK]))

    def has(self, staged: "Staged", condition: str) -> bool:
        """Return whether any staged row is so."""
        return bool(self.run(f"SELECT EXISTS (SELECT 1 FROM {staged.name} WHERE {condition})").scalar_one())

    def stage(self, sheet: Sheet, rows: Iterable[Sequence[Any]], *, given: Iterable[str]) -> Staged:
        """Put rows, each with its line before its cells, where they can be compared as a set; nothing is saved yet.

        A row of prisoners.csv has the key of its man behind its cells.
        """
        if sheet is KEY_WORKERS:
            rows = ((*row, search_name(row[3], row[2])) for row in rows)
        staged = Staged(
            sheet,
            f"staged_{sheet.name}_{len(self.staged)}",
            frozenset(given),
            _EXTRA.get(sheet.name, ()),
            empty_target=self.run(f"SELECT NOT EXISTS (SELECT 1 FROM {sheet.table})").scalar_one() == 1,
        )
        self.staged.append(staged)
        columns = ", ".join(staged.fields)
        more = ", session_id" if sheet is AMENDMENTS else ", place_given" if sheet is PRISONERS else ""
        self.run(
            f"CREATE TEMP TABLE {staged.name} (line INTEGER PRIMARY KEY, {columns}{more}, row_id INTEGER, "
            f"verdict INTEGER NOT NULL DEFAULT {NEW}, touched INTEGER NOT NULL DEFAULT 0)"
        )
        marks = ", ".join("?" * (1 + len(staged.fields)))
        self._fill(staged, f"INSERT INTO {staged.name} (line, {columns}) VALUES ({marks})", iter(rows))
        return staged

    def _fill(self, staged: Staged, insert: str, rows: Iterator[Sequence[Any]]) -> None:
        """Put the rows in through the driver's own cursor: two thirds of the time would go by on the way to it."""
        cursor = self._connection.connection.cursor()
        digest = hashlib.sha256()
        while chunk := list(islice(rows, CHUNK)):
            cursor.executemany(insert, chunk)
            digest.update(repr(chunk).encode())
            staged.rows += len(chunk)
        cursor.close()
        staged.digest = digest.hexdigest()

    def counts(self, staged: Staged) -> Counts:
        """Return what became of the rows."""
        undated = "sum(recorded_at IS NULL)" if staged.sheet is not AMENDMENTS else "0"
        new = dateless = same = 0
        for verdict, touched, rows, unsaid in self.run(
            f"SELECT verdict, touched, count(*), {undated} FROM {staged.name} GROUP BY verdict, touched"
        ):
            if verdict == NEW:
                new, dateless = new + rows, dateless + unsaid
            elif verdict == SAME and not touched:
                same += rows
        return Counts(new, staged.rows - new - same, same, dateless, staged.digest)

    def drop(self) -> None:
        """Drop every staged file."""
        for staged in self.staged:
            self.run(f"DROP TABLE {staged.name}")
