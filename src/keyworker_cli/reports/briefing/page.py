"""The morning page: `kw briefing`, two minutes of the morning meeting on one side of paper (help: briefing)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from keyworker_cli.reports.briefing import figures as briefing_figures
from keyworker_cli.reports.briefing import lists
from keyworker_cli.reports.briefing.freshness import freshness
from keyworker_cli.reports.briefing.morning import Morning, this_morning
from keyworker_cli.reports.contact.overdue import ORDER_OF_WORK
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Report, Section, Value
from keyworker_cli.reports.words import TO_BEGIN, name_excluded, say_nobody, say_records_begin
from keyworker_cli.rules.oversight.news import MorningFacts, News, NewsKind, find_news, headline
from keyworker_cli.rules.say import say_count

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

HEAD_PRINTED: Final = 12
NEWS_SHOWN: Final = 2
SETTINGS: Final = (
    *("gap.days", "gap.serious_days", "session.min_minutes", "first_meeting.days", "target.minutes_per_week"),
    *("capacity.default", "allocate.previous", "allocate.wing"),
)


def briefing_report(store: "Store", request: ReportRequest, *, roll: int | None = None) -> Report:
    """Return the morning page, what is empty says so (help: briefing).

    `roll` is the number of prisoners on the prison's roll, counted elsewhere. The page carries the head of the audit,
    so that what it was printed from can be told from a record that was cut or written anew since.
    """
    morning = this_morning(store, request)
    time = briefing_figures.read_weeks(store, morning)
    sections = (
        lists.see_today(morning),
        briefing_figures.wings(morning, time),
        lists.longest_gaps(morning),
        lists.concerns(store, morning),
        lists.new_and_not_met(store, morning),
        lists.unallocated(store, morning),
        lists.without_cover(morning),
        lists.not_met(morning),
        lists.fewest(morning, time.days),
        lists.never_serious(morning),
        briefing_figures.time_this_week(morning, time),
        *lists.yesterdays_plan(store, morning),
        lists.acct_reviews(store, morning),
        lists.needs_due(store, morning),
        freshness(store, morning, time.facts.workers, roll=roll),
    )
    head = store.queries.audit_head()[0]
    news = _news(morning, time)
    return request.report(
        "briefing",
        request.titled("Key work this morning"),
        sections,
        summary=_summary(morning, {section.name: section for section in sections})
        | {"news": [one.sentence for one in news]}
        | {"audit_lines": head.lines, "audit_head": head.hash[:HEAD_PRINTED]},
        settings=SETTINGS,
        warnings=(*name_excluded(morning.excluded), *say_records_begin(morning.today.work.prisoners)),
        lead=_lead(morning, news, {section.name: section for section in sections}),
        foot=(
            ORDER_OF_WORK,
            f"The audit has {say_count(head.lines, 'line')}: kw audit verify --head {head.hash[:HEAD_PRINTED]}",
        ),
        several=True,
    )


def _news(morning: Morning, time: briefing_figures.WeeksTime) -> list[News]:
    """Return the news, the worst first: of the wings, unless one key worker is asked about."""
    facts = MorningFacts(
        wings=() if morning.request.key_worker else briefing_figures.wing_news(morning, time),
        weeks=briefing_figures.LOOK_BACK_WEEKS,
        weeks_back=briefing_figures.CHART_WEEKS,
        gap_days=morning.request.settings.gap_days,
        see_today=len(morning.today.work.see_today),
        with_time=len(morning.today.with_somebody),
        last_recorded_on=max(time.last_session_on.values(), default=None),
        days=[gap.days for gap in morning.gaps if gap.contact.away is None],
    )
    return find_news(facts, as_of=morning.request.as_of)


def _lead(morning: Morning, news: list[News], of: Mapping[str, Section]) -> tuple[str, ...]:
    """Return the news in a sentence, what else is news, and the whole page in figures."""
    if not morning.prisoners:
        nobody = say_nobody(morning.request.scope_words(), morning.excluded)
        begin = "" if morning.everyone else f" {TO_BEGIN}"
        return (f"{nobody}. An empty page says nothing about who has been seen.{begin}",)
    others = [one.sentence for one in news[1:NEWS_SHOWN] if one.kind is not NewsKind.SEE_TODAY]
    also = (f"Also: {' '.join(others)}",) if others else ()
    return (headline(news), *also, _in_figures(morning, of))


def _summary(morning: Morning, of: Mapping[str, Section]) -> dict[str, Value]:
    by_wing = of["overdue_by_wing"].summary
    return {
        "prisoners": len(morning.prisoners),
        "see_today": of["see_today"].summary["see_today"],
        **{key: by_wing[key] for key in ("listed", "due", "overdue", "serious", "never_seen")},
        "away": of["longest_gaps"].summary["away"],
        "longest_gap_days": by_wing["longest_gap_days"],
        "new_and_not_met": len(of["new_and_not_met"].rows),
        "unallocated": of["unallocated"].summary["unallocated"],
        "without_cover": of["without_cover"].summary["men"],
        "not_met": of["not_met"].summary["listed"],
        "concerns_not_raised": of["concerns"].summary["prisoners_listed"],
        "out_of_scope": len(morning.excluded),
    }


def _in_figures(morning: Morning, of: Mapping[str, Section]) -> str:
    """Say the whole page in figures."""
    s = _summary(morning, of)
    return (
        f"{say_count(len(morning.prisoners), 'prisoner')}: {s['see_today']} to be seen today; "
        f"{s['listed']} with no key work "
        f"for {say_count(morning.request.settings.gap_days, 'day')} or more, {s['serious']} of them serious; "
        f"{s['never_seen']} in all with no key work yet; "
        f"{s['unallocated']} without a key worker, {s['without_cover']} with no cover."
    )
