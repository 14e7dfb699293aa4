"""The morning page's figures: each wing, its time and its history, and what became of this week's (help: briefing)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from keyworker_cli.reports.briefing.morning import Morning
from keyworker_cli.reports.budget.budget import budget_row, is_about
from keyworker_cli.reports.budget.budget_text import NO_KEY_WORKER
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Row, Section, Style, Value
from keyworker_cli.reports.sparkline import sparkline
from keyworker_cli.reports.words import emphasised, say_nobody
from keyworker_cli.rules.budget.budget import Budget, TimeFacts, combine, find_budgets
from keyworker_cli.rules.budget.control_chart import Tally, read_chart
from keyworker_cli.rules.budget.trend import TREND_WEEKS, Trend, WeeklyDays, find_trends, sum_trends, weekly_days
from keyworker_cli.rules.codes.findings import GapState
from keyworker_cli.rules.contact.gaps import Gap
from keyworker_cli.rules.dates.london import DAYS_PER_WEEK
from keyworker_cli.rules.dates.periods import Window, say_weeks
from keyworker_cli.rules.dates.weeks import Week
from keyworker_cli.rules.facts.spans import WingSessions
from keyworker_cli.rules.oversight.news import WingNews
from keyworker_cli.rules.say import say_number, say_percent
from keyworker_cli.rules.stays.eligible_days import Holding, find_holdings
from keyworker_cli.rules.stays.places import in_order

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

NAMED_AT_ZERO: Final = 4
NO_WING: Final = "no wing"
NO_BUDGET: Final = combine([])
LOOK_BACK_WEEKS: Final = 4
"""The complete weeks whose minutes stand beside each wing."""

CHART_WEEKS: Final = 16
"""Eight weeks, and the eight before them that they are read against."""


# --- what is recorded of the weeks ---


class WeeksTime(NamedTuple):
    """What is recorded of this week and of those before it, asked for once, and what was found from it.

    `days` are the eligible days of all these weeks. `complete` is the time of each wing's officers in the last four
    complete weeks, `this_week` everyone's in this one so far; `tallies` are the sessions and eligible days of each
    wing's officers in the last sixteen complete weeks.
    """

    window: Window
    facts: TimeFacts
    this_week: tuple[Budget, ...]
    complete: Mapping[str | None, Budget]
    days: tuple[Holding, ...]
    trends: "_Trends"
    tallies: Mapping[str | None, Tally]
    last_session_on: Mapping[str | None, date]


def read_weeks(store: "Store", morning: Morning) -> WeeksTime:
    """Return the time of this week and of the weeks before it, of whoever is asked about."""
    request, queries = morning.request, store.queries
    window = Window((Week.of(request.as_of),), request.as_of)
    first = window.weeks[0] - CHART_WEEKS
    facts = _time_facts(store, morning, window, first)
    weeks = tuple(first + number for number in range(CHART_WEEKS))
    all_weeks = Window((*weeks, *window.weeks), request.as_of)
    days = find_holdings(facts.stays, facts.absences, facts.allocations, window=all_weeks)
    by_week = weekly_days(_asked_about(days, request), weeks)
    held = queries.sessions_of_wings(first.monday, request.as_of, settings=request.settings)
    complete = Window(weeks[-LOOK_BACK_WEEKS:], request.as_of)
    return WeeksTime(
        window=window,
        facts=facts,
        this_week=_budgets(morning, facts, days, window),
        complete=_by_wing(_budgets(morning, facts, days, complete)),
        days=tuple(days),
        trends=_Trends.of(facts, by_week, morning, weeks[-TREND_WEEKS:]),
        tallies=_tallies(facts, by_week, held, weeks),
        last_session_on={wing: max(one.held_on for one in held if one.wing == wing) for wing in {o.wing for o in held}},
    )


def _time_facts(store: "Store", morning: Morning, window: Window, first: Week) -> TimeFacts:
    queries, as_of, since = store.queries, window.as_of, first.monday
    return TimeFacts(
        workers=queries.workers(),
        stays=queries.stay_spans(since, window.last_on, as_of=as_of),
        absences=queries.absence_spans(since, window.last_on, as_of=as_of),
        allocations=queries.allocation_spans(since, window.last_on, as_of=as_of),
        slots=queries.slots_between((window.weeks[0] - LOOK_BACK_WEEKS).monday, window.last_on),
        sessions=queries.time_held((window.weeks[0] - TREND_WEEKS).monday, as_of),
        gaps=morning.gaps,
    )


def _budgets(morning: Morning, facts: TimeFacts, holdings: Iterable[Holding], window: Window) -> tuple[Budget, ...]:
    """Return the budgets of a window without what was over before it: most of sixteen weeks."""
    monday, end = window.first_on, window.last_on
    within = facts._replace(
        slots=[slot for slot in facts.slots if monday <= slot.slot_on <= end],
        sessions=[session for session in facts.sessions if monday <= session.held_on <= end],
    )
    found = find_budgets(within, window=window, settings=morning.request.settings, holdings=holdings)
    return tuple(one for one in found if is_about(morning.request, one))


def _asked_about(days: Iterable[Holding], request: ReportRequest) -> Iterable[Holding]:
    """Return the days without those of prisoners without a key worker who are not asked about."""
    if not request.wings:
        return days
    return [one for one in days if one.key_worker_id or one.wing in request.wings]


def _tallies(
    facts: TimeFacts, by_week: WeeklyDays, held: Iterable[WingSessions], weeks: Sequence[Week]
) -> dict[str | None, Tally]:
    """Return by wing the sessions and the eligible days of its officers, week by week."""
    first, number = weeks[0].monday.toordinal(), len(weeks)
    wing_of = {worker.key_worker_id: worker.wing for worker in facts.workers}
    sessions: dict[str | None, list[int]] = {}
    days: dict[str | None, list[int]] = {}
    for one in held:
        week = (one.held_on.toordinal() - first) // DAYS_PER_WEEK
        if 0 <= week < number:
            sessions.setdefault(one.wing, [0] * number)[week] += one.sessions
    for key_worker_id, amounts in by_week.items():
        if key_worker_id is not None:
            its = days.setdefault(wing_of.get(key_worker_id), [0] * number)
            for week, amount in enumerate(amounts):
                its[week] += amount
    none = [0] * number
    return {
        wing: Tally(tuple(sessions.get(wing, none)), tuple(days.get(wing, none)))
        for wing in sessions.keys() | days.keys()
    }


# --- the wings ---


def wings(morning: Morning, time: WeeksTime) -> Section:
    """Return for each wing who has had no key work for a week, its trend, and what became of its time in four weeks."""
    by_wing = _gaps_by_wing(morning)
    total = _gap_row(None, morning.gaps)
    weeks = say_weeks(tuple(time.window.weeks[0] - back for back in range(LOOK_BACK_WEEKS, 0, -1)))
    last = f"the last {LOOK_BACK_WEEKS} weeks ({weeks})"
    rows = [_wing_row(wing, by_wing.get(wing, []), time) for wing in _in_order(by_wing.keys() | time.complete.keys())]
    return Section(
        name="overdue_by_wing",
        title="The wings",
        columns=_wing_columns(morning.request.settings.gap_days),
        rows=tuple(rows),
        summary={key: value for key, value in total.items() if key != "wing"},
        lead=(f"Minutes: {last}. Trend: sessions per prisoner per week, {CHART_WEEKS} weeks.",) if rows else (),
        empty=f"{say_nobody(morning.request.scope_words(), morning.excluded)}: "
        "an empty page says nothing about who has been seen.",
        figures=True,
        size="large",
    )


def wing_news(morning: Morning, time: WeeksTime) -> tuple[WingNews, ...]:
    """Return what the news of each wing are found from."""
    by_wing = _gaps_by_wing(morning)
    return tuple(_wing_news(wing, by_wing[wing], time) for wing in by_wing if wing is not None)


def _wing_news(wing: str, gaps: Sequence[Gap], time: WeeksTime) -> WingNews:
    row, total, tally = _gap_row(wing, gaps), time.complete.get(wing, NO_BUDGET), time.tallies.get(wing)
    return WingNews(
        wing=wing,
        prisoners=len(gaps) - int(_figure(row["away"])),
        without=int(_figure(row["listed"])),
        required_minutes=total.time.required_sevenths / DAYS_PER_WEEK,
        detailed_minutes=total.time.allocated_minutes,
        dropped_minutes=total.time.lost_minutes,
        worked_minutes=total.time.worked_minutes,
        unconfirmed_minutes=total.time.unconfirmed_minutes,
        rota_recorded=total.rota_recorded,
        last_session_on=time.last_session_on.get(wing),
        chart=read_chart(tally) if tally else None,
    )


def _gaps_by_wing(morning: Morning) -> dict[str | None, list[Gap]]:
    by_wing: dict[str | None, list[Gap]] = {}
    for gap in morning.gaps:
        by_wing.setdefault(gap.contact.wing, []).append(gap)
    return by_wing


def _by_wing(budgets: Iterable[Budget]) -> dict[str | None, Budget]:
    officers: dict[str | None, list[Budget]] = {}
    for one in budgets:
        if one.worker is not None:
            officers.setdefault(one.wing, []).append(one)
    return {wing: combine(its, wing=wing) for wing, its in officers.items()}


def _wing_row(wing: str | None, gaps: Sequence[Gap], time: WeeksTime) -> Row:
    spent, tally = time.complete.get(wing, NO_BUDGET).time, time.tallies.get(wing)
    return {
        **_gap_row(wing, gaps),
        "required_minutes": round(spent.required_sevenths / DAYS_PER_WEEK, 1),
        "allocated_minutes": spent.allocated_minutes,
        "lost_minutes": spent.lost_minutes,
        "used_minutes": spent.used_minutes,
        "sessions_by_week": list(tally.sessions) if tally else [],
        "per_prisoner_by_week": list(tally.per_prisoner) if tally else [],
    }


def _gap_row(wing: str | None, gaps: Sequence[Gap]) -> dict[str, Value]:
    """Return one wing's prisoners by the state of their gap.

    Those out overnight are in `prisoners` and `away` alone.
    """
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


def _share(row: Row) -> str:
    return f"{row['listed']} of {_here(row)}"


def _here(row: Row) -> int:
    return int(_figure(row["prisoners"])) - int(_figure(row["away"]))


def _share_of_one(row: Row) -> Sequence[float | None]:
    here = _here(row)
    return (int(_figure(row["listed"])) / here if here else None,)


def _percent(row: Row) -> str:
    (share,) = _share_of_one(row)
    return "n/a" if share is None else say_percent(share)


def _most_of_them(row: Row) -> Style:
    """Stress a wing of which half or more have had no key work."""
    return "emphasis" if 2 * int(_figure(row["listed"])) >= max(1, _here(row)) else ""


def _wing(row: Row) -> str:
    return str(row["wing"] or NO_WING)


def _sessions_trend(row: Row) -> str:
    weeks = row["per_prisoner_by_week"]
    return sparkline(weeks, most=1) if isinstance(weeks, list) and weeks else "no data"


def _longest(row: Row) -> str:
    return say_number(row["longest_gap_days"])


def _trend(row: Row) -> Sequence[float | None]:
    weeks = row["per_prisoner_by_week"]
    return weeks if isinstance(weeks, list) else []


def _wing_columns(days: int) -> tuple[Column, ...]:
    return (
        Column("wing", "Wing", show=_wing, style=emphasised, width=12),
        Column("prisoners"),
        Column("listed", f"No key work {days}+ days", align="right", show=_share, style=_most_of_them, width=28),
        Column("", "Share", show=_percent, picture=_share_of_one, priority=3, width=24),
        Column("serious", "Serious", align="right", width=13),
        Column("overdue", "Overdue", align="right", priority=3),
        Column("due", "Due", align="right", priority=3),
        Column(
            "longest_gap_days",
            "Longest",
            align="right",
            priority=1,
            width=13,
            show=lambda row: say_number(row["longest_gap_days"]),
        ),
        Column("never_seen", "None yet", align="right", priority=2, width=14),
        Column("away", "Out", align="right", priority=2),
        Column("per_prisoner_by_week", "Trend", show=_sessions_trend, picture=_trend, width=40),
        Column("sessions_by_week"),
        _minutes("required_minutes", "Required", width=18),
        _minutes("allocated_minutes", "Detailed", width=18),
        _minutes("lost_minutes", "Dropped", width=18),
        _minutes("used_minutes", "Used", width=18),
    )


# --- time for key work, this week ---


def time_this_week(morning: Morning, time: WeeksTime) -> Section:
    """Return this week's time chain by wing, so far, and the minutes delivered to a prisoner in the last 8 weeks."""
    request, window, budgets, trends = morning.request, time.window, time.this_week, time.trends
    total = combine(budgets)
    zero = [one for one in budgets if one.at_zero]
    summary = {
        **budget_row(total, window),
        "workers_at_zero": len(zero),
        "delivered_by_week": list(trends.everyone.per_prisoner),
    }
    target = request.settings.target_minutes_per_week
    return Section(
        name="time_this_week",
        title=f"Key work time this week ({say_weeks(window.weeks)}), in minutes",
        columns=_time_columns(target),
        rows=tuple(_time_rows(budgets, window, trends)),
        summary=summary,
        lead=tuple(_time_lead(summary, zero, target)) if budgets else (),
        empty="No time for key work is recorded, and none is required.",
        figures=True,
    )


