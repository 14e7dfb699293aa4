"""The key workers' weeks in the forecast: which published ones are short, by how much, and where the rota ends."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from keyworker_cli.reports.budget import budget_text as budget_words
from keyworker_cli.reports.budget.budget import budget_row, time_facts
from keyworker_cli.reports.plan.forecast_prisoners import ALL_OF_THEM, SHOWN
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Row, Section, Value
from keyworker_cli.rules.budget.budget import Budget, By, combine, find_budgets
from keyworker_cli.rules.codes.findings import Cause
from keyworker_cli.rules.dates.periods import Window
from keyworker_cli.rules.dates.say import say_day_near
from keyworker_cli.rules.dates.weeks import Week
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.rota.lost import without_lost
from keyworker_cli.rules.say import say_number
from keyworker_cli.rules.stays.places import in_order

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store


WeekBudgets = tuple[Window, list[Budget]]


def week_budgets(
    store: "Store", request: ReportRequest, week: Week, contacts: Sequence[Contact], lost: Collection[int]
) -> WeekBudgets:
    """Return the time of each key worker in a week to come, without the slots taken as lost."""
    window = Window((week,), request.as_of)
    facts = time_facts(store, window, contacts, settings=request.settings)
    facts = facts._replace(slots=without_lost(facts.slots, lost))
    return window, [
        one
        for one in find_budgets(facts, window=window, settings=request.settings)
        if one.worker is not None and request.covers_officer(one.worker)
    ]


def officers_section(budgets: Mapping[Week, WeekBudgets]) -> Section:
    """Return the key workers whose published weeks are short, week by week, the most short first."""
    any_window = next(iter(budgets.values()))[0]
    rows = tuple(row for week, (window, found) in budgets.items() for row in _short_rows(week, window, found))
    return Section(
        name="officers",
        title="Key workers whose weeks are short",
        columns=(Column("week", "Week"), *budget_words.columns(By.WORKER, any_window)),
        rows=rows,
        summary={str(week): _week_summary(window, found) for week, (window, found) in budgets.items()},
        lead=tuple(_say_week(week, window, found) for week, (window, found) in budgets.items()),
        empty="No key worker's published weeks are short.",
        at_most=SHOWN,
        more_hint=ALL_OF_THEM,
    )


def _short_rows(week: Week, window: Window, budgets: Sequence[Budget]) -> Iterator[Row]:
    """Yield the officers who are short in a week whose rota is published, by how much, the most first."""
    short = [one for one in budgets if one.time.short_sevenths and one.cause is not Cause.NO_ROTA]
    for one in sorted(short, key=lambda one: -one.time.short_sevenths):
        if one.worker is not None:
            who = {"staff_id": one.worker.staff_id, "name": one.worker.name, "wing": one.worker.wing}
            yield {"week": str(week), **who, **budget_row(one, window)}


def _week_summary(window: Window, budgets: Sequence[Budget]) -> dict[str, Value]:
    total = combine(budgets)
    return {
        "required_minutes": budget_words.minutes(total.time.required_sevenths),
        "allocated_minutes": total.time.allocated_minutes,
        "short_minutes": budget_words.minutes(total.time.short_sevenths),
        "key_workers_short": sum(1 for _ in _short_rows(window.weeks[0], window, budgets)),
        "key_workers_without_rota": sum(one.cause is Cause.NO_ROTA for one in budgets),
    }


def _say_week(week: Week, window: Window, budgets: Sequence[Budget]) -> str:
    figures = _week_summary(window, budgets)
    minutes = ", ".join(
        f"{words} {say_number(figures[key])}"
        for words, key in (
            ("required", "required_minutes"),
            ("on the rota", "allocated_minutes"),
            ("short", "short_minutes"),
        )
    )
    monday, short = say_day_near(week.monday, window.as_of), figures["key_workers_short"]
    said = f"{week}, from {monday}: {minutes} minutes. Key workers short: {short}"
    unknown = figures["key_workers_without_rota"]
    return f"{said}; without any rota published: {unknown}." if unknown else f"{said}."


def wings_with_prisoners(budgets: Mapping[Week, WeekBudgets]) -> list[str]:
    """Return the wings whose key workers have prisoners in any of the weeks."""
    found = [one for _, week in budgets.values() for one in week]
    return sorted({one.wing for one in found if one.time.eligible_days and one.wing is not None}, key=in_order)
