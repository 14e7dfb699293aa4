"""`kw prisoner merge`: one prisoner, two numbers; either finds him, and a wrong merge is undone exactly.

help: movements.
"""

import json

import pytest

from factories import world

KEEP, OTHER = "A1234BC", "B2345CD"


@pytest.fixture
@world
def two_numbers(prison):
    """A prisoner received last year under one number and released, and back this year under another."""
    prison.officer("SHAH")
    prison.officer("REED")
    prison.prisoner(OTHER, name="Sam Example", arrived="2025-06-02", location="C-1-001")
    prison.allocated(OTHER, "REED", "2025-06-03")
    prison.session(OTHER, "REED", "2025-06-10", note="first talk", topics="FAMILY")
    prison.away(OTHER, "2025-07-01", back="2025-07-03")
    prison.left(OTHER, "2025-09-01")
    prison.prisoner(KEEP, name="Sam Example", arrived="2026-03-02")
    prison.allocated(KEEP, "SHAH", "2026-03-03")
    prison.session(KEEP, "SHAH", "2026-05-04")
    return prison


@pytest.fixture
def export(kw, tmp_path):
    """Every file that `kw export` writes, by name."""

    def write(name):
        assert kw(f"export {tmp_path / name}").code == 0
        return {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}

    return write


def merge(kw, words="", first=KEEP, second=OTHER):
    return kw(f"prisoner merge {first} {second} --why 'fingerprints at reception' {words}")


def earlier(kw, number=KEEP):
    report = json.loads(kw(f"why {number} --format json").out)
    return {section["name"]: section["rows"] for section in report["sections"]}["earlier_stays"]


def test_either_number_finds_him_and_all_that_is_recorded_is_his(kw, two_numbers):
    told = merge(kw)

    assert told.code == 0
    assert told.out == (
        "Sam Example (A1234BC) and Sam Example (B2345CD) are one prisoner: A1234BC is his number, either finds him.\n"
        "Joined to his record: 1 stay, 1 allocation, 1 session. His gap and his required time follow from all of it.\n"
        "If this is wrong: kw prisoner merge --undo A1234BC B2345CD --why TEXT\n"
    )
    assert earlier(kw) == earlier(kw, OTHER)
    (stay,) = earlier(kw)
    assert (stay["arrived_on"], stay["left_on"], stay["sessions"]) == ("2025-06-02", "2025-09-01", 1)
    assert "Also known by B2345CD: one prisoner, either number finds him." in kw(f"why {OTHER}").out
    assert json.loads(kw(f"why {OTHER} --format json").out)["summary"]["also_known_by"] == [OTHER]


def test_he_is_one_prisoner_on_every_list(kw, two_numbers):
    merge(kw)

    rows = json.loads(kw("prisoner list --all --format json").out)["rows"]

    assert [row["prison_number"] for row in rows] == [KEEP]
    assert kw("why sam").code == 0, "his name means one prisoner"


def test_his_gap_is_that_of_the_stay_he_is_in_whichever_number_it_came_under(kw, two_numbers):
    merge(kw, first=OTHER, second=KEEP)

    (row,) = json.loads(kw("overdue --days 7 --format json").out)["rows"]

    assert (row["prison_number"], row["days"], row["key_worker"]["staff_id"]) == (OTHER, 8, "SHAH")


def test_a_merge_and_its_undoing_restore_every_file_to_the_byte(kw, two_numbers, export):
    before = export("before")

    merge(kw)
    merged = export("merged")
    told = kw(f"prisoner merge --undo {KEEP} {OTHER} --why 'two brothers'")

    assert told.code == 0
    assert "A1234BC and B2345CD, merged on Tue 12 May 2026, are two again (two brothers)." in told.out
    assert "Gone back to B2345CD: 1 stay, 1 allocation, 1 session." in told.out
    assert merged != before
    assert export("after") == before


def test_an_export_of_a_merged_prisoner_keeps_both_numbers(kw, two_numbers, export):
    merge(kw)

    rows = export("merged")["prisoners.csv"].decode().splitlines()

    assert len(rows) == 3
    assert all(row.startswith(KEEP) and OTHER in row for row in rows[1:])


