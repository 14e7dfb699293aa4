"""ACCTs and their reviews, and the key worker's part in them: `kw acct list`, `kw acct reviews` (help: acct)."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Appointment, Column, Report, Row, Section, Style, Value
from keyworker_cli.reports.words import emphasised, person, say_day_near_or, say_none_of, who_and_where, worker_in
from keyworker_cli.rules.dates.london import days_between
from keyworker_cli.rules.dates.say import say_date, say_day_near, say_days
from keyworker_cli.rules.facts.care import Acct, ReviewOfPrisoner
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.markers.acct import (
    ReviewState,
    held_by,
    on_duty,
    reviews_to_list,
    state_of_acct,
    state_of_review,
)

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

REVIEW_DAYS = 7
"""How many days before and after the day asked about a review is listed, unless somebody asks for more."""


def acct_reviews_report(store: "Store", request: ReportRequest, *, days: int = REVIEW_DAYS) -> Report:
    """Return the ACCT reviews of the last and the next `days`, the most urgent first, with the key worker's part.

    Those not held when they were due come first, whenever that was, as long as the ACCT is not over.
    """
    present = store.queries.contacts(as_of=request.as_of, settings=request.settings)
    section = reviews_section(store, request, present, days=days)
    summary = summed_up(section.rows)
    said = _lead(summary)
    return request.report(
        "acct-reviews",
        request.titled(f"ACCT reviews, {say_days(days)} before and after"),
        [section._replace(title="", summary={}, lead=(said,) if section.rows else ())],
        summary=summary,
    )


def reviews_section(
    store: "Store", request: ReportRequest, prisoners: Iterable[Contact], *, days: int = REVIEW_DAYS
) -> Section:
    """Return the same reviews as a part of a page; `prisoners` are all who are present."""
    queries, as_of = store.queries, request.as_of
    since, until = as_of - timedelta(days=days), as_of + timedelta(days=days)
    here = {prisoner.person_id: prisoner for prisoner in prisoners}
    reviews = reviews_to_list(
        queries.acct_reviews(since, until, as_of=as_of),
        queries.marking_accts(as_of=as_of),
        here=here.keys(),
        since=since,
        as_of=as_of,
    )
    covered = [review for review in reviews if _covers(request, review, here.get(review.person_id))]
    rows = tuple(_row(review, here.get(review.person_id), as_of) for review in sorted(covered, key=_urgency(as_of)))
    nothing = f"No ACCT review is due or was held between {say_date(since)} and {say_date(until)}."
    return Section(
        "acct_reviews",
        "ACCT reviews",
        (
            Column("due_on", "Due", show=lambda row: say_due(row, as_of), wrap=True),
            Column("held_on", "Held", show=lambda row: _held(row, as_of), style=_stress),
            *COLUMNS,
        ),
        rows,
        summary=summed_up(rows),
        empty=say_none_of(here, "whose review is due", nothing),
        appointments=_appointments,
    )


def _appointments(row: Row) -> Iterator[Appointment]:
    """Yield a review that is still to be held as an entry of the whole day in the key worker's calendar."""
    worker, due_on = row["key_worker"], row["due_on"]
    if row["held_on"] is None and isinstance(worker, Mapping) and isinstance(due_on, date):
        kind = "post-closure review" if row["post_closure"] else "review"
        yield Appointment(
            whose_id=str(worker["staff_id"]),
            whose=str(worker["name"]),
            key=f"acct-{due_on.isoformat()}-{row['prison_number']}",
            on=due_on,
            start_minute=None,
            end_minute=None,
            title=f"ACCT {kind} due: {row['name']} ({row['prison_number']})",
            place=str(row["location"] or ""),
        )


def summed_up(rows: Iterable[Row]) -> Mapping[str, Value]:
    """Count the reviews by where each stands, and of each of the key worker's parts how many."""
    listed = list(rows)
    state = Counter(str(row["state"]) for row in listed)
    given = Counter(row["contribution"] for row in listed if row["state"] == ReviewState.HELD)
    return {
        "reviews": len(listed),
        **{each.value: state[each.value] for each in ReviewState},
        **_counted(listed, "invited", "invited", "not_invited", "invited_not_recorded"),
        "attended": given["attended"],
        "wrote": given["wrote"],
        "no_contribution": given["none"],
        "contribution_not_recorded": given[None],
        **_counted(listed, "on_duty", "on_duty", "not_on_duty", "on_duty_not_known"),
    }


def acct_list_report(store: "Store", request: ReportRequest) -> Report:
    """Return the prisoners on an ACCT, the longest open first, then those with a post-closure review still to come."""
    queries, as_of = store.queries, request.as_of
    prisoners = queries.contacts(as_of=as_of, settings=request.settings)
    here = {prisoner.person_id: prisoner for prisoner in prisoners if request.covers(prisoner)}
    accts = [acct for acct in queries.marking_accts(as_of=as_of) if acct.person_id in here]
    next_due = _next_due(queries.acct_reviews(as_of, date.max, as_of=as_of), as_of)
    rows = [_acct_row(acct, here[acct.person_id], next_due, as_of) for acct in accts]
    rows.sort(key=lambda row: (str(row["state"]), str(row["opened_on"]), str(row["prison_number"])))
    count = Counter(str(row["state"]) for row in rows)
    summary = {"accts": len(rows), "open": count["open"], "post_closure": count["post-closure"]}
    lead = f"{summary['open']} open, {summary['post_closure']} closed and not yet reviewed."
    nobody = say_none_of(prisoners, "who is on an ACCT", "Nobody here is on an ACCT.")
    section = Section("accts", "", ACCT_COLUMNS, tuple(rows), lead=(lead,) if rows else (), empty=nobody)
    return request.report("acct-list", request.titled("ACCT"), [section], summary=summary)


