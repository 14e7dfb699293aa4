"""The minutes that pass between two times of a day, also on the two Sundays when London's clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from keyworker_cli.rules.dates.clock import DAY_MINUTES, minutes_between
from keyworker_cli.rules.rota.slots import session_times, sessions_in
from rules.plan.planned_day import slot

MARCH, OCTOBER, BETWEEN = date(2026, 3, 29), date(2026, 10, 25), date(2026, 5, 12)
DAYS = st.sampled_from([MARCH, OCTOBER, BETWEEN, date(2027, 3, 28), date(2027, 10, 31)])


def shown_at(moment: datetime) -> tuple[date, int]:
    there = moment.astimezone(ZoneInfo("Europe/London"))
    return there.date(), there.hour * 60 + there.minute


def moments_of(on: date) -> list[int]:
    """What the clock shows, minute for minute, on a day: the slow way to count."""
    begins = datetime(on.year, on.month, on.day, tzinfo=UTC) - timedelta(hours=2)
    shown = (shown_at(begins + timedelta(minutes=passed)) for passed in range(30 * 60))
    return [minute for day, minute in shown if day == on]


@given(DAYS, st.data())
def test_as_many_minutes_pass_as_the_clock_goes_through(on, data):
    day = moments_of(on)
    start = data.draw(st.sampled_from(sorted(set(day))))
    end = data.draw(st.sampled_from([minute for minute in {*day, DAY_MINUTES} if minute > start]))

    first = day.index(start)
    passed = day.index(end) - first if end != DAY_MINUTES else len(day) - first

    assert minutes_between(on, start, end) == passed


@pytest.mark.parametrize(
    ("on", "start", "end", "minutes"),
    [
        (MARCH, "00:30", "03:00", 90),
        (MARCH, "00:00", "24:00", 23 * 60),
        (OCTOBER, "00:30", "02:30", 180),
        (OCTOBER, "00:00", "24:00", 25 * 60),
        (OCTOBER, "00:30", "01:30", 60),
        (MARCH, "03:00", "04:00", 60),
        (BETWEEN, "00:30", "03:00", 150),
    ],
)
def test_a_slot_over_a_change_lasts_the_minutes_that_pass(on, start, end, minutes):
    begins, ends = (int(said[:2]) * 60 + int(said[3:]) for said in (start, end))

    assert slot(1, begins, ends - begins, on=on).minutes == minutes


@given(DAYS, st.integers(0, 23 * 60), st.integers(15, 600), st.integers(15, 120))
def test_the_sessions_of_a_slot_lie_in_it_one_after_another_and_each_has_its_minutes(on, start, length, each):
    shown = {*moments_of(on), DAY_MINUTES}
    assume({start, min(start + length, DAY_MINUTES)} <= shown)  # else it is refused
    held = slot(1, start, min(length, DAY_MINUTES - start), on=on)

    times = list(session_times(held, each))

    assert len(times) == sessions_in(held, each)
    assert [start for start, _ in times[1:]] == [end for _, end in times[:-1]]
    assert all(held.start_minute <= start < end <= held.end_minute for start, end in times)
    assert all(minutes_between(on, *time) >= each for time in times)
    if on.month != OCTOBER.month:
        assert len(times) == held.minutes // each
