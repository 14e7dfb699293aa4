"""What is to be done for a prisoner: which need is meant, what becomes of it, which are overdue.

help: note-quality, N8 and N9.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from keyworker_cli.errors import NotFoundError, RefusedError, UsageError
from keyworker_cli.rules.codes.records import NeedOutcome
from keyworker_cli.rules.dates.london import days_between
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.dates.still_to_come import refuse_still_to_come
from keyworker_cli.rules.facts.care import NeedOfPrisoner, NeedRaised
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.say import say_prisoner
from keyworker_cli.rules.sessions.case_note import say_need
from keyworker_cli.rules.sessions.typed import NeedAsked

BECAME: Final = {NeedOutcome.DONE: "done", NeedOutcome.ONGOING: "ongoing", NeedOutcome.DROPPED: "dropped"}
LONG_OPEN_DAYS: Final = 28  # one open longer than four weekly sessions is no longer being worked on


class NeedState(StrEnum):
    """Where a need stands as of a day, the most urgent first."""

    OVERDUE = "overdue"
    OPEN = "open"


class StandingNeed(NamedTuple):
    """A need that is open on a day: for how many days, and by how many it is overdue (0 when it is not)."""

    need: NeedOfPrisoner
    days_open: int
    days_overdue: int

    @property
    def state(self) -> NeedState:
        """Overdue from the day after it was due."""
        return NeedState.OVERDUE if self.days_overdue else NeedState.OPEN

    @property
    def long_open(self) -> bool:
        """Open for more than 28 days."""
        return self.days_open > LONG_OPEN_DAYS


def open_needs(needs: Iterable[NeedOfPrisoner], *, as_of: date) -> list[StandingNeed]:
    """Return the needs open at the end of a day, the longest overdue first, then by when each is due, undated last.

    Those alike in that stay in the order given.
    """
    found = [
        StandingNeed(need, days_between(need.raised_on, as_of), _overdue_by(need, as_of))
        for need in needs
        if need.raised_on <= as_of and (need.closed_on is None or need.closed_on > as_of)
    ]
    return sorted(found, key=_urgency)


def check_raising(asked: NeedAsked, *, raised_on: date, today: date) -> None:
    """Refuse a need raised on a day to come, or due before it was raised."""
    refuse_still_to_come(raised_on, today=today, hint="--on is the day it was raised.")
    if asked.due_on is not None and asked.due_on < raised_on:
        raise RefusedError(
            f"it cannot be due on {say_date(asked.due_on)}: it is raised on {say_date(raised_on)}.",
            'check the date: "phone PIN; Officer Shah; fri".',
        )


def raised_before(asked: NeedAsked, needs: Iterable[NeedRaised], *, raised_on: date) -> NeedRaised | None:
    """Return the need that this one repeats: raised on that day in the same words."""
    return next((need for need in needs if need.raised_on == raised_on and need.text == asked.text), None)


def need_meant(words: str | None, needs: Sequence[NeedRaised], prisoner: Person) -> NeedRaised:
    """Return the one open need that some words of it mean, in any case; without words the only one there is.

    Raises `NotFoundError` where none is open or none fits, `UsageError` where several do: it lists them.
    """
    still = [need for need in needs if need.closed_on is None]
    who = say_prisoner(prisoner)
    if not still:
        raise NotFoundError(
            f"nothing is open for {who}.", f"kw need list {prisoner.prison_number} shows what was raised."
        )
    wanted = (words or "").casefold().split()
    found = [need for need in still if all(word in need.text.casefold() for word in wanted)]
    exact = [need for need in found if need.text.casefold() == (words or "").strip().casefold()]
    if len(found) == 1 or len(exact) == 1:
        return (exact or found)[0]
    lines = tuple(f"{say_need(need)}, raised {say_date(need.raised_on)}" for need in found or still)
    if not found:
        raise NotFoundError(
            f"nothing open for {who} has the words {words!r}:", "type a few words of the action.", lines
        )
    raise UsageError(f"{len(found)} actions for {who} could be meant:", "add a few words of the one you mean.", lines)


def check_settling(need: NeedRaised, *, on: date, today: date) -> None:
    """Refuse an outcome on a day to come, or before the need was raised."""
    refuse_still_to_come(on, today=today, hint="--on is the day it was done.")
    if on < need.raised_on:
        raise RefusedError(
            f"it cannot be done on {say_date(on)}: it was raised on {say_date(need.raised_on)}.", "check the day: --on."
        )


def read_need_outcome(*, ongoing: bool, dropped: bool) -> NeedOutcome:
    """Return what became of a need: done, unless it goes on or was dropped. Both of these are `UsageError`."""
    if ongoing and dropped:
        raise UsageError("an action cannot both go on and be dropped.", "give --ongoing or --dropped, not both.")
    if ongoing:
        return NeedOutcome.ONGOING
    return NeedOutcome.DROPPED if dropped else NeedOutcome.DONE


def _overdue_by(need: NeedOfPrisoner, as_of: date) -> int:
    return max(0, days_between(need.due_on, as_of)) if need.due_on is not None else 0


def _urgency(one: StandingNeed) -> tuple[int, bool, date, date]:
    need = one.need
    return (-one.days_overdue, need.due_on is None, need.due_on or date.max, need.raised_on)
