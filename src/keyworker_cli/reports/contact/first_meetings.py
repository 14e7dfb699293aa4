"""Who was met in his first few days, and who was not: `kw first-meetings` (help: early-days)."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Report, Row, Section, Style, Value
from keyworker_cli.reports.words import emphasised, name_excluded, person, say_date_or, say_nobody_here, who_and_where
from keyworker_cli.rules.codes.findings import MeetingState
from keyworker_cli.rules.codes.records import AbsenceReason
from keyworker_cli.rules.codes.words import AWAY_WORDS
from keyworker_cli.rules.contact.first_meetings import ARRIVALS_DAYS, FirstMeeting, find_first_meetings
from keyworker_cli.rules.dates.say import say_day_near
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.say import count_prisoners, short_name

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

STATE_WORDS = {
    MeetingState.DUE: "due",
    MeetingState.MISSED: "missed",
    MeetingState.MET: "met",
    MeetingState.MET_LATE: "met late",
}
NOT_YET = (MeetingState.MISSED, MeetingState.DUE)
HERE_ONLY = "Prisoners who have left since are not listed. Each stay counts for itself: a return is an arrival."


def early_days_report(
    store: "Store", request: ReportRequest, *, within: int | None = None, include_met: bool = False
) -> Report:
    """Return the arrivals not yet met: missed first, then due; with `include_met` also those met, in time or late.

    Listed are all prisoners never seen and the arrivals of the last 28 days. `within` is `first_meeting.days` for this
    report. Prisoners away overnight come in a block of their own and are in the totals, because the days of an arrival
    run on; prisoners out of scope are named apart and in no total.
    """
    if within is not None:
        request = request._replace(settings=request.settings._replace(first_meeting_days=within))
    inside, excluded = request.by_scope(store.queries.contacts(as_of=request.as_of, settings=request.settings))
    meetings = read_first_meetings(store, request, inside)
    shown = [one for one in meetings if include_met or one.state in NOT_YET]
    in_blocks = sorted(shown, key=lambda one: one.contact.away or "")
    section = meetings_section(in_blocks, as_of=request.as_of)._replace(
        lead=_lead(meetings),
        empty=_nobody(meetings) if inside else say_nobody_here(MET, of=request.scope_words(), excluded=excluded),
        group=away_heading,
    )
    return request.report(
        "first-meetings",
        request.titled("First meetings" if include_met else "Arrivals not yet met"),
        [section],
        summary=_summary(meetings, listed=len(shown)),
        settings=("first_meeting.days", "session.min_minutes"),
        warnings=name_excluded(excluded),
        foot=(HERE_ONLY,),
    )


def read_first_meetings(store: "Store", request: ReportRequest, prisoners: Iterable[Contact]) -> list[FirstMeeting]:
    """Return how it stands with the arrivals among these prisoners: those never seen, and those of the last 28 days."""
    arrived_since = request.as_of - timedelta(days=ARRIVALS_DAYS)
    firsts = store.queries.first_sessions(arrived_since=arrived_since, as_of=request.as_of, settings=request.settings)
    return find_first_meetings(prisoners, firsts, as_of=request.as_of, settings=request.settings)


def meetings_section(meetings: Iterable[FirstMeeting], *, as_of: date) -> Section:
    """Return arrivals as a part of a page."""
    rows = tuple(meeting_row(one, as_of=as_of) for one in meetings)
    return Section(name="first_meetings", title="", columns=COLUMNS, rows=rows)


def meeting_row(one: FirstMeeting, *, as_of: date) -> Row:
    """Return one arrival as reports hold it; `COLUMNS` say how it is shown."""
    prisoner, first = one.contact, one.first
    return {
        "state": one.state.value,
        "days": one.days,
        **who_and_where(prisoner),
        "arrived_on": prisoner.arrived_on,
        "arrival_type": prisoner.arrival_type,
        "due_by": one.due_by,
        "first_session_on": first.held_on if first else None,
        "first_session_by": person(first.staff_id, first.by) if first else None,
        "days_to_first": one.days_to_first,
        "key_worker": person(prisoner.staff_id, prisoner.worker_name),
        "allocated_on": prisoner.allocated_on,
        "allocation_due_by": one.allocation_due_by,
        "allocation_missed": prisoner.staff_id is None and as_of > one.allocation_due_by,
        "allocated_late": one.allocated_late,
        "own_key_worker_met_on": one.own_met_on,
        "away": prisoner.away,
    }


def away_heading(row: Row) -> str:
    """Return the heading of the prisoners who are away overnight, by where they are; "" for those who are here."""
    away = row["away"]
    return f"Out overnight, {AWAY_WORDS[AbsenceReason(str(away))]}: to be met on the day of return" if away else ""


def _state(row: Row) -> str:
    state = MeetingState(str(row["state"]))
    words = STATE_WORDS[state]
    due_by = row["due_by"]
    return f"{words} by {_day(row, due_by)}" if state is MeetingState.DUE else words


def _key_worker(row: Row) -> str:
    worker, due_by = row["key_worker"], row["allocation_due_by"]
    if isinstance(worker, Mapping):
        late = f", late: from {_day(row, row['allocated_on'])}" if row["allocated_late"] else ""
        return f"{worker['name']}{late}"
    due = f"due by {_day(row, due_by)}"
    return f"NONE: was {due}" if row["allocation_missed"] else f"none yet, {due}"


def _key_worker_short(row: Row) -> str:
    worker = row["key_worker"]
    if isinstance(worker, Mapping):
        return f"{short_name(str(worker['name']))}{', late' if row['allocated_late'] else ''}"
    return "NONE" if row["allocation_missed"] else "none yet"


def _met_by(row: Row) -> str:
    """Say whose the first meeting was, and when his own key worker met him if that was somebody else."""
    by, on, own = row["first_session_by"], row["first_session_on"], row["own_key_worker_met_on"]
    if not isinstance(by, Mapping) or not isinstance(on, date):
        return "nobody yet"
    met = f"{by['name']} on {_day(row, on)}, day {row['days_to_first']}"
    if not isinstance(own, date):
        return f"{met}: seen, not by his own"
    return met if own == on else f"{met}; his own on {_day(row, own)}"


def _met_by_short(row: Row) -> str:
    by = row["first_session_by"]
    return f"{short_name(str(by['name']))}, day {row['days_to_first']}" if isinstance(by, Mapping) else "nobody yet"


def _stress(row: Row) -> Style:
    return "warn" if row["state"] == MeetingState.MISSED else ""


def _arrived(row: Row) -> str:
    return say_date_or(row["arrived_on"], "no data")


def _day(row: Row, value: Value) -> str:
    """Say a day of a row, with its year where that is not the year of the page."""
    arrived_on, days = row["arrived_on"], row["days"]
    if not (isinstance(value, date) and isinstance(arrived_on, date) and isinstance(days, int)):
        return "no data"
    return say_day_near(value, arrived_on + timedelta(days=days))


COLUMNS = (
    Column("state", "First meeting", show=_state, style=_stress),
    Column("days", "Days here", align="right", style=_stress),
    Column("name", "Name", style=emphasised),
    Column("prison_number", "Number"),
    Column("location", "Location"),
    Column("wing"),
    Column("arrived_on", "Arrived", show=_arrived, priority=1),
    Column("arrival_type"),
    Column("due_by"),
    Column("first_session_on"),
    Column("first_session_by.staff_id"),
    Column("first_session_by.name"),
    Column("days_to_first"),
    Column("key_worker.staff_id"),
    Column("key_worker.name", "Key worker", show=_key_worker, short=_key_worker_short, wrap=True),
    Column("allocated_on"),
    Column("allocation_due_by"),
    Column("allocation_missed"),
    Column("allocated_late"),
    Column("own_key_worker_met_on", "Met by", show=_met_by, short=_met_by_short, wrap=True),
    Column("away"),
)
"""The columns of an arrival, here and wherever arrivals are listed."""


def _summary(meetings: list[FirstMeeting], *, listed: int) -> dict[str, Value]:
    states = [one.state for one in meetings]
    return {
        "arrivals": sum(one.days <= ARRIVALS_DAYS for one in meetings),
        "listed": listed,
        "met_in_time": states.count(MeetingState.MET),
        "met_late": states.count(MeetingState.MET_LATE),
        "missed": states.count(MeetingState.MISSED),
        "due": states.count(MeetingState.DUE),
        "own_met_in_time": sum(one.own_met_in_time for one in meetings),
        "seen_not_by_own": sum(one.seen_not_by_his_own for one in meetings),
        "without_key_worker": sum(one.contact.staff_id is None for one in meetings),
        "away": sum(one.contact.away is not None for one in meetings),
    }


def _lead(meetings: list[FirstMeeting]) -> tuple[str, ...]:
    if not meetings:
        return ()
    s = _summary(meetings, listed=len(meetings))
    return (
        f"{count_prisoners(len(meetings))} without key work yet or arrived in the last {ARRIVALS_DAYS} days: "
        f"{s['missed']} missed, {s['due']} due, {s['met_late']} met late, {s['met_in_time']} met in time.",
        f"By their own key worker in time: {s['own_met_in_time']}. Seen, but not by their own: {s['seen_not_by_own']}. "
        f"Without a key worker: {s['without_key_worker']}.",
    )


MET: Final = "who has been met"


def _nobody(meetings: list[FirstMeeting]) -> str:
    if not meetings:
        return f"Nobody arrived in the last {ARRIVALS_DAYS} days, and everybody here has had key work."
    met = "the one arrival has" if len(meetings) == 1 else f"all {len(meetings)} have"
    return f"Nobody is waiting: {met} been met. kw first-meetings --all lists when and by whom."
