"""ACCT reviews and needs."""

from typing import Any

from sqlalchemy import FromClause, Select, and_, case, func, null, or_, select, union
from sqlalchemy.sql.elements import ColumnElement

from keyworker_cli.rules.facts.care import AcctReview, NeedOfPrisoner, NeedRaised, ReviewOfPrisoner
from keyworker_cli.store.reads.declare import read
from keyworker_cli.store.reads.statements.parts.basics import (
    ONE,
    ZERO,
    aliases,
    as_of,
    held_on_the_day,
    is_present,
    not_ended,
    person_id,
    prisoner_of,
    since,
    table,
    unavailable_on,
    until,
    word,
)
from keyworker_cli.store.reads.statements.parts.columns import need_columns
from keyworker_cli.store.reads.statements.parts.counted import recorded_in_time
from keyworker_cli.store.schema.tables import TABLES


@read(NeedRaised)
def needs_of() -> Select[Any]:
    """Return a prisoner's actions, open and closed, the earliest raised first."""
    return _needs_of(table("need"))


@read(NeedRaised)
def needs_in_time_of() -> Select[Any]:
    """Return the same without those recorded after the day of his death."""
    need = table("need")
    return _needs_of(need).where(recorded_in_time(need))


def _needs_of(need: FromClause) -> Select[Any]:
    return (
        select(
            need.c.id.label("need_id"),
            need.c.raised_on,
            need.c.text,
            need.c.owner,
            need.c.due_on,
            need.c.closed_on,
            need.c.outcome,
        )
        .where(need.c.person_id == person_id)
        .order_by(need.c.raised_on, need.c.id)
    )


@read(NeedOfPrisoner)
def needs_here() -> Select[Any]:
    """Return the actions still open on that day for the prisoners here, the earliest raised first."""
    stay, need = aliases("stay", "need", names=("stay", "need"))
    return (
        select(*need_columns(need))
        .select_from(stay)
        .join(need, need.c.person_id == prisoner_of(stay))
        .where(*is_present(stay), need.c.raised_on <= as_of, not_ended(need.c.closed_on), recorded_in_time(need))
        .order_by(need.c.raised_on, need.c.id)
    )


@read(AcctReview)
def acct_reviews_of() -> Select[Any]:
    """Return the reviews of a prisoner's ACCTs, the earliest due first."""
    c = TABLES["acct_review"].alias("review").c
    return (
        select(
            c.due_on, c.held_on, c.key_worker_invited.label("invited"), c.key_worker_contribution.label("contribution")
        )
        .where(c.person_id == person_id)
        .order_by(c.due_on)
    )


@read(ReviewOfPrisoner)
def acct_reviews() -> Select[Any]:
    """Return the ACCT reviews due between the two days or held since the first, and all outstanding before it.

    A post-closure review that only the ACCT itself names is among them.
    """
    review = _reviews_of_prisoners()
    person, held, worker = aliases("person", "allocation", "key_worker", names=("person", "held", "worker"))
    spell = aliases("worker_status", names=("spell",))[0]
    day = case((review.c.held_on <= as_of, review.c.held_on), else_=review.c.due_on)
    known_on = case((day < as_of, day), else_=as_of)
    slots, absent = _slots_of_the_day(review, held, day)
    return (
        select(
            review.c.person_id,
            person.c.prison_number,
            person.c.last_name,
            person.c.first_name,
            review.c.due_on,
            review.c.held_on,
            review.c.invited,
            case((or_(review.c.held_on.is_(None), review.c.held_on <= as_of), review.c.contribution)).label(
                "contribution"
            ),
            review.c.post_closure,
            worker.c.staff_id,
            worker.c.last_name.label("worker_last_name"),
            worker.c.first_name.label("worker_first_name"),
            spell.c.status.label("unavailable"),
            slots.label("slots"),
            absent.label("absent"),
        )
        .select_from(review)
        .join(person, person.c.id == review.c.person_id)
        .outerjoin(held, and_(held_on_the_day(held, review.c.person_id, known_on), recorded_in_time(held)))
        .outerjoin(worker, worker.c.id == held.c.key_worker_id)
        .outerjoin(spell, unavailable_on(spell, held.c.key_worker_id, day))
        .where(
            or_(
                and_(review.c.due_on >= since, review.c.due_on <= until),
                and_(review.c.held_on >= since, review.c.held_on <= as_of),
                and_(review.c.due_on < since, or_(review.c.held_on.is_(None), review.c.held_on > as_of)),
            )
        )
        .order_by(review.c.due_on, person.c.prison_number)
    )


def _slots_of_the_day(review: FromClause, held: FromClause, day: ColumnElement[Any]) -> tuple[Any, Any]:
    """How many slots his key worker has that day, and in how many he was absent."""
    slot = aliases("rota_slot", names=("slot",))[0]
    of_the_day = (
        select(func.count())
        .select_from(slot)
        .where(slot.c.key_worker_id == held.c.key_worker_id, slot.c.slot_on == day)
        .correlate(review, held)
    )
    absent = of_the_day.where(slot.c.status == word("ABSENT"), slot.c.slot_on <= as_of)
    return of_the_day.scalar_subquery(), absent.scalar_subquery()


def _reviews_of_prisoners() -> FromClause:
    """Every ACCT review of those here, those in the days asked about of anyone, and reviews that only an ACCT names.

    The first two are searched each by an index of its own; what both find is given once.
    """
    stay, review, dated = aliases("stay", "acct_review", "acct_review", names=("stay", "review", "dated"))
    acct, twin = aliases("acct", "acct_review", names=("acct", "twin"))
    of_the_prisoners_here = (
        select(*_review_columns(review))
        .select_from(stay)
        .join(review, review.c.person_id == prisoner_of(stay))
        .where(*is_present(stay), recorded_in_time(review))
    )
    of_those_days = select(*_review_columns(dated)).where(
        dated.c.due_on >= since, dated.c.due_on <= until, recorded_in_time(dated)
    )
    written = (
        select(twin.c.id)
        .where(twin.c.person_id == acct.c.person_id, twin.c.due_on == acct.c.post_closure_review_due)
        .correlate(acct)
        .exists()
    )
    due, held = acct.c.post_closure_review_due, acct.c.post_closure_review_held
    only_in_the_acct = (
        select(acct.c.person_id, due, held, null(), null(), ONE)
        .select_from(stay)
        .join(acct, acct.c.person_id == prisoner_of(stay))
        .where(*is_present(stay), due.is_not(None), ~written, recorded_in_time(acct))
    )
    return union(of_the_prisoners_here, of_those_days, only_in_the_acct).subquery("person_review")


def _review_columns(review: FromClause) -> tuple[Any, ...]:
    """The columns of a review, with whether it is the one that follows the end of an ACCT."""
    closing = TABLES["acct"].alias("closing")
    after_closure = (
        select(closing.c.id)
        .where(closing.c.person_id == review.c.person_id, closing.c.post_closure_review_due == review.c.due_on)
        .correlate(review)
        .exists()
    )
    c = review.c
    return (
        c.person_id,
        c.due_on,
        c.held_on,
        c.key_worker_invited.label("invited"),
        c.key_worker_contribution.label("contribution"),
        case((after_closure, ONE), else_=ZERO).label("post_closure"),
    )
