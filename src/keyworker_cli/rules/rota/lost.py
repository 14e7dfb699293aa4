"""What if a percentage of the slots to come were lost: which ones, drawn by a seed and not by chance."""

from collections.abc import Collection, Iterable
from datetime import date

from keyworker_cli.rules.codes.records import StaffStatus
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.lots import lot
from keyworker_cli.rules.rota.slots import SlotState, state_of_slot
from keyworker_cli.rules.say import PERCENT


def lose_slots(slots: Iterable[Slot], *, percent: int, seed: int, as_of: date) -> frozenset[int]:
    """Return the keys of the slots to come that are lost when that percentage is: the same ones for the same seed.

    What is lost at 30 per cent is lost at 40 too.
    """
    to_come = [slot for slot in slots if state_of_slot(slot, as_of=as_of) is SlotState.TO_COME]
    drawn = sorted(to_come, key=lambda slot: lot(f"{seed} {_name(slot)}"))
    return frozenset(slot.slot_id for slot in drawn[: round(len(drawn) * percent / PERCENT)])


def without_lost(slots: Iterable[Slot], lost: Collection[int]) -> list[Slot]:
    """Return the slots as if the officers of those lost were not there for them: they are on the rota, and no time."""
    elsewhere = StaffStatus.UNAVAILABLE_NO_PRISONER_CONTACT.value
    return [slot._replace(unavailable=elsewhere) if slot.slot_id in lost else slot for slot in slots]


def _name(slot: Slot) -> str:
    return f"{slot.slot_on} {slot.staff_id} {slot.start_minute}"
