"""Records contradict each other; the lists are true all the same, for what is typed and for what is imported.

help: movements.
"""

import json

import pytest

from factories import world

PRISONERS = "prison_number,arrived_on,last_name,first_name,location,left_on,departure_reason"
ALLOCATIONS = "prison_number,staff_id,allocated_on,ended_on,end_reason"
FIRST = "A0001AA,2026-01-05,Alder,Sam,B-1-001,2026-03-10,TRANSFER_OUT"
STILL = "A0001AA,2026-01-05,Alder,Sam,B-1-001,,"
AGAIN = "A0001AA,2026-04-20,Alder,Sam,B-1-009,,"
HIS = "A0001AA,KW1,2026-01-06,,"


@pytest.fixture
@world
def ashdown_and_birch(prison):
    """Two officers of wing B."""
    prison.officer("KW1", name="Ann Ashdown", capacity=6)
    prison.officer("KW2", name="Bo Birch", capacity=6)
    return prison


@pytest.fixture
def load(kw, tmp_path):
    """Import files: `load(prisoners=[...], allocations=[...])`, each with its heading or the usual one."""
    usual = {"prisoners": PRISONERS, "allocations": ALLOCATIONS}

    def load(**files):
        for name, rows in files.items():
            heading = [usual[name]] if name in usual and not rows[0].startswith("prison_number") else []
            (tmp_path / f"{name}.csv").write_text("\n".join([*heading, *rows]) + "\n")
        said = kw(["import", *(str(tmp_path / f"{name}.csv") for name in files)])
        assert said.code == 0, said.err
        return said

    return load


def answer(kw, line):
    return json.loads(kw(f"{line} --format json").out)


def unallocated(kw, *, as_of="2026-05-12"):
    return {row["prison_number"]: row for row in answer(kw, f"unallocated --as-of {as_of}")["rows"]}


def contact(kw, number="A0001AA"):
    return answer(kw, f"why {number}")["summary"]


def allocated_on(kw):
    (held,) = [row for row in rows_of(answer(kw, "why A0001AA"), "key_workers") if row["ended_on"] is None]
    return held["allocated_on"]


def rows_of(report, name):
    return next(section["rows"] for section in report["sections"] if section["name"] == name)


def timeline(kw, number="A0001AA"):
    rows = answer(kw, f"timeline {number}")["rows"]
    return [(row["on"], row["kind"], row["what"]) for row in rows]


# --- what belongs to a stay ends with it ---


ORDERS = {
    "one import": [{"prisoners": [FIRST, AGAIN], "allocations": [HIS]}],
    "his leaving later": [{"prisoners": [STILL], "allocations": [HIS]}, {"prisoners": [FIRST, AGAIN]}],
    "one after the other": [{"prisoners": [FIRST]}, {"allocations": [HIS]}, {"prisoners": [AGAIN]}],
    "again and again": [{"prisoners": [FIRST, AGAIN], "allocations": [HIS]}] * 2,
}


@pytest.mark.parametrize("imports", ORDERS.values(), ids=ORDERS)
def test_an_allocation_nobody_ended_ends_with_the_stay(imports, kw, ashdown_and_birch, load):
    for files in imports:
        load(**files)

    assert unallocated(kw)["A0001AA"]["since"] == "2026-04-20"
    assert ("2026-03-10", "ALLOCATION_END") in [entry[:2] for entry in timeline(kw)]
    assert "transferred" in next(what for _, kind, what in timeline(kw) if kind == "ALLOCATION_END")


def test_a_new_key_worker_of_the_next_stay_is_no_overlap(kw, ashdown_and_birch, load):
    load(prisoners=[FIRST, AGAIN], allocations=[HIS, "A0001AA,KW2,2026-04-21,,"])

    assert unallocated(kw) == {}
    assert answer(kw, "caseload KW2")["rows"][0]["prison_number"] == "A0001AA"


def test_doctor_lists_what_was_settled_by_kind_with_count_and_command(kw, ashdown_and_birch, load):
    load(prisoners=[FIRST, AGAIN], allocations=[HIS])

    rows = answer(kw, "doctor")["rows"]
    (settled,) = [row for row in rows if row["check"] == "settled" and "allocation" in row["found"]]
    assert settled["found"].startswith("1 allocation ")
    assert settled["mend"] == "kw timeline A0001AA"


def test_doctor_lists_what_lies_outside_every_stay_and_two_accts_at_once(kw, ashdown_and_birch, load):
    load(
        prisoners=["A0001AA,2026-01-05,Alder,Sam,B-1-001,2026-03-10,TRANSFER_OUT", STILL.replace("A0001AA", "A0002AA")],
        moves=["prison_number,moved_on,location", "A0001AA,2026-04-01,B-1-002", "A0001AA,2026-01-02,B-1-003"],
        allocations=["A0001AA,KW1,2026-03-12,,"],
        absences=["prison_number,reason,from,to", "A0001AA,COURT,2026-03-15,"],
        acct=["prison_number,opened_on,closed_on", "A0002AA,2026-02-01,", "A0002AA,2026-02-05,2026-02-07"],
    )

    found = {row["found"]: row["mend"] for row in answer(kw, "doctor")["rows"] if row["check"] == "settled"}

    assert found == {
        "2 moves on days of no stay: of no effect": "kw timeline A0001AA",
        "1 allocation from after he had left: of no effect": "kw timeline A0001AA",
        "1 time away from after he had left: of no effect": "kw timeline A0001AA",
        "1 ACCT opened while another was open: both stand": "kw timeline A0002AA",
    }


def test_nights_away_of_an_earlier_stay_hide_nobody(kw, ashdown_and_birch, load):
    load(prisoners=[FIRST, AGAIN], absences=["prison_number,reason,from,to", "A0001AA,HOSPITAL,2026-03-01,"])

    assert "A0001AA" in {row["prison_number"] for row in answer(kw, "overdue")["rows"]}


