"""Sessions, rates and waits of a period, by wing and key worker: `kw stats` (help: figures, early-days)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, TypeVar

from keyworker_cli.reports.budget import stats_text as stats_words
from keyworker_cli.reports.budget.budget_text import left_out
from keyworker_cli.reports.gap_picture import gap_picture
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Picture, Report, Row, Section, Value
from keyworker_cli.reports.sparkline import sparkline
from keyworker_cli.reports.words import name_away, name_excluded
from keyworker_cli.rules.budget.delivery import (
    Delivery,
    DeliveryFacts,
    OfPrisoner,
    Record,
    Wait,
    find_record,
    sum_up,
)
from keyworker_cli.rules.budget.trend import TREND_WEEKS
from keyworker_cli.rules.contact.gaps import Gap, find_gaps
from keyworker_cli.rules.contact.scope import by_scope
from keyworker_cli.rules.dates.london import DAYS_PER_WEEK
from keyworker_cli.rules.dates.periods import Period
from keyworker_cli.rules.dates.weeks import Week, complete_weeks
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.people import Worker
from keyworker_cli.rules.stays.places import Order, in_order

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

HALF_A_YEAR: Final = 26
MONTH: Final = 4  # weeks between two that are named above the trend
SETTINGS = ("session.min_minutes", "session.frequency_weeks")


Key = TypeVar("Key")


@dataclass(frozen=True)
class Part:
    """The same prisoners' or key worker's figures: of the period, of the one before it if asked, and week by week."""

    now: Delivery
    before: Delivery | None
    weeks: tuple[Delivery, ...]


@dataclass(frozen=True)
class Records:
    """What the figures are counted from: the period, the one before it if asked, and the last complete weeks."""

    now: Record
    before: Record | None
    weeks: tuple[Record, ...]

    def by(self, key: Callable[[OfPrisoner], Key], request: ReportRequest) -> dict[Key, Part]:
        """Return the figures apart; a part has a row when it has prisoners or sessions in the period itself."""
        before = self.before.by(key) if self.before else None
        weeks = [record.by(key) for record in self.weeks]

        def figures(found: Mapping[Key, Record], name: Key, period: Period) -> Delivery:
            return sum_up(found.get(name, Record(period)), settings=request.settings)

        return {
            name: Part(
                now=sum_up(record, settings=request.settings),
                before=figures(before, name, self.now.period.before) if before is not None else None,
                weeks=tuple(figures(found, name, week.period) for found, week in zip(weeks, self.weeks, strict=True)),
            )
            for name, record in self.now.by(key).items()
        }


def stats_report(store: "Store", request: ReportRequest, period: Period, *, compare: bool = False) -> Report:
    """Return the figures of a period: of all that is asked about, then by wing and by key worker, in order of name.

    With `compare`, those of the period of the same length before stand beside each. Every mean says of how many
    prisoners it is, and how many are still waiting; prisoners who moved or whose numbers were merged are counted once.
    """
    weeks = complete_weeks(period.last_on, TREND_WEEKS)
    contacts = store.queries.contacts(as_of=period.last_on, settings=request.settings)
    records = _records(store, request, period, weeks, contacts, compare=compare)
    total = records.by(lambda _one: None, request).get(None) or _nothing(records, request)
    wings = records.by(lambda one: one.wing, request)
    half_a_year = _half_a_year(store, request, period)
    inside, excluded = by_scope(filter(request.covers, contacts), as_of=period.last_on)
    gaps = find_gaps(inside, as_of=period.last_on, settings=request.settings)
    longest = max((gap.days for gap in gaps if gap.contact.away is None), default=None)
    return request.report(
        "stats",
        request.titled(f"Key work, {period.words()}"),
        [_totals(total, period, longest), _by_wing_and_worker(store, records, wings, request)],
        summary={
            **_summary(total, period, weeks),
            **_sessions_by_week(half_a_year, period),
            "longest_gap_days": longest,
        },
        settings=SETTINGS,
        warnings=[*_warnings(total, excluded, period), *name_away(gaps)],
        lead=(
            stats_words.say_trend([week.delivery_rate for week in total.weeks], weeks),
            *((stats_words.say_half_a_year(half_a_year[None]),) if half_a_year else ()),
        ),
        pictures=[*_pictures(half_a_year, wings, weeks, gaps, request, period)],
    )


def _half_a_year(store: "Store", request: ReportRequest, period: Period) -> dict[str | None, list[int]]:
    """Return the counted sessions of each week of half a year by the wing of who held them, `None` for all together."""
    held: dict[str | None, list[int]] = {}
    if request.key_worker is not None:
        return held
    weeks = complete_weeks(period.last_on, HALF_A_YEAR)
    held[None] = [0] * len(weeks)
    for one in store.queries.sessions_of_wings(weeks[0].monday, weeks[-1].sunday, settings=request.settings):
        if not request.wings or one.wing in request.wings:
            for wing in {None, one.wing}:
                its = held.setdefault(wing, [0] * len(weeks))
                its[(one.held_on - weeks[0].monday).days // DAYS_PER_WEEK] += one.sessions
    return held


def _sessions_by_week(held: Mapping[str | None, Sequence[int]], period: Period) -> Mapping[str, Value]:
    weeks = complete_weeks(period.last_on, HALF_A_YEAR)
    return {
        "sessions_by_week": [
            {"week": str(week), "sessions": number} for week, number in zip(weeks, held.get(None, ()), strict=False)
        ]
    }


def _pictures(
    half_a_year: Mapping[str | None, Sequence[int]],
    wings: Mapping[str | None, Part],
    weeks: Sequence[Week],
    gaps: Sequence[Gap],
    request: ReportRequest,
    period: Period,
) -> Iterator[Picture]:
    """Yield the trend of half a year and the weeks of each wing, and at the foot how long everybody has waited."""
    if half_a_year:
        yield _trend(half_a_year, complete_weeks(period.last_on, HALF_A_YEAR))
    if wings:
        yield _heatmap(wings, weeks)
    if gaps:
        yield gap_picture(gaps, settings=request.settings, below=True)


def _trend(half_a_year: Mapping[str | None, Sequence[int]], weeks: Sequence[Week]) -> Picture:
    """Draw the sessions of each week: of all together, then of each wing, every row to the scale of its best week."""
    wings = sorted((wing for wing in half_a_year if wing is not None), key=in_order)
    shown = [("all", half_a_year[None]), *((wing, half_a_year[wing]) for wing in wings)]
    return Picture(
        title=f"Sessions a week, the last {len(weeks)} complete weeks",
        columns=tuple(f"W{week.number:02}" if at % MONTH == 0 else "" for at, week in enumerate(weeks)),
        rows=tuple((name, tuple(sparkline(held, most=max(held)))) for name, held in shown),
        key=(),
        said=(),
        beside=tuple(stats_words.say_first_and_last(held) for _, held in shown),
        joined=True,
    )


def _heatmap(wings: Mapping[str | None, Part], weeks: Sequence[Week]) -> Picture:
    """Draw week by week the share of each wing's prisoners who had no counted session."""
    shares = {wing: [_without(of) for of in wings[wing].weeks] for wing in sorted(wings, key=in_order)}
    return Picture(
        title="Without key work in the week",
        columns=tuple(f"{week.number:02}" if at % 2 == 0 else "" for at, week in enumerate(weeks)),
        rows=tuple((wing or "none", tuple(map(stats_words.shade, its))) for wing, its in shares.items()),
        key=stats_words.SHADES_KEY,
        said=(),
        beside=tuple(stats_words.say_shares(its) for its in shares.values()),
    )


