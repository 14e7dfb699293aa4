"""A backup of the database: its contents, its manifest, and how it compares with an existing database."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from keyworker_cli.errors import DatabaseError
from keyworker_cli.rules.dates.london import london
from keyworker_cli.rules.dates.say import say_moment
from keyworker_cli.rules.say import say_count

MANIFEST: Final = ".manifest.json"
WITHOUT_ITS_MANIFEST: Final = "if you have another reason to trust the backup, move that manifest away and try again."


class Contents(NamedTuple):
    """What tells one state of a database from another: where its audit ends, and how many rows each table has."""

    schema: int
    lines: int
    head: str
    rows: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was written down of a backup when it was made. It names no one but the user who made it.

    `head` is the hash of the last of the audit's `lines`; `sha256` is that of the whole file, `bytes` its size.
    """

    made_at: datetime
    made_by: str
    schema: int
    lines: int
    head: str
    rows: Mapping[str, int]
    bytes: int
    sha256: str

    def text(self) -> str:
        """Return the manifest as its file holds it."""
        return json.dumps(asdict(self), indent=1, default=datetime.isoformat) + "\n"


class BackupStanding(NamedTuple):
    """How a backup stands to the database it would take the place of.

    `lines` are those the database has now, `None` where there is no database that can be read; `further` are those
    written after the backup was made, `None` where the backup is not an earlier state of this database. `head` is the
    database's own.
    """

    lines: int | None
    head: str | None
    further: int | None


def manifest_beside(file: Path) -> Path:
    """Return where a backup's manifest is."""
    return file.with_name(file.name + MANIFEST)


def kept_beside(database: Path, now: datetime) -> Path:
    """Return where a database is kept that a restore takes the place of: `kw.db.before-restore-2026-05-12-081500`."""
    return database.with_name(f"{database.name}.before-restore-{london(now):%Y-%m-%d-%H%M%S}")


def read_manifest(text: str, name: str) -> Manifest:
    """Return what a manifest says. Raises `DatabaseError` for one that `kw backup` did not write."""
    try:
        said = json.loads(text)
        known = {field.name: said[field.name] for field in fields(Manifest)}
        return Manifest(**known | {"made_at": london(datetime.fromisoformat(said["made_at"]))})
    except (ValueError, KeyError, TypeError):
        raise DatabaseError(f"{name} is not a manifest that kw backup wrote.", WITHOUT_ITS_MANIFEST) from None


def say_loss(standing: BackupStanding, *, database: Path) -> str:
    """Say in a sentence what is lost when a backup replaces this database."""
    match standing:
        case BackupStanding(lines=None):
            return f"{database} cannot be read as a kw database."
        case BackupStanding(further=None):
            return f"{database} has another history: the backup is not an earlier state of it."
        case BackupStanding(further=0):
            return f"{database} holds the same: nothing was written since."
        case BackupStanding(further=further):
            lines = say_count(further or 0, "line")
            return f"{database} has {lines} of the audit more, written since: what they say is not in the backup."


def say_backup(manifest: Manifest | None, contents: Contents) -> str:
    """Say what a backup that was found whole holds."""
    lines = f"{say_count(contents.lines, 'line')} of the audit, head {contents.head[:12]}"
    if manifest is None:
        return f"it is whole: {lines}; no manifest is beside it, so only the file itself was checked"
    return f"it is whole: {lines}, made {say_moment(manifest.made_at)} by {manifest.made_by}"
