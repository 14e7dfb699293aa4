"""`kw budget`: where the time for key work went, and who was given none."""

import csv
import io
import json
from datetime import date, timedelta

import pytest

from factories import Prison, world

SIX = [f"A100{n}AA" for n in range(1, 7)]


def rows(said):
    assert said.code == 0, said.err
    return {row.get("staff_id", row.get("wing")): row for row in json.loads(said.out)["rows"]}


def summary(said):
    return json.loads(said.out)["summary"]


def pick(row, *names):
    return tuple(row[name] for name in names)


@pytest.fixture
@world
def officer_p(prison: Prison) -> Prison:
    """Mr A's wing: Officer P has six prisoners and no slot from Mon 30 Mar 2026; others of the wing have theirs."""
    prison.officer("P", name="Officer P")
    prison.officer("SHAH", name="Nadia Shah")
    for number in SIX:
        prison.prisoner(number, arrived="2026-01-05")
        prison.allocated(number, "P", "2026-01-06")
    for week in range(12):
        wednesday = date(2026, 1, 7) + timedelta(weeks=week)
        prison.slot("P", wednesday, status="WORKED", published_on=wednesday - timedelta(days=12))
        prison.session(SIX[0], "P", wednesday.isoformat(), 45, at="09:00")
    for week in range(19):
        thursday = date(2026, 1, 8) + timedelta(weeks=week)
        prison.slot("SHAH", thursday, status="WORKED", published_on=thursday - timedelta(days=6))
    return prison


# --- Mr A ---


def test_on_13_april_officer_p_has_had_no_time_for_two_complete_weeks(kw, officer_p):
    said = kw("budget --as-of 2026-04-13")

    finding = "Officer P: 6 prisoners, 0 minutes on the rota for 2 complete weeks (W14, W15); 270 required a week."
    assert finding in said.out.replace("\n", " ")


def test_over_those_two_weeks_the_cause_is_no_time(kw, officer_p):
    row = rows(kw("budget --weeks 2 --as-of 2026-04-13 --format json"))["P"]

    assert pick(row, "prisoners", "weeks", "required_minutes", "allocated_minutes", "cause") == (
        6,
        2,
        540,
        0,
        "NO_TIME",
    )


def test_the_week_the_rota_is_published_without_him_it_says_so_already(kw, officer_p):
    said = kw("budget --next --as-of 2026-03-27")

    assert said.out.startswith("Key work time by key worker: W14, Mon 30 Mar to Sun 5 Apr 2026")
    assert said.out.splitlines()[2] == "Not enough for Officer P in W14: 0 of 270 minutes."
    assert "Officer P: 6 prisoners, 0 minutes on the rota in W14; 270 required a week." in said.out
    assert "Days to come are counted for the prisoners here at the end of Fri 27 Mar 2026" in said.out


def test_before_that_rota_is_published_nobody_can_tell(kw, officer_p):
    said = kw("budget --next --as-of 2026-03-26 --format json")

    assert rows(said)["P"]["cause"] == "NO_ROTA"
    assert json.loads(said.out)["warnings"] == ["wing B: no rota after Thu 26 Mar 2026"]


def test_from_w14_to_w19_all_that_was_required_is_short(kw, officer_p):
    said = kw("budget --weeks 6 --as-of 2026-05-12 --format json")

    row = rows(said)["P"]
    assert pick(row, "required_minutes", "allocated_minutes", "short_minutes", "cause") == (1620, 0, 1620, "NO_TIME")
    assert pick(row, "prisoners_never_seen_in_window", "longest_gap_days") == (6, 125)
    assert summary(said)["workers_at_zero"] == 1


# --- Mr B ---


def test_mr_b_required_1285_point_7_minutes_over_200_days_and_got_40(kw, prison):
    prison.prisoner("B1002BB", name="Mr B", arrived="2025-09-01")
    prison.officer("KW1")
    prison.allocated("B1002BB", "KW1", "2025-09-03")
    prison.session("B1002BB", "KW1", "2025-09-16", 40)
    prison.left("B1002BB", "2026-03-20", "DIED")

    found = summary(kw("budget --weeks 29 --as-of 2026-03-22 --by prison --format json"))

    assert pick(found, "from", "to") == ("2025-09-01", "2026-03-22")
    assert pick(found, "required_minutes", "delivered_minutes", "individual_minutes") == (1285.7, 40, 40)


