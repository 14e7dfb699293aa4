"""The men named on the morning page, from those to be seen today to those never met (help: briefing)."""

from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Final

from keyworker_cli.reports.allocation.unallocated import unallocated_report
from keyworker_cli.reports.briefing.morning import (
    DAYS,
    LOCATION,
    NAME,
    NUMBER,
    WING,
    Morning,
    emphasised,
    man_said,
    worker_name,
)
from keyworker_cli.reports.contact.first_meetings import COLUMNS as MEETING_COLUMNS
from keyworker_cli.reports.contact.first_meetings import NOT_YET, meeting_row
from keyworker_cli.reports.contact.not_met import find_not_met
from keyworker_cli.reports.contact.overdue import WHY_WORDS, say_gap, stress_gap
from keyworker_cli.reports.contact.todays_work import SEEN_BY, TodaysWork, say_by_whom, seen_by
from keyworker_cli.reports.markers.priorities import say_markers
from keyworker_cli.reports.report import Column, Row, Section, Value
from keyworker_cli.reports.words import person, say_unseen
from keyworker_cli.rules.codes.findings import MeetingState, Why
from keyworker_cli.rules.contact.cover import days_without_cover, lacks_cover
from keyworker_cli.rules.contact.first_meetings import ARRIVALS_DAYS, FirstMeeting, find_first_meetings
from keyworker_cli.rules.contact.overdue import Listed
from keyworker_cli.rules.dates.say import say_day
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.rota.staff_status import say_status
from keyworker_cli.rules.say import say_count

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

LONGEST: Final = 10  # the ten longest gaps by name (help: briefing)
SEE_TODAY_SHOWN: Final = 25
SHOWN: Final = 5
SHOWN_IN_SHORT: Final = 5


# --- see today ---


def see_today(morning: Morning) -> Section:
    """Return the men to be seen today, in the order of work, and by whom."""
    today = morning.today
    called, in_hand = today.work.see_today, len(today.seated)
    new = sum(one.is_new for one in called)
    return Section(
        name="see_today",
        title="To be seen today",
        columns=TODAY_COLUMNS,
        rows=tuple(_today_row(today, one) for one in called),
        summary={
            "see_today": len(called),
            "in_hand": in_hand,
            "without_time": today.shortfall.men,
            "more_slots": today.shortfall.slots,
        },
        lead=tuple(say_by_whom(today)),
        empty="Nobody is called for today.",
        at_most=max(SEE_TODAY_SHOWN, new),
        more_hint="kw overdue",
        size="large",
        least=max(SEE_TODAY_SHOWN, new),
        group=_turn if new else None,
    )


def _turn(row: Row) -> str:
    return "New in the last 72 hours" if row["new"] else "The others, by priority and the longest gap"


def _today_row(today: TodaysWork, one: Listed) -> Row:
    man, priority = one.gap.contact, one.priority
    return {
        **man_said(man),
        "days": one.gap.days,
        "state": one.gap.state.value,
        "last_session_on": man.last_session_on,
        "never_seen": man.never_seen,
        "records_from": man.records_begin_on,
        "tier": priority.tier,
        "new": one.is_new,
        "markers": list(priority.codes),
        "marker_words": say_markers(priority),
        **seen_by(today, man),
    }


def _days(row: Row) -> str:
    return f"{row['days']}"


MARKERS: Final = Column(
    "markers", "Because", show=lambda row: str(row["marker_words"]), wrap=True, reason=True, width=44
)


def _last_seen(row: Row) -> str:
    on = row["last_session_on"]
    if isinstance(on, date):
        return say_day(on)
    return say_unseen(row) if row.get("records_from") else "none yet"


TODAY_COLUMNS: Final = (
    Column("days", "Days", align="right", show=say_gap, style=stress_gap, width=13),
    NAME._replace(width=46),
    NUMBER._replace(width=18),
    LOCATION._replace(width=20),
    WING,
    Column("last_session_on", "Last seen", show=_last_seen, priority=2, width=22),
    Column("never_seen"),
    Column("state"),
    Column("tier"),
    Column("new"),
    MARKERS,
    *SEEN_BY[:-1],
    SEEN_BY[-1]._replace(width=78),
)


# --- the longest gaps ---


