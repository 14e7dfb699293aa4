"""What key work was delivered in a period, to how many prisoners, and how long prisoners waited (help: figures).

Every figure is made of counts of days, prisoners and sessions, so that those of wings add up to the prison's; a rate or
mean is divided once, where it is read, and is `None` where there is nothing to divide by (help: figures).
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple, Protocol, TypeVar

from keyworker_cli.rules.budget.time_chain import is_counted, known_sum
from keyworker_cli.rules.codes.records import SessionType
from keyworker_cli.rules.dates.london import DAYS_PER_WEEK
from keyworker_cli.rules.dates.periods import Period
from keyworker_cli.rules.facts.by_prisoner import by_prisoner
from keyworker_cli.rules.facts.names import wing_of
from keyworker_cli.rules.facts.spans import AbsenceSpan, AllocationSpan, Beginning, CellMove, TimeHeld
from keyworker_cli.rules.say import PERCENT
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.stays.eligible_days import Holding, holdings_of, is_out_of_scope


class OfPrisoner(Protocol):
    """Something counted: the prisoner, the key worker it is counted with, and the wing."""

    @property
    def person_id(self) -> int:
        """The prisoner."""
        ...

    @property
    def key_worker_id(self) -> int | None:
        """The key worker; `None` is that the prisoner had none."""
        ...

    @property
    def wing(self) -> str | None:
        """The prisoner's wing; `None` where no cell of his is known."""
        ...


class Work(NamedTuple):
    """A completed session or entry: the prisoner, the key worker who held it, and the prisoner's wing."""

    person_id: int
    key_worker_id: int | None
    wing: str | None
    session: TimeHeld


class Start(NamedTuple):
    """How a prisoner's stay began, as known at the end of a period; counted with his key worker on his last day in it.

    `allocated_on` and `seen_on` are `None` where that had not been by then.
    """

    person_id: int
    key_worker_id: int | None
    wing: str | None
    arrived_on: date
    allocated_on: date | None
    seen_on: date | None


Counted = TypeVar("Counted", Holding, Work, Start)
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class DeliveryFacts:
    """What is recorded of stays, moves, nights away, allocations and completed sessions; `moves` in order of time."""

    beginnings: Sequence[Beginning]
    moves: Sequence[CellMove]
    absences: Sequence[AbsenceSpan]
    allocations: Sequence[AllocationSpan]
    sessions: Sequence[TimeHeld]


@dataclass(frozen=True)
class Record:
    """What the figures of a period are counted from. `present` are all nights, `eligible` those that count.

    `seen` are the prisoners with a counted session in the period, by anyone. `apart` are sessions and entries with
    prisoners who were out of scope that day: in no figure.
    """

    period: Period
    present: list[Holding] = field(default_factory=list)
    eligible: list[Holding] = field(default_factory=list)
    work: list[Work] = field(default_factory=list)
    starts: list[Start] = field(default_factory=list)
    seen: frozenset[int] = frozenset()
    apart: list[Work] = field(default_factory=list)

    def only(self, covers: Callable[[OfPrisoner], bool]) -> "Record":
        """Return only what the question covers."""
        return Record(
            self.period,
            [one for one in self.present if covers(one)],
            [one for one in self.eligible if covers(one)],
            [one for one in self.work if covers(one)],
            [one for one in self.starts if covers(one)],
            self.seen,
            [one for one in self.apart if covers(one)],
        )

    def by(self, key: Callable[[OfPrisoner], Key]) -> Mapping[Key, "Record"]:
        """Return the record split by wing or key worker."""
        parts: dict[Key, Record] = {}

        def part(one: OfPrisoner) -> Record:
            name = key(one)
            if name not in parts:
                parts[name] = Record(self.period, seen=self.seen)
            return parts[name]

        for night in self.present:
            part(night).present.append(night)
        for day in self.eligible:
            part(day).eligible.append(day)
        for work in self.work:
            part(work).work.append(work)
        for work in self.apart:
            part(work).apart.append(work)
        for start in self.starts:
            part(start).starts.append(start)
        return parts


