"""A prison of the size asked for, written to a directory with the answers that must come out of it."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from keyworker_cli.errors import UsageError
from keyworker_cli.fiction.asked_and_read import write_asked_and_read
from keyworker_cli.fiction.cases import cast, plants
from keyworker_cli.fiction.cases.answers import Answer, demo_overdue, people, small_prison_answers
from keyworker_cli.fiction.cases.cast import PRISONERS
from keyworker_cli.fiction.cases.small_prison import write_small_prison
from keyworker_cli.fiction.chance import chance_from
from keyworker_cli.fiction.moments import AS_OF, moment
from keyworker_cli.fiction.people import prison_numbers
from keyworker_cli.fiction.records import MANAGER_LOGIN
from keyworker_cli.fiction.sheets import ANSWERS, FICTIONAL, Sheets
from keyworker_cli.fiction.sizes import IDLE_WING, LARGER, SIZES, Size
from keyworker_cli.fiction.years.days import Days
from keyworker_cli.fiction.years.establishment import Establishment
from keyworker_cli.fiction.years.history import write_history
from keyworker_cli.fiction.years.raised import Raising
from keyworker_cli.rules.typed import read_choice

PRISON: Final[Mapping[str, str]] = {"prison.code": "FGX", "prison.name": "HMP Fellgate (FICTIONAL)"}
_SET_AT: Final = moment(cast.OPENED_ON, 8 * 60)
_SMALL_PRISONERS: Final = sum(prisoner.present(AS_OF) for prisoner in PRISONERS)
_SMALL_OFFICERS: Final = len(cast.officers())

_RAISING: Final = 500
"""What the chance of topics has beside a prison's own seed."""

_OF_ONE_PRISON: Final = tuple(name for name, size in LARGER.items() if size.prisons == 1)
"""The larger sizes in which prisoners are asked and notes read."""

_TOLD_EVERY: Final = 7
"""Days between one telling of how far it is and the next."""

_IDLE_FROM: Final = date(2026, 4, 13)
_NO_SLOTS_FROM, _NO_SLOTS_TO = date(2026, 3, 23), date(2026, 5, 11)
_LEAVE_FROM, _LEAVE_TO = date(2026, 4, 27), date(2026, 5, 18)
_NO_SLOTS_WING, _LEAVE_WING = "C", "B"


def write_prison(
    size: str,
    directory: Path,
    *,
    seed: int = 2018,
    years: int = 1,
    overwrite: bool = False,
    on_progress: Callable[[str], None] | None = None,
) -> dict[str, object]:
    """Write a prison's files to a directory and return its known answers, which stand beside them in `expected.json`.

    `years` is the history before Tue 12 May 2026 of the three larger sizes; the demo has its own. `on_progress` is told
    in words how far it has come. Raises `UsageError` for a size there is not, and `RefusedError` for a directory with
    files of others, unless `overwrite`.
    """
    size = read_choice(size, SIZES, "size")
    if years < 1:
        raise UsageError(f"{years} years of history cannot be written", "give a whole number from 1 on")
    answers: dict[str, object] = {"fictional": FICTIONAL, "as_of": str(AS_OF), "size": size, "seed": seed}
    with Sheets(directory, overwrite=overwrite) as sheets:
        for key, value in PRISON.items():
            sheets.add("settings", key=key, value=value, recorded_at=_SET_AT, recorded_by=MANAGER_LOGIN)
        known = (
            _write_demo(sheets, seed)
            if size == "demo"
            else _write_larger(sheets, LARGER[size], seed, years, on_progress or (lambda how_far: None))
        )
        if size in ("demo", *_OF_ONE_PRISON):
            known |= write_asked_and_read(sheets, directory, seed)
    answers |= {"people": people(), "rows": sheets.written, **known}
    text = json.dumps(answers, indent=2, ensure_ascii=False)
    (directory / ANSWERS).write_text(f"{text}\n", encoding="utf-8", newline="\n")
    return answers


