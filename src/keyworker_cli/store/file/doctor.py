"""How the file itself is: its pages and links, what guards its history, where it is, and who else may reach it."""

import shutil
import sqlite3
from pathlib import Path

from keyworker_cli.errors import DatabaseError
from keyworker_cli.rules.oversight.doctor_database import FileFacts
from keyworker_cli.store.file import sqlite_file
from keyworker_cli.store.file.guards import changed, foreign, foreign_triggers, missing
from keyworker_cli.store.file.permissions import permissions
from keyworker_cli.store.file.place import shared_through
from keyworker_cli.whole_file import UNFINISHED


def look_over(connection: sqlite3.Connection, path: Path) -> FileFacts:
    """Return what can be seen of the file. Raises `DatabaseError` when its pages are damaged."""
    (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise DatabaseError(
            f"{path} is damaged: {' '.join(found.split())}.", "restore the last backup: kw restore FILE."
        )
    (schema,) = connection.execute("PRAGMA user_version").fetchone()
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    folder = path.absolute().parent
    key = sqlite_file.key_in_use(connection)
    return FileFacts(
        path=str(path),
        folder=str(folder),
        schema=schema,
        unlinked=tuple(sorted({table for table, *_ in broken})),
        without=missing(connection),
        foreign=tuple(str(thing) for thing in foreign(connection) if thing.kind != "trigger"),
        interfering=tuple(map(str, foreign_triggers(connection))),
        changed=changed(connection),
        mode=permissions(path),
        folder_mode=permissions(folder),
        size=path.stat().st_size,
        free=shutil.disk_usage(folder).free,
        share=shared_through(path),
        key=key.kept if key else None,
        key_beside=key is not None and key.file is not None and key.file.resolve().parent == folder.resolve(),
        left=tuple(sorted(found.name for found in folder.glob(f"{UNFINISHED}*"))),
    )
