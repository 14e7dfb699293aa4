"""`kw allocate`: who is recommended, what is asked, and that all of it is saved or nothing."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from databases import everything

TODAY = "2026-05-12"


def rows(said):
    return json.loads(said.out)["rows"]


def summary(said):
    return json.loads(said.out)["summary"]


def proposed(said):
    """The staff id proposed for each prisoner, by his number."""
    return {row["prison_number"]: row["key_worker"] and row["key_worker"]["staff_id"] for row in rows(said)}


def history(prison, number):
    """A prisoner's allocations, the earliest first: who, from when, how chosen, until when, why it ended."""
    return [
        (
            held.staff_id,
            str(held.allocated_on),
            held.allocation_reason,
            held.ended_on and str(held.ended_on),
            held.end_reason,
        )
        for held in reversed(prison.store.queries.allocations_of(prison.people[number]))
    ]


def caseloads(prison):
    """How many prisoners each officer has now."""
    prison.store.close()
    prisoners = [history(prison, number) for number in prison.people]
    return Counter(held[-1][0] for held in prisoners if held and held[-1][3] is None)


def nobody_is_allocated(prison):
    prison.store.close()
    return not any(history(prison, number) for number in prison.people)


def prisoners(prison, count, *, arrived="2026-05-01", location="B-2-014"):
    """Arrivals of one day, alphabetically, without a key worker."""
    numbers = [f"A{place:04}BC" for place in range(1, count + 1)]
    for place, number in enumerate(numbers):
        prison.prisoner(number, arrived=arrived, name=f"John {chr(65 + place)}", location=location)
    return numbers


# --- who is recommended ---


def test_his_previous_key_worker_comes_first_while_he_has_a_place(kw, prison):
    prison.officer("REED", wing="B")
    prison.officer("SHAH", wing="C", capacity=2)
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.allocated("A1234BC", "SHAH", "2026-01-06", until="2026-05-04")

    (row,) = rows(kw("allocate --format json"))

    assert row["key_worker"] == {"staff_id": "SHAH", "name": "Officer Shah"}
    assert row["previous_key_worker"] == {"staff_id": "SHAH", "name": "Officer Shah"}
    assert (row["reason"], row["days"]) == ("AUTO", 8)
    assert row["because"] == "his key worker until Mon 4 May 2026, 0 of 2 allocated"


def test_a_full_previous_key_worker_is_chosen_only_when_the_prison_says_always(kw, prison):
    prison.officer("REED", wing="B")
    prison.officer("SHAH", wing="B", capacity=1)
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.allocated("A1234BC", "SHAH", "2026-01-06", until="2026-05-04")
    prison.prisoner("B1234BC", arrived="2026-01-05", name="John B")
    prison.allocated("B1234BC", "SHAH", "2026-05-04")

    assert proposed(kw("allocate --format json")) == {"A1234BC": "REED"}

    prison.setting("allocate.previous", "always")
    said = kw("allocate --format json --yes")

    assert proposed(said) == {"A1234BC": "SHAH"}
    assert json.loads(said.out)["settings"]["allocate.previous"] == "always"
    assert said.err == "note: Officer Shah then has 2 prisoners, 1 over a capacity of 1\n"
    assert caseloads(prison) == {"SHAH": 2}


def test_twelve_prisoners_over_six_places_and_twelve_go_four_and_eight(kw, prison):
    prison.officer("AHMED", capacity=6)
    prison.officer("BAXTER", capacity=12)
    prisoners(prison, 12)

    said = kw("allocate --yes --format json")

    assert summary(said)["capacity"] == [
        {"staff_id": "AHMED", "name": "Officer Ahmed", "capacity": 6, "before": 0, "after": 4},
        {"staff_id": "BAXTER", "name": "Officer Baxter", "capacity": 12, "before": 0, "after": 8},
    ]
    assert caseloads(prison) == {"AHMED": 4, "BAXTER": 8}


