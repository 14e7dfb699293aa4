"""`kw prisoner`: a prisoner who comes is recorded once, under his own number, and what is due is said."""

import json

import pytest

ADD = "prisoner add A1234BC --last-name Example --first-name Sam"


def listed(kw, options=""):
    return json.loads(kw(f"prisoner list {options} --format json").out)


def test_a_prisoner_who_comes_is_here_and_what_is_due_in_his_first_days_is_said(kw, prison):
    said = kw(f"{ADD} --arrived 11/05/2026 --born 3/2/2001 --location b-2-014")

    assert said.code == 0
    assert said.out == (
        "Sam Example (A1234BC) arrived on Mon 11 May 2026 (reception), to B-2-014.\n"
        "A key worker is due by Tue 12 May 2026 (day 1): kw allocate A1234BC\n"
        "The first meeting is due by Thu 14 May 2026 (day 3).\n"
    )
    (row,) = listed(kw)["rows"]
    assert (row["name"], row["location"], row["wing"]) == ("Sam Example", "B-2-014", "B")
    assert (row["arrived_on"], row["days"], row["key_worker"]) == ("2026-05-11", 1, None)


def test_what_was_due_before_today_is_said_to_have_been(kw, prison):
    said = kw(f"{ADD} --arrived 2026-05-05")

    assert "A key worker was due by Wed 6 May 2026" in said.out
    assert "The first meeting was due by Fri 8 May 2026" in said.out


def test_a_number_typed_in_small_letters_is_the_same_number(kw, prison):
    assert kw(ADD.replace("A1234BC", "a1234bc") + " --arrived today").code == 0
    assert listed(kw)["rows"][0]["prison_number"] == "A1234BC"


def test_a_prisoner_who_is_here_is_not_recorded_twice_and_it_is_said_since_when_he_is(kw, prison):
    prison.prisoner("A1234BC", name="Sam Example", arrived="2026-01-05")

    said = kw(f"{ADD} --arrived today")

    assert said.code == 5
    assert "Sam Example (A1234BC) is already here, since Mon 5 Jan 2026." in said.err
    assert "hint: kw why A1234BC" in said.err


def test_a_prisoner_who_was_here_before_returns_to_a_new_stay_and_his_former_key_worker_is_named(kw, prison):
    prison.prisoner("A1234BC", name="Sam Example", arrived="2025-06-02")
    prison.officer("SHAH", capacity=5)
    prison.allocated("A1234BC", "SHAH", "2025-06-03")
    prison.session("A1234BC", "SHAH", "2025-06-10")
    prison.left("A1234BC", "2025-09-01")

    said = kw(f"{ADD} --arrived yesterday")

    assert "arrived on Mon 11 May 2026 (return)" in said.out
    assert "his key worker was Officer Shah (SHAH), until Mon 1 Sep 2025; now active, 0 of 5 allocated." in said.out
    (row,) = listed(kw)["rows"]
    assert (row["days"], row["never_seen"]) == (1, True), "what was before is not counted in this stay"


def test_a_former_key_worker_who_is_away_is_named_with_that(kw, prison):
    prison.prisoner("A1234BC", name="Sam Example", arrived="2025-06-02")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2025-06-03")
    prison.left("A1234BC", "2025-09-01")
    prison.status("SHAH", "UNAVAILABLE_ANNUAL_LEAVE", "2026-05-04", back="2026-05-25")

    assert "now on leave, back Mon 25 May 2026" in kw(f"{ADD} --arrived today").out


def test_another_mans_number_is_refused_by_name(kw, prison):
    prison.prisoner("A1234BC", name="John Jones", arrived="2025-06-02")
    prison.left("A1234BC", "2025-09-01")

    said = kw(f"{ADD} --arrived today")

    assert said.code == 5
    assert "A1234BC is John Jones in kw, not Sam Example." in said.err
    assert listed(kw)["rows"] == []


def test_a_birthday_that_is_not_the_one_recorded_is_refused_and_one_that_was_unknown_is_kept(kw, prison):
    prison.prisoner("A1234BC", name="Sam Example", arrived="2025-06-02")
    prison.left("A1234BC", "2025-09-01")

    assert kw(f"{ADD} --arrived 2026-01-05 --born 2000-01-31").code == 0
    prison.left("A1234BC", "2026-02-02")
    said = kw(f"{ADD} --arrived today --born 2001-01-31")

    assert said.code == 5
    assert "was born on Mon 31 Jan 2000, not on Wed 31 Jan 2001" in said.err


