"""The files that are to be read: which there are, which kind each is, and their rows, with the line each begins on."""

import codecs
import csv
import importlib
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Protocol

from keyworker_cli.actions.files.reading.text_file import (
    EMPTY,
    NO_TEXT,
    is_plain,
    numbered,
    read_text_file,
)
from keyworker_cli.actions.files.reading.unreadable import UnreadableError, say_no_list
from keyworker_cli.errors import BadInputError, NotFoundError
from keyworker_cli.rules.files.extracts.recognise import (
    HEADINGS_WITHIN,
    Recognised,
    Table,
    recognise,
    says_prisoners,
    tables_of,
)
from keyworker_cli.rules.files.kinds import SHEETS, sheet_named
from keyworker_cli.rules.files.sheet import Sheet, plain
from keyworker_cli.rules.files.tidy import tidy
from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.typed import read_word, say_near

LOOKED_AT: Final = 8192
LOOKED_OVER: Final = 1 << 20
SPREADSHEETS: Final = (".xlsx", ".xlsm", ".xls", ".ods", ".xlsb")
MOST_BYTES: Final = 1 << 30
TITLE_CELLS: Final = 2
LISTS: Final = (".csv", ".tsv")
NOTES: Final = ".txt"
STDIN: Final = "-"
ONLY_NUMBERS: Final = "has prison numbers, and no second heading that kw knows"
_MEANT: Final = {"prison_number": "number", "date_of_birth": "born", "arrived_on": "arrived"}
"""Columns that a prison's own sheets have under another name."""
_SPREADSHEET_BEGINS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")

Lines = Iterator[tuple[int, list[str]]]


class Source(Protocol):
    """Rows of one of kw's own kinds, wherever they come from."""

    @property
    def name(self) -> str:
        """What it is called in messages and in the audit."""
        ...

    @property
    def sheet(self) -> Sheet:
        """The kind it is of."""
        ...

    def rows(self) -> Lines:
        """Yield each row, the heading first, with the line it begins on; raises `UnreadableError`."""
        ...

    def place(self, line: int) -> tuple[str, int]:
        """Return the file and the line that a row is found at."""
        ...

    def heading(self, line: int, column: str) -> str:
        """Return what a column of kw's is called where a row is found."""
        ...


@dataclass(frozen=True)
class InputFile:
    """A CSV file of one of kw's own kinds, read as it goes."""

    path: Path
    sheet: Sheet

    @property
    def name(self) -> str:
        """What it is called in messages and in the audit."""
        return self.path.name

    def rows(self) -> Lines:
        """Yield each row, the heading first, with the line it begins on; raises `UnreadableError`."""
        return _csv_rows(self.path)

    def place(self, line: int) -> tuple[str, int]:
        """Return the file and the line that a row is found at."""
        return self.name, line

    def heading(self, line: int, column: str) -> str:
        """Return what a column of kw's is called where a row is found."""
        return column


@dataclass(frozen=True)
class SheetRows:
    """Rows of one of kw's own kinds that were read before: of a workbook, or put together from a prison's own sheets.

    `places` say where each row was found, where that is not the line of the same number; `headings` what kw's columns
    are called there, by the source.
    """

    name: str
    sheet: Sheet
    lines: Sequence[tuple[int, Sequence[str]]]
    places: Mapping[int, tuple[str, int]] = field(default_factory=dict)
    error: UnreadableError | None = None
    headings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def rows(self) -> Lines:
        """Yield each row, the heading first; raises `UnreadableError` where it could not be read."""
        if self.error is not None:
            raise self.error
        for line, cells in self.lines:
            yield line, list(cells)

    def place(self, line: int) -> tuple[str, int]:
        """Return the file and the line that a row is found at."""
        return self.places.get(line, (self.name, line))

    def heading(self, line: int, column: str) -> str:
        """Return what a column of kw's is called where a row is found."""
        return self.headings.get(self.place(line)[0], {}).get(_MEANT.get(column, column), column)


@dataclass
class FoundFiles:
    """What is to be read: `files` of kw's own kinds, `sheets` of a prison's own; `left` are those not read, and why.

    `others` are what a folder holds beside files that could be read: documents, pictures, folders.
    """

    files: list[Source] = field(default_factory=list)
    sheets: list[Recognised] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Reading:
    """How files are to be taken: as a kind that was said, and with headings that the prison has given a meaning."""

    kind: Sheet | None
    headings: Mapping[str, str]


