"""The prisoner's own answer as it is asked, kept and shown: `kw voice` (help: voice)."""

import json

import pytest

from factories import world

YES = "--key-worker SHAH --last-talk 2026-05-05 --freely yes"


@pytest.fixture
@world
def wing(prison):
    """Mr A and Mr B on wing B, both Officer Shah's and seen on 5 May; the chaplain may ask."""
    prison.officer("SHAH", name="Nadia Shah", login="shahn")
    prison.officer("PRICE", name="Ben Price", login="priceb")
    for number, name in (("A1234BC", "Noah Adeyemi"), ("B2345CD", "Sam Brook")):
        prison.prisoner(number, arrived="2026-01-05", name=name)
        prison.allocated(number, "SHAH", "2026-01-06")
        prison.session(number, "SHAH", "2026-05-05", at=f"1{number[1]}:00")
    return prison


def shown(kw, options=""):
    """The agreement of the prison as a script reads it."""
    return json.loads(kw(f"voice show --format json {options}").out)


def sample(kw, options=""):
    return {
        row["prison_number"]: row["state"]
        for row in json.loads(kw(f"voice sample --format json {options}").out)["rows"]
    }


def test_those_drawn_are_listed_until_they_have_been_asked(kw, wing):
    assert sample(kw) == {"A1234BC": "to ask", "B2345CD": "to ask"}

    kw(f"voice record A1234BC {YES} --by chaplain")
    kw("voice record Brook --declined --by chaplain")

    assert sample(kw) == {"A1234BC": "answered", "B2345CD": "declined"}
    assert sample(kw, "--to-ask") == {}
    assert "Everybody has been asked." in kw("voice sample --to-ask").out
    assert kw("voice sample --to-ask --fail").code == 0


def test_the_sample_of_a_wing_and_an_empty_prison(kw, wing):
    wing.prisoner("C3456DE", arrived="2026-01-05", name="Dan Cole", location="C-1-001")

    assert sample(kw, "--wing C") == {"C3456DE": "to ask"}
    assert sample(kw, "--key-worker SHAH") == {"A1234BC": "to ask", "B2345CD": "to ask"}


def test_an_empty_prison_says_that_nobody_is_here(kw, prison):
    assert "There are no prisoners here in kw" in kw("voice sample").out
    assert "There are no prisoners here in kw" in kw("voice show").out


def test_answers_stand_beside_the_record_by_wing_and_prison(kw, wing):
    kw(f"voice record A1234BC {YES} --by chaplain")
    kw("voice record B2345CD --key-worker other --last-talk never --freely no --by chaplain")

    answer = shown(kw, "--months 1")

    assert [(row["level"], row["wing"], row["asked"]) for row in answer["rows"]] == [
        ("prison", None, 2),
        ("wing", "B", 2),
    ]
    for name in ("key_worker", "last_talk", "freely"):
        assert answer["rows"][0][name] == {"n": 1, "of": 2, "percent": 50.0, "low": None, "high": None, "unsaid": 0}
    assert answer["summary"]["longer_ago"] == 1
    page = kw("voice show --months 1").out
    assert "1 of 2: too few to say" in page
    assert "not a finding" in page
    assert "Shah" not in page


def test_with_twenty_answers_the_interval_is_shown(kw, prison):
    prison.officer("SHAH")
    prison.setting("voice.per_wing", "20")
    for number in range(20):
        prison.prisoner(f"A{number:04}BC", arrived="2026-01-05", name=f"Mr N{number}")
        kw(f"voice record A{number:04}BC --freely {'yes' if number < 16 else 'no'} --by chaplain --as-of 2026-05-12")

    freely = shown(kw)["rows"][0]["freely"]

    assert (freely["n"], freely["of"], freely["low"], freely["high"]) == (16, 20, 58.4, 91.9)
    assert "16 of 20: 58 to 92 %" in kw("voice show").out
    assert "no data" in kw("voice show").out


def test_his_own_key_worker_is_refused_and_another_may_ask(kw, wing):
    for by in ("--by shah", "--user shahn"):
        refused = kw(f"voice record A1234BC {YES} {by}")
        assert (refused.code, refused.out) == (5, "")
        assert "not his key worker" in refused.err

    assert "by Ben Price" in kw(f"voice record A1234BC {YES} --user priceb").out


def test_one_who_was_not_drawn_is_refused(kw, wing):
    wing.setting("voice.per_wing", "1")
    (left_out,) = {"A1234BC", "B2345CD"} - {*sample(kw)}

    refused = kw(f"voice record {left_out} {YES} --by chaplain")

    assert refused.code == 5
    assert "is not in the sample of 2026-05: nobody picks who is asked" in refused.err
    assert shown(kw)["rows"][0]["asked"] == 0


