"""`kw rota`: time for key work, published, shown, worked or dropped (help: rota)."""

import json
import re

import pytest

from databases import rows
from factories import world


@pytest.fixture
@world
def shah(prison):
    """Officer Shah of B wing, with four prisoners: the clock of each runs from another day."""
    prison.officer("SHAH", name="Officer Shah")
    for number, arrived, name in (
        ("A1234BC", "2026-05-01", "Al One"),
        ("B1234BC", "2026-03-01", "Bo Two"),
        ("C1234BC", "2026-04-01", "Cy Three"),
        ("D1234BC", "2026-02-01", "Di Four"),
    ):
        prison.prisoner(number, arrived=arrived, name=name)
        prison.allocated(number, "SHAH", arrived)
    return prison


def week(kw, options=""):
    """The rows of the week of Tue 12 May 2026, by staff id."""
    return {row["staff_id"]: row for row in json.loads(kw(f"rota show --format json {options}").out)["rows"]}


def audited(prison):
    """How many lines the audit holds."""
    return rows(prison.address, "SELECT lines FROM audit_head")


# --- publish ---


def test_a_slot_is_published_and_stands_in_the_week(kw, shah):
    said = kw("rota publish SHAH --on thu --from 09:00 --to 11:15")

    assert said.code == 0
    assert said.out == "Officer Shah: Thu 14 May 2026 09:00-11:15 published, 135 minutes.\n"
    assert week(kw)["SHAH"]["thursday"] == ["09:00-11:15 published"]


def test_the_same_slot_again_changes_nothing_and_says_so(kw, shah):
    kw("rota publish SHAH --on thu --from 09:00 --to 11:15")
    lines = audited(shah)

    said = kw("rota publish SHAH --on thu --from 09:00 --to 11:15")

    assert (said.code, said.out) == (0, "Officer Shah: this slot is on the rota already; nothing changed.\n")
    assert audited(shah) == lines


@pytest.mark.parametrize(
    ("hours", "code", "wrong"),
    [
        ("--from 11:15 --to 09:00", 5, "ends before it starts"),
        ("--from 09:00 --to 09:14", 5, "lasts 14 minutes"),
        ("--from 09:00 --to 34:00", 2, "there is no hour 34"),
        ("--from nine --to 11:15", 2, "this is not a time"),
        ("--from 11:00 --to 12:00", 5, "overlaps 09:00-11:15, which is on the rota (published)"),
    ],
)
def test_a_bad_slot_is_refused_with_the_reason_and_saves_nothing(kw, shah, hours, code, wrong):
    shah.slot("SHAH", "2026-05-14")

    said = kw(f"rota publish SHAH --on thu {hours}")

    assert said.code == code
    assert wrong in said.err
    assert week(kw)["SHAH"]["thursday"] == ["09:00-11:15 published"]


def test_two_officers_may_have_the_same_hours(kw, shah):
    shah.officer("HOLT")
    shah.slot("SHAH", "2026-05-14")

    assert kw("rota publish HOLT --on thu --from 09:00 --to 11:15").code == 0


def test_a_pattern_is_published_to_its_last_day(kw, shah):
    said = kw(["rota", "publish", "SHAH", "--weekly", "tue 09:00-11:15, fri 14:00-16:15", "--until", "26/5/2026"])

    assert said.out == "Officer Shah: 4 slots published, Fri 15 May 2026 to Tue 26 May 2026, 540 minutes.\n"


def test_a_pattern_of_which_one_slot_overlaps_is_not_saved_at_all(kw, shah):
    shah.slot("SHAH", "2026-05-22", "15:00", "16:00")

    said = kw(["rota", "publish", "SHAH", "--weekly", "fri 14:00-16:15", "--until", "+4w"])

    assert said.code == 5
    assert "Fri 22 May 2026 14:00-16:15 overlaps 15:00-16:00" in said.err
    assert week(kw)["SHAH"]["friday"] == []


def test_a_pattern_extended_adds_only_what_is_new(kw, shah):
    pattern = ["rota", "publish", "SHAH", "--weekly", "tue 09:00-11:15", "--until"]
    kw([*pattern, "19/5/2026"])

    assert (
        "Tue 26 May 2026 09:00-11:15 published, 135 minutes; 1 more was on the rota" in kw([*pattern, "26/5/2026"]).out
    )


