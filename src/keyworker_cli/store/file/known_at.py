"""The record as it stood at a moment: only what had been recorded by then, in the state it then had.

A connection that looks back gets, in memory, a table of each name with the versions of that moment. They stand before
the file's own, so that every statement is asked unchanged. They are tables with the file's indexes, not views: a view
would be gone through anew for every prisoner of a list.

help: late-recording.
"""

import sqlite3
from datetime import datetime

from keyworker_cli.rules.facts.names import moment_text
from keyworker_cli.store.reads.compiled_sql import AT_A_MOMENT, UNDATED_ROWS
from keyworker_cli.store.reads.database import Reading


def look_back(connection: sqlite3.Connection, known_at: datetime) -> None:
    """Begin to read the record as it was at a moment, on a connection without an open transaction.

    Nothing of it is put on disk: what SQLite keeps beside the file for a while would hold people's notes.
    """
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("BEGIN")
    moment = {"known_at": moment_text(known_at)}
    for statement in AT_A_MOMENT:
        connection.execute(statement, moment)


def undated_rows(reading: Reading) -> int:
    """Return of how many records the recording moment is not known: they are taken as recorded at their import."""
    ((undated,),) = reading.rows(UNDATED_ROWS)
    return int(undated)
