"""Schema 5: what all rows come to, carried on by every line of the audit, and the marks by which a row is found again.

All rows that are there are counted when every step is done.
"""

from alembic import op
from sqlalchemy.schema import CreateTable

from keyworker_cli.store.schema.tables import TABLES

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make room for them."""
    connection = op.get_bind()
    kind = "TEXT" if connection.dialect.name == "sqlite" else 'VARCHAR COLLATE "C"'
    text = "TEXT" if connection.dialect.name == "sqlite" else 'TEXT COLLATE "C"'
    op.execute(f"ALTER TABLE audit ADD COLUMN rows_digest {kind}")
    op.execute(f"ALTER TABLE audit_head ADD COLUMN tallies {text} DEFAULT '{{}}' NOT NULL")
    connection.execute(CreateTable(TABLES["row_mark"]))
