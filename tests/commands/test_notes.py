"""Case notes as a manager meets them: what each has and lacks, and five an officer to read (help: note-quality)."""

import json
from datetime import date

import pytest

from factories import world
from keyworker_cli.reports.notes import checks as report
from noted import FULL, THIN


@pytest.fixture
@world
def shah(prison):
    """Officer Shah with Mark Adeyemi, here for over a year and with nothing open."""
    prison.prisoner("A1234BC", arrived="2025-01-06", name="Mark Adeyemi")
    prison.officer("SHAH", name="Nadia Shah")
    prison.allocated("A1234BC", "SHAH", "2025-01-07")
    spoken = "FAMILY;REGIME;PLANS;SAFETY"
    prison.session("A1234BC", "SHAH", "2025-01-08", topics=spoken, note="Long ago.")
    return prison


def full_session(prison, on="2026-05-11", **values):
    """A session with all that its note should have."""
    whole = {
        "at": "14:00",
        "place": "wing office",
        "topics": "FAMILY;EDUCATION",
        "note": FULL,
        "prisoner_said": "The evenings are all I have",
        "next_session_on": date(2026, 5, 18),
    }
    prison.session("A1234BC", "SHAH", on, **whole | values)


def checks(kw, options=""):
    """The checks as a script reads them."""
    return json.loads(kw(f"notes check --format json {options}").out)


def test_a_full_note_meets_all_and_a_thin_one_says_why_not(kw, shah):
    full_session(shah)
    shah.session("A1234BC", "SHAH", "2026-05-12", at="06:00", note=THIN, place="landing")

    whole, thin = checks(kw)["rows"]

    assert (whole["met"], whole["asked"], whole["checks_unmet"]) == (10, 10, [])
    assert {"N3", "N4", "N7"} <= {*thin["checks_unmet"]}
    assert "N3 5 words, 40 wanted" in thin["because"]
    assert any("“spoke on landing”" in said and "“no issues”" in said for said in thin["because"])


def test_the_second_time_it_is_a_repeat_and_both_are_shown(kw, shah):
    shah.session("A1234BC", "SHAH", "2025-02-03", at="09:00", note=THIN)
    shah.session("A1234BC", "SHAH", "2026-05-11", at="09:00", note=THIN)

    (row,) = checks(kw)["rows"]

    assert "N5" in row["checks_unmet"]
    assert (row["similarity"], row["repeated_held_on"]) == (1.0, "2025-02-03")
    assert (row["note"], row["repeated_note"]) == (THIN, THIN)


def test_only_the_last_seven_days_are_checked_unless_other_days_are_named(kw, shah):
    full_session(shah, "2026-05-05")
    full_session(shah, "2026-05-06", note="Something else altogether was said on this day.")

    assert [row["held_on"] for row in checks(kw)["rows"]] == ["2026-05-06"]
    assert len(checks(kw, "--since 5/5/2026")["rows"]) == 2
    assert [row["held_on"] for row in checks(kw, "--since 1/5/2026 --until 5/5/2026")["rows"]] == ["2026-05-05"]


def test_a_prisoner_or_a_key_worker_can_be_asked_about(kw, shah):
    full_session(shah)
    shah.prisoner("B1234BC", arrived="2026-01-05", name="Lee Quarmby", location="C-1-001")
    shah.officer("HOLT")
    shah.session("B1234BC", "HOLT", "2026-05-11", note=THIN)

    assert [row["prison_number"] for row in checks(kw, "Quarmby")["rows"]] == ["B1234BC"]
    assert [row["prison_number"] for row in checks(kw, "--key-worker SHAH")["rows"]] == ["A1234BC"]
    assert [row["prison_number"] for row in checks(kw, "--wing C")["rows"]] == ["B1234BC"]


def test_refusals_and_entries_are_no_notes_to_check(kw, shah):
    shah.session("A1234BC", "SHAH", "2026-05-11", outcome="REFUSED", note="Declined.")
    shah.session("A1234BC", "SHAH", "2026-05-11", type="KE", note="Rang the visits hall.")

    assert checks(kw)["rows"] == []
    assert "No key worker session was held" in kw("notes check").out


def test_a_session_whose_note_is_still_due_is_listed_and_not_checked(kw, shah):
    shah.session("A1234BC", "SHAH", "2026-05-11", at="14:00")
    shah.session("A1234BC", "SHAH", "2026-05-09", at="14:00")

    answer = checks(kw)

    assert [(row["met"] is None) for row in answer["rows"]] == [False, True]
    assert (answer["summary"]["note_due"], answer["summary"]["without_note"]) == (1, 1)
    assert "note due by Tue 12 May 2026 14:45" in kw("notes check").out


