"""Who could see a prisoner on a day: the officers with a slot still to come, those who know him first.

help: order-of-work.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from keyworker_cli.rules.codes.records import Outcome, SessionType
from keyworker_cli.rules.dates.say import say_day_near
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.facts.sessions import SessionHeld
from keyworker_cli.rules.rota.slots import has_time_to_come, say_hours

NAMED_AT_MOST: Final = 5


class Chance(NamedTuple):
    """An officer with a slot that day, how often he has seen the prisoner, and when last (`None`: never)."""

    slot: Slot
    times: int
    last_on: date | None


def find_chances(
    prisoner: Contact,
    slots: Iterable[Slot],
    sessions: Iterable[SessionHeld],
    *,
    on: date,
    as_of: date | None = None,
    from_minute: int = 0,
) -> list[Chance]:
    """Return the officers, besides his own key worker, with a slot on a day that ends after a minute of it.

    Only who is there that day and whose slot is still to come. Those who have seen him come first, the latest before;
    then those of his wing; then by time and staff id. An officer with two slots is named with the first of them.
    What became of a slot after `as_of`, which is `on` where it is not given, is not known yet.
    """
    seen: dict[int, list[date]] = {}
    for session in sessions:
        if session.type == SessionType.KS and session.outcome == Outcome.COMPLETED and session.held_on <= on:
            seen.setdefault(session.key_worker_id, []).append(session.held_on)
    first: dict[int, Slot] = {}
    for slot in sorted(slots, key=lambda slot: slot.start_minute):
        if _to_come(slot, on, as_of or on, from_minute) and slot.key_worker_id != prisoner.key_worker_id:
            first.setdefault(slot.key_worker_id, slot)
    chances = [
        Chance(slot, len(seen.get(officer, ())), max(seen.get(officer, ()), default=None))
        for officer, slot in first.items()
    ]
    return sorted(chances, key=lambda chance: _rank(chance, prisoner))


def next_chances(
    prisoner: Contact, slots: Iterable[Slot], sessions: Sequence[SessionHeld], *, since: date, from_minute: int = 0
) -> list[Chance]:
    """Return who could see him next, from a minute of a day on: his own key worker, then the others of one day.

    That is his key worker's first slot to come, and every other officer's of the first day on which there is any.
    """
    by_day: dict[date, list[Slot]] = {}
    for slot in slots:
        by_day.setdefault(slot.slot_on, []).append(slot)
    anyone = prisoner._replace(key_worker_id=None)
    own: list[Chance] = []
    others: list[Chance] = []
    for on in sorted(day for day in by_day if day >= since):
        minute = from_minute if on == since else 0
        found = find_chances(anyone, by_day[on], sessions, on=on, as_of=since, from_minute=minute)
        own = own or [one for one in found if one.slot.key_worker_id == prisoner.key_worker_id]
        others = others or [one for one in found if one.slot.key_worker_id != prisoner.key_worker_id]
    return own + others


def say_chances(chances: Sequence[Chance], prisoner: Contact, *, given_away: Collection[int] = ()) -> str:
    """Say who else could see him, the best placed by name; `given_away` are officers whose time is all planned."""
    if not chances:
        return "Nobody else has a slot still to come that day."
    named = "; ".join(_say(chance, prisoner, given_away) for chance in chances[:NAMED_AT_MOST])
    more = len(chances) - NAMED_AT_MOST
    return f"Who else could see him: {named}" + (f"; and {more} more with a slot." if more > 0 else ".")


def _to_come(slot: Slot, on: date, as_of: date, from_minute: int) -> bool:
    return has_time_to_come(slot, as_of=as_of) and slot.slot_on == on and slot.end_minute > from_minute


def _rank(chance: Chance, prisoner: Contact) -> tuple[bool, int, bool, int, str]:
    days_since = -chance.last_on.toordinal() if chance.last_on else 0
    other_wing = chance.slot.wing is None or chance.slot.wing != prisoner.wing
    return (chance.last_on is None, days_since, other_wing, chance.slot.start_minute, chance.slot.staff_id)


def _say(chance: Chance, prisoner: Contact, given_away: Collection[int]) -> str:
    known = []
    if chance.last_on is not None:
        times = "once" if chance.times == 1 else f"{chance.times} times"
        known.append(f"saw him {times}, last {say_day_near(chance.last_on, chance.slot.slot_on)}")
    elif chance.slot.wing and chance.slot.wing == prisoner.wing:
        known.append("his wing")
    if chance.slot.key_worker_id in given_away:
        known.append("planned for others")
    return f"{chance.slot.name} {say_hours(chance.slot)}" + (f" ({'; '.join(known)})" if known else "")
