"""The plan of a day is the best there is, against every arrangement; and nobody is where he cannot be."""

from collections import Counter
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.errors import UsageError
from keyworker_cli.rules.codes.records import Relation
from keyworker_cli.rules.plan.day_plan import (
    LeftOutBecause,
    Plan,
    check_session_minutes,
    find_candidates,
    find_places,
    make_plan,
    parse_plan_date,
    relations_of,
)
from rules.markers.marked_prisoner import DEFAULTS, event, priority, prisoner
from rules.plan.planned_day import TODAY, candidate, places, slot

BEST_FIRST = list(Relation)


def plan(candidates, found, *, known_by=None, include=()) -> Plan:
    ordered = sorted(candidates, key=lambda one: one.order)
    return make_plan(ordered, found, on=TODAY, session_minutes=45, known_by=known_by or {}, include=include)


def who(made: Plan) -> list[tuple[str, str]]:
    return [(one.candidate.prisoner.prison_number, one.place.slot.staff_id) for one in made.planned]


# --- the best of all arrangements ---


@st.composite
def days(draw):
    codes = st.sampled_from([(), ("SELF_HARM",), ("DEBT",), ("DEBT", "CSIP"), ("EDUCATION",), ("NO_ONE_TO_ONE",)])
    officers = st.integers(1, 3)
    gaps = draw(st.lists(st.integers(1, 40), max_size=4))
    prisoners = [candidate(n + 1, gap, *draw(codes), officer=draw(st.none() | officers)) for n, gap in enumerate(gaps)]
    lengths = draw(st.lists(st.sampled_from([30, 45, 90]), max_size=3))
    slots = [slot(draw(officers), 540 + 100 * n, minutes) for n, minutes in enumerate(lengths)]
    known_by = {one.prisoner.person_id: draw(st.sets(officers)) for one in prisoners}
    return prisoners, places(*slots), known_by


def value(arrangement, allowed, known_by) -> tuple[list[bool], list[int]]:
    """Who is seen, the highest in the order first; then how many are with an officer of each relation, best first."""
    seen = [n in arrangement for n in range(len(allowed))]
    met = Counter(
        relations_of(allowed[n].prisoner, [place.slot], known_by).get(0, Relation.NONE)
        for n, place in arrangement.items()
        if place is not None
    )
    return seen, [met[relation] for relation in BEST_FIRST]


def best_by_trying_all(allowed, found, known_by):
    size = min(len(allowed), len(found))
    arrangements = (
        dict(zip(chosen, found, strict=False))
        for chosen in permutations([*range(len(allowed)), *[None] * (len(found) - size)], len(found))
    )
    kept = ({n: place for n, place in one.items() if n is not None} for one in arrangements)
    return max(value(one, allowed, known_by) for one in kept)


@given(days())
def test_no_arrangement_of_the_slots_sees_a_higher_prisoner_or_more_prisoners_with_their_own(day) -> None:
    prisoners, found, known_by = day
    allowed = sorted((one for one in prisoners if not one.barred), key=lambda one: one.order)

    made = plan(prisoners, found, known_by=known_by)

    numbers = [one.prisoner.prison_number for one in allowed]
    arrangement = {numbers.index(one.candidate.prisoner.prison_number): one.place for one in made.planned}
    assert value(arrangement, allowed, known_by) == best_by_trying_all(allowed, found, known_by)


@given(days())
def test_nobody_is_planned_twice_nor_a_place_given_twice_and_each_is_within_its_slot(day) -> None:
    prisoners, found, known_by = day

    made = plan(prisoners, found, known_by=known_by)

    assert len({one.candidate.prisoner.person_id for one in made.planned}) == len(made.planned)
    assert len({(one.place.slot.staff_id, one.place.start_minute) for one in made.planned}) == len(made.planned)
    for one in made.planned:
        of = one.place.slot
        assert of.start_minute <= one.place.start_minute < one.place.end_minute <= of.end_minute


