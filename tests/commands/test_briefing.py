"""`kw briefing`: the page for the morning meeting, its parts in the order in which they are spoken of."""

import json
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from python_calamine import CalamineWorkbook

from conftest import MORNING
from factories import world

PARTS = [
    "see_today",
    "overdue_by_wing",
    "longest_gaps",
    "concerns",
    "new_and_not_met",
    "unallocated",
    "without_cover",
    "not_met",
    "fewest",
    "never_serious",
    "time_this_week",
    "acct_reviews",
    "needs_due",
    "freshness",
]
TITLES = {
    "see_today": "To be seen today",
    "overdue_by_wing": "The wings",
    "longest_gaps": "The longest gaps",
    "concerns": "Concerns not raised",
    "new_and_not_met": "New and not met",
    "unallocated": "No key worker",
    "without_cover": "No cover",
    "not_met": "Never met by their key worker",
    "fewest": "Fewest sessions in 12 weeks",
    "never_serious": "Seldom seen, never serious",
}


@pytest.fixture
def page(kw):
    """The page as scripts are given it: its parts by name."""

    def read(more: str = "") -> dict[str, dict]:
        return {part["name"]: part for part in json.loads(kw(f"briefing --format json {more}").out)["sections"]}

    return read


@pytest.fixture
@world
def shah(prison):
    """Officer Shah, who has seen his one prisoner yesterday."""
    prison.officer("SHAH")
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    prison.session("A1234BC", "SHAH", "2026-05-11")
    return prison


def names(part):
    return [row["name"] for row in part["rows"]]


def part_of(text, name):
    """The lines of a part as they are shown, without its title."""
    blocks = text.split(f"\n{TITLES[name]}\n", 1)[1].splitlines()
    following = [at for at, line in enumerate(blocks) if line in TITLES.values() or line.startswith("Key work time")]
    return "\n".join(blocks[: following[0]])


# --- the parts and their order ---


def test_the_parts_stand_in_the_order_of_the_meeting(page, shah):
    assert list(page()) == PARTS


def test_what_is_empty_says_so_in_a_word(kw, shah):
    said = kw("briefing").out

    for nothing in (
        "Nobody is called for today.",
        "Nobody here has been without key work for 7 days.",
        "Nothing: no concern has gone without being raised, or declined, for as long as that.",
        "Nobody is waiting to be met.",
        "Nobody. 1 prisoner here, none without a key worker.",
        "Every key worker who has prisoners is there.",
        "Nobody: each has met his own.",
        "None is due in the next 7 days.",
        "Nothing is due; open: 0.",
    ):
        assert nothing in said


def test_an_empty_prison_does_not_read_as_all_being_well(kw, prison):
    said = kw("briefing")

    assert said.code == 0
    assert "There are no prisoners here in kw. An empty page says nothing about who has been seen." in said.out


def test_the_page_begins_with_the_whole_of_it_in_a_sentence(kw, shah):
    shah.prisoner("A2222BC", name="Mr B", arrived="2026-04-01")

    assert (
        "2 prisoners: 0 to be seen today; 1 with no key work for 7 days or more, 1 of them serious; "
        "1 in all with no key work yet; 1 without a key worker, 0 with no cover." in kw("briefing").out
    )


def test_prisoners_out_of_scope_are_named_and_in_no_figure(kw, page, shah):
    shah.prisoner("A2222BC", name="Mr B", arrived="2026-04-01")
    shah.out_of_scope("A2222BC", "2026-04-02", "resettlement unit")

    assert "out of scope, in no total: Mr B (A2222BC), resettlement unit" in kw("briefing").err
    assert page()["overdue_by_wing"]["summary"]["prisoners"] == 1


# --- see today, and who is seeing him ---


@pytest.fixture
@world
def called(shah):
    """Mr B of Officer Shah's, of whom self-harm was recorded yesterday."""
    shah.prisoner("A2222BC", name="Mr B", arrived="2026-01-05")
    shah.allocated("A2222BC", "SHAH", "2026-01-06")
    shah.session("A2222BC", "SHAH", "2026-05-08")
    shah.event("A2222BC", "SELF_HARM", "2026-05-11")
    return shah


