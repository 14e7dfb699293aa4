"""What was done to the rota: what was published, worked or dropped, and what a dropped slot costs in prisoners."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from keyworker_cli.reports.outcome import Changed, Outcome, changed
from keyworker_cli.rules.codes.records import LossReason, SlotStatus
from keyworker_cli.rules.contact.gaps import Gap
from keyworker_cli.rules.dates.say import say_date, say_days
from keyworker_cli.rules.facts.people import Worker
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.rota.slots import SlotTime, say_became, say_hours, say_slot
from keyworker_cli.rules.rota.staff_status import say_status
from keyworker_cli.rules.say import say_count


def published(
    officer: Worker, new: Sequence[SlotTime], *, same: int, unavailable: Sequence[Slot], saved: bool
) -> Outcome:
    """Return what was put on the rota; `same` slots were there already, on `unavailable` the officer is not there."""
    if not new:
        already = "this slot is" if same == 1 else f"all {same} slots are"
        return Outcome(answer=(f"{officer.name}: {already} on the rota already; nothing changed.",))
    what = "{first_slot} {published}" if len(new) == 1 else "{count} slots {published}, {first} to {last}"
    known = f"; {same} more {'was' if same == 1 else 'were'} on the rota already" if same else ""
    done = changed(
        "publish",
        "slot",
        officer.staff_id,
        "{name}: " + what + ", {minutes} minutes" + known + ".",
        name=officer.name,
        first_slot=say_slot(new[0]),
        count=len(new),
        first=new[0].slot_on,
        last=new[-1].slot_on,
        minutes=sum(slot.minutes for slot in new),
        slots=[{"date": slot.slot_on, "hours": say_hours(slot)} for slot in new],
    )
    return Outcome((done,), warnings=tuple(_not_there(officer.name, unavailable)), saved=saved)


def confirmed(slots: Sequence[Slot], *, saved: bool, question: str = "") -> Outcome:
    """Return the slots that were recorded as worked, each as it stood before."""
    already = tuple(
        f"{slot.name}: {say_slot(slot)} is recorded as worked already; nothing changed."
        for slot in slots
        if slot.status == SlotStatus.WORKED
    )
    new = [slot for slot in slots if slot.status != SlotStatus.WORKED]
    warnings = tuple(line for slot in new if slot.unavailable for line in _not_there(slot.name, [slot]))
    counted = (f"{len(new)} confirmed as worked.",) if saved and len(new) > 1 else ()
    changes = tuple(_worked(slot) for slot in new)
    return Outcome(changes, (*already, *counted), warnings, saved=saved and bool(new), question=question)


def corrects(slot: Slot, status: SlotStatus, reason: LossReason | None) -> bool:
    """Return whether this would write over what is recorded of a slot otherwise."""
    return slot.status != SlotStatus.PUBLISHED and (slot.status, slot.reason) != (status, reason)


def dropped(
    slot: Slot,
    status: SlotStatus,
    reason: LossReason,
    *,
    places: int,
    longest: Sequence[Gap],
    to_come: bool,
    saved: bool,
    question: str = "",
) -> Outcome:
    """Return a slot that was dropped, as it stood before, and what that costs: `longest` are those it was time for."""
    became = f"{status.lower()}: {reason.lower()}"
    if (slot.status, slot.reason) == (status, reason):
        return Outcome(answer=(f"{slot.name}: {say_slot(slot)} is recorded as {became} already; nothing changed.",))
    done = changed(
        "drop",
        "slot",
        slot.staff_id,
        "{name}, {minutes} minutes {dropped}: no key work for {cost} ({slot}, {became})" + _before(slot),
        name=slot.name,
        date=slot.slot_on,
        slot=say_slot(slot),
        minutes=slot.minutes,
        status=status.value,
        reason=reason.value,
        became=became,
        cost=say_count(places, "prisoner"),
        prisoners_not_seen=places,
        was=say_became(slot),
    )
    warnings = (f"until {say_date(slot.slot_on)} it still counts as published.",) if to_come else ()
    return Outcome((done,), tuple(_cost(places, longest)), warnings, saved=saved, question=question)


def _cost(places: int, longest: Sequence[Gap]) -> Iterator[str]:
    if places and not longest:
        yield "Nobody is allocated to them on that day."
    elif places:
        yield "Longest without key work:"
        yield from (f"  {unseen(gap)}" for gap in longest)


def _before(slot: Slot) -> str:
    return "." if slot.status == SlotStatus.PUBLISHED else ", recorded before as {was}."


def _worked(slot: Slot) -> Changed:
    return changed(
        "confirm",
        "slot",
        slot.staff_id,
        "{name}: {slot} {worked}, {minutes} minutes" + _before(slot),
        name=slot.name,
        date=slot.slot_on,
        slot=say_slot(slot),
        minutes=slot.minutes,
        was=say_became(slot),
    )


def unconfirmed(slots: Sequence[Slot], *, on: date) -> Outcome:
    """Return the slots of a day that would be confirmed, to be agreed to."""
    if not slots:
        return Outcome(answer=(f"{say_date(on)}: no slot waits to be confirmed.",))
    minutes, officers = sum(slot.minutes for slot in slots), len({slot.key_worker_id for slot in slots})
    what = f"{say_count(len(slots), 'slot')} of {say_count(officers, 'officer')}"
    head = f"{say_date(on)}: {what} not confirmed, {minutes:,} minutes."
    return replace(confirmed(slots, saved=False, question=f"Confirm as worked on {say_date(on)}?"), answer=(head,))


def unseen(gap: Gap) -> str:
    """Say who a prisoner is, where, and how long without key work."""
    prisoner = gap.contact
    work = "no key work yet, here" if prisoner.never_seen else "no key work for"
    return (
        f"{prisoner.prison_number} {prisoner.name}, {prisoner.location or 'no location'}: {work} {say_days(gap.days)}"
    )


def _not_there(officer: str, slots: Sequence[Slot]) -> list[str]:
    if not slots:
        return []
    days = ", ".join(f"{say_date(slot.slot_on)} {say_hours(slot)}" for slot in slots)
    status = say_status(slots[0].unavailable)
    return [f"{officer} is {status} then, so this counts as no time worked: {days}"]
