"""`kw restore`: a backup comes back only when it is whole, what was there is kept, and nobody writes into the past."""

import json
import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from factories import world
from keyworker_cli.errors import DatabaseError
from keyworker_cli.store.changes.author import Author
from keyworker_cli.store.file import sqlite_file
from keyworker_cli.store.store import Store

pytestmark = pytest.mark.sqlite_file  # a file that takes another's place: a server has tools of its own

KEPT = "kw.db.before-restore-2026-05-12-081500"


@world
def one_session(prison) -> None:
    """A prisoner, an officer and a session."""
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.officer("SHAH")
    prison.session("A1234BC", "SHAH", "2026-01-07")


@pytest.fixture
def backup(kw, prison, database, tmp_path) -> Path:
    """A backup of a prison with one session, after which another was logged."""
    one_session(prison)
    prison.store.close()
    made = tmp_path / "kw.backup"
    assert kw(f"backup {made}").code == 0
    assert kw("log-session A1234BC --minutes 30 --by SHAH --on 2026-01-14").code == 0
    return made


def sessions(path: Path) -> int:
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("SELECT count(*) FROM session").fetchone()[0])
    finally:
        connection.close()


def test_a_backup_comes_back_and_what_was_there_is_kept_beside_it(kw, backup, database) -> None:
    said = kw(f"restore {backup} --yes")

    assert said.code == 0
    assert f"{database} is restored from {backup}" in said.out
    assert sessions(database) == 1
    assert sessions(database.with_name(KEPT)) == 2
    assert database.stat().st_mode & 0o777 == 0o600
    assert kw("audit verify").code == 0
    newest = json.loads(kw("audit list --limit 1 --format json").out)["rows"][0]
    assert (newest["user"], newest["action"], newest["key"]) == ("governor", "restore", str(backup))


def test_it_is_undone_by_restoring_what_was_kept(kw, backup, database) -> None:
    kw(f"restore {backup} --yes")

    later = datetime(2026, 5, 12, 7, 16, tzinfo=UTC)
    said = kw(f"restore {database.with_name(KEPT)} --yes", now=later)

    assert said.code == 0
    assert "another history" in said.out
    assert sessions(database) == 2


def test_it_is_said_first_how_much_was_written_since_and_nothing_is_done_unasked(kw, backup, database) -> None:
    dry, piped = kw(f"restore {backup} --dry-run"), kw(f"restore {backup}")
    refused = kw(f"restore {backup}", answers=["n"])

    for said in (dry, piped, refused):
        assert said.code == 0
        assert "it is whole" in said.out
        assert "2 lines of the audit more, written since" in said.out
        assert "nothing saved" in said.err
    assert "add --yes" in piped.err
    assert sessions(database) == 2
    assert {path.name for path in database.parent.iterdir()} == {"kw.db", backup.name, f"{backup.name}.manifest.json"}


def test_a_person_is_asked_and_says_yes(kw, backup, database) -> None:
    said = kw(f"restore {backup}", answers=["y"])

    assert "Restore it? [y/N]" in said.err
    assert sessions(database) == 1


def test_on_a_new_machine_there_is_nothing_to_ask(kw, backup, tmp_path) -> None:
    fresh = tmp_path / "new" / "kw.db"

    said = kw(f"restore {backup} --db {fresh}")

    assert said.code == 0
    assert sessions(fresh) == 1
    assert fresh.parent.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in fresh.parent.iterdir()] == ["kw.db"]


@pytest.mark.parametrize("broken", ["damaged", "truncated", "a text file", "empty", "another program's", "gone"])
def test_a_database_that_cannot_be_used_is_mended_by_its_backup(broken, kw, backup, database) -> None:
    make = {
        "damaged": lambda: database.write_bytes(database.read_bytes()[:4096] + b"\xff" * 90_000),
        "truncated": lambda: os.truncate(database, database.stat().st_size - 8192),
        "a text file": lambda: database.write_text("Not a database. " * 400),
        "empty": lambda: os.truncate(database, 0),
        "another program's": lambda: database.write_bytes(_of_another_program(database.with_name("other"))),
        "gone": database.unlink,
    }
    make[broken]()
    was = database.read_bytes() if database.exists() else None

    said = kw(f"restore {backup} --yes")

    assert said.code == 0, said.err
    assert sessions(database) == 1
    if was is not None:
        assert database.with_name(KEPT).read_bytes() == was


def _of_another_program(path: Path) -> bytes:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE visitor (name TEXT)")
    connection.commit()
    connection.close()
    return path.read_bytes()


