"""The folder that an export fills: an empty one, or one that holds only what an export wrote there (help: files).

What was written is marked by the digest of each file, so that a file of the user's own, or one of kw's that has been
worked on since, is never written over unasked.
"""

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from errno import ENAMETOOLONG
from io import TextIOWrapper
from pathlib import Path
from shutil import copyfile
from types import TracebackType
from typing import Any, Final, Self

from keyworker_cli.errors import KwError, NotFoundError, RefusedError
from keyworker_cli.rules.typed import check_named
from keyworker_cli.whole_file import (
    PART,
    UNFINISHED,
    LaidByAnotherError,
    UnsureError,
    kept_by_sqlite,
    put_in_place,
    refuse_what_others_laid,
    unfinished_file,
    whole_file,
)

MARK: Final = "kw-export.sha256"
"""The file that says what an export wrote: a line for each file, as `sha256sum --check` reads it."""

_PRIVATE: Final = 0o700
_LINE: Final = re.compile(r"([0-9a-f]{64})  ([^/\n]+)")
_NAME_ANOTHER: Final = "name a new folder or an empty one, or add --overwrite."


class ExportFolder:
    """A folder that is filled beside what it holds; `put_in_place` then lets every file take its place.

    A block that does not reach its end leaves the folder as it was, also where files are in their places already.

    Raises `UsageError` for `-`, `RefusedError` for what is not a folder, for one that another user laid a link to, and,
    unless `overwrite`, for one that holds what no export wrote; `KwError` where nothing can be written.
    """

    def __init__(self, path: Path, *, overwrite: bool) -> None:
        self.path = path
        self._earlier = self._check(overwrite=overwrite)
        self._files = ExitStack()
        self._parts: dict[str, Path] = {}
        self._digests: dict[str, str] = {}
        self._made = False
        self._standing: dict[Path, Path | None] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if error is not None and not isinstance(error, UnsureError):
            self._undo()
        self._files.close()
        if self._made and error is not None:
            with suppress(OSError):
                self.path.rmdir()
        if isinstance(error, UnsureError):
            hint = "check the disk, and export again: other files here may be the older ones."
            raise KwError(f"{error.filename} was written, but {error.strerror}.", hint) from error
        if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
            reason = error.strerror or type(error).__name__
            raise KwError(f"{self.path} was not written: {reason}.", "name a folder that you may write to.") from error

    def add(self, name: str, rows: Iterable[Sequence[Any]]) -> None:
        """Write the rows of a file, as CSV, beside its place."""
        if not self._parts and not self.path.exists():
            self.path.mkdir(mode=_PRIVATE, parents=True)
            self._made = True
        part, file = self._files.enter_context(unfinished_file(self.path / name))
        with TextIOWrapper(file, encoding="utf-8", newline="", write_through=False) as text:
            # Both ends of line are quoted only where both are the line's end: a note may hold either.
            csv.writer(text, lineterminator="\r\n").writerows(rows)
        self._parts[name] = part
        self._digests[name] = _digest(part)

    def put_in_place(self) -> None:
        """Let every file take its place, and the mark say what was written; what an earlier export left goes.

        Until all are in their places the mark names what goes as well: an export that is killed can be made again.
        """
        for name in {MARK, *self._parts, *(name for name, _ in self._earlier)}:
            self._keep(self.path / name)
        self._mark([*self._digests.items(), *self._earlier])
        for name, _ in self._earlier:
            if name not in self._parts:
                (self.path / name).unlink(missing_ok=True)
        for name, written in self._parts.items():
            put_in_place(written, self.path / name)
        self._mark(self._digests.items())

    def _keep(self, path: Path) -> None:
        """Keep what stands in a place under another name too, until the block has reached its end."""
        self._standing[path] = None
        if path.is_file():
            part, file = self._files.enter_context(unfinished_file(path))
            file.close()  # Windows moves no open file
            copyfile(path, part)
            self._standing[path] = part

    def _undo(self) -> None:
        """Let every place have again what stood in it."""
        for path, earlier in self._standing.items():
            with suppress(OSError):
                if earlier is None:
                    path.unlink(missing_ok=True)
                else:
                    put_in_place(earlier, path)

    def _mark(self, written: Iterable[tuple[str, str]]) -> None:
        with whole_file(self.path / MARK) as file:
            file.write("".join(f"{digest}  {name}\n" for name, digest in written).encode())

    def _check(self, *, overwrite: bool) -> set[tuple[str, str]]:
        """Return the files that an earlier export wrote here, and that stand as it left them, with their digests."""
        check_named(self.path, "an export is a folder of files", "kw export FOLDER")
        try:
            refuse_what_others_laid(self.path)
            return self._look_over(overwrite=overwrite)
        except LaidByAnotherError as error:
            hint = "nothing was written: name a folder of your own."
            raise RefusedError(f"{error.filename} is not yours: {error.strerror}.", hint) from error
        except OSError as error:
            reason = error.strerror or type(error).__name__
            kind = NotFoundError if error.errno == ENAMETOOLONG else KwError
            raise kind(f"{self.path} was not written: {reason}.", "name a folder that you may write to.") from error

    def _look_over(self, *, overwrite: bool) -> set[tuple[str, str]]:
        if beside := kept_by_sqlite(self.path):
            raise RefusedError(f"{self.path} is a name that SQLite keeps for {beside.name}.", _NAME_ANOTHER)
        if not self.path.exists():
            return set()
        if not self.path.is_dir():
            raise RefusedError(f"{self.path} is a file.", "name a folder: kw export FOLDER")
        for path in self.path.glob(f"{UNFINISHED}*{PART}"):
            path.unlink()  # what an export that was killed has left
        marked = set(_marked(self.path / MARK))
        there = {(path.name, _digest(path)) for path in self.path.iterdir() if path.name != MARK or not marked}
        foreign = sorted(name for name, digest in there if (name, digest) not in marked)
        if foreign and not overwrite:
            changed = foreign[0] in {name for name, _ in marked}
            what = f"{foreign[0]} has been changed since kw export wrote it" if changed else f"it holds {foreign[0]}"
            whose = "" if changed else ", which kw export did not write there"
            raise RefusedError(f"{self.path} was left as it is: {what}{whose}.", _NAME_ANOTHER)
        return there & marked


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file, nothing for what is none."""
    if path.is_symlink() or not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _marked(mark: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and the digest of each file that an export wrote, as far as its mark is there and is one."""
    if mark.is_file():
        for line in mark.read_text(encoding="utf-8", errors="replace").splitlines():
            if found := _LINE.fullmatch(line):
                yield found[2], found[1]
