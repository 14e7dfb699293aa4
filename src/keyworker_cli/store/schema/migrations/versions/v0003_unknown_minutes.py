"""Schema 3: minutes that are not known, where a session comes from, and the day from which kw's records of him begin.

And escape, being unlawfully at large, the time of a move, the arrival of a prisoner who never came, which is void, and
two more codes of events. And when the end of a stay and of an allocation was recorded. Two indexes find who saw each
prisoner last, and how often he has refused since, without a look at the sessions themselves.

A file's tables are made again in the shape that they have now, since SQLite takes no rule from a table that stands. On
a server each is changed where it stands.
"""

from alembic import op
from sqlalchemy import Connection
from sqlalchemy.schema import CreateIndex, CreateTable

from keyworker_cli.store.schema.tables import TABLES

revision = "0003"
down_revision = "0002"

CHANGED = ("absence", "allocation", "event", "move", "session", "stay")
"""The tables that this step changes, each with the one that keeps its past."""

ON_A_SERVER = (
    "ALTER TABLE {session} ALTER COLUMN minutes DROP NOT NULL",
    "ALTER TABLE {session} ADD COLUMN source VARCHAR",
    "ALTER TABLE {stay} ADD COLUMN records_from DATE",
    "ALTER TABLE {stay} ADD COLUMN voided_at TIMESTAMP WITH TIME ZONE",
    'ALTER TABLE {stay} ADD COLUMN voided_why VARCHAR COLLATE "C"',
    "ALTER TABLE {move} ADD COLUMN at_minute INTEGER",
    "ALTER TABLE {stay} ADD COLUMN left_recorded_at TIMESTAMP WITH TIME ZONE",
    "ALTER TABLE {allocation} ADD COLUMN ended_recorded_at TIMESTAMP WITH TIME ZONE",
)
CODES_OF_EVENTS = (
    "'SELF_HARM', 'SELF_HARM_HISTORY', 'SEG', 'CELLULAR_CONFINEMENT', 'BASIC', 'ADJUDICATION', "
    "'VIOLENCE_TO_PRISONER', 'VIOLENCE_TO_STAFF', 'ASSAULTED', 'ANTISOCIAL', 'CSIP', 'SUBSTANCE', "
    "'UNDER_INFLUENCE', 'SUBSTANCE_REFERRAL', 'DEPRESSION', 'ANXIETY', 'DEBT', 'BULLIED', "
    "'SELF_ISOLATING', 'FOOD_REFUSAL', 'BEREAVEMENT', 'RELATIONSHIP', 'NO_CONTACT', 'EDUCATION', "
    "'FURTHER_CHARGES', 'LONG_SENTENCE', 'FIRST_CUSTODY', 'COURT', 'SETBACK', 'IPP', 'LOCAL', "
    "'NO_ONE_TO_ONE'"
)
"""What an event may be, as of this schema: a setback and an IPP sentence are new."""

RULES_ON_A_SERVER = (
    "ALTER TABLE session DROP CONSTRAINT no_minutes_unless_completed",
    "ALTER TABLE session ADD CONSTRAINT no_minutes_unless_completed "
    "CHECK (outcome = 'COMPLETED' OR (minutes IS NOT NULL AND minutes = 0))",
    "ALTER TABLE session ADD CONSTRAINT source_code CHECK (source IN ('UNIT_LIST', 'CASE_NOTES'))",
    "ALTER TABLE move ADD CONSTRAINT at_minute_of_day CHECK (at_minute BETWEEN 0 AND 1439)",
    "ALTER TABLE stay DROP CONSTRAINT departure_reason_code",
    "ALTER TABLE stay ADD CONSTRAINT departure_reason_code "
    "CHECK (departure_reason IN ('RELEASE', 'TRANSFER_OUT', 'DIED', 'ESCAPE'))",
    "ALTER TABLE absence DROP CONSTRAINT reason_code",
    "ALTER TABLE absence ADD CONSTRAINT reason_code "
    "CHECK (reason IN ('COURT', 'HOSPITAL', 'TEMPORARY_ABSENCE', 'UNLAWFULLY_AT_LARGE'))",
    "ALTER TABLE event DROP CONSTRAINT code_code",
    f"ALTER TABLE event ADD CONSTRAINT code_code CHECK (code IN ({CODES_OF_EVENTS}))",
    "DROP INDEX stay_key",
    "DROP INDEX stay_one_open",
    "DROP INDEX move_key",
    "CREATE UNIQUE INDEX stay_key ON stay (person_id, arrived_on) WHERE voided_at IS NULL",
    "CREATE INDEX stay_voided ON stay (person_id) WHERE voided_at IS NOT NULL",
    "CREATE UNIQUE INDEX stay_one_open ON stay (person_id) WHERE left_on IS NULL AND voided_at IS NULL",
    "CREATE UNIQUE INDEX move_key ON move (person_id, moved_on, coalesce(at_minute, -1), location)",
    "CREATE INDEX stay_died ON stay (person_id) WHERE departure_reason = 'DIED'",
    "CREATE INDEX session_refused ON session (person_id, held_on) WHERE voided_at IS NULL AND outcome = 'REFUSED'",
    "CREATE INDEX session_counted ON session "
    "(person_id, held_on, coalesce(start_minute, -1), key_worker_id, minutes, place) "
    "WHERE voided_at IS NULL AND type = 'KS' AND outcome = 'COMPLETED'",
)
ENDS_RECORDED = (
    "UPDATE stay SET left_recorded_at = changed_at WHERE left_on IS NOT NULL AND "
    "id IN (SELECT id FROM stay_past WHERE left_on IS NULL)",
    "UPDATE allocation SET ended_recorded_at = changed_at WHERE ended_on IS NOT NULL AND "
    "id IN (SELECT id FROM allocation_past WHERE ended_on IS NULL)",
)
"""An end that was typed was recorded when the row last changed."""


def upgrade() -> None:
    """Bring the tables into their new shape, with every row as it was."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        for name in CHANGED:
            _make_again(connection, name)
            _make_again(connection, f"{name}_past")
            connection.exec_driver_sql(f"ANALYZE {name}")  # what was known of how large it is went with the old one
        _say_when_ends_were_recorded()
        return
    for statement in ON_A_SERVER:
        op.execute(statement.format(**{name: name for name in CHANGED}))
        op.execute(statement.format(**{name: f"{name}_past" for name in CHANGED}))
    for statement in RULES_ON_A_SERVER:
        op.execute(statement)
    _say_when_ends_were_recorded()


def _say_when_ends_were_recorded() -> None:
    for statement in ENDS_RECORDED:
        op.execute(statement)


def _make_again(connection: Connection, name: str) -> None:
    """Make a table anew, with its indexes, and take every row over; its triggers are made when all steps are done."""
    table = TABLES[name]
    was = f"{name}_of_schema_2"
    there = [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({name})")]
    columns = ", ".join(column.name for column in table.columns if column.name in there)
    connection.exec_driver_sql("PRAGMA legacy_alter_table = ON")  # what refers to the table goes on to mean its name
    connection.exec_driver_sql(f"ALTER TABLE {name} RENAME TO {was}")
    connection.exec_driver_sql("PRAGMA legacy_alter_table = OFF")
    connection.execute(CreateTable(table))
    connection.exec_driver_sql(f"INSERT INTO {name} ({columns}) SELECT {columns} FROM {was} ORDER BY 1")
    connection.exec_driver_sql(f"DROP TABLE {was}")
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        connection.execute(CreateIndex(index))