@pytest.mark.parametrize("begins", [b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", b"\x00" * 8], ids=["to be undone", "done"])
def test_what_was_left_half_written_beside_a_damaged_database_is_never_put_into_the_restored_one(
    begins, kw, backup, database
) -> None:
    database.write_text("Not a database. " * 400)
    journal = database.with_name("kw.db-journal")
    journal.write_bytes(begins + b"\x01" * 5000)

    assert kw(f"restore {backup} --yes").code == 0

    assert sessions(database) == 1
    assert not journal.exists()
    assert kw("audit verify").code == 0


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda path: path.write_text("Not a database. " * 400), "not as it was when"),
        (lambda path: os.truncate(path, path.stat().st_size - 4096), "not as it was when"),
        (lambda path: _flip(path, b"COMPLETED"), "not as it was when"),
        (lambda path: path.with_name("kw.backup.manifest.json").write_text("{}"), "is not a manifest"),
    ],
    ids=["no database", "truncated", "a letter changed", "a manifest of something else"],
)
def test_a_backup_that_is_not_as_its_manifest_says_is_refused(spoil, words, kw, backup, database) -> None:
    spoil(backup)

    said = kw(f"restore {backup} --yes")

    assert said.code == 7
    assert words in said.err
    assert len(said.err.splitlines()) == 2
    assert sessions(database) == 2


def _flip(path: Path, word: bytes) -> None:
    """Change a letter inside a text, which SQLite itself does not notice."""
    whole = path.read_bytes()
    assert word in whole
    path.write_bytes(whole.replace(word, word[:-1] + b"X"))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda path: path.write_text("Not a database. " * 400), "is not a kw database"),
        (lambda path: os.truncate(path, path.stat().st_size - 4096), "part of the file is missing"),
        (lambda path: os.truncate(path, 0), "is empty"),
        (lambda path: _flip(path, b'"held_on": "2026-01-07"'), "does not verify"),
        (lambda path: _behind_its_back(path, "UPDATE session SET minutes = 44"), "does not verify"),
        (lambda path: _behind_its_back(path, "PRAGMA user_version = 99"), "newer kw"),
        (lambda path: path.write_bytes(path.read_bytes()[:8192] + b"\xff" * (path.stat().st_size - 8192)), "damaged"),
    ],
    ids=["no database", "truncated", "empty", "audit changed", "record changed", "newer", "pages damaged"],
)
def test_without_its_manifest_a_backup_is_checked_all_the_same(spoil, words, kw, backup, database) -> None:
    backup.with_name("kw.backup.manifest.json").unlink()
    assert "no manifest is beside it" in kw(f"restore {backup} --dry-run").out
    spoil(backup)

    said = kw(f"restore {backup} --yes")

    assert said.code == 7
    assert words in said.err
    assert "kw init" not in said.err
    assert len(said.err.splitlines()) == 2
    assert sessions(database) == 2


