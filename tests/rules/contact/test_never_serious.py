"""Seldom seen and never serious, against a day at a time (help: thin-contact)."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.rules.contact.fewest import find_never_serious
from keyworker_cli.rules.facts.sessions import CountedSession
from rules.markers.marked_prisoner import DEFAULTS, prisoner

TODAY = date(2026, 5, 12)
DAY = timedelta(days=1)


def held(days: list[int]) -> dict[int, list[CountedSession]]:
    return {1: [CountedSession(1, TODAY - ago * DAY, None, None, None, 1) for ago in days]}


def slowly(arrived: int, seen: list[int]) -> tuple[int, int] | None:
    """His sessions and days since his last serious gap ended, found by asking his gap each morning.

    A session of that day ends it.
    """
    last, began = arrived, arrived
    for ago in range(arrived, -1, -1):
        if last - ago > DEFAULTS.gap_serious_days:
            began = next((later for later in sorted(seen, reverse=True) if later <= ago), None)
        last = ago if ago in seen else last
    if began is None or (last > DEFAULTS.gap_serious_days):
        return None
    sessions = sum(ago < began for ago in seen)
    return (sessions, began) if began >= 84 and sessions * 14 < began else None


@given(st.integers(60, 300), st.lists(st.integers(0, 250), max_size=14))
def test_it_is_what_a_day_by_day_reading_of_his_gap_says(arrived: int, days: list[int]) -> None:
    seen = sorted({ago for ago in days if ago < arrived})
    who = prisoner(person_id=1, arrived=TODAY - arrived * DAY)

    found = find_never_serious([who], held(seen), since=TODAY - 365 * DAY, as_of=TODAY, settings=DEFAULTS)

    assert [(one.sessions, one.days) for one in found] == [said for said in [slowly(arrived, seen)] if said]


def test_a_gap_serious_on_the_morning_of_a_session_ended_with_it() -> None:
    who = prisoner(person_id=1, arrived=TODAY - 113 * DAY)

    (found,) = find_never_serious([who], held([28, 56, 84]), since=TODAY - 365 * DAY, as_of=TODAY, settings=DEFAULTS)

    assert (found.sessions, found.days) == (2, 84)


@given(st.integers(18, 28), st.integers(5, 9))
def test_regular_and_rare_is_found_whatever_the_interval(every: int, times: int) -> None:
    seen = [every * number + 3 for number in range(times)]
    who = prisoner(person_id=1, arrived=TODAY - (seen[-1] + every) * DAY)

    found = find_never_serious([who], held(seen), since=TODAY - 365 * DAY, as_of=TODAY, settings=DEFAULTS)

    assert [one.sessions for one in found] == [times]