def longest_gaps(morning: Morning) -> Section:
    """Return the ten longest gaps, of those that have reached `gap.days`, whatever is known of the men."""
    today, days = morning.today, morning.request.settings.gap_days
    reached = sorted(today.work.reached, key=lambda one: (-one.gap.days, one.gap.contact.prison_number))
    rows = [
        {
            **man_said(one.gap.contact),
            "days": one.gap.days,
            "weeks": one.gap.weeks,
            "state": one.gap.state.value,
            "never_seen": one.gap.contact.never_seen,
            "last_session_on": one.gap.contact.last_session_on,
            "records_from": one.gap.contact.records_begin_on,
            "why": one.why.value,
            "see_today": one.priority.see_today,
            **seen_by(today, one.gap.contact),
        }
        for one in reached[:LONGEST]
    ]
    away = len(today.work.away)
    said = f"{say_count(len(reached), 'prisoner')} unseen for {days} days or more" + _away(away)
    return Section(
        name="longest_gaps",
        title="The longest gaps",
        columns=GAP_COLUMNS,
        rows=tuple(rows),
        summary={"listed": len(reached), "away": away},
        lead=(said,) if reached or away else (),
        more=len(reached) - len(rows),
        more_hint="kw overdue",
        size="small",
        empty=f"Nobody here has gone unseen for {days} days.",
    )


def _why(row: Row) -> str:
    return WHY_WORDS[Why(str(row["why"]))]


GAP_COLUMNS: Final = (
    NAME,
    NUMBER,
    LOCATION,
    WING,
    Column("days", "Days", align="right", show=_days, style=emphasised, width=11),
    Column("weeks"),
    Column("state", "State", priority=1),
    Column("never_seen"),
    Column("last_session_on"),
    Column("why", "Why", show=_why, wrap=True, width=30),
    Column("see_today"),
    *SEEN_BY,
)


# --- new, and not met ---


def new_and_not_met(store: "Store", morning: Morning) -> Section:
    """Return the arrivals not yet met: first those who can still be met in time, the next due at the top."""
    request = morning.request
    arrived_since = request.as_of - timedelta(days=ARRIVALS_DAYS)
    firsts = store.queries.first_sessions(arrived_since=arrived_since, as_of=request.as_of, settings=request.settings)
    meetings = find_first_meetings(morning.men, firsts, as_of=request.as_of, settings=request.settings)
    waiting = [one for one in meetings if one.state in NOT_YET]
    here = sorted((one for one in waiting if one.contact.away is None), key=_still_in_time_first)
    states = [one.state for one in waiting]
    counts: dict[str, Value] = {
        "arrivals": len(meetings),
        "due": states.count(MeetingState.DUE),
        "missed": states.count(MeetingState.MISSED),
        "away": len(waiting) - len(here),
    }
    lead = f"{counts['due']} due, {counts['missed']} missed" + _away(len(waiting) - len(here))
    rows = [
        {**meeting_row(one, as_of=request.as_of), **man_said(one.contact), **seen_by(morning.today, one.contact)}
        for one in here
    ]
    return Section(
        name="new_and_not_met",
        title="New and not met",
        columns=NEW_COLUMNS,
        rows=tuple(rows),
        summary=counts,
        lead=(lead,) if waiting else (),
        empty="Nobody is waiting to be met.",
        at_most=SHOWN,
        more_hint="kw first-meetings",
        size="small",
    )


def _still_in_time_first(one: FirstMeeting) -> tuple[bool, int, str]:
    return (one.state is MeetingState.MISSED, -one.days, one.contact.prison_number)


def _first_meeting(row: Row) -> str:
    due_by = row["due_by"]
    return say_day(due_by) if row["state"] == MeetingState.DUE and isinstance(due_by, date) else "missed"


def _away(number: int) -> str:
    return f", and {number} away." if number else "."


_MEETING: Final = {column.key: column for column in MEETING_COLUMNS}
NEW_COLUMNS: Final = (
    NAME,
    NUMBER,
    LOCATION,
    WING,
    _MEETING["days"]._replace(title="Days", width=9),
    Column("state", "To meet by", show=_first_meeting, style=_MEETING["state"].style, width=18),
    Column("arrived_on"),
    Column("arrival_type"),
    Column("due_by"),
    *SEEN_BY,
)


# --- no key worker, or one who is not there ---


def unallocated(store: "Store", morning: Morning) -> Section:
    """Return the men without a key worker, in the order of `kw allocate`, each with whom it recommends."""
    report = unallocated_report(store, morning.request)
    rows = report.answer[0].rows
    return Section(
        name="unallocated",
        title="No key worker",
        columns=UNALLOCATED_COLUMNS,
        rows=rows,
        summary={key: report.summary[key] for key in ("unallocated", "never_allocated", "longest_days")},
        lead=(f"{len(rows)} of {say_count(len(morning.men), 'prisoner')}.",) if rows else (),
        empty="Nobody is without one.",
        at_most=SHOWN_IN_SHORT,
        more_hint="kw unallocated",
        size="small",
    )


