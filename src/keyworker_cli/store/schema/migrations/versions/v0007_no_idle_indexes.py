"""Schema 7: no index that no question uses; and the views anew, in which a slot over a clock change has true minutes.

`search_name` stays, though that of an officer is no longer read: the digest of every row in the audit covers it.
"""

from alembic import op

from keyworker_cli.store.schema.tables import PAST_TABLES

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Drop the indexes on names, and those on the keys of earlier versions."""
    for name in ("person_search", "key_worker_search", *(f"{table.name}_id" for table in PAST_TABLES)):
        op.drop_index(name, if_exists=True)
