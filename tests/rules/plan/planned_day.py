"""Prisoners, slots and places of a day in a line each, for the rules that plan it."""

from datetime import date, timedelta

from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.plan.day_plan import Candidate, Place, candidate_of, find_places
from rules.markers.marked_prisoner import DEFAULTS, event, priority, prisoner

TODAY = date(2026, 5, 12)


def unseen(number: int, days: int, codes: tuple[str, ...] = (), *, officer: int | None = None, **values) -> Contact:
    """A prisoner by a number of his own, last seen so many days ago."""
    name = f"A{number:04}AA"
    return prisoner(
        name, person_id=number, seen=TODAY - timedelta(days=days), key_worker_id=officer, location="B-1-001", **values
    )


def candidate(number: int, days: int, *codes: str, officer: int | None = None, on: date = TODAY, **values) -> Candidate:
    """The same as the plan of a day takes him, with an event of yesterday for each code."""
    who = unseen(number, days, officer=officer, **values)
    events = [event(code, TODAY - timedelta(days=1)) for code in codes]
    return candidate_of(who, priority(who, events, as_of=on), on=on, settings=DEFAULTS)


def slot(officer: int, start: int = 9 * 60, minutes: int = 45, *, on: date = TODAY, wing: str = "C", **values) -> Slot:
    """Time on the rota, published and to come; 45 minutes unless said."""
    known = {
        "slot_id": (on - TODAY).days * 100_000 + officer * 1000 + start,
        "key_worker_id": officer,
        "staff_id": f"K{officer:02}",
    }
    names = {"last_name": f"O{officer:02}", "first_name": "Officer", "wing": wing, "slot_on": on}
    times = {"start_minute": start, "end_minute": start + minutes, "status": "PUBLISHED"}
    return Slot(**{**dict.fromkeys(Slot._fields), **known, **names, **times, **values})


def places(*slots: Slot, on: date = TODAY, minutes: int = 45) -> list[Place]:
    return find_places(slots, on=on, as_of=TODAY, session_minutes=minutes)