def seeing_him(kw, now=MORNING):
    """Who sees Mr B today, as the page says it."""
    lines = [" ".join(line.split()) for line in part_of(kw("briefing", now=now).out, "see_today").splitlines()]
    (line,) = [line for line in lines if "Mr B" in line]
    return line.partition("self-harm")[2].partition(" ")[2]


def test_a_slot_of_today_is_proposed_to_see_him_in(kw, called):
    called.slot("SHAH", "2026-05-12", "14:00", "16:15")

    assert "To be seen by (proposed)" in kw("briefing", KW_WIDTH="200").out
    assert seeing_him(kw) == "Officer Shah 14:00"


def test_a_slot_of_another_day_leaves_a_line_to_write_on(kw, called):
    called.slot("SHAH", "2026-05-14")

    assert seeing_him(kw) == "______ (Officer Shah: Thu 14 May; whose decision?)"


def test_without_any_slot_the_line_says_why(kw, called):
    assert seeing_him(kw) == "______ (Officer Shah: no slot; whose decision?)"


def test_an_absent_key_worker_is_seeing_nobody(kw, called):
    called.status("SHAH", "UNAVAILABLE_LONG_TERM_ABSENCE", "2026-05-04")
    called.slot("SHAH", "2026-05-12", "14:00", "16:15")

    assert seeing_him(kw) == "______ (Officer Shah: on long-term absence; whose decision?)"


def test_a_prisoner_not_to_be_seen_one_to_one_is_a_managers_to_decide(kw, called):
    called.event("A2222BC", "NO_ONE_TO_ONE", "2026-02-01")
    called.slot("SHAH", "2026-05-12", "14:00", "16:15")

    assert seeing_him(kw).endswith("______ (not one-to-one: a manager decides)")


def test_the_plan_kept_for_today_says_who_is_seeing_him(kw, page, called):
    called.slot("SHAH", "2026-05-12", "14:00", "16:15")
    kw("plan --save")

    assert seeing_him(kw) == "Officer Shah 14:00"
    assert page()["see_today"]["rows"][0]["planned_with"]["staff_id"] == "SHAH"
    assert "(proposed)" not in kw("briefing", KW_WIDTH="200").out


def test_of_a_plan_kept_in_part_each_that_is_only_proposed_is_marked(kw, called):
    called.slot("SHAH", "2026-05-12", "14:00", "14:45")
    kw("plan --save")
    called.officer("REED")
    called.slot("REED", "2026-05-12", "15:00", "15:45")
    called.prisoner("A3333BC", name="Mr C", arrived="2026-01-05")
    called.event("A3333BC", "SELF_HARM", "2026-05-11", at="06:00")

    said = part_of(kw("briefing", KW_WIDTH="250").out, "see_today")
    assert "Officer Shah 14:00\n" in said
    assert " 15:00 (proposed)\n" in said
    assert "To be seen by (proposed)" not in said


def test_a_new_concern_with_no_slot_left_asks_for_a_decision_until_he_is_seen(kw, called):
    called.slot("SHAH", "2026-05-12", "14:00", "14:45")
    kw("plan --save")
    called.prisoner("A3333BC", name="Mr C", arrived="2026-01-05")
    called.event("A3333BC", "SELF_HARM", "2026-05-12", at="06:00")

    said = " ".join(part_of(kw("briefing", KW_WIDTH="250").out, "see_today").split())
    assert "new today, and no slot left: whose decision?" in said

    assert "whose decision?" in kw("briefing --as-of 2026-05-13", KW_WIDTH="250").out

    called.session("A3333BC", "SHAH", "2026-05-12", at="07:00")
    assert "whose decision?" not in kw("briefing", KW_WIDTH="250").out


