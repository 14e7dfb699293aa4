"""Bad input: every bad row is listed with file, line, column, value and what was expected, and nothing is saved."""

import pytest

from commands.csv_folder import PRISONERS, SESSIONS, CsvFolder
from databases import everything, rows, written

STAY = "prison_number,arrived_on,last_name,first_name,left_on"
ALLOCATED = "prison_number,staff_id,allocated_on,ended_on"
ROTA = "staff_id,date,start,end"
BEFORE = "prison_number,moved_on,location,said_before"


@pytest.fixture
def folder(tmp_path) -> CsvFolder:
    return CsvFolder(tmp_path / "fellgate")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("A123BC,SHAH,2026-05-01,,45,", "line 2, prison_number: 'A123BC' is not a prison number"),
        ("Z9999ZZ,SHAH,2026-05-01,,45,", "line 2, prison_number: 'Z9999ZZ' is no prisoner in kw"),
        (",SHAH,2026-05-01,,45,", "line 2, prison_number: is missing"),
        ("A1234BC,NOBODY,2026-05-01,,45,", "line 2, staff_id: 'NOBODY' is no key worker in kw"),
        ("A1234BC,SHAH,2026-05-01,,0,", "line 2, minutes: 0, though the session was COMPLETED: expected 1 to 480"),
        ("A1234BC,SHAH,2026-05-01,,-5,", "line 2, minutes: '-5' is not a whole number from 0 to 480"),
        ("A1234BC,SHAH,2026-05-01,,4.5,", "line 2, minutes: '4.5' is not a whole number from 0 to 480"),
        ("A1234BC,SHAH,2026-05-01,,many,", "line 2, minutes: 'many' is not a whole number"),
        ("A1234BC,SHAH,2026-05-01,,481,", "line 2, minutes: '481' is not a whole number from 0 to 480"),
        ("A1234BC,SHAH,2026-05-13,,45,", "line 2, held_on: '2026-05-13' is in the future"),
        ("A1234BC,SHAH,2026-01-04,,45,", "line 2, held_on: 2026-01-04 is outside his stay (from 2026-01-05)"),
        ("A1234BC,SHAH,01/05/26,,45,", "line 2, held_on: 01/05/26: the year 26 could be of two centuries"),
        ("A1234BC,SHAH,31/02/2026,,45,", "line 2, held_on: 31/02/2026: there is no 31 February"),
        ("A1234BC,SHAH,yesterday,,45,", "line 2, held_on: yesterday: this is not a date"),
        (
            "A1234BC,SHAH,2026-05-01,,45 mins,",
            "line 2, minutes: '45 mins' is not a whole number from 0 to 480; write 45",
        ),
        ("A1234BC,SHAH,46143,,45,", "line 2, held_on: 46143: this is not a date; expected 2026-03-25 or 25/03/2026 (a"),
        ("A1234BC,SHAH,01/05/2026 14:05,,45,", "line 2, held_on: 01/05/2026 14:05: this is not a date"),
        ("A1234BC,SHAH,2026-05-01,2pm,45,", "line 2, start: 2pm: this is not a time; expected 14:00"),
        ("A1234BC,SHAH,2026-05-01,25:00,45,", "line 2, start: 25:00: there is no hour 25"),
        ("A1234BC,SHAH,2026-05-01,09:30,45", "line 2: has 5 cells, where the first line has 6"),
        ('A1234BC,SHAH,2026-05-01,09:30,45,"a" b', "line 2: a stray quote"),
        ('A1234BC,SHAH,2026-05-01,09:30,45,"a b', "line 2: a quote that is never closed"),
    ],
)
def test_a_bad_session_is_named_with_its_line_column_value_and_what_was_expected(kw, folder, database, row, said):
    kw(f"import {folder.path}")
    before = written(database)
    folder.csv("sessions", SESSIONS, row)

    answer = kw(f"import {folder.path}")

    assert answer.code == 6
    assert f"sessions.csv {said}" in answer.err
    assert answer.err.splitlines()[0] == "kw: 1 bad row in sessions.csv; nothing was saved."
    assert answer.err.splitlines()[-1].startswith("hint: ")
    assert written(database) == before