def _covers(request: ReportRequest, review: ReviewOfPrisoner, prisoner: Contact | None) -> bool:
    """Return whether the question is about this review: by the prisoner's wing and the key worker of the day."""
    if request.key_worker is not None and review.staff_id != request.key_worker.staff_id:
        return False
    return not request.wings or (
        prisoner is not None and (prisoner.wing in request.wings or prisoner.location in request.wings)
    )


def _urgency(as_of: date) -> Callable[[ReviewOfPrisoner], tuple[int, date, str]]:
    order = (ReviewState.OVERDUE, ReviewState.DUE, ReviewState.HELD)
    return lambda review: (order.index(state_of_review(review, as_of=as_of)), review.due_on, review.prison_number)


def _row(review: ReviewOfPrisoner, prisoner: Contact | None, as_of: date) -> Row:
    held_on = held_by(review, as_of=as_of)
    return {
        "prison_number": review.prison_number,
        "name": review.name,
        "location": prisoner.location if prisoner else None,
        "due_on": review.due_on,
        "held_on": held_on,
        "state": state_of_review(review, as_of=as_of).value,
        "post_closure": review.post_closure,
        "key_worker": person(review.staff_id, review.worker_name),
        "invited": review.invited,
        "contribution": review.contribution.lower() if review.contribution else None,
        "on_duty": on_duty(review),
        "here": prisoner is not None,
    }


def _acct_row(acct: Acct, prisoner: Contact, next_due: Mapping[int, date], as_of: date) -> Row:
    closed_on = acct.closed_on if acct.closed_on is not None and acct.closed_on <= as_of else None
    return {
        **who_and_where(prisoner),
        "state": state_of_acct(acct, as_of=as_of).value,
        "opened_on": acct.opened_on,
        "days": days_between(acct.opened_on, closed_on or as_of),
        "closed_on": closed_on,
        "next_review_on": next_due.get(acct.person_id),
        "key_worker": person(prisoner.staff_id, prisoner.worker_name),
        "as_of": as_of,
    }


def _next_due(reviews: Iterable[ReviewOfPrisoner], as_of: date) -> dict[int, date]:
    """Return for each prisoner when the first review not held yet is, or was, due."""
    due: dict[int, date] = {}
    for review in reviews:
        if held_by(review, as_of=as_of) is None:
            due.setdefault(review.person_id, review.due_on)
    return due


def _counted(rows: Sequence[Row], field: str, yes: str, no: str, unknown: str) -> Mapping[str, int]:
    count = Counter(row[field] for row in rows)
    return {yes: count[True], no: count[False], unknown: count[None]}


def _lead(summary: Mapping[str, Value]) -> str:
    return (
        f"{summary['held']} held, {summary['due']} due, {summary['overdue']} overdue. "
        f"Key worker invited to {summary['invited']} of {summary['reviews']}; "
        f"attended {summary['attended']} and wrote for {summary['wrote']} of the {summary['held']} held."
    )


def _held(row: Row, as_of: date) -> str:
    if isinstance(row["held_on"], date):
        return say_day_near(row["held_on"], as_of)
    return "NOT HELD" if row["state"] == ReviewState.OVERDUE else "to come"


def say_due(row: Row, as_of: date) -> str:
    """Say when a review is due: `Fri 15 May, post-closure`; with its year where that is not the year of the page."""
    said = say_day_near(row["due_on"], as_of) if isinstance(row["due_on"], date) else ""
    return f"{said}, post-closure" if row["post_closure"] else said


def _yes_no(field: str, *, unknown: str) -> Callable[[Row], str]:
    words: dict[Value, str] = {True: "yes", False: "NO", None: unknown}
    return lambda row: words[row[field]]


def _gave(row: Row) -> str:
    said = {"attended": "attended", "wrote": "wrote", "none": "NONE"}
    if row["contribution"]:
        return said[str(row["contribution"])]
    return "not recorded" if row["state"] == ReviewState.HELD else "-"


def _stress(row: Row) -> Style:
    return "warn" if row["state"] == ReviewState.OVERDUE else ""


COLUMNS = (
    Column("name", "Name", style=emphasised),
    Column("prison_number", "Number"),
    Column("location", "Location"),
    Column("state"),
    Column("post_closure"),
    Column("key_worker.staff_id"),
    Column("key_worker.name", "Key worker", show=worker_in("key_worker", "NONE"), wrap=True, priority=1),
    Column("invited", "Invited", show=_yes_no("invited", unknown="not recorded"), wrap=True),
    Column("on_duty", "On duty", show=_yes_no("on_duty", unknown="not known"), wrap=True, priority=2),
    Column("contribution", "Gave", show=_gave, wrap=True),
    Column("here"),
)

ACCT_COLUMNS = (
    Column("prison_number", "Number"),
    Column("name", "Name", style=emphasised),
    Column("location", "Location"),
    Column("wing"),
    Column("state", "ACCT"),
    Column("opened_on", "Opened", show=lambda row: say_day_near_or(row, "opened_on", "-"), priority=1),
    Column("days", "Days", align="right"),
    Column("closed_on", "Closed", show=lambda row: say_day_near_or(row, "closed_on", "-"), priority=2),
    Column("next_review_on", "Next review", show=lambda row: say_day_near_or(row, "next_review_on", "NONE")),
    Column("key_worker.staff_id"),
    Column("key_worker.name", "Key worker", show=worker_in("key_worker", "NONE"), wrap=True),
)
