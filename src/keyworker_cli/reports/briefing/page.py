"""The morning page: `kw briefing`, two minutes of the morning meeting on one side of paper (help: briefing)."""

from typing import TYPE_CHECKING, Final

from keyworker_cli.reports.briefing import due as briefing_due
from keyworker_cli.reports.briefing import figures as briefing_figures
from keyworker_cli.reports.briefing import men as briefing_men
from keyworker_cli.reports.briefing.morning import Morning, this_morning
from keyworker_cli.reports.contact.overdue import ORDER_OF_WORK
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Report, Section, Value
from keyworker_cli.reports.words import name_excluded, say_records_begin
from keyworker_cli.rules.say import count_men

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

HEAD_PRINTED: Final = 12
SETTINGS: Final = (
    *("gap.days", "gap.serious_days", "session.min_minutes", "first_meeting.days", "target.minutes_per_week"),
    *("capacity.default", "allocate.previous", "allocate.wing"),
)


def briefing_report(store: "Store", request: ReportRequest, *, roll: int | None = None, from_minute: int = 0) -> Report:
    """Return the morning page, what is empty says so (help: briefing).

    `roll` is the number of men on the prison's roll, counted elsewhere. The page carries the head of the audit, so that
    what it was printed from can be told from a record that was cut or written anew since.
    """
    morning = this_morning(store, request, from_minute=from_minute)
    sections = (
        briefing_men.see_today(morning),
        briefing_men.longest_gaps(morning),
        briefing_men.new_and_not_met(store, morning),
        briefing_men.unallocated(store, morning),
        briefing_men.without_cover(morning),
        briefing_men.not_met(morning),
        briefing_figures.overdue_by_wing(morning),
        briefing_figures.time_this_week(store, morning),
        *briefing_due.yesterdays_plan(store, morning),
        briefing_due.acct_reviews(store, request),
        briefing_due.needs_due(store, request),
        briefing_due.freshness(store, morning, roll=roll),
    )
    head = store.queries.audit_head()[0]
    return request.report(
        "briefing",
        request.titled("Key work this morning"),
        sections,
        summary=_summary(morning, sections) | {"audit_lines": head.lines, "audit_head": head.hash[:HEAD_PRINTED]},
        settings=SETTINGS,
        warnings=(*name_excluded(morning.excluded), *say_records_begin(morning.today.work.men)),
        lead=(_headline(morning, sections),),
        foot=(ORDER_OF_WORK, f"The audit has {head.lines:,} lines: kw audit verify --head {head.hash[:HEAD_PRINTED]}"),
        several=True,
    )


def _summary(morning: Morning, sections: tuple[Section, ...]) -> dict[str, Value]:
    of = {section.name: section.summary for section in sections}
    return {
        "prisoners": len(morning.men),
        "see_today": of["see_today"]["see_today"],
        **{key: of["overdue_by_wing"][key] for key in ("listed", "due", "overdue", "serious", "never_seen", "away")},
        "longest_gap_days": of["overdue_by_wing"]["longest_gap_days"],
        "new_and_not_met": len(sections[2].rows),
        "unallocated": of["unallocated"]["unallocated"],
        "without_cover": of["without_cover"]["men"],
        "not_met": of["not_met"]["listed"],
        "out_of_scope": len(morning.excluded),
    }


def _headline(morning: Morning, sections: tuple[Section, ...]) -> str:
    """Say the whole page in a sentence."""
    if not morning.men:
        return "There are no prisoners here in kw. An empty page says nothing about who has been seen."
    s = _summary(morning, sections)
    return (
        f"{count_men(len(morning.men))}: {s['see_today']} to see today; {s['listed']} unseen for "
        f"{morning.request.settings.gap_days} days or more, {s['serious']} of them serious; {s['never_seen']} never "
        f"seen; {s['unallocated']} without a key worker, {s['without_cover']} without cover."
    )
