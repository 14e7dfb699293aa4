"""Cover: an absent key worker is none, his prisoners may go to others, and they come back when he does (help:
allocation).
"""

import json
from datetime import date, timedelta

import pytest

from factories import world

TODAY = date(2026, 5, 12)
PRISONERS = {"A0001AA": "Adam Young", "A0002AA": "Ben Old", "A0003AA": "Cal Late"}


def report(said):
    return json.loads(said.out)


def key_workers(kw):
    """The staff id of each prisoner's key worker, by his number."""
    return {
        row["prison_number"]: row["key_worker"] and row["key_worker"]["staff_id"]
        for row in report(kw("prisoner list --format json"))["rows"]
    }


@world
def back_today(prison):
    """Officer Shah's three prisoners, without cover while he was on leave; and Officer Reed."""
    prison.officer("SHAH")
    prison.officer("REED")
    for number, name in PRISONERS.items():
        prison.prisoner(number, name=name, arrived="2026-03-02")
        prison.allocated(number, "SHAH", "2026-03-03")
    prison.status("SHAH", "UNAVAILABLE_ANNUAL_LEAVE", "2026-05-06", back="2026-05-12")


@pytest.fixture
def covered(kw, prison):
    """Officer Shah's three prisoners, given to Officer Reed on Fri 8 May while he was on leave, back today."""
    back_today(prison)
    assert kw("allocate --from SHAH --yes --as-of 2026-05-08").code == 0
    return prison


# --- his prisoners while he is away ---


@pytest.fixture
@world
def on_leave(prison):
    """Officer Shah with two prisoners, on leave since Wed 6 May."""
    prison.officer("SHAH")
    for number in ("A0001AA", "A0002AA"):
        prison.prisoner(number, name=PRISONERS[number], arrived="2026-03-02")
        prison.allocated(number, "SHAH", "2026-03-03")
    prison.status("SHAH", "UNAVAILABLE_ANNUAL_LEAVE", "2026-05-06", back="2026-05-20")
    return prison


@pytest.mark.parametrize(
    "line", ["unallocated", "not-met", "allocate --dry-run", "worker list", "worker show SHAH", "caseload SHAH"]
)
def test_every_list_that_counts_allocated_prisoners_says_who_is_without_cover_and_for_how_long(kw, on_leave, line):
    said = kw(line)

    assert "2 prisoners with no cover for 6 days" in said.out
    assert "kw allocate --from SHAH" in said.out


def test_the_days_without_cover_run_from_the_allocation_where_that_came_later(kw, on_leave):
    on_leave.prisoner("A0003AA", name="Cal Late", arrived="2026-05-09")
    on_leave.allocated("A0003AA", "SHAH", "2026-05-10")

    uncovered = report(kw("unallocated --format json"))["summary"]["without_cover"]

    assert {prisoner["prison_number"]: prisoner["days"] for prisoner in uncovered} == {
        "A0001AA": 6,
        "A0002AA": 6,
        "A0003AA": 2,
    }


@pytest.mark.parametrize(
    ("back", "status", "next_slot"),
    [
        (TODAY - timedelta(days=1), "ACTIVE", "2026-05-12"),
        (TODAY, "ACTIVE", "2026-05-12"),
        (TODAY + timedelta(days=1), "UNAVAILABLE_ANNUAL_LEAVE", "2026-05-14"),
        (TODAY + timedelta(days=3), "UNAVAILABLE_ANNUAL_LEAVE", None),
    ],
    ids=["yesterday", "today", "tomorrow", "after his last slot"],
)
def test_a_leave_ends_by_itself_and_the_slots_before_his_return_do_not_count(kw, prison, back, status, next_slot):
    prison.officer("SHAH")
    prison.prisoner("A0001AA", name="Adam Young", arrived="2026-03-02")
    prison.allocated("A0001AA", "SHAH", "2026-03-03")
    prison.slot("SHAH", "2026-05-12")
    prison.slot("SHAH", "2026-05-14")
    prison.status("SHAH", "UNAVAILABLE_ANNUAL_LEAVE", "2026-05-01", back=back.isoformat())

    (officer,) = report(kw("worker list --format json"))["rows"]
    sheet = report(kw("caseload SHAH --format json"))["summary"]
    (prisoner,) = report(kw("overdue --format json"))["rows"]

    assert (officer["status"], officer["next_slot_on"]) == (status, next_slot)
    assert (sheet["status"], sheet["next_slot_on"]) == (status, next_slot)
    assert prisoner["next_slot_on"] == next_slot
    assert (prisoner["why"] == "WORKER_UNAVAILABLE") == (status != "ACTIVE")


# --- and when he is back ---


def test_his_prisoners_come_back_to_him_when_it_is_confirmed(kw, covered):
    said = kw("allocate --return SHAH", answers=["y"])

    assert said.code == 0
    assert "To come back to Officer Shah" in said.out
    assert "3 prisoners moved to others while they were not there." in said.out
    assert "back from cover: his key worker until Fri 8 May 2026" in said.out
    assert said.err.endswith("Save 3 allocations? [y/N] ")
    assert said.out.endswith("Saved 3 allocations.\nFor their new key workers to read, 3 in all: kw handover\n")
    assert set(key_workers(kw).values()) == {"SHAH"}