@given(days())
def test_every_prisoner_the_day_calls_for_is_planned_or_named_as_left_out(day) -> None:
    prisoners, found, known_by = day

    made = plan(prisoners, found, known_by=known_by)

    named = [one.candidate.prisoner.person_id for one in (*made.planned, *made.left_out)]
    assert len(named) == len(set(named))
    assert {one.prisoner.person_id for one in prisoners if one.wanted} <= set(named)
    assert all(one.candidate.wanted for one in made.left_out)
    assert made.wanted - sum(one.candidate.wanted for one in made.planned) == made.short
    assert len(made.free) == len(found) - len(made.planned)


def test_of_three_prisoners_and_two_officers_the_first_two_are_seen_one_by_the_other_officer() -> None:
    prisoners = [
        candidate(1, 9, "SELF_HARM", officer=1),
        candidate(2, 9, "DEBT", officer=1),
        candidate(3, 9, "EDUCATION"),
    ]

    made = plan(prisoners, places(slot(1), slot(2)))

    assert who(made) == [("A0001AA", "K01"), ("A0002AA", "K02")]
    assert [one.relation for one in made.planned] == [Relation.OWN, Relation.NONE]
    assert [(one.candidate.prisoner.prison_number, one.because) for one in made.left_out] == [
        ("A0003AA", LeftOutBecause.NO_PLACE)
    ]
    assert (made.wanted, len(made.places), made.short) == (3, 2, 1)


def test_a_prisoner_gives_up_his_own_officer_s_place_when_that_lets_two_be_with_one_who_knows_them() -> None:
    prisoners = [candidate(1, 20), candidate(2, 9)]

    made = plan(prisoners, places(slot(1), slot(2)), known_by={1: {1, 2}, 2: {1}})

    assert who(made) == [("A0002AA", "K01"), ("A0001AA", "K02")]


def test_an_officer_of_his_wing_comes_before_one_of_another() -> None:
    made = plan([candidate(1, 9)], places(slot(1, wing="C"), slot(2, wing="B")))

    assert [one.relation for one in made.planned] == [Relation.WING]
    assert who(made) == [("A0001AA", "K02")]


# --- the order ---


def test_those_to_be_seen_today_come_first_and_then_the_longest_gap_whatever_their_concerns() -> None:
    called = candidate(9, 1, "SELF_HARM")
    tier_2, tier_3 = candidate(8, 8, "DEBT"), candidate(7, 12, "EDUCATION")
    plain = [candidate(1, 13), candidate(2, 13), candidate(3, 14), candidate(4, 3)]

    ordered = sorted([*plain, tier_3, tier_2, called], key=lambda one: one.order)

    assert [one.prisoner.person_id for one in ordered] == [9, 3, 1, 2, 7, 8, 4]


def test_nobody_waits_for_a_prisoner_seen_since_his_markers_began_whose_week_is_not_up() -> None:
    seen = prisoner("A0001AA", person_id=1, seen=TODAY - timedelta(days=1), date_of_birth=date(2006, 1, 1))
    waiting = prisoner("A0002AA", person_id=2, seen=TODAY - timedelta(days=8))
    found = {who.person_id: priority(who, as_of=TODAY) for who in (seen, waiting)}

    ordered = find_candidates([seen, waiting], found, on=TODAY, settings=DEFAULTS)

    assert [(one.prisoner.person_id, one.wanted) for one in ordered] == [(2, True), (1, False)]


def test_a_prisoner_seen_that_day_is_to_be_seen_again_where_something_has_happened_since() -> None:
    seen = prisoner("A0001AA", person_id=1, seen=TODAY, last_session_minute=540)
    found = {1: priority(seen, [event("SELF_HARM", TODAY, at_minute=660)], as_of=TODAY)}

    assert [one.prisoner.person_id for one in find_candidates([seen], found, on=TODAY, settings=DEFAULTS)] == [1]


