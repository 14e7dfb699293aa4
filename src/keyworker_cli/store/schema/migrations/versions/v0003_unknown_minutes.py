"""Schema 3: minutes that are not known, where a session comes from, and the day from which kw's records of him begin.

A file's tables are made again in the shape that they have now, since SQLite takes no rule from a table that stands. On
a server each is changed where it stands.
"""

from alembic import op
from sqlalchemy import Connection
from sqlalchemy.schema import CreateIndex, CreateTable

from keyworker_cli.store.schema.tables import TABLES

revision = "0003"
down_revision = "0002"

CHANGED = ("session", "stay")
"""The tables that this step changes, each with the one that keeps its past."""

ON_A_SERVER = (
    "ALTER TABLE {session} ALTER COLUMN minutes DROP NOT NULL",
    "ALTER TABLE {session} ADD COLUMN source VARCHAR",
    "ALTER TABLE {stay} ADD COLUMN records_from DATE",
)
RULES_ON_A_SERVER = (
    "ALTER TABLE session DROP CONSTRAINT no_minutes_unless_completed",
    "ALTER TABLE session ADD CONSTRAINT no_minutes_unless_completed "
    "CHECK (outcome = 'COMPLETED' OR (minutes IS NOT NULL AND minutes = 0))",
    "ALTER TABLE session ADD CONSTRAINT source_code CHECK (source IN ('UNIT_LIST', 'CASE_NOTES'))",
)


def upgrade() -> None:
    """Bring the tables into their new shape, with every row as it was."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        for name in CHANGED:
            _make_again(connection, name)
            _make_again(connection, f"{name}_past")
        return
    for statement in ON_A_SERVER:
        op.execute(statement.format(session="session", stay="stay"))
        op.execute(statement.format(session="session_past", stay="stay_past"))
    for statement in RULES_ON_A_SERVER:
        op.execute(statement)


def _make_again(connection: Connection, name: str) -> None:
    """Make a table anew, with its indexes, and take every row over; its triggers are made when all steps are done."""
    table = TABLES[name]
    was = f"{name}_of_schema_2"
    there = [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({name})")]
    columns = ", ".join(column.name for column in table.columns if column.name in there)
    connection.exec_driver_sql("PRAGMA legacy_alter_table = ON")  # what refers to the table goes on to mean its name
    connection.exec_driver_sql(f"ALTER TABLE {name} RENAME TO {was}")
    connection.exec_driver_sql("PRAGMA legacy_alter_table = OFF")
    connection.execute(CreateTable(table))
    connection.exec_driver_sql(f"INSERT INTO {name} ({columns}) SELECT {columns} FROM {was} ORDER BY 1")
    connection.exec_driver_sql(f"DROP TABLE {was}")
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        connection.execute(CreateIndex(index))
