"""Whether the container of an old workbook (`.xls`) says of itself what it is long enough for.

The library that reads it makes room for as much as is said there, and ends the program where memory is short.
"""

import re
from collections.abc import Iterator
from struct import Struct, unpack_from
from typing import Final

from keyworker_cli.actions.files.reading.unreadable import UnreadableError
from keyworker_cli.actions.files.reading.workbook_xml import BROKEN, MOST_CELLS

_SECTOR_BYTES: Final = {9: 512, 12: 4096}
"""By the power of two that the header has; what stands there otherwise is no sector."""
_HEADER: Final = 512
_SHIFT, _COUNTS, _FIRST_FOLDER, _FIRST_TABLES = 30, (40, 44, 64, 72), 48, 76
_MOST_TABLES: Final = 109
_NO_SECTOR: Final = 0xFFFFFFFA
_ENTRY: Final = 128
_SIZE: Final = 120
_NUMBER: Final = Struct("<I")
_EXTENTS: Final = (
    (re.compile(rb"\x00\x02\x0e\x00(?=(.{12}))", re.DOTALL), Struct("<IIHH")),
    (re.compile(rb"\x00\x02\x0a\x00(?=(.{8}))", re.DOTALL), Struct("<HHHH")),
)
"""How a sheet says how far it reaches, in the two ways there are: its first row, the row behind its last, columns."""


def check_container(content: bytes) -> None:
    """Raise `UnreadableError` for a container that says to be larger than the file is, or whose folder has no end."""
    shift = unpack_from("<H", content, _SHIFT)[0] if len(content) > _HEADER else 0
    sector = _SECTOR_BYTES.get(shift)
    if sector is None or any(_number(content, at) * sector > len(content) for at in _COUNTS):
        raise UnreadableError(BROKEN)
    for entry in _entries(content, sector):
        size: int = unpack_from("<Q" if sector > _HEADER else "<I", entry, _SIZE)[0]
        if size > len(content):
            raise UnreadableError(BROKEN)
    for begins, numbers in _EXTENTS:
        for said in begins.findall(content):
            top, bottom, left, right = numbers.unpack(said)
            if bottom < top or right < left or (bottom - top + 1) * (right - left + 1) > MOST_CELLS:
                raise UnreadableError(BROKEN)


def _entries(content: bytes, sector: int) -> Iterator[bytes]:
    """Yield the entries of its folder, in the sectors that hold it one after another."""
    table = b"".join(_sectors(content, sector))
    at, seen = _number(content, _FIRST_FOLDER), 0
    while at < _NO_SECTOR:
        seen += 1
        held = content[(at + 1) * sector : (at + 2) * sector]
        if len(held) < sector or seen * sector > len(content):
            raise UnreadableError(BROKEN)
        yield from (held[start : start + _ENTRY] for start in range(0, sector, _ENTRY))
        if (at + 1) * 4 > len(table):  # what follows stands in the rest of a longer table
            return
        at = _number(table, at * 4)


def _sectors(content: bytes, sector: int) -> Iterator[bytes]:
    """Yield the sectors of the table that says which one follows which; a file of more than 7 MB has more of them."""
    for place in range(_MOST_TABLES):
        at = _number(content, _FIRST_TABLES + 4 * place)
        if at < _NO_SECTOR:
            yield content[(at + 1) * sector : (at + 2) * sector]


def _number(content: bytes, at: int) -> int:
    return int(_NUMBER.unpack_from(content, at)[0])
