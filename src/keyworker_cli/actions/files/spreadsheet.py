"""The sheets of a spreadsheet as rows of text, written as a CSV file would have them (help: files)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from keyworker_cli.actions.files.unreadable import UnreadableError


def sheet_names(path: Path) -> list[str]:
    """Return the names of the sheets of a workbook; raises `UnreadableError`."""
    return _open(path).sheet_names


def sheet_rows(path: Path, name: str) -> Iterator[list[str]]:
    """Yield the rows of one sheet, the first of them as the first; raises `UnreadableError`."""
    for row in _open(path).get_sheet_by_name(name).to_python(skip_empty_area=False):
        yield [_text(cell) for cell in row]


def _open(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(path)
    except (CalamineError, OSError) as error:
        raise UnreadableError(str(error)) from None


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return f"{cell.hour:02}:{cell.minute:02}"
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return str(cell)
