"""The store: what the rest of `kw` sees of the database. It is opened on first use and says what is wrong in words."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keyworker_cli.errors import DatabaseError
from keyworker_cli.store import sqlite_file
from keyworker_cli.store.queries import Queries
from keyworker_cli.store.reading import FileReader

if TYPE_CHECKING:
    from keyworker_cli.rules.sheets import Sheet
    from keyworker_cli.store.writes import Author, Change


class Store:
    """One prison's database, a local SQLite file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._reading: sqlite3.Connection | None = None
        self._queries: Queries | None = None

    @property
    def queries(self) -> Queries:
        """The questions, all answered from one state of the file until the store is closed."""
        if self._queries is None:
            self._check()
            try:
                self._reading = sqlite_file.connect(self.path)
                self._reading.execute("BEGIN")
            except sqlite3.Error as error:
                raise sqlite_file.unusable(error, self.path) from error
            self._queries = Queries(FileReader(self._reading, self.path))
        return self._queries

    def rows(self, sheet: "Sheet") -> Iterator[tuple[Any, ...]]:
        """Yield every row of a file that `kw export` writes, in the state that `queries` answers from.

        Others can read meanwhile, and write when the last row has been taken and the store is closed.
        """
        from keyworker_cli.store import dumping  # noqa: PLC0415 - a door on the list: what no report needs

        if self.queries and self._reading is not None:
            try:
                yield from dumping.rows_of(self._reading, sheet)
            except sqlite3.Error as error:
                raise sqlite_file.unusable(error, self.path) from error

    def transaction(self, author: "Author", *, keep: bool = True) -> AbstractContextManager["Change"]:
        """Open a change, all of it or none. With `keep` false everything is checked and nothing is saved."""
        self.close()
        self._check()
        from keyworker_cli.store import writes  # noqa: PLC0415 - a door on the list: SQLModel is for writes

        return writes.transaction(self.path, author, keep=keep)

    def create(self) -> bool:
        """Make the file and its schema where there is none yet; say whether this call made it.

        Safe when many do so at once. Raises `DatabaseError` when it cannot be made.
        """
        if self.path.exists() and sqlite_file.schema_version(self.path) != 0:
            return False
        from keyworker_cli.store import database  # noqa: PLC0415 - a door on the list: SQLModel is for writes

        return database.create(self.path)

    def close(self) -> None:
        """Let go of the file, so that others may write; the next question opens it again."""
        if self._reading is not None:
            self._reading.close()
        self._reading = self._queries = None

    def _check(self) -> None:
        """Say what is wrong with the file before anything is loaded; bring an older one up to date."""
        version = sqlite_file.schema_version(self.path)
        if version == 0:
            raise DatabaseError(f"{self.path} is empty.", "kw init makes a database; kw import FOLDER fills it.")
        if version < sqlite_file.SCHEMA_VERSION:
            from keyworker_cli.store import migration  # noqa: PLC0415 - a door on the list: Alembic

            migration.bring_up_to_date(self.path)
