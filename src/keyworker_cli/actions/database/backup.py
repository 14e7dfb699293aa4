"""Keeping the prison's records safe: a checked copy of all of them, and its return (`kw backup`, `kw restore`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from keyworker_cli.errors import DatabaseError
from keyworker_cli.reports.outcome import Changed, Outcome, changed
from keyworker_cli.rules.database.backups import Manifest, manifest_beside, say_backup, say_loss
from keyworker_cli.rules.typed import check_named

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.file.backup import Copied
    from keyworker_cli.store.store import Store


def back_up(store: "Store", author: "Author", file: Path) -> Outcome:
    """Make a backup, checked by reading it back, and leave a line of it in the audit of the database.

    The line is written when the backup stands, so it is not in the backup itself. A database that cannot be written is
    backed up all the same, and it is said that no line tells of it. Raises `UsageError` for `-`, and what
    `store.back_up` raises.
    """
    check_named(file, "a backup is a file", "kw backup FILE")
    if author.dry_run:
        store.check_backup(file)
        says = "{Backed up} to {key}: a copy of {database}, read back to be sure."
        return Outcome((changed("back up", "database", str(file), says, database=str(store.path)),))
    manifest = store.back_up(file, made_at=author.at, made_by=author.user)
    remarks = [f"its manifest, with the head of the audit, is {manifest_beside(file)}: keep a copy of it elsewhere"]
    kept = store.key_is_kept_in()
    if kept is not None:
        remarks.append(f"it is encrypted as the database is: nobody can read it without the key in {kept}")
    try:
        with store.transaction(author) as change:
            after = {"sha256": manifest.sha256, "lines": manifest.lines, "head": manifest.head}
            change.note_in_audit("backup", "database", str(file.absolute()), after=after)
    except DatabaseError as error:
        remarks.append(f"no line of the audit tells of this backup: {error.message}")
    return Outcome((_backed_up(file, manifest),), warnings=tuple(remarks), saved=True)


def _backed_up(file: Path, manifest: Manifest) -> Changed:
    return changed(
        "back up",
        "database",
        str(file),
        "{key}: {said}, read back and whole",
        said=f"{sum(manifest.rows.values()):,} rows, {manifest.lines:,} lines of the audit, "
        f"{manifest.bytes / 1024 / 1024:,.1f} MB",
        rows=sum(manifest.rows.values()),
        lines=manifest.lines,
        bytes=manifest.bytes,
        sha256=manifest.sha256,
    )


@dataclass(frozen=True, slots=True)
class Restorable:
    """A backup that was found whole and stands ready; `words` say what it is and what it would take the place of."""

    words: tuple[str, ...]
    replaces: bool
    _store: "Store"
    _copied: "Copied"
    _file: Path

    def put_back(self, author: "Author", *, agreed: bool) -> Outcome:
        """Let it take the database's place, which is kept beside it; return what was done.

        One that takes the place of a database has to be agreed to. The line of the audit that tells of it is the first
        one after those of the backup. Raises `DatabaseError` when somebody is writing to the database, or has since the
        backup was compared with it.
        """
        if author.dry_run or (self.replaces and not agreed):
            return Outcome((self._restored(),), self.words, question="Restore it?" if self.replaces else "")
        copy = type(self._store)(self._copied.part)
        with copy.transaction(author) as change:
            after = {"lines": self._copied.contents.lines, "head": self._copied.contents.head}
            change.note_in_audit("restore", "database", str(self._file.absolute()), after=after)
        kept = self._store.put_back(self._copied, now=author.at)
        was = (f"what was there is kept as {kept}",) if kept else ()
        return Outcome((self._restored(),), (*self.words, *was), saved=True)

    def _restored(self) -> Changed:
        return changed(
            "restore", "database", str(self._store.path), "{key} {is} restored from {file}", file=str(self._file)
        )


@contextmanager
def take_backup(store: "Store", file: Path) -> Iterator[Restorable]:
    """Check a backup and hold it ready until the end of the block; nothing is changed unless it is put back.

    Raises `UsageError` for `-`, and what `store.take_backup` raises.
    """
    check_named(file, "a backup is a file", "kw restore FILE")
    with store.take_backup(file) as copied:
        words = [f"{file}: {say_backup(copied.manifest, copied.contents)}"]
        if copied.standing is not None:
            words.append(say_loss(copied.standing, database=store.path))
        if copied.uncovers:
            words.append(f"{store.path} is encrypted, and the backup is not: when it is back, kw config encrypt")
        if copied.taken_out:
            words.append(f"left out, since kw has not made it: {', '.join(copied.taken_out)}")
        yield Restorable(tuple(words), copied.standing is not None, store, copied, file)
