"""What a bulk load asks of a database in that database's own words; all else it says in SQL that both kinds take."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, Final, Protocol

from sqlalchemy import Connection, CursorResult
from sqlalchemy.types import TypeEngine

from keyworker_cli.store.reads.reader import as_stored, in_chunks
from keyworker_cli.store.schema.tables import RECORD_TABLES

CACHE_KIB: Final = 128 * 1024  # the indexes of a large table are filled in no order: keep them at hand
ROOM: Final = {"temp_buffers": "256MB", "work_mem": "64MB"}
"""What a server gives the staged files, which it would else write out and read again for every comparison."""

Row = Sequence[Any]
Chunks = Iterable[Sequence[Row]]
"""Rows, so many at a time."""


class Bulk(Protocol):
    """A database as a bulk load speaks to it, in one transaction. Parameters are `?`, in their order.

    Days and moments go in and come out as the text that a file holds of them.
    """

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Run one statement."""
        ...

    def many(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run one statement for each of the rows."""
        ...

    def ask(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of an answer."""
        ...

    def type_of(self, kind: TypeEngine[Any]) -> str:
        """Return a type as this database declares it."""
        ...

    def fill(self, table: str, columns: Sequence[str], chunks: Chunks) -> None:
        """Put rows into a temporary table of this transaction, as fast as they come."""
        ...

    def analyze(self) -> None:
        """Let the database learn what the load has brought."""
        ...


def bulk_on(connection: Connection) -> Bulk:
    """Return the bulk of this connection's kind of database."""
    return FileBulk(connection) if connection.dialect.name == "sqlite" else ServerBulk(connection)


class _OnConnection:
    """What both kinds do alike, once the parameters are marked as their driver marks them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Run one statement."""
        self._answer(sql, values)

    def many(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run one statement for each of the rows."""
        for chunk in in_chunks(rows):
            self._connection.exec_driver_sql(self._marked(sql), chunk)

    def type_of(self, kind: TypeEngine[Any]) -> str:
        """Return a type as this database declares it."""
        return kind.compile(self._connection.dialect)

    def _answer(self, sql: str, values: Sequence[Any]) -> CursorResult[Any]:
        return self._connection.exec_driver_sql(self._marked(sql), tuple(values))

    def _marked(self, sql: str) -> str:
        return sql


class FileBulk(_OnConnection):
    """A local file."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.run(f"PRAGMA cache_size = -{CACHE_KIB}")

    def ask(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of an answer."""
        return list(map(tuple, self._answer(sql, values)))

    def fill(self, table: str, columns: Sequence[str], chunks: Chunks) -> None:
        """Put the rows in through the driver's own cursor: two thirds of the time would go by on the way to it."""
        marks = ", ".join("?" * len(columns))
        insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
        cursor = self._connection.connection.cursor()
        for chunk in chunks:
            cursor.executemany(insert, chunk)
        cursor.close()

    def analyze(self) -> None:
        """Let SQLite learn how large its tables have become."""
        self.run("PRAGMA analysis_limit = 400")
        self.run("ANALYZE")


class ServerBulk(_OnConnection):
    """A database on a PostgreSQL server."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        for setting, value in ROOM.items():
            self.run(f"SET LOCAL {setting} = '{value}'")

    def ask(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of an answer."""
        return [tuple(map(as_stored, row)) for row in self._answer(sql, values)]

    def fill(self, table: str, columns: Sequence[str], chunks: Chunks) -> None:
        """Put the rows in by COPY, and let the server learn how many they are: it does not look by itself in time.

        Where they end in an error none is there, and the transaction goes on.
        """
        cursor: Any = self._connection.connection.cursor()
        copying = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
        with self._connection.begin_nested(), cursor, cursor.copy(copying) as copy:
            for row in chain.from_iterable(chunks):
                copy.write_row(row)
        self.run(f"ANALYZE {table}")

    def analyze(self) -> None:
        """Let the server learn how large its tables have become, and which keys the load gave by itself."""
        names = [table.name for table in RECORD_TABLES]
        for name in names:
            self.run(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}")
        self.run(f"ANALYZE {', '.join(names)}")

    def _marked(self, sql: str) -> str:
        return sql.replace("%", "%%").replace("?", "%s")  # as psycopg marks them
