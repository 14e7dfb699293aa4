"""`kw fewest`: who has had the fewest sessions a week (help: thin-contact)."""

import json
from datetime import date, timedelta

import pytest

from factories import world


@pytest.fixture
@world
def three_men(prison):
    """One seen every 24 days, one weekly, one who came five weeks ago."""
    prison.officer("SHAH", name="Nadia Shah")
    for number, arrived in (("A1111BC", "2025-09-01"), ("A2222BC", "2025-09-01"), ("A3333BC", "2026-04-06")):
        prison.man(number, arrived=arrived, name=f"Man {number}")
    for on in ("2026-02-20", "2026-03-16", "2026-04-09", "2026-05-03"):
        prison.session("A1111BC", "SHAH", on)
    for week in range(12):
        prison.session("A2222BC", "SHAH", (date(2026, 2, 18) + timedelta(weeks=week)).isoformat(), at="10:00")
    return prison


def rows(said):
    return {row["prison_number"]: row for row in json.loads(said.out)["rows"]}


def test_the_man_who_is_always_overdue_and_never_serious_comes_first(kw, three_men):
    found = rows(kw("fewest --format json"))

    assert next(iter(found)) == "A1111BC"
    assert (found["A1111BC"]["sessions"], found["A1111BC"]["weeks"]) == (4, 12.0)
    assert found["A1111BC"]["sessions_per_week"] == 0.33


def test_fewer_than_six_weeks_say_too_little(kw, three_men):
    assert "A3333BC" not in rows(kw("fewest --format json"))


def test_nights_away_are_no_weeks_of_his(kw, three_men):
    three_men.away("A1111BC", "2026-03-02", back="2026-03-30", reason="HOSPITAL")

    assert rows(kw("fewest --format json"))["A1111BC"]["weeks"] == 8.0


def test_a_prison_without_anybody_says_so(kw, prison):
    assert "Nobody has been here for 6 of these weeks." in kw("fewest").out
