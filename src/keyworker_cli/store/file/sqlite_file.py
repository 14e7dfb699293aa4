"""The local SQLite file: what is wrong with it, said before anything is loaded, and how it is opened."""

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING
from urllib.parse import quote

from keyworker_cli.errors import DatabaseError, KwError
from keyworker_cli.store.file.permissions import ENCRYPTED, INSTALL, LockedOutError
from keyworker_cli.store.file.waiting import MOST_SECONDS

if TYPE_CHECKING:
    from keyworker_cli.store.file.encryption.keys import Key

APPLICATION_ID = 0x6B77_0001
SCHEMA_VERSION = 8
WHETHER_SAVED = "it may have been saved or not: check the disk; kw audit list shows whether it is there."
BEFORE_IT_STANDS = tuple(
    f"SQLITE_IOERR_{what}" for what in ("READ", "SHORT_READ", "WRITE", "FSYNC", "TRUNCATE", "FSTAT", "LOCK", "NOMEM")
)
"""What SQLite names the failures of before: a change that has met one of them is undone."""
HEADER_BYTES = 100
SHORTLY = 0.02  # seconds, until somebody who writes at this moment has done so
MAGIC = b"SQLite format 3\0"
SALT_BYTES = 16
OLDEST_SQLITE = (3, 39, 0)
"""The first that knows all that kw asks of it; of an older one a sound file looks damaged."""
PRAGMAS = (
    "foreign_keys=ON",
    "synchronous=EXTRA",
    "fullfsync=ON",  # macOS else tells that it is written while the disk still holds it back
    "secure_delete=ON",
    "recursive_triggers=ON",
    "cell_size_check=ON",
    "cache_size=-16000",
)


class NewerSchemaError(DatabaseError):
    """The file was written by a newer kw, which this one does not know how to read."""


def connect(
    path: Path,
    *,
    create: bool = False,
    key: "Key | None" = None,
    read_only: bool = False,
    patience: float = MOST_SECONDS,
) -> sqlite3.Connection:
    """Open the file, safe before fast; an encrypted one with its own key. A new one is readable by its owner only.

    With `create` one that is missing or empty is made, and encrypted where a `key` is given.
    With `read_only` nothing is ever changed, not even to mend what somebody who was stopped has left half written.
    `patience` is for how many seconds to wait for others who write.

    Raises `sqlite3.Error` when it cannot be opened, and for a missing one unless `create` is true; `LockedOutError`
    for an encrypted one whose key is not to be had.
    """
    return open_with(_driver(path, key), path, create=create, read_only=read_only, patience=patience)


Driver = Callable[..., sqlite3.Connection]
"""What opens a file: `sqlite3.connect`, or what stands in for it."""


def open_with(
    driver: Driver, path: Path, *, create: bool = False, read_only: bool = False, patience: float = MOST_SECONDS
) -> sqlite3.Connection:
    """Open the file through a driver that is known to fit it; the rest is as `connect` says."""
    mode = "rwc" if create else "rw"
    if read_only or (not create and not os.access(path, os.W_OK)):
        mode = "ro"
    before = os.umask(0o077)
    connection: sqlite3.Connection | None = None
    try:
        connection = driver(
            f"file:{_in_address(path)}?mode={mode}",
            uri=True,
            timeout=patience,
            isolation_level=None,
            check_same_thread=False,
        )
        for pragma in PRAGMAS:
            connection.execute("PRAGMA " + pragma)
    except BaseException as error:
        if connection is not None:
            connection.close()
        if isinstance(
            error, UnicodeDecodeError
        ):  # sqlite3 cannot even say what SQLite says of a schema that is no text
            raise damage() from error
        raise
    finally:
        os.umask(before)
    return connection


def _in_address(path: Path) -> str:
    """Return a path as SQLite's address of a file takes it: what follows two strokes would be a machine's name."""
    named = str(path.absolute())
    return quote("/" + named.lstrip("/") if named.startswith("//") else named)


