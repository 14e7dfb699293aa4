"""A report's file is written whole or not at all, readable by its owner only, and never over what cannot be lost."""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from keyworker_cli.errors import KwError, NotFoundError, RefusedError, UsageError
from keyworker_cli.whole_file import (
    LaidByAnotherError,
    UnsureError,
    kept_by_sqlite,
    refuse_what_others_laid,
    whole_file,
)

DATABASES = (b"SQLite format 3\0", b"kw crypt")
"""How a database begins, in clear or encrypted."""
KEY: Final = re.compile(rb"(\xef\xbb\xbf)?(#[^\n]*\n|\s)*[0-9a-fA-F]{64}\s*(\n|\Z)")
"""How a file of keys begins: each on a line of its own, after lines that begin with `#`."""
_NAMED: Final = {
    ".toml": "a file of settings",
    ".manifest.json": "what a backup is checked against",
}
"""How a file is named that is there already and that no report takes the place of."""
_LOOKED_AT: Final = 1 << 20
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_MAKE_ROOM: Final = "free some space and run the command again; an older file of this name is as it was"


def write_whole(path: Path, content: bytes) -> None:
    """Put the content where `path` says; an older file there stays as it was until the new one is complete.

    A link of one's own is followed. Raises UsageError for a folder and for a database, a file of keys or one of
    settings, which nothing takes the place of, RefusedError for a link or a pipe that another user has laid,
    NotFoundError where the folder does not exist, and KwError where nothing can be written (no permission, no room).
    """
    with _telling_of(path):
        target = _target(path)
        if target is None:
            path.write_bytes(content)  # a device or a pipe is written to, never replaced by a file
        else:
            with whole_file(target) as file:
                file.write(content)


def make_folder(path: Path) -> None:
    """Make a folder, readable by its owner only, where there is none yet. Raises as `write_whole`."""
    if not path.is_dir():
        check_place(path)
        with _telling_of(path):
            path.mkdir(mode=0o700)


def check_place(path: Path) -> None:
    """Raise as `write_whole` does where nothing may be written: before something is saved that is to be told there."""
    with _telling_of(path):
        target = _target(path)
        if target is not None and not os.access(target.parent, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


@contextmanager
def _telling_of(path: Path) -> Iterator[None]:
    try:
        yield
    except LaidByAnotherError as error:
        hint = "nothing was written: name a file in a folder of your own"
        raise RefusedError(f"{error.filename} is not yours: {error.strerror}", hint) from error
    except UnsureError as error:
        raise KwError(f"{path} was written, but {error.strerror}", "check the disk, and write it again") from error
    except OSError as error:
        reason = error.strerror or str(error)
        hint = _MAKE_ROOM if error.errno in _NO_ROOM else "name a file in a folder that you may write to"
        raise KwError(f"{path} was not written: {reason}", hint) from error


def _target(path: Path) -> Path | None:
    """Return the file whose place is taken, `None` for a device or a pipe. Raises as `write_whole`."""
    refuse_what_others_laid(path)
    if path.is_dir():
        raise UsageError(f"{path} is a folder", f"name a file in it: --output {path / 'report.html'}")
    target = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():
        return None
    if not target.parent.is_dir():
        folder = target.parent if path.is_symlink() else path.parent
        raise NotFoundError(f"there is no folder {folder}", "make the folder first, or name one that is there")
    if what := _not_to_be_lost(target):
        raise UsageError(f"{path} is {what}", "name another file.")
    return target


def _not_to_be_lost(target: Path) -> str | None:
    """Return what a file is that is not written over, `None` for any other."""
    if database := kept_by_sqlite(target):
        return f"a name that SQLite keeps for {database.name}"
    if not target.exists():
        return None
    for ending, what in _NAMED.items():
        if target.name.endswith(ending):
            return what
    with target.open("rb") as file:
        begins = file.read(_LOOKED_AT)
    if begins.startswith(DATABASES):
        return "a database"
    return "a file of keys: without it nobody can read the database" if KEY.match(begins) else None