def test_a_pattern_without_an_end_is_refused(kw, shah):
    said = kw(["rota", "publish", "SHAH", "--weekly", "tue 09:00-11:15"])

    assert said.code == 2
    assert "--until" in said.err


def test_a_dry_run_says_what_would_be_and_saves_nothing(kw, shah):
    said = kw("rota publish SHAH --on thu --from 09:00 --to 11:15 --dry-run")

    assert said.out == "Officer Shah: Thu 14 May 2026 09:00-11:15 would be published, 135 minutes.\n"
    assert week(kw)["SHAH"]["thursday"] == []


def test_a_slot_on_a_day_of_leave_is_taken_with_a_warning(kw, shah):
    shah.status("SHAH", "UNAVAILABLE_ANNUAL_LEAVE", "2026-05-11", back="2026-05-18")

    said = kw("rota publish SHAH --on thu --from 09:00 --to 11:15")

    assert said.code == 0
    assert "Officer Shah is on leave then" in said.err


def test_an_unknown_key_worker_is_not_found(kw, shah):
    said = kw("rota publish SHAW --on thu --from 09:00 --to 11:15")

    assert said.code == 4
    assert "did you mean SHAH Officer Shah?" in said.err


def test_a_file_of_slots_is_published_and_again_changes_nothing(kw, shah, tmp_path):
    file = tmp_path / "next week.csv"
    file.write_text("staff_id,date,start,end\nSHAH,14/05/2026,09:00,11:15\nSHAH,2026-05-15,14:00,16:15\n")

    said = kw(["rota", "publish", "--file", str(file)])

    assert (said.code, said.out) == (0, "next week.csv          2 new          0 changed          0 same\n")
    assert week(kw)["SHAH"]["friday"] == ["14:00-16:15 published"]
    assert (
        kw(["rota", "publish", "--file", str(file)]).out
        == "next week.csv          0 new          0 changed          2 same\n"
    )


def test_a_file_with_a_bad_slot_is_not_published_at_all(kw, shah, tmp_path):
    file = tmp_path / "rota.csv"
    file.write_text("staff_id,date,start,end\nSHAH,14/05/2026,09:00,11:15\nSHAH,2026-05-15,16:15,14:00\n")

    said = kw(["rota", "publish", "--file", str(file)])

    assert said.code == 6
    assert "rota.csv line 3, end" in said.err
    assert week(kw)["SHAH"]["thursday"] == []


def test_publish_needs_an_officer_or_a_file_and_not_both(kw, shah):
    for line in ("rota publish", "rota publish SHAH --file rota.csv"):
        assert kw(line).code == 2
    assert kw("rota publish --file nowhere.csv").code == 4


# --- show ---


def test_the_week_shows_what_became_of_each_slot_in_words(kw, shah):
    shah.slot("SHAH", "2026-05-11", status="WORKED")
    shah.slot("SHAH", "2026-05-12", "08:00", "09:00", status="REDEPLOYED", reason="STAFFING")
    shah.slot("SHAH", "2026-05-12", "14:00", "16:15")
    shah.slot("SHAH", "2026-05-15")

    row = week(kw)["SHAH"]

    assert row["monday"] == ["09:00-11:15 worked"]
    assert row["tuesday"] == ["08:00-09:00 DROPPED, redeployed: staffing", "14:00-16:15 published"]
    assert row["friday"] == ["09:00-11:15 published"]


def test_beside_an_officer_stand_his_prisoners_his_minutes_and_those_they_need(kw, shah):
    shah.slot("SHAH", "2026-05-11", status="WORKED")
    shah.slot("SHAH", "2026-05-15", "14:00", "14:30")

    row = week(kw)["SHAH"]

    assert (row["prisoners"], row["required_minutes"], row["allocated_minutes"]) == (4, 180, 165)
    assert (row["worked_minutes"], row["lost_minutes"], row["short_minutes"]) == (135, 0, 15)
    assert re.search(r"Officer Shah +4  165 of 180 ", kw("rota show").out)


