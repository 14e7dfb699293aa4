"""Where a test's database is: a file of its own, or, under KW_TEST_POSTGRES, a database of its own on that server."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

from keyworker_cli.rules.database.server_address import ServerAddress
from keyworker_cli.store.file import sqlite_file
from keyworker_cli.store.reads.compiled_sql import ROWS_PER_TABLE
from keyworker_cli.store.store import Store

SERVER = os.environ.get("KW_TEST_POSTGRES")
"""The address of a server on which the tests may make databases."""

Address = Path | ServerAddress
_numbers = count()
_patterns: list[str] = []


def named(database: Address) -> str:
    """Return how a database is named behind `--db`."""
    return database.url if isinstance(database, ServerAddress) else str(database)


def rows(database: Address, sql: str) -> list[tuple[Any, ...]]:
    """Look into a database as an investigator would: what is stored, as the same text and numbers from either kind."""
    with closing(Store(database).database.reading(None)) as reading:
        return list(reading.rows(sql))


def everything(database: Address) -> dict[str, list[tuple[Any, ...]]]:
    """Return all that a database holds, by table; nothing where there is none."""
    if not Store(database).exists():
        return {}
    tables = [part.split("'")[1] for part in ROWS_PER_TABLE.split(" UNION ALL ")]
    with closing(Store(database).database.reading(None)) as reading:
        return {table: list(reading.rows(f"SELECT * FROM {table} ORDER BY 1")) for table in tables}


def written(database: Address) -> int:
    """How many records a database holds, of any kind, the audit with them."""
    return sum(len(found) for table, found in everything(database).items() if table != "audit_head")


def tamper(database: Address, *statements: str) -> None:
    """Write behind `kw`'s back, as somebody can who may do everything to the database: past its triggers."""
    if not isinstance(database, Path):
        ask_server("; ".join(["SET session_replication_role = replica", *statements]), database)
        return
    connection = sqlite_file.connect(database)  # with its key, where it is encrypted
    for faster in ("foreign_keys=OFF", "synchronous=OFF", "journal_mode=MEMORY"):
        connection.execute(f"PRAGMA {faster}")
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    connection.executescript("".join(f"DROP TRIGGER {name};" for name, _ in triggers))
    connection.executescript("PRAGMA ignore_check_constraints=ON;" + ";".join(statements))
    connection.executescript(";".join(sql for _, sql in triggers))
    connection.close()


@contextmanager
def prepared_database() -> Iterator[str]:
    """Make a database with every table of kw and nothing in them, once, to be the pattern of each test's own."""
    with new_database() as address:
        Store(address).create()
        yield name_on_server(address)
    while _patterns:
        ask_server(f"DROP DATABASE {_patterns.pop()}")


def name_on_server(address: ServerAddress) -> str:
    """Return the name of a test's database on its server."""
    return address.shown.rpartition("/")[2]


def pattern_of(address: ServerAddress) -> str:
    """Keep a copy of a database until the end of the tests, to be the pattern of others; return its name."""
    _patterns.append(f"kw_pattern_{os.getpid()}_{next(_numbers)}")
    ask_server(f"CREATE DATABASE {_patterns[-1]} TEMPLATE {name_on_server(address)}")
    return _patterns[-1]


def fill_after(pattern: str, address: ServerAddress) -> None:
    """Let a copy of a pattern take the place of a test's database."""
    name = name_on_server(address)
    ask_server(f"DROP DATABASE {name} WITH (FORCE)")
    ask_server(f"CREATE DATABASE {name} TEMPLATE {pattern}")


@contextmanager
def new_database(template: str = "template1") -> Iterator[ServerAddress]:
    """Make a database on the server after a pattern, and drop it at the end, whoever is still connected."""
    assert SERVER is not None
    name = f"kw_test_{os.getpid()}_{next(_numbers)}"
    ask_server(f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield ServerAddress.read(make_url(SERVER).set(database=name).render_as_string(hide_password=False))
    finally:
        ask_server(f"DROP DATABASE {name} WITH (FORCE)")


def ask_server(sql: str, database: ServerAddress | None = None) -> list[tuple[Any, ...]]:
    """Run SQL on the server, as whoever may do everything there; in a test's database, or beside them all."""
    address = database.url if database else SERVER or ""
    with psycopg.connect(address.replace("+psycopg", "", 1), autocommit=True) as connection:
        cursor = connection.execute(sql)  # type: ignore[call-overload]  # written here, not typed by anybody
        return cursor.fetchall() if cursor.description else []
