"""Reading from a server: the SQLModel statements themselves, and rows as they are stored, streamed."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from functools import cache
from itertools import count
from typing import Any, Final, cast, get_type_hints

from psycopg import Connection as Driver
from psycopg import Error as DriverError
from psycopg import OperationalError as DriverOperationalError
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.types.string import TextLoader
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, OperationalError

from keyworker_cli.errors import KwError
from keyworker_cli.store.reads.reader import Fact, Rows, not_understood
from keyworker_cli.store.reads.statements import READS

AT_A_TIME: Final = 2_000

Said = Callable[[DBAPIError], KwError]


class ModelReader:
    """Answers each question with its SQLModel statement, through SQLAlchemy."""

    def __init__(self, connection: Connection, said: Said) -> None:
        self._connection = connection
        self._said = said

    def ask(self, question: str, fact: type[Fact], values: Mapping[str, Any]) -> list[Fact]:
        """Return all rows of the answer."""
        try:
            rows = self._connection.execute(READS[question].statement, dict(values)).all()
        except DBAPIError as error:
            raise self._said(error) from error
        return list(map(_converter(fact), rows))


class ServerReading(ModelReader):
    """One state of the database, held by a transaction until it is closed."""

    dialect = "postgresql"

    def __init__(self, connection: Connection, said: Said, *, schema: str) -> None:
        super().__init__(connection, said)
        self._schema = schema
        self._cursors = count()
        self._opened = ExitStack()

    def rows(self, sql: str, values: Mapping[str, Any] | None = None) -> Rows:
        """Return the rows of a question, read as they are taken, a few thousand at a time."""
        driver = cast("Driver[Any]", self._connection.connection.driver_connection)
        compiled = text(sql.replace("main.", f"{self._schema}.")).compile(dialect=self._connection.dialect)
        cursor = driver.cursor(name=f"kw_{next(self._cursors)}")
        self._opened.callback(cursor.close)
        cursor.itersize = AT_A_TIME
        for kind, loader in _AS_STORED.items():
            cursor.adapters.register_loader(kind, loader)
        try:
            cursor.execute(str(compiled), values)
        except DriverError as error:
            raise self._said(_wrapped(error)) from error
        return Rows(tuple(column.name for column in cursor.description or ()), self._each(cursor))

    def query(self, sql: str, *, as_of: date) -> Rows:
        """Return the rows of a question over the views, of the day asked about and of this state (help: query).

        Raises `UsageError` for what the server does not take. It can change nothing: the transaction is a reading one
        from here on. What the role may read, the server says.
        """
        driver = cast("Driver[Any]", self._connection.connection.driver_connection)
        cursor = driver.cursor()
        self._opened.callback(cursor.close)
        for kind, loader in _AS_STORED.items():
            cursor.adapters.register_loader(kind, loader)
        try:
            cursor.execute("SELECT set_config('kw.as_of', %s, true)", (as_of.isoformat(),))
            cursor.execute("SET TRANSACTION READ ONLY")
            cursor.execute(sql.replace("%", "%%"), {}, prepare=False)  # with parameters, so that it is one statement
            names = tuple(column.name for column in cursor.description or ())
            return Rows(names, iter(cursor.fetchall() if names else []))
        except DriverError as error:
            raise not_understood(error.diag.message_primary or str(error)) from error

    def close(self) -> None:
        """End the transaction and let go of the server."""
        self._opened.close()
        self._connection.close()

    def _each(self, cursor: Any) -> Iterator[tuple[Any, ...]]:
        try:
            yield from cursor
        except DriverError as error:
            raise self._said(_wrapped(error)) from error


def _wrapped(error: DriverError) -> DBAPIError:
    """Return the error as SQLAlchemy would have raised it."""
    return (OperationalError if isinstance(error, DriverOperationalError) else DBAPIError)(None, None, error)


class _MomentLoader(Loader):
    """A moment as `moment_text` writes it, from a server that speaks ISO and UTC."""

    def load(self, data: Buffer) -> str:
        day, _, time = bytes(data).decode().partition(" ")
        seconds, _, rest = time.removesuffix("+00").partition(".")
        return f"{day}T{seconds}.{rest:0<6}Z"


class _TruthLoader(Loader):
    """Read a boolean as a file stores it."""

    def load(self, data: Buffer) -> int:
        return int(bytes(data) == b"t")


class _NumberLoader(Loader):
    """Read a sum or a mean, which PostgreSQL gives as a number of any precision."""

    def load(self, data: Buffer) -> int | float:
        text = bytes(data).decode()
        return int(text) if text.removeprefix("-").isdigit() else float(text)


_AS_STORED: Final[dict[str, type[Loader]]] = {
    "date": TextLoader,
    "timestamptz": _MomentLoader,
    "bool": _TruthLoader,
    "numeric": _NumberLoader,
}
"""How the server's types are read where a file would give what it has stored."""


@cache
def _converter(fact: type[Fact]) -> Callable[[Any], Fact]:
    """Return a function that makes a fact of a row: dates come as dates, sums and booleans need converting."""
    make: Callable[[Any], Fact] = fact._make
    kinds: list[Any] = [
        next((kind for kind in (bool, int) if hint in (kind, kind | None)), None)
        for hint in get_type_hints(fact).values()
    ]

    def convert(row: Any) -> Fact:
        return make(cell if kind is None or cell is None else kind(cell) for cell, kind in zip(row, kinds, strict=True))

    return convert