def test_a_prisoner_seen_that_day_or_away_is_no_candidate() -> None:
    prisoners = [prisoner("A0001AA", seen=TODAY), prisoner("A0002AA", seen=TODAY - timedelta(days=9), away="HOSPITAL")]

    assert find_candidates(prisoners, {}, on=TODAY, settings=DEFAULTS) == []


def test_places_left_over_go_to_prisoners_seen_within_the_limit_the_longest_ago_first() -> None:
    made = plan([candidate(1, 2), candidate(2, 5), candidate(3, 9)], places(slot(1), slot(2)))

    assert {one.candidate.prisoner.person_id for one in made.planned} == {3, 2}
    assert made.left_out == ()


# --- who is not to be seen one-to-one ---


def test_a_prisoner_not_to_be_seen_one_to_one_is_left_out_and_named_though_a_place_is_free() -> None:
    made = plan([candidate(1, 40, "NO_ONE_TO_ONE"), candidate(2, 9)], places(slot(1), slot(2)))

    assert [one.candidate.prisoner.person_id for one in made.planned] == [2]
    assert [(one.candidate.prisoner.person_id, one.because) for one in made.left_out] == [
        (1, LeftOutBecause.NO_ONE_TO_ONE)
    ]
    assert (made.short, len(made.free)) == (0, 1)


def test_a_manager_may_include_him() -> None:
    made = plan([candidate(1, 40, "NO_ONE_TO_ONE")], places(slot(1)), include={1})

    assert [one.candidate.prisoner.person_id for one in made.planned] == [1]


# --- places ---


@pytest.mark.parametrize(("minutes", "number"), [(44, 0), (45, 1), (89, 1), (90, 2), (135, 3)])
def test_a_slot_has_as_many_places_as_whole_sessions_fit_into_it(minutes: int, number: int) -> None:
    assert len(places(slot(1, minutes=minutes))) == number


@pytest.mark.parametrize(
    "values",
    [
        {"status": "WORKED"},
        {"status": "REDEPLOYED"},
        {"unavailable": "UNAVAILABLE_ANNUAL_LEAVE"},
        {"on": TODAY + timedelta(days=1)},
    ],
    ids=["worked", "lost", "on leave", "another day"],
)
def test_a_slot_that_is_over_or_lost_or_of_an_officer_on_leave_has_no_place(values) -> None:
    assert places(slot(1, **values)) == []


def test_a_day_to_come_counts_what_was_published_by_then_whatever_became_of_it() -> None:
    tomorrow = TODAY + timedelta(days=1)
    slots = [slot(1, on=tomorrow, status="REDEPLOYED"), slot(2, on=tomorrow, published_on=tomorrow)]

    assert [place.slot.staff_id for place in places(*slots, on=tomorrow)] == ["K01"]


def test_what_is_left_of_a_slot_begins_now() -> None:
    found = find_places([slot(1, minutes=135)], on=TODAY, as_of=TODAY, session_minutes=45, from_minute=580)

    assert [(place.start_minute, place.end_minute) for place in found] == [(580, 625), (625, 670)]


# --- what may be asked ---


def test_a_session_is_45_minutes_unless_said_and_never_too_short_to_count() -> None:
    assert check_session_minutes(None, settings=DEFAULTS) == 45
    assert check_session_minutes(15, settings=DEFAULTS) == 15
    with pytest.raises(UsageError, match="14 minutes does not count"):
        check_session_minutes(14, settings=DEFAULTS)


def test_a_weekday_is_the_one_to_come_and_a_day_that_is_over_is_refused() -> None:
    assert parse_plan_date("fri", as_of=TODAY) == date(2026, 5, 15)
    assert parse_plan_date(None, as_of=TODAY) == TODAY
    with pytest.raises(UsageError, match="Mon 11 May 2026 is over"):
        parse_plan_date("11/5/2026", as_of=TODAY)
