"""Whether a prisoner has one key worker, or one after another (help: allocation)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from keyworker_cli.rules.facts.officers import Allocation
from keyworker_cli.rules.facts.sessions import SessionHeld
from keyworker_cli.rules.markers.priority import CHANGED_OFTEN

WITHIN_WEEKS = 26


@dataclass(frozen=True, slots=True)
class Continuity:
    """How steady a prisoner's key work has been in this stay.

    `by_current` of his counted `sessions` were held by the key worker he has, `None` without one. `key_workers` counts
    those he has had in the last 26 weeks.
    """

    sessions: int
    by_current: int | None
    key_workers: int

    @property
    def percent(self) -> float | None:
        """The share of his sessions that the present key worker held, to one decimal; `None` where there are none."""
        if self.by_current is None or not self.sessions:
            return None
        return round(100 * self.by_current / self.sessions, 1)

    @property
    def changed_often(self) -> bool:
        """Three or more key workers in 26 weeks."""
        return self.key_workers >= CHANGED_OFTEN


def continuity_of(
    counted: Sequence[SessionHeld], allocations: Sequence[Allocation], *, current: str | None, as_of: date
) -> Continuity:
    """Return how steady a stay's key work is: its counted sessions and allocations, and the key worker he has now."""
    since = as_of - timedelta(weeks=WITHIN_WEEKS)
    lately = {one.staff_id for one in allocations if not one.held_no_day and not one.ended_by_day(since)}
    by_current = None if current is None else sum(one.staff_id == current for one in counted)
    return Continuity(len(counted), by_current, len(lately))
