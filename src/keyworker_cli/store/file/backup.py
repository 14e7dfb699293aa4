"""Copies of the whole database, made while others write and read back before they count; and their return.

A copy is made beside where it is to be, under another name, and takes its place only when it was found to be whole and
the same.
"""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from keyworker_cli.errors import DatabaseError, KwError, NotFoundError, RefusedError, UsageError
from keyworker_cli.rules.database.backups import (
    WITHOUT_ITS_MANIFEST,
    BackupStanding,
    Contents,
    Manifest,
    kept_beside,
    manifest_beside,
    read_manifest,
)
from keyworker_cli.store.changes.audit import FIRST_HASH, check_audit
from keyworker_cli.store.file import sqlite_file
from keyworker_cli.store.file.guards import put_right
from keyworker_cli.store.file.permissions import LockedOutError
from keyworker_cli.store.file.place import file_beside, followed, telling_of
from keyworker_cli.store.file.reader import FileReader
from keyworker_cli.store.file.waiting import READING, WRITING, Patience, somebody_reads
from keyworker_cli.store.reads.compiled_sql import ROWS_PER_TABLE
from keyworker_cli.whole_file import kept_by_sqlite, put_in_place

NOT_A_DATABASE = ("SQLITE_NOTADB", "SQLITE_CORRUPT")
THE_DESTINATION = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY")
"""What can only be wrong with the file that is written, where another is read."""


def back_up(database: Path, file: Path, *, made_at: datetime, made_by: str, patience: Patience) -> Manifest:
    """Write a copy of the database as it stands, readable by its owner only, with its manifest; return that.

    Others may read meanwhile, and write as soon as the copy is made. Raises `NotFoundError` without the folder,
    `RefusedError` where the copy would take the place of anything but an earlier state of this database,
    `DatabaseError` where either file cannot be used or the copy is not the same.
    """
    with telling_of(file):
        file = followed(file)
        _refuse_place(database, file)
        with file_beside(file) as part, file_beside(file) as text:
            contents = _copy(database, part, to=file, patience=patience)
            return _put(part, text, file, contents, of=database, made_at=made_at, made_by=made_by)


def check_place(database: Path, file: Path) -> None:
    """Raise as `back_up` does where the copy may not be written."""
    with telling_of(file):
        _refuse_place(database, followed(file))


def check_whole(path: Path, *, named: Path | None = None) -> Contents:
    """Return what a file of this schema holds. Raises `DatabaseError` when it is damaged, or its audit not sound."""
    named = named or path
    try:
        with closing(sqlite_file.connect(path, read_only=True)) as connection:
            _check_pages(connection, named)
            check = check_audit(FileReader(connection, named))
            if check.what is not None:
                hint = "change nothing: keep a copy of the file as it is, and compare it with an earlier backup."
                raise DatabaseError(f"the audit of {named} does not verify: {check.what}.", hint)
            return contents_of(connection)
    except sqlite3.Error as error:
        raise sqlite_file.unusable(error, named) from error


@dataclass(frozen=True, slots=True)
class Copied:
    """A backup that passed its check, copied beside the database, and how it compares with it.

    `uncovers` says that the database is encrypted and the backup is not; `taken_out` are the triggers, views, tables
    and indexes in it that kw has not made: they do not come back.
    """

    part: Path
    contents: Contents
    manifest: Manifest | None
    standing: BackupStanding | None
    uncovers: bool
    taken_out: tuple[str, ...]


@contextmanager
def take_backup(file: Path, database: Path, *, migrate: Callable[[Path], object]) -> Iterator[Copied]:
    """Check a backup, and hold a copy of it beside the database until the end of the block; neither file is changed.

    The copy of one of an older kw is brought up to date by `migrate`. `standing` is `None` where there is no database.
    Raises `NotFoundError` for a backup that is not there, `RefusedError` for the database itself, `DatabaseError` for a
    backup that is not whole.
    """
    with telling_of(file):
        _refuse_itself(file, database)
        manifest = _manifest_of(followed(file))
    with telling_of(database):
        database = followed(database)
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with file_beside(database) as part:
            if _copy_backup(file, part, to=database) < sqlite_file.SCHEMA_VERSION:
                migrate(part)
            taken_out = _put_right(part)
            contents = check_whole(part, named=file)
            uncovers = sqlite_file.is_encrypted(database) and not sqlite_file.is_encrypted(part)
            standing = _standing(database, contents) if database.exists() else None
            yield Copied(part, contents, manifest, standing, uncovers, taken_out)


