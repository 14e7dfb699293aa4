"""The sheets of a spreadsheet as rows of text, written as a CSV file would have them: .xlsx, .xlsm, .xls and .ods."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any, Final

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from keyworker_cli.actions.files.reading.old_workbook import check_container
from keyworker_cli.actions.files.reading.reading_apart import check_survives
from keyworker_cli.actions.files.reading.unreadable import UnreadableError
from keyworker_cli.actions.files.reading.workbook_xml import BROKEN, Doubtful, Place, look_over
from keyworker_cli.rules.files.cells import BrokenCell, DayCell
from keyworker_cli.rules.typed import LONGEST_TEXT, NOTHING

LARGEST_FILE: Final = 256 << 20
_STDERR: Final = 2
ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0"
PROTECTED: Final = "is protected by a password; open it, save it without one, and import that"
_ENCRYPTED_PART: Final = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Workbook:
    """An open workbook, and what its own XML says of cells that are not what they seem."""

    book: CalamineWorkbook
    doubtful: dict[str, Doubtful] | None

    @property
    def sheet_names(self) -> list[str]:
        """The names of its sheets, those of charts and macros apart."""
        return [sheet.name for sheet in self.book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]

    def is_hidden(self, name: str) -> bool:
        """Say whether nobody sees a sheet: what is on it may be long out of date."""
        return any(one.name == name and one.visible != SheetVisibleEnum.Visible for one in self.book.sheets_metadata)

    def rows(self, name: str) -> Iterator[list[str]]:
        """Yield the rows of one sheet, the first of them as the first; raises `UnreadableError`."""
        broken = self._doubtful_cells(name)
        try:
            with _hushed():
                sheet = self.book.get_sheet_by_name(name)
                rows = sheet.to_python(skip_empty_area=False)
            _spread(rows, sheet.merged_cell_ranges or ())
        except BaseException as error:
            raise _unreadable(error) from None
        for at, row in enumerate(rows):
            cells = [_text(cell) for cell in row]
            if broken:
                for column in range(len(cells)):
                    if (at, column) in broken:
                        cells[column] = BrokenCell(broken[at, column])
            yield cells

    def _doubtful_cells(self, name: str) -> dict[Place, str]:
        if self.doubtful is None:  # of a kind that nothing more is known of
            return {}
        if name not in self.doubtful:
            raise UnreadableError(BROKEN)
        return self.doubtful[name].cells


def _spread(rows: list[list[Any]], merged: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Put what stands in a cell that was merged downwards into each row it reaches over: it is said of all of them."""
    for (top, column), (bottom, _) in merged:
        for row in rows[top + 1 : bottom + 1]:
            row[column] = rows[top][column]


def open_workbook(content: bytes) -> Workbook:
    """Open a workbook; raises `UnreadableError`, whatever the reading library has to say against it."""
    if len(content) > LARGEST_FILE:
        raise UnreadableError(f"has {len(content) >> 20:,} MB; a spreadsheet of more than 256 MB is not read")
    if content.startswith(OLE) and _ENCRYPTED_PART in content:
        raise UnreadableError(PROTECTED)
    if content.startswith(OLE):
        check_container(content)
        check_survives(content)
    doubtful = look_over(content) if content.startswith(ZIP) else None
    try:
        with _hushed():
            return Workbook(CalamineWorkbook.from_filelike(BytesIO(content)), doubtful)
    except BaseException as error:
        raise _unreadable(error) from None


@contextmanager
def _hushed() -> Iterator[None]:
    """Let the library say nothing itself: where it gives up on a broken file it tells stderr where in its own code."""
    try:
        kept = os.dup(_STDERR)
    except OSError:  # it is closed
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, _STDERR)
        yield
    finally:
        os.dup2(kept, _STDERR)
        os.close(kept)
        os.close(nowhere)


def _unreadable(error: BaseException) -> UnreadableError:
    """Return what is said of a workbook that the library cannot read; it also ends in what is no `Exception`."""
    if isinstance(error, KeyboardInterrupt | SystemExit):
        raise error
    if isinstance(error, PasswordError):
        return UnreadableError(PROTECTED)
    return UnreadableError("is not a spreadsheet that can be read; open it and save it again as .xlsx, or as CSV")


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    if isinstance(cell, datetime):
        return _day(cell.date()) if cell.time() == time() else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date):
        return _day(cell)
    if isinstance(cell, time):
        return f"{cell.hour:02}:{cell.minute:02}"
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return _words(str(cell))


def _words(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        return BrokenCell(f"a text of {len(text):,} characters; {LONGEST_TEXT:,} is the most")
    return text.replace(NOTHING, "")


def _day(day: date) -> str:
    return DayCell(day.isoformat())
