"""Who comes, moves and goes, and who is allocated to whom: 42 arrivals a week, a median stay of 9 weeks."""

import math
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from keyworker_cli.fiction.chance import draw_banded, draw_lateness
from keyworker_cli.fiction.moments import moment
from keyworker_cli.fiction.people import birth_date, prisoner_name
from keyworker_cli.fiction.records import MANAGER, MANAGER_LOGIN, RECEPTION_LOGIN
from keyworker_cli.fiction.years.establishment import NEVER, Establishment, Prisoner, Wing

_ARRIVALS_PER_PRISONER: Final = 42 / 600 / 7  # a day
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
        self._leaving: defaultdict[int, list[Prisoner]] = defaultdict(list)
        self._to_move: defaultdict[int, list[Prisoner]] = defaultdict(list)
        self._to_allocate: defaultdict[int, list[Prisoner]] = defaultdict(list)
        self._former: list[Prisoner] = []
        self.newly_arrived: list[Prisoner] = []

    # --- days ---

    def open(self) -> None:
        """Fill the prison with the prisoners who are there on the first day.

        Each has been there for part of his stay.
        """
        while len(self._prison.prisoners) < self._prison.target:
            stay = self._chance.lognormvariate(_STAY_MEDIAN + _STAY_SPREAD**2, _STAY_SPREAD)
            served = int(min(stay, _LONGEST_STAY) * self._chance.random())
            prisoner = self._newcomer(-1 - served)
            prisoner.meets = 0
            self._move_in(
                prisoner, leaves=-1 - served + max(int(stay), served + 2), wing=self._emptiest(self._prison.wings)
            )
            prisoner.to_be_met = False
            prisoner.wing.to_meet.remove(prisoner)
            self._to_allocate[0].append(prisoner)

    def live(self, day: int) -> None:
        """Let a day pass: departures, arrivals, moves to other wings, allocations."""
        for prisoner in self._leaving.pop(day, ()):
            self._leave(prisoner, day)
        self.newly_arrived = [self._arrive(day) for _ in range(self._expected(day))]
        for prisoner in self._to_move.pop(day, ()):
            self._move_on(prisoner, day)
        for prisoner in self._to_allocate.pop(day, ()):
            self._allocate(prisoner, day)

    def close(self) -> None:
        """Write down the prisoners who are still here."""
        for prisoner in self._prison.prisoners:
            self._write_allocation(prisoner, "", "")
            self._write_stay(prisoner)

    # --- coming ---

    def _expected(self, day: int) -> int:
        """Return how many prisoners arrive: on the last day as many as bring the prison to its number."""
        empty = self._prison.target - len(self._prison.prisoners)
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
        return self._prison.target * _ARRIVALS_PER_PRISONER * _BY_WEEKDAY[day % 7]

    def _release(self, surplus: int, day: int) -> None:
        for _ in range(surplus):
            prisoner = next(
                prisoner for prisoner in self._prison.prisoners if prisoner.away_until <= day and not prisoner.in_seg
            )
            self._leaving[prisoner.leaves].remove(prisoner)
            prisoner.leaves, prisoner.leaves_by = day, "RELEASE"
            self._leave(prisoner, day)

    def _arrive(self, day: int) -> Prisoner:
        prisoner = self._comes_back(day) or self._newcomer(day)
        stay = int(min(self._chance.lognormvariate(_STAY_MEDIAN, _STAY_SPREAD), _LONGEST_STAY))
        induction = self._prison.induction
        wing = induction if len(induction.prisoners) < induction.places else self._emptiest(self._prison.main_wings)
        self._move_in(prisoner, leaves=day + max(stay, 1), wing=wing)
        prisoner.meets = day + draw_banded(self._chance, _FIRST_MET_AFTER)
        self._to_allocate[day + draw_banded(self._chance, _ALLOCATED_AFTER)].append(prisoner)
        if wing is induction:
            self._to_move[day + _INDUCTION_DAYS + int(self._chance.random() * 8)].append(prisoner)
        return prisoner

    def _newcomer(self, day: int) -> Prisoner:
        on = self._days.first_on + timedelta(days=day)
        chance = self._chance.random()
        arrival_type = next(kind for bound, kind in _ARRIVED_BY if chance < bound)
        name = prisoner_name(self._chance)
        return Prisoner(next(self._numbers), name, str(birth_date(self._chance, on)), day, arrival_type)

    def _comes_back(self, day: int) -> Prisoner | None:
        """Return a prisoner who was here before, now and then: the same person, a new stay."""
        if not self._former or self._chance.random() >= _COMES_BACK:
            return None
        place = int(self._chance.random() * len(self._former))
        before = self._former[place]
        if day - before.leaves < _GONE_FOR:
            return None
        self._former.pop(place)
        arrival_type = "TRANSFER_IN" if before.leaves_by == "TRANSFER_OUT" else "RETURN"
        return Prisoner(before.number, (before.last_name, before.first_name), before.born_on, day, arrival_type)

    def _move_in(self, prisoner: Prisoner, *, leaves: int, wing: Wing) -> None:
        prisoner.leaves, prisoner.wing = leaves, wing
        prisoner.leaves_by = "TRANSFER_OUT" if self._chance.random() < _TRANSFERRED else "RELEASE"
        prisoner.location = prisoner.cell = self._prison.cell_on(wing)
        prisoner.to_be_met = True
        wing.prisoners.append(prisoner)
        wing.to_meet.append(prisoner)
        self._prison.prisoners.append(prisoner)
        self._leaving[leaves].append(prisoner)

    def _emptiest(self, wings: list[Wing]) -> Wing:
        return min(wings, key=lambda wing: wing.fullness)

    # --- moving, going ---

    def _move_on(self, prisoner: Prisoner, day: int) -> None:
        """Move a prisoner from induction to another wing, where an officer of that wing becomes his key worker."""
        if day >= prisoner.leaves or prisoner.in_seg or prisoner.away_until > day:
            return
        wing = self._emptiest(self._prison.main_wings)
        for there in (prisoner.wing.prisoners, prisoner.wing.to_meet):
            if prisoner in there:
                there.remove(prisoner)
        prisoner.wing, prisoner.cell = wing, self._prison.cell_on(wing)
        wing.prisoners.append(prisoner)
        if prisoner.to_be_met:
            wing.to_meet.append(prisoner)
        self.write_move(prisoner, day, prisoner.cell, _MOVE_TIME)
        new = self._prison.worker_with_a_place(wing, day)
        if prisoner.worker and new and new.wing is wing and prisoner.allocated < day:
            self.end_allocation(prisoner, day, "OVERRIDE")
            self._begin(prisoner, day)

    def write_move(self, prisoner: Prisoner, day: int, location: str, minute: int) -> None:
        """Write a move within the prison."""
        recorded = self._days.moment(day, minute + 12)
        self._sheets.add_row("moves", (prisoner.number, self._days.iso[day], location, recorded, MANAGER_LOGIN))

    def _leave(self, prisoner: Prisoner, day: int) -> None:
        self.end_allocation(prisoner, day, "TRANSFER" if prisoner.leaves_by == "TRANSFER_OUT" else "RELEASED")
        self._write_stay(prisoner)
        self._prison.prisoners.remove(prisoner)
        prisoner.wing.prisoners.remove(prisoner)
        if prisoner in prisoner.wing.to_meet:
            prisoner.wing.to_meet.remove(prisoner)
        self._former.append(prisoner)
        if len(self._former) > _FORMER_KEPT:
            self._former.pop(0)

    def _write_stay(self, prisoner: Prisoner) -> None:
        days, left = self._days, prisoner.leaves <= self._days.last
        arrived_on = days.first_on + timedelta(days=prisoner.arrived)
        out_of_scope = days.iso[prisoner.out_of_scope] if prisoner.out_of_scope != NEVER else ""
        recorded = moment(arrived_on, _RECEPTION_TIME)
        self._sheets.add_row(
            "prisoners",
            (
                *(
                    prisoner.number,
                    arrived_on,
                    prisoner.last_name,
                    prisoner.first_name,
                    prisoner.born_on,
                    prisoner.location,
                    prisoner.arrival_type,
                ),
                *(days.iso[prisoner.leaves] if left else "", prisoner.leaves_by if left else "", out_of_scope),
                *(prisoner.out_of_scope_why, "", recorded, RECEPTION_LOGIN),
            ),
        )

    # --- allocations ---

    def _allocate(self, prisoner: Prisoner, day: int) -> None:
        """Give a prisoner a key worker; when nobody has a place for him, try again tomorrow."""
        if prisoner.worker or day >= prisoner.leaves or prisoner.out_of_scope != NEVER:
            return
        if not self._begin(prisoner, day):
            self._to_allocate[day + 1].append(prisoner)

    def _begin(self, prisoner: Prisoner, day: int) -> bool:
        worker = self._prison.worker_with_a_place(prisoner.wing, day)
        if worker is None:
            return False
        prisoner.worker, prisoner.allocated = worker, day
        acknowledged = day + int(self._chance.random() * 4)
        prisoner.acknowledged = acknowledged if acknowledged - day < 3 and acknowledged < prisoner.leaves else NEVER
        worker.prisoners.append(prisoner)
        return True

    def end_allocation(self, prisoner: Prisoner, day: int, reason: str) -> None:
        """End a prisoner's allocation, if he has one, and write it down."""
        if prisoner.worker is None:
            return
        self._write_allocation(prisoner, self._days.iso[day], reason)
        prisoner.worker.prisoners.remove(prisoner)
        prisoner.worker = None

    def _write_allocation(self, prisoner: Prisoner, ended_on: str, reason: str) -> None:
        if prisoner.worker is None:
            return
        days, began = self._days, prisoner.allocated
        acknowledged = days.iso[prisoner.acknowledged] if began <= prisoner.acknowledged <= days.last else ""
        if ended_on and acknowledged > ended_on:
            acknowledged = ""
        at = days.moment(began, _ALLOCATION_TIME)
        recorded = days.recorded(began, _ALLOCATION_TIME, draw_lateness(self._chance))
        how = "MANUAL" if began % 7 > 4 else "AUTO"  # at weekends managers name somebody, the list is run on weekdays
        self._sheets.add_row(
            "allocations",
            (
                *(prisoner.number, prisoner.worker.officer.staff_id, days.iso[began], at, how, MANAGER, acknowledged),
                *(ended_on, reason, MANAGER if ended_on else "", recorded, MANAGER_LOGIN),
            ),
        )