def test_a_planned_end_is_an_intention_until_it_comes(kw, ashdown_and_birch, load):
    load(prisoners=[STILL], allocations=["A0001AA,KW1,2026-05-07,2026-05-20,MANUAL"])

    assert unallocated(kw) == {}
    assert kw("deallocate A0001AA").code == 0
    assert unallocated(kw)["A0001AA"]["since"] == "2026-05-12"


def test_a_planned_end_ends_when_he_leaves(kw, ashdown_and_birch, load):
    load(prisoners=[STILL], allocations=["A0001AA,KW1,2026-05-07,2026-05-20,MANUAL"])

    kw("prisoner leave A0001AA --reason RELEASE")

    assert ("2026-05-12", "ALLOCATION_END", "Ann Ashdown no longer his: released, recorded by governor") in timeline(kw)


def test_one_with_a_planned_end_is_replaced_at_once(kw, ashdown_and_birch, load):
    load(prisoners=[STILL], allocations=["A0001AA,KW1,2026-05-07,2026-05-20,MANUAL"])

    assert kw("allocate A0001AA --to KW2").code == 0

    assert contact(kw)["key_worker"]["staff_id"] == "KW2"
    assert unallocated(kw, as_of="2026-05-21") == {}


def test_an_allocation_to_come_is_no_key_worker_yet_and_is_cancelled(kw, ashdown_and_birch, load):
    load(prisoners=[STILL], allocations=["A0001AA,KW1,2026-06-01,,"])

    assert "A0001AA" in unallocated(kw)
    assert kw("deallocate A0001AA").code == 0
    assert kw("allocate A0001AA --to KW1").code == 0
    assert contact(kw)["key_worker"]["staff_id"] == "KW1"


def test_a_key_worker_until_the_one_who_is_planned(kw, ashdown_and_birch, load):
    load(prisoners=[STILL], allocations=["A0001AA,KW1,2026-06-01,,"])

    assert kw("allocate A0001AA --to KW2").code == 0

    assert unallocated(kw) == {}
    assert answer(kw, "why A0001AA --as-of 2026-06-02")["summary"]["key_worker"]["staff_id"] == "KW1"


def test_one_who_was_only_planned_never_was_his_key_worker(kw, ashdown_and_birch, load):
    load(prisoners=[STILL], allocations=["A0001AA,KW1,2026-05-07,2026-05-20,MANUAL", "A0001AA,KW2,2026-05-20,,"])
    kw("prisoner leave A0001AA --reason RELEASE --on 2026-05-10")

    said = kw("prisoner return A0001AA --on 2026-05-11").out
    assert "his key worker was Ann Ashdown (KW1), until Sun 10 May 2026" in said


def test_one_recorded_before_he_came_counts_from_his_arrival(kw, ashdown_and_birch, load):
    load(prisoners=[STILL], allocations=["A0001AA,KW1,2026-01-02,,"])

    assert [entry for entry in timeline(kw) if entry[1] == "NO_KEY_WORKER"] == []
    assert ("2026-01-05", "ALLOCATION") in [entry[:2] for entry in timeline(kw)]
    assert allocated_on(kw) == "2026-01-05"


def test_one_replaced_on_the_day_it_began_is_told_as_corrected_that_day(kw, ashdown_and_birch, load):
    load(prisoners=[STILL])
    kw("allocate A0001AA --to KW1")
    kw("allocate A0001AA --to KW2")

    told = [what for _, kind, what in timeline(kw) if kind.startswith("ALLOCATION")]
    corrected = "corrected on the day it began: replaced by another key worker"
    assert told == [
        f"Allocated to Ann Ashdown by governor (chosen by hand), {corrected}",
        "Allocated to Bo Birch by governor (chosen by hand)",
    ]
    assert "to Mon 11 May" not in kw("timeline A0001AA").out


# --- where he is ---


def test_out_and_back_in_a_day_is_told_in_that_order(kw, ashdown_and_birch, load):
    load(prisoners=[STILL])
    kw("prisoner leave A0001AA --reason TRANSFER_OUT --on 2026-05-11")
    kw("prisoner return A0001AA --on 2026-05-11")

    kinds = [kind for on, kind, _ in timeline(kw) if on == "2026-05-11"]
    assert kinds.index("DEPARTURE") < kinds.index("ARRIVAL")


def test_a_session_on_the_day_of_out_and_back_is_the_first_meeting_of_one_stay(kw, ashdown_and_birch, load):
    heading = "prison_number,staff_id,held_on,minutes"
    load(
        prisoners=[
            "A0001AA,2026-05-08,Alder,Sam,B-1-001,2026-05-11,TRANSFER_OUT",
            "A0001AA,2026-05-11,Alder,Sam,B-1-001,,",
        ],
        sessions=[heading, "A0001AA,KW1,2026-05-11,45"],
    )

    assert answer(kw, "stats --since 2026-05-01 --until 2026-05-12")["summary"]["days_to_first_session_n"] == 1


def test_he_is_in_segregation_twice_in_a_day(kw, ashdown_and_birch, load):
    load(prisoners=[STILL])
    for move in ("SEG --time 09:40", "A-1-001", "SEG --time 15:00"):
        said = kw(f"prisoner move A0001AA {move} --on 2026-05-11")
        assert said.code == 0, said.err

    assert contact(kw)["location"] == "SEG"
    events = [row for row in answer(kw, "event list A0001AA")["rows"] if row["code"] == "SEG"]
    assert len(events) == 2


