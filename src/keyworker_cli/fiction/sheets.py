"""The CSV files of a prison, as `kw import` reads them: their columns (help: files), and a writer for all of them.

Rows are written as they come, so that a prison of any size needs no more memory than a small one.
"""

import csv
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TextIO

from keyworker_cli.errors import RefusedError
from keyworker_cli.rules.files.kinds import SHEETS
from keyworker_cli.rules.files.sheet import Sheet

Cell = str | int | date | None
"""What a cell holds; a date is written as ISO writes it, and what is not there as an empty cell."""

FICTIONAL: Final = "FICTIONAL: every person and prison in these files is invented"
MARK: Final = "FICTIONAL.md"
ANSWERS: Final = "expected.json"
NAME_ANOTHER: Final = "name a new folder: kw generate demo prison; or --overwrite, to write there all the same."

_RECORDED: Final = ("recorded_at", "recorded_by")
_LEFT_OUT: Final = frozenset(
    (
        *("imported_at", "said_before", "voided_at", "voided_why", "left_recorded_at", "ended_recorded_at"),
        *("named_before", "records_from", "moved_at", "because", "note_at", "sessions.source"),
    )
)
"""What only an export writes, or nobody here has: nothing is imported, corrected or left to a later record."""


def _columns(sheet: Sheet) -> tuple[str, ...]:
    names = dict.fromkeys((*(column.name for column in sheet.columns), *_RECORDED))
    return tuple(name for name in names if not {name, f"{sheet.name}.{name}"} & _LEFT_OUT)


COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {sheet.name: _columns(sheet) for sheet in SHEETS}
"""The columns of each file, in the order in which the files are read (help: files)."""


class Sheets:
    """The files of one prison, open for writing in a directory that is made if it is not there.

    A file begins with its first row: one that would be empty is not written. `written` counts the rows of each.
    Raises `RefusedError` for a directory that holds files which are not of an invented prison, unless they may be
    written over.
    """

    def __init__(self, directory: Path, *, overwrite: bool = False) -> None:
        if not overwrite:
            refuse_others_files(directory)
        directory.mkdir(parents=True, exist_ok=True)
        for kind in COLUMNS:
            (directory / f"{kind}.csv").unlink(missing_ok=True)
        (directory / MARK).write_text(f"{FICTIONAL}.\n", encoding="utf-8", newline="\n")
        self._directory = directory
        self._files = ExitStack()
        self._add_row: dict[str, Callable[[Iterable[Any]], Any]] = {}
        self._open: list[TextIO] = []
        self.written: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._files.close()

    def add(self, kind: str, **cells: Cell) -> None:
        """Add a row to a file by the names of its cells; one that the file does not have raises `ValueError`."""
        columns = COLUMNS[kind]
        unknown = [name for name in cells if name.rstrip("_") not in columns]
        if unknown:
            raise ValueError(f"{kind}.csv has no column {', '.join(unknown)}")
        named = {name.rstrip("_"): value for name, value in cells.items()}  # `from_`: a word Python keeps for itself
        self.add_row(kind, [named.get(column) for column in columns])

    def add_row(self, kind: str, cells: Iterable[Cell]) -> None:
        """Add a row to a file with every cell in its place: for the files that have millions of rows."""
        add = self._add_row.get(kind) or self._begin(kind)
        self.written[kind] += 1
        add(cells)

    def flush(self) -> None:
        """Bring all rows so far to the files, to be read again."""
        for file in self._open:
            file.flush()

    def _begin(self, kind: str) -> Callable[[Iterable[Any]], Any]:
        path = self._directory / f"{kind}.csv"
        file = self._files.enter_context(path.open("w", encoding="utf-8", newline="", buffering=1 << 20))
        self._open.append(file)
        add: Callable[[Iterable[Any]], Any] = csv.writer(file, lineterminator="\n").writerow
        add(COLUMNS[kind])
        self._add_row[kind] = add
        self.written[kind] = 0
        return add


def refuse_others_files(directory: Path) -> None:
    """Raise `RefusedError` for a directory with records that are not marked as fictional, or with anything else."""
    if directory.exists() and not directory.is_dir():
        raise RefusedError(
            f"{os.fspath(directory)} is a file: nothing was written", "name a folder: kw generate demo prison"
        )
    if not directory.is_dir():
        return
    ours = {f"{kind}.csv" for kind in COLUMNS}
    there = sorted(path.name for path in directory.iterdir())
    records = [] if MARK in there else [name for name in there if name in ours]
    others = [name for name in there if name not in ours | {MARK, ANSWERS}]
    for name in records[:1]:
        what = f"{os.fspath(directory)} holds {name} and is not marked as fictional: nothing was written"
        raise RefusedError(what, NAME_ANOTHER)
    for name in others[:1]:
        what = f"{os.fspath(directory)} holds {name}, which kw generate did not write: nothing was written"
        raise RefusedError(what, NAME_ANOTHER)
