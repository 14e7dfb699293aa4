"""A prison's own sheets in a line: `sheets.csv("alpha", "NOMS Number,Last Name,First Name", "A1234BC,ADAMS,ALAN")`."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

Rows = Sequence[Sequence[Any]]


class PrisonSheets:
    """A folder of files as a prison has them; all people in them are invented."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir()

    def csv(self, name: str, *lines: str, encoding: str = "utf-8-sig") -> Path:
        """Write a text file, as the official service does unless told otherwise."""
        path = self.path / f"{name}.csv"
        path.write_text("\r\n".join([*lines, ""]), encoding=encoding)
        return path

    def workbook(self, name: str, /, date_1904: bool = False, **sheets: Rows) -> Path:
        """Write a workbook with true dates and numbers."""
        path = self.path / name
        book = xlsxwriter.Workbook(path, {"date_1904": date_1904, "strings_to_formulas": False})
        day, clock = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "hh:mm"})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, datetime):
                        sheet.write_datetime(at, column, cell, clock)
                    elif isinstance(cell, date):
                        sheet.write_datetime(at, column, datetime.combine(cell, datetime.min.time()), day)
                    elif callable(cell):
                        cell(sheet, at, column)
                    elif cell is not None:
                        sheet.write(at, column, cell)
        book.close()
        return path