def put_back(copied: Copied, database: Path, *, now: datetime, patience: Patience) -> Path | None:
    """Let a backup take the place of the database, with nobody writing meanwhile.

    Return where the database is kept that was there, `None` where none was. Raises `DatabaseError` when somebody is
    writing, or has written since the two were compared, and `RefusedError` when one was kept there a moment ago.
    """
    with telling_of(database):
        database = followed(database)
        if copied.standing is None:
            if database.exists():
                raise _written_since(database)
            put_in_place(copied.part, database)
            return None
        kept = kept_beside(database, now)
        if kept.exists():
            raise RefusedError(f"{kept} is there already.", "nothing was changed; run the command again in a second.")
        with _nobody_writing(database, patience) as head:
            if (head or (None, None)) != (copied.standing.lines, copied.standing.head):
                raise _written_since(database)
            _keep(database, kept)
            put_in_place(copied.part, database)
        return kept


# --- checking ---


def _check_pages(connection: sqlite3.Connection, named: Path) -> None:
    forged = connection.execute("PRAGMA cipher_integrity_check").fetchone()  # of a file in clear it says nothing
    (found,) = forged or connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        what = " ".join(found.split())
        raise DatabaseError(f"{named} is damaged: {what}.", "restore the last backup: kw restore FILE.")
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken:
        hint = "change nothing: keep a copy of the file as it is, and restore the last backup: kw restore FILE."
        raise DatabaseError(f"{named} is damaged: a row of {broken[0]} lacks the {broken[2]} that it is of.", hint)


def contents_of(connection: sqlite3.Connection) -> Contents:
    """Return what tells this state of a database from another."""
    (schema,) = connection.execute("PRAGMA user_version").fetchone()
    lines, head = _head(connection)
    return Contents(schema, lines, head, dict(connection.execute(ROWS_PER_TABLE).fetchall()))


def _head(connection: sqlite3.Connection) -> tuple[int, str]:
    lines, head = connection.execute("SELECT lines, hash FROM audit_head").fetchone()
    return lines, head


def _hash_at(connection: sqlite3.Connection, line: int) -> str | None:
    """Return the hash of a line of the audit, `None` where there is no such line."""
    if line == 0:
        return FIRST_HASH
    found = connection.execute("SELECT hash FROM audit WHERE id = ?", (line,)).fetchone()
    return found and str(found[0])


def _standing(database: Path, backup: Contents) -> BackupStanding:
    try:
        sqlite_file.schema_version(database)
        with closing(sqlite_file.connect(database)) as connection:
            lines, head = _head(connection)
            is_earlier = _hash_at(connection, backup.lines) == backup.head
            return BackupStanding(lines, head, lines - backup.lines if is_earlier else None)
    except LockedOutError:
        raise
    except (DatabaseError, sqlite3.Error, TypeError):
        return BackupStanding(None, None, None)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# --- making a backup ---


def _put(
    part: Path, text: Path, file: Path, contents: Contents, *, of: Path, made_at: datetime, made_by: str
) -> Manifest:
    """Read a copy back and let it and its manifest take their places."""
    if check_whole(part, named=of) != contents:
        raise DatabaseError(f"the copy is not the same as {of}.", "no backup was made; check the disk.")
    size, digest = part.stat().st_size, _digest(part)
    manifest = Manifest(made_at, made_by, *contents, bytes=size, sha256=digest)
    text.write_text(manifest.text(), encoding="utf-8")
    manifest_beside(file).unlink(missing_ok=True)  # it tells of the file that is replaced now
    put_in_place(part, file)
    put_in_place(text, manifest_beside(file))
    return manifest


def _copy(database: Path, part: Path, *, to: Path, patience: Patience) -> Contents:
    """Copy the database and return what it holds: of one state, which nobody can change while it is read."""
    try:
        with (
            patience.turn(database),
            closing(sqlite_file.connect(database, patience=patience.seconds)) as held,
            closing(sqlite_file.connect(database)) as reading,
        ):
            # The write lock: under a reader's, a writer who waits for it to end would keep the second reader out.
            with patience.wait():
                held.execute("BEGIN IMMEDIATE" if os.access(database, os.W_OK) else "BEGIN")
            contents = contents_of(held)
            _vacuum_into(part, reading, to=to)
            return contents
    except sqlite3.Error as error:
        raise sqlite_file.unusable(error, database) from error


def _vacuum_into(part: Path, connection: sqlite3.Connection, *, to: Path) -> None:
    try:
        connection.execute("VACUUM INTO ?", (str(part),))
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorname", "").startswith(THE_DESTINATION):
            raise sqlite_file.unusable(error, to) from error
        raise


def _refuse_place(database: Path, file: Path) -> None:
    if file.is_dir():
        raise RefusedError(f"{file} is a folder.", f"name a file in it: kw backup {file / 'kw.backup'}")
    if not file.parent.is_dir():
        raise NotFoundError(f"there is no folder {file.parent}.", "make the folder first, or name one that is there.")
    if str(file) == "-":
        raise UsageError("a backup is a file: it cannot be shown here.", "kw backup FILE")
    if beside := kept_by_sqlite(file):
        raise RefusedError(f"{file} is a name that SQLite keeps for {beside.name}.", "name another file.")
    if not file.exists():
        return
    if not file.is_file():
        raise RefusedError(f"{file} is not a file.", "name one that is not there yet.")
    if file.samefile(database):
        raise RefusedError(f"{file} is the database itself.", "name another file, on another disk if you can.")
    if not _is_earlier_state(file, database):
        hint = "name a file that is not there yet; an earlier backup of this database would be replaced."
        raise RefusedError(f"{file} is there, and is not an earlier backup of this database.", hint)


