"""The triggers that keep history: what a record said before a change, and that nothing is ever taken away.

They are made from the tables as they stand, so that a migration can drop and make them again.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, Table

from keyworker_cli.store.schema.tables import CHANGING_TABLES, GROW_ONLY, PAST_TABLES, RECORD_TABLES


def create_triggers(connection: Connection) -> None:
    """Make every trigger of this schema, in place of any that stand."""
    for statement in _statements(connection.dialect.name):
        connection.exec_driver_sql(statement)


def trigger_names(dialect: str) -> list[str]:
    """Return the names of the triggers that a database has, of a local file (`sqlite`) or a server (`postgresql`)."""
    made = (statement.partition(" TRIGGER ") for statement in _statements(dialect))
    return [named.split()[0] for verb, _, named in made if verb.startswith("CREATE") and named]


def _statements(dialect: str) -> Iterator[str]:
    refused = _sqlite_refusal if dialect == "sqlite" else _postgresql_refusal
    for table in CHANGING_TABLES:
        yield from (_sqlite_keep if dialect == "sqlite" else _postgresql_keep)(table)
    for name in [table.name for table in RECORD_TABLES] + ["audit", "audit_head", "row_mark"]:
        yield from refused(name, "DELETE")
    for name in [*GROW_ONLY, *(table.name for table in PAST_TABLES)]:
        yield from refused(name, "UPDATE")
    for table in PAST_TABLES:
        yield from refused(table.name, "DELETE")


def _columns(table: Table, prefix: str = "") -> str:
    return ", ".join(prefix + column.name for column in table.columns)


def _sqlite_keep(table: Table) -> Iterator[str]:
    name = f"{table.name}_keep"
    yield f"DROP TRIGGER IF EXISTS {name}"
    yield (
        f"CREATE TRIGGER {name} AFTER UPDATE ON {table.name} BEGIN "
        f"INSERT INTO {table.name}_past ({_columns(table)}, replaced_at, replaced_by) "
        f"VALUES ({_columns(table, 'OLD.')}, NEW.changed_at, NEW.changed_by); END"
    )


def _sqlite_refusal(table: str, verb: str) -> Iterator[str]:
    name = f"{table}_no_{verb.lower()}"
    yield f"DROP TRIGGER IF EXISTS {name}"
    yield (
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN "
        f"SELECT RAISE(ABORT, 'kw keeps every line of {table}'); END"
    )


def _postgresql_keep(table: Table) -> Iterator[str]:
    name = f"{table.name}_keep"
    yield (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"INSERT INTO {table.name}_past ({_columns(table)}, replaced_at, replaced_by) "
        f"VALUES ({_columns(table, 'OLD.')}, NEW.changed_at, NEW.changed_by); RETURN NEW; END $$"
    )
    yield f"CREATE OR REPLACE TRIGGER {name} AFTER UPDATE ON {table.name} FOR EACH ROW EXECUTE FUNCTION {name}()"


def _postgresql_refusal(table: str, verb: str) -> Iterator[str]:
    if verb == "DELETE":  # which a server can also do without looking at a single row
        yield from _postgresql_refusal(table, "TRUNCATE")
    yield (
        "CREATE OR REPLACE FUNCTION kw_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION USING ERRCODE = '23000', MESSAGE = 'kw keeps every line of ' || TG_TABLE_NAME; END $$"
    )
    yield (
        f"CREATE OR REPLACE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"FOR EACH {'STATEMENT' if verb == 'TRUNCATE' else 'ROW'} EXECUTE FUNCTION kw_refuse()"
    )
