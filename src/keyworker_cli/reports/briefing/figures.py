"""The morning page's figures: who is overdue on each wing, and what became of the time for key work.

help: briefing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from keyworker_cli.reports.briefing.morning import Morning, emphasised
from keyworker_cli.reports.budget.budget import budget_row, covers_worker, is_about
from keyworker_cli.reports.budget.budget_text import NO_KEY_WORKER
from keyworker_cli.reports.report import Bars, Column, Row, Section, Value
from keyworker_cli.reports.sparkline import sparkline
from keyworker_cli.rules.budget.budget import Budget, TimeFacts, combine, find_budgets
from keyworker_cli.rules.budget.eligible_days import find_holdings
from keyworker_cli.rules.budget.trend import TREND_WEEKS, Trend, find_trends, sum_trends
from keyworker_cli.rules.codes.findings import GapState
from keyworker_cli.rules.contact.gaps import Gap
from keyworker_cli.rules.dates.periods import Window, say_weeks
from keyworker_cli.rules.dates.weeks import Week
from keyworker_cli.rules.say import say_number

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

NAMED_AT_ZERO: Final = 4
NO_WING: Final = "no wing"


# --- overdue, by wing ---


def overdue_by_wing(morning: Morning) -> Section:
    """Return for each wing how many of its men have gone unseen, the longest gap, and how many were never seen."""
    wings: dict[str | None, list[Gap]] = {}
    for gap in morning.gaps:
        wings.setdefault(gap.contact.wing, []).append(gap)
    total = _gap_row(None, morning.gaps)
    lead = f"{total['serious']} serious, {total['overdue']} overdue, {total['due']} due today."
    return Section(
        name="overdue_by_wing",
        title="Overdue by wing",
        columns=WING_COLUMNS,
        rows=tuple(_gap_row(wing, wings[wing]) for wing in _in_order(wings)),
        summary={key: value for key, value in total.items() if key != "wing"},
        lead=(lead,) if morning.men else (),
        empty="There are no prisoners here in kw: an empty page says nothing about who has been seen.",
        figures=True,
        bars=Bars(("serious", "overdue", "due", "other men"), _gap_amounts),
        half=True,
    )


def _gap_row(wing: str | None, gaps: Sequence[Gap]) -> dict[str, Value]:
    """Return one wing's men by the state of their gap; those away overnight are in `prisoners` and `away` alone."""
    here = [gap for gap in gaps if gap.contact.away is None]
    states = [gap.state for gap in here]
    reached = [gap for gap in here if gap.state is not GapState.OK]
    return {
        "wing": wing,
        "prisoners": len(gaps),
        "listed": len(reached),
        "due": states.count(GapState.DUE),
        "overdue": states.count(GapState.OVERDUE),
        "serious": states.count(GapState.SERIOUS),
        "never_seen": sum(gap.contact.never_seen for gap in here),
        "longest_gap_days": max((gap.days for gap in here), default=None),
        "away": len(gaps) - len(here),
    }


def _gap_amounts(row: Row) -> tuple[float, float, float, float]:
    serious, overdue, due, prisoners = (_figure(row[key]) for key in ("serious", "overdue", "due", "prisoners"))
    return serious, overdue, due, prisoners - serious - overdue - due


def _share(row: Row) -> str:
    return f"{row['listed']} of {row['prisoners']}"


def _wing(row: Row) -> str:
    return str(row["wing"] or NO_WING)


WING_COLUMNS: Final = (
    Column("wing", "Wing", show=_wing, style=emphasised),
    Column("prisoners"),
    Column("listed", "Unseen", align="right", show=_share, style=emphasised),
    Column("serious", "Serious", align="right"),
    Column("overdue", "Overdue", align="right", priority=1),
    Column("due", "Due", align="right", priority=1),
    Column("longest_gap_days", "Longest gap", align="right", show=lambda row: say_number(row["longest_gap_days"])),
    Column("never_seen", "Never seen", align="right"),
    Column("away", "Away", align="right", priority=2),
)