def test_a_place_that_was_over_before_the_concern_began_is_no_answer_to_it(kw, called):
    called.slot("SHAH", "2026-05-12", "06:00", "06:45")
    kw("plan --save", now=datetime(2026, 5, 12, 4, tzinfo=UTC))
    assert seeing_him(kw) == "Officer Shah 06:00"

    said = kw("event add A2222BC SELF_HARM --time 07:00")
    assert "no slot is left today for Mr B (A2222BC): whose decision is it?" in said.err
    assert seeing_him(kw) == "______ (new today, and no slot left: whose decision?)"
    looked_back = kw("briefing --as-of 2026-05-12", now=datetime(2026, 5, 13, 7, tzinfo=UTC)).out
    assert "Officer Shah 06:00" in part_of(looked_back, "see_today")


def test_an_event_of_one_whom_the_plan_has_is_answered_with_by_whom_he_is_seen(kw, called):
    called.slot("SHAH", "2026-05-12", "14:00", "14:45")
    kw("plan --save")

    said = kw("event add A2222BC SELF_HARM --time 07:00")

    assert "In today's plan: Officer Shah 14:00." in said.out
    assert "whose decision" not in said.err


def test_a_plan_whose_slot_was_lost_since_sees_nobody(kw, called):
    called.slot("SHAH", "2026-05-12", "14:00", "16:15")
    kw("plan --save")
    kw("rota lose SHAH --on today --reason STAFFING")

    assert seeing_him(kw) == "______ (Officer Shah 14:00: slot gone)"


def test_a_key_worker_whose_day_was_planned_for_others_is_not_seeing_him(kw, called):
    called.prisoner("A3333BC", name="Mr C", arrived="2026-01-05")
    called.allocated("A3333BC", "SHAH", "2026-01-06")
    called.event("A3333BC", "SELF_HARM", "2026-05-11")
    called.slot("SHAH", "2026-05-12", "14:00", "14:45")
    kw("plan --save")

    assert seeing_him(kw) == "______ (Officer Shah: full today; whose decision?)"


def test_a_key_worker_whose_slot_is_over_is_not_said_to_be_full(kw, called):
    called.slot("SHAH", "2026-05-12", "08:00", "08:45")
    later = datetime(2026, 5, 12, 7, 10, tzinfo=UTC), datetime(2026, 5, 12, 17, 0, tzinfo=UTC)

    assert [seeing_him(kw, now=moment) for moment in later] == [
        "______ (Officer Shah: under 45 min left today; whose decision?)",
        "______ (Officer Shah: time over today; whose decision?)",
    ]
    called.slot("SHAH", "2026-05-14", "14:00", "14:45")
    assert seeing_him(kw, now=later[1]) == "______ (Officer Shah: time over today, next Thu 14 May; whose decision?)"


def test_see_today_says_how_many_have_somebody(kw, called):
    assert "1; nobody has time today." in kw("briefing").out


def test_the_highest_tier_is_named_first_and_then_the_longest_gap(page, called):
    called.prisoner("A3333BC", name="Mr C", arrived="2026-03-01")
    called.event("A3333BC", "BASIC", "2026-05-01")

    assert names(page()["see_today"]) == ["Mr B", "Mr C"]


def test_a_prisoner_away_overnight_is_on_no_list_of_today(page, called):
    called.away("A2222BC", "2026-05-11")

    assert page()["see_today"]["rows"] == []


def test_what_became_of_yesterdays_plan_is_said(kw, called):
    called.slot("SHAH", "2026-05-11", "14:00", "16:15")
    called.prisoner("A3333BC", name="Mr C", arrived="2026-01-05")
    kw("plan --save --as-of 2026-05-11")

    assert "What became of the plan for Mon 11 May 2026" in kw("briefing").out


# --- the longest gaps ---


def test_the_ten_longest_gaps_are_named_and_the_rest_counted(kw, page, prison):
    for number in range(12):
        prison.prisoner(f"A{number:04}BC", name=f"Mr N{number}", arrived=f"2026-04-{number + 1:02}")

    assert [row["days"] for row in page()["longest_gaps"]["rows"]] == list(range(41, 31, -1))
    assert "and 2 more: kw overdue" in part_of(kw("briefing").out, "longest_gaps")


