"""What time the key workers of a prisoner who died were given, week by week: a part of `kw review` (help: review)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from keyworker_cli.reports.budget.budget import budget_row
from keyworker_cli.reports.budget.budget_text import cause_words
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Row, Section
from keyworker_cli.reports.words import person
from keyworker_cli.rules.budget.budget import TimeFacts, find_budgets
from keyworker_cli.rules.dates.periods import Window
from keyworker_cli.rules.dates.say import say_date, say_day
from keyworker_cli.rules.dates.weeks import by_week
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.say import say_count, say_number
from keyworker_cli.rules.timeline.why_then import RotaHistory


def weeks_section(time: TimeFacts, then: RotaHistory, window: Window, request: ReportRequest) -> Section:
    """Return each week of his key workers while he was theirs: what they needed, were given, and gave him."""
    rows = list(_week_rows(time, then, window, request))
    return Section(
        "weeks",
        "What time his key workers were given, in minutes",
        WEEK_COLUMNS,
        tuple(rows),
        lead=tuple(_weeks_lead(rows)),
        foot=("Required is for all their prisoners; for him is what they held with him that week.",),
        empty="He had no key worker.",
    )


def _week_rows(time: TimeFacts, then: RotaHistory, window: Window, request: ReportRequest) -> Iterator[Row]:
    first, last = window.weeks[0].monday, window.as_of
    held = [one for one in reversed(then.history.held) if not one.held_no_day and first <= one.allocated_on <= last]
    slots, sessions = (
        by_week((one.slot_on, one) for one in time.slots),
        by_week((one.held_on, one) for one in time.sessions),
    )
    for week in window.weeks:
        his = [
            one
            for one in held
            if one.allocated_on <= week.sunday and (one.ended_on is None or one.ended_on > week.monday)
        ]
        if not his:
            continue
        of_week = Window((week,), window.as_of)
        facts = time._replace(slots=slots.get(week, ()), sessions=sessions.get(week, ()))
        budgets = {
            one.worker.key_worker_id: one
            for one in find_budgets(facts, window=of_week, settings=request.settings, holdings=then.holdings)
            if one.worker is not None
        }
        for one in his:
            budget = budgets.get(one.key_worker_id)
            mine = [
                session.minutes
                for session in then.history.sessions
                if session.key_worker_id == one.key_worker_id
                and week.monday <= session.held_on <= week.sunday
                and then.history.in_time(session)
            ]
            yield {
                "week": str(week),
                "from": week.monday,
                "to": week.sunday,
                "complete": week.sunday <= window.as_of,
                "key_worker": person(one.staff_id, one.name),
                "rota_published_on": _published_on(facts.slots),
                **(budget_row(budget, of_week) if budget else NO_FIGURES),
                "staff_id": one.staff_id,
                "for_him_minutes": sum(minutes or 0 for minutes in mine),
            }


SUMMED: Final = ("required_minutes", "allocated_minutes", "worked_minutes")
NO_FIGURES: Final[Row] = dict.fromkeys(
    (
        *("prisoners", "required_minutes", "allocated_minutes", "worked_minutes", "lost_minutes"),
        *("unconfirmed_minutes", "delivered_minutes", "cause"),
    )
)


def _published_on(slots: Iterable[Slot]) -> date | None:
    """Return the day on which the first of a week's slots were published, where that is recorded."""
    return min((one.published_on for one in slots if one.published_on), default=None)


def _weeks_lead(rows: Sequence[Row]) -> Iterator[str]:
    """Yield for each key worker what they had in the whole weeks, added up, and the weeks on end without any."""
    whole = [row for row in rows if row["complete"]]
    for staff_id in dict.fromkeys(row["staff_id"] for row in whole):
        his = [row for row in whole if row["staff_id"] == staff_id]
        worker = his[0]["key_worker"]
        name = worker["name"] if isinstance(worker, Mapping) else ""
        required, detailed, worked = (sum(float(str(row[key] or 0)) for row in his) for key in SUMMED)
        yield (
            f"{name}, {say_count(len(his), 'whole week')}, {his[0]['week']} to {his[-1]['week']}: required "
            f"{say_number(required)}, detailed {say_number(detailed)}, worked {say_number(worked)}."
        )


def _figure(key: str, heading: str, priority: int = 0) -> Column:
    return Column(key, heading, align="right", priority=priority, show=lambda row: say_number(row[key], missing="-"))


def _in_year_of_week(field: str) -> Callable[[Row], str]:
    """Say a day beside `2026-W13`, with its year where that is another."""

    def day(row: Row) -> str:
        on = row[field]
        if not isinstance(on, date):
            return "no data"
        return say_day(on) if str(row["week"]).startswith(f"{on.year}-") else say_date(on)

    return day


WEEK_COLUMNS: Final = (
    Column("week", "Week"),
    Column("from", "Monday", show=_in_year_of_week("from"), priority=3),
    Column("to"),
    Column("complete"),
    Column("key_worker.staff_id"),
    Column("key_worker.name", "Key worker"),
    _figure("prisoners", "Prisoners", 2),
    _figure("required_minutes", "Required"),
    _figure("allocated_minutes", "Detailed"),
    _figure("worked_minutes", "Worked"),
    _figure("lost_minutes", "Dropped"),
    _figure("unconfirmed_minutes", "Not confirmed", 4),
    _figure("delivered_minutes", "Delivered", 3),
    _figure("for_him_minutes", "For him"),
    Column(
        "rota_published_on",
        "Rota published",
        priority=5,
        show=_in_year_of_week("rota_published_on"),
    ),
    Column("cause", "Why", show=cause_words, wrap=True, priority=1),
)
