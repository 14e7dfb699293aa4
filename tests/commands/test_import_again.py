"""Importing again: a changed row updates, a missing column keeps, an empty cell clears, and nothing is undone."""

import json
from datetime import UTC, date, datetime

import pytest

from commands.csv_folder import PRISONERS, SESSIONS, CsvFolder
from databases import rows
from keyworker_cli.store.changes.author import Author


@pytest.fixture
def folder(tmp_path) -> CsvFolder:
    return CsvFolder(tmp_path / "fellgate")


def test_a_session_that_comes_changed_is_amended_and_the_file_is_named(kw, folder, database):
    folder.csv("sessions", SESSIONS, "A1234BC,SHAH,2026-05-01,09:30,45,Spoke of his family")
    kw(f"import {folder.path}")
    folder.csv("sessions", SESSIONS, "A1234BC,SHAH,2026-05-01,09:30,30,Spoke of his family")

    said = kw(f"import {folder.path / 'sessions.csv'}")

    assert "1 changed" in said.out
    assert rows(database, "SELECT minutes FROM session") == [(30,)]
    assert rows(database, "SELECT field, old, new, why, recorded_by FROM session_amendment") == [
        ("minutes", "45", "30", "import of sessions.csv", "governor")
    ]


def test_a_note_that_was_due_is_added_and_no_amendment(kw, folder, database):
    folder.csv("sessions", SESSIONS, "A1234BC,SHAH,2026-05-01,09:30,45,")
    kw(f"import {folder.path}")
    folder.csv("sessions", SESSIONS, "A1234BC,SHAH,2026-05-01,09:30,45,Written up later")

    kw(f"import {folder.path / 'sessions.csv'}")

    assert rows(database, "SELECT note, note_at FROM session") == [("Written up later", "2026-05-12T07:15:00.000000Z")]
    assert rows(database, "SELECT * FROM session_amendment") == []


def test_a_missing_column_keeps_what_is_there_and_an_empty_cell_clears_it(kw, folder, database):
    header = "staff_id,last_name,first_name,wing,capacity"
    folder.csv("key_workers", header, "SHAH,Shah,Nadia,B,7", "OKAFOR,Okafor,Daniel,B,5")
    kw(f"import {folder.path}")
    folder.csv("key_workers", "staff_id,last_name,first_name,wing", "SHAH,Shah,Nadia,", "OKAFOR,Okafor,Daniel,C")

    kw(f"import {folder.path}")

    assert rows(database, "SELECT staff_id, wing, capacity FROM key_worker ORDER BY 1") == [
        ("OKAFOR", "C", 5),
        ("SHAH", None, 7),
    ]


def test_an_empty_end_never_brings_anybody_back(kw, folder, database):
    left = f"{PRISONERS},left_on,departure_reason"
    ended = "prison_number,staff_id,allocated_on,ended_on,end_reason"
    folder.csv("prisoners", left, "A1234BC,2026-01-05,Adams,Alan,B-2-014,2026-05-01,RELEASE")
    folder.csv("allocations", ended, "A1234BC,SHAH,2026-01-06,2026-05-01,RELEASED")
    kw(f"import {folder.path}")
    folder.csv("prisoners", left, "A1234BC,2026-01-05,Adams,Alan,B-2-014,,")
    folder.csv("allocations", ended, "A1234BC,SHAH,2026-01-06,,")

    said = kw(f"import {folder.path}")

    assert " 1 changed" not in said.out
    assert rows(database, "SELECT left_on, departure_reason FROM stay") == [("2026-05-01", "RELEASE")]
    assert rows(database, "SELECT ended_on, end_reason FROM allocation") == [("2026-05-01", "RELEASED")]


def test_a_departure_that_comes_later_ends_the_stay(kw, folder, database):
    kw(f"import {folder.path}")
    folder.csv("prisoners", f"{PRISONERS},left_on", "A1234BC,2026-01-05,Adams,Alan,B-2-014,2026-05-11")

    said = kw(f"import {folder.path / 'prisoners.csv'}")

    assert "1 changed" in said.out
    assert rows(database, "SELECT left_on FROM stay WHERE arrived_on = '2026-01-05'") == [("2026-05-11",)]
    assert rows(database, "SELECT left_on FROM stay_past") == [(None,)]


