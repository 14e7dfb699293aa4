"""Mr A and Mr B, recomputed from the files day by day (help: two-men)."""

from datetime import date

from fiction.prison_files import AS_OF, DAY, PrisonFiles, day, days_from, minutes_of

MR_A, MR_B = "A1001AA", "B1002BB"
DIED_ON = date(2026, 5, 13)


def weeks(first: str, last: str) -> tuple[date, date]:
    return date.fromisoformat(first), date.fromisoformat(last)


W14_TO_W19 = weeks("2026-03-30", "2026-05-10")
W04_TO_W11 = weeks("2026-01-19", "2026-03-15")


def test_mr_a_was_seen_on_twelve_wednesdays_for_45_minutes(prison_files: PrisonFiles) -> None:
    held = prison_files.sessions_of[MR_A]
    assert [(row["type"], row["outcome"], row["minutes"]) for row in held] == [("KS", "COMPLETED", "45")] * 12
    assert {row["staff_id"] for row in held} == {"PQ01"}
    days = prison_files.counted(MR_A, date(2026, 1, 1), DIED_ON)
    assert days == [on for on in days_from(date(2026, 1, 7), date(2026, 3, 25)) if on.weekday() == 2]


def test_mr_a_is_due_on_1_april_overdue_from_2_april_and_serious_from_23_april(prison_files: PrisonFiles) -> None:
    gaps = {on: prison_files.gap(MR_A, on) for on in days_from(date(2026, 1, 6), AS_OF)}
    assert gaps[date(2026, 4, 1)] == 7
    assert gaps[date(2026, 4, 23)] == 29
    assert gaps[AS_OF] == 48
    assert [on for on, days in gaps.items() if days > 7] == list(days_from(date(2026, 4, 2), AS_OF))
    assert sum(days > 7 for days in gaps.values()) == 41
    assert (DIED_ON - max(prison_files.counted(MR_A, date(2026, 1, 5), DIED_ON))).days == 49


def test_mr_a_averages_29_and_a_half_minutes_a_week_over_128_days(prison_files: PrisonFiles) -> None:
    eligible = [on for on in days_from(date(2026, 1, 5), AS_OF) if prison_files.is_eligible(MR_A, on)]
    delivered = sum(int(row["minutes"]) for row in prison_files.sessions_of[MR_A])
    assert len(eligible) == 128
    assert round(delivered * 7 / len(eligible), 1) == 29.5


def test_officer_p_has_six_prisoners_and_no_time_in_w14_to_w19(prison_files: PrisonFiles) -> None:
    first, last = W14_TO_W19
    for on in days_from(first, last):
        prisoners = [row["prison_number"] for row in prison_files.present(on)]
        held = [prisoner for prisoner in prisoners if prison_files.key_worker(prisoner, on) == "PQ01"]
        assert len(held) == 6
        assert all(prison_files.is_eligible(prisoner, on) for prisoner in held)
    assert round(prison_files.required_of("PQ01", first, last)) == 1_620
    assert round(prison_files.required_of("PQ01", first, first + 6 * DAY)) == 270
    assert max(row["date"] for row in prison_files.rota if row["staff_id"] == "PQ01") == "2026-03-25"
    assert prison_files.delivered_by("PQ01", first, last) == 0


def test_the_wing_has_slots_while_officer_p_has_none_and_w14_was_published_on_27_march(demo: PrisonFiles) -> None:
    wing = demo.officers["PQ01"]["wing"]
    others = [staff_id for staff_id, row in demo.officers.items() if row["wing"] == wing and staff_id != "PQ01"]
    assert any(demo.slots(staff_id, *W14_TO_W19) for staff_id in others)
    w14 = [row for row in demo.rota if "2026-03-30" <= row["date"] <= "2026-04-05"]
    assert {row["published_on"] for row in w14} == {"2026-03-27"}
    assert all(row["recorded_at"].startswith("2026-03-27") for row in w14)


