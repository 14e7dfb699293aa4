"""When a point passes, and what is said of one that cannot be judged."""

import pytest

from keyworker_cli.rules.dates.months import Month
from keyworker_cli.rules.dates.periods import ask_period
from keyworker_cli.rules.notes.sample import SampleRead
from keyworker_cli.rules.oversight.compliance import ComplianceFacts, PointResult, Result, find_compliance
from keyworker_cli.rules.oversight.compliance_points import ALLOCATED, FIRST_DAYS
from keyworker_cli.rules.settings import Settings
from rules.budget.time_facts import day

NOTHING = ComplianceFacts(
    prisoners=[], starts=[], budgets=[], notes=[], sample=SampleRead(Month(2026, 4), 0, 0), needs=[], reviews=[]
)


@pytest.mark.parametrize(
    ("n", "of", "result", "percent"),
    [(6, 6, "pass", 100.0), (5, 6, "not", 83.3), (0, 6, "not", 0.0), (0, 0, "n/a", None), (1999.99, 2000, "not", 99.9)],
)
def test_a_point_passes_only_when_all_of_it_holds(n, of, result, percent):
    point = PointResult(ALLOCATED, n, of)

    assert (point.result.value, point.percent) == (result, percent)


def test_what_nothing_is_recorded_of_is_no_data_and_no_share():
    point = PointResult(ALLOCATED, 0, 6, known=False)

    assert (point.result, point.percent) == (Result.NO_DATA, None)


def test_with_nothing_recorded_no_point_passes_and_none_fails():
    points = find_compliance(NOTHING, as_of=day("2026-05-12"), settings=Settings())

    assert {one.result for one in points} == {Result.NOT_APPLICABLE}


def test_every_point_has_a_code_of_its_own_and_words_of_the_source():
    points = [one.point for one in find_compliance(NOTHING, as_of=day("2026-05-12"), settings=Settings())]

    assert len({point.code for point in points}) == len(points)
    assert all(point.quote and point.command.startswith("kw ") for point in points)


def test_a_point_says_the_setting_in_force():
    assert "by day 5," in FIRST_DAYS.words(Settings(first_meeting_days=5))


def test_the_days_of_its_notes_are_the_days_that_its_command_lists():
    period = ask_period(as_of=day("2026-05-12"))

    assert (period.last_on - period.first_on).days == 27  # kw notes check --since -27d
