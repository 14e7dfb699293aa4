"""Time on the rota: each slot and what became of it, the next, the latest, and what there was to see somebody in."""

from typing import Any

from sqlalchemy import FromClause, Select, and_, case, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from keyworker_cli.rules.facts.rota import LatestSlot, NextSlot, OfficerSlot, RotaSince, Slot
from keyworker_cli.store.reads.declare import before, read
from keyworker_cli.store.reads.statements.parts.basics import (
    ONE,
    ZERO,
    aliases,
    as_of,
    held_on_the_day,
    is_present,
    key_worker_id,
    later,
    prisoner_of,
    published,
    since,
    table,
    unavailable_on,
    until,
    word,
)
from keyworker_cli.store.reads.statements.parts.counted import died_in, recorded_in_time
from keyworker_cli.store.reads.statements.parts.last_session import last_counted
from keyworker_cli.store.schema.column_types import MinutesBetween


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


@read(LatestSlot)
def latest_slots() -> Select[Any]:
    """Return, for each wing, the latest day up to `as_of` with any rota recorded."""
    worker = aliases("key_worker", names=("worker",))[0]
    each = _latest_of_each(worker, worker.c.wing)
    return (
        select(each.c.wing, func.max(each.c.slot_on).label("slot_on"))
        .where(each.c.slot_on.is_not(None))
        .group_by(each.c.wing)
    )


@read(OfficerSlot)
def officers_latest_slots() -> Select[Any]:
    """Return, for each officer who ever had any, the latest day up to `as_of` with time on the rota."""
    worker = aliases("key_worker", names=("worker",))[0]
    each = _latest_of_each(worker, worker.c.id.label("key_worker_id"))
    return select(each.c.key_worker_id, each.c.slot_on).where(each.c.slot_on.is_not(None))


def _latest_of_each(worker: FromClause, column: Any) -> FromClause:
    """The latest day up to `as_of` with time on each officer's rota, beside a column of that officer."""
    slot = aliases("rota_slot", names=("slot",))[0]
    latest = select(func.max(slot.c.slot_on)).where(
        slot.c.key_worker_id == worker.c.id, slot.c.slot_on <= as_of, published(slot)
    )
    return select(column, latest.scalar_subquery().label("slot_on")).subquery("each_officer")


@read(NextSlot)
def next_slots() -> Select[Any]:
    """Return each officer's next slot, that day included, when they are there."""
    slot, first, spell = aliases("rota_slot", "rota_slot", "worker_status", names=("slot", "first", "spell"))
    to_come = or_(
        and_(first.c.slot_on > as_of, published(first)),
        and_(first.c.slot_on == as_of, first.c.status == word("PUBLISHED")),
    )
    worker = table("key_worker")
    absent = select(spell.c.id).where(unavailable_on(spell, first.c.key_worker_id, first.c.slot_on)).exists()
    nearest = (
        select(first.c.id)
        .where(first.c.key_worker_id == worker.c.id, first.c.slot_on >= as_of, to_come, ~absent)
        .order_by(first.c.slot_on, first.c.start_minute)
        .limit(ONE)
        .correlate(worker)
        .scalar_subquery()
    )
    return (
        select(slot.c.key_worker_id, slot.c.slot_on, slot.c.start_minute, slot.c.end_minute)
        .select_from(worker)
        .join(slot, slot.c.id == nearest)
    )


@read(RotaSince, since=before(setting="gap_days"))
def rota_since() -> Select[Any]:
    """Return, for each prisoner with a key worker who has reached `gap.days`, that officer's slots since then.

    A prisoner whose key worker had no slot in it has no row.

    A slot while the officer was unavailable counts as lost, whatever became of it (help: time-budget, why-overdue).
    What became of a slot is found once, though several of the officer's prisoners wait on it.
    """
    prisoners = _unseen()
    slots = _slots_of_officers(prisoners)
    worked, unconfirmed = slots.c.status == word("WORKED"), slots.c.status == word("PUBLISHED")
    unused = or_(prisoners.c.seen_on.is_(None), slots.c.slot_on > prisoners.c.seen_on)
    return (
        select(
            prisoners.c.person_id,
            func.count(slots.c.slot_on).label("slots"),
            _count(worked).label("worked"),
            func.coalesce(func.sum(case((worked, slots.c.minutes), else_=ZERO)), ZERO).label("worked_minutes"),
            (func.count(slots.c.slot_on) - _count(worked) - _count(unconfirmed)).label("lost"),
            _count(unconfirmed).label("unconfirmed"),
        )
        .select_from(prisoners)
        .join(
            slots,
            and_(slots.c.key_worker_id == prisoners.c.key_worker_id, slots.c.slot_on >= prisoners.c.from_on, unused),
        )
        .group_by(prisoners.c.person_id)
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


def _unseen() -> FromClause:
    """The prisoners here unseen after `since` with a key worker, and since when that officer could have seen each."""
    stay, held, last, death = aliases("stay", "allocation", "session", "stay", names=("stay", "held", "last", "death"))
    seen_on = func.coalesce(last.c.held_on, stay.c.arrived_on)
    return (
        select(
            prisoner_of(stay).label("person_id"),
            held.c.key_worker_id,
            last.c.held_on.label("seen_on"),
            later(held.c.allocated_on, seen_on).label("from_on"),
        )
        .select_from(stay)
        .outerjoin(death, died_in(death, stay))  # an outer join keeps the prisoners as the start
        .outerjoin(held, and_(held_on_the_day(held, stay.c.person_id), recorded_in_time(held, death)))
        .outerjoin(last, last.c.id == last_counted(stay, death))
        .where(*is_present(stay), seen_on <= since, held.c.id.is_not(None))
        .cte("prisoners")
    )


def _slots_of_officers(prisoners: FromClause) -> FromClause:
    """The slots of these prisoners' officers, each from the day of the prisoner who has waited longest.

    Away, all are lost.
    """
    slot, spell = aliases("rota_slot", "worker_status", names=("slot", "spell"))
    officers = (
        select(prisoners.c.key_worker_id, func.min(prisoners.c.from_on).label("from_on"))
        .group_by(prisoners.c.key_worker_id)
        .cte("officers")
    )
    return (
        select(
            slot.c.key_worker_id,
            slot.c.slot_on,
            MinutesBetween(slot.c.slot_on, slot.c.start_minute, slot.c.end_minute).label("minutes"),
            case((spell.c.id.is_(None), slot.c.status), else_=word("LOST")).label("status"),
        )
        .select_from(officers)
        .join(
            slot,
            and_(
                slot.c.key_worker_id == officers.c.key_worker_id,
                slot.c.slot_on >= officers.c.from_on,
                slot.c.slot_on <= as_of,
                published(slot),
                or_(slot.c.slot_on < as_of, slot.c.status != word("PUBLISHED")),  # that day's is still to come
            ),
        )
        .outerjoin(spell, unavailable_on(spell, slot.c.key_worker_id, slot.c.slot_on))
        .cte("slots")
        .prefix_with("MATERIALIZED")  # else each would be found for each of the prisoners
    )


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, ONE), else_=ZERO)), ZERO)