class _Trends(NamedTuple):
    """The minutes delivered to a prisoner, week by week.

    Of each wing's officers, of prisoners without one, and of all.
    """

    by_wing: Mapping[str | None, Trend]
    without: Trend

    @classmethod
    def of(cls, facts: TimeFacts, by_week: WeeklyDays, morning: Morning, weeks: tuple[Week, ...]) -> "_Trends":
        """Return the trends over the eight weeks before this one of whoever is asked about."""
        request = morning.request
        days = {worker: amounts[-len(weeks) :] for worker, amounts in by_week.items()}
        trends = find_trends(days, facts.sessions, weeks)
        by_wing: dict[str | None, list[Trend]] = {}
        for worker in facts.workers:
            if worker.key_worker_id in trends and request.covers_officer(worker):
                by_wing.setdefault(worker.wing, []).append(trends[worker.key_worker_id])
        alone = [trends[None]] if None in trends and request.key_worker is None else []
        return cls({wing: sum_trends(its) for wing, its in by_wing.items()}, sum_trends(alone))

    @property
    def everyone(self) -> Trend:
        """That of all asked about, the prisoners without a key worker among them."""
        return sum_trends([*self.by_wing.values(), self.without])


def _time_rows(budgets: Sequence[Budget], window: Window, trends: _Trends) -> Iterator[Row]:
    """Return a row for each wing's officers, then one for the prisoners without a key worker.

    They add up to the whole.
    """
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
        "delivered_by_week": list(trend.per_prisoner),
    }