def find_files(
    paths: Iterable[Path], *, kind: str | None, headings: Mapping[str, str] | None = None, stdin: Any = None
) -> FoundFiles:
    """Return what is to be read, kw's own kinds in the order in which they refer to each other.

    Raises `NotFoundError` for a path where nothing is and a folder with nothing to read, `UsageError` for a file of
    which the kind cannot be told, `BadInputError` for a workbook that cannot be read.
    """
    reading = Reading(_kind(kind) if kind else None, headings or {})
    found = FoundFiles()
    for path in paths:
        if str(path) == STDIN:
            _content(_standard_input(stdin), "standard input", "", reading, found)
        elif path.is_dir():
            _in_folder(path, reading, found)
        elif path.exists():
            _one(path, reading, found)
        else:
            raise NotFoundError(f"there is no file {path}.", _nearest_file(path))
    found.files.sort(key=place_in_order)
    if not found.files and not found.sheets:
        raise _nothing_known(found.left)
    return found


def place_in_order(file: Source) -> int:
    """Return the place of a file's kind in the order in which the kinds refer to each other."""
    return SHEETS.index(file.sheet)


def _nearest_file(path: Path) -> str:
    """Say which file of that folder may have been meant."""
    try:
        there = [one.name for one in path.parent.iterdir() if not one.name.startswith(".")]
    except OSError:
        there = []
    return say_near(path.name, there) or "check the name and the folder it is in."


def _nothing_known(left: Sequence[str]) -> BadInputError:
    needs = (
        "a second heading, such as Surname, Cell or Key worker"
        if any(ONLY_NUMBERS in one for one in left)
        else "a heading such as NOMS No or Prison number"
    )
    return BadInputError(
        "nothing was read: no row has headings that kw knows; nothing was saved.",
        f"it needs {needs}; --as KIND says what a file is, --mapping FILE.toml what its headings mean.",
        tuple(left),
    )


def _kind(name: str) -> Sheet:
    return read_word(name, {sheet.name: sheet for sheet in SHEETS}, "kind")


def _standard_input(stdin: Any) -> bytes:
    if stdin is None:
        return b""
    read = getattr(stdin, "buffer", stdin).read(MOST_BYTES + 1)
    return _ended(read if isinstance(read, bytes) else read.encode(), "standard input")


def _ended(content: bytes, name: str) -> bytes:
    """Return what was read of a file. Raises `BadInputError` where there is more: a pipe may have no end."""
    if len(content) > MOST_BYTES:
        raise BadInputError(f"{name} has more than 1 GB; nothing was saved.", "import it in parts.")
    return content


def _in_folder(folder: Path, reading: Reading, found: FoundFiles) -> None:
    before = len(found.files) + len(found.sheets) + len(found.left)
    reading = replace(reading, kind=None)  # what is said of one file holds for no folder
    for path in sorted(path for path in folder.iterdir() if not path.name.startswith(("~$", "."))):
        suffix = path.suffix.lower()
        if suffix in (*LISTS, *SPREADSHEETS) and path.is_file():
            _one(path, reading, found)
        elif suffix != NOTES or not path.is_file() or not _may_be_a_list(path, reading, found):
            found.others.append(f"{path.name}{'/' if path.is_dir() else ''}")
    if len(found.files) + len(found.sheets) + len(found.left) == before:
        raise NotFoundError(
            f"{folder} holds no file that kw import knows.",
            f"it reads {', '.join(s.file for s in SHEETS)}, and a prison's own lists and extracts as CSV or .xlsx.",
        )


def _may_be_a_list(path: Path, reading: Reading, found: FoundFiles) -> bool:
    """Take a text that Excel may have saved as "Unicode text"; most others of that ending are notes and no list."""
    tried = FoundFiles()
    try:
        _one(path, reading, tried)
    except BadInputError:
        return False
    found.files += tried.files
    found.sheets += tried.sheets
    found.remarks += tried.remarks
    return bool(tried.files or tried.sheets)