def schema_version(path: Path, *, read_only: bool = False) -> int:
    """Return the schema version that the file states, 0 for an empty file.

    Raises `DatabaseError` for what is not a whole kw file: missing, a folder, another program's, truncated, or newer
    than this kw; and for an encrypted one whose key is not to be had. Of a file in clear only the header is read;
    an encrypted one is opened to ask it, with `read_only` as `connect` does.
    """
    header = _read_header(path)
    if not header:
        return 0
    version = (
        _version_inside(path, read_only=read_only) if header.startswith(ENCRYPTED) else _version_stated(path, header)
    )
    if version > SCHEMA_VERSION:
        raise NewerSchemaError(
            f"{path} was written by a newer kw (schema {version}; this one knows {SCHEMA_VERSION}).",
            "install the newer kw on this machine; the file was not touched.",
        )
    return version


def key_of(path: Path) -> "Key | None":
    """Return the key of an encrypted file, `None` for one in clear, or none at all.

    Raises `LockedOutError` where the key is not to be had.
    """
    if not is_encrypted(path):
        return None
    from keyworker_cli.store.file.encryption import keys  # noqa: PLC0415 - lazy import: costs 3 ms

    return keys.find_key(path, _salt(path)[len(ENCRYPTED) :])


def key_in_use(connection: sqlite3.Connection) -> "Key | None":
    """Return the key that a connection reads with, `None` for a file in clear."""
    return getattr(connection, "key", None)


def is_encrypted(path: Path) -> bool:
    """Return whether a file is an encrypted one of kw; its key is not needed to tell."""
    return _salt(path).startswith(ENCRYPTED)


def copies_in_clear(path: Path) -> list[str]:
    """Return the names of kw's unencrypted copies of a database, kept beside it."""
    return _copies(path, MAGIC)


def copies_with_key(path: Path, key_id: bytes) -> list[str]:
    """Return the names of kw's copies of a database, kept beside it, that are encrypted with this key."""
    return _copies(path, ENCRYPTED + key_id)


def _copies(path: Path, begins: bytes) -> list[str]:
    beside = (file for file in path.parent.iterdir() if file.name.startswith(f"{path.name}.") and file.is_file())
    return sorted(file.name for file in beside if _salt(file) == begins)


def encryption() -> ModuleType:
    """Return the module that opens encrypted files. Raises `LockedOutError` where SQLCipher is not installed."""
    try:
        from keyworker_cli.store.file.encryption import sqlcipher as encrypted_file  # noqa: PLC0415 - lazy import: costs 7 ms
    except ModuleNotFoundError:
        raise LockedOutError("this kw is installed without what opens an encrypted database.", INSTALL) from None
    return encrypted_file


def unusable(error: sqlite3.Error, path: Path, *, saving: bool = False) -> KwError:
    """Return the error for the user when SQLite fails, by SQLite's name for it.

    `saving` says that it came while a change was being saved. It stands from the moment at which its journal is
    removed: what fails in that moment or after it, as the last word from the disk, leaves open whether it does.
    """
    name = getattr(error, "sqlite_errorname", "") or ""
    if str(error).startswith(_NOT_A_TEXT):
        name = damage().sqlite_errorname
    for start, (what, hint) in _FAULTS.items():
        if name.startswith(start):
            if saving and start == "SQLITE_IOERR" and not name.startswith(BEFORE_IT_STANDS):
                hint = WHETHER_SAVED
            return DatabaseError(f"{path}: {what}", hint)
    return DatabaseError(
        f"{path} cannot be used ({name or type(error).__name__}).", "nothing was saved; try kw doctor."
    )


def said(error: BaseException, path: Path, *, saving: bool = False) -> KwError:
    """Return the error for the user of an error raised through SQLModel; `saving` as for `unusable`.

    It is SQLite's first: on a full disk it undoes everything, and then knows of no step to go back to.
    """
    first, met = sqlite3.Error(), error.__context__
    while met is not None:
        first = met if isinstance(met, sqlite3.Error) else first
        met = met.__context__
    return unusable(first, path, saving=saving)


def damage() -> sqlite3.DatabaseError:
    """Return the error of a file that holds what was never put into it, as if SQLite had found it out itself."""
    error = sqlite3.DatabaseError("what the file holds is not what was put into it")
    error.sqlite_errorname = "SQLITE_CORRUPT"
    return error