def test_a_prisoner_seen_within_the_limit_has_no_long_gap(page, shah):
    assert page()["longest_gaps"]["rows"] == []


def test_the_longest_gap_says_why(page, prison):
    prison.prisoner("A1234BC", arrived="2026-04-01")

    assert page()["longest_gaps"]["rows"][0]["why"] == "UNALLOCATED"


# --- concerns not raised, and the fewest sessions ---


def test_a_prisoner_seen_weekly_and_never_asked_is_named_with_what_was_not_raised(kw, page, shah):
    shah.event("A1234BC", "DEBT", "2026-04-20", confidence="SUSPECTED")
    shah.session("A1234BC", "SHAH", "2026-04-28", topics="FAMILY")

    (row,) = page()["concerns"]["rows"]
    assert (row["prison_number"], row["code"], row["days"], row["sessions_since"]) == ("A1234BC", "DEBT", 22, 2)
    assert "debt (suspected)  2 times" in part_of(kw("briefing").out, "concerns")
    assert "1, of 1 prisoner; 1 seen since. Ended, never raised: 0." in kw("briefing").out


def test_the_page_lists_the_concerns_of_kw_concerns(kw, page, shah):
    for number, code in enumerate(("DEBT", "BULLIED", "SELF_HARM", "CSIP", "NO_CONTACT", "BASIC", "ASSAULTED")):
        shah.prisoner(f"A{number}222BC", name=f"Mr N{number}", arrived="2026-01-05")
        shah.event(f"A{number}222BC", code, f"2026-04-{20 + number}")

    listed = json.loads(kw("concerns --format json").out)["rows"]
    assert page()["concerns"]["rows"] == listed
    assert "and 2 more: kw concerns" in part_of(kw("briefing").out, "concerns")


def test_a_page_to_be_printed_does_not_say_which_concern(kw, shah, tmp_path):
    shah.event("A1234BC", "BEREAVEMENT", "2026-04-20")
    kw(f"briefing --output {tmp_path}/page.html")

    text = (tmp_path / "page.html").read_text()
    assert "Concerns not raised" in text
    assert "bereavement" not in text


def test_the_five_with_the_fewest_sessions_are_named_and_the_rest_counted(kw, page, shah):
    for number in range(6):
        shah.prisoner(f"A{number}222BC", name=f"Mr N{number}", arrived="2026-01-05")
        shah.session(f"A{number}222BC", "SHAH", f"2026-05-0{number + 1}", at="10:00")

    part = page()["fewest"]
    assert [row["prison_number"] for row in part["rows"]] == ["A1234BC", "A0222BC", "A1222BC", "A2222BC", "A3222BC"]
    assert "and 2 more: kw fewest" in part_of(kw("briefing").out, "fewest")


# --- new, unallocated, without cover, not met ---


def test_those_who_can_still_be_met_in_time_come_before_those_who_were_not(page, prison):
    prison.prisoner("A1111BC", name="Mr Late", arrived="2026-05-01")
    prison.prisoner("A2222BC", name="Mr New", arrived="2026-05-11")
    prison.prisoner("A3333BC", name="Mr Soon", arrived="2026-05-10")

    assert names(page()["new_and_not_met"]) == ["Mr Soon", "Mr New", "Mr Late"]


def test_an_absent_key_worker_is_named_with_his_prisoners(kw, page, shah):
    shah.status("SHAH", "UNAVAILABLE_ANNUAL_LEAVE", "2026-05-06", back="2026-05-20")

    (row,) = page()["without_cover"]["rows"]
    assert (row["staff_id"], row["men"], row["prison_numbers"], row["days"]) == ("SHAH", 1, ["A1234BC"], 6)
    assert "1 prisoner: kw allocate --from STAFF_ID" in kw("briefing").out


def test_whoever_has_no_key_worker_is_named_with_a_recommendation(page, shah):
    shah.prisoner("A2222BC", name="Mr B", arrived="2026-05-11")

    (row,) = page()["unallocated"]["rows"]
    assert (row["name"], row["days"], row["recommended"]["staff_id"]) == ("Mr B", 1, "SHAH")


