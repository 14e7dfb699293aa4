"""What officers could give besides what is on the rota: the times they usually have, as they were detailed lately.

A time that an officer had on a weekday in the last 8 weeks, published whatever became of it, is one they could have on
that weekday again, unless they are away or have time then already (help: forecast).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from keyworker_cli.rules.codes.records import SlotStatus
from keyworker_cli.rules.facts.officers import Officer
from keyworker_cli.rules.facts.people import Worker
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.rota.slots import SlotTime

USUAL_WEEKS: Final = 8

Time = tuple[int, int, int]
"""A weekday, and when on it: minutes from midnight."""


def usual_offers(
    past: Iterable[Slot],
    recorded: Iterable[Slot],
    *,
    days: Sequence[date],
    there: Mapping[date, Collection[Officer]],
    as_of: date,
) -> list[Slot]:
    """Return the slots that officers could have on some days, by day, officer and time, with keys from -1 downwards.

    `past` are their slots of the last weeks, `recorded` those on the rota of the days, `there` who is active on each.
    Of an officer's times that overlap the more usual one is taken.
    """
    usual: dict[int, Counter[Time]] = {}
    for slot in past:
        usual.setdefault(slot.key_worker_id, Counter())[slot.slot_on.weekday(), slot.start_minute, slot.end_minute] += 1
    offers = [
        slot_given(officer, time, slot_id=0, published_on=as_of)
        for on in days
        for officer in there.get(on, ())
        for time in _most_usual_first(usual.get(officer.key_worker_id, Counter()), on)
    ]
    return numbered(free_offers(offers, recorded, there))


def free_offers(
    offers: Iterable[Slot], recorded: Iterable[Slot], there: Mapping[date, Collection[Officer]]
) -> list[Slot]:
    """Return those of some slots that officers could give: they are there that day and have no time then already."""
    busy: dict[tuple[int, date], list[tuple[int, int]]] = {}
    for slot in recorded:
        busy.setdefault((slot.key_worker_id, slot.slot_on), []).append((slot.start_minute, slot.end_minute))
    active = {(one.key_worker_id, on) for on, officers in there.items() for one in officers}
    found = []
    for offer in offers:
        taken = busy.setdefault((offer.key_worker_id, offer.slot_on), [])
        is_free = all(offer.end_minute <= start or end <= offer.start_minute for start, end in taken)
        if is_free and (offer.key_worker_id, offer.slot_on) in active:
            taken.append((offer.start_minute, offer.end_minute))
            found.append(offer)
    return found


def numbered(offers: Iterable[Slot]) -> list[Slot]:
    """Return offers by day, officer and time, each with a key of its own below nought."""
    ordered = sorted(offers, key=lambda slot: (slot.slot_on, slot.staff_id, slot.start_minute))
    return [slot._replace(slot_id=-1 - number) for number, slot in enumerate(ordered)]


def slot_given(officer: Officer | Worker, time: SlotTime, *, slot_id: int, published_on: date) -> Slot:
    """Return the slot that an officer would have, were this time published on a day."""
    return Slot(
        slot_id=slot_id,
        key_worker_id=officer.key_worker_id,
        staff_id=officer.staff_id,
        last_name=officer.last_name,
        first_name=officer.first_name,
        wing=officer.wing,
        slot_on=time.slot_on,
        start_minute=time.start_minute,
        end_minute=time.end_minute,
        status=SlotStatus.PUBLISHED,
        reason=None,
        published_on=published_on,
        unavailable=None,
    )


def _most_usual_first(times: Counter[Time], on: date) -> list[SlotTime]:
    of_day = [(start, end, number) for (weekday, start, end), number in times.items() if weekday == on.weekday()]
    of_day.sort(key=lambda one: (-one[2], one[0] - one[1], one[0]))
    return [SlotTime(on, start, end) for start, end, _ in of_day]
