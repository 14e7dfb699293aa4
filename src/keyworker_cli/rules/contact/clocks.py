"""One prisoner's clocks, each as data and as a sentence that a tired reader cannot take for another (help: gap)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from keyworker_cli.rules.codes.findings import GapState
from keyworker_cli.rules.codes.words import say_ended
from keyworker_cli.rules.contact.counted import is_counted
from keyworker_cli.rules.contact.first_meetings import first_meeting_due_by
from keyworker_cli.rules.contact.gaps import Gap, unallocated_since
from keyworker_cli.rules.dates.london import days_between, london_date
from keyworker_cli.rules.dates.say import say_date, say_days
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.officers import Allocation, planned_after
from keyworker_cli.rules.facts.sessions import SessionHeld
from keyworker_cli.rules.facts.stays import Stay
from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.stays.movements import say_departure
from keyworker_cli.rules.stays.settling import END_REASONS


class ClockName(StrEnum):
    """The four clocks, never merged."""

    CONTACT_GAP = "contact_gap"
    NEVER_SEEN = "never_seen"
    NOT_MET = "not_met"
    UNALLOCATED = "unallocated"


class ClockState(StrEnum):
    """How a clock stands, or what stopped it; the contact gap of a prisoner here has its own states (help: gap)."""

    RUNNING = "running"
    FROZEN = "frozen"
    SEEN = "seen"
    MET = "met"
    ALLOCATED = "allocated"
    NO_KEY_WORKER = "no_key_worker"


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock as of a day. `since` and `days` are `None` when it does not run; frozen ones keep what they had."""

    clock: ClockName
    since: date | None
    days: int | None
    state: str
    sentence: str


@dataclass(frozen=True, slots=True)
class End:
    """What ended the running of a prisoner's clocks, and when: `died`, `was released`, `was taken out of scope`."""

    on: date
    happened: str


@dataclass(frozen=True, slots=True)
class StayHistory:
    """What a prisoner's stay has had so far: his sessions and allocations, the latest first.

    `ended` stops the clocks.
    """

    counted: tuple[SessionHeld, ...] = ()
    allocations: tuple[Allocation, ...] = ()
    ended: End | None = None

    @property
    def first_seen(self) -> SessionHeld | None:
        """His first counted session of this stay, by anyone."""
        return self.counted[-1] if self.counted else None


def end_of(stay: Stay, *, as_of: date) -> End | None:
    """Return what has ended the running of his clocks by the end of that day, the earlier where there are two."""
    ends = []
    if stay.left_on is not None and stay.left_on <= as_of:
        ends.append(End(stay.left_on, say_departure(stay)))
    if stay.out_of_scope_from is not None and stay.out_of_scope_from <= as_of:
        ends.append(End(stay.out_of_scope_from, "was taken out of scope"))
    return min(ends, key=lambda end: end.on, default=None)


def tell_clocks(gap: Gap, history: StayHistory, *, as_of: date, settings: Settings) -> list[Clock]:
    """Return his four clocks (help: gap); where something ended them, as they stood that day."""
    return [
        _contact_gap(gap, history.ended),
        _never_seen(gap, history, as_of, settings),
        _not_met(gap, history.ended, as_of),
        _unallocated(gap, history),
    ]


def _contact_gap(gap: Gap, ended: End | None) -> Clock:
    prisoner = gap.contact
    state = ClockState.FROZEN if ended else gap.state
    return Clock(ClockName.CONTACT_GAP, prisoner.clock_from, gap.days, state, say_gap(gap, ended))


def say_not_met(prisoner: Contact, sessions: Iterable[SessionHeld], *, as_of: date, settings: Settings) -> str:
    """Say how little his key worker knows him who has not met him as such: `has never met him`.

    One who saw him in this stay before becoming his key worker is no stranger. `sessions` are his.
    """
    own = [one.held_on for one in sessions if one.staff_id == prisoner.staff_id and is_counted(one, settings=settings)]
    before = [on for on in own if prisoner.arrived_on <= on <= as_of]
    if not before or prisoner.allocated_on is None:
        return "has never met him"
    since = "today" if prisoner.allocated_on == as_of else f"on {say_date(prisoner.allocated_on)}"
    return f"saw him on {say_date(max(before))}, not since becoming his key worker {since}"


def say_planned(held: Iterable[Allocation], *, as_of: date) -> Iterator[str]:
    """Say which changes of his key worker are planned: an end to come, and who is to follow (help: allocation)."""
    held = list(held)
    for one in held:
        if one.allocated_on <= as_of and one.ended_on is not None and one.ended_on > as_of and _was_planned(one, as_of):
            yield f"{one.name} is his key worker until {say_date(one.ended_on)}, as planned."
    following = planned_after(as_of, held)
    if following is not None:
        yield f"{following.name} is to be his key worker from {say_date(following.allocated_on)}."


def _was_planned(held: Allocation, as_of: date) -> bool:
    """Return whether an end to come was known by the day, and not one that came with a departure of later."""
    if held.end_reason in END_REASONS.values():
        return False
    return held.ended_recorded_at is None or london_date(held.ended_recorded_at) <= as_of