def test_another_mans_number_is_warned_of_and_becomes_his_own_when_the_two_are_found_to_be_one(kw, shah):
    shah.prisoner("B1234BC", arrived="2024-03-01", name="Mark Adeyemi")
    shah.left("B1234BC", "2024-04-01")
    full_session(shah, note=f"{FULL} Formerly B1234BC.")
    assert checks(kw)["rows"][0]["checks_unmet"] == ["N12"]

    kw("prisoner merge A1234BC B1234BC --why 'one prisoner'")

    assert checks(kw)["rows"][0]["checks_unmet"] == []


def test_a_need_updated_and_a_topic_raised_are_seen(kw, shah):
    shah.need("A1234BC", "2026-05-04", "phone PIN", outcome="ONGOING")
    shah.need("A1234BC", "2026-05-04", "visits form")
    shah.event("A1234BC", "FURTHER_CHARGES", "2026-04-20")
    full_session(shah)

    (row,) = checks(kw)["rows"]

    assert row["checks_unmet"] == ["N9", "N10"]
    assert "N9 not updated: visits form" in row["because"]
    assert any(said == "N10 not raised: further charges, since Mon 20 Apr 2026" for said in row["because"])


def test_it_says_plainly_what_it_cannot_check_and_that_it_is_no_grade(kw, shah):
    full_session(shah)

    out = kw("notes check").out

    for sentence in report.CANNOT_TELL:
        assert sentence in out
    assert "10 of 10 met" in out


def test_notes_are_in_order_of_time_and_no_officer_is_counted_up(kw, shah):
    shah.officer("HOLT")
    shah.session("A1234BC", "HOLT", "2026-05-11", note=THIN)
    full_session(shah, "2026-05-12", at="06:00")

    answer = checks(kw)

    assert [row["held_on"] for row in answer["rows"]] == ["2026-05-11", "2026-05-12"]
    assert "HOLT" not in json.dumps(answer["summary"])


def test_a_file_to_be_sent_holds_no_words_of_the_notes_unless_asked(kw, shah, tmp_path):
    full_session(shah, prisoner_said="I owe two packs of vapes")

    kw(f"notes check --output {tmp_path / 'plain.csv'}")
    kw(f"notes check --with-reasons --output {tmp_path / 'full.csv'}")

    assert "vapes" not in (tmp_path / "plain.csv").read_text()
    assert "vapes" in (tmp_path / "full.csv").read_text()


def test_a_note_of_hostile_text_is_checked_like_any_other(kw, shah):
    full_session(shah, note="[bold red]X =1+1 \x1b]0;x\x07 O'Brien Zoë \u202eעברית " + "word " * 2000)

    said = kw("notes check")

    assert said.code == 0
    assert "\x1b" not in said.out


@pytest.mark.parametrize(
    ("line", "code", "wrong"),
    [
        ("notes check --since 31/02/2026", 2, "there is no 31 February"),
        ("notes check --since 12/5/2026 --until 11/5/2026", 2, "is after --until"),
        ("notes check A9999ZZ", 4, "there is no prisoner"),
        ("notes check --key-worker NOBODY", 4, "there is no key worker"),
        ("notes sample --month 2026-13", 2, "is not a month"),
        ("notes sample --month april", 2, "is not a month"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_way_out(kw, shah, line, code, wrong):
    said = kw(line)

    assert said.code == code
    assert wrong in said.err
    assert "hint: " in said.err


def test_five_notes_of_an_officer_are_shown_whole_and_are_the_same_whenever_asked(kw, shah):
    for on in range(1, 29):
        shah.session("A1234BC", "SHAH", f"2026-04-{on:02}", note=f"What was said on the {on}th of the month.")

    first = json.loads(kw("notes sample --month 2026-04 --format json").out)["rows"]
    later = json.loads(kw("notes sample --month 2026-04 --format json --as-of 2026-06-01").out)["rows"]

    assert len(first) == 5
    assert first == later
    assert all(row["note"].startswith("What was said on the") for row in first)
    assert json.loads(kw("notes sample --format json").out)["rows"] == first


def test_a_month_without_notes_says_so(kw, shah):
    assert "No note of 2026-03 is recorded." in kw("notes sample --month 2026-03").out
