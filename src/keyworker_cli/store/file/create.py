"""The schema of a new database of either kind: every table, constraint and trigger, and its version."""

from sqlalchemy import Connection, Table, text
from sqlmodel import SQLModel

from keyworker_cli.store.changes.audit import FIRST_HASH
from keyworker_cli.store.file.sqlite_file import SCHEMA_VERSION
from keyworker_cli.store.reads.compiled_schema import NEW_FILE
from keyworker_cli.store.schema.tables import TABLES
from keyworker_cli.store.schema.triggers import create_triggers


def create_schema(connection: Connection) -> None:
    """Make every table with its constraints and triggers, and the row in which the audit ends."""
    create_tables(connection)
    create_triggers(connection)
    connection.execute(TABLES["audit_head"].insert().values(id=1, lines=0, hash=FIRST_HASH))


def create_tables(connection: Connection) -> None:
    """Make every table with its constraints and indexes: in a file from their SQL, which is compiled ahead."""
    if connection.dialect.name == "sqlite":
        for statement in NEW_FILE.values():
            connection.exec_driver_sql(statement)
        return
    for table in TABLES.values():
        _same_rows_on_a_server(table)
    SQLModel.metadata.create_all(connection, checkfirst=False)


def _same_rows_on_a_server(table: Table) -> None:
    """Let an index of some rows only be one of the same rows on a server.

    Said with the index itself it would load SQLAlchemy's PostgreSQL at every write to a file.
    """
    for index in table.indexes:
        index.dialect_kwargs["postgresql_where"] = index.dialect_options["sqlite"]["where"]


def stamp_version(connection: Connection) -> None:
    """Write into the database, where Alembic looks for it, that it is of this schema."""
    connection.execute(
        text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    )
    connection.execute(text("DELETE FROM alembic_version"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": f"{SCHEMA_VERSION:04}"})
