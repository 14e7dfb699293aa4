"""What files hold beside their records: errors of spreadsheets, other encodings, absurd extents, odd headings."""

import json
import random
from datetime import date
from pathlib import Path

import pytest

from commands.prison_sheets import PrisonSheets
from databases import rows
from keyworker_cli.actions.files.reading.input_files import find_files

HEADINGS = ("NOMS No", "Surname", "Forename", "Cell", "Date in")
ALDER = ("A1234BC", "Alder", "Sam", "B-1-001", "05/01/2026")


@pytest.fixture
def sheets(tmp_path) -> PrisonSheets:
    return PrisonSheets(tmp_path / "odd")


@pytest.mark.parametrize(
    "heading", ["NOMS No", "NOMS Number", "NOMIS No", "NOMIS Number", "Prison No.", "Prison Number", "Prisoner number"]
)
def test_a_prison_number_by_any_of_its_names(kw, sheets, database, heading):
    path = sheets.workbook("roll.xlsx", Roll=((heading, *HEADINGS[1:]), ALDER))

    kw(f"import {path} --yes")

    assert rows(database, "SELECT prison_number FROM person") == [("A1234BC",)]


def test_what_is_under_and_between_the_rows_is_left_out_and_named_and_no_prisoner_is(kw, sheets, database):
    lines = (
        *("NOMS No,Surname,Cell", "Landing 1,,", "a 1234 bc,COUNT,B 1 001", "Subtotal,1,", "B2345CD,TOTAL,B-1-002"),
        *("NOMS No,Surname,Cell", "", "Printed by J Smith on 12/05/2026,,", "Page 1 of 1", "Grand total 2,,"),
    )
    path = sheets.csv("wing", *lines)

    said = kw(f"import {path} --yes --arrived 2026-05-01")

    assert rows(
        database, "SELECT prison_number, last_name, location FROM person JOIN stay ON person_id = person.id"
    ) == [
        ("A1234BC", "Count", "B-1-001"),
        ("B2345CD", "Total", "B-1-002"),
    ]
    assert "left out: 3 rows, a title or a footer (lines 2, 8, 9)" in said.err
    assert "left out: 2 rows, a total (lines 4, 10)" in said.err


def test_a_number_with_a_slip_in_it_is_never_a_title_or_a_total(kw, sheets, database):
    said = kw(f"import {sheets.csv('wing', 'NOMS No,Surname,Cell', 'A123BC,,', 'A12345BC,COUNT,')} --yes")

    assert (said.code, "2 bad rows" in said.err) == (6, True)


def test_a_footer_and_a_total_under_sessions_are_left_out_and_named(kw, sheets, prison, database):
    prison.officer("SHAH")
    prison.prisoner("A1234BC", arrived="2026-01-05")
    heading = "Prison number,Officer,Date,Minutes"
    lines = ("a 1234 bc,SHAH,2026-05-01T23:00:00.000Z,45.0", heading, ",,Total,45", "Printed by J Smith")
    path = sheets.csv("sessions", heading, *lines)

    said, again = kw(f"import {path}"), kw(f"import {path}")

    assert "1 row left out, the headings again (line 3)" in said.err
    assert "1 row left out, a total (line 4)" in said.err
    assert "1 row left out, a title or a footer (line 5)" in again.err
    assert "1 same" in again.out
    assert rows(database, "SELECT held_on, minutes FROM session") == [("2026-05-02", 45)]


@pytest.mark.parametrize("named", ["Shah / Okafor", "Shah & Okafor", "Shah and Okafor"])
def test_two_key_workers_in_one_cell_are_asked_about_and_never_made_one(kw, sheets, named):
    path = sheets.csv("wing", "NOMS No,Surname,Key worker", "A1234BC,ALDER,Nadia Shah", f"B2345CD,BIRCH,{named}")

    said = kw(f"import {path} --yes --arrived 2026-05-01")

    assert (said.code, f"{named!r} names more than one" in said.err) == (6, True)


@pytest.mark.parametrize(
    ("wing", "place"), [("B Wing", "B-1-001"), ("Houseblock 2", "HB2-1-001"), ("HB 2", "HB2-1-001")]
)
def test_a_wing_in_words_stands_before_its_cells(kw, sheets, database, wing, place):
    path = sheets.csv("wing", "NOMS No,Surname,Wing,Cell", f"A1234BC,ALDER,{wing},1-001")

    kw(f"import {path} --yes --arrived 2026-05-01")

    assert rows(database, "SELECT location FROM stay") == [(place,)]


