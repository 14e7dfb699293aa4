"""What guards the history of a file: its triggers, by what they do, and whatever stands there that kw has not made."""

import sqlite3
from typing import Final

from keyworker_cli.store.reads.compiled_sql import OWN_TABLES, TRIGGERS, VIEWS

# In a damaged file a name may be bytes.
_MADE: Final = (
    "SELECT type, CAST(name AS TEXT), sql FROM main.sqlite_master "
    "WHERE type IN ('trigger', 'view', 'table') ORDER BY 1, 2"
)
_OF_SQLITE: Final = "sqlite_"


def missing(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the triggers that are not there, or that do something else under the same name."""
    there = {name: sql for kind, name, sql in connection.execute(_MADE) if kind == "trigger"}
    return tuple(name for name, sql in TRIGGERS.items() if there.get(name) != sql)


def foreign(connection: sqlite3.Connection) -> tuple[tuple[str, str], ...]:
    """Return the triggers, views and tables that kw has not made, each with its kind."""
    ours = {"trigger": TRIGGERS, "view": VIEWS, "table": OWN_TABLES}
    return tuple(
        (kind, name)
        for kind, name, _ in connection.execute(_MADE)
        if name not in ours[kind] and not name.startswith(_OF_SQLITE)
    )


def drop_foreign(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Take away what kw has not made, and make its triggers anew; return what was taken away."""
    found = foreign(connection)
    for kind, name in found:
        quoted = name.replace('"', '""')
        connection.execute(f'DROP {kind.upper()} IF EXISTS "{quoted}"')
    for name in missing(connection):
        connection.execute(f"DROP TRIGGER IF EXISTS {name}")
        connection.execute(TRIGGERS[name])
    return tuple(f"{kind} {name}" for kind, name in found)
