"""Who needs a key worker, who may be given one, and what saving it would change (help: allocation)."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from keyworker_cli.errors import RefusedError
from keyworker_cli.rules.allocation.recommend import Places, Proposal, Unallocated, count_places, recommend
from keyworker_cli.rules.codes.records import AllocationReason, EndReason
from keyworker_cli.rules.contact.cover import lacks_cover
from keyworker_cli.rules.contact.gaps import unallocated_since
from keyworker_cli.rules.contact.scope import by_scope, out_of_scope
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.facts.by_prisoner import by_prisoner
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.officers import FormerWorker, MovedAway, Officer
from keyworker_cli.rules.facts.people import Person, Worker
from keyworker_cli.rules.markers.priority import NO_PRIORITY, Priority, warnings_for
from keyworker_cli.rules.rota.staff_status import say_status
from keyworker_cli.rules.say import count_prisoners, say_prisoner, say_worker
from keyworker_cli.rules.settings import Settings

NAMED = "chosen by hand"
"""Why a prisoner has the key worker he has, where a person named one."""


class AllocationSnapshot(NamedTuple):
    """The prison as allocating finds it: the prisoners on the day, the prisoners today, and the officers fit on both.

    An allocation holds from its day on, so one of a day gone by must be possible on that day and be true still. Where
    the day is today the prisoners are the same. Prisoners are kept by their key; `today` is the day of
    `prisoners_today`.
    """

    on: date
    today: date
    prisoners: Mapping[int, Contact]
    prisoners_today: Mapping[int, Contact]
    officers: tuple[Officer, ...]

    def officer(self, staff_id: str | None) -> Officer | None:
        """Return the officer with this staff id."""
        return next((officer for officer in self.officers if officer.staff_id == staff_id), None)


class AllocationRequest(NamedTuple):
    """The request: one prisoner or all who need a key worker, a named key worker, an officer whose prisoners move.

    `back` are the prisoners who were moved from the key worker named while they were not there, and are to come back to
    them.
    """

    prisoner: Person | None = None
    to: Worker | None = None
    leaving: Worker | None = None
    back: tuple[MovedAway, ...] | None = None


class Choice(NamedTuple):
    """The prisoners a plan is about, and in a sentence each who would be among them but may not be allocated."""

    prisoners: list[Contact]
    left_out: list[str]


class Plan(NamedTuple):
    """Allocations as they would be saved. `unchanged` are the prisoners asked for who keep the key worker they have.

    `prisoners` are all it is about, by their key; `present` counts the prisoners in scope here on the day. `uncovered`
    are those of them whose key worker is unavailable and to whom the plan gives no other; `excluded` the prisoners out
    of scope, who are in no total; `left_out` says of each prisoner who may not be allocated why, `not_alone` of each
    who is given a key worker and may not be seen one-to-one.
    """

    on: date
    wanted: AllocationRequest
    reason: AllocationReason
    end_reason: EndReason
    prisoners: Mapping[int, Contact]
    proposals: tuple[Proposal, ...]
    places: tuple[Places, ...]
    officers: tuple[Officer, ...]
    present: int
    unchanged: tuple[Contact, ...]
    uncovered: tuple[Contact, ...]
    excluded: tuple[Contact, ...]
    left_out: tuple[str, ...]
    not_alone: tuple[str, ...]

    @property
    def placed(self) -> tuple[Proposal, ...]:
        """The proposals that name a key worker."""
        return tuple(proposal for proposal in self.proposals if proposal.officer is not None)

    @property
    def typed_in_full(self) -> bool:
        """Whether one prisoner and his key worker were both named, so that nothing is left to confirm."""
        return self.wanted.prisoner is not None and self.wanted.to is not None


def snapshot_of(
    on: date,
    today: date,
    *,
    prisoners: Iterable[Contact],
    prisoners_today: Iterable[Contact],
    officers: Iterable[Officer],
    officers_today: Iterable[Officer],
) -> AllocationSnapshot:
    """Return the snapshot; an officer ACTIVE on the day but not today is taken as they are today.

    An officer's prisoners are counted on whichever of the two days there are more.
    """
    now = {officer.key_worker_id: officer for officer in officers_today}
    return AllocationSnapshot(
        on=on,
        today=today,
        prisoners={
            prisoner.person_id: prisoner for prisoner in sorted(prisoners, key=lambda prisoner: prisoner.prison_number)
        },
        prisoners_today={prisoner.person_id: prisoner for prisoner in prisoners_today},
        officers=tuple(_on_both_days(officer, now.get(officer.key_worker_id, officer)) for officer in officers),
    )


def check_day(on: date, today: date) -> None:
    """Refuse a future day: an allocation says who the key worker is, not who will be."""
    if on > today:
        raise RefusedError(
            f"{say_date(on)} is still to come; an allocation begins or ends on its day.",
            "leave out --as-of, or wait for the day.",
        )


def choose_prisoners(
    snapshot: AllocationSnapshot, wanted: AllocationRequest, *, covers: Callable[[Contact], bool]
) -> Choice:
    """Return the prisoners the plan is about: the one named, those who leave an officer or come back, or all without.

    Raises `RefusedError` for a prisoner named who may not be allocated; of many, such prisoners are left out.
    """
    if wanted.prisoner is not None:
        return Choice([_named(snapshot, wanted.prisoner, wanted.leaving)], [])
    if wanted.back is not None and wanted.to is not None:
        return _choose_back(snapshot, wanted.back, wanted.to, covers)
    leaving = wanted.leaving.key_worker_id if wanted.leaving else None
    chosen = Choice([], [])
    for prisoner in snapshot.prisoners.values():
        if prisoner.key_worker_id != leaving or not covers(prisoner) or out_of_scope(prisoner, as_of=snapshot.on):
            continue
        obstacle = _obstacle(snapshot, prisoner.person_id)
        if obstacle is None:
            chosen.prisoners.append(prisoner)
        else:
            chosen.left_out.append(f"left out: {say_prisoner(prisoner)} {obstacle}")
    return chosen


def plan_for(
    snapshot: AllocationSnapshot,
    wanted: AllocationRequest,
    chosen: Choice,
    *,
    former: Iterable[FormerWorker],
    settings: Settings,
    priorities: Mapping[int, Priority],
) -> Plan:
    """Return who would be given whom: the officer named (MANUAL), or a recommendation (AUTO).

    `former` are the key workers the prisoners had before, the latest first; `priorities` say by their keys which
    prisoners are to be seen today, and so come first, and of whom NO_ONE_TO_ONE warns. Raises `RefusedError` for a
    named officer who is not ACTIVE (help: allocation, concerns).
    """
    to = check_officer(snapshot, wanted.to) if wanted.to else None
    unchanged = [
        prisoner
        for prisoner in chosen.prisoners
        if wanted.prisoner is not None and _has_him_already(snapshot, prisoner, wanted)
    ]
    moving = [prisoner for prisoner in chosen.prisoners if prisoner not in unchanged]
    see_today = {key for key, priority in priorities.items() if priority.see_today}
    needing = without_key_worker(moving, former, on=snapshot.on, see_today=see_today)
    if to is None:
        proposals = recommend(needing, snapshot.officers, settings=settings, without={*_key_workers_of(moving)})
    else:
        proposals = list(_by_hand(needing, to, back=wanted.back or ()))
    placed = {proposal.prisoner.person_id for proposal in proposals if proposal.officer is not None}
    given = [prisoner for prisoner in moving if prisoner.person_id in placed]
    in_scope, excluded = by_scope(snapshot.prisoners.values(), as_of=snapshot.on)
    return Plan(
        on=snapshot.on,
        wanted=wanted,
        reason=AllocationReason.AUTO if to is None else AllocationReason.MANUAL,
        end_reason=_end_reason(snapshot, wanted),
        prisoners={prisoner.person_id: prisoner for prisoner in chosen.prisoners},
        proposals=tuple(proposals),
        places=tuple(count_places(snapshot.officers, proposals, settings=settings, leaving=_key_workers_of(given))),
        officers=snapshot.officers,
        present=len(in_scope),
        unchanged=tuple(unchanged),
        uncovered=tuple(
            prisoner for prisoner in in_scope if prisoner.person_id not in placed and lacks_cover(prisoner)
        ),
        excluded=tuple(excluded),
        left_out=tuple(chosen.left_out),
        not_alone=tuple(
            warning
            for prisoner in given
            for warning in warnings_for(prisoner, priorities.get(prisoner.person_id, NO_PRIORITY).markers)
        ),
    )


def _key_workers_of(prisoners: Iterable[Contact]) -> list[str]:
    """Return who has them now, an officer once for each prisoner."""
    return [prisoner.staff_id for prisoner in prisoners if prisoner.staff_id is not None]


def still_with_another(moved: Iterable[MovedAway], contacts: Iterable[Contact], officer: Officer) -> list[MovedAway]:
    """Return the prisoners moved from an officer who was not there, and here now with another key worker."""
    here = {prisoner.person_id: prisoner for prisoner in contacts if prisoner.staff_id not in (None, officer.staff_id)}
    found = {one.person_id: one for one in moved if one.person_id in here}
    return list(found.values())


def without_key_worker(
    prisoners: Iterable[Contact], former: Iterable[FormerWorker], *, on: date, see_today: Container[int] = ()
) -> list[Unallocated]:
    """Return the prisoners as `recommend` takes them; 0 days without a key worker for a prisoner who still has one."""
    before = by_prisoner(former)
    return [
        Unallocated(
            prisoner.person_id,
            prisoner.prison_number,
            prisoner.last_name,
            prisoner.first_name,
            prisoner.wing,
            (on - (unallocated_since(prisoner) or on)).days,
            prisoner.person_id in see_today,
            tuple(before.get(prisoner.person_id, ())),
        )
        for prisoner in prisoners
    ]


def check_officer(snapshot: AllocationSnapshot, worker: Worker) -> Officer:
    """Return the officer who is to be given prisoners; raises `RefusedError` unless they are ACTIVE."""
    officer = snapshot.officer(worker.staff_id)
    if officer is None or not officer.active:
        said = say_status(officer.status, officer.return_on) if officer else "not a key worker on that day"
        raise RefusedError(
            f"{say_worker(worker)} is {said}; only an ACTIVE key worker is given prisoners.",
            "kw allocate without --to recommends one who is there.",
        )
    return officer


def check_still_so(plan: Plan, snapshot: AllocationSnapshot) -> None:
    """Refuse a plan that is out of date: a prisoner's key worker or an officer's places have changed since.

    Raises `RefusedError` naming the prisoner or the officer; `snapshot` is read in the transaction that saves.
    """
    for proposal in plan.placed:
        prisoner, now = plan.prisoners[proposal.prisoner.person_id], snapshot.prisoners.get(proposal.prisoner.person_id)
        if now is None or _obstacle(snapshot, prisoner.person_id) is not None or _holder(now) != _holder(prisoner):
            raise _quicker(f"{say_prisoner(prisoner)} {_what_became(now)} meanwhile")
    for places in plan.places:
        officer, more = snapshot.officer(places.staff_id), places.after - places.before
        if more <= 0:
            continue
        if officer is None or not officer.active:
            raise _quicker(f"{say_worker(places)} is not ACTIVE any more")
        is_over = officer.allocated > places.before and officer.allocated + more > places.capacity
        if plan.reason is AllocationReason.AUTO and is_over:
            raise _quicker(f"{say_worker(places)} was given other prisoners meanwhile")


def say_unchanged(plan: Plan) -> str:
    """Say of the prisoner asked for that he keeps the key worker he has."""
    (prisoner,) = plan.unchanged
    since = say_date(prisoner.allocated_on) if prisoner.allocated_on else "a day not recorded"
    said = f"{say_prisoner(prisoner)} has had {prisoner.worker_name} as key worker since {since}: nothing to change."
    return (
        said if plan.wanted.to else f"{said} To give him another: kw allocate {prisoner.prison_number} --to KEY_WORKER"
    )


def warnings_of(plan: Plan) -> list[str]:
    """Return what must not be overlooked before a plan is saved: who is not to be seen alone, who has too many."""
    return [*plan.not_alone, *over_capacity(plan.places)]


def over_capacity(places: Iterable[Places]) -> list[str]:
    """Return a warning for each officer who would have more prisoners than places: allowed when a person names them."""
    return [
        f"{one.name} then has {count_prisoners(one.after)}, "
        f"{one.after - one.capacity} over a capacity of {one.capacity}"
        for one in places
        if one.after > max(one.capacity, one.before)
    ]


def check_end(prisoner: Person, *, allocated_on: date, on: date) -> None:
    """Refuse an end before the allocation's start."""
    if on < allocated_on:
        raise RefusedError(
            f"his key worker was allocated on {say_date(allocated_on)}, after {say_date(on)}.",
            f"name that day or a later one: kw deallocate {prisoner.prison_number} --as-of {allocated_on}",
        )


