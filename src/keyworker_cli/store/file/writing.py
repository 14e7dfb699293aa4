"""The local file through SQLModel: the engine, the schema of a new file, and who may write when."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Engine, NullPool, event
from sqlalchemy.exc import DBAPIError

from keyworker_cli.errors import DatabaseError
from keyworker_cli.rules.database.made import Made
from keyworker_cli.store.file import sqlite_file
from keyworker_cli.store.file.create import create_schema, stamp_version
from keyworker_cli.store.file.encryption.keys import Key
from keyworker_cli.store.file.place import identity, refuse_if_replaced
from keyworker_cli.store.file.waiting import Patience
from keyworker_cli.store.reads.views import create_views
from keyworker_cli.store.schema.engine import new_engine


@contextmanager
def begun(path: Path, patience: Patience) -> Iterator[Connection]:
    """Begin a transaction with the file's write lock, once it is this one's turn; `DatabaseError` where it never is.

    What is left of the `patience` of this run is for those who read when it is saved. A file that takes this one's
    place meanwhile, as a restore does, is not written to.
    """
    opened = identity(path)
    try:
        with (
            patience.turn(path),
            _connected(lambda: sqlite_file.connect(path, patience=patience.seconds)) as connection,
        ):
            with patience.wait():
                transaction = connection.begin()
            with transaction:
                refuse_if_replaced(path, opened)
                connection.exec_driver_sql(f"PRAGMA busy_timeout = {patience.milliseconds}")
                yield connection
    except sqlite3.Error as error:
        raise sqlite_file.unusable(error, path) from error


def create(path: Path, *, key: Key | None = None) -> Made:
    """Make the file, readable by its owner only, with every table, constraint and trigger, and say what this call did.

    With a `key` it is encrypted. Safe when many do so at once: the first holds the lock, the others find the work done.
    Raises `DatabaseError`.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (
            _connected(lambda: sqlite_file.connect(path, create=True, key=key)) as connection,
            connection.begin(),
        ):
            return _create_schema(connection)
    except DBAPIError as error:
        raise sqlite_file.said(error, path, saving=True) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise DatabaseError(f"{path} cannot be made: {reason}.", "choose another place with --db.") from None


_opens: ContextVar[Callable[[], sqlite3.Connection]] = ContextVar("_opens")
"""How the file is opened that is written to."""


@cache
def _engine() -> Engine:
    """Return the engine for every file that this process writes to: what it has said once is not worked out again.

    Its transactions begin IMMEDIATE, with the file's one write lock, so that none can fork.
    """
    engine = new_engine("sqlite://", creator=lambda: _opens.get()(), poolclass=NullPool)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


@contextmanager
def _connected(opens: Callable[[], sqlite3.Connection]) -> Iterator[Connection]:
    was = _opens.set(opens)
    try:
        connection = _engine().connect()
    finally:
        _opens.reset(was)
    with connection:
        yield connection


def _create_schema(connection: Connection) -> Made:
    if connection.exec_driver_sql("PRAGMA user_version").scalar_one() != 0:
        return Made.THERE
    create_schema(connection)
    create_views(connection)
    stamp(connection)
    return Made.MADE


def stamp(connection: Connection) -> None:
    """Mark the file as one of kw's, with its version."""
    connection.exec_driver_sql(f"PRAGMA application_id = {sqlite_file.APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {sqlite_file.SCHEMA_VERSION}")
    stamp_version(connection)
