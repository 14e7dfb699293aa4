"""What became of an officer's rota, week by week, in as few lines as say it: weeks without time, and weeks lost."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from keyworker_cli.rules.codes.records import SlotStatus
from keyworker_cli.rules.dates.weeks import Week, by_week, weeks_between
from keyworker_cli.rules.facts.rota import Slot

WORKED, TO_COME = SlotStatus.WORKED, SlotStatus.PUBLISHED


@dataclass(frozen=True, slots=True)
class RotaSpell:
    """Weeks on end of one kind, the days of the allocation only: no rota recorded, no time on it, or all of it lost.

    `slots` are how many there were and `reasons` why they were lost, the most frequent first.
    """

    first_on: date
    last_on: date
    weeks: int
    kind: str
    slots: int = 0
    reasons: tuple[str, ...] = ()


NO_ROTA, NO_TIME, LOST = "NO_ROTA", "NO_TIME", "LOST"


def spells_without_time(
    slots: Iterable[Slot], *, since: date, until: date, rota_until: date | None
) -> Iterator[RotaSpell]:
    """Yield the weeks from one day to another, both included, in which an officer worked no slot, the earliest first.

    `rota_until` is the latest day with any rota recorded for his wing: after it nobody can tell. Weeks with time worked
    or not confirmed either way are not yielded; those on end without any time are one. A slot of a day on which he was
    not there is lost (help: rota).
    """
    if until < since:
        return
    of_week = by_week((slot.slot_on, slot) for slot in slots if since <= slot.slot_on <= until)
    weeks = list(weeks_between(since, until))
    kinds = [(week, _kind(of_week.get(week, ()), week, rota_until)) for week in weeks]
    for kind, run in groupby(kinds, key=lambda one: one[1]):
        found = [week for week, _ in run]
        if kind == LOST:
            yield from (_spell([week], kind, of_week[week], since, until) for week in found)
        elif kind is not None:
            yield _spell(found, kind, (), since, until)


def _spell(weeks: Sequence[Week], kind: str, slots: Sequence[Slot], since: date, until: date) -> RotaSpell:
    reasons = Counter(slot.reason or slot.unavailable or slot.status for slot in slots)
    return RotaSpell(
        max(weeks[0].monday, since),
        min(weeks[-1].sunday, until),
        len(weeks),
        kind,
        len(slots),
        tuple(reason for reason, _ in reasons.most_common()),
    )


def _kind(slots: Sequence[Slot], week: Week, rota_until: date | None) -> str | None:
    if slots:
        lost = all(slot.unavailable or slot.status not in (WORKED, TO_COME) for slot in slots)
        return LOST if lost else None
    return NO_ROTA if rota_until is None or rota_until < week.monday else NO_TIME
