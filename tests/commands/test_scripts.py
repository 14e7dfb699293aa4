"""What a script relies on: several ids, stdin, short options, columns of one's choice, and errors before anything."""

import json

import pytest

from factories import world


@pytest.fixture
@world
def three(prison):
    for officer in ("SHAH", "PRICE"):
        prison.officer(officer)
    for at, number in enumerate(("A1001AA", "A1002AA", "A1003AA")):
        prison.prisoner(number, arrived="2026-01-05", name=f"Man{at} Example", location=f"{'BBC'[at]}-1-00{at + 1}")
        prison.allocated(number, "SHAH", "2026-01-06")
    prison.store.close()
    return prison


def test_several_prisoners_are_answered_one_after_another(kw, three):
    said = kw("why A1001AA A1003AA")

    assert said.code == 0
    assert said.out.index("A1001AA") < said.out.index("A1003AA")


def test_several_are_read_from_what_is_piped_in_without_its_heading(kw, three):
    listed = kw("overdue -f csv --fields prison_number").out

    said = kw("deallocate -", typed=listed)

    assert listed.splitlines() == ["prison_number", "A1001AA", "A1002AA", "A1003AA"]
    assert (said.code, said.out.count("no key worker")) == (0, 3)
    assert len(json.loads(kw("unallocated -f json").out)["rows"]) == 3


def test_nothing_is_piped_in_and_nothing_is_done(kw, three):
    said = kw("allocate -", typed="\n")

    assert (said.code, said.out) == (0, "")


def test_of_several_all_must_be_known_before_anything_is_done(kw, three):
    said = kw("deallocate A1001AA A9999ZZ")

    assert (said.code, said.out) == (4, "")
    assert json.loads(kw("unallocated -f json").out)["rows"] == []


def test_an_error_after_some_were_done_says_which(kw, three):
    kw("deallocate A1002AA")

    said = kw("deallocate A1001AA A1002AA A1003AA")

    assert said.code == 5
    assert "done before it: A1001AA" in said.err


def test_a_file_takes_one_answer(kw, three, tmp_path):
    assert kw(f"why A1001AA A1002AA -o {tmp_path / 'why.html'}").code == 2


def test_short_options_are_those_people_expect(kw, three, tmp_path):
    said = kw("overdue -w B -n 1 -f csv")

    assert (said.code, len(said.out.splitlines())) == (0, 2)
    assert kw(f"overdue -o {tmp_path / 'a.tsv'}").code == 0
    assert (tmp_path / "a.tsv").read_text().startswith("prison_number\t")


def test_the_columns_are_those_asked_for_in_that_order_in_every_format(kw, three):
    assert kw("overdue -f tsv --fields days,prison_number -n 1").out == "prison_number\tdays\nA1001AA\t127\n"
    assert json.loads(kw("overdue -f ndjson --fields days,name -n 1").out) == {"days": 127, "name": "Man0 Example"}
    assert list(json.loads(kw("overdue -f json --fields wing,days -n 1").out)["rows"][0]) == ["wing", "days"]
    assert kw("overdue -f csv --fields key_worker_name -n 1").out.splitlines() == ["key_worker_name", "Officer Shah"]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("overdue --wing Q", "the wings are: B, C, SEG."),
        ("overdue --fields nonsense", "the columns are: "),
        ("overdue --sort nonsense", "the columns are: "),
        ("config get nonsense", "the settings are: "),
    ],
)
def test_what_does_not_exist_is_refused_with_those_there_are(kw, three, line, named):
    said = kw(line)

    assert (said.code, said.out) == (2, "")
    assert named in said.err


def test_a_place_without_cells_is_one_to_ask_for(kw, three):
    assert kw("overdue --wing SEG").code == 0


def test_a_setting_is_had_alone(kw, three):
    assert kw("config get gap.days").out == "7\n"


@pytest.mark.parametrize("line", ["why -", "allocate '-' --to -", "allocate , --to SHAH"])
def test_a_dash_is_nobodys_name(kw, three, line):
    assert kw(line, typed="-\n").code == 2