def test_a_prisoner_never_met_by_his_own_is_named_though_another_saw_him(page, shah):
    shah.officer("REED")
    shah.allocated("A1234BC", "REED", "2026-05-01")

    (row,) = page()["not_met"]["rows"]
    assert (row["days"], row["last_session_by"]["staff_id"]) == (11, "SHAH")


# --- the figures ---


def test_each_wing_says_how_many_of_how_many(kw, page, shah):
    shah.prisoner("A2222BC", arrived="2026-04-01", location="C-1-001")

    figures = [
        (row["wing"], row["listed"], row["prisoners"], row["never_seen"]) for row in page()["overdue_by_wing"]["rows"]
    ]
    assert figures == [("B", 0, 1, 0), ("C", 1, 1, 1)]
    assert "1 of 1" in kw("briefing").out


def test_the_weeks_time_names_the_officers_with_none(kw, page, shah):
    shah.officer("REED", name="Officer Reed")
    shah.slot("REED", "2026-05-13")

    part = page()["time_this_week"]
    assert part["summary"]["workers_at_zero"] == 1
    assert "Prisoners, and no key work detailed: Officer Shah." in kw("briefing").out


def test_lost_time_is_lost_and_time_to_come_is_published(page, shah):
    shah.slot("SHAH", "2026-05-11", status="REDEPLOYED", reason="STAFFING")
    shah.slot("SHAH", "2026-05-14", status="PUBLISHED")

    summary = page()["time_this_week"]["summary"]
    assert (summary["allocated_minutes"], summary["lost_minutes"], summary["to_come_minutes"]) == (270, 135, 135)


def test_eight_weeks_of_delivered_minutes_end_with_the_last_complete_one(page, shah):
    shah.session("A1234BC", "SHAH", "2026-05-06", minutes=30)

    weeks = page()["time_this_week"]["rows"][0]["delivered_by_week"]
    assert weeks == [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 30.0]


def test_a_wing_asked_for_has_its_own_trend_alone(page, shah):
    shah.officer("REED", wing="C")
    shah.prisoner("A2222BC", arrived="2026-01-05", location="C-1-001")
    shah.allocated("A2222BC", "REED", "2026-01-06")
    shah.session("A2222BC", "REED", "2026-05-06", minutes=45)

    assert page("--wing C")["time_this_week"]["summary"]["delivered_by_week"][-1] == 45.0
    assert page("--wing B")["time_this_week"]["summary"]["delivered_by_week"][-1] == 0.0
    assert page()["time_this_week"]["summary"]["delivered_by_week"][-1] == 22.5


# --- reviews, needs, freshness ---


def test_the_next_review_comes_first_and_says_whether_his_key_worker_is_invited(page, shah):
    shah.acct("A1234BC", "2026-05-01")
    shah.review("A1234BC", "2026-05-08")
    shah.review("A1234BC", "2026-05-13", key_worker_invited=True)

    rows = page()["acct_reviews"]["rows"]
    assert [(row["due_on"], row["state"], row["invited"]) for row in rows] == [
        ("2026-05-13", "due", True),
        ("2026-05-08", "overdue", None),
    ]


def test_a_need_is_due_on_its_day_and_not_before(page, shah):
    shah.need("A1234BC", "2026-05-01", "Ring his solicitor", due="2026-05-12")
    shah.need("A1234BC", "2026-05-01", "Chase his property", due="2026-05-10")
    shah.need("A1234BC", "2026-05-01", "Family day form", due="2026-05-13")

    part = page()["needs_due"]
    assert [row["need"] for row in part["rows"]] == ["Ring his solicitor", "Chase his property"]
    assert part["summary"] == {"open": 3, "due_today": 1, "overdue": 1}


def test_late_typing_is_said_as_a_share_of_the_last_four_weeks(kw, shah):
    assert "of the last 4 weeks' 1 session 0 % were typed a day or more late" in kw("briefing").out


