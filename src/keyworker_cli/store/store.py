"""The store: what the rest of `kw` sees of the database. It is opened on first use and says what is wrong in words."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keyworker_cli.errors import DatabaseError, RefusedError
from keyworker_cli.rules.database.made import Made
from keyworker_cli.store.file import known_at
from keyworker_cli.store.file.local_file import LocalFile
from keyworker_cli.store.file.waiting import Patience
from keyworker_cli.store.reads.compiled_sql import VIEW_COLUMNS
from keyworker_cli.store.reads.database import Database, Reading
from keyworker_cli.store.reads.queries import Queries
from keyworker_cli.store.reads.reader import Remembering, Rows

if TYPE_CHECKING:
    from keyworker_cli.rules.database.backups import Manifest
    from keyworker_cli.rules.database.server_address import ServerAddress
    from keyworker_cli.rules.facts.audit import AuditCheck
    from keyworker_cli.rules.files.sheet import Sheet
    from keyworker_cli.rules.oversight.doctor_database import FileFacts, ServerFacts
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.changes.change import Change
    from keyworker_cli.store.file.backup import Copied


class Store:
    """One prison's database: a local file, or one on a server.

    With `known_at` every question is answered as of that moment. `saving` is true from the moment at which something
    begins to be saved: who is stopped after it may have saved. `say` tells whoever waits for others to be done.
    """

    def __init__(
        self,
        address: "Path | ServerAddress",
        *,
        known_at: datetime | None = None,
        say: Callable[[str], object] = lambda _: None,
    ) -> None:
        patience = Patience(say)
        self.database: Database = (
            LocalFile(address, patience) if isinstance(address, Path) else _server(address, patience)
        )
        self.known_at = known_at
        self.saving = False
        self._reading: Reading | None = None
        self._queries: Queries | None = None

    @property
    def name(self) -> str:
        """What the database is called in a sentence; never with a password."""
        return self.database.name

    @property
    def path(self) -> Path:
        """Where the file is. Raises `RefusedError` for a database on a server."""
        return self._file().path

    @property
    def queries(self) -> Queries:
        """The questions, all answered from one state of the database until the store is closed."""
        if self._queries is None:
            self._queries = Queries(Remembering(self._open()))
        return self._queries

    def exists(self) -> bool:
        """Say whether there is a database of kw."""
        return self.database.exists()

    def exposed(self) -> str | None:
        """Say who else may reach a database that was opened, and what closes it; `None` for one that is its owner's."""
        return self.database.exposed()

    def undated_rows(self) -> int:
        """Return how many records were imported without their recording moment: they count from their import."""
        return known_at.undated_rows(self._open())

    def check_audit(self, *, head: str | None = None, from_head: bool = False) -> "AuditCheck":
        """Go through the whole audit and all rows, and say which line is the first that does not fit.

        One of which all fit is not sound where something else than kw could write, or kw without keeping what was.
        `head` is the beginning of a line's hash that was written down elsewhere; `from_head` begins the lines there.
        """
        from keyworker_cli.store.changes import audit  # noqa: PLC0415 - lazy import: costs 4 ms

        check = audit.check_audit(self._open(), head=head, from_head=from_head)
        self.close()
        if check.what is None and (found := self.database.unguarded()):
            return check._replace(first_bad=check.lines, what="; ".join(found))
        return check

    def back_up(self, file: Path, *, made_at: datetime, made_by: str) -> "Manifest":
        """Write a copy of the database, checked by reading it back, and its manifest. Files only."""
        self.close()
        return self._file().back_up(file, made_at=made_at, made_by=made_by)

    def check_backup(self, file: Path) -> None:
        """Raise as `back_up` does where a backup may not be written. Files only."""
        self.close()
        self._file().check_backup(file)

    def take_backup(self, file: Path) -> "AbstractContextManager[Copied]":
        """Check a backup and hold a copy of it that can take this database's place. Files only."""
        self.close()
        return self._file().take_backup(file)

    def put_back(self, copied: "Copied", *, now: datetime) -> Path | None:
        """Let the copy of a backup take this database's place. Files only."""
        self.close()
        self.saving = True
        return self._file().put_back(copied, now=now)

    def create_encrypted(self) -> str | None:
        """Make the file encrypted where there is none yet; return in words where its key is kept, else `None`.

        Raises `DatabaseError` when the key cannot be kept, or the file cannot be made. Files only.
        """
        return self._file().create_encrypted()

    def encrypt(self, author: "Author") -> str:
        """Encrypt the file as it stands; return in words where its key is kept. Files only."""
        self.close()
        return self._file().encrypt(author)

    def decrypt(self, author: "Author") -> None:
        """Put an encrypted file in clear. Files only."""
        self.close()
        self._file().decrypt(author)

    def rekey(self, author: "Author") -> tuple[str, list[str]]:
        """Encrypt an encrypted file anew; return where its new key is kept, and the copies beside it that have the old.

        Files only.
        """
        self.close()
        return self._file().rekey(author)

    def key_is_kept_in(self) -> str | None:
        """Return in words where the key of an encrypted file is kept, `None` for a file in clear. Files only.

        Raises `DatabaseError` for what is not a whole kw file, and where the key is not to be had.
        """
        self.close()
        return self._file().key_is_kept_in()

    def copies_in_clear(self) -> list[str]:
        """Return the names of kw's unencrypted copies beside the file. Files only."""
        return self._file().copies_in_clear()

    def look_over(self) -> "FileFacts | ServerFacts":
        """Return how the database itself is. Raises `DatabaseError` when it is damaged."""
        self.close()
        return self.database.look_over()

    def rows(self, sheet: "Sheet", person_id: int | None = None) -> Iterator[tuple[Any, ...]]:
        """Yield every row of a file that `kw export` writes, or one prisoner's, as of the state that `queries` read.

        Others can read meanwhile, and write when the last row has been taken and the store is closed.
        """
        from keyworker_cli.store.bulk import dumping  # noqa: PLC0415 - lazy import: costs 6 ms

        yield from dumping.rows_of(self._open(), sheet, person_id)

    def query(self, sql: str, *, as_of: date) -> Rows:
        """Return the rows of a user's own question over the views, in the state that `queries` answers from.

        Raises `UsageError` for what is not one question over them. Nothing else can be asked of this state afterwards.
        """
        return self._open().query(sql, as_of=as_of)

    def view_columns(self) -> Mapping[str, tuple[str, ...]]:
        """Return the views that a user's own question may read, each with the names of its columns."""
        return VIEW_COLUMNS

    @contextmanager
    def transaction(self, author: "Author") -> Iterator["Change"]:
        """Open a change, all of it or none. In a dry run everything is checked and nothing is saved."""
        self.close()
        self.database.check_writable()
        from keyworker_cli.store.changes import change as writes  # noqa: PLC0415 - lazy import: costs 290 ms

        with writes.transaction(self.database, author) as change:
            yield change
            self.saving = author.saves

    def create(self) -> Made:
        """Make the database and its schema where there is none yet, and say what this call did; untrue is nothing.

        Safe when many do so at once. Raises `DatabaseError` when it cannot be made.
        """
        return self.database.create()

    def close(self) -> None:
        """Let go of the database, so that others may write; the next question opens it again."""
        if self._reading is not None:
            self._reading.close()
        self._reading = self._queries = None

    def _open(self) -> Reading:
        if self._reading is None:
            self._reading = self.database.reading(self.known_at)
        return self._reading

    def _file(self) -> LocalFile:
        if not isinstance(self.database, LocalFile):
            raise RefusedError(
                f"{self.name} is on a server: kw cannot copy it, put it back or encrypt it as a file.",
                "whoever keeps the server backs it up (pg_dump) and encrypts its disk; kw export DIR writes files.",
            )
        return self.database


def _server(address: "ServerAddress", patience: Patience) -> Database:
    try:
        from keyworker_cli.store.server import server  # noqa: PLC0415 - lazy import: costs 345 ms
    except ImportError as error:
        if error.name not in ("psycopg", None):  # None: its library without the server's own
            raise
        raise DatabaseError(
            f"{address} is on a server, and this kw was installed without what speaks to one.",
            "pip install 'keyworker-cli[postgres]'",
        ) from None
    return server.Server(address, patience)
