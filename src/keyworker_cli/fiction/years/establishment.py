"""One prison on one day: its wings, the prisoners on them, the officers, and who is whose key worker."""

import random
from dataclasses import dataclass, field
from typing import Final

from keyworker_cli.fiction.people import LAST_NAMES, STAFF_FIRST_NAMES, login_of
from keyworker_cli.fiction.records import Officer
from keyworker_cli.fiction.sheets import Sheets
from keyworker_cli.fiction.sizes import INDUCTION, WINGS, Size
from keyworker_cli.fiction.years.days import Days

NEVER: Final = -(10**6)
FEWEST_PLACES, MOST_PLACES = 5, 9
"""The smallest and the largest capacity of an officer."""
_LANDINGS: Final = 4
_PLACES_PER_PRISONER: Final = 1.04


class Prisoner:
    """A prisoner in prison; days are places in the history. `last_seen` is NEVER until his first counted session.

    `concerns` are those not raised with him yet, by code: since when, and the topics that would raise each.
    """

    __slots__ = (
        *("number", "last_name", "first_name", "born_on", "arrived", "arrival_type", "leaves", "leaves_by", "wing"),
        *("location", "cell", "worker", "allocated", "acknowledged", "last_seen", "meets", "to_be_met", "away_until"),
        *("in_seg", "acct_until", "out_of_scope", "out_of_scope_why", "marked", "offered", "concerns"),
    )

    def __init__(self, number: str, name: tuple[str, str], born_on: str, arrived: int, arrival_type: str) -> None:
        self.number, self.born_on, self.arrived, self.arrival_type = number, born_on, arrived, arrival_type
        self.last_name, self.first_name = name
        self.leaves, self.leaves_by = -NEVER, ""
        self.wing: Wing
        self.location = self.cell = ""
        self.worker: Worker | None = None
        self.allocated = self.acknowledged = NEVER
        self.last_seen, self.meets, self.to_be_met = NEVER, arrived, False
        self.away_until = self.acct_until = NEVER
        self.in_seg = False
        self.out_of_scope, self.out_of_scope_why = NEVER, ""
        self.marked = ("", NEVER)
        self.offered = NEVER
        self.concerns: dict[str, tuple[int, tuple[str, ...]]] = {}

    def waiting_since(self) -> int:
        """Return the day his contact gap runs from: his last counted session, or else his arrival."""
        return self.last_seen if self.last_seen != NEVER else self.arrived


class Worker:
    """A key worker: the officer, their prisoners, and on the day at hand when they are next free."""

    __slots__ = (
        "away",
        "free_at",
        "free_day",
        "last_note",
        "minutes_drawn",
        "officer",
        "prisoners",
        "wing",
        "without_slots",
    )

    def __init__(self, officer: Officer, wing: "Wing") -> None:
        self.officer, self.wing = officer, wing
        self.prisoners: list[Prisoner] = []
        self.away: list[tuple[int, int, str]] = []
        self.without_slots = (0, 0)
        self.minutes_drawn = 0
        self.free_day = self.free_at = NEVER
        self.last_note = ""

    def is_away(self, day: int) -> bool:
        """Tell whether he is on leave, or otherwise not there, on a day."""
        return any(first <= day < back for first, back, _ in self.away)

    def takes_time(self, day: int, minutes: int, earliest: int) -> int:
        """Return when he next has time for so many minutes on a day, and keep that time for them."""
        start = max(earliest, self.free_at) if self.free_day == day else earliest
        self.free_day, self.free_at = day, start + minutes + 2
        return start


@dataclass(eq=False)
class Wing:
    """A wing: its places, the share of needed time that is published, the prisoners on it and its officers."""

    name: str
    places: int
    published: float
    induction: bool
    prisoners: list[Prisoner] = field(default_factory=list)
    workers: list[Worker] = field(default_factory=list)
    to_meet: list[Prisoner] = field(default_factory=list)
    idle_from: int = -NEVER

    @property
    def fullness(self) -> float:
        """The share of its places that is taken."""
        return len(self.prisoners) / self.places


class Establishment:
    """A prison: what its history is written into, the chance that drives it, its wings and its officers."""

    def __init__(
        self,
        size: Size,
        days: Days,
        sheets: Sheets,
        chance: random.Random,
        *,
        prefix: str,
        prisoners: int,
        officers: int,
        first_staff: int,
        logins: set[str],
    ) -> None:
        self.size, self.days, self.sheets, self.chance = size, days, sheets, chance
        self.prefix, self.target = prefix, prisoners
        self.wings = [
            Wing(f"{prefix}{shape.name}", round(size.prisoners * shape.share), shape.published, shape.name == INDUCTION)
            for shape in WINGS
        ]
        self.induction = next(wing for wing in self.wings if wing.induction)
        self.main_wings = [wing for wing in self.wings if not wing.induction]
        self.prisoners: list[Prisoner] = []
        self._staff(officers, first_staff, logins)
        self.workers = [worker for wing in self.wings for worker in wing.workers]

    def _staff(self, officers: int, first_staff: int, logins: set[str]) -> None:
        """Give each wing its share of the officers, with places for a few more prisoners than there are."""
        capacities = capacities_for(officers, round(self.target * _PLACES_PER_PRISONER))
        wings = [wing for wing in self.wings for _ in range(wing.places)]
        for number, capacity in enumerate(capacities):
            wing = wings[(2 * number + 1) * len(wings) // (2 * officers)]
            draw = self.chance.random
            last = LAST_NAMES[int(draw() * len(LAST_NAMES))]
            first = STAFF_FIRST_NAMES[int(draw() * len(STAFF_FIRST_NAMES))]
            officer = Officer(
                f"K{first_staff + number:05}", last, first, login_of(last, first, logins), wing.name, capacity
            )
            wing.workers.append(Worker(officer, wing))

    def cell_on(self, wing: Wing) -> str:
        """Return a cell on a wing; prisoners may share one."""
        cell = int(self.chance.random() * wing.places)
        return f"{wing.name}-{1 + cell % _LANDINGS}-{1 + cell // _LANDINGS:03}"

    def a_prisoner(self) -> Prisoner:
        """Return one of the prisoners present."""
        return self.prisoners[int(self.chance.random() * len(self.prisoners))]

    def worker_with_a_place(self, wing: Wing, day: int) -> Worker | None:
        """Return the least loaded officer with a place: of the wing if there is one, else of another."""
        for workers in (wing.workers, self.workers):
            free = [
                worker
                for worker in workers
                if len(worker.prisoners) < worker.officer.capacity and not worker.is_away(day)
            ]
            if free:
                return min(
                    free, key=lambda worker: (len(worker.prisoners) / worker.officer.capacity, worker.officer.staff_id)
                )
        return None


def capacities_for(officers: int, places: int) -> list[int]:
    """Return capacities between 5 and 9 that add up to `places`, or come as near as these bounds allow."""
    spread = (7, 6, 8, 7, 5, 9, 7, 6, 8)
    capacities = [spread[number % len(spread)] for number in range(officers)]
    step = 1 if places > sum(capacities) else -1
    for number in range(officers * (MOST_PLACES - FEWEST_PLACES)):
        if sum(capacities) == places:
            break
        if FEWEST_PLACES <= capacities[number % officers] + step <= MOST_PLACES:
            capacities[number % officers] += step
    return capacities