def test_a_rota_that_ended_is_said(kw, shah):
    shah.slot("SHAH", "2026-05-08", status="WORKED")

    assert "wing B: no rota after Fri 8 May" in kw("briefing").out


def test_the_roll_says_how_many_prisoners_are_not_in_kw(kw, page, shah):
    assert "roll 15, 1 in kw: 14 prisoners are not in kw" in kw("briefing --roll 15").out
    assert page("--roll 15")["freshness"]["summary"]["not_in_kw"] == 14
    assert "not compared: kw briefing --roll N" in kw("briefing").out


def test_the_settings_in_force_stand_below(kw, shah):
    assert "gap.days 7, gap.serious_days 28" in kw("briefing").out


def test_the_page_carries_the_head_of_the_audit_that_verify_finds(kw, shah):
    head = json.loads(kw("briefing --format json").out)["summary"]["audit_head"]

    assert f"kw audit verify --head {head}" in kw("briefing").out
    assert kw(f"audit verify --head {head}").code == 0


# --- how it is given ---


def test_a_long_part_is_cut_for_people_and_whole_for_scripts(kw, page, prison):
    for number in range(12):
        prison.prisoner(f"A{number:04}BC", name=f"Mr N{number}", arrived="2026-05-11")

    assert len(page()["new_and_not_met"]["rows"]) == 12
    assert "and 7 more: kw first-meetings" in kw("briefing").out
    assert "more: kw first-meetings" not in kw("briefing --limit 12").out


def test_only_what_lists_somebody_makes_it_fail(kw, shah):
    assert kw("briefing --fail").code == 0

    shah.prisoner("A2222BC", arrived="2026-05-12")

    assert kw("briefing --fail").code == 3


def test_parts_that_have_the_column_are_sorted_by_it(kw, page, prison):
    prison.prisoner("A1111BC", name="Mr Z", arrived="2026-04-01")
    prison.prisoner("A2222BC", name="Mr A", arrived="2026-04-02")

    assert names(page("--sort name")["longest_gaps"]) == ["Mr A", "Mr Z"]
    assert kw("briefing --sort colour").code == 2


def test_a_file_leaves_reasons_out_unless_they_are_asked_for(kw, called, tmp_path):
    called.need("A2222BC", "2026-05-01", "Ring the clinic", due="2026-05-10")

    kw(f"briefing --output {tmp_path}/short.html")
    kw(f"briefing --output {tmp_path}/whole.html --with-reasons")

    short, whole = ((tmp_path / name).read_text() for name in ("short.html", "whole.html"))
    assert "self-harm" in whole
    assert "Ring the clinic" in whole
    assert "self-harm" not in short
    assert "Ring the clinic" not in short
    assert "Left out of this file: Because, Concern, To be done (--with-reasons writes them)." in short


def test_the_workbook_has_a_sheet_a_part_with_every_row(kw, prison, tmp_path):
    for number in range(12):
        prison.prisoner(f"A{number:04}BC", name=f"Mr N{number}", arrived="2026-05-11")

    kw(f"briefing --output {tmp_path}/page.xlsx")

    book = CalamineWorkbook.from_path(tmp_path / "page.xlsx")
    assert len(book.sheet_names) == len(PARTS) + 1
    assert len(book.get_sheet_by_name("New and not met").to_python()) == 13


@pytest.mark.parametrize("ending", ["md", "json", "csv", "txt"])
def test_it_is_written_in_every_other_form(ending, kw, called, tmp_path):
    assert kw(f"briefing --output {tmp_path}/page.{ending}").code == 0
    assert "Mr B" in (tmp_path / f"page.{ending}").read_text()


def test_who_wrote_the_page_and_its_digest_are_in_the_audit(kw, shah, tmp_path):
    kw(f"briefing --output {tmp_path}/page.html")

    line = json.loads(kw("audit list --limit 1 --format json").out)["rows"][0]
    assert (line["user"], line["action"], line["key"]) == ("governor", "write report", "briefing")
    assert json.loads(line["after"])["digest"] == sha256((tmp_path / "page.html").read_bytes()).hexdigest()
