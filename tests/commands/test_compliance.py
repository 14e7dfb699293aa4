"""`kw compliance`: a line for each point of the policy and of the PPO, n of N, and the command that lists the rest."""

import json
from datetime import date

import pytest

from factories import Prison, world

ARRIVED = date(2026, 1, 5)


def points(said):
    assert said.code == 0, said.err
    return {row["point"]: row for row in json.loads(said.out)["rows"]}


def stands(row):
    return (row["n"], row["of"], row["result"])


@pytest.fixture
@world
def wing(prison: Prison) -> Prison:
    """Four prisoners: one seen weekly, one never met by his second key worker, one new and unmet, one unallocated."""
    prison.officer("SHAH")
    prison.officer("REED")
    for number in ("A0001AA", "A0002AA", "A0003AA", "A0004AA"):
        prison.prisoner(number, arrived="2026-05-01" if number == "A0003AA" else "2026-01-05")
    for number in ("A0001AA", "A0002AA"):
        prison.allocated(number, "SHAH", "2026-01-06")
    prison.allocated("A0003AA", "SHAH", "2026-05-02")
    prison.session("A0002AA", "SHAH", "2026-02-02")
    prison.allocated("A0002AA", "REED", "2026-03-02")
    for day in ("2026-04-20", "2026-04-27", "2026-05-04", "2026-05-11"):
        prison.session("A0001AA", "SHAH", day, at="09:00", note="He told me of his mother.")
        prison.slot("SHAH", day, status="WORKED")
    return prison


def test_each_prisoner_missing_is_missing_from_his_point(kw, wing):
    found = points(kw("compliance --format json"))

    assert stands(found["allocated"]) == (3, 4, "not")
    assert stands(found["own_met"]) == (1, 3, "not")
    assert stands(found["ever_seen"]) == (2, 4, "not")
    assert stands(found["first_days"]) == (0, 1, "not")
    assert stands(found["individual_time"]) == (1, 4, "not")


def test_a_point_passes_only_when_nobody_is_missing(kw, wing):
    wing.allocated("A0004AA", "REED", "2026-05-11")
    found = points(kw("compliance --format json"))["allocated"]

    assert stands(found) == (4, 4, "pass")
    assert found["passed"] is True


def test_a_prisoner_whose_key_worker_is_on_leave_is_without_cover(kw, wing):
    wing.status("REED", "UNAVAILABLE_ANNUAL_LEAVE", "2026-05-11", back="2026-05-25")

    assert stands(points(kw("compliance --format json"))["covered"]) == (2, 3, "not")


def test_a_prisoner_who_left_unmet_stays_among_the_arrivals(kw, wing):
    wing.left("A0003AA", "2026-05-09")
    found = points(kw("compliance --format json"))

    assert stands(found["first_days"]) == (0, 1, "not")
    assert stands(found["own_first_days"]) == (0, 0, "n/a")


def test_an_arrival_still_in_his_first_days_is_not_held_against_anyone(kw, prison):
    prison.prisoner(arrived="2026-05-10")
    found = points(kw("compliance --format json"))

    assert stands(found["first_days"]) == (0, 0, "n/a")
    assert stands(found["ever_seen"]) == (0, 0, "n/a")


def test_time_is_minutes_of_minutes_and_of_officers_how_many(kw, wing):
    found = points(kw("compliance --format json"))

    # Four prisoners, 13 Apr to 10 May: three for 28 days, one for the 10 from 1 May; of four slots the last is after
    # it.
    required = round(45 * (3 * 28 + 10) / 7, 1)
    assert stands(found["time_given"]) == (405, required, "not")
    assert stands(found["time_worked"]) == (405, required, "not")
    assert stands(found["time_spent"]) == (135, required, "not")
    assert stands(found["time_each"]) == (1, 2, "not")  # Officer Reed has a prisoner and no slot


def test_without_any_rota_the_time_is_no_data_not_zero(kw, prison):
    prison.prisoner(arrived="2026-01-05")
    prison.officer()
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    found = points(kw("compliance --format json"))["time_given"]

    assert (found["n"], found["result"], found["passed"]) == (None, "no data", None)
    assert "no data" in kw("compliance").out


