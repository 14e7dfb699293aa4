"""Who is here: the prisoners by name, each with his key worker and when he was last seen (help: gap)."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Report, Row, Section
from keyworker_cli.reports.words import emphasised, person, say_date_or, say_nobody, say_unseen
from keyworker_cli.rules.codes.words import say_left
from keyworker_cli.rules.contact.gaps import Gap, find_gaps
from keyworker_cli.rules.contact.scope import out_of_scope
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.facts.names import wing_of
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.say import count_prisoners

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

SETTINGS_OF_GAPS = ("gap.days", "gap.serious_days", "session.min_minutes")


def prisoner_list(store: "Store", request: ReportRequest, *, everyone: bool = False) -> Report:
    """Return the prisoners present, by name, each with his key worker and when he was last seen.

    With `everyone` those who have left, or are yet to come, follow in blocks of their own.
    """
    contacts = store.queries.contacts(as_of=request.as_of, settings=request.settings)
    covered = [contact for contact in contacts if request.covers(contact)]
    gaps = find_gaps(covered, as_of=request.as_of, settings=request.settings)
    rows = sorted((prisoner_row(gap, request.as_of) for gap in gaps), key=_by_name)
    if everyone:
        present = {contact.person_id for contact in contacts}
        others = [
            prisoner
            for prisoner in store.queries.people()
            if prisoner.person_id not in present and _covers(request, prisoner)
        ]
        rows += sorted(
            (_absent_row(prisoner, request.as_of) for prisoner in others), key=lambda row: (_place(row), _by_name(row))
        )
    excluded = sum(out_of_scope(contact, as_of=request.as_of) for contact in covered)
    section = Section(
        name="prisoners",
        title="",
        columns=PRISONERS_COLUMNS,
        rows=tuple(rows),
        lead=(_here(len(covered), excluded),) if rows else (),
        empty=f"{say_nobody(request.scope_words())}: kw prisoner add, or kw import, records them.",
        group=_place,
    )
    return request.report(
        "prisoner_list",
        request.titled("Prisoners"),
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


def _here(prisoners: int, excluded: int) -> str:
    beside = f", {excluded} of them out of scope" if excluded else ""
    return f"{count_prisoners(prisoners)} here{beside}."


def prisoner_row(gap: Gap, as_of: date) -> Row:
    """Return a prisoner who is here, as lists of prisoners hold one; out of scope, no clock of his runs."""
    prisoner = gap.contact
    excluded = out_of_scope(prisoner, as_of=as_of)
    return {
        "prison_number": prisoner.prison_number,
        "last_name": prisoner.last_name,
        "name": prisoner.name,
        "location": prisoner.location,
        "wing": prisoner.wing,
        "arrived_on": prisoner.arrived_on,
        "arrival_known": prisoner.arrival_known,
        "key_worker": person(prisoner.staff_id, prisoner.worker_name),
        "allocated_on": prisoner.allocated_on,
        "last_session_on": prisoner.last_session_on,
        "days": None if excluded else gap.days,
        "state": None if excluded else gap.state.value,
        "never_seen": prisoner.never_seen,
        "records_from": prisoner.records_begin_on,
        "met_current_key_worker": gap.met,
        "away": prisoner.away,
        "out_of_scope": excluded,
        "here": True,
        "left_on": None,
        "departure_reason": None,
    }


def _absent_row(prisoner: Person, as_of: date) -> Row:
    """Return a prisoner who is not here: only what his latest stay says; his clocks do not run."""
    has_left = prisoner.left_on is not None and prisoner.left_on <= as_of
    nothing = dict.fromkeys(column.key.partition(".")[0] for column in PRISONERS_COLUMNS)
    return nothing | {
        "prison_number": prisoner.prison_number,
        "last_name": prisoner.last_name,
        "name": prisoner.name,
        "location": prisoner.location,
        "wing": wing_of(prisoner.location),
        "arrived_on": prisoner.arrived_on,
        "here": False,
        "left_on": prisoner.left_on if has_left else None,
        "departure_reason": prisoner.departure_reason if has_left else None,
    }


def _covers(request: ReportRequest, prisoner: Person) -> bool:
    """Return whether a question is about a prisoner who is not here.

    He has no key worker, and the wing he left from.
    """
    return request.key_worker is None and (not request.wings or wing_of(prisoner.location) in request.wings)


def _place(row: Row) -> str:
    if row["here"]:
        return ""
    if row["left_on"]:
        return "No longer here"
    return "Not here yet" if row["arrived_on"] else "Never came, by the record"


def _by_name(row: Row) -> tuple[str, str, str]:
    return str(row["last_name"]).casefold(), str(row["name"]).casefold(), str(row["prison_number"])


def say_last_seen_or_left(row: Row) -> str:
    """Say when a prisoner was last seen and what keeps him away, or how he left."""
    if not row["here"]:
        reason = row["departure_reason"]
        left = say_left(reason if isinstance(reason, str) else None, "left")
        return f"{left} {say_date(row['left_on'])}" if isinstance(row["left_on"], date) else "not here yet"
    seen = row["last_session_on"]
    said = say_date(seen) if isinstance(seen, date) else say_unseen(row)
    if row["away"]:
        return f"{said} ({str(row['away']).lower().replace('_', ' ')})"
    return f"{said} (out of scope)" if row["out_of_scope"] else said


def say_gap_or_dash(row: Row) -> str:
    """Say a prisoner's gap in days, or that his clock does not run."""
    return "-" if row["days"] is None else str(row["days"])


def _worker_name(row: Row) -> str:
    worker = row["key_worker"]
    return str(worker["name"]) if isinstance(worker, Mapping) else "none" if row["here"] else "-"


def _arrived(row: Row) -> str:
    said = say_date_or(row["arrived_on"], "no data")
    return f"by {said}" if row["arrival_known"] is False else said


PRISONERS_COLUMNS = (
    Column("prison_number", "Number"),
    Column("last_name"),
    Column("name", "Name", style=emphasised),
    Column("location", "Location"),
    Column("wing"),
    Column("arrived_on", "Arrived", priority=1, show=_arrived),
    Column("arrival_known"),
    Column("key_worker.staff_id"),
    Column("key_worker.name", "Key worker", show=_worker_name),
    Column("allocated_on"),
    Column("last_session_on", "Last seen", show=say_last_seen_or_left, wrap=True),
    Column("days", "Days", align="right", show=say_gap_or_dash),
    Column("state"),
    Column("never_seen"),
    Column("met_current_key_worker"),
    Column("away"),
    Column("out_of_scope"),
    Column("here"),
    Column("left_on"),
    Column("departure_reason"),
)
