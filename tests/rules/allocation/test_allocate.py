"""Who may be allocated, from which day, and what a plan says before it is saved (help: allocation)."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.errors import RefusedError
from keyworker_cli.rules.allocation.allocate import (
    AllocationRequest,
    AllocationSnapshot,
    Plan,
    check_day,
    check_still_so,
    choose_prisoners,
    over_capacity,
    plan_for,
    snapshot_of,
)
from keyworker_cli.rules.allocation.recommend import Places
from keyworker_cli.rules.codes.records import AllocationReason, EndReason
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.officers import Officer
from keyworker_cli.rules.facts.people import Person, Worker
from keyworker_cli.rules.markers.marker import Marker
from keyworker_cli.rules.markers.priority import Priority
from keyworker_cli.rules.settings import Settings

TODAY = date(2026, 5, 12)
SELF_HARM = Marker("SELF_HARM", 1, TODAY)
TO_BE_SEEN_TODAY = Priority((SELF_HARM,), 1, see_today=True, calling=(SELF_HARM,))
NOTHING: dict[str, Any] = dict.fromkeys(Contact._fields)


def prisoner(key: int, *, worker: str | None = None, **known: Any) -> Contact:
    facts = {
        **NOTHING,
        "person_id": key,
        "prison_number": f"A{key:04}BC",
        "last_name": f"Man{key:02}",
        "first_name": "John",
        "arrived_on": date(2026, 5, 1),
        "location": "B-2-014",
        "key_worker_id": None if worker is None else key_of(worker),
        "staff_id": worker,
        "worker_last_name": worker,
        "worker_first_name": None if worker is None else "Officer",
        "allocated_on": None if worker is None else date(2026, 5, 2),
    }
    return Contact(**facts | known)


def key_of(staff_id: str) -> int:
    return sum(ord(letter) * 31**place for place, letter in enumerate(staff_id))


def officer(staff_id: str, *, capacity: int = 6, allocated: int = 0, status: str | None = None) -> Officer:
    return Officer(
        key_of(staff_id),
        staff_id,
        staff_id,
        "Officer",
        None,
        "B",
        capacity,
        status,
        None,
        None,
        allocated,
        None,
        None,
        0,
    )


def worker(staff_id: str) -> Worker:
    return Worker(key_of(staff_id), staff_id, staff_id, "Officer", None, "B", None)


def person(prisoner: Contact) -> Person:
    return Person(
        prisoner.person_id,
        prisoner.prison_number,
        prisoner.last_name,
        prisoner.first_name,
        None,
        prisoner.arrived_on,
        None,
        None,
        prisoner.location,
    )


def snapshot(prisoners: list[Contact], officers: list[Officer], **today: Any) -> AllocationSnapshot:
    """The prison of today; `prisoners_today` and `officers_today` make the day asked about one gone by."""
    facts: dict[str, Any] = {
        "prisoners": prisoners,
        "prisoners_today": prisoners,
        "officers": officers,
        "officers_today": officers,
    }
    on = date(2026, 5, 5) if today else TODAY
    return snapshot_of(on, TODAY, **facts | today)


def planned(snapshot: AllocationSnapshot, wanted: AllocationRequest | None = None, **options: Any) -> Plan:
    wanted = wanted or AllocationRequest()
    chosen = choose_prisoners(snapshot, wanted, covers=lambda _prisoner: True)
    options.setdefault("priorities", {})
    return plan_for(snapshot, wanted, chosen, former=(), settings=Settings(), **options)


def placed(plan: Plan) -> dict[int, str]:
    return {one.prisoner.person_id: one.officer.staff_id for one in plan.placed if one.officer}


def test_only_prisoners_without_a_key_worker_are_considered() -> None:
    assert placed(planned(snapshot([prisoner(1), prisoner(2, worker="SHAH")], [officer("SHAH")]))) == {1: "SHAH"}


def test_the_prisoners_to_be_seen_today_are_given_the_last_places() -> None:
    prison = snapshot([prisoner(1), prisoner(2), prisoner(3)], [officer("SHAH", capacity=1)])
    assert placed(planned(prison, priorities={3: TO_BE_SEEN_TODAY})) == {3: "SHAH"}


def test_a_plan_says_how_it_was_made_and_why_the_former_allocations_end() -> None:
    his = prisoner(1, worker="SHAH")
    there = snapshot([his], [officer("SHAH"), officer("REED")])
    away = snapshot([his], [officer("SHAH", status="INACTIVE"), officer("REED")])
    to, leaving = worker("REED"), worker("SHAH")

    def made(prison: AllocationSnapshot, wanted: AllocationRequest) -> tuple[AllocationReason, EndReason]:
        plan = planned(prison, wanted)
        return plan.reason, plan.end_reason

    auto, manual = AllocationReason.AUTO, AllocationReason.MANUAL
    assert made(there, AllocationRequest(person(his), to=to)) == (manual, EndReason.OVERRIDE)
    assert made(away, AllocationRequest(person(his))) == (auto, EndReason.OVERRIDE)
    assert made(there, AllocationRequest(leaving=leaving)) == (auto, EndReason.OVERRIDE)
    assert made(away, AllocationRequest(leaving=leaving)) == (auto, EndReason.STAFF_STATUS_CHANGE)
    assert made(away, AllocationRequest(leaving=leaving, to=to)) == (manual, EndReason.STAFF_STATUS_CHANGE)


def test_the_prisoners_whom_a_plan_leaves_with_an_absent_key_worker_are_without_cover() -> None:
    prisoners = [prisoner(key, worker="SHAH", worker_status="INACTIVE") for key in (1, 2)] + [
        prisoner(3, worker="REED")
    ]
    prison = snapshot(prisoners, [officer("SHAH", status="INACTIVE"), officer("REED", capacity=2, allocated=1)])
    plan = planned(prison, AllocationRequest(leaving=worker("SHAH")))
    assert (placed(plan), [prisoner.person_id for prisoner in plan.uncovered]) == ({1: "REED"}, [2])


def test_a_day_to_come_is_refused_and_today_is_not() -> None:
    check_day(TODAY, TODAY)
    with pytest.raises(RefusedError, match="Wed 13 May 2026 is still to come"):
        check_day(date(2026, 5, 13), TODAY)


@pytest.mark.parametrize(
    ("today", "why"),
    [
        ([], "was here on Tue 5 May 2026, but has left since"),
        ([prisoner(1, arrived_on=date(2026, 5, 9))], "was here on Tue 5 May 2026, but has left since"),
        ([prisoner(1, worker="SHAH")], "has had a change of key worker after Tue 5 May 2026"),
        ([prisoner(1, last_ended_on=date(2026, 5, 8))], "has had a change of key worker after Tue 5 May 2026"),
        ([prisoner(1, out_of_scope_from=date(2026, 5, 8))], "is out of scope of key work"),
    ],
)
def test_an_allocation_of_a_day_gone_by_must_still_be_true_today(today: list[Contact], why: str) -> None:
    then = prisoner(1)
    prison = snapshot([then], [officer("SHAH")], prisoners_today=today)
    with pytest.raises(RefusedError, match=why):
        planned(prison, AllocationRequest(person(then), to=worker("SHAH")))
    plan = planned(prison)
    assert plan.proposals == ()
    assert why in plan.left_out[0]


def test_an_officer_counts_as_full_where_he_is_on_either_day() -> None:
    then, now = officer("SHAH", capacity=2, allocated=1), officer("SHAH", capacity=2, allocated=2)
    for first, second in ((then, now), (now, then)):
        prison = snapshot([prisoner(1)], [first], prisoners_today=[prisoner(1)], officers_today=[second])
        assert placed(planned(prison)) == {}


def test_a_plan_that_nothing_has_overtaken_may_be_saved() -> None:
    prison = snapshot([prisoner(1), prisoner(2)], [officer("SHAH", capacity=2)])
    check_still_so(planned(prison), prison)


@pytest.mark.parametrize(
    ("prisoners", "officers", "what"),
    [
        (
            [prisoner(1, worker="REED"), prisoner(2)],
            [officer("SHAH", capacity=3)],
            "John Man01 .* was given Officer REED",
        ),
        ([prisoner(2)], [officer("SHAH", capacity=3)], "John Man01 .* has left"),
        ([prisoner(1), prisoner(2)], [officer("SHAH", capacity=3, status="INACTIVE")], "is not ACTIVE any more"),
        ([prisoner(1), prisoner(2)], [], "is not ACTIVE any more"),
        ([prisoner(1), prisoner(2)], [officer("SHAH", capacity=3, allocated=2)], "was given other prisoners"),
    ],
)
def test_a_plan_that_somebody_was_quicker_than_is_refused(
    prisoners: list[Contact], officers: list[Officer], what: str
) -> None:
    plan = planned(snapshot([prisoner(1), prisoner(2)], [officer("SHAH", capacity=3)]))
    with pytest.raises(RefusedError, match=what):
        check_still_so(plan, snapshot(prisoners, officers))


def test_a_prisoner_deallocated_meanwhile_is_not_reallocated_as_if_nothing_had_been() -> None:
    officers = [officer("SHAH"), officer("REED")]
    plan = planned(snapshot([prisoner(1, worker="SHAH")], officers), AllocationRequest(leaving=worker("SHAH")))
    with pytest.raises(RefusedError, match="was deallocated meanwhile"):
        check_still_so(plan, snapshot([prisoner(1, last_ended_on=TODAY)], officers))


def test_an_officer_named_by_hand_may_be_given_prisoners_by_others_meanwhile() -> None:
    his = prisoner(1)
    plan = planned(snapshot([his], [officer("SHAH", capacity=1)]), AllocationRequest(person(his), to=worker("SHAH")))
    check_still_so(plan, snapshot([his], [officer("SHAH", capacity=1, allocated=4)]))


def test_a_warning_is_for_those_who_get_too_many_not_for_those_who_had_too_many() -> None:
    full = Places("SHAH", "Officer Shah", capacity=6, before=6, after=7)
    assert over_capacity([full]) == ["Officer Shah then has 7 prisoners, 1 over a capacity of 6"]
    assert over_capacity([full._replace(before=8, after=7), full._replace(after=6)]) == []


@given(
    workers=st.lists(st.sampled_from([None, "AHMED", "REED", "SHAH"]), max_size=20),
    absent=st.sets(st.sampled_from(["AHMED", "REED", "SHAH"])),
    leaving=st.sampled_from([None, "AHMED", "REED", "SHAH"]),
    capacity=st.integers(0, 8),
)
def test_every_prisoner_of_a_plan_stands_in_it_once_and_the_caseloads_add_up(
    workers: list[str | None], absent: set[str], leaving: str | None, capacity: int
) -> None:
    prisoners = [prisoner(key, worker=staff_id) for key, staff_id in enumerate(workers)]
    officers = [
        officer(
            staff_id,
            capacity=capacity,
            allocated=workers.count(staff_id),
            status="INACTIVE" if staff_id in absent else None,
        )
        for staff_id in ("AHMED", "REED", "SHAH")
    ]
    plan = planned(snapshot(prisoners, officers), AllocationRequest(leaving=worker(leaving) if leaving else None))

    given_to = placed(plan)
    assert sorted(one.prisoner.person_id for one in plan.proposals) == [
        key for key, had in enumerate(workers) if had == leaving
    ]
    assert not set(given_to.values()) & (absent | {leaving})
    for places in plan.places:
        stay = [key for key, had in enumerate(workers) if had == places.staff_id and key not in given_to]
        assert places.after == len(stay) + list(given_to.values()).count(places.staff_id)
    assert planned(snapshot(prisoners[::-1], officers[::-1]), plan.wanted).proposals == plan.proposals