UNALLOCATED_COLUMNS: Final = (
    NAME,
    NUMBER,
    LOCATION,
    WING,
    DAYS,
    Column("since"),
    Column("never_allocated"),
    Column("recommended.staff_id"),
    Column("recommended.name", "Recommended", show=worker_name("recommended"), wrap=True, width=30),
    Column("because"),
)


def without_cover(morning: Morning) -> Section:
    """Return the key workers who are not there and have men, those first gone at the top: an absent one is none."""
    uncovered = (man for man in morning.men if lacks_cover(man))
    men = sorted(uncovered, key=lambda man: (man.staff_id or "", man.prison_number))
    caseloads = [list(his) for _, his in groupby(men, key=lambda man: man.staff_id)]
    rows = [_cover_row(morning, his) for his in caseloads]
    rows.sort(key=lambda row: (-int(str(row["days"])), str(row["staff_id"])))
    return Section(
        name="without_cover",
        title="Without cover",
        columns=COVER_COLUMNS,
        rows=tuple(rows),
        summary={"men": len(men), "key_workers": len(rows)},
        lead=(f"{say_count(len(men), 'prisoner')}: kw allocate --from STAFF_ID",) if rows else (),
        empty="Every key worker who has men is there.",
        at_most=SHOWN_IN_SHORT,
        more_hint="kw unallocated",
        size="small",
    )


def _cover_row(morning: Morning, his: list[Contact]) -> dict[str, Value]:
    first = his[0]
    return {
        "staff_id": first.staff_id,
        "name": first.worker_name,
        "status": first.worker_status,
        "status_from": first.worker_status_from,
        "return_on": first.worker_return_on,
        "days": max(days_without_cover(man, as_of=morning.request.as_of) for man in his),
        "men": len(his),
        "prison_numbers": [man.prison_number for man in his],
        "names": ", ".join(man.name for man in his),
    }


def _absence(row: Row) -> str:
    back = row["return_on"]
    return say_status(str(row["status"])) + (f" to {say_day(back)}" if back else "")  # type: ignore[arg-type]


COVER_COLUMNS: Final = (
    Column("staff_id"),
    Column("name", "Key worker", style=emphasised, show=lambda row: f"{row['name']} ({row['staff_id']})", width=44),
    Column("status", "Is", show=_absence, width=40),
    Column("status_from"),
    Column("return_on"),
    DAYS,
    Column("men", "Prisoners", align="right", width=14),
    Column("prison_numbers", "Who", show=lambda row: str(row["names"]), wrap=True, priority=1),
)


# --- never met by the key worker he has ---


def not_met(morning: Morning) -> Section:
    """Return the men never met by the key worker they have, the longest allocated first."""
    listed = find_not_met(list(morning.men), morning.request)
    here = [one for one in listed if one.man.away is None]
    allocated = sum(man.staff_id is not None for man in morning.men)
    rows = [
        {
            **man_said(one.man),
            "days": one.days,
            "allocated_on": one.man.allocated_on,
            "acknowledged_on": one.man.acknowledged_on,
            "last_session_on": one.man.last_session_on,
            "records_from": one.man.records_begin_on,
            "last_session_by": person(one.man.last_session_staff_id, one.man.last_session_by),
            **seen_by(morning.today, one.man),
        }
        for one in here
    ]
    return Section(
        name="not_met",
        title="Never met by their key worker",
        columns=NOT_MET_COLUMNS,
        rows=tuple(rows),
        summary={"listed": len(listed), "allocated": allocated, "away": len(listed) - len(here)},
        lead=(f"{len(listed):,} of {allocated:,}" + _away(len(listed) - len(here)),) if listed else (),
        empty="Nobody: each has met his own." if allocated else "Nobody has a key worker.",
        at_most=SHOWN,
        more_hint="kw not-met",
        size="small",
    )


NOT_MET_COLUMNS: Final = (
    NAME,
    NUMBER,
    LOCATION,
    WING,
    DAYS,
    Column("allocated_on"),
    Column("acknowledged_on"),
    Column("last_session_on", "Last seen", show=_last_seen, priority=2, width=24),
    Column("last_session_by.staff_id"),
    Column("last_session_by.name"),
    *SEEN_BY,
)
