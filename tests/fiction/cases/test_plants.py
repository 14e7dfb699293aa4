"""The cases with known answers, each recomputed from the files by slow code."""

from datetime import date

import pytest

from fiction.prison_files import AS_OF, DAY, PrisonFiles, day, days_from, ends_at, minute

IN_EVERY_SIZE = (
    *("exactly_6_days", "exactly_7_days", "exactly_8_days", "exactly_28_days", "exactly_29_days"),
    *("three_refusals", "short_contact_not_counted", "away_in_hospital", "in_segregation", "on_acct"),
    *("recorded_10_days_late", "arrived_on_a_sunday_never_seen", "arrived_yesterday_no_key_worker", "same_surname"),
)
IN_LARGER_SIZES = (
    *("out_and_back_by_transfer", "hospital_nine_nights", "acct_review_on_rest_day", "duplicate_notes"),
    *("session_across_the_clock_change", "merged_numbers"),
)
STATES = {6: "ok", 7: "due", 8: "overdue", 28: "overdue", 29: "serious"}


@pytest.mark.parametrize("plant", IN_EVERY_SIZE)
def test_a_gap_in_every_prison_is_what_the_known_answer_says(prison_files: PrisonFiles, plant: str) -> None:
    known = prison_files.plant(plant)
    assert prison_files.gap(known["prison_number"], AS_OF) == known["days"]


@pytest.mark.parametrize("plant", IN_LARGER_SIZES)
def test_a_gap_in_the_standard_prison_is_what_the_known_answer_says(standard: PrisonFiles, plant: str) -> None:
    known = standard.plant(plant)
    assert standard.gap(known["prison_number"], AS_OF) == known["days"]


@pytest.mark.parametrize("days", STATES)
def test_prisoners_stand_at_each_edge_of_the_states(prison_files: PrisonFiles, days: int) -> None:
    known = prison_files.plant(f"exactly_{days}_days")
    assert (known["days"], known["state"]) == (days, STATES[days])


def test_the_demo_has_24_prisoners_4_officers_and_28_places(demo: PrisonFiles) -> None:
    assert len(demo.present(AS_OF)) == 24
    assert [row["capacity"] for row in demo.officers.values()] == ["7"] * 4


def test_the_demo_lists_ten_prisoners_with_mr_a_on_top(demo: PrisonFiles) -> None:
    prisoners = [
        row["prison_number"]
        for row in demo.present(AS_OF)
        if not row["out_of_scope_from"] and not demo.is_away(row["prison_number"], AS_OF)
    ]
    gaps = {prisoner: demo.gap(prisoner, AS_OF) for prisoner in prisoners}
    listed = {prisoner: days for prisoner, days in gaps.items() if days >= 7}
    assert max(listed, key=lambda prisoner: listed[prisoner]) == "A1001AA"
    assert demo.expected["overdue"] == {
        "listed": len(listed),
        "due": sum(days == 7 for days in listed.values()),
        "overdue": sum(7 < days <= 28 for days in listed.values()),
        "serious": sum(days > 28 for days in listed.values()),
        "never_seen": sum(not demo.counted(prisoner, date.min, AS_OF) for prisoner in listed),
        "longest_gap_days": max(listed.values()),
        "away": sum(demo.is_away(row["prison_number"], AS_OF) for row in demo.present(AS_OF)),
    }


def test_a_prisoner_refused_three_times_since_he_was_last_seen(prison_files: PrisonFiles) -> None:
    number = prison_files.plant("three_refusals")["prison_number"]
    last = max(prison_files.counted(number, date.min, AS_OF))
    since = [row for row in prison_files.sessions_of[number] if day(row["held_on"]) > last and row["type"] == "KS"]
    assert [row["outcome"] for row in since] == ["REFUSED"] * 3


