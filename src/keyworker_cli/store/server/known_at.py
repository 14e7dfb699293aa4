"""The record as it was at a moment, on a server: in temporary tables, as `known_at` makes them for a file.

They are found before the others of the same name, nobody else sees them, and they go with the transaction that reads.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, MetaData, Table, func, select, text
from sqlalchemy.schema import CreateIndex

from keyworker_cli.errors import DatabaseError
from keyworker_cli.store.reads.views import create_views
from keyworker_cli.store.schema.past_versions import column_names, officers_named, taken_back, versions
from keyworker_cli.store.schema.tables import RECORD_TABLES
from keyworker_cli.store.server.views import server_views

ASIDE: Final = "pg_temp"
"""The schema of a connection's own temporary tables."""


def look_back(connection: Connection, known_at: datetime, *, name: str, schema: str) -> None:
    """Begin to read the record as it was at a moment, at the start of a transaction.

    `schema` is where the tables of the database are. Raises `DatabaseError` for a role that may not make temporary
    tables.
    """
    may = select(func.has_database_privilege(func.current_database(), "TEMPORARY"))
    if not connection.execute(may).scalar_one():
        raise DatabaseError(
            f"{name}: to look back, your role needs the right to make temporary tables.",
            "ask whoever keeps the server: GRANT TEMPORARY ON DATABASE … TO …",
        )
    for table in RECORD_TABLES:
        connection.exec_driver_sql(
            f"CREATE TEMP TABLE {table.name} (LIKE {schema}.{table.name}, PRIMARY KEY (id)) ON COMMIT DROP"
        )
        insert = f"INSERT INTO {ASIDE}.{table.name} ({column_names(table)}) {versions(table, schema)}"
        connection.execute(text(insert), {"known_at": known_at})
        for index in _indexes(table):
            connection.execute(index)
        for change in taken_back(table, schema=schema, aside=ASIDE, dialect=connection.dialect):
            connection.execute(text(change), {"known_at": known_at})
        connection.exec_driver_sql(f"ANALYZE {ASIDE}.{table.name}")
    connection.execute(text(officers_named(schema=schema, aside=ASIDE)))
    create_views(connection, server_views(), aside=ASIDE)


def _indexes(table: Table) -> Iterator[CreateIndex]:
    """Yield the indexes for the temporary copy of a table. They are not unique, since nothing writes to it."""
    aside = table.to_metadata(MetaData(), schema=ASIDE)
    for index in sorted(aside.indexes, key=lambda index: str(index.name)):
        index.unique = False
        yield CreateIndex(index)
