"""How a server is, as far as it tells: its version, who can listen on the way, what its role may do."""

from typing import Final

from sqlalchemy import Connection, text

from keyworker_cli.rules.oversight.doctor_database import ServerFacts
from keyworker_cli.store.file.create import create_tables
from keyworker_cli.store.reads.compiled_sql import OWN_TABLES, VIEWS
from keyworker_cli.store.reads.views import create_views
from keyworker_cli.store.schema.triggers import server_guards
from keyworker_cli.store.server.views import server_views

# What a server that only speaks PostgreSQL's language may lack is asked for by itself, and said to be missing.
_SESSION: Final = """
SELECT current_setting('server_version'), current_user,
    (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),
    has_table_privilege('session', 'INSERT') AND has_table_privilege('audit_head', 'UPDATE'),
    pg_database_size(current_database()),
    coalesce(inet_server_addr() << '127.0.0.0/8' OR inet_server_addr() = '::1', TRUE)
"""
_ENCRYPTION: Final = "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl"
_TRIGGERS: Final = """
SELECT tgname, relname, tgtype, prosrc, prosecdef, coalesce(array_to_string(proconfig, ','), ''),
    tgqual IS NULL AND tgattr = '' AND tgenabled IN ('O', 'A'), tgfoid
FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace ORDER BY 1
"""
_LOOKS_IN: Final = "search_path=pg_catalog, pg_temp"
_OTHERWISE: Final = """
SELECT 'rule ' || rulename || ' on ' || tablename FROM pg_rules WHERE schemaname = current_schema()
UNION ALL SELECT 'row security on ' || relname FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relrowsecurity
UNION ALL SELECT 'session_replication_role, ' || current_setting('session_replication_role') || ','
    WHERE current_setting('session_replication_role') <> 'origin'
ORDER BY 1
"""
"""What else changes what is written, or lets triggers rest."""

_MADE: Final = """
SELECT CASE WHEN relkind IN ('r', 'p') THEN 'table' ELSE 'view' END, relname, 0, FALSE FROM pg_class
WHERE relkind IN ('r', 'p', 'v', 'm') AND relnamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')
UNION ALL SELECT 'function', proname, oid::bigint, TRUE FROM pg_proc
WHERE pronamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
ORDER BY 1, 2
"""
"""What was made there, but for what came with an extension of the server."""

_SHAPE: Final = """
WITH made AS (SELECT oid, relname, relkind FROM pg_class
    WHERE relnamespace = CAST(:schema AS regnamespace) AND relkind IN ('r', 'p', 'v'))
SELECT relname, concat_ws(' ', attname, replace(format_type(atttypid, atttypmod), 'character varying', 'text'),
    attcollation, attnotnull,
    pg_get_expr(adbin, adrelid)) FROM made JOIN pg_attribute ON attrelid = made.oid
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE attnum > 0 AND NOT attisdropped
UNION ALL SELECT relname, concat_ws(' ', conname, pg_get_constraintdef(pg_constraint.oid), convalidated)
    FROM made JOIN pg_constraint ON conrelid = made.oid
UNION ALL SELECT relname, concat_ws(' ', pg_get_indexdef(indexrelid), indisvalid)
    FROM made JOIN pg_index ON indrelid = made.oid
UNION ALL SELECT relname, pg_get_viewdef(oid) FROM made WHERE relkind = 'v'
"""
"""What each table and view is made of, as PostgreSQL says it: a text is a text, whichever step made its column."""


def look_over(connection: Connection, address: str, *, schema: int) -> ServerFacts:
    """Return what can be seen of the server, and of the connection and role it is seen through."""
    version, role, all_rights, may_write, size, near = connection.execute(text(_SESSION)).one()
    without, interfering, functions = _guards(connection)
    ours = {("table", name) for name in OWN_TABLES} | {("view", name) for name in VIEWS}
    made = connection.execute(text(_MADE)).all()
    foreign = [
        f"{kind} {name}"
        for kind, name, key, is_function in made
        if (key not in functions if is_function else (kind, name) not in ours)
    ]
    encryption = connection.execute(text(_ENCRYPTION)).scalar()
    return ServerFacts(
        address=address,
        version=version.partition(" ")[0],
        schema=schema,
        encryption=encryption,
        near=near,
        role=role,
        all_rights=all_rights,
        may_write=may_write,
        without=without,
        interfering=interfering,
        foreign=tuple(foreign),
        changed=_changed(connection),
        size=size,
    )


def unguarded(connection: Connection) -> tuple[str, ...]:
    """Return what keeps history no longer, or interferes with it, in words."""
    without, interfering, _ = _guards(connection)
    gone = (f"trigger {name} is missing or does something else" for name in without)
    return (*gone, *(f"{name} is none of kw's" for name in interfering))


def _guards(connection: Connection) -> tuple[tuple[str, ...], tuple[str, ...], set[int]]:
    """Return which triggers are not as they are to be, what interferes, and the functions of those that are."""
    guards = server_guards(connection.execute(text("SELECT quote_ident(current_schema())")).scalar_one())
    there: set[str] = set()
    interfering: list[str] = []
    functions: set[int] = set()
    for name, table, fires, body, as_owner, looks_in, always, key in connection.execute(text(_TRIGGERS)):
        if name not in guards:
            interfering.append(f"trigger {name} on {table}")
            continue
        functions.add(key)
        if always and guards[name] == (fires, body) and looks_in == _LOOKS_IN and as_owner == name.endswith("_keep"):
            there.add(name)
    interfering += connection.execute(text(_OTHERWISE)).scalars()
    return tuple(name for name in guards if name not in there), tuple(interfering), functions


def _changed(connection: Connection) -> tuple[str, ...]:
    """Return the tables and views that are not as kw makes them: beside new ones, made aside and thrown away.

    Nothing, where the role may make none (the right TEMPORARY).
    """
    if not connection.execute(text("SELECT has_database_privilege(current_database(), 'TEMP')")).scalar_one():
        return ()
    there = _shape(connection, str(connection.execute(text("SELECT quote_ident(current_schema())")).scalar_one()))
    connection.execute(text("SET LOCAL search_path = pg_temp"))
    create_tables(connection)
    create_views(connection, server_views())
    ours = _shape(connection, str(connection.execute(text("SELECT pg_my_temp_schema()::regnamespace")).scalar_one()))
    other = {name for name, _ in there ^ ours} & {name for name, _ in ours}
    connection.rollback()
    return tuple(f"{'view' if name in VIEWS else 'table'} {name}" for name in sorted(other))


def _shape(connection: Connection, schema: str) -> set[tuple[str, str]]:
    found = connection.execute(text(_SHAPE), {"schema": schema})
    return {(name, said.replace(f"{schema}.", "").replace("pg_temp.", "")) for name, said in found}