def test_mr_bs_third_key_worker_had_270_of_1800_minutes_and_lost_them(kw, prison):
    prison.officer("KW3")
    for number in SIX[:5]:
        prison.prisoner(number, arrived="2025-09-01")
        prison.allocated(number, "KW3", "2026-01-19")
    for on in ("2026-01-27", "2026-02-24"):
        prison.slot("KW3", on, status="REDEPLOYED", reason="STAFFING")

    row = rows(kw("budget --weeks 8 --as-of 2026-03-20 --format json"))["KW3"]

    assert pick(row, "required_minutes", "allocated_minutes", "worked_minutes", "lost_minutes", "cause") == (
        1800,
        270,
        0,
        270,
        "SHORT_TIME",
    )


# --- whose days, whose minutes ---


def test_an_arrival_on_thursday_requires_four_days_of_that_week(kw, prison):
    prison.prisoner("A1234BC", arrived="2026-04-09")

    found = rows(kw("budget --week 2026-W15 --format json"))[None]

    assert pick(found, "required_minutes", "prisoners", "cause") == (25.7, 0.6, None)


def test_a_prisoner_allocated_in_midweek_counts_for_both_officers_by_days(kw, prison):
    prison.prisoner("A1234BC", arrived="2026-01-05")
    for staff_id in ("SHAH", "OKAFOR"):
        prison.officer(staff_id)
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    prison.allocated("A1234BC", "OKAFOR", "2026-04-09")

    found = rows(kw("budget --week 2026-W15 --format json"))

    assert {who: row["required_minutes"] for who, row in found.items()} == {"SHAH": 19.3, "OKAFOR": 25.7}


def test_nine_nights_in_hospital_take_nine_days_off(kw, prison):
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.away("A1234BC", "2026-04-03", back="2026-04-12")

    found = summary(kw("budget --weeks 4 --as-of 2026-04-26 --format json"))

    assert found["required_minutes"] == round((28 - 9) * 45 / 7, 1)


def test_a_slot_while_the_clocks_go_forward_is_as_long_as_passes(kw, prison):
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    prison.slot("SHAH", "2026-03-29", "00:30", "02:30", status="WORKED")

    row = rows(kw("budget --week 2026-W13 --format json"))["SHAH"]

    assert pick(row, "required_minutes", "allocated_minutes") == (45, 60)


def test_a_prisoner_out_of_scope_requires_nothing_and_is_named(kw, prison):
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.out_of_scope("A1234BC", "2026-04-08", "resettlement unit")

    said = kw("budget --week 2026-W15 --format json")

    assert summary(said)["required_minutes"] == round(2 * 45 / 7, 1)
    assert json.loads(said.out)["warnings"][-1] == "out of scope, in no total: Mr A (A1234BC), resettlement unit"


def test_minutes_delivered_are_those_of_whoever_held_the_session(kw, officer_p):
    officer_p.session(SIX[1], "SHAH", "2026-04-08", 30)

    found = rows(kw("budget --week 2026-W15 --format json"))

    assert pick(found["P"], "delivered_minutes", "prisoners_never_seen_in_window") == (0, 5)
    assert pick(found["SHAH"], "delivered_minutes", "prisoners", "cause") == (30, 0, None)


def test_goodwill_outside_profiled_time_is_shown(kw, officer_p):
    officer_p.session(SIX[1], "P", "2026-04-08", 30)

    said = kw("budget --week 2026-W15")

    assert "Outside profiled time: 30 of the minutes delivered." in said.out


def test_time_on_the_rota_of_an_officer_on_leave_is_lost_or_not_there(kw, officer_p):
    officer_p.allocated(SIX[5], "SHAH", "2026-03-01")
    officer_p.status("SHAH", "UNAVAILABLE_ANNUAL_LEAVE", "2026-05-06", back="2026-05-20")

    behind = rows(kw("budget --week 2026-W19 --format json"))["SHAH"]
    coming = rows(kw("budget --week 2026-W20 --format json"))["SHAH"]

    assert pick(behind, "allocated_minutes", "worked_minutes", "lost_minutes", "cause") == (135, 0, 135, "LOST")
    assert pick(coming, "allocated_minutes", "not_there_minutes", "cause") == (0, 135, "NO_TIME")
    assert (
        "Nadia Shah, on the rota while unavailable: 135 minutes dropped, 0 to come" in kw("budget --week 2026-W19").out
    )


# --- the sums ---


