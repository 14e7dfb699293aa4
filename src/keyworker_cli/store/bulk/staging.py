"""Where the rows of a file stand before they are saved: a temporary table for each file, on the change's connection."""

import hashlib
import marshal
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, Connection, Date, Integer, Select, Text, column, select, text
from sqlalchemy.types import TypeEngine

from keyworker_cli.rules.facts.names import moment_text
from keyworker_cli.rules.files.cells import CLOCK, DATE, MOMENT, PAST_DATE, PRISONER, WORKER, CellKind
from keyworker_cli.rules.files.kinds import AMENDMENTS, KEY_WORKERS, OF_SESSIONS, PRISONERS
from keyworker_cli.rules.files.sheet import Sheet
from keyworker_cli.rules.stays.settling import Settled
from keyworker_cli.store.bulk.connection import bulk_on
from keyworker_cli.store.bulk.settling import SETTLED_TABLES, Concerned
from keyworker_cli.store.reads.reader import in_chunks
from keyworker_cli.store.reads.searching import search_name
from keyworker_cli.store.schema.column_types import Moment, end_of_day
from keyworker_cli.store.schema.tables import TABLES

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author

SAME, CHANGED, NEW = 0, 1, 2
"""What a staged row is against what is there."""
PLAIN: Final = 0
"""The form of rows as bytes that says each value in one way only, whatever was read before it."""
DIED: Final = "stay.departure_reason = 'DIED' AND stay.voided_at IS NULL"
STAMPS: Final = ("recorded_at", "recorded_by")

