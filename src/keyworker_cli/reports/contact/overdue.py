"""Who has not been seen: `kw overdue` (help: gap, why-overdue)."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from keyworker_cli.reports.contact.see_today import others_to_see_today, said_of, seen_within_the_limit
from keyworker_cli.reports.markers.priorities import priorities_of, say_markers
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Report, Row, Section, Value
from keyworker_cli.reports.words import name_excluded, person, say_last_seen
from keyworker_cli.rules.codes.findings import GapState, Why
from keyworker_cli.rules.contact.gaps import Gap
from keyworker_cli.rules.contact.overdue import Listed, explain, gaps_to_list, in_order_of_work
from keyworker_cli.rules.contact.scope import by_scope
from keyworker_cli.rules.dates.say import say_day
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.markers.priority import Priority

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

WHY_WORDS = {
    Why.AWAY: "away overnight",
    Why.UNALLOCATED: "no key worker",
    Why.WORKER_UNAVAILABLE: "key worker away",
    Why.NO_ROTA: "no rota: cannot tell",
    Why.NO_TIME: "no rota time",
    Why.LOST: "rota time lost",
    Why.UNCONFIRMED: "rota not confirmed",
    Why.SHORT_TIME: "too little time",
    Why.REFUSED: "refused",
    Why.UNUSED: "time worked, unused",
}
"""The findings in words: they name the rota, not the officer (help: why-overdue)."""

ORDER_OF_WORK = "An order of work, not an assessment of risk. Everyone stays on the list until he is seen."


def gap_report(store: "Store", request: ReportRequest, *, days: int | None = None) -> Report:
    """Return who has gone unseen for `days` or more (default `gap.days`): see today first, then the longest gap.

    `days` is gap.days for this report, so it also sets the states. Men who are away overnight come in a block of their
    own and are in no total but their own; men out of scope are named apart (help: movements).
    """
    settings = request.settings._replace(gap_days=days or request.settings.gap_days)
    request = request._replace(settings=settings)
    contacts = store.queries.contacts(as_of=request.as_of, settings=settings)
    covered = [contact for contact in contacts if request.covers(contact)]
    gaps = gaps_to_list(covered, as_of=request.as_of, settings=settings)
    inside, excluded = by_scope(covered, as_of=request.as_of)
    priorities = priorities_of(store, request, inside)
    here, away = _split(in_order_of_work(explained(store, request, gaps, contacts, priorities)))
    others = others_to_see_today(inside, priorities, besides=[*here, *away])
    summary = _summary(inside, here, away, excluded, others)
    section = Section(
        name="overdue",
        title="",
        columns=COLUMNS,
        rows=tuple(_row(one) for one in [*here, *away]),
        lead=_lead(summary, settings.gap_days),
        empty=_nobody(inside, settings.gap_days),
        group=_group(any_today=any(one.priority.see_today for one in here)),
    )
    return request.report(
        "overdue",
        _title(request, settings.gap_days),
        [section, *seen_within_the_limit(others)],
        summary=summary,
        settings=("gap.days", "gap.serious_days", "session.min_minutes"),
        warnings=name_excluded(excluded),
        foot=(ORDER_OF_WORK,),
    )


def explained(
    store: "Store",
    request: ReportRequest,
    gaps: list[Gap],
    everyone: list[Contact],
    priorities: Mapping[int, Priority] | None = None,
) -> list[Listed]:
    """Say of each gap why it is, and what raises his priority; the rota is asked for only when there is a gap."""
    if not gaps:
        return []
    if priorities is None:
        priorities = priorities_of(store, request, [gap.contact for gap in gaps])
    return explain(
        gaps,
        everyone=everyone,
        rota=store.queries.rota_since(as_of=request.as_of, settings=request.settings),
        latest=store.queries.latest_slots(as_of=request.as_of),
        next_slots=store.queries.next_slots(as_of=request.as_of),
        priorities=priorities,
        as_of=request.as_of,
        settings=request.settings,
    )


def _group(*, any_today: bool) -> Callable[[Row], str]:
    """Return the heading above a run of rows: see today, the others, and those who are away."""

    def heading(row: Row) -> str:
        if row["away"]:
            return "Away overnight: to be seen on the day they return"
        if row["see_today"]:
            return "See today"
        return "Then the longest gap first" if any_today else ""

    return heading


def _split(listed: list[Listed]) -> tuple[list[Listed], list[Listed]]:
    return [one for one in listed if not one.gap.contact.away], [one for one in listed if one.gap.contact.away]


def _row(one: Listed) -> Row:
    gap, man = one.gap, one.gap.contact
    return {
        "days": gap.days,
        "state": gap.state.value,
        "name": man.name,
        "prison_number": man.prison_number,
        "location": man.location,
        "wing": man.wing,
        "key_worker": person(man.staff_id, man.worker_name),
        "allocated_on": man.allocated_on,
        "last_session_on": man.last_session_on,
        "last_session_by": person(man.last_session_staff_id, man.last_session_by),
        "weeks": gap.weeks,
        "never_seen": man.never_seen,
        "clock_from": man.clock_from,
        "met_current_key_worker": gap.met,
        "why": one.why.value,
        "next_slot_on": one.next_slot_on,
        "refusals_since": man.refusals_since,
        "events_since": man.events_since,
        "markers": list(one.priority.codes),
        "marker_words": say_markers(one.priority),
        "tier": one.priority.tier,
        "see_today": one.priority.see_today,
        "away": man.away,
    }


def _key_worker(row: Row) -> str:
    worker = row["key_worker"]
    if not isinstance(worker, Mapping):
        return "none"
    return f"{worker['name']}" if row["met_current_key_worker"] else f"{worker['name']}, not met"


def _why(row: Row) -> str:
    words = WHY_WORDS[Why(str(row["why"]))]
    if row["why"] == Why.AWAY:
        return f"{row['away']}".lower().replace("_", " ")
    if row["why"] == Why.REFUSED:
        return f"{words} {row['refusals_since']}x"
    return words


def _next_slot(row: Row) -> str:
    slot = row["next_slot_on"]
    return say_day(slot) if isinstance(slot, date) else "none"


COLUMNS = (
    Column("days", "Days", align="right", style=lambda row: "emphasis" if row["state"] == "serious" else ""),
    Column("state", "State", style=lambda row: "warn" if row["state"] == "serious" else ""),
    Column("name", "Name", style=lambda row: "emphasis"),
    Column("prison_number", "Number"),
    Column("location", "Location", priority=1),
    Column("wing"),
    Column("key_worker.staff_id"),
    Column("key_worker.name", "Key worker", show=_key_worker),
    Column("allocated_on"),
    Column("last_session_on", "Last seen", show=say_last_seen, priority=3),
    Column("last_session_by.staff_id"),
    Column("last_session_by.name"),
    Column("weeks"),
    Column("never_seen"),
    Column("clock_from"),
    Column("met_current_key_worker"),
    Column("why", "Why", show=_why, wrap=True),
    Column("next_slot_on", "Next slot", show=_next_slot, priority=4),
    Column("refusals_since"),
    Column("events_since"),
    Column("markers", "Markers", show=lambda row: str(row["marker_words"]), wrap=True, priority=2, reason=True),
    Column("tier"),
    Column("see_today"),
    Column("away"),
)


def _summary(
    inside: list[Contact], here: list[Listed], away: list[Listed], excluded: list[Contact], others: list[Row]
) -> dict[str, Value]:
    states = [one.gap.state for one in here]
    return {
        "prisoners": len(inside),
        "listed": len(here),
        "due": states.count(GapState.DUE),
        "overdue": states.count(GapState.OVERDUE),
        "serious": states.count(GapState.SERIOUS),
        "never_seen": sum(one.gap.contact.never_seen for one in here),
        "longest_gap_days": max((one.gap.days for one in here), default=0),
        "away": len(away),
        "out_of_scope": len(excluded),
        "see_today": sum(one.priority.see_today for one in here),
        "see_today_too": said_of(others),
    }


def _title(request: ReportRequest, days: int) -> str:
    scope = request.scope_words()
    return f"Not seen for {days} day{'' if days == 1 else 's'} or more" + (f": {scope}" if scope else "")


def _lead(summary: Mapping[str, Value], days: int) -> tuple[str, ...]:
    s = summary
    if not s["listed"] and not s["away"]:
        return ()
    first = (
        f"{s['listed']} of {s['prisoners']} men: {s['serious']} serious, {s['overdue']} overdue, {s['due']} due today. "
        f"Never seen: {s['never_seen']}. Longest gap: {s['longest_gap_days']} days."
    )
    beside = [f"See today: {s['see_today']}."] if s["see_today"] else []
    beside += [f"Away overnight as well: {s['away']}."] if s["away"] else []
    return (first, " ".join(beside)) if beside else (first,)


def _nobody(inside: list[Contact], days: int) -> str:
    if not inside:
        return "There are no prisoners here in kw. An empty list says nothing about who has been seen."
    return f"Nobody. All {len(inside)} men have been seen in the last {days - 1} days, or came since."