def test_where_both_have_a_key_worker_the_one_of_the_stay_he_is_in_stands(kw, two_numbers, export):
    two_numbers.allocated(OTHER, "REED", "2025-10-01")  # live still, begun when he had left: nobody ended it
    before = export("before")

    merge(kw)

    (row,) = json.loads(kw("overdue --days 7 --format json").out)["rows"]
    assert row["key_worker"]["staff_id"] == "SHAH"
    assert "REED,2025-10-01" in (merged := export("merged")["allocations.csv"].decode())
    assert "MERGED" in merged

    kw(f"prisoner merge --undo {KEEP} {OTHER} --why no")
    assert export("after") == before


def test_what_was_entered_under_both_numbers_counts_once_and_comes_back_with_the_undoing(kw, two_numbers, export):
    for number in (KEEP, OTHER):
        assert kw(f"event add {number} SELF_HARM_HISTORY --on 2025-07-01").code == 0
    before = export("before")

    merge(kw)

    assert export("merged")["events.csv"].decode().count("SELF_HARM_HISTORY") == 1
    kw(f"prisoner merge --undo {KEEP} {OTHER} --why no")
    assert export("after") == before


def test_what_is_recorded_after_a_merge_goes_back_with_the_stay_it_is_dated_in(kw, two_numbers):
    merge(kw, first=OTHER, second=KEEP)
    kw(f"log-session {OTHER} --minutes 30 --by SHAH --on 2026-05-11 --start 10:00")
    kw(f"prisoner move {OTHER} C-1-009 --on 2026-05-11")

    kw(f"prisoner merge --undo {OTHER} {KEEP} --why 'two brothers'")

    (row,) = json.loads(kw("overdue --days 1 --format json").out)["rows"]
    assert (row["prison_number"], row["days"], row["location"]) == (KEEP, 1, "C-1-009")


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_three_numbers_are_parted_in_any_order(order, kw, two_numbers, export):
    two_numbers.prisoner("C3456DE", name="Sam Example", arrived="2024-01-02")
    two_numbers.left("C3456DE", "2024-02-02")
    others = (OTHER, "C3456DE")
    for number, begun, worker in (
        (KEEP, "2026-04-01", "REED"),
        (OTHER, "2025-10-01", "REED"),
        (others[1], "2026-03-20", "SHAH"),
    ):
        two_numbers.allocated(number, worker, begun)  # the last two live still, begun when he had left
    for number in (KEEP, *others):
        two_numbers.session(number, "REED", "2026-05-02")
    before = export("before")
    merge(kw, second=others[1])
    alone = {others[1]: export("third")}
    kw(f"prisoner merge --undo {KEEP} {others[1]} --why no")
    merge(kw)
    alone[OTHER] = export("second")
    merge(kw, second=others[1])

    first, last = (others[place] for place in order)
    assert kw(f"prisoner merge --undo {KEEP} {first} --why no").code == 0
    assert export("between") == alone[last]
    assert kw(f"prisoner merge --undo {KEEP} {last} --why no").code == 0

    assert export("after") == before


def test_two_men_who_were_here_at_the_same_time_are_not_joined_and_it_is_said_when(kw, two_numbers):
    two_numbers.prisoner("D4567EF", name="Another Man", arrived="2026-04-01")

    told = merge(kw, second="D4567EF")

    assert told.code == 5
    assert told.err.splitlines()[0] == (
        "kw: they cannot be one prisoner: Sam Example (A1234BC) was here from Mon 2 Mar 2026 and is still, "
        "Another Man (D4567EF) from Wed 1 Apr 2026 and is still."
    )


def test_stays_that_overlap_in_the_past_are_refused_too(kw, two_numbers):
    two_numbers.prisoner("D4567EF", name="Sam Example", arrived="2025-08-30")
    two_numbers.left("D4567EF", "2025-09-20")

    told = merge(kw, first=OTHER, second="D4567EF")

    assert told.code == 5
    assert "from Mon 2 Jun 2025 to Mon 1 Sep 2025, Sam Example (D4567EF) from Sat 30 Aug 2025" in told.err


def test_a_stay_may_begin_on_the_day_that_another_ends(kw, two_numbers):
    two_numbers.prisoner("D4567EF", name="Sam Example", arrived="2025-09-01")
    two_numbers.left("D4567EF", "2025-09-20")

    assert merge(kw, first=OTHER, second="D4567EF").code == 0


def test_a_merge_of_prisoners_whose_names_differ_is_pointed_out(kw, two_numbers):
    two_numbers.prisoner("D4567EF", name="Samuel Exampel", arrived="2024-01-02")
    two_numbers.left("D4567EF", "2024-02-02")

    assert "their names or dates of birth differ" in merge(kw, second="D4567EF").err


