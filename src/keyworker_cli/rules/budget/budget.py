"""The time budget of key workers, wings and the prison: time chains, causes and prisoners (help: time-budget)."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, TypeVar

from keyworker_cli.rules.budget.time_chain import Time, cause_of, is_counted, time_of
from keyworker_cli.rules.codes.findings import Cause
from keyworker_cli.rules.contact.gaps import Gap
from keyworker_cli.rules.dates.london import DAYS_PER_WEEK
from keyworker_cli.rules.dates.periods import Window, week_number
from keyworker_cli.rules.dates.weeks import Week
from keyworker_cli.rules.facts.by_prisoner import by_prisoner
from keyworker_cli.rules.facts.people import Worker
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.facts.spans import AbsenceSpan, AllocationSpan, StaySpan, TimeHeld
from keyworker_cli.rules.rota.slots import SlotState, is_published, state_of_slot
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.stays.eligible_days import Holding, find_holdings, holdings_within, is_out_of_scope, overlap

Fact = TypeVar("Fact")
Key = TypeVar("Key", bound=Hashable)


class By(StrEnum):
    """Whose time each row of the budget is."""

    WORKER = "worker"
    WING = "wing"
    PRISON = "prison"


class TimeFacts(NamedTuple):
    """What is recorded about the time of a window: slots and sessions up to its end, all prisoners, every key worker.

    `gaps` are the contact gaps at the window's end, or at the day of asking if that is earlier.
    """

    workers: Sequence[Worker]
    stays: Sequence[StaySpan]
    absences: Sequence[AbsenceSpan]
    allocations: Sequence[AllocationSpan]
    slots: Sequence[Slot]
    sessions: Sequence[TimeHeld]
    gaps: Sequence[Gap]


class Budget(NamedTuple):
    """The time of one key worker, of the prisoners without one, or of several together.

    `worker` is `None` for the prisoners without a key worker and for several; `wing` is the officers' (for prisoners
    without a key worker, their own). `unseen` are the prisoners with an eligible day and no counted session in the
    window, by anyone. `longest_gap_days` is `None` where no prisoner is left at its end. `causes` counts the officers
    at each cause.
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
        """A key worker who has prisoners and not one minute on the rota in the whole window."""
        return self.worker is not None and self.time.eligible_days > 0 and self.time.allocated_minutes == 0

    def average_held(self, window: Window) -> float:
        """Return how many prisoners this is about, on an average day of the window."""
        return self.time.eligible_days / (DAYS_PER_WEEK * len(window.weeks))


def find_budgets(
    facts: TimeFacts, *, window: Window, settings: Settings, holdings: Iterable[Holding] | None = None
) -> list[Budget]:
    """Return the time of every key worker with prisoners, slots or sessions in the window, in the order of `workers`.

    After them, one for each wing with prisoners who have no key worker; together they are the prison's. A session
    counts for whoever held it, a day for whoever has the prisoner at its end. A slot not yet published on the day of
    asking is unknown. `holdings` are the eligible days, where they are known already for this window and others.
    """
    if holdings is None:
        days = find_holdings(facts.stays, facts.absences, facts.allocations, window=window)
    else:
        days = holdings_within(holdings, window)
    known = [slot for slot in facts.slots if slot.slot_on >= window.first_on and is_published(slot, window.as_of)]
    done = _sessions_in_scope(facts, window)
    prisoners = _grouped(days, lambda one: one.key_worker_id)
    slots = _grouped(known, lambda slot: slot.key_worker_id)
    sessions = _grouped(done, lambda one: one.key_worker_id)
    recorded = _recorded_weeks(known)
    seen = frozenset(one.person_id for one in done if is_counted(one, settings))
    longest = _longest_gaps(facts.gaps)

    def of_worker(worker: Worker) -> Budget:
        key, weeks = worker.key_worker_id, recorded.get(worker.wing, frozenset())
        his, rota, work = prisoners.get(key, []), slots.get(key, []), sessions.get(key, [])
        time = time_of(days_of(his), rota, work, as_of=window.as_of, settings=settings)
        return Budget(
            time=time,
            cause=cause_of(time, rota_recorded=bool(weeks)),
            worker=worker,
            wing=worker.wing,
            rota_recorded=bool(weeks),
            holdings=tuple(his),
            unseen=_prisoners(his) - seen,
            longest_gap_days=longest.get((key, None)),
            empty_weeks=_empty_weeks(his, rota, weeks, window),
        )

    def of_wing(wing: str | None, alone: list[Holding]) -> Budget:
        return Budget(
            time=time_of(days_of(alone), (), (), as_of=window.as_of, settings=settings),
            cause=None,
            wing=wing,
            holdings=tuple(alone),
            unseen=_prisoners(alone) - seen,
            longest_gap_days=longest.get((None, wing)),
        )

    at_work = prisoners.keys() | slots.keys() | sessions.keys()
    without = _grouped(prisoners.get(None, ()), lambda one: one.wing)
    return [
        *(of_worker(worker) for worker in facts.workers if worker.key_worker_id in at_work),
        *(of_wing(wing, alone) for wing, alone in without.items()),
    ]