def test_a_prisoner_found_in_another_cell_has_moved(kw, folder, database):
    kw(f"import {folder.path}")
    folder.csv("prisoners", PRISONERS, "A1234BC,2026-01-05,Adams,Alan,C-1-003")

    first, second = kw(f"import {folder.path}"), kw(f"import {folder.path}")

    assert "1 changed" in first.out.splitlines()[0]
    assert "1 same" in second.out.splitlines()[0]
    assert rows(database, "SELECT location FROM stay WHERE arrived_on = '2026-01-05'") == [("B-2-014",)]
    assert rows(database, "SELECT moved_on, location FROM move") == [("2026-05-12", "C-1-003")]


def test_the_name_on_his_latest_stay_is_his_name(kw, folder, database):
    kw(f"import {folder.path}")
    folder.csv("prisoners", PRISONERS, "A1234BC,2026-01-05,Adamson,Alan,B-2-014")

    said = kw(f"import {folder.path / 'prisoners.csv'}")

    assert "1 changed" in said.out
    assert kw("why Adamson").code == 0


def test_leave_that_key_workers_csv_gives_is_a_dated_status(kw, folder):
    header = "staff_id,last_name,first_name,wing,status,status_from,return_on"
    leave = "SHAH,Shah,Nadia,B,unavailable annual leave,2026-05-04,2026-05-18"
    folder.csv("key_workers", header, leave, "OKAFOR,Okafor,Daniel,B,ACTIVE,,")
    folder.csv("allocations", "prison_number,staff_id,allocated_on", "A1234BC,SHAH,2026-01-06")
    kw(f"import {folder.path}")

    why = {row["prison_number"]: row["why"] for row in json.loads(kw("overdue --format json").out)["rows"]}
    again = kw(f"import {folder.path}")

    assert why["A1234BC"] == "WORKER_UNAVAILABLE"
    assert "2 same" in again.out.splitlines()[1]


def test_a_session_taken_out_is_not_brought_back_by_an_older_file(kw, folder, database, prison):
    folder.csv("sessions", SESSIONS, "A1234BC,SHAH,2026-05-01,09:30,45,")
    kw(f"import {folder.path}")
    with prison.store.transaction(
        Author("tester", datetime(2026, 5, 2, 9, tzinfo=UTC), "kw test", date(2026, 5, 2))
    ) as change:
        change.connection.exec_driver_sql("UPDATE session SET voided_at = '2026-05-02T09:00:00.000000Z'")
        change.note_in_audit("void", "session", "A1234BC 2026-05-01", after={})

    said = kw(f"import {folder.path}")

    assert "1 same" in said.out.splitlines()[-1]
    assert rows(database, "SELECT count(*) FROM session WHERE voided_at IS NULL") == [(0,)]


def test_the_record_of_a_prisoner_who_died_is_added_to_but_never_changed(kw, folder, database):
    died = f"{PRISONERS},left_on,departure_reason"
    folder.csv("prisoners", died, "A1234BC,2026-01-05,Adams,Alan,B-2-014,2026-05-05,DIED")
    folder.csv("sessions", SESSIONS, "A1234BC,SHAH,2026-05-01,09:30,45,")
    kw(f"import {folder.path}")
    folder.csv("sessions", SESSIONS, "A1234BC,SHAH,2026-05-01,09:30,60,", "A1234BC,SHAH,2026-05-02,09:30,20,")

    changed = kw(f"import {folder.path}")
    folder.csv("sessions", SESSIONS, "A1234BC,SHAH,2026-05-02,09:30,20,")
    added = kw(f"import {folder.path}")

    assert changed.code == 6
    assert "sessions.csv line 2: this prisoner has died: the record is locked" in changed.err
    assert (added.code, "1 new" in added.out) == (0, True)


def test_a_new_allocation_comes_with_the_end_of_the_one_before(kw, folder, database):
    header = "prison_number,staff_id,allocated_on,ended_on,end_reason"
    folder.csv("allocations", header, "A1234BC,SHAH,2026-01-06,,")
    kw(f"import {folder.path}")
    folder.csv("allocations", header, "A1234BC,OKAFOR,2026-05-01,,", "A1234BC,SHAH,2026-01-06,2026-05-01,")

    said = kw(f"import {folder.path}")

    assert said.code == 0
    assert rows(database, "SELECT allocated_on, ended_on, end_reason FROM allocation ORDER BY 1") == [
        ("2026-01-06", "2026-05-01", "UNKNOWN"),
        ("2026-05-01", None, None),
    ]