@pytest.mark.parametrize("place", ["SEG", "FGX-SEG-1-003", "SEG-1-003"])
def test_segregation_is_known_however_it_came(place, kw, ashdown_and_birch, load):
    load(
        prisoners=[STILL, f"A0002AA,2026-05-10,Beech,Tom,{place},,"],
        moves=["prison_number,moved_on,location", f"A0001AA,2026-05-11,{place}"],
    )

    for number, since in (("A0001AA", "2026-05-11"), ("A0002AA", "2026-05-10")):
        (event,) = answer(kw, f"event list {number}")["rows"]
        assert (event["code"], event["on"], event["until"]) == ("SEG", since, None)


def test_a_move_out_in_a_file_ends_segregation(kw, ashdown_and_birch, load):
    load(
        prisoners=[STILL],
        moves=["prison_number,moved_on,location", "A0001AA,2026-05-09,SEG", "A0001AA,2026-05-11,B-1-001"],
    )

    (event,) = answer(kw, "event list A0001AA")["rows"]
    assert (event["on"], event["until"]) == ("2026-05-09", "2026-05-11")


def test_segregation_from_the_arrival_and_again_that_day_is_told_by_a_second_import(kw, ashdown_and_birch, load):
    arrived = "A0001AA,2026-05-09,Alder,Sam,SEG,,"
    moves = ["prison_number,moved_on,moved_at,location", "A0001AA,2026-05-09,15:00,SEG"]
    load(prisoners=[FIRST], moves=moves)
    load(prisoners=[FIRST, arrived], moves=[*moves, "A0001AA,2026-05-09,09:40,B-1-002"])

    found = [(row["on"], row["at"], row["until"]) for row in answer(kw, "event list A0001AA --all")["rows"]]
    assert sorted(found, key=str) == [("2026-05-09", "15:00", None), ("2026-05-09", None, "2026-05-09")]


def test_court_and_from_there_hospital_is_one_return(kw, ashdown_and_birch, load):
    load(
        prisoners=[STILL],
        absences=["prison_number,reason,from,to", "A0001AA,COURT,2026-05-01,", "A0001AA,HOSPITAL,2026-05-03,"],
    )

    assert "in hospital" in kw("why A0001AA").out
    assert kw("prisoner away A0001AA --back").code == 0
    again = kw("prisoner away A0001AA --back")
    assert "nothing changed" in again.out
    assert "hospital" in again.out


def test_a_session_after_the_return_from_the_later_nights_away_is_none_while_away(kw, ashdown_and_birch, load):
    load(
        prisoners=[STILL],
        absences=[
            "prison_number,reason,from,to",
            "A0001AA,COURT,2026-05-01,",
            "A0001AA,HOSPITAL,2026-05-03,2026-05-05",
        ],
        sessions=["prison_number,staff_id,held_on,minutes", "A0001AA,KW1,2026-05-08,30"],
    )

    assert contact(kw)["days"] == 4


def test_an_export_keeps_what_was_known_of_nights_away_before_they_were_settled(kw, ashdown_and_birch, load, tmp_path):
    heading = "prison_number,reason,from,to,recorded_at"
    load(
        prisoners=[PRISONERS + ",recorded_at", STILL + ",2026-01-05T08:00:00Z"],
        absences=[
            heading,
            "A0001AA,COURT,2026-05-01,,2026-05-01T08:00:00Z",
            "A0001AA,HOSPITAL,2026-05-03,2026-05-05,2026-05-09T08:00:00Z",
        ],
    )
    kw(f"export {tmp_path / 'out'}")
    kw(f"import --yes {tmp_path / 'out'} --db {tmp_path / 'second.db'}")

    for database in ("", f"--db {tmp_path / 'second.db'}"):
        away = {
            moment: [
                row["away"] for row in answer(kw, f"overdue --as-of 2026-05-08 --known-at {moment} {database}")["rows"]
            ]
            for moment in ("2026-05-08", "2026-05-10")
        }
        assert away == {"2026-05-08": ["COURT"], "2026-05-10": [None]}, "his return was recorded on the 9th"


def test_court_and_from_there_hospital_typed(kw, ashdown_and_birch, load):
    load(prisoners=[STILL])
    assert kw("prisoner away A0001AA --reason COURT --from 2026-05-01").code == 0
    assert kw("prisoner away A0001AA --reason HOSPITAL --from 2026-05-03").code == 0

    assert kw("prisoner away A0001AA --back --on 2026-05-10").code == 0
    assert "Out: court, bedwatch, hospital, ROTL" not in kw("why A0001AA").out


def test_an_escape_and_the_recapture(kw, ashdown_and_birch, load):
    load(prisoners=[STILL], allocations=[HIS])

    assert kw("prisoner leave A0001AA --reason ESCAPE --on 2026-05-08").code == 0
    assert ("2026-05-08", "ALLOCATION_END", "Ann Ashdown no longer his: no longer in prison, recorded by governor") in (
        timeline(kw)
    )
    assert kw("prisoner return A0001AA --on 2026-05-10").code == 0
    assert unallocated(kw)["A0001AA"]["since"] == "2026-05-10"


def test_unlawfully_at_large_by_its_beginning(kw, ashdown_and_birch, load):
    load(prisoners=[STILL])

    assert kw("prisoner away A0001AA --reason UAL --from 2026-05-08").code == 0
    assert "unlawfully at large" in kw("why A0001AA").out
    assert kw("prisoner away A0001AA --back").code == 0


# --- places ---


def test_the_own_prison_code_before_a_cell_is_dropped(kw, ashdown_and_birch, load):
    load(
        prisoners=[
            "A0001AA,2026-01-05,Alder,Sam,FGX-B-1-001,,",
            "A0002AA,2026-01-05,Beech,Tom,FGX-C-1-002,,",
            "A0003AA,2026-01-05,Cedar,Una,FGX-RECP,,",
        ]
    )

    assert [row["prison_number"] for row in answer(kw, "prisoner list --wing B")["rows"]] == ["A0001AA"]
    again = load(prisoners=["A0001AA,2026-01-05,Alder,Sam,B-1-001,,", "A0003AA,2026-01-05,Cedar,Una,RECP,,"])
    assert "a move is recorded" not in again.err
    kw("prisoner move A0002AA FGX-B-1-007")
    assert contact(kw, "A0002AA")["location"] == "B-1-007"