def test_an_officer_without_time_is_shown_loudly_when_his_wing_has_a_rota(kw, shah):
    shah.officer("HOLT", name="Officer Holt")
    shah.slot("HOLT", "2026-05-14")

    said = kw("rota show")

    assert re.search(r"Officer Shah +4  NONE of 180 ", said.out)
    assert (
        "Wing B: 135 of 180 minutes on the rota; officers with prisoners and no key work detailed: 1 of 2" in said.out
    )


def test_a_wing_of_which_nothing_is_recorded_says_that_nobody_can_tell(kw, shah):
    shah.officer("HOLT", name="Officer Holt", wing="C")
    shah.slot("HOLT", "2026-05-14")

    said = kw("rota show")

    assert "Wing B: no rota recorded for this week, so nobody can tell" in said.out
    assert re.search(r"Officer Shah +4  NO ROTA of 180 ", said.out)


def test_one_officer_with_double_time_does_not_hide_one_with_none(kw, shah):
    shah.officer("HOLT", name="Officer Holt")
    shah.slot("HOLT", "2026-05-14", "09:00", "17:00")

    said = kw("rota show --format json")

    summary = json.loads(said.out)["summary"]
    assert (summary["required_minutes"], summary["allocated_minutes"], summary["short_minutes"]) == (180, 480, 180)
    assert summary["officers_without_time"] == 1


def test_a_past_slot_that_nobody_confirmed_is_neither_worked_nor_lost(kw, shah):
    shah.slot("SHAH", "2026-05-11")

    row = week(kw)["SHAH"]

    assert row["monday"] == ["09:00-11:15 not confirmed"]
    assert (row["worked_minutes"], row["lost_minutes"], row["unconfirmed_minutes"]) == (0, 0, 135)


def test_slots_of_an_officer_on_leave_are_lost_when_past_and_no_time_when_to_come(kw, shah):
    shah.status("SHAH", "UNAVAILABLE_ANNUAL_LEAVE", "2026-05-11", back="2026-05-18")
    shah.slot("SHAH", "2026-05-11", status="WORKED")
    shah.slot("SHAH", "2026-05-14")

    row = week(kw)["SHAH"]

    assert row["monday"] == ["09:00-11:15 DROPPED: on leave"]
    assert row["thursday"] == ["09:00-11:15 NOT THERE: on leave"]
    assert (row["allocated_minutes"], row["lost_minutes"]) == (135, 135)
    assert "on leave, back Mon 18 May 2026" in kw("rota show").out


def test_a_week_is_named_by_number_by_a_day_in_it_or_by_a_word(kw, shah):
    shah.slot("SHAH", "2026-05-19")

    for named in ("2026-W21", "20/5/2026", "next"):
        assert week(kw, f"--week {named}")["SHAH"]["tuesday"] == ["09:00-11:15 published"]


def test_as_of_an_earlier_day_only_what_was_published_by_then_is_shown(kw, shah):
    kw("rota publish SHAH --on 21/5/2026 --from 09:00 --to 11:15")

    assert week(kw, "--week 2026-W21 --as-of 2026-05-11")["SHAH"]["thursday"] == []
    assert week(kw, "--week 2026-W21")["SHAH"]["thursday"] == ["09:00-11:15 published"]


def test_a_week_is_narrowed_to_a_wing_or_an_officer(kw, shah):
    shah.officer("HOLT", wing="C")

    assert list(week(kw, "--wing C")) == ["HOLT"]
    assert list(week(kw, "--key-worker SHAH")) == ["SHAH"]


def test_an_officer_without_prisoners_needs_no_time(kw, shah):
    shah.officer("HOLT", name="Officer Holt")
    shah.slot("SHAH", "2026-05-14")

    said = kw("rota show")

    assert re.search(r"Officer Holt +0  none ", said.out)
    assert "officers with prisoners and no key work detailed: 0 of 2" in said.out


