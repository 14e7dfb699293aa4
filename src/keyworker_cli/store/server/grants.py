"""What roles may do: after a step to a newer schema those who read read the new tables too, and those who write write.

What is kept of the past is written by the tables' owner alone, through the triggers; and so is the schema's version.
"""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection

from keyworker_cli.store.schema.tables import CHANGING_TABLES, GROW_ONLY, PAST_TABLES

_ROLES: Final = """
SELECT CASE grantee WHEN 'PUBLIC' THEN 'PUBLIC' ELSE quote_ident(grantee) END, bool_or(privilege_type = 'INSERT')
FROM information_schema.role_table_grants
WHERE table_schema = current_schema() AND table_name = 'session' AND grantee <> current_user
GROUP BY grantee
"""


def say_grants_again(connection: Connection) -> None:
    """Give each role that may read, or write, the rights on what is new; take from it what no writer needs."""
    schema = connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    for role, writes in connection.exec_driver_sql(_ROLES).all():
        for statement in _statements(schema, role, writes=writes):
            connection.exec_driver_sql(statement)


def _statements(schema: str, role: str, *, writes: bool) -> Iterator[str]:
    yield f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {role}"
    if writes:
        written = ", ".join(table.name for table in CHANGING_TABLES)
        added, kept = ", ".join(GROW_ONLY), ", ".join(table.name for table in PAST_TABLES)
        yield f"REVOKE INSERT, UPDATE ON {kept}, alembic_version FROM {role}"
        yield f"REVOKE UPDATE ON {added} FROM {role}"
        yield f"REVOKE INSERT ON audit_head FROM {role}"
        yield f"GRANT INSERT, UPDATE ON {written} TO {role}"
        yield f"GRANT INSERT ON {added} TO {role}"
        yield f"GRANT UPDATE ON audit_head TO {role}"
        yield f"GRANT USAGE, UPDATE ON ALL SEQUENCES IN SCHEMA {schema} TO {role}"
