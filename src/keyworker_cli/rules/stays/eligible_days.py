"""Eligible days: each day a prisoner is here, in scope and not away is one key worker's, or none's (help: time-budget).

Days are kept as spans of day numbers (`date.toordinal`), from a first day up to, and not on, a last: a year costs no
more than a week, and no hour is ever counted, so the clock changes move nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from keyworker_cli.rules.facts.by_prisoner import by_prisoner
from keyworker_cli.rules.facts.names import wing_of
from keyworker_cli.rules.facts.spans import AbsenceSpan, AllocationSpan, Beginning, StaySpan

Span = tuple[int, int]
FOREVER = date.max.toordinal()


class Days(Protocol):
    """Consecutive days, by number from the first up to, and not on, the last, as known at the end of a day."""

    @property
    def days(self) -> Span:
        """Which days."""
        ...

    @property
    def as_of(self) -> date:
        """The day at whose end they are asked about."""
        ...


class _Known(NamedTuple):
    """Days worked out once, not for every stay again."""

    days: Span
    as_of: date


class Holding(NamedTuple):
    """Days on which a prisoner counts for a key worker, from `first_day` up to, and not on, `end_day`.

    `key_worker_id` is `None` for days on which he had none; `wing` is the prisoner's own.
    """

    person_id: int
    key_worker_id: int | None
    wing: str | None
    first_day: int
    end_day: int

    @property
    def days(self) -> int:
        """How many days these are."""
        return self.end_day - self.first_day


def find_holdings(
    stays: Iterable[StaySpan],
    absences: Iterable[AbsenceSpan],
    allocations: Iterable[AllocationSpan],
    *,
    window: Days,
) -> list[Holding]:
    """Return every eligible day in the window, each once: who had him at its end (allocated_on <= day < ended_on).

    The arrival day counts, the day of departure does not, nor a night away. What came after the day of asking is not
    known: for days to come each prisoner stays, with the key worker he has then, and is back on the return date
    recorded.
    """
    nights, held, known = by_prisoner(absences), by_prisoner(allocations), _Known(window.days, window.as_of)
    return [
        holding
        for stay in stays
        for holding in holdings_of(
            stay,
            nights.get(stay.person_id, ()),
            held.get(stay.person_id, ()),
            wing=wing_of(stay.cell),
            window=known,
        )
    ]


def holdings_of(
    stay: StaySpan,
    absences: Iterable[AbsenceSpan],
    allocations: Iterable[AllocationSpan],
    *,
    wing: str | None,
    window: Days,
) -> list[Holding]:
    """Return the eligible days of one stay in the window; `absences` and `allocations` are his."""
    free, found = _eligible(stay, absences, window), []
    # Of two that claim a day, the later begun has it: no day counts twice.
    for allocation in sorted(allocations, key=_allocated_on, reverse=True) if free else ():
        span = _span(allocation.allocated_on, allocation.ended_on, window.as_of)
        if his := overlap(free, span):
            found += [Holding(stay.person_id, allocation.key_worker_id, wing, first, end) for first, end in his]
            free = without(free, span)
    return found + [Holding(stay.person_id, None, wing, first, end) for first, end in free]


def holdings_within(holdings: Iterable[Holding], window: Days) -> list[Holding]:
    """Return the part of eligible days, found for a longer window as of the same day, that lies in this one."""
    first, end = window.days
    return [
        one
        if first <= since and until <= end
        else Holding(one.person_id, one.key_worker_id, one.wing, max(first, since), min(end, until))
        for one in holdings
        if (since := one.first_day) < end and first < (until := one.end_day)
    ]


def is_out_of_scope(stays: Iterable[StaySpan | Beginning], on: date) -> bool:
    """Return whether a prisoner was out of the scheme on a day.

    On a day of out and back the later of his stays decides.
    """
    begun = [stay for stay in stays if stay.arrived_on <= on]
    if not begun:
        return False
    stay = max(begun, key=lambda one: one.arrived_on)
    since, left_on = stay.out_of_scope_from, stay.left_on
    return since is not None and since <= on and (left_on is None or on <= left_on)


def overlap(spans: Sequence[Span], other: Span) -> list[Span]:
    """Return the parts of `spans` inside `other`."""
    first, end = other
    parts = [(max(a, first), min(b, end)) for a, b in spans]
    return [(a, b) for a, b in parts if a < b]


def without(spans: Sequence[Span], other: Span) -> list[Span]:
    """Return the parts of `spans` outside `other`."""
    first, end = other
    if end <= first:
        return list(spans)
    parts = [part for a, b in spans for part in ((a, min(b, first)), (max(a, end), b))]
    return [(a, b) for a, b in parts if a < b]


def _eligible(stay: StaySpan, absences: Iterable[AbsenceSpan], window: Days) -> list[Span]:
    first, end = window.days
    arrived, left = _span(stay.arrived_on, stay.left_on, window.as_of)
    first, end = max(first, arrived), min(end, left, _end(stay.out_of_scope_from, window.as_of))
    spans = [(first, end)] if first < end else []
    for absence in absences:
        if absence.from_on <= window.as_of:
            back = FOREVER if absence.to_on is None else absence.to_on.toordinal()
            spans = without(spans, (absence.from_on.toordinal(), back))
    return spans


def _span(first_on: date, end_on: date | None, as_of: date) -> Span:
    """Return the days from one up to another as known at the end of a day; none when it had not begun."""
    return (first_on.toordinal(), _end(end_on, as_of)) if first_on <= as_of else (0, 0)


def _end(on: date | None, as_of: date) -> int:
    return FOREVER if on is None or on > as_of else on.toordinal()


def _allocated_on(allocation: AllocationSpan) -> date:
    return allocation.allocated_on
