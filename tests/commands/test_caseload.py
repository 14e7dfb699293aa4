"""`kw caseload`: the sheet that Mr B's key worker lacked, and the word that he knows whose key worker he is."""

import json
from datetime import UTC, date, datetime

import pytest

from factories import world

NUMBER = "A1234BB"


def sheet(said):
    return json.loads(said.out)


def rows(said):
    """The rows of a report in JSON."""
    return json.loads(said.out)["rows"]


@pytest.fixture
@world
def mr_b(prison):
    """Mr B and his three key workers, the last with two slots that both were lost (help: two-men)."""
    for number in (1, 2, 3):
        prison.officer(f"KW{number}", name=f"Officer K{number}", login=f"k{number}")
    prison.prisoner(NUMBER, arrived="2025-09-01", name="Mr B")
    prison.allocated(NUMBER, "KW1", "2025-09-03")
    prison.session(NUMBER, "KW1", "2025-09-16", 40)
    prison.allocated(NUMBER, "KW2", "2025-11-10")
    prison.allocated(NUMBER, "KW3", "2026-01-19")
    for lost in ("2026-01-27", "2026-02-24"):
        prison.slot("KW3", lost, "09:00", "11:15", status="REDEPLOYED", reason="STAFFING")
    return prison


@pytest.fixture
@world
def three_prisoners(prison):
    """Officer Shah's three prisoners: one never met by him, one unseen for a month, one seen yesterday."""
    prison.officer("SHAH", name="Nadia Shah", login="nshah")
    prison.officer("REED")
    for number, name in (("A0001AA", "Adam Young"), ("A0002AA", "Ben Old"), ("A0003AA", "Cal Late")):
        prison.prisoner(number, name=name, arrived="2026-03-02")
        prison.allocated(number, "SHAH", "2026-03-03")
    prison.session("A0001AA", "SHAH", "2026-05-11")
    prison.session("A0002AA", "SHAH", "2026-04-12")
    prison.session("A0003AA", "REED", "2026-05-08")
    return prison


# --- what Mr B's key worker could not say ---


def test_mr_bs_row_says_since_when_by_whom_why_and_that_they_never_met(kw, mr_b):
    (row,) = rows(kw("caseload KW3 --as-of 2026-03-20 --format json"))

    assert (row["prison_number"], row["location"]) == (NUMBER, "B-2-014")
    assert (row["allocated_on"], row["allocated_days"]) == ("2026-01-19", 60)
    assert (row["allocated_by"], row["because"]) == ("tester", "said so in a test")
    assert (row["met"], row["first_met_on"], row["last_met_on"], row["sessions"]) == (False, None, None, 0)
    assert row["acknowledged_on"] is None
    assert (row["last_session_on"], row["last_session_by"]["name"], row["days"]) == ("2025-09-16", "Officer K1", 185)
    assert row["state"] == "serious"


@pytest.mark.parametrize("width", [80, 100, 120])
def test_on_paper_it_says_the_same_at_every_width(kw, mr_b, width):
    said = kw("caseload KW3 --as-of 2026-03-20", KW_WIDTH=str(width))

    words = " ".join(said.out.split())
    assert said.code == 0
    assert "Mon 19 Jan" in words
    assert "said so in a test" in words
    assert "never, in 60 days" in words
    assert "Officer K1" in words
    assert "Not met by this key worker: 1. Not acknowledged: 1." in words
    assert "No key work for 7 days or more: 1, the longest gap 185 days." in words


def test_the_sheet_says_what_time_he_was_given_so_that_the_rota_is_blamed_and_not_he(kw, mr_b):
    said = kw("caseload KW3 --as-of 2026-03-20")

    assert "Last 4 weeks (W08 to W11): 0 worked of 135 minutes on the rota, 180 required: time dropped." in said.out
    assert "Next slot: none on the rota." in said.out
    summary = sheet(kw("caseload KW3 --as-of 2026-03-20 --format json"))["summary"]
    assert (summary["required_minutes"], summary["allocated_minutes"], summary["worked_minutes"]) == (180.0, 135, 0)


