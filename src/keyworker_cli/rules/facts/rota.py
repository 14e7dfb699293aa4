"""Time on the rota, as the list of prisoners not seen counts it."""

from datetime import date
from typing import NamedTuple

from keyworker_cli.rules.dates.clock import minutes_between
from keyworker_cli.rules.facts.names import full_name


class RotaSince(NamedTuple):
    """The time his current key worker had on the rota since a prisoner was last seen (help: why-overdue)."""

    person_id: int
    slots: int
    worked: int
    worked_minutes: int
    lost: int
    unconfirmed: int


class NextSlot(NamedTuple):
    """The next time an officer has on the rota, today included."""

    key_worker_id: int
    slot_on: date
    start_minute: int
    end_minute: int


class OfficerSlot(NamedTuple):
    """The latest day up to the day asked about with a slot of the officer, worked or not."""

    key_worker_id: int
    slot_on: date


class LatestSlot(NamedTuple):
    """The latest day up to the one asked about for which a wing has any rota recorded; `None` is of no known wing."""

    wing: str | None
    slot_on: date


class Slot(NamedTuple):
    """Time on an officer's rota and what is recorded of it; `unavailable` is their status that day unless ACTIVE."""

    slot_id: int
    key_worker_id: int
    staff_id: str
    last_name: str
    first_name: str
    wing: str | None
    slot_on: date
    start_minute: int
    end_minute: int
    status: str
    reason: str | None
    published_on: date | None
    unavailable: str | None

    @property
    def name(self) -> str:
        """The officer's name as it is said."""
        return full_name(self.first_name, self.last_name)

    @property
    def minutes(self) -> int:
        """How long it lasts: over a change of the clocks the minutes that pass (help: dates)."""
        return minutes_between(self.slot_on, self.start_minute, self.end_minute)


class PlannedSession(NamedTuple):
    """A prisoner's place in a day's plan that was kept, and what is recorded of it since.

    `slot_status` and `slot_reason` are those of the slot it lay in, `None` where that is no longer on the rota;
    `unavailable` is the officer's status that day unless ACTIVE. `seen_*` is whoever held a counted session with the
    prisoner that day; `outcome` is what became of one that was offered, where none was held. `here_since` is `None` for
    who was no longer here at the end of that day.
    """

    plan_on: date
    person_id: int
    prison_number: str
    last_name: str
    first_name: str
    staff_id: str
    worker_last_name: str
    worker_first_name: str
    start_minute: int
    end_minute: int
    slot_status: str | None
    slot_reason: str | None
    unavailable: str | None
    seen_staff_id: str | None
    seen_last_name: str | None
    seen_first_name: str | None
    outcome: str | None
    here_since: date | None

    @property
    def name(self) -> str:
        """His name as it is said."""
        return full_name(self.first_name, self.last_name)

    @property
    def worker_name(self) -> str:
        """The officer's name who was to see him."""
        return full_name(self.worker_first_name, self.worker_last_name)

    @property
    def seen_by(self) -> str | None:
        """The name of the key worker who saw him that day."""
        return None if self.seen_last_name is None else full_name(self.seen_first_name or "", self.seen_last_name)


class LastSlot(NamedTuple):
    """The officer's latest slot, worked or not."""

    key_worker_id: int
    slot_on: date
    start_minute: int
    end_minute: int


class PlannedPlace(NamedTuple):
    """A prisoner's place in a plan that was kept: with which officer and when; minutes count from midnight."""

    plan_on: date
    person_id: int
    key_worker_id: int
    staff_id: str
    last_name: str
    first_name: str
    start_minute: int
    end_minute: int

    @property
    def by(self) -> str:
        """The name of the officer who was to see him."""
        return full_name(self.first_name, self.last_name)
