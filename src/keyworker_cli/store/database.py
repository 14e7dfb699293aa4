"""The database through SQLModel: the engine, the schema of a new file, and who may write when (RECIPES 1)."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from keyworker_cli.errors import DatabaseError, KwError
from keyworker_cli.store import sqlite_file
from keyworker_cli.store.audit import FIRST_HASH
from keyworker_cli.store.triggers import create_triggers


def open_engine(path: Path, *, create: bool = False) -> Engine:
    """Return an engine on a local file. Its transactions begin IMMEDIATE where `kw_write` is set, so none can fork."""

    def connection() -> sqlite3.Connection:
        return sqlite_file.connect(path, create=create)

    engine = create_engine("sqlite://", creator=connection, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "begin", _begin)
    return engine


def writing(engine: Engine) -> Engine:
    """Return the engine for writes: its transactions take the file's one write lock at once."""
    return engine.execution_options(kw_write=True)


def create(path: Path) -> bool:
    """Make the file, readable by its owner only, with every table, constraint and trigger; say whether this call did.

    Safe when many do so at once: the first holds the lock, the others find the work done. Raises `DatabaseError`.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with writing(open_engine(path, create=True)).begin() as connection:
            return _create_schema(connection)
    except DBAPIError as error:
        raise said(error, path) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise DatabaseError(f"{path} cannot be made: {reason}.", "choose another place with --db.") from None


def _create_schema(connection: Connection) -> bool:
    if connection.exec_driver_sql("PRAGMA user_version").scalar_one() != 0:
        return False
    SQLModel.metadata.create_all(connection)
    create_triggers(connection)
    connection.execute(SQLModel.metadata.tables["audit_head"].insert().values(id=1, lines=0, hash=FIRST_HASH))
    stamp(connection)
    return True


def stamp(connection: Connection) -> None:
    """Write into the file that it is a kw file, and of which version."""
    connection.exec_driver_sql(f"PRAGMA application_id = {sqlite_file.APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {sqlite_file.SCHEMA_VERSION}")
    connection.execute(
        text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    )
    connection.execute(text("DELETE FROM alembic_version"))
    connection.execute(
        text("INSERT INTO alembic_version VALUES (:version)"), {"version": f"{sqlite_file.SCHEMA_VERSION:04}"}
    )


def _begin(connection: Connection) -> None:
    write: Any = connection.get_execution_options().get("kw_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def said(error: DBAPIError, path: Path) -> KwError:
    """Return what to tell the user of an error that came up through SQLModel."""
    return sqlite_file.unusable(error.orig if isinstance(error.orig, sqlite3.Error) else sqlite3.Error(), path)