def test_full_officers_are_skipped_and_the_run_goes_on(kw, prison):
    prison.officer("AHMED", capacity=0)
    prison.officer("BAXTER", capacity=2)
    prisoners(prison, 3)

    said = kw("allocate --yes")

    assert said.code == 0
    assert caseloads(prison) == {"BAXTER": 2}
    assert "3 prisoners without a key worker: a place for 2, none for 1." in said.out
    assert "No place for these prisoners\nJohn C" in said.out
    assert "every ACTIVE key worker is full: 2 prisoners, 2 places" in said.out
    assert "kw allocate PRISONER --to KEY_WORKER" in said.out


def test_of_equals_the_one_used_least_recently_is_taken(kw, prison):
    for staff_id in ("AHMED", "BAXTER"):
        prison.officer(staff_id)
    prison.prisoner("Z1234BC", arrived="2026-01-05", name="John Z")
    prison.allocated("Z1234BC", "AHMED", "2026-03-01", reason="AUTO", until="2026-03-02")
    prison.allocated("Z1234BC", "BAXTER", "2026-03-02", reason="AUTO", until="2026-03-03")
    prison.left("Z1234BC", "2026-03-04")
    prison.prisoner("A1234BC", arrived="2026-05-01")

    assert proposed(kw("allocate --format json")) == {"A1234BC": "AHMED"}


def test_the_order_of_one_run_decides_who_was_used_least_recently_in_the_next(kw, prison):
    for staff_id in ("AHMED", "BAXTER", "CLEGG"):
        prison.officer(staff_id)
    numbers = prisoners(prison, 3)
    kw("allocate --yes")
    for number in numbers:
        prison.left(number, TODAY)
    prison.prisoner("Z1234BC", arrived=TODAY, name="John Z")

    assert proposed(kw("allocate --format json")) == {"Z1234BC": "AHMED"}
    moments = [prison.store.queries.allocations_of(prison.people[number])[0].allocated_at for number in numbers]
    assert moments == sorted(set(moments))


def test_an_officer_on_leave_is_not_recommended_and_his_prisoners_are_counted_as_without_cover(kw, prison):
    for staff_id in ("REED", "SHAH"):
        prison.officer(staff_id)
    for number in prisoners(prison, 2):
        prison.allocated(number, "SHAH", "2026-05-02")
    prison.prisoner("Z1234BC", arrived="2026-05-01", name="John Z")
    prison.status("SHAH", "UNAVAILABLE_ANNUAL_LEAVE", "2026-05-08", back="2026-05-20")

    said = kw("allocate --yes")

    assert caseloads(prison) == {"SHAH": 2, "REED": 1}
    assert (
        "2 prisoners with no cover for 4 days: kw allocate --from SHAH (Officer Shah is on leave, back Wed 20 May 2026)"
        in (said.out)
    )


def test_a_prisoner_out_of_scope_is_given_nobody_and_named(kw, prison):
    prison.officer("REED")
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.out_of_scope("A1234BC", "2026-04-20", "resettlement unit")

    said = kw("allocate")

    assert "Nobody is without a key worker." in said.out
    assert said.err == "note: out of scope, in no total: Mr A (A1234BC), resettlement unit\n"


def test_only_the_wing_asked_for_is_considered(kw, prison):
    prison.officer("REED")
    prison.prisoner("A1234BC", arrived="2026-05-01", location="B-2-014")
    prison.prisoner("B1234BC", arrived="2026-05-01", name="John B", location="C-2-014")

    assert proposed(kw("allocate --wing c --format json")) == {"B1234BC": "REED"}


def test_an_empty_prison_says_so(kw, prison):
    assert "There are no prisoners here in kw." in kw("allocate").out


# --- what is shown and asked ---


def test_the_table_says_who_gets_whom_and_why_then_what_it_does_to_the_caseloads(kw, prison):
    prison.officer("REED", capacity=2)
    prison.officer("SHAH", wing="C")
    prison.prisoner("A1234BC", arrived="2026-05-01")
    prison.prisoner("B1234BC", arrived="2026-05-11", name="Zoë O'Brien", location="C-1-001")

    said = kw("allocate", answers=["y"])

    assert (
        said.out
        == """\
Key workers recommended - HMP Fellgate - Tue 12 May 2026

2 prisoners without a key worker.

Name         Number   Location  Days  Key worker    Because
-----------  -------  --------  ----  ------------  ---------------------------
Mr A         A1234BC  B-2-014     11  Officer Reed  same wing, 0 of 2 allocated
Zoë O'Brien  B1234BC  C-1-001      1  Officer Shah  same wing, 0 of 6 allocated

Caseloads

Key worker    Prisoners now  Then  Capacity
------------  -------------  ----  --------
Officer Reed              0     1         2
Officer Shah              0     1         6

kw help allocation explains it.
settings: allocate.previous within_capacity, allocate.wing prefer, capacity.default 6
Saved 2 allocations.
"""
    )
    assert said.err == "Save 2 allocations? [y/N] "
    assert history(prison, "A1234BC") == [("REED", TODAY, "AUTO", None, None)]