def _behind_its_back(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.executescript(f"DROP TRIGGER session_keep; {statement}")
    connection.close()


def test_a_backup_of_an_older_kw_comes_back_in_the_schema_of_today(kw, tmp_path) -> None:
    old = tmp_path / "old.backup"
    connection = sqlite3.connect(old)
    schema = Path(__file__).parents[1] / "store" / "schema" / "schemas" / "schema_1.sql"
    connection.executescript(schema.read_text("utf-8"))
    connection.close()
    before = old.read_bytes()

    said = kw(f"restore {old}")

    assert said.code == 0, said.err
    assert old.read_bytes() == before
    assert kw("prisoner list").code == 0
    assert sqlite_file.schema_version(tmp_path / "kw.db") == sqlite_file.SCHEMA_VERSION
    assert {path.name for path in tmp_path.iterdir()} == {"kw.db", "old.backup"}


def test_a_backup_that_is_not_there_and_the_database_itself_are_named(kw, backup, database) -> None:
    gone, itself = kw("restore nowhere.backup --yes"), kw(f"restore {database} --yes")

    assert (gone.code, "there is no backup at nowhere.backup" in gone.err) == (4, True)
    assert (itself.code, "is the database itself" in itself.err) == (5, True)


def test_what_somebody_wrote_while_the_question_stood_is_not_taken_back_unseen(kw, backup, database) -> None:
    class Meanwhile:
        """Answers yes, after a colleague has logged a session."""

        def __iter__(self):
            assert kw("log-session A1234BC --minutes 30 --by SHAH --on 2026-01-21").code == 0
            yield "y"

    said = kw(f"restore {backup}", answers=(reply for reply in Meanwhile()))

    assert said.code == 7
    assert "was written to meanwhile" in said.err
    assert sessions(database) == 3


def test_a_writer_who_waited_while_the_database_was_replaced_is_told_and_may_try_again(
    prison, backup, database, tmp_path
) -> None:
    """He has opened the file that is now kept: what he wrote there would be missing from the one in its place."""
    holding = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
    holding.execute("BEGIN IMMEDIATE")
    said: list[str] = []

    def write() -> None:
        try:
            with Store(database).transaction(
                Author("tester", datetime(2026, 5, 12, tzinfo=UTC), "kw test", date(2026, 5, 12))
            ) as change:
                change.set_setting("gap.days", "8")
            said.append("saved")
        except DatabaseError as error:
            said.append(error.message)

    waiting = threading.Thread(target=write)
    waiting.start()
    waiting.join(1)  # long enough to open the file, and then wait for it
    assert waiting.is_alive()
    backup.rename(database)
    holding.close()
    waiting.join()

    assert "was replaced a moment ago" in said[0]
    write()
    assert said[1] == "saved"


def test_a_link_to_the_database_and_one_to_the_backup_stay_links(kw, prison, tmp_path, database) -> None:
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.store.close()
    stick = tmp_path / "stick"
    stick.mkdir()
    database_link, backup_link = tmp_path / "link.db", tmp_path / "link.backup"
    database_link.symlink_to(database)
    backup_link.symlink_to(stick / "kw.backup")

    made = kw(f"backup {backup_link} --db {database_link}")
    put_back = kw(f"restore {backup_link} --db {database_link} --yes")

    assert (made.code, put_back.code) == (0, 0)
    assert (database_link.is_symlink(), backup_link.is_symlink()) == (True, True)
    assert {path.name for path in stick.iterdir()} == {"kw.backup", "kw.backup.manifest.json"}
    assert "no manifest" not in put_back.out
    assert database.with_name(KEPT).exists()


@pytest.mark.parametrize("text", ["[]", "{", '{"made_at": "soon"}', "null", "\x00"])
def test_a_manifest_that_says_something_else_is_refused_in_two_lines(text, kw, backup) -> None:
    backup.with_name("kw.backup.manifest.json").write_text(text)

    said = kw(f"restore {backup} --yes")

    assert said.code == 7
    assert len(said.err.splitlines()) == 2


def test_a_pipe_or_a_folder_is_no_backup(kw, backup, tmp_path) -> None:
    os.mkfifo(tmp_path / "pipe")

    for place in (tmp_path / "pipe", tmp_path):
        assert kw(f"restore {place} --yes").code == 5
        assert kw(f"backup {place}").code == 5


LOG_BACK_UP_RESTORE = """
import io, sys
from datetime import UTC, date, datetime, timedelta
from keyworker_cli.cli import Environment, main
for n in range(int(sys.argv[2]) * 500, 10_000):
    there = Environment(datetime(2026, 5, 12, tzinfo=UTC) + timedelta(seconds=n), io.StringIO(), io.StringIO())
    day = date(2010, 1, 1) + timedelta(days=n)
    if main(["log-session", "A1234BC", "--minutes", "20", "--by", "SHAH", "--on", str(day)], there) == 0:
        print(day, flush=True)
    main(["backup", sys.argv[1]], there)
    main(["restore", sys.argv[1], "--yes"], there)
"""


def test_killed_at_any_moment_of_a_backup_or_a_restore_nothing_acknowledged_is_lost(
    kw, prison, database, tmp_path
) -> None:
    prison.prisoner("A1234BC", arrived="2010-01-01")
    prison.officer("SHAH", on="2009-01-01")
    prison.store.close()
    backup, chance = tmp_path / "kw.backup", random.Random(8)
    environment = {**os.environ, "KW_DB": str(database), "KW_USER": "tester"}
    acknowledged: set[str] = set()
    for attempt in range(8):
        command = [sys.executable, "-c", LOG_BACK_UP_RESTORE, str(backup), str(attempt)]
        running = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        assert running.stdout is not None
        acknowledged |= {running.stdout.readline().strip() for _ in ("before a restore", "after it")}
        time.sleep(chance.uniform(0, 0.4))
        running.kill()
        acknowledged |= {line.strip() for line in running.communicate()[0].splitlines()}

        assert kw("audit verify").code == 0
        connection = sqlite3.connect(database)
        there = {day for (day,) in connection.execute("SELECT held_on FROM session")}
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()
        assert acknowledged <= there
        assert kw(f"restore {backup} --dry-run").code == 0 or not backup.exists()
    assert len(list(tmp_path.glob("kw.db.before-restore-*"))) >= 8, "each was killed after one restore at least"


@pytest.mark.parametrize("line", ["backup {new}", "restore {backup} --yes", "backup {backup}"])
def test_a_full_disk_is_told_of_and_leaves_everything_as_it_was(line, backup, database, tmp_path) -> None:
    """As if it were full: no file may grow beyond a few pages."""

    def files() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}

    program = (
        "import resource, sys; from keyworker_cli.cli import run; "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536)); sys.exit(run())"
    )
    before, words = files(), line.format(backup=backup, new=tmp_path / "new.backup").split()
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "KW_DB": str(database), "KW_USER": "tester"},
    )

    assert done.returncode == 7, done.stderr
    assert f"kw: {database if words[0] == 'restore' else words[1]}: the disk" in done.stderr
    assert len(done.stderr.splitlines()) == 2
    assert files() == before
    assert len(list(tmp_path.iterdir())) == len(before)
