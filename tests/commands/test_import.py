"""`kw import`: a prison's files are taken in whole, and the same file twice changes nothing."""

import json

import pytest
import xlsxwriter

from commands.csv_folder import SESSIONS, CsvFolder
from databases import everything, rows


@pytest.fixture
def folder(tmp_path) -> CsvFolder:
    return CsvFolder(tmp_path / "fellgate")


def test_a_folder_makes_a_database_and_answers_the_first_question(kw, folder):
    folder.csv("sessions", SESSIONS, "A1234BC,SHAH,2026-05-01,09:30,45,Spoke of his family")

    said = kw(f"import {folder.path}")
    overdue = json.loads(kw("overdue --format json").out)

    assert (said.code, "made " in said.err) == (0, True)
    assert "sessions.csv" in said.out
    by_number = {row["prison_number"]: row for row in overdue["rows"]}
    assert (by_number["A1234BC"]["days"], by_number["A1234BC"]["last_session_by"]["name"]) == (11, "Nadia Shah")
    assert by_number["B2345CD"]["never_seen"] is True


def test_the_same_folder_again_is_all_the_same_and_writes_only_to_the_audit(kw, folder, database):
    folder.csv("sessions", SESSIONS, "A1234BC,SHAH,2026-05-01,09:30,45,", "A1234BC,SHAH,2026-05-08,,30,")
    folder.csv("moves", "prison_number,moved_on,location", "A1234BC,2026-03-01,B-3-001")
    folder.csv("allocations", "prison_number,staff_id,allocated_on", "A1234BC,SHAH,2026-01-06")
    folder.csv(
        "events", "prison_number,code,on,time,until", "A1234BC,BASIC,2026-05-01,,", "A1234BC,DEBT,2026-05-01,10:00,"
    )
    kw(f"import {folder.path}")
    tables = "SELECT 'm', id, changed_at FROM move UNION SELECT 's', id, changed_at FROM session"
    before, lines = rows(database, tables), rows(database, "SELECT count(*) FROM audit")[0][0]

    said = kw(f"import {folder.path}")

    assert [line.split()[1:] for line in said.out.splitlines()] == [
        ["0", "new", "0", "changed", "2", "same"],
        ["0", "new", "0", "changed", "1", "same"],
        ["0", "new", "0", "changed", "2", "same"],
        ["0", "new", "0", "changed", "1", "same"],
        ["0", "new", "0", "changed", "2", "same"],
        ["0", "new", "0", "changed", "2", "same"],
    ]
    assert rows(database, tables) == before
    assert rows(database, "SELECT count(*) FROM audit")[0][0] == lines + 6


def test_each_file_leaves_one_line_in_the_audit_with_a_digest_of_its_rows(kw, folder, database):
    kw(f"import {folder.path}")

    lines = rows(database, "SELECT action, table_name, key, after_image FROM audit ORDER BY id")

    assert [line[:3] for line in lines] == [
        ("import", "stay", "prisoners.csv"),
        ("import", "key_worker", "key_workers.csv"),
    ]
    after = json.loads(lines[0][3])
    assert (after["rows"], after["new"], after["changed"], len(after["digest"])) == (2, 2, 0, 64)


def test_a_file_of_any_name_is_known_by_its_headings_or_taken_as_it_is_said_to_be(kw, folder, tmp_path):
    kw(f"import {folder.path}")
    clinic, visits = tmp_path / "clinic.csv", tmp_path / "visits.csv"
    clinic.write_text(f"{SESSIONS}\nA1234BC,SHAH,2026-05-01,09:30,45,\n")
    visits.write_text("who,with whom,when\nA1234BC,SHAH,2026-05-01\n")

    known, unknown = kw(f"import {clinic}"), kw(f"import {visits}")
    said = kw(f"import {clinic} --as sessions")

    assert "1 new" in known.out
    assert (unknown.code, "--as" in unknown.err, "visits.csv: 2 rows not read" in unknown.err) == (6, True, True)
    assert "1 same" in said.out


def test_headings_are_known_by_what_prisons_call_them_and_unknown_ones_are_named(kw, folder, database):
    folder.csv(
        "Sessions 2026-05",
        "NOMS Number,Key Worker,Date,Start Time,Duration,Case Note,Mood",
        "a1234bc,shah,01/05/2026,9.30,45,Talked,fine",
    )

    said = kw(f"import {folder.path}")

    assert "no such column: 'Mood'" in said.err
    assert rows(database, "SELECT held_on, start_minute, minutes, note FROM session") == [
        ("2026-05-01", 570, 45, "Talked")
    ]