MOVED_BEFORE = 'A1234BC,2026-02-01,B-1-002,"[{""until"": ""%s"", ""by"": ""ab12c"", ""said"": {""%s"": ""%s""}}]"'


@pytest.mark.parametrize(
    ("name", "header", "lines", "said"),
    [
        ("moves", BEFORE, ["A1234BC,2026-02-01,B-1-002,B-1-001"], "line 2, said_before: 'B-1-001' does not say what"),
        (
            *("moves", BEFORE, [MOVED_BEFORE % ("2026-02-02T10:00:00Z", "cell", "B-1-001")]),
            "does not say what the row said before",
        ),
        ("moves", BEFORE, [MOVED_BEFORE % ("soon", "location", "B-1-001")], "line 2, said_before: soon"),
        (
            *("moves", BEFORE, [MOVED_BEFORE % ("2026-02-02T10:00:00Z", "location", "B-2-3-4")]),
            "line 2, said_before: 'B-2-3-4'",
        ),
        ("prisoners", STAY, ["A1234BC,2026-01-05,A,A,2026-01-04"], "line 2, left_on: 2026-01-04 is before arrived_on"),
        (
            "prisoners",
            STAY,
            ["A1234BC,2026-01-05,A,A,2026-03-01", "A1234BC,2026-02-01,A,A,"],
            "line 3, arrived_on: overlaps another stay of his",
        ),
        ("prisoners", STAY, ["A1234BC,2026-01-05,A,A,"] * 2, "line 3: the same stay as line 2"),
        ("prisoners", PRISONERS, ["A1234BC,2026-01-05,,A,B-1-001"], "line 2, last_name: is missing"),
        ("prisoners", PRISONERS, ["A1234BC,2026-01-05,A,A,the gym"], "line 2, location: 'the gym' is not a location"),
        (
            "key_workers",
            "staff_id,last_name,first_name,login",
            ["SHAH,Shah,Nadia,n", "OKAFOR,Okafor,Daniel,n"],
            "line 3, login: is another key worker's",
        ),
        (
            "statuses",
            "staff_id,status,from,return_on",
            ["SHAH,UNAVAILABLE_ANNUAL_LEAVE,2026-05-01,"],
            "line 2, return_on: is missing",
        ),
        (
            "allocations",
            ALLOCATED,
            ["A1234BC,SHAH,2026-01-06,2026-03-01", "A1234BC,OKAFOR,2026-02-01,"],
            "line 3, allocated_on: overlaps another allocation of his",
        ),
        ("allocations", ALLOCATED, ["A1234BC,SHAH,2026-01-06,2026-01-01"], "line 2, ended_on: 2026-01-01 is before"),
        ("rota", ROTA, ["SHAH,2026-05-11,11:00,09:00"], "line 2, end: is not after start"),
        (
            "rota",
            ROTA,
            ["SHAH,2026-05-11,09:00,11:00", "SHAH,2026-05-11,10:30,12:00"],
            "line 3, start: overlaps another slot of the same officer",
        ),
        (
            "sessions",
            SESSIONS,
            ["A1234BC,SHAH,2026-05-01,09:00,45,", "B2345CD,SHAH,2026-05-01,09:30,45,"],
            "line 3, start: overlaps another session of the same officer",
        ),
        (
            "sessions",
            SESSIONS,
            ["A1234BC,SHAH,2026-05-01,,45,", "A1234BC,SHAH,2026-05-01,,30,"],
            "line 3: the same session as line 2; a second one that day needs its own start",
        ),
        (
            "sessions",
            f"{SESSIONS},outcome",
            ["A1234BC,SHAH,2026-05-01,,45,,refused"],
            "line 2, minutes: 45, though the outcome is REFUSED: expected 0",
        ),
        ("sessions", f"{SESSIONS},topics", ["A1234BC,SHAH,2026-05-01,,45,,FAMILY;GARDEN"], "'GARDEN' is not one of"),
        (
            "events",
            "prison_number,code,on",
            ["A1234BC,ACCT,2026-05-01"],
            "line 2, code: 'ACCT' is not one of SELF_HARM",
        ),
        ("settings", "key,value", ["gap.days,soon"], "line 2, value: 'soon' is not allowed for gap.days"),
        ("settings", "key,value", ["gap.dayz,7"], "line 2, key: there is no setting 'gap.dayz'"),
        ("acct_reviews", "prison_number,due_on,key_worker_invited", ["A1234BC,2026-05-01,perhaps"], "is not yes or no"),
    ],
)
def test_a_bad_row_of_any_file_is_named(kw, folder, database, name, header, lines, said):
    folder.csv(name, header, *lines)

    answer = kw(f"import {folder.path}")

    assert answer.code == 6
    assert said in answer.err
    assert written(database) == 0


