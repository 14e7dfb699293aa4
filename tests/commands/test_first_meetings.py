"""`kw first-meetings`: arrivals not yet met, or met late (help: early-days)."""

import json

import pytest

from factories import world


def answer(said):
    """The rows and the summary of a report in JSON."""
    found = json.loads(said.out)
    return found["rows"], found["summary"]


def only_row(said):
    """The one row of a report in JSON."""
    (row,) = answer(said)[0]
    return row


@pytest.fixture
@world
def shah(prison):
    """Officer Shah of B wing, a key worker."""
    prison.officer("SHAH", name="Officer Shah")
    return prison


def test_an_arrival_of_today_is_due_by_day_3(kw, prison):
    prison.prisoner("A1234BC", arrived="2026-05-12")

    row = only_row(kw("first-meetings --format json"))

    assert (row["state"], row["days"], row["due_by"], row["days_to_first"]) == ("due", 0, "2026-05-15", None)


@pytest.mark.parametrize(
    ("met_on", "days", "state"), [("2026-05-04", 0, "met"), ("2026-05-07", 3, "met"), ("2026-05-08", 4, "met_late")]
)
def test_a_prisoner_met_by_day_3_is_met_and_on_day_4_met_late(kw, shah, met_on, days, state):
    shah.prisoner("A1234BC", arrived="2026-05-04")
    shah.allocated("A1234BC", "SHAH", "2026-05-04")
    shah.session("A1234BC", "SHAH", met_on)

    row = only_row(kw("first-meetings --all --format json"))

    assert (row["state"], row["days_to_first"], row["first_session_on"]) == (state, days, met_on)
    assert row["own_key_worker_met_on"] == met_on


def test_a_prisoner_never_met_is_missed_however_long_he_has_been_here(kw, prison):
    prison.prisoner("A1234BC", arrived="2025-09-01")

    said = kw("first-meetings")

    assert "missed" in said.out
    assert "A1234BC" in said.out
    assert "253" in said.out


def test_without_all_only_those_not_met_are_listed_and_the_rest_are_counted(kw, shah):
    shah.prisoner("A1234BC", arrived="2026-05-04", name="Al Met")
    shah.allocated("A1234BC", "SHAH", "2026-05-04")
    shah.session("A1234BC", "SHAH", "2026-05-05")
    shah.prisoner("B1234BC", arrived="2026-05-04", name="Bo Late")
    shah.session("B1234BC", "SHAH", "2026-05-09")
    shah.prisoner("C1234BC", arrived="2026-05-04", name="Cy Missed")
    shah.prisoner("D1234BC", arrived="2026-05-11", name="Di Due")

    rows, summary = answer(kw("first-meetings --format json"))

    assert [(row["prison_number"], row["state"]) for row in rows] == [("C1234BC", "missed"), ("D1234BC", "due")]
    assert summary == {
        "arrivals": 4,
        "listed": 2,
        "met_in_time": 1,
        "met_late": 1,
        "missed": 1,
        "due": 1,
        "own_met_in_time": 1,
        "seen_not_by_own": 1,
        "without_key_worker": 3,
        "away": 0,
    }


def test_one_never_seen_who_came_long_ago_is_listed_and_no_arrival_of_the_window(kw, prison):
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.prisoner("B1234BC", arrived="2026-05-04")

    rows, summary = answer(kw("first-meetings --format json"))

    assert (len(rows), summary["listed"], summary["arrivals"], summary["missed"]) == (2, 2, 1, 2)


def test_a_prisoner_seen_by_another_is_met_but_it_is_said_that_it_was_not_his_own(kw, shah):
    shah.officer("HOLT", name="Officer Holt")
    shah.prisoner("A1234BC", arrived="2026-05-04")
    shah.allocated("A1234BC", "SHAH", "2026-05-04")
    shah.session("A1234BC", "HOLT", "2026-05-06")

    said = kw("first-meetings --all")

    assert "Officer Holt on Wed 6 May, day 2: seen, not by his own" in said.out
    assert "Seen, but not by their own: 1." in said.out


def test_a_short_contact_and_an_entry_are_no_first_meeting(kw, shah):
    shah.prisoner("A1234BC", arrived="2026-05-04")
    shah.session("A1234BC", "SHAH", "2026-05-05", 14)
    shah.session("A1234BC", "SHAH", "2026-05-06", 45, type="KE")

    assert only_row(kw("first-meetings --format json"))["state"] == "missed"


@pytest.mark.parametrize("arrival_type", ["RECEPTION", "TRANSFER_IN", "RECALL", "RETURN"])
def test_every_arrival_counts_however_he_came(kw, prison, arrival_type):
    prison.prisoner("A1234BC", arrived="2026-05-06", arrival_type=arrival_type)

    row = only_row(kw("first-meetings --format json"))

    assert (row["state"], row["arrival_type"]) == ("missed", arrival_type)


