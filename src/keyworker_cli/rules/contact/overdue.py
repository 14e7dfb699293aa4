"""Who is on the list of men not seen, and why: one rule, so that a list and one man's screen cannot disagree."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from keyworker_cli.rules.codes.findings import GapState, Why
from keyworker_cli.rules.contact.gaps import Gap, find_gaps
from keyworker_cli.rules.contact.scope import by_scope
from keyworker_cli.rules.contact.why_overdue import NO_SLOTS, why_overdue
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.rota import LatestSlot, NextSlot, RotaSince
from keyworker_cli.rules.markers.priority import NO_PRIORITY, Priority
from keyworker_cli.rules.rota.slots import latest_by_wing
from keyworker_cli.rules.settings import Settings


class Listed(NamedTuple):
    """One man on the list: his clocks, why he is on it, and what that was judged by.

    `rota` is his key worker's time since he was last seen, `caseload` how many men that officer has, `next_slot` his
    next time on the rota; `priority` is what raises his own.
    """

    gap: Gap
    why: Why
    rota: RotaSince
    caseload: int
    next_slot: NextSlot | None
    priority: Priority = NO_PRIORITY

    @property
    def next_slot_on(self) -> date | None:
        """The day of his key worker's next slot."""
        return self.next_slot.slot_on if self.next_slot else None


def gaps_to_list(contacts: Iterable[Contact], *, as_of: date, settings: Settings) -> list[Gap]:
    """Return the clocks of the men in scope whose gap has reached `gap.days`, longest first."""
    inside, _ = by_scope(contacts, as_of=as_of)
    return [gap for gap in find_gaps(inside, as_of=as_of, settings=settings) if gap.state is not GapState.OK]


def explain(
    gaps: Iterable[Gap],
    *,
    everyone: Iterable[Contact],
    rota: Iterable[RotaSince],
    latest: Iterable[LatestSlot],
    next_slots: Iterable[NextSlot],
    priorities: Mapping[int, Priority],
    as_of: date,
    settings: Settings,
) -> list[Listed]:
    """Say of each gap why it is (help: why-overdue), in the order given; `everyone` present makes up the caseloads."""
    since = {one.person_id: one for one in rota}
    latest_slots = latest_by_wing(latest)
    slots = {slot.key_worker_id: slot for slot in next_slots}
    caseloads = caseload_sizes(everyone)

    def listed(gap: Gap) -> Listed:
        man = gap.contact
        his_rota, caseload = since.get(man.person_id, NO_SLOTS), caseloads.get(man.key_worker_id, 0)
        why = why_overdue(man, his_rota, latest=latest_slots, caseload=caseload, as_of=as_of, settings=settings)
        priority = priorities.get(man.person_id, NO_PRIORITY)
        return Listed(gap, why, his_rota, caseload, slots.get(man.key_worker_id or 0), priority)

    return [listed(gap) for gap in gaps]


def in_order_of_work(listed: Iterable[Listed]) -> list[Listed]:
    """Return the list in its order: see today first, then the longest gap, then by prison number.

    Nobody is ranked out: every man on the list stays on it.
    """
    return sorted(listed, key=lambda one: (not one.priority.see_today, -one.gap.days, one.gap.contact.prison_number))


def caseload_sizes(contacts: Iterable[Contact]) -> Mapping[int | None, int]:
    """Return how many men present each key worker has, by his key."""
    sizes: dict[int | None, int] = {}
    for contact in contacts:
        sizes[contact.key_worker_id] = sizes.get(contact.key_worker_id, 0) + 1
    return sizes
