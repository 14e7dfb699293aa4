"""`kw doctor`, `kw backup` and `kw restore` on a server: what is looked at, and what is done with other tools."""

import json

import pytest

from databases import ask_server, name_on_server, named, new_database
from keyworker_cli.store.file.sqlite_file import SCHEMA_VERSION
from postgres.roles import PASSWORD
from postgres.test_faults_of_a_server import OF_SCHEMA_4


def looked_at(said) -> dict[str, tuple[str, str]]:
    return {row["check"]: (row["state"], row["found"]) for row in json.loads(said.out)["rows"]}


def test_the_server_the_way_to_it_and_the_role_are_looked_at(kw, prison, database) -> None:
    found = looked_at(kw("doctor --format json"))

    assert found["server"][1].startswith(f"{database}, PostgreSQL ")
    assert found["schema"] == ("ok", f"version {SCHEMA_VERSION}, the one that this kw writes")
    assert found["history"] == ("ok", "every change keeps what was there before")
    assert found["role"][0] == "warn", "whoever runs the tests may do everything"
    assert {"integrity", "file", "disk", "backup"}.isdisjoint(found)


def test_a_readers_role_is_known_for_one(kw, prison, reader, address_of) -> None:
    said = kw("doctor --format json", KW_DB=address_of(reader, PASSWORD))

    assert looked_at(said)["role"] == ("ok", f"{reader} reads, and cannot write")
    assert "lilies" not in said.out + said.err


def test_an_encrypted_connection_is_known_for_one(kw, prison, database) -> None:
    state, words = looked_at(kw("doctor --format json", KW_DB=f"{database.url}?sslmode=require"))["connection"]

    assert (state, words[:15]) == ("ok", "encrypted (TLSv")


@pytest.mark.parametrize("how", ["DROP TRIGGER audit_no_update ON audit", "ALTER TABLE audit DISABLE TRIGGER ALL"])
def test_a_guard_that_is_missing_or_switched_off_is_named(how, kw, prison) -> None:
    ask_server(how, prison.address)

    state, words = looked_at(kw("doctor --format json"))["history"]

    assert (state, "audit_no_update" in words) == ("bad", True)


DOES_NOTHING = "CREATE FUNCTION quiet() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; "
INTERFERES = {
    "trigger quiet on session": DOES_NOTHING
    + "CREATE TRIGGER quiet BEFORE INSERT ON session FOR EACH ROW EXECUTE FUNCTION quiet()",
    "rule quiet on session_past": "CREATE RULE quiet AS ON INSERT TO session_past DO INSTEAD NOTHING",
    "row security on stay": "ALTER TABLE stay ENABLE ROW LEVEL SECURITY",
    "session_replication_role, replica,": "ALTER DATABASE {} SET session_replication_role = replica",
}


def test_what_could_change_what_is_written_or_let_triggers_rest_is_none_to_trust(kw, prison, database) -> None:
    for how in INTERFERES.values():
        ask_server(how.format(name_on_server(database)), database)

    said = kw("doctor --format json")

    interfering = "row security on stay, rule quiet on session_past, session_replication_role, replica,"
    assert looked_at(said)["history"] == (
        "bad",
        f"what is written can be changed by what kw has not made: trigger quiet on session, {interfering}",
    )
    verified = kw("audit verify")
    assert (said.code, verified.code) == (7, 7)
    for name in INTERFERES:
        assert f"{name} is none of kw's" in verified.err


def test_what_kw_has_not_made_is_a_warning_and_is_left_behind_by_an_export(kw, prison, database, tmp_path) -> None:
    ask_server(
        "CREATE TABLE copies (note TEXT); CREATE VIEW everyone AS SELECT * FROM person; "
        "CREATE FUNCTION loud() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        database,
    )
    prison.prisoner("A1234BC", arrived="2026-01-05")

    assert looked_at(kw("doctor --format json"))["history"] == (
        "warn",
        "kw has not made: function loud, table copies, view everyone",
    )
    with new_database() as again:
        for line in ("init", f"export {tmp_path / 'out'}", f"import {tmp_path / 'out'}"):
            assert kw(line, **({} if line.startswith("export") else {"KW_DB": named(again)})).code == 0
        assert looked_at(kw("doctor --format json", KW_DB=named(again)))["history"][0] == "ok"


CHANGED = {
    "view v_gap": "ALTER VIEW v_gap RENAME COLUMN prison_number TO number",
    "table stay": "DROP INDEX stay_one_open; CREATE INDEX stay_one_open ON stay (person_id)",
    "table session": "ALTER TABLE session ALTER COLUMN minutes SET DEFAULT 45",
    "table rota_slot": "ALTER TABLE rota_slot DROP CONSTRAINT slot_long_enough",
    "table event": "ALTER TABLE event ADD COLUMN hidden TEXT",
    "table move": "ALTER INDEX move_key RENAME TO moved_key",
    "view v_slot": "DROP VIEW v_slot",
}


def test_what_is_not_as_kw_makes_it_is_named(kw, prison, database) -> None:
    ask_server("; ".join(CHANGED.values()), database)

    state, words = looked_at(kw("doctor --format json"))["history"]

    assert (state, words) == (
        "bad",
        "not as kw makes it: table event, table move, table rota_slot, table session, table stay, and 2 more",
    )


def test_a_server_brought_up_to_date_is_as_a_new_one(kw, prison, database) -> None:
    ask_server(OF_SCHEMA_4, database)

    assert kw("init").code == 0

    assert looked_at(kw("doctor --format json"))["history"][0] == "ok"


@pytest.mark.parametrize("line", ["backup kw.backup", "restore kw.backup --yes"])
def test_a_server_is_backed_up_with_its_own_tools(line, kw, prison, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kw.backup").touch()

    said = kw(line)

    assert (said.code, "is on a server" in said.err, "pg_dump" in said.err) == (5, True, True)
    assert (tmp_path / "kw.backup").stat().st_size == 0


def test_a_demo_is_made_in_a_file(kw, prison, database) -> None:
    said = kw(f"demo --db {database.url}")

    assert (said.code, "on a server" in said.err) == (5, True)
