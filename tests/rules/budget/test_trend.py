"""Minutes delivered to a prisoner a week, week by week."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.rules.budget.trend import TREND_WEEKS, Trend, find_trends, sum_trends, weekly_days
from keyworker_cli.rules.facts.spans import TimeHeld
from keyworker_cli.rules.stays.eligible_days import Holding, find_holdings
from rules.budget.time_facts import OKAFOR, SHAH, allocated, session, stay, weeks

WINDOW = weeks("2026-W18", "2026-W19")


def trends(stays, allocations, sessions):
    holdings = find_holdings(stays, (), allocations, window=WINDOW)
    return find_trends(weekly_days(holdings, WINDOW.weeks), sessions, WINDOW.weeks)


def test_one_prisoner_seen_for_45_minutes_in_one_of_two_weeks():
    found = trends(
        [stay(1, "2026-01-05")], [allocated(1, SHAH, "2026-01-06")], [session(1, SHAH, "2026-05-06", minutes=45)]
    )

    assert found[SHAH].per_prisoner == (0.0, 45.0)


def test_a_prisoner_who_came_on_the_thursday_is_four_days_of_a_week():
    found = trends(
        [stay(1, "2026-05-07")], [allocated(1, SHAH, "2026-05-07")], [session(1, SHAH, "2026-05-08", minutes=20)]
    )

    assert found[SHAH].per_prisoner == (None, 35.0)


def test_a_week_of_which_no_minutes_are_known_is_no_data_and_no_0():
    found = trends(
        [stay(1, "2026-01-05")], [allocated(1, SHAH, "2026-01-06")], [session(1, SHAH, "2026-05-06", minutes=None)]
    )

    assert found[SHAH].per_prisoner == (0.0, None)


def test_a_session_counts_for_whoever_held_it():
    found = trends(
        [stay(1, "2026-01-05")], [allocated(1, SHAH, "2026-01-06")], [session(1, OKAFOR, "2026-05-06", minutes=45)]
    )

    assert found[SHAH].per_prisoner == (0.0, 0.0)
    assert found[OKAFOR].minutes == (0, 45)
    assert found[OKAFOR].per_prisoner == (None, None)


def test_the_days_of_prisoners_without_a_key_worker_stand_under_none():
    assert trends([stay(1, "2026-01-05")], [], [])[None].days == (7, 7)


def test_of_nobody_there_is_no_trend_to_see():
    assert sum_trends([]).per_prisoner == (None,) * TREND_WEEKS


DAYS = st.integers(0, 30).map(lambda number: date(2026, 4, 20) + timedelta(days=number))
HOLDINGS = st.lists(
    st.tuples(st.sampled_from([SHAH, OKAFOR, None]), DAYS, DAYS).map(
        lambda drawn: Holding(1, drawn[0], "B", min(drawn[1:]).toordinal(), max(drawn[1:]).toordinal())
    )
)
SESSIONS = st.lists(
    st.builds(
        TimeHeld,
        person_id=st.just(1),
        key_worker_id=st.sampled_from([SHAH, OKAFOR]),
        held_on=DAYS,
        start_minute=st.none(),
        type=st.just("KS"),
        minutes=st.integers(1, 90),
    )
)


@given(holdings=HOLDINGS, sessions=SESSIONS)
def test_it_is_what_counting_day_by_day_gives(holdings, sessions):
    weeks = [WINDOW.weeks[0] + later for later in range(TREND_WEEKS)]

    found = sum_trends(find_trends(weekly_days(holdings, weeks), sessions, weeks).values())

    days, minutes = [], []
    for week in weeks:
        of_week = [day.toordinal() for day in week.days]
        days.append(sum(one.first_day <= day < one.end_day for one in holdings for day in of_week))
        minutes.append(sum(one.minutes for one in sessions if one.held_on in week))
    assert found == Trend(tuple(days), tuple(minutes), (0,) * TREND_WEEKS)
