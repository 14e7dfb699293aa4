"""Minutes that are not known are no 0: the session counts for the gap, and is in no sum, which says so."""

import json

import pytest

from factories import world


def answer(kw, line: str) -> dict:
    said = kw(f"{line} --as-of 2026-05-12 --format json")
    assert said.code == 0, said.err
    return json.loads(said.out)


@pytest.fixture
@world
def of_unknown_length(prison):
    """A prisoner seen on 6 May, nobody knows for how long."""
    prison.prisoner("A1234BC", arrived="2026-04-01")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2026-04-02")
    prison.session("A1234BC", "SHAH", "2026-05-06", minutes=None)
    return prison


def test_it_ends_the_gap_and_meets_the_key_worker(kw, of_unknown_length) -> None:
    assert answer(kw, "overdue")["rows"] == []
    assert answer(kw, "not-met")["rows"] == []
    assert answer(kw, "why A1234BC")["summary"]["days"] == 6


def test_of_nothing_else_a_sum_is_no_data_and_never_0(kw, of_unknown_length) -> None:
    budget, stats = answer(kw, "budget --weeks 1"), answer(kw, "stats")["summary"]
    summary = budget["summary"]
    assert (summary["sessions"], summary["delivered_minutes"], summary["individual_minutes"]) == (1, None, None)
    assert (summary["minutes_not_known"], summary["delivered_per_prisoner_week"]) == (1, None)
    assert (stats["sessions"], stats["minutes"], stats["minutes_per_prisoner_week"]) == (1, None, None)
    assert stats["minutes_not_known"] == 1
    assert "no data" in kw("budget --weeks 1 --as-of 2026-05-12").out


def test_beside_a_sum_stands_how_many_it_leaves_out(kw, of_unknown_length) -> None:
    of_unknown_length.session("A1234BC", "SHAH", "2026-05-08", 30)

    summary = answer(kw, "budget --weeks 1")["summary"]
    assert (summary["delivered_minutes"], summary["minutes_not_known"]) == (30, 1)
    left_out = "minutes not known of 1 session or entries: counted, in no sum of minutes"
    assert left_out in kw("budget --weeks 1 --as-of 2026-05-12").err
    assert left_out in kw("stats --as-of 2026-05-12").err
    assert "minutes not known" in kw("timeline A1234BC --as-of 2026-05-12").out


def test_his_own_average_is_no_data_too(kw, of_unknown_length) -> None:
    report = answer(kw, "why A1234BC")
    (stay, _) = next(one["rows"] for one in report["sections"] if one["name"] == "average")
    assert (stay["delivered_minutes"], stay["minutes_per_week"], stay["minutes_not_known"]) == (None, None, 1)
    assert "no data, the minutes of 1 session are not known" in kw("timeline A1234BC --as-of 2026-05-12").out


def test_the_time_spent_cannot_be_judged_by_it(kw, of_unknown_length) -> None:
    rows = answer(kw, "compliance")["rows"]
    (spent,) = [row for row in rows if "to spend an average" in str(row)]
    assert (spent["result"], spent["percent"], spent["passed"]) == ("no data", None, None)


# --- sessions with prisoners out of scope ---


def test_a_session_with_a_prisoner_out_of_scope_is_in_no_total_and_counted_once_apart(kw, prison) -> None:
    prison.prisoner("A1234BC", arrived="2026-04-01")
    prison.prisoner("B2345CD", arrived="2026-04-01", name="Ben Birch")
    prison.officer("SHAH")
    prison.out_of_scope("B2345CD", "2026-04-10", "resettlement unit")
    prison.session("A1234BC", "SHAH", "2026-05-06", 30, at="09:00")
    prison.session("B2345CD", "SHAH", "2026-05-06", 40, at="14:00")

    summary = answer(kw, "budget --weeks 1")["summary"]
    assert (summary["sessions"], summary["delivered_minutes"], summary["sessions_out_of_scope"]) == (1, 30, 1)
    stats = answer(kw, "stats")["summary"]
    assert (stats["sessions"], stats["minutes"], stats["sessions_out_of_scope"]) == (1, 30, 1)
    apart = "with prisoners out of scope 1 session or entries: in no total"
    assert apart in kw("budget --weeks 1 --as-of 2026-05-12").err
    assert apart in kw("stats --as-of 2026-05-12").err


def test_it_is_so_too_of_one_who_left_on_the_first_day_of_the_window(kw, prison) -> None:
    prison.prisoner("A1234BC", arrived="2026-04-01")
    prison.prisoner("B2345CD", arrived="2026-04-01", name="Ben Birch")
    prison.officer("SHAH")
    prison.out_of_scope("B2345CD", "2026-04-10", "resettlement unit")
    prison.left("B2345CD", "2026-05-04")
    prison.session("B2345CD", "SHAH", "2026-05-04", 40)

    summary = answer(kw, "budget --weeks 1")["summary"]
    assert (summary["sessions"], summary["sessions_out_of_scope"]) == (0, 1)
    assert summary["required_minutes"] == 45  # he had no night in it
    stats = answer(kw, "stats --since 2026-05-04 --until 2026-05-12")["summary"]
    assert (stats["sessions"], stats["sessions_out_of_scope"]) == (0, 1)
    assert (stats["prisoners_average"], stats["prisoners_not_seen"]) == (1, 1)
