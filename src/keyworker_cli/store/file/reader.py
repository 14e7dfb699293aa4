"""Reading from a local file: the SQL compiled ahead, through the standard library alone."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any, Final, cast

from keyworker_cli.store.file.sqlite_file import unusable
from keyworker_cli.store.reads.compiled_sql import STATEMENTS, VIEWS
from keyworker_cli.store.reads.reader import Fact, Rows, not_understood, plain_values

HARMLESS: Final = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE})
JSON_TABLES: Final = ("json_each", "json_tree")
NEVER_READ: Final = frozenset({"note", "prisoner_said"})
"""What no view shows, and no part of a question that calls itself a view may read."""
STEPS_BETWEEN: Final = 100_000
Cells = Sequence[Any]
"""A row as it is stored."""


class FileReader:
    """Reads a local file through the standard library, with the SQL compiled ahead: nothing heavy is loaded."""

    dialect = "sqlite"

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def ask(self, question: str, fact: type[Fact], values: Mapping[str, Any]) -> list[Fact]:
        """Return all rows of the answer; the cursor is closed before anything else happens."""
        try:
            rows = self._connection.execute(STATEMENTS[question], plain_values(values)).fetchall()
        except sqlite3.Error as error:
            raise unusable(error, self._path) from error
        return _facts(fact, rows)

    def rows(self, sql: str, values: Mapping[str, Any] | None = None) -> Rows:
        """Return the rows of a question, read as they are taken."""
        try:
            cursor = self._connection.execute(sql, values or {})
        except sqlite3.Error as error:
            raise unusable(error, self._path) from error
        return Rows(tuple(name for name, *_ in cursor.description), self._each(cursor))

    def query(self, sql: str, *, as_of: date) -> Rows:
        """Return the rows of a question over the views, of the day asked about and of this state (help: query).

        Raises `UsageError` for what is not one question over the views; nothing can be changed by it.
        """
        try:
            for name, view in VIEWS.items():
                selected = f"SELECT '{as_of.isoformat()}' AS day" if name == "v_today" else view
                self._connection.execute(f"CREATE TEMP VIEW {name} AS {selected}")
            self._connection.set_progress_handler(_let_interrupt, STEPS_BETWEEN)
            self._connection.set_authorizer(_only_views)
            cursor = self._connection.execute(sql)
            names = tuple(name for name, *_ in cursor.description or ())
            return Rows(names, iter(cursor.fetchall()))
        except (sqlite3.Error, sqlite3.Warning) as error:
            raise not_understood(str(error)) from error

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _each(self, cursor: sqlite3.Cursor) -> Iterator[tuple[Any, ...]]:
        """Yield the rows, and let go of those left in the middle in peace: Ctrl-C may have closed the file before."""
        try:
            yield from iter(cursor.fetchone, None)
        except sqlite3.Error as error:
            raise unusable(error, self._path) from error


def _only_views(action: int, table: str | None, column: str | None, _base: str | None, inside: str | None) -> int:
    """Let a question read the views, and nothing but through them; let nothing be changed."""
    through_a_view = table in (*VIEWS, *JSON_TABLES) or inside in VIEWS or not column
    allowed = action in HARMLESS or (action == sqlite3.SQLITE_READ and through_a_view and column not in NEVER_READ)
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def _let_interrupt() -> int:
    """Do nothing, so that Ctrl-C is heard in the middle of a long question."""
    return 0


def _facts(fact: type[Fact], rows: Sequence[Cells]) -> list[Fact]:
    """Make facts of sqlite3 rows, where dates and moments are text and booleans numbers.

    It goes column by column: few of a column's days differ, and each is read once in a run.
    """
    make = cast(Callable[[Cells], Fact], partial(tuple.__new__, fact))  # every fact is a named tuple
    changes = _changes(fact) if rows else ()
    if not changes:
        return list(map(make, rows))
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
    for at, kind in changes:
        made = _DAYS if kind is date else _Made(_MADE[kind])
        columns[at] = list(map(made.__getitem__, columns[at]))
    return list(map(make, zip(*columns, strict=True)))


class _Made(dict[Any, Any]):
    """What cells become, each worked out once; an empty one stays `None`."""

    def __init__(self, change: Callable[[Any], Any]) -> None:
        super().__init__({None: None})
        self._change = change

    def __missing__(self, cell: Any) -> Any:
        made = self[cell] = self._change(cell)
        return made


@cache
def _changes(fact: type[tuple[Any, ...]]) -> tuple[tuple[int, type], ...]:
    """Return which columns of a fact are not kept as they are stored, and what each holds."""
    return tuple((at, _KINDS[kind]) for at, kind in enumerate(fact.__annotations__.values()) if kind in _KINDS)


_MADE: Final[dict[type, Callable[[Any], Any]]] = {
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    bool: bool,
}
_KINDS: Final[dict[object, type]] = {hint: kind for kind in _MADE for hint in (kind, kind | None)}
"""What a field of a fact says it holds that is stored otherwise; text and numbers stay as they are."""

_DAYS: Final = _Made(date.fromisoformat)
