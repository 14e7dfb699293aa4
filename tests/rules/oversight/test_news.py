"""The news: the worst true thing, with its numbers; of the rota, and never of an officer."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.rules.budget.control_chart import Chart, Signal
from keyworker_cli.rules.oversight.news import MorningFacts, NewsKind, WingNews, find_news, headline

TODAY = date(2026, 5, 12)


def wing(name: str = "E", **values) -> WingNews:
    """A wing of 115 where all is well."""
    well = {"prisoners": 115, "without": 10, "required_minutes": 21741.4, "detailed_minutes": 11475}
    time = {"dropped_minutes": 0, "worked_minutes": 11475, "unconfirmed_minutes": 0, "rota_recorded": True}
    return WingNews(**{"wing": name, "last_session_on": TODAY, **well, **time, **values})


def news(*wings: WingNews, see_today: int = 3, recorded: date | None = TODAY, days: Sequence[int] = (9,)) -> list:
    facts = MorningFacts(wings, 4, 16, 7, see_today, with_time=1, last_recorded_on=recorded, days=days)
    return find_news(facts, as_of=TODAY)


DROPPED = {"without": 111, "dropped_minutes": 11475, "worked_minutes": 0}


def test_a_wing_whose_key_work_was_all_dropped_is_the_news() -> None:
    assert headline(news(wing("A"), wing("E", **DROPPED))) == (
        "Wing E: 111 of 115 without key work for a week; all 11,475 minutes detailed in 4 weeks were dropped."
    )


def test_nothing_recorded_comes_before_everything() -> None:
    found = news(wing(**DROPPED), recorded=date(2026, 5, 8))

    assert headline(found) == "No session has been recorded since Fri 8 May: 4 days."


def test_a_weekend_without_a_record_is_no_news() -> None:
    assert news(wing(), recorded=date(2026, 5, 9))[0].kind is NewsKind.SEE_TODAY


def test_a_wing_with_no_time_at_all_and_one_whose_rota_nobody_recorded_are_told_apart() -> None:
    none = wing(without=100, detailed_minutes=0, worked_minutes=0)
    unrecorded = wing(without=100, detailed_minutes=0, worked_minutes=0, rota_recorded=False)

    assert "no key work was detailed in 4 weeks, 21,741 minutes were required" in headline(news(none))
    assert "no rota is recorded for 4 weeks: nobody can tell why" in headline(news(unrecorded))


def test_the_first_day_of_a_long_silence_is_named() -> None:
    assert headline(news(wing(last_session_on=date(2026, 4, 10)))) == (
        "Wing E: 10 of 115 without key work for a week; its officers have held no session since Fri 10 Apr, 32 days."
    )


def test_a_silence_longer_than_the_weeks_looked_back_on_is_told_as_one() -> None:
    assert headline(news(wing(last_session_on=None))).endswith("its officers have held no session in 16 weeks.")
    assert headline(news(wing(), recorded=None)) == "No session has been recorded in the last 16 weeks."


def test_what_is_nearly_all_dropped_is_told_as_dropped() -> None:
    assert headline(news(wing(**{**DROPPED, "dropped_minutes": 11340}))).endswith(
        "; 11,340 of 11,475 minutes detailed in 4 weeks were dropped."
    )
    assert news(wing(**{**DROPPED, "dropped_minutes": 10300}))[0].kind is NewsKind.MOST_UNSEEN


def test_a_wing_whose_prisoners_were_seen_all_the_same_is_told_after_the_others() -> None:
    found = news(wing("A", **{**DROPPED, "without": 0}), wing("D", without=99))

    assert [one.wing for one in found] == ["D", "A", None]
    assert found[1].sentence == (
        "Wing A: all 11,475 minutes detailed in 4 weeks were dropped; its prisoners were seen outside them."
    )


def test_what_concerns_a_few_comes_after_what_concerns_many() -> None:
    one = wing("A", **{**DROPPED, "prisoners": 1, "without": 1})

    assert [found.wing for found in news(one, wing("D", without=99))] == ["D", "A", None]


def test_a_sudden_change_is_said_with_what_would_be_usual() -> None:
    chart = Chart(Signal.BELOW, sessions=12, expected=31.2, lower=14.4, upper=48.0)

    assert (
        headline(news(wing(chart=chart)))
        == "Wing E: its officers held 12 sessions last week, 31 would be usual (14 to 48)."
    )


def test_counts_too_small_for_a_chart_are_no_news() -> None:
    chart = Chart(Signal.TOO_FEW, sessions=0, expected=3.1, lower=0, upper=8.4)

    assert news(wing(chart=chart))[0].kind is NewsKind.SEE_TODAY


def test_a_wing_is_told_of_once_and_the_worst_first() -> None:
    found = news(wing("D", without=99), wing("E", **DROPPED), wing("C", without=100))

    assert [one.wing for one in found] == ["E", "C", "D", None]


def test_without_any_of_it_the_news_is_who_is_to_be_seen_today() -> None:
    assert headline(news(wing())) == "3 to be seen today; somebody has time for 1."
    nobody = news(wing(without=0), see_today=0, days=(3,))
    assert headline(nobody) == "Nobody has to be seen today, and no wing stands out."


@given(st.lists(st.tuples(st.integers(0, 115), st.integers(0, 12000)), max_size=6))
def test_no_wing_that_is_worse_off_stands_after_one_of_the_same_kind(drawn) -> None:
    wings = [
        wing(f"W{at}", without=without, detailed_minutes=12000, dropped_minutes=dropped)
        for at, (without, dropped) in enumerate(drawn)
    ]
    found = news(*wings)

    kinds = [(one.kind is NewsKind.SEE_TODAY, one.a_few, one.kind) for one in found]
    assert kinds == sorted(kinds)
    for first, second in pairwise(found):
        assert first.order[:3] != second.order[:3] or first.weight >= second.weight


@pytest.mark.parametrize(
    ("see_today", "days", "said"),
    [
        (0, (127, 127, 3), "2 of 3 without key work for a week, the longest for 127 days."),
        (2, (127, 127, 3), "2 of 3 without key work for a week, the longest for 127 days."),
        (2, (127, 3, 3), "2 to be seen today; somebody has time for 1."),
        (0, (127, 3, 3), "1 of 3 without key work for a week, the longest for 127 days."),
        (0, (3, 3), "Nobody has to be seen today, and no wing stands out."),
    ],
)
def test_where_no_wing_is_known_it_is_of_all_prisoners(see_today, days, said) -> None:
    assert headline(news(see_today=see_today, days=days)) == said


def test_where_no_wing_stands_out_it_is_still_said_who_is_without_key_work() -> None:
    assert headline(news(wing(), see_today=0, days=(40, 3))) == (
        "1 of 2 without key work for a week, the longest for 40 days."
    )


def test_a_wing_without_time_whose_prisoners_were_all_seen_is_told_after_the_others() -> None:
    found = news(wing("A", without=0, detailed_minutes=0, worked_minutes=0), wing("E", **DROPPED))

    assert found[0].wing == "E"
    assert "its prisoners were seen all the same" in found[1].sentence
