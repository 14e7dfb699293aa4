"""Who is named on the morning page, from those to be seen today to the actions due (help: briefing)."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from keyworker_cli.reports.allocation.unallocated import absences_section, unallocated_section
from keyworker_cli.reports.briefing.morning import (
    BY_WHOM,
    LOCATION,
    NAME,
    NUMBER,
    Morning,
    Shown,
    place,
    with_seen_by,
)
from keyworker_cli.reports.contact.fewest import fewest_of, never_serious_section
from keyworker_cli.reports.contact.first_meetings import NOT_YET, meetings_section, read_first_meetings
from keyworker_cli.reports.contact.not_met import find_not_met, not_met_section
from keyworker_cli.reports.contact.overdue import overdue_section, say_marks
from keyworker_cli.reports.contact.todays_work import say_by_whom
from keyworker_cli.reports.markers import acct
from keyworker_cli.reports.markers.concerns import as_worked, concerns_section, unraised_of
from keyworker_cli.reports.plan.outcome import outcome_of_plan
from keyworker_cli.reports.report import Row, Section, Value
from keyworker_cli.reports.sessions.needs import needs_section
from keyworker_cli.reports.words import say_last_seen_near
from keyworker_cli.rules.codes.findings import MeetingState
from keyworker_cli.rules.codes.signals import Confidence
from keyworker_cli.rules.contact.fewest import WEEKS_BY_DEFAULT
from keyworker_cli.rules.contact.first_meetings import FirstMeeting
from keyworker_cli.rules.contact.handover import CONFIRMED_WITHIN_DAYS, find_handovers
from keyworker_cli.rules.dates.say import say_day_near
from keyworker_cli.rules.facts.people import names_by_key
from keyworker_cli.rules.markers.acct import ReviewState
from keyworker_cli.rules.markers.named_on_page import NAMED_LONGEST, NAMED_TODAY
from keyworker_cli.rules.markers.table import KINDS
from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.stays.eligible_days import Holding

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

WITH_SOMEBODY_SHOWN: Final = 30  # so many are shown where somebody has time for them
SHOWN: Final = 5
NOT_BY_TIME: Final = "In order of work, not of time: kw plan has each officer's day."
LEAST_SELDOM: Final = 3  # of those seldom seen


# --- see today ---


def see_today(morning: Morning) -> Section:
    """Return who is to be seen today, in the order of work, and by whom."""
    today = morning.today
    called = today.work.see_today
    new = sum(one.is_new for one in called)
    seen = {one.gap.contact.person_id for one in today.with_somebody}
    last_seen = max((at for at, one in enumerate(called, 1) if one.gap.contact.person_id in seen), default=0)
    shown = max(NAMED_TODAY, new, min(last_seen, WITH_SOMEBODY_SHOWN))
    return place(
        overdue_section(today, called),
        Shown("days", "Days", 13),
        NAME._replace(width=46),
        NUMBER._replace(width=18),
        LOCATION._replace(width=20),
        Shown("last_session_on", "Last seen", 22, _last_seen(morning), priority=2),
        Shown("markers", "Because", 44),
        BY_WHOM._replace(width=78),
    )._replace(
        name="see_today",
        title="To be seen today",
        summary={
            "see_today": len(called),
            "in_hand": len(today.with_somebody),
            "without_time": today.shortfall.prisoners,
            "more_slots": today.shortfall.slots,
        },
        lead=tuple(say_by_whom(today)),
        foot=(say_marks(morning.request.settings), NOT_BY_TIME, *_say_slot(morning)) if called else (),
        empty="Nobody is called for today.",
        at_most=shown,
        more_hint="kw overdue",
        size="large",
        least=shown,
        group=_turn if new else None,
    )


def _last_seen(morning: Morning) -> Callable[[Row], str]:
    return lambda row: say_last_seen_near(row, morning.request.as_of)


def _say_slot(morning: Morning) -> Iterator[str]:
    """Say how many sessions a slot has, where it takes more slots to see all who are to be seen."""
    sessions = morning.today.plan.per_slot
    if sessions and morning.today.shortfall.prisoners:
        yield f"A slot usually has {say_count(sessions, 'session')}."


def _turn(row: Row) -> str:
    return (
        "New concern in the last 72 hours: the newest first"
        if row["new"]
        else "The others: by priority, then the longest gap"
    )


# --- the longest gaps ---


def longest_gaps(morning: Morning) -> Section:
    """Return the ten longest gaps, of those that have reached `gap.days`, whatever is known of the prisoners."""
    today, days = morning.today, morning.request.settings.gap_days
    reached = sorted(today.work.reached, key=lambda one: (-one.gap.days, one.gap.contact.prison_number))
    away = len(today.work.away)
    said = f"{len(reached):,} of {say_count(days, 'day')} or more{_away(away)}"
    return place(
        overdue_section(today, reached[:NAMED_LONGEST]),
        *(NAME, NUMBER, LOCATION),
        Shown("days", "Days", 11),
        Shown("state", "State", priority=1),
        Shown("why", "Why", 30),
        BY_WHOM,
    )._replace(
        name="longest_gaps",
        title="The longest gaps",
        summary={"listed": len(reached), "away": away},
        lead=(said,) if reached or away else (),
        more=max(0, len(reached) - NAMED_LONGEST),
        more_hint="kw overdue",
        least=NAMED_LONGEST,
        size="small",
        empty=f"Nobody here has been without key work for {say_count(days, 'day')}.",
    )


# --- concerns not raised ---


def concerns(store: "Store", morning: Morning) -> Section:
    """Return the concerns that no session has raised, those first that the most sessions have passed by."""
    listed = as_worked(unraised_of(morning.prisoners, morning.concerns, morning.sessions, morning.request))
    section = concerns_section(listed, names_by_key(store.queries.workers()))
    whose = say_count(len({one.prisoner.person_id for one in listed}), "prisoner")
    seen, ended = section.summary["prisoners_seen_since"], section.summary["ended"]
    lead = f"{len(listed):,}, of {whose}; {seen} seen since. Ended, never raised: {ended}."
    return place(
        section,
        *(NAME, NUMBER, LOCATION),
        Shown("days", "Days", 9),
        Shown("concern", "Concern", 34, _concern),
        Shown("sessions_since", "Seen since", 20, _times_seen),
    )._replace(lead=(lead,) if listed else (), at_most=SHOWN, least=SHOWN, more_hint="kw concerns", size="small")


def _concern(row: Row) -> str:
    suspected = " (suspected)" if row["confidence"] == Confidence.SUSPECTED else ""
    return f"{KINDS[str(row['code'])].short}{suspected}{', ended' if row['ended_on'] else ''}"


def _times_seen(row: Row) -> str:
    times = row["sessions_since"]
    return say_count(times, "time") if isinstance(times, int) and times else "not"


# --- new, and not met ---


def new_and_not_met(store: "Store", morning: Morning) -> Section:
    """Return the arrivals not yet met: first those who can still be met in time, the next due at the top."""
    meetings = read_first_meetings(store, morning.request, morning.prisoners)
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
    section = meetings_section(here, as_of=morning.request.as_of)
    return place(
        with_seen_by(section, morning.today, [one.contact for one in here]),
        *(NAME, NUMBER, LOCATION),
        Shown("days", "Days", 9),
        Shown("state", "To meet by", 18, lambda row: _first_meeting(row, morning.request.as_of)),
        BY_WHOM,
    )._replace(
        name="new_and_not_met",
        title="New and not met",
        summary=counts,
        lead=(lead,) if waiting else (),
        empty="Nobody is waiting to be met.",
        at_most=SHOWN,
        more_hint="kw first-meetings",
        size="small",
    )


def _still_in_time_first(one: FirstMeeting) -> tuple[bool, int, str]:
    return (one.state is MeetingState.MISSED, -one.days, one.contact.prison_number)


def _first_meeting(row: Row, as_of: date) -> str:
    due_by = row["due_by"]
    return say_day_near(due_by, as_of) if row["state"] == MeetingState.DUE and isinstance(due_by, date) else "missed"


def _away(number: int) -> str:
    return f", and {number} away." if number else "."


# --- no key worker, or one who is not there ---


def unallocated(store: "Store", morning: Morning) -> Section:
    """Return those without a key worker, in the order of `kw allocate`, each with whom it recommends."""
    section = unallocated_section(store, morning.request, morning.prisoners, morning.today.priorities)
    return place(
        section,
        *(NAME, NUMBER, LOCATION),
        Shown("days", "Days", 9),
        Shown("recommended.name", "Recommended", 30),
    )._replace(
        title="No key worker",
        lead=(f"{len(section.rows)} of {say_count(len(morning.prisoners), 'prisoner')}.",) if section.rows else (),
        at_most=SHOWN,
        more_hint="kw unallocated",
        size="small",
    )


def without_cover(morning: Morning) -> Section:
    """Return the key workers who are not there and have prisoners: an absent one is none."""
    return place(
        absences_section(morning.prisoners, as_of=morning.request.as_of),
        Shown("name", "Key worker", 44),
        Shown("status", "Is", 40),
        Shown("days", "Days", 9),
        Shown("men", "Prisoners", 14),
        Shown("prison_numbers", "Who", priority=1),
    )._replace(at_most=SHOWN, more_hint="kw unallocated", size="small")


# --- never met by the key worker he has ---


def not_met(morning: Morning) -> Section:
    """Return those never met by the key worker they have, the longest allocated first."""
    listed = find_not_met(morning.prisoners, morning.request)
    here = [one for one in listed if one.prisoner.away is None]
    allocated = sum(prisoner.staff_id is not None for prisoner in morning.prisoners)
    return place(
        with_seen_by(not_met_section(here), morning.today, [one.prisoner for one in here]),
        *(NAME, NUMBER, LOCATION),
        Shown("days", "Days", 9),
        Shown("last_session_on", "Last seen", 24, _last_seen(morning), priority=2),
        BY_WHOM,
    )._replace(
        title="Never met by their key worker",
        summary={"listed": len(listed), "allocated": allocated, "away": len(listed) - len(here)},
        lead=(f"{len(listed):,} of {allocated:,}{_away(len(listed) - len(here))}{_not_confirmed(morning)}",)
        if listed
        else (),
        empty="Nobody: each has met his own." if allocated else "Nobody has a key worker.",
        at_most=SHOWN,
        least=SHOWN,
        more_hint="kw not-met",
        size="small",
    )


def _not_confirmed(morning: Morning) -> str:
    """Say how many were handed over to a key worker who has not confirmed it in time; to meet them confirms it."""
    late = sum(one.is_late for one in find_handovers(morning.prisoners, as_of=morning.request.as_of))
    return f" Handed over, not confirmed in {CONFIRMED_WITHIN_DAYS} days: {late}." if late else ""


# --- the fewest sessions ---


def fewest(morning: Morning, days: Iterable[Holding]) -> Section:
    """Return the five who have had the fewest sessions a week over twelve weeks; `days` are those of longer."""
    as_of, weeks = morning.request.as_of, WEEKS_BY_DEFAULT
    section = fewest_of(morning.prisoners, days, morning.sessions, weeks=weeks, as_of=as_of, limit=SHOWN)
    none = section.summary["without_a_session"]
    return place(
        section,
        *(NAME, NUMBER, LOCATION),
        Shown("sessions_per_week", "Sessions", 30, _how_few),
    )._replace(
        lead=(f"Without any: {none}.",) if section.rows else (), least=SHOWN, more_hint="kw fewest", size="small"
    )


def never_serious(morning: Morning) -> Section:
    """Return five who are seldom seen and whom no other list names, because their gaps are never serious."""
    section = never_serious_section(morning.request, morning.prisoners, morning.sessions, limit=SHOWN)
    listed = section.summary["prisoners"]
    return place(
        section,
        *(NAME, NUMBER, LOCATION),
        Shown("sessions_per_week", "Sessions", 30, _how_few),
    )._replace(
        lead=(f"{listed} with less than a session in 2 weeks.",) if section.rows else (),
        least=LEAST_SELDOM,
        more_hint="kw fewest --never-serious",
        size="small",
    )


def _how_few(row: Row) -> str:
    return f"{row['sessions'] or 'none'} in {row['weeks']} weeks"


# --- what became of the last plan ---


def yesterdays_plan(store: "Store", morning: Morning) -> Iterator[Section]:
    """Yield what became of the last plan that was kept, who was not seen and why; no part where none was kept."""
    section = outcome_of_plan(store, morning.request, morning.everyone)
    if section is not None:
        yield place(
            section,
            Shown("name", "Not seen", 34),
            NUMBER,
            Shown("key_worker.name", "Planned with", 30),
            Shown("start", "At", 11),
            Shown("became", "Why", 40),
        )._replace(at_most=SHOWN, more_hint="kw overdue", size="small")


# --- ACCT reviews, and actions ---


def acct_reviews(store: "Store", morning: Morning) -> Section:
    """Return the ACCT reviews of the next 7 days, the nearest first, then those not held when due, the latest first.

    To the first he can still be invited.
    """
    section = acct.reviews_section(store, morning.request, morning.everyone)
    ahead = [row for row in section.rows if row["state"] == ReviewState.DUE]
    missed = [row for row in section.rows if row["state"] == ReviewState.OVERDUE]
    rows = (*ahead, *reversed(missed))
    summary = acct.summed_up(rows)
    lead = (
        f"{summary['due']} in the next {acct.REVIEW_DAYS} days, {summary['overdue']} not held when due; "
        f"invited to {summary['invited']} of {summary['reviews']}."
    )
    return place(
        section,
        Shown("due_on", "Due", 26, lambda row: _due(row, morning.request.as_of)),
        NAME._replace(width=36),
        *(NUMBER, LOCATION),
        Shown("key_worker.name", "Key worker"),
        Shown("invited", "Invited", 19),
        Shown("on_duty", "On duty"),
    )._replace(
        title="ACCT reviews due",
        rows=rows,
        summary=summary,
        lead=(lead,) if rows else (),
        empty="None is due in the next 7 days.",
        at_most=SHOWN,
        more_hint="kw acct reviews",
        size="small",
    )


def _due(row: Row, as_of: date) -> str:
    not_held = ", NOT HELD" if row["state"] == ReviewState.OVERDUE else ""
    return f"{acct.say_due(row, as_of)}{not_held}"


def needs_due(store: "Store", morning: Morning) -> Section:
    """Return the actions due today, then those due before, the longest overdue first."""
    as_of = morning.request.as_of
    section = needs_section(store, morning.request, morning.everyone)
    by_today = [row for row in section.rows if isinstance(row["due_on"], date) and row["due_on"] <= as_of]
    due = tuple(sorted(by_today, key=lambda row: row["due_on"] != as_of))
    overdue = sum(row["due_on"] != as_of for row in due)
    lead = f"{len(due) - overdue} due today, {overdue} overdue."
    return place(
        section,
        Shown("due_on", "Due", 26, _need_due),
        NAME._replace(width=34),
        *(NUMBER, LOCATION),
        Shown("need", "To be done", 48),
        Shown("owner", "By", 22),
    )._replace(
        name="needs_due",
        title="Actions due",
        rows=due,
        summary={"open": len(section.rows), "due_today": len(due) - overdue, "overdue": overdue},
        lead=(lead,) if due else (),
        empty=f"Nothing is due; open: {len(section.rows)}.",
        at_most=SHOWN,
        more_hint="kw need list",
        size="small",
    )


def _need_due(row: Row) -> str:
    overdue = row["days_overdue"]
    return f"{say_count(overdue, 'day')} overdue" if isinstance(overdue, int) and overdue else "today"