def _one(path: Path, reading: Reading, found: FoundFiles) -> None:
    hint = reading.kind or sheet_named(path.stem)
    if stat.S_ISREG(path.stat().st_mode):
        start = _start_of(path)
        spreadsheet = path.suffix.lower() in SPREADSHEETS or start.startswith(_SPREADSHEET_BEGINS)
        quick = hint is not None and not spreadsheet and is_plain(start) and _is_utf8(path)
        if hint is not None and quick and _complete(hint, start):
            found.files.append(InputFile(path, hint))
            return
    try:
        with path.open("rb") as file:
            content = _ended(file.read(MOST_BYTES + 1), path.name)
    except OSError as error:
        raise BadInputError(
            f"{path.name} cannot be read: {error.strerror or type(error).__name__}; nothing was saved.",
            "check that you may read it.",
        ) from None
    _content(content, path.name, path.stem, reading, found)


def _start_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LOOKED_AT)
    except OSError:
        return b""


def _is_utf8(path: Path) -> bool:
    """Say whether the whole file is UTF-8 text: looked at first, since it is then read as it goes."""
    decode = codecs.getincrementaldecoder("utf-8")().decode
    try:
        with path.open("rb") as file:
            while part := file.read(LOOKED_OVER):
                if b"\x00" in part:
                    return False
                decode(part)
            decode(b"", final=True)
    except (UnicodeDecodeError, OSError):
        return False
    return True


def _complete(kind: Sheet, start: bytes) -> bool:
    """Say whether the first line has every column that the kind needs, and none that it does not know."""
    first = next((line for line in start.decode("utf-8-sig", errors="replace").splitlines() if line.strip()), "")
    return _knows_all(kind, next(csv.reader([first]), []))


def _knows_all(kind: Sheet, headings: Sequence[str]) -> bool:
    columns = [kind.column_for(heading) for heading in headings if heading.strip()]
    has = {column.name for column in columns if column}
    return None not in columns and all(column.name in has for column in kind.columns if column.required)


def _content(content: bytes, name: str, stem: str, reading: Reading, found: FoundFiles) -> None:
    if no_list := say_no_list(content, name):
        raise BadInputError(f"{no_list[0]}; nothing was saved.", no_list[1])
    suffix = Path(name).suffix.lower()
    if content.startswith(_SPREADSHEET_BEGINS) or suffix in SPREADSHEETS:
        _workbook(content, name, reading, found)
        return
    hint = reading.kind or sheet_named(stem)
    try:
        text = read_text_file(content)
    except UnreadableError as error:
        if hint is None:
            why = error.reason.partition(";")[0]
            way_out = "import the one that has the rows." if why == "is empty" else "save it as CSV UTF-8."
            if error.line:
                why, way_out = f"line {error.line}: {why}", "mend that line, or save it again from the spreadsheet."
            raise BadInputError(f"{name} {why}; nothing was saved.", way_out) from None
        found.files.append(SheetRows(name, hint, (), error=error))
        return
    if text.remark:
        found.remarks.append(f"{name} {text.remark}")
    _take(Table(name, text.rows, stem, stem), hint, reading, found)


def _workbook(content: bytes, name: str, reading: Reading, found: FoundFiles) -> None:
    try:
        book = importlib.import_module("keyworker_cli.actions.files.reading.spreadsheet").open_workbook(content)
        names = book.sheet_names[:1] if reading.kind else book.sheet_names
        for sheet in names:
            rows = list(enumerate(book.rows(sheet), start=1))
            hint = reading.kind or sheet_named(sheet)
            if book.is_hidden(sheet) and not reading.kind:
                filled = sum(1 for _, cells in rows if any(cell.strip() for cell in cells))
                found.left.append(f"{name} sheet {sheet}: {say_count(filled, 'row')} not read, it is a hidden sheet")
                continue
            _take(Table(f"{name} sheet {sheet}", rows, f"{Path(name).stem} {sheet}", sheet), hint, reading, found)
        if reading.kind and len(book.sheet_names) > 1:
            found.left += [f"{name} sheet {other}: --as is about the first sheet" for other in book.sheet_names[1:]]
    except UnreadableError as error:
        way_out = "import it again when that is done." if ";" in error.reason else "save it as .xlsx or as CSV."
        raise BadInputError(f"{name} {error.reason}; nothing was saved.", way_out) from None


