"""Where the file is: on a disk of this machine, or where others write to it as well; and whether it is still the same.

What is written beside the file before it takes its place is made here too: readable by its owner only, whole or not.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from keyworker_cli.errors import DatabaseError
from keyworker_cli.rules.database.network_share import network_share
from keyworker_cli.whole_file import UNFINISHED, UnsureError

MOUNTS: Final = Path("/proc/self/mountinfo")


def shared_through(path: Path) -> str | None:
    """Return what several machines can reach this file through, `None` for a disk of this machine."""
    try:
        mounts = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        mounts = ""  # not Linux
    return network_share(os.path.realpath(path), mounts=mounts, environment=os.environ)


def refuse_share(path: Path, share: str | None) -> None:
    """Refuse to write to a file on a share. Raises `DatabaseError`."""
    if share is not None:
        raise DatabaseError(
            f"{path} is on a network share ({share}): one that several machines write to loses sessions.",
            "nothing was saved; keep it on a disk of this machine (--db PATH). Several machines need PostgreSQL.",
        )


Identity = tuple[int, int] | None
"""Which file stands at a path, whatever its name; `None` where there is none."""


def identity(path: Path) -> Identity:
    """Return which file stands at this path now."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def refuse_if_replaced(path: Path, opened: Identity) -> None:
    """Refuse to write to a file that another has taken the place of since it was opened. Raises `DatabaseError`."""
    if identity(path) != opened:
        raise DatabaseError(
            f"{path} was replaced a moment ago, by kw restore perhaps.", "nothing was saved; run the command again."
        )


@contextmanager
def file_beside(path: Path) -> Iterator[Path]:
    """Make an empty file on the same disk, readable by its owner only, in a folder of its own.

    What is left there at the end of the block is removed.
    """
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - lazy import: costs 3 ms

    with TemporaryDirectory(dir=path.parent, prefix=UNFINISHED) as folder:
        part = Path(folder) / path.name
        part.touch(mode=0o600)
        yield part


def followed(path: Path) -> Path:
    """Return the file that a link stands for: the link stays, and what it stands for is replaced."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path


@contextmanager
def telling_of(path: Path) -> Iterator[None]:
    """Say in words what the system refuses about a file and its folder."""
    try:
        yield
    except BrokenPipeError:  # of the answer, not of a file
        raise
    except UnsureError as error:
        hint = "check the disk; kw doctor looks the database over, kw backup writes a copy elsewhere."
        raise DatabaseError(f"{error.filename} is in its place, but {error.strerror}.", hint) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        hint = "nothing was changed; check the permissions of file and folder, and the room on the disk."
        raise DatabaseError(f"{path} cannot be used: {reason}.", hint) from error
