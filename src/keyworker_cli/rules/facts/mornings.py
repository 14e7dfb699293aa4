"""What the mornings of a stretch of days are found from: who was here, and when each was seen."""

from datetime import date, datetime
from typing import NamedTuple


class StayHere(NamedTuple):
    """A stay with a day in the stretch, as far as it decides a place in the order of work.

    `location` is where he was put on arrival.
    """

    person_id: int
    prison_number: str
    arrived_on: date
    arrival_type: str
    left_on: date | None
    out_of_scope_from: date | None
    records_from: date | None
    location: str | None


class SeenOn(NamedTuple):
    """A counted session of a prisoner, and when it was recorded."""

    person_id: int
    held_on: date
    start_minute: int | None
    recorded_at: datetime
    recorded_known: bool


class ReviewSpan(NamedTuple):
    """When an ACCT review of a prisoner was due, and when it was held."""

    person_id: int
    due_on: date
    held_on: date | None
