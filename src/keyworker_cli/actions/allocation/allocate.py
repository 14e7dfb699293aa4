"""Giving prisoners a key worker and taking one away: propose, then save all of it or nothing (help: allocation)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from keyworker_cli.actions.allocation.answers import allocations, deallocated
from keyworker_cli.errors import RefusedError, UsageError
from keyworker_cli.lookup import as_it_stands, find_prisoner, find_worker
from keyworker_cli.reports.outcome import Outcome
from keyworker_cli.rules.allocation.allocate import (
    AllocationRequest,
    AllocationSnapshot,
    Plan,
    check_day,
    check_end,
    check_still_so,
    choose_prisoners,
    plan_for,
    snapshot_of,
)
from keyworker_cli.rules.allocation.recommend import Proposal
from keyworker_cli.rules.codes.records import EndReason
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.officers import FormerWorker, holding_on, planned_after
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.markers.priority import Priority, find_priorities
from keyworker_cli.rules.rota.staff_status import absence_began
from keyworker_cli.rules.say import say_prisoner
from keyworker_cli.rules.settings import Settings

if TYPE_CHECKING:
    from keyworker_cli.reports.question import ReportRequest
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.changes.change import Change
    from keyworker_cli.store.reads.queries import Queries
    from keyworker_cli.store.store import Store


def propose(
    store: "Store",
    request: "ReportRequest",
    *,
    today: date,
    prisoner: str | None = None,
    to: str | None = None,
    from_worker: str | None = None,
    return_to: str | None = None,
) -> Plan:
    """Return who would be given whom from the day asked about; nothing is saved.

    Without a prisoner it is about all prisoners without a key worker; with `from_worker`, about that officer's. With
    `to` all of them go to that key worker (MANUAL). With `return_to` it is about the prisoners who were moved from that
    key worker because they were not there, and are to come back.

    Raises `UsageError` for options that do not go together, `NotFoundError` for nobody, `RefusedError` for a day to
    come, a prisoner who may not be allocated or a key worker who is not ACTIVE.
    """
    check_day(request.as_of, today)
    queries = store.queries
    wanted = (
        _wanted(queries, request, prisoner, to, from_worker)
        if return_to is None
        else _wanted_back(queries, request, return_to, others=(prisoner, to, from_worker))
    )
    snapshot = _snapshot(queries, request.as_of, today, request.settings)
    chosen = choose_prisoners(snapshot, wanted, covers=request.covers)
    former = _former_workers(queries, chosen.prisoners, request.as_of) if wanted.back is None else []
    priorities = _priorities(queries, chosen.prisoners, request)
    return plan_for(snapshot, wanted, chosen, former=former, priorities=priorities, settings=request.settings)


def save(store: "Store", author: "Author", plan: Plan) -> Outcome:
    """Save a plan, all of it or nothing; return what was done.

    Raises `RefusedError`, naming the prisoner or the officer, when somebody else has changed meanwhile what it rests
    on.
    """
    with store.transaction(author) as change:
        check_still_so(plan, _snapshot(change.queries, plan.on, author.today, change.settings))
        for turn, proposal in enumerate(plan.placed):
            _allocate(change, plan, proposal, turn)
    return allocations(plan, saved=author.saves)


def deallocate(store: "Store", author: "Author", prisoner: Person, *, reason: EndReason) -> Outcome:
    """End a prisoner's allocation on the day asked about, which is no longer his key worker's; return what was done.

    Raises `RefusedError` for a prisoner without a key worker, a day to come or an end before the start.
    """
    on = author.as_of
    check_day(on, author.today)
    with store.transaction(author) as change:
        prisoner = as_it_stands(change.queries, prisoner)
        his = change.queries.allocations_of(prisoner.person_id)
        held, planned = holding_on(on, his), planned_after(on, his)
        if held is None and planned is not None:
            on = max(on, planned.allocated_on) if planned.allocated_on > author.today else on
            held, planned = planned, None
        if held is None:
            raise RefusedError(
                f"{say_prisoner(prisoner)} has no key worker.",
                f"kw why {prisoner.prison_number} shows the allocations he had.",
            )
        check_end(prisoner, allocated_on=held.allocated_on, on=on)
        change.end_allocation(held.allocation_id, prisoner.prison_number, on=on, reason=reason)
    follows: tuple[str, ...] = ()
    if planned is not None:
        then = f"From {say_date(planned.allocated_on)} {planned.name} is planned as his key worker"
        follows = (f"{then}; to cancel that: kw deallocate {prisoner.prison_number}",)
    return Outcome((deallocated(prisoner, held, on=on, reason=reason),), follows, saved=author.saves)


def _wanted_back(
    queries: "Queries", request: "ReportRequest", return_to: str, *, others: tuple[str | None, ...]
) -> AllocationRequest:
    """Return who is to come back: all whom this key worker lost because of the absence they are in, or were in last."""
    if request.key_worker is not None or any(other is not None for other in others):
        raise UsageError(
            "--return stands alone: it is about all the prisoners who were moved from one key worker.",
            f"kw allocate --return {return_to}, or for one prisoner: kw allocate PRISONER --to {return_to}",
        )
    worker = find_worker(queries, return_to)
    began = absence_began(queries.statuses_of(worker.key_worker_id), on=request.as_of)
    moved = [] if began is None else queries.moved_from(worker.key_worker_id, since=began, as_of=request.as_of)
    return AllocationRequest(to=worker, back=tuple(moved))


def _wanted(
    queries: "Queries", request: "ReportRequest", prisoner: str | None, to: str | None, from_worker: str | None
) -> AllocationRequest:
    if request.key_worker is not None:
        raise UsageError(
            "kw allocate does not take --key-worker.",
            "--from SHAH is for the prisoners they have, --to SHAH for those they get.",
        )
    if to is not None and prisoner is None and from_worker is None:
        raise UsageError(
            "--to needs the prisoner, or the officer whose prisoners are meant.",
            f"kw allocate A1234BC --to {to}, or kw allocate --from REED --to {to}",
        )
    wanted = AllocationRequest(
        prisoner=None if prisoner is None else find_prisoner(queries, prisoner),
        to=None if to is None else find_worker(queries, to),
        leaving=None if from_worker is None else find_worker(queries, from_worker),
    )
    if wanted.to is not None and wanted.to == wanted.leaving:
        raise UsageError(f"--from and --to are both {wanted.to.name}.", "name another with --to, or leave it out.")
    return wanted


def _snapshot(queries: "Queries", on: date, today: date, settings: Settings) -> AllocationSnapshot:
    prisoners, officers = queries.contacts(as_of=on, settings=settings), queries.officers(as_of=on)
    is_today = on == today
    return snapshot_of(
        on,
        today,
        prisoners=prisoners,
        prisoners_today=prisoners if is_today else queries.contacts(as_of=today, settings=settings),
        officers=officers,
        officers_today=officers if is_today else queries.officers(as_of=today),
    )


def _former_workers(queries: "Queries", prisoners: list[Contact], on: date) -> list[FormerWorker]:
    """Return the key workers the prisoners had before; they have none now, or all of them the same."""
    caseloads = {prisoner.key_worker_id for prisoner in prisoners if prisoner.key_worker_id is not None}
    former = [one for key in caseloads for one in queries.former_workers_of_caseload(key, as_of=on)]
    return former + (
        queries.former_workers(as_of=on) if any(prisoner.staff_id is None for prisoner in prisoners) else []
    )


def _priorities(queries: "Queries", prisoners: Sequence[Contact], request: "ReportRequest") -> Mapping[int, Priority]:
    """Return what has happened to the prisoners, by their keys.

    How key work stands with them makes no difference here.
    """
    if not prisoners:
        return {}
    known = queries.known_of_them(as_of=request.as_of, settings=request.settings)
    return find_priorities(prisoners, known, as_of=request.as_of, settings=request.settings)


def _allocate(change: "Change", plan: Plan, proposal: Proposal, turn: int) -> None:
    """Save one of the plan's allocations, its moment after those before it: the order tells who was used last."""
    if proposal.officer is None:
        return
    prisoner = proposal.prisoner
    his = change.queries.allocations_of(prisoner.person_id)
    held, planned = holding_on(plan.on, his), planned_after(plan.on, his)
    if held is not None:
        change.end_allocation(held.allocation_id, prisoner.prison_number, on=plan.on, reason=plan.end_reason)
    if planned is not None and planned.key_worker_id == proposal.officer.key_worker_id:
        change.end_allocation(
            planned.allocation_id, prisoner.prison_number, on=planned.allocated_on, reason=EndReason.OVERRIDE
        )
        planned = None
    change.allocate(
        prisoner.person_id,
        proposal.officer.key_worker_id,
        on=plan.on,
        reason=plan.reason,
        because=proposal.because,
        at=change.author.at + timedelta(microseconds=turn),
        until=planned.allocated_on if planned else None,
    )
