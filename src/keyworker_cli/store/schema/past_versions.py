"""Which versions of a table's records stood at a moment: what a look back reads in the table's place.

help: late-recording.
"""

from sqlalchemy import Table

from keyworker_cli.store.schema.tables import GROW_ONLY


def column_names(table: Table) -> str:
    """Return the names of a table's columns, in order."""
    return ", ".join(column.name for column in table.columns)


def versions(table: Table, schema: str) -> str:
    """Return the question of the versions in force at `:known_at`, from the tables of a schema.

    A version was in force from `changed_at` until it was replaced.
    """
    columns = column_names(table)
    sql = f"SELECT {columns} FROM {schema}.{table.name} WHERE changed_at <= :known_at"
    if table.name not in GROW_ONLY:
        sql += f" UNION ALL SELECT {columns} FROM {schema}.{table.name}_past"
        sql += " WHERE changed_at <= :known_at AND replaced_at > :known_at"
    return sql
