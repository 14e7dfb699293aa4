"""Each morning a prisoner who died had stood on a list: a part of `kw review` (help: review)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from keyworker_cli.reports.contact.overdue import WHY_WORDS, say_marked_gap, stress_gap
from keyworker_cli.reports.contact.why_record import PrisonerRecord
from keyworker_cli.reports.markers.priorities import say_markers
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Row, Section, Value
from keyworker_cli.reports.words import person
from keyworker_cli.rules.codes.findings import GapState, Why
from keyworker_cli.rules.contact.counted import is_counted
from keyworker_cli.rules.contact.gap_state import state_of
from keyworker_cli.rules.dates.london import days_between
from keyworker_cli.rules.dates.say import say_date, say_day, say_minute, say_month, say_span
from keyworker_cli.rules.facts.rota import PlannedPlace
from keyworker_cli.rules.facts.sessions import SessionHeld
from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.timeline.mornings import MorningStood
from keyworker_cli.rules.timeline.on_lists import LISTED, MEETING
from keyworker_cli.rules.timeline.why_then import RotaHistory, why_then

DAY: Final = timedelta(days=1)


def mornings_section(
    stood: Sequence[MorningStood],
    places: Mapping[date, PlannedPlace],
    then: RotaHistory,
    known: PrisonerRecord,
    request: ReportRequest,
) -> Section:
    """Return each of them: how he stood, his place, whether he was named, planned and seen, and why he had not been."""
    counted = (one for one in reversed(known.sessions) if is_counted(one, settings=request.settings))
    seen_on = {one.held_on: one for one in counted}
    rows = [
        {
            **_row(one, places.get(one.moment.on), seen_on.get(one.moment.on)),
            "why": _why(one, then, request),
        }
        for one in stood
    ]
    summary = _in_figures([one for one in stood if one.moment.minute == MEETING], rows)
    return Section(
        "mornings",
        "Each morning he stood on a list",
        MORNING_COLUMNS,
        tuple(rows),
        summary,
        lead=tuple(_mornings_lead(stood, summary, known, request)),
        empty="On no morning: his gap never reached the limit, and nothing called for him.",
        group=lambda row: say_month(row["on"]) if isinstance(row["on"], date) else "",
    )


def _row(stood: MorningStood, place: PlannedPlace | None, session: SessionHeld | None) -> dict[str, Value]:
    standing = stood.standing
    return {
        "on": stood.moment.on,
        "at": say_minute(stood.moment.minute),
        "days": standing.days,
        "state": standing.state.value,
        "see_today": standing.priority.see_today,
        "place": stood.today.at,
        "called": stood.today.of,
        "longest_place": stood.longest.at,
        "named": stood.is_named,
        "named_among_today": stood.named_today,
        "named_among_longest": stood.named_longest,
        "planned_with": person(place.staff_id, place.by) if place else None,
        "planned_at": say_minute(place.start_minute) if place else None,
        "seen_by": person(session.staff_id, session.by) if session else None,
        "markers": list(standing.priority.codes),
        "marker_words": say_markers(standing.priority),
    }


def _why(stood: MorningStood, then: RotaHistory, request: ReportRequest) -> str | None:
    """Return why he had had no key work, as a code, where his gap had reached the limit."""
    if stood.standing.state is GapState.OK:
        return None
    return why_then(stood.standing.prisoner, then, on=stood.moment.on, settings=request.settings).value


def _in_figures(stood: Sequence[MorningStood], rows: Iterable[Row]) -> dict[str, Value]:
    at_meeting = [row for row in rows if row["at"] == say_minute(MEETING)]
    listed = [one.moment.on for one in stood if one.standing.state in LISTED]
    called = [one.moment.on for one in stood if one.standing.priority.see_today]
    states = [one.standing.state for one in stood]
    return {
        "mornings": len(stood),
        "mornings_due": states.count(GapState.DUE),
        "mornings_overdue": len(listed),
        "overdue_from": min(listed, default=None),
        "overdue_until": max(listed, default=None),
        "serious_from": min((one.moment.on for one in stood if one.standing.state is GapState.SERIOUS), default=None),
        "mornings_see_today": len(called),
        "mornings_named": sum(one.is_named for one in stood),
        "mornings_planned": sum(row["planned_with"] is not None for row in at_meeting),
        "mornings_seen": sum(row["seen_by"] is not None for row in at_meeting),
    }


def _mornings_lead(
    stood: Sequence[MorningStood], summary: Mapping[str, Value], known: PrisonerRecord, request: ReportRequest
) -> Iterator[str]:
    if not stood:
        return
    s = summary
    overdue = s["mornings_overdue"]
    if isinstance(overdue, int) and overdue:
        serious = f", serious from {say_date(s['serious_from'])}" if isinstance(s["serious_from"], date) else ""
        yield (
            f"Overdue on {say_count(overdue, 'morning')}, "
            f"{_span(s['overdue_from'], s['overdue_until'], request.as_of)}{serious}; "
            f"at the end of {say_count(_days_overdue(known, request), 'day')}. Due on {s['mornings_due']}."
        )
    yield (
        f"To be seen today on {s['mornings_see_today']}. Of {say_count(len(stood), 'morning')} on a list: "
        f"named on the page on {s['mornings_named']}, planned on {s['mornings_planned']}, seen on {s['mornings_seen']}."
    )


def _span(first: Value, last: Value, as_of: date) -> str:
    return say_span(first, last, as_of) if isinstance(first, date) and isinstance(last, date) else ""


def _days_overdue(known: PrisonerRecord, request: ReportRequest) -> int:
    """Count the days at whose end his gap was overdue or serious, while he was here."""
    arrived, left = known.stay.arrived_on, known.left_on or known.as_of
    seen = {one.held_on for one in known.history.counted}
    since, number = arrived, 0
    for day in (arrived + at * DAY for at in range((left - arrived).days)):
        since = day if day in seen else since
        number += state_of(days_between(since, day), request.settings) in LISTED
    return number


def _when(row: Row) -> str:
    day = say_day(row["on"]) if isinstance(row["on"], date) else ""
    return day if row["at"] == say_minute(MEETING) else f"{day} {row['at']}"


def _place(row: Row) -> str:
    return f"{row['place']} of {row['called']}" if row["place"] is not None else "no"


def _named(row: Row) -> str:
    if row["named_among_today"]:
        return "to be seen today"
    return "longest gaps" if row["named_among_longest"] else "no"


def _planned(row: Row) -> str:
    with_whom = row["planned_with"]
    return f"{with_whom['name']} {row['planned_at']}" if isinstance(with_whom, Mapping) else "no"


def _seen(row: Row) -> str:
    by = row["seen_by"]
    return f"by {by['name']}" if isinstance(by, Mapping) else "no"


MORNING_COLUMNS: Final = (
    Column("on", "Morning", show=_when),
    Column("at"),
    Column("days", "Days", align="right", show=say_marked_gap, style=stress_gap),
    Column("state", "State", style=stress_gap, priority=3),
    Column("see_today"),
    Column("place", "To be seen today", show=_place),
    Column("called"),
    Column("longest_place", "Longest gaps", align="right", priority=4, show=lambda row: _or_dash(row["longest_place"])),
    Column("named", "Named on the page", show=_named),
    Column("named_among_today"),
    Column("named_among_longest"),
    Column("planned_with.staff_id"),
    Column("planned_with.name", "Planned", show=_planned, priority=1),
    Column("planned_at"),
    Column("seen_by.staff_id"),
    Column("seen_by.name", "Seen", show=_seen),
    Column(
        "why", "Why no key work", show=lambda row: WHY_WORDS[Why(str(row["why"]))] if row["why"] else "-", wrap=True
    ),
    Column("markers", "Concerns", show=lambda row: str(row["marker_words"]), wrap=True, priority=2, reason=True),
)


def _or_dash(value: Value) -> str:
    return "-" if value is None else str(value)
