"""`kw backup`: a copy of everything, made while others write, that was read back and takes no other file's place."""

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from factories import world
from keyworker_cli.store.changes.audit import check_audit
from keyworker_cli.store.file.reader import FileReader

pytestmark = pytest.mark.sqlite_file  # a copy of the file: a server has tools of its own

TABLES = ("person", "stay", "key_worker", "session", "audit", "audit_head", "stay_past")


@pytest.fixture
def backup(tmp_path) -> Path:
    return tmp_path / "kw.backup"


@world
def one_session(prison) -> None:
    """A prisoner, an officer and a session."""
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.officer("SHAH")
    prison.session("A1234BC", "SHAH", "2026-01-07", note="He spoke of his daughter.")


@pytest.fixture
def filled(prison, database) -> Path:
    """Where a prison is with a prisoner, an officer and a session."""
    one_session(prison)
    prison.store.close()
    return database


def rows(path: Path, table: str) -> list[tuple]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
    finally:
        connection.close()


def manifest(backup: Path) -> dict:
    return json.loads(backup.with_name(backup.name + ".manifest.json").read_text("utf-8"))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_backup_holds_everything_and_is_its_owners_alone(kw, filled, backup) -> None:
    before = {table: rows(filled, table) for table in TABLES}

    said = kw(f"backup {backup}")

    assert said.code == 0
    assert f"{backup}: " in said.out
    assert "read back and whole" in said.out
    assert {table: rows(backup, table) for table in TABLES} == before
    assert backup.stat().st_mode & 0o777 == 0o600
    assert names(backup.parent) == {"kw.db", "kw.backup", "kw.backup.manifest.json"}


def test_its_manifest_says_what_is_in_it_and_names_nobody_but_who_made_it(kw, filled, backup) -> None:
    lines, head = rows(filled, "audit_head")[0][1:3]

    kw(f"backup {backup}")

    written = manifest(backup)
    assert (written["lines"], written["head"]) == (lines, head)
    assert written["rows"]["session"] == 1
    assert written["sha256"] == hashlib.sha256(backup.read_bytes()).hexdigest()
    assert written["bytes"] == backup.stat().st_size
    assert (written["made_by"], written["made_at"]) == ("governor", "2026-05-12T07:15:00+00:00")
    text = json.dumps(written)
    assert "A1234BC" not in text
    assert "daughter" not in text
    assert backup.with_name("kw.backup.manifest.json").stat().st_mode & 0o777 == 0o600


def test_a_line_of_the_audit_says_who_made_it_and_where(kw, filled, backup) -> None:
    kw(f"backup {backup} --user hollis")

    newest = json.loads(kw("audit list --limit 1 --format json").out)["rows"][0]

    assert (newest["user"], newest["command"], newest["action"]) == ("hollis", "kw backup", "backup")
    assert newest["key"] == str(backup)
    assert json.loads(newest["after"])["head"] == manifest(backup)["head"]


def test_tomorrows_backup_takes_the_place_of_todays(kw, filled, backup) -> None:
    kw(f"backup {backup}")
    first = manifest(backup)
    kw("log-session A1234BC --minutes 30 --by SHAH --on 2026-01-14")

    said = kw(f"backup {backup}")

    assert said.code == 0
    assert len(rows(backup, "session")) == 2
    assert manifest(backup)["lines"] > first["lines"]


def test_a_file_that_is_not_an_earlier_backup_of_this_database_is_left_alone(kw, filled, tmp_path) -> None:
    letter, other, empty = tmp_path / "letter.txt", tmp_path / "other.db", tmp_path / "empty"
    letter.write_text("Dear Governor")
    empty.touch()
    kw(f"init --db {other}")
    kw(f"worker add PQ01 --last-name Quill --first-name Pat --db {other}")

    for file in (letter, other, empty, filled, tmp_path):
        before = file.read_bytes() if file.is_file() else None
        said = kw(f"backup {file}")
        assert said.code == 5, said.err
        assert len(said.err.splitlines()) == 2
        assert before is None or file.read_bytes() == before


def test_a_database_that_lost_its_records_never_takes_the_place_of_their_backup(kw, filled, backup) -> None:
    kw(f"backup {backup}")
    filled.unlink()
    kw("init")

    assert kw(f"backup {backup}").code == 5
    assert len(rows(backup, "session")) == 1


def test_a_folder_that_is_not_there_is_named(kw, filled, tmp_path) -> None:
    said = kw(f"backup {tmp_path}/nowhere/kw.backup")

    assert said.code == 4
    assert "there is no folder" in said.err


def test_a_database_whose_audit_does_not_verify_never_takes_the_place_of_a_good_backup(kw, filled, backup) -> None:
    kw(f"backup {backup}")
    before = backup.read_bytes()
    connection = sqlite3.connect(filled)
    connection.executescript("DROP TRIGGER audit_no_update; UPDATE audit SET user_name = 'nobody' WHERE id = 2")
    connection.close()

    said = kw(f"backup {backup}")

    assert said.code == 7
    assert "does not verify: line 2" in said.err
    assert backup.read_bytes() == before
    assert names(backup.parent) == {"kw.db", "kw.backup", "kw.backup.manifest.json"}


def test_a_backup_is_not_made_of_what_could_be_known_earlier(kw, filled, backup) -> None:
    assert kw(f"backup {backup} --known-at 2026-01-06").code == 2
    assert not backup.exists()


def test_a_backup_made_while_others_write_is_whole_and_none_of_them_is_turned_away(
    kw, prison, database, backup
) -> None:
    prison.prisoner("A1234BC", arrived="2024-01-01")
    prison.officer("SHAH")
    prison.store.close()
    program = (
        "import sys; from datetime import UTC, date, datetime, timedelta; from keyworker_cli.cli import main, "
        "Environment\n"
        "there = Environment(datetime(2026, 5, 12, tzinfo=UTC))\n"
        "days = [date(2024, 1, 1) + timedelta(days=2 * n + int(sys.argv[1])) for n in range(40)]\n"
        "sys.exit(max(main(['log-session', 'A1234BC', '--minutes', '20', '--by', 'SHAH', '--on', str(day)], there) "
        "for day in days))"
    )
    environment = {**os.environ, "KW_DB": str(database), "KW_USER": "tester"}
    running = [
        subprocess.Popen([sys.executable, "-c", program, f"{n}"], env=environment, stdout=-3, stderr=-3)
        for n in range(2)
    ]
    made = []
    while any(process.poll() is None for process in running):
        said = kw(f"backup {backup}")
        made.append(said.code)
        connection = sqlite3.connect(backup)
        assert check_audit(FileReader(connection, backup)).what is None
        connection.close()

    assert [process.returncode for process in running] == [0, 0]
    assert set(made) == {0}
    assert len(rows(database, "session")) == 80
