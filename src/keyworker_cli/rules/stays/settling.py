"""What follows where the records of a prisoner contradict each other (help: movements).

What belongs to a stay ends with it; of nights away that overlap the later ends the earlier; a move to segregation is
segregation, however it came.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import Final, NamedTuple

from keyworker_cli.rules.codes.records import DepartureReason, EndReason

SEGREGATION: Final = "SEG"
END_REASONS: Final = {
    DepartureReason.RELEASE: EndReason.RELEASED,
    DepartureReason.TRANSFER_OUT: EndReason.TRANSFER,
    DepartureReason.DIED: EndReason.DIED,
    DepartureReason.ESCAPE: EndReason.NO_LONGER_IN_PRISON,
}
"""Why an allocation ends with a stay."""


class Settled(StrEnum):
    """A kind of contradiction that was settled, as the audit has it."""

    ENDED_WITH_STAY = "settle allocation with stay"
    ENDED_WITH_SCOPE = "settle allocation with scope"
    ONE_KEY_WORKER = "settle allocations of two numbers"
    AWAY_WITH_STAY = "settle absence with stay"
    AWAY_AGAIN = "settle overlapping absences"
    OWN_CODE = "settle place"
    SEGREGATED = "settle segregation"
    ONE_SESSION = "settle session of two numbers"
    OPENED_AGAIN = "settle with stay known later"
    SAID_SINCE = "keep end of absence"
    """A later file gives as its own the end that nights away were settled with: no contradiction is left."""


def end_reason(reason: str | None) -> EndReason:
    """Return why an allocation ends when a prisoner leaves so.

    Where nobody knows how, he is no longer in the prison.
    """
    return END_REASONS[DepartureReason(reason)] if reason else EndReason.NO_LONGER_IN_PRISON


def is_segregation(location: str | None) -> bool:
    """Return whether a place is the segregation unit, or a cell in it."""
    return location is not None and location.partition("-")[0] == SEGREGATION


class PlaceHeld(NamedTuple):
    """Where a prisoner was from a day on, at a minute of it where that is known."""

    from_on: date
    at_minute: int | None
    location: str | None


class Segregation(NamedTuple):
    """A spell in segregation: from a day, at a minute if known, until the day he was moved out or left."""

    from_on: date
    at_minute: int | None
    until_on: date | None


class SegregationEvent(NamedTuple):
    """SEG as it is recorded."""

    event_id: int
    event_on: date
    at_minute: int | None
    until_on: date | None

    @property
    def begins(self) -> tuple[date, int | None]:
        """When it begins: the day, and the minute where one is known."""
        return self.event_on, self.at_minute


def segregation_spells(places: Iterable[PlaceHeld], *, left_on: date | None) -> Iterator[Segregation]:
    """Yield a stay's spells in segregation, from where he was in order; the last one ends with the stay."""
    begun: PlaceHeld | None = None
    spells: dict[tuple[date, int | None], Segregation] = {}  # two that begin at one minute are one
    for place in places:
        if is_segregation(place.location):
            begun = begun or place
        elif begun is not None:
            spells[begun.from_on, begun.at_minute] = Segregation(begun.from_on, begun.at_minute, place.from_on)
            begun = None
    if begun is not None:
        spells[begun.from_on, begun.at_minute] = Segregation(begun.from_on, begun.at_minute, left_on)
    yield from spells.values()


def compare_segregation(
    spells: Iterable[Segregation], events: Sequence[SegregationEvent]
) -> Iterator[tuple[Segregation, SegregationEvent | None]]:
    """Yield each spell that no event tells, with `None`, and each that one tells which says otherwise when it ended.

    An event that begins at the minute of a spell tells that one and no other.
    """
    free = sorted(events, key=lambda event: (event.event_on, event.event_id))
    spells = list(spells)
    begun = {(spell.from_on, spell.at_minute) for spell in spells}
    for spell in spells:
        its_own = (event for event in free if event.begins == (spell.from_on, spell.at_minute))
        others = (event for event in free if event.begins not in begun and _tells(event, spell))
        told = next(chain(its_own, others), None)
        if told is None:
            yield spell, None
            continue
        free.remove(told)
        if told.until_on != spell.until_on:
            yield spell, told


def _tells(event: SegregationEvent, spell: Segregation) -> bool:
    """An event tells a spell that begins with it, that it covers the beginning of, or that it lies in."""
    if event.event_on == spell.from_on:
        return True
    if event.event_on < spell.from_on:
        return event.until_on is None or event.until_on > spell.from_on
    return spell.until_on is None or event.event_on < spell.until_on
