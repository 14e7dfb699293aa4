"""Opening, reviewing and closing an ACCT: checked and saved in one transaction (help: acct)."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from keyworker_cli.reports.outcome import Changed, Outcome, changed
from keyworker_cli.rules.codes.records import Contribution
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.facts.care import AcctReview
from keyworker_cli.rules.facts.officers import Allocation, holding_on
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.stays import Stay
from keyworker_cli.rules.markers.acct import ReviewAsked, ReviewMeant, acct_to_close, check_opening, review_meant
from keyworker_cli.rules.stays.presence import check_stay
from keyworker_cli.rules.stays.record_lock import check_stay_open, said_late

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.changes.change import Change
    from keyworker_cli.store.reads.queries import Queries
    from keyworker_cli.store.store import Store

GAVE = {
    Contribution.ATTENDED: "attended",
    Contribution.WROTE: "wrote a contribution",
    Contribution.NONE: "gave no contribution",
}


def open_acct(store: "Store", author: "Author", prisoner: Person, *, on: date) -> Outcome:
    """Open an ACCT for a prisoner; return what was done, with whom to invite to its reviews.

    Raises `RefusedError` for a prisoner who was not here that day, one whose ACCT is open, and a day to come.
    """
    with store.transaction(author) as change:
        queries = change.queries
        check_opening(queries.accts_of(prisoner.person_id), prisoner, on=on, today=author.today)
        stay = check_stay(on, queries.stays_of(prisoner.person_id), who=prisoner.name)
        change.open_acct(prisoner.person_id, prisoner.prison_number, opened_on=on)
        change.note_after_death(stay, "acct", prisoner.prison_number, on, what="ACCT opened")
        done = changed(
            "open",
            "acct",
            prisoner.prison_number,
            f"{{name}} ({{key}}): ACCT {{opened}} on {{on}}.{said_late(stay)}",
            name=prisoner.name,
            on=on,
        )
        return Outcome((done,), tuple(_whom_to_invite(queries, prisoner, stay, on=author.as_of)), saved=author.saves)


def close_acct(store: "Store", author: "Author", prisoner: Person, *, on: date, review_due_on: date | None) -> Outcome:
    """Close a prisoner's ACCT; return what was done. `review_due_on` is that of its post-closure review.

    Raises `RefusedError` where none is open, for a day before it was opened or still to come, and for a prisoner who
    was not here that day or whose record is locked.
    """
    with store.transaction(author) as change:
        queries = change.queries
        acct = acct_to_close(
            queries.accts_of(prisoner.person_id), prisoner, on=on, review_due_on=review_due_on, today=author.today
        )
        check_stay_open(prisoner, check_stay(on, queries.stays_of(prisoner.person_id), who=prisoner.name))
        values: dict[str, Any] = {"closed_on": on}
        if review_due_on is not None:
            values["post_closure_review_due"] = review_due_on
        change.change_acct(prisoner.person_id, prisoner.prison_number, opened_on=acct.opened_on, values=values)
    done = changed(
        "close",
        "acct",
        prisoner.prison_number,
        "{name} ({key}): ACCT opened on {opened_on}, {closed} on {on}.",
        name=prisoner.name,
        opened_on=acct.opened_on,
        on=on,
        review_due_on=review_due_on,
    )
    if review_due_on is not None:
        due = f"Post-closure review due on {say_date(review_due_on)}."
    else:
        due = f"When is its post-closure review due? kw acct review {prisoner.prison_number} --due DATE"
    return Outcome((done,), (due,), saved=author.saves)


def review_acct(store: "Store", author: "Author", prisoner: Person, asked: ReviewAsked) -> Outcome:
    """Record a review of a prisoner's ACCT as due or held, and his key worker's part; return what was done.

    Raises `RefusedError` for a review outside any ACCT, on a day he was not here, held before or in the future, and for
    a change to the record of a prisoner who has died; `UsageError` where nothing says which review is meant.
    """
    with store.transaction(author) as change:
        queries = change.queries
        accts, reviews = queries.accts_of(prisoner.person_id), queries.acct_reviews_of(prisoner.person_id)
        meant = review_meant(asked, accts, reviews, prisoner, today=author.today)
        stay = check_stay(asked.held_on or meant.due_on, queries.stays_of(prisoner.person_id), who=prisoner.name)
        if meant.known is not None:
            check_stay_open(prisoner, stay)
        _record(change, prisoner, meant, asked)
        change.note_after_death(stay, "acct", prisoner.prison_number, meant.due_on, what="ACCT review")
        review = next(one for one in queries.acct_reviews_of(prisoner.person_id) if one.due_on == meant.due_on)
        worker = _key_worker(queries, prisoner, on=author.as_of)
        done = _reviewed(prisoner, meant, review, worker, late=said_late(stay))
        hints = () if worker is None and stay.left_on is not None else (_part_of(worker, prisoner, review),)
        return Outcome((done,), hints, saved=author.saves)


def _record(change: "Change", prisoner: Person, meant: ReviewMeant, asked: ReviewAsked) -> None:
    given: dict[str, Any] = {
        "held_on": asked.held_on,
        "key_worker_invited": asked.invited,
        "key_worker_contribution": asked.contribution.value if asked.contribution else None,
    }
    values = {column: value for column, value in given.items() if value is not None}
    change.record_acct_review(prisoner.person_id, prisoner.prison_number, due_on=meant.due_on, values=values)
    if meant.post_closure:
        of_acct: dict[str, Any] = {"post_closure_review_due": meant.due_on}
        if asked.held_on is not None:
            of_acct["post_closure_review_held"] = asked.held_on
        change.change_acct(prisoner.person_id, prisoner.prison_number, opened_on=meant.acct.opened_on, values=of_acct)


def _part_of(worker: Allocation | None, prisoner: Person, review: AcctReview) -> str:
    """Say what the key worker's part in a review was."""
    if worker is None:
        return f"He has no key worker: kw allocate {prisoner.prison_number}"
    invited = {True: "invited", False: "not invited", None: "not recorded as invited"}[review.invited]
    gave = f", {GAVE[Contribution(review.contribution)]}" if review.contribution else ""
    return f"Key worker {worker.name}: {invited}{gave}."


def _reviewed(
    prisoner: Person, meant: ReviewMeant, review: AcctReview, worker: Allocation | None, *, late: str
) -> Changed:
    held = ", held on {held_on}." if review.held_on else "."
    return changed(
        "review",
        "acct",
        prisoner.prison_number,
        "{Recorded} for {name} ({key}): {what} due on {due_on}" + held + late,
        name=prisoner.name,
        what="post-closure review" if meant.post_closure else "ACCT review",
        due_on=review.due_on,
        held_on=review.held_on,
        key_worker=worker.name if worker else None,
        staff_id=worker.staff_id if worker else None,
        invited=review.invited,
        contribution=review.contribution,
    )


def _whom_to_invite(queries: "Queries", prisoner: Person, stay: Stay, *, on: date) -> Iterator[str]:
    if stay.left_on is not None:
        return
    worker = _key_worker(queries, prisoner, on=on)
    if worker is None:
        yield f"He has no key worker: kw allocate {prisoner.prison_number}"
    else:
        number = prisoner.prison_number
        yield f"Invite his key worker, {worker.name}, to its reviews: kw acct review {number} --due DATE"


def _key_worker(queries: "Queries", prisoner: Person, *, on: date) -> Allocation | None:
    return holding_on(on, queries.allocations_of(prisoner.person_id))