def test_the_own_prison_code_before_a_wing_is_dropped(kw, ashdown_and_birch, load):
    load(key_workers=["staff_id,last_name,first_name,wing", "KW3,Cole,Di,FGX-C"])
    kw("worker add KW4 --last-name Dale --first-name Ed --wing FGX-D")

    assert {row["staff_id"]: row["wing"] for row in answer(kw, "worker list")["rows"]}.items() >= {
        ("KW3", "C"),
        ("KW4", "D"),
    }
    assert kw("worker add KW5 --last-name Elm --first-name Flo --wing MDI-D").code == 2


@pytest.mark.parametrize("place", ["A-B-1-001", "MDI-B-1-001", "MDI-RECP", "FGX", "FGX-A-B-1-001"])
def test_a_place_of_four_parts_or_another_prison_is_refused(place, kw, ashdown_and_birch, load, tmp_path):
    load(prisoners=[STILL])
    (tmp_path / "moves.csv").write_text(f"prison_number,moved_on,location\nA0001AA,2026-05-11,{place}\n")

    assert kw(f"prisoner move A0001AA {place}").code == 2
    assert kw(f"import {tmp_path / 'moves.csv'}").code != 0


# --- taking back ---


@pytest.mark.parametrize(("stays", "days"), [([FIRST], 64), ([FIRST, AGAIN], 22)])
def test_a_release_taken_back_stays_so_though_its_file_is_imported_again(stays, days, kw, ashdown_and_birch, load):
    load(prisoners=stays, allocations=[HIS])
    kw("prisoner leave A0001AA --undo --why 'the wrong prisoner'")
    before = contact(kw)

    said = load(prisoners=stays, allocations=[HIS])

    assert contact(kw) == before
    assert before["days"] == 127
    assert "1 departure that was taken back is not recorded again: A0001AA" in said.err
    kw("prisoner leave A0001AA --reason TRANSFER_OUT --on 2026-03-10")
    load(prisoners=stays)
    assert contact(kw)["days"] == days


def test_a_mistaken_release_is_taken_back_after_the_return(kw, ashdown_and_birch, load):
    load(prisoners=[STILL], allocations=[HIS])
    kw("prisoner leave A0001AA --reason RELEASE --on 2026-05-11")
    kw("prisoner return A0001AA --on 2026-05-12 --location B-1-002")

    said = kw("prisoner leave A0001AA --undo --why 'the wrong prisoner'")

    assert said.code == 0, said.err
    assert contact(kw)["days"] == 127
    assert contact(kw)["key_worker"]["staff_id"] == "KW1"
    assert contact(kw)["location"] == "B-1-002"
    assert "If this is wrong: kw prisoner leave A0001AA --reason RELEASE --on 2026-05-11" in said.out
    assert kw("prisoner leave A0001AA --reason RELEASE --on 2026-05-11").code == 0
    assert contact(kw)["days"] == 0
    assert [on for on, kind, _ in timeline(kw) if kind == "ARRIVAL"] == ["2026-01-05", "2026-05-12"]


@pytest.mark.parametrize(("worker", "since"), [("KW1", "2026-01-06"), ("KW2", "2026-05-12")])
def test_the_key_worker_given_after_the_return_is_his_after_the_taking_back(worker, since, kw, ashdown_and_birch, load):
    load(prisoners=[STILL], allocations=[HIS])
    kw("prisoner leave A0001AA --reason RELEASE --on 2026-05-11")
    kw("prisoner return A0001AA --on 2026-05-12")
    kw(f"allocate A0001AA --to {worker}")

    assert kw("prisoner leave A0001AA --undo --why 'the wrong prisoner'").code == 0

    assert (contact(kw)["key_worker"]["staff_id"], allocated_on(kw)) == (worker, since)
    assert [entry for entry in timeline(kw) if entry[1] == "NO_KEY_WORKER" and entry[0] > "2026-01-06"] == []
    kw("prisoner leave A0001AA --reason RELEASE --on 2026-05-11")
    assert contact(kw)["key_worker"]["staff_id"] == worker


@pytest.mark.parametrize(("ended", "since"), [("", "2026-01-06"), ("2026-05-08", "2026-05-10")])
def test_two_spells_with_one_key_worker_are_joined_only_where_they_touch(ended, since, kw, ashdown_and_birch, load):
    load(prisoners=[STILL], allocations=[f"A0001AA,KW1,2026-01-06,{ended},{ended and 'OVERRIDE'}"])
    kw("prisoner leave A0001AA --reason RELEASE --on 2026-04-30")
    kw("prisoner return A0001AA --on 2026-05-01")
    load(allocations=["A0001AA,KW1,2026-05-10,,"])

    kw("prisoner leave A0001AA --undo --why 'the wrong prisoner'")

    assert allocated_on(kw) == since


def test_of_two_from_one_day_that_ended_with_a_departure_taken_back_one_is_his_again(kw, ashdown_and_birch, load):
    """He came and died on that day, each file with another key worker for him."""
    load(
        prisoners=["A0001AA,2026-05-08,Alder,Sam,B-1-001,2026-05-08,DIED"],
        allocations=["A0001AA,KW1,2026-05-08,,", "A0001AA,KW2,2026-05-08,,"],
    )

    kw("prisoner leave A0001AA --undo --why 'the wrong prisoner'")

    assert contact(kw)["key_worker"]["staff_id"] == "KW2"
    assert kw("why A0001AA").code == 0


