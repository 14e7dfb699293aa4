"""How a server is, as far as it tells: its version, who can listen on the way, what its role may do."""

from typing import Final

from sqlalchemy import Connection, text

from keyworker_cli.rules.oversight.doctor import ServerFacts
from keyworker_cli.store.reads.compiled_sql import OWN_TABLES, VIEWS
from keyworker_cli.store.schema.triggers import server_guards

# What a server that only speaks PostgreSQL's language may lack is asked for by itself, and said to be missing.
_SESSION: Final = """
SELECT current_setting('server_version'), current_user,
    (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),
    has_table_privilege('session', 'INSERT') AND has_table_privilege('audit_head', 'UPDATE'),
    pg_database_size(current_database()),
    coalesce(inet_server_addr() << '127.0.0.0/8' OR inet_server_addr() = '::1', TRUE)
"""
_ENCRYPTION: Final = "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl"
_GUARDS: Final = """
SELECT tgname, tgtype, prosrc, prosecdef, coalesce(array_to_string(proconfig, ','), ''),
    tgqual IS NULL AND tgattr = '' AND tgenabled IN ('O', 'A')
FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace ORDER BY 1
"""
_TABLES: Final = """
SELECT CASE relkind WHEN 'r' THEN 'table' ELSE 'view' END, relname FROM pg_class
WHERE relkind IN ('r', 'p', 'v', 'm') AND relnamespace = current_schema()::regnamespace ORDER BY 1, 2
"""
_LOOKS_IN: Final = "search_path=pg_catalog, pg_temp"


def look_over(connection: Connection, address: str, *, schema: int) -> ServerFacts:
    """Return what can be seen of the server, and of the connection and role it is seen through."""
    version, role, all_rights, may_write, size, near = connection.execute(text(_SESSION)).one()
    guards = server_guards(connection.execute(text("SELECT quote_ident(current_schema())")).scalar_one())
    there: set[str] = set()
    foreign: list[str] = []
    for name, fires, body, as_owner, looks_in, always in connection.execute(text(_GUARDS)):
        if name not in guards:
            foreign.append(f"trigger {name}")
        elif always and guards[name] == (fires, body) and looks_in == _LOOKS_IN and as_owner == name.endswith("_keep"):
            there.add(name)
    made = connection.execute(text(_TABLES)).all()
    foreign += [f"{kind} {name}" for kind, name in made if name not in VIEWS and name not in OWN_TABLES]
    return ServerFacts(
        address=address,
        version=version.partition(" ")[0],
        schema=schema,
        encryption=connection.execute(text(_ENCRYPTION)).scalar(),
        near=near,
        role=role,
        all_rights=all_rights,
        may_write=may_write,
        without=tuple(name for name in guards if name not in there),
        foreign=tuple(foreign),
        size=size,
    )
