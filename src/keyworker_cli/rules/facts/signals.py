"""What raises a man's priority: events and ACCTs."""

from datetime import date
from typing import NamedTuple


class Event(NamedTuple):
    """An event of a man, as far as it decides his priority (DOMAIN 5). `at_minute` counts from midnight.

    `until_on` is the day from which it no longer holds. `next_seen_on` is his first counted session since, asked for
    where a marker runs until then, else `None`.
    """

    person_id: int
    code: str
    event_on: date
    at_minute: int | None
    until_on: date | None
    confidence: str | None
    next_seen_on: date | None


class Acct(NamedTuple):
    """An ACCT of a man: open until `closed_on`, in post-closure until that review is held."""

    person_id: int
    opened_on: date
    closed_on: date | None
    review_due_on: date | None
    review_held_on: date | None
