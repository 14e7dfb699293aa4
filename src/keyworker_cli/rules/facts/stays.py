"""The prisoners' stays, moves, numbers and nights away."""

from datetime import date, datetime
from typing import NamedTuple


class Stay(NamedTuple):
    """One stay of a prisoner; `records_from` is the day from which kw's records of it begin, where one is said."""

    stay_id: int
    arrived_on: date
    arrival_type: str
    location: str | None
    left_on: date | None
    departure_reason: str | None
    out_of_scope_from: date | None
    out_of_scope_reason: str | None
    records_from: date | None = None

    @property
    def arrival_known(self) -> bool:
        """The day of his arrival is known: else `arrived_on` is the day by which he was here."""
        return self.records_from != self.arrived_on


class VoidStay(NamedTuple):
    """A stay of a prisoner that never was: kept and readable, in no count."""

    stay_id: int
    arrived_on: date
    arrival_type: str
    location: str | None
    left_on: date | None
    voided_at: datetime
    voided_why: str | None
    voided_by: str


class StayOfPrisoner(NamedTuple):
    """A stay: the prisoner, and how it began."""

    person_id: int
    arrived_on: date
    arrival_type: str
    left_on: date | None


class NumberOfPrisoner(NamedTuple):
    """A further prison number of a prisoner, beside his main one."""

    person_id: int
    number: str


class Away(NamedTuple):
    """Nights away: on each day from `from_on` up to, and not on, `to_on`; `in_time` unless recorded after a death."""

    reason: str
    from_on: date
    to_on: date | None
    in_time: bool = True


class Moved(NamedTuple):
    """A move to another place in the prison, at a minute of the day if known, and who recorded it when."""

    moved_on: date
    location: str
    at_minute: int | None
    recorded_at: datetime
    recorded_by: str
    recorded_known: bool


class OtherNumber(NamedTuple):
    """A prison number that is a prisoner's beside his main one."""

    number: str


class Merge(NamedTuple):
    """Two numbers found to be one prisoner's. `moved` is JSON: the rows of the other number that were joined."""

    merge_id: int
    merged_person_id: int
    merged_number: str
    merged_on: date
    why: str | None
    moved: str


class StaysOverlap(NamedTuple):
    """Two stays of one prisoner of which the second began before the first ended."""

    prison_number: str
    arrived_on: date
    left_on: date | None
    again_on: date


class EarlyAllocation(NamedTuple):
    """Whose key worker was recorded as from before he arrived."""

    prison_number: str


class OutOfPlace(NamedTuple):
    """Records of a kind that contradict a prisoner's stays, or each other, and were left as they are: how many.

    `prison_number` is that of one of them.
    """

    kind: str
    number: int
    prison_number: str


class LatestDeparture(NamedTuple):
    """The latest day on which anybody left."""

    left_on: date


class PlaceLived(NamedTuple):
    """A place where somebody is or was."""

    location: str