def _is_earlier_state(file: Path, database: Path) -> bool:
    """Return whether nothing is lost when this database replaces a file."""
    try:
        if sqlite_file.schema_version(file, read_only=True) == 0:
            return False
        with (
            closing(sqlite_file.connect(file, read_only=True)) as old,
            closing(sqlite_file.connect(database)) as connection,
        ):
            lines, head = _head(old)
            return _hash_at(connection, lines) == head
    except (DatabaseError, sqlite3.Error, TypeError):
        return False


# --- taking one back ---


def _refuse_itself(file: Path, database: Path) -> None:
    named = "name the file that kw backup made."
    if not file.exists():
        raise NotFoundError(f"there is no backup at {file}.", named)
    if not file.is_file():
        raise RefusedError(f"{file} is not a file.", named)
    if database.exists() and file.samefile(database):
        raise RefusedError(f"{file} is the database itself.", named)


def _put_right(part: Path) -> tuple[str, ...]:
    try:
        with closing(sqlite_file.connect(part)) as connection:
            return put_right(connection)
    except sqlite3.Error as error:
        raise sqlite_file.unusable(error, part) from error


def _manifest_of(file: Path) -> Manifest | None:
    """Return the manifest of a backup after checking the file against it; `None` without a manifest."""
    beside = manifest_beside(file)
    if not beside.exists():
        return None
    manifest = read_manifest(beside.read_text(encoding="utf-8", errors="replace"), str(beside))
    if (file.stat().st_size, _digest(file)) != (manifest.bytes, manifest.sha256):
        raise DatabaseError(
            f"{file} is not as it was when {beside.name} was written: it was damaged or changed since.",
            f"nothing was changed; take another backup, or {WITHOUT_ITS_MANIFEST}",
        )
    return manifest


def _copy_backup(file: Path, part: Path, *, to: Path) -> int:
    """Copy a backup; return its schema version."""
    with closing(_open_backup(file)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        _vacuum_into(part, connection, to=to)
    return int(version)


def _open_backup(file: Path) -> sqlite3.Connection:
    """Open a backup for reading, after checking that it is not damaged."""
    another = "nothing was changed; take another backup: kw restore FILE."
    with ExitStack() as stack:
        try:
            if sqlite_file.schema_version(file, read_only=True) == 0:
                raise DatabaseError(f"{file} is empty.", another)
            connection = stack.enter_context(closing(sqlite_file.connect(file, read_only=True)))
            _check_pages(connection, file)
        except (sqlite_file.NewerSchemaError, LockedOutError):
            raise
        except DatabaseError as error:
            raise DatabaseError(error.message, another) from None
        except sqlite3.Error as error:
            raise DatabaseError(sqlite_file.unusable(error, file).message, another) from error
        stack.pop_all()
        return connection


@contextmanager
def _nobody_writing(database: Path, patience: Patience) -> Iterator[tuple[int, str] | None]:
    """Keep everybody else out of the file, once it is this one's turn; give where its audit ends.

    `None` for one that nobody can read.
    """
    with ExitStack() as stack:
        head = None
        try:
            stack.enter_context(patience.turn(database))
            connection = stack.enter_context(closing(sqlite_file.connect(database, patience=patience.seconds)))
            with patience.wait(lambda: READING if somebody_reads(database) else WRITING):
                connection.execute("BEGIN EXCLUSIVE")
            head = _head_if_any(connection)
        except sqlite3.Error as error:
            if not getattr(error, "sqlite_errorname", "").startswith(NOT_A_DATABASE):
                raise sqlite_file.unusable(error, database) from error
        yield head


def _head_if_any(connection: sqlite3.Connection) -> tuple[int, str] | None:
    try:
        return _head(connection)
    except (sqlite3.Error, TypeError):  # no such table, or nothing in it
        return None


def _keep(database: Path, kept: Path) -> None:
    """Give the database its other name, at which it can be opened as before; it stays at its own until replaced.

    What SQLite left beside a file that cannot be read belongs to it, and would be taken for the new one's.
    """
    journal = database.with_name(database.name + "-journal")
    if journal.exists():
        journal.replace(kept.with_name(kept.name + "-journal"))
    try:
        kept.hardlink_to(database)
    except (OSError, NotImplementedError):  # a file system without links
        database.rename(kept)


def _written_since(database: Path) -> KwError:
    return DatabaseError(f"{database} was written to meanwhile.", "nothing was changed; run the command again.")