def test_a_byte_order_mark_and_blank_lines_are_no_matter(kw, folder, database):
    text = f"\ufeff{SESSIONS}\r\n\r\nA1234BC,SHAH,2026-05-01,09:30,45,\r\n,,,,,\r\n"
    folder.bytes("sessions.csv", text.encode())

    said = kw(f"import {folder.path}")

    assert said.code == 0
    assert rows(database, "SELECT count(*) FROM session") == [(1,)]


def test_a_spreadsheet_gives_what_the_csv_files_give(kw, folder, tmp_path, database):
    folder.csv("sessions", SESSIONS, "A1234BC,SHAH,2026-05-01,09:30,45,=1+1")
    kw(f"import {folder.path}")
    book = xlsxwriter.Workbook(tmp_path / "fellgate.xlsx", {"strings_to_formulas": False})
    for path in sorted(folder.path.glob("*.csv")):
        sheet = book.add_worksheet(path.stem.replace("_", " ").title())
        for at, line in enumerate(path.read_text().splitlines()):
            sheet.write_row(at, 0, line.split(","))
    book.get_worksheet_by_name("Sessions").write_number(1, 4, 45)
    book.close()

    said = kw(f"import {tmp_path / 'fellgate.xlsx'}")

    assert said.code == 0
    assert [line.split()[-2] for line in said.out.splitlines()] == ["2", "2", "1"]
    assert "0 new" in said.out.splitlines()[-1]


def test_a_dry_run_checks_everything_and_saves_nothing_not_even_the_database(kw, folder, database):
    said = kw(f"import {folder.path} --dry-run")

    assert (said.code, "2 new" in said.out, "nothing saved" in said.err) == (0, True, True)
    assert everything(database) == {}


def test_a_row_without_its_recording_moment_is_taken_as_recorded_now_and_said_so(kw, folder, database):
    header = f"{SESSIONS},recorded_at,recorded_by"
    folder.csv(
        "sessions", header, "A1234BC,SHAH,2026-05-01,,45,,,", "A1234BC,SHAH,2026-05-08,,45,,08/05/2026 17:00,nshah"
    )

    said = kw(f"import {folder.path}")

    assert "sessions.csv: 1 row does not say when it was recorded; counted as recorded today" in said.err
    assert rows(database, "SELECT recorded_at, recorded_by, recorded_known FROM session ORDER BY held_on") == [
        ("2026-05-12T07:15:00.000000Z", "governor", 0),
        ("2026-05-08T16:00:00.000000Z", "nshah", 1),
    ]


def test_slots_too_short_for_a_session_are_left_out_and_said_so(kw, folder, database):
    folder.csv("rota", "staff_id,date,start,end", "SHAH,2026-05-11,09:00,09:10", "SHAH,2026-05-11,23:00,24:00")

    said = kw(f"import {folder.path}")

    assert "rota.csv: 1 slot of less than 15 minutes left out" in said.err
    assert rows(database, "SELECT start_minute, end_minute FROM rota_slot") == [(1380, 1440)]


def test_a_prisoner_with_two_numbers_is_one_prisoner(kw, folder, database):
    header = "prison_number,arrived_on,last_name,first_name,left_on,departure_reason,also_known_by"
    folder.csv(
        "prisoners",
        header,
        "A1234BC,2025-01-05,Adams,Alan,2025-06-01,RELEASE,",
        "C3456DE,2026-01-05,Adams,Alan,,,A1234BC",
    )
    folder.csv("sessions", SESSIONS, "C3456DE,SHAH,2025-03-01,,45,")

    said = kw(f"import {folder.path}")

    assert said.code == 0
    assert rows(database, "SELECT count(DISTINCT person_id), count(*) FROM stay") == [(1, 2)]


def test_hostile_text_comes_back_as_it_was_written(kw, folder, database):
    texts = ["[bold red]X", "=1+1", "\x1b]0;x\x07", "O'Brien", "Zoë", "x" * 10_000, "\u202eשלום", 'a "b", c\nd\re']
    quoted = ['"' + text.replace('"', '""') + '"' for text in texts]
    lines = [f"A1234BC,SHAH,2026-04-{day:02},,45,{text}" for day, text in enumerate(quoted, start=1)]
    folder.bytes("sessions.csv", "\n".join([SESSIONS, *lines, ""]).encode())

    said = kw(f"import {folder.path}")

    assert said.code == 0
    assert [note for (note,) in rows(database, "SELECT note FROM session ORDER BY held_on")] == texts


def test_a_file_of_no_known_kind_in_a_folder_is_left_out_and_named(kw, folder):
    folder.csv("visits", "prison_number,on", "A1234BC,2026-05-01")

    said = kw(f"import {folder.path}")

    assert (said.code, "visits.csv" in said.err) == (0, True)
