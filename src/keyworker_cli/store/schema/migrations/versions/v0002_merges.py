"""Schema 2: which numbers were found to be one prisoner's and what was moved when they were merged (help: movements).

And a prisoner's events by day, so that what counts today is found without walking through all he has had; the plans of
days that were kept, and each prisoner's place in them (help: concerns, plan).
"""

from alembic import op

from keyworker_cli.errors import DatabaseError

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

RECORDED = """
    recorded_at TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_known INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
"""

PLAN_COLUMNS = """
    plan_on TEXT NOT NULL,
    session_minutes INTEGER NOT NULL,
"""

PLACE_COLUMNS = """
    day_plan_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    key_worker_id INTEGER NOT NULL,
    start_minute INTEGER NOT NULL,
    end_minute INTEGER NOT NULL,
    relation TEXT NOT NULL,
"""

PLAN_RULES = """
    PRIMARY KEY (id),
    CONSTRAINT session_minutes_range CHECK (session_minutes BETWEEN 1 AND 480),
    CONSTRAINT plan_on_is_date CHECK (date(plan_on, '+0 days') IS plan_on)
"""

PLACE_RULES = """
    PRIMARY KEY (id),
    CONSTRAINT relation_code CHECK (relation IN ('own', 'known', 'wing', 'none')),
    CONSTRAINT start_minute_of_day CHECK (start_minute BETWEEN 0 AND 1439),
    CONSTRAINT end_minute_of_day CHECK (end_minute BETWEEN 0 AND 1440),
    CONSTRAINT place_takes_time CHECK (end_minute > start_minute),
    FOREIGN KEY(day_plan_id) REFERENCES day_plan (id),
    FOREIGN KEY(person_id) REFERENCES person (id),
    FOREIGN KEY(key_worker_id) REFERENCES key_worker (id)
"""

KEPT = """
    replaced_at TEXT NOT NULL,
    replaced_by TEXT NOT NULL,
    PRIMARY KEY (version_id)
"""


def upgrade() -> None:
    """Make the tables, those that keep their past, and the indexes.

    For a file: a database on a server is made of schema 2 or later. Raises `DatabaseError` for one that is not.
    """
    if op.get_context().dialect.name != "sqlite":
        raise DatabaseError("a database of schema 1 is a file: this is none that kw has made.", "nothing was changed.")
    op.execute(TABLE)
    op.execute("CREATE INDEX person_merge_kept ON person_merge (kept_person_id)")
    op.execute(PAST)
    op.execute("CREATE INDEX person_merge_past_id ON person_merge_past (id)")
    op.execute("CREATE INDEX event_day ON event (person_id, event_on)")
    op.execute("CREATE INDEX session_voided ON session (person_id) WHERE voided_at IS NOT NULL")
    _add("day_plan", PLAN_COLUMNS, PLAN_RULES)
    op.execute("CREATE INDEX day_plan_day ON day_plan (plan_on)")
    _add("plan_place", PLACE_COLUMNS, PLACE_RULES)
    op.execute("CREATE UNIQUE INDEX plan_place_key ON plan_place (day_plan_id, key_worker_id, start_minute)")


def _add(name: str, columns: str, rules: str) -> None:
    """Make a table of records and the one that keeps its past."""
    number = "id INTEGER NOT NULL,"
    op.execute(f"CREATE TABLE {name} ({number}{RECORDED}{columns}{rules}) STRICT")
    version = f"version_id INTEGER NOT NULL, {number}"
    op.execute(f"CREATE TABLE {name}_past ({version}{RECORDED}{columns}{KEPT}) STRICT")
    op.execute(f"CREATE INDEX {name}_past_id ON {name}_past (id)")
