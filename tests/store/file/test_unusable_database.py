"""A database that cannot be used is named, with what to do, before anything is touched: exit 7 and two lines."""

import sqlite3
from pathlib import Path

import pytest

from factories import Prison
from keyworker_cli.store.file.waiting import WRITING

pytestmark = pytest.mark.sqlite_file  # what can be wrong with a file

READS = "overdue --days 7"
WRITES = "worker add SHAH --last-name Shah --first-name Officer --wing B"


def missing(path: Path) -> str:
    return "there is no database at"


def a_folder(path: Path) -> str:
    path.mkdir()
    return "is a folder, not a database"


def a_text_file(path: Path) -> str:
    path.write_text("Not a database, though long enough to look at. " * 20)
    return "is not a kw database"


def an_empty_file(path: Path) -> str:
    path.touch()
    return "is empty"


def of_another_program(path: Path) -> str:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE visitor (name TEXT)")
    connection.commit()
    connection.close()
    return "is a database of another program"


def truncated(path: Path) -> str:
    filled(path)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - 8192)
    return "part of the file is missing"


def damaged(path: Path) -> str:
    filled(path)
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))
    return "it is damaged"


def filled(path: Path) -> None:
    prison = Prison(path)
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.officer("PQ01")


@pytest.mark.parametrize("line", [READS, WRITES], ids=["reading", "writing"])
@pytest.mark.parametrize(
    "make", [missing, a_folder, a_text_file, an_empty_file, of_another_program, truncated, damaged]
)
def test_it_is_named_with_a_way_out_and_left_as_it_was(make, line, kw, database) -> None:
    words = make(database)
    before = database.read_bytes() if database.is_file() else None

    said = kw(line)

    assert said.code == 7
    assert words in said.err
    what, hint = said.err.splitlines()
    assert what.startswith("kw: ")
    assert hint.startswith("hint: ")
    assert said.out == ""
    if before is not None:
        assert database.read_bytes() == before
    assert database.exists() is (make is not missing)


def test_a_new_file_is_readable_by_its_owner_only(kw, database) -> None:
    kw("init")

    assert database.stat().st_mode & 0o777 == 0o600


def test_thirty_at_once_on_a_database_not_made_yet_all_get_through(database, loaded) -> None:
    """Each makes the file if it is first, and adds an officer of its own."""
    officer = "worker add K{} --last-name Shah --first-name Officer"
    running = [loaded.start("init", officer.format(n), database=database) for n in range(30)]

    said = [one.wait() for one in running]

    assert [(ended.code, ended.err.replace(f"{WRITING}\n", "")) for ended in said] == [(0, "")] * 30
    connection = sqlite3.connect(database)
    assert connection.execute("SELECT count(*) FROM key_worker").fetchone() == (30,)
    assert connection.execute("SELECT lines FROM audit_head").fetchone() == (30,)
    connection.close()
