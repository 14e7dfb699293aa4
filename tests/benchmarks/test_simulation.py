"""With the same minutes `kw plan` leaves fewer prisoners unseen than were, and as few as the slots allow."""

import pytest

from benchmarks.simulation import Line, simulate, standard_prison


@pytest.fixture(scope="module")
def lines(tmp_path_factory) -> dict[str, Line]:
    found = simulate(standard_prison(tmp_path_factory.mktemp("prison")))
    names = [line.name for line in found]
    bound_30 = names.index("bound, prisoners called today first", names.index("kw plan, 30-minute sessions"))
    return {line.name: line for line in reversed(found)} | {"bound 30": found[bound_30]}


@pytest.mark.parametrize(
    ("planned", "bound"),
    [
        ("kw plan, 45-minute sessions", "bound, prisoners called today first"),
        ("kw plan, 30-minute sessions", "bound 30"),
    ],
)
def test_the_share_over_7_days_is_within_a_twentieth_of_the_bound(lines, planned, bound) -> None:
    assert lines[bound].share_over(7) <= lines[planned].share_over(7) <= 1.05 * lines[bound].share_over(7)


def test_with_sessions_as_long_as_they_are_nobody_goes_28_days_unseen_once_the_backlog_is_gone(lines) -> None:
    assert lines["kw plan, 30-minute sessions"].share_over(28) < 0.001


def test_fewer_prisoners_go_28_days_unseen_than_were_recorded_and_more_arrivals_are_met_in_time(lines) -> None:
    recorded = lines["as recorded, any time"]
    for name in ("kw plan, 45-minute sessions", "kw plan, 30-minute sessions"):
        assert lines[name].share_over(28) < recorded.share_over(28)
        assert lines[name].met / lines[name].arrivals > recorded.met / recorded.arrivals


def test_tiers_before_the_longest_gaps_would_leave_more_prisoners_unseen_for_28_days_than_were(lines) -> None:
    tiers_first = lines["45 minutes, see today, then tiers before long gaps"]
    assert tiers_first.share_over(28) > lines["as recorded, any time"].share_over(28)


def test_no_order_by_gap_alone_leaves_noticeably_fewer_unseen_for_28_days(lines) -> None:
    planned, gaps_alone = lines["kw plan, 45-minute sessions"], lines["45 minutes, see today, then gaps alone"]
    assert planned.share_over(28) <= gaps_alone.share_over(28) + 0.002


@pytest.mark.parametrize("minutes", [45, 30])
@pytest.mark.parametrize("limit", [7, 14, 28])
def test_no_more_are_past_7_14_and_28_days_than_with_the_order_before(lines, minutes, limit) -> None:
    """To the tenth of a percentage point by which the two cannot be told apart: who has a new concern goes first."""
    now, before = lines[f"kw plan, {minutes}-minute sessions"], lines[f"the order before, {minutes} minutes"]
    assert now.share_over(limit) <= before.share_over(limit) + 0.0015
