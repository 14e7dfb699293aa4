"""Whose days are whose: a day counts for whoever has the prisoner at its end, and only while he is here and in
scope.
"""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.rules.dates.periods import Window
from keyworker_cli.rules.facts.spans import AbsenceSpan, AllocationSpan, StaySpan
from keyworker_cli.rules.stays.eligible_days import find_holdings
from rules.budget.time_facts import OKAFOR, SHAH, P, allocated, away, stay, weeks


def days(window, stays, absences=(), allocations=()):
    """How many days each key worker has (`None`: nobody), by his key."""
    found: dict[int | None, int] = {}
    for one in find_holdings(stays, absences, allocations, window=window):
        found[one.key_worker_id] = found.get(one.key_worker_id, 0) + one.days
    return found


def test_a_prisoner_here_all_week_has_seven_days():
    assert days(weeks("2026-W15"), [stay(1, "2026-01-05")]) == {None: 7}


def test_the_arrival_day_counts():
    assert days(weeks("2026-W15"), [stay(1, "2026-04-09")]) == {None: 4}


def test_the_day_of_departure_does_not_count():
    assert days(weeks("2026-W15"), [stay(1, "2026-01-05", "2026-04-09")]) == {None: 3}


def test_a_prisoner_who_came_and_left_on_one_day_has_none():
    assert days(weeks("2026-W15"), [stay(1, "2026-04-09", "2026-04-09")]) == {}


def test_the_day_he_goes_out_of_scope_does_not_count():
    assert days(weeks("2026-W15"), [stay(1, "2026-01-05", out_of_scope="2026-04-08")]) == {None: 2}


def test_nine_nights_in_hospital_take_nine_days_off():
    found = days(weeks("2026-W14", "2026-W17"), [stay(1, "2026-01-05")], [away(1, "2026-04-03", "2026-04-12")])

    assert found == {None: 28 - 9}


def test_a_day_at_court_and_back_takes_nothing_off():
    assert days(weeks("2026-W15"), [stay(1, "2026-01-05")], [away(1, "2026-04-08", "2026-04-08")]) == {None: 7}


def test_a_prisoner_still_in_hospital_has_no_days_since_he_went():
    assert days(weeks("2026-W15"), [stay(1, "2026-01-05")], [away(1, "2026-04-08")]) == {None: 2}


def test_a_prisoner_reallocated_in_midweek_counts_for_both_officers_by_days():
    held = [allocated(1, SHAH, "2026-01-06", "2026-04-09"), allocated(1, OKAFOR, "2026-04-09")]

    assert days(weeks("2026-W15"), [stay(1, "2026-01-05")], (), held) == {SHAH: 3, OKAFOR: 4}


def test_days_without_a_key_worker_are_kept_apart():
    held = [allocated(1, SHAH, "2026-04-08", "2026-04-10")]

    assert days(weeks("2026-W15"), [stay(1, "2026-01-05")], (), held) == {None: 5, SHAH: 2}


def test_a_prisoner_out_and_back_has_the_days_of_both_stays():
    stays = [stay(1, "2026-01-05", "2026-04-07"), stay(1, "2026-04-10")]

    assert days(weeks("2026-W15"), stays) == {None: 1 + 3}


def test_the_clocks_going_forward_moves_nothing():
    assert days(weeks("2026-W13", "2026-W14"), [stay(1, "2026-03-28")]) == {None: 9}
    assert days(weeks("2026-W13", "2026-W14"), [stay(1, "2026-03-29")]) == {None: 8}


def test_two_key_workers_recorded_for_one_day_never_make_two_days():
    held = [allocated(1, SHAH, "2026-01-06"), allocated(1, OKAFOR, "2026-04-09", "2026-04-11")]

    assert days(weeks("2026-W15"), [stay(1, "2026-01-05")], (), held) == {SHAH: 5, OKAFOR: 2}


def test_what_happens_after_the_day_of_asking_is_not_known_yet():
    window = weeks("2026-W15", as_of="2026-04-02")
    stays = [stay(1, "2026-01-05", "2026-04-08"), stay(2, "2026-04-07")]
    held = [allocated(1, SHAH, "2026-01-06", "2026-04-08"), allocated(1, OKAFOR, "2026-04-08")]

    assert days(window, stays, (), held) == {SHAH: 7}


def test_a_prisoner_away_counts_again_from_the_return_date_recorded():
    window = weeks("2026-W15", as_of="2026-04-02")

    assert days(window, [stay(1, "2026-01-05")], [away(1, "2026-04-01", "2026-04-08")]) == {None: 5}


# --- against a slow, obvious twin ---

FIRST = date(2026, 3, 16)
near = st.integers(-10, 40).map(lambda later: FIRST + timedelta(days=later))


@st.composite
def a_stay(draw, prisoner):
    arrived = draw(near)
    left = draw(st.none() | near.filter(lambda on: on >= arrived))
    return StaySpan(prisoner, arrived, left, draw(st.none() | near), "B-1-001")


@st.composite
def a_world(draw):
    prisoners = range(1, draw(st.integers(1, 3)) + 1)
    stays = [draw(a_stay(prisoner)) for prisoner in prisoners]
    absences = [AbsenceSpan(draw(st.sampled_from(prisoners)), *draw(a_time())) for _ in range(draw(st.integers(0, 3)))]
    held = [
        AllocationSpan(draw(st.sampled_from(prisoners)), draw(st.sampled_from((P, SHAH))), *draw(a_time()))
        for _ in range(draw(st.integers(0, 4)))
    ]
    unique = {(one.person_id, one.allocated_on): one for one in held}
    return stays, absences, list(unique.values()), Window(weeks("2026-W12", "2026-W15").weeks, draw(near))


@st.composite
def a_time(draw):
    begun = draw(near)
    return begun, draw(st.none() | near.filter(lambda on: on >= begun))


def twin(window, stays, absences, allocations):
    """Every prisoner on every day, one after the other, as the definition says it."""
    found: dict[int | None, int] = {}
    as_of = window.as_of
    for prisoner in stays:
        for on in (on for week in window.weeks for on in week.days):
            left = prisoner.left_on if prisoner.left_on and prisoner.left_on <= as_of else date.max
            scope = prisoner.out_of_scope_from
            excluded = scope is not None and scope <= as_of and scope <= on
            gone = any(
                a.person_id == prisoner.person_id and a.from_on <= as_of and a.from_on <= on < (a.to_on or date.max)
                for a in absences
            )
            if prisoner.arrived_on > as_of or not prisoner.arrived_on <= on < left or excluded or gone:
                continue
            holders = [
                (a.allocated_on, a.key_worker_id)
                for a in allocations
                if a.person_id == prisoner.person_id
                and a.allocated_on <= as_of
                and a.allocated_on <= on < (a.ended_on if a.ended_on and a.ended_on <= as_of else date.max)
            ]
            holder = max(holders)[1] if holders else None
            found[holder] = found.get(holder, 0) + 1
    return found


@given(a_world())
def test_the_spans_are_the_days_counted_one_by_one(world):
    stays, absences, allocations, window = world

    assert days(window, stays, absences, allocations) == twin(window, stays, absences, allocations)
