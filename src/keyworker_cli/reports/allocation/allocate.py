"""Who would be given whom, or has been: `kw allocate` (help: allocation)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Report, Row, Section, Style, Value
from keyworker_cli.reports.words import (
    TO_BEGIN,
    emphasised,
    name_excluded,
    person,
    say_because_short,
    say_key_worker,
    who_and_where,
    worker_in,
)
from keyworker_cli.rules.allocation.allocate import say_unchanged, warnings_of
from keyworker_cli.rules.contact.cover import days_without_cover
from keyworker_cli.rules.contact.gaps import unallocated_since
from keyworker_cli.rules.dates.say import say_days
from keyworker_cli.rules.rota.staff_status import say_status
from keyworker_cli.rules.say import count_prisoners

if TYPE_CHECKING:
    from keyworker_cli.rules.allocation.allocate import Plan
    from keyworker_cli.rules.allocation.recommend import Proposal
    from keyworker_cli.rules.facts.contact import Contact

SETTINGS = ("allocate.previous", "allocate.wing", "capacity.default")


def allocation_report(request: ReportRequest, plan: "Plan", *, saved: bool) -> Report:
    """Return the plan as a report: each prisoner and his key worker, those without a place, and the allocated.

    `saved` says whether the allocations have been made. Prisoners out of scope are named apart (help: movements).
    """
    uncovered = [prisoner for prisoner in plan.uncovered if request.covers(prisoner)]
    rows = sorted((_row(plan, proposal) for proposal in plan.proposals), key=lambda row: row["key_worker"] is None)
    summary: dict[str, Value] = {
        "considered": len(plan.proposals),
        "placed": len(plan.placed),
        "unplaced": len(plan.proposals) - len(plan.placed),
        "unchanged": len(plan.unchanged),
        "without_cover": len(uncovered),
        "saved": saved,
        "capacity": [places._asdict() for places in plan.places],
    }
    elsewhere = [prisoner for prisoner in uncovered if prisoner.person_id not in plan.prisoners]
    return request.report(
        "allocate",
        _title(request, plan, saved=saved),
        [_prisoners(request, plan, rows), *_places(plan)],
        summary=summary,
        settings=SETTINGS,
        warnings=[*warnings_of(plan), *plan.left_out, *name_excluded(_excluded(request, plan))],
        foot=(*_unplaced_line(plan), *uncovered_lines(elsewhere, as_of=plan.on)),
    )


def uncovered_lines(uncovered: "Sequence[Contact]", *, as_of: date) -> Iterator[str]:
    """Count the prisoners whose key worker is unavailable, with the days, and name the command that helps."""
    for staff_id in sorted({prisoner.staff_id or "" for prisoner in uncovered}):
        his = [prisoner for prisoner in uncovered if prisoner.staff_id == staff_id]
        who = his[0].worker_name
        status = say_status(his[0].worker_status, his[0].worker_return_on)
        days = say_days(max(days_without_cover(prisoner, as_of=as_of) for prisoner in his))
        yield f"{count_prisoners(len(his))} with no cover for {days}: kw allocate --from {staff_id} ({who} is {status})"


def _excluded(request: ReportRequest, plan: "Plan") -> "list[Contact]":
    """Return the prisoners out of scope who would otherwise be among those the plan is about."""
    if plan.wanted.prisoner or plan.wanted.back is not None:
        return []
    leaving = plan.wanted.leaving
    return [
        prisoner
        for prisoner in plan.excluded
        if request.covers(prisoner) and (leaving is None or prisoner.key_worker_id == leaving.key_worker_id)
    ]


def _title(request: ReportRequest, plan: "Plan", *, saved: bool) -> str:
    if plan.wanted.to and plan.wanted.back is not None:
        said = f"{'Came' if saved else 'To come'} back to {plan.wanted.to.name}"
    elif plan.wanted.to:
        said = f"{'Allocated' if saved else 'Allocations'} to {plan.wanted.to.name}"
    else:
        said = "Key workers allocated" if saved else "Key workers recommended"
    instead = f" in place of {plan.wanted.leaving.name}" if plan.wanted.leaving else ""
    return request.titled(f"{said}{instead}")


def _prisoners(request: ReportRequest, plan: "Plan", rows: list[Row]) -> Section:
    return Section(
        name="allocate",
        title="",
        columns=_columns(plan),
        rows=tuple(rows),
        lead=_lead(plan),
        empty=_nobody(request, plan),
        group=lambda row: "" if row["key_worker"] else "No place for these prisoners",
    )


def _row(plan: "Plan", proposal: "Proposal") -> Row:
    prisoner, officer = plan.prisoners[proposal.prisoner.person_id], proposal.officer
    since = unallocated_since(prisoner)
    return {
        **who_and_where(prisoner),
        "days": None if since is None else (plan.on - since).days,
        "key_worker": person(officer.staff_id, officer.name) if officer else None,
        "previous_key_worker": _previous(plan, proposal),
        "reason": plan.reason.value,
        "because": proposal.because,
    }


def _previous(plan: "Plan", proposal: "Proposal") -> Mapping[str, Value] | None:
    """Return whose he is until then, or was before he was nobody's."""
    prisoner = plan.prisoners[proposal.prisoner.person_id]
    if prisoner.staff_id is not None or not proposal.prisoner.former:
        return person(prisoner.staff_id, prisoner.worker_name)
    last = proposal.prisoner.former[0].staff_id
    return person(last, next((officer.name for officer in plan.officers if officer.staff_id == last), None))