def test_a_session_was_recorded_ten_days_late_and_a_short_one_is_not_counted(prison_files: PrisonFiles) -> None:
    late = prison_files.plant("recorded_10_days_late")
    (found,) = [row for row in prison_files.sessions_of[late["prison_number"]] if row["held_on"] == late["held_on"]]
    assert found["recorded_at"][:10] == late["recorded_on"]
    assert (day(late["recorded_on"]) - day(late["held_on"])).days == 10
    short = prison_files.plant("short_contact_not_counted")
    (found,) = [
        row
        for row in prison_files.sessions_of[short["prison_number"]]
        if row["held_on"] == short["short_contact_on"] and row["type"] == "KS"
    ]
    assert found["minutes"] == "10"


def test_an_officer_is_on_annual_leave_and_his_prisoners_are_without_cover(prison_files: PrisonFiles) -> None:
    known = prison_files.plant("officer_on_leave")
    officer = prison_files.officers[known["staff_id"]]
    assert (officer["status"], officer["return_on"]) == ("UNAVAILABLE_ANNUAL_LEAVE", known["return_on"])
    held = [row for row in prison_files.allocations if row["staff_id"] == known["staff_id"] and not row["ended_on"]]
    assert len(held) == known["men_without_cover"] == 5


def test_two_men_share_a_surname(prison_files: PrisonFiles) -> None:
    plants = [plant for plant in prison_files.expected["plants"] if plant["plant"] == "same_surname"]
    assert len({plant["prison_number"] for plant in plants}) == 2
    assert {prison_files.stay_on(plant["prison_number"], AS_OF)["last_name"] for plant in plants} == {"Doyle"}


def test_a_prisoner_who_came_back_by_transfer_counts_as_never_seen_in_this_stay(standard: PrisonFiles) -> None:
    known = standard.plant("out_and_back_by_transfer")
    stays = standard.stays_of[known["prison_number"]]
    assert [(row["arrival_type"], row["departure_reason"]) for row in stays] == [
        ("RECEPTION", "TRANSFER_OUT"),
        ("TRANSFER_IN", ""),
    ]
    assert known["never_seen"]
    assert standard.counted(known["prison_number"], date.min, AS_OF)
    assert not standard.counted(known["prison_number"], day(stays[1]["arrived_on"]), AS_OF)


def test_nine_nights_in_hospital_take_nine_days_off(standard: PrisonFiles) -> None:
    known = standard.plant("hospital_nine_nights")
    fortnight = days_from(date(2026, 4, 20), date(2026, 5, 3))
    eligible = sum(standard.is_eligible(known["prison_number"], on) for on in fortnight)
    assert (known["nights_away"], eligible) == (9, 5)
    assert eligible == known["eligible_days_in_W17_and_W18"]


def test_an_acct_review_falls_on_the_key_workers_rest_day(standard: PrisonFiles) -> None:
    known = standard.plant("acct_review_on_rest_day")
    due_on = day(known["review_due_on"])
    assert standard.key_worker(known["prison_number"], AS_OF) == known["key_worker"]
    assert standard.slots(known["key_worker"], due_on, due_on) == []
    assert standard.slots(known["key_worker"], due_on - 2 * DAY, due_on + DAY)


def test_a_session_spans_the_hour_that_the_clocks_leave_out(standard: PrisonFiles) -> None:
    known = standard.plant("session_across_the_clock_change")
    (held,) = standard.sessions_of[known["prison_number"]]
    assert (held["held_on"], held["start"], held["minutes"]) == ("2026-03-29", "00:40", "45")
    assert ends_at(held).isoformat() == "2026-03-29T01:25:00+00:00"


def test_one_note_was_written_twice(standard: PrisonFiles) -> None:
    known = standard.plant("duplicate_notes")
    first, second = (
        row["note"] for row in standard.sessions_of[known["prison_number"]] if row["held_on"] in known["held_on"]
    )
    assert first == second


def test_a_merged_prisoner_has_sessions_under_both_numbers(standard: PrisonFiles) -> None:
    known = standard.plant("merged_numbers")
    numbers = {row["prison_number"] for row in standard.rows("sessions")}
    assert {known["prison_number"], known["also_known_by"]} <= numbers
    assert len(standard.sessions_of[known["prison_number"]]) == known["sessions"]