def _write_demo(sheets: Sheets, seed: int) -> Answer:
    write_small_prison(sheets, seed)
    return {
        "sizes": {"prisons": 1, "men_present": _SMALL_PRISONERS, "officers": _SMALL_OFFICERS},
        "overdue": demo_overdue(),
        "plants": small_prison_answers(),
    }


def _write_larger(sheets: Sheets, size: Size, seed: int, years: int, tell: Callable[[str], None]) -> Answer:
    """Write a larger prison: the small one and the plants stand in the first of its prisons, chance does the rest."""
    prefixes = [f"{unit + 1:03}" for unit in range(size.prisons)] if size.prisons > 1 else [""]
    write_small_prison(sheets, seed, prefixes[0])
    plants.write_plants(sheets, prefixes[0])
    days = Days(years)
    taken = {prisoner.prison_number for prisoner in PRISONERS} | set(plants.NUMBERS)
    numbers = prison_numbers(seed, taken)
    logins = {officer.login for officer in cast.officers().values()} | {"thorneh"}
    told: list[Answer] = []
    first_staff = 1
    for unit, prefix in enumerate(prefixes):
        told_prisoners, told_officers = (
            (_SMALL_PRISONERS + plants.PRESENT, _SMALL_OFFICERS + 1) if unit == 0 else (0, 0)
        )
        prison = Establishment(
            *(size, days, sheets, chance_from(seed + 1000 * (unit + 1))),
            prefix=prefix,
            prisoners=size.prisoners - told_prisoners,
            officers=size.officers - told_officers,
            first_staff=first_staff,
            logins=logins,
        )
        first_staff += len(prison.workers)
        if unit == 0:
            told = _plant_in(prison)
        on_day = partial(_tell_day, tell, unit + 1, size.prisons)
        write_history(prison, numbers, Raising(seed + 1000 * (unit + 1) + _RAISING), on_day=on_day)
    return {
        "sizes": {
            "prisons": size.prisons,
            "men_present": size.prisons * size.prisoners,
            "officers": size.prisons * size.officers,
        },
        "plants": [*small_prison_answers(), *plants.plant_answers(), *told],
    }


def _tell_day(tell: Callable[[str], None], unit: int, units: int, day: int, days: int) -> None:
    """Tell how far the prisons are, a week of days at a time."""
    if day % _TOLD_EVERY == 0 or day == days:
        of_prisons = f"prison {unit} of {units}, " if units > 1 else ""
        tell(f"{of_prisons}day {day:,} of {days:,}")


def _plant_in(prison: Establishment) -> list[Answer]:
    """Settle what must happen to a wing and to two officers, whatever chance does; return what must come of it."""
    place = prison.days.place
    wings = {wing.name: wing for wing in prison.wings}
    idle = wings[prison.prefix + IDLE_WING]
    idle.idle_from = place(_IDLE_FROM)
    without_slots = wings[prison.prefix + _NO_SLOTS_WING].workers[2]
    without_slots.without_slots = (place(_NO_SLOTS_FROM), place(_NO_SLOTS_TO))
    on_leave = wings[prison.prefix + _LEAVE_WING].workers[3]
    on_leave.away = [(place(_LEAVE_FROM), place(_LEAVE_TO), "UNAVAILABLE_ANNUAL_LEAVE")]
    return [
        {
            "plant": "officer_without_slots_for_seven_weeks",
            "staff_id": without_slots.officer.staff_id,
            "weeks": ["2026-W13", "2026-W19"],
            "allocated_minutes": 0,
        },
        {
            "plant": "officer_on_leave_three_weeks",
            "staff_id": on_leave.officer.staff_id,
            "from": str(_LEAVE_FROM),
            "return_on": str(_LEAVE_TO),
            "days": (_LEAVE_TO - _LEAVE_FROM).days,
        },
        {
            "plant": "wing_without_delivery",
            "wing": idle.name,
            "weeks": ["2026-W16", "2026-W19"],
            "delivered_minutes": 0,
            "worked_minutes": 0,
        },
    ]
