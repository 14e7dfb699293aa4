"""What a manager found in a note is kept, and the notes that nobody read are told (help: note-quality)."""

import json

import pytest

from factories import world


@pytest.fixture
@world
def shah(prison):
    """Officer Shah with Noah Adeyemi, and two noted sessions in April."""
    prison.officer("SHAH", name="Nadia Shah", login="shahn")
    prison.prisoner("A1234BC", arrived="2026-01-05", name="Noah Adeyemi")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    prison.session("A1234BC", "SHAH", "2026-04-14", at="14:00", note="Spoke of home.")
    prison.session("A1234BC", "SHAH", "2026-04-21", at="14:00", note="Spoke of work.")
    return prison


def sample(kw, options=""):
    return json.loads(kw(f"notes sample --format json {options}").out)


def test_what_was_found_stands_beside_the_note_and_the_rest_is_not_read(kw, shah):
    kw("notes read A1234BC --on 2026-04-14 --found 'Nothing of his own' --action 'Shah to ask him'")

    answer = sample(kw)

    assert [(row["read_by"], row["found"], row["action"]) for row in answer["rows"]] == [
        ("governor", "Nothing of his own", "Shah to ask him"),
        (None, None, None),
    ]
    assert [answer["summary"][key] for key in ("sampled", "read", "not_read")] == [2, 1, 1]
    assert [row["held_on"] for row in sample(kw, "--unread")["rows"]] == ["2026-04-21"]
    page = kw("notes sample").out
    assert "Read: 1. Not read by anybody: 1." in page
    assert "NOT READ" in page
    assert kw("notes sample --unread --fail").code == 3


def test_when_all_are_read_it_says_so(kw, shah):
    kw("notes read A1234BC --on 2026-04-14 --found good")
    kw("notes read A1234BC --found good")

    assert "Every note of the sample of 2026-04 has been read." in kw("notes sample --unread").out
    assert kw("notes sample --unread --fail").code == 0


def test_the_page_and_compliance_say_how_much_of_last_months_sample_was_read(kw, shah):
    assert "0 of 2 notes of 2026-04's sample read by a manager" in kw("briefing").out
    kw("notes read A1234BC --found good")

    points = {row["point"]: row for row in json.loads(kw("compliance --format json").out)["rows"]}
    assert (points["notes_read"]["n"], points["notes_read"]["of"], points["notes_read"]["result"]) == (1, 2, "not")
    assert points["notes_read"]["command"] == "kw notes sample --unread"
    page = kw("briefing").out
    assert "1 of 2 notes of 2026-04's sample read by a manager; 0 prisoners asked" in page


def test_without_a_note_last_month_there_is_nothing_to_judge(kw, prison):
    prison.prisoner("A1234BC", arrived="2026-01-05")

    points = {row["point"]: row for row in json.loads(kw("compliance --format json").out)["rows"]}

    assert points["notes_read"]["result"] == "n/a"
    assert "no note of 2026-04 to be read" in kw("briefing").out


def test_nobody_reads_their_own(kw, shah):
    refused = kw("notes read A1234BC --found fine --user shahn")

    assert refused.code == 5
    assert "nobody reads their own note" in refused.err
    assert sample(kw)["summary"]["read"] == 0


def test_the_same_reader_corrects_and_another_reads_it_too(kw, shah):
    kw("notes read A1234BC --found thin --read-on 2026-05-01")
    assert "already recorded" in kw("notes read A1234BC --found thin --read-on 2026-05-01").out
    assert kw("notes read A1234BC --found 'good after all'").out.startswith("Amended: governor read")
    kw("notes read A1234BC --found 'I agree' --user deputy")

    last = sample(kw)["rows"][-1]
    assert (last["read_by"], last["found"]) == ("deputy", "I agree")

    assert "taken back" in kw("notes read A1234BC --undo --user deputy").out
    assert sample(kw)["rows"][-1]["found"] == "good after all"
    assert kw("notes read A1234BC --undo --user deputy").code == 4
    assert kw("audit verify").code == 0


def test_as_it_was_before_it_was_read(kw, shah):
    kw("notes read A1234BC --found thin")

    assert sample(kw, "--as-of 2026-05-11")["summary"]["read"] == 0
    assert sample(kw, "--known-at 2026-05-12T08:00")["summary"]["read"] == 0


def test_a_note_beside_the_sample_may_be_read_and_does_not_count(kw, shah):
    for day in range(1, 8):
        shah.session("A1234BC", "SHAH", f"2026-04-0{day}", at="10:00", note=f"Note {day}.")
    sampled = {row["held_on"] for row in sample(kw)["rows"]}
    (other, *_) = sorted({f"2026-04-0{day}" for day in range(1, 8)} - sampled)

    said = kw(f"notes read A1234BC --on {other} --found good")

    assert "not in the sample of 2026-04" in said.err
    assert sample(kw)["summary"]["read"] == 0


def test_narrowed_to_a_wing_it_is_the_same_sample(kw, shah):
    shah.prisoner("B2345CD", arrived="2026-01-05", name="Sam Brook", location="C-1-001")
    for day in range(10, 20):
        shah.session("B2345CD", "SHAH", f"2026-04-{day}", at="10:00", note=f"Note {day}.")
    whole = {(row["prison_number"], row["held_on"]) for row in sample(kw)["rows"]}

    of_wing = {(row["prison_number"], row["held_on"]) for row in sample(kw, "--wing B")["rows"]}

    assert of_wing == {one for one in whole if one[0] == "A1234BC"}


def test_a_dry_run_and_the_terminal(kw, shah):
    would = kw("notes read A1234BC --found thin --dry-run")
    assert would.out.startswith("Would be recorded: governor read the note of Tue 21 Apr 2026")
    assert sample(kw)["summary"]["read"] == 0

    said = kw("notes read A1234BC", answers=["It says what he wants"])

    assert "Spoke of work." in said.err
    assert sample(kw)["rows"][-1]["found"] == "It says what he wants"
    assert "Note of Tue 21 Apr read by governor" in kw("timeline A1234BC").out
