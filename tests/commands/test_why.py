"""`kw why`: why a prisoner is, or is not, on today's list, clock by clock; the list itself never says otherwise."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from factories import world
from replays.worlds import MR_A, MR_B, WEDNESDAYS, mr_a, mr_b


class Shown:
    """What `kw why` says, as data: the clocks by name, the sentences about the list, the summary."""

    def __init__(self, said):
        self.code = said.code
        report = json.loads(said.out)
        self.summary = report["summary"]
        self.parts = {section["name"]: section for section in report["sections"]}
        self.clocks = {row["clock"]: row for row in self.parts["clocks"]["rows"]} if "clocks" in self.parts else {}
        self.sentences = self.parts["list"]["summary"]["sentences"] if "list" in self.parts else []

    def says(self, clock):
        return self.clocks[clock]["sentence"]


@pytest.fixture
def why(kw):
    def ask(number, as_of="2026-05-12"):
        return Shown(kw(f"why {number} --as-of {as_of} --format json"))

    return ask


@pytest.fixture
@world
def officer_p(prison):
    """Mr A and the rota: his key worker's last slot on Wed 25 March, another officer's recorded ever since."""
    mr_a(prison)
    for wednesday in WEDNESDAYS:
        prison.slot("PQ01", wednesday, "14:00", "16:15", status="WORKED")
    prison.officer("OTHER", name="Officer Other")
    prison.slot("OTHER", "2026-05-05", status="WORKED")
    return prison


def test_mr_a_on_12_may_was_not_seen_for_48_days_because_nobody_gave_his_key_worker_time(why, officer_p):
    shown = why(MR_A)

    assert shown.sentences == [
        "On the list of those without key work: serious, 48 days (6 weeks).",
        "Officer P has had no key work detailed since Mon 30 Mar 2026.",
        "Officer P has no slot to come on the rota.",
    ]
    assert shown.says("contact_gap") == (
        "No key work for 48 days (6 weeks), since Wed 25 Mar 2026, when Officer P saw him."
    )
    assert shown.says("not_met") == (
        "Officer P has been his key worker since Tue 6 Jan 2026 (126 days), allocated by tester; "
        "met: yes, first on Wed 7 Jan 2026."
    )
    assert shown.says("never_seen") == (
        "First seen on Wed 7 Jan 2026 by Officer P (day 2); 12 counted sessions in this stay."
    )
    assert shown.says("unallocated") == "First allocated on Tue 6 Jan 2026, day 1 of this stay."


def test_mr_a_on_the_morning_of_13_may_was_not_seen_for_49_days_7_weeks(why, officer_p):
    shown = why(MR_A, "2026-05-13")

    assert "serious, 49 days (7 weeks)" in shown.sentences[0]
    assert shown.clocks["contact_gap"] == {
        "clock": "contact_gap",
        "from": "2026-03-25",
        "days": 49,
        "state": "serious",
        "sentence": "No key work for 49 days (7 weeks), since Wed 25 Mar 2026, when Officer P saw him.",
    }
    assert (shown.summary["listed"], shown.summary["why"], shown.summary["weeks"]) == (True, "NO_TIME", 7)


@pytest.mark.parametrize("as_of", ["2026-05-13", "2026-05-14", "2026-08-01"])
def test_mr_a_is_on_no_list_once_his_death_is_recorded_and_his_gap_is_frozen_at_49_days(why, officer_p, as_of):
    officer_p.left(MR_A, "2026-05-13", "DIED")

    shown = why(MR_A, as_of)

    assert shown.sentences == ["On no list: he died on Wed 13 May 2026. All counts stop there."]
    assert (shown.clocks["contact_gap"]["days"], shown.clocks["contact_gap"]["state"]) == (49, "frozen")
    assert shown.says("contact_gap") == (
        "When he died on Wed 13 May 2026 he had had no key work for 49 days (7 weeks), "
        "since Wed 25 Mar 2026, when Officer P saw him."
    )
    assert shown.says("not_met").startswith(
        "Officer P was his key worker from Tue 6 Jan 2026 to Wed 13 May 2026 (127 days)"
    )
    assert (shown.summary["listed"], shown.summary["departure_reason"]) == (False, "DIED")


def test_the_day_before_mr_a_died_reads_as_it_did_that_day(why, officer_p):
    before = why(MR_A).summary

    officer_p.left(MR_A, "2026-05-13", "DIED")

    assert why(MR_A).summary == before


def test_the_record_of_one_who_died_is_said_to_be_locked(kw, officer_p):
    officer_p.left(MR_A, "2026-05-13", "DIED")

    said = kw(f"why {MR_A} --as-of 2026-05-14")

    assert "and died on Wed 13 May 2026, after 128 days (18 weeks)." in said.out
    assert "His record is locked: kept, readable, never edited." in said.out


def test_mr_b_on_20_march_had_a_key_worker_for_60_days_who_never_met_him(why, prison):
    mr_b(prison)
    for day in ("2026-01-27", "2026-02-24"):
        prison.slot("KW3", day, status="REDEPLOYED", reason="STAFFING")

    shown = why(MR_B, "2026-03-20")

    assert shown.says("contact_gap") == (
        "No key work for 185 days (26 weeks), since Tue 16 Sep 2025, when Officer K1 saw him."
    )
    assert shown.says("not_met") == (
        "Officer K3 has been his key worker since Mon 19 Jan 2026 (60 days), allocated by tester; "
        "acknowledged: no; met: never."
    )
    assert (shown.clocks["not_met"]["days"], shown.clocks["not_met"]["state"]) == (60, "running")
    assert shown.sentences[1] == (
        "Officer K3 has had 2 slots on the rota since Mon 19 Jan 2026: 2 dropped, none worked."
    )
    workers = shown.parts["key_workers"]["rows"]
    assert [(row["key_worker"]["staff_id"], row["days"], row["sessions"]) for row in workers] == [
        ("KW3", 60, 0),
        ("KW2", 70, 0),
        ("KW1", 68, 1),
    ]


def test_a_prisoner_seen_this_week_is_told_when_he_would_be_due(why, prison):
    prison.prisoner(arrived="2026-01-05")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    prison.session("A1234BC", "SHAH", "2026-05-09")
    prison.slot("SHAH", "2026-05-14")

    shown = why("A1234BC")

    assert shown.sentences == [
        "Not on the list of those without key work. Unless he is seen before: "
        "due on Sat 16 May 2026, overdue from Sun 17 May 2026.",
        "Officer Shah's next slot: Thu 14 May 2026, 09:00 to 11:15.",
    ]
    assert shown.says("contact_gap") == "Last seen 3 days ago, on Sat 9 May 2026, by Officer Shah."
    assert (shown.summary["listed"], shown.summary["why"], shown.summary["state"]) == (False, None, "ok")


def test_a_slot_of_today_that_has_ended_is_not_the_next_one(kw, prison):
    prison.prisoner(arrived="2026-01-05")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    prison.slot("SHAH", "2026-05-12", "09:00", "11:15")

    during, after = (kw("why A1234BC", now=datetime(2026, 5, 12, hour, 15, tzinfo=UTC)).out for hour in (9, 10))
    assert "Officer Shah's next slot: Tue 12 May 2026, 09:00 to 11:15." in during
    assert "Officer Shah's slot of today, 09:00 to 11:15, is over." in after


def test_one_to_be_seen_today_is_told_at_once_by_whom_or_that_nobody_has_time(kw, prison):
    prison.prisoner(arrived="2026-01-05")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    prison.event("A1234BC", "SELF_HARM", "2026-05-11", at="09:00")

    assert "Nobody has time to see him today (Officer Shah: no slot; whose decision?)." in kw("why A1234BC").out

    prison.slot("SHAH", "2026-05-12", "14:00", "14:45")
    assert "To be seen by Officer Shah at 14:00 (proposed: kw plan --save keeps it)." in kw("why A1234BC").out

    kw("plan --save")
    assert "To be seen by Officer Shah at 14:00 (plan kept)." in kw("why A1234BC").out


def test_a_prisoner_never_seen_and_without_a_key_worker_has_three_clocks_running_from_arrival(why, prison):
    prison.prisoner(arrived="2026-05-02")

    shown = why("A1234BC")

    assert {name: row["days"] for name, row in shown.clocks.items()} == {
        "contact_gap": 10,
        "never_seen": 10,
        "not_met": None,
        "unallocated": 10,
    }
    assert (
        shown.says("contact_gap")
        == "No key work yet in this stay: 10 days (1 week), since Sat 2 May 2026, when he arrived."
    )
    assert shown.says("never_seen") == "No counted session in this stay; the first meeting was due by Tue 5 May 2026."
    assert "He has no key worker. To find one: kw allocate A1234BC" in shown.sentences


def test_a_prisoner_whose_key_worker_was_taken_from_him_is_told_since_when_he_has_none(why, prison):
    prison.prisoner(arrived="2026-01-05")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2026-01-06", until="2026-05-04")

    assert why("A1234BC").says("unallocated") == (
        "No key worker for 8 days (1 week), since Mon 4 May 2026, when Officer Shah was no longer his (ended by hand)."
    )


def test_a_prisoner_whose_key_worker_is_on_leave_is_without_cover_whether_he_is_listed_or_not(why, prison):
    prison.prisoner(arrived="2026-01-05")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    prison.session("A1234BC", "SHAH", "2026-05-04")
    prison.status("SHAH", "UNAVAILABLE_ANNUAL_LEAVE", "2026-05-06", back="2026-05-25")

    for as_of in ("2026-05-08", "2026-05-12"):
        assert (
            "No cover since Wed 6 May 2026: Officer Shah is on leave, back Mon 25 May 2026."
            in why("A1234BC", as_of).sentences
        )


def test_a_prisoner_away_overnight_keeps_his_gap_and_is_named_in_a_block_of_his_own(why, prison):
    prison.prisoner(arrived="2026-04-01")
    prison.away("A1234BC", "2026-05-03")

    shown = why("A1234BC")

    assert shown.sentences[1] == (
        "Out overnight since Sun 3 May 2026, in hospital: his gap runs, and he is listed in a block of his own, "
        "to be seen on the day he returns."
    )
    assert (shown.summary["why"], shown.summary["days"]) == ("AWAY", 41)


def test_a_prisoner_out_of_scope_is_on_no_list_and_the_reason_is_said(why, kw, prison):
    prison.prisoner(arrived="2026-04-01")
    prison.out_of_scope("A1234BC", "2026-05-03", "complex case")

    shown = why("A1234BC")

    assert shown.sentences == ["On no list: he was taken out of scope on Sun 3 May 2026. All counts stop there."]
    assert shown.clocks["contact_gap"]["days"] == 32
    assert "Out of scope from Sun 3 May 2026: complex case." in kw("why A1234BC").out


def test_refusals_and_short_contacts_are_shown_and_do_not_count(why, kw, prison):
    prison.prisoner(arrived="2026-04-01")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2026-04-02")
    prison.session("A1234BC", "SHAH", "2026-04-20", 30)
    prison.session("A1234BC", "SHAH", "2026-05-01", 10)
    prison.session("A1234BC", "SHAH", "2026-05-06", outcome="REFUSED")
    prison.session("A1234BC", "SHAH", "2026-05-07", 5, type="KE")

    shown = why("A1234BC")

    assert shown.summary["days"] == 22
    assert "Sessions he was offered and refused since Mon 20 Apr 2026: 1." in shown.sentences
    assert shown.parts["sessions"]["summary"] == {"counted": 1, "refused": 1, "recorded": 4} | {
        "recorded_after_death": 0
    }
    table = kw("why A1234BC").out
    assert "short contact, not counted" in table
    assert "refused" in table
    assert "entry, not counted" in table


def test_an_earlier_stay_is_linked_and_not_counted(why, prison):
    prison.officer("SHAH")
    prison.prisoner(arrived="2025-01-06")
    prison.allocated("A1234BC", "SHAH", "2025-01-07")
    prison.session("A1234BC", "SHAH", "2025-02-03")
    prison.left("A1234BC", "2025-03-03")
    prison.prisoner(arrived="2026-05-01", arrival_type="RECALL")

    shown = why("A1234BC")

    (stay,) = shown.parts["earlier_stays"]["rows"]
    assert (stay["sessions"], stay["last_session_on"], stay["key_worker"]["staff_id"]) == (1, "2025-02-03", "SHAH")
    assert (shown.summary["days"], shown.clocks["never_seen"]["state"]) == (11, "running")
    assert shown.parts["sessions"]["rows"] == []
    assert shown.says("unallocated") == "No key worker for 11 days (1 week), since Fri 1 May 2026, when he arrived."


def test_between_two_stays_he_is_one_who_has_left(why, prison):
    prison.prisoner(arrived="2025-01-06")
    prison.left("A1234BC", "2025-03-03", "TRANSFER_OUT")
    prison.prisoner(arrived="2026-05-01", arrival_type="TRANSFER_IN")

    shown = why("A1234BC", "2025-12-01")

    assert shown.sentences == ["On no list: he was transferred out on Mon 3 Mar 2025. All counts stop there."]
    assert shown.parts["earlier_stays"]["rows"] == []


def test_before_he_came_there_is_only_that(kw, prison):
    prison.prisoner(arrived="2026-05-11")

    said = kw("why A1234BC --as-of 2026-05-01")

    assert said.code == 0
    assert "Not here on Fri 1 May 2026: he arrived on Mon 11 May 2026." in said.out


def test_a_session_on_the_day_he_left_is_in_his_stay(why, prison):
    prison.prisoner(arrived="2026-04-01")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2026-04-02")
    prison.session("A1234BC", "SHAH", "2026-05-01")
    prison.left("A1234BC", "2026-05-01")

    shown = why("A1234BC")

    assert shown.clocks["contact_gap"]["days"] == 0
    assert (
        shown.says("contact_gap") == "Last seen on Fri 1 May 2026 by Officer Shah; he was released on Fri 1 May 2026."
    )
    assert shown.clocks["not_met"]["state"] == "met"


@pytest.mark.parametrize(
    ("slots", "days_ago", "why_code", "sentence"),
    [
        ([], 21, "NO_ROTA", "No rota is recorded for wing B since Wed 22 Apr 2026: nobody can tell"),
        (
            ["REDEPLOYED", "PUBLISHED"],
            21,
            "LOST",
            "2 slots on the rota since Wed 22 Apr 2026: 1 dropped, 1 not confirmed",
        ),
        (["PUBLISHED"], 21, "UNCONFIRMED", "1 slot on the rota since Wed 22 Apr 2026: none confirmed as worked."),
        (
            ["WORKED"],
            42,
            "SHORT_TIME",
            "has worked 1 slot, 135 minutes, since Wed 1 Apr 2026: too little, their one prisoner",
        ),
        (
            ["WORKED"],
            21,
            "UNUSED",
            "has worked 1 slot, 135 minutes, since Wed 22 Apr 2026: enough for their prisoners, and he",
        ),
    ],
)
def test_each_reason_is_said_with_the_figures_it_was_judged_by(why, prison, slots, days_ago, why_code, sentence):
    seen_on = date(2026, 5, 12) - timedelta(days=days_ago)
    prison.prisoner(arrived="2026-01-05")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    prison.session("A1234BC", "SHAH", seen_on.isoformat())
    for number, status in enumerate(slots):
        prison.slot("SHAH", date(2026, 5, 4) + timedelta(days=number), status=status)

    shown = why("A1234BC")

    assert shown.summary["why"] == why_code
    assert any(sentence in said for said in shown.sentences), shown.sentences


def test_a_slot_of_the_day_itself_is_still_to_come_until_it_is_confirmed(why, prison):
    prison.prisoner(arrived="2026-04-20")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2026-04-20")
    prison.slot("SHAH", "2026-05-12")

    assert why("A1234BC").summary["why"] == "NO_TIME"


def test_an_officer_who_never_had_a_slot_has_had_no_time_since_the_first_day_that_is_judged(why, prison):
    prison.prisoner(arrived="2026-01-05")
    prison.officer("SHAH")
    prison.officer("OTHER", name="Officer Other")
    prison.allocated("A1234BC", "SHAH", "2026-04-09")
    prison.slot("OTHER", "2026-05-05", status="WORKED")

    assert "Officer Shah has had no key work detailed since Thu 9 Apr 2026." in why("A1234BC").sentences


@pytest.mark.parametrize("as_of", ["2026-04-02", "2026-04-23", "2026-05-06", "2026-05-12", "2026-05-13"])
def test_the_screen_of_each_prisoner_and_the_list_of_all_never_disagree(kw, why, officer_p, as_of):
    prison = mr_b(officer_p)
    prison.prisoner("A0001AA", name="New Man", arrived="2026-04-20")
    prison.prisoner("A0002AA", name="Away Man", arrived="2026-04-01")
    prison.away("A0002AA", "2026-05-03")
    prison.prisoner("A0003AA", name="Other Scheme", arrived="2026-04-01")
    prison.out_of_scope("A0003AA", "2026-04-20")
    prison.status("KW3", "UNAVAILABLE_LONG_TERM_ABSENCE", "2026-05-01")

    listed = {row["prison_number"]: row for row in json.loads(kw(f"overdue --as-of {as_of} --format json").out)["rows"]}

    for number in (MR_A, MR_B, "A0001AA", "A0002AA", "A0003AA"):
        summary = why(number, as_of).summary
        assert summary["listed"] == (number in listed), number
        if number in listed:
            row = listed[number]
            assert [summary[key] for key in ("days", "state", "why", "next_slot_on", "key_worker")] == [
                row[key] for key in ("days", "state", "why", "next_slot_on", "key_worker")
            ]


@pytest.mark.parametrize(
    ("typed", "code", "message"),
    [
        ("A123BC", 2, "'A123BC' is not a prison number"),
        ("A9999ZZ", 4, "there is no prisoner 'A9999ZZ'"),
        ("Mr", 2, "'Mr' matches 2 prisoners"),
        ("Nobody", 4, "there is no prisoner 'Nobody'"),
    ],
)
def test_a_prisoner_who_cannot_be_told_is_never_guessed(kw, prison, typed, code, message):
    mr_b(mr_a(prison))

    said = kw(f"why {typed}")

    assert said.code == code
    assert message in said.err
    assert "hint: " in said.err.splitlines()[-1]


def test_topics_stay_out_of_a_file_unless_they_are_asked_for(kw, prison, tmp_path):
    prison.prisoner(arrived="2026-01-05")
    prison.officer("SHAH")
    prison.session("A1234BC", "SHAH", "2026-05-09", topics="MENTAL_HEALTH")

    kw(f"why A1234BC --output {tmp_path / 'without.html'}")
    kw(f"why A1234BC --with-reasons --output {tmp_path / 'with.html'}")

    assert "mental health" in kw("why A1234BC").out
    assert "mental health" not in (tmp_path / "without.html").read_text()
    assert "mental health" in (tmp_path / "with.html").read_text()


FORMS = dict.fromkeys(("table", "markdown", "html"), "Wed 25 Mar 2026") | dict.fromkeys(("json", "csv"), "2026-03-25")


@pytest.mark.parametrize(("form", "last_seen"), FORMS.items())
def test_it_is_given_in_every_form(kw, prison, form, last_seen):
    mr_a(prison)

    said = kw(f"why {MR_A} --format {form}")

    assert said.code == 0
    assert last_seen in said.out