def say_gap(gap: Gap, ended: End | None = None) -> str:
    """Say how long he has gone unseen and since when, or how that stood when his stay ended."""
    prisoner, days = gap.contact, say_days(gap.days)
    unseen = prisoner.last_session_on is None
    came = "he arrived" if prisoner.arrival_known else "he was here already"
    since = f"since {say_date(prisoner.clock_from)}, when {came if unseen else f'{prisoner.last_session_by} saw him'}"
    if ended and prisoner.clock_from >= ended.on and not unseen:
        seen = f"Last seen on {say_date(prisoner.clock_from)} by {prisoner.last_session_by}"
        return f"{seen}; he {ended.happened} {_on(ended)}."
    if ended:
        none = "no key work in this stay:" if prisoner.never_seen else "no key work for"
        return f"When he {ended.happened} {_on(ended)} he had had {none} {days}, {since}."
    if prisoner.records_begin_on:
        begin = f"kw's records of him begin on {say_date(prisoner.records_begin_on)}"
        return f"No session recorded: {days}, {since}; {begin}, so whether he was seen before is not known."
    if prisoner.never_seen:
        return f"No key work yet in this stay: {days}, {since}."
    if gap.state is GapState.OK:
        when = f"{days} ago, on" if gap.days else "today,"
        return f"Last seen {when} {say_date(prisoner.clock_from)}, by {prisoner.last_session_by}."
    return f"No key work for {days}, {since}."


def _never_seen(gap: Gap, history: StayHistory, as_of: date, settings: Settings) -> Clock:
    prisoner, first = gap.contact, history.first_seen
    due_by = first_meeting_due_by(prisoner.arrived_on, settings=settings)
    if gap.never_seen_days is not None or first is None:
        state = ClockState.FROZEN if history.ended else ClockState.RUNNING
        due = "is due by" if as_of <= due_by else "was due by"
        sentence = f"No counted session in this stay; the first meeting {due} {say_date(due_by)}."
        return Clock(ClockName.NEVER_SEEN, prisoner.arrived_on, gap.never_seen_days, state, sentence)
    day = days_between(prisoner.arrived_on, first.held_on)
    late = "" if first.held_on <= due_by else f", late: due by {say_date(due_by)}"
    number = len(history.counted)
    sessions = f"{say_count(number, 'counted session')} in this stay"
    sentence = f"First seen on {say_date(first.held_on)} by {first.by} (day {day}{late}); {sessions}."
    return Clock(ClockName.NEVER_SEEN, None, None, ClockState.SEEN, sentence)


def _not_met(gap: Gap, ended: End | None, as_of: date) -> Clock:
    prisoner = gap.contact
    if prisoner.staff_id is None or prisoner.allocated_on is None:
        sentence = "There is no key worker to meet him."
        return Clock(ClockName.NOT_MET, None, None, ClockState.NO_KEY_WORKER, sentence)
    met = f"yes, first on {say_date(prisoner.met_on)}" if prisoner.met_on else "never"
    sentence = f"{_held(gap, ended, as_of)}; met: {met}."
    if prisoner.met_on is not None:
        return Clock(ClockName.NOT_MET, None, None, ClockState.MET, sentence)
    state = ClockState.FROZEN if ended else ClockState.RUNNING
    return Clock(ClockName.NOT_MET, prisoner.allocated_on, gap.unmet_days, state, sentence)


def _held(gap: Gap, ended: End | None, as_of: date) -> str:
    """Say who allocated the prisoner to his key worker, and when."""
    prisoner = gap.contact
    since = prisoner.allocated_on or prisoner.arrived_on
    by = f", allocated by {prisoner.allocated_by}" if prisoner.allocated_by else ""
    if ended:
        length = _days(days_between(since, ended.on))
        return (
            f"{prisoner.worker_name} was his key worker from {say_date(since)} to {say_date(ended.on)} ({length}){by}"
        )
    known = "" if prisoner.met_on or prisoner.acknowledged_on else "; acknowledged: no"
    length = _days(days_between(since, as_of))
    return f"{prisoner.worker_name} has been his key worker since {say_date(since)} ({length}){by}{known}"


def _unallocated(gap: Gap, history: StayHistory) -> Clock:
    since = unallocated_since(gap.contact)
    if since is None:
        return Clock(ClockName.UNALLOCATED, None, None, ClockState.ALLOCATED, _first_allocated(gap, history))
    state = ClockState.FROZEN if history.ended else ClockState.RUNNING
    sentence = (
        f"No key worker for {say_days(gap.unallocated_days or 0)}, since {say_date(since)}, {_when(gap, history)}."
    )
    return Clock(ClockName.UNALLOCATED, since, gap.unallocated_days, state, sentence)


def _first_allocated(gap: Gap, history: StayHistory) -> str:
    first = history.allocations[-1].allocated_on if history.allocations else gap.contact.allocated_on
    if first is None:
        return "He has a key worker."
    return f"First allocated on {say_date(first)}, day {days_between(gap.contact.arrived_on, first)} of this stay."


def _when(gap: Gap, history: StayHistory) -> str:
    """Say what left him without a key worker."""
    last = history.allocations[0] if history.allocations else None
    if last is None or last.ended_on is None or last.ended_on <= gap.contact.arrived_on:
        return "when he arrived"
    return f"when {last.name} was no longer his ({say_ended(last.end_reason)})"


def _on(ended: End) -> str:
    return f"on {say_date(ended.on)}"


def _days(days: int) -> str:
    return say_count(days, "day")
