"""Spans of days and minutes held, for where the time went."""

from datetime import date
from typing import NamedTuple


class StaySpan(NamedTuple):
    """The part of a stay that decides which days count; `cell` is the prisoner's last cell, which gives his wing."""

    person_id: int
    arrived_on: date
    left_on: date | None
    out_of_scope_from: date | None
    cell: str | None


class Beginning(NamedTuple):
    """A stay and how it began: where he was put, when he first had a key worker in it, when he was first seen.

    `first_allocated_on` and `first_seen_on` are `None` while that has not been; the first may lie before his arrival.
    `records_from` is the day from which kw's records of it begin, `None` where that is its first.
    """

    person_id: int
    arrived_on: date
    left_on: date | None
    out_of_scope_from: date | None
    location: str | None
    first_allocated_on: date | None
    first_seen_on: date | None
    records_from: date | None = None

    @property
    def arrival_known(self) -> bool:
        """The day of his arrival is known: else `arrived_on` is the day by which he was here."""
        return self.records_from != self.arrived_on

    @property
    def stay(self) -> StaySpan:
        """The stay itself."""
        return StaySpan(self.person_id, self.arrived_on, self.left_on, self.out_of_scope_from, cell=self.location)


class CellMove(NamedTuple):
    """A prisoner's move to another cell."""

    person_id: int
    moved_on: date
    location: str


class MoveLately(NamedTuple):
    """A prisoner's move of late, and where he was before the first of those of late, or when he arrived."""

    person_id: int
    moved_on: date
    location: str
    place_before: str | None


class PlaceInStay(NamedTuple):
    """A prisoner's stay and one of his moves in it, if he was moved at all.

    `arrived_to` is where he was first, if known.
    """

    person_id: int
    arrived_on: date
    arrived_to: str | None
    moved_on: date | None
    moved_to: str | None


class AbsenceSpan(NamedTuple):
    """A prisoner's nights away: on each day from `from_on` up to, and not on, `to_on`."""

    person_id: int
    from_on: date
    to_on: date | None

    def holds_on(self, day: date) -> bool:
        """Return whether he is away in the night after a day."""
        return self.from_on <= day and (self.to_on is None or day < self.to_on)


class AllocationSpan(NamedTuple):
    """A prisoner's key worker from one day up to, and not on, another."""

    person_id: int
    key_worker_id: int
    allocated_on: date
    ended_on: date | None


class TimeHeld(NamedTuple):
    """The time of a completed session or entry, with its prisoner and key worker."""

    person_id: int
    key_worker_id: int
    held_on: date
    start_minute: int | None
    type: str
    minutes: int | None
    place: str | None = None


class WingSessions(NamedTuple):
    """How many counted sessions the officers of a wing held on a day."""

    wing: str | None
    held_on: date
    sessions: int
