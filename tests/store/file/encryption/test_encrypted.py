"""An encrypted database is useless to a thief, and to everybody else a database like any other."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Container
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from factories import Prison
from keyworker_cli.actions.files.demo import sample_data
from keyworker_cli.actions.files.load import load_into
from keyworker_cli.actions.files.reading.input_files import find_files
from keyworker_cli.command_line.completion import offers
from keyworker_cli.store.changes.author import Author
from keyworker_cli.store.file import sqlite_file
from keyworker_cli.store.file.encryption.keys import read_keys
from keyworker_cli.store.file.encryption.new_key import make_key

pytestmark = pytest.mark.sqlite_file  # what a file holds, byte by byte

SECRETS = ("Halliwell", "A1234BC", "his daughter", "B-2-014")
READS = "overdue --days 7"
WRITES = "worker add OKAFOR --last-name Okafor --first-name Daniel --wing B"
SCHEMA_1 = Path(__file__).parents[2] / "schema" / "schemas" / "schema_1.sql"


def fill(database: Path) -> Prison:
    """One prisoner, his officer, and a session whose note nobody else is to read."""
    prison = Prison(database)
    prison.prisoner("A1234BC", name="Peter Halliwell", arrived="2026-01-05", location="B-2-014")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    prison.session("A1234BC", "SHAH", "2026-01-07", note="He spoke of his daughter.")
    prison.store.close()
    return prison


@pytest.fixture
def encrypted(kw, key_file, database) -> Path:
    assert kw("init --encrypt").code == 0
    fill(database)
    return database


@pytest.fixture
def in_clear(key_file, database) -> Path:
    fill(database)
    return database


def seen_in(*contents: bytes) -> set[str]:
    """Which of the secrets stand in clear in any of these."""
    return {secret for secret in SECRETS for content in contents if secret.encode() in content}


def everything_in(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def refused(said) -> str:
    """What is said on a refusal with exit code 7, which is always two lines and no answer."""
    what, hint = said.err.splitlines()
    assert (said.code, said.out, what[:4], hint[:6]) == (7, "", "kw: ", "hint: ")
    return said.err


# --- made encrypted ---


def test_a_new_database_is_encrypted_and_it_is_said_where_its_key_is_and_never_what(kw, key_file, database) -> None:
    said = kw("init --encrypt")

    assert (said.code, said.out) == (0, f"made {database}, encrypted\n")
    assert f"its key is kept in the key file {key_file}: without it nobody can read the database" in said.err
    assert not database.read_bytes().startswith(b"SQLite format 3")
    assert (database.stat().st_mode & 0o777, key_file.stat().st_mode & 0o777) == (0o600, 0o600)
    assert key_file.read_text().split()[-1] not in said.out + said.err + kw("doctor").out


def test_every_kind_of_command_works_on_it_and_its_folder_holds_nothing_in_clear(encrypted, kw, tmp_path) -> None:
    assert kw("log-session A1234BC --minutes 45 --by SHAH --on 2026-05-11").code == 0
    assert "Halliwell" in kw("why A1234BC").out
    assert kw("audit verify").code == 0
    assert "Halliwell" in kw("overdue --as-of 2026-05-10 --known-at 2026-02-01").out
    assert offers(["log-session", ""], encrypted) == [("A1234BC", "Peter Halliwell")]

    assert seen_in(*everything_in(tmp_path)) == set()


def test_the_doctor_says_that_it_is_encrypted_and_where_the_key_is(encrypted, kw, key_file) -> None:
    assert f"without the key in the key file {key_file} nobody can read the file" in kw("doctor --format csv").out


def test_the_doctor_warns_of_a_key_that_is_taken_together_with_the_database(
    encrypted, kw, key_file, monkeypatch
) -> None:
    beside = key_file.rename(encrypted.with_name("kw.key"))
    monkeypatch.setenv("KW_KEY_FILE", str(beside))

    said = kw("doctor --format csv").out

    assert "whoever takes the one takes the other" in said
    assert "move the key to another disk and set KW_KEY_FILE to it" in said


def test_a_database_that_is_there_is_left_as_it_is_and_one_in_clear_is_said_to_be(kw, in_clear, key_file) -> None:
    before = in_clear.read_bytes()

    said = kw("init --encrypt")

    assert "it was left as it is; it is not encrypted: kw config encrypt" in said.out
    assert (in_clear.read_bytes(), key_file.exists()) == (before, False)


def test_one_key_file_may_serve_several_databases(encrypted, kw, key_file, tmp_path) -> None:
    key = key_file.read_text()

    assert kw(f"init --encrypt --db {tmp_path / 'second.db'}").code == 0
    assert key_file.read_text() == key
    assert kw(f"{READS} --db {tmp_path / 'second.db'}").code == 0


def test_of_several_keys_in_a_file_each_database_finds_its_own(encrypted, kw, key_file) -> None:
    """So that a backup with an earlier key can be restored beside a database with another."""
    key_file.write_text(f"# an older one first\n{'ab' * 32}\n\n{key_file.read_text()}")

    assert kw(READS).code == 0


# --- its key ---


def gone(key_file: Path) -> str:
    key_file.unlink()
    return "there is no key file at"


def of_another_database(key_file: Path) -> str:
    key_file.write_text("ab" * 32)
    return "is encrypted with key"


def no_key(key_file: Path) -> str:
    key_file.write_text("correct horse battery staple")
    return "is not a key file"


def not_even_text(key_file: Path) -> str:
    key_file.write_bytes(b"\xff\xfe\x00")
    return "is not a key file"


def open_to_others(key_file: Path) -> str:
    key_file.chmod(0o640)
    return "others may read the key file"


def a_folder(key_file: Path) -> str:
    key_file.unlink()
    key_file.mkdir(mode=0o700)
    return "cannot be read: Is a directory"


@pytest.mark.parametrize("lose", [gone, of_another_database, no_key, not_even_text, open_to_others, a_folder])
def test_without_its_key_every_command_is_refused_and_the_file_is_left_as_it_is(
    lose, encrypted, kw, key_file, tmp_path
) -> None:
    before = encrypted.read_bytes()
    words = lose(key_file)

    for line in (READS, WRITES, "doctor", f"backup {tmp_path / 'kw.backup'}", "config decrypt", "init --encrypt"):
        assert words in refused(kw(line)), line
    assert offers(["log-session", ""], encrypted) == []
    assert encrypted.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"kw.db", "keys"}


def test_a_key_file_that_cannot_be_made_is_refused_before_anything_is_encrypted(kw, in_clear, key_file) -> None:
    before = in_clear.read_bytes()
    key_file.parent.rmdir()

    assert "cannot be made: No such file or directory" in refused(kw("config encrypt"))
    assert in_clear.read_bytes() == before


# --- encrypted as it stands, and back ---


def test_a_database_is_encrypted_as_it_stands_and_answers_as_before(in_clear, kw, tmp_path) -> None:
    before = kw(f"{READS} --format json").out
    assert seen_in(*everything_in(tmp_path)) == set(SECRETS)

    said = kw("config encrypt")

    assert (said.code, said.out) == (0, f"{in_clear} is encrypted\n")
    assert "the disk may hold what stood in its blocks" in said.err
    assert seen_in(*everything_in(tmp_path)) == set()
    assert kw(f"{READS} --format json").out == before
    assert kw("audit verify").code == 0
    assert ",encrypt,database," in kw("audit list --limit 1 --format csv").out
    assert in_clear.stat().st_mode & 0o777 == 0o600
    assert {path.name for path in tmp_path.iterdir()} == {"kw.db", "keys"}


def test_it_is_put_in_clear_again_with_nothing_lost(encrypted, kw, key_file) -> None:
    before = kw(f"{READS} --format json").out

    said = kw("config decrypt")

    assert (said.code, said.out) == (0, f"{encrypted} is in clear: whoever has the file can read it\n")
    assert f"its key stays in the key file {key_file}" in said.err
    key_file.unlink()
    assert kw(f"{READS} --format json").out == before
    assert kw("audit verify").code == 0
    assert ",decrypt,database," in kw("audit list --limit 1 --format csv").out
    stamped = sqlite3.connect(encrypted)
    assert stamped.execute("PRAGMA application_id").fetchone() == (sqlite_file.APPLICATION_ID,)
    assert stamped.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    stamped.close()


def test_it_is_encrypted_anew_with_a_new_key_and_older_backups_keep_the_old_one(
    encrypted, kw, key_file, tmp_path
) -> None:
    backup = tmp_path / "kw.db.backup"
    assert kw(f"backup {backup}").code == 0
    before, old, bytes_before = kw(f"{READS} --format json").out, read_keys(key_file), encrypted.read_bytes()

    said = kw("config rekey")

    new = read_keys(key_file)
    assert (said.code, said.out) == (0, f"{encrypted} is encrypted with a new key\n")
    assert "the old key: every backup, kw.db.backup. It stays in the key file" in said.err
    assert not set(said.err.split()) & {key.secret.hex() for key in new}
    assert ([key.secret for key in new[1:]], len(new)) == ([key.secret for key in old], 2)
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert encrypted.read_bytes()[:16] != bytes_before[:16]
    assert kw(f"{READS} --format json").out == before
    assert kw("audit verify").code == 0
    assert ",rekey,database," in kw("audit list --limit 1 --format csv").out
    assert {path.name for path in tmp_path.iterdir()} == {"kw.db", "keys", "kw.db.backup", "kw.db.backup.manifest.json"}
    key_file.write_text(new[0].secret.hex() + "\n")
    assert kw(READS).code == 0
    assert old[0].id.hex() in refused(kw(f"restore {backup} --yes"))
    key_file.write_text(old[0].secret.hex() + "\n")
    assert new[0].id.hex() in refused(kw(READS))


def test_a_new_key_that_cannot_be_kept_leaves_everything_as_it_was(encrypted, kw, key_file, monkeypatch) -> None:
    before, keys = encrypted.read_bytes(), key_file.read_bytes()
    assert "would be encrypted with a new key" in kw("config rekey --dry-run").out
    key_file.chmod(0o640)

    assert "others may read the key file" in refused(kw("config rekey"))

    assert (encrypted.read_bytes(), key_file.read_bytes()) == (before, keys)


def test_a_database_in_clear_has_no_key_to_change(in_clear, kw, key_file) -> None:
    before = in_clear.read_bytes()

    assert kw("config rekey").out == f"{in_clear} is not encrypted: kw config encrypt\n"
    assert (in_clear.read_bytes(), key_file.exists()) == (before, False)


def test_what_is_so_already_is_left_as_it_is_and_a_dry_run_changes_nothing(in_clear, kw, key_file) -> None:
    before = in_clear.read_bytes()

    assert "would be" in kw("config encrypt --dry-run").out
    assert kw("config decrypt").out == f"{in_clear} is not encrypted\n"
    assert (in_clear.read_bytes(), key_file.exists()) == (before, False)

    kw("config encrypt")
    before = in_clear.read_bytes()
    assert "is encrypted already" in kw("config encrypt").out
    assert "would be in clear" in kw("config decrypt --dry-run").out
    assert in_clear.read_bytes() == before


def test_copies_that_stay_in_clear_beside_it_are_named(in_clear, kw, tmp_path) -> None:
    kw(f"backup {tmp_path / 'kw.db.backup'}")

    assert "not encrypted: every backup, kw.db.backup" in kw("config encrypt").err


def test_a_link_to_a_database_stays_one_and_nothing_stays_in_clear_behind_it(in_clear, kw, tmp_path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(in_clear)

    assert kw(f"config encrypt --db {link}").code == 0

    assert link.is_symlink()
    assert seen_in(*everything_in(tmp_path)) == set()


def as_a_process(program: str, *arguments: str, database: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "KW_DB": str(database), "KW_USER": "governor", "KW_AS_OF": "2026-05-12"}
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_what_somebody_else_is_writing_meanwhile_is_in_the_encrypted_file(in_clear, kw) -> None:
    writing = as_a_process(
        "import sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "connection.execute('BEGIN IMMEDIATE')\n"
        'connection.execute("UPDATE audit_head SET lines = lines")\n'
        "print('begun', flush=True)\n"
        "sys.stdin.readline()\n"
        "connection.execute('COMMIT')\n",
        str(in_clear),
        database=in_clear,
    )
    assert writing.stdout is not None
    writing.stdout.readline()
    encrypting = as_a_process(
        "import sys; from keyworker_cli.cli import run; sys.exit(run())", "config", "encrypt", database=in_clear
    )
    with pytest.raises(subprocess.TimeoutExpired):
        encrypting.wait(1.5)  # it waits for the other
    assert in_clear.read_bytes().startswith(sqlite_file.MAGIC)

    writing.communicate("\n")
    said = encrypting.communicate()

    assert (encrypting.returncode, said[0]) == (0, f"{in_clear} is encrypted\n")
    assert kw("audit verify").code == 0


def test_a_full_disk_leaves_it_as_it_was(in_clear, tmp_path) -> None:
    before = in_clear.read_bytes()
    process = as_a_process(
        "import resource, signal, sys\n"
        "from keyworker_cli.cli import run\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536)); sys.exit(run())",
        *("config", "encrypt"),
        database=in_clear,
    )

    out, err = process.communicate()

    assert (process.returncode, out, len(err.splitlines())) == (7, "", 2), err
    assert in_clear.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"kw.db", "keys"}


# --- while it is open ---


HANDLES = Path("/proc/self/fd")


def everything_open(besides: Container[Path]) -> list[bytes]:
    """The content of every file that this process has opened besides some, those without a name among them."""
    contents = []
    for handle in HANDLES.iterdir():
        try:
            if handle not in besides and handle.is_file():
                contents.append(handle.read_bytes())
        except OSError:  # closed meanwhile
            continue
    return contents


@pytest.mark.parametrize(("how", "expected"), [("init --encrypt", set()), ("init", {"Halliwell", "his daughter"})])
def test_in_the_middle_of_an_import_and_other_changes_nothing_is_on_disk_in_clear(
    how, expected, kw, key_file, database, tmp_path
) -> None:
    """Neither in the file, nor in its journal, nor in what is staged; the file in clear shows that the search finds."""
    before = set(HANDLES.iterdir())  # what the tests print may go to a file
    kw(how)
    prison = fill(database)
    with prison.store.transaction(
        Author("tester", datetime(2026, 5, 12, tzinfo=UTC), "kw test", date(2026, 5, 12))
    ) as change:
        run = change.connection.exec_driver_sql
        sheets = find_files([sample_data()], kind=None).files
        load_into(change, sheets, as_of=date(2026, 5, 12))
        run("PRAGMA cache_size = 1")  # what does not fit is written out at once
        run("CREATE TEMP TABLE staged (note)")
        for number in range(200):
            run("INSERT INTO staged VALUES (?)", (f"He spoke of his daughter {number}.",))
        run("UPDATE person SET search_name = search_name || ' '")
        run("UPDATE session SET changed_by = changed_by || ' '")
        change.add_person(prison_number="B2345CD", last_name="Halliwell", first_name="John", date_of_birth=None)
        run("SELECT note FROM staged ORDER BY note").fetchall()

        assert database.with_name("kw.db-journal").stat().st_size > 4096
        assert expected <= seen_in(*everything_in(tmp_path), *everything_open(besides=before))
        assert bool(expected) is bool(seen_in(*everything_in(tmp_path), *everything_open(besides=before)))


# --- backups, older files, damage ---


def test_a_backup_of_it_is_encrypted_with_the_same_key_and_comes_back(encrypted, kw, key_file, tmp_path) -> None:
    backup = tmp_path / "kw.backup"
    made = kw(f"backup {backup}")
    kw(WRITES)

    assert "it is encrypted as the database is" in made.err
    assert seen_in(*everything_in(tmp_path)) == set()
    assert kw(f"backup {backup}").code == 0, "an earlier backup of this database is replaced"
    assert kw(f"restore {backup} --yes").code == 0
    assert kw("audit verify").code == 0
    elsewhere = tmp_path / "elsewhere.db"
    assert kw(f"restore {backup} --db {elsewhere}").code == 0
    assert "Halliwell" in kw(f"{READS} --db {elsewhere}").out
    assert seen_in(*everything_in(tmp_path)) == set()
    key_file.rename(key_file.with_name("away"))
    assert "there is no key file" in refused(kw(f"restore {backup} --yes --db {tmp_path / 'third.db'}"))


def test_a_backup_in_clear_says_that_the_database_will_not_be_encrypted(in_clear, kw, tmp_path) -> None:
    backup = tmp_path / "kw.backup"
    kw(f"backup {backup}")
    kw("config encrypt")

    assert "is encrypted, and the backup is not: when it is back, kw config encrypt" in kw(f"restore {backup}").out
    assert kw(f"restore {backup} --yes").code == 0
    assert "Halliwell" in kw(READS).out


def test_nothing_takes_the_place_of_a_database_that_cannot_be_opened_for_want_of_its_key(
    in_clear, kw, key_file, tmp_path
) -> None:
    """It may hold what the backup lacks, and nobody can say."""
    backup = tmp_path / "kw.backup"
    kw(f"backup {backup}")
    kw("config encrypt")
    before = in_clear.read_bytes()
    key_file.rename(key_file.with_name("away"))

    assert "there is no key file" in refused(kw(f"restore {backup} --yes"))
    assert in_clear.read_bytes() == before


def test_an_export_of_it_is_taken_in_by_another(encrypted, kw, tmp_path) -> None:
    second = tmp_path / "second.db"

    assert kw(f"export {tmp_path / 'out'}").code == 0
    assert kw(f"init --encrypt --db {second}").code == 0
    assert kw(f"import {tmp_path / 'out'} --db {second}").code == 0
    assert kw(f"export {tmp_path / 'again'} --db {second}").code == 0

    files = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert files
    for name in files:
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "again" / name).read_bytes(), name


def test_an_older_file_is_brought_up_to_date_and_the_copy_of_it_is_encrypted_too(
    key_file, database, kw, tmp_path
) -> None:
    older = sqlite_file.connect(database, create=True, key=make_key())
    older.execute("PRAGMA foreign_keys = OFF")  # the script makes its tables in any order
    older.executescript(SCHEMA_1.read_text(encoding="utf-8"))
    older.close()

    said = kw("overdue --days 7 --as-of 14/01/2026 --format csv")

    assert said.out.splitlines()[1].startswith("A1234BC,7,due,Mr A")
    assert sqlite_file.schema_version(database) == sqlite_file.SCHEMA_VERSION
    assert sqlite_file.schema_version(database.with_name("kw.db.schema-1")) == 1
    assert not [content for content in everything_in(tmp_path) if b"O'Brien" in content]


def test_a_file_of_a_newer_kw_is_refused_untouched(encrypted, kw) -> None:
    newer = sqlite_file.connect(encrypted)
    newer.execute(f"PRAGMA user_version = {sqlite_file.SCHEMA_VERSION + 1}")
    newer.close()
    before = encrypted.read_bytes()

    assert "newer kw" in refused(kw(READS))
    assert encrypted.read_bytes() == before


@pytest.mark.parametrize("at", [100, 5 * 4096, -8192], ids=["first page", "a page", "cut short"])
def test_one_that_was_damaged_is_told_from_one_without_its_key(at, encrypted, kw) -> None:
    content = bytearray(encrypted.read_bytes())
    if at < 0:
        del content[at:]
    else:
        content[at : at + 4096] = os.urandom(4096)
    encrypted.write_bytes(content)

    assert "damaged" in refused(kw("doctor"))
    assert encrypted.read_bytes() == bytes(content)