def _sessions_in_scope(facts: TimeFacts, window: Window) -> list[TimeHeld]:
    done = [one for one in facts.sessions if window.first_on <= one.held_on <= window.seen_until]
    apart = {*sessions_out_of_scope(facts, window)}
    return [one for one in done if one not in apart] if apart else done


def sessions_out_of_scope(facts: TimeFacts, window: Window) -> list[TimeHeld]:
    """Return the sessions and entries of a window with prisoners who were out of scope that day: in no total."""
    excluded = {stay.person_id for stay in facts.stays if stay.out_of_scope_from is not None}
    stays = by_prisoner(stay for stay in facts.stays if stay.person_id in excluded)
    first_on, until = window.first_on, window.seen_until
    return [
        one
        for one in facts.sessions
        if one.person_id in excluded
        and first_on <= one.held_on <= until
        and is_out_of_scope(stays[one.person_id], one.held_on)
    ]


def combine(budgets: Sequence[Budget], *, wing: str | None = None) -> Budget:
    """Return several budgets as one: amounts added, no prisoner counted twice, and how many officers are at each cause.

    The shares short and unused are those of the officers added up: double time of one never makes good another's none.
    """
    time = Time.total(one.time for one in budgets)
    recorded = any(one.rota_recorded for one in budgets)
    officers = [one for one in budgets if one.worker is not None]
    return Budget(
        time=time,
        cause=cause_of(time, rota_recorded=recorded) if officers else None,
        wing=wing,
        rota_recorded=recorded,
        holdings=tuple(day for one in budgets for day in one.holdings),
        unseen=frozenset(prisoner for one in budgets for prisoner in one.unseen),
        longest_gap_days=max((d for one in budgets if (d := one.longest_gap_days) is not None), default=None),
        causes=Counter(one.cause for one in officers if one.cause is not None),
    )


def days_of(holdings: Iterable[Holding]) -> int:
    """Return how many days these are."""
    return sum(one.days for one in holdings)


def days_in(holdings: Iterable[Holding], weeks: Sequence[Week]) -> int:
    """Return how many of these days lie in some consecutive weeks."""
    span = (weeks[0].monday.toordinal(), weeks[-1].sunday.toordinal() + 1)
    return sum(end - first for first, end in overlap([(one.first_day, one.end_day) for one in holdings], span))


def _recorded_weeks(slots: Iterable[Slot]) -> dict[str | None, frozenset[int]]:
    """Return by wing the weeks for which anyone has time recorded; under `None` those of the whole prison."""
    weeks: dict[str | None, set[int]] = {None: set()}
    for slot in slots:
        week = week_number(slot.slot_on)
        weeks[None].add(week)
        weeks.setdefault(slot.wing, set()).add(week)
    return {wing: frozenset(found) for wing, found in weeks.items()}


def _empty_weeks(
    prisoners: Sequence[Holding], slots: Iterable[Slot], recorded: frozenset[int], window: Window
) -> tuple[Week, ...]:
    """Return the window's latest weeks in a row with prisoners and no time, though the wing's rota is recorded."""
    own = {week_number(s.slot_on) for s in slots if state_of_slot(s, as_of=window.as_of) is not SlotState.NOT_THERE}
    run: list[Week] = []
    for week in reversed(window.weeks):
        number = week_number(week.monday)
        if number in own or number not in recorded or not days_in(prisoners, (week,)):
            break
        run.insert(0, week)
    return tuple(run)


def _longest_gaps(gaps: Iterable[Gap]) -> dict[tuple[int | None, str | None], int]:
    """Return the longest contact gap by key worker, or for prisoners without one by wing.

    Prisoners who are away are left out.
    """
    longest: dict[tuple[int | None, str | None], int] = {}
    for gap in gaps:
        prisoner = gap.contact
        if prisoner.away is None:
            whose = (prisoner.key_worker_id, prisoner.wing if prisoner.key_worker_id is None else None)
            longest[whose] = max(longest.get(whose, 0), gap.days)
    return longest


def _prisoners(holdings: Iterable[Holding]) -> frozenset[int]:
    return frozenset(one.person_id for one in holdings)


def _grouped(facts: Iterable[Fact], key: Callable[[Fact], Key]) -> dict[Key, list[Fact]]:
    groups: dict[Key, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(key(fact), []).append(fact)
    return groups
