"""Whether a prisoner has one key worker or one after another, on his own screen (help: allocation)."""

import json

import pytest

from factories import world


def steadiness(kw, as_of="2026-05-12"):
    report = json.loads(kw(f"why A1234BC --as-of {as_of} --format json").out)
    return next(part["summary"] for part in report["sections"] if part["name"] == "key_workers")


@pytest.fixture
@world
def changed(prison):
    """A prisoner with three key workers: until 12 January, until 2 March, and since."""
    prison.prisoner("A1234BC", arrived="2025-10-06")
    for staff_id in ("REED", "SHAH", "ODE"):
        prison.officer(staff_id)
    prison.allocated("A1234BC", "REED", "2025-10-07")
    prison.allocated("A1234BC", "SHAH", "2026-01-12")
    prison.allocated("A1234BC", "ODE", "2026-03-02")
    for on, by in (("2025-10-14", "REED"), ("2026-01-20", "SHAH"), ("2026-03-10", "ODE")):
        prison.session("A1234BC", by, on)
    prison.session("A1234BC", "ODE", "2026-03-17", 10)
    return prison


def test_continuity_is_the_share_of_this_stays_counted_sessions_held_by_the_present_one(kw, changed):
    found = steadiness(kw)

    assert (found["sessions"], found["sessions_by_current"], found["continuity_percent"]) == (3, 1, 33.3)
    assert "Continuity: Officer Ode held 1 of 3 counted sessions in this stay (33 %)." in kw("why A1234BC").out


def test_three_key_workers_in_26_weeks_are_flagged(kw, changed):
    assert steadiness(kw)["changed_often"] is True
    assert "Changed often: 3 key workers in 26 weeks." in kw("why A1234BC").out


def test_one_who_ended_26_weeks_ago_is_counted_no_more(kw, changed):
    the_last_day, the_next = "2026-07-12", "2026-07-13"  # his first key worker's ended on Mon 12 Jan 2026

    assert (steadiness(kw, the_last_day)["key_workers_in_26_weeks"], steadiness(kw, the_last_day)["changed_often"]) == (
        3,
        True,
    )
    assert (steadiness(kw, the_next)["key_workers_in_26_weeks"], steadiness(kw, the_next)["changed_often"]) == (
        2,
        False,
    )


def test_without_sessions_the_share_is_not_a_number_but_not_zero_either(kw, prison):
    prison.prisoner("A1234BC", arrived="2026-05-01")
    prison.officer("ODE")
    prison.allocated("A1234BC", "ODE", "2026-05-02")

    assert steadiness(kw)["continuity_percent"] is None
    assert "held 0 of 0 counted sessions in this stay (n/a)." in kw("why A1234BC").out


def test_a_prisoner_without_a_key_worker_has_no_continuity(kw, prison):
    prison.prisoner("A1234BC", arrived="2026-05-01")

    assert steadiness(kw)["sessions_by_current"] is None
    assert "Continuity" not in kw("why A1234BC").out


@pytest.mark.parametrize(("as_of", "is_new"), [("2026-03-15", True), ("2026-03-16", True), ("2026-03-17", False)])
def test_a_change_of_key_worker_is_marked_on_the_list_for_14_days(kw, changed, as_of, is_new):
    (row,) = json.loads(kw(f"overdue --days 1 --as-of {as_of} --format json").out)["rows"]

    assert ("WORKER_CHANGED" in row["markers"]) is is_new
