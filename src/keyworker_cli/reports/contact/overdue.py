"""Who has had no key work: `kw overdue` (help: gap, order-of-work)."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Final

from keyworker_cli.reports.contact.todays_work import (
    TodaysWork,
    by_whom_column,
    read_todays_work,
    say_by_whom,
    seen_by,
)
from keyworker_cli.reports.gap_picture import gap_picture
from keyworker_cli.reports.markers.priorities import say_markers
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Report, Row, Section, Style, Value
from keyworker_cli.reports.words import (
    emphasised,
    name_excluded,
    person,
    say_key_worker,
    say_last_seen,
    say_nobody_here,
    say_records_begin,
    who_and_where,
)
from keyworker_cli.rules.codes.findings import GapState, Why
from keyworker_cli.rules.contact.gap_state import serious_after
from keyworker_cli.rules.contact.work_list import Listed
from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.settings import Settings

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

WHY_WORDS = {
    Why.AWAY: "out overnight",
    Why.UNALLOCATED: "no key worker",
    Why.WORKER_UNAVAILABLE: "no cover",
    Why.NO_ROTA: "no rota: cannot tell",
    Why.NO_TIME: "no key work detailed",
    Why.LOST: "dropped",
    Why.UNCONFIRMED: "rota not confirmed",
    Why.SHORT_TIME: "too little time",
    Why.REFUSED: "refused",
    Why.UNUSED: "detailed, no session",
}
"""The findings in words: they name the rota, not the officer (help: why-overdue)."""

SHORT_WHY: Final[Mapping[Why, str]] = {
    Why.NO_ROTA: "no rota",
    Why.NO_TIME: "none detailed",
    Why.UNCONFIRMED: "not confirmed",
    Why.SHORT_TIME: "too little",
    Why.UNUSED: "no session",
}
"""The same where there is little room; the others are short."""

ORDER_OF_WORK = "An order of work, not an assessment of risk. Everyone stays on the list until they have been seen."

MARKS: Final[Mapping[str, str]] = {GapState.SERIOUS.value: "!! ", GapState.OVERDUE.value: "! "}
"""What stands before the days of a gap, so that it is seen without colour too."""


def gap_report(store: "Store", request: ReportRequest, *, days: int | None = None) -> Report:
    """Return who has had no key work for `days` or more (default `gap.days`), in the order of work, and by whom today.

    `days` is gap.days for this report, so it also sets the states. Those to be seen today are listed whatever their
    gap. Those who are out overnight come in a block of their own and are in no total but their own; those out of scope
    are named apart.
    """
    settings = request.settings._replace(gap_days=days or request.settings.gap_days)
    request = request._replace(settings=settings)
    today = read_todays_work(store, request)
    summary = _summary(today)
    section = overdue_section(today, [*today.work.here, *today.work.away])._replace(
        lead=_lead(today, summary),
        empty=_nobody(today),
        group=whom_first(any_before=bool(today.work.see_today)),
    )
    return request.report(
        "overdue",
        _title(request, settings.gap_days),
        [section],
        summary=summary,
        settings=("gap.days", "gap.serious_days", "session.min_minutes"),
        warnings=(
            *name_excluded(today.work.excluded),
            *say_records_begin(one.gap.contact for one in today.work.reached),
        ),
        foot=(ORDER_OF_WORK,),
        pictures=[gap_picture(today.work.gaps, settings=settings, below=True)] if today.work.prisoners else (),
    )


def overdue_section(today: TodaysWork, listed: Iterable[Listed]) -> Section:
    """Return some of those listed as a part of a page."""
    columns = (*COLUMNS, by_whom_column(today))
    return Section(name="overdue", title="", columns=columns, rows=tuple(gap_row(today, one) for one in listed))


def whom_first(*, any_before: bool) -> Callable[[Row], str]:
    """Return the heading above a run of rows: new, the others to be seen today, the rest, and those who are out."""

    def heading(row: Row) -> str:
        if row["away"]:
            return "Out overnight: to be seen on the day they return"
        if row["see_today"]:
            return "To be seen today: new concern, last 72 hours" if row.get("new") else "To be seen today"
        return "Then the longest gap first" if any_before else ""

    return heading


def gap_row(today: TodaysWork, one: Listed) -> Row:
    """Return a row of the list."""
    gap, prisoner = one.gap, one.gap.contact
    return {
        "days": gap.days,
        "state": gap.state.value,
        **who_and_where(prisoner),
        **seen_by(today, prisoner),
        "allocated_on": prisoner.allocated_on,
        "last_session_on": prisoner.last_session_on,
        "last_session_by": person(prisoner.last_session_staff_id, prisoner.last_session_by),
        "weeks": gap.weeks,
        "never_seen": prisoner.never_seen,
        "records_from": prisoner.records_begin_on,
        "clock_from": prisoner.clock_from,
        "met_current_key_worker": gap.met,
        "why": one.why.value if one.reached else None,
        "refusals_since": prisoner.refusals_since,
        "refusals_in_window": prisoner.refusals_in_window,
        "refusals_at_door": prisoner.refusals_at_door,
        "events_since": prisoner.events_since,
        "markers": list(one.priority.codes),
        "marker_words": say_markers(one.priority),
        "tier": one.priority.tier,
        "see_today": one.priority.see_today,
        "new": one.is_new,
        "away": prisoner.away,
    }


def _key_worker(row: Row) -> str:
    return say_key_worker(row) if row["met_current_key_worker"] is not False else f"{say_key_worker(row)}, not met"


def _key_worker_short(row: Row) -> str:
    name = row["key_worker_short"]
    return f"{name}" if row["met_current_key_worker"] is not False else f"{name}, not met"


def say_why(row: Row) -> str:
    """Say why he has had no key work; of one whose gap is short, that it is because of something new."""
    if row["why"] is None:
        return "new since last seen" if row["last_session_on"] else "new since arrival"
    words = WHY_WORDS[Why(str(row["why"]))]
    if row["why"] == Why.AWAY:
        return f"{row['away']}".lower().replace("_", " ")
    if row["why"] == Why.REFUSED:
        return f"{words} {row['refusals_in_window']}x"
    return words


def say_why_short(row: Row) -> str:
    """Say why in a word or two, for a narrow screen."""
    short = SHORT_WHY.get(Why(str(row["why"]))) if row["why"] else "new concern"
    return short or say_why(row)


def say_marked_gap(row: Row) -> str:
    """Say the days of a gap, marked: `!! 49` serious, `! 12` overdue, `7` due."""
    return f"{MARKS.get(str(row['state']), '')}{row['days']}"


def say_marks(settings: Settings) -> str:
    """Say what the marks before the days of a gap stand for, as `! overdue: over 7 days`."""
    overdue, serious = MARKS[GapState.OVERDUE].strip(), MARKS[GapState.SERIOUS].strip()
    over = say_count(settings.gap_days, "day")
    if serious_after(settings) == settings.gap_days:
        return f"{serious} serious: over {over}."
    return f"{overdue} overdue: over {over}. {serious} serious: over {serious_after(settings)}."


def stress_gap(row: Row) -> Style:
    """Stress what is serious."""
    return "warn" if row["state"] == GapState.SERIOUS else ""


COLUMNS = (
    Column("days", "Days", align="right", show=say_marked_gap, style=stress_gap),
    Column("state", "State", style=stress_gap, priority=6),
    Column("name", "Name", style=emphasised),
    Column("prison_number", "Number"),
    Column("location", "Location"),
    Column("wing"),
    Column("key_worker.staff_id"),
    Column("key_worker.name", "Key worker", show=_key_worker, short=_key_worker_short, wrap=True, priority=1),
    Column("allocated_on"),
    Column("last_session_on", "Last seen", show=say_last_seen, priority=4),
    Column("last_session_by.staff_id"),
    Column("last_session_by.name"),
    Column("weeks"),
    Column("never_seen"),
    Column("clock_from"),
    Column("met_current_key_worker"),
    Column("why", "Why", show=say_why, short=say_why_short, wrap=True),
    Column("next_slot_on", "Next slot", show=lambda row: str(row["next_slot"]), priority=5),
    Column("refusals_since"),
    Column("refusals_in_window"),
    Column("refusals_at_door"),
    Column("events_since"),
    Column(
        "markers",
        "Concerns",
        show=lambda row: str(row["marker_words"]),
        wrap=True,
        several=True,
        priority=2,
        reason=True,
    ),
    Column("tier"),
    Column("see_today"),
    Column("away"),
    Column("new"),
    Column("planned_with.staff_id"),
    Column("planned_with.name"),
    Column("planned_at"),
    Column("plan"),
)

WITHIN_SAID: Final = ("prison_number", "name", "location", "wing", "last_session_on", "tier")
"""What the summary says of those to be seen today whose gap is short, as it did before they had rows."""


def _summary(today: TodaysWork) -> dict[str, Value]:
    work, plan = today.work, today.plan
    states = [one.gap.state for one in work.reached]
    within = [one for one in work.here if not one.reached]
    by_whom = [plan.by_whom[one.gap.contact.person_id] for one in today.with_somebody]
    return {
        "prisoners": len(work.prisoners),
        "listed": len(work.reached),
        "due": states.count(GapState.DUE),
        "overdue": states.count(GapState.OVERDUE),
        "serious": states.count(GapState.SERIOUS),
        "never_seen": sum(one.gap.contact.never_seen for one in work.reached),
        "longest_gap_days": max((gap.days for gap in work.gaps if gap.contact.away is None), default=None),
        "away": len(work.away),
        "out_of_scope": len(work.excluded),
        "see_today": len(work.see_today),
        "see_today_within": len(within),
        "see_today_new": sum(one.is_new for one in work.see_today),
        "see_today_planned": sum(seat.kept for seat in by_whom),
        "see_today_proposed": sum(not seat.kept for seat in by_whom),
        "see_today_without_time": today.shortfall.prisoners,
        "more_slots": today.shortfall.slots,
        "see_today_too": [{key: row[key] for key in WITHIN_SAID} for row in (gap_row(today, one) for one in within)],
    }


def _title(request: ReportRequest, days: int) -> str:
    return request.titled(f"No key work for {say_count(days, 'day')} or more")


def _lead(today: TodaysWork, summary: Mapping[str, Value]) -> tuple[str, ...]:
    s, longest = summary, summary["longest_gap_days"]
    if not today.work.here and not today.work.away:
        return ()
    away = f" Out overnight as well: {s['away']}." if s["away"] else ""
    under = say_count(today.request.settings.gap_days, "day")
    within = f", {s['see_today_within']} of them with a gap under {under}" if s["see_today_within"] else ""
    return (
        f"{s['listed']} of {say_count(len(today.work.prisoners), 'prisoner')}: {s['serious']} serious, "
        f"{s['overdue']} overdue, {s['due']} due today. No key work yet: {s['never_seen']}. "
        f"Longest gap: {'n/a' if longest is None else say_count(int(str(longest)), 'day')}.{away}",
        *(
            f"To be seen today: {text}" if at == 0 else text
            for at, text in enumerate(say_by_whom(today, of_them=within))
        ),
    )


def _nobody(today: TodaysWork) -> str:
    prisoners, days = len(today.work.prisoners), today.request.settings.gap_days
    if not prisoners:
        of = today.request.scope_words()
        return say_nobody_here("who has been seen", of=of, excluded=today.work.excluded)
    each = "The one prisoner here" if prisoners == 1 else f"Each of {prisoners:,} prisoners"
    return f"Nobody. {each} has had key work in the last {say_count(days - 1, 'day')}, or arrived since."
