"""The concerns that follow from the record by themselves: each against the words of the policy page, day by day."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.rules.markers.derived import Background, changes_of_cell, reviews_awaited
from rules.markers.marked_prisoner import acct, event, prisoner, tiers

START = date(2026, 3, 2)


def after(days: int) -> date:
    return START + timedelta(days=days)


def days_in_force(code: str, who, first: int, last: int, events=(), accts=(), **context) -> list[int]:
    """The days, counted from START, on which a code is in force."""
    return [
        day for day in range(first, last + 1) if code in dict(tiers(who, events, accts, as_of=after(day), **context))
    ]


def test_a_third_acct_within_26_weeks_counts_until_28_days_after_the_last_is_closed() -> None:
    accts = [acct(after(day), closed=after(day + 5), held=after(day + 9)) for day in (0, 60, 120)]

    assert days_in_force("ACCT_REPEAT", prisoner(), 100, 160, accts=accts) == list(range(120, 154))


def test_two_accts_or_three_over_more_than_26_weeks_are_no_repeat() -> None:
    spread = [acct(after(day), closed=after(day + 5)) for day in (0, 60, 183)]

    assert days_in_force("ACCT_REPEAT", prisoner(), 0, 250, accts=spread[:2]) == []
    assert days_in_force("ACCT_REPEAT", prisoner(), 0, 250, accts=spread) == []
    assert 182 in days_in_force("ACCT_REPEAT", prisoner(), 0, 250, accts=[*spread[:2], acct(after(182))])


def test_one_acct_long_after_three_is_no_repeat_again() -> None:
    accts = [acct(after(day), closed=after(day + 5)) for day in (0, 30, 60, 300)]

    assert days_in_force("ACCT_REPEAT", prisoner(), 50, 310, accts=accts) == list(range(60, 94))


def test_segregation_with_an_acct_open_is_priority_1_from_the_later_of_the_two_until_either_ends() -> None:
    inside, plan = [event("SEG", after(5), until_on=after(20))], [acct(after(8), closed=after(15))]

    assert days_in_force("SEG_ON_ACCT", prisoner(), 0, 30, inside, plan) == list(range(8, 15))
    assert ("SEG_ON_ACCT", 1) in tiers(prisoner(), inside, plan, as_of=after(8))


def test_segregation_of_an_earlier_stay_is_none_of_this_one() -> None:
    came_back = prisoner(arrived=after(10))

    assert "SEG_ON_ACCT" not in dict(tiers(came_back, [event("SEG", after(5))], [acct(after(11))], as_of=after(12)))


def test_a_review_is_late_from_the_day_after_it_was_due() -> None:
    late = Background(reviews_late=(after(3), after(9)))

    assert days_in_force("REVIEW_LATE", prisoner(), 0, 12, background=late) == list(range(4, 13))
    assert ("REVIEW_LATE", 2) in tiers(prisoner(), as_of=after(4), background=late)


def test_a_review_of_an_acct_that_is_over_can_no_longer_be_held() -> None:
    over = acct(after(0), closed=after(20), held=after(27))

    def awaited(day: int, *accts) -> list[date]:
        return reviews_awaited([after(10)], accts, arrived_on=after(-5), as_of=after(day))

    assert awaited(26, over) == [after(10)]
    assert awaited(27, over) == []
    assert awaited(40, over, acct(after(35))) == []
    assert awaited(40) == [after(10)]


def test_a_post_closure_review_held_later_was_late_until_then() -> None:
    closed = acct(after(0), closed=after(5), held=after(20))._replace(review_due_on=after(12))

    assert reviews_awaited([], [closed], arrived_on=after(-5), as_of=after(19)) == [after(12)]
    assert reviews_awaited([], [closed], arrived_on=after(-5), as_of=after(20)) == []
    assert reviews_awaited([], [closed], arrived_on=after(13), as_of=after(19)) == []


def test_to_court_and_back_to_his_own_cell_is_no_change_of_cell() -> None:
    moves = [(after(day), place) for day, place in enumerate(["COURT", "B-1-001", "SEG", "B-1-001", "B-1-002"])]

    assert changes_of_cell("B-1-001", moves) == [after(2), after(3), after(4)]
    assert changes_of_cell("RECP", moves[1:2]) == []


@pytest.mark.parametrize(
    ("more", "tier"), [({}, 3), ({"events": [event("DEBT", START)]}, 2), ({"accts": [acct(START)]}, 2)]
)
def test_three_moves_in_28_days_are_priority_3_and_2_with_an_acct_or_debt(more, tier) -> None:
    moved = Background(moved_on=(after(0), after(10), after(20)))

    assert ("MOVED_REPEAT", tier) in tiers(prisoner(), as_of=after(20), background=moved, **more)
    assert days_in_force("MOVED_REPEAT", prisoner(), 0, 40, background=moved) == list(range(20, 29))


def test_a_birthday_counts_from_the_day_before_to_the_day_after() -> None:
    born = prisoner(date_of_birth=after(5).replace(year=1980))

    assert days_in_force("BIRTHDAY", born, 0, 12) == [4, 5, 6]


@pytest.mark.parametrize(("year", "days"), [(2027, ("02-27", "03-01")), (2028, ("02-28", "03-01"))])
def test_born_on_29_february_he_has_his_birthday_on_the_28th_where_there_is_no_29th(year, days) -> None:
    born, first = prisoner(date_of_birth=date(1996, 2, 29)), date(year, 2, 20)
    listed = [on for n in range(20) if "BIRTHDAY" in dict(tiers(born, as_of=(on := first + timedelta(days=n))))]

    assert [listed[0].isoformat(), listed[-1].isoformat()] == [f"{year}-{day}" for day in days]
    assert len(listed) == 3


@given(
    st.lists(st.tuples(st.integers(0, 300), st.integers(0, 40) | st.none()), max_size=6),
    st.integers(0, 360),
)
def test_acct_repeat_is_what_a_slow_reading_of_its_words_says(spans, day) -> None:
    accts = [acct(after(on), closed=None if length is None else after(on + length)) for on, length in spans]
    opened = [(on, 1000 if length is None else on + length) for on, length in spans if on <= day]
    threes = [three for three in combinations(opened, 3) if max(three)[0] - min(three)[0] <= 26 * 7]

    expected = any(day <= closed + 28 for three in threes for _, closed in three)

    assert ("ACCT_REPEAT" in dict(tiers(prisoner(), accts=accts, as_of=after(day)))) is expected


some_days = st.lists(st.integers(0, 70), max_size=6)


@given(
    st.tuples(st.integers(0, 70), st.integers(0, 60) | st.none()),
    st.lists(st.tuples(st.integers(0, 70), st.integers(0, 40) | st.none()), max_size=3),
    st.integers(0, 130),
)
def test_segregation_on_an_acct_is_the_days_on_which_both_stand(inside, spans, day) -> None:
    def stands(span) -> bool:
        on, length = span
        return on <= day and (length is None or day < on + length)

    def until(span):
        return None if span[1] is None else after(span[0] + span[1])

    segregated = event("SEG", after(inside[0]), until_on=until(inside))
    accts = [acct(after(span[0]), closed=until(span)) for span in spans]

    found = dict(tiers(prisoner(), [segregated], accts, as_of=after(day)))

    assert found.get("SEG_ON_ACCT") == (1 if stands(inside) and any(map(stands, spans)) else None)


@given(some_days, st.booleans(), st.booleans(), st.integers(0, 110))
def test_moved_repeat_is_three_changes_in_the_28_days_counted_one_by_one(moves, on_acct, in_debt, day) -> None:
    background = Background(moved_on=sorted(after(on) for on in moves if on <= day))
    events = [event("DEBT", after(day))] if in_debt else []
    accts = [acct(after(0))] if on_acct else []

    found = dict(tiers(prisoner(), events, accts, as_of=after(day), background=background))

    lately = sum(on in range(day - 28, day + 1) for on in moves)
    assert found.get("MOVED_REPEAT") == ((2 if on_acct or in_debt else 3) if lately >= 3 else None)


@given(some_days, st.integers(0, 80))
def test_a_review_is_late_on_every_day_after_one_that_was_due_and_not_held(due, day) -> None:
    background = Background(reviews_late=[after(on) for on in due])

    found = dict(tiers(prisoner(), as_of=after(day), background=background))

    assert found.get("REVIEW_LATE") == (2 if any(on < day for on in due) else None)


@given(st.dates(date(1950, 1, 1), date(2007, 12, 31)), st.dates(date(2026, 1, 1), date(2029, 12, 31)))
def test_a_birthday_is_within_a_day_of_it_in_whichever_year(born, day) -> None:
    def is_birthday(on: date) -> bool:
        leap_day = (born.month, born.day) == (2, 29) and (on + timedelta(days=1)).month == 3 and on.month == 2
        return (on.month, on.day) == (born.month, born.day) or leap_day

    near = any(is_birthday(day + timedelta(days=step)) for step in (-1, 0, 1))

    assert ("BIRTHDAY" in dict(tiers(prisoner(date_of_birth=born), as_of=day))) is near