@pytest.mark.parametrize(("heading", "known"), [("Reception Date", False), ("Date in", True)])
def test_a_reception_date_beside_a_sentences_dates_begins_no_stay(kw, sheets, database, heading, known):
    path = sheets.workbook("omu.xlsx", OMU=((*HEADINGS[:4], "CRD", heading), (*ALDER[:4], "01/01/2028", "01/02/2025")))

    said = kw(f"import {path} --arrived 2026-05-01 --yes")

    assert (f"{heading!r} may be of the sentence, not of this stay: it begins no stay" in said.err) is not known
    assert rows(database, "SELECT arrived_on FROM stay") == [("2025-02-01" if known else "2026-05-01",)]


@pytest.mark.parametrize("heading", ["Reception date", "Date in", "Arrived"])
@pytest.mark.parametrize(
    "day", ["05/01/2026", "2026-01-05T00:00:00", "2026-01-04 23:30:00 -0100", date(2026, 1, 5), "Mon 5 Jan 2026"]
)
def test_a_day_of_arrival_by_any_of_its_names_however_it_is_written(kw, sheets, database, heading, day):
    path = sheets.workbook("roll.xlsx", Roll=((*HEADINGS[:4], heading), (*ALDER[:4], day)))

    kw(f"import {path} --yes")

    assert rows(database, "SELECT arrived_on FROM stay") == [("2026-01-05",)]


def test_a_reception_date_beside_a_booking_begins_no_stay(kw, sheets, database):
    path = sheets.workbook(
        "roll.xlsx", Roll=(("Booking No", *HEADINGS[:4], "Reception date"), ("X1", *ALDER[:4], "05/01/2019"))
    )

    said = kw(f"import {path} --yes")

    assert "may be of the sentence, not of this stay" in said.err
    assert rows(database, "SELECT arrived_on FROM stay") == [("2026-05-12",)]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("O'NEILL", "O'Neill"),
        ("O’Neill", "O’Neill"),
        ("AL-HASSAN", "Al-Hassan"),
        ("Šašić", "Šašić"),
        ("MÜLLER", "Müller"),
        ("McDonald", "McDonald"),
    ],
)
def test_names_are_kept_as_they_are_spelled_and_capitals_are_not(kw, sheets, database, written, name):
    path = sheets.workbook("roll.xlsx", Roll=(HEADINGS, ("A1234BC", written, *ALDER[2:])))

    kw(f"import {path} --yes")

    assert rows(database, "SELECT last_name FROM person") == [(name,)]


