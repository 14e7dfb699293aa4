"""Beside an average stands the longest gap, of those who are here; who is out overnight is named apart.

help: time-budget, figures.
"""

import json

import pytest


@pytest.fixture
def one_in_hospital(prison):
    """Two prisoners of one officer; the one with the longer gap is in hospital."""
    prison.officer("KW1", name="Ann Ashdown")
    for number, arrived in (("A0001AA", "2026-03-02"), ("A0002AA", "2026-04-06")):
        prison.prisoner(number, name="Sam Alder" if number == "A0001AA" else "Bob Beech", arrived=arrived)
        prison.allocated(number, "KW1", "2026-04-06")
    prison.away("A0001AA", "2026-05-09", reason="HOSPITAL")
    return prison


@pytest.mark.parametrize(
    ("report", "days", "gone"), [("stats", 37, 72), ("budget", 34, 69), ("caseload KW1", 37, None)]
)
def test_the_longest_gap_is_of_those_who_are_here(kw, one_in_hospital, report, days, gone):
    said = kw(f"{report} --as-of 2026-05-13 --format json")
    found = json.loads(said.out)
    summary = found["sheets"][0]["summary"] if "sheets" in found else found["summary"]

    assert summary["longest_gap_days"] == days
    shown = kw(f"{report} --as-of 2026-05-13")
    if gone:
        assert f"out overnight, beside the longest gap: Sam Alder (A0001AA), {gone} days" in shown.out + shown.err
    else:
        assert "the longest gap 37 days. Out overnight: 1." in shown.out
