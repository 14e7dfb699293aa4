"""What is recorded of events and ACCTs, and what is to be done for a prisoner: reviews and needs."""

from datetime import date, datetime
from typing import NamedTuple

from keyworker_cli.rules.facts.names import full_name, name_of_one


class Event(NamedTuple):
    """The part of an event that decides a prisoner's priority (help: concerns). `at_minute` counts from midnight.

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
    """An ACCT of a prisoner: open until `closed_on`, in post-closure until that review is held."""

    person_id: int
    opened_on: date
    closed_on: date | None
    review_due_on: date | None
    review_held_on: date | None


class EventRecord(NamedTuple):
    """An event as it is recorded, with its words and who recorded it when."""

    event_id: int
    person_id: int
    code: str
    event_on: date
    at_minute: int | None
    until_on: date | None
    confidence: str | None
    next_seen_on: date | None
    detail: str | None
    source: str | None
    recorded_at: datetime
    recorded_by: str
    recorded_known: bool

    @property
    def event(self) -> Event:
        """The same, as far as it decides his priority."""
        return Event._make(getattr(self, field) for field in Event._fields)


class AcctReview(NamedTuple):
    """A review of a prisoner's ACCT, due or held, and his key worker's part in it; `None` is not recorded."""

    due_on: date
    held_on: date | None
    invited: bool | None
    contribution: str | None


class ReviewOfPrisoner(NamedTuple):
    """An ACCT review, the prisoner it is about, and his key worker on the day of it (help: acct).

    `post_closure` marks the review that follows the end of an ACCT. `slots` are the times on that key worker's rota on
    the day it is due, or was held; `absent` those of them recorded as ABSENT; `unavailable` his status then unless
    ACTIVE.
    """

    person_id: int
    prison_number: str
    last_name: str
    first_name: str
    due_on: date
    held_on: date | None
    invited: bool | None
    contribution: str | None
    post_closure: bool
    staff_id: str | None
    worker_last_name: str | None
    worker_first_name: str | None
    unavailable: str | None
    slots: int
    absent: int

    @property
    def name(self) -> str:
        """His name as it is said."""
        return full_name(self.first_name, self.last_name)

    @property
    def worker_name(self) -> str | None:
        """His key worker's name, or `None` without one."""
        return name_of_one(self.worker_first_name, self.worker_last_name)


class NeedRaised(NamedTuple):
    """Something to be done for a prisoner, open until it is closed."""

    need_id: int
    raised_on: date
    text: str
    owner: str | None
    due_on: date | None
    closed_on: date | None
    outcome: str | None


class ReviewDue(NamedTuple):
    """An ACCT review of a prisoner that is still to be held; whether his key worker is invited may not be known."""

    person_id: int
    due_on: date
    key_worker_invited: bool | None


class OpenNeed(NamedTuple):
    """Something still to be done for a prisoner: by whom and by when, where that is known."""

    person_id: int
    raised_on: date
    text: str
    owner: str | None
    due_on: date | None


class NeedOfPrisoner(NamedTuple):
    """Something to be done for a prisoner, with whose it is."""

    person_id: int
    need_id: int
    raised_on: date
    text: str
    owner: str | None
    due_on: date | None
    closed_on: date | None
    outcome: str | None


class LateReview(NamedTuple):
    """An ACCT review of a prisoner that was due before the day asked about and is not held."""

    person_id: int
    due_on: date


class KeyWorkersHad(NamedTuple):
    """How many officers have been a prisoner's key worker in the last 26 weeks of this stay, where several have."""

    person_id: int
    key_workers: int
