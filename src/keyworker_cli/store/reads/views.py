"""The views for analysts in a database: made with its tables, and anew when it is brought up to date (help: query).

`v_today` says the day that they are of; the others look it up there. On a file a reader may put views of its own before
them, of another day or of the record as it was known at a moment.
"""

from collections.abc import Mapping

from sqlalchemy import Connection

from keyworker_cli.store.reads.compiled_sql import VIEWS


def create_views(connection: Connection, views: Mapping[str, str] = VIEWS, *, aside: str | None = None) -> None:
    """Make every view, as its SQL is compiled ahead for a file, or as `views` has it.

    With `aside` they are made in that schema of a connection's own, over what stands there before the tables.
    """
    place = f"{aside}." if aside else ""
    per_cent = "%" if connection.dialect.name == "sqlite" else "%%"
    for name, sql in views.items():
        connection.exec_driver_sql(f"CREATE VIEW {place}{name} AS {sql}".replace("%", per_cent))


def drop_views(connection: Connection) -> None:
    """Take away every view that stands, so that the tables under them can change."""
    for name in reversed(VIEWS):
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")