def test_the_grid_keeps_hours_whole_on_a_narrow_screen_and_says_lost_without_colour(kw, shah):
    for on in ("2026-05-11", "2026-05-12", "2026-05-13", "2026-05-14", "2026-05-15"):
        shah.slot("SHAH", on, status="REDEPLOYED", reason="STAFFING")

    for width, headed in (("80", "Key worker    Prisoners  Detailed    Slots"), ("120", "Tue 12 May")):
        said = kw("rota show --week this --as-of 2026-05-15", KW_WIDTH=width)
        assert headed in said.out
        lines = said.out.splitlines()
        assert max(map(len, lines)) <= int(width)
        assert said.out.count("09:00-11:15") == 5
        assert said.out.count("DROPPED,") == 5
        assert said.out.count("staffing") == 5


def test_saturday_and_sunday_stand_in_the_grid_only_when_used(kw, shah):
    before = kw("rota show").out
    shah.slot("SHAH", "2026-05-16")

    assert "Sat 16 May" not in before
    assert "Sat 16 May" in kw("rota show").out


# --- worked ---


def test_a_slot_is_confirmed_as_worked(kw, shah):
    shah.slot("SHAH", "2026-05-12")

    said = kw("rota worked SHAH --on today")

    assert said.out == "Officer Shah: Tue 12 May 2026 09:00-11:15 worked, 135 minutes.\n"
    assert week(kw)["SHAH"]["worked_minutes"] == 135


def test_nothing_can_have_been_worked_tomorrow(kw, shah):
    shah.slot("SHAH", "2026-05-13")

    for line in ("rota worked SHAH --on tomorrow", "rota worked --all --on tomorrow --yes"):
        said = kw(line)
        assert said.code == 5
        assert "Wed 13 May 2026 has not been yet" in said.err


def test_of_two_slots_that_day_kw_asks_which(kw, shah):
    shah.slot("SHAH", "2026-05-12")
    shah.slot("SHAH", "2026-05-12", "14:00", "16:15")

    assert kw("rota worked SHAH").code == 2
    assert "14:00-16:15 worked" in kw("rota worked SHAH --at 14:00").out


def test_a_day_without_a_slot_is_not_found(kw, shah):
    said = kw("rota worked SHAH --on yesterday")

    assert said.code == 4
    assert "Officer Shah has no time on the rota on Mon 11 May 2026" in said.err


def test_all_slots_of_a_day_are_shown_asked_about_and_confirmed_at_once(kw, shah):
    shah.officer("HOLT", name="Officer Holt")
    shah.slot("SHAH", "2026-05-11")
    shah.slot("HOLT", "2026-05-11")
    shah.slot("HOLT", "2026-05-11", "14:00", "16:15", status="REDEPLOYED", reason="ESCORT")

    said = kw("rota worked --all --on yesterday", answers=["y"])

    assert "Mon 11 May 2026: 2 slots of 2 officers not confirmed, 270 minutes." in said.out
    assert "2 confirmed as worked." in said.out
    rows = week(kw)
    assert (rows["SHAH"]["worked_minutes"], rows["HOLT"]["worked_minutes"], rows["HOLT"]["lost_minutes"]) == (
        135,
        135,
        135,
    )


def test_without_a_terminal_nothing_is_confirmed_unless_yes_is_said(kw, shah):
    shah.slot("SHAH", "2026-05-11")

    said = kw("rota worked --all --on yesterday")

    assert (said.code, "nothing saved: add --yes" in said.err) == (0, True)
    assert week(kw)["SHAH"]["worked_minutes"] == 0
    kw("rota worked --all --on yesterday --yes")
    assert week(kw)["SHAH"]["worked_minutes"] == 135


def test_the_slot_of_an_officer_who_was_on_leave_is_not_confirmed_with_the_rest(kw, shah):
    shah.status("SHAH", "UNAVAILABLE_ANNUAL_LEAVE", "2026-05-11", back="2026-05-18")
    shah.slot("SHAH", "2026-05-11")

    assert "no slot waits to be confirmed" in kw("rota worked --all --on yesterday --yes").out


def test_worked_needs_one_officer_or_all(kw, shah):
    for line in ("rota worked", "rota worked SHAH --all"):
        assert kw(line).code == 2


# --- lose ---