def test_a_session_while_he_was_away_is_refused(kw, folder, database):
    folder.csv("sessions", SESSIONS, "A1234BC,SHAH,2026-05-02,,45,", "A1234BC,SHAH,2026-05-01,,45,")
    folder.csv("absences", "prison_number,reason,from,to", "A1234BC,HOSPITAL,2026-05-01,2026-05-04")

    answer = kw(f"import {folder.path}")

    assert answer.code == 6
    assert "sessions.csv line 2, held_on: he was away that day" in answer.err
    assert "line 3" not in answer.err
    assert written(database) == 0


def test_a_session_that_overlaps_one_already_recorded_is_refused(kw, folder, database):
    folder.csv("sessions", SESSIONS, "A1234BC,SHAH,2026-05-01,09:00,45,")
    kw(f"import {folder.path}")
    folder.csv("sessions", SESSIONS, "B2345CD,SHAH,2026-05-01,09:44,45,", "B2345CD,SHAH,2026-05-02,09:00,45,")

    answer = kw(f"import {folder.path / 'sessions.csv'}")

    assert answer.code == 6
    assert "sessions.csv line 2, start: overlaps another session of the same officer" in answer.err
    assert rows(database, "SELECT count(*) FROM session") == [(1,)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"prison_number\x00\x01\x02", "is not a text file"),
        (b"prison_number,staff,start\n", "has no column held_on"),
        (b"prison_number,staff_id,held_on,minutes,mins\n", "has two columns for minutes: minutes, mins"),
    ],
)
def test_a_file_that_is_no_such_file_is_named_with_what_it_is(kw, folder, database, content, said):
    folder.bytes("sessions.csv", content)

    answer = kw(f"import {folder.path}")

    assert answer.code == 6
    assert f"sessions.csv: {said}" in answer.err
    assert "nothing was saved" in answer.err
    assert written(database) == 0


def test_the_same_fault_in_many_rows_is_one_line_with_their_count(kw, folder, database):
    folder.csv("sessions", SESSIONS, *["A1234BC,SHAH,2026-05-01,,many,"] * 10_000)

    answer = kw(f"import {folder.path}")

    (said,) = [line for line in answer.err.splitlines() if "'many'" in line]
    assert said.strip().startswith("sessions.csv lines 2, 3, 4, 5, 6 and 9,995 more, minutes: 'many' is not a whole")
    assert said.endswith("(10,000 rows)")
    assert written(database) == 0


def test_ten_thousand_bad_rows_are_all_counted_and_fifty_listed(kw, folder, database):
    folder.csv("sessions", SESSIONS, *[f"A1234BC,SHAH,2026-05-01,,many {n}," for n in range(10_000)])

    answer = kw(f"import {folder.path}")

    assert answer.code == 6
    assert "10,000 bad rows in sessions.csv" in answer.err
    assert len([line for line in answer.err.splitlines() if "sessions.csv line" in line]) == 50
    assert "and 9,950 more" in answer.err
    assert written(database) == 0


def test_a_bad_row_in_the_last_file_takes_back_every_file(kw, folder, database):
    folder.csv("sessions", SESSIONS, "A1234BC,SHAH,2026-05-01,,45,")
    folder.csv("needs", "prison_number,raised_on,text", "A1234BC,2026-05-01,")

    answer = kw(f"import {folder.path}")

    assert answer.code == 6
    assert written(database) == 0


