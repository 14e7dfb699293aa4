"""What a prison of 600 needs for nobody to go without, and what the same minutes do where they are placed well."""

from itertools import pairwise

import pytest

from benchmarks.least_minutes import Row, levels, rows
from benchmarks.simulation import read_days, standard_prison

NOTICEABLE = 0.001


@pytest.fixture(scope="module")
def days(tmp_path_factory):
    return read_days(standard_prison(tmp_path_factory.mktemp("prison")))


@pytest.fixture(scope="module")
def found(days) -> dict[str, Row]:
    return {one.line.name: one for one in rows(days)}


def test_the_same_minutes_leave_fewer_over_7_days_where_rota_least_places_them(found) -> None:
    published = found["published as recorded, none dropped, `kw plan`"].line
    placed = found["the same minutes placed by `rota least`, `kw plan`"].line

    assert placed.share_over(7) < published.share_over(7)
    assert placed.share_over(14) < published.share_over(14)


def test_the_least_for_7_days_keeps_all_but_those_whom_nobody_could_foresee(found) -> None:
    assert found["least for 7 days, longest wait first"].line.share_over(7) < 0.01


def test_about_45_minutes_a_prisoner_and_week_is_what_7_days_take_with_sessions_of_45(found) -> None:
    assert 43 < found["least for 7 days, longest wait first"].minutes_each < 48
    assert found["least for 7 days, 30-minute sessions"].minutes_each < 37


def test_the_least_for_28_days_is_a_quarter_of_that(found) -> None:
    assert found["least for 28 days, longest wait first"].minutes_each < 12
    assert found["least for 28 days, longest wait first"].line.share_over(28) < 0.002


def test_no_further_slots_a_week_leave_noticeably_more_past_any_limit(days) -> None:
    past = [one.past for one in levels(days)]

    for few, many in pairwise(past):
        assert all(more <= fewer + NOTICEABLE for fewer, more in zip(few, many, strict=True))
