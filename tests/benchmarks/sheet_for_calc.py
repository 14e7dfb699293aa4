"""The list of prisoners not seen as a spreadsheet: a sheet of those here, one of all sessions, a formula for each.

`python sheet_for_calc.py FOLDER DAY FILE.xlsx` makes it; a spreadsheet program then works out who was unseen how long.
"""

import csv
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import xlsxwriter

FIRST_DAY = date(1899, 12, 30)


def rows_of(file: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file."""
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def number_of(day: str) -> int:
    """Return a date as spreadsheets count it."""
    return (date.fromisoformat(day) - FIRST_DAY).days


def holds(first: str, last: str, on: str) -> bool:
    """Say whether a span that may have no end holds on a day."""
    return first <= on and (not last or last > on)


def make(folder: Path, on: str, file: Path) -> None:
    """Write the sheet."""
    away = {row["prison_number"] for row in rows_of(folder / "absences.csv") if holds(row["from"], row["to"], on)}
    stays = [row for row in rows_of(folder / "prisoners.csv") if holds(row["arrived_on"], row["left_on"], on)]
    prisoners = [row for row in stays if not row["out_of_scope_from"] or row["out_of_scope_from"] > on]
    main = {other: row["prison_number"] for row in prisoners for other in row["also_known_by"].split(";")}
    book = xlsxwriter.Workbook(file)
    overdue, sessions = book.add_worksheet("overdue"), book.add_worksheet("sessions")
    for at, row in enumerate(rows_of(folder / "sessions.csv")):
        number = row["prison_number"]
        cells = [main.get(number, number), number_of(row["held_on"]), row["type"], row["outcome"], int(row["minutes"])]
        sessions.write_row(at, 0, cells)
    last = at + 1
    him, held, kind, outcome, minutes = (f"sessions!${letter}$1:${letter}${last}" for letter in "ABCDE")
    today = number_of(on)
    for at, row in enumerate(prisoner for prisoner in prisoners if prisoner["prison_number"] not in away):
        overdue.write_row(at, 0, [row["prison_number"], number_of(row["arrived_on"])])
        counted = f'{kind},"KS",{outcome},"COMPLETED",{minutes},">=15",{held},"<={today}"'
        seen = f"_xlfn.MAXIFS({held},{him},A{at + 1},{counted})"
        overdue.write_formula(at, 2, f"={today}-MAX(B{at + 1},{seen})", None, "")
    book.close()


if __name__ == "__main__":
    make(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
