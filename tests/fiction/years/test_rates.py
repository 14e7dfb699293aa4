"""The standard prison has the rates it was drawn with, within what chance allows (help: fictional-prison)."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from fiction.prison_files import AS_OF, PrisonFiles, Row, day, holds, is_there, minutes_of

FIRST_DAY = date(2025, 5, 12)
WEEKS = (AS_OF - FIRST_DAY).days / 7
QUARTERS = tuple(FIRST_DAY + timedelta(days=days) for days in (70, 160, 250, 330, 365))


def shares(counted: Mapping[str, int]) -> dict[str, float]:
    return {code: number / sum(counted.values()) for code, number in counted.items()}


@pytest.fixture(scope="module")
def arrivals(standard: PrisonFiles) -> list[Row]:
    """The stays that began in the year and whose first week is over."""
    return [row for row in standard.stays if FIRST_DAY <= day(row["arrived_on"]) <= AS_OF - timedelta(days=8)]


def test_600_prisoners_are_present_with_92_key_workers_and_places_for_a_few_more(standard: PrisonFiles) -> None:
    assert len(standard.present(AS_OF)) == 600
    assert len(standard.officers) == 92
    assert all(5 <= int(row["capacity"]) <= 9 for row in standard.officers.values())
    assert 600 <= sum(int(row["capacity"]) for row in standard.officers.values()) <= 640
    assert standard.expected["sizes"] == {"prisons": 1, "men_present": 600, "officers": 92}
    assert {row["location"].split("-")[0] for row in standard.stays} == {"A", "B", "C", "D", "E"}


def test_42_prisoners_arrive_a_week_hardly_any_at_the_weekend_and_stay_nine_weeks(arrivals: list[Row]) -> None:
    assert len(arrivals) / WEEKS == pytest.approx(42, abs=3)
    assert sum(day(row["arrived_on"]).weekday() > 4 for row in arrivals) / len(arrivals) < 0.08
    early = [row for row in arrivals if day(row["arrived_on"]) < date(2025, 11, 1)]
    stays = sorted((day(row["left_on"] or str(AS_OF)) - day(row["arrived_on"])).days for row in early)
    assert stays[len(stays) // 2] / 7 == pytest.approx(9, abs=1)


def test_most_are_allocated_by_day_1_and_a_third_are_met_by_day_3(standard: PrisonFiles, arrivals: list[Row]) -> None:
    allocated, met = Counter[int](), Counter[int]()
    for stay in arrivals:
        number, arrived_on, left_on = (
            stay["prison_number"],
            day(stay["arrived_on"]),
            day(stay["left_on"] or "9999-01-01"),
        )
        given = [day(row["allocated_on"]) for row in standard.allocations_of[number]]
        allocated[min((on - arrived_on).days for on in [*given, date.max] if on >= arrived_on)] += 1
        seen = standard.counted(number, arrived_on, left_on)
        met[(seen[0] - arrived_on).days if seen else 999] += 1
    total = len(arrivals)
    assert sum(number for days, number in allocated.items() if days <= 1) / total == pytest.approx(0.70, abs=0.04)
    assert sum(number for days, number in allocated.items() if days <= 3) / total == pytest.approx(0.90, abs=0.04)
    assert sum(number for days, number in met.items() if days <= 3) / total == pytest.approx(0.35, abs=0.04)
    assert sum(number for days, number in met.items() if days <= 7) / total == pytest.approx(0.60, abs=0.05)


def test_outcomes_and_minutes_have_their_shares(standard: PrisonFiles) -> None:
    individual = [row for row in standard.sessions if row["type"] == "KS"]
    outcomes = shares(Counter(row["outcome"] for row in individual))
    for outcome, share in (("COMPLETED", 0.88), ("REFUSED", 0.06), ("DID_NOT_ATTEND", 0.04), ("CANCELLED", 0.02)):
        assert outcomes[outcome] == pytest.approx(share, abs=0.015)
    minutes = [int(row["minutes"]) for row in individual if row["outcome"] == "COMPLETED"]
    for shortest, longest, share in ((15, 20, 0.18), (21, 30, 0.37), (31, 45, 0.35), (46, 60, 0.10)):
        found = sum(shortest <= length <= longest for length in minutes) / len(minutes)
        assert found == pytest.approx(share, abs=0.02)


def test_there_is_about_one_session_or_entry_a_prisoner_and_week(standard: PrisonFiles) -> None:
    prisoner_weeks = sum(len(standard.present(FIRST_DAY + timedelta(weeks=week))) for week in range(52))
    assert len(standard.sessions) / prisoner_weeks == pytest.approx(1, abs=0.06)


def test_seven_in_ten_sessions_are_recorded_the_same_day(standard: PrisonFiles) -> None:
    same_day = sum(row["recorded_at"][:10] == row["held_on"] for row in standard.sessions)
    assert same_day / len(standard.sessions) == pytest.approx(0.70, abs=0.02)


def required_by_wing(prison: PrisonFiles) -> Counter[str]:
    """The minutes owed by the officers of each wing, nights away left in: they are one in a hundred."""
    owed = Counter[str]()
    for row in prison.allocations:
        first = max(day(row["allocated_on"]), FIRST_DAY)
        last = min(day(row["ended_on"] or "9999-12-31"), AS_OF + timedelta(days=1))
        owed[prison.officers[row["staff_id"]]["wing"]] += max((last - first).days, 0) * 45 // 7
    return owed


def test_60_percent_is_published_70_percent_of_it_worked_and_staffing_takes_most_of_the_rest(
    standard: PrisonFiles,
) -> None:
    required = required_by_wing(standard).total()
    past = [row for row in standard.rota if day(row["date"]) <= AS_OF]
    worked = [row for row in past if row["status"] == "WORKED"]
    assert minutes_of(past) / required == pytest.approx(0.60, abs=0.03)
    assert len(worked) / len(past) == pytest.approx(0.70, abs=0.03)
    assert minutes_of(worked) / required == pytest.approx(0.42, abs=0.03)
    lost = shares(Counter(row["reason"] for row in past if row["status"] == "REDEPLOYED"))
    for reason, share in (("STAFFING", 0.60), ("ESCORT", 0.25), ("INCIDENT", 0.10), ("TRAINING", 0.05)):
        assert lost[reason] == pytest.approx(share, abs=0.03)


def test_delivery_runs_from_65_percent_on_one_wing_to_20_on_another(standard: PrisonFiles) -> None:
    required, delivered = required_by_wing(standard), Counter[str]()
    for row in standard.sessions:
        delivered[standard.officers[row["staff_id"]]["wing"]] += int(row["minutes"])
    rates = {wing: delivered[wing] / required[wing] for wing in required}
    assert max(rates, key=lambda wing: rates[wing]) == "B"
    assert rates["B"] == pytest.approx(0.65, abs=0.04)
    assert min(rates, key=lambda wing: rates[wing]) == "D"
    assert rates["D"] == pytest.approx(0.20, abs=0.04)
    assert delivered.total() / required.total() < 0.42


def test_what_happens_in_a_week_has_its_rate(standard: PrisonFiles) -> None:
    weekly = {code: number / WEEKS for code, number in Counter(row["code"] for row in standard.events).items()}
    assert weekly["SELF_HARM"] == pytest.approx(7, abs=1)
    assert weekly["VIOLENCE_TO_PRISONER"] + weekly["VIOLENCE_TO_STAFF"] == pytest.approx(4, abs=0.8)
    assert weekly["ADJUDICATION"] == pytest.approx(25, abs=2)


def test_two_or_three_in_a_hundred_are_on_acct_and_five_on_basic(standard: PrisonFiles) -> None:
    on_acct = on_basic = prisoners = 0
    for on in QUARTERS:
        here = {row["prison_number"]: day(row["arrived_on"]) for row in standard.present(on)}
        prisoners += len(here)
        on_acct += sum(
            row["prison_number"] in here
            and day(row["opened_on"]) <= on
            and not (row["closed_on"] and day(row["closed_on"]) <= on)
            for row in standard.rows("acct")
        )
        on_basic += sum(
            row["code"] == "BASIC"
            and here.get(row["prison_number"], date.max) <= day(row["on"]) <= on
            and not (row["until"] and day(row["until"]) <= on)
            for row in standard.events
        )
    assert 0.018 <= on_acct / prisoners <= 0.032
    assert on_basic / prisoners == pytest.approx(0.05, abs=0.01)


def test_six_to_ten_prisoners_are_in_segregation_on_any_day(standard: PrisonFiles) -> None:
    moves = sorted(standard.rows("moves"), key=lambda row: row["moved_on"])
    for on in QUARTERS:
        place = {row["prison_number"]: row["location"] for row in moves if day(row["moved_on"]) <= on}
        assert 6 <= sum(place.get(row["prison_number"]) == "SEG" for row in standard.present(on)) <= 10


def test_every_prisoner_in_prison_has_a_key_worker_but_a_few(standard: PrisonFiles) -> None:
    held = {row["prison_number"] for row in standard.allocations if holds(row, AS_OF)}
    without = [
        row for row in standard.present(AS_OF) if row["prison_number"] not in held and not row["out_of_scope_from"]
    ]
    assert 1 <= len(without) <= 20


def test_notes_are_good_adequate_thin_or_said_before(standard: PrisonFiles) -> None:
    notes = [row["note"] for row in standard.sessions if row["type"] == "KS" and row["outcome"] == "COMPLETED"]
    good = sum(len(note.split()) >= 40 and "He said" in note for note in notes)
    thin = sum(len(note.split()) <= 12 for note in notes)
    assert all(notes)
    assert good / len(notes) == pytest.approx(0.35 / 0.93, abs=0.03)  # some are written twice
    assert thin / len(notes) == pytest.approx(0.18 / 0.93, abs=0.03)


def test_nobody_is_there_who_is_not(standard: PrisonFiles) -> None:
    for on in QUARTERS:
        assert 550 <= sum(is_there(row, on) for row in standard.stays) <= 615
