"""A report's file is written whole or not at all, and readable by its owner only."""

import errno
import os
from pathlib import Path
from typing import Final

from keyworker_cli.errors import KwError, NotFoundError, UsageError

DATABASES = (b"SQLite format 3\0", b"kw crypt")
"""How a database begins, in clear or encrypted."""
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_MAKE_ROOM: Final = "free some space and run the command again; an older file of this name is as it was"


def write_whole(path: Path, content: bytes) -> None:
    """Put the content where `path` says; an older file there stays as it was until the new one is complete.

    A link is followed. Raises UsageError for a folder and for a database, which nothing takes the place of,
    NotFoundError where the folder does not exist, and KwError where nothing can be written (no permission, no room).
    """
    try:
        _write(path, content)
    except OSError as error:
        reason = error.strerror or str(error)
        hint = _MAKE_ROOM if error.errno in _NO_ROOM else "name a file in a folder that you may write to"
        raise KwError(f"{path} was not written: {reason}", hint) from error


def _write(path: Path, content: bytes) -> None:
    if path.is_dir():
        raise UsageError(f"{path} is a folder", f"name a file in it: --output {path / 'report.html'}")
    target = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():
        path.write_bytes(content)  # a device or a pipe is written to, never replaced by a file
    elif not target.parent.is_dir():
        raise NotFoundError(f"there is no folder {path.parent}", "make the folder first, or name one that is there")
    elif _is_database(target):
        raise UsageError(f"{path} is a database", "name another file: --output report.html")
    else:
        _replace(target, content)


def _is_database(target: Path) -> bool:
    if not target.exists():
        return False
    with target.open("rb") as file:
        return file.read(max(map(len, DATABASES))).startswith(DATABASES)


def _replace(target: Path, content: bytes) -> None:
    part = target.with_name(f".kw-{os.urandom(8).hex()}.part")
    try:
        with open(part, "xb", opener=_for_its_owner_only) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _for_its_owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
