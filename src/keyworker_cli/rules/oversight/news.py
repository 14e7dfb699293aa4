"""The news of a morning: the worst true thing in the data, in a sentence with its numbers (help: briefing).

It is about wings, their rota and their time. An officer is never named in it: what goes wrong here is the rota first.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import IntEnum
from typing import Final, NamedTuple

from keyworker_cli.rules.budget.control_chart import Chart, Signal
from keyworker_cli.rules.dates.london import DAYS_PER_WEEK, days_between
from keyworker_cli.rules.dates.say import say_day_near
from keyworker_cli.rules.plan.today import say_time_for
from keyworker_cli.rules.say import say_count

SILENT_DAYS: Final = 4
"""So many days with nothing recorded are more than a weekend."""

WING_SILENT_DAYS: Final = 14
HALF: Final = 2
MOST: Final = 10
"""One part in so many is left when nearly all is gone."""

A_FEW: Final = 5
"""What concerns fewer prisoners is told after what concerns more: it is no less true, and no less theirs."""


class NewsKind(IntEnum):
    """What kind of news it is, the worst first."""

    NOTHING_RECORDED = 0
    DROPPED = 1
    NO_TIME = 2
    SILENCE = 3
    SUDDEN_CHANGE = 4
    MOST_UNSEEN = 5
    HELD_OUTSIDE = 6
    SEE_TODAY = 7


class News(NamedTuple):
    """One piece of news: how bad it is, and its sentence.

    `weight` orders news of one kind, the largest first; what concerns `a_few` prisoners comes after the other wings.
    """

    kind: NewsKind
    weight: float
    sentence: str
    wing: str | None = None
    a_few: bool = False

    @property
    def order(self) -> tuple[bool, bool, NewsKind, float, str]:
        """Where it stands among the news, the worst first."""
        return (self.kind is NewsKind.SEE_TODAY, self.a_few, self.kind, -self.weight, self.wing or "")


class WingNews(NamedTuple):
    """What a wing's news are found from: its prisoners, and the time of its officers in the last complete weeks.

    `last_session_on` is the last counted session that its officers held, `None` where the weeks looked back on have
    none; `chart` is its own history.
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
    """What the news are found from: minutes of `weeks` complete weeks, sessions of `weeks_back` and this one.

    `days` are the gaps of all who are here, of whatever wing.
    """

    wings: tuple[WingNews, ...]
    weeks: int
    weeks_back: int
    gap_days: int
    see_today: int
    with_time: int
    last_recorded_on: date | None
    days: Sequence[int] = ()


def find_news(facts: MorningFacts, *, as_of: date) -> list[News]:
    """Return the news, the worst first; a wing is told of once. Never empty while anybody is without key work."""
    found = sorted(_all_news(facts, as_of), key=lambda one: one.order)
    told: set[str] = set()
    kept = []
    for one in found:
        if one.wing is None or one.wing not in told:
            kept.append(one)
            told |= {one.wing} if one.wing else set()
    return kept or list(_of_all_wings(facts))


def _all_news(facts: MorningFacts, as_of: date) -> Iterator[News]:
    ago = days_between(facts.last_recorded_on, as_of) if facts.last_recorded_on else 0
    if facts.last_recorded_on is None and any(days >= facts.gap_days for days in facts.days):
        said = f"No session has been recorded in the last {facts.weeks_back} weeks."
        yield News(NewsKind.NOTHING_RECORDED, 0, said)
    elif facts.last_recorded_on is not None and ago >= SILENT_DAYS:
        said = f"No session has been recorded since {say_day_near(facts.last_recorded_on, as_of)}: {ago} days."
        yield News(NewsKind.NOTHING_RECORDED, ago, said)
    for wing in facts.wings:
        for one in _of_wing(wing, facts, as_of):
            yield one._replace(a_few=wing.without < A_FEW)
    if not facts.wings:
        yield from (one for one in _of_all_wings(facts) if HALF * one.weight > len(facts.days))
    if facts.see_today:
        time = say_time_for(facts.see_today, facts.with_time)
        yield News(NewsKind.SEE_TODAY, 0, f"{facts.see_today} to be seen today; {time}.")