@pytest.fixture
@world
def three_wings(officer_p: Prison) -> Prison:
    """Beside Mr A's wing: one of its own, an officer of no wing, and a prisoner without a key worker."""
    officer_p.officer("OKAFOR", wing="C")
    officer_p.officer("RELIEF", wing=None)
    for number, staff_id, cell in (("C1001CC", "OKAFOR", "C-1-001"), ("D1001DD", "RELIEF", "D-1-001")):
        officer_p.prisoner(number, arrived="2026-04-16", location=cell)
        officer_p.allocated(number, staff_id, "2026-04-16")
        officer_p.session(number, staff_id, "2026-04-20", 40)
    officer_p.slot("OKAFOR", "2026-04-20", status="WORKED")
    officer_p.slot("OKAFOR", "2026-04-27")
    officer_p.prisoner("E1001EE", arrived="2026-05-04", location="B-3-001")
    return officer_p


SUMS = (
    *("required_minutes", "allocated_minutes", "worked_minutes", "lost_minutes", "unconfirmed_minutes"),
    *("unused_minutes", "sessions", "delivered_minutes", "individual_minutes", "outside_minutes", "short_minutes"),
)


@pytest.mark.parametrize("by", ["worker", "wing", "prison"])
def test_rows_add_up_to_the_prison(kw, three_wings, by):
    said = kw(f"budget --by {by} --format json")

    found = json.loads(said.out)["rows"]
    to_the_minute = {name: pytest.approx(summary(said)[name], abs=0.5) for name in SUMS}
    assert {name: sum(row[name] for row in found) for name in SUMS} == to_the_minute


def test_wings_stand_beside_officers_of_no_wing_and_prisoners_without_a_key_worker(kw, three_wings):
    said = kw("budget --by wing --format json")

    found = json.loads(said.out)["rows"]
    assert [(row["wing"], row["key_workers"]) for row in found] == [(None, 1), ("B", 2), ("C", 1), (None, 0)]
    assert found[1]["key_workers_by_cause"]["NO_TIME"] == 1
    shown = kw("budget --by wing").out
    assert "no wing" in shown
    assert "no key worker" in shown


def test_a_wing_alone_is_its_officers_and_the_prisoners_on_it_without_one(kw, three_wings):
    assert list(rows(kw("budget --wing B --format json"))) == ["P", "SHAH", None]
    assert list(rows(kw("budget --wing C --format json"))) == ["OKAFOR"]


def test_one_key_worker_alone(kw, three_wings):
    assert list(rows(kw("budget --key-worker okafor --format json"))) == ["OKAFOR"]


def test_who_has_nothing_on_the_rota_comes_first_and_no_key_worker_last(kw, three_wings):
    assert list(rows(kw("budget --format json"))) == ["P", "RELIEF", "OKAFOR", "SHAH", None]


# --- how it is said ---


def test_zero_is_0_and_what_cannot_be_divided_is_not_available(kw, three_wings):
    row = rows(kw("budget --format json"))["SHAH"]

    assert {name: row[name] for name in row if row[name] is None} == {
        "allocated_per_prisoner_week": None,
        "delivered_per_prisoner_week": None,
        "cause": None,
        "longest_gap_days": None,
    }
    line = next(line for line in kw("budget").out.splitlines() if line.startswith("Nadia Shah"))
    assert line.split()[2:] == ["B", "0", "0", "540", "540", "0", "0", "0", "(0)", "0", "no", "prisoners", "0", "n/a"]


def test_who_will_go_unseen_in_a_week_to_come_is_not_known(kw, officer_p):
    row = rows(kw("budget --next --format json"))["P"]

    assert pick(row, "prisoners_never_seen_in_window", "delivered_per_prisoner_week") == (None, None)
    assert "No key work" not in kw("budget --next").out


def test_a_week_to_come_is_said_to_be_enough_or_not_before_all_figures(kw, prison):
    for officer, wing in (("SHAH", "B"), ("BIRCH", "B")):
        prison.officer(officer, name=f"Officer {officer.title()}", wing=wing)
    for number, officer in (("A1111BC", "SHAH"), ("A2222BC", "BIRCH"), ("A3333BC", None)):
        prison.prisoner(number, arrived="2026-01-05")
        if officer:
            prison.allocated(number, officer, "2026-01-06")
    prison.slot("SHAH", "2026-05-19")
    said = kw("budget --next").out
    assert (
        "\n\nNot enough for Officer Birch in W21: 0 of 45 minutes.\n"
        "Prisoners without a key worker need 45 minutes more: kw allocate.\n"
    ) in said
    assert "short 90 (what each key worker is short, added up)" in said
    assert "The fewest slots more with which nobody passes 7 days: kw rota least --week 2026-W21" in said

    prison.slot("BIRCH", "2026-05-20")
    assert "\n\nEnough for every key worker's prisoners in W21.\n" in kw("budget --next --key-worker SHAH").out


