"""The plan of today as it stands: what was kept, and what is proposed for the rest of the time (help: plan)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from keyworker_cli.rules.codes.records import Relation
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.rota import PlannedPlace, Slot
from keyworker_cli.rules.plan.day_plan import Candidate, Place, find_places, make_plan
from keyworker_cli.rules.plan.kept_plan import KeptPlan, check_plan, seat_of
from keyworker_cli.rules.rota.slots import sessions_in
from keyworker_cli.rules.stays.places import in_order


class ByWhom(NamedTuple):
    """Who sees a prisoner today, and when: by a plan that was kept, or one that is proposed."""

    staff_id: str
    name: str
    start_minute: int
    kept: bool
    own: bool


class Shortfall(NamedTuple):
    """What the day's time cannot reach: how many to be seen today, how many more slots, and on which wings.

    `slots` is `None` where no slot is published from which its usual length could be told. `wings` come with their
    count, the most first.
    """

    prisoners: int
    slots: int | None
    wings: tuple[tuple[str | None, int], ...]


class TodaysPlan(NamedTuple):
    """Who is seen today and by whom. `by_whom` is by prisoner; `kept` is what was kept, whatever became of it since.

    `candidates` are all who could be seen, in the order of work; `per_slot` is how many sessions a usual slot holds.
    """

    on: date
    kept: KeptPlan
    by_whom: Mapping[int, ByWhom]
    candidates: tuple[Candidate, ...]
    places: int
    per_slot: int | None

    @property
    def proposed(self) -> int:
        """How many sessions are proposed and not kept."""
        return sum(not seat.kept for seat in self.by_whom.values())

    def without_time(self, covered: Collection[int]) -> list[Candidate]:
        """Return those of some prisoners who are to be seen today and have no time, in the order of work."""
        return [
            one
            for one in self.candidates
            if one.priority.see_today
            and one.prisoner.person_id in covered
            and one.prisoner.person_id not in self.by_whom
        ]

    def shortfall(self, covered: Collection[int]) -> Shortfall:
        """Return what it would take to see all of some prisoners who are to be seen today.

        Not those a manager decides on.
        """
        left = [one for one in self.without_time(covered) if not one.barred]
        wings: dict[str | None, int] = {}
        for one in left:
            wings[one.prisoner.wing] = wings.get(one.prisoner.wing, 0) + 1
        ranked = sorted(wings.items(), key=lambda each: (-each[1], in_order(each[0])))
        return Shortfall(len(left), -(-len(left) // self.per_slot) if self.per_slot else None, tuple(ranked))


def say_time_for(called: int, planned: int) -> str:
    """Say for how many of those to be seen today somebody has time.

    >>> say_time_for(95, 27), say_time_for(3, 3), say_time_for(3, 0)
    ('somebody has time for 27', 'somebody has time for each of them', 'nobody has time today')
    """
    if not planned:
        return "nobody has time today"
    whom = str(planned) if planned < called else "each of them" if called > 1 else "him"
    return f"somebody has time for {whom}"


def plan_today(
    candidates: Sequence[Candidate],
    slots: Sequence[Slot],
    kept: Iterable[PlannedPlace],
    *,
    on: date,
    session_minutes: int,
    known_by: Mapping[int, Collection[int]],
    from_minute: int = 0,
) -> TodaysPlan:
    """Return the plan of a day: kept places whose slot still stands, and a proposal for the rest of the time.

    `slots` are those from the day on. A kept place that was over before the prisoner's newest concern began is none.
    Time before `from_minute` is over: nothing more is proposed in it.
    """
    plan = check_plan(kept, slots, on=on)
    free = free_places(plan, slots, on=on, session_minutes=session_minutes, from_minute=from_minute)
    over = {
        one.prisoner.person_id
        for one in candidates
        if one.prisoner.person_id in plan.standing
        and seat_of(plan, one.prisoner, one.priority, on=on, from_minute=from_minute) is None
    }
    standing = {person: place for person, place in plan.standing.items() if person not in over}
    others = [one for one in candidates if one.prisoner.person_id not in standing]
    made = make_plan(others, free, on=on, session_minutes=session_minutes, known_by=known_by)
    prisoners = {one.prisoner.person_id: one.prisoner for one in candidates}
    by_whom = {person: _kept(place, prisoners.get(person)) for person, place in standing.items()}
    by_whom |= {
        one.candidate.prisoner.person_id: ByWhom(
            one.place.slot.staff_id,
            one.place.slot.name,
            one.place.start_minute,
            kept=False,
            own=one.relation is Relation.OWN,
        )
        for one in made.planned
    }
    lengths = list(_sessions_each(slots, session_minutes))
    return TodaysPlan(
        on=on,
        kept=plan,
        by_whom=by_whom,
        candidates=tuple(candidates),
        places=len(free) + len(standing),
        per_slot=sorted(lengths)[(len(lengths) - 1) // 2] if lengths else None,
    )


def free_places(
    kept: KeptPlan, slots: Iterable[Slot], *, on: date, session_minutes: int, from_minute: int = 0
) -> list[Place]:
    """Return the sessions of a day's time, from a minute on, that the plan kept for it has given to nobody."""
    places = find_places(slots, on=on, as_of=on, session_minutes=session_minutes, from_minute=from_minute)
    return [place for place in places if not any(_overlap(place, one) for one in kept.standing.values())]


def _overlap(place: Place, kept: PlannedPlace) -> bool:
    same = place.slot.key_worker_id == kept.key_worker_id
    return same and place.start_minute < kept.end_minute and kept.start_minute < place.end_minute


def _kept(place: PlannedPlace, prisoner: Contact | None) -> ByWhom:
    own = prisoner is not None and prisoner.key_worker_id == place.key_worker_id
    return ByWhom(place.staff_id, place.by, place.start_minute, kept=True, own=own)


def _sessions_each(slots: Iterable[Slot], session_minutes: int) -> Iterator[int]:
    return filter(None, (sessions_in(slot, session_minutes) for slot in slots))
