"""The files that are to be read: which there are, which kind each is, and their rows, with the line each begins on."""

import csv
import importlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TextIO

from keyworker_cli.actions.files.unreadable import UnreadableError
from keyworker_cli.errors import BadInputError, NotFoundError, UsageError
from keyworker_cli.rules.files.kinds import SHEETS, sheet_named
from keyworker_cli.rules.files.sheet import Sheet
from keyworker_cli.rules.typed import read_word

LOOKED_AT: Final = 8192
LARGEST_CELL: Final = 1_000_000
SPREADSHEET: Final = ".xlsx"


@dataclass(frozen=True)
class InputFile:
    """One file, or one sheet of a spreadsheet, of a known kind."""

    path: Path
    sheet: Sheet
    part: str = ""

    @property
    def name(self) -> str:
        """What it is called in messages and in the audit."""
        return f"{self.path.name} sheet {self.part}" if self.part else self.path.name

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield each row, the heading first, with the line it begins on; raises `UnreadableError`."""
        return _sheet_rows(self.path, self.part) if self.part else _csv_rows(self.path)


def find_files(paths: Iterable[Path], *, kind: str | None) -> tuple[list[InputFile], list[str]]:
    """Return the files to read, in the order in which they are read, and the names of those of no kind.

    Raises `NotFoundError` for a path where nothing is and a folder with nothing to read, `UsageError` for a file of
    which the kind cannot be told.
    """
    said = _kind(kind) if kind else None
    found: list[InputFile] = []
    left: list[str] = []
    for path in paths:
        if path.is_dir():
            inside, unknown = _in_folder(path)
            found += inside
            left += unknown
        elif path.exists():
            found += _one(path, said)
        else:
            raise NotFoundError(f"there is no file {path}.", "check the path: kw import FOLDER, or kw import FILE...")
    order = {sheet.name: at for at, sheet in enumerate(SHEETS)}
    return sorted(found, key=lambda file: order[file.sheet.name]), left


def _kind(name: str) -> Sheet:
    return read_word(name, {sheet.name: sheet for sheet in SHEETS}, "kind")


def _in_folder(folder: Path) -> tuple[list[InputFile], list[str]]:
    found: list[InputFile] = []
    unknown: list[str] = []
    for path in sorted(folder.iterdir()):
        suffix = path.suffix.lower()
        if suffix == SPREADSHEET and not path.name.startswith("~$"):
            found += _parts(path)
        elif suffix == ".csv":
            sheet = sheet_named(path.stem)
            if sheet:
                found.append(InputFile(path, sheet))
            else:
                unknown.append(path.name)
    if not found:
        raise NotFoundError(
            f"{folder} holds no file that kw import knows.", f"it reads {', '.join(s.file for s in SHEETS)}, or .xlsx."
        )
    return found, unknown


def _one(path: Path, kind: Sheet | None) -> list[InputFile]:
    if path.suffix.lower() == SPREADSHEET:
        return _parts(path, kind)
    sheet = kind or sheet_named(path.stem)
    if sheet is None:
        raise UsageError(
            f"the name of {path.name} does not say what it holds.",
            f"say it with --as, one of: {', '.join(s.name for s in SHEETS)}.",
        )
    return [InputFile(path, sheet)]


def _parts(path: Path, kind: Sheet | None = None) -> list[InputFile]:
    """Return the sheets of a spreadsheet that have the name of a kind; with `kind`, its first sheet as that."""
    try:
        names: list[str] = _spreadsheet().sheet_names(path)
    except UnreadableError:
        what = f"{path.name} is not a spreadsheet that can be read; nothing was saved."
        raise BadInputError(what, "save it as .xlsx or as CSV.") from None
    if kind is not None:
        return [InputFile(path, kind, names[0])]
    parts = [InputFile(path, sheet, name) for name in names if (sheet := sheet_named(name))]
    if not parts:
        raise BadInputError(
            f"no sheet of {path.name} has a name that kw import knows; nothing was saved.",
            f"name each sheet as its file: {', '.join(s.name for s in SHEETS)}; or say --as KIND.",
        )
    return parts


def _spreadsheet() -> Any:
    # Read by a library of its own, which no CSV file needs.
    return importlib.import_module("keyworker_cli.actions.files.spreadsheet")


def _sheet_rows(path: Path, part: str) -> Iterator[tuple[int, list[str]]]:
    yield from enumerate(_spreadsheet().sheet_rows(path, part), start=1)


def _csv_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        _look_at(path)
        csv.field_size_limit(LARGEST_CELL)
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from _read(file)
    except UnicodeDecodeError as error:
        raise UnreadableError(f"is not UTF-8 text (byte {error.start}); save it as CSV UTF-8") from None
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror or type(error).__name__}") from None


def _read(file: TextIO) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(file, strict=True)
    line = 0
    try:
        for cells in reader:
            yield line + 1, cells
            line = reader.line_num
    except csv.Error as error:
        what = "a quote that is never closed, or too long a cell" if "limit" in str(error) else _said(error)
        raise UnreadableError(f"{what}; nothing after it could be read", line + 1) from None


def _said(error: csv.Error) -> str:
    words = str(error)
    if "end of data" in words:
        return "a quote that is never closed"
    return "a stray quote" if "expected after" in words else words


def _look_at(path: Path) -> None:
    """Say what the file is, where it is not a text: raises `UnreadableError`."""
    with path.open("rb") as file:
        start = file.read(LOOKED_AT)
    if not start.strip():
        raise UnreadableError("is empty; the first line names the columns")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableError("is UTF-16 text; save it as CSV UTF-8")
    if start.startswith(b"PK\x03\x04"):
        raise UnreadableError("is a spreadsheet by its contents; name it .xlsx")
    if b"\x00" in start:
        raise UnreadableError("is not a text file; save it as CSV UTF-8")
