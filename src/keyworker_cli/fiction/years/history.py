"""The history of a prison: the years before Tue 12 May 2026, one day after the other."""

from collections.abc import Callable, Iterator
from typing import Final

from keyworker_cli.fiction.records import Leave, write_leave, write_officer
from keyworker_cli.fiction.years.establishment import Establishment, Worker
from keyworker_cli.fiction.years.key_work import KeyWork
from keyworker_cli.fiction.years.population import Population
from keyworker_cli.fiction.years.raised import Raising
from keyworker_cli.fiction.years.rota import Rota
from keyworker_cli.fiction.years.signals import Signals

_ANNUAL_LEAVE: Final = "UNAVAILABLE_ANNUAL_LEAVE"
_LEAVES_A_YEAR: Final = 2


def write_history(
    prison: Establishment, numbers: Iterator[str], raising: Raising, *, on_day: Callable[[int, int], None]
) -> None:
    """Write a prison's years, and its rota to the end of next week; `on_day` is told which day of how many it is."""
    _give_leave(prison)
    population = Population(prison, numbers)
    rota = Rota(prison)
    signals, key_work = Signals(prison, population, raising), KeyWork(prison, rota, raising)
    population.open()
    for day in range(prison.days.last + 1):
        on_day(day + 1, prison.days.last + 1)
        population.live(day)
        signals.live(day)
        if day % 7 == 0:
            rota.publish(day)
        key_work.live(day)
    rota.publish(7 * (prison.days.weeks - 1))
    population.close()
    for worker in prison.workers:
        _write_worker(prison, worker)


def _give_leave(prison: Establishment) -> None:
    """Give each officer two spells of annual leave a year, of one or two weeks, from a Monday on."""
    draw, weeks = prison.chance.random, prison.days.weeks
    for worker in prison.workers:
        if worker.away or worker.without_slots != (0, 0):
            continue
        for _ in range(round(_LEAVES_A_YEAR * weeks / 52)):
            first = 7 * (1 + int(draw() * (weeks - 3)))
            back = first + (7 if draw() < 0.5 else 14)
            if first <= prison.days.last and not any(first < end and start < back for start, end, _ in worker.away):
                worker.away.append((first, back, _ANNUAL_LEAVE))
        worker.away.sort()


def _write_worker(prison: Establishment, worker: Worker) -> None:
    days = prison.days
    leaves = [
        (Leave(worker.officer.staff_id, status, days.on[first], days.on[back]), first <= days.last < back)
        for first, back, status in worker.away
    ]
    away_now = next((leave for leave, now in leaves if now), None)
    write_officer(prison.sheets, worker.officer, away_now, since=days.first_on)
    for leave, _ in leaves:
        write_leave(prison.sheets, leave)