def test_an_acct_review_that_says_nothing_of_the_key_worker_is_one_without_him(kw, wing):
    wing.acct("A0001AA", "2026-04-20")
    wing.review("A0001AA", "2026-04-27", held="2026-04-27", key_worker_invited=True, key_worker_contribution="WROTE")
    wing.review("A0001AA", "2026-05-04", held="2026-05-04")
    found = points(kw("compliance --format json"))

    assert stands(found["acct_invited"]) == (1, 2, "not")
    assert stands(found["acct_involved"]) == (1, 2, "not")


def test_a_need_past_its_day_is_missing(kw, wing):
    wing.need("A0001AA", "2026-04-20", "Ring his solicitor", due="2026-04-30")
    wing.need("A0001AA", "2026-04-20", "Gym induction", due="2026-05-30")

    assert stands(points(kw("compliance --format json"))["needs_in_time"]) == (1, 2, "not")


def test_a_session_without_a_note_is_missing_once_the_note_was_due(kw, wing):
    wing.session("A0001AA", "SHAH", "2026-05-01", at="09:00")

    assert stands(points(kw("compliance --format json"))["notes_written"]) == (4, 5, "not")


def test_an_empty_prison_has_nothing_to_judge_and_no_percentage(kw, prison):
    found = points(kw("compliance --format json"))

    assert {row["result"] for row in found.values()} == {"n/a"}
    assert {row["percent"] for row in found.values()} == {None}


def test_almost_all_is_never_rounded_up_to_all(kw, prison):
    prison.officer()
    with prison._change("2026-01-05") as change:
        for number in range(2001):
            prisoner = change.add_person(
                prison_number=f"B{number:04}BB", last_name=f"Man{number}", first_name="John", date_of_birth=None
            )
            change.open_stay(prisoner, arrived_on=ARRIVED, arrival_type="RECEPTION", location="B-1-001")
            if number:
                change._add(
                    "allocation",
                    f"B{number:04}BB",
                    person_id=prisoner,
                    key_worker_id=prison.workers["SHAH"],
                    allocated_on=ARRIVED,
                    allocation_reason="MANUAL",
                )
    row = points(kw("compliance --format json"))["allocated"]

    assert (row["n"], row["of"], row["percent"], row["result"]) == (2000, 2001, 99.9, "not")


def test_no_share_stands_without_its_numbers(kw, wing):
    for line in kw("compliance").out.splitlines():
        if "%" in line:
            assert " of " in line


def test_each_point_that_does_not_pass_names_the_command_that_lists_the_rest(kw, wing):
    said = kw("compliance --wing B")

    part = said.out.partition("Who and what is missing")[2]
    assert "1 prisoner " in part
    assert "kw unallocated --wing B" in part
    assert "kw not-met --wing B" in part


def test_every_command_it_names_can_be_typed(kw, wing):
    for row in points(kw("compliance --key-worker SHAH --format json")).values():
        assert kw(row["command"].removeprefix("kw ")).code == 0, row["command"]


def test_the_lists_it_names_have_as_many_as_it_says(kw, wing):
    missing = {point: row["missing"] for point, row in points(kw("compliance --format json")).items()}

    def listed(line):
        return len(json.loads(kw(f"{line} --format json").out)["rows"])

    assert listed("unallocated") == missing["allocated"]
    assert listed("not-met") == missing["own_met"]
    assert listed("overdue") == missing["individual_time"]
    assert listed("first-meetings") == missing["ever_seen"]


def test_fail_says_whether_any_point_does_not_pass(kw, prison, wing):
    assert kw("compliance --fail").code == 3


def test_fail_is_quiet_where_nothing_is_missing(kw, prison):
    assert kw("compliance --fail").code == 0


def test_a_prisoner_out_of_scope_is_named_because_the_policy_says_all(kw, wing):
    wing.out_of_scope("A0004AA", "2026-03-01", "resettlement unit")
    said = kw("compliance --format json")

    assert stands(points(said)["allocated"]) == (3, 3, "pass")
    assert "A0004AA" in said.err
