"""The small prison written out: 24 prisoners present, 4 officers, and everything recorded of them.

What the story needs is fixed in `cast`; the rest is left to chance, within the slots that were worked.

help: two-men, fictional-prison.
"""

from datetime import date
from typing import Final

from keyworker_cli.fiction.cases import cast, cast_rota, cast_signals
from keyworker_cli.fiction.cases.cast import KW1, OUT_OF_SCOPE, PRISONERS, Prisoner
from keyworker_cli.fiction.cases.cast_sessions import Story
from keyworker_cli.fiction.cases.two_men import MR_A, MR_B
from keyworker_cli.fiction.chance import chance_from
from keyworker_cli.fiction.moments import DAY, moment
from keyworker_cli.fiction.records import (
    MANAGER_LOGIN,
    RECEPTION_LOGIN,
    Allocation,
    published_on,
    write_allocation,
    write_event,
    write_leave,
    write_officer,
    write_session,
    write_slot,
)
from keyworker_cli.fiction.sheets import Sheets

_MANUAL: Final = {MR_A, "C1025GZ", "Q1010SK"}
"""Prisoners whose key worker was named by a manager, not recommended."""


def write_small_prison(sheets: Sheets, seed: int, prefix: str = "") -> None:
    """Write all records of the small prison; `prefix` goes before the names of its wings."""
    officers = cast.officers(prefix)
    for officer in officers.values():
        away = cast.KW2_AWAY if officer.staff_id == cast.KW2_AWAY.staff_id else None
        write_officer(sheets, officer, away, since=cast.OPENED_ON)
    write_leave(sheets, cast.KW2_AWAY)
    for prisoner in sorted(PRISONERS, key=lambda prisoner: (prisoner.arrived_on, prisoner.prison_number)):
        _write_prisoner(sheets, prisoner, prefix)
    slots = cast_rota.rota(chance_from(seed), officers)
    for slot in slots:
        write_slot(sheets, slot, published_on(slot.on, next_week=cast_rota.NEXT_WEEK))
    story = Story(chance_from(seed + 1), officers, slots)
    for session in story.held:
        write_session(sheets, session)
    for event in cast_signals.events():
        write_event(sheets, event)
    cast_signals.write_absences(sheets)
    cast_signals.write_accts(sheets)
    cast_signals.write_needs(sheets, story.needs, chance_from(seed + 2))


def _write_prisoner(sheets: Sheets, prisoner: Prisoner, prefix: str) -> None:
    out_of_scope_from, why = OUT_OF_SCOPE.get(prisoner.prison_number, (None, ""))
    sheets.add(
        "prisoners",
        prison_number=prisoner.prison_number,
        arrived_on=prisoner.arrived_on,
        last_name=prisoner.last_name,
        first_name=prisoner.first_name,
        date_of_birth=prisoner.born_on,
        location=prefix + prisoner.location,
        arrival_type=prisoner.arrival_type,
        left_on=prisoner.left_on,
        departure_reason=prisoner.departure_reason,
        out_of_scope_from=out_of_scope_from,
        out_of_scope_reason=why,
        recorded_at=moment(prisoner.arrived_on, 18 * 60),
        recorded_by=RECEPTION_LOGIN,
    )
    for moved_on, minute, location in prisoner.moves:
        add_move(sheets, prisoner.prison_number, moved_on, minute, place(location, prefix))
    for allocation in _allocations(prisoner):
        write_allocation(sheets, allocation)


def add_move(sheets: Sheets, prison_number: str, moved_on: date, minute: int, location: str) -> None:
    """Write a move within the prison: recorded 12 minutes after it."""
    sheets.add(
        "moves",
        prison_number=prison_number,
        moved_on=moved_on,
        location=location,
        recorded_at=moment(moved_on, minute + 12),
        recorded_by=MANAGER_LOGIN,
    )


def place(location: str, prefix: str) -> str:
    """Return a location with its wing's prefix; a place that is not a cell (`SEG`) belongs to no wing."""
    return prefix + location if "-" in location else location


def _allocations(prisoner: Prisoner) -> list[Allocation]:
    return [
        Allocation(
            *(prisoner.prison_number, spell.staff_id, spell.from_on, spell.to_on, spell.end_reason),
            reason="MANUAL" if prisoner.prison_number in _MANUAL else "AUTO",
            acknowledged_on=None if prisoner.prison_number == MR_B and spell.staff_id != KW1 else spell.from_on + DAY,
        )
        for spell in prisoner.spells
    ]
