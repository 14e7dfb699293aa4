"""The prisoners here, and everything that their clocks need."""

from datetime import date
from typing import NamedTuple

from keyworker_cli.rules.facts.names import full_name, name_of_one, wing_of


class Contact(NamedTuple):
    """One prisoner present on the day asked about, and everything his four clocks need (help: gap).

    Dates of sessions are of this stay; `last_*` is his last counted session, by anyone; `met_on` his first counted
    session with his current key worker since that allocation began, `worker_before_id` whose he was before in this
    stay. `cell` is the last cell he was in, which keeps his wing while he is in a non-cell place. `refusals_since` and
    `events_since` are dated after his last counted session; of the refusals, `refusals_in_window` are in the time of
    his key worker, `refusals_at_door` where nothing counts.
    """

    person_id: int
    prison_number: str
    last_name: str
    first_name: str
    date_of_birth: date | None
    arrived_on: date
    arrival_type: str
    location: str | None
    cell: str | None
    out_of_scope_from: date | None
    out_of_scope_reason: str | None
    away: str | None
    away_from: date | None
    key_worker_id: int | None
    staff_id: str | None
    worker_last_name: str | None
    worker_first_name: str | None
    worker_wing: str | None
    worker_status: str | None
    worker_status_from: date | None
    worker_return_on: date | None
    allocated_on: date | None
    allocated_by: str | None
    acknowledged_on: date | None
    last_ended_on: date | None
    worker_before_id: int | None
    last_session_on: date | None
    last_session_minute: int | None
    last_session_staff_id: str | None
    last_session_last_name: str | None
    last_session_first_name: str | None
    met_on: date | None
    refusals_since: int
    refusals_in_window: int
    refusals_at_door: int
    events_since: int
    records_from: date | None = None

    @property
    def name(self) -> str:
        """His name as it is said."""
        return full_name(self.first_name, self.last_name)

    @property
    def wing(self) -> str | None:
        """His wing; in a non-cell place, the wing he came from."""
        return wing_of(self.location) or wing_of(self.cell)

    @property
    def worker_name(self) -> str | None:
        """His key worker's name, or `None` without one."""
        return name_of_one(self.worker_first_name, self.worker_last_name)

    @property
    def last_session_by(self) -> str | None:
        """The name of the key worker who held his last counted session."""
        if self.last_session_last_name is None:
            return None
        return full_name(self.last_session_first_name or "", self.last_session_last_name)

    @property
    def never_seen(self) -> bool:
        """No counted session in this stay; never said of one who was here before kw's records of him begin."""
        return self.last_session_on is None and self.records_from is None

    @property
    def records_begin_on(self) -> date | None:
        """The day from which kw's records of him begin, while they have no session of him; else `None`."""
        return self.records_from if self.last_session_on is None else None

    @property
    def arrival_known(self) -> bool:
        """The day of his arrival is known: else `arrived_on` is the day by which he was here."""
        return self.records_from != self.arrived_on

    @property
    def clock_from(self) -> date:
        """Where his contact gap runs from: his last counted session, or his arrival."""
        return self.last_session_on or self.arrived_on
