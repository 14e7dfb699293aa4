"""ACCT, the care plan of a prisoner at risk: when one may be opened, reviewed and closed, and which review is meant.

PPO: key workers are to be involved in ACCT reviews. So a review says whether his key worker was invited, what he gave,
and whether he was on duty that day (help: acct).
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from keyworker_cli.errors import RefusedError, UsageError
from keyworker_cli.rules.codes.records import Contribution
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.dates.still_to_come import refuse_still_to_come
from keyworker_cli.rules.facts.by_prisoner import by_prisoner
from keyworker_cli.rules.facts.care import Acct, AcctReview, ReviewOfPrisoner
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.say import say_prisoner
from keyworker_cli.rules.typed import yes_or_no


class ReviewState(StrEnum):
    """Where a review stands as of a day."""

    HELD = "held"
    DUE = "due"
    OVERDUE = "overdue"


class AcctState(StrEnum):
    """Where an ACCT stands as of a day."""

    OPEN = "open"
    POST_CLOSURE = "post-closure"


class ReviewAsked(NamedTuple):
    """What somebody asks to have recorded of a review; `None` was not said."""

    due_on: date | None = None
    held_on: date | None = None
    invited: bool | None = None
    contribution: Contribution | None = None


class ReviewMeant(NamedTuple):
    """The review that was named: its ACCT, the day it was due, and what is recorded of it.

    `known` is `None` for a review that is not recorded yet. `post_closure` marks the one after the ACCT's end.
    """

    acct: Acct
    due_on: date
    known: AcctReview | None
    post_closure: bool


def read_invited(text: str) -> bool:
    """Return whether yes or no was typed of an invitation; anything else is `UsageError`."""
    said = yes_or_no(text)
    if said is None:
        raise UsageError(f"invited is yes or no, not {text!r}.", "--invited yes, or --invited no.")
    return said


def check_opening(accts: Sequence[Acct], prisoner: Person, *, on: date, today: date) -> None:
    """Refuse to open an ACCT on a day to come, while one is open, or before the end of another."""
    refuse_still_to_come(on, today=today, hint="an ACCT is recorded on the day it is opened, or after.")
    for acct in accts:
        if acct.closed_on is None:
            raise RefusedError(
                f"{say_prisoner(prisoner)} has an ACCT open since {say_date(acct.opened_on)}.",
                f"its reviews: kw acct review {prisoner.prison_number} --due DATE.",
            )
        if acct.opened_on <= on < acct.closed_on or on == acct.opened_on:
            raise RefusedError(
                f"{say_prisoner(prisoner)} had an ACCT open from {say_date(acct.opened_on)} "
                f"to {say_date(acct.closed_on)}.",
                "check the day: --on.",
            )
        if on < acct.opened_on:
            raise RefusedError(
                f"an ACCT of {say_prisoner(prisoner)} cannot be open since {say_date(on)}: another began on "
                f"{say_date(acct.opened_on)}.",
                "check the day: --on.",
            )


def acct_to_close(
    accts: Sequence[Acct], prisoner: Person, *, on: date, review_due_on: date | None = None, today: date
) -> Acct:
    """Return the ACCT that is to be closed on a day.

    Raises `RefusedError` where none is open, saying when the last was closed, for a day before it was opened or still
    to come, and for a post-closure review due before the closing.
    """
    refuse_still_to_come(on, today=today, hint="an ACCT is recorded as closed on the day it is closed, or after.")
    acct = next((one for one in accts if one.closed_on is None), None)
    if acct is None:
        raise _none_open(accts, prisoner)
    if on < acct.opened_on:
        raise RefusedError(
            f"the ACCT of {say_prisoner(prisoner)} cannot be closed on {say_date(on)}: "
            f"it was opened on {say_date(acct.opened_on)}.",
            "check the day: --on.",
        )
    if review_due_on is not None and review_due_on <= on:
        raise RefusedError(
            f"the post-closure review, {say_date(review_due_on)}, is not after the closing, {say_date(on)}.",
            "--review-due is the day of the review to come, such as +7d.",
        )
    return acct


def review_meant(
    asked: ReviewAsked, accts: Sequence[Acct], reviews: Sequence[AcctReview], prisoner: Person, *, today: date
) -> ReviewMeant:
    """Return the review that is meant: the one due on the day that was said, else the first not held yet.

    A review that was held without being due counts as due that day. Raises `RefusedError` for a review outside any
    ACCT, one held on a day to come or held before, and a key worker who attended what was not held; `UsageError` where
    nothing says which review is meant.
    """
    if asked.held_on is not None:
        refuse_still_to_come(asked.held_on, today=today, hint="a review to come is due, not held: --due DATE.")
    day = asked.held_on or asked.due_on or today
    acct = _acct_of_the_day(day, accts, prisoner)
    due_on = asked.due_on or _first_outstanding(acct, reviews, day) or asked.held_on
    if due_on is None:
        raise UsageError(
            f"no review of {say_prisoner(prisoner)} is due: which one is meant?",
            "say when it is due, --due DATE, or was, --held.",
        )
    if due_on < acct.opened_on:
        raise RefusedError(
            f"a review cannot be due on {say_date(due_on)}: the ACCT was opened on {say_date(acct.opened_on)}.",
            "check the day: --due.",
        )
    known = next((one for one in reviews if one.due_on == due_on), None)
    after = acct.closed_on is not None and due_on > acct.closed_on
    _check_held(asked, due_on, known, acct.review_held_on if after else None)
    return ReviewMeant(acct, due_on, known, after)


def state_of_acct(acct: Acct, *, as_of: date) -> AcctState:
    """Return whether an ACCT that is not over is open on a day, or closed with its review still to be held."""
    return AcctState.OPEN if acct.closed_on is None or acct.closed_on > as_of else AcctState.POST_CLOSURE


def held_by(review: ReviewOfPrisoner, *, as_of: date) -> date | None:
    """Return the day a review was held, if that was by the day asked about."""
    return review.held_on if review.held_on is not None and review.held_on <= as_of else None


def state_of_review(review: ReviewOfPrisoner, *, as_of: date) -> ReviewState:
    """Return whether a review was held, is due on that day or later, or should have been held before."""
    if held_by(review, as_of=as_of):
        return ReviewState.HELD
    return ReviewState.DUE if review.due_on >= as_of else ReviewState.OVERDUE


def on_duty(review: ReviewOfPrisoner) -> bool | None:
    """Return whether his key worker is, or was, on duty on the day of a review; `None` when that is not known.

    He is with any time on the rota that day, also if he was then sent elsewhere in the prison; he is not when he was
    unavailable or absent from it. Without a slot it may be his rest day or his day of other work: nobody can tell.
    """
    if review.unavailable is not None:
        return False
    if review.slots > review.absent:
        return True
    return False if review.absent else None


def reviews_to_list(
    reviews: Iterable[ReviewOfPrisoner], accts: Iterable[Acct], *, here: Collection[int], since: date, as_of: date
) -> list[ReviewOfPrisoner]:
    """Return the reviews that matter: those held, those to come, and those that were not held when they were due.

    `accts` are those of the prisoners `here` that are not over. A review to come falls away when the prisoner leaves or
    his ACCT is closed before it. One that was missed is listed from `since` on, and as long as the ACCT is not over.
    """
    going_on = by_prisoner(accts)
    return [
        review
        for review in reviews
        if _matters(review, going_on.get(review.person_id, []), review.person_id in here, since, as_of)
    ]


def _matters(review: ReviewOfPrisoner, accts: list[Acct], here: bool, since: date, as_of: date) -> bool:
    state = state_of_review(review, as_of=as_of)
    if state is ReviewState.HELD:
        return True
    goes_on = here and any(_awaits(acct, review, as_of) for acct in accts)
    return goes_on or (state is ReviewState.OVERDUE and review.due_on >= since)


def _awaits(acct: Acct, review: ReviewOfPrisoner, as_of: date) -> bool:
    if review.due_on < acct.opened_on:
        return False
    return review.post_closure or state_of_acct(acct, as_of=as_of) is AcctState.OPEN


def _acct_of_the_day(day: date, accts: Sequence[Acct], prisoner: Person) -> Acct:
    """Return the ACCT that a day lies in, or follows while its post-closure review is not held."""
    begun = [acct for acct in accts if acct.opened_on <= day]
    if not begun and accts:
        raise RefusedError(
            f"{say_prisoner(prisoner)} had no ACCT on {say_date(day)}: "
            f"the first was opened on {say_date(accts[0].opened_on)}.",
            "check the day, and whether it is the right prisoner.",
        )
    if not begun:
        raise _none_open(accts, prisoner)
    acct = begun[-1]
    held_on = acct.review_held_on
    if acct.closed_on is not None and acct.closed_on < day and held_on is not None and day != held_on:
        raise _none_open(accts, prisoner)
    return acct


def _first_outstanding(acct: Acct, reviews: Iterable[AcctReview], day: date) -> date | None:
    """Return when the first review of an ACCT that is not held yet is or was due; after its end, that which follows."""
    if acct.closed_on is not None and day > acct.closed_on:
        return acct.review_due_on
    until = acct.closed_on or date.max
    due = [one.due_on for one in reviews if one.held_on is None and acct.opened_on <= one.due_on <= until]
    return min(due, default=None)


def _check_held(asked: ReviewAsked, due_on: date, known: AcctReview | None, post_closure_held: date | None) -> None:
    held_on = (known.held_on if known else None) or post_closure_held
    if asked.held_on is not None and held_on not in (None, asked.held_on):
        raise RefusedError(
            f"the review due on {say_date(due_on)} was held on {say_date(held_on or due_on)} already.",
            "if this was another one, say when it was due: --due DATE.",
        )
    if asked.contribution is Contribution.ATTENDED and held_on is None and asked.held_on is None:
        raise RefusedError(
            f"the review due on {say_date(due_on)} is not held yet: nobody has attended it.",
            "add the day it was held: --held DATE.",
        )


def _none_open(accts: Sequence[Acct], prisoner: Person) -> RefusedError:
    closed = [acct.closed_on for acct in accts if acct.closed_on is not None]
    since = f": his last was closed on {say_date(max(closed))}" if closed else ""
    return RefusedError(
        f"{say_prisoner(prisoner)} has no ACCT open{since}.", f"kw acct open {prisoner.prison_number} opens one."
    )