def _without(of: Delivery) -> float | None:
    there = of.seen + of.not_seen
    return of.not_seen / there if there else None


def delivery_facts(store: "Store", first_on: date, last_on: date, request: ReportRequest) -> DeliveryFacts:
    """Read what is recorded of some days, both ends included.

    Five questions, however many the days and the prisoners.
    """
    # A day earlier, so that a session on the first day with a prisoner who left on it knows his wing.
    days, as_of, queries = (first_on - timedelta(days=1), last_on), request.as_of, store.queries
    return DeliveryFacts(
        beginnings=queries.beginnings(*days, as_of=as_of, settings=request.settings),
        moves=queries.moves_to_cells(*days, as_of=as_of),
        absences=queries.absence_spans(*days, as_of=as_of),
        allocations=queries.allocation_spans(*days, as_of=as_of),
        sessions=queries.time_held(*days),
    )


def find_asked(facts: DeliveryFacts, request: ReportRequest, contacts: Iterable[Contact], period: Period) -> Record:
    """Return what a period's figures are counted from, of the wings and the key worker asked about.

    `contacts` say where prisoners are: a wing that is asked for may be a place such as SEG.
    """
    record = find_record(facts, period=period, settings=request.settings)
    if not request.wings and request.key_worker is None:
        return record
    places = {prisoner.person_id: prisoner.location for prisoner in contacts}

    def covers(one: OfPrisoner) -> bool:
        if request.wings and not {one.wing, places.get(one.person_id)} & {*request.wings}:
            return False
        return request.key_worker is None or one.key_worker_id == request.key_worker.key_worker_id

    return record.only(covers)


def _records(
    store: "Store",
    request: ReportRequest,
    period: Period,
    weeks: Sequence[Week],
    contacts: Sequence[Contact],
    *,
    compare: bool,
) -> Records:
    """Read once what all the periods need, and count each of them from it."""
    first_on = min(weeks[0].monday, period.before.first_on if compare else period.first_on)
    facts = delivery_facts(store, first_on, period.last_on, request)

    def record(of: Period) -> Record:
        return find_asked(facts, request, contacts, of)

    return Records(
        now=record(period),
        before=record(period.before) if compare else None,
        weeks=tuple(record(Period.of_week(week, as_of=period.as_of)) for week in weeks),
    )


