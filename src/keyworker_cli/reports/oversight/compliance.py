"""Each point of the policy and of the PPO, with how many of how many: `kw compliance`.

help: scheme, early-days, figures.
"""

import shlex
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from keyworker_cli.reports.budget.budget import is_about, time_facts
from keyworker_cli.reports.budget.stats import delivery_facts, find_asked
from keyworker_cli.reports.notes.checks import Span, notes_in_short
from keyworker_cli.reports.notes.sample_read import sample_read
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Report, Row, Section, Style
from keyworker_cli.reports.words import name_excluded
from keyworker_cli.rules.budget.budget import find_budgets
from keyworker_cli.rules.contact.first_meetings import ARRIVALS_DAYS
from keyworker_cli.rules.contact.scope import out_of_scope
from keyworker_cli.rules.dates.months import Month
from keyworker_cli.rules.dates.periods import Period, ask_period, ask_weeks
from keyworker_cli.rules.facts.care import ReviewOfPrisoner
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.markers.acct import held_by
from keyworker_cli.rules.oversight.compliance import ComplianceFacts, PointResult, Result, find_compliance
from keyworker_cli.rules.say import say_count, say_number
from keyworker_cli.rules.sessions.needs import open_needs

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

SETTINGS = (
    "target.minutes_per_week",
    "session.min_minutes",
    "gap.days",
    "first_meeting.days",
    "note.min_words",
)
CANNOT_TELL = (
    "A point is met when nobody is missing from it. What no record shows: whether communication was meaningful, and "
    "whether a prisoner's needs were seen; read the notes: kw notes sample."
)


def compliance_report(store: "Store", request: ReportRequest, *, now: datetime) -> Report:
    """Return a line for each point, in the order of the source, and where any is missing the command that lists it.

    Prisoners are those here on the day, arrivals, notes and reviews those of the last 28 days, minutes those of the
    last four complete weeks. Prisoners out of scope are in no count and named, because the policy says all.
    """
    contacts = store.queries.contacts(as_of=request.as_of, settings=request.settings)
    _, excluded = request.by_scope(contacts)
    points = find_compliance(_facts(store, request, contacts, now=now), as_of=request.as_of, settings=request.settings)
    short = [one for one in points if one.result is Result.NOT_PASSED]
    return request.report(
        "compliance",
        request.titled("The policy and the PPO's points"),
        [
            Section(
                name="compliance",
                title="",
                columns=COLUMNS,
                rows=tuple(_row(one, request) for one in points),
                lead=(_lead(points),),
                group=lambda row: f"The {row['source']}",
                figures=True,
            ),
            Section(
                name="missing",
                title="Who and what is missing",
                columns=MISSING_COLUMNS,
                rows=tuple(_row(one, request) for one in short),
                empty="Nothing is missing from the points that can be judged."
                if any(one.result is Result.PASSED for one in points)
                else "No point can be judged.",
                beside=True,
            ),
        ],
        summary={"points": len(points), **{_field(one): _results(points).count(one) for one in Result}},
        settings=SETTINGS,
        warnings=name_excluded(excluded),
        foot=(CANNOT_TELL,),
    )


def _facts(store: "Store", request: ReportRequest, contacts: Sequence[Contact], *, now: datetime) -> ComplianceFacts:
    """Gather what the points are judged by, each kind with the questions of the command that lists it."""
    queries, as_of = store.queries, request.as_of
    period = ask_period(as_of=as_of)
    arrivals = Period(as_of - timedelta(days=ARRIVALS_DAYS), as_of, as_of)
    window = ask_weeks(as_of=as_of)
    at_its_end = queries.contacts(as_of=window.seen_until, settings=request.settings)
    budgets = find_budgets(
        time_facts(store, window, at_its_end, settings=request.settings), window=window, settings=request.settings
    )
    here = {prisoner.person_id: prisoner for prisoner in contacts if request.covers(prisoner)}
    reviews = queries.acct_reviews(period.first_on, as_of, as_of=as_of)
    return ComplianceFacts(
        prisoners=[prisoner for prisoner in here.values() if not out_of_scope(prisoner, as_of=as_of)],
        starts=find_asked(delivery_facts(store, arrivals.first_on, as_of, request), request, contacts, arrivals).starts,
        budgets=[one for one in budgets if is_about(request, one)],
        notes=notes_in_short(store, request, Span(period.first_on, as_of), now=now),
        sample=sample_read(store, request, Month.of(as_of).before),
        needs=[one for one in open_needs(queries.needs_here(as_of=as_of), as_of=as_of) if one.need.person_id in here],
        reviews=[one for one in reviews if _is_held(one, request, period) and _is_asked(one, request, here)],
    )


