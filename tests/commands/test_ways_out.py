"""Out again: the plan as an upload of appointments, the old contact report, and one workbook that comes back."""

import pytest

from commands.prison_sheets import PrisonSheets
from databases import rows
from factories import world


@pytest.fixture
@world
def wing(prison):
    prison.officer("SHAH", name="Nadia Shah")
    prison.prisoner("A1234BC", arrived="2026-01-05", name="Sam Alder")
    prison.prisoner("B2345CD", arrived="2026-01-05", name="Tom Birch", location="B-1-002")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    prison.session("A1234BC", "SHAH", "2026-05-04", note="=1+1, 'quoted'")
    prison.slot("SHAH", "2026-05-13", "09:00", "10:30")
    return prison


def test_a_plan_is_the_official_upload_to_the_letter(kw, wing, tmp_path):
    file = tmp_path / "appointments.csv"

    shown = kw("plan --date tomorrow --format dps-appointments")
    kw(f"plan --date tomorrow --format dps-appointments --output {file}")

    assert shown.out == "Prison number,Start time,End time\r\nB2345CD,09:00,09:45\r\nA1234BC,09:45,10:30\r\n"
    assert file.read_bytes().startswith(b"Prison number,Start time,End time\r\n")


def test_another_report_is_no_list_of_appointments(kw, wing):
    said = kw("overdue --format dps-appointments")

    assert (said.code, "kw plan" in said.err) == (2, True)


def test_everyone_in_the_shape_of_the_old_report(kw, wing):
    said = kw("overdue --like-ors")

    assert "No. of days since last contact" in said.out
    lines = [line.split() for line in said.out.splitlines() if line.startswith(("A1234BC", "B2345CD"))]
    assert [line[0] for line in lines] == ["B2345CD", "A1234BC"]
    assert [line[-3:] for line in lines] == [["127", "Yes", "Yes"], ["8", "Yes", "No"]]


def test_one_workbook_comes_back_as_it_was(kw, wing, tmp_path):
    book, before, after, other = (tmp_path / name for name in ("out.xlsx", "before", "after", "other.db"))

    kw(f"export {book}")
    kw(f"import {book} --db {other}")

    kw(f"export {before}")
    kw(f"export {after} --db {other}")
    assert (before / "sessions.csv").read_bytes() == (after / "sessions.csv").read_bytes()
    assert (before / "prisoners.csv").read_bytes() == (after / "prisoners.csv").read_bytes()
    again = kw(f"export {book}")
    assert (again.code, "is there already" in again.err) == (5, True)


@pytest.mark.sqlite_file  # the database is not made yet
def test_a_new_prison_is_asked_its_code_and_its_name(kw, database):
    said = kw("init", answers=["four", "MKX", "HMP Marrick"])

    assert "is not allowed for prison.code" in said.err
    assert rows(database, "SELECT key, value FROM setting ORDER BY key") == [
        ("prison.code", "MKX"),
        ("prison.name", "HMP Marrick"),
    ]


def test_a_session_typed_later_takes_the_place_of_the_date_in_the_list(kw, tmp_path, database):
    sheets = PrisonSheets(tmp_path / "lists")
    head = ("NOMS No", "Surname", "Forename", "Key worker", "Last KW session", "Arrived")
    path = sheets.workbook(
        "roll.xlsx", Roll=(head, ("A1234BC", "Alder", "Sam", "Ruth Bramley", "05/05/2026", "01/02/2026"))
    )
    kw(f"import {path} --yes")

    said = kw("log-session A1234BC --minutes 45 --by BRAMLEY-R --on 2026-05-05")

    assert said.code == 0, said.err
    assert rows(database, "SELECT minutes, source FROM session WHERE voided_at IS NULL") == [(45, None)]
