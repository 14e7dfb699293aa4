"""After a death or serious self-harm: who else to see, and the staff who knew him (help: affected).

Contact, not risk: who lived beside him, and who shares his key worker.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import IntEnum
from typing import Final, NamedTuple

from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.names import wing_of
from keyworker_cli.rules.facts.officers import Allocation
from keyworker_cli.rules.facts.sessions import SessionHeld
from keyworker_cli.rules.facts.spans import PlaceInStay

TOGETHER_DAYS: Final = 28
"""The days looked back on, the day itself among them."""

UNITS: Final = ("SEG", "HCC")
"""Places without cells where prisoners live: to be there together is as near as a landing."""


class Tie(IntEnum):
    """How he and another are connected, the nearest first."""

    CELL = 1
    LANDING = 2
    KEY_WORKER = 3
    WING = 4


class PlaceSpell(NamedTuple):
    """The days somebody was in one place at the end of the day: from the first up to, and not on, `to_on`."""

    place: str
    from_on: date
    to_on: date


class Affected(NamedTuple):
    """Another prisoner, and his nearest tie to the one it is about.

    `near` is how near they lived, on `days` of the 28 days, the last of them `last_on`: `None`, 0 and `None` where only
    the key worker is the same. `places` are the landings, SEG and HCC counted as such, on which both lived at a time.
    """

    prisoner: Contact
    tie: Tie
    near: Tie | None
    days: int
    last_on: date | None
    places: int
    same_key_worker: bool


class KnewHim(NamedTuple):
    """An officer who knew him in this stay: his key worker, or one who recorded a session or entry with him.

    `from_on` and `to_on` are the last time of being his key worker, `entries` all that was recorded with him, `last_on`
    the latest of it. `at_the_time` marks his key worker on the day.
    """

    key_worker_id: int
    staff_id: str
    name: str
    from_on: date | None
    to_on: date | None
    entries: int
    last_on: date | None
    at_the_time: bool


def place_spells(places: Sequence[PlaceInStay], *, on: date) -> list[PlaceSpell]:
    """Return where somebody was in the 28 days up to and on a day; `places` are of one stay, in the order of time.

    Of several moves on one day the last says where he was.
    """
    first, after = on - timedelta(days=TOGETHER_DAYS - 1), on + timedelta(days=1)
    came = [(one.arrived_on, one.arrived_to) for one in places[:1]]
    moved = [(one.moved_on, one.moved_to) for one in places if one.moved_on is not None]
    were = [(since, place) for since, place in came + moved if since <= on]
    ends = [since for since, _ in were[1:]] + [after]
    spells = (
        PlaceSpell(place, max(since, first), end)
        for (since, place), end in zip(were, ends, strict=False)
        if place is not None
    )
    return [spell for spell in spells if spell.from_on < spell.to_on]


def nearness(place: str, other: str) -> Tie | None:
    """Return how near two places are: one cell, one landing or unit without cells, one wing, or none of these."""
    wing = wing_of(place)
    if wing is None:
        return Tie.LANDING if place == other and place in UNITS else None
    if place == other:
        return Tie.CELL
    if wing != wing_of(other):
        return None
    landing = landing_of(place)
    return Tie.LANDING if landing is not None and landing == landing_of(other) else Tie.WING


def landing_of(place: str) -> str | None:
    """Return the landing of a cell, `B-2` of `B-2-014`; a place of fewer parts names none."""
    return place.rpartition("-")[0] if place.count("-") > 1 else None


def find_affected(
    prisoners: Iterable[Contact],
    his: Sequence[PlaceSpell],
    theirs: Mapping[int, Sequence[PlaceInStay]],
    *,
    person_id: int,
    key_worker_id: int | None,
    on: date,
) -> list[Affected]:
    """Return whoever of the prisoners here was near him in the 28 days, or has the key worker he had.

    The order is that of the ties; within one the prisoner's number.
    """
    found = []
    for prisoner in prisoners:
        if prisoner.person_id == person_id:
            continue
        same = key_worker_id is not None and prisoner.key_worker_id == key_worker_id
        spells = place_spells(theirs.get(prisoner.person_id, ()), on=on)
        together = days_together(his, spells)
        near = min(together, default=None)
        days, last_on = together[near] if near is not None else (0, None)
        places = landings_together(his, spells)
        ties = [tie for tie in (near, Tie.KEY_WORKER if same else None) if tie is not None]
        if ties:
            found.append(Affected(prisoner, min(ties), near, days, last_on, places, same))
    return sorted(found, key=lambda one: (one.tie, one.prisoner.prison_number))


def days_together(his: Sequence[PlaceSpell], theirs: Sequence[PlaceSpell]) -> dict[Tie, tuple[int, date]]:
    """Return for each kind of nearness on how many days it was, and the last of them."""
    found: dict[Tie, tuple[int, date]] = {}
    for one in his:
        for other in theirs:
            near = nearness(one.place, other.place)
            from_on, to_on = max(one.from_on, other.from_on), min(one.to_on, other.to_on)
            if near is None or from_on >= to_on:
                continue
            days, last_on = found.get(near, (0, date.min))
            found[near] = days + (to_on - from_on).days, max(last_on, to_on - timedelta(days=1))
    return found


def landings_together(his: Sequence[PlaceSpell], theirs: Sequence[PlaceSpell]) -> int:
    """Return on how many landings, SEG and HCC among them, both lived at one time: more than one is moving together."""
    return len(
        {
            landing_of(one.place) or one.place
            for one in his
            for other in theirs
            if nearness(one.place, other.place) in (Tie.CELL, Tie.LANDING)
            and max(one.from_on, other.from_on) < min(one.to_on, other.to_on)
        }
    )


def key_worker_on(allocations: Iterable[Allocation], *, on: date) -> Allocation | None:
    """Return the allocation that held on the day, one that ended on it among them: a death ends it.

    `allocations` are the latest first.
    """
    held = (one for one in allocations if one.allocated_on <= on and not one.held_no_day)
    return next((one for one in held if one.ended_on is None or one.ended_on >= on), None)


def find_staff(
    allocations: Sequence[Allocation], sessions: Sequence[SessionHeld], *, since: date, on: date
) -> list[KnewHim]:
    """Return the officers who knew him in the stay since that day: his key worker first, then the latest with him.

    Both are the latest first, those to come and of earlier stays among them.
    """
    at_the_time = key_worker_on(allocations, on=on)
    found: dict[int, KnewHim] = {}
    for held in allocations:
        if since <= held.allocated_on <= on and not held.held_no_day:
            to_on = None if held.ended_on is None or held.ended_on > on else held.ended_on
            knew = KnewHim(held.key_worker_id, held.staff_id, held.name, held.allocated_on, to_on, 0, None, False)
            found.setdefault(held.key_worker_id, knew._replace(at_the_time=held == at_the_time))
    for one in sessions:
        if since <= one.held_on <= on:
            nobody = KnewHim(one.key_worker_id, one.staff_id, one.by, None, None, 0, None, False)
            knew = found.get(one.key_worker_id, nobody)
            found[one.key_worker_id] = knew._replace(entries=knew.entries + 1, last_on=knew.last_on or one.held_on)
    return sorted(found.values(), key=_latest_first)


def _latest_first(one: KnewHim) -> tuple[bool, int, str]:
    latest = one.last_on or one.to_on or one.from_on or date.min
    return not one.at_the_time, -latest.toordinal(), one.staff_id
