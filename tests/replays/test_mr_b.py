"""Mr B: one session in 200 days, and a key worker he had never met."""

import json

from replays.worlds import MR_B, mr_b


def test_on_the_day_he_was_found_he_had_not_been_seen_for_185_days(kw, prison) -> None:
    mr_b(prison)

    (row,) = json.loads(kw("overdue --days 7 --as-of 20/03/2026 --format json").out)["rows"]

    assert row["prison_number"] == MR_B
    assert (row["days"], row["state"], row["never_seen"]) == (185, "serious", False)
    assert (row["last_session_on"], row["last_session_by"]["name"]) == ("2025-09-16", "Officer K1")


def test_his_current_key_worker_had_never_met_him(kw, prison) -> None:
    mr_b(prison)

    (row,) = json.loads(kw("overdue --as-of 20/03/2026 --format json").out)["rows"]

    assert row["key_worker"]["name"] == "Officer K3"
    assert row["allocated_on"] == "2026-01-19"
    assert row["met_current_key_worker"] is False


def test_two_days_before_he_was_last_seen_183_days_ago(kw, prison) -> None:
    mr_b(prison)

    (row,) = json.loads(kw("overdue --as-of 18/03/2026 --format json").out)["rows"]

    assert row["days"] == 183