def test_a_surname_and_forename_in_one_cell(kw, sheets, database):
    path = sheets.workbook("roll.xlsx", Roll=(("NOMS No", "Name", "Cell"), ("A1234BC", "ALDER, Sam", "B-1-001")))

    kw(f"import {path} --yes")

    assert rows(database, "SELECT first_name, last_name FROM person") == [("Sam", "Alder")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_text_files_however_they_were_saved(kw, sheets, database, encoding, mark):
    path = sheets.csv("roll", mark.join(HEADINGS), mark.join(("A1234BC", "Müller", *ALDER[2:])), encoding=encoding)

    said = kw(f"import {path} --yes")

    assert said.code == 0, said.err
    assert rows(database, "SELECT last_name FROM person") == [("Müller",)]


def test_kws_own_files_in_another_encoding_are_read_as_well(kw, sheets, database):
    head, row = "prison_number;arrived_on;last_name;first_name", "A1234BC;2026-01-05;Müller;Sam"
    path = sheets.csv("prisoners", head, row, encoding="cp1252")

    said = kw(f"import {path}")

    assert "read as Windows text (cp1252)" in said.err
    assert rows(database, "SELECT last_name FROM person") == [("Müller",)]


OWN = ("prison_number", "arrived_on", "last_name", "first_name")
ADAMS = ("A1234BC", "05/01/2026", "Adams", "Al")


@pytest.mark.parametrize(
    ("name", "headings", "said"),
    [
        ("prisoners", OWN, ""),
        ("wing B", OWN, "wing B.xlsx sheet List: taken as prisoners.csv\n"),
        (
            *("wing B", ("Prison number", "Date in", "Surname", "Forename")),
            "wing B.xlsx sheet List: a unit's list of prisoners",
        ),
    ],
)
def test_headings_under_a_title_are_found_in_kws_own_files_too(kw, sheets, database, name, headings, said):
    path = sheets.workbook(f"{name}.xlsx", List=(("Wing B, 12 May 2026",), (), headings, ADAMS))

    answer = kw(["import", str(path), "--yes"])

    assert (answer.code, said in answer.err + answer.out) == (0, True)
    assert rows(database, "SELECT last_name FROM person") == [("Adams",)]


def test_sessions_by_the_headings_people_give_them_are_no_list_of_a_unit(kw, sheets, prison):
    prison.officer("SHAH", name="Nadia Shah")
    prison.prisoner("A1234BC", arrived="2026-01-05")
    path = sheets.csv("wing B", "Prison Number;Key Worker;Date;Minutes", "A1234BC;Shah;11/05/2026;45")

    said = kw(["import", str(path)])

    assert "wing B.csv: taken as sessions.csv: Key Worker = staff_id, Date = held_on" in said.err
    assert rows(prison.address, "SELECT minutes FROM session") == [(45,)]


def test_dates_of_1904_are_the_days_they_are(kw, sheets, database):
    path = sheets.workbook("roll.xlsx", date_1904=True, Roll=(HEADINGS, (*ALDER[:4], date(2026, 1, 5))))

    kw(f"import {path} --yes")

    assert rows(database, "SELECT arrived_on FROM stay") == [("2026-01-05",)]


def error_cell(sheet, at, column):
    sheet.write_formula(at, column, "=NA()", None, "#N/A")


def formula_without_value(sheet, at, column):
    sheet.write_formula(at, column, "=A1", None, "")


@pytest.mark.parametrize(
    ("cell", "said"), [(error_cell, "#N/A is an error of the spreadsheet"), (formula_without_value, "without a value")]
)
@pytest.mark.parametrize("sheet", ["Roll", "prisoners"])
def test_an_error_cell_is_refused_and_clears_nothing(kw, sheets, database, cell, said, sheet):
    head = ("prison_number", "last_name", "first_name", "location", "arrived_on") if sheet == "prisoners" else HEADINGS
    path = sheets.workbook("roll.xlsx", **{sheet: (head, (*ALDER[:3], cell, ALDER[4]))})

    answer = kw(f"import {path} --yes")

    assert (answer.code, said in answer.err, "line 2" in answer.err) == (6, True, True)


def test_days_with_the_month_first_are_one_line_and_never_asked_about_one_by_one(kw, sheets):
    days = ((f"A12{day:02}BC", *ALDER[1:4], f"5/{day}/2026") for day in range(1, 30, 4))
    path = sheets.workbook("roll.xlsx", Roll=(HEADINGS, *days))

    said = kw(f"import {path}", answers=[])

    assert said.code == 6
    assert "5/13/2026: the month stands first, and a file's dates are day first; give the column" in said.err


def test_what_is_wrong_is_said_in_the_words_of_the_sheet(kw, sheets):
    rows_ = (("NOMS No", "Surname", "Cell location"), ("A1234BC", "ALDER", "B-1-001-2"))
    path = sheets.workbook("roll.xlsx", Roll=rows_)

    assert "line 2, Cell location: 'B-1-001-2' is not a location" in kw(f"import {path} --yes").err


def test_a_location_that_excel_made_a_date_is_refused(kw, sheets):
    path = sheets.workbook("roll.xlsx", Roll=(HEADINGS, (*ALDER[:3], date(2003, 2, 1), ALDER[4])))

    said = kw(f"import {path} --yes")

    assert said.code == 6
    assert "line 2, Cell: '2003-02-01' is a date: the spreadsheet made one of a cell" in said.err


def test_a_name_that_excel_made_a_date_is_refused(kw, sheets):
    own = ("prison_number", "last_name", "first_name", "location", "arrived_on")
    for name, head, said in (("Roll", HEADINGS, "Surname"), ("prisoners", own, "last_name")):
        path = sheets.workbook(f"{name}.xlsx", **{name: (head, (ALDER[0], date(2026, 3, 1), *ALDER[2:]))})

        answer = kw(f"import {path} --yes")

        assert (answer.code, f"line 2, {said}: '2026-03-01' is a date" in answer.err) == (6, True), answer.err


def test_a_day_in_a_cell_of_words_is_what_it_says(kw, sheets, database):
    people = (("prison_number", "last_name", "first_name", "location", "arrived_on"), ALDER)
    events = (("prison_number", "code", "on", "detail"), ("A1234BC", "DEBT", "2026-05-01", date(2026, 3, 1)))
    path = sheets.workbook("all.xlsx", prisoners=people, events=events)

    said = kw(f"import {path} --yes")

    assert (said.code, rows(database, "SELECT detail FROM event")) == (0, [("2026-03-01",)]), said.err


SPREADSHEETS = Path(__file__).parent / "spreadsheets"


@pytest.mark.parametrize("name", ["roll FICTIONAL.xls", "roll FICTIONAL.ods", "roll FICTIONAL.xlsm"])
def test_a_spreadsheet_of_any_kind_with_its_true_dates(kw, database, name):
    said = kw(["import", str(SPREADSHEETS / name), "--yes"])

    listed = json.loads(kw("overdue --days 7 --format json").out)["rows"]
    assert said.code == 0, said.err
    assert {row["prison_number"]: row["days"] for row in listed} == {"A1234BC": 7, "B2345CD": 41}
    assert rows(database, "SELECT arrived_on FROM stay ORDER BY 1") == [("2026-01-05",), ("2026-02-01",)]


def test_a_real_workbook_behind_a_password_is_named_as_such(kw):
    said = kw(["import", str(SPREADSHEETS / "protected FICTIONAL.xlsx"), "--yes"])

    assert (said.code, "protected by a password; open it, save it without one" in said.err) == (6, True)


def test_a_workbook_behind_a_password_is_named_as_such(kw, sheets):
    path = sheets.path / "roll.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))

    said = kw(f"import {path} --yes")

    assert (said.code, "protected by a password" in said.err) == (6, True)


@pytest.mark.parametrize("seed", range(40))
def test_a_workbook_with_a_few_changed_bytes_is_read_or_refused_and_never_a_bug(kw, sheets, seed):
    path = sheets.workbook("roll.xlsx", Roll=(HEADINGS, ALDER))
    chance, content = random.Random(seed), bytearray(path.read_bytes())
    for _ in range(6):
        content[chance.randrange(len(content))] = chance.randrange(256)
    path.write_bytes(content)

    assert kw(f"import {path} --dry-run").code in (0, 6)


def test_every_file_of_the_lists_in_the_sample_data_is_marked_and_known():
    folder = Path(__file__).parents[2] / "sample_data" / "lists"

    found = find_files([folder], kind=None)

    assert {sheet.layout.name for sheet in found.sheets} == {
        "unit_list",
        "case_notes",
        "admissions",
        "alerts",
        "incentives",
    }
    assert all("FICTIONAL" in path.name for path in folder.iterdir())


def test_the_lists_of_the_sample_data_give_a_true_first_list(kw):
    folder = Path(__file__).parents[2] / "sample_data" / "lists"

    kw(f"import {folder} --yes")
    listed = json.loads(kw("overdue --days 7 --format json").out)["rows"]

    assert [(row["prison_number"], row["days"], row["state"]) for row in listed] == [
        ("B5002BB", 41, "serious"),
        ("A5001AA", 7, "due"),
    ]


def test_two_tables_on_one_sheet_are_each_read(kw, sheets, database):
    alerts = ("NOMS Number", "Alert Code", "Alert Effective Date")
    path = sheets.workbook("b.xlsx", B=(HEADINGS, ALDER, (), alerts, ("A1234BC", "HA", "01/05/2026")))

    said = kw(f"import {path} --yes")

    assert said.code == 0
    assert "b.xlsx sheet B from line 4" in said.err
    assert rows(database, "SELECT opened_on FROM acct") == [("2026-05-01",)]


def test_a_day_of_arrival_that_is_not_known_is_not_said_to_be_one_the_next_week(kw, sheets):
    path = sheets.workbook("b.xlsx", B=(HEADINGS[:4], ALDER[:4]))
    kw(f"import {path} --yes --here-since 2026-05-01")

    said = kw(f"import {path} --yes").err

    assert "here since before Fri 1 May 2026" in said
    assert "arrived" not in said


@pytest.mark.parametrize("meaning", ["key_worker", "key worker", "KW"])
def test_a_mapping_says_a_meaning_in_the_words_of_the_screen(kw, sheets, database, meaning):
    path = sheets.workbook("b.xlsx", B=((*HEADINGS, "Looked after by"), (*ALDER, "Hale, Jo")))
    mapping = path.with_name("own.toml")
    mapping.write_text(f'[headings]\n"Looked after by" = "{meaning}"\n')

    kw(f"import {path} --mapping {mapping} --yes")

    assert rows(database, "SELECT last_name FROM key_worker JOIN allocation ON key_worker_id = key_worker.id") == [
        ("Hale",)
    ]


def test_a_cell_merged_downwards_is_said_of_each_row_it_reaches_over(kw, sheets, database):
    def both(sheet, at, column):
        sheet.merge_range(at, column, at + 1, column, "Hale, Jo")

    birch = ("B1234BC", "Birch", "Tom", "B-1-002", "05/01/2026", None)
    path = sheets.workbook("b.xlsx", B=((*HEADINGS, "Key worker"), (*ALDER, both), birch))

    kw(f"import {path} --yes")

    assert rows(database, "SELECT count(*) FROM allocation") == [(2,)]
