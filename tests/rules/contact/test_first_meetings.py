"""The early-days table: met on day 0 to 3 in time, due until then, missed from day 4 (help: early-days)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.rules.codes.findings import MeetingState
from keyworker_cli.rules.contact.first_meetings import meeting_state
from keyworker_cli.rules.settings import Settings

ARRIVED = date(2026, 5, 6)
SETTINGS = Settings()


def state(*, met_on_day: int | None = None, today: int, arrived: date = ARRIVED, settings: Settings = SETTINGS) -> str:
    """The state on a day, both counted from arrival."""
    first_on = None if met_on_day is None else arrived + timedelta(days=met_on_day)
    return meeting_state(arrived, first_on, as_of=arrived + timedelta(days=today), settings=settings).value


@pytest.mark.parametrize("today", [0, 1, 2, 3])
def test_a_prisoner_not_met_is_due_from_the_day_he_came_to_day_3(today):
    assert state(today=today) == "due"


@pytest.mark.parametrize("today", [4, 5, 28, 200])
def test_a_prisoner_not_met_is_missed_from_day_4_on_and_stays_so(today):
    assert state(today=today) == "missed"


@pytest.mark.parametrize("met_on_day", [0, 1, 2, 3])
def test_a_prisoner_met_by_day_3_was_met_in_time_however_long_ago(met_on_day):
    assert state(met_on_day=met_on_day, today=20) == "met"


@pytest.mark.parametrize("met_on_day", [4, 5, 19])
def test_a_prisoner_first_met_on_day_4_or_after_it_was_met_late(met_on_day):
    assert state(met_on_day=met_on_day, today=20) == "met_late"


def test_an_arrival_on_a_sunday_gets_no_days_of_grace():
    sunday = date(2026, 5, 10)

    assert [state(arrived=sunday, today=day) for day in (0, 3, 4)] == ["due", "due", "missed"]


def test_the_clocks_going_forward_move_no_due_day():
    saturday = date(2026, 3, 28)

    assert [state(arrived=saturday, today=day) for day in (3, 4)] == ["due", "missed"]


def test_a_prison_may_set_another_number_of_days():
    one_day = Settings(first_meeting_days=1)

    assert [state(today=day, settings=one_day) for day in (1, 2)] == ["due", "missed"]
    assert state(met_on_day=2, today=9, settings=one_day) == "met_late"


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.none() | st.integers(0, 60), st.integers(0, 60))
def test_every_arrival_is_in_one_state_the_one_a_person_would_count_on_his_fingers(arrived, met_on_day, later):
    today = later if met_on_day is None else met_on_day + later
    in_time = {arrived + timedelta(days=day) for day in range(4)}
    if met_on_day is None:
        expected = MeetingState.DUE if arrived + timedelta(days=today) in in_time else MeetingState.MISSED
    else:
        expected = MeetingState.MET if arrived + timedelta(days=met_on_day) in in_time else MeetingState.MET_LATE

    assert state(arrived=arrived, met_on_day=met_on_day, today=today) == expected
