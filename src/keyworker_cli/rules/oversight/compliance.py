"""Where the prison stands on each point of the policy and of the PPO: how many of how many, and whether that is all.

The points are the sentences of the PPO's page on the key worker scheme. A point passes when nobody and nothing is
missing from it; no share of it is near enough, because the prisoner who is missing may be the one who mattered.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from keyworker_cli.rules.budget.budget import Budget
from keyworker_cli.rules.budget.delivery import Start
from keyworker_cli.rules.budget.time_chain import known_sum
from keyworker_cli.rules.codes.findings import GapState
from keyworker_cli.rules.codes.records import Contribution
from keyworker_cli.rules.contact.cover import lacks_cover
from keyworker_cli.rules.contact.first_meetings import ARRIVALS_DAYS
from keyworker_cli.rules.contact.gaps import find_gaps
from keyworker_cli.rules.dates.london import DAYS_PER_WEEK
from keyworker_cli.rules.facts.care import ReviewOfPrisoner
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.notes.checks import Mark, NoteInShort
from keyworker_cli.rules.notes.sample import SampleRead
from keyworker_cli.rules.oversight.compliance_points import (
    ACCT_INVITED,
    ACCT_INVOLVED,
    ALLOCATED,
    COVERED,
    EVER_SEEN,
    FIRST_DAYS,
    INDIVIDUAL,
    NEEDS_IN_TIME,
    NEEDS_UPDATED,
    NOTES_GOOD,
    NOTES_IN_TIME,
    NOTES_READ,
    NOTES_WRITTEN,
    OWN_FIRST_DAYS,
    OWN_MET,
    TIME_EACH,
    TIME_GIVEN,
    TIME_SPENT,
    TIME_WORKED,
    Point,
)
from keyworker_cli.rules.say import PERCENT
from keyworker_cli.rules.sessions.needs import StandingNeed
from keyworker_cli.rules.settings import Settings

Fact = TypeVar("Fact")


class Result(StrEnum):
    """The result of a point: `n/a` without anybody to judge, `no data` without a record to judge by (help: figures)."""

    PASSED = "pass"
    NOT_PASSED = "not"
    NOT_APPLICABLE = "n/a"
    NO_DATA = "no data"


@dataclass(frozen=True, slots=True)
class PointResult:
    """A point, and how many of how many it holds for. `known` is false without a record to judge by."""

    point: Point
    n: float
    of: float
    known: bool = True

    @property
    def result(self) -> Result:
        """Pass when all hold; not when any is missing."""
        if not self.known:
            return Result.NO_DATA
        if not self.of:
            return Result.NOT_APPLICABLE
        return Result.PASSED if self.n >= self.of else Result.NOT_PASSED

    @property
    def percent(self) -> float | None:
        """The share that holds, to one decimal and never rounded up to all of it; `None` where it cannot be told."""
        if not self.known or not self.of:
            return None
        share = round(PERCENT * self.n / self.of, 1)
        return min(share, PERCENT - 0.1) if self.n < self.of else share


@dataclass(frozen=True, slots=True)
class ComplianceFacts:
    """What the points are judged by.

    `prisoners` are those here in scope; `starts` how the stays of the last 28 days began, also of prisoners who have
    left; `budgets` those of the last complete weeks; `notes` of the sessions and `reviews` of the last 28 days;
    `sample` says how many of last month's notes to read were read.
    """

    prisoners: Sequence[Contact]
    starts: Sequence[Start]
    budgets: Sequence[Budget]
    notes: Sequence[NoteInShort]
    sample: SampleRead
    needs: Sequence[StandingNeed]
    reviews: Sequence[ReviewOfPrisoner]


def find_compliance(facts: ComplianceFacts, *, as_of: date, settings: Settings) -> list[PointResult]:
    """Return where each point stands at the end of a day, the policy first, in the order of the source."""
    return [
        *_everyone_allocated(facts.prisoners),
        *_time_available(facts.budgets),
        *_time_with_each(facts.prisoners, as_of, settings),
        *_first_days(facts, as_of, settings),
        *_notes_and_needs(facts),
        *_acct_reviews(facts.reviews),
    ]


def _everyone_allocated(prisoners: Sequence[Contact]) -> Iterator[PointResult]:
    allocated = [prisoner for prisoner in prisoners if prisoner.staff_id is not None]
    yield PointResult(ALLOCATED, len(allocated), len(prisoners))
    yield PointResult(COVERED, _count(allocated, lambda prisoner: not lacks_cover(prisoner)), len(allocated))


def _time_available(budgets: Sequence[Budget]) -> Iterator[PointResult]:
    required = sum(one.time.required_sevenths for one in budgets) / DAYS_PER_WEEK
    rota = any(one.rota_recorded for one in budgets)
    officers = [one for one in budgets if one.worker is not None and one.time.eligible_days]
    yield PointResult(
        TIME_GIVEN, sum(one.time.allocated_minutes for one in budgets), required, known=rota or not required
    )
    yield PointResult(
        TIME_WORKED, sum(one.time.worked_minutes for one in budgets), required, known=rota or not required
    )
    spent = known_sum(
        sum(one.time.delivered_minutes for one in budgets), sum(one.time.minutes_not_known for one in budgets)
    )
    yield PointResult(TIME_SPENT, spent or 0, required, known=spent is not None or not required)
    yield PointResult(
        TIME_EACH, _count(officers, lambda one: not one.time.short_sevenths), len(officers), known=rota or not officers
    )


def _time_with_each(prisoners: Sequence[Contact], as_of: date, settings: Settings) -> Iterator[PointResult]:
    gaps = find_gaps((prisoner for prisoner in prisoners if prisoner.away is None), as_of=as_of, settings=settings)
    yield PointResult(INDIVIDUAL, _count(gaps, lambda gap: gap.state is GapState.OK), len(gaps))


def _first_days(facts: ComplianceFacts, as_of: date, settings: Settings) -> Iterator[PointResult]:
    days = timedelta(days=settings.first_meeting_days)
    recent = [one for one in facts.starts if (as_of - one.arrived_on).days <= ARRIVALS_DAYS]
    due = [one for one in recent if one.arrived_on + days < as_of or one.seen_on is not None]
    in_time = _count(due, lambda one: one.seen_on is not None and one.seen_on <= one.arrived_on + days)
    yield PointResult(FIRST_DAYS, in_time, len(due))

    arrived = [
        prisoner
        for prisoner in facts.prisoners
        if (as_of - prisoner.arrived_on).days <= ARRIVALS_DAYS and prisoner.arrival_known
    ]
    own_due = [prisoner for prisoner in arrived if prisoner.arrived_on + days < as_of or prisoner.met_on is not None]
    own = _count(
        own_due, lambda prisoner: prisoner.met_on is not None and prisoner.met_on <= prisoner.arrived_on + days
    )
    yield PointResult(OWN_FIRST_DAYS, own, len(own_due))

    known = [prisoner for prisoner in facts.prisoners if prisoner.records_begin_on is None]
    past = [prisoner for prisoner in known if prisoner.arrived_on + days < as_of or not prisoner.never_seen]
    yield PointResult(EVER_SEEN, _count(past, lambda prisoner: not prisoner.never_seen), len(past))

    allocated = [prisoner for prisoner in facts.prisoners if prisoner.staff_id is not None]
    yield PointResult(OWN_MET, _count(allocated, lambda prisoner: prisoner.met_on is not None), len(allocated))


def _notes_and_needs(facts: ComplianceFacts) -> Iterator[PointResult]:
    due = [one for one in facts.notes if one.in_time is not None]
    written = [one for one in due if one.session.note]
    yield PointResult(NOTES_WRITTEN, len(written), len(due))
    yield _of_check(NOTES_IN_TIME, [one.in_time for one in due])
    yield PointResult(NOTES_GOOD, _count(written, lambda one: one.all_met), len(written))
    yield PointResult(NOTES_READ, facts.sample.read, facts.sample.of)
    yield _of_check(NEEDS_UPDATED, [one.needs_updated for one in due])
    yield PointResult(NEEDS_IN_TIME, _count(facts.needs, lambda one: not one.days_overdue), len(facts.needs))


def _of_check(point: Point, marks: Sequence[Mark | None]) -> PointResult:
    """Return how many notes meet a check, of those of which it can be told."""
    met = marks.count(Mark.MET)
    return PointResult(point, met, met + marks.count(Mark.UNMET), known=Mark.QUERY not in marks or len({*marks}) > 1)


def _acct_reviews(reviews: Sequence[ReviewOfPrisoner]) -> Iterator[PointResult]:
    given = (Contribution.ATTENDED, Contribution.WROTE)
    yield PointResult(ACCT_INVITED, _count(reviews, lambda one: one.invited is True), len(reviews))
    yield PointResult(ACCT_INVOLVED, _count(reviews, lambda one: one.contribution in given), len(reviews))


def _count(facts: Iterable[Fact], holds: Callable[[Fact], bool]) -> int:
    return sum(holds(fact) for fact in facts)
