"""The rota, and each officer's first meetings."""

from typing import Any

from sqlalchemy import FromClause, Select, select

from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.store.reads.declare import read
from keyworker_cli.store.reads.statements.parts import aliases, key_worker_id, since, unavailable_on, until


@read(Slot)
def slots_between() -> Select[Any]:
    """Return every officer's slots from one day to another, both included, by officer and time."""
    slot, worker, spell = aliases("rota_slot", "key_worker", "worker_status", names=("slot", "worker", "spell"))
    return (
        _slots(slot, worker, spell)
        .where(slot.c.slot_on >= since, slot.c.slot_on <= until)
        .order_by(worker.c.last_name, worker.c.first_name, worker.c.staff_id, slot.c.slot_on, slot.c.start_minute)
    )


@read(Slot)
def slots_of() -> Select[Any]:
    """Return an officer's slots from one day to another, both included, in order of time."""
    slot, worker, spell = aliases("rota_slot", "key_worker", "worker_status", names=("slot", "worker", "spell"))
    return (
        _slots(slot, worker, spell)
        .where(slot.c.key_worker_id == key_worker_id, slot.c.slot_on >= since, slot.c.slot_on <= until)
        .order_by(slot.c.slot_on, slot.c.start_minute)
    )


def _slots(slot: FromClause, worker: FromClause, spell: FromClause) -> Select[Any]:
    """Slots with their officer, and his status on the day when he was not there."""
    return (
        select(
            slot.c.id.label("slot_id"),
            slot.c.key_worker_id,
            worker.c.staff_id,
            worker.c.last_name,
            worker.c.first_name,
            worker.c.wing,
            slot.c.slot_on,
            slot.c.start_minute,
            slot.c.end_minute,
            slot.c.status,
            slot.c.reason,
            slot.c.published_on,
            spell.c.status.label("unavailable"),
        )
        .select_from(slot)
        .join(worker, worker.c.id == slot.c.key_worker_id)
        .outerjoin(spell, unavailable_on(spell, slot.c.key_worker_id, slot.c.slot_on))
    )