def test_a_slot_of_today_that_is_over_is_not_the_next_one(kw, three_prisoners):
    three_prisoners.slot("SHAH", "2026-05-12", "09:00", "11:15")
    three_prisoners.slot("SHAH", "2026-05-14", "14:00", "16:15")

    during, after = (kw("caseload SHAH", now=datetime(2026, 5, 12, hour, 15, tzinfo=UTC)).out for hour in (9, 10))
    assert "Next slot: Tue 12 May 2026 09:00." in during
    assert "Next slot: Thu 14 May 2026 14:00." in after


def test_a_session_with_him_is_a_meeting_and_acknowledges_by_itself(kw, mr_b):
    kw(f"log-session {NUMBER} --minutes 45 --by KW3 --on 2026-05-11")

    (row,) = rows(kw("caseload KW3 --format json"))

    assert (row["met"], row["first_met_on"], row["sessions"]) == (True, "2026-05-11", 1)
    assert row["acknowledged_on"] == "2026-05-11"


# --- whose sheet ---


def test_bare_it_is_the_users_own_by_his_login(kw, three_prisoners):
    said = kw("caseload --format json", KW_USER="nshah")

    assert said.code == 0
    assert sheet(said)["summary"]["key_worker"] == {"staff_id": "SHAH", "name": "Nadia Shah"}


