"""Records of people: who is here, who the key workers are, and one key worker with his men (DOMAIN 3.3, 3.10)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from keyworker_cli.reports.asked import Asked
from keyworker_cli.reports.naming import person
from keyworker_cli.reports.report import Column, Report, Row, Section, Value
from keyworker_cli.rules.clocks import LEFT
from keyworker_cli.rules.codes import DepartureReason
from keyworker_cli.rules.dates import say_date, say_day
from keyworker_cli.rules.facts import NextSlot, Officer, Person, StatusSpell, Worker, wing_of
from keyworker_cli.rules.gaps import Gap, find_gaps
from keyworker_cli.rules.matching import capacity_of
from keyworker_cli.rules.overdue_list import out_of_scope
from keyworker_cli.rules.rota import say_minute
from keyworker_cli.rules.staff_status import say_status

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

SETTINGS_OF_GAPS = ("gap.days", "gap.serious_days", "session.min_minutes")


# --- prisoners ---


def prisoner_list(store: "Store", asked: Asked, *, everyone: bool = False) -> Report:
    """Return the men present, by name, each with his key worker and when he was last seen.

    With `everyone` those who have left, or are yet to come, follow in blocks of their own.
    """
    contacts = store.queries.contacts(as_of=asked.as_of, settings=asked.settings)
    covered = [contact for contact in contacts if asked.covers(contact)]
    gaps = find_gaps(covered, as_of=asked.as_of, settings=asked.settings)
    rows = sorted((_man_row(gap, asked.as_of) for gap in gaps), key=_by_name)
    if everyone:
        present = {contact.person_id for contact in contacts}
        others = [man for man in store.queries.people() if man.person_id not in present and _covers(asked, man)]
        rows += sorted((_absent_row(man, asked.as_of) for man in others), key=lambda row: (_place(row), _by_name(row)))
    excluded = sum(out_of_scope(contact, as_of=asked.as_of) for contact in covered)
    section = Section(
        name="prisoners",
        title="",
        columns=MEN_COLUMNS,
        rows=tuple(rows),
        lead=(_here(len(covered), excluded),) if rows else (),
        empty="There are no prisoners here in kw: kw prisoner add, or kw import, records them.",
        group=_place,
    )
    return asked.report(
        "prisoner_list",
        _titled("Prisoners", asked),
        [section],
        summary={
            "prisoners": len(covered),
            "without_key_worker": sum(contact.staff_id is None for contact in covered),
            "never_seen": sum(contact.never_seen for contact in covered),
            "away": sum(contact.away is not None for contact in covered),
            "out_of_scope": excluded,
        },
        settings=SETTINGS_OF_GAPS,
    )


def _here(men: int, excluded: int) -> str:
    beside = f", {excluded} of them out of scope" if excluded else ""
    return f"{men} {'man' if men == 1 else 'men'} here{beside}."


def _man_row(gap: Gap, as_of: date) -> Row:
    man = gap.contact
    excluded = out_of_scope(man, as_of=as_of)
    return {
        "prison_number": man.prison_number,
        "last_name": man.last_name,
        "name": man.name,
        "location": man.location,
        "wing": man.wing,
        "arrived_on": man.arrived_on,
        "key_worker": person(man.staff_id, man.worker_name),
        "allocated_on": man.allocated_on,
        "last_session_on": man.last_session_on,
        "days": None if excluded else gap.days,
        "state": None if excluded else gap.state.value,
        "never_seen": man.never_seen,
        "met_current_key_worker": gap.met,
        "away": man.away,
        "out_of_scope": excluded,
        "here": True,
        "left_on": None,
        "departure_reason": None,
    }


def _absent_row(man: Person, as_of: date) -> Row:
    """Return a man who is not here: only what his latest stay says; his clocks do not run."""
    has_left = man.left_on is not None and man.left_on <= as_of
    nothing = dict.fromkeys(column.key.partition(".")[0] for column in MEN_COLUMNS)
    return nothing | {
        "prison_number": man.prison_number,
        "last_name": man.last_name,
        "name": man.name,
        "location": man.location,
        "wing": wing_of(man.location),
        "arrived_on": man.arrived_on,
        "here": False,
        "left_on": man.left_on if has_left else None,
        "departure_reason": man.departure_reason if has_left else None,
    }


def _covers(asked: Asked, man: Person) -> bool:
    """Return whether a question is about a man who is not here: he has no key worker, and the wing he left from."""
    return asked.key_worker is None and (not asked.wings or wing_of(man.location) in asked.wings)


def _place(row: Row) -> str:
    if row["here"]:
        return ""
    return "No longer here" if row["left_on"] else "Not here yet"


def _by_name(row: Row) -> tuple[str, str, str]:
    return str(row["last_name"]).casefold(), str(row["name"]).casefold(), str(row["prison_number"])


def _last_seen(row: Row) -> str:
    """Say when he was last seen, or what stands in the place of it."""
    if not row["here"]:
        reason = row["departure_reason"]
        left = LEFT[DepartureReason(str(reason))].removeprefix("was ") if reason else "left"
        return f"{left} {say_date(row['left_on'])}" if isinstance(row["left_on"], date) else "not here yet"
    seen = row["last_session_on"]
    said = say_date(seen) if isinstance(seen, date) else "never"
    if row["away"]:
        return f"{said} ({str(row['away']).lower().replace('_', ' ')})"
    return f"{said} (out of scope)" if row["out_of_scope"] else said


def _days(row: Row) -> str:
    return "-" if row["days"] is None else str(row["days"])


def _worker_name(row: Row) -> str:
    worker = row["key_worker"]
    return str(worker["name"]) if isinstance(worker, Mapping) else "none" if row["here"] else "-"


MEN_COLUMNS = (
    Column("prison_number", "Number"),
    Column("last_name"),
    Column("name", "Name", style=lambda _row: "loud"),
    Column("location", "Location"),
    Column("wing"),
    Column("arrived_on", "Arrived", priority=1),
    Column("key_worker.staff_id"),
    Column("key_worker.name", "Key worker", show=_worker_name),
    Column("allocated_on"),
    Column("last_session_on", "Last seen", show=_last_seen, wrap=True),
    Column("days", "Days", align="right", show=_days),
    Column("state"),
    Column("never_seen"),
    Column("met_current_key_worker"),
    Column("away"),
    Column("out_of_scope"),
    Column("here"),
    Column("left_on"),
    Column("departure_reason"),
)


# --- key workers ---


def worker_list(store: "Store", asked: Asked) -> Report:
    """Return the key workers, by name: places used and there, whether each is there, and his next time on the rota."""
    officers = [officer for officer in store.queries.officers(as_of=asked.as_of) if _asked_of(asked, officer)]
    rows = _officer_rows(store, asked, officers)
    there = [officer for officer in officers if officer.active]
    places = sum(capacity_of(officer, settings=asked.settings) for officer in there)
    taken = sum(officer.allocated for officer in there)
    section = Section(
        name="workers",
        title="",
        columns=OFFICER_COLUMNS,
        rows=rows,
        lead=(f"{len(there)} of {len(officers)} active: {taken} of their {places} places taken.",) if rows else (),
        empty="There are no key workers in kw: kw worker add, or kw import, records them.",
    )
    return asked.report(
        "worker_list",
        _titled("Key workers", asked),
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


def worker_sheet(store: "Store", asked: Asked, worker: Worker) -> Report:
    """Return one key worker: who he is, his status spells, and his men, the longest gap first."""
    officers = [one for one in store.queries.officers(as_of=asked.as_of) if one.key_worker_id == worker.key_worker_id]
    spells = store.queries.statuses_of(worker.key_worker_id)
    contacts = store.queries.contacts(as_of=asked.as_of, settings=asked.settings)
    his = [contact for contact in contacts if contact.key_worker_id == worker.key_worker_id]
    gaps = find_gaps(his, as_of=asked.as_of, settings=asked.settings)
    men = Section(
        "men",
        "His men",
        HIS_MEN_COLUMNS,
        tuple({**_man_row(gap, asked.as_of), "unmet_days": gap.unmet_days} for gap in gaps),
        foot=tuple(_no_cover(officers[0], len(gaps))),
    )
    statuses = Section(
        "statuses", "Status", SPELL_COLUMNS, tuple(map(_spell_row, spells)), empty="Active since he was recorded."
    )
    who = Section("worker", "", OFFICER_COLUMNS, _officer_rows(store, asked, officers))
    return asked.report(
        "worker",
        f"{worker.name}, {worker.staff_id}",
        [who, statuses, men],
        settings=(*SETTINGS_OF_GAPS, "capacity.default"),
        several=True,
    )


def _no_cover(officer: Officer, men: int) -> Iterator[str]:
    if men and not officer.active:
        yield f"Without cover: {officer.name} is {say_status(officer.status, officer.return_on)}."
        yield f"To give them another key worker: kw allocate --from {officer.staff_id}"


def _asked_of(asked: Asked, officer: Officer) -> bool:
    wings, worker = asked.wings, asked.key_worker
    return (not wings or officer.wing in wings) and (worker is None or worker.staff_id == officer.staff_id)


def _officer_rows(store: "Store", asked: Asked, officers: Sequence[Officer]) -> tuple[Row, ...]:
    slots = {slot.key_worker_id: slot for slot in store.queries.next_slots(as_of=asked.as_of)}
    return tuple(
        _officer_row(officer, slots.get(officer.key_worker_id), capacity_of(officer, settings=asked.settings))
        for officer in officers
    )


def _officer_row(officer: Officer, slot: NextSlot | None, capacity: int) -> Row:
    return {
        "staff_id": officer.staff_id,
        "name": officer.name,
        "wing": officer.wing,
        "login": officer.login,
        "prisoners": officer.allocated,
        "capacity": capacity,
        "status": officer.status or "ACTIVE",
        "status_from": officer.status_from,
        "return_on": officer.return_on,
        "next_slot_on": slot.slot_on if slot else None,
        "next_slot_start": say_minute(slot.start_minute) if slot else None,
    }


def _status(row: Row) -> str:
    return say_status(str(row["status"]), _day(row["return_on"]))


def _since(row: Row) -> str:
    since = _day(row["status_from"])
    return say_date(since) if since else "-"


def _next_slot(row: Row) -> str:
    on = _day(row["next_slot_on"])
    return f"{say_day(on)} {row['next_slot_start']}" if on else "none"


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None


OFFICER_COLUMNS = (
    Column("staff_id", "Staff id"),
    Column("name", "Name", style=lambda _row: "loud"),
    Column("wing", "Wing"),
    Column("login"),
    Column("prisoners", "Places", show=lambda row: f"{row['prisoners']} of {row['capacity']}"),
    Column("capacity"),
    Column("status", "Status", show=_status, style=lambda row: "" if row["status"] == "ACTIVE" else "warn", wrap=True),
    Column("status_from", "Since", show=_since, priority=1),
    Column("return_on"),
    Column("next_slot_on", "Next slot", show=_next_slot),
    Column("next_slot_start"),
)

HIS_MEN_COLUMNS = (
    Column("days", "Days", align="right", show=_days),
    Column(
        "state",
        "State",
        show=lambda row: str(row["state"] or "-"),
        style=lambda row: "warn" if row["state"] == "serious" else "",
    ),
    *(replace(column, priority=0) for column in MEN_COLUMNS if column.key in ("prison_number", "name", "location")),
    Column("wing"),
    Column("last_session_on", "Last seen", show=_last_seen),
    Column("allocated_on", "His since"),
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


def _titled(title: str, asked: Asked) -> str:
    scope = asked.scope_words()
    return f"{title}: {scope}" if scope else title
