"""Schema 2: which numbers were found to be one man's and what was moved when they were merged (DOMAIN 3.9).

And a man's events by day, so that what counts today is found without walking through all he has had (DOMAIN 5).
"""

from alembic import op

revision = "0002"
down_revision = "0001"

TABLE = """
CREATE TABLE person_merge (
    id INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_known INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    kept_person_id INTEGER NOT NULL,
    merged_person_id INTEGER NOT NULL,
    merged_on TEXT NOT NULL,
    why TEXT,
    moved TEXT NOT NULL,
    undone_on TEXT,
    PRIMARY KEY (id),
    CONSTRAINT two_numbers CHECK (kept_person_id <> merged_person_id),
    FOREIGN KEY(kept_person_id) REFERENCES person (id),
    FOREIGN KEY(merged_person_id) REFERENCES person (id),
    CONSTRAINT merged_on_is_date CHECK (date(merged_on, '+0 days') IS merged_on),
    CONSTRAINT undone_on_is_date CHECK (date(undone_on, '+0 days') IS undone_on)
) STRICT
"""

PAST = """
CREATE TABLE person_merge_past (
    version_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_known INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    kept_person_id INTEGER NOT NULL,
    merged_person_id INTEGER NOT NULL,
    merged_on TEXT NOT NULL,
    why TEXT,
    moved TEXT NOT NULL,
    undone_on TEXT,
    replaced_at TEXT NOT NULL,
    replaced_by TEXT NOT NULL,
    PRIMARY KEY (version_id)
) STRICT
"""


def upgrade() -> None:
    """Make the table, the one that keeps its past, and the index."""
    op.execute(TABLE)
    op.execute("CREATE INDEX person_merge_kept ON person_merge (kept_person_id)")
    op.execute(PAST)
    op.execute("CREATE INDEX person_merge_past_id ON person_merge_past (id)")
    op.execute("CREATE INDEX event_day ON event (person_id, event_on)")
