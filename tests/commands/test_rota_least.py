"""`kw rota least`: the fewest slots with which nobody passes the limit (help: least)."""

import json

import pytest

from factories import world


@pytest.fixture
@world
def wing(prison):
    """Shah with three prisoners and Cole with one, all of whom pass the limit next week; each had half days before."""
    prison.officer("SHAH", name="Nadia Shah")
    prison.officer("COLE", name="Di Cole")
    for number, name, officer, seen in [
        ("A1111AA", "Ben Ash", "SHAH", "2026-05-11"),
        ("B2222BB", "Carl Birch", "SHAH", "2026-05-11"),
        ("C3333CC", "Dan Cedar", "SHAH", "2026-05-12"),
        ("D4444DD", "Ed Dale", "COLE", "2026-05-12"),
    ]:
        prison.prisoner(number, name=name, arrived="2025-10-06", born="1980-02-01")
        prison.allocated(number, officer, "2025-10-06")
        prison.session(number, officer, seen, at="09:00")
    for officer, day in (("SHAH", "2026-05-04"), ("COLE", "2026-05-05")):
        prison.slot(officer, day, "09:00", "11:15")
    return prison


def answer(kw, line: str = "rota least") -> dict[str, dict]:
    said = kw(f"{line} --format json")
    assert said.code == 0, said.err
    found = json.loads(said.out)
    return {"summary": found["summary"]} | {part["name"]: part for part in found["sections"]}


def test_it_names_the_slots_by_officer_and_half_day_and_says_that_fewer_cannot_do_it(kw, wing) -> None:
    found = answer(kw)

    assert [(row["staff_id"], row["date"], row["start"], row["own"]) for row in found["slots"]["rows"]] == [
        ("SHAH", "2026-05-18", "09:00", 3),
        ("COLE", "2026-05-19", "09:00", 1),
    ]
    summary = found["summary"]
    assert (summary["week"], summary["slots"], summary["at_least"], summary["proved"]) == ("2026-W21", 2, 2, True)
    assert (summary["own"], summary["own_at_most"], summary["prisoners"]) == (4, 4, 4)
    assert "2 slots more (fewer cannot do it: proved)" in kw("rota least").out


def test_what_is_published_counts_and_may_be_enough(kw, wing) -> None:
    wing.slot("SHAH", "2026-05-18", "09:00", "12:00")

    said = kw("rota least").out

    assert "No slot more, beside the 4 sessions there is time for already" in said
    assert "None: what is published is enough." in said


def test_no_slot_is_not_enough_where_nobody_could_give_one(kw, prison) -> None:
    assert "None: nobody in the scheme is here." in kw("rota least").out

    prison.prisoner("A1234BC", arrived="2026-05-11")
    assert "None: no slot that could be published keeps anybody more within the limit." in kw("rota least").out


def test_it_says_what_each_slot_buys(kw, wing) -> None:
    rows = answer(kw)["curve"]["rows"]

    assert [(row["slots"], row["not_in_time"], row["past_7"]) for row in rows] == [(0, 4, 4), (1, 1, 1), (2, 0, 0)]


def test_who_cannot_be_kept_is_named_with_why(kw, wing) -> None:
    wing.prisoner("E5555EE", name="Flo Elm", arrived="2026-01-05", born="1980-02-01")
    wing.event("D4444DD", "NO_ONE_TO_ONE", "2026-05-01")

    rows = {row["name"]: (row["because"], row["seen"]) for row in answer(kw)["not_kept"]["rows"]}

    assert rows == {"Flo Elm": ("over_before", True), "Ed Dale": ("no_one_to_one", False)}


def test_what_is_saved_is_published_by_a_second_command_and_then_nothing_more_is_needed(kw, wing, tmp_path) -> None:
    file = tmp_path / "least.csv"

    said = kw(f"rota least --save {file}")
    assert f"2 slots written to {file}, none published: kw rota publish --file {file}" in said.err
    assert file.read_text() == (
        "staff_id,date,start,end,published_on\n"
        "SHAH,2026-05-18,09:00,11:15,2026-05-12\n"
        "COLE,2026-05-19,09:00,11:15,2026-05-12\n"
    )
    assert answer(kw)["summary"]["slots"] == 2

    assert kw(f"rota publish --file {file}").code == 0
    assert answer(kw)["summary"]["slots"] == 0


def test_a_file_says_what_officers_could_give(kw, wing, tmp_path) -> None:
    file = tmp_path / "could.csv"
    wing.slot("COLE", "2026-05-19", "14:00", "14:45")
    file.write_text(
        "Officer,Day,From,To\nDi Cole,18/5/2026,13:00,17:00\ncole,19/5/2026,14:00,15:00\n", encoding="utf-8"
    )

    said = kw(f"rota least --slots {file}")

    assert "Mon 18 May 2026  13:00  17:00  Di Cole" in said.out
    assert "note: 1 slot of the file left out: on the rota already, overlapping it, or the officer is not there" in (
        said.err
    )


def test_bad_rows_of_that_file_are_all_listed(kw, wing, tmp_path) -> None:
    file = tmp_path / "could.csv"
    file.write_text(
        "staff_id,date,start,end\nNOBODY,2026-05-18,09:00,11:00\nSHAH,soon,09:00,11:00\nSHAH,2026-05-18,11:00,09:00\n"
    )

    said = kw(f"rota least --slots {file}")

    assert said.code == 6
    assert "could.csv line 2, staff_id: there is no key worker 'NOBODY' in kw" in said.err
    assert "could.csv line 3, date: soon: this is not a date" in said.err
    assert "could.csv line 4, start: Mon 18 May 2026 11:00-09:00 ends before it starts" in said.err


def test_no_more_are_named_than_can_be_published_and_the_fair_way_stands_beside(kw, wing) -> None:
    found = answer(kw, "rota least --most 1 --fair")

    assert [row["staff_id"] for row in found["slots"]["rows"]] == ["SHAH"]
    assert found["fair"]["summary"] == {
        "longest_plainly": 12,
        "longest_fairly": 12,
        "over_plainly": 1,
        "over_fairly": 1,
    }
    assert "for the governor to choose" in kw("rota least --most 1 --fair").out


def test_a_wing_and_an_officer_are_shown_their_own_slots_of_the_one_answer(kw, wing) -> None:
    assert [row["staff_id"] for row in answer(kw, "rota least --key-worker cole")["slots"]["rows"]] == ["COLE"]


def test_an_officer_on_leave_gives_nothing(kw, wing) -> None:
    wing.status("SHAH", "UNAVAILABLE_ANNUAL_LEAVE", "2026-05-12", back="2026-05-25")

    assert {row["staff_id"] for row in answer(kw)["slots"]["rows"]} == {"COLE"}


def test_a_prison_without_anything_is_told_so(kw, prison) -> None:
    said = kw("rota least")

    assert (said.code, "No slot more" in said.out) == (0, True)


def test_the_rest_of_this_week_can_be_asked_about(kw, wing) -> None:
    assert answer(kw, "rota least --week this")["summary"]["week"] == "2026-W20"


def test_where_the_file_cannot_be_written_nothing_else_is_said(kw, wing, tmp_path) -> None:
    said = kw(f"rota least --save {tmp_path / 'nowhere' / 'least.csv'}")

    assert (said.code, said.out) == (4, "")
    assert "there is no folder" in said.err
