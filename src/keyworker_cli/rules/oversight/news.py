"""The news of a morning: the worst true thing in the data, in a sentence with its numbers (help: briefing).

It is about wings, their rota and their time. An officer is never named in it: what goes wrong here is the rota first.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import IntEnum
from typing import Final, NamedTuple

from keyworker_cli.rules.budget.control_chart import Chart, Signal
from keyworker_cli.rules.dates.london import DAYS_PER_WEEK, days_between
from keyworker_cli.rules.dates.say import say_day_near
from keyworker_cli.rules.say import say_count

SILENT_DAYS: Final = 4
"""So many days with nothing recorded are more than a weekend."""

WING_SILENT_DAYS: Final = 14
HALF: Final = 2


class NewsKind(IntEnum):
    """What kind of news it is, the worst first."""

    NOTHING_RECORDED = 0
    ALL_DROPPED = 1
    NO_TIME = 2
    SILENCE = 3
    SUDDEN_CHANGE = 4
    MOST_UNSEEN = 5
    SEE_TODAY = 6


class News(NamedTuple):
    """One piece of news: how bad it is, and its sentence. `weight` orders news of one kind, the largest first."""

    kind: NewsKind
    weight: float
    sentence: str
    wing: str | None = None


class WingNews(NamedTuple):
    """What a wing's news are found from: its prisoners, and the time of its officers in the last complete weeks.

    `last_session_on` is the last counted session by anyone with a prisoner of it; `chart` is its own history.
    """

    wing: str
    prisoners: int
    without: int
    required_minutes: float
    detailed_minutes: int
    dropped_minutes: int
    worked_minutes: int
    unconfirmed_minutes: int
    rota_recorded: bool
    last_session_on: date | None = None
    chart: Chart | None = None


class MorningFacts(NamedTuple):
    """What the news are found from. `weeks` is how many complete weeks the minutes are of."""

    wings: tuple[WingNews, ...]
    weeks: int
    gap_days: int
    see_today: int
    with_time: int
    last_recorded_on: date | None


def find_news(facts: MorningFacts, *, as_of: date) -> list[News]:
    """Return the news, the worst first; a wing is told of once. Never empty while anybody is to be seen today."""
    found = sorted(_all_news(facts, as_of), key=lambda one: (one.kind, -one.weight, one.wing or ""))
    told: set[str] = set()
    kept = []
    for one in found:
        if one.wing is None or one.wing not in told:
            kept.append(one)
            told |= {one.wing} if one.wing else set()
    return kept


def _all_news(facts: MorningFacts, as_of: date) -> Iterator[News]:
    if facts.last_recorded_on is not None and days_between(facts.last_recorded_on, as_of) >= SILENT_DAYS:
        ago = days_between(facts.last_recorded_on, as_of)
        said = f"No session has been recorded since {say_day_near(facts.last_recorded_on, as_of)}: {ago} days."
        yield News(NewsKind.NOTHING_RECORDED, ago, said)
    for wing in facts.wings:
        yield from _of_wing(wing, facts, as_of)
    if facts.see_today:
        yield News(
            NewsKind.SEE_TODAY, 0, f"{facts.see_today} to be seen today; somebody has time for {facts.with_time}."
        )


def _of_wing(wing: WingNews, facts: MorningFacts, as_of: date) -> Iterator[News]:
    weeks = "the last week" if facts.weeks == 1 else f"{facts.weeks} weeks"
    without = f"Wing {wing.wing}: {wing.without} of {wing.prisoners} without key work for {_span(facts.gap_days)}"
    share = wing.without / wing.prisoners if wing.prisoners else 0.0
    if wing.detailed_minutes and wing.dropped_minutes == wing.detailed_minutes:
        said = f"{without}; all {wing.detailed_minutes:,} minutes detailed in {weeks} were dropped."
        yield News(NewsKind.ALL_DROPPED, wing.without, said, wing.wing)
    if wing.rota_recorded and not wing.detailed_minutes and wing.required_minutes:
        said = f"{without}; no key work was detailed in {weeks}, {wing.required_minutes:,.0f} minutes were required."
        yield News(NewsKind.NO_TIME, wing.without, said, wing.wing)
    silent = days_between(wing.last_session_on, as_of) if wing.last_session_on else 0
    if silent >= WING_SILENT_DAYS and wing.prisoners and wing.last_session_on:
        since = f"no session since {say_day_near(wing.last_session_on, as_of)}, {silent} days"
        prisoners = "one prisoner is" if wing.prisoners == 1 else f"{wing.prisoners} prisoners are"
        said = f"Wing {wing.wing}: {since}; {prisoners} there."
        yield News(NewsKind.SILENCE, wing.prisoners, said, wing.wing)
    yield from _change(wing)
    if HALF * wing.without > wing.prisoners:
        yield News(NewsKind.MOST_UNSEEN, share, f"{without}; {_time(wing, weeks)}.", wing.wing)


def _time(wing: WingNews, weeks: str) -> str:
    if not wing.rota_recorded:
        return f"no rota is recorded for {weeks}: nobody can tell why"
    dropped = f", {wing.dropped_minutes:,} of them dropped" if wing.dropped_minutes else ""
    detailed = f"{wing.detailed_minutes:,} were detailed{dropped}"
    return f"of {wing.required_minutes:,.0f} minutes required in {weeks} {detailed}"


def _change(wing: WingNews) -> Iterator[News]:
    chart = wing.chart
    if chart is None or chart.signal in (Signal.NONE, Signal.TOO_FEW, Signal.ABOVE, Signal.RUN_ABOVE):
        return
    usual = f"{chart.expected:.0f} would be usual"
    if chart.signal is Signal.BELOW:
        between = f"{chart.lower:.0f} to {chart.upper:.0f}"
        said = f"Wing {wing.wing}: {say_count(chart.sessions, 'session')} last week, {usual} ({between})."
    else:
        said = f"Wing {wing.wing}: for 8 weeks fewer sessions than before; {chart.sessions} last week, {usual}."
    yield News(NewsKind.SUDDEN_CHANGE, chart.expected - chart.sessions, said, wing.wing)


def _span(days: int) -> str:
    return "a week" if days == DAYS_PER_WEEK else f"{days} days"


def headline(news: Iterable[News]) -> str:
    """Return the worst of them as the first sentence of the page."""
    return next((one.sentence for one in news), "Nobody has to be seen today, and no wing stands out.")
