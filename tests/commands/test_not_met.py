"""`kw not-met`: prisoners whose current key worker has never met them, whoever else did (help: gap)."""

import json

import pytest

from factories import world


def rows(said):
    """The rows of a report in JSON."""
    return json.loads(said.out)["rows"]


@pytest.fixture
@world
def mr_b(prison):
    """Mr B and his three key workers: one session in all, with the first of them (help: two-men)."""
    for number in (1, 2, 3):
        prison.officer(f"KW{number}", name=f"Officer K{number}")
    prison.prisoner("A1234BB", arrived="2025-09-01", name="Mr B")
    prison.allocated("A1234BB", "KW1", "2025-09-03")
    prison.session("A1234BB", "KW1", "2025-09-16", 40)
    prison.allocated("A1234BB", "KW2", "2025-11-10")
    prison.allocated("A1234BB", "KW3", "2026-01-19")
    return prison


def test_on_20_march_mr_b_has_not_been_met_by_his_key_worker_for_60_days(kw, mr_b):
    (row,) = rows(kw("not-met --as-of 2026-03-20 --format json"))

    assert row["days"] == 60
    assert row["key_worker"] == {"staff_id": "KW3", "name": "Officer K3"}
    assert (row["allocated_on"], row["allocated_by"], row["acknowledged_on"]) == ("2026-01-19", "tester", None)
    assert (row["last_session_on"], row["last_session_by"]["staff_id"]) == ("2025-09-16", "KW1")


def test_the_page_says_who_saw_him_last_and_that_the_allocation_was_not_acknowledged(kw, mr_b):
    said = kw("not-met --as-of 2026-03-20")

    assert "Officer K1" in said.out
    assert "1 of 1 prisoner with a key worker; the longest for 60 days" in said.out
    assert "Allocation not acknowledged: 1." in said.out


def test_a_session_with_another_key_worker_does_not_take_him_off_the_list(kw, mr_b):
    mr_b.session("A1234BB", "KW2", "2026-03-10")

    (row,) = rows(kw("not-met --as-of 2026-03-20 --format json"))

    assert (row["days"], row["last_session_by"]["staff_id"]) == (60, "KW2")


def test_a_session_on_the_day_of_the_allocation_does(kw, mr_b):
    mr_b.session("A1234BB", "KW3", "2026-01-19")

    assert rows(kw("not-met --as-of 2026-03-20 --format json")) == []


def test_a_session_before_the_allocation_does_not(kw, mr_b):
    mr_b.session("A1234BB", "KW3", "2026-01-18")

    assert len(rows(kw("not-met --as-of 2026-03-20 --format json"))) == 1


@pytest.mark.parametrize("what", [{"minutes": 14}, {"type": "KE"}, {"outcome": "REFUSED"}])
def test_what_is_no_counted_session_is_no_meeting(kw, mr_b, what):
    mr_b.session("A1234BB", "KW3", "2026-02-03", **what)

    assert len(rows(kw("not-met --as-of 2026-03-20 --format json"))) == 1


def test_the_longest_allocated_comes_first_and_a_prisoner_without_a_key_worker_is_only_counted(kw, mr_b):
    mr_b.prisoner("B1234BB", arrived="2026-01-01", name="Bo Recent")
    mr_b.allocated("B1234BB", "KW1", "2026-03-01")
    mr_b.prisoner("C1234BB", arrived="2026-01-01", name="Cy None")

    said = kw("not-met --as-of 2026-03-20 --format json")

    assert [row["days"] for row in rows(said)] == [60, 19]
    assert json.loads(said.out)["summary"]["without_key_worker"] == 1


def test_a_key_worker_who_is_on_leave_is_labelled(kw, mr_b):
    mr_b.status("KW3", "UNAVAILABLE_ANNUAL_LEAVE", "2026-03-16", back="2026-03-30")

    assert "Officer K3, on leave, back Mon 30 Mar 2026" in kw("not-met --as-of 2026-03-20").out


def test_a_prisoner_away_overnight_is_labelled_with_where_he_is(kw, mr_b):
    mr_b.away("A1234BB", "2026-03-19", reason="COURT")

    assert "Out overnight, at court" in kw("not-met --as-of 2026-03-20").out


def test_a_prisoner_out_of_scope_is_left_out_and_named(kw, mr_b):
    mr_b.out_of_scope("A1234BB", "2026-03-19", "complex needs")

    said = kw("not-met --as-of 2026-03-20 --format json")

    assert rows(said) == []
    assert "out of scope, in no total: Mr B (A1234BB), complex needs" in said.err


def test_an_officer_can_ask_for_his_own_prisoners(kw, mr_b):
    assert len(rows(kw("not-met --key-worker KW3 --as-of 2026-03-20 --format json"))) == 1
    assert rows(kw("not-met --key-worker KW2 --as-of 2026-03-20 --format json")) == []