# --- time for key work, this week ---


def time_this_week(store: "Store", morning: Morning) -> Section:
    """Return the time chain of this week by wing, so far, and the minutes delivered to a man in the last 8 weeks."""
    request = morning.request
    window = Window((Week.of(request.as_of),), request.as_of)
    facts = _time_facts(store, morning, window)
    found = find_budgets(_of_this_week(facts, window), window=window, settings=request.settings)
    budgets = [one for one in found if is_about(request, one)]
    trends = _Trends.of(facts, morning, window)
    total = combine(budgets)
    zero = [one for one in budgets if one.at_zero]
    summary = {
        **budget_row(total, window),
        "workers_at_zero": len(zero),
        "delivered_by_week": list(trends.everyone.per_man),
    }
    target = request.settings.target_minutes_per_week
    return Section(
        name="time_this_week",
        title=f"Key-work time this week ({say_weeks(window.weeks)}), in minutes",
        columns=_time_columns(target),
        rows=tuple(_time_rows(budgets, window, trends)),
        summary=summary,
        lead=tuple(_time_lead(summary, zero, target)) if budgets else (),
        empty="No time for key work is recorded, and none is required.",
        figures=True,
        bars=Bars(("required", "published", "worked", "delivered"), _time_amounts, end_to_end=False),
        half=True,
    )


def _time_facts(store: "Store", morning: Morning, window: Window) -> TimeFacts:
    """Return what is recorded of the eight weeks before this one and of this one, asked for once."""
    queries, as_of = store.queries, window.as_of
    first = (window.weeks[0] - TREND_WEEKS).monday
    return TimeFacts(
        workers=queries.workers(),
        stays=queries.stay_spans(first, window.last_on, as_of=as_of),
        absences=queries.absence_spans(first, window.last_on, as_of=as_of),
        allocations=queries.allocation_spans(first, window.last_on, as_of=as_of),
        slots=queries.slots_between(window.first_on, window.last_on),
        sessions=queries.time_held(first, as_of),
        gaps=morning.gaps,
    )


def _of_this_week(facts: TimeFacts, window: Window) -> TimeFacts:
    """Return the same without what was over before this week: most of nine weeks."""
    monday = window.first_on
    return replace(
        facts,
        stays=[stay for stay in facts.stays if stay.left_on is None or stay.left_on > monday],
        sessions=[session for session in facts.sessions if session.held_on >= monday],
    )


@dataclass(frozen=True)
class _Trends:
    """The minutes delivered to a man, week by week: of each wing's officers, of men without one, and of all."""

    by_wing: Mapping[str | None, Trend]
    without: Trend

    @classmethod
    def of(cls, facts: TimeFacts, morning: Morning, window: Window) -> "_Trends":
        """Return the trends over the eight weeks before this one of whoever is asked about."""
        request = morning.request
        weeks = tuple(window.weeks[0] - back for back in range(TREND_WEEKS, 0, -1))
        days = find_holdings(facts.stays, facts.absences, facts.allocations, window=Window(weeks, window.as_of))
        asked_about = [one for one in days if one.key_worker_id or not request.wings or one.wing in request.wings]
        trends = find_trends(asked_about, facts.sessions, weeks)
        by_wing: dict[str | None, list[Trend]] = {}
        for worker in facts.workers:
            if worker.key_worker_id in trends and covers_worker(request, worker):
                by_wing.setdefault(worker.wing, []).append(trends[worker.key_worker_id])
        alone = [trends[None]] if None in trends and request.key_worker is None else []
        return cls({wing: sum_trends(its) for wing, its in by_wing.items()}, sum_trends(alone))

    @property
    def everyone(self) -> Trend:
        """That of all asked about, the men without a key worker among them."""
        return sum_trends([*self.by_wing.values(), self.without])


