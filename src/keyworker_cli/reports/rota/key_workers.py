"""The key workers: places and status, and one of them with his prisoners, the longest gap first (help: rota)."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Report, Row, Section, Value
from keyworker_cli.reports.stays.prisoners import (
    PRISONERS_COLUMNS,
    SETTINGS_OF_GAPS,
    prisoner_row,
    say_gap_or_dash,
    say_last_seen_or_left,
)
from keyworker_cli.reports.words import emphasised, say_no_key_workers
from keyworker_cli.rules.allocation.recommend import capacity_of
from keyworker_cli.rules.codes.findings import GapState
from keyworker_cli.rules.contact.gaps import find_gaps
from keyworker_cli.rules.dates.london import days_between
from keyworker_cli.rules.dates.say import say_date, say_day_near, say_days, say_minute
from keyworker_cli.rules.facts.officers import Officer, StatusSpell
from keyworker_cli.rules.facts.people import Worker
from keyworker_cli.rules.facts.rota import NextSlot
from keyworker_cli.rules.rota.staff_status import say_status
from keyworker_cli.rules.say import count_prisoners

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store


def worker_list(store: "Store", request: ReportRequest) -> Report:
    """Return the key workers, by name: places used and there, whether each is there, and his next time on the rota."""
    officers = [officer for officer in store.queries.officers(as_of=request.as_of) if is_asked(request, officer)]
    rows = _officer_rows(store, request, officers)
    there = [officer for officer in officers if officer.active]
    places = sum(capacity_of(officer, settings=request.settings) for officer in there)
    taken = sum(officer.allocated for officer in there)
    section = Section(
        name="workers",
        title="",
        columns=OFFICER_COLUMNS,
        rows=rows,
        lead=(
            *([f"{len(there)} of {len(officers)} active: {taken} of their {places} allocated."] if rows else []),
            *(line for officer in officers for line in without_cover(officer, officer.allocated, as_of=request.as_of)),
        ),
        empty=f"{say_no_key_workers(request.scope_words())}: kw worker add, or kw import, records them.",
    )
    return request.report(
        "worker_list",
        request.titled("Key workers"),
        [section],
        summary={
            "workers": len(officers),
            "active": len(there),
            "places": places,
            "taken": taken,
            "without_cover": sum(officer.allocated for officer in officers if not officer.active),
        },
        settings=("capacity.default",),
    )


def worker_sheet(store: "Store", request: ReportRequest, worker: Worker) -> Report:
    """Return one key worker: who he is, his status spells, and his prisoners, the longest gap first."""
    officers = [one for one in store.queries.officers(as_of=request.as_of) if one.key_worker_id == worker.key_worker_id]
    spells = store.queries.statuses_of(worker.key_worker_id)
    contacts = store.queries.contacts(as_of=request.as_of, settings=request.settings)
    his = [contact for contact in contacts if contact.key_worker_id == worker.key_worker_id]
    gaps = find_gaps(his, as_of=request.as_of, settings=request.settings)
    prisoners = Section(
        "men",
        "Their prisoners",
        HIS_PRISONERS_COLUMNS,
        tuple({**prisoner_row(gap, request.as_of), "unmet_days": gap.unmet_days} for gap in gaps),
        foot=tuple(without_cover(officers[0], len(gaps), as_of=request.as_of)),
    )
    statuses = Section(
        "statuses", "Status", SPELL_COLUMNS, tuple(map(_spell_row, spells)), empty="Active since they were recorded."
    )
    who = Section("worker", "", OFFICER_COLUMNS, _officer_rows(store, request, officers))
    return request.report(
        "worker",
        f"{worker.name}, {worker.staff_id}",
        [who, statuses, prisoners],
        settings=(*SETTINGS_OF_GAPS, "capacity.default"),
        several=True,
    )


def without_cover(officer: Officer, prisoners: int, *, as_of: date) -> Iterator[str]:
    """Say of an absent key worker how many prisoners are without cover, for how long, and what gives them another."""
    if prisoners and not officer.active:
        status = say_status(officer.status, officer.return_on)
        days = f" for {say_days(days_between(officer.status_from, as_of))}" if officer.status_from else ""
        yield f"{officer.name} is {status}: {count_prisoners(prisoners)} with no cover{days}."
        yield f"To give them another key worker: kw allocate --from {officer.staff_id}"


def is_asked(request: ReportRequest, officer: Officer) -> bool:
    """Return whether a question is about an officer: by their wing, and by name."""
    wings, worker = request.wings, request.key_worker
    return (not wings or officer.wing in wings) and (worker is None or worker.staff_id == officer.staff_id)


def _officer_rows(store: "Store", request: ReportRequest, officers: Sequence[Officer]) -> tuple[Row, ...]:
    slots = {slot.key_worker_id: slot for slot in store.queries.next_slots(as_of=request.as_of)}
    return tuple(_officer_row(officer, slots.get(officer.key_worker_id), request) for officer in officers)


def _officer_row(officer: Officer, slot: NextSlot | None, request: ReportRequest) -> Row:
    return {
        "staff_id": officer.staff_id,
        "name": officer.name,
        "wing": officer.wing,
        "login": officer.login,
        "prisoners": officer.allocated,
        "capacity": capacity_of(officer, settings=request.settings),
        "status": officer.status or "ACTIVE",
        "status_from": officer.status_from,
        "return_on": officer.return_on,
        "next_slot_on": slot.slot_on if slot else None,
        "next_slot_start": say_minute(slot.start_minute) if slot else None,
        "next_slot": f"{say_day_near(slot.slot_on, request.as_of)} {say_minute(slot.start_minute)}" if slot else "none",
    }


def _status(row: Row) -> str:
    return say_status(str(row["status"]), _day(row["return_on"]))


def _since(row: Row) -> str:
    since = _day(row["status_from"])
    return say_date(since) if since else "-"


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None


OFFICER_COLUMNS = (
    Column("staff_id", "Staff id"),
    Column("name", "Name", style=emphasised),
    Column("wing", "Wing"),
    Column("login"),
    Column("prisoners", "Allocated", show=lambda row: f"{row['prisoners']} of {row['capacity']}"),
    Column("capacity"),
    Column("status", "Status", show=_status, style=lambda row: "" if row["status"] == "ACTIVE" else "warn", wrap=True),
    Column("status_from", "Since", show=_since, priority=1),
    Column("return_on"),
    Column("next_slot_on", "Next slot", show=lambda row: str(row["next_slot"])),
    Column("next_slot_start"),
)

HIS_PRISONERS_COLUMNS = (
    Column("days", "Days", align="right", show=say_gap_or_dash),
    Column(
        "state",
        "State",
        show=lambda row: str(row["state"] or "-"),
        style=lambda row: "warn" if row["state"] == GapState.SERIOUS else "",
    ),
    *(
        column._replace(priority=0)
        for column in PRISONERS_COLUMNS
        if column.key in ("prison_number", "name", "location")
    ),
    Column("wing"),
    Column("last_session_on", "Last seen", show=say_last_seen_or_left),
    Column("allocated_on", "Theirs since"),
    Column("met_current_key_worker", "Met"),
    Column("unmet_days"),
    Column("arrived_on"),
    Column("never_seen"),
    Column("away"),
    Column("out_of_scope"),
)


def _spell_row(spell: StatusSpell) -> Row:
    return {
        "status": spell.status,
        "from_on": spell.from_on,
        "return_on": spell.return_on,
        "until_on": spell.until_on,
        "recorded_at": spell.recorded_at if spell.recorded_known else None,
        "recorded_by": spell.recorded_by,
    }


def _back_on(row: Row) -> str:
    back = _day(row["return_on"]) or _day(row["until_on"])
    return say_date(back) if back else "-"


SPELL_COLUMNS = (
    Column("status", "Status", show=lambda row: say_status(str(row["status"]))),
    Column("from_on", "From"),
    Column("return_on", "Back on", show=_back_on),
    Column("until_on"),
    Column("recorded_by", "Recorded by", priority=1),
    Column("recorded_at", "Recorded at", priority=2),
)