@pytest.mark.parametrize("line", ["allocate", "allocate A1234BC"])
def test_a_no_saves_nothing(line, kw, prison):
    prison.officer("REED")
    prison.prisoner("A1234BC", arrived="2026-05-01")

    said = kw(line, answers=["n"])

    assert (said.code, said.err) == (0, "Save 1 allocation? [y/N] nothing saved\n")
    assert nobody_is_allocated(prison)


@pytest.mark.parametrize(
    "line", ["allocate", "allocate A1234BC", "allocate --format csv", "allocate --format json", "allocate --wing B"]
)
def test_without_anybody_to_ask_nothing_is_saved_and_it_says_what_to_add(line, kw, prison):
    prison.officer("REED")
    prison.prisoner("A1234BC", arrived="2026-05-01")

    said = kw(line)

    assert said.code == 0
    assert said.err.endswith("nothing saved: add --yes\n")
    assert "A1234BC" in said.out
    assert nobody_is_allocated(prison)


def test_a_script_is_not_asked_even_where_somebody_is_there(kw, prison):
    prison.officer("REED")
    prison.prisoner("A1234BC", arrived="2026-05-01")

    said = kw("allocate --format json", answers=[])

    assert (said.code, said.err) == (0, "nothing saved: add --yes\n")


@pytest.mark.parametrize(
    "line", ["allocate", "allocate A1234BC", "allocate --yes", "allocate A1234BC --to REED", "allocate --format json"]
)
def test_a_dry_run_shows_and_saves_nothing(line, kw, prison):
    prison.officer("REED")
    prison.prisoner("A1234BC", arrived="2026-05-01")

    said = kw(f"{line} --dry-run", answers=[])

    assert (said.code, said.err) == (0, "nothing saved: --dry-run\n")
    assert "A1234BC" in said.out
    assert nobody_is_allocated(prison)


def test_the_json_has_the_promised_fields(kw, prison):
    prison.officer("REED", capacity=1)
    prisoners(prison, 2)

    answer = json.loads(kw("allocate --yes --format json").out)

    assert answer["report"] == "allocate"
    assert answer["summary"] == {
        "considered": 2,
        "placed": 1,
        "unplaced": 1,
        "unchanged": 0,
        "without_cover": 0,
        "saved": True,
        "capacity": [{"staff_id": "REED", "name": "Officer Reed", "capacity": 1, "before": 0, "after": 1}],
    }
    first, second = answer["rows"]
    assert first == {
        "name": "John A",
        "prison_number": "A0001BC",
        "location": "B-2-014",
        "wing": "B",
        "days": 11,
        "key_worker": {"staff_id": "REED", "name": "Officer Reed"},
        "previous_key_worker": None,
        "reason": "AUTO",
        "because": "same wing, 0 of 1 allocated",
    }
    assert second["key_worker"] is None


def test_the_csv_is_of_prisoners_only(kw, prison):
    prison.officer("REED")
    prison.prisoner("A1234BC", arrived="2026-05-01")

    header, *lines = kw("allocate --format csv").out.splitlines()

    assert header.startswith("prison_number,name,location,wing,days,key_worker_staff_id,key_worker_name,previous_")
    assert len(lines) == 1


def test_the_prisoners_may_be_sorted_and_the_caseloads_stay_as_they_are(kw, prison):
    prison.officer("REED")
    prisoners(prison, 3)

    said = kw("allocate --sort -name --dry-run")

    assert said.code == 0
    assert said.out.index("John C") < said.out.index("John B") < said.out.index("John A") < said.out.index("Caseloads")


