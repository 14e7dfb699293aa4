"""`kw fewest`: who has had the fewest sessions a week (help: thin-contact)."""

import json
from datetime import date, timedelta

import pytest

from factories import world


@pytest.fixture
@world
def three_prisoners(prison):
    """One seen every 24 days, one weekly, one who came five weeks ago."""
    prison.officer("SHAH", name="Nadia Shah")
    for number, arrived in (("A1111BC", "2025-09-01"), ("A2222BC", "2025-09-01"), ("A3333BC", "2026-04-06")):
        prison.prisoner(number, arrived=arrived, name=f"Man {number}")
    for on in ("2026-02-20", "2026-03-16", "2026-04-09", "2026-05-03"):
        prison.session("A1111BC", "SHAH", on)
    for week in range(12):
        prison.session("A2222BC", "SHAH", (date(2026, 2, 18) + timedelta(weeks=week)).isoformat(), at="10:00")
    return prison


def rows(said):
    return {row["prison_number"]: row for row in json.loads(said.out)["rows"]}


def test_the_prisoner_who_is_always_overdue_and_never_serious_comes_first(kw, three_prisoners):
    found = rows(kw("fewest --format json"))

    assert next(iter(found)) == "A1111BC"
    assert (found["A1111BC"]["sessions"], found["A1111BC"]["weeks"]) == (4, 12.0)
    assert found["A1111BC"]["sessions_per_week"] == 0.33
    assert "4 in 12.0 weeks: one every 21 days" in kw("fewest").out


def test_one_session_in_twelve_weeks_is_one_in_84_days(kw, prison):
    prison.officer("SHAH", name="Nadia Shah")
    prison.prisoner("A1111BC", arrived="2025-09-01")
    prison.session("A1111BC", "SHAH", "2026-04-09")

    assert "1 in 12.0 weeks: one every 84 days" in kw("fewest").out


def test_fewer_than_six_weeks_say_too_little(kw, three_prisoners):
    assert "A3333BC" not in rows(kw("fewest --format json"))


def test_nights_away_are_no_weeks_of_his(kw, three_prisoners):
    three_prisoners.away("A1111BC", "2026-03-02", back="2026-03-30", reason="HOSPITAL")

    assert rows(kw("fewest --format json"))["A1111BC"]["weeks"] == 8.0


def test_a_prison_without_anybody_here_for_long_says_so(kw, prison):
    prison.prisoner("A1234BC", arrived="2026-05-04")

    assert "Nobody has been here for 6 of these weeks." in kw("fewest").out


def test_never_serious_names_whoever_is_seldom_seen_and_on_no_list_of_long_gaps(kw, three_prisoners):
    three_prisoners.session("A1111BC", "SHAH", "2026-01-27")

    found = rows(kw("fewest --never-serious --format json"))

    assert list(found) == ["A1111BC"], "since the session that ended the last serious gap"
    assert (found["A1111BC"]["sessions"], found["A1111BC"]["weeks"]) == (4, 15.0)


@pytest.mark.parametrize(("gone_by", "listed"), [("2026-04-13", True), ("2026-04-14", False)])
def test_one_serious_gap_in_the_last_twelve_weeks_takes_him_off_it(kw, prison, gone_by, listed):
    prison.officer("SHAH")
    prison.prisoner("A1111BC", arrived="2025-09-01")
    for on in ("2025-10-01", "2025-10-28", "2025-11-24", "2025-12-20", "2026-01-16", "2026-02-12", "2026-03-16"):
        prison.session("A1111BC", "SHAH", on)
    prison.session("A1111BC", "SHAH", gone_by)
    prison.session("A1111BC", "SHAH", "2026-05-10")

    assert ("A1111BC" in rows(kw("fewest --never-serious --format json"))) is False
    prison.session("A1111BC", "SHAH", "2026-02-28")

    assert ("A1111BC" in rows(kw("fewest --never-serious --format json"))) is listed


def test_of_an_empty_prison_it_is_not_said_that_nobody_is_seldom_seen(kw, prison) -> None:
    said = kw("fewest --never-serious")

    assert "There are no prisoners here in kw." in said.out
    assert "Nobody" not in said.out
