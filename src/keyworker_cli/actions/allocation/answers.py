"""What giving prisoners a key worker, or taking one away, has changed."""

from collections.abc import Iterator
from datetime import date

from keyworker_cli.reports.outcome import Changed, Outcome, changed
from keyworker_cli.rules.allocation.allocate import Plan, say_unchanged, warnings_of
from keyworker_cli.rules.allocation.recommend import Proposal
from keyworker_cli.rules.codes.records import EndReason
from keyworker_cli.rules.codes.words import say_ended
from keyworker_cli.rules.facts.officers import Allocation
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.say import say_count


def allocations(plan: Plan, *, saved: bool) -> Outcome:
    """Return each allocation of a plan as it was saved, or would be.

    Where a report lists them, people are told how many; one prisoner and key worker named in full are told in a
    sentence.
    """
    answer = (*([say_unchanged(plan)] if plan.unchanged else []), *(_to_read(plan) if saved else []))
    done = tuple(_allocated(plan, proposal) for proposal in plan.placed)
    in_short = f"{{Saved}} {count_allocations(plan)}." if done and not plan.typed_in_full else ""
    return Outcome(done, answer, tuple(warnings_of(plan)), saved=saved, in_short=in_short)


def _to_read(plan: Plan) -> Iterator[str]:
    """Name the page for a new key worker to read, where one took over from another (help: handover)."""
    taken_over = [one for one in plan.placed if plan.prisoners[one.prisoner.person_id].worker_name is not None]
    for one in taken_over[:1] if len(taken_over) == 1 else ():
        reader = one.officer.name if one.officer else "the new key worker"
        yield f"For {reader} to read: kw handover {plan.prisoners[one.prisoner.person_id].prison_number}"
    if len(taken_over) > 1:
        yield f"For their new key workers to read, {len(taken_over)} in all: kw handover"


def count_allocations(plan: Plan) -> str:
    """Count what would be saved: `1 allocation`, `5 allocations`."""
    return say_count(len(plan.placed), "allocation")


def deallocated(prisoner: Person, held: Allocation, *, on: date, reason: EndReason) -> Changed:
    """Return the allocation that was ended."""
    return changed(
        "end",
        "allocation",
        prisoner.prison_number,
        "{name} ({key}) {has} no key worker from {on} ({ended_as}); {key_worker} had him since {since}.",
        name=prisoner.name,
        on=on,
        reason=reason.value,
        ended_as=say_ended(reason),
        staff_id=held.staff_id,
        key_worker=held.name,
        since=held.allocated_on,
    )


def _allocated(plan: Plan, proposal: Proposal) -> Changed:
    prisoner, officer = plan.prisoners[proposal.prisoner.person_id], proposal.officer
    return changed(
        "allocate",
        "allocation",
        prisoner.prison_number,
        "{name} ({key}) {has} {key_worker} as key worker from {on}"
        + (", in place of {previous}." if prisoner.worker_name else "."),
        name=prisoner.name,
        on=plan.on,
        staff_id=officer.staff_id if officer else None,
        key_worker=officer.name if officer else None,
        previous=prisoner.worker_name,
        reason=plan.reason.value,
        because=proposal.because,
    )
