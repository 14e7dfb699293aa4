"""Encrypting a database as a whole, and the way back: a copy beside it, checked, takes its place."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path

from keyworker_cli.errors import DatabaseError
from keyworker_cli.rules.database.backups import Contents
from keyworker_cli.store.changes.author import Author
from keyworker_cli.store.changes.change import transaction
from keyworker_cli.store.file import sqlite_file
from keyworker_cli.store.file import writing as local_writing
from keyworker_cli.store.file.backup import check_whole, contents_of
from keyworker_cli.store.file.encryption.keys import Key
from keyworker_cli.store.file.encryption.new_key import another_key, make_key
from keyworker_cli.store.file.place import file_beside, followed, identity, refuse_if_replaced, telling_of
from keyworker_cli.store.file.waiting import Patience
from keyworker_cli.store.reads.database import Database
from keyworker_cli.whole_file import put_in_place

DatabaseAt = Callable[[Path], Database]
"""Gives the database in a file, for the line that is left in the audit of the copy."""


def create_encrypted(path: Path) -> Key | None:
    """Make an encrypted database, its key kept before it; `None` where a file is there already, left as it is.

    Raises `DatabaseError` when the key cannot be kept, or the file cannot be made.
    """
    sqlite_file.encryption()
    if path.exists() and sqlite_file.schema_version(path) != 0:
        return None
    key = make_key()
    return key if local_writing.create(path, key=key) else None


def encrypt(path: Path, author: Author, database_at: DatabaseAt, *, patience: Patience) -> Key:
    """Encrypt a file of this schema that is in clear; return the key.

    Others may read meanwhile. Raises `DatabaseError`, with the file as it was, when the key cannot be kept, somebody is
    writing, or the copy is not the same.
    """
    sqlite_file.encryption()
    key = make_key()
    _replace_by_copy(path, author, database_at, patience, key=None, to=key, action="encrypt")
    return key


def decrypt(path: Path, author: Author, database_at: DatabaseAt, *, patience: Patience) -> None:
    """Put an encrypted file in clear, as `encrypt` does the reverse. The key stays where it is kept."""
    key = sqlite_file.key_of(path)
    _replace_by_copy(path, author, database_at, patience, key=key, to=None, action="decrypt")


def rekey(path: Path, author: Author, database_at: DatabaseAt, *, patience: Patience) -> Key:
    """Encrypt an encrypted file anew with a new key, as `encrypt` does one in clear; return that key.

    The old key stays where it is kept, for the backups that are encrypted with it.
    """
    old = sqlite_file.key_of(path)
    key = another_key()
    _replace_by_copy(path, author, database_at, patience, key=old, to=key, action="rekey")
    return key


def _replace_by_copy(
    path: Path,
    author: Author,
    database_at: DatabaseAt,
    patience: Patience,
    *,
    key: Key | None,
    to: Key | None,
    action: str,
) -> None:
    """Let a copy take the place of the file; `key` is that of the file, `to` that of the copy, `None` for in clear."""
    with telling_of(path):
        path = followed(path)
        with file_beside(path) as part, _copied(path, part, patience, key=key, to=to) as contents:
            if check_whole(part, named=path) != contents:
                raise DatabaseError(f"the copy is not the same as {path}.", "nothing was changed; check the disk.")
            _leave_a_line(database_at(part), author, path, action=action, key=to)
            put_in_place(part, path)


@contextmanager
def _copied(path: Path, part: Path, patience: Patience, *, key: Key | None, to: Key | None) -> Iterator[Contents]:
    """Copy the file as it stands, once it is this one's turn and with nobody writing to it until the end of the block.

    Gives what it holds.

    It is opened through SQLCipher alone, whatever it is: of two libraries that open one file in one process, the first
    to close it lets go of the other's locks.
    """
    sqlcipher, opened = sqlite_file.encryption(), identity(path)
    open_it = partial(sqlite_file.open_with, partial(sqlcipher.connect, key=key), path)
    with ExitStack() as stack:
        try:
            stack.enter_context(patience.turn(path))
            refuse_if_replaced(path, opened)
            waits = patience.seconds
            held, reading = (stack.enter_context(closing(open_it(patience=waits))) for _ in range(2))
            with patience.wait():
                held.execute("BEGIN IMMEDIATE")
            contents = contents_of(held)
            sqlcipher.copy_into(reading, part, key=to)
        except sqlite3.Error as error:
            raise sqlite_file.unusable(error, path) from error
        yield contents


def _leave_a_line(copy: Database, author: Author, path: Path, *, action: str, key: Key | None) -> None:
    with transaction(copy, author) as change:
        after = {"key": key.id.hex()} if key else {}
        change.note_in_audit(action, "database", str(path.absolute()), after=after)
