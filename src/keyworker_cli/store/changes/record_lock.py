"""The lock that a death puts on a prisoner's record: where a change of what it says is refused (help: movements)."""

from sqlalchemy import Connection, Table, select

from keyworker_cli.errors import RefusedError
from keyworker_cli.rules.codes.records import DepartureReason
from keyworker_cli.store.schema.tables import TABLES


def refuse_if_locked(connection: Connection, table: Table, row_id: int) -> None:
    """Refuse to write over what the record of a prisoner who has died says; what it lacks may be added.

    Raises `RefusedError`. A row that is about no prisoner is never locked.
    """
    if "person_id" not in table.c:
        return
    stay, person = TABLES["stay"].alias("last_stay"), TABLES["person"]
    died = (stay.c.person_id == table.c.person_id) & (stay.c.departure_reason == DepartureReason.DIED.value)
    died &= stay.c.voided_at.is_(None)
    number = select(person.c.prison_number).where(table.c.id == row_id, died, person.c.id == stay.c.person_id)
    if locked := connection.execute(number).scalar():
        raise RefusedError(
            f"{locked} has died: the record is locked and never changed.",
            "if his death was recorded for the wrong prisoner: kw prisoner leave PRISONER --undo --why TEXT",
        )
