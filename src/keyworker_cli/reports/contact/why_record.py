"""What is known of one prisoner as of a day, gathered once for whatever is then said of him."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from keyworker_cli.reports.markers.priorities import priorities_of
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.rules.budget.own_average import OwnAverage, own_averages
from keyworker_cli.rules.codes.records import DepartureReason
from keyworker_cli.rules.contact.clocks import End, StayHistory, end_of, say_planned
from keyworker_cli.rules.contact.counted import is_counted
from keyworker_cli.rules.contact.explain import ListingFacts
from keyworker_cli.rules.contact.gaps import Gap, find_gaps
from keyworker_cli.rules.contact.scope import by_scope
from keyworker_cli.rules.contact.work_list import Listed, RotaFacts, explain, gaps_to_list
from keyworker_cli.rules.dates.london import days_between
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.officers import Allocation
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.sessions import SessionHeld
from keyworker_cli.rules.facts.stays import Away, Stay
from keyworker_cli.rules.markers.priority import Priority
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.stays.after_death import LateSessions, died_on, late_sessions, recorded_in_time

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store


@dataclass(frozen=True)
class PrisonerRecord:
    """What is known of one prisoner as of a day: his stays and what happened in them, the latest first.

    `stay` is the latest that had begun; `contact` is of that stay, as of the day, or as of the day it ended. `ended` is
    what stopped his clocks. `late` are sessions that were recorded after the day of his death: in no figure of his.
    `planned` says which changes of his key worker are to come.
    """

    as_of: date
    person: Person
    contact: Contact
    stay: Stay
    stays: Sequence[Stay]
    held: Sequence[Allocation]
    sessions: Sequence[SessionHeld]
    late: Sequence[SessionHeld]
    ended: End | None
    settings: Settings
    planned: tuple[str, ...] = ()

    @property
    def left_on(self) -> date | None:
        """The day he left, if that has come."""
        return _until(self.stay, self.as_of)

    @property
    def clocks_on(self) -> date:
        """The day as of which his clocks stand: when they were stopped, but not before he was last seen."""
        return max(self.ended.on, self.contact.clock_from) if self.ended else self.as_of

    @property
    def history(self) -> StayHistory:
        """What his present stay has had so far."""
        counted = tuple(one for one in self.sessions_in(self.stay) if is_counted(one, settings=self.settings))
        return StayHistory(counted, tuple(self.held_in(self.stay)), self.ended)

    def sessions_in(self, stay: Stay) -> Iterator[SessionHeld]:
        """Yield the sessions of a stay, the days of arrival and departure included."""
        return (one for one in self.sessions if stay.arrived_on <= one.held_on and _by(one.held_on, stay.left_on))

    @property
    def beside(self) -> LateSessions | None:
        """What the sessions recorded after his death would make of his gap, where he died in this stay."""
        died = self.left_on if self.stay.departure_reason == DepartureReason.DIED else None
        if died is None:
            return None
        late = [one for one in self.late if self.stay.arrived_on <= one.held_on <= died]
        counted = [one for one in late if is_counted(one, settings=self.settings)]
        return late_sessions(counted, died, days=days_between(self.contact.clock_from, died))

    def averages(self, absences: Sequence[Away]) -> tuple[OwnAverage, OwnAverage]:
        """His own averages of the present stay, and of its last 28 days."""
        in_time = [away for away in absences if away.in_time]
        return own_averages(self.stay, in_time, self.sessions, as_of=self.as_of, settings=self.settings)

    def held_in(self, stay: Stay) -> Iterator[Allocation]:
        """Yield the allocations of a stay."""
        return (one for one in self.held if stay.arrived_on <= one.allocated_on and _by(one.allocated_on, stay.left_on))


def prisoner_record(store: "Store", request: ReportRequest, prisoner: Person) -> PrisonerRecord | None:
    """Gather what is known of him as of the day; `None` when he had not come by then."""
    all_stays = store.queries.stays_of(prisoner.person_id)
    stays = [stay for stay in all_stays if stay.arrived_on <= request.as_of]
    if not stays:
        return None
    stay = stays[0]
    allocations = store.queries.allocations_of(prisoner.person_id)
    held = [_as_of(one, request.as_of) for one in allocations]
    recorded = [one for one in store.queries.sessions_of(prisoner.person_id) if one.held_on <= request.as_of]
    died = died_on(all_stays)
    sessions = [one for one in recorded if recorded_in_time(one, died)]
    ended = end_of(stay, as_of=request.as_of)
    stood_on = _until(stay, request.as_of) or request.as_of
    (contact,) = store.queries.contact_of_stay(stay.stay_id, as_of=stood_on, settings=request.settings)
    known = PrisonerRecord(
        as_of=request.as_of,
        person=prisoner,
        contact=contact,
        stay=stay,
        stays=stays,
        held=[one for one in held if one.allocated_on <= request.as_of and recorded_in_time(one, died)],
        sessions=sessions,
        late=[one for one in recorded if one not in sessions],
        ended=ended,
        settings=request.settings,
        planned=() if ended else tuple(say_planned(allocations, as_of=request.as_of)),
    )
    return replace(known, contact=_at_the_end(known)) if ended else known


def _at_the_end(known: PrisonerRecord) -> Contact:
    """Return his contact with the key worker he had when his stay, or his place in the scheme, ended."""
    contact, ended = known.contact, known.ended
    last = next(known.held_in(known.stay), None)
    if ended is None or last is None or last.ended_on not in (None, ended.on):
        return contact
    own = [one for one in known.history.counted if one.staff_id == last.staff_id and one.held_on >= last.allocated_on]
    return contact._replace(
        key_worker_id=last.key_worker_id,
        staff_id=last.staff_id,
        worker_last_name=last.last_name,
        worker_first_name=last.first_name,
        allocated_on=last.allocated_on,
        allocated_by=last.allocated_by,
        acknowledged_on=last.acknowledged_on,
        met_on=own[-1].held_on if own else None,
    )


def _as_of(held: Allocation, as_of: date) -> Allocation:
    """Return an allocation as it stood at the end of the day: one that ended later was live."""
    if held.acknowledged_on is not None and held.acknowledged_on > as_of:
        held = held._replace(acknowledged_on=None)
    later = held.ended_on is not None and held.ended_on > as_of
    return held._replace(ended_on=None, end_reason=None, ended_by=None) if later else held


def case_of(store: "Store", request: ReportRequest, known: PrisonerRecord) -> ListingFacts:
    """Put together what bears on his being listed: from the list's own rules while he is here."""
    contact, queries, settings = known.contact, store.queries, request.settings
    (gap,) = find_gaps([contact], as_of=known.clocks_on, settings=settings)
    if known.ended:
        return ListingFacts(gap, None, known.ended, None, None)
    inside, _ = by_scope([contact], as_of=request.as_of)
    priorities = priorities_of(store, request, [contact])
    listed = _listed(store, request, gaps_to_list([gap] if inside else [], priorities), priorities)
    priority = priorities[contact.person_id]
    if contact.key_worker_id is None:
        return ListingFacts(gap, listed, None, None, None, priority)
    last = next(iter(queries.last_slot(contact.key_worker_id, as_of=request.as_of)), None)
    slots = {slot.key_worker_id: slot for slot in queries.next_slots(as_of=request.as_of)}
    return ListingFacts(gap, listed, None, last, slots.get(contact.key_worker_id), priority)


def _listed(
    store: "Store", request: ReportRequest, to_list: list[Gap], priorities: Mapping[int, Priority]
) -> Listed | None:
    """Return his row of the list, where he has one."""
    if not to_list:
        return None
    queries, as_of, settings = store.queries, request.as_of, request.settings
    rota = RotaFacts(
        queries.rota_since(as_of=as_of, settings=settings),
        queries.latest_slots(as_of=as_of),
        queries.next_slots(as_of=as_of),
    )
    everyone = queries.contacts(as_of=as_of, settings=settings)
    (listed,) = explain(to_list, everyone=everyone, rota=rota, priorities=priorities, as_of=as_of, settings=settings)
    return listed


def _by(on: date, end: date | None) -> bool:
    return end is None or on <= end


def _until(stay: Stay, as_of: date) -> date | None:
    return stay.left_on if stay.left_on is not None and stay.left_on <= as_of else None
