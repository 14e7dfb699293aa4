"""The store: what the rest of `kw` sees of the database. It is opened on first use and says what is wrong in words."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keyworker_cli.errors import DatabaseError
from keyworker_cli.rules.facts import AuditCheck
from keyworker_cli.store import sqlite_file
from keyworker_cli.store.known_at import look_back, undated_rows
from keyworker_cli.store.place import refuse_share, shared_through
from keyworker_cli.store.queries import Queries
from keyworker_cli.store.reading import FileReader, Remembering

if TYPE_CHECKING:
    from keyworker_cli.rules.backups import Manifest
    from keyworker_cli.rules.health import FileFacts
    from keyworker_cli.rules.sheet import Sheet
    from keyworker_cli.store.backup import Copied
    from keyworker_cli.store.writes import Author, Change


class Store:
    """One prison's database, a local SQLite file. With `known_at` every question is answered as of that moment."""

    def __init__(self, path: Path, *, known_at: datetime | None = None) -> None:
        self.path = path
        self.known_at = known_at
        self._reading: sqlite3.Connection | None = None
        self._queries: Queries | None = None

    @property
    def queries(self) -> Queries:
        """The questions, all answered from one state of the file until the store is closed."""
        if self._queries is None:
            self._queries = Queries(Remembering(FileReader(self._open(), self.path)))
        return self._queries

    def undated_rows(self) -> int:
        """Return how many records were imported without their recording moment: they count from their import."""
        connection = self._open()
        try:
            return undated_rows(connection)
        except sqlite3.Error as error:
            raise sqlite_file.unusable(error, self.path) from error

    def check_audit(self, *, head: str | None = None) -> AuditCheck:
        """Go through the whole audit and say which line is the first that does not fit.

        `head` is the beginning of a line's hash that was written down elsewhere.
        """
        from keyworker_cli.store import audit  # noqa: PLC0415 - a door on the list: hashing is for writes

        connection = self._open()
        try:
            return audit.check_audit(connection, head=head)
        except sqlite3.Error as error:
            raise sqlite_file.unusable(error, self.path) from error

    def back_up(self, file: Path, *, made_at: datetime, made_by: str) -> "Manifest":
        """Write a copy of the database, checked by reading it back, and its manifest: see `backup.back_up`."""
        from keyworker_cli.store import backup  # noqa: PLC0415 - a door on the list: what no report needs

        self._check()
        self.close()
        return backup.back_up(self.path, file, made_at=made_at, made_by=made_by)

    def take_backup(self, file: Path) -> "AbstractContextManager[Copied]":
        """Check a backup and hold a copy of it that can take this database's place: see `backup.take_backup`."""
        from keyworker_cli.store import backup  # noqa: PLC0415 - a door on the list: what no report needs

        self.close()
        refuse_share(self.path, shared_through(self.path))
        return backup.take_backup(file, self.path, migrate=_bring_up_to_date)

    def put_back(self, copied: "Copied", *, now: datetime) -> Path | None:
        """Let the copy of a backup take this database's place: see `backup.put_back`."""
        from keyworker_cli.store import backup  # noqa: PLC0415 - a door on the list: what no report needs

        self.close()
        return backup.put_back(copied, self.path, now=now)

    def look_over(self) -> "FileFacts":
        """Return how the file itself is. Raises `DatabaseError` when it is damaged."""
        from keyworker_cli.store import health  # noqa: PLC0415 - a door on the list: what no report needs

        connection = self._open()
        try:
            return health.look_over(connection, self.path)
        except sqlite3.Error as error:
            raise sqlite_file.unusable(error, self.path) from error

    def rows(self, sheet: "Sheet", person_id: int | None = None) -> Iterator[tuple[Any, ...]]:
        """Yield every row of a file that `kw export` writes, or one man's, in the state that `queries` answers from.

        Others can read meanwhile, and write when the last row has been taken and the store is closed.
        """
        from keyworker_cli.store import dumping  # noqa: PLC0415 - a door on the list: what no report needs

        connection = self._open()
        try:
            yield from dumping.rows_of(connection, sheet, person_id)
        except sqlite3.Error as error:
            raise sqlite_file.unusable(error, self.path) from error

    def transaction(self, author: "Author", *, keep: bool = True) -> AbstractContextManager["Change"]:
        """Open a change, all of it or none. With `keep` false everything is checked and nothing is saved."""
        self.close()
        self._check()
        refuse_share(self.path, shared_through(self.path))
        from keyworker_cli.store import writes  # noqa: PLC0415 - a door on the list: SQLModel is for writes

        return writes.transaction(self.path, author, keep=keep)

    def create(self) -> bool:
        """Make the file and its schema where there is none yet; say whether this call made it.

        Safe when many do so at once. Raises `DatabaseError` when it cannot be made.
        """
        if self.path.exists() and sqlite_file.schema_version(self.path) != 0:
            return False
        refuse_share(self.path, shared_through(self.path))
        from keyworker_cli.store import database  # noqa: PLC0415 - a door on the list: SQLModel is for writes

        return database.create(self.path)

    def close(self) -> None:
        """Let go of the file, so that others may write; the next question opens it again."""
        if self._reading is not None:
            self._reading.close()
        self._reading = self._queries = None

    def _open(self) -> sqlite3.Connection:
        """Return the connection that reads, begun on one state of the file, or on the record as it stood."""
        if self._reading is None:
            self._check()
            try:
                self._reading = sqlite_file.connect(self.path)
                if self.known_at is None:
                    self._reading.execute("BEGIN")
                else:
                    look_back(self._reading, self.known_at)
            except sqlite3.Error as error:
                raise sqlite_file.unusable(error, self.path) from error
        return self._reading

    def _check(self) -> None:
        """Say what is wrong with the file before anything is loaded; bring an older one up to date."""
        version = sqlite_file.schema_version(self.path)
        if version == 0:
            raise DatabaseError(f"{self.path} is empty.", "kw init makes a database; kw import FOLDER fills it.")
        if version < sqlite_file.SCHEMA_VERSION:
            refuse_share(self.path, shared_through(self.path))
            _bring_up_to_date(self.path)


def _bring_up_to_date(path: Path) -> Path:
    from keyworker_cli.store import migration  # noqa: PLC0415 - a door on the list: Alembic

    return migration.bring_up_to_date(path)