def test_a_prisoner_released_today_is_not_here(standard: PrisonFiles) -> None:
    known = standard.plant("released_today")
    assert standard.stays_of[known["prison_number"]][0]["left_on"] == str(AS_OF)
    assert known["prison_number"] not in {row["prison_number"] for row in standard.present(AS_OF)}


def test_an_officer_has_no_slot_for_seven_weeks_and_another_is_away_for_three(standard: PrisonFiles) -> None:
    idle = standard.plant("officer_without_slots_for_seven_weeks")["staff_id"]
    assert standard.slots(idle, date(2026, 3, 23), date(2026, 5, 10)) == []
    assert standard.slots(idle, date(2025, 5, 12), date(2026, 3, 22))
    away = standard.plant("officer_on_leave_three_weeks")
    assert standard.officers[away["staff_id"]]["return_on"] == away["return_on"]
    assert (day(away["return_on"]) - day(away["from"])).days == 21
    assert standard.slots(away["staff_id"], day(away["from"]), day(away["return_on"]) - DAY) == []


def test_a_wing_delivered_nothing_in_the_last_four_weeks(standard: PrisonFiles) -> None:
    wing = standard.plant("wing_without_delivery")["wing"]
    officers = [staff_id for staff_id, row in standard.officers.items() if row["wing"] == wing]
    first, last = date(2026, 4, 13), AS_OF
    assert all(standard.delivered_by(staff_id, first, last) == 0 for staff_id in officers)
    assert all(
        slot["status"] == "REDEPLOYED"
        for staff_id in officers
        for slot in standard.slots(staff_id, first, date(2026, 5, 10))
    )
    assert any(standard.delivered_by(staff_id, first - 28 * DAY, first - DAY) for staff_id in officers)


def test_a_slot_is_still_to_come_today_in_the_demo(demo: PrisonFiles) -> None:
    today = [slot for slot in demo.rota if slot["date"] == str(AS_OF) and slot["status"] == "PUBLISHED"]
    assert [minute(slot["start"]) for slot in today] == [14 * 60]


def topics_since(prison: PrisonFiles, number: str, code: str) -> list[str]:
    """What was spoken of in each session with a prisoner since an event of his."""
    (began,) = [row["on"] for row in prison.rows("events") if (row["prison_number"], row["code"]) == (number, code)]
    return [row["topics"] for row in prison.sessions_of[number] if row["held_on"] > began and row["minutes"] != "0"]


def test_a_debt_is_never_raised_though_he_is_seen_twice_and_a_lack_of_contact_is(standard: PrisonFiles) -> None:
    never, raised = standard.plant("debt_never_raised_though_seen_twice"), standard.plant("no_contact_raised")

    since = topics_since(standard, never["prison_number"], "DEBT")
    assert (len(since), any("DEBT" in topics for topics in since)) == (never["sessions_since"], False)
    assert never["days"] == (AS_OF - day(never["since"])).days
    assert any("FAMILY" in topics for topics in topics_since(standard, raised["prison_number"], "NO_CONTACT"))


def test_most_concerns_are_raised_in_the_first_session_after_they_began(standard: PrisonFiles) -> None:
    asked = []
    for row in standard.rows("events"):
        if row["code"] in ("SELF_HARM", "DEBT", "BULLIED", "ASSAULTED", "BEREAVEMENT", "RELATIONSHIP"):
            topic = {"BULLIED": "SAFETY", "ASSAULTED": "SAFETY"}.get(row["code"], row["code"])
            after = [one for one in standard.sessions_of[row["prison_number"]] if one["held_on"] > row["on"]]
            held = next((one for one in after if one["minutes"] != "0" and one["type"] == "KS"), None)
            asked += [topic in held["topics"]] if held else []

    assert len(asked) > 200
    assert 0.7 < sum(asked) / len(asked) < 0.9
