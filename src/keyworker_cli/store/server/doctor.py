"""How a server is, as far as it tells: its version, who can listen on the way, what its role may do."""

from typing import Final

from sqlalchemy import Connection, text

from keyworker_cli.rules.oversight.doctor import ServerFacts
from keyworker_cli.store.schema.triggers import trigger_names

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
SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND pg_table_is_visible(pg_class.oid)
"""


def look_over(connection: Connection, address: str, *, schema: int) -> ServerFacts:
    """Return what can be seen of the server, and of the connection and role it is seen through."""
    version, role, all_rights, may_write, size, near = connection.execute(text(_SESSION)).one()
    there = set(connection.execute(text(_GUARDS)).scalars())
    return ServerFacts(
        address=address,
        version=version.partition(" ")[0],
        schema=schema,
        encryption=connection.execute(text(_ENCRYPTION)).scalar(),
        near=near,
        role=role,
        all_rights=all_rights,
        may_write=may_write,
        without=tuple(name for name in trigger_names("postgresql") if name not in there),
        size=size,
    )
