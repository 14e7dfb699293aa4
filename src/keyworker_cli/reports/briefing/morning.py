"""What the parts of the morning page share: the men it is about, their clocks, and who is seeing whom.

help: briefing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from keyworker_cli.reports.markers.priorities import priorities_of
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Row, Style, Value
from keyworker_cli.reports.words import person
from keyworker_cli.rules.allocation.allocate import lacks_cover
from keyworker_cli.rules.contact.gaps import Gap, find_gaps
from keyworker_cli.rules.contact.scope import by_scope
from keyworker_cli.rules.dates.say import say_day, say_minute
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.rota import NextSlot, Slot
from keyworker_cli.rules.markers.priority import Priority
from keyworker_cli.rules.plan.day_plan import Candidate, candidate_of
from keyworker_cli.rules.plan.kept_plan import KeptPlan, check_plan
from keyworker_cli.rules.rota.staff_status import say_status

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

LINE: Final = "______"
"""Where a name is written in by hand: nobody is seeing him yet."""

ROTA_AHEAD: Final = timedelta(days=14)  # the rota of the next 14 days


@dataclass(frozen=True)
class Morning:
    """The men asked about, present and in scope, and what several parts of the page say of them.

    `excluded` are the men asked about who are out of scope, and so in no total. `gaps` are those of all the men, the
    longest first; `next_slots` is by officer; `plan` is what was kept for today; `rota` are the slots of the next 14
    days.
    """

    request: ReportRequest
    men: tuple[Contact, ...]
    excluded: tuple[Contact, ...]
    everyone: tuple[Contact, ...]
    gaps: tuple[Gap, ...]
    priorities: Mapping[int, Priority]
    next_slots: Mapping[int, NextSlot]
    plan: KeptPlan
    rota: tuple[Slot, ...]

    @property
    def here(self) -> tuple[Gap, ...]:
        """The gaps of the men who are not away overnight."""
        return tuple(gap for gap in self.gaps if gap.contact.away is None)

    def has_somebody(self, man: Contact) -> bool:
        """Return whether anybody is to see a man today: by the plan kept, else his key worker, who has time today."""
        if man.person_id in self.plan.standing:
            return True
        slot = self.next_slots.get(man.key_worker_id or 0)
        own_today = slot is not None and slot.slot_on == self.request.as_of
        return own_today and man.key_worker_id not in self.plan.officers and not self.candidate(man).barred

    def candidate(self, man: Contact) -> Candidate:
        """Return a man as the order of a day's plan takes him."""
        priority = self.priorities[man.person_id]
        return candidate_of(man, priority, on=self.request.as_of, settings=self.request.settings)


def this_morning(store: "Store", request: ReportRequest) -> Morning:
    """Return what the page is about; each question is asked of the store once, whichever part asks it first."""
    queries, as_of = store.queries, request.as_of
    everyone = queries.contacts(as_of=as_of, settings=request.settings)
    men, excluded = by_scope((man for man in everyone if request.covers(man)), as_of=as_of)
    rota = tuple(queries.slots_between(as_of, as_of + ROTA_AHEAD))
    return Morning(
        request=request,
        men=tuple(men),
        excluded=tuple(excluded),
        everyone=tuple(everyone),
        gaps=tuple(find_gaps(men, as_of=as_of, settings=request.settings)),
        priorities=priorities_of(store, request, men),
        next_slots={slot.key_worker_id: slot for slot in queries.next_slots(as_of=as_of)},
        plan=check_plan(queries.places_planned(as_of), rota, on=as_of),
        rota=rota,
    )


# --- who is seeing him ---


def seeing(morning: Morning, man: Contact) -> Row:
    """Return who is seeing a man, as rows hold it: today's plan if one was kept, and his key worker's next slot.

    `SEEING` shows it: a name where somebody is seeing him today, else a line to write one on.
    """
    slot = morning.next_slots.get(man.key_worker_id or 0)
    place = morning.plan.standing.get(man.person_id)
    return {
        "key_worker": person(man.staff_id, man.worker_name),
        "next_slot_on": slot.slot_on if slot else None,
        "next_slot_at": say_minute(slot.start_minute) if slot else None,
        "planned_with": person(place.staff_id, place.by) if place else None,
        "planned_at": say_minute(place.start_minute) if place else None,
        "seeing": _say_seeing(morning, man),
    }


def _say_seeing(morning: Morning, man: Contact) -> str:
    place, slot = morning.plan.standing.get(man.person_id), morning.next_slots.get(man.key_worker_id or 0)
    if place is not None:
        return f"{place.by} {say_minute(place.start_minute)}, planned"
    if morning.has_somebody(man) and slot is not None:
        return f"{man.worker_name} today {say_minute(slot.start_minute)}"
    return f"{LINE} ({_why_nobody(morning, man, slot)})"


def _why_nobody(morning: Morning, man: Contact, slot: NextSlot | None) -> str:
    """Say why nobody is seeing him today, and when his key worker next has time."""
    gone = morning.plan.gone.get(man.person_id)
    if gone is not None:
        return f"{gone.by} {say_minute(gone.start_minute)}: slot gone"
    if morning.candidate(man).barred:
        return "no one-to-one: manager"
    if man.worker_name is None:
        return "no key worker"
    if slot is None:
        return f"{man.worker_name}: {say_status(man.worker_status) if lacks_cover(man) else 'no slot'}"
    if slot.slot_on == morning.request.as_of:
        return f"{man.worker_name} today: others planned"
    return f"{man.worker_name}: {say_day(slot.slot_on)}"


SEEING: Final = (
    Column("key_worker.staff_id"),
    Column("key_worker.name"),
    Column("next_slot_on"),
    Column("next_slot_at"),
    Column("planned_with.staff_id"),
    Column("planned_with.name"),
    Column("planned_at"),
    Column("", "Seeing him", show=lambda row: str(row["seeing"]), wrap=True, writable=True),
)


# --- who he is ---


def man_said(man: Contact) -> dict[str, Value]:
    """Return who a man is and where, as rows hold it."""
    return {
        "prison_number": man.prison_number,
        "name": man.name,
        "location": man.location,
        "wing": man.wing,
    }


def emphasised(_row: Row) -> Style:
    """Stress a cell in every row."""
    return "emphasis"


NAME: Final = Column("name", "Name", style=emphasised)
NUMBER: Final = Column("prison_number", "Number")
LOCATION: Final = Column("location", "Location", priority=1)
DAYS: Final = Column("days", "Days", align="right", style=emphasised)
WING: Final = Column("wing")


def worker_name(field: str) -> Callable[[Row], str]:
    """Return what says the name of the key worker in a field of a row: "none" where there is none."""

    def name(row: Row) -> str:
        worker = row[field]
        return str(worker["name"]) if isinstance(worker, Mapping) else "none"

    return name
