"""What of a plan that was kept for a day still stands, since a rota changes after it was made (help: plan)."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from keyworker_cli.rules.codes.records import Outcome, SlotStatus
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.rota import PlannedPlace, PlannedSession, Slot
from keyworker_cli.rules.markers.order_of_work import newest_concern
from keyworker_cli.rules.markers.priority import Priority
from keyworker_cli.rules.rota.slots import LOST, SlotState, state_of_slot

STANDING = (SlotState.TO_COME, SlotState.WORKED)


class KeptPlan(NamedTuple):
    """The places of a day's plan by prisoner: those whose slot still exists, and those whose slot does not.

    `officers` are the key workers whose time of that day was planned.
    """

    standing: Mapping[int, PlannedPlace]
    gone: Mapping[int, PlannedPlace]
    officers: frozenset[int]


def check_plan(places: Iterable[PlannedPlace], slots: Iterable[Slot], *, on: date) -> KeptPlan:
    """Return the places of a day's plan that still hold at its end: officer present, and the slot covers the place."""
    there = [slot for slot in slots if slot.slot_on == on and state_of_slot(slot, as_of=on) in STANDING]
    places = list(places)
    standing = {place.person_id: place for place in places if any(_covers(slot, place) for slot in there)}
    gone = {place.person_id: place for place in places if place.person_id not in standing}
    return KeptPlan(standing, gone, frozenset(place.key_worker_id for place in places))


def seat_of(
    kept: KeptPlan, prisoner: Contact, priority: Priority, *, on: date, from_minute: int
) -> PlannedPlace | None:
    """Return a prisoner's place in the plan of a day; none that was over before his newest concern began.

    Time before `from_minute` is over; of a past day it is 0, and none is.
    """
    place, concern = kept.standing.get(prisoner.person_id), newest_concern(prisoner, priority, as_of=on)
    if place is None or place.end_minute > from_minute:
        return place
    if concern is None or concern.began_on != on or concern.at_minute is None:
        return place
    return place if concern.at_minute < place.end_minute else None


def _covers(slot: Slot, place: PlannedPlace) -> bool:
    same = slot.key_worker_id == place.key_worker_id
    return same and slot.start_minute <= place.start_minute and place.end_minute <= slot.end_minute


class Became(StrEnum):
    """What became of a place in a plan, the first that holds. All but the first and the last speak of the rota."""

    SEEN = "seen"
    REFUSED = "refused"
    DID_NOT_ATTEND = "did_not_attend"
    CANCELLED = "cancelled"
    LEFT = "left"
    WORKER_UNAVAILABLE = "worker_unavailable"
    SLOT_LOST = "slot_lost"
    SLOT_GONE = "slot_gone"
    UNCONFIRMED = "unconfirmed"
    UNUSED = "unused"


_OFFERED = {
    Outcome.REFUSED: Became.REFUSED,
    Outcome.DID_NOT_ATTEND: Became.DID_NOT_ATTEND,
    Outcome.CANCELLED: Became.CANCELLED,
}


def what_became(planned: PlannedSession) -> Became:
    """Return what became of one prisoner's place: a counted session that day, by anyone, is what was wanted."""
    if planned.seen_staff_id is not None:
        return Became.SEEN
    if planned.outcome is not None:
        return _OFFERED[Outcome(planned.outcome)]
    if planned.here_since is None:
        return Became.LEFT
    if planned.unavailable is not None:
        return Became.WORKER_UNAVAILABLE
    if planned.slot_status is None:
        return Became.SLOT_GONE
    if planned.slot_status in LOST:
        return Became.SLOT_LOST
    return Became.UNUSED if planned.slot_status == SlotStatus.WORKED else Became.UNCONFIRMED
