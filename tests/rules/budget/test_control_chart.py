"""A week against a wing's own history: beyond three sigma, eight weeks on one side, or only counts."""

import pytest

from keyworker_cli.rules.budget.control_chart import Signal, Tally, read_chart

PRISONER_DAYS = 700


def signal(*sessions: int, days: int = PRISONER_DAYS) -> Signal | None:
    chart = read_chart(Tally(sessions, (days,) * len(sessions)))
    return chart.signal if chart else None


@pytest.mark.parametrize(
    ("last", "found"),
    [(100, Signal.NONE), (71, Signal.NONE), (69, Signal.BELOW), (129, Signal.NONE), (131, Signal.ABOVE)],
)
def test_a_week_is_a_change_beyond_three_sigma_of_what_the_weeks_before_let_expect(last: int, found: Signal) -> None:
    assert signal(*[100] * 8, *[100] * 7, last) is found


def test_eight_weeks_all_below_are_a_change_though_none_alone_is() -> None:
    assert signal(*[100] * 8, *[95] * 8) is Signal.RUN_BELOW
    assert signal(*[100] * 8, *[95] * 7, 100) is Signal.NONE
    assert signal(*[100] * 8, *[105] * 8) is Signal.RUN_ABOVE


def test_under_five_expected_only_the_counts_are_said() -> None:
    assert signal(*[4] * 15, 0) is Signal.TOO_FEW


def test_without_eight_weeks_of_history_or_anybody_there_is_no_chart() -> None:
    assert read_chart(Tally((100,) * 12, (PRISONER_DAYS,) * 12)) is None
    assert read_chart(Tally((100,) * 16, (PRISONER_DAYS,) * 15 + (0,))) is None


def test_a_week_with_half_the_prisoners_is_expected_to_have_half_the_sessions() -> None:
    chart = read_chart(Tally((100,) * 15 + (50,), (PRISONER_DAYS,) * 15 + (PRISONER_DAYS // 2,)))

    assert chart is not None
    assert (chart.signal, chart.expected) == (Signal.NONE, 50)


def test_sessions_for_each_prisoner_and_week_are_none_where_nobody_was_there() -> None:
    assert Tally((70, 3), (700, 0)).per_prisoner == (0.7, None)