def test_a_lost_slot_says_what_it_costs_in_prisoners_and_who_they_would_be(kw, shah):
    shah.slot("SHAH", "2026-05-12")
    shah.session("D1234BC", "SHAH", "2026-05-10")

    said = kw("rota lose SHAH --on today --reason STAFFING")

    assert said.out.splitlines() == [
        "Officer Shah, 135 minutes dropped: no key work for 3 prisoners (Tue 12 May 2026 09:00-11:15, "
        "redeployed: staffing).",
        "Longest without key work:",
        "  B1234BC Bo Two, B-2-014: no key work yet, here 72 days (10 weeks)",
        "  C1234BC Cy Three, B-2-014: no key work yet, here 41 days (5 weeks)",
        "  A1234BC Al One, B-2-014: no key work yet, here 11 days (1 week)",
    ]
    assert week(kw)["SHAH"]["tuesday"] == ["09:00-11:15 DROPPED, redeployed: staffing"]


def test_a_slot_too_short_for_a_session_costs_no_prisoner(kw, shah):
    shah.slot("SHAH", "2026-05-12", "09:00", "09:44")

    assert "Officer Shah, 44 minutes dropped: no key work for 0 prisoners" in kw("rota lose SHAH --reason ESCORT").out


def test_prisoners_who_are_away_or_out_of_scope_would_not_have_been_seen(kw, shah):
    shah.slot("SHAH", "2026-05-12")
    shah.away("D1234BC", "2026-05-11")
    shah.out_of_scope("B1234BC", "2026-05-01")

    said = kw("rota lose SHAH --reason STAFFING")

    assert "D1234BC" not in said.out
    assert "B1234BC" not in said.out
    assert "C1234BC" in said.out


def test_an_unknown_reason_is_answered_with_the_nearest_and_the_list(kw, shah):
    shah.slot("SHAH", "2026-05-12")

    said = kw("rota lose SHAH --reason STAFING")

    assert said.code == 2
    assert "did you mean STAFFING? There are STAFFING, ESCORT, INCIDENT, TRAINING, LEAVE, SICK, OTHER." in said.err


def test_a_slot_may_be_lost_by_absence(kw, shah):
    shah.slot("SHAH", "2026-05-12")

    kw("rota lose SHAH --reason sick --status absent")

    assert week(kw)["SHAH"]["tuesday"] == ["09:00-11:15 DROPPED, absent: sick"]


def test_a_loss_recorded_twice_changes_nothing(kw, shah):
    shah.slot("SHAH", "2026-05-12")
    kw("rota lose SHAH --reason STAFFING")
    lines = audited(shah)

    assert "is recorded as redeployed: staffing already; nothing changed" in kw("rota lose SHAH --reason STAFFING").out
    assert audited(shah) == lines


def test_what_was_recorded_as_worked_is_only_corrected_when_that_is_confirmed(kw, shah):
    shah.slot("SHAH", "2026-05-12", status="WORKED")

    asked = kw("rota lose SHAH --reason STAFFING", answers=["n"])

    assert "redeployed: staffing), recorded before as worked." in asked.out
    assert week(kw)["SHAH"]["worked_minutes"] == 135
    kw("rota lose SHAH --reason STAFFING --yes")
    assert week(kw)["SHAH"]["lost_minutes"] == 135
    kw("rota worked SHAH", answers=["y"])
    assert week(kw)["SHAH"]["worked_minutes"] == 135


def test_a_slot_to_come_may_be_lost_and_counts_as_published_until_its_day(kw, shah):
    shah.slot("SHAH", "2026-05-14")

    said = kw("rota lose SHAH --on 14/5/2026 --reason TRAINING")

    assert "until Thu 14 May 2026 it still counts as published" in said.err
    assert week(kw)["SHAH"]["thursday"] == ["09:00-11:15 published"]
    assert week(kw, "--as-of 2026-05-14")["SHAH"]["thursday"] == ["09:00-11:15 DROPPED, redeployed: training"]


def test_a_dry_run_of_a_loss_counts_the_cost_and_saves_nothing(kw, shah):
    shah.slot("SHAH", "2026-05-12")

    said = kw("rota lose SHAH --reason STAFFING --dry-run")

    assert said.out.startswith("Officer Shah, 135 minutes would be dropped: no key work for 3 prisoners")
    assert week(kw)["SHAH"]["tuesday"] == ["09:00-11:15 published"]