class Wait(NamedTuple):
    """How long they waited: `n` waits ended in the period, after `days` in all; `not_yet` had not ended at its end.

    A prisoner who left while waiting is among `not_yet`, so that no one's going makes a mean look better.
    """

    days: int
    n: int
    not_yet: int

    @property
    def mean(self) -> float | None:
        """Mean days from arrival, to one decimal; `None` where no wait has ended."""
        return round(self.days / self.n, 1) if self.n else None


@dataclass(frozen=True, slots=True)
class Delivery:
    """The figures of a period of `length` days. `minutes` are those of all completed sessions and entries.

    `seen` and `not_seen` are prisoners with a day that counts, each once, with and without a counted session by anyone.
    """

    length: int
    frequency_weeks: int
    present_days: int
    eligible_days: int
    allocated_days: int
    sessions: int
    entries: int
    minutes: int
    minutes_not_known: int
    sessions_out_of_scope: int
    seen: int
    not_seen: int
    to_allocation: Wait
    to_first_session: Wait

    @property
    def prisoners_average(self) -> float:
        """Prisoners here on an average night, to one decimal."""
        return round(self.present_days / self.length, 1)

    @property
    def eligible_average(self) -> float:
        """Prisoners on an average night who are in scope and not away, to one decimal."""
        return round(self.eligible_days / self.length, 1)

    @property
    def allocated_rate(self) -> float | None:
        """Per cent of the eligible days on which the prisoner had a key worker, to two decimals."""
        return _percent(self.allocated_days, self.eligible_days)

    @property
    def expected_sessions(self) -> float:
        """Eligible days / 7 / `session.frequency_weeks`, to one decimal."""
        return round(self.eligible_days / (DAYS_PER_WEEK * self.frequency_weeks), 1)

    @property
    def delivery_rate(self) -> float | None:
        """Counted sessions in per cent of those expected, to two decimals."""
        return _percent(self.sessions * DAYS_PER_WEEK * self.frequency_weeks, self.eligible_days)

    @property
    def minutes_per_prisoner_week(self) -> float | None:
        """Sum of minutes / sum of eligible days / 7, to one decimal: never a mean of means (help: figures)."""
        if not self.eligible_days or self.minutes_delivered is None:
            return None
        return round(self.minutes * DAYS_PER_WEEK / self.eligible_days, 1)

    @property
    def minutes_delivered(self) -> int | None:
        """The minutes of what was held; `None` where of none of it they are known."""
        return known_sum(self.minutes, self.minutes_not_known)


def find_record(facts: DeliveryFacts, *, period: Period, settings: Settings) -> Record:
    """Return what a period's figures are counted from.

    A prisoner stands on one wing, that of the last cell he was in by the end of the period, however often he moved. A
    session counts for whoever held it; one with a prisoner who was out of scope that day counts for nobody.
    """
    stays = [one for one in facts.beginnings if one.arrived_on <= period.last_on]
    wings = _wings(stays, facts.moves, period)
    his_stays = by_prisoner(stays)

    def in_scope(session: TimeHeld) -> bool:
        return not is_out_of_scope(his_stays.get(session.person_id, ()), session.held_on)

    nights, held = by_prisoner(facts.absences), by_prisoner(facts.allocations)
    present: list[Holding] = []
    eligible: list[Holding] = []
    for stay in stays:
        key, wing = stay.person_id, wings[stay.person_id]
        away, his = nights.get(key, ()), held.get(key, ())
        whole = holdings_of(stay.stay._replace(out_of_scope_from=None), (), his, wing=wing, window=period)
        counts_whole = not away and stay.out_of_scope_from is None
        present += whole
        eligible += whole if counts_whole else holdings_of(stay.stay, away, his, wing=wing, window=period)
    sessions = [one for one in facts.sessions if one.held_on in period]
    done = [one for one in sessions if in_scope(one)]

    def work_of(one: TimeHeld) -> Work:
        return Work(one.person_id, one.key_worker_id, wings.get(one.person_id), one)

    return Record(
        period=period,
        present=present,
        eligible=eligible,
        work=[work_of(one) for one in done],
        starts=_starts(stays, held, wings, period),
        seen=frozenset(one.person_id for one in done if is_counted(one, settings)),
        apart=[work_of(one) for one in sessions if not in_scope(one)],
    )


