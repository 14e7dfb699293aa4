"""What became of a plan: each man who was to be seen that day, and if he was not, why (INTERFACE 6)."""

from enum import StrEnum

from keyworker_cli.rules.codes import Outcome, SlotStatus
from keyworker_cli.rules.facts.slots import PlannedSession
from keyworker_cli.rules.rota import LOST


class Became(StrEnum):
    """What became of a place in a plan, the first that holds. All but the first and the last speak of the rota."""

    SEEN = "seen"
    REFUSED = "refused"
    DID_NOT_ATTEND = "did_not_attend"
    CANCELLED = "cancelled"
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
    """Return what became of one man's place: a counted session that day, by anyone, is what was wanted."""
    if planned.seen_staff_id is not None:
        return Became.SEEN
    if planned.outcome is not None:
        return _OFFERED[Outcome(planned.outcome)]
    if planned.unavailable is not None:
        return Became.WORKER_UNAVAILABLE
    if planned.slot_status is None:
        return Became.SLOT_GONE
    if planned.slot_status in LOST:
        return Became.SLOT_LOST
    return Became.UNUSED if planned.slot_status == SlotStatus.WORKED else Became.UNCONFIRMED
