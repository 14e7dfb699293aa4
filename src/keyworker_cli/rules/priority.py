"""Who is to be seen today, and in which order: an order of work, not an assessment of risk (DOMAIN 5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from keyworker_cli.rules.codes import ProcessMarker
from keyworker_cli.rules.facts import Contact
from keyworker_cli.rules.in_force import MIDNIGHT, Marker
from keyworker_cli.rules.markers import HIGHEST_TIER, family_of
from keyworker_cli.rules.settings import Settings

FAMILY_TIER = 2  # DOMAIN 5: tier 2 markers of two different families, or one and a gap past S
FAMILIES_ENOUGH = 2
WORKER_CHANGED_DAYS = 14  # DOMAIN 5: WORKER_CHANGED (14 d)
WORKER_NO_TIME_DAYS = 14  # DOMAIN 5: 0 rota minutes for 2+ weeks
REFUSED_RUNNING = 3  # DOMAIN 5: REFUSED_3


@dataclass(frozen=True, slots=True)
class Priority:
    """What raises one man's priority on a day. `tier` is the highest among his markers, 1 to 3, `None` without one.

    `calling` are the markers that put him in question for today; `see_today` says whether they still do. `process` are
    codes of how key work stands with him: they never add to a tier.
    """

    markers: tuple[Marker, ...]
    tier: int | None
    see_today: bool
    calling: tuple[Marker, ...] = ()
    process: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of his markers, each once, then those of process."""
        return (*dict.fromkeys(marker.code for marker in self.markers), *self.process)


NO_PRIORITY = Priority((), None, see_today=False)


def priority_of(
    man: Contact, markers: Iterable[Marker], *, as_of: date, settings: Settings, process: Iterable[str] = ()
) -> Priority:
    """Return a man's priority on a day from his markers in force.

    See today: his markers call for it, and he has had no counted session since the newest of those began, or his gap
    has reached `gap.days` (DOMAIN 5).
    """
    markers = tuple(markers)
    gap_days = (as_of - man.clock_from).days
    calling = calling_markers(markers, gap_days=gap_days, settings=settings)
    unseen = any(not seen_since(man, marker) for marker in calling)
    return Priority(
        markers=markers,
        tier=min((marker.tier for marker in markers if marker.tier is not None), default=None),
        see_today=bool(calling) and (unseen or gap_days >= settings.gap_days),
        calling=calling,
        process=tuple(process),
    )


def calling_markers(markers: Iterable[Marker], *, gap_days: int, settings: Settings) -> tuple[Marker, ...]:
    """Return the markers that call for him to be seen today.

    Those of tier 1 do by themselves; those of tier 2 as well where markers of two families stand, or where the gap is
    past `gap.serious_days`. Those of a family count once.
    """
    high = [marker for marker in markers if marker.tier is not None and marker.tier <= FAMILY_TIER]
    families = {family_of(marker.code) for marker in high}
    if len(families) >= FAMILIES_ENOUGH or gap_days > settings.gap_serious_days:
        return tuple(high)
    return tuple(marker for marker in high if marker.tier == HIGHEST_TIER)


def seen_since(man: Contact, marker: Marker) -> bool:
    """Return whether he has had a counted session since a marker began.

    On the marker's own day the times decide. Where one is not known nobody can tell, and he is taken as not seen.
    """
    seen_on, seen_at = man.last_session_on, man.last_session_minute
    if seen_on is None or seen_on != marker.began_on:
        return seen_on is not None and seen_on > marker.began_on
    if marker.at_minute == MIDNIGHT:
        return True
    return seen_at is not None and marker.at_minute is not None and seen_at >= marker.at_minute


def process_markers(man: Contact, *, as_of: date, last_slot_on: date | None, rota_on: date | None) -> tuple[str, ...]:
    """Return how key work stands with him, as codes (DOMAIN 5).

    `last_slot_on` is the latest day, up to this one, with time on the rota for his key worker, `rota_on` the same for
    anyone of that officer's wing: without a rota for the wing nobody can tell whether he has time.
    """

    def within(day: date | None, days: int) -> bool:
        return day is not None and (as_of - day).days <= days

    held = man.staff_id is not None
    no_time = within(rota_on, WORKER_NO_TIME_DAYS - 1) and not within(last_slot_on, WORKER_NO_TIME_DAYS - 1)
    changed = man.last_ended_on is not None and man.last_ended_on >= man.arrived_on
    found = {
        ProcessMarker.NEVER_SEEN: man.never_seen,
        ProcessMarker.NOT_MET: held and man.met_on is None,
        ProcessMarker.NO_KEY_WORKER: not held,
        ProcessMarker.WORKER_NO_TIME: held and no_time,
        ProcessMarker.WORKER_CHANGED: held and changed and within(man.allocated_on, WORKER_CHANGED_DAYS),
        ProcessMarker.REFUSED_3: man.refusals_since >= REFUSED_RUNNING,
    }
    return tuple(code.value for code, holds in found.items() if holds)