_EXTRA: Final = {PRISONERS.name: ("person_id",), KEY_WORKERS.name: ("search_name",)}
"""What a table holds beside the columns of its file."""
_FOUND: Final = {sheet.name: "session_id INTEGER, " for sheet in OF_SESSIONS} | {PRISONERS.name: "place_given TEXT, "}
"""What is found out about a staged row beside what every one has."""
_TYPES: Final[dict[CellKind, TypeEngine[Any]]] = {
    DATE: Date(),
    PAST_DATE: Date(),
    MOMENT: Moment(),
    CLOCK: Integer(),
    PRISONER: Integer(),
    WORKER: Integer(),
}
"""Of a column that its sheet's own table does not have; any other is text."""

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
    rows as they are to be stored, each behind its line. `settled` says of whose rows one was settled, how, and which;
    `given_ends` are the ends that such rows came with, by line. `without_past` is of how many rows what they said
    before could not be kept beside what is there. `taken_back` are the prisoners of whom it names a departure that
    somebody took back, and `never_came` those of whom it names an arrival that somebody took back.
    """

    sheet: Sheet
    name: str
    given: frozenset[str]
    extra: tuple[str, ...] = ()
    empty_target: bool = False
    rows: int = 0
    digest: str = ""
    settled: list[tuple[Settled, str, dict[str, Any]]] = field(default_factory=list)
    given_ends: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    without_past: int = 0
    taken_back: list[str] = field(default_factory=list)
    never_came: list[str] = field(default_factory=list)
    file: str = ""
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
        self.connection = connection
        self._bulk = bulk_on(connection)
        self.here = int(self.ask("SELECT count(*) FROM stay WHERE left_on IS NULL")[0][0])
        self.ended = self.back = 0
        self.had_died = {row[0] for row in self.ask(f"SELECT person_id FROM stay WHERE {DIED}")}

    def run(self, sql: str, *values: Any) -> None:
        """Run one statement."""
        self._bulk.run(sql, values)

    def many(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run one statement for each of the rows."""
        self._bulk.many(sql, rows)

    def ask(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return the rows of an answer, days and moments as text."""
        return self._bulk.ask(sql, values)

    def has(self, condition: str) -> bool:
        """Return whether there is any row of this table, or of this condition on it: `stay`, `stay WHERE id = 1`."""
        return bool(self.ask(f"SELECT EXISTS (SELECT 1 FROM {condition})")[0][0])

    def stage(self, sheet: Sheet, rows: Iterable[Sequence[Any]], *, given: Iterable[str]) -> Staged:
        """Stage rows, each as its line number and cells, to be compared as a set; nothing is saved yet.

        A row of prisoners.csv has the key of its prisoner behind its cells.
        """
        if sheet is KEY_WORKERS:
            rows = ((*row, search_name(row[3], row[2])) for row in rows)
        staged = Staged(
            sheet,
            f"staged_{sheet.name}_{len(self.staged)}",
            frozenset(given),
            _EXTRA.get(sheet.name, ()),
            empty_target=not self.has(sheet.table),
        )
        self.staged.append(staged)
        columns = ", ".join(f"{name} {self._bulk.type_of(kind)}" for name, kind in _column_types(staged))
        self.run(
            f"CREATE TEMP TABLE {staged.name} (line INTEGER PRIMARY KEY, {columns}, {_FOUND.get(sheet.name, '')}"
            f"row_id INTEGER, verdict INTEGER NOT NULL DEFAULT {NEW}, touched INTEGER NOT NULL DEFAULT 0)"
        )
        self._bulk.fill(staged.name, ("line", *staged.fields), _noted(staged, rows))
        return staged

    def counts(self, staged: Staged) -> Counts:
        """Return what became of the rows."""
        undated = "recorded_at IS NULL AND imported_at IS NULL" if staged.sheet is not AMENDMENTS else "1 = 0"
        of_each = (f"verdict = {NEW}", f"verdict = {SAME} AND touched = 0", f"verdict = {NEW} AND {undated}")
        sums = ", ".join(f"coalesce(sum(CASE WHEN {one} THEN 1 ELSE 0 END), 0)" for one in of_each)
        new, same, dateless = map(int, self.ask(f"SELECT {sums} FROM {staged.name}")[0])
        return Counts(new, staged.rows - new - same, same, dateless, staged.digest)

    def after_death(self, staged: Staged) -> list[str]:
        """Return whose record each new row adds to who had died before, and by whose moment it was recorded later.

        One prison number a row, in their order; a death that came with these files is none that was known before.
        """
        if not self.had_died or staged.sheet is PRISONERS or "person_id" not in staged.fields:
            return []
        died = end_of_day("stay.left_on", self.connection.dialect.name)
        found = self.ask(
            f"SELECT s.person_id, p.prison_number FROM {staged.name} AS s JOIN stay ON stay.person_id = s.person_id "
            f"JOIN person AS p ON p.id = s.person_id WHERE s.verdict = {NEW} AND {DIED} "
            f"AND (s.recorded_at IS NULL OR s.recorded_at >= {died}) ORDER BY p.prison_number"
        )
        return [number for person_id, number in found if person_id in self.had_died]

    @contextmanager
    def prisoners_concerned(self) -> Iterator[Concerned]:
        """Hold at hand the prisoners of whom the staged files have brought something new."""
        self.run("CREATE TEMP TABLE concerned_person (person_id INTEGER PRIMARY KEY)")
        for staged in self.staged:
            if staged.sheet.table in SETTLED_TABLES:
                self.run(
                    f"INSERT INTO concerned_person SELECT DISTINCT person_id FROM {staged.name} "
                    f"WHERE (verdict > {SAME} OR touched = 1) "
                    "AND person_id NOT IN (SELECT person_id FROM concerned_person)"
                )
        yield Concerned(_is_concerned, {})
        self.run("DROP TABLE concerned_person")

    def drop(self) -> None:
        """Drop every staged file."""
        for staged in self.staged:
            self.run(f"DROP TABLE {staged.name}")

    def analyze(self) -> None:
        """Let the database learn what was brought."""
        self._bulk.analyze()


def _is_concerned(whose: ColumnElement[int]) -> ColumnElement[bool]:
    concerned: Select[Any] = select(column("person_id")).select_from(text("concerned_person"))
    return whose.in_(concerned)


def _column_types(staged: Staged) -> Iterator[tuple[str, TypeEngine[Any]]]:
    """Yield each column of a staged file with the type that its table has it in."""
    kinds = {column.field: _TYPES.get(column.kind, Text()) for column in staged.sheet.columns}
    table = TABLES[staged.sheet.table]
    for name in staged.fields:
        yield name, table.c[name].type if name in table.c else kinds[name]


def _noted(staged: Staged, rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    """Pass the rows on, many at a time, and note how many they were and their digest when the last has gone by."""
    digest = hashlib.sha256()
    for chunk in in_chunks(rows):
        digest.update(marshal.dumps(chunk, PLAIN))
        staged.rows += len(chunk)
        yield chunk
    staged.digest = digest.hexdigest()