def test_they_come_back_by_a_persons_word_and_the_covers_allocations_end_replaced(kw, covered):
    kw("allocate --return SHAH --yes")

    now, cover, before = covered.store.queries.allocations_of(covered.people["A0001AA"])
    assert (now.staff_id, now.allocation_reason, str(now.allocated_on)) == ("SHAH", "MANUAL", "2026-05-12")
    assert (cover.staff_id, cover.end_reason, str(cover.ended_on)) == ("REED", "OVERRIDE", "2026-05-12")
    assert (before.staff_id, before.end_reason) == ("SHAH", "STAFF_STATUS_CHANGE")


def test_nothing_is_saved_without_a_yes(kw, covered):
    assert "nothing saved" in kw("allocate --return SHAH", answers=["n"]).err
    assert "nothing saved: add --yes" in kw("allocate --return SHAH").err
    assert "nothing saved: --dry-run" in kw("allocate --return SHAH --dry-run").err

    assert set(key_workers(kw).values()) == {"REED"}


def test_who_does_not_come_back_is_named_with_the_reason(kw, covered):
    covered.left("A0001AA", "2026-05-10")
    covered.deallocated("A0002AA", "2026-05-10")

    said = kw("allocate --return SHAH --yes --format json")

    assert "does not come back: Adam Young (A0001AA) is not here" in said.err
    assert "does not come back: Ben Old (A0002AA) has no key worker now: kw allocate recommends one" in said.err
    assert [row["prison_number"] for row in report(said)["rows"]] == ["A0003AA"]
    assert report(said)["rows"][0]["previous_key_worker"]["staff_id"] == "REED"
    assert key_workers(kw) == {"A0002AA": None, "A0003AA": "SHAH"}


def test_one_who_went_on_to_a_third_key_worker_comes_back_from_him(kw, covered):
    covered.officer("ODE")
    covered.allocated("A0001AA", "ODE", "2026-05-11")

    kw("allocate --return SHAH --yes")

    assert key_workers(kw)["A0001AA"] == "SHAH"


def test_a_second_time_there_is_nobody_to_bring_back(kw, covered):
    kw("allocate --return SHAH --yes")

    said = kw("allocate --return SHAH --yes")

    assert said.code == 0
    assert "Nobody. No prisoner who was moved from Officer Shah is with another key worker now." in said.out
    assert "is Officer Shah's again already" in said.err


def test_prisoners_moved_in_an_earlier_absence_stay_where_they_are(kw, prison):
    for staff_id in ("SHAH", "REED"):
        prison.officer(staff_id)
    prison.prisoner("A0001AA", name="Adam Young", arrived="2026-01-05")
    prison.allocated("A0001AA", "SHAH", "2026-01-06")
    prison.status("SHAH", "UNAVAILABLE_ANNUAL_LEAVE", "2026-02-02", back="2026-02-16")
    assert kw("allocate --from SHAH --yes --as-of 2026-02-03").code == 0
    prison.status("SHAH", "UNAVAILABLE_ANNUAL_LEAVE", "2026-05-04", back="2026-05-11")

    assert "Nobody." in kw("allocate --return SHAH").out


def test_one_who_is_still_away_gets_nobody_back(kw, covered):
    covered.status("SHAH", "UNAVAILABLE_LONG_TERM_ABSENCE", "2026-05-12")

    said = kw("allocate --return SHAH --yes")

    assert said.code == 5
    assert "Officer Shah (SHAH) is on long-term absence; nobody comes back yet." in said.err
    assert "hint: kw worker status SHAH active" in said.err


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("allocate --return NOBODY", 4, "there is no key worker 'NOBODY' in kw."),
        ("allocate --return SHAH --from REED", 2, "--return stands alone"),
        ("allocate --return SHAH --to REED", 2, "--return stands alone"),
        ("allocate A0001AA --return SHAH", 2, "--return stands alone"),
        ("allocate --return SHAH --as-of 2026-05-13", 5, "is still to come"),
        ("allocate --return SHAH --limit 1", 2, "--limit would hide some of what is saved"),
    ],
)
def test_what_does_not_go_together_is_refused_with_a_way_out_and_nothing_is_saved(kw, covered, line, code, words):
    said = kw(line)

    assert said.code == code
    assert words in said.err
    assert "hint: " in said.err
    assert set(key_workers(kw).values()) == {"REED"}


def test_to_say_that_he_is_back_names_the_prisoners_who_could_come_back(kw, covered):
    covered.status("SHAH", "UNAVAILABLE_LONG_TERM_ABSENCE", "2026-05-12")

    said = kw("worker status SHAH active --from 2026-05-12")

    assert "3 prisoners were moved to others in that absence: kw allocate --return SHAH" in said.out


def test_his_own_sheet_names_them_too_because_a_leave_ends_by_itself(kw, covered):
    said = kw("caseload SHAH")

    assert "3 prisoners moved to others while Officer Shah was not there: kw allocate --return SHAH" in said.out
    assert report(kw("caseload SHAH --format json"))["summary"]["moved_to_others"] == 3


def test_more_prisoners_than_places_is_a_warning_for_a_person_has_named_him(kw, covered):
    kw("worker capacity SHAH 2")

    said = kw("allocate --return SHAH --yes")

    assert "Officer Shah then has 3 prisoners, 1 over a capacity of 2" in said.err
    assert set(key_workers(kw).values()) == {"SHAH"}
