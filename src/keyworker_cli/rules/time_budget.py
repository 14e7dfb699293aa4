"""Where the time for key work went: required, allocated, worked, delivered, of which individual (DOMAIN 3.5).

Five different numbers, never merged. Minutes that come of days are kept in sevenths, as whole numbers, and rounded only
where they are printed, so that key workers add up to wings and wings to the prison.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TypeVar

from keyworker_cli.rules.codes import Cause, SessionType
from keyworker_cli.rules.dates import DAYS_PER_WEEK, Week
from keyworker_cli.rules.eligible_days import Holding, find_holdings, overlap
from keyworker_cli.rules.facts import AbsenceSpan, AllocationSpan, Slot, StaySpan, TimeHeld, Worker
from keyworker_cli.rules.gaps import Gap
from keyworker_cli.rules.rota import SlotState, state_of_slot
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.window import Window, week_number

Fact = TypeVar("Fact")
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class TimeFacts:
    """What is recorded about the time of a window: slots and sessions up to its end, all men, every key worker.

    `gaps` are the contact gaps at the window's end, or at the day of asking if that is earlier.
    """

    workers: Sequence[Worker]
    stays: Sequence[StaySpan]
    absences: Sequence[AbsenceSpan]
    allocations: Sequence[AllocationSpan]
    slots: Sequence[Slot]
    sessions: Sequence[TimeHeld]
    gaps: Sequence[Gap]


@dataclass(frozen=True, slots=True)
class Time:
    """Amounts that add up, from key worker to wing to prison. Names that end in `_sevenths` are minutes x 7.

    `allocated_minutes` = worked + lost + unconfirmed + to come. Of lost, `unavailable_minutes` are those of slots while
    the officer was unavailable; such slots to come are `not_there_minutes` and in no other amount. `sessions` are the
    counted ones, `used_minutes` the larger of delivered and the weekly target for each of them.
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

    def __add__(self, other: "Time") -> "Time":
        return Time(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))


@dataclass(frozen=True, slots=True)
class Budget:
    """The time of one key worker, of the men without one, or of several together.

    `worker` is `None` for the men without a key worker and for several; `wing` is the officers' (for men without a key
    worker, their own). `unseen` are the men with an eligible day and no counted session in the window, by anyone.
    `longest_gap_days` is `None` where no man is left at its end. `causes` counts the officers at each cause.
    """

    time: Time
    cause: Cause | None
    worker: Worker | None = None
    wing: str | None = None
    rota_recorded: bool = False
    holdings: tuple[Holding, ...] = ()
    unseen: frozenset[int] = frozenset()
    longest_gap_days: int | None = None
    empty_weeks: tuple[Week, ...] = ()
    causes: Mapping[Cause, int] | None = None

    @property
    def at_zero(self) -> bool:
        """A key worker who has men and not one minute on the rota in the whole window."""
        return self.worker is not None and self.time.eligible_days > 0 and self.time.allocated_minutes == 0

    def average_held(self, window: Window) -> float:
        """Return how many men this is about, on an average day of the window."""
        return self.time.eligible_days / (DAYS_PER_WEEK * len(window.weeks))


def find_budgets(facts: TimeFacts, *, window: Window, settings: Settings) -> list[Budget]:
    """Return the time of every key worker who has men, slots or sessions in the window, in the order of `workers`.

    After them, one for each wing with men who have no key worker; together they are the prison's. A session counts for
    whoever held it, a day for whoever has the man at its end. A slot not yet published on the day of asking is unknown.
    """
    held = _grouped(
        find_holdings(facts.stays, facts.absences, facts.allocations, window=window), lambda one: one.key_worker_id
    )
    known = [slot for slot in facts.slots if slot.slot_on >= window.first_on and is_published(slot, window.as_of)]
    done = [one for one in facts.sessions if window.first_on <= one.held_on <= window.seen_until]
    slots = _grouped(known, lambda slot: slot.key_worker_id)
    sessions = _grouped(done, lambda one: one.key_worker_id)
    recorded = _recorded_weeks(known)
    seen = frozenset(one.person_id for one in done if is_counted(one, settings))
    longest = _longest_gaps(facts.gaps)
    budgets = []
    for worker in facts.workers:
        key = worker.key_worker_id
        men, rota, work = held.get(key, ()), slots.get(key, ()), sessions.get(key, ())
        if men or rota or work:
            time = _time(men, rota, work, as_of=window.as_of, settings=settings)
            weeks = recorded.get(worker.wing, frozenset())
            budgets.append(
                Budget(
                    time=time,
                    cause=cause_of(time, rota_recorded=bool(weeks)),
                    worker=worker,
                    wing=worker.wing,
                    rota_recorded=bool(weeks),
                    holdings=tuple(men),
                    unseen=_men(men) - seen,
                    longest_gap_days=longest.get((key, None)),
                    empty_weeks=_empty_weeks(men, rota, weeks, window),
                )
            )
    for wing, men in _grouped(held.get(None, ()), lambda one: one.wing).items():
        time = _time(men, (), (), as_of=window.as_of, settings=settings)
        gap = longest.get((None, wing))
        budgets.append(
            Budget(time, None, wing=wing, holdings=tuple(men), unseen=_men(men) - seen, longest_gap_days=gap)
        )
    return budgets


