"""The mornings on which a prisoner was on a list, found from his record instead of asking day by day.

The morning's page knows of the sessions held up to the evening before. Nights away are not counted: he stood in a block
of his own.

help: gap, see-today.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from keyworker_cli.rules.codes.findings import GapState
from keyworker_cli.rules.contact.gap_state import state_of
from keyworker_cli.rules.dates.clock import DAY
from keyworker_cli.rules.facts.care import Acct, AcctReview, Event
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.sessions import SessionHeld
from keyworker_cli.rules.facts.stays import Away, Moved, Stay
from keyworker_cli.rules.markers.derived import Background, changes_of_cell, reviews_awaited
from keyworker_cli.rules.markers.in_force import markers_in_force
from keyworker_cli.rules.markers.priority import priority_of
from keyworker_cli.rules.settings import Settings

MEETING = 8 * 60 + 15  # the morning meeting is at 08:15 (help: briefing)
LISTED = (GapState.OVERDUE, GapState.SERIOUS)


@dataclass(frozen=True, slots=True)
class Mornings:
    """Mornings on end on which a prisoner stood on a list; `serious_on` is the first on which his gap was serious."""

    first_on: date
    last_on: date
    number: int
    serious_on: date | None = None


class Signals(NamedTuple):
    """What raises one prisoner's priority: his events, his ACCTs with their reviews, his moves, the latest first."""

    events: Sequence[Event]
    accts: Sequence[Acct]
    reviews: Sequence[AcctReview] = ()
    moves: Sequence[Moved] = ()


def mornings_overdue(
    stay: Stay, seen_on: Iterable[date], absences: Sequence[Away], *, as_of: date, settings: Settings
) -> list[Mornings]:
    """Return the runs of mornings, up to that of `as_of`, on which his gap in this stay was overdue or serious.

    `seen_on` are the days of his counted sessions. The morning after his arrival is the first, that of the day he left
    or died the last; from the day he is out of scope he is on no list.
    """
    states = list(_states(stay, sorted(seen_on), absences, as_of, settings))
    found = []
    for listed, run in groupby(states, key=lambda morning: morning[1] in LISTED):
        days = list(run)
        if listed:
            serious = next((day for day, state in days if state is GapState.SERIOUS), None)
            found.append(Mornings(days[0][0], days[-1][0], len(days), serious))
    return found


def mornings_to_be_seen(
    prisoner: Contact,
    stay: Stay,
    counted: Iterable[SessionHeld],
    signals: Signals,
    absences: Sequence[Away],
    *,
    as_of: date,
    settings: Settings,
) -> list[Mornings]:
    """Return the runs of mornings, up to that of `as_of`, on which he was one of those to be seen today.

    `counted` are his counted sessions. What happened before the morning meeting counts, and what has no time that day.

    help: see-today.
    """
    held = sorted((session for session in counted if stay.arrived_on <= session.held_on), key=lambda one: one.held_on)

    def is_listed(morning: date) -> bool:
        before = [one for one in held if one.held_on < morning]
        return _to_be_seen(prisoner, stay, before, signals, morning, settings)

    mornings = [
        (morning, is_listed(morning))
        for morning in mornings_of(stay, as_of)
        if not any(_away(absence, morning) for absence in absences)
    ]
    runs = [(listed, [day for day, _ in run]) for listed, run in groupby(mornings, key=lambda morning: morning[1])]
    return [Mornings(days[0], days[-1], len(days)) for listed, days in runs if listed]


def _to_be_seen(
    prisoner: Contact,
    stay: Stay,
    held: Sequence[SessionHeld],
    signals: Signals,
    morning: date,
    settings: Settings,
) -> bool:
    last = held[-1] if held else None
    then = prisoner._replace(
        last_session_on=last.held_on if last else None, last_session_minute=last.start_minute if last else None
    )
    events = [event._replace(next_seen_on=_before(event.next_seen_on, morning)) for event in signals.events]
    accts = [as_it_was(acct, morning) for acct in signals.accts if acct.opened_on < morning]
    background = _background(signals, accts, stay, morning)
    markers = markers_in_force(
        then, events, accts, as_of=morning, settings=settings, at_minute=MEETING, background=background
    )
    return priority_of(then, markers, as_of=morning, settings=settings).see_today


def _background(signals: Signals, accts: Iterable[Acct], stay: Stay, morning: date) -> Background:
    """Return the moves of this stay before that morning, and the reviews due before it and not held by then."""
    late = [one.due_on for one in signals.reviews if _before(one.held_on, morning) is None]
    arrived_on, by_then = stay.arrived_on, (one for one in reversed(signals.moves) if _is_by(one, morning))
    moves = ((one.moved_on, one.location) for one in by_then if arrived_on <= one.moved_on)
    return Background(
        moved_on=changes_of_cell(stay.location, moves),
        reviews_late=reviews_awaited((on for on in late if on < morning), accts, arrived_on=arrived_on, as_of=morning),
    )


def _is_by(move: Moved, morning: date) -> bool:
    """He was moved by the morning meeting; a move without a time is one of before it."""
    return move.moved_on < morning or (move.moved_on == morning and (move.at_minute or 0) <= MEETING)


def as_it_was(acct: Acct, morning: date) -> Acct:
    """Return an ACCT as it was that morning: a closure or review of the day itself comes later."""
    closed_on, held_on = _before(acct.closed_on, morning), _before(acct.review_held_on, morning)
    return acct._replace(closed_on=closed_on, review_held_on=held_on)


def _before(on: date | None, morning: date) -> date | None:
    return on if on is not None and on < morning else None


def mornings_of(stay: Stay, as_of: date) -> Iterator[date]:
    """Yield each morning of a stay: the one after his arrival first, that of the day he left last."""
    last = min(day for day in (as_of, stay.left_on, stay.out_of_scope_from and stay.out_of_scope_from - DAY) if day)
    return (stay.arrived_on + number * DAY for number in range(1, (last - stay.arrived_on).days + 1))


def _states(
    stay: Stay, seen_on: Sequence[date], absences: Sequence[Away], as_of: date, settings: Settings
) -> Iterator[tuple[date, GapState]]:
    seen = [day for day in seen_on if stay.arrived_on <= day]
    clock_from, at = stay.arrived_on, 0
    for morning in mornings_of(stay, as_of):
        while at < len(seen) and seen[at] < morning:
            clock_from, at = seen[at], at + 1
        if not any(_away(absence, morning) for absence in absences):
            yield morning, state_of((morning - clock_from).days, settings)


def _away(absence: Away, morning: date) -> bool:
    """He was away in the night before."""
    return absence.from_on < morning and (absence.to_on is None or morning <= absence.to_on)
