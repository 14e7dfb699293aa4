"""Writing everything out as the files that `kw import` reads (INTERFACE 4): verbatim, each file whole or not at all."""

import csv
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING, Any, Final, TextIO

from keyworker_cli.errors import KwError, RefusedError
from keyworker_cli.rules.sheet import Sheet
from keyworker_cli.rules.sheets import SHEETS

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store
    from keyworker_cli.store.writes import Author

PRIVATE: Final = 0o700


def dump(store: "Store", folder: Path, *, author: "Author") -> dict[str, int]:
    """Write every file into a folder and return how many rows each has; a line of the audit says who did and where.

    Raises `RefusedError` for a folder that holds more than an earlier export, `KwError` where nothing can be written.
    """
    _check_folder(folder)
    with store.transaction(author) as change:
        change.note_in_audit("export", "database", str(folder), after={"files": len(SHEETS)})
    try:
        folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        return {sheet.file: _write(store, sheet, folder / sheet.file) for sheet in SHEETS}
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise KwError(f"{folder} was not written: {reason}.", "name a folder that you may write to.") from error
    finally:
        store.close()


def _check_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise RefusedError(f"{folder} is a file.", "name a folder: kw export FOLDER")
    ours = {sheet.file for sheet in SHEETS}
    others = sorted(path.name for path in folder.iterdir() if path.name not in ours) if folder.exists() else []
    if others:
        raise RefusedError(f"{folder} holds other files, such as {others[0]}.", "name a new folder, or an empty one.")


def _write(store: "Store", sheet: Sheet, path: Path) -> int:
    columns = sheet.written
    changes = [(at, column.kind.write) for at, column in enumerate(columns) if column.kind.write]
    with _whole_file(path) as file:
        # Both ends of line are quoted only where both are the line's end: a note may hold either.
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([column.name for column in columns])
        count = 0
        for row in _cells(store.rows(sheet), changes):
            writer.writerow(row)
            count += 1
    return count


def _cells(
    rows: Iterator[tuple[Any, ...]], changes: Sequence[tuple[int, Callable[[Any], str]]]
) -> Iterator[Sequence[Any]]:
    """Yield each row as it is written: a stored minute as a time of day, and so on."""
    for row in rows:
        cells = list(row)
        for at, write in changes:
            if cells[at] is not None:
                cells[at] = write(cells[at])
        yield cells


@contextmanager
def _whole_file(path: Path) -> Iterator[TextIO]:
    """Open a file that takes the place of `path` when all of it has been written; readable by its owner only."""
    handle, name = mkstemp(dir=path.parent, prefix=".kw-", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="", buffering=1 << 20) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
