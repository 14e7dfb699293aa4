"""What somebody with the sqlite3 program can and cannot do to a prison's file behind `kw`'s back."""

import subprocess
from pathlib import Path

import pytest


def sqlite3(database: Path, sql: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sqlite3", "-bail", database, sql], capture_output=True, text=True, check=False)


@pytest.fixture
def filled(prison, database) -> Path:
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    prison.session("A1234BC", "SHAH", "2026-01-07", note="He spoke of his daughter.")
    return database


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM session",
        "DELETE FROM audit",
        "UPDATE audit SET user_name = 'nobody'",
        "INSERT OR REPLACE INTO audit SELECT * FROM audit LIMIT 1",
        "DELETE FROM stay",
    ],
)
def test_what_must_only_grow_cannot_be_taken_away_or_rewritten(sql, filled) -> None:
    done = sqlite3(filled, "PRAGMA recursive_triggers=ON; " + sql)

    assert done.returncode != 0
    assert "kw keeps every line" in done.stderr


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE session SET minutes = 481",
        "UPDATE session SET minutes = 'many'",
        "UPDATE session SET held_on = 'yesterday'",
        "UPDATE session SET type = 'XX'",
        "UPDATE allocation SET ended_on = '2026-01-05', end_reason = 'MANUAL'",
        "UPDATE allocation SET ended_on = '2026-02-05'",
        "INSERT INTO allocation SELECT id + 1, recorded_at, 'x', 1, changed_at, 'x', person_id, key_worker_id,"
        " '2026-03-01', NULL, 'AUTO', NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM allocation",
        "PRAGMA foreign_keys=ON; UPDATE session SET person_id = 99",
    ],
)
def test_the_schema_refuses_what_must_never_be(sql, filled) -> None:
    done = sqlite3(filled, sql)

    assert done.returncode != 0
    assert "constraint" in done.stderr.lower() or "cannot store" in done.stderr


def test_an_earlier_version_of_a_row_stays_readable(filled) -> None:
    sqlite3(filled, "UPDATE session SET note = 'Rewritten.', changed_at = '2026-05-12T00:00:00.000000Z'")

    assert sqlite3(filled, "SELECT note FROM session_past").stdout == "He spoke of his daughter.\n"


def test_the_file_is_whole(filled) -> None:
    assert sqlite3(filled, "PRAGMA integrity_check; PRAGMA foreign_key_check").stdout == "ok\n"