def _on_both_days(then: Officer, now: Officer) -> Officer:
    officer = then._replace(allocated=max(then.allocated, now.allocated))
    if not then.active or now.active:
        return officer
    return officer._replace(status=now.status, status_from=now.status_from, return_on=now.return_on)


def _named(snapshot: AllocationSnapshot, person: Person, leaving: Worker | None) -> Contact:
    obstacle = _obstacle(snapshot, person.person_id)
    if obstacle is not None:
        raise RefusedError(f"{say_prisoner(person)} {obstacle}.", f"kw why {person.prison_number} shows his stay.")
    prisoner = snapshot.prisoners[person.person_id]
    if leaving is not None and prisoner.key_worker_id != leaving.key_worker_id:
        raise RefusedError(
            f"{say_prisoner(person)} is not {leaving.name}'s: {_whose(prisoner)}.",
            f"kw allocate {person.prison_number} --to KEY_WORKER names another, whoever he has.",
        )
    return prisoner


def _choose_back(
    snapshot: AllocationSnapshot, moved: Iterable[MovedAway], to: Worker, covers: Callable[[Contact], bool]
) -> Choice:
    """Return the prisoners who come back to an officer, and why each of the others does not."""
    officer = snapshot.officer(to.staff_id)
    if officer is not None and not officer.active:
        raise RefusedError(
            f"{say_worker(to)} is {say_status(officer.status, officer.return_on)}; nobody comes back yet.",
            f"kw worker status {to.staff_id} active says that they are back.",
        )
    chosen = Choice([], [])
    for one in {one.person_id: one for one in moved}.values():
        prisoner = snapshot.prisoners.get(one.person_id)
        if prisoner is not None and not covers(prisoner):
            continue
        obstacle = _obstacle(snapshot, one.person_id) or _no_way_back(prisoner, to)
        if prisoner is not None and obstacle is None:
            chosen.prisoners.append(prisoner)
        else:
            chosen.left_out.append(f"does not come back: {say_prisoner(one)} {obstacle}")
    return chosen


