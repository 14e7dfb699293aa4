"""What the two prisoners showed between sessions, and where it put them on the morning's list (help: see-today,
two-men).
"""

import json

import pytest

from factories import world
from replays.worlds import MR_A, MR_B, mr_a, mr_b


@pytest.fixture
@world
def signals_of_mr_a(prison):
    """Mr A and a prisoner unseen for longer, so that a place on the list means something."""
    mr_a(prison)
    prison.prisoner("Z9999ZZ", name="Guy Long", arrived="2025-10-06", born="1980-02-01")
    prison.session("Z9999ZZ", "PQ01", "2026-02-02", at="09:00")
    prison.event(MR_A, "BASIC", "2026-03-30", at="15:00")
    prison.event(MR_A, "VIOLENCE_TO_PRISONER", "2026-04-02", at="10:25")
    prison.event(MR_A, "FURTHER_CHARGES", "2026-04-20", at="13:00")
    prison.event(MR_A, "LONG_SENTENCE", "2026-05-08", at="16:00")
    return prison


def first(kw, day: str) -> dict:
    return json.loads(kw(f"overdue --format json --as-of {day}").out)["rows"][0]


@pytest.mark.parametrize(("day", "name"), [("2026-04-01", "Guy Long"), ("2026-04-02", "Mr A"), ("2026-05-12", "Mr A")])
def test_from_2_april_mr_a_comes_before_a_prisoner_unseen_for_longer(kw, signals_of_mr_a, day: str, name: str) -> None:
    assert first(kw, day)["name"] == name


def test_on_13_may_his_segregation_that_morning_stands_first(kw, signals_of_mr_a) -> None:
    signals_of_mr_a.event(MR_A, "SEG", "2026-05-13", at="09:40")

    row = first(kw, "2026-05-13")

    assert (row["name"], row["tier"], row["see_today"], row["days"]) == ("Mr A", 1, True, 49)
    assert row["markers"][:2] == ["SEG", "LONG_SENTENCE"]
    assert row["events_since"] == 5


def test_mr_b_is_to_be_seen_today_from_his_partner_s_call_and_was_last_seen_183_days_ago(kw, prison) -> None:
    mr_b(prison)
    prison.event(MR_B, "RELATIONSHIP", "2026-03-18", at="17:30")

    before, on_the_day, found = (first(kw, f"2026-03-{day}") for day in (17, 18, 20))

    assert (before["see_today"], before["tier"]) == (False, None)
    assert (on_the_day["see_today"], on_the_day["tier"], on_the_day["days"]) == (True, 1, 183)
    assert (found["see_today"], found["days"]) == (True, 185)
