"""What a workbook's own XML says of its cells that the reading library does not: errors, no value, and how far it goes.

Whatever is not XML to the letter is refused, so that nothing is read in two ways. Nothing in it is followed.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from posixpath import normpath
from typing import Any, Final
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile
from zlib import error as DeflateError  # noqa: N812 - zlib names it in small letters

from keyworker_cli.actions.files.reading.unreadable import UnreadableError
from keyworker_cli.rules.files.cells import say_error

MOST_CELLS: Final = 20_000_000
"""What a sheet's extent may hold: 600,000 rows of 30 columns, and no more than memory has room for."""
MOST_BYTES: Final = 1 << 30
"""What a workbook may be when it is unpacked."""

NO_VALUE: Final = "a formula without a value: open the workbook, let it calculate, and save it again"
_BOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_OPEN_DOCUMENT: Final = "content.xml"
_BINARY: Final = "xl/workbook.bin"
_LETTERS: Final = 26
_READ_AT_ONCE: Final = 1 << 20
BROKEN: Final = "is a workbook that is broken; open it and save it again"

_NAMED: Final = 100
"""Of how many rows and columns that one cell stands for an error is told."""
_ERRORS: Final = ("#", "Err:")
"""How an `.ods` shows an error, where the program that wrote it does not say that it is one."""

Place = tuple[int, int]
"""The row and the column of a cell, both from 0."""
Started = Callable[[str, dict[str, str], expat.XMLParserType], None]
Ended = Callable[[str, expat.XMLParserType], None]


@dataclass(frozen=True, slots=True)
class Doubtful:
    """The cells of a sheet that hold an error, or a formula whose value was never stored."""

    cells: dict[Place, str] = field(default_factory=dict)


def look_over(content: bytes) -> dict[str, Doubtful]:
    """Return the doubtful cells of each sheet of an `.xlsx`, `.xlsm` or `.ods`, by name.

    A workbook is given to the reading library only after this, since it ends the program where memory is short.

    Raises `UnreadableError` for one that is broken, or that would unpack to more than there is room for.
    """
    try:
        with ZipFile(BytesIO(content)) as book:
            _check_whole(book)
            names = set(book.namelist())
            if _BINARY in names:
                raise UnreadableError("is a binary workbook (.xlsb); open it and save it as .xlsx")
            if _OPEN_DOCUMENT in names:
                return _of_tables(book.read(_OPEN_DOCUMENT))
            return {name: _of_sheet(book.read(path), name) for name, path in _sheets(book) if path in names}
    except (BadZipFile, LookupError, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, DeflateError):
        raise UnreadableError(BROKEN) from None
    except expat.ExpatError:
        raise UnreadableError(BROKEN) from None


def _check_whole(book: ZipFile) -> None:
    """Read every part once: each is as long as it says, and together they are no more than there is room for."""
    parts = book.infolist()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_BYTES:
        raise UnreadableError(f"would unpack to {unpacked / 1e9:.1f} GB; more than 1 GB is not read")
    if max(Counter(part.filename.casefold() for part in parts).values(), default=1) > 1:
        raise BadZipFile("two parts of one name")
    for part in parts:
        with book.open(part) as file:
            while file.read(_READ_AT_ONCE):
                pass