def test_nobody_arrives_after_his_death(kw, prison):
    prison.prisoner("A1234BC", name="Sam Example", arrived="2026-01-05")
    prison.left("A1234BC", "2026-05-01", "DIED")

    said = kw(f"{ADD} --arrived today")

    assert said.code == 5
    assert "died on Fri 1 May 2026; his record is locked." in said.err


def test_stays_of_one_prisoner_do_not_overlap(kw, prison):
    prison.prisoner("A1234BC", name="Sam Example", arrived="2026-01-05")
    prison.left("A1234BC", "2026-02-05")

    said = kw(f"{ADD} --arrived 2026-01-20")

    assert said.code == 5
    assert "he cannot arrive on Tue 20 Jan 2026" in said.err


def test_a_prisoner_may_return_on_the_day_he_left(kw, prison):
    prison.prisoner("A1234BC", name="Sam Example", arrived="2026-01-05")
    prison.left("A1234BC", "2026-05-12", "TRANSFER_OUT")

    assert kw(f"{ADD} --arrived today --arrival-type transfer-in").code == 0


def test_a_dry_run_says_what_it_would_do_and_saves_nothing(kw, prison):
    said = kw(f"{ADD} --arrived today --dry-run")

    assert "would be recorded as arrived on Tue 12 May 2026" in said.out
    assert said.err == "nothing saved: --dry-run\n"
    assert listed(kw)["rows"] == []


@pytest.mark.parametrize("name", ["[bold red]X", "=1+1", "O'Brien", "Zoë", "\x1b]0;x\x07Bell", "محمد", "y" * 100])
def test_a_name_is_stored_as_it_was_typed_and_shown_harmlessly(kw, prison, name):
    typed = ["prisoner", "add", "A1234BC", "--last-name", name, "--first-name", "Sam", "--arrived", "today"]

    said = kw(typed)

    assert said.code == 0
    assert "\x1b" not in said.out
    assert kw([*typed[:-1], "today"]).code == 5, "the same name is the same prisoner"
    assert listed(kw)["rows"][0]["name"] == f"Sam {name}"
    for command in ("prisoner list", "why A1234BC"):
        shown = kw(command, KW_WIDTH="100")
        assert shown.code == 0
        assert "\x1b]" not in shown.out


def test_the_list_is_of_those_here_by_name_with_key_worker_and_clock(kw, prison):
    prison.officer("SHAH")
    prison.prisoner("A0001AA", name="Zed Abbot", arrived="2026-03-02")
    prison.prisoner("A0002AA", name="Adam Young", arrived="2026-05-01", location="C-1-001")
    prison.prisoner("A0003AA", name="Gone Already", arrived="2026-01-05")
    prison.left("A0003AA", "2026-02-02")
    prison.allocated("A0001AA", "SHAH", "2026-03-03")
    prison.session("A0001AA", "SHAH", "2026-05-06")

    report = listed(kw)

    assert [(row["prison_number"], row["days"]) for row in report["rows"]] == [("A0001AA", 6), ("A0002AA", 11)]
    assert report["rows"][0]["key_worker"] == {"staff_id": "SHAH", "name": "Officer Shah"}
    assert report["summary"]["prisoners"] == 2
    assert report["summary"]["without_key_worker"] == 1
    assert [row["prison_number"] for row in listed(kw, "--wing C")["rows"]] == ["A0002AA"]
    assert [row["prison_number"] for row in listed(kw, "--key-worker shah")["rows"]] == ["A0001AA"]


def test_with_all_those_who_left_follow_in_a_block_of_their_own(kw, prison):
    prison.prisoner("A0001AA", name="Here Now", arrived="2026-05-01")
    prison.prisoner("A0003AA", name="Gone Already", arrived="2026-01-05")
    prison.left("A0003AA", "2026-02-02")

    said = kw("prisoner list --all")

    here, gone = said.out.split("No longer here")
    assert "A0001AA" in here
    assert "A0003AA" in gone
    assert "released Mon 2 Feb 2026" in gone
    assert [row["days"] for row in listed(kw, "--all")["rows"]] == [11, None]


def test_a_prisoner_out_of_scope_is_on_the_list_and_no_clock_of_his_runs(kw, prison):
    prison.prisoner("A0001AA", name="Other Scheme", arrived="2026-05-01")
    prison.out_of_scope("A0001AA", "2026-05-06", "complex case")

    said = kw("prisoner list")

    assert "1 prisoner here, 1 of them out of scope." in said.out
    assert "no key work yet (out of scope)" in said.out
    assert listed(kw)["rows"][0]["days"] is None


def test_an_empty_prison_says_how_it_is_filled(kw, prison):
    assert "There are no prisoners here in kw: kw prisoner add, or kw import" in kw("prisoner list").out
