"""Interrupted: an import, a move to a newer schema, a file that is written. All of it is there or none, and it can be
done again.
"""

import random
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from faults.demo_prison import NOW, demo_at
from faults.whole import contents
from keyworker_cli.store.file import sqlite_file

pytestmark = pytest.mark.sqlite_file
SCHEMA_1 = Path(__file__).parents[1] / "store" / "schema" / "schemas" / "schema_1.sql"
ROUNDS, STEPS = 10, 36


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_an_import_at_a_random_moment(number, database, loaded, pytestconfig) -> None:
    """Ten rounds each, up to 100 ms after it began, of which it takes about sixty when nothing else runs."""
    line, chance = f"import {pytestconfig.rootpath / 'sample_data'}", random.Random(number)
    assert loaded.start("init", database=database, now=NOW).wait().code == 0
    empty = contents(database)
    for _ in range(ROUNDS):
        running = loaded.start(line, database=database)
        time.sleep(chance.uniform(0, 0.1))
        running.send(number)
        ended = running.wait()

        assert "Traceback" not in ended.err
        if contents(database) != empty:
            assert ended.code == 0 or "nothing saved" not in ended.err
            break
        assert ended.code in (-signal.SIGKILL, -signal.SIGTERM, 130)
    assert loaded.start(line, database=database, now=NOW).wait().code == 0
    assert "461 same" in "".join(loaded.start(line, database=database, now=NOW).wait().out.split("\n")[7:8])


@pytest.mark.parametrize("first", [1, 19])
def test_a_move_to_the_newer_schema_before_every_eighteenth_statement(first, database, loaded) -> None:
    """Two runs of it, from the first statement and from the nineteenth: 27 rounds of the 480 or so there are."""
    with sqlite3.connect(database) as connection:
        connection.executescript(SCHEMA_1.read_text("utf-8"))
    connection.close()
    old, kept = database.read_bytes(), database.with_name("kw.db.schema-1")
    for statement in range(first, 1000, STEPS):
        database.write_bytes(old)
        ended = loaded.start("audit verify", database=database, killed_at=statement).wait()
        if ended.code == 0:
            break
        with sqlite3.connect(database) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            (version,) = connection.execute("PRAGMA user_version").fetchone()
        connection.close()
        assert version in (1, sqlite_file.SCHEMA_VERSION)
        if version > 1:
            assert sqlite_file.schema_version(kept) == 1
        assert loaded.start("audit verify", database=database).wait().code == 0

    assert statement > 50
    assert loaded.start("overdue", database=database).wait().code == 0


@pytest.mark.parametrize("name", ["page.html", "page.xlsx", "page.csv"])
def test_a_report_before_every_touch_of_its_folder_is_the_old_one_or_the_new(name, database, tmp_path, loaded) -> None:
    demo_at(database)
    page, folder = tmp_path / "pages" / name, tmp_path / "pages"
    folder.mkdir()
    line, left = f"prisoner list --output {page}", []
    for number in range(1, 20):
        page.write_text("yesterday's")
        ended = loaded.start(line, database=database, now=NOW, stopped_before=[number, str(folder)]).wait()
        if ended.code == 0:
            break
        left.append(page.read_bytes())

    assert number > 2
    assert left[0] == b"yesterday's"
    assert page.stat().st_size > 500
    assert {len(content) for content in left} <= {len(left[0]), page.stat().st_size}
    contents(database)


def test_an_export_before_every_touch_of_its_folder_has_whole_files_and_can_be_made_again(
    database, tmp_path, loaded
) -> None:
    demo_at(database)
    folder, whole = tmp_path / "files", tmp_path / "whole"
    assert loaded.start(f"export {whole}", database=database, now=NOW).wait().code == 0
    wanted = {path.name: path.read_bytes() for path in whole.iterdir()}
    for number in range(1, 300, 8):
        ended = loaded.start(
            f"export {folder}", database=database, now=NOW, stopped_before=[number, str(folder)]
        ).wait()
        if ended.code == 0:
            break
        there = {path.name: path.read_bytes() for path in folder.glob("*.csv")} if folder.exists() else {}
        assert there.items() <= wanted.items()

    assert number > 10
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == wanted


@pytest.mark.parametrize("line", ["overdue", "briefing", "doctor", "log-session F1003KC --minutes 20 --by PQ01"])
def test_ctrl_c_is_told_in_two_lines(line, database, loaded) -> None:
    """At five moments of each; what is done sooner has answered."""
    demo_at(database)
    before = contents(database)
    for milliseconds in (1, 5, 10, 15, 20):
        running = loaded.start(line, database=database)
        time.sleep(milliseconds / 1000)
        running.send(signal.SIGINT)
        ended = running.wait()

        assert ended.code in (0, 130)
        assert "Traceback" not in ended.err
        if "nothing saved" in ended.err:
            assert ended.err.splitlines()[-2].startswith("kw: stopped")
            assert contents(database) == before
        before = contents(database)
