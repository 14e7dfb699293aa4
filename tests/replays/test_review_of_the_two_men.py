"""The pack for the review of Mr A's death and of Mr B's: every number that was told of them (help: review, two-men)."""

import json
from pathlib import Path

import pytest

SAMPLE_DATA = Path(__file__).parents[2] / "sample_data"


@pytest.fixture
def pack(kw):
    """The pack of one of them, by parts."""
    said = kw(["import", str(SAMPLE_DATA)])
    assert said.code == 0, said.err

    def of(number: str) -> tuple[dict, dict, str]:
        report = json.loads(kw(f"review {number} --as-of 2026-05-14 --format json").out)
        words = kw(f"review {number} --as-of 2026-05-14").out
        return report["summary"], {section["name"]: section for section in report["sections"]}, words

    return of


def mornings(parts: dict) -> dict[tuple[str, str], dict]:
    return {(row["on"][5:], row["at"]): row for row in parts["mornings"]["rows"]}


def weeks(parts: dict, staff_id: str) -> list[tuple[str, float, int, int]]:
    rows = [row for row in parts["weeks"]["rows"] if row["key_worker"]["staff_id"] == staff_id]
    keys = ("required_minutes", "allocated_minutes", "worked_minutes")
    return [(row["week"], *(row[key] for key in keys)) for row in rows]


def test_mr_a_s_mornings_are_42_and_his_gap_49_days(pack) -> None:
    summary, parts, words = pack("A1001AA")

    assert (summary["days"], summary["mornings_overdue"]) == (49, 42)
    assert (summary["overdue_from"], summary["overdue_until"]) == ("2026-04-02", "2026-05-13")
    assert summary["serious_from"] == "2026-04-23"
    assert (
        "Overdue on 42 mornings, Thu 2 Apr to Wed 13 May, serious from Thu 23 Apr 2026; at the end of 41 days" in words
    )
    assert "he had had no key work for 49 days (7 weeks), since Wed 25 Mar 2026" in words
    found = mornings(parts)
    assert (found["04-01", "08:15"]["state"], found["04-02", "08:15"]["state"]) == ("due", "overdue")
    assert found["05-12", "08:15"]["why"] == "NO_TIME"
    assert found["05-12", "08:15"]["see_today"]


def test_on_his_last_morning_segregation_puts_mr_a_first_once_it_was_recorded(pack) -> None:
    _, parts, _ = pack("A1001AA")

    last = parts["mornings"]["rows"][-1]

    assert (last["on"], last["at"], last["place"], last["days"]) == ("2026-05-13", "09:53", 1, 49)
    assert last["markers"][0] == "SEG"


def test_mr_a_s_average_and_his_key_worker_s_weeks(pack) -> None:
    summary, parts, _ = pack("A1001AA")

    assert (summary["minutes_per_week"], summary["minutes_per_week_28_days"]) == (29.5, 0.0)
    rows = parts["weeks"]["rows"]
    of_officer_p = weeks(parts, "PQ01")
    assert sum(row["for_him_minutes"] > 0 for row in rows) == 12
    assert sum(row["complete"] for row in rows) == 18
    assert [week for week, _, allocated, _ in of_officer_p[:-1] if not allocated] == [
        f"2026-W{number}" for number in range(14, 20)
    ]
    assert of_officer_p[12:14] == [("2026-W14", 270, 0, 0), ("2026-W15", 270, 0, 0)]
    w14 = next(row for row in rows if row["week"] == "2026-W14")
    assert (w14["prisoners"], w14["rota_published_on"]) == (6, "2026-03-27")


def test_mr_b_had_one_session_in_200_days_and_a_key_worker_he_never_met(pack) -> None:
    summary, parts, words = pack("B1002BB")

    assert (summary["days"], summary["required_minutes"], summary["delivered_minutes"]) == (185, 1286, 40)
    assert summary["percent"] == 3
    assert "was his key worker from Mon 19 Jan 2026 to Fri 20 Mar 2026 (60 days)" in words
    assert "met: never" in words
    assert "after 200 days" in words
    now = parts["key_workers"]["rows"][0]
    assert (now["allocated_on"], now["sessions"], now["acknowledged_on"]) == ("2026-01-19", 0, None)
    assert [row["allocated_on"] for row in parts["key_workers"]["rows"]] == ["2026-01-19", "2025-11-10", "2025-09-03"]


def test_mr_b_s_last_mornings_and_the_two_slots_that_were_dropped(pack) -> None:
    _, parts, words = pack("B1002BB")

    found = mornings(parts)
    assert (found["03-18", "08:15"]["days"], found["03-20", "08:15"]["days"]) == (183, 185)
    assert found["03-20", "08:15"]["why"] == "LOST"
    assert found["03-19", "08:15"]["markers"][0] == "RELATIONSHIP"
    assert "8 whole weeks, 2026-W04 to 2026-W11: required 1,800, detailed 270, worked 0." in words
    lost = [row for row in parts["weeks"]["rows"] if row["lost_minutes"] and row["week"] >= "2026-W04"]
    assert [row["week"] for row in lost] == ["2026-W05", "2026-W09"]
    assert {row["prisoners"] for row in lost} == {5}