# --- one prisoner ---


def test_a_prisoner_whose_key_worker_is_there_keeps_him(kw, prison):
    prison.officer("REED")
    prison.officer("SHAH")
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")

    said = kw("allocate A1234BC --yes")

    assert said.code == 0
    assert "Mr A (A1234BC) has had Officer Shah as key worker since Tue 6 Jan 2026: nothing to change." in said.out
    assert "kw allocate A1234BC --to KEY_WORKER" in said.out
    assert history(prison, "A1234BC") == [("SHAH", "2026-01-06", "MANUAL", None, None)]


def test_a_prisoner_whose_key_worker_is_not_there_is_recommended_another(kw, prison):
    prison.officer("REED")
    prison.officer("SHAH")
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    prison.status("SHAH", "UNAVAILABLE_LONG_TERM_ABSENCE", "2026-05-01")

    said = kw("allocate A1234BC --yes")

    assert "1 prisoner of Officer Shah, who is on long-term absence." in said.out
    assert history(prison, "A1234BC") == [
        ("SHAH", "2026-01-06", "MANUAL", TODAY, "OVERRIDE"),
        ("REED", TODAY, "AUTO", None, None),
    ]


# --- a key worker named by hand ---


def test_a_key_worker_who_is_named_is_saved_at_once(kw, prison):
    prison.officer("SHAH")
    prison.prisoner("A1234BC", arrived="2026-05-01")

    said = kw("allocate A1234BC --to SHAH")

    assert said.out == "Mr A (A1234BC) has Officer Shah as key worker from Tue 12 May 2026.\n"
    assert (said.code, said.err) == (0, "")
    assert history(prison, "A1234BC") == [("SHAH", TODAY, "MANUAL", None, None)]


def test_one_who_is_replaced_stays_in_his_history(kw, prison):
    prison.officer("SHAH")
    prison.officer("REED")
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")

    said = kw("allocate A1234BC --to reed")

    assert "has Officer Reed as key worker from Tue 12 May 2026, in place of Officer Shah." in said.out
    assert history(prison, "A1234BC") == [
        ("SHAH", "2026-01-06", "MANUAL", TODAY, "OVERRIDE"),
        ("REED", TODAY, "MANUAL", None, None),
    ]


def test_more_prisoners_than_places_are_allowed_with_a_warning(kw, prison):
    prison.officer("SHAH", capacity=1)
    first, second = prisoners(prison, 2)
    prison.allocated(first, "SHAH", "2026-05-02")

    said = kw(f"allocate {second} --to SHAH")

    assert (said.code, said.err) == (0, "note: Officer Shah then has 2 prisoners, 1 over a capacity of 1\n")
    assert caseloads(prison) == {"SHAH": 2}


def test_the_same_key_worker_again_changes_nothing_and_says_since_when(kw, prison):
    prison.officer("SHAH")
    prison.prisoner("A1234BC", arrived="2026-05-01")
    kw("allocate A1234BC --to SHAH")
    before = everything(prison.address)

    said = kw("allocate A1234BC --to SHAH")

    assert said.code == 0
    assert said.out == ("Mr A (A1234BC) has had Officer Shah as key worker since Tue 12 May 2026: nothing to change.\n")
    assert everything(prison.address) == before
    assert summary(kw("allocate A1234BC --to SHAH --format json"))["unchanged"] == 1


def test_going_back_on_the_same_day_leaves_one_allocation_to_him(kw, prison):
    prison.officer("SHAH")
    prison.officer("REED")
    prison.prisoner("A1234BC", arrived="2026-05-01")
    for staff_id in ("SHAH", "REED", "SHAH"):
        kw(f"allocate A1234BC --to {staff_id}")

    assert sorted(history(prison, "A1234BC")) == [
        ("REED", TODAY, "MANUAL", TODAY, "OVERRIDE"),
        ("SHAH", TODAY, "MANUAL", None, None),
    ]


# --- an officer's prisoners ---


