"""What a file is made of and what guards its history, by what it does; and what stands there that kw has not made."""

import re
import sqlite3
from contextlib import suppress
from typing import Final, NamedTuple

from keyworker_cli.errors import DatabaseError
from keyworker_cli.store.reads.compiled_schema import NEW_FILE
from keyworker_cli.store.reads.compiled_sql import OWN_TABLES, TRIGGERS, VIEWS

# In a damaged file a name may be bytes, and whoever writes to the schema itself can give one that SQLite keeps for its
# own, or a kind in capitals. What SQLite makes by itself has no SQL, but for what it knows of the indexes (ANALYZE).
_MADE: Final = (
    "SELECT lower(type), CAST(name AS TEXT), CAST(tbl_name AS TEXT), CAST(sql AS TEXT) FROM main.sqlite_master "
    "WHERE sql IS NOT NULL AND (type, name) NOT IN (VALUES ('table', 'sqlite_stat1'), ('table', 'sqlite_stat4')) "
    "ORDER BY 1, 2"
)

_PATTERN: Final = NEW_FILE | {("view", name): f"CREATE VIEW {name} AS {sql}" for name, sql in VIEWS.items()}
"""What a new file is made of but for its triggers."""


class Thing(NamedTuple):
    """A trigger, view, table or index: its kind, its name, the table it is on, and the SQL that made it."""

    kind: str
    name: str
    table: str
    sql: str

    def __str__(self) -> str:
        on = f" on {self.table}" if self.kind in ("trigger", "index") else ""
        return f"{self.kind} {self.name}{on}"


def made(connection: sqlite3.Connection) -> list[Thing]:
    """Return what the file is made of."""
    return [Thing(*row) for row in connection.execute(_MADE)]


def missing(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the triggers that are not there, or that do something else under the same name."""
    there = {thing.name: thing.sql for thing in made(connection) if thing.kind == "trigger"}
    return tuple(name for name, sql in TRIGGERS.items() if there.get(name) != sql)


def foreign_triggers(connection: sqlite3.Connection) -> tuple[Thing, ...]:
    """Return the triggers that kw has not made: they can change what is written as it is written."""
    return tuple(thing for thing in made(connection) if thing.kind == "trigger" and thing.name not in TRIGGERS)


def unguarded(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return what keeps history no longer, or interferes with it, in words."""
    gone = (f"trigger {name} is missing or does something else" for name in missing(connection))
    return (*gone, *(f"{thing} is none of kw's" for thing in foreign_triggers(connection)))


def foreign(connection: sqlite3.Connection) -> tuple[Thing, ...]:
    """Return the triggers, views, tables and indexes that kw has not made."""
    ours = {*_PATTERN, *(("trigger", name) for name in TRIGGERS), *(("table", name) for name in OWN_TABLES)}
    return tuple(thing for thing in made(connection) if (thing.kind, thing.name) not in ours)


def changed(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the tables, views and indexes that are gone, or not as kw makes them."""
    there = {(thing.kind, thing.name): thing.sql for thing in made(connection)}
    return tuple(f"{kind} {name}" for (kind, name), sql in _PATTERN.items() if not _alike(there.get((kind, name)), sql))


def put_right(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Take away what kw has not made, and make its triggers, views and indexes anew; return what was taken away.

    Raises `DatabaseError` for what SQLite does not let go of: a table that bears a name of its own ones.
    """
    found = foreign(connection)
    for thing in found:
        quoted = thing.name.replace('"', '""')
        try:
            connection.execute(f'DROP {thing.kind.upper()} IF EXISTS "{quoted}"')
        except sqlite3.OperationalError as error:
            what = f"{thing} is none of kw's, and cannot be taken out of the copy."
            raise DatabaseError(what, "restore an earlier backup, from before it was there.") from error
    anew = {("trigger", name): TRIGGERS[name] for name in missing(connection)}
    other = changed(connection)
    anew |= {what: sql for what, sql in _PATTERN.items() if what[0] != "table" and " ".join(what) in other}
    for (kind, name), sql in anew.items():
        with suppress(sqlite3.IntegrityError):  # rows that it forbids came in while it was gone
            connection.execute(f"DROP {kind.upper()} IF EXISTS {name}")
            connection.execute(sql)
    return tuple(map(str, found))


def _alike(there: str | None, ours: str) -> bool:
    return there is not None and _parts(there) == _parts(ours)


def _parts(sql: str) -> list[str]:
    """Return what a thing is said to be, in whatever order and spacing: a migration adds columns at a table's end."""
    if not sql.startswith("CREATE TABLE"):
        return sql.split()
    parts, depth = [""], 0
    for piece in re.split(r"([(),])", sql.partition("(")[2]):
        depth += {"(": 1, ")": -1}.get(piece, 0)
        if piece == "," and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    *columns, (last, _, tail) = *parts[:-1], parts[-1].rpartition(")")
    return sorted(" ".join(part.split()) for part in (*columns, last, tail))
