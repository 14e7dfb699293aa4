"""The time chain of one key worker: required, allocated, worked, delivered, of which individual (help: time-budget).

Five different numbers, never merged. Minutes that come of days are kept in sevenths, as whole numbers, and rounded only
where they are printed, so that key workers add up to wings and wings to the prison.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from keyworker_cli.rules.codes.findings import Cause
from keyworker_cli.rules.codes.records import SessionType
from keyworker_cli.rules.contact.counted import counts_if_held
from keyworker_cli.rules.dates.london import DAYS_PER_WEEK
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.facts.spans import TimeHeld
from keyworker_cli.rules.rota.slots import SlotState, state_of_slot
from keyworker_cli.rules.settings import Settings

TENTHS = 10


def round_to_sum(sevenths: Sequence[int]) -> list[float]:
    """Return amounts of minutes x 7 as minutes to one decimal, so that those printed add up to their printed sum.

    Each is the tenth below or above; those nearest to the one above are given it, until the sum is reached.
    help: time-budget.
    """
    tenths = [amount * TENTHS // DAYS_PER_WEEK for amount in sevenths]
    missing = round(sum(sevenths) * TENTHS / DAYS_PER_WEEK) - sum(tenths)
    nearest = sorted(range(len(tenths)), key=lambda at: -(sevenths[at] * TENTHS % DAYS_PER_WEEK))
    for at in nearest[:missing]:
        tenths[at] += 1
    return [amount / TENTHS for amount in tenths]


class Time(NamedTuple):
    """Amounts that add up, from key worker to wing to prison. Names that end in `_sevenths` are minutes x 7.

    `allocated_minutes` = worked + lost + unconfirmed + to come. Of lost, `unavailable_minutes` are those of slots while
    the officer was unavailable; such slots to come are `not_there_minutes` and in no other amount. `sessions` are the
    counted ones, `used_minutes` the larger of delivered and the weekly target for each of them. `minutes_not_known` is
    how many sessions and entries are in no sum of minutes, because theirs are not known.
    """

    eligible_days: int = 0
    required_sevenths: int = 0
    allocated_minutes: int = 0
    worked_minutes: int = 0
    lost_minutes: int = 0
    unconfirmed_minutes: int = 0
    to_come_minutes: int = 0
    unavailable_minutes: int = 0
    not_there_minutes: int = 0
    sessions: int = 0
    delivered_minutes: int = 0
    individual_minutes: int = 0
    outside_minutes: int = 0
    used_minutes: int = 0
    short_sevenths: int = 0
    unused_sevenths: int = 0
    minutes_not_known: int = 0

    @property
    def delivered(self) -> int | None:
        """The minutes delivered; `None` where there were sessions and of none of them are they known."""
        return known_sum(self.delivered_minutes, self.minutes_not_known)

    @property
    def individual(self) -> int | None:
        """The same of individual minutes."""
        return known_sum(self.individual_minutes, self.minutes_not_known)

    @classmethod
    def total(cls, times: "Iterable[Time]") -> "Time":
        """Return several added up, each amount for itself; of none it is 0."""
        return cls(*map(sum, zip(*times, strict=True)))


def time_of(
    days: int,
    slots: Sequence[Slot],
    sessions: Sequence[TimeHeld],
    *,
    as_of: date,
    settings: Settings,
) -> Time:
    """Return the time of one key worker: the eligible days of his prisoners, his slots, the sessions that he held."""
    required = settings.target_minutes_per_week * days
    rota = _rota_time(slots, as_of)
    counted = sum([is_counted(one, settings) for one in sessions])
    delivered = sum([one.minutes or 0 for one in sessions])
    used = max(delivered, settings.target_minutes_per_week * counted)
    return rota._replace(
        eligible_days=days,
        required_sevenths=required,
        sessions=counted,
        delivered_minutes=delivered,
        individual_minutes=sum([one.minutes or 0 for one in sessions if one.type == SessionType.KS]),
        outside_minutes=_outside_minutes(sessions, slots),
        minutes_not_known=[one.minutes for one in sessions].count(None),
        used_minutes=used,
        short_sevenths=max(0, required - rota.allocated_minutes * DAYS_PER_WEEK),
        unused_sevenths=max(0, min(required, rota.worked_minutes * DAYS_PER_WEEK) - used * DAYS_PER_WEEK),
    )


def cause_of(time: Time, *, rota_recorded: bool) -> Cause | None:
    """Return the one cause (help: time-budget): a finding about the rota, not the officer.

    `None` where there are no prisoners, and in weeks not yet over while nothing is missing but what is still to come.
    """
    if not time.eligible_days:
        return None
    if not rota_recorded:
        return Cause.NO_ROTA
    if not time.allocated_minutes:
        return Cause.NO_TIME
    if time.used_minutes * DAYS_PER_WEEK >= time.required_sevenths:
        return Cause.MET
    shares = {
        Cause.SHORT_TIME: time.short_sevenths,
        Cause.LOST: time.lost_minutes * DAYS_PER_WEEK,
        Cause.UNCONFIRMED: time.unconfirmed_minutes * DAYS_PER_WEEK,
        Cause.UNUSED: time.unused_sevenths,
    }
    largest = max(shares, key=lambda cause: shares[cause])  # of equals the first
    return largest if shares[largest] else None


def known_sum(minutes: int, not_known: int) -> int | None:
    """Return a sum of minutes; of nothing but sessions of unknown length it is not known, and never 0."""
    return None if not_known and not minutes else minutes


def is_counted(session: TimeHeld, settings: Settings) -> bool:
    """Return whether a completed session is a counted one: KS, and long enough (help: counted-session)."""
    return counts_if_held(session.type, session.minutes, session.place, settings=settings)


def _rota_time(slots: Iterable[Slot], as_of: date) -> Time:
    became: Counter[SlotState] = Counter()
    unavailable = 0
    for slot in slots:
        state = state_of_slot(slot, as_of=as_of)
        became[state] += slot.minutes
        if slot.unavailable is not None and state is SlotState.LOST:
            unavailable += slot.minutes
    return Time(
        allocated_minutes=became.total() - became[SlotState.NOT_THERE],
        worked_minutes=became[SlotState.WORKED],
        lost_minutes=became[SlotState.LOST],
        unconfirmed_minutes=became[SlotState.UNCONFIRMED],
        to_come_minutes=became[SlotState.TO_COME],
        unavailable_minutes=unavailable,
        not_there_minutes=became[SlotState.NOT_THERE],
    )


def lost_by_reason(slots: Iterable[Slot], *, as_of: date) -> dict[str, int]:
    """Add up the minutes dropped by what is recorded as the reason, the most first.

    Where none is, it is the status of an officer who was not there that day, else what became of the slot.
    """
    lost: Counter[str] = Counter()
    for slot in slots:
        if state_of_slot(slot, as_of=as_of) is SlotState.LOST:
            lost[slot.reason or slot.unavailable or slot.status] += slot.minutes
    return dict(sorted(lost.items(), key=lambda one: (-one[1], one[0])))


def _outside_minutes(sessions: Iterable[TimeHeld], slots: Iterable[Slot]) -> int:
    """Add up the sessions that did not begin in a slot; without a start, those of a day without any slot."""
    of_day: dict[date, list[Slot]] = {}
    for slot in slots:
        of_day.setdefault(slot.slot_on, []).append(slot)
    return sum([one.minutes or 0 for one in sessions if not _is_inside(one.start_minute, of_day.get(one.held_on, ()))])


def _is_inside(start: int | None, slots: Sequence[Slot]) -> bool:
    if start is None:
        return bool(slots)
    return any(slot.start_minute <= start < slot.end_minute for slot in slots)