def _of_all_wings(facts: MorningFacts) -> Iterator[News]:
    """Tell of all prisoners together, where no wing is known or none stands out."""
    without = sum(days >= facts.gap_days for days in facts.days)
    if without:
        longest = say_count(max(facts.days), "day")
        said = (
            f"{without} of {len(facts.days)} without key work for {_span(facts.gap_days)}, the longest for {longest}."
        )
        yield News(NewsKind.MOST_UNSEEN, without, said)


def _of_wing(wing: WingNews, facts: MorningFacts, as_of: date) -> Iterator[News]:
    weeks = "the last week" if facts.weeks == 1 else f"{facts.weeks} weeks"
    without = f"Wing {wing.wing}: {wing.without} of {wing.prisoners} without key work for {_span(facts.gap_days)}"
    if wing.detailed_minutes and MOST * (wing.detailed_minutes - wing.dropped_minutes) <= wing.detailed_minutes:
        dropped = f"{_of_all(wing.dropped_minutes, wing.detailed_minutes)} minutes detailed in {weeks} were dropped"
        if wing.without:
            yield News(NewsKind.DROPPED, wing.without, f"{without}; {dropped}.", wing.wing)
        else:
            said = f"Wing {wing.wing}: {dropped}; its prisoners were seen outside them."
            yield News(NewsKind.HELD_OUTSIDE, wing.dropped_minutes, said, wing.wing)
    if wing.rota_recorded and not wing.detailed_minutes and wing.required_minutes:
        none = f"no key work was detailed in {weeks}, {wing.required_minutes:,.0f} minutes were required"
        if wing.without:
            yield News(NewsKind.NO_TIME, wing.without, f"{without}; {none}.", wing.wing)
        else:
            said = f"Wing {wing.wing}: {none}; its prisoners were seen all the same."
            yield News(NewsKind.HELD_OUTSIDE, wing.required_minutes, said, wing.wing)
    if wing.without and (silence := _silence(wing, facts, as_of)):
        yield News(
            NewsKind.SILENCE, wing.without, f"{without}; its officers have held no session {silence}.", wing.wing
        )
    yield from _change(wing)
    if HALF * wing.without > wing.prisoners:
        yield News(NewsKind.MOST_UNSEEN, wing.without, f"{without}; {_time(wing, weeks)}.", wing.wing)


def _of_all(part: int, whole: int) -> str:
    return f"all {whole:,}" if part == whole else f"{part:,} of {whole:,}"


def _silence(wing: WingNews, facts: MorningFacts, as_of: date) -> str:
    """Say how long the officers of a wing have held no session; "" while that is not long."""
    if wing.last_session_on is None:
        return f"in {facts.weeks_back} weeks" if wing.required_minutes else ""
    days = days_between(wing.last_session_on, as_of)
    return f"since {say_day_near(wing.last_session_on, as_of)}, {days} days" if days >= WING_SILENT_DAYS else ""


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
        held = say_count(chart.sessions, "session")
        said = f"Wing {wing.wing}: its officers held {held} last week, {usual} ({between})."
    else:
        fewer = "for 8 weeks its officers have held fewer sessions than before"
        said = f"Wing {wing.wing}: {fewer}; {chart.sessions} last week, {usual}."
    yield News(NewsKind.SUDDEN_CHANGE, chart.expected - chart.sessions, said, wing.wing)


def _span(days: int) -> str:
    return "a week" if days == DAYS_PER_WEEK else say_count(days, "day")


def headline(news: Iterable[News]) -> str:
    """Return the worst of them as the first sentence of the page."""
    return next((one.sentence for one in news), "Nobody has to be seen today, and no wing stands out.")