def _nothing(records: Records, request: ReportRequest) -> Part:
    """Return the figures of a period in which nobody was here: the one before and the weeks may have some."""

    def figures(record: Record) -> Delivery:
        return sum_up(record, settings=request.settings)

    before = figures(records.before) if records.before else None
    return Part(figures(records.now), before, tuple(figures(week) for week in records.weeks))


def _totals(total: Part, period: Period, longest: int | None) -> Section:
    before = _values(total.before) if total.before else None
    rows = stats_words.total_rows(_values(total.now), before)
    columns = stats_words.total_columns(period, compare=before is not None)
    foot = stats_words.say_longest_gap(longest, period)
    return Section("figures", "All", columns, tuple(rows), beside=True, figures=True, foot=(foot,))


def _by_wing_and_worker(
    store: "Store", records: Records, wings: Mapping[str | None, Part], request: ReportRequest
) -> Section:
    period, compare = records.now.period, records.before is not None
    return Section(
        name="stats",
        title="By wing and by key worker",
        columns=stats_words.columns(compare=compare),
        rows=tuple(_rows(store.queries.workers(), records, wings, request)),
        lead=(f"In brackets, the period before: {period.before.words()}.",) if compare else (),
        foot=(stats_words.WHAT_COUNTS, stats_words.NOT_A_RANKING),
        empty=f"No prisoner was here from {period.words()}: there is nothing to count.",
        group=lambda row: f"By {row['by']}",
        figures=True,
    )


def _rows(
    workers: Sequence[Worker], records: Records, wings: Mapping[str | None, Part], request: ReportRequest
) -> Iterator[Row]:
    for wing in sorted(wings, key=in_order):
        yield {"by": stats_words.BY_WING, "wing": wing, "staff_id": None, "name": None, **_figures(wings[wing])}
    officers = records.by(lambda one: one.key_worker_id, request)
    for worker in sorted(workers, key=_by_wing_and_name):
        if worker.key_worker_id in officers:
            who: dict[str, Value] = {
                "by": stats_words.BY_WORKER,
                "wing": worker.wing,
                "staff_id": worker.staff_id,
                "name": worker.name,
            }
            yield {**who, **_figures(officers[worker.key_worker_id])}
    if None in officers:
        yield {"by": stats_words.BY_WORKER, "wing": None, "staff_id": None, "name": None, **_figures(officers[None])}


def _by_wing_and_name(worker: Worker) -> tuple[Order, str, str, str]:
    return (in_order(worker.wing), worker.last_name, worker.first_name, worker.staff_id)


def _figures(part: Part) -> Row:
    rates = [week.delivery_rate for week in part.weeks]
    before = {"before": _values(part.before)} if part.before else {}
    return {**_values(part.now), "delivery_rate_by_week": rates, **before}


def _values(of: Delivery) -> Mapping[str, Value]:
    return {
        "prisoners_average": of.prisoners_average,
        "eligible_average": of.eligible_average,
        "allocated_rate": of.allocated_rate,
        "sessions": of.sessions,
        "entries": of.entries,
        "expected_sessions": of.expected_sessions,
        "delivery_rate": of.delivery_rate,
        "minutes": of.minutes_delivered,
        "minutes_not_known": of.minutes_not_known,
        "sessions_out_of_scope": of.sessions_out_of_scope,
        "minutes_per_prisoner_week": of.minutes_per_prisoner_week,
        **_waited("days_to_allocation", of.to_allocation),
        **_waited("days_to_first_session", of.to_first_session),
        "prisoners_seen": of.seen,
        "prisoners_not_seen": of.not_seen,
    }


def _waited(name: str, wait: Wait) -> Mapping[str, Value]:
    return {name: wait.mean, f"{name}_n": wait.n, f"{name}_not_yet": wait.not_yet}


def _summary(total: Part, period: Period, weeks: Sequence[Week]) -> Mapping[str, Value]:
    before = period.before
    compared = {"before": {**_days(before), **_values(total.before)}} if total.before else {}
    trend = [
        {
            "week": str(week),
            "sessions": of.sessions,
            "expected_sessions": of.expected_sessions,
            "delivery_rate": of.delivery_rate,
            "minutes_per_prisoner_week": of.minutes_per_prisoner_week,
        }
        for week, of in zip(weeks, total.weeks, strict=True)
    ]
    return {**_days(period), **_values(total.now), "trend": trend, **compared}


def _days(period: Period) -> Mapping[str, Value]:
    return {"from": period.first_on, "to": period.last_on, "days": period.length}


def _warnings(total: Part, excluded: Iterable[Contact], period: Period) -> Iterator[str]:
    """Say where nothing recorded may not be nothing done, and who is in no total."""
    if total.now.eligible_days and not total.now.sessions and not total.now.entries:
        yield (
            f"no session or entry is recorded from {period.words()}: none was held, or none was typed in; "
            "0 % is what the record says"
        )
    yield from left_out(total.now.minutes_not_known, total.now.sessions_out_of_scope)
    yield from name_excluded(excluded)
