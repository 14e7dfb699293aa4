"""Who will go unseen if the published rota stands: `kw forecast` (INTERFACE 3, DOMAIN 3.4, 3.5, 3.7)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from keyworker_cli.reports import budget_words, early_days
from keyworker_cli.reports.asked import Asked
from keyworker_cli.reports.budget import budget_row, time_facts
from keyworker_cli.reports.naming import count_men, name_excluded, person
from keyworker_cli.reports.report import Column, Report, Row, Section, Value
from keyworker_cli.rules.codes import Cause, MeetingState
from keyworker_cli.rules.dates import Week, say_date, say_day
from keyworker_cli.rules.days_ahead import known_ahead, known_by
from keyworker_cli.rules.early_days import FirstMeeting, find_first_meetings
from keyworker_cli.rules.facts import Contact
from keyworker_cli.rules.forecasting import Forecast, Outlook, Passing, WhyAhead, foresee
from keyworker_cli.rules.lost_slots import lose_slots, without_lost
from keyworker_cli.rules.overdue_list import out_of_scope
from keyworker_cli.rules.priority import Known
from keyworker_cli.rules.staff_status import say_status
from keyworker_cli.rules.time_budget import Budget, By, find_budgets, rota_reach, together
from keyworker_cli.rules.time_chain import is_published
from keyworker_cli.rules.window import Window

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

SETTINGS: Final = ("gap.days", "first_meeting.days", "target.minutes_per_week", "session.min_minutes")
AS_FAR_AS_KNOWN: Final = (
    "As if nobody arrives, leaves or changes key worker, nothing happens to anyone, and each man planned is seen. "
    "An order of work, not an assessment of risk."
)


@dataclass(frozen=True)
class Ahead:
    """How far to look: so many whole weeks after this one, with so many per cent of the slots lost, drawn by a seed.

    Time before `from_minute` of the day asked about is over.
    """

    weeks: int
    slots_lost: int = 0
    seed: int = 1
    from_minute: int = 0


def forecast_report(store: "Store", asked: Asked, ahead: Ahead) -> Report:
    """Return who passes the limit by the end of the weeks asked about, whose weeks are short, who is met too late."""
    queries, as_of, settings = store.queries, asked.as_of, asked.settings
    contacts = queries.contacts(as_of=as_of, settings=settings)
    men = [man for man in contacts if not out_of_scope(man, as_of=as_of)]
    weeks = [Week.of(as_of) + number for number in range(1, ahead.weeks + 1)]
    until = weeks[-1].sunday
    slots = [slot for slot in queries.slots_between(as_of, until) if is_published(slot, as_of)]
    reach = rota_reach(queries.latest_slots(as_of=as_of), slots, as_of=as_of)
    lost = lose_slots(slots, percent=ahead.slots_lost, seed=ahead.seed, as_of=as_of)
    outlook = Outlook(
        men=men,
        absences=queries.absence_spans(as_of, until, as_of=as_of),
        known=known_ahead(
            Known(
                queries.marking_events(as_of=as_of, settings=settings),
                queries.marking_accts(as_of=as_of),
                officers_slots=(),
                wings_slots=(),
            ),
            as_of=as_of,
        ),
        slots=without_lost(slots, lost),
        known_by=known_by(queries.acquaintances(as_of=as_of, settings=settings)),
    )
    forecast = foresee(
        outlook,
        as_of=as_of,
        until=until,
        session_minutes=settings.target_minutes_per_week,
        reach=reach,
        settings=settings,
        from_minute=ahead.from_minute,
    )
    budgets = {week: _budgets(store, asked, week, contacts, lost) for week in weeks}
    return asked.report(
        "forecast",
        asked.titled(f"Forecast to {say_date(until)}, if the rota stands{_if_lost(ahead, lost)}"),
        [
            _men_section(asked, forecast, reach, weeks[-1]),
            _officers_section(budgets, asked),
            _arrivals_section(asked, men, forecast),
        ],
        summary={
            "until": until,
            "places": forecast.places,
            "slots_lost_percent": ahead.slots_lost,
            "slots_lost": len(lost),
            "seed": ahead.seed if ahead.slots_lost else None,
            "rota_until": reach.get(None),
        },
        settings=SETTINGS,
        warnings=[
            *_rota_ends(reach, [one for _, found in budgets.values() for one in found], weeks[-1]),
            *name_excluded(man for man in contacts if asked.covers(man) and out_of_scope(man, as_of=as_of)),
        ],
        foot=(AS_FAR_AS_KNOWN,),
        several=True,
    )


def _if_lost(ahead: Ahead, lost: Iterable[int]) -> str:
    if not ahead.slots_lost:
        return ""
    return f" but for {ahead.slots_lost} % of its slots, {len(set(lost))} of them (seed {ahead.seed})"


# --- the men who pass the limit ---


def _men_section(asked: Asked, forecast: Forecast, reach: Mapping[str | None, date], last_week: Week) -> Section:
    passing = [one for one in forecast.passing if asked.covers(one.man)]
    over = [man for man in forecast.over_already if asked.covers(man)]
    summary = {
        "will_pass": sum(not one.with_another for one in passing),
        "only_with_another": sum(one.with_another for one in passing),
        "over_already": len(over),
        "over_without_a_place": sum(man.person_id not in forecast.chances for man in over),
    }
    return Section(
        name="men",
        title="Who will pass the limit, and when",
        columns=MEN,
        rows=tuple(_passing_row(one, reach) for one in passing),
        summary=summary,
        lead=tuple(_men_lead(summary, forecast, asked)),
        foot=tuple(_rota_end(reach, last_week, forecast)),
        empty="Nobody who is not over it already.",
        group=lambda row: WITH_ANOTHER if row["with_another"] else "No place in time, whoever sees them",
    )


def _men_lead(summary: Mapping[str, int], forecast: Forecast, asked: Asked) -> Iterator[str]:
    limit, until = f"{asked.settings.gap_days} days", say_date(forecast.until)
    yield (
        f"Will pass {limit} unseen by {until}: {count_men(summary['will_pass'])}. "
        f"In time only if another officer sees them: {count_men(summary['only_with_another'])}."
    )
    if summary["over_already"]:
        yield (
            f"Over {limit} already: {count_men(summary['over_already'])} (kw overdue); "
            f"without a place by then: {summary['over_without_a_place']}."
        )


def _passing_row(one: Passing, reach: Mapping[str | None, date]) -> Row:
    man, chance = one.man, one.chance
    return {
        "overdue_on": one.overdue_on,
        "name": man.name,
        "prison_number": man.prison_number,
        "location": man.location,
        "wing": man.wing,
        "key_worker": person(man.staff_id, man.worker_name),
        "last_session_on": man.last_session_on,
        "next_chance_on": chance.on if chance else None,
        "next_chance_with": person(chance.slot.staff_id, chance.slot.name) if chance else None,
        "with_another": one.with_another,
        "because": _because(one, reach),
    }


def _because(one: Passing, reach: Mapping[str | None, date]) -> str:
    """Say why he is not seen in time; of one who is planned before that, why not again."""
    again = not one.with_another and one.chance is not None and one.chance.on < one.overdue_on
    return f"{'planned once, then ' if again else ''}{_obstacle(one, reach)}"


def _obstacle(one: Passing, reach: Mapping[str | None, date]) -> str:
    man, by = one.man, say_day(one.overdue_on)
    match one.why:
        case WhyAhead.AWAY:
            return "away overnight"
        case WhyAhead.NO_ONE_TO_ONE:
            return "no one-to-one: a manager decides"
        case WhyAhead.UNALLOCATED:
            return "no key worker"
        case WhyAhead.WORKER_UNAVAILABLE:
            return f"{man.worker_name} is {say_status(man.worker_status, man.worker_return_on)}"
        case WhyAhead.NO_PLACE:
            return f"{man.worker_name}'s time to {by} goes to men before him"
        case WhyAhead.NO_TIME:
            return f"{man.worker_name} has no time on the rota to {by}"
        case WhyAhead.NO_ROTA:
            ends = reach.get(man.worker_wing)
            return f"no rota is published for his key worker {f'after {say_day(ends)}' if ends else 'or his wing'}"


def _last_seen(row: Row) -> str:
    seen_on = row["last_session_on"]
    return say_date(seen_on) if isinstance(seen_on, date) else "never"


def _chance(row: Row) -> str:
    on, who = row["next_chance_on"], row["next_chance_with"]
    return f"{say_day(on)}, {who['name']}" if isinstance(on, date) and isinstance(who, Mapping) else "none"


WITH_ANOTHER: Final = "In time only if another officer sees them, as kw plan would have it"
MEN = (
    Column("overdue_on", "Overdue", style=lambda row: "loud"),
    Column("name", "Name", style=lambda row: "loud"),
    Column("prison_number", "Number"),
    Column("location", "Location", priority=2),
    Column("wing"),
    Column("key_worker.staff_id"),
    Column("key_worker.name", "Key worker", show=lambda row: _named(row["key_worker"])),
    Column("last_session_on", "Last seen", show=_last_seen, priority=1),
    Column("next_chance_on", "Next chance", show=_chance),
    Column("next_chance_with.staff_id"),
    Column("next_chance_with.name"),
    Column("with_another"),
    Column("because", "Why", wrap=True),
)


def _named(worker: Value) -> str:
    return str(worker["name"]) if isinstance(worker, Mapping) else "none"


# --- the officers' weeks ---


def _budgets(
    store: "Store", asked: Asked, week: Week, contacts: Sequence[Contact], lost: set[int]
) -> tuple[Window, list[Budget]]:
    window = Window((week,), asked.as_of)
    facts = time_facts(store, window, contacts, settings=asked.settings)
    facts = replace(facts, slots=without_lost(facts.slots, lost))
    return window, [
        one
        for one in find_budgets(facts, window=window, settings=asked.settings)
        if one.worker is not None and _covers(asked, one)
    ]


def _covers(asked: Asked, budget: Budget) -> bool:
    if asked.key_worker is not None:
        return budget.worker is not None and budget.worker.key_worker_id == asked.key_worker.key_worker_id
    return not asked.wings or budget.wing in asked.wings


def _officers_section(budgets: Mapping[Week, tuple[Window, list[Budget]]], asked: Asked) -> Section:
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
    )


def _short_rows(week: Week, window: Window, budgets: Sequence[Budget]) -> Iterator[Row]:
    """Yield the officers who are short in a week whose rota is published, by how much, the most first."""
    short = [one for one in budgets if one.time.short_sevenths and one.cause is not Cause.NO_ROTA]
    for one in sorted(short, key=lambda one: -one.time.short_sevenths):
        if one.worker is not None:
            who = {"staff_id": one.worker.staff_id, "name": one.worker.name, "wing": one.worker.wing}
            yield {"week": str(week), **who, **budget_row(one, window)}


def _week_summary(window: Window, budgets: Sequence[Budget]) -> dict[str, Value]:
    total = together(budgets)
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
        f"{words} {budget_words.number(figures[key])}"
        for words, key in (
            ("required", "required_minutes"),
            ("on the rota", "allocated_minutes"),
            ("short", "short_minutes"),
        )
    )
    said = f"{week}, from {say_day(week.monday)}: {minutes} minutes. Key workers short: {figures['key_workers_short']}"
    unknown = figures["key_workers_without_rota"]
    return f"{said}; without any rota published: {unknown}." if unknown else f"{said}."


# --- the arrivals ---


def _arrivals_section(asked: Asked, men: Sequence[Contact], forecast: Forecast) -> Section:
    never = [man for man in men if man.never_seen and asked.covers(man)]
    meetings = find_first_meetings(never, (), as_of=asked.as_of, settings=asked.settings)
    due = [one for one in meetings if one.state is MeetingState.DUE]
    late = [one for one in due if _too_late(one, forecast)]
    missed = len(meetings) - len(due)
    return Section(
        name="arrivals",
        title="Arrivals who will miss their first meeting",
        columns=ARRIVALS,
        rows=tuple(
            {**early_days.meeting_row(one, as_of=asked.as_of), **_meeting_chance(one, forecast)}
            for one in sorted(late, key=lambda one: (one.due_by, one.contact.prison_number))
        ),
        summary={"due": len(due), "will_miss": len(late), "missed_already": missed},
        lead=(f"Missed already: {count_men(missed)} (kw first-meetings).",) if missed else (),
        empty=f"Nobody: of the {len(due)} who are due each has a place in time." if due else "No first meeting is due.",
        group=early_days.away_heading,
    )


def _too_late(meeting: FirstMeeting, forecast: Forecast) -> bool:
    chance = forecast.chances.get(meeting.contact.person_id)
    return chance is None or chance.on > meeting.due_by


def _meeting_chance(meeting: FirstMeeting, forecast: Forecast) -> dict[str, Value]:
    chance = forecast.chances.get(meeting.contact.person_id)
    return {
        "next_chance_on": chance.on if chance else None,
        "next_chance_with": person(chance.slot.staff_id, chance.slot.name) if chance else None,
    }


ARRIVALS = (
    *(replace(column, title="") if column.key == "own_key_worker_met_on" else column for column in early_days.COLUMNS),
    Column("next_chance_on", "Next chance", show=_chance),
    Column("next_chance_with.staff_id"),
    Column("next_chance_with.name"),
)


# --- where the rota ends ---


def _rota_end(reach: Mapping[str | None, date], last_week: Week, forecast: Forecast) -> Iterator[str]:
    """Say from which day on no rota is published for anyone, when that is before the last week asked about."""
    last = reach.get(None)
    if last is None:
        yield "No rota is recorded at all: nobody can be planned."
    elif last < last_week.monday:
        again = f" {count_men(forecast.later)} would be over the limit again without it." if forecast.later else ""
        yield f"No rota is published after {say_date(last)}: who is seen after that nobody can tell.{again}"


def _rota_ends(reach: Mapping[str | None, date], budgets: Iterable[Budget], last_week: Week) -> Iterator[str]:
    """Say of each wing whose key workers have men where its rota ends, when that is before the last week."""
    wings = {one.wing for one in budgets if one.time.eligible_days and one.wing is not None}
    for wing in sorted(wings):
        if wing not in reach:
            yield f"wing {wing}: no rota recorded"
        elif reach[wing] < last_week.monday:
            yield f"wing {wing}: no rota after {say_date(reach[wing])}"