def test_numbers_that_are_one_mans_already_are_not_merged_again(kw, two_numbers):
    merge(kw)

    told = merge(kw)

    assert told.code == 5
    assert "A1234BC and B2345CD are one prisoner's already." in told.err


def test_a_stay_begun_since_cannot_be_given_to_either(kw, two_numbers):
    merge(kw)
    kw(f"prisoner leave {KEEP} --reason RELEASE --on 2026-05-10")
    kw(f"prisoner return {KEEP} --on 2026-05-11")

    told = kw(f"prisoner merge --undo {KEEP} {OTHER} --why x")

    assert told.code == 5
    assert "a stay of Sam Example (A1234BC) from Mon 11 May 2026 was recorded after B2345CD was merged" in told.err


def test_the_record_of_a_prisoner_who_died_is_neither_joined_nor_parted(kw, two_numbers):
    merge(kw)
    kw(f"prisoner leave {KEEP} --reason DIED")
    two_numbers.prisoner("D4567EF", name="Sam Example", arrived="2024-01-02")
    two_numbers.left("D4567EF", "2024-02-02")

    assert kw(f"prisoner merge --undo {KEEP} {OTHER} --why x").code == 5
    assert merge(kw, second="D4567EF").code == 5


def test_a_dry_run_of_a_merge_saves_nothing(kw, two_numbers, export):
    before = export("before")

    told = merge(kw, "--dry-run")

    assert "would be one prisoner" in told.out
    assert told.err == "nothing saved: --dry-run\n"
    assert export("after") == before


def test_the_key_worker_of_the_stay_he_is_in_stands_under_whichever_number(kw, two_numbers, export):
    two_numbers.allocated(OTHER, "REED", "2025-10-01")

    merge(kw, first=OTHER, second=KEEP)

    (row,) = json.loads(kw("overdue --days 7 --format json").out)["rows"]
    assert row["key_worker"]["staff_id"] == "SHAH"
    kw(f"prisoner merge --undo {OTHER} {KEEP} --why no")
    rows = export("after")["allocations.csv"].decode().splitlines()
    assert any("REED,2025-10-01" in row and "MERGED" not in row for row in rows)


@pytest.fixture
@world
def one_session_twice(prison):
    """A second stay that begins the day the first one ends, and one session of that day under each number."""
    prison.officer("SHAH")
    prison.prisoner(OTHER, name="Sam Example", arrived="2026-03-02")
    prison.session(OTHER, "SHAH", "2026-05-04", 45)
    prison.left(OTHER, "2026-05-04")
    prison.prisoner(KEEP, name="Sam Example", arrived="2026-05-04")
    prison.session(KEEP, "SHAH", "2026-05-04", 45)
    return prison


WEEK = "stats --since 2026-05-04 --until 2026-05-10 --format json"


def totals(kw):
    summary = json.loads(kw(WEEK).out)["summary"]
    return summary["sessions"], summary["minutes"]


def test_one_session_under_both_numbers_is_one_and_stays_one(kw, one_session_twice, tmp_path, export):
    merge(kw)

    assert totals(kw) == (1, 45)
    export("merged")
    beside = str(tmp_path / "beside.db")
    assert kw(f"--db {beside} import {tmp_path / 'merged'}").code == 0
    there = json.loads(kw(f"--db {beside} {WEEK}").out)["summary"]
    assert there == json.loads(kw(WEEK).out)["summary"]
    assert there["days_to_first_session_n"] == 1
    before = f"{WEEK} --as-of 2026-05-10 --known-at 2026-05-11T09:00"
    assert json.loads(kw(f"--db {beside} {before}").out)["summary"]["sessions"] == 1
    assert kw(f"amend-session {KEEP} --void --why 'of somebody else'").code == 0
    assert totals(kw) == (0, 0)


UNDER_BOTH = (
    (("A1234BC,SHAH,2026-05-04,,45", "B2345CD,SHAH,2026-05-04,10:00,45"), (1, 45)),
    (("A1234BC,SHAH,2026-05-04,10:00,45", "B2345CD,SHAH,2026-05-04,,45"), (1, 45)),
    (("A1234BC,SHAH,2026-05-04,10:00,45", "B2345CD,SHAH,2026-05-04,,30"), (2, 75)),
    (("A1234BC,SHAH,2026-05-04,,45", "B2345CD,SHAH,2026-05-04,10:00,45", "B2345CD,SHAH,2026-05-04,14:00,45"), (2, 90)),
)


