"""The key workers: their names, their status, and the prisoners they have had."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from keyworker_cli.rules.facts.names import full_name


class Acquaintance(NamedTuple):
    """An officer who has held a counted session with a prisoner in this stay, and when last."""

    person_id: int
    key_worker_id: int
    last_on: date


class Officer(NamedTuple):
    """A key worker as of a day: status, places, and how many prisoners they have. Without a status they are ACTIVE.

    `capacity` is their own, `None` where the setting holds. `last_auto_at` is their most recent AUTO allocation.
    `minutes_ahead` are those of their slots in the next 14 days.
    """

    key_worker_id: int
    staff_id: str
    last_name: str
    first_name: str
    login: str | None
    wing: str | None
    capacity: int | None
    status: str | None
    status_from: date | None
    return_on: date | None
    allocated: int
    last_auto_at: datetime | None
    last_auto_on: date | None
    minutes_ahead: int

    @property
    def name(self) -> str:
        """Their name as it is said."""
        return full_name(self.first_name, self.last_name)

    @property
    def active(self) -> bool:
        """There to do key work on that day."""
        return self.status in (None, "ACTIVE")


class FormerWorker(NamedTuple):
    """A key worker whom a prisoner had before, and when that ended."""

    person_id: int
    staff_id: str
    ended_on: date


class StatusSpell(NamedTuple):
    """A spell of an officer's status: from a day until, and not on, the earlier of the two others."""

    status: str
    from_on: date
    return_on: date | None
    until_on: date | None
    recorded_at: datetime
    recorded_by: str
    recorded_known: bool


class Allocation(NamedTuple):
    """One allocation of a prisoner, live or ended. One that was recorded before he arrived counts from his arrival."""

    allocation_id: int
    key_worker_id: int
    staff_id: str
    last_name: str
    first_name: str
    allocated_on: date
    allocated_at: datetime | None
    allocation_reason: str
    allocated_by: str | None
    because: str | None
    acknowledged_on: date | None
    ended_on: date | None
    end_reason: str | None
    ended_by: str | None
    recorded_at: datetime
    recorded_by: str
    recorded_known: bool
    ended_recorded_at: datetime | None = None

    @property
    def name(self) -> str:
        """The key worker's name."""
        return full_name(self.first_name, self.last_name)

    @property
    def held_no_day(self) -> bool:
        """It was corrected on the day it began, or was over before he arrived: he was nobody's by it."""
        return self.ended_on is not None and self.ended_on <= self.allocated_on

    def ended_by_day(self, day: date) -> bool:
        """Its end is not one to come."""
        return self.ended_on is not None and self.ended_on <= day


class OfCaseload(NamedTuple):
    """An allocation of a prisoner here that holds, and what its key worker has done in it.

    `sessions` are the counted ones he has held with him since it began, `last_met_on` the latest of them.
    """

    allocation_id: int
    person_id: int
    prison_number: str
    allocated_on: date
    allocation_reason: str
    allocated_by: str | None
    because: str | None
    acknowledged_on: date | None
    sessions: int
    last_met_on: date | None


class MovedAway(NamedTuple):
    """A prisoner reallocated because his key worker was absent: who that was, from when and until when."""

    person_id: int
    prison_number: str
    last_name: str
    first_name: str
    allocated_on: date
    ended_on: date

    @property
    def name(self) -> str:
        """His name as it is said."""
        return full_name(self.first_name, self.last_name)


def holding_on(day: date, allocations: Iterable[Allocation]) -> Allocation | None:
    """Return the allocation of a prisoner that holds on a day, one whose end is to come among them.

    `None` without one.
    """
    return next((held for held in allocations if held.allocated_on <= day and not held.ended_by_day(day)), None)


class PlannedAllocation(NamedTuple):
    """An allocation that is to begin, of a prisoner who is here."""

    person_id: int
    staff_id: str
    last_name: str
    first_name: str
    allocated_on: date

    @property
    def name(self) -> str:
        """The key worker's name."""
        return full_name(self.first_name, self.last_name)


def planned_after(day: date, allocations: Iterable[Allocation]) -> Allocation | None:
    """Return the next allocation of a prisoner that is to begin after a day; a plan that was cancelled is none."""
    ahead = [held for held in allocations if held.allocated_on > day and not held.held_no_day]
    return min(ahead, key=lambda held: held.allocated_on, default=None)


def live_allocation(allocations: Iterable[Allocation]) -> Allocation | None:
    """Return the allocation of a prisoner that has no end, of those he has had; `None` where he has no key worker."""
    return next((held for held in allocations if held.ended_on is None), None)