_NOT_A_TEXT = "Could not decode to UTF-8"  # of Python's sqlite3, which gives it no name
_FAULTS = {
    "SQLITE_BUSY": ("someone else is writing to it.", "nothing was saved; run the command again."),
    "SQLITE_LOCKED": ("someone else is writing to it.", "nothing was saved; run the command again."),
    "SQLITE_FULL": ("the disk is full.", "nothing was saved; free some space and run the command again."),
    "SQLITE_READONLY": (
        "it can be read but not written.",
        "nothing was saved; check the permissions of file and folder.",
    ),
    "SQLITE_CANTOPEN": ("it cannot be opened.", "check that the folder exists and that you may write in it."),
    "SQLITE_PERM": ("you may not open it.", "check the permissions of file and folder."),
    "SQLITE_NOTADB": ("it is not a kw database.", "check --db (or KW_DB); kw init makes a new one."),
    "SQLITE_CORRUPT": ("it is damaged.", "restore the last backup: kw restore FILE."),
    "SQLITE_IOERR": ("the disk does not answer as it should.", "nothing was saved; check the disk, then run it again."),
}


def _read_header(path: Path) -> bytes:
    try:
        if _is_pipe(path):
            raise DatabaseError(f"{path} is a pipe, not a database.", "name a file: --db PATH")
        with path.open("rb") as file:
            return file.read(HEADER_BYTES)
    except FileNotFoundError:
        hint = "check --db (or KW_DB); kw init makes one, kw import FOLDER fills it, kw demo shows an invented prison."
        raise DatabaseError(f"there is no database at {path}.", hint) from None
    except IsADirectoryError:
        raise DatabaseError(f"{path} is a folder, not a database.", f"name the file: --db {path / 'kw.db'}") from None
    except OSError as error:
        reason = error.strerror or "unknown"
        raise DatabaseError(f"{path} cannot be read: {reason}.", "check the permissions of file and folder.") from None


def _is_pipe(path: Path) -> bool:
    return path.is_fifo() or path.is_socket()


def _salt(path: Path) -> bytes:
    """Return how the file begins.

    Not to be asked while a connection of this process has a lock on it: to close a file lets go of every lock there.
    """
    try:
        if _is_pipe(path):  # to open it would wait for whoever writes to it
            return b""
        with path.open("rb") as file:
            return file.read(SALT_BYTES)
    except OSError:
        return b""  # SQLite says what is wrong


def _driver(path: Path, key: "Key | None") -> Driver:
    """Return what opens the file; `key` is for one that is still to be made."""
    if key is None or _salt(path):
        key = key_of(path)
    if key is None and sqlite3.sqlite_version_info < OLDEST_SQLITE:
        oldest = ".".join(map(str, OLDEST_SQLITE))
        raise DatabaseError(
            f"this Python has SQLite {sqlite3.sqlite_version}, and kw needs {oldest} or newer.",
            "nothing is wrong with the file, and nothing was saved; install a newer Python and kw with it.",
        )
    return sqlite3.connect if key is None else partial(encryption().connect, key=key)


def _version_stated(path: Path, header: bytes) -> int:
    if not header.startswith(MAGIC) or len(header) < HEADER_BYTES:
        raise DatabaseError(f"{path} is not a kw database.", "check --db (or KW_DB); kw init makes a new one.")
    if _number(header, 68) != APPLICATION_ID:
        raise DatabaseError(
            f"{path} is a database of another program.", "check --db (or KW_DB); kw init makes a new one."
        )
    if _truncated(path, header):
        raise DatabaseError(
            f"{path} is damaged: part of the file is missing.", "restore the last backup: kw restore FILE."
        )
    return _number(header, 60)


def _version_inside(path: Path, *, read_only: bool) -> int:
    """Return what an encrypted file says: one that begins as those of kw and opens with such a key is of kw."""
    try:
        with closing(connect(path, read_only=read_only)) as connection:
            return int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.Error as error:
        raise unusable(error, path) from error


def _number(header: bytes, at: int, size: int = 4) -> int:
    return int.from_bytes(header[at : at + size], "big")


def _truncated(path: Path, header: bytes) -> bool:
    """Pages are missing, and not because someone is writing at this moment."""
    for again in (False, True):
        if again:
            time.sleep(SHORTLY)
            header = _read_header(path)
        page = _number(header, 16, 2)
        size = (65536 if page == 1 else page) * _number(header, 28)
        sure = _number(header, 24) == _number(header, 92)
        try:
            there = path.stat().st_size
        except OSError:
            return False  # taken away meanwhile: SQLite says so
        if path.with_name(path.name + "-journal").exists() or not sure or size <= there:
            return False
    return True