def test_the_prisoners_of_an_officer_on_leave_are_reallocated_and_never_back_to_him(kw, prison):
    for staff_id in ("REED", "SHAH"):
        prison.officer(staff_id)
    numbers = prisoners(prison, 3)
    for number in numbers:
        prison.allocated(number, "SHAH", "2026-05-02")
    prison.status("SHAH", "UNAVAILABLE_ANNUAL_LEAVE", "2026-05-08", back="2026-05-20")

    said = kw("allocate --from SHAH", answers=["yes"])

    assert "3 prisoners of Officer Shah, who is on leave, back Wed 20 May 2026." in said.out
    assert "without cover" not in said.out
    for number in numbers:
        assert history(prison, number) == [
            ("SHAH", "2026-05-02", "MANUAL", TODAY, "STAFF_STATUS_CHANGE"),
            ("REED", TODAY, "AUTO", None, None),
        ]


def test_one_prisoner_of_an_officer_who_is_there_is_replaced(kw, prison):
    for staff_id in ("REED", "SHAH"):
        prison.officer(staff_id)
    first, second = prisoners(prison, 2)
    for number in (first, second):
        prison.allocated(number, "SHAH", "2026-05-02")

    said = kw(f"allocate {first} --from SHAH --yes --format json")

    assert proposed(said) == {first: "REED"}
    assert summary(said)["capacity"] == [
        {"staff_id": "REED", "name": "Officer Reed", "capacity": 6, "before": 0, "after": 1},
        {"staff_id": "SHAH", "name": "Officer Shah", "capacity": 6, "before": 2, "after": 1},
    ]
    assert history(prison, first)[0][4] == "OVERRIDE"
    assert history(prison, second) == [("SHAH", "2026-05-02", "MANUAL", None, None)]


def test_his_key_worker_before_comes_first_when_the_officer_goes(kw, prison):
    for staff_id in ("AHMED", "REED", "SHAH"):
        prison.officer(staff_id)
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.allocated("A1234BC", "REED", "2026-01-06")
    prison.allocated("A1234BC", "SHAH", "2026-03-01")

    (row,) = rows(kw("allocate --from SHAH --format json"))

    assert row["key_worker"]["staff_id"] == "REED"
    assert row["previous_key_worker"]["staff_id"] == "SHAH"
    assert row["because"].startswith("his key worker until Sun 1 Mar 2026")


def test_all_of_an_officers_prisoners_may_go_to_one_who_is_named_after_a_yes(kw, prison):
    prison.officer("REED", capacity=1)
    prison.officer("SHAH")
    for number in prisoners(prison, 2):
        prison.allocated(number, "SHAH", "2026-05-02")

    said = kw("allocate --from SHAH --to REED", answers=["y"])

    assert said.out.startswith("Allocations to Officer Reed in place of Officer Shah")
    assert "note: Officer Reed then has 2 prisoners, 1 over a capacity of 1" in said.err
    assert "Save 2 allocations?" in said.err
    assert caseloads(prison) == {"REED": 2}
    assert history(prison, "A0001BC")[-1] == ("REED", TODAY, "MANUAL", None, None)


def test_an_officer_without_prisoners_has_nobody_to_reallocate(kw, prison):
    prison.officer("SHAH")
    prison.prisoner("A1234BC", arrived="2026-05-01")

    assert "Nobody. Officer Shah has no prisoners." in kw("allocate --from SHAH").out
    assert "Nobody. Officer Shah has no prisoners on wing B." in kw("allocate --from SHAH --wing B").out


# --- all of it or nothing ---


def test_where_somebody_else_was_quicker_he_is_named_and_nothing_is_saved(kw, prison):
    for staff_id in ("REED", "SHAH"):
        prison.officer(staff_id)
    prisoners(prison, 3)

    def meanwhile():
        prison.allocated("A0002BC", "SHAH", TODAY)
        yield "y"

    said = kw("allocate", answers=meanwhile())

    assert said.code == 5
    assert "kw: John B (A0002BC) was given Officer Shah meanwhile; nothing was saved.\nhint: " in said.err
    assert caseloads(prison) == {"SHAH": 1}


def test_an_officer_who_went_on_leave_meanwhile_is_given_nobody(kw, prison):
    prison.officer("REED")
    prisoners(prison, 2)

    def meanwhile():
        prison.status("REED", "UNAVAILABLE_ANNUAL_LEAVE", TODAY, back="2026-05-20")
        yield "y"

    said = kw("allocate", answers=meanwhile())

    assert (said.code, "Officer Reed (REED) is not ACTIVE any more" in said.err) == (5, True)
    assert nobody_is_allocated(prison)


