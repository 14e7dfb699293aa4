"""A prison whose sessions were all typed one by one, each with its line in the audit: `python typed_sessions.py FILE`.

Ten years of the large invented prison, 615,000 sessions. Typing them would take a day, so what kw leaves behind for
each is written here in one go: the session, its line, and the digest of all rows after it.
"""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.conftest import BIN, made, run
from keyworker_cli.rules.facts.names import moment_text
from keyworker_cli.store.changes.audit import Line, image, line_hash
from keyworker_cli.store.changes.tallies import Rows, Tally, digest_of, read_tallies, rows_as_text, tallies_text
from keyworker_cli.store.reads.compiled_sql import COLUMNS

NOT_TYPED = ("sessions.csv", "amendments.csv")
"""What is not imported: the sessions, and what was corrected in them."""

FIRST = datetime.fromisoformat("2026-05-12T08:00:00+00:00")
AT_A_TIME = 10_000


def type_sessions(database: Path) -> int:
    """Make the prison in a new file; return how many sessions there are."""
    folder, imported = made("large", 10)
    files = [str(file) for file in sorted(folder.glob("*.csv")) if file.name not in NOT_TYPED]
    run([str(BIN / "kw"), "--db", str(database), "import", "--yes", *files])
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("ATTACH ? AS imported", (str(imported),))
        connection.execute("BEGIN")
        columns = COLUMNS["session"]
        marks = ", ".join("?" for _ in columns.split(", "))
        connection.executemany(f"INSERT INTO main.session ({columns}) VALUES ({marks})", _sessions(connection))
        count = _write_lines(connection)
        connection.execute("COMMIT")
    return count


def _sessions(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """Yield each session as if it had been typed, one a second."""
    reading = connection.cursor()
    for number, row in enumerate(reading.execute(f"SELECT {COLUMNS['session']} FROM imported.session ORDER BY id"), 1):
        at = moment_text(FIRST + timedelta(seconds=number))
        yield (number, at, "OFFICER", 1, at, "OFFICER", *row[6:])


def _write_lines(connection: sqlite3.Connection) -> int:
    """Write the line of each session, its mark, and where the audit ends; return how many there are."""
    lines, previous, text = connection.execute("SELECT lines, hash, tallies FROM audit_head").fetchone()
    tallies = read_tallies(text)
    names = COLUMNS["session"].split(", ")
    rows = connection.cursor().execute(f"SELECT {COLUMNS['session']} FROM main.session ORDER BY id")
    texts = connection.cursor().execute(rows_as_text("session", "sqlite"))
    written: list[tuple[Any, ...]] = []
    marked: list[tuple[Any, ...]] = []
    for row, whole in zip(rows, texts, strict=True):
        lines += 1
        said = dict(zip(names[6:], row[6:], strict=True))
        at = datetime.fromisoformat(row[1])
        line = Line(at, row[2], "log-session", "add", "session", f"{said['held_on']}", None, image(said, row[0]))
        taken = Rows().take([[whole]])
        tallies["session"] = tallies.get("session", Tally()).plus(taken.tally)
        digest = digest_of(text := tallies_text(tallies))
        previous = line_hash(previous, line, digest)
        written.append((lines, row[1], *line[1:], previous, digest))
        marked.append((lines, "session", taken.packed_keys(), bytes(taken.marks)))
        if len(written) == AT_A_TIME:
            _flush(connection, written, marked)
    _flush(connection, written, marked)
    connection.execute("UPDATE audit_head SET lines = ?, hash = ?, tallies = ?", (lines, previous, text))
    return tallies["session"].rows


def _flush(connection: sqlite3.Connection, written: list[tuple[Any, ...]], marked: list[tuple[Any, ...]]) -> None:
    connection.executemany(f"INSERT INTO audit ({_LINE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", written)
    connection.executemany("INSERT INTO row_mark (line, table_name, keys, marks) VALUES (?, ?, ?, ?)", marked)
    written.clear()
    marked.clear()


_LINE = "id, at, user_name, command, action, table_name, key, before_image, after_image, hash, rows_digest"

if __name__ == "__main__":
    print(type_sessions(Path(sys.argv[1])))