def _time_rows(budgets: Sequence[Budget], window: Window, trends: _Trends) -> Iterator[Row]:
    """Return a row for each wing's officers, then one for the men without a key worker: they add up to the whole."""
    officers = [one for one in budgets if one.worker is not None]
    for wing in _in_order({one.wing for one in officers}):
        its = [one for one in officers if one.wing == wing]
        yield _time_row(wing, its, window, trends.by_wing.get(wing, sum_trends([])))
    alone = [one for one in budgets if one.worker is None]
    if alone:
        yield _time_row(None, alone, window, trends.without)


def _time_row(wing: str | None, budgets: Sequence[Budget], window: Window, trend: Trend) -> Row:
    return {
        "wing": wing,
        **budget_row(combine(budgets), window),
        "key_workers": sum(one.worker is not None for one in budgets),
        "workers_at_zero": sum(one.at_zero for one in budgets),
        "delivered_by_week": list(trend.per_man),
    }


def _time_lead(summary: Mapping[str, Value], zero: Sequence[Budget], target: int) -> Iterator[str]:
    lost, unconfirmed = say_number(summary["lost_minutes"]), say_number(summary["unconfirmed_minutes"])
    weeks = summary["delivered_by_week"]
    trend = _say_trend(weeks, target) if isinstance(weeks, list) else ""
    yield (
        f"Required {_whole(summary['required_minutes'])}, published {say_number(summary['allocated_minutes'])}, "
        f"lost {lost}, not confirmed {unconfirmed}. Delivered to a man a week, of {target}, the last 8 weeks: {trend}."
    )
    if zero:
        names = [one.worker.name for one in zero if one.worker is not None]
        more = f" and {len(names) - NAMED_AT_ZERO} more" if len(names) > NAMED_AT_ZERO else ""
        yield f"Men and no time on the rota: {', '.join(names[:NAMED_AT_ZERO])}{more}."


def _time_amounts(row: Row) -> tuple[float, float, float, float]:
    return (
        _figure(row["required_minutes"]),
        _figure(row["allocated_minutes"]),
        _figure(row["worked_minutes"]),
        _figure(row["delivered_minutes"]),
    )


def _say_trend(weeks: Sequence[float | None], target: int) -> str:
    """Say a trend: eight small bars, full height at the target, then the last of the figures."""
    return f"{sparkline(weeks, most=target)} {say_number(weeks[-1])}"


def _time_wing(row: Row) -> str:
    return str(row["wing"] or (NO_WING if row["key_workers"] else NO_KEY_WORKER))


def _minutes(key: str, title: str, priority: int = 0) -> Column:
    return Column(key, title, align="right", priority=priority, show=lambda row: _whole(row[key]))


def _whole(value: Value) -> str:
    """Say minutes as whole ones; those that come of days have a decimal, which scripts get."""
    return say_number(round(value) if isinstance(value, float) else value)


def _time_columns(target: int) -> tuple[Column, ...]:
    def trend(row: Row) -> str:
        weeks = row["delivered_by_week"]
        return _say_trend(weeks, target) if isinstance(weeks, list) else ""

    return (
        Column("wing", "Wing", show=_time_wing, style=emphasised),
        Column("prisoners"),
        _minutes("required_minutes", "Required"),
        _minutes("allocated_minutes", "Published"),
        _minutes("worked_minutes", "Worked", priority=1),
        _minutes("lost_minutes", "Lost"),
        _minutes("unconfirmed_minutes", "Not confirmed", priority=3),
        _minutes("to_come_minutes", "To come", priority=2),
        _minutes("delivered_minutes", "Delivered", priority=1),
        Column("individual_minutes"),
        Column("cause"),
        Column("key_workers"),
        Column("workers_at_zero", "Officers at 0", align="right", show=_at_zero),
        Column("delivered_by_week", "8 weeks", show=trend, priority=1),
    )


def _at_zero(row: Row) -> str:
    return f"{row['workers_at_zero']} of {row['key_workers']}" if row["key_workers"] else "-"


def _in_order(wings: Iterable[str | None]) -> list[str | None]:
    return sorted(wings, key=lambda wing: (wing is None, wing or ""))


def _figure(value: Value) -> float:
    return value if isinstance(value, int | float) else 0