@pytest.mark.parametrize("before", [False, True], ids=["one import", "two"])
def test_nights_that_others_ended_stay_ended_when_a_departure_is_taken_back(before, kw, ashdown_and_birch, load):
    away = ["prison_number,reason,from,to", "A0001AA,UNLAWFULLY_AT_LARGE,2026-04-28,"]
    if before:
        load(prisoners=[STILL], absences=away)
    left = STILL.removesuffix(",,") + ",2026-05-04,ESCAPE"
    load(prisoners=[left], absences=[*away, "A0001AA,HOSPITAL,2026-04-30,2026-05-02"])

    kw("prisoner leave A0001AA --undo --why 'of somebody else'")

    assert answer(kw, "overdue --as-of 2026-05-01")["summary"]["away"] == 1
    assert answer(kw, "overdue --as-of 2026-05-03")["summary"]["away"] == 0


@pytest.mark.parametrize("before", [{}, {"prisoners": [STILL], "allocations": [HIS]}], ids=["one import", "two"])
def test_what_ended_with_a_departure_taken_back_ends_as_its_file_said(before, kw, ashdown_and_birch, load):
    if before:
        load(**before)
    load(
        prisoners=[FIRST],
        allocations=["A0001AA,KW1,2026-01-06,2026-05-09,OVERRIDE"],
        absences=["prison_number,reason,from,to", "A0001AA,HOSPITAL,2026-03-09,2026-05-20"],
    )

    said = kw("prisoner leave A0001AA --undo --why 'of somebody else'").out

    assert "key worker again" not in said
    assert unallocated(kw)["A0001AA"]["since"] == "2026-05-09"
    assert answer(kw, "overdue")["rows"][0]["away"] == "HOSPITAL"


def test_a_death_is_taken_back_of_one_who_came_back_that_day_from_court(kw, ashdown_and_birch, load):
    away = "prison_number,reason,from,to"
    load(prisoners=[STILL], absences=[away, "A0001AA,COURT,2026-03-09,"])
    load(prisoners=[FIRST.replace("TRANSFER_OUT", "DIED")], absences=[away, "A0001AA,COURT,2026-03-09,2026-03-10"])

    assert kw("prisoner leave A0001AA --undo --why 'of somebody else'").code == 0

    assert answer(kw, "overdue")["rows"][0]["away"] is None


def test_what_began_since_a_return_that_is_recorded_later_stands(kw, ashdown_and_birch, load):
    load(prisoners=[STILL], allocations=["A0001AA,KW1,2026-05-04,,"])
    load(absences=["prison_number,reason,from,to", "A0001AA,HOSPITAL,2026-05-08,"])
    kw("prisoner leave A0001AA --reason RELEASE --on 2026-04-28")

    said = kw("prisoner return A0001AA --on 2026-04-30").out

    assert "Ann Ashdown is his key worker again." in said
    assert "kw allocate" not in said
    assert allocated_on(kw) == "2026-05-04"
    assert answer(kw, "overdue")["rows"][0]["away"] == "HOSPITAL"


def test_an_arrival_of_a_prisoner_who_never_came_is_in_no_count_and_readable(kw, ashdown_and_birch, load, tmp_path):
    load(prisoners=[STILL])
    kw("prisoner add A0002AA --last-name Beech --first-name Tom --arrived 2026-05-01 --location SEG")
    kw("allocate A0002AA --to KW1")

    said = kw("prisoner add A0002AA --undo --why 'went to another prison'")

    assert said.code == 0, said.err
    assert [row["prison_number"] for row in answer(kw, "prisoner list")["rows"]] == ["A0001AA"]
    assert answer(kw, "stats")["summary"]["prisoners_not_seen"] == 1
    assert "went to another prison" in kw("timeline A0002AA").out
    assert kw(f"export {tmp_path / 'out'}").code == 0
    assert "went to another prison" in (tmp_path / "out" / "prisoners.csv").read_text()
    beside = str(tmp_path / "beside.db")
    assert kw(f"--db {beside} import {tmp_path / 'out'}").code == 0
    assert (
        json.loads(kw(f"--db {beside} prisoner list --format json").out)["summary"]
        == (answer(kw, "prisoner list")["summary"])
    )
    again = load(prisoners=["A0002AA,2026-05-01,Beech,Tom,SEG,,"])
    assert "1 arrival that was taken back is not recorded again: A0002AA" in again.err
    assert "Never came, by the record" in kw("prisoner list --all").out
    assert kw("prisoner return A0002AA --on 2026-05-01").code == 0
    assert contact(kw, "A0002AA")["days"] == 11


def test_an_arrival_is_not_taken_back_of_a_prisoner_who_was_seen(kw, ashdown_and_birch, load):
    load(prisoners=[STILL], sessions=["prison_number,staff_id,held_on,minutes", "A0001AA,KW1,2026-05-04,45"])

    said = kw("prisoner add A0001AA --undo --why x")

    assert said.code == 5
    assert "he was here" in said.err


def test_voiding_shows_what_it_takes_out_asks_and_says_how_to_undo_it(kw, ashdown_and_birch, load):
    heading = "prison_number,staff_id,held_on,minutes,outcome"
    load(prisoners=[STILL], sessions=[heading, "A0001AA,KW1,2026-05-04,0,REFUSED"])

    kept = kw("amend-session A0001AA --void --why 'of another prisoner'", answers=["n"])
    assert "Would be taken out: Sam Alder (A0001AA), refusal of a key worker session with Ann Ashdown" in kept.out
    assert "Taken out" not in kept.out
    voided = kw("amend-session A0001AA --void --why 'of another prisoner'", answers=["y"])

    assert voided.code == 0
    assert "record it again: kw log-session A0001AA --by KW1 --on 2026-05-04" in voided.out


# --- what is planned is shown ---