def _columns(plan: "Plan") -> tuple[Column, ...]:
    """Return the columns; people see the days without a key worker, and the reason, where they tell prisoners apart."""
    are_without = any(prisoner.staff_id is None for prisoner in plan.prisoners.values())
    return (
        Column("name", "Name", style=emphasised),
        Column("prison_number", "Number"),
        Column("location", "Location"),
        Column("wing"),
        Column("days", "Days" if are_without else "", align="right", priority=2),
        Column("key_worker.staff_id"),
        Column("key_worker.name", "Key worker", show=say_key_worker, style=_key_worker_style),
        Column("previous_key_worker.staff_id"),
        Column(
            "previous_key_worker.name",
            "" if plan.wanted.back is None else "Until now with",
            show=worker_in("previous_key_worker"),
        ),
        Column("reason"),
        Column(
            "because",
            "" if plan.wanted.to and plan.wanted.back is None else "Because",
            short=lambda row: say_because_short(str(row["because"])),
            wrap=True,
        ),
    )


def _key_worker_style(row: Row) -> Style:
    return "emphasis" if row["key_worker"] else "warn"


def _lead(plan: "Plan") -> tuple[str, ...]:
    considered, placed = len(plan.proposals), len(plan.placed)
    if not considered:
        return ()
    who = count_prisoners(considered) + _whose(plan)
    return (f"{who}.",) if placed == considered else (f"{who}: a place for {placed}, none for {considered - placed}.",)


def _whose(plan: "Plan") -> str:
    """Say what the prisoners of the plan have in common: no key worker, or one whom they are to leave."""
    if plan.wanted.back is not None:
        return " moved to others while they were not there"
    staff_id = next((prisoner.staff_id for prisoner in plan.prisoners.values()), None)
    officer = next((officer for officer in plan.officers if officer.staff_id == staff_id), None)
    if officer is None:
        return " without a key worker"
    return f" of {officer.name}" + (
        "" if officer.active else f", who is {say_status(officer.status, officer.return_on)}"
    )


def _nobody(request: ReportRequest, plan: "Plan") -> str:
    if plan.unchanged:
        return say_unchanged(plan)
    if plan.wanted.to and plan.wanted.back is not None:
        return f"Nobody. No prisoner who was moved from {plan.wanted.to.name} is with another key worker now."
    if plan.wanted.leaving:
        return f"Nobody. {plan.wanted.leaving.name} has no prisoners{request.on_wings}."
    if not plan.present and not plan.excluded:
        return f"There are no prisoners here in kw. {TO_BEGIN}"
    return f"Nobody{request.on_wings} is without a key worker."


def _unplaced_line(plan: "Plan") -> tuple[str, ...]:
    if len(plan.placed) == len(plan.proposals):
        return ()
    return (
        "A key worker named by hand may have more prisoners than their capacity: kw allocate PRISONER --to KEY_WORKER",
    )


def _quiet(row: Row) -> Style:
    return "quiet"


def _places(plan: "Plan") -> Iterator[Section]:
    """Yield what the allocations do to the caseloads: of the officers who gain or lose prisoners."""
    changed = [places for places in plan.places if places.after != places.before]
    if changed:
        yield Section(
            name="capacity",
            title="Caseloads",
            columns=(
                Column("name", "Key worker", style=_quiet),
                Column("before", "Prisoners now", align="right", style=_quiet),
                Column("after", "Then", align="right", style=_quiet),
                Column("capacity", "Capacity", align="right", style=_quiet),
            ),
            rows=tuple(places._asdict() for places in changed),
            beside=True,
        )
