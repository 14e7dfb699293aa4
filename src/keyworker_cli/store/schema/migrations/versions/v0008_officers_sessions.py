"""Schema 8: what a week's time is added up from stands in the index on officers' sessions, the notes beside it do not.

Most of a page of a session is its note. To read the pages of half a year's sessions takes as long as the rest of the
morning page's questions about them.
"""

from alembic import op

revision = "0008"
down_revision = "0007"

COLUMNS = (
    *("key_worker_id", "held_on", "type", "outcome", "minutes", "place", "voided_at"),
    *("person_id", "start_minute", "recorded_known", "recorded_at"),
)


def upgrade() -> None:
    """Make the index anew with the columns that are asked for."""
    op.drop_index("session_worker", "session")
    op.create_index("session_worker", "session", COLUMNS)