def test_a_start_to_come_is_shown_where_he_has_nobody_yet(kw, ashdown_and_birch, load):
    load(prisoners=[STILL], allocations=["A0001AA,KW1,2026-06-01,,"])

    row = unallocated(kw)["A0001AA"]
    assert (row["planned"]["staff_id"], row["planned_from"]) == ("KW1", "2026-06-01")
    assert "Ann Ashdown from Mon 1 Jun 2026, as planned" in " ".join(kw("unallocated").out.split())
    assert "Ann Ashdown is to be his key worker from Mon 1 Jun 2026." in kw("why A0001AA").out
    kw("deallocate A0001AA")
    assert unallocated(kw)["A0001AA"]["planned"] is None


@pytest.mark.parametrize("left", [FIRST.replace("03-10", "05-08"), None], ids=["by a file", "typed"])
def test_what_was_planned_and_agreed_in_the_stay_before_is_not_carried_into_the_next(left, kw, ashdown_and_birch, load):
    heading = "prison_number,staff_id,held_on,minutes,next_session_on"
    load(
        prisoners=[STILL],
        allocations=["A0001AA,KW1,2026-06-01,,"],
        sessions=[heading, "A0001AA,KW1,2026-05-04,45,2026-05-14"],
    )
    if left:
        load(prisoners=[left])
    else:
        kw("prisoner leave A0001AA --reason TRANSFER_OUT --on 2026-05-08")
    kw("prisoner return A0001AA --on 2026-05-11")

    assert unallocated(kw)["A0001AA"]["planned"] is None
    assert unallocated(kw, as_of="2026-06-02")["A0001AA"]["since"] == "2026-05-11"
    assert answer(kw, "handover A0001AA")["summary"]["next_session_on"] is None


def test_an_end_to_come_is_shown(kw, ashdown_and_birch, load):
    load(prisoners=[STILL], allocations=["A0001AA,KW1,2026-05-07,2026-05-20,MANUAL"])

    assert "Ann Ashdown is his key worker until Wed 20 May 2026, as planned." in kw("why A0001AA").out


def test_met_yesterday_and_allocated_today_is_not_never_met(kw, ashdown_and_birch, load):
    heading = "prison_number,staff_id,held_on,minutes"
    load(prisoners=[STILL], sessions=[heading, "A0001AA,KW1,2026-05-11,45"])
    kw("allocate A0001AA --to KW1")

    said = kw("event add A0001AA SELF_HARM").out
    assert "Ann Ashdown, who saw him on Mon 11 May 2026, not since becoming his key worker today" in said


def test_one_prisoner_is_no_plural(kw, ashdown_and_birch, load):
    heading = "prison_number,staff_id,held_on,minutes"
    load(prisoners=[STILL], allocations=[HIS], sessions=[heading, "A0001AA,KW1,2026-05-11,45"])

    assert "The one prisoner here has had key work in the last 6 days" in kw("overdue").out
    assert "The one prisoner who has a key worker has met them." in kw("not-met").out


def test_cells_and_wings_are_sorted_as_people_count(kw, ashdown_and_birch, load):
    cells = ("HB10-1-001", "HB2-1-010", "HB2-1-2", "HB1-1-1")
    load(prisoners=[f"A000{n}AA,2026-01-05,Alder,Sam,{cell},," for n, cell in enumerate(cells)])

    for report in ("prisoner list", "overdue", "unallocated"):
        found = [row["location"] for row in answer(kw, f"{report} --sort location")["rows"]]
        assert found == ["HB1-1-1", "HB2-1-2", "HB2-1-010", "HB10-1-001"], report
    wings = [row["wing"] for row in answer(kw, "stats")["rows"] if row["by"] == "wing"]
    assert wings == ["HB1", "HB2", "HB10"]


def test_wings_as_short_as_each_other_are_sorted_as_people_count(kw, prison, load):
    wings = ("HB10", "HB2", "HB1")
    for wing in wings:
        prison.officer(f"K{wing}", wing=wing)
    load(
        prisoners=[f"A000{n}AA,2026-01-05,Alder,Sam,{wing}-1-1,," for n, wing in enumerate(wings)],
        allocations=[f"A000{n}AA,K{wing},2026-01-05,," for n, wing in enumerate(wings)],
    )

    assert [row["wing"] for row in answer(kw, "budget --by wing")["rows"]] == ["HB1", "HB2", "HB10"]


# --- found beside what was found ---


def test_an_open_absence_that_ends_with_the_stay_gives_way_to_a_shorter_one_after_it(kw, ashdown_and_birch, load):
    load(
        prisoners=["A0001AA,2026-04-07,Alder,Sam,B-1-001,2026-04-16,ESCAPE"],
        absences=[
            "prison_number,reason,from,to",
            "A0001AA,COURT,2026-04-08,",
            "A0001AA,HOSPITAL,2026-04-13,2026-04-14",
        ],
    )

    assert answer(kw, "stats --since 2026-04-07 --until 2026-04-16")["summary"]["eligible_average"] == 0.3


def test_the_times_of_moves_are_read_as_the_files_say_them(kw, ashdown_and_birch, load):
    rows = ["A0001AA,2026-05-11,15:00,SEG", "A0001AA,2026-05-11,09:40,A-1-001"]
    load(prisoners=[STILL], moves=["prison_number,moved_on,moved_at,location", *rows])

    assert contact(kw)["location"] == "SEG"


def test_segregation_from_arrival_and_back_there_the_same_day_is_no_error(kw, ashdown_and_birch, load):
    load(
        prisoners=["A0001AA,2026-04-27,Alder,Sam,SEG,,"],
        moves=["prison_number,moved_on,location", "A0001AA,2026-04-27,HCC", "A0001AA,2026-04-27,SEG"],
    )

    (event,) = answer(kw, "event list A0001AA")["rows"]
    assert (event["on"], event["until"]) == ("2026-04-27", None)


