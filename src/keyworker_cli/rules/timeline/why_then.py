"""Why a prisoner had had no key work on a morning of the past, by what the rota says of it now (help: why-overdue)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from keyworker_cli.rules.codes.findings import Why
from keyworker_cli.rules.codes.records import Outcome, SessionType
from keyworker_cli.rules.contact.why_overdue import rota_used, why_overdue
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.officers import Allocation
from keyworker_cli.rules.facts.people import Worker
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.rota.staff_status import status_on
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.stays.eligible_days import Holding
from keyworker_cli.rules.timeline.record import RecordHistory


@dataclass(frozen=True)
class RotaHistory:
    """What the time of a prisoner's key workers is judged by: everyone's slots and every prisoner's days."""

    history: RecordHistory
    workers: Mapping[int, Worker]
    slots: Sequence[Slot]
    holdings: Sequence[Holding]


def why_then(prisoner: Contact, then: RotaHistory, *, on: date, settings: Settings) -> Why:
    """Return the one code for why he had not been seen by the morning of a day; its own slots were still to come.

    `prisoner` has his last session as of that morning.
    """
    held = _held_on(then.history.held, on)
    if held is None:
        return why_overdue(_without(prisoner), None, latest={}, caseload=0, as_of=on, settings=settings)
    worker, time = then.workers.get(held.key_worker_id), then.history.times[held.allocation_id]
    spell = status_on(time.statuses, on=on)
    contact = prisoner._replace(
        key_worker_id=held.key_worker_id,
        staff_id=held.staff_id,
        worker_wing=worker.wing if worker else None,
        worker_status=spell.status if spell else None,
        allocated_on=held.allocated_on,
        away=None,
        refusals_in_window=_refused(then.history, max(held.allocated_on, prisoner.clock_from), on),
    )
    day = on.toordinal()
    his = [slot for slot in then.slots if slot.key_worker_id == held.key_worker_id and slot.slot_on < on]
    caseload = sum(
        one.key_worker_id == held.key_worker_id and one.first_day <= day < one.end_day for one in then.holdings
    )
    return why_overdue(
        contact,
        rota_used(contact, his, as_of=on),
        latest=_latest(then.slots, on),
        caseload=caseload,
        as_of=on,
        settings=settings,
    )


def _held_on(held: Iterable[Allocation], on: date) -> Allocation | None:
    """Return the latest allocation that held that morning: one that ended on its day ended after it."""
    return next((one for one in held if one.allocated_on <= on and (one.ended_on is None or one.ended_on >= on)), None)


def _without(prisoner: Contact) -> Contact:
    return prisoner._replace(key_worker_id=None, staff_id=None, away=None)


def _refused(history: RecordHistory, since: date, on: date) -> int:
    return sum(
        one.outcome == Outcome.REFUSED and one.type == SessionType.KS and since <= one.held_on < on
        for one in history.sessions
        if history.in_time(one)
    )


def _latest(slots: Iterable[Slot], on: date) -> dict[str | None, date]:
    """Return by wing the latest day up to that morning for which any rota is recorded."""
    latest: dict[str | None, date] = {}
    for slot in slots:
        if slot.slot_on <= on:
            latest[slot.wing] = max(slot.slot_on, latest.get(slot.wing, slot.slot_on))
    return latest