def _time_lead(summary: Mapping[str, Value], zero: Sequence[Budget], target: int) -> Iterator[str]:
    lost, unconfirmed = say_number(summary["lost_minutes"]), say_number(summary["unconfirmed_minutes"])
    weeks = summary["delivered_by_week"]
    trend = _say_trend(weeks, target) if isinstance(weeks, list) else ""
    yield (
        f"Required {_whole(summary['required_minutes'])}, published {say_number(summary['allocated_minutes'])}, "
        f"dropped {lost}, not confirmed {unconfirmed}. "
        f"Delivered per prisoner per week, of {target}, the last 8 weeks: {trend}."
    )
    if zero:
        names = [one.worker.name for one in zero if one.worker is not None]
        more = f" and {len(names) - NAMED_AT_ZERO} more" if len(names) > NAMED_AT_ZERO else ""
        yield f"Prisoners, and no key work detailed: {', '.join(names[:NAMED_AT_ZERO])}{more}."


def _say_trend(weeks: Sequence[float | None], target: int) -> str:
    """Say a trend: eight small bars, full height at the target, then the last of the figures."""
    return f"{sparkline(weeks, most=target)} {say_number(weeks[-1])}"


def _time_wing(row: Row) -> str:
    return str(row["wing"] or (NO_WING if row["key_workers"] else NO_KEY_WORKER))


def _minutes(key: str, title: str, priority: int = 0, width: float = 0) -> Column:
    return Column(key, title, align="right", priority=priority, width=width, show=lambda row: _whole(row[key]))


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
        _minutes("lost_minutes", "Dropped"),
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
    return sorted(wings, key=in_order)


def _figure(value: Value) -> float:
    return value if isinstance(value, int | float) else 0
