"""What a workbook's own XML says of its cells that the reading library does not: errors, no value, and how far it goes.

Read as text, with no parser of XML: nothing in it is followed or expanded.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as DeflateError  # noqa: N812 - zlib names it in small letters

from keyworker_cli.actions.files.unreadable import UnreadableError

MOST_CELLS: Final = 20_000_000
"""What a sheet's extent may hold: 600,000 rows of 30 columns, and no more than memory has room for."""
MOST_BYTES: Final = 1 << 30
"""What a workbook may be when it is unpacked."""

_SHEET: Final = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_ATTRIBUTE: Final = re.compile(rb'([\w:]+)="([^"]*)"')
_RELATION: Final = re.compile(rb"<Relationship\s[^>]*>")
_CELL: Final = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_VALUE: Final = re.compile(rb"<(?:\w+:)?(?:v|is)(?:\s[^>]*)?>(.*?)</(?:\w+:)?(?:v|is)>", re.DOTALL)
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s>/]")
_PLACE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_LETTERS: Final = 26


@dataclass(frozen=True, slots=True)
class Doubtful:
    """The cells of a sheet that hold an error, or a formula whose value was never stored: by row and column from 0."""

    cells: dict[tuple[int, int], str] = field(default_factory=dict)


def look_over(content: bytes) -> dict[str, Doubtful]:
    """Return the doubtful cells of each sheet of an `.xlsx` or `.xlsm` by name.

    Raises `UnreadableError` for one that is broken, or that would unpack to more than there is room for.
    """
    try:
        with ZipFile(BytesIO(content)) as book:
            _check_size(book.infolist())
            return {name: Doubtful(dict(_doubtful(book.read(path), name))) for name, path in _sheets(book)}
    except (BadZipFile, KeyError, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, DeflateError):
        raise UnreadableError("is a workbook that is broken; open it and save it again") from None


def _check_size(parts: list[ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_BYTES:
        raise UnreadableError(f"would unpack to {unpacked / 1e9:.1f} GB; more than 1 GB is not read")


def _sheets(book: ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name and the path of each sheet."""
    names = set(book.namelist())
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return
    targets = {}
    for tag in _RELATION.findall(book.read("xl/_rels/workbook.xml.rels")):
        said = dict(_ATTRIBUTE.findall(tag))
        targets[said.get(b"Id", b"")] = said.get(b"Target", b"").decode(errors="replace")
    for tag in _SHEET.findall(book.read("xl/workbook.xml")):
        said = dict(_ATTRIBUTE.findall(tag))
        target = next((targets.get(value, "") for key, value in said.items() if key.endswith(b":id")), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if path in names:
            yield _unescaped(said.get(b"name", b"").decode(errors="replace")), path


def _doubtful(xml: bytes, name: str) -> Iterator[tuple[tuple[int, int], str]]:
    last_row = last_column = 0
    for attributes, inside in _CELL.findall(xml):
        said = dict(_ATTRIBUTE.findall(attributes))
        place = _PLACE.fullmatch(said.get(b"r", b"").decode(errors="replace"))
        if place is None:
            continue
        row, column = int(place[2]) - 1, _column(place[1])
        last_row, last_column = max(last_row, row), max(last_column, column)
        value = _VALUE.search(inside)
        held = value[1].decode(errors="replace") if value else ""
        if said.get(b"t") == b"e":
            yield (row, column), f"{held or 'an error'} is an error of the spreadsheet"
        elif not held and _FORMULA.search(inside):
            yield (row, column), "a formula without a value: open the workbook, let it calculate, and save it again"
    if (last_row + 1) * (last_column + 1) > MOST_CELLS:
        extent = f"{last_row + 1:,} rows of {last_column + 1:,} columns"
        raise UnreadableError(
            f"sheet {name} reaches over {extent}, more than {MOST_CELLS:,} cells; delete what is far out and save it"
        )


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number - 1


def _unescaped(text: str) -> str:
    for mark, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(mark, letter)
    return text