def _sheets(book: ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name and the path of each sheet."""
    targets: dict[str, str] = {}
    sheets: list[tuple[str, str]] = []

    def relation(tag: str, said: dict[str, str], parser: expat.XMLParserType) -> None:
        if tag == "Relationship":
            targets[said.get("Id", "")] = said.get("Target", "")

    def sheet(tag: str, said: dict[str, str], parser: expat.XMLParserType) -> None:
        if tag == "sheet":
            sheets.append((said.get("name", ""), next((said[key] for key in said if key.endswith(":id")), "")))

    _parse(book.read(_RELATIONS), relation)
    _parse(book.read(_BOOK), sheet)
    for name, key in sheets:
        target = targets.get(key, "")
        yield name, target.lstrip("/") if target.startswith("/") else normpath(f"xl/{target}")


def _parse(xml: bytes, start: Started, end: Ended | None = None) -> None:
    """Tell of each tag by its name without a prefix. Raises `ExpatError`; `ValueError` where it declares entities."""
    parser = expat.ParserCreate()
    names: dict[str, str] = {}

    def of(tag: str) -> str:
        return names.get(tag) or names.setdefault(tag, tag.rpartition(":")[2])

    def entity(*declared: Any) -> None:
        raise ValueError("no workbook declares entities")

    parser.StartElementHandler = lambda tag, said: start(of(tag), said, parser)
    if end is not None:
        parser.EndElementHandler = lambda tag: end(of(tag), parser)
    parser.EntityDeclHandler = entity
    parser.Parse(xml, True)


@dataclass
class _SheetReader:
    """Goes through the cells of a sheet of `.xlsx`: a cell that does not say its place stands behind the one before."""

    found: dict[Place, str] = field(default_factory=dict)
    row: int = -1
    column: int = -1
    rows: int = 0
    columns: int = 0
    is_error: bool = False
    is_formula: bool = False
    held: str = ""

    def start(self, tag: str, said: dict[str, str], parser: expat.XMLParserType) -> None:
        """Go into a row, a cell, or what is in one."""
        if tag == "c":
            self._begin_cell(said)
        elif tag == "row":
            self.row, self.column = int(said.get("r", self.row + 2)) - 1, -1
        elif tag == "f":
            self.is_formula = True
        elif tag in ("v", "is") and (self.is_error or self.is_formula):
            parser.CharacterDataHandler = self._hold

    def end(self, tag: str, parser: expat.XMLParserType) -> None:
        """Come out of it again."""
        if tag in ("v", "is"):
            parser.CharacterDataHandler = None
        elif tag == "c" and self.is_error:
            self.found[self.row, self.column] = say_error(self.held or "an error")
        elif tag == "c" and self.is_formula and not self.held:
            self.found[self.row, self.column] = NO_VALUE

    def _begin_cell(self, said: dict[str, str]) -> None:
        place = said.get("r")
        if place is None:
            self.column += 1
        else:
            letters = place.rstrip("0123456789")
            self.row, self.column = int(place[len(letters) :]) - 1, _column(letters)
        self.rows, self.columns = max(self.rows, self.row + 1), max(self.columns, self.column + 1)
        self.is_error, self.is_formula, self.held = said.get("t") == "e", False, ""

    def _hold(self, text: str) -> None:
        self.held += text


def _of_sheet(xml: bytes, name: str) -> Doubtful:
    reader = _SheetReader()
    _parse(xml, reader.start, reader.end)
    _check_extent(name, reader.rows, reader.columns)
    return Doubtful(reader.found)


def _column(letters: str) -> int:
    if not (letters.isascii() and letters.isalpha()):
        raise ValueError("a cell of no column")
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number - 1


@dataclass
class _TablesReader:
    """Goes through the tables of an `.ods`, in which a cell and a row may stand for many."""

    sheets: dict[str, Doubtful] = field(default_factory=dict)
    name: str = ""
    row: int = 0
    first: int = 0
    column: int = 0
    rows: int = 0
    columns: int = 0
    times: int = 1
    is_error: bool = False
    is_formula: bool = False
    held: str = ""

    def start(self, tag: str, said: dict[str, str], parser: expat.XMLParserType) -> None:
        """Go into a table, a row or a cell."""
        if tag == "table":
            self.name, self.row, self.rows, self.columns = said.get("table:name", ""), 0, 0, 0
            self.sheets[self.name] = Doubtful()
        elif tag == "table-row":
            self.column, self.times = 0, int(said.get("table:number-rows-repeated", 1))
        elif tag in ("table-cell", "covered-table-cell"):
            self.first, self.column = self.column, self.column + int(said.get("table:number-columns-repeated", 1))
            self.is_error = said.get("calcext:value-type") == "error"
            self.is_formula, self.held = "table:formula" in said, ""
            if "office:value-type" in said or self.is_formula:
                self.rows, self.columns = max(self.rows, self.row + self.times), max(self.columns, self.column)
        elif tag == "p":
            parser.CharacterDataHandler = self._hold

    def end(self, tag: str, parser: expat.XMLParserType) -> None:
        """Come out of it again."""
        if tag == "p":
            parser.CharacterDataHandler = None
        elif tag == "table-cell" and (self.is_error or (self.is_formula and self.held.startswith(_ERRORS))):
            self._doubt(say_error(self.held or "an error"))
        elif tag == "table-row":
            self.row += self.times
        elif tag == "table":
            _check_extent(self.name, self.rows, self.columns)

    def _doubt(self, why: str) -> None:
        for row in range(self.row, self.row + min(self.times, _NAMED)):
            for column in range(self.first, min(self.column, self.first + _NAMED)):
                self.sheets[self.name].cells[row, column] = why

    def _hold(self, text: str) -> None:
        self.held += text


def _of_tables(xml: bytes) -> dict[str, Doubtful]:
    reader = _TablesReader()
    _parse(xml, reader.start, reader.end)
    return reader.sheets


def _check_extent(name: str, rows: int, columns: int) -> None:
    if rows * columns > MOST_CELLS:
        extent = f"{rows:,} rows of {columns:,} columns"
        raise UnreadableError(
            f"sheet {name} reaches over {extent}, more than {MOST_CELLS:,} cells; delete what is far out and save it"
        )
