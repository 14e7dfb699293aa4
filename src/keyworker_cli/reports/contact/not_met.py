"""Who has never been met by the key worker he has: `kw not-met` (help: gap)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from keyworker_cli.reports.allocation.allocate import uncovered_lines
from keyworker_cli.reports.contact.first_meetings import away_heading
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Report, Row, Section, Value
from keyworker_cli.reports.words import (
    emphasised,
    name_excluded,
    person,
    say_acknowledged,
    say_date_or,
    say_last_seen,
    say_nobody_here,
    say_unseen,
    who_and_where,
)
from keyworker_cli.rules.contact.cover import lacks_cover
from keyworker_cli.rules.contact.gaps import find_gaps
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.rota.staff_status import say_status
from keyworker_cli.rules.say import say_count

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store


class NotMet(NamedTuple):
    """A prisoner whose current key worker has never held a counted session with him.

    Days since the allocation began.
    """

    prisoner: Contact
    days: int


def not_met_report(store: "Store", request: ReportRequest) -> Report:
    """Return the prisoners never met by their current key worker, the longest allocated first.

    Anyone else's session does not stop this clock, so who saw a prisoner last stands beside it. Prisoners away
    overnight come in a block of their own and are in the totals; prisoners out of scope are named apart and in no
    total.
    """
    contacts = store.queries.contacts(as_of=request.as_of, settings=request.settings)
    inside, excluded = request.by_scope(contacts)
    listed = find_not_met(inside, request)
    summary = _summary(inside, listed)
    section = not_met_section(sorted(listed, key=lambda one: one.prisoner.away or ""))._replace(
        lead=_lead(summary, [prisoner for prisoner in inside if lacks_cover(prisoner)], request.as_of),
        empty=_nobody(summary) if inside else say_nobody_here(MET, of=request.scope_words(), excluded=excluded),
        group=away_heading,
    )
    return request.report(
        "not-met",
        request.titled("Never met by their current key worker"),
        [section],
        summary=summary,
        settings=("session.min_minutes",),
        warnings=name_excluded(excluded),
    )


def not_met_section(listed: Iterable[NotMet]) -> Section:
    """Return those never met by the key worker they have as a part of a page."""
    return Section(name="not_met", title="", columns=COLUMNS, rows=tuple(_row(one) for one in listed))


def find_not_met(inside: Iterable[Contact], request: ReportRequest) -> list[NotMet]:
    """Return the prisoners whose current key worker has never met them, the longest allocated first."""
    gaps = find_gaps(inside, as_of=request.as_of, settings=request.settings)
    listed = [NotMet(gap.contact, gap.unmet_days) for gap in gaps if gap.unmet_days is not None]
    return sorted(listed, key=lambda one: (-one.days, one.prisoner.prison_number))


def _row(one: NotMet) -> Row:
    prisoner = one.prisoner
    return {
        "days": one.days,
        **who_and_where(prisoner),
        "key_worker": person(prisoner.staff_id, prisoner.worker_name),
        "key_worker_status": prisoner.worker_status or "ACTIVE",
        "key_worker_return_on": prisoner.worker_return_on,
        "allocated_on": prisoner.allocated_on,
        "allocated_by": prisoner.allocated_by,
        "acknowledged_on": prisoner.acknowledged_on,
        "last_session_on": prisoner.last_session_on,
        "records_from": prisoner.records_begin_on,
        "last_session_by": person(prisoner.last_session_staff_id, prisoner.last_session_by),
        "away": prisoner.away,
    }


def _key_worker(row: Row) -> str:
    worker, status, back = row["key_worker"], row["key_worker_status"], row["key_worker_return_on"]
    name = worker["name"] if isinstance(worker, Mapping) else "no data"
    if status == "ACTIVE":
        return f"{name}"
    return f"{name}, {say_status(str(status), back if isinstance(back, date) else None)}"


def _allocated(row: Row) -> str:
    return f"{say_date_or(row['allocated_on'], 'no data')}, {row['allocated_by'] or 'by: no data'}"


def _last_seen(row: Row) -> str:
    by = row["last_session_by"]
    return (
        f"{say_date_or(row['last_session_on'], 'no data')}, {by['name']}"
        if isinstance(by, Mapping)
        else say_unseen(row)
    )


COLUMNS = (
    Column("days", "Days", align="right", style=emphasised),
    Column("name", "Name", style=emphasised),
    Column("prison_number", "Number"),
    Column("location", "Location"),
    Column("wing"),
    Column("key_worker.staff_id"),
    Column("key_worker.name", "Key worker", show=_key_worker, wrap=True),
    Column("key_worker_status"),
    Column("key_worker_return_on"),
    Column(
        "allocated_on",
        "Allocated",
        show=_allocated,
        short=lambda row: say_date_or(row["allocated_on"], "no data"),
        wrap=True,
    ),
    Column("allocated_by"),
    Column("acknowledged_on", "Acknowledged", show=say_acknowledged, priority=2),
    Column("last_session_on", "Last seen, by anyone", show=_last_seen, short=say_last_seen, wrap=True, priority=1),
    Column("last_session_by.staff_id"),
    Column("last_session_by.name"),
    Column("away"),
)


def _summary(inside: list[Contact], listed: list[NotMet]) -> dict[str, Value]:
    return {
        "prisoners": len(inside),
        "allocated": sum(prisoner.staff_id is not None for prisoner in inside),
        "listed": len(listed),
        "not_acknowledged": sum(one.prisoner.acknowledged_on is None for one in listed),
        "never_seen": sum(one.prisoner.never_seen for one in listed),
        "longest_days": max((one.days for one in listed), default=0),
        "without_key_worker": sum(prisoner.staff_id is None for prisoner in inside),
        "away": sum(one.prisoner.away is not None for one in listed),
    }


def _lead(s: Mapping[str, Value], uncovered: list[Contact], as_of: date) -> tuple[str, ...]:
    if not s["listed"]:
        return ()
    return (
        f"{s['listed']} of {say_count(int(str(s['allocated'])), 'prisoner')} with a key worker; "
        f"the longest for {say_count(int(str(s['longest_days'])), 'day')}. "
        f"No key work yet: {s['never_seen']}. Allocation not acknowledged: {s['not_acknowledged']}.",
        f"Without a key worker, and so not listed here: {s['without_key_worker']} (kw unallocated).",
        *uncovered_lines(uncovered, as_of=as_of),
    )


MET: Final = "who has been met"


def _nobody(s: Mapping[str, Value]) -> str:
    met = {
        0: "No prisoner here has a key worker.",
        1: "The one prisoner who has a key worker has met them.",
    }.get(int(str(s["allocated"])), f"Each of the {s['allocated']} prisoners who have a key worker has met them.")
    return f"Nobody. {met} Without a key worker: {s['without_key_worker']} (kw unallocated)."
