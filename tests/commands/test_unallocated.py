"""`kw unallocated`: who has no key worker, since when, who is recommended; and whose key worker is not there."""

import json

import pytest


def test_the_days_run_from_arrival_or_from_the_end_of_the_last_allocation(kw, prison):
    prison.officer("SHAH")
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.allocated("A1234BC", "SHAH", "2026-01-06", until="2026-05-04")
    prison.prisoner("B1234BC", arrived="2026-05-01", name="John B")

    first, second = json.loads(kw("unallocated --format json").out)["rows"]

    assert first == {
        "name": "John B",
        "prison_number": "B1234BC",
        "location": "B-2-014",
        "wing": "B",
        "days": 11,
        "since": "2026-05-01",
        "never_allocated": True,
        "recommended": {"staff_id": "SHAH", "name": "Officer Shah"},
        "because": "same wing, 0 of 6 allocated",
        "planned": None,
        "planned_from": None,
    }
    assert (second["days"], second["since"], second["never_allocated"]) == (8, "2026-05-04", False)
    assert second["because"] == "his key worker until Mon 4 May 2026, 1 of 6 allocated"


def test_one_who_comes_back_is_unallocated_from_his_new_arrival(kw, prison):
    prison.officer("SHAH")
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    prison.left("A1234BC", "2026-03-02")
    prison.prisoner("A1234BC", arrived="2026-05-10", arrival_type="RETURN")

    (row,) = json.loads(kw("unallocated --format json").out)["rows"]

    assert (row["days"], row["since"], row["never_allocated"]) == (2, "2026-05-10", True)
    assert row["because"].startswith("his key worker until Mon 2 Mar 2026")


def test_the_page_lists_the_prisoners_without_then_those_whose_key_worker_is_not_there(kw, prison):
    prison.officer("REED", capacity=0)
    prison.officer("SHAH")
    prison.prisoner("A1234BC", arrived="2026-05-01")
    prison.prisoner("B1234BC", arrived="2026-04-01", name="Zoë O'Brien", location="C-1-001")
    prison.allocated("B1234BC", "SHAH", "2026-04-02")
    prison.status("SHAH", "UNAVAILABLE_ANNUAL_LEAVE", "2026-05-06", back="2026-05-20")

    said = kw("unallocated")

    assert (said.code, said.err) == (0, "")
    assert (
        said.out
        == """\
No key worker - HMP Fellgate - Tue 12 May 2026

1 of 2 prisoners. Never had one in this stay: 1.

Name  Number   Location  Days  Since               Recommended  Because
----  -------  --------  ----  ------------------  -----------  ------------------------------------------------------
Mr A  A1234BC  B-2-014     11  Fri 1 May, arrival  none         every ACTIVE key worker is full: 0 prisoners, 0 places

No cover: their key worker is not there

Name         Number   Location  Key worker    Days  Is        Since           Back on
-----------  -------  --------  ------------  ----  --------  --------------  ---------------
Zoë O'Brien  B1234BC  C-1-001   Officer Shah     6  on leave  Wed 6 May 2026  Wed 20 May 2026

1 prisoner with no cover for 6 days: kw allocate --from SHAH (Officer Shah is on leave, back Wed 20 May 2026)

kw allocate recommends, asks and saves.
kw help allocation explains it.
settings: allocate.previous within_capacity, allocate.wing prefer, capacity.default 6
"""
    )


def test_the_prisoners_without_cover_are_in_the_summary_for_scripts(kw, prison):
    prison.officer("SHAH")
    prison.prisoner("A1234BC", arrived="2026-04-01")
    prison.allocated("A1234BC", "SHAH", "2026-04-02")
    prison.status("SHAH", "UNAVAILABLE_LONG_TERM_ABSENCE", "2026-05-06")

    answer = json.loads(kw("unallocated --format json").out)

    assert answer["rows"] == []
    assert answer["summary"] == {
        "prisoners": 1,
        "unallocated": 0,
        "never_allocated": 0,
        "longest_days": 0,
        "out_of_scope": 0,
        "without_cover": [
            {
                "prison_number": "A1234BC",
                "name": "Mr A",
                "location": "B-2-014",
                "wing": "B",
                "key_worker": {"staff_id": "SHAH", "name": "Officer Shah"},
                "days": 6,
                "status": "UNAVAILABLE_LONG_TERM_ABSENCE",
                "status_from": "2026-05-06",
                "return_on": None,
            }
        ],
    }
    assert kw("unallocated --format csv").out.count("\n") == 1


def test_where_everybody_has_one_who_is_there_it_says_so_twice(kw, prison):
    prison.officer("SHAH")
    prison.prisoner("A1234BC", arrived="2026-05-01")
    prison.allocated("A1234BC", "SHAH", "2026-05-02")

    said = kw("unallocated --fail")

    assert said.code == 0
    assert "Nobody. 1 prisoner here, none without a key worker." in said.out
    assert "No cover: their key worker is not there\nNobody.\n" in said.out


def test_an_empty_prison_is_no_good_news(kw, prison):
    assert "An empty list says nothing about who has a key worker." in kw("unallocated").out


@pytest.mark.parametrize("unavailable", [False, True])
def test_somebody_listed_fails_for_a_script_that_asks(unavailable, kw, prison):
    prison.prisoner("A1234BC", arrived="2026-05-01")
    if unavailable:
        prison.officer("SHAH")
        prison.allocated("A1234BC", "SHAH", "2026-05-02")
        prison.status("SHAH", "INACTIVE", "2026-05-06")

    assert kw("unallocated --fail").code == 3


def test_a_prisoner_out_of_scope_is_in_no_count_and_named(kw, prison):
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.out_of_scope("A1234BC", "2026-04-20", "resettlement unit")

    said = kw("unallocated --format json")

    assert json.loads(said.out)["summary"]["unallocated"] == 0
    assert said.err == "note: out of scope, in no total: Mr A (A1234BC), resettlement unit\n"


def test_a_wing_and_a_key_worker_narrow_it_and_the_longest_may_be_had_alone(kw, prison):
    prison.officer("SHAH", wing="C")
    prison.prisoner("A1234BC", arrived="2026-05-01", location="B-2-014")
    prison.prisoner("B1234BC", arrived="2026-05-02", name="John B", location="C-1-001")
    prison.prisoner("C1234BC", arrived="2026-05-03", name="John C", location="C-1-002")

    assert "A1234BC" not in kw("unallocated --wing C").out
    one = kw("unallocated --wing C --limit 1").out
    assert ("B1234BC" in one, "C1234BC" in one, "and 1 more" in one) == (True, False, True)
    assert "A1234BC" not in kw("unallocated --key-worker SHAH").out


def test_what_is_recommended_is_what_allocate_saves(kw, prison):
    for staff_id in ("AHMED", "REED", "SHAH"):
        prison.officer(staff_id, wing=staff_id[0])
    for number in range(7):
        prison.prisoner(f"A000{number}BC", arrived=f"2026-05-0{number + 1}", location=f"{'ARSB'[number % 4]}-1-001")
    recommended = {
        row["prison_number"]: row["recommended"] for row in json.loads(kw("unallocated --format json").out)["rows"]
    }

    saved = json.loads(kw("allocate --yes --format json").out)["rows"]

    assert {row["prison_number"]: row["key_worker"] for row in saved} == recommended
    assert "Nobody. 7 prisoners here, none without a key worker." in kw("unallocated").out
