"""The views for analysts in a database: made with its tables, and anew when it is brought up to date (help: query).

`v_today` says the day that they are of; the others look it up there. On a file a reader may put views of its own before
them, of another day or of the record as it was known at a moment.
"""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from keyworker_cli.store.reads.sql_text import sql_of
from keyworker_cli.store.reads.statements.views import LOOKED_UP, TODAY, VIEWS

_DIALECTS: Final[dict[str, Any]] = {"sqlite": sqlite.dialect, "postgresql": postgresql.dialect}


def view_statements(dialect: str) -> Iterator[tuple[str, str]]:
    """Yield each view's name and what it selects, `v_today` first, for a file (`sqlite`) or a server (`postgresql`)."""
    yield "v_today", TODAY[dialect]
    for name, statement in VIEWS.items():
        sql = sql_of(statement(), _DIALECTS[dialect](paramstyle="named"))
        for parameter, found in LOOKED_UP.items():
            sql = sql.replace(f":{parameter}", found)
        yield name, sql


def create_views(connection: Connection, *, aside: str | None = None) -> None:
    """Make every view; with `aside`, in that schema of a connection's own, over what stands there before the tables."""
    place = f"{aside}." if aside else ""
    for name, sql in view_statements(connection.dialect.name):
        connection.exec_driver_sql(f"CREATE VIEW {place}{name} AS {sql}".replace("%", _percent(connection)))


def drop_views(connection: Connection) -> None:
    """Take away every view that stands, so that the tables under them can change."""
    for name in reversed(["v_today", *VIEWS]):
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")


def _percent(connection: Connection) -> str:
    """Return how a per cent sign is written for the driver."""
    return "%" if connection.dialect.name == "sqlite" else "%%"
