"""`kw doctor`, `kw backup` and `kw restore` on a server: what is looked at, and what is done with other tools."""

import json

import pytest

from databases import ask_server
from keyworker_cli.store.file.sqlite_file import SCHEMA_VERSION
from postgres.roles import PASSWORD


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
