"""An export that fails, in whatever way, leaves no line that says it was made, and what stood there before."""

import random
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from faults.demo_prison import NOW, demo_at

pytestmark = pytest.mark.sqlite_file
PLACES = ["out", "out.xlsx", "out --prisoner F1003KC"]
EVERY_EIGHTH = range(1, 300, 8)


def lines_of(database: Path) -> int:
    """Return how many lines of the audit say that an export was made."""
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT count(*) FROM audit WHERE action = 'export'").fetchone()[0])


def standing(folder: Path) -> dict[str, bytes]:
    """Return what stands under the names of an export: its folder's files, or its workbook."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "kw.db"}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("limit", [256, 65_536])
def test_where_the_disk_is_full(place, limit, database, tmp_path, loaded) -> None:
    demo_at(database)

    ended = loaded.start(f"export {tmp_path / place}", database=database, now=NOW, disk_full=limit).wait()

    assert ended.code in (1, 7), ended  # of the files, or of the line that says that they were made
    assert (lines_of(database), standing(tmp_path)) == (0, {})


def test_where_the_disk_is_full_after_an_earlier_one(database, tmp_path, loaded) -> None:
    demo_at(database)
    line = f"export {tmp_path / 'out'}"
    assert loaded.start(line, database=database, now=NOW).wait().code == 0
    before = standing(tmp_path)

    ended = loaded.start(line, database=database, now=NOW, disk_full=4_096).wait()

    assert ended.code == 1, ended
    assert (lines_of(database), standing(tmp_path)) == (1, before)


@pytest.mark.parametrize("place", PLACES)
def test_where_the_folder_may_not_be_written_to(place, database, tmp_path, loaded) -> None:
    demo_at(database)
    shelf = tmp_path / "shelf"
    shelf.mkdir(mode=0o500)

    ended = loaded.start(f"export {shelf / place}", database=database, now=NOW, without_rights=True).wait()

    shelf.chmod(0o700)
    assert ended.code == 1, ended
    assert (lines_of(database), standing(tmp_path)) == (0, {})


@pytest.mark.parametrize("place", PLACES)
def test_where_the_database_may_not_be_written_to(place, database, tmp_path, loaded) -> None:
    demo_at(database)
    database.chmod(0o400)

    ended = loaded.start(f"export {tmp_path / place}", database=database, now=NOW, without_rights=True).wait()

    assert ended.code == 7, ended
    assert (lines_of(database), standing(tmp_path)) == (0, {})


@pytest.mark.parametrize("place", PLACES)
def test_where_another_keeps_the_database(place, database, tmp_path, loaded) -> None:
    demo_at(database)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        ended = loaded.start(f"export {tmp_path / place}", database=database, now=NOW, waits=0.05).wait()
        other.execute("ROLLBACK")

    assert ended.code == 7, ended
    assert (lines_of(database), standing(tmp_path)) == (0, {})


def test_where_it_is_killed_in_the_middle(database, tmp_path, loaded) -> None:
    """Before every eighth touch of the folder: a line is there only with all of the files."""
    demo_at(database)
    folder, whole = tmp_path / "files", tmp_path / "whole"
    assert loaded.start(f"export {whole}", database=database, now=NOW).wait().code == 0
    wanted, known = {path.name for path in whole.iterdir()}, 1
    for number in EVERY_EIGHTH:
        ended = loaded.start(
            f"export {folder}", database=database, now=NOW, stopped_before=[number, str(folder)]
        ).wait()
        if ended.code == 0:
            break
        there = {path.name for path in folder.iterdir()} if folder.exists() else set()
        assert lines_of(database) == known or wanted <= there
        known = lines_of(database)

    assert number > min(EVERY_EIGHTH)
    assert lines_of(database) == known + 1


@pytest.mark.parametrize("place", PLACES)
def test_where_somebody_presses_ctrl_c(place, database, tmp_path, loaded) -> None:
    """At six moments: told that nothing was saved, there is no line."""
    demo_at(database)
    chance, known = random.Random(place), 0
    for _ in range(6):
        running = loaded.start(f"export {tmp_path / place} --overwrite", database=database, now=NOW)
        time.sleep(chance.uniform(0, 0.06))
        running.send(signal.SIGINT)
        ended = running.wait()

        assert ended.code in (0, 130), ended
        assert "Traceback" not in ended.err
        if "nothing saved" in ended.err:
            assert lines_of(database) == known
        assert not list(tmp_path.rglob(".kw-*"))
        known = lines_of(database)