def test_a_prisoner_who_returns_is_to_be_met_again(kw, shah):
    shah.prisoner("A1234BC", arrived="2026-01-05")
    shah.session("A1234BC", "SHAH", "2026-01-06")
    shah.left("A1234BC", "2026-04-01")
    shah.prisoner("A1234BC", arrived="2026-05-10", arrival_type="RETURN")

    row = only_row(kw("first-meetings --format json"))

    assert (row["state"], row["arrived_on"], row["first_session_on"]) == ("due", "2026-05-10", None)


def test_an_arrival_on_a_sunday_is_missed_on_thursday(kw, prison):
    prison.prisoner("A1234BC", arrived="2026-05-10")

    wednesday = only_row(kw("first-meetings --format json --as-of 2026-05-13"))
    thursday = only_row(kw("first-meetings --format json --as-of 2026-05-14"))

    assert (wednesday["state"], thursday["state"]) == ("due", "missed")


def test_a_prisoner_without_a_key_worker_after_day_1_is_shown_as_such(kw, prison):
    prison.prisoner("A1234BC", arrived="2026-05-10", name="Al Early")
    prison.prisoner("B1234BC", arrived="2026-05-11", name="Bo Recent")

    said = kw("first-meetings")

    assert "NONE: was due by Mon 11 May" in said.out
    assert "none yet, due by Tue 12 May" in said.out


def test_a_key_worker_given_after_day_1_is_shown_as_late(kw, shah):
    shah.prisoner("A1234BC", arrived="2026-05-04", name="Al Late")
    shah.allocated("A1234BC", "SHAH", "2026-05-06")
    shah.prisoner("B1234BC", arrived="2026-05-04", name="Bo Timely")
    shah.allocated("B1234BC", "SHAH", "2026-05-05")

    rows, _ = answer(kw("first-meetings --format json"))

    assert {row["prison_number"]: row["allocated_late"] for row in rows} == {"A1234BC": True, "B1234BC": False}
    assert "Officer Shah, late: from Wed 6 May" in kw("first-meetings").out


def test_a_change_of_key_worker_later_is_no_late_allocation(kw, shah):
    shah.officer("HOLT")
    shah.prisoner("A1234BC", arrived="2026-05-04")
    shah.allocated("A1234BC", "SHAH", "2026-05-05")
    shah.allocated("A1234BC", "HOLT", "2026-05-10")

    assert only_row(kw("first-meetings --format json"))["allocated_late"] is False


def test_a_prisoner_seen_and_here_for_more_than_28_days_is_no_arrival_any_more(kw, shah):
    shah.prisoner("A1234BC", arrived="2026-04-13")
    shah.session("A1234BC", "SHAH", "2026-05-11")
    shah.prisoner("B1234BC", arrived="2026-04-14")
    shah.session("B1234BC", "SHAH", "2026-05-11")

    assert only_row(kw("first-meetings --all --format json"))["prison_number"] == "B1234BC"


def test_another_number_of_days_holds_for_one_run_and_is_printed(kw, prison):
    prison.prisoner("A1234BC", arrived="2026-05-10")

    said = kw("first-meetings --within 1")

    assert "missed" in said.out
    assert "first_meeting.days 1" in said.out


def test_a_prisoner_out_of_scope_is_left_out_and_named(kw, prison):
    prison.prisoner("A1234BC", arrived="2026-05-01", name="Al Other")
    prison.out_of_scope("A1234BC", "2026-05-02", "complex needs")

    said = kw("first-meetings --format json")

    assert json.loads(said.out)["rows"] == []
    assert "out of scope, in no total: Al Other (A1234BC), complex needs" in said.err


def test_a_prisoner_away_overnight_comes_last_under_where_he_is(kw, prison):
    prison.prisoner("A1234BC", arrived="2026-05-01", name="Al Away")
    prison.prisoner("B1234BC", arrived="2026-05-08", name="Bo Here")
    prison.away("A1234BC", "2026-05-11")

    said = kw("first-meetings")

    assert said.out.index("Bo Here") < said.out.index("Out overnight, in hospital") < said.out.index("Al Away")


def test_a_wing_is_asked_for_alone(kw, prison):
    prison.prisoner("A1234BC", arrived="2026-05-11", location="B-1-001")
    prison.prisoner("B1234BC", arrived="2026-05-11", location="C-1-001")

    assert only_row(kw("first-meetings --wing C --format json"))["prison_number"] == "B1234BC"


def test_an_empty_prison_and_one_where_all_are_met_do_not_look_alike(kw, shah):
    empty = kw("first-meetings")
    shah.prisoner("A1234BC", arrived="2026-05-10")
    shah.session("A1234BC", "SHAH", "2026-05-11")
    met = kw("first-meetings")

    assert "There are no prisoners here in kw" in empty.out
    assert "Nobody is waiting: the one arrival has been met" in met.out


def test_a_day_of_another_year_says_so(kw, prison):
    prison.prisoner("A1234BC", arrived="2025-09-05")

    said = kw("first-meetings").out
    assert "NONE: was due by Sat 6 Sep 2025" in said
    assert "1 prisoner without key work yet" in said


def test_a_script_can_fail_on_a_missed_meeting(kw, prison):
    assert kw("first-meetings --fail").code == 0
    prison.prisoner("A1234BC", arrived="2026-05-01")

    assert kw("first-meetings --fail").code == 3
