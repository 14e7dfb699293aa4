"""The local SQLite file as a database: read through the standard library, with nothing heavy loaded."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from keyworker_cli.errors import DatabaseError, KwError
from keyworker_cli.rules.database.made import Made
from keyworker_cli.store.file import known_at as past
from keyworker_cli.store.file import place, sqlite_file
from keyworker_cli.store.file.permissions import OTHERS, permissions
from keyworker_cli.store.file.reader import FileReader
from keyworker_cli.store.file.waiting import READING, Patience, somebody_reads

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.exc import DBAPIError

    from keyworker_cli.rules.database.backups import Manifest
    from keyworker_cli.rules.oversight.doctor_database import FileFacts
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.file.backup import Copied


Answer = TypeVar("Answer")


class LocalFile:
    """One prison's database in a file. See `database.Database` for what each method is to do."""

    def __init__(self, path: Path, patience: Patience | None = None) -> None:
        self.path = path
        self.name = str(path)
        self._patience = patience or Patience()
        self._found_good = False

    def exists(self) -> bool:
        """Say whether there is a file."""
        return self.path.exists()

    def create(self) -> Made:
        """Make the file, readable by its owner only, and its tables."""
        if self.path.exists() and sqlite_file.schema_version(self.path) != 0:
            return Made.THERE
        self._refuse_share()
        from keyworker_cli.store.file import writing as local_writing  # noqa: PLC0415 - lazy import: costs 310 ms

        return local_writing.create(self.path)

    def create_encrypted(self) -> str | None:
        """Make the file encrypted, where there is none yet: see `encrypt.create_encrypted`."""
        self._refuse_share()
        from keyworker_cli.store.file.encryption import encrypt  # noqa: PLC0415 - lazy import: costs 340 ms

        key = encrypt.create_encrypted(self.path)
        return key.kept if key else None

    def encrypt(self, author: "Author") -> str:
        """Encrypt the file as it stands: see `encrypt.encrypt`."""
        self.check_writable()
        from keyworker_cli.store.file.encryption import encrypt  # noqa: PLC0415 - lazy import: costs 340 ms

        return encrypt.encrypt(self.path, author, LocalFile, patience=self._patience).kept

    def decrypt(self, author: "Author") -> None:
        """Put an encrypted file in clear: see `encrypt.decrypt`."""
        self.check_writable()
        from keyworker_cli.store.file.encryption import encrypt  # noqa: PLC0415 - lazy import: costs 340 ms

        encrypt.decrypt(self.path, author, LocalFile, patience=self._patience)

    def rekey(self, author: "Author") -> tuple[str, list[str]]:
        """Encrypt the file with a new key: see `encrypt.rekey`; return where that is kept, and what has the old."""
        self.check_writable()
        from keyworker_cli.store.file.encryption import encrypt  # noqa: PLC0415 - lazy import: costs 340 ms

        old = sqlite_file.key_of(self.path)
        kept = encrypt.rekey(self.path, author, LocalFile, patience=self._patience).kept
        return kept, sqlite_file.copies_with_key(self.path, old.id) if old else []

    def key_is_kept_in(self) -> str | None:
        """Return in words where the key of an encrypted file is kept, `None` for a file in clear."""
        self.check()
        key = sqlite_file.key_of(self.path)
        return key.kept if key else None

    def copies_in_clear(self) -> list[str]:
        """Return the names of kw's unencrypted copies beside the file."""
        return sqlite_file.copies_in_clear(self.path)

    def reading(self, known_at: datetime | None) -> FileReader:
        """Begin to read one state of the file, or of the record as it stood at a moment."""
        self.check()
        with ExitStack() as until_it_reads:
            try:
                connection = sqlite_file.connect(self.path, patience=self._patience.seconds)
                until_it_reads.callback(connection.close)
                with self._patience.wait():
                    if known_at is None:
                        connection.execute("BEGIN")
                        connection.execute("SELECT 1 FROM sqlite_schema")
                    else:
                        past.look_back(connection, known_at)
            except sqlite3.Error as error:
                raise sqlite_file.unusable(error, self.path) from error
            until_it_reads.pop_all()
        return FileReader(connection, self.path)

    def check(self) -> None:
        """Say what is wrong with the file before anything is loaded; bring an older one up to date."""
        version = sqlite_file.schema_version(self.path)
        if version == 0:
            raise DatabaseError(f"{self.path} is empty.", "kw init makes a database; kw import FOLDER fills it.")
        if version < sqlite_file.SCHEMA_VERSION:
            self._refuse_share()
            _bring_up_to_date(self.path)
        self._found_good = True

    def exposed(self) -> str | None:
        """Say that others may reach the file, and the command that closes it, where it was found to be a database."""
        mode = (permissions(self.path) or 0) if self._found_good else 0
        if not mode & OTHERS:
            return None
        return f'others may reach {self.path} ({mode:03o}): chmod 600 "{self.path}"'

    def check_writable(self) -> None:
        """Say what is wrong with the file, and whether it is on a share."""
        self.check()
        self._refuse_share()

    @contextmanager
    def alone(self) -> Iterator["Connection"]:
        """Begin a transaction with the file's one write lock, once it is this one's turn."""
        from keyworker_cli.store.file import writing as local_writing  # noqa: PLC0415 - lazy import: costs 310 ms

        with local_writing.begun(self.path, self._patience) as connection:
            yield connection

    def keep(self, connection: "Connection") -> None:
        """Save what was changed, once everybody who reads is done."""
        with self._patience.wait(lambda: READING if somebody_reads(self.path) else None):
            connection.commit()

    def reader(self, connection: "Connection") -> FileReader:
        """Return what reads through the change's own connection."""
        of_sqlite3: Any = connection.connection.driver_connection
        return FileReader(of_sqlite3, self.path)

    def said(self, error: "DBAPIError", *, saving: bool = False) -> KwError:
        """Return the error for the user, by SQLite's name for it."""
        return sqlite_file.said(error, self.path, saving=saving)

    def look_over(self) -> "FileFacts":
        """Return how the file itself is. Raises `DatabaseError` when it is damaged."""
        from keyworker_cli.store.file import doctor as health  # noqa: PLC0415 - lazy import: costs 3 ms

        return self._asked(lambda connection: health.look_over(connection, self.path))

    def unguarded(self) -> tuple[str, ...]:
        """Return the triggers that are missing or do something else, and those that kw has not made."""
        from keyworker_cli.store.file import guards  # noqa: PLC0415 - lazy import: costs 1 ms

        return self._asked(guards.unguarded)

    def _asked(self, ask: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """Return what the file answers about itself."""
        self.check()
        try:
            with closing(sqlite_file.connect(self.path)) as connection:
                return ask(connection)
        except sqlite3.Error as error:
            raise sqlite_file.unusable(error, self.path) from error

    def back_up(self, file: Path, *, made_at: datetime, made_by: str) -> "Manifest":
        """Write a copy of the database, checked by reading it back, and its manifest: see `backup.back_up`."""
        from keyworker_cli.store.file import backup  # noqa: PLC0415 - lazy import: costs 8 ms

        self.check()
        return backup.back_up(self.path, file, made_at=made_at, made_by=made_by, patience=self._patience)

    def check_backup(self, file: Path) -> None:
        """Raise as `back_up` does where a backup may not be written."""
        from keyworker_cli.store.file import backup  # noqa: PLC0415 - lazy import: costs 8 ms

        self.check()
        backup.check_place(self.path, file)

    def take_backup(self, file: Path) -> "AbstractContextManager[Copied]":
        """Check a backup and hold a copy of it that can take this database's place: see `backup.take_backup`."""
        from keyworker_cli.store.file import backup  # noqa: PLC0415 - lazy import: costs 8 ms

        self._refuse_share()
        return backup.take_backup(file, self.path, migrate=_bring_up_to_date)

    def put_back(self, copied: "Copied", *, now: datetime) -> Path | None:
        """Let the copy of a backup take this database's place: see `backup.put_back`."""
        from keyworker_cli.store.file import backup  # noqa: PLC0415 - lazy import: costs 8 ms

        return backup.put_back(copied, self.path, now=now, patience=self._patience)

    def _refuse_share(self) -> None:
        place.refuse_share(self.path, place.shared_through(self.path))


def _bring_up_to_date(path: Path) -> Path | None:
    from keyworker_cli.store.file import migrate as migration  # noqa: PLC0415 - lazy import: costs 85 ms, Alembic

    return migration.bring_up_to_date(path)
