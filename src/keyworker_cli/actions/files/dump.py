"""Writing everything out as the files that `kw import` reads (help: files): verbatim, all of them or none."""

from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from keyworker_cli.actions.files.export_folder import ExportFolder
from keyworker_cli.errors import RefusedError
from keyworker_cli.reports.outcome import Outcome, changed
from keyworker_cli.rules.facts.audit import AuditLine
from keyworker_cli.rules.facts.names import moment_text
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.files.kinds import SHEETS
from keyworker_cli.rules.files.sheet import Sheet

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.store import Store

AUDIT_FILE: Final = "audit.csv"
MOST_ROWS: Final = 1_048_576  # of a sheet of a workbook
FIRST_MOMENT: Final = datetime(1900, 1, 1, tzinfo=UTC)

Rows = Generator[Sequence[Any]]
"""The rows of a file, its headings first."""


def dump(store: "Store", folder: Path, *, author: "Author", overwrite: bool = False) -> Outcome:
    """Write every file into a folder; return how many rows each has. A line of the audit says who did and where.

    Raises `RefusedError` for a folder that holds what an earlier export has not written, unless it is to be written
    over, `KwError` where nothing can be written.
    """
    files = {sheet.file: partial(_rows, store, sheet) for sheet in SHEETS}
    return _dump(store, ExportFolder(folder, overwrite=overwrite), files, ("database", str(folder)), author=author)


def dump_of_prisoner(
    store: "Store", folder: Path, prisoner: Person, *, author: "Author", overwrite: bool = False
) -> Outcome:
    """Write everything held about one prisoner into a folder, for a subject access request: rows and audit lines.

    His rows are those of each file; `audit.csv` has the lines of the audit about him, with what stood before and after.
    Errors as `dump`.
    """
    sheets = [sheet for sheet in SHEETS if "prison_number" in {column.name for column in sheet.written}]
    files = {sheet.file: partial(_rows, store, sheet, prisoner.person_id) for sheet in sheets}
    lines = store.queries.audit_lines(after=0, earliest=FIRST_MOMENT, latest=author.at, person_id=prisoner.person_id)
    files[AUDIT_FILE] = partial(_audit_rows, lines[::-1])
    whole = ExportFolder(folder, overwrite=overwrite)
    return _dump(store, whole, files, ("person", prisoner.prison_number), author=author)


def dump_workbook(
    store: "Store",
    path: Path,
    workbook: Callable[[Mapping[str, list[list[str]]]], bytes],
    write: Callable[[Path, bytes], None],
    *,
    author: "Author",
    overwrite: bool = False,
) -> Outcome:
    """Write every file as a sheet of one workbook; a line of the audit says who did and where.

    Raises `RefusedError` where a file of that name is there, unless it is to be written over, and where a file has more
    rows than a sheet holds; and what `write` raises.
    """
    if path.exists() and not overwrite:
        hint = "name a file that is not there yet: kw export NEW.xlsx; --overwrite writes over it"
        raise RefusedError(f"{path} is there already.", hint)
    sheets = {sheet.name: _as_text(store, sheet) for sheet in SHEETS}
    counts = {name: len(rows) - 1 for name, rows in sheets.items()}
    content = workbook(sheets) if author.saves else b""
    standing = path.read_bytes() if author.saves and path.is_file() else None
    written = False
    try:
        with store.transaction(author) as change:
            change.note_in_audit("export", "database", str(path), after={"files": 1})
            if author.saves:
                write(path, content)
                written = True
    except BaseException:
        if written:  # and the line cannot be kept
            _put_back(path, standing, write)
        raise
    return _written(path, counts, saved=author.saves)


def _put_back(path: Path, standing: bytes | None, write: Callable[[Path, bytes], None]) -> None:
    if standing is not None:
        write(path, standing)
    elif path.is_file():
        path.unlink()


def _dump(
    store: "Store",
    folder: ExportFolder,
    files: Mapping[str, Callable[[], Rows]],
    about: tuple[str, str],
    *,
    author: "Author",
) -> Outcome:
    """Write the files beside their places; once all of them are there, leave the line and put them in their places."""
    counts = dict.fromkeys(files, -1)  # of the headings

    def counted(name: str) -> Rows:
        for row in files[name]():
            counts[name] += 1
            yield row

    try:
        with folder:  # around the transaction: a line that cannot be kept leaves the folder as it was
            for name in files:
                with closing(counted(name)) as rows:  # before the database is let go of
                    if author.saves:
                        folder.add(name, rows)
                    else:
                        deque(rows, maxlen=0)
            with store.transaction(author) as change:
                change.note_in_audit("export", *about, after={"files": len(files)})
                if author.saves:
                    folder.put_in_place()
    finally:
        store.close()
    return _written(folder.path, counts, saved=author.saves)


def _written(path: Path, rows: Mapping[str, int], *, saved: bool) -> Outcome:
    widest = max(map(len, rows))
    says = f"{{key:<{widest}}}  {{rows:>9,}}"
    files = tuple(
        changed("export", "file", name, f"{says} {'row ' if count == 1 else 'rows'} {{written}}", rows=count)
        for name, count in rows.items()
    )
    whole = changed("export", "folder", str(path), "{Written} to {key}, readable by you only")
    return Outcome((*files, whole), saved=saved)


def _rows(store: "Store", sheet: Sheet, person_id: int | None = None) -> Rows:
    """Yield the headings, then each row as it is written: a stored minute as a time of day, and so on."""
    columns = sheet.written
    changes = [(at, column.kind.write) for at, column in enumerate(columns) if column.kind.write]
    yield [column.name for column in columns]
    for row in store.rows(sheet, person_id):
        cells = list(row)
        for at, write in changes:
            if cells[at] is not None:
                cells[at] = write(cells[at])
        yield cells


def _as_text(store: "Store", sheet: Sheet) -> list[list[str]]:
    rows: list[list[str]] = []
    for row in _rows(store, sheet):
        rows.append(["" if cell is None else f"{cell}" for cell in row])
        if len(rows) > MOST_ROWS:
            raise RefusedError(f"{sheet.name} has more rows than a sheet of a workbook holds.", "kw export FOLDER")
    return rows


def _audit_rows(lines: Sequence[AuditLine]) -> Rows:
    yield AuditLine._fields
    for line in lines:
        yield (line.line, moment_text(line.at), *line[2:])
