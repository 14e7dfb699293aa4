"""Who has no key worker, and whose key worker is not there: `kw unallocated` (help: gap, allocation)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from keyworker_cli.reports.allocation.allocate import uncovered_lines
from keyworker_cli.reports.markers.priorities import priorities_of
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Report, Row, Section, Value
from keyworker_cli.reports.words import (
    emphasised,
    name_excluded,
    person,
    say_because_short,
    say_date_or,
    say_none_of,
    who_and_where,
    worker_in,
)
from keyworker_cli.rules.allocation.allocate import without_key_worker
from keyworker_cli.rules.allocation.recommend import Proposal, recommend
from keyworker_cli.rules.contact.cover import days_without_cover, lacks_cover
from keyworker_cli.rules.contact.gaps import unallocated_since
from keyworker_cli.rules.dates.say import say_date, say_day_near
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.officers import PlannedAllocation
from keyworker_cli.rules.markers.priority import Priority
from keyworker_cli.rules.rota.staff_status import back_word, say_status
from keyworker_cli.rules.say import say_count

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store


def unallocated_report(store: "Store", request: ReportRequest) -> Report:
    """Return the prisoners without a key worker, longest first, each with a recommendation; then those with no cover.

    An absent key worker is none: his prisoners stand in a part of their own and, for scripts, in the summary. Prisoners
    out of scope are named apart (help: movements).
    """
    contacts = store.queries.contacts(as_of=request.as_of, settings=request.settings)
    inside, excluded = request.by_scope(contacts)
    prisoners = [prisoner for prisoner in inside if prisoner.staff_id is None]
    priorities = priorities_of(store, request, prisoners) if prisoners else {}
    section = unallocated_section(store, request, inside, priorities, excluded=excluded)
    uncovered = _first_gone(prisoner for prisoner in inside if lacks_cover(prisoner))
    summary: dict[str, Value] = {
        "prisoners": len(inside),
        **section.summary,
        "out_of_scope": len(excluded),
        "without_cover": [_uncovered_row(prisoner, request.as_of) for prisoner in uncovered],
    }
    return request.report(
        "unallocated",
        request.titled("No key worker"),
        [section, _without_cover(uncovered, request.as_of)],
        summary=summary,
        settings=("allocate.previous", "allocate.wing", "capacity.default"),
        warnings=name_excluded(excluded),
        foot=("kw allocate recommends, asks and saves.",) if section.rows else (),
    )


def unallocated_section(
    store: "Store",
    request: ReportRequest,
    prisoners: Sequence[Contact],
    priorities: Mapping[int, Priority],
    *,
    excluded: Sequence[Contact] = (),
) -> Section:
    """Return those of these prisoners who have no key worker, each with whom `kw allocate` recommends.

    `excluded` are those asked about who are out of scope.
    """
    waiting = {prisoner.person_id: prisoner for prisoner in prisoners if prisoner.staff_id is None}
    proposals = _recommended(store, request, list(waiting.values()), priorities)
    planned = {one.person_id: one for one in reversed(store.queries.planned_allocations(as_of=request.as_of))}
    rows = tuple(
        _row(prisoner, proposal, planned.get(prisoner.person_id), request.as_of)
        for proposal in proposals
        for prisoner in (waiting[proposal.prisoner.person_id],)
    )
    never = sum(bool(row["never_allocated"]) for row in rows)
    lead = f"{len(rows)} of {say_count(len(prisoners), 'prisoner')}. Never had one in this stay: {never}."
    here = say_count(len(prisoners), "prisoner")
    return Section(
        name="unallocated",
        title="",
        columns=COLUMNS,
        rows=rows,
        summary={
            "unallocated": len(rows),
            "never_allocated": never,
            "longest_days": max((proposal.prisoner.days for proposal in proposals), default=0),
        },
        lead=(lead,) if rows else (),
        empty=say_none_of(
            prisoners,
            "who has a key worker",
            f"Nobody. {here} here, none without a key worker.",
            of=request.scope_words(),
            excluded=excluded,
        ),
    )


def _recommended(
    store: "Store", request: ReportRequest, prisoners: Sequence[Contact], priorities: Mapping[int, Priority]
) -> list[Proposal]:
    """Recommend as `kw allocate` would; nothing is asked of the database where there is nobody to place."""
    if not prisoners:
        return []
    former = store.queries.former_workers(as_of=request.as_of)
    officers = store.queries.officers(as_of=request.as_of)
    see_today = {prisoner.person_id for prisoner in prisoners if priorities[prisoner.person_id].see_today}
    needing = without_key_worker(prisoners, former, on=request.as_of, see_today=see_today)
    return recommend(needing, officers, settings=request.settings)


def _row(prisoner: Contact, proposal: Proposal, planned: PlannedAllocation | None, as_of: date) -> Row:
    officer = proposal.officer
    since = unallocated_since(prisoner) or as_of
    return {
        **who_and_where(prisoner),
        "days": proposal.prisoner.days,
        "since": since,
        "never_allocated": since == prisoner.arrived_on and prisoner.arrival_known,
        "recommended": person(officer.staff_id, officer.name) if officer else None,
        "because": proposal.because,
        "planned": person(planned.staff_id, planned.name) if planned else None,
        "planned_from": planned and planned.allocated_on,
    }


def _uncovered_row(prisoner: Contact, as_of: date) -> Row:
    return {
        **who_and_where(prisoner),
        "key_worker": person(prisoner.staff_id, prisoner.worker_name),
        "days": days_without_cover(prisoner, as_of=as_of),
        "status": prisoner.worker_status,
        "status_from": prisoner.worker_status_from,
        "return_on": prisoner.worker_return_on,
    }


def _first_gone(uncovered: Iterable[Contact]) -> list[Contact]:
    """Return the prisoners of unavailable key workers, those of whoever went first at the top."""
    return sorted(
        uncovered,
        key=lambda prisoner: (prisoner.worker_status_from or date.min, prisoner.staff_id, prisoner.prison_number),
    )


def _without_cover(uncovered: Sequence[Contact], as_of: date) -> Section:
    return Section(
        name="without_cover",
        title="No cover: their key worker is not there",
        columns=COVER_COLUMNS,
        rows=tuple(_uncovered_row(prisoner, as_of) for prisoner in uncovered),
        foot=tuple(uncovered_lines(uncovered, as_of=as_of)),
        empty="Nobody.",
        beside=True,
    )


def absences_section(prisoners: Iterable[Contact], *, as_of: date) -> Section:
    """Return the key workers who are not there and have prisoners, those gone longest at the top."""
    allocated = [prisoner for prisoner in prisoners if prisoner.staff_id is not None]
    uncovered = sorted(
        filter(lacks_cover, allocated), key=lambda prisoner: (prisoner.staff_id or "", prisoner.prison_number)
    )
    caseloads = [list(his) for _, his in groupby(uncovered, key=lambda prisoner: prisoner.staff_id)]
    rows = [_absence_row(his, as_of) for his in caseloads]
    rows.sort(key=lambda row: (-int(str(row["days"])), str(row["staff_id"])))
    return Section(
        name="without_cover",
        title="No cover",
        columns=ABSENCE_COLUMNS,
        rows=tuple(rows),
        summary={"men": len(uncovered), "key_workers": len(rows)},
        lead=(f"{say_count(len(uncovered), 'prisoner')}: kw allocate --from STAFF_ID",) if rows else (),
        empty="Every key worker who has prisoners is there." if allocated else "Nobody has a key worker.",
    )


def _absence_row(his: Sequence[Contact], as_of: date) -> Row:
    first, back_on = his[0], his[0].worker_return_on
    back = back_word(first.worker_status)
    until = " to" if back == "back" else f", {back}"
    return {
        "staff_id": first.staff_id,
        "name": first.worker_name,
        "status": first.worker_status,
        "is": say_status(first.worker_status) + (f"{until} {say_day_near(back_on, as_of)}" if back_on else ""),
        "status_from": first.worker_status_from,
        "return_on": back_on,
        "days": max(days_without_cover(prisoner, as_of=as_of) for prisoner in his),
        "men": len(his),
        "prison_numbers": [prisoner.prison_number for prisoner in his],
        "names": ", ".join(prisoner.name for prisoner in his),
    }


def _since(row: Row) -> str:
    since, days = row["since"], row["days"]
    if not isinstance(since, date) or not isinstance(days, int):
        return ""
    since = say_day_near(since, since + timedelta(days=days))
    return f"{since}, arrival" if row["never_allocated"] else since


def _because(row: Row) -> str:
    """Say why that key worker, behind the one who is planned already."""
    planned, since = row["planned"], row["planned_from"]
    if not isinstance(planned, Mapping) or not isinstance(since, date):
        return str(row["because"] or "")
    return f"{planned['name']} from {say_date(since)}, as planned; until then: {row['because']}"


def _status(row: Row) -> str:
    return say_status(str(row["status"]))


def _day_or_unknown(field: str) -> Callable[[Row], str]:
    def day(row: Row) -> str:
        return say_date_or(row[field], "not known")

    return day


COLUMNS = (
    Column("name", "Name", style=emphasised),
    Column("prison_number", "Number"),
    Column("location", "Location"),
    Column("wing"),
    Column("days", "Days", align="right", style=emphasised),
    Column("since", "Since", show=_since, priority=2),
    Column("never_allocated"),
    Column("recommended.staff_id"),
    Column(
        "recommended.name",
        "Recommended",
        show=worker_in("recommended"),
        style=lambda row: "" if row["recommended"] else "warn",
    ),
    Column("because", "Because", wrap=True, show=_because, short=lambda row: say_because_short(_because(row))),
    Column("planned.staff_id"),
    Column("planned.name"),
    Column("planned_from"),
)

COVER_COLUMNS = (
    Column("name", "Name", style=emphasised),
    Column("prison_number", "Number"),
    Column("location", "Location"),
    Column("key_worker.name", "Key worker", show=worker_in("key_worker")),
    Column("days", "Days", align="right", style=emphasised),
    Column("status", "Is", show=_status),
    Column("status_from", "Since", show=_day_or_unknown("status_from"), priority=1),
    Column("return_on", "Back on", show=_day_or_unknown("return_on")),
)

ABSENCE_COLUMNS = (
    Column("staff_id"),
    Column("name", "Key worker", style=emphasised, show=lambda row: f"{row['name']} ({row['staff_id']})"),
    Column("status", "Is", show=lambda row: str(row["is"])),
    Column("status_from"),
    Column("return_on"),
    Column("days", "Days", align="right", style=emphasised),
    Column("men", "Prisoners", align="right"),
    Column("prison_numbers", "Who", show=lambda row: str(row["names"]), wrap=True, priority=1),
)