def sum_up(record: Record, *, settings: Settings) -> Delivery:
    """Return the figures of a record."""
    prisoners = {one.person_id for one in record.eligible}
    sessions = [one.session for one in record.work]
    return Delivery(
        length=record.period.length,
        frequency_weeks=settings.session_frequency_weeks,
        present_days=sum(one.days for one in record.present),
        eligible_days=sum(one.days for one in record.eligible),
        allocated_days=sum(one.days for one in record.eligible if one.key_worker_id is not None),
        sessions=sum(is_counted(one, settings) for one in sessions),
        entries=sum(one.type == SessionType.KE for one in sessions),
        minutes=sum(one.minutes or 0 for one in sessions),
        minutes_not_known=sum(one.minutes is None for one in sessions),
        sessions_out_of_scope=len(record.apart),
        seen=len(prisoners & record.seen),
        not_seen=len(prisoners - record.seen),
        to_allocation=_wait(((one.arrived_on, one.allocated_on) for one in record.starts), record.period),
        to_first_session=_wait(((one.arrived_on, one.seen_on) for one in record.starts), record.period),
    )


def _wings(stays: Iterable[Beginning], moves: Iterable[CellMove], period: Period) -> dict[int, str | None]:
    """Return each prisoner's wing.

    That of his last move to a cell in his latest stay, else of where he was first put.
    """
    latest = {one.person_id: one for one in sorted(stays, key=lambda one: one.arrived_on)}
    wings = {prisoner: wing_of(stay.location) for prisoner, stay in latest.items()}
    for move in moves:
        if move.person_id in latest and latest[move.person_id].arrived_on <= move.moved_on <= period.last_on:
            wings[move.person_id] = wing_of(move.location)
    return wings


def _starts(
    stays: Iterable[Beginning],
    held: Mapping[int, Sequence[AllocationSpan]],
    wings: Mapping[int, str | None],
    period: Period,
) -> list[Start]:
    """Return how each stay with a night in scope in the period began, where its first day is known."""
    starts: list[Start] = []
    for stay in (stay for stay in stays if stay.arrival_known):
        ends = [day for day in (stay.left_on, stay.out_of_scope_from) if day is not None]
        last_on = min([period.last_on, *(day - timedelta(days=1) for day in ends)])
        if last_on < max(stay.arrived_on, period.first_on):
            continue
        allocations = sorted(held.get(stay.person_id, ()), key=lambda one: one.allocated_on)
        his = [one.key_worker_id for one in allocations if _holds(one, last_on)]
        starts.append(
            Start(
                stay.person_id,
                his[-1] if his else None,
                wings[stay.person_id],
                stay.arrived_on,
                _by(stay.first_allocated_on, period.last_on),
                _by(stay.first_seen_on, period.last_on),
            )
        )
    return starts


def _wait(waits: Iterable[tuple[date, date | None]], period: Period) -> Wait:
    days = n = not_yet = 0
    first_on, last_on = period.first_on, period.last_on
    for arrived_on, ended_on in waits:
        if ended_on is None:
            not_yet += 1
        elif first_on <= max(ended_on, arrived_on) <= last_on:
            n += 1
            days += max(0, (ended_on - arrived_on).days)
    return Wait(days, n, not_yet)


def _holds(allocation: AllocationSpan, on: date) -> bool:
    return allocation.allocated_on <= on and (allocation.ended_on is None or on < allocation.ended_on)


def _by(on: date | None, last_on: date) -> date | None:
    return on if on is not None and on <= last_on else None


def _percent(part: int, whole: int) -> float | None:
    return round(PERCENT * part / whole, 2) if whole else None
