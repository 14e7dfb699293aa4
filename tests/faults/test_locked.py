"""A database that another program does not let go of: a report waits or answers, a write gives up in two lines."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from faults.demo_prison import NOW, WRITES, demo_at
from faults.whole import contents, said_in_two_lines
from keyworker_cli.store.file.waiting import LOCKS, MOST_SECONDS, READING, SAID_AFTER, WRITING, Patience

pytestmark = pytest.mark.sqlite_file

SHORTLY = 0.05  # seconds, where the program waits for thirty


@pytest.mark.parametrize("line", WRITES)
def test_while_another_writes_it_waits_and_then_says_so_and_nothing_is_saved(line, database, tmp_path, loaded) -> None:
    demo_at(database)
    (tmp_path / "settings.csv").write_text("key,value\ngap.days,9\n")
    before = contents(database)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        typed = line.format(folder=tmp_path / "settings.csv")
        ended = loaded.start(typed, database=database, now=NOW, waits=SHORTLY).wait()

    said_in_two_lines(ended, 7, "someone else is writing to it")
    assert contents(database) == before


def test_a_report_answers_while_another_writes(database, loaded) -> None:
    demo_at(database)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE setting SET value = value")

        assert loaded.start("overdue", database=database, now=NOW, waits=SHORTLY).wait().code == 0


@pytest.mark.parametrize(
    "line", ["overdue", "doctor", "audit verify", "export {folder}/files", "backup {folder}/kw.backup"]
)
def test_what_another_keeps_to_itself_is_neither_read_nor_written(line, database, tmp_path, loaded) -> None:
    demo_at(database)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        typed = line.format(folder=tmp_path)
        said_in_two_lines(loaded.start(typed, database=database, now=NOW, waits=SHORTLY).wait(), 7, "someone else")


def test_a_write_that_waited_is_saved_when_the_other_lets_go(database, loaded) -> None:
    demo_at(database)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = loaded.start(WRITES[0], database=database, now=NOW)
        other.execute("ROLLBACK")

    assert "Recorded: " in waiting.wait().out


def test_a_backup_does_not_take_the_place_of_a_database_in_use(database, tmp_path: Path, loaded) -> None:
    demo_at(database)
    backup = tmp_path / "kw.backup"
    assert loaded.start(f"backup {backup}", database=database, now=NOW).wait().code == 0
    before = contents(database)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        ended = loaded.start(f"restore {backup} --yes", database=database, now=NOW, waits=SHORTLY).wait()

    assert ended.code == 7
    assert "someone else is writing to it" in ended.err
    assert contents(database) == before


def test_whoever_waits_is_told_so_after_a_second(database, loaded) -> None:
    demo_at(database)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = loaded.start(WRITES[0], database=database, now=NOW)
        waiting.wait_for_words(WRITING)
        other.execute("ROLLBACK")

    ended = waiting.wait()
    assert (ended.code, ended.err.count(WRITING)) == (0, 1)


def test_whoever_waits_for_somebody_who_reads_is_told_so(database, loaded) -> None:
    demo_at(database)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        reading = other.execute("SELECT * FROM audit")
        reading.fetchone()
        waiting = loaded.start(WRITES[0], database=database, now=NOW)
        waiting.wait_for_words(READING)
        reading.close()

    assert waiting.wait().code == 0


def test_what_puts_another_file_in_its_place_stands_in_the_queue_of_writers(kw, key_file, tmp_path) -> None:
    """A restore, a new encryption and a new key, each of a database that somebody else is writing to."""
    backup, locked = tmp_path / "kw.backup", tmp_path / "locked.db"
    places = [demo_at(tmp_path / name) for name in ("restored.db", "encrypted.db")]
    assert kw(f"init --encrypt --db {locked}").code == 0
    assert kw(f"backup {backup} --db {places[0]}").code == 0
    lines = (f"restore {backup} --yes", "config encrypt", "config rekey")
    with ThreadPoolExecutor() as pool, ExitStack() as held:
        for place in (*places, locked):
            held.enter_context(Patience().turn(place))
        waiting = [
            pool.submit(kw, f"{line} --db {place}") for line, place in zip(lines, (*places, locked), strict=True)
        ]
        threading.Event().wait(SAID_AFTER + 0.2)
        assert not any(one.done() for one in waiting)
        held.close()
        ended = [one.result() for one in waiting]

    assert [(said.code, said.err.count(WRITING)) for said in ended] == [(0, 1)] * 3


def test_each_wait_of_a_run_leaves_less_for_the_next() -> None:
    patience = Patience()
    began = patience.seconds
    with patience.wait():
        threading.Event().wait(0.01)

    assert 0 < patience.seconds < began == MOST_SECONDS


def test_who_came_first_is_first(tmp_path) -> None:
    """Ten stand in the queue one after the other; as each is let in, so they came."""
    file, came, queue = tmp_path / "kw.db", [], []
    file.touch()

    def stand(number: int) -> None:
        with Patience().turn(file):
            came.append(number)

    def waiting() -> int:
        lines = [line.split() for line in LOCKS.read_text().splitlines()]
        return sum(1 for line in lines if "->" in line and f":{file.stat().st_ino}" in line[-3])

    with Patience().turn(file):
        for number in range(10):
            queue.append(threading.Thread(target=stand, args=(number,)))
            queue[-1].start()
            while LOCKS.exists() and waiting() <= number:
                threading.Event().wait(0.01)
    for one in queue:
        one.join()

    assert came == list(range(10)) or not LOCKS.exists(), "only Linux promises an order"