def test_bad_rows_of_several_files_are_listed_together(kw, folder):
    folder.csv("sessions", SESSIONS, "A1234BC,SHAH,2026-05-01,,many,")
    folder.csv("moves", "prison_number,moved_on,location", "A1234BC,soon,B-1-001")

    answer = kw(f"import {folder.path}")

    assert "2 bad rows in 2 files" in answer.err
    assert "moves.csv line 2, moved_on" in answer.err
    assert "sessions.csv line 2, minutes" in answer.err


def test_a_prisoner_kept_out_by_his_own_bad_row_is_not_reported_again_as_unknown(kw, folder):
    folder.csv("prisoners", PRISONERS, "A1234BC,soon,Adams,Alan,B-2-014")
    folder.csv("sessions", SESSIONS, "A1234BC,SHAH,2026-05-01,,45,")

    answer = kw(f"import {folder.path}")

    assert "1 bad row in prisoners.csv" in answer.err
    assert "sessions.csv" not in answer.err


def test_two_men_are_never_joined_by_a_file(kw, folder):
    kw(f"import {folder.path}")
    folder.csv("prisoners", PRISONERS, "C3456DE,2026-01-05,Cole,Carl,")
    kw(f"import {folder.path}")
    folder.csv("prisoners", f"{PRISONERS},also_known_by", "C3456DE,2026-01-05,Cole,Carl,,A1234BC")

    answer = kw(f"import {folder.path}")

    assert answer.code == 6
    assert "line 2, also_known_by: A1234BC and C3456DE are two prisoners in kw" in answer.err


@pytest.mark.parametrize("path", ["nowhere", "nowhere.csv"])
def test_a_missing_path_is_not_found(kw, database, path):
    answer = kw(f"import {path}")

    assert (answer.code, "there is no file" in answer.err) == (4, True)
    assert everything(database) == {}


@pytest.mark.parametrize(
    ("name", "content", "what", "way_out"),
    [
        ("roll.pdf", b"%PDF-1.7", "a PDF", "copy its table into a spreadsheet"),
        ("roll.csv", b"\x89PNG\r\n\x1a\n", "a picture", "copy its table"),
        ("sessions.docx", b"PK\x03\x04", "a Word document", "copy its table"),
        ("roll.msg", b"\xd0\xcf\x11\xe0", "an e-mail", "save what is attached"),
        ("roll.xls", b"<html><table><tr><th>NOMS No</th></tr></table></html>", "a web page", "open it"),
        ("download", b"PK\x03\x04 prisoners.csv", "a packed folder", "unpack it"),
        ("lists.zip", b"PK\x03\x04", "a packed folder", "unpack it"),
    ],
)
def test_a_file_of_another_kind_is_named_for_what_it_is(kw, tmp_path, database, name, content, what, way_out):
    (tmp_path / name).write_bytes(content)

    said = kw(["import", str(tmp_path / name)])

    assert (said.code, said.err.partition("\n")[0]) == (
        6,
        f"kw: {name} is {what}, and kw reads spreadsheets and CSV; nothing was saved.",
    )
    assert way_out in said.err
    assert everything(database) == {}


def test_a_folder_with_nothing_to_read_is_not_found(kw, tmp_path, database):
    (tmp_path / "empty").mkdir()

    answer = kw(f"import {tmp_path / 'empty'}")

    assert answer.code == 4
    assert everything(database) == {}


def test_an_unknown_kind_is_answered_with_those_there_are(kw, folder):
    answer = kw(f"import {folder.path / 'prisoners.csv'} --as visits")

    assert (answer.code, "prisoners, moves" in answer.err) == (2, True)


def test_a_spreadsheet_that_is_none_is_refused(kw, folder):
    folder.bytes("book.xlsx", b"not a workbook")

    answer = kw(f"import {folder.path / 'book.xlsx'}")

    assert (answer.code, "is not a spreadsheet" in answer.err) == (6, True)