def test_the_minutes_dropped_stand_by_their_reason_and_add_up(kw, officer_p):
    officer_p.slot("P", "2026-05-04", status="REDEPLOYED", reason="STAFFING")
    officer_p.slot("P", "2026-05-05", "09:00", "10:00", status="ABSENT", reason="SICK")
    officer_p.slot("SHAH", "2026-05-06", "09:00", "09:45", status="CANCELLED")
    officer_p.status("P", "UNAVAILABLE_ANNUAL_LEAVE", "2026-05-08", back="2026-05-09")
    officer_p.slot("P", "2026-05-08", "09:00", "09:30")

    found = summary(kw("budget --format json"))

    reasons = {"STAFFING": 135, "SICK": 60, "CANCELLED": 45, "UNAVAILABLE_ANNUAL_LEAVE": 30}
    assert (found["lost_minutes"], found["lost_minutes_by_reason"]) == (270, reasons)
    said = "Minutes dropped, by reason: staffing 135, sick 60, cancelled 45, on leave 30."
    assert said in kw("budget").out
    assert "by reason: cancelled 45." in kw("budget --key-worker SHAH").out
    assert "by reason" not in kw("budget --next").out


def test_this_week_is_told_so_far_with_what_is_still_to_come(kw, officer_p):
    officer_p.allocated(SIX[0], "SHAH", "2026-05-11")

    said = kw("budget --week this")

    assert "so far" in said.out.splitlines()[0]
    row = rows(kw("budget --week this --format json"))["SHAH"]
    assert pick(row, "required_minutes", "allocated_minutes", "to_come_minutes", "cause") == (45, 135, 135, None)


def test_a_window_past_the_last_rota_says_where_the_rota_ends(kw, officer_p):
    said = kw("budget --week next")

    assert said.out.splitlines()[2] == "No rota is recorded for W21 yet: 270 minutes will be required."
    assert "note: wing B: no rota after Thu 14 May 2026" in said.err
    assert "no rota recorded: cannot tell" in said.out


def test_an_average_stands_beside_the_prisoners_it_hides(kw, officer_p):
    said = kw("budget --as-of 2026-03-29")

    assert (
        "delivered 7.5 of 45 minutes. Prisoners without key work in these weeks: 5. Longest gap on Sun 29 Mar 2026: 83"
        in said.out
    )


@pytest.mark.parametrize(("width", "shown"), [("80", "Delivered"), ("100", "Longest"), ("120", "Short")])
def test_the_table_fits_the_screen(kw, three_wings, width, shown):
    said = kw("budget", KW_WIDTH=width)

    assert shown in said.out


def test_a_spreadsheet_has_every_field(kw, three_wings):
    found = list(csv.DictReader(io.StringIO(kw("budget --by wing --format csv").out)))

    assert [(row["wing"], row["key_workers_by_cause_NO_TIME"]) for row in found] == [
        ("", "1"),
        ("B", "1"),
        ("C", "0"),
        ("", "0"),
    ]


def test_a_wing_of_which_nothing_is_known_is_said_in_words(kw, three_wings):
    said = kw("budget --wing SEG")

    assert "There is no key work to count in these weeks for wing SEG: no prisoners, no rota, no sessions." in said.out


def test_an_empty_prison_is_said_in_words(kw, prison):
    said = kw("budget")

    assert (said.code, "There is no key work to count in these weeks" in said.out) == (0, True)


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("budget --week 2026-W99", "write the year and the week: 2026-W13"),
        ("budget --weeks 0", "kw budget --help shows what it takes."),
        ("budget --weeks 4 --next", "give one of them: --weeks 4."),
        ("budget --by landing", "there are worker, wing, prison."),
    ],
)
def test_what_cannot_be_understood_is_refused(kw, prison, line, hint):
    said = kw(line)

    assert (said.code, said.out) == (2, "")
    assert said.err.splitlines()[-1] == f"hint: {hint}"
