"""Who is on the list of prisoners with no key work, in the order of work, and why (help: order-of-work).

One rule for every list, so that the list, the morning page and one prisoner's own screen cannot disagree.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from keyworker_cli.rules.codes.findings import GapState, Why
from keyworker_cli.rules.contact.gaps import Gap, find_gaps
from keyworker_cli.rules.contact.scope import by_scope
from keyworker_cli.rules.contact.why_overdue import NO_SLOTS, why_overdue
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.rota import LatestSlot, NextSlot, RotaSince
from keyworker_cli.rules.markers.order_of_work import Turn, WorkOrder, order_of_work
from keyworker_cli.rules.markers.priority import NO_PRIORITY, Priority
from keyworker_cli.rules.rota.slots import latest_by_wing
from keyworker_cli.rules.settings import Settings


class Listed(NamedTuple):
    """One prisoner on the list: his clocks, why he is on it, and what that was judged by.

    `rota` is his key worker's time since he was last seen, `caseload` how many prisoners that officer has, `next_slot`
    his next time on the rota; `priority` is what raises his own, `order` his place in the order of work.
    """

    gap: Gap
    why: Why
    rota: RotaSince
    caseload: int
    next_slot: NextSlot | None
    priority: Priority
    order: WorkOrder

    @property
    def is_new(self) -> bool:
        """To be seen today because of a concern of the last 72 hours."""
        return self.order.turn is Turn.NEW

    @property
    def reached(self) -> bool:
        """Whether his gap has reached `gap.days`; else he is listed because he is to be seen today."""
        return self.gap.state is not GapState.OK


class RotaFacts(NamedTuple):
    """What is known of the rota: each prisoner's key worker's time since he was last seen, and officers' next slots."""

    since: Iterable[RotaSince]
    latest: Iterable[LatestSlot]
    next_slots: Iterable[NextSlot]


class WorkList(NamedTuple):
    """Who is to be seen, in the order of work. `prisoners` are all asked about who are present and in scope.

    `away` are those out overnight whose gap has reached `gap.days`; `excluded` those out of scope. `gaps` are the
    clocks of all the prisoners, the longest first.
    """

    here: tuple[Listed, ...]
    away: tuple[Listed, ...]
    prisoners: tuple[Contact, ...]
    excluded: tuple[Contact, ...]
    gaps: tuple[Gap, ...]

    @property
    def see_today(self) -> tuple[Listed, ...]:
        """Those to be seen today, new concerns first."""
        return tuple(one for one in self.here if one.priority.see_today)

    @property
    def reached(self) -> tuple[Listed, ...]:
        """Those of them whose gap has reached `gap.days`, in the order of work."""
        return tuple(one for one in self.here if one.reached)


def list_work(
    everyone: Iterable[Contact],
    rota: RotaFacts,
    *,
    covers: Callable[[Contact], bool],
    priorities: Mapping[int, Priority],
    as_of: date,
    settings: Settings,
) -> WorkList:
    """Return the list of those prisoners of everyone present whom a question `covers`."""
    everyone = list(everyone)
    prisoners, excluded = by_scope((prisoner for prisoner in everyone if covers(prisoner)), as_of=as_of)
    gaps = find_gaps(prisoners, as_of=as_of, settings=settings)
    on_list = gaps_to_list(gaps, priorities)
    listed = explain(on_list, everyone=everyone, rota=rota, priorities=priorities, as_of=as_of, settings=settings)
    listed.sort(key=lambda one: one.order)
    return WorkList(
        here=tuple(one for one in listed if one.gap.contact.away is None),
        away=tuple(one for one in listed if one.gap.contact.away is not None),
        prisoners=tuple(prisoners),
        excluded=tuple(excluded),
        gaps=tuple(gaps),
    )


def gaps_to_list(gaps: Iterable[Gap], priorities: Mapping[int, Priority]) -> list[Gap]:
    """Return the clocks of those whose gap has reached `gap.days`, and of those here who are to be seen today."""

    def is_called(prisoner: Contact) -> bool:
        return prisoner.away is None and priorities.get(prisoner.person_id, NO_PRIORITY).see_today

    return [gap for gap in gaps if gap.state is not GapState.OK or is_called(gap.contact)]


def explain(
    gaps: Iterable[Gap],
    *,
    everyone: Iterable[Contact],
    rota: RotaFacts,
    priorities: Mapping[int, Priority],
    as_of: date,
    settings: Settings,
) -> list[Listed]:
    """Say why each gap is there (help: why-overdue), in the order given.

    Of `everyone` present those in scope make up the caseloads.
    """
    since = {one.person_id: one for one in rota.since}
    latest_slots = latest_by_wing(rota.latest)
    slots = {slot.key_worker_id: slot for slot in rota.next_slots}
    caseloads = caseload_sizes(by_scope(everyone, as_of=as_of)[0])

    def listed(gap: Gap) -> Listed:
        prisoner = gap.contact
        his_rota, caseload = since.get(prisoner.person_id, NO_SLOTS), caseloads.get(prisoner.key_worker_id, 0)
        why = why_overdue(prisoner, his_rota, latest=latest_slots, caseload=caseload, as_of=as_of, settings=settings)
        priority = priorities.get(prisoner.person_id, NO_PRIORITY)
        order = order_of_work(prisoner, priority, as_of=as_of)
        return Listed(gap, why, his_rota, caseload, slots.get(prisoner.key_worker_id or 0), priority, order)

    return [listed(gap) for gap in gaps]


def caseload_sizes(contacts: Iterable[Contact]) -> Mapping[int | None, int]:
    """Return how many of these prisoners each key worker has, by his key."""
    sizes: dict[int | None, int] = {}
    for contact in contacts:
        sizes[contact.key_worker_id] = sizes.get(contact.key_worker_id, 0) + 1
    return sizes