def test_one_who_is_no_key_worker_is_told_how_to_name_one(kw, three_prisoners):
    said = kw("caseload")

    assert (said.code, said.out) == (2, "")
    what, hint = said.err.splitlines()
    assert what.startswith("kw: 'governor' is not the login of a key worker")
    assert "kw caseload KEY_WORKER" in hint


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("caseload NOBODY", 4, "there is no key worker 'NOBODY' in kw."),
        ("caseload Officer", 2, "'Officer' matches"),
        ("caseload SHAH --key-worker REED", 2, "both say whose sheet it is"),
        ("caseload SHAH --dry-run", 2, "--dry-run goes with --acknowledge"),
        ("caseload SHAH --acknowledge --as-of 2026-05-13", 5, "is still to come"),
        ("caseload --acknowledge", 2, "is not the login of a key worker"),
        ("caseload SHAH --sort height", 2, "no column 'height'"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_way_out(kw, three_prisoners, line, code, words):
    three_prisoners.officer("ODE")

    said = kw(line)

    assert said.code == code
    assert words in said.err
    assert said.err.splitlines()[-1].startswith("hint: ")


def test_he_is_found_by_name_as_well(kw, three_prisoners):
    assert sheet(kw("caseload nadia --format json"))["summary"]["prisoners"] == 3
    assert sheet(kw("caseload --key-worker SHAH --format json"))["summary"]["prisoners"] == 3


def test_an_officer_without_prisoners_has_an_empty_sheet_that_says_so(kw, three_prisoners):
    said = kw("caseload REED")

    assert said.code == 0
    assert "Officer Reed has no prisoners." in said.out
    assert "Officer Reed has no prisoners on wing B." in kw("caseload REED --wing B").out
    assert rows(kw("caseload REED --format json")) == []
    assert kw("caseload REED --fail").code == 0
    assert kw("caseload SHAH --fail").code == 3


# --- whom to see first ---


def test_the_longest_gap_comes_first_whether_they_have_met_or_not(kw, three_prisoners):
    assert [row["name"] for row in rows(kw("caseload SHAH --format json"))] == ["Ben Old", "Cal Late", "Adam Young"]


def test_a_prisoner_to_be_seen_today_comes_before_all_others(kw, three_prisoners):
    three_prisoners.event("A0001AA", "SELF_HARM", "2026-05-12", at="06:00")

    said = kw("caseload SHAH")

    assert said.out.index("To be seen today") < said.out.index("Adam Young") < said.out.index("Then the longest")


def test_prisoners_who_are_away_come_last_and_are_labelled(kw, three_prisoners):
    three_prisoners.away("A0003AA", "2026-05-10")

    said = kw("caseload SHAH")

    assert said.out.index("Out overnight: to be seen on the day they return") < said.out.index("(hospital now)")
    assert "Out overnight: 1." in said.out
    assert rows(kw("caseload SHAH --format json"))[-1]["name"] == "Cal Late"


def test_a_prisoner_out_of_scope_is_no_longer_hers_and_in_no_count(kw, three_prisoners):
    three_prisoners.out_of_scope("A0003AA", "2026-05-01", "hospital wing")

    said = kw("caseload SHAH --format json")

    assert sheet(said)["summary"]["prisoners"] == 2
    assert "Cal Late" not in said.out


def test_it_says_what_to_raise_what_to_do_and_which_review_is_next(kw, three_prisoners):
    three_prisoners.event("A0002AA", "DEBT", "2026-05-01")
    three_prisoners.need("A0002AA", "2026-04-12", "Ring his solicitor", due="2026-05-04", owner="key worker")
    three_prisoners.need("A0002AA", "2026-04-12", "Order his glasses", due="2026-05-20")
    three_prisoners.need("A0002AA", "2026-04-01", "Ask about the gym", due="2026-06-01")
    three_prisoners.review("A0002AA", "2026-05-14", key_worker_invited=True)
    three_prisoners.review("A0002AA", "2026-05-01")
    three_prisoners.review("A0002AA", "2026-06-14")

    said = kw("caseload SHAH --format json")

    row = next(row for row in rows(said) if row["name"] == "Ben Old")
    assert "DEBT" in row["topics"]
    assert (row["open_needs"], row["first_need"]["text"]) == (3, "Ring his solicitor")
    assert (row["next_acct_review_on"], row["invited_to_review"]) == ("2026-05-14", True)
    page = kw("caseload SHAH", KW_WIDTH="120").out
    assert "Ring his solicitor (key worker, was due Mon 4 May)" in page
    assert "Thu 14 May, invited" in page


def test_a_topic_spoken_of_since_is_no_longer_to_be_raised(kw, three_prisoners):
    three_prisoners.event("A0002AA", "DEBT", "2026-04-01")
    three_prisoners.session("A0002AA", "REED", "2026-05-02", topics="DEBT;SAFETY")

    row = next(row for row in rows(kw("caseload SHAH --format json")) if row["name"] == "Ben Old")

    assert "DEBT" not in row["topics"]


def test_a_need_closed_and_a_review_held_are_not_on_it(kw, three_prisoners):
    three_prisoners.need("A0001AA", "2026-04-12", "Ring his solicitor", closed_on=date(2026, 5, 1), outcome="DONE")
    three_prisoners.review("A0001AA", "2026-05-12", held="2026-05-12")

    row = next(row for row in rows(kw("caseload SHAH --format json")) if row["name"] == "Adam Young")

    assert (row["next_acct_review_on"], row["open_needs"]) == (None, 0)


def test_a_printed_sheet_leaves_out_the_reasons_unless_they_are_asked_for(kw, three_prisoners, tmp_path):
    three_prisoners.need("A0002AA", "2026-04-12", "Ring his solicitor")
    three_prisoners.review("A0002AA", "2026-05-14")

    kw(["caseload", "SHAH", "--output", str(tmp_path / "sheet.html")])
    kw(["caseload", "SHAH", "--with-reasons", "--output", str(tmp_path / "full.html")])

    plain, full = (tmp_path / name for name in ("sheet.html", "full.html"))
    assert "Ring his solicitor" not in plain.read_text(encoding="utf-8")
    assert "Thu 14 May" not in plain.read_text(encoding="utf-8")
    assert "Ben Old" in plain.read_text(encoding="utf-8")
    assert "Raised, and what was agreed" in plain.read_text(encoding="utf-8")
    assert "Raised, and what was agreed" not in full.read_text(encoding="utf-8")
    assert "Ring his solicitor" in full.read_text(encoding="utf-8")


def test_a_prisoner_not_to_be_seen_alone_is_a_warning_on_the_sheet(kw, three_prisoners):
    three_prisoners.event("A0002AA", "NO_ONE_TO_ONE", "2026-05-01")

    assert "Ben Old (A0002AA): no one-to-one with this prisoner" in kw("caseload SHAH").err


# --- a wing's sheets ---


def test_with_a_wing_alone_there_is_a_sheet_for_each_of_its_key_workers_who_has_prisoners(kw, three_prisoners):
    three_prisoners.officer("WELL", wing="C")
    three_prisoners.prisoner("A0004AA", arrived="2026-05-01", name="Dan Four")
    three_prisoners.allocated("A0004AA", "REED", "2026-05-02")
    three_prisoners.prisoner("A0005AA", arrived="2026-05-01", name="Ed Five", location="C-1-001")
    three_prisoners.allocated("A0005AA", "WELL", "2026-05-02")

    report = sheet(kw("caseload --wing B --format json"))

    sheets = {part["summary"]["key_worker"]["staff_id"]: len(part["rows"]) for part in report["sections"]}
    assert sheets == {"REED": 1, "SHAH": 3}
    assert report["summary"] == {"key_workers": 2, "prisoners": 4}
    assert "Nadia Shah (SHAH)" in kw("caseload --wing B").out


# --- acknowledging ---


def test_acknowledging_dates_every_allocation_that_was_not_and_shows_the_sheet(kw, three_prisoners):
    said = kw("caseload --acknowledge", KW_USER="nshah")

    assert said.code == 0
    assert said.out.endswith("Acknowledged by Nadia Shah (SHAH) on Tue 12 May 2026: 3 allocations.\n")
    assert "Not acknowledged: 0." in said.out
    assert {row["acknowledged_on"] for row in rows(kw("caseload SHAH --format json"))} == {"2026-05-12"}


def test_one_who_says_so_for_him_is_named(kw, three_prisoners):
    said = kw("caseload SHAH --acknowledge")

    assert "Acknowledged by governor for Nadia Shah (SHAH) on Tue 12 May 2026: 3 allocations." in said.out


def test_what_was_acknowledged_before_keeps_its_day(kw, three_prisoners):
    kw("caseload SHAH --acknowledge --as-of 2026-05-01")
    three_prisoners.prisoner("A0004AA", arrived="2026-05-02", name="Dan Four")
    three_prisoners.allocated("A0004AA", "SHAH", "2026-05-03")

    said = kw("caseload SHAH --acknowledge")

    assert "1 allocation; 3 before." in said.out
    days = {row["name"]: row["acknowledged_on"] for row in rows(kw("caseload SHAH --format json"))}
    assert (days["Adam Young"], days["Dan Four"]) == ("2026-05-01", "2026-05-12")


def test_nothing_is_known_of_an_acknowledgement_before_its_day(kw, three_prisoners):
    kw("caseload SHAH --acknowledge")

    earlier = kw("caseload SHAH --as-of 2026-05-11 --format json")

    assert {row["acknowledged_on"] for row in rows(earlier)} == {None}
    assert kw("caseload SHAH --acknowledge --as-of 2026-05-11").out.endswith("nothing changed.\n")
    assert {row["acknowledged_on"] for row in rows(kw("caseload SHAH --format json"))} == {"2026-05-12"}


def test_prisoners_whom_he_has_met_are_known_to_be_his_without_a_word(kw, three_prisoners):
    said = kw("caseload SHAH")

    assert "Not acknowledged: 1." in said.out
    assert said.out.count("by meeting") == 2
    assert "To confirm that they are known: kw caseload SHAH --acknowledge" in said.out


def test_a_dry_run_acknowledges_nothing(kw, three_prisoners):
    said = kw("caseload SHAH --acknowledge --dry-run")

    assert "Would be acknowledged by governor for Nadia Shah (SHAH) on Tue 12 May 2026: 3 allocations." in said.out
    assert "nothing saved: --dry-run" in said.err
    assert {row["acknowledged_on"] for row in rows(kw("caseload SHAH --format json"))} == {None}


def test_there_is_nothing_to_acknowledge_without_prisoners(kw, three_prisoners):
    assert (
        "Officer Reed (REED) has nobody allocated: there is nothing to acknowledge."
        in kw("caseload REED --acknowledge").out
    )


def test_for_a_script_the_answer_stays_json_and_what_was_done_is_said_beside_it(kw, three_prisoners):
    said = kw("caseload SHAH --acknowledge --format json")

    assert len(rows(said)) == 3
    assert "3 allocations" in json.loads(said.out)["changes"][0]["text"]


def test_what_no_session_has_raised_stands_before_the_topics(kw, three_prisoners):
    three_prisoners.event("A0002AA", "DEBT", "2026-05-01")

    row = next(row for row in rows(kw("caseload SHAH --format json")) if row["name"] == "Ben Old")

    assert row["not_raised"] == ["debt, since Fri 1 May"]
    assert "not yet raised: debt, since Fri 1 May. Topics:" in " ".join(kw("caseload SHAH", KW_WIDTH="300").out.split())
