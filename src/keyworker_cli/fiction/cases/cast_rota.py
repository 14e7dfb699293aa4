"""The rota of the small prison's four officers: what was published for them, and what became of it.

Officer P has none after Wed 25 Mar 2026, and the rota for W14 is published without one on Fri 27 Mar. Mr B's third key
worker has two slots in the eight weeks W04-W11, both lost. Officer Shah is on leave from 6 May (help: two-men).
"""

import random
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from keyworker_cli.fiction.cases import cast, two_men
from keyworker_cli.fiction.cases.cast import KW1, KW2, KW3, PRISONERS, P
from keyworker_cli.fiction.chance import WORKED_SHARE, draw_loss
from keyworker_cli.fiction.moments import AFTERNOON, AS_OF, DAY, MORNING, WEEK, monday_of
from keyworker_cli.fiction.records import Officer, Slot

NEXT_WEEK: Final = monday_of(AS_OF) + WEEK
"""The Monday of the last week whose rota is out: it was published early."""

KW3_SLOTS: Final = (date(2026, 1, 27), date(2026, 2, 24))
"""The only two slots of Mr B's third key worker while they were his; both lost to staffing."""
_KW3_AGAIN_FROM: Final = date(2026, 3, 23)

_MON, _TUE, _WED, _THU, _FRI = range(5)
_PATTERNS: Final[Mapping[str, tuple[tuple[int, int], ...]]] = {
    P: ((_MON, AFTERNOON), (_WED, MORNING)),
    KW1: ((_MON, MORNING), (_TUE, MORNING), (_THU, AFTERNOON)),
    KW2: ((_TUE, AFTERNOON), (_THU, MORNING)),
    KW3: ((_MON, AFTERNOON), (_WED, MORNING), (_FRI, MORNING)),
}
_EXTRA: Final = {KW3: (*((on, MORNING) for on in KW3_SLOTS), (AS_OF, AFTERNOON))}

_TOLD_FROM: Final = date(2026, 4, 13)
"""From this day on what became of each slot is part of the story."""
_STAFFING: Final = ("REDEPLOYED", "STAFFING")
_TOLD: Final = {
    (KW1, date(2026, 4, 16)): _STAFFING,
    (KW1, date(2026, 4, 20)): ("REDEPLOYED", "ESCORT"),
    (KW1, date(2026, 5, 4)): _STAFFING,
    (KW2, date(2026, 4, 23)): _STAFFING,
    (KW2, date(2026, 4, 28)): ("CANCELLED", "TRAINING"),
    (KW2, date(2026, 4, 30)): ("PUBLISHED", ""),  # nobody confirmed it
    (KW3, date(2026, 4, 15)): _STAFFING,
    (KW3, date(2026, 4, 27)): ("REDEPLOYED", "INCIDENT"),
    (KW3, date(2026, 5, 8)): _STAFFING,
    (KW3, date(2026, 5, 11)): ("ABSENT", "SICK"),
    **{(KW3, on): _STAFFING for on in KW3_SLOTS},
}
_WORKED: Final = (
    {(seen.staff_id, seen.on) for prisoner in PRISONERS for seen in prisoner.seen}
    | {(P, two_men.A_FIRST_SEEN_ON + week * WEEK) for week in range(two_men.A_SESSIONS)}
    | {(KW1, two_men.B_SEEN_ON)}
)


def rota(rng: random.Random, officers: Mapping[str, Officer]) -> list[Slot]:
    """Return every slot of the four officers, in the order of time."""
    slots = [
        Slot(officers[staff_id], on, start, *_what_became(rng, staff_id, on, start))
        for staff_id in _PATTERNS
        for on, start in _published(staff_id)
    ]
    return sorted(slots, key=lambda slot: (slot.on, slot.start, slot.officer.staff_id))


def _published(staff_id: str) -> Iterator[tuple[date, int]]:
    monday = cast.OPENED_ON
    while monday <= NEXT_WEEK:
        for weekday, start in _PATTERNS[staff_id]:
            on = monday + weekday * DAY
            if _has_time(staff_id, on):
                yield on, start
        monday += WEEK
    yield from _EXTRA.get(staff_id, ())


def _has_time(staff_id: str, on: date) -> bool:
    """Tell whether the detail office gave an officer their usual slot on a day."""
    if staff_id == P:
        return on <= cast.P_LAST_SLOT_ON
    if staff_id == KW2:
        return not cast.KW2_AWAY.from_on <= on < (cast.KW2_AWAY.return_on or AS_OF)
    if staff_id == KW3 and on < _KW3_AGAIN_FROM:
        return on < two_men.KW3_FROM and on.weekday() == _MON
    return True


def _what_became(rng: random.Random, staff_id: str, on: date, start: int) -> tuple[str, str]:
    """Return the status of a slot and, where it was lost, the reason."""
    chance = rng.random()
    if (on, start) >= (AS_OF, AFTERNOON):
        return "PUBLISHED", ""
    if (staff_id, on) in _TOLD:
        return _TOLD[staff_id, on]
    if on >= _TOLD_FROM or (staff_id, on) in _WORKED or chance < WORKED_SHARE:
        return "WORKED", ""
    return "REDEPLOYED", draw_loss(rng)
