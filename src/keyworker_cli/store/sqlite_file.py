"""The local SQLite file: what is wrong with it, said before anything is loaded, and how it is opened (RECIPES 1, 2)."""

import os
import sqlite3
import time
from pathlib import Path
from urllib.parse import quote

from keyworker_cli.errors import DatabaseError, KwError

APPLICATION_ID = 0x6B77_0001
SCHEMA_VERSION = 2
HEADER_BYTES = 100
MAGIC = b"SQLite format 3\0"
BUSY_SECONDS = 30
PRAGMAS = ("foreign_keys=ON", "synchronous=EXTRA", "secure_delete=ON", "recursive_triggers=ON", "cell_size_check=ON")


class NewerSchemaError(DatabaseError):
    """The file was written by a newer kw, which this one does not know how to read."""


def connect(path: Path, *, create: bool = False, read_only: bool = False) -> sqlite3.Connection:
    """Open the file, safe before fast; a new one is readable by its owner only.

    With `read_only` nothing is ever changed, not even to mend what somebody who was stopped has left half written.

    Raises `sqlite3.Error` when it cannot be opened, and for a missing one unless `create` is true.
    """
    mode = "rwc" if create else "rw"
    if read_only or (not create and not os.access(path, os.W_OK)):
        mode = "ro"
    before = os.umask(0o077)
    try:
        connection = sqlite3.connect(
            f"file:{quote(str(path.absolute()))}?mode={mode}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        for pragma in PRAGMAS:
            connection.execute("PRAGMA " + pragma)
    finally:
        os.umask(before)
    return connection


def schema_version(path: Path) -> int:
    """Return the schema version that the file's header states, 0 for an empty file.

    Raises `DatabaseError` for what is not a whole kw file: missing, a folder, another program's, truncated, or newer
    than this kw. Nothing is opened through SQLite, so nothing is changed.
    """
    header = _read_header(path)
    if not header:
        return 0
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
    version = _number(header, 60)
    if version > SCHEMA_VERSION:
        raise NewerSchemaError(
            f"{path} was written by a newer kw (schema {version}; this one knows {SCHEMA_VERSION}).",
            "install the newer kw on this machine; the file was not touched.",
        )
    return version


def unusable(error: sqlite3.Error, path: Path) -> KwError:
    """Return what to tell the user when SQLite cannot go on, by SQLite's own name for it."""
    name = getattr(error, "sqlite_errorname", "") or ""
    for start, (what, hint) in _FAULTS.items():
        if name.startswith(start):
            return DatabaseError(f"{path}: {what}", hint)
    return DatabaseError(
        f"{path} cannot be used ({name or type(error).__name__}).", "nothing was saved; try kw doctor."
    )


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


def _number(header: bytes, at: int, size: int = 4) -> int:
    return int.from_bytes(header[at : at + size], "big")


def _truncated(path: Path, header: bytes) -> bool:
    """Pages are missing, and not because someone is writing at this moment."""
    for wait in (0.0, 0.02):
        time.sleep(wait)
        header = _read_header(path) if wait else header
        page = _number(header, 16, 2)
        size = (65536 if page == 1 else page) * _number(header, 28)
        sure = _number(header, 24) == _number(header, 92)
        if path.with_name(path.name + "-journal").exists() or not sure or size <= path.stat().st_size:
            return False
    return True
