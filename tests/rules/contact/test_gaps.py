"""The four clocks against a slow, obvious twin that walks through the days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.rules.codes.findings import GapState
from keyworker_cli.rules.contact.gap_state import state_of
from keyworker_cli.rules.contact.gaps import find_gaps
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.settings import Settings

MONDAY = date(2026, 1, 5)
DEFAULTS = Settings()


def contact(number: str = "A1234BC", **values) -> Contact:
    """A prisoner of whom nothing is known but what is given."""
    nothing = dict.fromkeys(Contact._fields)
    named = {"prison_number": number, "first_name": "Mr", "last_name": "A", "arrived_on": MONDAY}
    return Contact(**{**nothing, "refusals_since": 0, "events_since": 0, **named, **values})


def days_by_walking(start: date, end: date) -> int:
    walked = 0
    while start < end:
        start += timedelta(days=1)
        walked += 1
    return walked


def slow_state(days: int, n: int, s: int) -> GapState:
    """The states of a gap, a line for each (help: gap)."""
    if days > n and days > s:
        return GapState.SERIOUS
    if days > n:
        return GapState.OVERDUE
    return GapState.DUE if days == n else GapState.OK


days_after_monday = st.integers(min_value=0, max_value=300).map(lambda n: MONDAY + timedelta(days=n))


@st.composite
def prisoners(draw):
    arrived = draw(days_after_monday)
    later = st.integers(min_value=0, max_value=200).map(lambda n: arrived + timedelta(days=n))
    seen, ended = draw(st.none() | later), draw(st.none() | later)
    allocated = draw(st.none() | later)
    met = draw(st.none() | later) if allocated else None
    return contact(
        draw(st.from_regex(r"[A-Z][0-9]{4}[A-Z]{2}", fullmatch=True)),
        arrived_on=arrived,
        last_session_on=seen,
        last_ended_on=None if allocated else ended,
        staff_id="SHAH" if allocated else None,
        allocated_on=allocated,
        met_on=met,
    )


@given(st.lists(prisoners(), max_size=12), st.integers(0, 400), st.integers(1, 40), st.integers(1, 60))
def test_every_clock_agrees_with_counting_the_days_one_by_one(people, after, n, s) -> None:
    as_of = MONDAY + timedelta(days=500 + after)
    settings = Settings(gap_days=n, gap_serious_days=s)

    gaps = find_gaps(people, as_of=as_of, settings=settings)

    assert sorted(gap.contact.prison_number for gap in gaps) == sorted(prisoner.prison_number for prisoner in people)
    for gap in gaps:
        prisoner = gap.contact
        assert gap.days == days_by_walking(prisoner.last_session_on or prisoner.arrived_on, as_of)
        assert gap.weeks == sum(1 for day in range(1, gap.days + 1) if day % 7 == 0)
        assert gap.never_seen_days == (
            days_by_walking(prisoner.arrived_on, as_of) if prisoner.last_session_on is None else None
        )
        unmet = prisoner.staff_id is not None and prisoner.met_on is None
        assert gap.unmet_days == (days_by_walking(prisoner.allocated_on, as_of) if unmet else None)
        if prisoner.staff_id is None:
            since = (
                prisoner.arrived_on
                if prisoner.last_ended_on is None
                else max(prisoner.arrived_on, prisoner.last_ended_on)
            )
            assert gap.unallocated_days == days_by_walking(since, as_of)
        else:
            assert gap.unallocated_days is None
        assert gap.state is slow_state(gap.days, n, s)


@given(st.lists(prisoners(), max_size=12))
def test_the_longest_gap_comes_first_and_the_number_decides_between_equals(people) -> None:
    order = [
        (-gap.days, gap.contact.prison_number) for gap in find_gaps(people, as_of=date(2027, 6, 1), settings=DEFAULTS)
    ]

    assert order == sorted(order)


@pytest.mark.parametrize(
    ("days", "state"),
    [(0, "ok"), (6, "ok"), (7, "due"), (8, "overdue"), (28, "overdue"), (29, "serious"), (200, "serious")],
)
def test_a_prisoner_is_due_on_day_7_overdue_after_it_and_serious_after_28(days: int, state: str) -> None:
    assert state_of(days, DEFAULTS) == state


def test_serious_begins_past_the_larger_of_the_two_settings() -> None:
    settings = Settings(gap_days=30, gap_serious_days=28)

    assert [state_of(days, settings).value for days in (29, 30, 31)] == ["ok", "due", "serious"]


def test_a_session_on_the_day_is_a_gap_of_0_and_not_missing() -> None:
    (gap,) = find_gaps([contact(last_session_on=MONDAY)], as_of=MONDAY, settings=DEFAULTS)

    assert (gap.days, gap.state, gap.never_seen_days) == (0, GapState.OK, None)
