"""Writing everything out as the files that `kw import` reads (help: files): verbatim, each file whole or not at all."""

import csv
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING, Any, Final, TextIO

from keyworker_cli.errors import KwError, RefusedError
from keyworker_cli.reports.outcome import Outcome, changed
from keyworker_cli.rules.facts.audit import AuditLine
from keyworker_cli.rules.facts.names import moment_text
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.files.kinds import SHEETS
from keyworker_cli.rules.files.sheet import Sheet

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.store import Store

PRIVATE: Final = 0o700
AUDIT_FILE: Final = "audit.csv"
UNFINISHED: Final = ".kw-"
PART: Final = ".part"
MOST_ROWS: Final = 1_048_576  # of a sheet of a workbook
FIRST_MOMENT: Final = datetime(1900, 1, 1, tzinfo=UTC)


def dump(store: "Store", folder: Path, *, author: "Author") -> Outcome:
    """Write every file into a folder; return how many rows each has. A line of the audit says who did and where.

    Raises `RefusedError` for a folder that holds more than an earlier export, `KwError` where nothing can be written.
    """
    _check_folder(folder)
    with store.transaction(author) as change:
        change.note_in_audit("export", "database", str(folder), after={"files": len(SHEETS)})
    try:
        if author.dry_run:
            return _written(folder, {sheet.file: _count(store.rows(sheet)) for sheet in SHEETS}, saved=False)
        folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        return _written(folder, {sheet.file: _write(store, sheet, folder / sheet.file) for sheet in SHEETS}, saved=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise KwError(f"{folder} was not written: {reason}.", "name a folder that you may write to.") from error
    finally:
        store.close()


def dump_sheets(store: "Store", path: Path, *, author: "Author") -> dict[str, list[list[str]]]:
    """Return the rows of every file as text, headings first, for one workbook; a line of the audit says who did.

    Raises `RefusedError` where a file of that name is there, or a file has more rows than a sheet holds.
    """
    if path.exists():
        raise RefusedError(f"{path} is there already.", "name a file that is not there yet: kw export NEW.xlsx")
    with store.transaction(author) as change:
        change.note_in_audit("export", "database", str(path), after={"files": 1})
    try:
        return {sheet.name: _rows_of(store, sheet) for sheet in SHEETS}
    finally:
        store.close()


def sheets_written(sheets: Mapping[str, list[list[str]]], path: Path, *, saved: bool) -> Outcome:
    """Return how many rows each sheet of a workbook has, and where it is."""
    return _written(path, {name: len(rows) - 1 for name, rows in sheets.items()}, saved=saved)


def _rows_of(store: "Store", sheet: Sheet) -> list[list[str]]:
    columns = sheet.written
    changes = [(at, column.kind.write) for at, column in enumerate(columns) if column.kind.write]
    rows = [[column.name for column in columns]]
    for row in _cells(store.rows(sheet, None), changes):
        rows.append(["" if cell is None else f"{cell}" for cell in row])
        if len(rows) > MOST_ROWS:
            raise RefusedError(f"{sheet.name} has more rows than a sheet of a workbook holds.", "kw export FOLDER")
    return rows


def dump_of_man(store: "Store", folder: Path, man: Person, *, author: "Author") -> Outcome:
    """Write everything held about one man into a folder, for a subject access request: his rows and his audit lines.

    His rows are those of each file; `audit.csv` has the lines of the audit about him, with what stood before and after.
    Errors as `dump`.
    """
    _check_folder(folder)
    sheets = [sheet for sheet in SHEETS if "prison_number" in {column.name for column in sheet.written}]
    lines = store.queries.audit_lines(earliest=FIRST_MOMENT, latest=author.at, person_id=man.person_id)
    with store.transaction(author) as change:
        change.note_in_audit("export", "person", man.prison_number, after={"files": len(sheets) + 1})
    try:
        if author.dry_run:
            counts = {sheet.file: _count(store.rows(sheet, man.person_id)) for sheet in sheets}
            return _written(folder, counts | {AUDIT_FILE: len(lines)}, saved=False)
        folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        written = {sheet.file: _write(store, sheet, folder / sheet.file, man.person_id) for sheet in sheets}
        return _written(folder, written | {AUDIT_FILE: _write_audit(lines[::-1], folder / AUDIT_FILE)}, saved=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise KwError(f"{folder} was not written: {reason}.", "name a folder that you may write to.") from error
    finally:
        store.close()


def _count(rows: Iterator[tuple[Any, ...]]) -> int:
    return sum(1 for _ in rows)


def _written(folder: Path, rows: Mapping[str, int], *, saved: bool) -> Outcome:
    widest = max(map(len, rows))
    says = f"{{key:<{widest}}}  {{rows:>9,}} rows {{written}}"
    files = tuple(changed("export", "file", name, says, rows=count) for name, count in rows.items())
    whole = changed("export", "folder", str(folder), "{Written} to {key}, readable by you only")
    return Outcome((*files, whole), saved=saved)


def _write_audit(lines: Sequence[AuditLine], path: Path) -> int:
    with _whole_file(path) as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(AuditLine._fields)
        writer.writerows((line.line, moment_text(line.at), *line[2:]) for line in lines)
    return len(lines)


def _check_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise RefusedError(f"{folder} is a file.", "name a folder: kw export FOLDER")
    ours = {sheet.file for sheet in SHEETS} | {AUDIT_FILE}
    there = list(folder.iterdir()) if folder.exists() else []
    for path in [path for path in there if path.name.startswith(UNFINISHED) and path.suffix == PART]:
        path.unlink()  # what an export that was killed has left
        there.remove(path)
    others = sorted(path.name for path in there if path.name not in ours)
    if others:
        raise RefusedError(f"{folder} holds other files, such as {others[0]}.", "name a new folder, or an empty one.")


def _write(store: "Store", sheet: Sheet, path: Path, person_id: int | None = None) -> int:
    columns = sheet.written
    changes = [(at, column.kind.write) for at, column in enumerate(columns) if column.kind.write]
    with _whole_file(path) as file:
        # Both ends of line are quoted only where both are the line's end: a note may hold either.
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([column.name for column in columns])
        count = 0
        for row in _cells(store.rows(sheet, person_id), changes):
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
    handle, name = mkstemp(dir=path.parent, prefix=UNFINISHED, suffix=PART)
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
