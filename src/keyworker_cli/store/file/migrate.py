"""Bring a database of an older kw up to date: a copy beside it first, then every step or none.

The only module that loads Alembic, and loaded only when a file's version is not the current one.
"""

import filecmp
import sqlite3
from collections.abc import Mapping
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, event, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from keyworker_cli.errors import DatabaseError
from keyworker_cli.rules.dates.london import london_date
from keyworker_cli.rules.settings import Settings
from keyworker_cli.store.changes.author import Author
from keyworker_cli.store.changes.change import Change
from keyworker_cli.store.changes.checksums import Counting
from keyworker_cli.store.changes.tallies import NONE_YET
from keyworker_cli.store.file import sqlite_file
from keyworker_cli.store.file.place import file_beside
from keyworker_cli.store.file.waiting import Patience
from keyworker_cli.store.file.writing import stamp
from keyworker_cli.store.reads.compiled_sql import VIEWS
from keyworker_cli.store.reads.reader import Fact
from keyworker_cli.store.reads.views import create_views, drop_views
from keyworker_cli.store.schema.engine import new_engine
from keyworker_cli.store.schema.tables import TABLES
from keyworker_cli.store.schema.triggers import create_triggers
from keyworker_cli.whole_file import put_in_place

MOST_COPIES: Final = 1000
PATIENCE: Final = 600
"""For how many seconds to wait for another who brings the file up to date: a large one takes its time."""


def bring_up_to_date(path: Path) -> Path | None:
    """Migrate the file to the current schema; return where the copy of it as it was stands now, `kw.db.schema-1`.

    Of several that do so at once the first does it, and the others wait: `None` for them, and for a current file.
    Raises `DatabaseError`, with the file as it was, when a step fails or the result does not hold together.
    """
    with ExitStack() as stack:
        try:  # both before the lock is taken: a file of this one that is closed would let go of it
            stack.enter_context(Patience(seconds=PATIENCE).turn(path))
            raw, reading = (stack.enter_context(closing(sqlite_file.connect(path, patience=PATIENCE))) for _ in "12")
            return _upgrade(raw, reading, path)
        except sqlite3.Error as error:
            raise sqlite_file.unusable(error, path) from error
        except DBAPIError as error:
            raise sqlite_file.said(error, path, saving=True) from error


def upgrade(connection: Connection, *, views: Mapping[str, str] = VIEWS) -> None:
    """Run every step that the database lacks, of either kind, in the open transaction; make guards and views anew.

    Raises `DatabaseError` for one that says that it has had a step which there is not.
    """
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "keyworker_cli.store.schema:migrations")
    config.set_main_option("path_separator", "os")
    drop_views(connection)
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        what = "what the database says of its own schema is nothing that kw has written."
        raise DatabaseError(what, "restore the last backup: kw restore FILE.") from error
    create_triggers(connection)
    _count(connection)
    create_views(connection, views)


def _keep(reading: sqlite3.Connection, path: Path, version: int) -> Path:
    """Copy the file as it was, to the disk before anything is changed; no other copy is written over.

    One that somebody left who was stopped before the file was up to date is the same, and is kept instead.
    """
    name = f"{path.name}.schema-{version}"
    places = [path.with_name(name), *(path.with_name(f"{name}.{number}") for number in range(2, MOST_COPIES))]
    with file_beside(path) as part:
        reading.execute("VACUUM INTO ?", (str(part),))
        for kept in places:
            if not kept.exists():
                put_in_place(part, kept)
                return kept
            if filecmp.cmp(part, kept, shallow=False):
                return kept
    raise DatabaseError(f"{path} has {MOST_COPIES} copies of its earlier states.", "move them to another place.")


def _upgrade(raw: sqlite3.Connection, reading: sqlite3.Connection, path: Path) -> Path | None:
    """Keep a copy and run every step, in one transaction and with the write lock held from its first moment."""
    raw.execute("PRAGMA foreign_keys=OFF")  # rebuilding a parent table would else delete its children
    engine = new_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.begin() as connection:
        version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if version >= sqlite_file.SCHEMA_VERSION:
            return None  # another process was quicker
        kept = _keep(reading, path, version)
        reading.close()  # a reader would keep what is written now from being saved
        upgrade(connection)
        _check(connection)
        stamp(connection)
        _settle(connection)
    return kept


def _count(connection: Connection) -> None:
    """Count all rows that are there, where an older kw has counted none: its lines say nothing of them."""
    tallies = connection.execute(select(TABLES["audit_head"].c.tallies)).scalar()
    at = connection.execute(select(func.max(TABLES["audit"].c.at))).scalar_one()
    if tallies == NONE_YET and at is not None:
        author = Author("kw", at, "kw", london_date(at))
        change = Change(connection, author, Unread(), counting=Counting(connection, began={}))
        change.note_in_audit("count", "database", "all rows", after={"schema": sqlite_file.SCHEMA_VERSION})
        change.close_audit()


def _settle(connection: Connection) -> None:
    """Settle what the records of an older kw contradict each other in, at the moment of the last that it wrote."""
    at = connection.execute(select(func.max(TABLES["audit"].c.at))).scalar_one()
    if at is None:
        return
    setting = TABLES["setting"]
    code = connection.execute(select(setting.c.value).where(setting.c.key == "prison.code")).scalar()
    change = Change(connection, Author("kw", at, "kw", london_date(at)), Unread())
    change.settle_everything(own_code=code or Settings().prison_code)
    change.close_audit()


class Unread:
    """A reader of nothing: what is settled is asked of the connection itself."""

    def ask(self, question: str, fact: type[Fact], values: Mapping[str, Any]) -> list[Fact]:
        """Answer nothing."""
        raise NotImplementedError(question)


def _check(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise DatabaseError(
            f"bringing the database up to date would leave a row of {broken[0]} without what it refers to.",
            "nothing was changed; kw doctor says more.",
        )
