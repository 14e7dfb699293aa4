"""Time on the rota, as the list of men not seen counts it."""

from datetime import date
from typing import NamedTuple


class RotaSince(NamedTuple):
    """The time his current key worker had on the rota since a man was last seen (the window of DOMAIN 3.6)."""

    person_id: int
    slots: int
    worked: int
    worked_minutes: int
    lost: int
    unconfirmed: int


class NextSlot(NamedTuple):
    """The next time an officer has on the rota, today included; `minutes` are those of the next 14 days."""

    key_worker_id: int
    slot_on: date
    start_minute: int
    end_minute: int


class OfficerSlot(NamedTuple):
    """The latest day, up to the one asked about, on which an officer had time on the rota, whatever became of it."""

    key_worker_id: int
    slot_on: date


class LatestSlot(NamedTuple):
    """The latest day up to the one asked about for which a wing has any rota recorded; its own wing may be unknown."""

    wing: str | None
    slot_on: date