@pytest.mark.parametrize(("rows", "right"), UNDER_BOTH)
def test_one_session_with_its_start_under_one_number_is_one_when_they_are_merged(
    rows, right, kw, prison, tmp_path, export
):
    prison.officer("SHAH")
    prison.prisoner(OTHER, name="Sam Example", arrived="2026-03-02")
    prison.left(OTHER, "2026-05-04")
    prison.prisoner(KEEP, name="Sam Example", arrived="2026-05-04")
    file = tmp_path / "sessions.csv"
    file.write_text("\n".join(("prison_number,staff_id,held_on,start,minutes", *rows)) + "\n")
    assert kw(["import", str(file)]).code == 0
    merge(kw)

    assert totals(kw) == right
    export("merged")
    beside = str(tmp_path / "beside.db")
    assert kw(f"--db {beside} import {tmp_path / 'merged'}").code == 0
    assert json.loads(kw(f"--db {beside} {WEEK}").out)["summary"] == json.loads(kw(WEEK).out)["summary"]


def test_a_merge_undone_gives_each_number_its_session_again(kw, one_session_twice, export):
    before = export("before")

    merge(kw)
    kw(f"prisoner merge --undo {KEEP} {OTHER} --why no")

    assert export("after") == before


def test_what_was_found_in_its_note_goes_with_the_session_that_stands(kw, prison, export):
    prison.officer("SHAH")
    for number, arrived in ((OTHER, "2026-03-02"), (KEEP, "2026-05-04")):
        prison.prisoner(number, name="Sam Example", arrived=arrived)
        prison.session(number, "SHAH", "2026-05-04", 45, note="Spoke of home.")
        if number == OTHER:
            prison.left(number, "2026-05-04")
    for reader, number, found in (("one", OTHER, "thin"), ("two", OTHER, "short"), ("two", KEEP, "short, again")):
        assert kw(f"notes read {number} --found '{found}' --user {reader}").code == 0
    before = export("before")

    merge(kw)

    (row,) = json.loads(kw("notes sample --month 2026-05 --format json").out)["rows"]
    assert (row["prison_number"], row["read_by"]) == (KEEP, "two")
    kept = export("merged")["note_readings.csv"].decode()
    assert f"{KEEP},SHAH,2026-05-04" in kept
    assert all(found in kept for found in ("thin", "short, again"))
    kw(f"prisoner merge --undo {KEEP} {OTHER} --why no")
    assert export("after") == before


def test_a_file_from_before_the_merge_changes_nothing_of_the_prisoner(kw, one_session_twice, export, tmp_path):
    before = tmp_path / "before"
    assert kw(f"export {before}").code == 0
    merge(kw)
    merged = export("merged")
    rows = (
        (before / "prisoners.csv")
        .read_text()
        .replace(f"{OTHER},2026-03-02,Example,Sam", f"{OTHER},2026-03-02,Old,Name")
    )
    (before / "prisoners.csv").write_text(rows)

    assert kw(f"import {before}").code == 0

    assert export("again") == merged


def test_what_contradicts_the_other_record_is_settled_with_the_merge_and_comes_back_with_the_undoing(
    kw, prison, export, tmp_path
):
    prison.officer("SHAH")
    prison.prisoner(KEEP, name="Sam Example", arrived="2026-03-26")
    prison.left(KEEP, "2026-03-27", "TRANSFER_OUT")
    prison.prisoner(OTHER, name="Sam Example", arrived="2026-03-28")
    prison.allocated(OTHER, "SHAH", "2026-03-27")  # on the last day of a stay that was not his until the merge
    prison.away(OTHER, "2026-03-26")
    before = export("before")

    merge(kw)

    (row,) = json.loads(kw("unallocated --format json").out)["rows"]
    assert (row["prison_number"], row["days"]) == (KEEP, 45)
    second = tmp_path / "second.db"
    export("merged")
    kw(f"import {tmp_path / 'merged'} --yes --db {second}")
    for report in ("unallocated", f"why {KEEP}", "budget", "overdue --days 1"):
        assert kw(f"{report} --format json").out == kw(f"{report} --format json --db {second}").out, report
    kw(f"prisoner merge --undo {KEEP} {OTHER} --why no")
    assert export("after") == before