def _no_way_back(prisoner: Contact | None, to: Worker) -> str | None:
    """Return why a prisoner who is here does not come back to an officer, as words to follow his name."""
    if prisoner is None or prisoner.staff_id is None:
        return "has no key worker now: kw allocate recommends one"
    return f"is {to.name}'s again already" if prisoner.key_worker_id == to.key_worker_id else None


def _by_hand(needing: Iterable[Unallocated], to: Officer, *, back: Sequence[MovedAway]) -> Iterator[Proposal]:
    """Yield each prisoner with the key worker named: chosen by hand, or his own until a day."""
    until = {moved.person_id: moved.ended_on for moved in reversed(back)}
    for prisoner in needing:
        ended_on = until.get(prisoner.person_id)
        why = NAMED if ended_on is None else f"back from cover: his key worker until {say_date(ended_on)}"
        yield Proposal(prisoner, to, why)


def _obstacle(snapshot: AllocationSnapshot, person_id: int) -> str | None:
    """Return why a prisoner may not be allocated from that day, as words to follow his name; `None` where he may."""
    then, now = snapshot.prisoners.get(person_id), snapshot.prisoners_today.get(person_id)
    if then is None:
        return "is not here" if snapshot.on == snapshot.today else f"was not here on {say_date(snapshot.on)}"
    if now is None or now.arrived_on != then.arrived_on:
        return f"was here on {say_date(snapshot.on)}, but has left since"
    if out_of_scope(now, as_of=snapshot.today):
        why = now.out_of_scope_reason or "no reason recorded"
        return f"is out of scope of key work ({why})"
    if _holder(now) != _holder(then):
        return f"has had a change of key worker after {say_date(snapshot.on)}: an allocation cannot reach into it"
    return None


