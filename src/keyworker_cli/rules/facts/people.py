"""A prisoner and a key worker as they are found: by number or id, or by name."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from keyworker_cli.rules.facts.names import full_name


class Person(NamedTuple):
    """A prisoner found by number or name: his main number, and where he is if he is here."""

    person_id: int
    prison_number: str
    last_name: str
    first_name: str
    date_of_birth: date | None
    arrived_on: date | None
    left_on: date | None
    departure_reason: str | None
    location: str | None

    @property
    def name(self) -> str:
        """His name as it is said."""
        return full_name(self.first_name, self.last_name)


class Worker(NamedTuple):
    """A key worker found by staff id, login or name."""

    key_worker_id: int
    staff_id: str
    last_name: str
    first_name: str
    login: str | None
    wing: str | None
    capacity: int | None

    @property
    def name(self) -> str:
        """Their name as it is said."""
        return full_name(self.first_name, self.last_name)


def names_by_key(workers: Iterable[Worker]) -> dict[int, str]:
    """Return the names of key workers, as they are said, by key."""
    return {worker.key_worker_id: worker.name for worker in workers}


class Offered(NamedTuple):
    """A word that TAB offers for somebody, and whom it means."""

    word: str
    about: str
