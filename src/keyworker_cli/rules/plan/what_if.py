"""What a change of the rota does: two forecasts side by side, and the fewest slots that make up for it.

help: forecast.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.plan.forecast import Chance, Forecast, Passing

TRIED_AT_MOST: Final = 7
MENDS_AT_MOST: Final = 3


class Effect(StrEnum):
    """What a change of the rota does to a prisoner; those it harms come first."""

    PASSES = "passes"
    PASSES_EARLIER = "passes_earlier"
    NEEDS_ANOTHER = "needs_another"
    WAITS_LONGER = "waits_longer"
    SEEN_SOONER = "seen_sooner"
    NEEDS_NO_OTHER = "needs_no_other"
    PASSES_LATER = "passes_later"
    IS_KEPT = "is_kept"


HARM: Final = (Effect.PASSES, Effect.PASSES_EARLIER, Effect.NEEDS_ANOTHER, Effect.WAITS_LONGER)


class Difference(NamedTuple):
    """What a change does to one prisoner: where he stands in each forecast.

    `before` and `after` are `None` where he does not pass the limit. `waited` and `waits` are his first places.
    """

    prisoner: Contact
    effect: Effect
    before: Passing | None
    after: Passing | None
    waited: Chance | None
    waits: Chance | None


class NowLeftOut(NamedTuple):
    """A prisoner to be seen on a day, who has a place on it in one forecast only: in the first, when `now` is true."""

    prisoner: Contact
    on: date
    now: bool


@dataclass(frozen=True, slots=True)
class Mend:
    """A slot more, and how many of those harmed so far it makes up for; `left` are harmed still."""

    slot: Slot
    mended: int
    left: int


def differences(base: Forecast, changed: Forecast, prisoners: Iterable[Contact]) -> list[Difference]:
    """Return whom a change of the rota makes a difference to, those it harms first.

    One who is over the limit anyway is harmed by a later first place, and helped by an earlier one.
    """
    before = {one.prisoner.person_id: one for one in base.passing}
    after = {one.prisoner.person_id: one for one in changed.passing}
    over = {prisoner.person_id for prisoner in base.over_already}
    found = []
    for prisoner in prisoners:
        key = prisoner.person_id
        was, now = before.get(key), after.get(key)
        waited, waits = base.chances.get(key), changed.chances.get(key)
        is_over = key in over or (was is not None and now is not None)
        effect = _effect(was, now) or (_waiting(waited, waits) if is_over else None)
        if effect is not None:
            found.append(Difference(prisoner, effect, was, now, waited, waits))
    order = list(Effect)
    return sorted(found, key=lambda one: (order.index(one.effect), _day(one), one.prisoner.prison_number))


def _effect(was: Passing | None, now: Passing | None) -> Effect | None:
    if was is None or now is None:
        if now is not None:
            return Effect.NEEDS_ANOTHER if now.with_another else Effect.PASSES
        return None if was is None else Effect.NEEDS_NO_OTHER if was.with_another else Effect.IS_KEPT
    if was.with_another != now.with_another:
        return Effect.IS_KEPT if now.with_another else Effect.PASSES
    if was.overdue_on == now.overdue_on:
        return None
    return Effect.PASSES_EARLIER if now.overdue_on < was.overdue_on else Effect.PASSES_LATER


def _waiting(waited: Chance | None, waits: Chance | None) -> Effect | None:
    before, after = (one.on if one else date.max for one in (waited, waits))
    if before == after:
        return None
    return Effect.WAITS_LONGER if after > before else Effect.SEEN_SOONER


def _day(one: Difference) -> date:
    told = one.after or one.before
    if told is not None:
        return told.overdue_on
    return one.waits.on if one.waits else date.max


def left_out_now(base: Forecast, changed: Forecast, prisoners: Iterable[Contact]) -> list[NowLeftOut]:
    """Return who is to be seen and loses the place he had, or gains one: the first such day of each, by day."""
    found = []
    for prisoner in prisoners:
        for one, other, now in ((changed, base, True), (base, changed, False)):
            days = [on for on, person_id in one.left_out - other.left_out if person_id == prisoner.person_id]
            if days:
                found.append(NowLeftOut(prisoner, min(days), now))
    return sorted(found, key=lambda one: (not one.now, one.on, one.prisoner.prison_number))


def find_mends(
    harmed: Sequence[Difference],
    offers: Sequence[Slot],
    forecast: Callable[[Sequence[Slot]], Forecast],
    base: Forecast,
    prisoners: Sequence[Contact],
) -> list[Mend]:
    """Return a few slots more that make up for most of the harm, the best first; each counts on those before it.

    `forecast` looks ahead with some slots more. Which officer gives one matters only to their own prisoners, since any
    officer may see anyone: on each day the officer is tried most of whose prisoners are harmed.
    """
    found: list[Mend] = []
    given: tuple[Slot, ...] = ()
    left = len(harmed)
    while left and len(found) < MENDS_AT_MOST:
        tried = [slot for slot in _worth_trying(harmed, offers) if slot not in given]
        if not tried:
            break
        still = [(len(_harmed(base, forecast((*given, slot)), prisoners)), slot) for slot in tried]
        fewest, best = min(still, key=lambda one: one[0])
        if fewest >= left:
            break
        found.append(Mend(best, left - fewest, fewest))
        given, left = (*given, best), fewest
    return found


def _harmed(base: Forecast, changed: Forecast, prisoners: Sequence[Contact]) -> list[Difference]:
    return [one for one in differences(base, changed, prisoners) if one.effect in HARM]


def _worth_trying(harmed: Sequence[Difference], offers: Sequence[Slot]) -> list[Slot]:
    own = Counter(one.prisoner.key_worker_id for one in harmed)
    best: dict[date, Slot] = {}
    for slot in offers:
        held = best.setdefault(slot.slot_on, slot)
        if (own[slot.key_worker_id], slot.minutes) > (own[held.key_worker_id], held.minutes):
            best[slot.slot_on] = slot
    return [best[on] for on in sorted(best)][:TRIED_AT_MOST]
