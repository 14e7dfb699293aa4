"""On which mornings a man stood on the list of men not seen: from his sessions, not by asking day by day (DOMAIN 3.4).

The morning's page knows of the sessions held up to the evening before. Nights away are not counted: he stood in a block
of his own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from keyworker_cli.rules.codes import GapState
from keyworker_cli.rules.facts import Away, Stay
from keyworker_cli.rules.gaps import state_of
from keyworker_cli.rules.settings import Settings

DAY = timedelta(days=1)
LISTED = (GapState.OVERDUE, GapState.SERIOUS)


@dataclass(frozen=True, slots=True)
class Mornings:
    """Mornings on end on which a man stood on the overdue list; `serious_on` is the first on which it was serious."""

    first_on: date
    last_on: date
    number: int
    serious_on: date | None


def mornings_overdue(
    stay: Stay, seen_on: Iterable[date], absences: Sequence[Away], *, as_of: date, settings: Settings
) -> list[Mornings]:
    """Return the runs of mornings, up to that of `as_of`, on which his gap in this stay was overdue or serious.

    `seen_on` are the days of his counted sessions. The morning after his arrival is the first, that of the day he left
    or died the last; from the day he is out of scope he is on no list.
    """
    states = list(_states(stay, sorted(seen_on), absences, as_of, settings))
    found = []
    for listed, run in groupby(states, key=lambda morning: morning[1] in LISTED):
        days = list(run)
        if listed:
            serious = next((day for day, state in days if state is GapState.SERIOUS), None)
            found.append(Mornings(days[0][0], days[-1][0], len(days), serious))
    return found


def _states(
    stay: Stay, seen_on: Sequence[date], absences: Sequence[Away], as_of: date, settings: Settings
) -> Iterator[tuple[date, GapState]]:
    last = min(day for day in (as_of, stay.left_on, stay.out_of_scope_from and stay.out_of_scope_from - DAY) if day)
    seen = [day for day in seen_on if stay.arrived_on <= day]
    clock_from, at = stay.arrived_on, 0
    for number in range(1, (last - stay.arrived_on).days + 1):
        morning = stay.arrived_on + number * DAY
        while at < len(seen) and seen[at] < morning:
            clock_from, at = seen[at], at + 1
        if not any(_away(absence, morning) for absence in absences):
            yield morning, state_of((morning - clock_from).days, settings)


def _away(absence: Away, morning: date) -> bool:
    """He was away in the night before."""
    return absence.from_on < morning and (absence.to_on is None or morning <= absence.to_on)