def test_segregation_twice_in_a_day_by_events(kw, ashdown_and_birch, load):
    load(
        prisoners=[STILL],
        events=[
            "prison_number,code,on,time,until",
            "A0001AA,SEG,2026-05-11,09:40,2026-05-11",
            "A0001AA,SEG,2026-05-11,15:00,",
        ],
        moves=["prison_number,moved_on,moved_at,location", "A0001AA,2026-05-11,15:00,SEG"],
    )

    assert len(answer(kw, "event list A0001AA --all")["rows"]) == 2


def test_two_open_key_workers_under_two_numbers_are_one_after_the_other(kw, ashdown_and_birch, load):
    load(
        prisoners=[
            PRISONERS.replace("location", "location,also_known_by"),
            "A0001AA,2026-01-05,Alder,Sam,B-1-001,B0001BB,,",
        ],
        allocations=["A0001AA,KW1,2026-01-06,,", "B0001BB,KW2,2026-02-02,,"],
    )

    assert contact(kw)["key_worker"]["staff_id"] == "KW2"
    assert ("2026-02-02", "ALLOCATION_END") in [entry[:2] for entry in timeline(kw)]
    assert any("second number" in row["found"] for row in answer(kw, "doctor")["rows"])


def test_of_two_key_workers_of_one_day_under_two_numbers_a_look_back_has_the_one_too(kw, ashdown_and_birch, load):
    load(
        prisoners=[
            f"{PRISONERS},also_known_by,recorded_at",
            "A0001AA,2026-04-08,Alder,Sam,B-1-001,,,B0001BB,2026-04-08T09:00Z",
        ],
        allocations=[
            f"{ALLOCATIONS},recorded_at",
            "B0001BB,KW1,2026-04-08,2026-04-10,MANUAL,2026-04-08T09:00Z",
            "A0001AA,KW2,2026-04-08,,,2026-04-08T09:00Z",
        ],
    )

    looked_back = answer(kw, "budget --as-of 2026-04-12 --known-at 2026-04-12T22:00")["rows"]
    assert [row["staff_id"] for row in looked_back if row["required_minutes"]] == ["KW2"]


def test_one_that_held_no_day_before_he_came_ends_no_other(kw, ashdown_and_birch, load):
    load(
        prisoners=[f"{PRISONERS},also_known_by", "A0001AA,2026-05-10,Alder,Sam,B-1-001,,,B0001BB"],
        allocations=["A0001AA,KW1,2026-05-09,,", "B0001BB,KW2,2026-05-09,2026-05-10,MANUAL"],
    )

    assert contact(kw)["key_worker"]["staff_id"] == "KW1"


def test_looking_back_nobody_ended_it_who_was_recorded_after_the_death(kw, ashdown_and_birch, load):
    load(
        prisoners=[
            f"{PRISONERS},recorded_at",
            "A0001AA,2026-04-23,Alder,Sam,B-1-001,2026-04-26,ESCAPE,2026-05-07T15:00:00Z",
            "A0001AA,2026-04-26,Alder,Sam,B-1-001,2026-04-29,DIED,2026-04-26T08:00:00Z",
        ],
        allocations=[
            f"{ALLOCATIONS},recorded_at",
            "A0001AA,KW1,2026-04-24,,,2026-04-24T11:00:00Z",
            "A0001AA,KW2,2026-04-26,,,2026-05-02T11:00:00Z",
        ],
    )

    looked_back = answer(kw, "budget --as-of 2026-05-06 --known-at 2026-05-06T10:00:00Z")["rows"]
    assert [row["staff_id"] for row in looked_back if row["required_minutes"]] == ["KW1"]


def test_of_two_sessions_of_a_day_one_that_was_taken_out_later_stood_till_then(kw, ashdown_and_birch, load):
    heading = "prison_number,staff_id,held_on,start,type,minutes,outcome,recorded_at,voided_at"
    load(
        prisoners=[f"{PRISONERS},recorded_at", "A0001AA,2026-04-14,Alder,Sam,B-1-001,,,2026-04-14T07:00:00Z"],
        sessions=[
            heading,
            "A0001AA,KW1,2026-04-14,09:00,KS,60,COMPLETED,2026-04-14T11:00:00Z,",
            "A0001AA,KW1,2026-04-14,,KS,60,COMPLETED,2026-04-20T11:00:00Z,2026-04-29T12:00:00Z",
        ],
    )

    def sessions(moment):
        return answer(kw, f"stats --as-of 2026-04-22 --known-at {moment}")["summary"]["sessions"]

    assert (sessions("2026-04-22T22:00:00Z"), sessions("2026-04-30T22:00:00Z")) == (2, 1)


def test_an_allocation_ends_where_a_file_takes_him_out_of_scope(kw, ashdown_and_birch, load):
    heading = PRISONERS + ",out_of_scope_from,out_of_scope_reason"
    load(prisoners=[heading, "A0001AA,2026-01-05,Alder,Sam,B-1-001,,,2026-05-01,unit"], allocations=[HIS])

    assert ("2026-05-01", "ALLOCATION_END") in [entry[:2] for entry in timeline(kw)]
    assert answer(kw, "caseload KW1")["rows"] == []


def test_one_out_of_scope_is_none_of_his_prisoners_by_the_morning_of_that_day(kw, ashdown_and_birch, load):
    heading = "prison_number,arrived_on,last_name,first_name,location,out_of_scope_from,out_of_scope_reason,recorded_at"
    then = "2026-04-20T08:00:00Z"
    load(
        prisoners=[
            heading,
            f"A0001AA,2026-04-20,Alder,Sam,B-1-001,2026-05-01,unit,{then}",
            f"A0002AA,2026-04-20,Beech,Sam,B-1-002,,,{then}",
        ],
        allocations=[
            "prison_number,staff_id,allocated_on,recorded_at",
            *(f"A000{n}AA,KW1,2026-04-20,{then}" for n in (1, 2)),
        ],
        rota=[
            "staff_id,date,start,end,status,published_on,recorded_at",
            f"KW1,2026-04-21,09:00,10:30,WORKED,2026-04-20,{then}",
        ],
    )
    look_back = "--as-of 2026-05-01 --known-at 2026-05-01T10:00:00Z"

    assert [row["why"] for row in answer(kw, f"overdue {look_back}")["rows"]] == ["UNUSED"]
    assert answer(kw, f"worker list {look_back}")["summary"]["taken"] == 1


