"""The one way in which kw writes a file: whole or not at all, for its owner only, and never through another's link."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

UNFINISHED: Final = ".kw-"
"""How the name begins of what is not finished, whichever command makes it."""

PART: Final = ".part"
"""How the name ends of a file that is not finished."""

_ROOT: Final = 0
_MOST_LINKS: Final = 40  # as many as Linux follows


_BESIDE_A_DATABASE: Final = ("-journal", "-wal", "-shm")


class LaidByAnotherError(OSError):
    """On the way to a file stands a link, or in its place a pipe, that another user has laid there."""


class UnsureError(OSError):
    """A file has taken its place, and the disk does not say that its name outlasts a power cut."""

    def __init__(self, error: OSError, path: Path) -> None:
        reason = error.strerror or type(error).__name__
        super().__init__(error.errno, f"the disk does not say that it is kept ({reason})", str(path))


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes the place of `path` at the end of the block, once all of it is on the disk.

    A block that does not reach its end leaves what stood there as it was. Raises `OSError`.
    """
    with unfinished_file(path) as (part, file):
        yield file
        file.close()  # Windows moves no open file
        put_in_place(part, path)


@contextmanager
def unfinished_file(path: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """Open a file beside `path`, under another name; it is removed at the end of the block unless it was moved."""
    part = path.with_name(f"{UNFINISHED}{os.urandom(8).hex()}{PART}")
    try:
        with open(part, "xb", opener=_for_its_owner_only) as file:
            yield part, file
    finally:
        part.unlink(missing_ok=True)


def put_in_place(part: Path, path: Path) -> None:
    """Let a file take the place of another, so that after a power cut there is either of them, whole.

    Raises `OSError` where it does not, `UnsureError` where it does and may be the old one again after a power cut.
    """
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(path)
    try:
        keep_name(path)
    except OSError as error:
        raise UnsureError(error, path) from error


def keep_name(path: Path) -> None:
    """Let the name of a new file outlast a power cut."""
    if hasattr(os, "O_DIRECTORY"):  # Windows has no way to ask it of a folder
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def refuse_what_others_laid(path: Path, *, steps: int = _MOST_LINKS) -> None:
    """Raise `LaidByAnotherError` where a link on the way to a file, or what stands in its place, is another user's.

    In a folder that many write to, such a link leads to a file of one's own that would be lost, and such a pipe to
    somebody who listens. What the system's own user has laid is the system's.
    """
    if os.name != "posix":
        return
    whole = path.absolute()
    for seen in (*reversed(whole.parents), whole):
        try:
            found = seen.lstat()
            leads_to = seen.readlink() if stat.S_ISLNK(found.st_mode) else None
        except OSError:
            return  # nothing there yet, or nothing that can be reached
        ours = found.st_uid in (_ROOT, os.geteuid())
        if leads_to is not None and not ours:
            raise LaidByAnotherError(0, "another user laid this link", str(seen))
        if leads_to is not None and steps:
            refuse_what_others_laid(seen.parent / leads_to / whole.relative_to(seen), steps=steps - 1)
            return
        if seen == whole and not ours and not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
            raise LaidByAnotherError(0, "another user laid this pipe or device", str(seen))


def kept_by_sqlite(path: Path) -> Path | None:
    """Return the database beside which SQLite keeps a file of this name: it would take it for its own, or remove it."""
    ending = next((end for end in _BESIDE_A_DATABASE if path.name.endswith(end)), None)
    database = path.with_name(path.name.removesuffix(ending)) if ending else path
    return database if ending and database.is_file() else None


def _for_its_owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
