"""The triggers that keep history: what a record said before a change, and that nothing is ever taken away.

They are made from the tables as they stand, so that a migration can drop and make them again.
"""

from collections.abc import Iterator
from functools import partial
from typing import Final, NamedTuple

from sqlalchemy import Connection, Table

from keyworker_cli.store.schema.tables import CHANGING_TABLES, GROW_ONLY, PAST_TABLES, RECORD_TABLES


class Guard(NamedTuple):
    """A trigger as a server is to have it: when it fires, as PostgreSQL writes that in bits, and what it then does."""

    fires: int
    body: str


def create_triggers(connection: Connection) -> None:
    """Make every trigger of this schema, in place of any that stand."""
    dialect = connection.dialect.name
    schema = "" if dialect == "sqlite" else connection.exec_driver_sql(_OWN_SCHEMA).scalar_one()
    for statement in _statements(dialect, schema):
        connection.exec_driver_sql(statement)


def file_triggers() -> dict[str, str]:
    """Return the name of each trigger that a file has, and the SQL that made it, which SQLite keeps."""
    made = (statement for statement in _statements("sqlite", "") if statement.startswith("CREATE"))
    return {statement.split()[2]: statement for statement in made}


def server_guards(schema: str) -> dict[str, Guard]:
    """Return the name of each trigger that a server has in a schema, when it fires and what it does."""
    bodies: dict[str, str] = {}
    guards: dict[str, Guard] = {}
    for statement in _statements("postgresql", schema):
        words = statement.split()
        if " FUNCTION " in statement.partition(" AS ")[0] and words[3] == "FUNCTION":
            bodies[words[4].rpartition(".")[2]] = statement.partition("$$")[2].rpartition("$$")[0]
        else:
            moment, verb, each = words[5], words[6], words[words.index("EACH") + 1]
            fires = _FIRES[moment] + _FIRES[verb] + _FIRES[each]
            guards[words[4]] = Guard(fires, bodies[words[-1].rpartition(".")[2]])
    return guards


_OWN_SCHEMA: Final = "SELECT quote_ident(current_schema())"
_FIRES: Final = {"AFTER": 0, "BEFORE": 2, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32, "ROW": 1, "STATEMENT": 0}


def _statements(dialect: str, schema: str) -> Iterator[str]:
    on_server = dialect != "sqlite"
    refused = partial(_postgresql_refusal, schema) if on_server else _sqlite_refusal
    for table in CHANGING_TABLES:
        yield from _postgresql_keep(schema, table) if on_server else _sqlite_keep(table)
    for name in [table.name for table in RECORD_TABLES] + ["audit", "audit_head", "row_mark"]:
        yield from refused(name, "DELETE")
    for name in [*GROW_ONLY, *(table.name for table in PAST_TABLES)]:
        yield from refused(name, "UPDATE")
    for table in PAST_TABLES:
        yield from refused(table.name, "DELETE")
    if on_server:
        yield from _postgresql_onward(schema)


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


# Each names the schema of what it writes to, and looks nowhere else: a role that may make a table of its own, if only a
# temporary one, could else catch what is kept. They run as the owner of the tables, so nobody else writes to the past.


def _postgresql_keep(schema: str, table: Table) -> Iterator[str]:
    name = f"{table.name}_keep"
    yield (
        f"CREATE OR REPLACE FUNCTION {schema}.{name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER "
        f"SET search_path = pg_catalog, pg_temp AS $$ BEGIN "
        f"INSERT INTO {schema}.{table.name}_past ({_columns(table)}, replaced_at, replaced_by) "
        f"VALUES ({_columns(table, 'OLD.')}, NEW.changed_at, NEW.changed_by); RETURN NEW; END $$"
    )
    yield (
        f"CREATE OR REPLACE TRIGGER {name} AFTER UPDATE ON {schema}.{table.name} "
        f"FOR EACH ROW EXECUTE FUNCTION {schema}.{name}()"
    )


def _postgresql_refusal(schema: str, table: str, verb: str) -> Iterator[str]:
    if verb == "DELETE":  # which a server can also do without looking at a single row
        yield from _postgresql_refusal(schema, table, "TRUNCATE")
    yield (
        f"CREATE OR REPLACE FUNCTION {schema}.kw_refuse() RETURNS trigger LANGUAGE plpgsql "
        "SET search_path = pg_catalog, pg_temp AS $$ BEGIN "
        "RAISE EXCEPTION USING ERRCODE = '23000', MESSAGE = 'kw keeps every line of ' || TG_TABLE_NAME; END $$"
    )
    yield (
        f"CREATE OR REPLACE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {schema}.{table} "
        f"FOR EACH {'STATEMENT' if verb == 'TRUNCATE' else 'ROW'} EXECUTE FUNCTION {schema}.kw_refuse()"
    )


def _postgresql_onward(schema: str) -> Iterator[str]:
    """The head of the audit only goes on to a line that is there: who may write to it cannot set it back."""
    yield (
        f"CREATE OR REPLACE FUNCTION {schema}.kw_onward() RETURNS trigger LANGUAGE plpgsql "
        "SET search_path = pg_catalog, pg_temp AS $$ BEGIN "
        f"IF NEW.lines > OLD.lines AND EXISTS (SELECT FROM {schema}.audit WHERE id = NEW.lines AND hash = NEW.hash) "
        "THEN RETURN NEW; END IF; "
        "RAISE EXCEPTION USING ERRCODE = '23000', MESSAGE = 'kw keeps every line of audit_head'; END $$"
    )
    yield (
        f"CREATE OR REPLACE TRIGGER audit_head_no_return BEFORE UPDATE ON {schema}.audit_head "
        f"FOR EACH ROW EXECUTE FUNCTION {schema}.kw_onward()"
    )
