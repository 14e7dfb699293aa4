"""Pictures of the gaps: how many prisoners stand at each length, and those of each officer (help: gap)."""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from keyworker_cli.reports.report import Picture
from keyworker_cli.rules.codes.findings import GapState
from keyworker_cli.rules.contact.gap_state import serious_after
from keyworker_cli.rules.contact.gaps import Gap
from keyworker_cli.rules.dates.london import DAYS_PER_WEEK
from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.settings import Settings

LONGEST_BAR: Final = 40
TOP_WEEKS: Final = 8  # beyond so many weeks all stand together


def gap_picture(gaps: Iterable[Gap], *, settings: Settings, below: bool = False) -> Picture:
    """Return how many of those here and not out overnight stand at each week of gap; the states' limits are edges."""
    days = [gap.days for gap in gaps if gap.contact.away is None]
    edges = _edges(settings)
    counts = [sum(first <= one < end for one in days) for first, end in zip(edges, [*edges[1:], 10**6], strict=True)]
    most = max(counts, default=0)
    labels = [f"{first}-{end - 1} days" for first, end in pairwise(edges)]
    within = sum(one < settings.gap_days for one in days)
    serious = sum(one > serious_after(settings) for one in days)
    return Picture(
        title="How long without key work",
        columns=(),
        rows=tuple(
            (label, bar(count, most))
            for label, count in zip([*labels, f"{edges[-1]} days or more"], counts, strict=True)
        ),
        key=(),
        said=(
            f"{within} of {say_count(len(days), 'prisoner')} under {settings.gap_days} days, {serious} over "
            f"{serious_after(settings)}.",
        ),
        beside=tuple(f"{count:,}" for count in counts),
        below=below,
        joined=True,
    )


def bar(amount: float, most: float, *, shade: str = "█") -> tuple[str, ...]:
    """Return the cells of a bar: as many as the longest has for `most`, none for nothing, one at least for anything."""
    return (shade,) * math.ceil(LONGEST_BAR * amount / most) if most > 0 else ()


SHADES: Final = {GapState.OK: "·", GapState.DUE: "░", GapState.OVERDUE: "▒", GapState.SERIOUS: "█"}


class Strip(NamedTuple):
    """An officer's prisoners, and the minutes that the rota had for them beside those that were needed."""

    name: str
    gaps: Sequence[Gap]
    detailed_minutes: int
    needed_minutes: float


def strips_picture(strips: Iterable[Strip], *, weeks: int, below: bool = False) -> Picture:
    """Return a row an officer, a cell a prisoner, the longest gaps first: the darker the longer without key work."""
    shown = list(strips)
    return Picture(
        title=f"Their prisoners by gap, and the minutes detailed of those required in {say_count(weeks, 'week')}",
        columns=(),
        rows=tuple(
            (one.name, tuple(SHADES[gap.state] for gap in sorted(one.gaps, key=lambda gap: -gap.days))) for one in shown
        ),
        key=(("·", "seen in time"), ("░", "due"), ("▒", "overdue"), ("█", "serious")),
        said=(),
        beside=tuple(
            f"{one.detailed_minutes:,} of {round(one.needed_minutes):,} minutes{_longest(one.gaps)}" for one in shown
        ),
        below=below,
    )


def _longest(gaps: Sequence[Gap]) -> str:
    return f", longest gap {say_count(max(gap.days for gap in gaps), 'day')}" if gaps else ", no prisoners"


def _edges(settings: Settings) -> list[int]:
    """Return the first day of each bar: whole weeks, and where a gap is due and where it is serious."""
    weeks = {week * DAYS_PER_WEEK for week in range(TOP_WEEKS + 1)}
    serious = serious_after(settings) + 1
    kept = {0, settings.gap_days, serious} | {on for on in weeks if on > settings.gap_days and abs(on - serious) > 1}
    return sorted(on for on in kept if on <= max(serious, TOP_WEEKS * DAYS_PER_WEEK))