def _is_held(review: ReviewOfPrisoner, request: ReportRequest, period: Period) -> bool:
    held_on = held_by(review, as_of=request.as_of)
    return held_on is not None and held_on in period


def _is_asked(review: ReviewOfPrisoner, request: ReportRequest, here: Iterable[int]) -> bool:
    """Return whether a review is asked about.

    By the key worker of its day, and by the wing of a prisoner still here.
    """
    if request.key_worker is not None and review.staff_id != request.key_worker.staff_id:
        return False
    return not request.wings or review.person_id in here


def _row(one: PointResult, request: ReportRequest) -> Row:
    point = one.point
    return {
        "point": point.code,
        "about": point.words(request.settings),
        "source": point.source.value,
        "quote": point.quote,
        "n": _whole(one.n) if one.known else None,
        "of": _whole(one.of),
        "missing": _whole(max(0, one.of - one.n)) if one.known else None,
        "unit": point.unit,
        "percent": one.percent,
        "result": one.result.value,
        "passed": {Result.PASSED: True, Result.NOT_PASSED: False}.get(one.result),
        "command": _command(point.command, request),
    }


def _command(command: str, request: ReportRequest) -> str:
    wings = "".join(f" --wing {shlex.quote(wing)}" for wing in request.wings)
    worker = f" --key-worker {shlex.quote(request.key_worker.staff_id)}" if request.key_worker else ""
    return f"{command}{wings}{worker}"


def _results(points: Iterable[PointResult]) -> list[Result]:
    return [one.result for one in points]


def _field(result: Result) -> str:
    return {
        Result.PASSED: "passed",
        Result.NOT_PASSED: "not_passed",
        Result.NOT_APPLICABLE: "nothing_to_judge",
        Result.NO_DATA: "no_data",
    }[result]


def _lead(points: Sequence[PointResult]) -> str:
    found = _results(points)
    judged = found.count(Result.PASSED) + found.count(Result.NOT_PASSED)
    others = [f"{found.count(result)} {words}" for result, words in NOT_JUDGED.items() if result in found]
    return f"{found.count(Result.PASSED)} of {say_count(judged, 'point')} met." + (
        f" Not judged: {', '.join(others)}." if others else ""
    )


NOT_JUDGED = {Result.NOT_APPLICABLE: "with nothing to judge", Result.NO_DATA: "without data"}
ONE_OF = {"prisoners": "prisoner"}
RESULT_WORDS = {
    Result.PASSED: "met",
    Result.NOT_PASSED: "not met",
    Result.NOT_APPLICABLE: "n/a",
    Result.NO_DATA: "no data",
}


def _whole(amount: float) -> int | float:
    """Return a count as a whole number, minutes that come of days to one decimal."""
    return int(amount) if amount == int(amount) else round(amount, 1)


def _n_of(row: Row) -> str:
    n, of = (say_number(row[key], missing=RESULT_WORDS[Result.NO_DATA]) for key in ("n", "of"))
    return f"{n} of {of}"


def _share(row: Row) -> str:
    return f"{row['percent']} %" if row["percent"] is not None else "n/a"


def _result(row: Row) -> str:
    return RESULT_WORDS[Result(str(row["result"]))]


def _stress(row: Row) -> Style:
    return "warn" if row["result"] == Result.NOT_PASSED else ""


def _missing(row: Row) -> str:
    unit = str(row["unit"])
    return (
        f"1 {ONE_OF.get(unit, unit.removesuffix('s'))}"
        if row["missing"] == 1
        else f"{say_number(row['missing'], missing=RESULT_WORDS[Result.NO_DATA])} {unit}"
    )


COLUMNS = (
    Column("point"),
    Column("source"),
    Column("about", "Point", wrap=True),
    Column("n", "n of N", align="right", show=_n_of),
    Column("of"),
    Column("missing"),
    Column("unit"),
    Column("percent", "Share", align="right", show=_share, priority=1),
    Column("result", "Result", show=_result, style=_stress),
    Column("passed"),
    Column("quote", "In its words", show=lambda row: f"“{row['quote']}”", wrap=True, priority=2),
    Column("command"),
)
MISSING_COLUMNS = (
    Column("about", "Point", wrap=True),
    Column("missing", "Missing", align="right", show=_missing),
    Column("command", "Who, and what", wrap=True),
)