@pytest.mark.parametrize("allocated_on", ["2026-05-02", "2026-05-01"], ids=["on arrival", "the day before"])
def test_one_ended_with_the_scope_of_a_stay_he_had_left_opens_again(kw, ashdown_and_birch, load, allocated_on):
    heading = f"{PRISONERS},out_of_scope_from,out_of_scope_reason"
    his = f"A0001AA,KW1,{allocated_on},,"
    load(prisoners=[heading, "A0001AA,2026-04-20,Alder,Sam,B-1-001,,,2026-04-25,unit"], allocations=[his])
    assert answer(kw, "unallocated")["rows"] == []  # he is out of scope

    left = "A0001AA,2026-04-20,Alder,Sam,B-1-001,2026-04-30,RELEASE,2026-04-25,unit"
    load(prisoners=[heading, left, "A0001AA,2026-05-02,Alder,Sam,B-1-009,,,,"], allocations=[his])

    assert unallocated(kw) == {}
    assert contact(kw)["key_worker"]["staff_id"] == "KW1"


def test_one_who_left_out_of_scope_is_said_to_have_left(kw, ashdown_and_birch, load):
    heading = PRISONERS + ",out_of_scope_from,out_of_scope_reason"
    load(prisoners=[heading, "A0001AA,2026-01-05,Alder,Sam,B-1-001,2026-05-08,RELEASE,2026-05-01,unit"])

    assert contact(kw)["left_on"] == "2026-05-08"


def test_a_slot_of_the_day_itself_is_still_to_come(kw, ashdown_and_birch, load):
    load(
        prisoners=[STILL],
        allocations=[HIS],
        rota=["staff_id,date,start,end,status", "KW1,2026-05-12,14:00,16:15,PUBLISHED"],
    )

    assert contact(kw)["why"] == "NO_TIME"


def test_a_slot_published_after_the_day_says_nothing_of_it(kw, ashdown_and_birch, load):
    load(
        prisoners=[STILL],
        allocations=[HIS],
        rota=["staff_id,date,start,end,status,published_on", "KW1,2026-05-10,14:00,16:15,WORKED,2026-05-14"],
    )

    assert answer(kw, "why A0001AA --as-of 2026-05-12")["summary"]["why"] == "NO_ROTA"


def test_a_session_on_the_day_of_out_and_back_is_in_scope_where_the_later_stay_is(kw, ashdown_and_birch, load):
    heading = PRISONERS + ",out_of_scope_from,out_of_scope_reason"
    load(
        prisoners=[
            heading,
            "A0001AA,2026-04-07,Alder,Sam,B-1-001,2026-05-06,TRANSFER_OUT,2026-04-20,unit",
            "A0001AA,2026-05-06,Alder,Sam,B-1-001,,,,",
        ],
        sessions=["prison_number,staff_id,held_on,minutes", "A0001AA,KW1,2026-05-06,45"],
    )

    assert answer(kw, "stats")["summary"]["sessions_out_of_scope"] == 0
    assert answer(kw, "budget --weeks 1")["summary"]["delivered_minutes"] == 45


def test_back_from_court_and_escaped_and_recaptured_in_a_day_are_told_in_that_order(kw, ashdown_and_birch):
    ashdown_and_birch.prisoner("A0001AA", arrived="2026-01-05")
    kw("prisoner away A0001AA --reason COURT --from 2026-05-03")
    kw("prisoner away A0001AA --back")
    kw("prisoner leave A0001AA --reason ESCAPE")
    kw("prisoner return A0001AA --location B-1-001")

    assert [what.partition(":")[0].partition(".")[0] for on, _, what in timeline(kw) if on == "2026-05-12"] == [
        "Back",
        "Escaped",
        "Arrived",
    ]


def test_an_allocation_from_before_he_came_ends_with_the_scope_too(kw, ashdown_and_birch, load):
    load(
        prisoners=[
            f"{PRISONERS},out_of_scope_from,out_of_scope_reason",
            "A0001AA,2026-04-20,Alder,Sam,B-1-001,,,2026-05-11,unit",
        ],
        allocations=["A0001AA,KW1,2026-04-18,,"],
    )

    assert "0 of" in next(line for line in kw("worker list").out.splitlines() if "KW1" in line)


def test_the_end_that_a_file_gave_is_known_again_in_a_look_back(kw, ashdown_and_birch, load):
    heading = f"{PRISONERS},recorded_at,left_recorded_at"
    given = "A0001AA,KW1,2026-03-02,2026-04-23,MANUAL,2026-03-02T09:00:00Z"
    load(
        prisoners=[
            heading,
            "A0001AA,2026-03-02,Alder,Sam,B-1-001,2026-04-16,TRANSFER_OUT,2026-03-02T09:00:00Z,2026-05-06T09:00:00Z",
        ],
        allocations=[f"{ALLOCATIONS},recorded_at", given],
    )

    def known(moment):
        return answer(kw, f"unallocated --as-of {moment[:10]} --known-at {moment}")["rows"]

    assert known("2026-04-20T10:00:00Z") == []
    assert [row["since"] for row in known("2026-04-28T10:00:00Z")] == ["2026-04-23"]
    assert unallocated(kw) == {}
