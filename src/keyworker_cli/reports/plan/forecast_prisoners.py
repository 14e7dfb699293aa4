"""The prisoners in the forecast: who will pass the limit, when and why, and which arrivals will be met too late."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from keyworker_cli.reports.contact import first_meetings as early_days
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Row, Section, Value
from keyworker_cli.reports.words import (
    emphasised,
    person,
    say_date_near_or,
    say_key_worker,
    say_last_seen,
    say_last_seen_near,
    who_and_where,
)
from keyworker_cli.rules.codes.findings import MeetingState
from keyworker_cli.rules.contact.first_meetings import FirstMeeting, find_first_meetings
from keyworker_cli.rules.dates.say import say_date, say_day_near
from keyworker_cli.rules.dates.weeks import Week
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.plan.forecast import Chance, Forecast, Passing, WhyAhead
from keyworker_cli.rules.rota.staff_status import say_status
from keyworker_cli.rules.say import count_prisoners, say_count

SHOWN: Final = 20
ALL_OF_THEM: Final = "kw forecast --limit N shows more, --format csv all"
"""How many of each part a screen or sheet shows, and how to see the others."""


def prisoners_section(
    request: ReportRequest, forecast: Forecast, reach: Mapping[str | None, date], last_week: Week
) -> Section:
    """Return who will pass the limit: those without a place in time first, then who depends on another officer."""
    passing = [one for one in forecast.passing if request.covers(one.prisoner)]
    covered = [prisoner for prisoner in forecast.over_already if request.covers(prisoner)]
    over = [prisoner for prisoner in covered if prisoner.away is None]
    summary = {
        "will_pass": sum(not one.with_another for one in passing),
        "only_with_another": sum(one.with_another for one in passing),
        "over_already": len(over),
        "over_and_away": len(covered) - len(over),
        "over_without_a_place": sum(prisoner.person_id not in forecast.chances for prisoner in over),
    }
    return Section(
        name="men",
        title="Who will pass the limit, and when",
        columns=_with_chance(PRISONERS, request.as_of),
        rows=tuple(_passing_row(one, reach, as_of=request.as_of) for one in passing),
        summary=summary,
        lead=tuple(_prisoners_lead(summary, forecast, request)),
        foot=tuple(_rota_end(reach, last_week, forecast)),
        empty="Nobody who is not over it already.",
        group=lambda row: WITH_ANOTHER if row["with_another"] else "No place in time, whoever sees them",
        at_most=SHOWN,
        more_hint=ALL_OF_THEM,
    )


def _prisoners_lead(summary: Mapping[str, int], forecast: Forecast, request: ReportRequest) -> Iterator[str]:
    limit, until = say_count(request.settings.gap_days, "day"), say_date(forecast.until)
    yield (
        f"Will pass {limit} without key work by {until}: {count_prisoners(summary['will_pass'])}. "
        f"In time only if another officer sees them: {count_prisoners(summary['only_with_another'])}."
    )
    if summary["over_already"] or summary["over_and_away"]:
        away = f", and {summary['over_and_away']} out overnight" if summary["over_and_away"] else ""
        yield (
            f"Over {limit} already: {count_prisoners(summary['over_already'])} (kw overdue){away}; "
            f"without a place by then: {summary['over_without_a_place']}."
        )


def _passing_row(one: Passing, reach: Mapping[str | None, date], *, as_of: date) -> Row:
    prisoner, chance = one.prisoner, one.chance
    return {
        "overdue_on": one.overdue_on,
        **who_and_where(prisoner),
        "key_worker": person(prisoner.staff_id, prisoner.worker_name),
        "last_session_on": prisoner.last_session_on,
        "records_from": prisoner.records_begin_on,
        **_chance_values(chance),
        "with_another": one.with_another,
        **_why(one, reach, as_of),
    }


def _chance_values(chance: Chance | None) -> dict[str, Value]:
    if chance is None:
        return {"next_chance_on": None, "next_chance_with": None}
    return {"next_chance_on": chance.on, "next_chance_with": person(chance.slot.staff_id, chance.slot.name)}


def _why(one: Passing, reach: Mapping[str | None, date], as_of: date) -> dict[str, Value]:
    """Say why he is not seen in time; of one who is planned before that, why not again.

    In a row that has the key worker's name and the day already, fewer words say it.
    """
    again = not one.with_another and one.chance is not None and one.chance.on < one.overdue_on
    planned, (because, beside) = "planned once, then " if again else "", _obstacle(one, reach, as_of)
    return {"because": f"{planned}{because}", "because_beside": f"{planned}{beside}"}


WHY_ALIKE: Final[Mapping[WhyAhead, str]] = {
    WhyAhead.AWAY: "away overnight",
    WhyAhead.NO_ONE_TO_ONE: "no one-to-one: a manager decides",
    WhyAhead.UNALLOCATED: "no key worker",
}


def _obstacle(one: Passing, reach: Mapping[str | None, date], as_of: date) -> tuple[str, str]:
    """Return what is in the way in a sentence of its own, and in words beside the rest of the row."""
    prisoner, by = one.prisoner, say_day_near(one.overdue_on, as_of)
    match one.why:
        case WhyAhead.WORKER_UNAVAILABLE:
            status = say_status(prisoner.worker_status, prisoner.worker_return_on)
            return f"{prisoner.worker_name} is {status}", status
        case WhyAhead.NO_PLACE:
            return f"{prisoner.worker_name}'s time until {by} goes to prisoners before him", "full until then"
        case WhyAhead.NO_TIME:
            none = "no key work detailed"
            return f"{prisoner.worker_name} has {none} until {by}", none
        case WhyAhead.NO_ROTA:
            ends = reach.get(prisoner.worker_wing)
            after = f"after {say_day_near(ends, as_of)}" if ends else ""
            said = f"no rota is published for his key worker {after or 'or his wing'}"
            return said, f"no rota {after}" if after else said
        case _:
            return WHY_ALIKE[one.why], WHY_ALIKE[one.why]


def _with_chance(columns: Iterable[Column], as_of: date) -> tuple[Column, ...]:
    """Return columns with their days in words: with the year where that is not the year of the page."""
    shown = {
        "next_chance_on": lambda row: _chance(row, as_of),
        "overdue_on": lambda row: say_day_near(row["overdue_on"], as_of),
    }
    short = {
        "last_session_on": lambda row: say_last_seen_near(row, as_of),
        "next_chance_on": lambda row: say_date_near_or(row["next_chance_on"], as_of, "none"),
    }
    return tuple(
        column._replace(show=shown.get(column.key, column.show), short=short.get(column.key, column.short))
        for column in columns
    )


def _chance(row: Row, as_of: date) -> str:
    on, who = row["next_chance_on"], row["next_chance_with"]
    return f"{say_day_near(on, as_of)}, {who['name']}" if isinstance(on, date) and isinstance(who, Mapping) else "none"


def _why_short(row: Row) -> str:
    """Say why in a word or two: without the day on which an officer is back, and what else stands in the row."""
    return str(row["because_beside"]).partition(", back")[0].partition(", expected")[0].replace("no key work", "none")


WITH_ANOTHER: Final = "In time only if another officer sees them, as kw plan would have it"
PRISONERS = (
    Column("overdue_on", "Overdue", style=emphasised),
    Column("name", "Name", style=emphasised),
    Column("prison_number", "Number"),
    Column("location", "Location"),
    Column("wing"),
    Column("key_worker.staff_id"),
    Column("key_worker.name", "Key worker", show=say_key_worker, wrap=True, priority=1),
    Column("last_session_on", "Last seen", show=say_last_seen, priority=2),
    Column("next_chance_on", "Next chance", wrap=True),
    Column("next_chance_with.staff_id"),
    Column("next_chance_with.name"),
    Column("with_another"),
    Column("because", "Why", show=lambda row: str(row["because_beside"]), short=_why_short, wrap=True),
)


def _rota_end(reach: Mapping[str | None, date], last_week: Week, forecast: Forecast) -> Iterator[str]:
    """Say from which day on no rota is published for anyone, when that is before the last week asked about."""
    last = reach.get(None)
    if last is None:
        yield "No rota is recorded at all: nobody can be planned."
    elif last < last_week.monday:
        again = (
            f" {count_prisoners(forecast.later)} would be over the limit again without it." if forecast.later else ""
        )
        yield f"No rota is published after {say_date(last)}: who is seen after that nobody can tell.{again}"


# --- the arrivals ---


def arrivals_section(request: ReportRequest, prisoners: Sequence[Contact], forecast: Forecast) -> Section:
    """Return the arrivals whose first meeting is still due and has no place in time; `prisoners` are those in scope."""
    never = [prisoner for prisoner in prisoners if prisoner.never_seen and request.covers(prisoner)]
    meetings = find_first_meetings(never, (), as_of=request.as_of, settings=request.settings)
    due = [one for one in meetings if one.state is MeetingState.DUE]
    late = [one for one in due if _too_late(one, forecast)]
    missed = len(meetings) - len(due)
    return Section(
        name="arrivals",
        title="Arrivals who will miss their first meeting",
        columns=_with_chance(ARRIVALS, request.as_of),
        rows=tuple(
            {
                **early_days.meeting_row(one, as_of=request.as_of),
                **_chance_values(forecast.chances.get(one.contact.person_id)),
            }
            for one in sorted(late, key=lambda one: (one.due_by, one.contact.prison_number))
        ),
        summary={"due": len(due), "will_miss": len(late), "missed_already": missed},
        lead=(f"Missed already: {count_prisoners(missed)} (kw first-meetings).",) if missed else (),
        empty=f"Nobody: of the {len(due)} who are due each has a place in time." if due else "No first meeting is due.",
        group=early_days.away_heading,
        at_most=SHOWN,
        more_hint=ALL_OF_THEM,
    )


def _too_late(meeting: FirstMeeting, forecast: Forecast) -> bool:
    chance = forecast.chances.get(meeting.contact.person_id)
    return chance is None or chance.on > meeting.due_by


_LESS_NEEDED: Final = {"arrived_on": 2, "key_worker.name": 1}  # beside when the meeting is due, and who could hold it

ARRIVALS = (
    *(
        column._replace(priority=_LESS_NEEDED.get(column.key, 0))
        for column in early_days.COLUMNS
        if column.key != "own_key_worker_met_on"
    ),
    Column("own_key_worker_met_on"),
    Column("next_chance_on", "Next chance", wrap=True),
    Column("next_chance_with.staff_id"),
    Column("next_chance_with.name"),
)
