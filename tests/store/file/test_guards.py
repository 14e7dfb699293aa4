"""What guards a file's history is told by what it does, and what kw has not made is named and does not come back."""

import json

import pytest

from keyworker_cli.store.file import sqlite_file

pytestmark = pytest.mark.sqlite_file

DOES_NOTHING = "CREATE TRIGGER session_keep AFTER UPDATE ON session BEGIN SELECT 1; END"
MASKED = "PRAGMA writable_schema=ON; UPDATE sqlite_master SET {} WHERE name = '{}'"
NOT_OURS = {
    "trigger quiet": "CREATE TRIGGER quiet AFTER INSERT ON session BEGIN DELETE FROM setting WHERE key = 'x'; END",
    "view everyone": "CREATE VIEW everyone AS SELECT * FROM person",
    "table copies": "CREATE TABLE copies (note TEXT)",
    "index by_note": "CREATE INDEX by_note ON session (note)",
}
MAPPED = "PRAGMA writable_schema=ON; UPDATE sqlite_master SET sql = replace(sql, '{}', '{}') WHERE name = '{}'"
CHANGED = {
    "view v_gap": "DROP VIEW v_gap; CREATE VIEW v_gap AS SELECT 'A1234BC' AS prison_number",
    "view v_session": "DROP VIEW v_session",
    "index stay_one_open": "DROP INDEX stay_one_open; CREATE INDEX stay_one_open ON stay (person_id)",
    "index stay_left": "DROP INDEX stay_left",
    "table session": MAPPED.format("minutes INTEGER", "minutes INTEGER DEFAULT 45", "session"),
    "table rota_slot": MAPPED.format(">= 15", ">= 1", "rota_slot"),
    "table event": "ALTER TABLE event ADD COLUMN hidden TEXT",
}


def run(path, *statements: str) -> list[tuple]:
    connection = sqlite_file.connect(path)  # with its key, where it is encrypted
    try:
        return [row for statement in statements for row in connection.execute(statement)]
    finally:
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
    assert said.code == kw("audit verify").code == 7
    assert "trigger session_keep is missing or does something else" in said.err


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


@pytest.mark.parametrize(
    ("named", "masked"),
    [
        ("trigger sqlite_quiet", "name = 'sqlite_quiet', sql = replace(sql, 'quiet', 'sqlite_quiet')"),
        ("trigger quiet", "type = 'TRIGGER'"),
        ("trigger quiet", "name = CAST(name AS BLOB)"),
    ],
)
def test_a_trigger_that_is_masked_as_one_of_the_databases_own_is_found_too(named, masked, kw, prison, database) -> None:
    run(database, NOT_OURS["trigger quiet"], *MASKED.format(masked, "quiet").split("; "))

    said, verified = kw("doctor --format json"), kw("audit verify")

    assert history(said) == ("bad", f"what is written can be changed by what kw has not made: {named} on session")
    assert (said.code, verified.code, f"{named} on session is none of kw's" in verified.err) == (7, 7, True)


def test_a_table_that_is_masked_so_is_named_and_no_restore_brings_it_back(kw, prison, database, tmp_path) -> None:
    hidden = "name = 'sqlite_hidden', tbl_name = 'sqlite_hidden', sql = replace(sql, 'copies', 'sqlite_hidden')"
    run(database, NOT_OURS["table copies"], *MASKED.format(hidden, "copies").split("; "))
    assert history(kw("doctor --format json")) == ("warn", "kw has not made: table sqlite_hidden")
    assert kw(f"backup {tmp_path / 'a.backup'}").code == 0

    said = kw(f"--db {tmp_path / 'again.db'} restore {tmp_path / 'a.backup'} --yes")

    assert (said.code, "table sqlite_hidden is none of kw's" in said.err) == (7, True)
    assert not (tmp_path / "again.db").exists()


def test_what_kw_has_not_made_is_a_warning(kw, prison, database) -> None:
    run(database, NOT_OURS["table copies"])

    assert history(kw("doctor --format json")) == ("warn", "kw has not made: table copies")
    assert kw("audit verify").code == 0


def test_a_trigger_that_could_change_what_is_written_is_none_to_trust(kw, prison, database) -> None:
    run(database, NOT_OURS["trigger quiet"])

    said = kw("doctor --format json")

    assert history(said) == ("bad", "what is written can be changed by what kw has not made: trigger quiet on session")
    verified = kw("audit verify")
    assert (said.code, verified.code, "trigger quiet on session is none of kw's" in verified.err) == (7, 7, True)


@pytest.mark.parametrize("encrypted", ["", "--encrypt"])
def test_what_is_not_as_kw_makes_it_is_named_and_comes_back_as_it_was(
    encrypted, kw, key_file, database, tmp_path
) -> None:
    assert kw(f"init {encrypted}").code == 0
    whole, backup = database.read_bytes(), tmp_path / "a.backup"
    for number, (name, statements) in enumerate(CHANGED.items()):
        database.write_bytes(whole)
        run(database, *statements.split("; "))
        said = kw("doctor --format json")
        assert history(said) == ("bad", f"not as kw makes it: {name}")
        again = tmp_path / f"again-{number}.db"
        assert kw(f"backup {backup}-{number}").code == 0
        assert kw(f"--db {again} restore {backup}-{number} --yes").code == 0
        restored = history(kw(f"--db {again} doctor --format json"))
        assert restored[0] == ("bad" if name.startswith("table") else "ok"), (name, restored)


def test_a_file_from_an_export_has_nothing_that_kw_has_not_made(kw, prison, database, tmp_path) -> None:
    """So a table that was changed is left behind as well."""
    prison.prisoner("A1234BC", arrived="2026-01-05")
    run(database, *NOT_OURS.values(), *CHANGED["table session"].split("; "))

    for line in (f"export {tmp_path / 'out'}", f"--db {tmp_path / 'again.db'} import {tmp_path / 'out'}"):
        assert kw(line).code == 0

    assert history(kw(f"--db {tmp_path / 'again.db'} doctor --format json"))[0] == "ok"
