"""Schema 6: what prisoners answered when they were asked, and what a manager found in a case note."""

from alembic import op
from sqlalchemy.schema import CreateIndex, CreateTable

from keyworker_cli.store.schema.tables import TABLES

revision = "0006"
down_revision = "0005"

NEW = ("voice_answer", "voice_answer_past", "note_reading", "note_reading_past")


def upgrade() -> None:
    """Make the two tables, each with the one that keeps its past; their triggers are made when all steps are done."""
    connection = op.get_bind()
    for name in NEW:
        connection.execute(CreateTable(TABLES[name]))
        for index in sorted(TABLES[name].indexes, key=lambda index: str(index.name)):
            connection.execute(CreateIndex(index))
