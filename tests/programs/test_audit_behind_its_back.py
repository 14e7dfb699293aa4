"""The audit against somebody with the sqlite3 program: what he does to the file is found and named."""

import subprocess
from pathlib import Path

import pytest

LINE = "at, user_name, command, action, table_name, key, before_image, after_image, hash, rows_digest"
TRIGGERS = "SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_master WHERE type = 'trigger'"


def sqlite3(database: Path, sql: str) -> str:
    done = subprocess.run(["sqlite3", "-bail", database, sql], capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture
def whole(prison, database) -> Path:
    """A prison with seven lines in its audit."""
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    prison.session("A1234BC", "SHAH", "2026-01-07", note="He spoke of his daughter.")
    prison.session("A1234BC", "SHAH", "2026-01-14")
    return database


@pytest.fixture
def filled(whole) -> Path:
    """The same, and somebody has got past its triggers."""
    sqlite3(whole, sqlite3(whole, TRIGGERS))
    return whole


def test_a_file_that_nobody_touched_verifies(kw, whole) -> None:
    assert kw("audit verify").code == 0


def test_that_somebody_got_past_the_triggers_is_found_already(kw, filled) -> None:
    said = kw("audit verify")

    assert (said.code, "is missing or does something else" in said.err) == (7, True)


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("UPDATE audit SET user_name = 'nobody' WHERE id = 5", "line 5 does not fit line 4"),
        ("DELETE FROM audit WHERE id = 3", "line 3 is missing"),
        ("DELETE FROM audit WHERE id = 7", "line 7 is missing: 7 were written"),
        (
            "UPDATE audit SET id = -id WHERE id IN (2, 3); UPDATE audit SET id = 5 + id WHERE id < 0",
            "line 2 does not fit line 1",
        ),
        (f"INSERT INTO audit SELECT 8, {LINE} FROM audit WHERE id = 7", "line 8 does not fit line 7"),
        ("UPDATE session SET minutes = 60 WHERE held_on = '2026-01-07'", "in session, minutes is not what line 6"),
        ("DELETE FROM session WHERE held_on = '2026-01-14'", "what line 7 recorded in session is gone"),
    ],
    ids=["changed", "removed", "the newest removed", "swapped", "added", "a record changed", "a record removed"],
)
def test_what_was_done_to_the_audit_is_found_and_named(sql, named, kw, filled) -> None:
    sqlite3(filled, sql)

    said = kw("audit verify")

    assert said.code == 7
    assert named in said.err