def test_what_was_known_of_mr_a_is_what_the_case_tells(prison_files: PrisonFiles) -> None:
    told = {
        ("BASIC", "2026-03-30"),
        ("VIOLENCE_TO_PRISONER", "2026-04-02"),
        ("FURTHER_CHARGES", "2026-04-20"),
        ("LONG_SENTENCE", "2026-05-08"),
        ("SEG", "2026-05-13"),
    }
    events = [row for row in prison_files.events if row["prison_number"] == MR_A]
    assert told <= {(row["code"], row["on"]) for row in events}
    assert next(row["time"] for row in events if row["code"] == "SEG") == "09:40"
    last_topic = {topic: row["held_on"] for row in prison_files.sessions_of[MR_A] for topic in row["topics"].split(";")}
    assert last_topic["FAMILY"] == "2026-03-18"
    assert last_topic["SUBSTANCE"] == "2026-03-25"
    (stay,) = prison_files.stays_of[MR_A]
    assert (stay["first_name"], stay["last_name"]) == ("Mr", "A")
    assert (stay["left_on"], stay["departure_reason"]) == ("2026-05-13", "DIED")
    assert (AS_OF - day(stay["date_of_birth"])).days // 365.25 == 19


def test_mr_b_had_one_session_and_was_last_seen_185_days_before(prison_files: PrisonFiles) -> None:
    died_on = date(2026, 3, 20)
    (only,) = prison_files.sessions_of[MR_B]
    assert (only["held_on"], only["minutes"], only["staff_id"]) == ("2025-09-16", "40", "BR02")
    assert prison_files.gap(MR_B, died_on - DAY) == 184
    assert (died_on - day(only["held_on"])).days == 185
    assert prison_files.gap(MR_B, date(2026, 3, 18)) == 183
    eligible = [on for on in days_from(date(2025, 9, 1), died_on) if prison_files.is_eligible(MR_B, on)]
    assert len(eligible) == 200
    assert round(len(eligible) * 45 / 7) == 1_286


def test_mr_b_had_three_key_workers_and_the_third_never_knew(prison_files: PrisonFiles) -> None:
    held = sorted(prison_files.allocations_of[MR_B], key=lambda row: row["allocated_on"])
    assert [(row["staff_id"], row["allocated_on"], row["end_reason"]) for row in held] == [
        ("BR02", "2025-09-03", "OVERRIDE"),
        ("SH03", "2025-11-10", "OVERRIDE"),
        ("OK04", "2026-01-19", "DIED"),
    ]
    assert held[-1]["acknowledged_on"] == ""
    assert held[-1]["allocated_by"]
    assert (day(held[-1]["ended_on"]) - day(held[-1]["allocated_on"])).days == 60


def test_mr_bs_last_key_worker_was_owed_1800_minutes_and_given_270_and_worked_none(prison_files: PrisonFiles) -> None:
    first, last = W04_TO_W11
    slots = prison_files.slots("OK04", first, date(2026, 3, 20))
    assert round(prison_files.required_of("OK04", first, last)) == 1_800
    assert minutes_of(slots) == 270
    assert [(row["date"], row["status"], row["reason"]) for row in slots] == [
        ("2026-01-27", "REDEPLOYED", "STAFFING"),
        ("2026-02-24", "REDEPLOYED", "STAFFING"),
    ]
    assert prison_files.delivered_by("OK04", first, last) == 0


def test_mr_bs_signals_are_there_and_his_therapy_is_no_session(prison_files: PrisonFiles) -> None:
    events = [row for row in prison_files.events if row["prison_number"] == MR_B]
    codes = [row["code"] for row in events]
    for code in ("BEREAVEMENT", "DEPRESSION", "DEBT", "ANTISOCIAL", "BASIC", "EDUCATION", "UNDER_INFLUENCE"):
        assert code in codes
    assert next(row["confidence"] for row in events if row["code"] == "DEBT") == "SUSPECTED"
    assert next(row["on"] for row in events if row["code"] == "RELATIONSHIP") == "2026-03-18"
    assert codes.count("UNDER_INFLUENCE") >= 3


def test_both_prisoners_have_case_notes_worth_reading(demo: PrisonFiles) -> None:
    for number in (MR_A, MR_B):
        for row in demo.sessions_of[number]:
            assert len(row["note"].split()) >= 40
            assert "said that" in row["note"]
            assert row["prisoner_said"]