def _holder(prisoner: Contact) -> tuple[int | None, date | None, date | None]:
    """Return the prisoner's allocation and the end of the one before it: equal as long as nothing has changed."""
    return prisoner.key_worker_id, prisoner.allocated_on, prisoner.last_ended_on


def _has_him_already(snapshot: AllocationSnapshot, prisoner: Contact, wanted: AllocationRequest) -> bool:
    if wanted.to is not None:
        return prisoner.key_worker_id == wanted.to.key_worker_id
    officer = snapshot.officer(prisoner.staff_id)
    return wanted.leaving is None and officer is not None and officer.active


def _end_reason(snapshot: AllocationSnapshot, wanted: AllocationRequest) -> EndReason:
    leaving = snapshot.officer(wanted.leaving.staff_id) if wanted.leaving else None
    return EndReason.STAFF_STATUS_CHANGE if leaving is not None and not leaving.active else EndReason.OVERRIDE


def _whose(prisoner: Contact) -> str:
    if prisoner.worker_name is None or prisoner.allocated_on is None:
        return "he has no key worker"
    return f"his key worker is {prisoner.worker_name}, since {say_date(prisoner.allocated_on)}"


def _what_became(now: Contact | None) -> str:
    if now is None:
        return "has left"
    return f"was given {now.worker_name}" if now.worker_name else "was deallocated"


def _quicker(what: str) -> RefusedError:
    return RefusedError(f"{what}; nothing was saved.", "somebody else was quicker: run kw allocate again.")
