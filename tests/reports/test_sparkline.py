"""Eight figures as eight small bars."""

import pytest

from keyworker_cli.reports.sparkline import sparkline


def test_the_bars_rise_with_the_figures():
    assert sparkline([0, 15, 30, 45], most=45) == "▁▃▆█"


def test_what_is_missing_never_looks_like_zero():
    assert sparkline([None, 0, None], most=45) == "·▁·"


def test_more_than_the_full_height_is_full_height():
    assert sparkline([45, 90], most=45) == "██"


def test_a_scale_of_nothing_draws_the_lowest_bar():
    assert sparkline([0, 3], most=0) == "▁▁"


@pytest.mark.parametrize("share", range(8))
def test_each_eighth_has_a_bar_of_its_own(share):
    assert sparkline([share], most=7) == "▁▂▃▄▅▆▇█"[share]