def _take(table: Table, hint: Sheet | None, reading: Reading, found: FoundFiles) -> None:
    """Decide what a sheet is: the kind that was said or that its name says, else what its headings say."""
    filled = [(line, cells) for line, cells in table.rows if any(cell.strip() for cell in cells)]
    if not filled:
        found.left.append(f"{table.source}: empty")
        return
    rows = _from_headings(table)
    first = rows[0][1]
    if reading.kind is not None or (hint is not None and _knows_all(hint, first)):
        found.files.append(SheetRows(table.source, hint or SHEETS[0], rows))
        return
    exact = next((kind for kind in SHEETS if _is_exactly(kind, first)), None)
    if exact is not None:
        found.remarks += _by_headings(table, exact, hint, first)
        found.files.append(SheetRows(table.source, exact, rows))
        return
    if len(tables := tables_of(table, reading.headings)) > 1:
        for one in tables:
            _take(one, None, reading, found)
        return
    known = recognise(table, reading.headings)
    by_name = sum(1 for heading in first if hint.column_for(heading)) if hint else 0
    kind = next((kind for kind in SHEETS if _knows_all(kind, first)), None)
    if known is not None and known.of_leavers:
        found.left.append(
            _not_read(table, len(filled), "by its name or title those who have left, and a list ends no stay")
        )
    elif known is not None and len(known.taken) >= by_name and not (kind and len(known.taken) < len(_filled(first))):
        found.sheets.append(known)
    elif (own := hint or kind) is not None:
        found.remarks += _by_headings(table, own, hint, first)
        found.files.append(SheetRows(table.source, own, rows))
    else:
        what = ONLY_NUMBERS if says_prisoners(table) else ""
        said = ", ".join(tidy(cell) for cell in first[:8] if cell.strip())
        found.left.append(_not_read(table, len(filled), f"{what or 'no heading kw knows'}; it begins: {said}"))


def _by_headings(table: Table, kind: Sheet, hint: Sheet | None, headings: Sequence[str]) -> list[str]:
    """Say what a sheet was taken for whose name does not say it, and the headings that are not kw's own."""
    if kind is hint:
        return []
    meant = ((tidy(heading), kind.column_for(heading)) for heading in _filled(headings))
    others = (f"{said} = {column.name}" for said, column in meant if column and plain(said) != plain(column.name))
    return [f"{table.source}: taken as {': '.join(filter(None, (kind.file, ', '.join(others))))}"]


def _is_exactly(kind: Sheet, headings: Sequence[str]) -> bool:
    """Say whether the headings are the kind's own, as kw writes them."""
    own = {plain(column.name) for column in kind.columns}
    said = [plain(tidy(heading)) for heading in headings if heading.strip()]
    return set(said) <= own and all(plain(column.name) in said for column in kind.columns if column.required)


def _from_headings(table: Table) -> list[tuple[int, Sequence[str]]]:
    """Return the rows of a sheet from its headings on: without what is blank above them, and the lines of a title."""
    rows = list(table.rows)
    while len(rows) > 1 and not _filled(rows[0][1]):
        rows.pop(0)
    for at, (_, cells) in enumerate(rows[:HEADINGS_WITHIN]):
        if any(kind.column_for(cell) for kind in SHEETS for cell in _filled(cells)):
            return rows[at:]
        if len(_filled(cells)) > TITLE_CELLS:
            break
    return rows


def _filled(cells: Sequence[str]) -> list[str]:
    return [cell for cell in cells if cell.strip()]


def _not_read(table: Table, rows: int, why: str) -> str:
    return f"{table.source}: {say_count(rows, 'row')} not read, {why}"


def _csv_rows(path: Path) -> Lines:
    try:
        _look_at(path)
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from numbered(file)
    except UnicodeDecodeError as error:
        raise UnreadableError(f"is not UTF-8 text (byte {error.start}); save it as CSV UTF-8") from None
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror or type(error).__name__}") from None


def _look_at(path: Path) -> None:
    """Say what the file is, where it is not a text: raises `UnreadableError`."""
    with path.open("rb") as file:
        start = file.read(LOOKED_AT)
    if not start.strip():
        raise UnreadableError(EMPTY)
    if b"\x00" in start:
        raise UnreadableError(NO_TEXT)
