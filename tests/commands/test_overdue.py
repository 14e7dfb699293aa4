"""`kw overdue`: who has not been seen, longest first, and why."""

import json


def test_a_prisoner_never_seen_is_overdue_from_arrival(kw, prison):
    prison.prisoner("A1234BC", arrived="2026-05-02")

    said = kw("overdue --format json")

    (row,) = json.loads(said.out)["rows"]
    assert (row["days"], row["state"], row["never_seen"], row["why"]) == (10, "overdue", True, "UNALLOCATED")


def test_a_prisoner_seen_yesterday_is_on_no_list(kw, prison):
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.officer("SHAH")
    prison.session("A1234BC", "SHAH", "2026-05-11")

    said = kw("overdue")

    assert said.code == 0
    assert "Nobody. The one prisoner here has had key work" in said.out