def together(budgets: Sequence[Budget], *, wing: str | None = None) -> Budget:
    """Return several budgets as one: amounts added, men never counted twice, and how many officers are at each cause.

    The shares short and unused are those of the officers added up: double time of one never makes good another's none.
    """
    time = sum((one.time for one in budgets), Time())
    recorded = any(one.rota_recorded for one in budgets)
    officers = [one for one in budgets if one.worker is not None]
    return Budget(
        time=time,
        cause=cause_of(time, rota_recorded=recorded) if officers else None,
        wing=wing,
        rota_recorded=recorded,
        holdings=tuple(day for one in budgets for day in one.holdings),
        unseen=frozenset(man for one in budgets for man in one.unseen),
        longest_gap_days=max((d for one in budgets if (d := one.longest_gap_days) is not None), default=None),
        causes=Counter(one.cause for one in officers if one.cause is not None),
    )


def cause_of(time: Time, *, rota_recorded: bool) -> Cause | None:
    """Return the one cause (DOMAIN 3.5): a finding about the rota, not the officer.

    `None` where there are no men, and in weeks not yet over while nothing is missing but what is still to come.
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


def is_counted(session: TimeHeld, settings: Settings) -> bool:
    """Return whether a completed session is a counted one: KS, and long enough (DOMAIN 3.2)."""
    return session.type == SessionType.KS and session.minutes >= settings.session_min_minutes


def is_published(slot: Slot, as_of: date) -> bool:
    """Return whether a slot was known at the end of a day: its own day has come, or it was published by then."""
    return slot.slot_on <= as_of or slot.published_on is None or slot.published_on <= as_of


def days_in(holdings: Iterable[Holding], weeks: Sequence[Week]) -> int:
    """Return how many of these days lie in some consecutive weeks."""
    span = (weeks[0].monday.toordinal(), weeks[-1].sunday.toordinal() + 1)
    return sum(end - first for first, end in overlap([(one.first_day, one.end_day) for one in holdings], span))


def _time(
    holdings: Iterable[Holding],
    slots: Sequence[Slot],
    sessions: Sequence[TimeHeld],
    *,
    as_of: date,
    settings: Settings,
) -> Time:
    days = sum(one.days for one in holdings)
    required = settings.target_minutes_per_week * days
    rota = _rota_time(slots, as_of)
    counted = sum(is_counted(one, settings) for one in sessions)
    delivered = sum(one.minutes for one in sessions)
    used = max(delivered, settings.target_minutes_per_week * counted)
    return replace(
        rota,
        eligible_days=days,
        required_sevenths=required,
        sessions=counted,
        delivered_minutes=delivered,
        individual_minutes=sum(one.minutes for one in sessions if one.type == SessionType.KS),
        outside_minutes=_outside_minutes(sessions, slots),
        used_minutes=used,
        short_sevenths=max(0, required - rota.allocated_minutes * DAYS_PER_WEEK),
        unused_sevenths=max(0, min(required, rota.worked_minutes * DAYS_PER_WEEK) - used * DAYS_PER_WEEK),
    )


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


def _outside_minutes(sessions: Iterable[TimeHeld], slots: Iterable[Slot]) -> int:
    """Add up the sessions that did not begin in a slot; without a start, those of a day without any slot."""
    of_day = _grouped(slots, lambda slot: slot.slot_on)
    return sum(one.minutes for one in sessions if not _is_inside(one, of_day.get(one.held_on, ())))


def _is_inside(session: TimeHeld, slots: Iterable[Slot]) -> bool:
    start = session.start_minute
    return any(start is None or slot.start_minute <= start < slot.end_minute for slot in slots)


def _recorded_weeks(slots: Iterable[Slot]) -> dict[str | None, frozenset[int]]:
    """Return by wing the weeks for which anyone has time recorded; under `None` those of the whole prison."""
    weeks: dict[str | None, set[int]] = {None: set()}
    for slot in slots:
        week = week_number(slot.slot_on)
        weeks[None].add(week)
        weeks.setdefault(slot.wing, set()).add(week)
    return {wing: frozenset(found) for wing, found in weeks.items()}


def _empty_weeks(
    men: Sequence[Holding], slots: Iterable[Slot], recorded: frozenset[int], window: Window
) -> tuple[Week, ...]:
    """Return the window's latest weeks in a row in which he has men and no time, though his wing's rota is recorded."""
    own = {week_number(s.slot_on) for s in slots if state_of_slot(s, as_of=window.as_of) is not SlotState.NOT_THERE}
    run: list[Week] = []
    for week in reversed(window.weeks):
        number = week_number(week.monday)
        if number in own or number not in recorded or not days_in(men, (week,)):
            break
        run.insert(0, week)
    return tuple(run)


def _longest_gaps(gaps: Iterable[Gap]) -> dict[tuple[int | None, str | None], int]:
    """Return the longest contact gap by key worker, or for men without one by wing; men who are away are left out."""
    longest: dict[tuple[int | None, str | None], int] = {}
    for gap in gaps:
        man = gap.contact
        if man.away is None:
            whose = (man.key_worker_id, man.wing if man.key_worker_id is None else None)
            longest[whose] = max(longest.get(whose, 0), gap.days)
    return longest


def _men(holdings: Iterable[Holding]) -> frozenset[int]:
    return frozenset(one.person_id for one in holdings)


def _grouped(facts: Iterable[Fact], key: Callable[[Fact], Key]) -> dict[Key, list[Fact]]:
    groups: dict[Key, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(key(fact), []).append(fact)
    return groups
