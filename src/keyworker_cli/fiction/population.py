"""Who comes, moves and goes, and who is allocated to whom: 42 arrivals a week, a median stay of 9 weeks."""

import math
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from keyworker_cli.fiction.chance import draw_banded, draw_lateness
from keyworker_cli.fiction.establishment import NEVER, Establishment, Man, Wing
from keyworker_cli.fiction.moments import moment
from keyworker_cli.fiction.people import birth_date, prisoner_name
from keyworker_cli.fiction.records import MANAGER, MANAGER_LOGIN, RECEPTION_LOGIN

_ARRIVALS_PER_MAN: Final = 42 / 600 / 7  # a day
_BY_WEEKDAY: Final = (1.33, 1.40, 1.40, 1.33, 1.19, 0.25, 0.10)
"""How busy reception is, Monday to Sunday: hardly anybody comes at the weekend."""
_PULL: Final = 0.12
"""The share of the empty places that are filled each weekday over and above the usual arrivals."""
_WEEKEND: Final = 5
_LAST_DAYS, _LAST_PULL = 10, 0.4
"""In these days who is about to leave and to come counts too, so that the last day is a day like others."""

_STAY_MEDIAN: Final = math.log(63)  # days
_STAY_SPREAD: Final = 0.96  # mean stay 14.3 weeks: 600 prisoners and 42 arrivals a week
_LONGEST_STAY: Final = 1_500

_ARRIVED_BY: Final = ((0.68, "RECEPTION"), (0.92, "TRANSFER_IN"), (1.0, "RECALL"))
_COMES_BACK: Final = 0.10
_FORMER_KEPT: Final = 300
_GONE_FOR: Final = 10
_TRANSFERRED: Final = 0.35

_ALLOCATED_AFTER: Final = ((0.36, 0, 1), (0.705, 1, 1), (0.82, 2, 1), (0.905, 3, 1), (1.0, 4, 5))
"""Up to this share: days from arrival to allocation, and how many values: 70 % by day 1, 90 % by day 3."""
_FIRST_MET_AFTER: Final = ((0.35, 0, 4), (0.60, 4, 4), (0.85, 8, 10), (1.0, 14, 20))
"""Up to this share: days from arrival to the first session, and how many values (35 % by day 3, 60 % by day 7)."""
_INDUCTION_DAYS: Final = 12

_RECEPTION_TIME, _MOVE_TIME, _ALLOCATION_TIME = 18 * 60, 15 * 60 + 20, 10 * 60 + 12


