"""An encrypted file, opened so that the rest of the store cannot tell it from another.

SQLCipher's driver stands in for the standard library's, and raises the standard library's errors.
The only module that loads SQLCipher, and loaded only for a file that is encrypted or is to be.
"""

import sqlite3
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, cast

from sqlcipher3 import dbapi2  # type: ignore[import-untyped]  # it carries no types

from keyworker_cli.store.file.encryption.keys import Key
from keyworker_cli.store.file.permissions import ENCRYPTED


def connect(where: str, *, key: Key | None, **how: Any) -> sqlite3.Connection:
    """Open a file with its key, `None` for one that is not encrypted. Raises what `sqlite3.connect` does."""
    try:
        connection = _Connection(where, **how)
    except dbapi2.Error as error:
        raise _as_sqlite3(error) from error
    connection.key = key
    connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to stderr beside what kw says
    if key is not None:
        connection.execute(f'PRAGMA key = "{_spelled(key)}"')
    connection.execute("PRAGMA temp_store = MEMORY")  # what is staged and sorted is never on disk in clear
    return cast(sqlite3.Connection, connection)


def copy_into(connection: sqlite3.Connection, part: Path, *, key: Key | None) -> None:
    """Copy everything into an empty file, encrypted with a key or, for `None`, in clear."""
    connection.execute("ATTACH DATABASE ? AS copy KEY ?", (str(part), _spelled(key) if key else ""))
    connection.execute("SELECT sqlcipher_export('copy')")
    for stamp in ("application_id", "user_version"):
        (value,) = connection.execute(f"PRAGMA main.{stamp}").fetchone()
        connection.execute(f"PRAGMA copy.{stamp} = {value}")
    connection.execute("DETACH DATABASE copy")


def _spelled(key: Key) -> str:
    """Return a key and its file header in SQLCipher's form: raw, not derived from a password."""
    return f"x'{key.secret.hex()}{(ENCRYPTED + key.id).hex()}'"


def _as_sqlite3(error: dbapi2.Error) -> sqlite3.Error:
    """Return the standard library's error of the same name.

    The key of a file is known to be its own before it is opened: what then seems no database is a damaged one.
    """
    kind: type[sqlite3.Error] = getattr(sqlite3, type(error).__name__, sqlite3.DatabaseError)
    same = kind(*error.args)
    name = getattr(error, "sqlite_errorname", "")
    same.sqlite_errorname = "SQLITE_CORRUPT" if name == "SQLITE_NOTADB" else name
    same.sqlite_errorcode = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return same


def _raising_sqlite3(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def call(*given: Any, **named: Any) -> Any:
        try:
            return method(*given, **named)
        except dbapi2.Error as error:
            raise _as_sqlite3(error) from error

    return call


class _Cursor(dbapi2.Cursor):  # type: ignore[misc]  # it carries no types
    execute = _raising_sqlite3(dbapi2.Cursor.execute)
    executemany = _raising_sqlite3(dbapi2.Cursor.executemany)
    executescript = _raising_sqlite3(dbapi2.Cursor.executescript)
    fetchone = _raising_sqlite3(dbapi2.Cursor.fetchone)
    fetchmany = _raising_sqlite3(dbapi2.Cursor.fetchmany)
    fetchall = _raising_sqlite3(dbapi2.Cursor.fetchall)
    __next__ = _raising_sqlite3(dbapi2.Cursor.__next__)


class _Connection(dbapi2.Connection):  # type: ignore[misc]  # it carries no types
    key: Key | None = None
    commit = _raising_sqlite3(dbapi2.Connection.commit)
    rollback = _raising_sqlite3(dbapi2.Connection.rollback)

    def cursor(self, factory: type[dbapi2.Cursor] = _Cursor) -> dbapi2.Cursor:
        return super().cursor(factory)