def test_away_gone_and_days_to_come_are_refused(kw, wing):
    wing.away("A1234BC", "2026-05-08")
    wing.left("B2345CD", "2026-05-08")

    assert "was away on Tue 12 May 2026" in kw("voice record A1234BC --declined").err
    assert "was released on Fri 8 May 2026" in kw("voice record B2345CD --declined").err
    assert "still to come" in kw("voice record A1234BC --declined --on 2026-05-13").err
    assert kw("voice record B2345CD --declined --on 2026-05-07").code == 0


def test_the_same_again_changes_nothing_another_answer_corrects_and_it_can_be_taken_back(kw, wing):
    kw(f"voice record A1234BC {YES} --by chaplain")
    assert "already recorded" in kw(f"voice record A1234BC {YES} --by chaplain").out

    corrected = kw("voice record A1234BC --key-worker none --by chaplain")
    assert corrected.out.startswith("Amended for Noah Adeyemi")
    assert "key worker: nobody; last talked: Tue 5 May 2026; could speak freely: yes" in corrected.out
    assert shown(kw)["rows"][0]["key_worker"]["n"] == 0
    assert shown(kw)["rows"][0]["asked"] == 1

    assert "taken back" in kw("voice record A1234BC --undo").out
    assert shown(kw)["rows"][0]["asked"] == 0
    assert kw("voice record A1234BC --undo").code == 4
    assert kw(f"voice record A1234BC {YES} --by chaplain").out.startswith("Recorded for")
    assert shown(kw)["rows"][0]["key_worker"]["n"] == 1
    assert kw("audit verify").code == 0
    assert shown(kw, "--known-at 2026-05-12T08:00")["rows"][0]["asked"] == 0


def test_a_dry_run_says_what_it_would_record_and_json_what_it_did(kw, wing):
    would = kw(f"voice record A1234BC {YES} --by chaplain --dry-run")
    assert would.out.startswith("Would be recorded for Noah Adeyemi")
    assert shown(kw)["rows"][0]["asked"] == 0

    said = json.loads(kw(f"voice record A1234BC {YES} --by chaplain --format json").out)

    assert said["saved"]
    fields = said["changes"][0]["fields"]
    assert (fields["key_worker_said"], fields["last_talk_on"], fields["spoke_freely"]) == ("NAMED", "2026-05-05", True)


def test_on_a_terminal_what_is_not_given_is_asked(kw, wing):
    answers = ["Sh\udcc3", "Shah\0", "next week", "2 weeks ago", ""]

    said = kw("voice record A1234BC --by chaplain", answers=answers)

    assert "key worker: Nadia Shah; last talked: Tue 28 Apr 2026; could speak freely: not said" in said.out
    assert "Could he speak freely?" in said.err


def test_his_chronology_says_that_he_was_asked_and_not_what_he_answered(kw, wing):
    kw("voice record A1234BC --key-worker none --freely no --by chaplain")

    line = next(line for line in kw("timeline A1234BC").out.splitlines() if "own answer" in line)

    assert "Asked for his own answer by chaplain" in line
    assert "no" not in line.split("chaplain")[1].replace("governor", "")


def test_answers_and_readings_come_back_from_an_export_and_go_over_in_a_merge(kw, wing, tmp_path):
    kw(f"voice record A1234BC {YES} --by chaplain")
    wing.session("A1234BC", "SHAH", "2026-05-06", at="15:00", note="Spoke of home.")
    kw("notes read A1234BC --found 'His own view is missing'")
    before = kw("voice show --format csv").out, kw("notes sample --month this --format csv").out
    kw(f"export {tmp_path / 'out'}")

    assert kw(f"import {tmp_path / 'out'} --db {tmp_path / 'second.db'}").code == 0
    other = f"--db {tmp_path / 'second.db'}"
    assert (
        kw(f"voice show --format csv {other}").out,
        kw(f"notes sample --month this --format csv {other}").out,
    ) == before
    again = kw(f"import {tmp_path / 'out'} {other}")
    assert all(" 0 new " in line and " 0 changed " in line for line in again.out.splitlines()), again.out
    kw(f"export --prisoner A1234BC {tmp_path / 'his'}")
    assert "chaplain" in (tmp_path / "his" / "voice.csv").read_text()
    assert "own view" in (tmp_path / "his" / "note_readings.csv").read_text()

    wing.prisoner("D4567EF", arrived="2025-01-06", name="Noah Adeyemi")
    wing.left("D4567EF", "2025-02-01")
    kw("prisoner merge D4567EF A1234BC --why 'one prisoner'")
    row = next(row for row in json.loads(kw("voice sample --format json").out)["rows"] if row["asked_on"])
    assert row["prison_number"] == "D4567EF"
    assert kw("notes sample --month this --format csv").out.count("own view is missing") == 1
