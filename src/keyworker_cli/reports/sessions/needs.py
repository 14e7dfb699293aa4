"""What is still to be done for the prisoners, the overdue first: `kw need list`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Report, Row, Section, Style, Value
from keyworker_cli.reports.words import emphasised, person, say_key_worker, say_none_of, who_and_where
from keyworker_cli.rules.dates.london import days_between
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.facts.care import NeedRaised
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.say import say_count, say_prisoner
from keyworker_cli.rules.sessions.needs import LONG_OPEN_DAYS, NeedState, StandingNeed, open_needs

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

NOTHING_OPEN = "Nothing is open."


def need_list_report(store: "Store", request: ReportRequest) -> Report:
    """Return what is open for the prisoners here: the longest overdue first, then by when each is due, undated last."""
    section = needs_section(store, request, store.queries.contacts(as_of=request.as_of, settings=request.settings))
    return request.report("need-list", request.titled("To be done"), [section], summary=section.summary)


def needs_section(store: "Store", request: ReportRequest, prisoners: Iterable[Contact]) -> Section:
    """Return the same as a part of a page; `prisoners` are all who are present."""
    rows = tuple(_need_rows(store, request, prisoners))
    summary, nothing = summed_up(rows), say_none_of(prisoners, "what is still to be done", NOTHING_OPEN)
    return Section("needs", "", COLUMNS, rows, summary, lead=(_lead(summary),) if rows else (), empty=nothing)


def needs_of_prisoner_report(store: "Store", request: ReportRequest, prisoner: Person) -> Report:
    """Return everything raised for one prisoner by the day: what is open first, then what became of the rest."""
    needs = [need for need in store.queries.needs_of(prisoner.person_id) if need.raised_on <= request.as_of]
    rows = sorted((_own_row(prisoner, need, request.as_of) for need in needs), key=_open_first)
    summary = summed_up([row for row in rows if row["closed_on"] is None])
    section = Section(
        "needs", "", OWN_COLUMNS, tuple(rows), lead=(_lead(summary),) if rows else (), empty="Nothing was ever raised."
    )
    title = f"To be done for {say_prisoner(prisoner)}"
    return request.report("need-list", title, [section], summary=summary)


def _need_rows(store: "Store", request: ReportRequest, prisoners: Iterable[Contact]) -> Iterator[Row]:
    covered = {prisoner.person_id: prisoner for prisoner in prisoners if request.covers(prisoner)}
    theirs = [need for need in store.queries.needs_here(as_of=request.as_of) if need.person_id in covered]
    theirs.sort(key=lambda need: (covered[need.person_id].prison_number, need.raised_on, need.text))
    for one in open_needs(theirs, as_of=request.as_of):
        yield _row(one, covered[one.need.person_id])


def summed_up(rows: Sequence[Row]) -> Mapping[str, Value]:
    """Count the open needs, and say what share of them (percent, 1 decimal; `None` of none) is open past 28 days."""
    long_open = sum(_number(row["days_open"]) > LONG_OPEN_DAYS for row in rows)
    return {
        "open": len(rows),
        "overdue": sum(row["state"] == NeedState.OVERDUE for row in rows),
        "no_due_date": sum(row["due_on"] is None for row in rows),
        "no_owner": sum(row["owner"] is None for row in rows),
        "open_past_28_days": long_open,
        "share_open_past_28_days": round(100 * long_open / len(rows), 1) if rows else None,
    }


def _row(one: StandingNeed, prisoner: Contact) -> Row:
    need = one.need
    return {
        **who_and_where(prisoner),
        "need": need.text,
        "owner": need.owner,
        "due_on": need.due_on,
        "state": one.state.value,
        "days_overdue": one.days_overdue,
        "raised_on": need.raised_on,
        "days_open": one.days_open,
        "outcome": need.outcome if need.closed_on is None else None,  # what stands here with a day was closed later
        "key_worker": person(prisoner.staff_id, prisoner.worker_name),
    }


def _own_row(prisoner: Person, need: NeedRaised, as_of: date) -> Row:
    closed_on = need.closed_on if need.closed_on is not None and need.closed_on <= as_of else None
    overdue = days_between(need.due_on, as_of) if need.due_on is not None and closed_on is None else 0
    open_state = NeedState.OVERDUE.value if overdue > 0 else NeedState.OPEN.value
    return {
        "prison_number": prisoner.prison_number,
        "name": prisoner.name,
        "need": need.text,
        "owner": need.owner,
        "due_on": need.due_on,
        "state": open_state if closed_on is None else (need.outcome or "closed").lower(),
        "days_overdue": max(0, overdue),
        "raised_on": need.raised_on,
        "days_open": days_between(need.raised_on, closed_on or as_of),
        "closed_on": closed_on,
        "outcome": need.outcome if closed_on == need.closed_on else None,
    }


def _open_first(row: Row) -> tuple[bool, int, str, str]:
    return (
        row["closed_on"] is not None,
        -_number(row["days_overdue"]),
        str(row["due_on"] or date.max),
        str(row["raised_on"]),
    )


def _number(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _lead(summary: Mapping[str, Value]) -> str:
    return (
        f"{summary['open']} open, {summary['overdue']} of them overdue, {summary['no_due_date']} without a date; "
        f"open for more than {LONG_OPEN_DAYS} days: {summary['open_past_28_days']} of {summary['open']}."
    )


def _due(row: Row) -> str:
    if not isinstance(row["due_on"], date):
        return "no date"
    days = _number(row["days_overdue"])
    late = f", OVERDUE {say_count(days, 'day')}" if days else ""
    return f"{say_date(row['due_on'])}{late}"


def _state(row: Row) -> str:
    became = str(row["state"])
    closed = f" {say_date(row['closed_on'])}" if isinstance(row["closed_on"], date) else ""
    ongoing = ", ongoing" if row["outcome"] == "ONGOING" else ""
    return f"{became}{closed}{ongoing}"


def _need(row: Row) -> str:
    return f"{row['need']} (ongoing)" if row["outcome"] == "ONGOING" else str(row["need"])


def _owner(row: Row) -> str:
    return str(row["owner"] or "nobody named")


def _stress(row: Row) -> Style:
    return "warn" if row["state"] == NeedState.OVERDUE else ""


COLUMNS = (
    Column("due_on", "Due", show=_due, style=_stress, wrap=True),
    Column("name", "Name", style=emphasised),
    Column("prison_number", "Number"),
    Column("location", "Location"),
    Column("wing"),
    Column("need", "To be done", show=_need, wrap=True, reason=True),
    Column("owner", "By", show=_owner),
    Column("state"),
    Column("days_overdue"),
    Column("raised_on", "Raised", priority=3),
    Column("days_open", "Days open", align="right", priority=1),
    Column("outcome"),
    Column("key_worker.staff_id"),
    Column("key_worker.name", "Key worker", show=say_key_worker, priority=2),
)

OWN_COLUMNS = (
    Column("prison_number"),
    Column("name"),
    Column("need", "To be done", wrap=True, reason=True),
    Column("owner", "By", show=_owner),
    Column("due_on", "Due", show=_due, style=_stress, wrap=True),
    Column("state", "Became", show=_state, wrap=True),
    Column("days_overdue"),
    Column("raised_on", "Raised"),
    Column("days_open", "Days", align="right"),
    Column("closed_on"),
    Column("outcome"),
)