class Population:
    """The prisoners of a prison, day by day."""

    def __init__(self, prison: Establishment, numbers: Iterator[str]) -> None:
        self._prison, self._numbers = prison, numbers
        self._days, self._sheets, self._chance = prison.days, prison.sheets, prison.chance
        self._leaving: defaultdict[int, list[Man]] = defaultdict(list)
        self._to_move: defaultdict[int, list[Man]] = defaultdict(list)
        self._to_allocate: defaultdict[int, list[Man]] = defaultdict(list)
        self._former: list[Man] = []
        self.newly_arrived: list[Man] = []

    # --- days ---

    def open(self) -> None:
        """Fill the prison with the prisoners who are there on the first day.

        Each has been there for part of his stay.
        """
        while len(self._prison.men) < self._prison.target:
            stay = self._chance.lognormvariate(_STAY_MEDIAN + _STAY_SPREAD**2, _STAY_SPREAD)
            served = int(min(stay, _LONGEST_STAY) * self._chance.random())
            man = self._newcomer(-1 - served)
            man.meets = 0
            self._settle(man, leaves=-1 - served + max(int(stay), served + 2), wing=self._emptiest(self._prison.wings))
            man.to_be_met = False
            man.wing.to_meet.remove(man)
            self._to_allocate[0].append(man)

    def live(self, day: int) -> None:
        """Let a day pass: departures, arrivals, moves to other wings, allocations."""
        for man in self._leaving.pop(day, ()):
            self._leave(man, day)
        self.newly_arrived = [self._arrive(day) for _ in range(self._expected(day))]
        for man in self._to_move.pop(day, ()):
            self._move_on(man, day)
        for man in self._to_allocate.pop(day, ()):
            self._allocate(man, day)

    def close(self) -> None:
        """Write down the prisoners who are still here."""
        for man in self._prison.men:
            self._write_allocation(man, "", "")
            self._write_stay(man)

    # --- coming ---

    def _expected(self, day: int) -> int:
        """Return how many prisoners arrive: on the last day as many as bring the prison to its number."""
        empty = self._prison.target - len(self._prison.men)
        if day == self._days.last:
            self._release(-empty, day)
            return max(empty, 0)
        usual, pull = self._usual(day), _PULL
        ahead = range(day + 1, self._days.last + 1)
        if len(ahead) <= _LAST_DAYS:
            empty += round(sum(len(self._leaving[later]) - self._usual(later) for later in ahead) - usual)
            pull = _LAST_PULL
        wanted = usual + (pull * empty if day % 7 < _WEEKEND else 0)
        return int(max(wanted, 0) + self._chance.random())

    def _usual(self, day: int) -> float:
        return self._prison.target * _ARRIVALS_PER_MAN * _BY_WEEKDAY[day % 7]

    def _release(self, surplus: int, day: int) -> None:
        for _ in range(surplus):
            man = next(man for man in self._prison.men if man.away_until <= day and not man.in_seg)
            self._leaving[man.leaves].remove(man)
            man.leaves, man.leaves_by = day, "RELEASE"
            self._leave(man, day)

    def _arrive(self, day: int) -> Man:
        man = self._comes_back(day) or self._newcomer(day)
        stay = int(min(self._chance.lognormvariate(_STAY_MEDIAN, _STAY_SPREAD), _LONGEST_STAY))
        induction = self._prison.induction
        wing = induction if len(induction.men) < induction.places else self._emptiest(self._prison.settled)
        self._settle(man, leaves=day + max(stay, 1), wing=wing)
        man.meets = day + draw_banded(self._chance, _FIRST_MET_AFTER)
        self._to_allocate[day + draw_banded(self._chance, _ALLOCATED_AFTER)].append(man)
        if wing is induction:
            self._to_move[day + _INDUCTION_DAYS + int(self._chance.random() * 8)].append(man)
        return man

    def _newcomer(self, day: int) -> Man:
        on = self._days.first_on + timedelta(days=day)
        chance = self._chance.random()
        arrival_type = next(kind for bound, kind in _ARRIVED_BY if chance < bound)
        name = prisoner_name(self._chance)
        return Man(next(self._numbers), name, str(birth_date(self._chance, on)), day, arrival_type)

    def _comes_back(self, day: int) -> Man | None:
        """Return a prisoner who was here before, now and then: the same person, a new stay."""
        if not self._former or self._chance.random() >= _COMES_BACK:
            return None
        place = int(self._chance.random() * len(self._former))
        before = self._former[place]
        if day - before.leaves < _GONE_FOR:
            return None
        self._former.pop(place)
        arrival_type = "TRANSFER_IN" if before.leaves_by == "TRANSFER_OUT" else "RETURN"
        return Man(before.number, (before.last_name, before.first_name), before.born_on, day, arrival_type)

    def _settle(self, man: Man, *, leaves: int, wing: Wing) -> None:
        man.leaves, man.wing = leaves, wing
        man.leaves_by = "TRANSFER_OUT" if self._chance.random() < _TRANSFERRED else "RELEASE"
        man.location = man.cell = self._prison.cell_on(wing)
        man.to_be_met = True
        wing.men.append(man)
        wing.to_meet.append(man)
        self._prison.men.append(man)
        self._leaving[leaves].append(man)

    def _emptiest(self, wings: list[Wing]) -> Wing:
        return min(wings, key=lambda wing: wing.fullness)

    # --- moving, going ---

    def _move_on(self, man: Man, day: int) -> None:
        """Move a prisoner from induction to another wing, where an officer of that wing becomes his key worker."""
        if day >= man.leaves or man.in_seg or man.away_until > day:
            return
        wing = self._emptiest(self._prison.settled)
        for there in (man.wing.men, man.wing.to_meet):
            if man in there:
                there.remove(man)
        man.wing, man.cell = wing, self._prison.cell_on(wing)
        wing.men.append(man)
        if man.to_be_met:
            wing.to_meet.append(man)
        self.write_move(man, day, man.cell, _MOVE_TIME)
        new = self._prison.worker_with_a_place(wing, day)
        if man.worker and new and new.wing is wing and man.allocated < day:
            self.end_allocation(man, day, "OVERRIDE")
            self._begin(man, day)

    def write_move(self, man: Man, day: int, location: str, minute: int) -> None:
        """Write a move within the prison."""
        recorded = self._days.moment(day, minute + 12)
        self._sheets.add_row("moves", (man.number, self._days.iso[day], location, recorded, MANAGER_LOGIN))

    def _leave(self, man: Man, day: int) -> None:
        self.end_allocation(man, day, "TRANSFER" if man.leaves_by == "TRANSFER_OUT" else "RELEASED")
        self._write_stay(man)
        self._prison.men.remove(man)
        man.wing.men.remove(man)
        if man in man.wing.to_meet:
            man.wing.to_meet.remove(man)
        self._former.append(man)
        if len(self._former) > _FORMER_KEPT:
            self._former.pop(0)

    def _write_stay(self, man: Man) -> None:
        days, left = self._days, man.leaves <= self._days.last
        arrived_on = days.first_on + timedelta(days=man.arrived)
        out_of_scope = days.iso[man.out_of_scope] if man.out_of_scope != NEVER else ""
        recorded = moment(arrived_on, _RECEPTION_TIME)
        self._sheets.add_row(
            "prisoners",
            (
                *(man.number, arrived_on, man.last_name, man.first_name, man.born_on, man.location, man.arrival_type),
                *(days.iso[man.leaves] if left else "", man.leaves_by if left else "", out_of_scope),
                *(man.out_of_scope_why, "", recorded, RECEPTION_LOGIN),
            ),
        )

    # --- allocations ---

    def _allocate(self, man: Man, day: int) -> None:
        """Give a prisoner a key worker; when nobody has a place for him, try again tomorrow."""
        if man.worker or day >= man.leaves or man.out_of_scope != NEVER:
            return
        if not self._begin(man, day):
            self._to_allocate[day + 1].append(man)

    def _begin(self, man: Man, day: int) -> bool:
        worker = self._prison.worker_with_a_place(man.wing, day)
        if worker is None:
            return False
        man.worker, man.allocated = worker, day
        acknowledged = day + int(self._chance.random() * 4)
        man.acknowledged = acknowledged if acknowledged - day < 3 and acknowledged < man.leaves else NEVER
        worker.men.append(man)
        return True

    def end_allocation(self, man: Man, day: int, reason: str) -> None:
        """End a prisoner's allocation, if he has one, and write it down."""
        if man.worker is None:
            return
        self._write_allocation(man, self._days.iso[day], reason)
        man.worker.men.remove(man)
        man.worker = None

    def _write_allocation(self, man: Man, ended_on: str, reason: str) -> None:
        if man.worker is None:
            return
        days, began = self._days, man.allocated
        acknowledged = days.iso[man.acknowledged] if began <= man.acknowledged <= days.last else ""
        if ended_on and acknowledged > ended_on:
            acknowledged = ""
        at = days.moment(began, _ALLOCATION_TIME)
        recorded = days.recorded(began, _ALLOCATION_TIME, draw_lateness(self._chance))
        how = "MANUAL" if began % 7 > 4 else "AUTO"  # at weekends managers name somebody, the list is run on weekdays
        self._sheets.add_row(
            "allocations",
            (
                *(man.number, man.worker.officer.staff_id, days.iso[began], at, how, MANAGER, acknowledged),
                *(ended_on, reason, MANAGER if ended_on else "", recorded, MANAGER_LOGIN),
            ),
        )
