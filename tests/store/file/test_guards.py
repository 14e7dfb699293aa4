"""What guards a file's history is told by what it does, and what kw has not made is named and does not come back."""

import json
import sqlite3

import pytest

pytestmark = pytest.mark.sqlite_file

DOES_NOTHING = "CREATE TRIGGER session_keep AFTER UPDATE ON session BEGIN SELECT 1; END"
NOT_OURS = {
    "trigger quiet": "CREATE TRIGGER quiet AFTER INSERT ON session BEGIN DELETE FROM setting WHERE key = 'x'; END",
    "view everyone": "CREATE VIEW everyone AS SELECT * FROM person",
    "table copies": "CREATE TABLE copies (note TEXT)",
}


def run(path, *statements: str) -> list[tuple]:
    connection = sqlite3.connect(path)
    try:
        return [row for statement in statements for row in connection.execute(statement)]
    finally:
        connection.commit()
        connection.close()


def history(said) -> tuple[str, str]:
    found = {row["check"]: row for row in json.loads(said.out)["rows"]}["history"]
    return found["state"], found["found"]


def test_a_trigger_that_does_nothing_under_the_name_of_one_is_found(kw, prison, database) -> None:
    run(database, "DROP TRIGGER session_keep", DOES_NOTHING)

    said = kw("doctor --format json")

    assert history(said) == (
        "bad",
        "history is not kept: 1 of its triggers are missing or changed (session_keep)",
    )


@pytest.mark.parametrize(("name", "made"), NOT_OURS.items())
def test_what_kw_has_not_made_is_named_and_does_not_come_back(name, made, kw, prison, database, tmp_path) -> None:
    prison.prisoner("A1234BC", arrived="2026-01-05")
    run(database, made, "DROP TRIGGER session_keep", DOES_NOTHING)
    assert kw(f"backup {tmp_path / 'a.backup'}").code == 0

    said = kw(f"--db {tmp_path / 'again.db'} restore {tmp_path / 'a.backup'} --yes")

    assert (said.code, f"left out, since kw has not made it: {name}" in said.out) == (0, True)
    found = run(tmp_path / "again.db", "SELECT type || ' ' || name, sql FROM sqlite_master")
    assert name not in dict(found)
    assert "session_past" in dict(found)["trigger session_keep"]
    assert run(tmp_path / "again.db", "SELECT count(*) FROM person") == [(1,)]


def test_what_kw_has_not_made_is_a_warning(kw, prison, database) -> None:
    run(database, NOT_OURS["table copies"])

    assert history(kw("doctor --format json")) == ("warn", "kw has not made: table copies")
