"""What must hold of a database after whatever happened to it: it is whole, and whatever is there is all there."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path

from databases import Address
from keyworker_cli.store.store import Store
from processes import Ended

TOPICS = "FAMILY,WORK"
NEED = "Ring his mother"


def session_on(day: date) -> str:
    """Return the line that logs a session, which writes into several tables at once."""
    return f"log-session A1234BC --minutes 20 --by SHAH --on {day} --topics {TOPICS} --need '{NEED}'"


def days_of(lines: Iterable[str]) -> set[str]:
    """Return the days of such lines."""
    return {line.partition("--on ")[2].split()[0] for line in lines}


def recorded(database: Path) -> set[str]:
    """Return the days of which a session is recorded, once the file was found to be whole and its parts together.

    The write lock is there to be had at once; pages, links and the audit are sound; each session has its topics, its
    need and the lines that the audit has of both.
    """
    with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        sessions = connection.execute("SELECT held_on, topics FROM session").fetchall()
        needs = [day for (day,) in connection.execute("SELECT raised_on FROM need")]
        added = "SELECT key FROM audit WHERE action = 'add' AND table_name = ? ORDER BY id"
        lines = {
            table: [key.split()[1] for (key,) in connection.execute(added, (table,))] for table in ("session", "need")
        }
        connection.execute("ROLLBACK")
    check_audit(database)
    days = [day for day, _ in sessions]
    assert {topics for _, topics in sessions} <= {TOPICS.replace(",", ";")}
    assert days == needs == lines["session"] == lines["need"]
    return set(days)


def contents(database: Path) -> str:
    """Return everything in a database that was found to be whole, as text."""
    with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        text = "\n".join(connection.iterdump())
        connection.execute("ROLLBACK")
    check_audit(database)
    return text


def check_audit(database: Address) -> None:
    """Check that every line of the audit fits, and every record its lines."""
    store = Store(database)
    assert store.check_audit().what is None
    store.close()


def said_in_two_lines(ended: Ended, code: int, words: str = "") -> None:
    """Check that a process ended with this exit code and said what is wrong, and what to do, in two lines."""
    lines = ended.err.splitlines()
    assert ended.code == code, ended
    assert len(lines) == 2, ended
    assert lines[0].startswith("kw: "), ended
    assert words in lines[0], ended
    assert lines[1].startswith("hint: "), ended
