"""Concerns not raised, against a slow reading of the words: each day, each session, each topic by itself."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.rules.facts.sessions import CountedSession
from keyworker_cli.rules.markers.unraised import concerns_to_raise, find_unraised
from rules.markers.marked_prisoner import DEFAULTS, acct, event, prisoner

START = date(2026, 3, 2)


def after(days: int) -> date:
    return START + timedelta(days=days)


def held(day: int, topics: str | None = None, *, declined: str | None = None, at: int | None = None) -> CountedSession:
    return CountedSession(1, after(day), at, topics, declined, 1)


def listed(day: int, events=(), accts=(), sessions=(), who=None) -> list[tuple[str, int, date | None, int]]:
    """What is listed on a day: each as (code, days, last day if it is over, sessions since)."""
    who = who or prisoner()
    found = find_unraised(
        who,
        concerns_to_raise(who, events, accts, as_of=after(day)),
        list(sessions),
        as_of=after(day),
        settings=DEFAULTS,
    )
    return [(one.marker.code, one.days, one.ended_on, len(one.sessions)) for one in found]


@pytest.mark.parametrize(("code", "first"), [("SELF_HARM", 3), ("DEBT", 7)])
def test_it_is_listed_from_its_day_on_and_not_before(code: str, first: int) -> None:
    assert listed(first - 1, [event(code, START)]) == []
    assert listed(first, [event(code, START)]) == [(code, first, None, 0)]


def test_being_seen_is_not_being_asked() -> None:
    seen = [held(day, "FAMILY;REGIME") for day in (2, 9, 16)]

    assert listed(20, [event("DEBT", START)], sessions=seen) == [("DEBT", 20, None, 3)]


@pytest.mark.parametrize("session", [held(3, "DEBT"), held(3, "FAMILY;DEBT"), held(3, declined="DEBT")])
def test_a_session_that_records_the_topic_or_that_he_declined_it_takes_it_off(session: CountedSession) -> None:
    assert listed(10, [event("DEBT", START)], sessions=[session]) == []


def test_a_session_before_it_began_does_not() -> None:
    told = [event("DEBT", START, at_minute=600)]

    assert listed(8, told, sessions=[held(-1, "DEBT")]) == [("DEBT", 8, None, 0)]
    assert listed(8, told, sessions=[held(0, "DEBT", at=540)]) == [("DEBT", 8, None, 0)]
    assert listed(8, told, sessions=[held(0, "DEBT", at=660)]) == []


def test_one_that_ended_unraised_is_listed_for_28_days_more() -> None:
    ended = [event("BASIC", START, until_on=after(12))]  # its last day is day 11

    assert listed(12, ended) == [("BASIC", 12, after(11), 0)]
    assert listed(39, ended) == [("BASIC", 39, after(11), 0)]
    assert listed(40, ended) == []


def test_one_that_ended_after_it_was_raised_is_not_listed() -> None:
    assert listed(20, [event("BASIC", START, until_on=after(12))], sessions=[held(5, "BEHAVIOUR")]) == []


def test_a_closed_acct_never_raised_is_told_beside_its_post_closure() -> None:
    found = listed(20, accts=[acct(START, closed=after(10))])

    assert found == [("ACCT", 20, after(9), 0), ("ACCT_PC", 10, None, 0)]


def test_what_follows_from_the_record_ends_on_its_own_day_and_not_on_anothers() -> None:
    recalled = prisoner(arrived=START, arrival_type="RECALL")
    basic = [event("BASIC", START, until_on=after(11))]

    assert [one for one in listed(20, basic, who=recalled) if one[0] != "EARLY_DAYS"] == [
        ("BASIC", 20, after(10), 0),
        ("RECALL", 20, after(14), 0),
    ]
    assert [code for code, *_ in listed(42, who=recalled)] == ["RECALL"]
    assert listed(43, who=recalled) == []


def test_segregation_on_an_acct_is_over_with_the_first_of_the_two() -> None:
    inside, plan = [event("SEG", START, until_on=after(12))], [acct(START, closed=after(20))]

    assert ("SEG_ON_ACCT", 14, after(11), 0) in listed(14, inside, plan)


def test_a_repeat_that_comes_once_more_has_not_ended() -> None:
    again = [event("SEG", after(day), until_on=after(day + 2)) for day in (0, 10, 20)]

    found = {code: (days, ended_on) for code, days, ended_on, _ in listed(30, again)}
    assert found["SEG_REPEAT"] == (10, None)


def test_from_an_earlier_stay_the_days_run_from_his_arrival() -> None:
    came = prisoner(arrived=after(10))

    assert ("BEREAVEMENT", 8, None, 0) in listed(18, [event("BEREAVEMENT", START)], who=came)


CODES = st.sampled_from([("DEBT", "DEBT", 28, 7), ("SELF_HARM", "SELF_HARM", 28, 3), ("BULLIED", "SAFETY", 28, 7)])


@given(
    CODES,
    st.integers(0, 70),
    st.lists(st.tuples(st.integers(-5, 70), st.sampled_from(["DEBT", "SAFETY", "SELF_HARM", "FAMILY"])), max_size=6),
    st.none() | st.integers(1, 40),
)
def test_the_list_is_what_a_slow_reading_of_the_words_says(kind, day, talks, end) -> None:
    code, topic, lasts, first = kind
    last = min(lasts, end - 1) if end is not None else lasts
    sessions = [held(on, about) for on, about in talks]
    since = [about for on, about in talks if 0 <= on <= day]

    over = day > last
    expected = day >= first and topic not in since and (not over or day - last <= 28)

    found = listed(day, [event(code, START, until_on=None if end is None else after(end))], sessions=sessions)
    assert found == ([(code, day, after(last) if over else None, len(since))] if expected else [])