def test_a_recommendation_never_passes_the_places_that_others_took_meanwhile(kw, prison):
    prison.officer("REED", capacity=2)
    prison.prisoner("Z1234BC", arrived="2026-01-05", name="John Z")
    prison.allocated("Z1234BC", "REED", "2026-01-06", until="2026-05-10")
    prisoners(prison, 1)

    def meanwhile():
        prison.prisoner("Y1234BC", arrived=TODAY, name="John Y")
        prison.allocated("Y1234BC", "REED", TODAY)
        yield "y"

    said = kw("allocate", answers=meanwhile())

    assert (said.code, "Officer Reed (REED) was given other prisoners meanwhile" in said.err) == (5, True)
    assert caseloads(prison) == {"REED": 1}


def test_a_prisoner_who_left_meanwhile_is_given_nobody(kw, prison):
    prison.officer("REED")
    prisoners(prison, 2)

    def meanwhile():
        prison.left("A0001BC", TODAY)
        yield "y"

    said = kw("allocate", answers=meanwhile())

    assert (said.code, "John A (A0001BC) has left meanwhile" in said.err) == (5, True)
    assert nobody_is_allocated(prison)


def test_several_at_once_give_every_prisoner_one_key_worker(kw, prison):
    for staff_id in ("REED", "SHAH"):
        prison.officer(staff_id)
    prisoners(prison, 8)

    with ThreadPoolExecutor(4) as pool:
        codes = {said.code for said in pool.map(kw, ["allocate --yes"] * 4)}

    assert codes <= {0, 5}
    assert caseloads(prison) == {"REED": 4, "SHAH": 4}
    assert all(len(history(prison, number)) == 1 for number in prison.people)


# --- a day gone by ---


def test_an_allocation_of_a_day_gone_by_holds_from_that_day(kw, prison):
    prison.officer("SHAH")
    prison.prisoner("A1234BC", arrived="2026-05-01")

    said = kw("allocate A1234BC --to SHAH --as-of 03/05/2026")

    assert said.out == "Mr A (A1234BC) has Officer Shah as key worker from Sun 3 May 2026.\n"
    assert history(prison, "A1234BC") == [("SHAH", "2026-05-03", "MANUAL", None, None)]


@pytest.mark.parametrize(
    ("as_of", "why"),
    [
        ("2026-04-30", "was not here on Thu 30 Apr 2026"),
        ("2026-05-03", "has had a change of key worker after Sun 3 May 2026"),
    ],
)
def test_a_day_before_his_arrival_or_within_another_allocation_is_refused(as_of, why, kw, prison):
    for staff_id in ("REED", "SHAH"):
        prison.officer(staff_id)
    prison.prisoner("A1234BC", arrived="2026-05-01")
    prison.allocated("A1234BC", "REED", "2026-05-04", until="2026-05-08")

    said = kw(f"allocate A1234BC --to SHAH --as-of {as_of}")

    assert (said.code, why in said.err) == (5, True)
    assert len(history(prison, "A1234BC")) == 1


def test_prisoners_who_have_left_since_that_day_are_left_out_and_named(kw, prison):
    prison.officer("SHAH")
    stayed, gone = prisoners(prison, 2)
    prison.left(gone, "2026-05-08")

    said = kw("allocate --as-of 2026-05-05 --yes --format json")

    assert proposed(said) == {stayed: "SHAH"}
    assert said.err == ("note: left out: John B (A0002BC) was here on Tue 5 May 2026, but has left since\n")


def test_an_officer_who_is_no_longer_there_today_is_not_recommended_for_a_day_gone_by(kw, prison):
    for staff_id in ("REED", "SHAH"):
        prison.officer(staff_id)
    prison.prisoner("A1234BC", arrived="2026-05-01")
    prison.status("REED", "INACTIVE", "2026-05-08")

    assert proposed(kw("allocate --as-of 2026-05-05 --format json")) == {"A1234BC": "SHAH"}
