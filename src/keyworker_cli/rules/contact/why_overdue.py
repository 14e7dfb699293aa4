"""Why a prisoner is overdue.

One code, the first that holds, so that no officer answers for the rota (help: why-overdue).
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from keyworker_cli.rules.codes.findings import Why
from keyworker_cli.rules.contact.cover import lacks_cover
from keyworker_cli.rules.dates.london import DAYS_PER_WEEK
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.rota import RotaSince, Slot
from keyworker_cli.rules.rota.slots import SlotState, state_of_slot
from keyworker_cli.rules.settings import Settings

NO_SLOTS = RotaSince(0, 0, 0, 0, 0, 0)


def window_start(contact: Contact) -> date:
    """Return the first day of rota that could have been used: the day after he was seen, or his arrival day if never.

    With a key worker it begins no earlier than that allocation.
    """
    first = contact.arrived_on if contact.last_session_on is None else contact.last_session_on + timedelta(days=1)
    return max(first, contact.allocated_on or first)


def rota_used(contact: Contact, slots: Iterable[Slot], *, as_of: date) -> RotaSince:
    """Return what became of an officer's slots in the window of a prisoner, up to the end of a day."""
    first_on = window_start(contact)
    his = [(slot, state_of_slot(slot, as_of=as_of)) for slot in slots if first_on <= slot.slot_on <= as_of]
    states = [state for _, state in his if state not in (SlotState.TO_COME, SlotState.NOT_THERE)]
    return RotaSince(
        contact.person_id,
        slots=len(states),
        worked=states.count(SlotState.WORKED),
        worked_minutes=sum(slot.minutes for slot, state in his if state is SlotState.WORKED),
        lost=states.count(SlotState.LOST),
        unconfirmed=states.count(SlotState.UNCONFIRMED),
    )


def rota_is_recorded(contact: Contact, latest: Mapping[str | None, date]) -> bool:
    """Return whether anyone of the key worker's wing has a slot recorded in the window: else nobody can tell."""
    wing = contact.worker_wing
    days = [latest[wing]] if wing is not None and wing in latest else [] if wing is not None else list(latest.values())
    return any(day >= window_start(contact) for day in days)


def why_overdue(
    contact: Contact,
    rota: RotaSince | None,
    *,
    latest: Mapping[str | None, date],
    caseload: int,
    as_of: date,
    settings: Settings,
) -> Why:
    """Return the one code for why he has not been seen.

    `caseload` is how many prisoners his key worker has on that day.
    """
    rota = rota or NO_SLOTS
    if contact.away is not None:
        return Why.AWAY
    if contact.staff_id is None:
        return Why.UNALLOCATED
    if lacks_cover(contact):
        return Why.WORKER_UNAVAILABLE
    if rota.slots == 0:
        return Why.NO_TIME if rota_is_recorded(contact, latest) else Why.NO_ROTA
    if rota.worked == 0:
        return Why.LOST if rota.lost else Why.UNCONFIRMED
    if _short(contact, rota, caseload, as_of, settings):
        return Why.SHORT_TIME
    return Why.REFUSED if contact.refusals_in_window else Why.UNUSED


def needed_sevenths(contact: Contact, *, caseload: int, as_of: date, settings: Settings) -> int:
    """Return the minutes x 7 that a key worker's prisoners needed from the window's first day, 45 a week for each."""
    days = (as_of - window_start(contact)).days + 1
    return settings.target_minutes_per_week * days * caseload


def _short(contact: Contact, rota: RotaSince, caseload: int, as_of: date, settings: Settings) -> bool:
    """Worked less than 45 x days / 7 x his prisoners today, kept in whole numbers."""
    needed = needed_sevenths(contact, caseload=caseload, as_of=as_of, settings=settings)
    return rota.worked_minutes * DAYS_PER_WEEK < needed
