"""One order of work: what is new, then the others to be seen today, then the longest gap; nobody is dropped."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.rules.markers.order_of_work import Turn, order_of_work
from rules.markers.marked_prisoner import event, priority, prisoner

TODAY = date(2026, 5, 12)


def placed(number: str, *, seen_days: int = 3, seen_at: int | None = None, events=(), **values):
    """A prisoner's place in the order; an event is (code, days ago, minute of that day)."""
    who = prisoner(number, seen=TODAY - timedelta(days=seen_days), last_session_minute=seen_at, **values)
    happened = [event(code, TODAY - timedelta(days=ago), at_minute=at) for code, ago, at in events]
    return order_of_work(who, priority(who, happened, as_of=TODAY), as_of=TODAY)


def numbers(*places) -> list[str]:
    return [place.prison_number for place in sorted(places)]


@pytest.mark.parametrize(("days_ago", "turn"), [(0, Turn.NEW), (3, Turn.NEW), (4, Turn.TODAY)])
def test_a_concern_of_priority_1_is_new_for_72_hours(days_ago: int, turn: Turn) -> None:
    assert placed("A0001AA", seen_days=9, events=[("SELF_HARM", days_ago, 600)]).turn is turn


def test_the_newest_of_the_new_comes_first_whatever_the_gaps() -> None:
    assert numbers(
        placed("A0001AA", seen_days=90, events=[("SELF_HARM", 1, 600)]),
        placed("A0002AA", seen_days=3, events=[("SELF_HARM", 0, 480)]),
        placed("A0003AA", seen_days=3, events=[("SELF_HARM", 1, 601)]),
    ) == ["A0002AA", "A0003AA", "A0001AA"]


def test_once_he_is_seen_since_it_is_new_no_longer() -> None:
    assert placed("A0001AA", seen_days=0, seen_at=660, events=[("SELF_HARM", 0, 600)]).turn is Turn.LATER
    assert placed("A0001AA", seen_days=0, seen_at=540, events=[("SELF_HARM", 0, 600)]).turn is Turn.NEW


def test_a_new_concern_of_priority_2_is_not_new() -> None:
    assert placed("A0001AA", seen_days=9, events=[("DEBT", 1, 600), ("CSIP", 1, 600)]).turn is Turn.TODAY


def test_of_the_others_to_be_seen_today_priority_1_comes_first_and_then_the_longest_gap() -> None:
    both = [("DEBT", 6, 600), ("CSIP", 6, 600)]
    assert numbers(
        placed("A0001AA", seen_days=20, events=both),
        placed("A0002AA", seen_days=8, events=[("SELF_HARM", 6, 600)]),
        placed("A0003AA", seen_days=30, events=both),
    ) == ["A0002AA", "A0003AA", "A0001AA"]


def test_everybody_else_by_the_longest_gap_and_then_by_number_whatever_his_concerns() -> None:
    assert numbers(
        placed("A0003AA", seen_days=13),
        placed("A0001AA", seen_days=13),
        placed("A0002AA", seen_days=20),
        placed("A0004AA", seen_days=12, events=[("EDUCATION", 2, 600)]),
    ) == ["A0002AA", "A0001AA", "A0003AA", "A0004AA"]


@given(
    st.lists(
        st.tuples(
            st.integers(0, 60),
            st.lists(st.tuples(st.sampled_from(["SELF_HARM", "DEBT", "CSIP", "EDUCATION"]), st.integers(0, 40))),
        )
    )
)
def test_the_order_is_that_of_the_three_sentences(drawn) -> None:
    """Against the definition, said the slow way for every two neighbours."""
    prisoners = []
    for number, (gap, happened) in enumerate(drawn):
        who = prisoner(f"A{number:04}AA", seen=TODAY - timedelta(days=gap))
        events = [event(code, TODAY - timedelta(days=ago)) for code, ago in happened]
        prisoners.append((who, gap, priority(who, events, as_of=TODAY)))
    prisoners.sort(key=lambda one: order_of_work(one[0], one[2], as_of=TODAY))

    def new_since(one) -> list[date]:
        who, _, found = one
        return [
            marker.began_on
            for marker in found.calling
            if marker.tier == 1 and (TODAY - marker.began_on).days <= 3 and who.last_session_on <= marker.began_on
        ]

    def block(one) -> int:
        return (0 if new_since(one) else 1) if one[2].see_today else 2

    for first, second in pairwise(prisoners):
        assert block(first) <= block(second)
        if block(first) != block(second):
            continue
        if block(first) == 0:
            assert max(new_since(first)) >= max(new_since(second))
        elif block(first) == 1 and first[2].tier != second[2].tier:
            assert first[2].tier < second[2].tier
        else:
            assert (-first[1], first[0].prison_number) < (-second[1], second[0].prison_number)
