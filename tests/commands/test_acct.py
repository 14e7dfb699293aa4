"""ACCT as its users meet it: opened, reviewed, closed, and the key worker's part in it."""

import json

import pytest

from factories import world


@pytest.fixture
@world
def mr_a(prison):
    """Mr A on wing B with Officer Shah, who has a slot on Thursday 14 May 2026."""
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    prison.slot("SHAH", "2026-05-14")
    return prison


def reviews(kw, options=""):
    """The reviews as a script reads them."""
    return json.loads(kw(f"acct reviews --format json {options}").out)


def test_an_acct_is_opened_and_the_prisoner_is_to_be_seen_today(kw, mr_a):
    said = kw("acct open A1234BC --on yesterday")

    assert said.code == 0
    assert said.out.splitlines()[0] == "Mr A (A1234BC): ACCT opened on Mon 11 May 2026."
    assert "Invite his key worker, Officer Shah" in said.out
    assert "ACCT" in kw("overdue --days 1").out


def test_opening_names_a_prisoner_without_a_key_worker_to_invite(kw, prison):
    prison.prisoner("A1234BC", arrived="2026-01-05")

    assert "He has no key worker: kw allocate A1234BC" in kw("acct open A1234BC").out


def test_a_review_due_is_listed_with_the_key_worker_and_whether_he_is_on_duty(kw, mr_a):
    kw("acct open A1234BC")
    kw("acct review A1234BC --due thu --invited yes")

    (row,) = reviews(kw)["rows"]

    assert (row["due_on"], row["held_on"], row["state"]) == ("2026-05-14", None, "due")
    assert row["key_worker"] == {"staff_id": "SHAH", "name": "Officer Shah"}
    assert (row["invited"], row["contribution"], row["on_duty"]) == (True, None, True)


def test_on_duty_is_false_on_leave_and_not_known_on_a_day_without_a_slot(kw, mr_a):
    kw("acct open A1234BC")
    kw("acct review A1234BC --due 15/5/2026")
    assert [row["on_duty"] for row in reviews(kw)["rows"]] == [None]
    assert "not known" in kw("acct reviews").out

    mr_a.status("SHAH", "UNAVAILABLE_ANNUAL_LEAVE", "2026-05-13", back="2026-05-20")
    kw("acct review A1234BC --due 14/5/2026")

    assert [row["on_duty"] for row in reviews(kw)["rows"]] == [False, False]


def test_one_recorded_as_absent_from_his_slot_was_not_on_duty(kw, mr_a):
    mr_a.acct("A1234BC", "2026-05-01")
    mr_a.slot("SHAH", "2026-05-08", status="ABSENT", reason="SICK")
    mr_a.review("A1234BC", "2026-05-08", held="2026-05-08")

    assert [row["on_duty"] for row in reviews(kw)["rows"]] == [False]


def test_a_review_held_is_the_one_that_was_due_and_says_what_the_key_worker_gave(kw, mr_a):
    mr_a.acct("A1234BC", "2026-05-01")
    mr_a.review("A1234BC", "2026-05-11")

    said = kw("acct review A1234BC --held today --invited yes --contribution wrote")

    assert said.code == 0
    assert "ACCT review due on Mon 11 May 2026, held on Tue 12 May 2026" in said.out
    assert "Key worker Officer Shah: invited, wrote a contribution." in said.out
    (row,) = reviews(kw)["rows"]
    assert (row["state"], row["invited"], row["contribution"]) == ("held", True, "wrote")


def test_a_review_that_was_not_held_stays_on_the_list_however_old(kw, mr_a):
    mr_a.acct("A1234BC", "2026-03-01")
    mr_a.review("A1234BC", "2026-03-08")

    answer = reviews(kw)

    assert [row["state"] for row in answer["rows"]] == ["overdue"]
    assert answer["summary"]["overdue"] == 1
    assert "NOT HELD" in kw("acct reviews").out


def test_a_review_to_come_falls_away_when_the_acct_is_closed_or_the_prisoner_leaves(kw, mr_a):
    mr_a.acct("A1234BC", "2026-05-01")
    mr_a.review("A1234BC", "2026-05-14")
    mr_a.prisoner("B1234BC", arrived="2026-01-05")
    mr_a.acct("B1234BC", "2026-05-01")
    mr_a.review("B1234BC", "2026-05-14")
    assert len(reviews(kw)["rows"]) == 2

    kw("acct close A1234BC")
    mr_a.left("B1234BC", "2026-05-12")

    assert reviews(kw)["rows"] == []


def test_the_summary_counts_each_part_of_the_key_worker(kw, mr_a):
    mr_a.acct("A1234BC", "2026-05-01")
    mr_a.review("A1234BC", "2026-05-06", held="2026-05-06", key_worker_invited=True, key_worker_contribution="ATTENDED")
    mr_a.review("A1234BC", "2026-05-08", held="2026-05-08", key_worker_invited=False, key_worker_contribution="NONE")
    mr_a.review("A1234BC", "2026-05-14")

    summary = reviews(kw)["summary"]

    assert (summary["reviews"], summary["held"], summary["due"], summary["overdue"]) == (3, 2, 1, 0)
    assert (summary["invited"], summary["not_invited"], summary["invited_not_recorded"]) == (1, 1, 1)
    assert (summary["attended"], summary["wrote"], summary["no_contribution"]) == (1, 0, 1)
    assert (summary["on_duty"], summary["not_on_duty"], summary["on_duty_not_known"]) == (1, 0, 2)


def test_the_key_worker_of_a_review_held_is_the_one_of_that_day(kw, mr_a):
    mr_a.acct("A1234BC", "2026-05-01")
    mr_a.review("A1234BC", "2026-05-06", held="2026-05-06")
    mr_a.officer("HOLT")
    mr_a.allocated("A1234BC", "HOLT", "2026-05-10")

    assert reviews(kw)["rows"][0]["key_worker"]["staff_id"] == "SHAH"
    assert reviews(kw, "--key-worker HOLT")["rows"] == []


def test_a_closed_acct_waits_for_its_post_closure_review_and_then_is_over(kw, mr_a):
    mr_a.acct("A1234BC", "2026-05-01")
    said = kw("acct close A1234BC --on 5/5/2026 --review-due today")
    assert said.out.splitlines() == [
        "Mr A (A1234BC): ACCT opened on Fri 1 May 2026, closed on Tue 5 May 2026.",
        "Post-closure review due on Tue 12 May 2026.",
    ]
    assert [(row["state"], row["post_closure"]) for row in reviews(kw)["rows"]] == [("due", True)]
    assert "post-closure" in kw("acct list").out

    held = kw("acct review A1234BC --held today --invited yes --contribution attended")

    assert "post-closure review due on Tue 12 May 2026, held on Tue 12 May 2026" in held.out
    assert [(row["state"], row["contribution"]) for row in reviews(kw)["rows"]] == [("held", "attended")]
    assert "Nobody here is on an ACCT." in kw("acct list").out


def test_a_review_recorded_late_is_not_taken_for_the_one_after_the_closing(kw, mr_a):
    mr_a.acct("A1234BC", "2026-05-01")
    kw("acct close A1234BC --on 5/5/2026 --review-due today")

    said = kw("acct review A1234BC --held 4/5/2026 --contribution attended")

    assert "ACCT review due on Mon 4 May 2026, held on Mon 4 May 2026" in said.out
    assert [(row["post_closure"], row["state"]) for row in reviews(kw, "--days 14")["rows"]] == [
        (True, "due"),
        (False, "held"),
    ]


def test_after_the_post_closure_review_there_is_nothing_left_to_review(kw, mr_a):
    mr_a.acct("A1234BC", "2026-05-01", closed="2026-05-05", reviewed="2026-05-10")

    said = kw("acct review A1234BC --due fri")

    assert said.code == 5
    assert "his last was closed on Tue 5 May 2026" in said.err


def test_the_list_says_how_long_an_acct_is_open_and_when_its_next_review_is(kw, mr_a):
    mr_a.acct("A1234BC", "2026-05-01")
    mr_a.review("A1234BC", "2026-05-14")

    (row,) = json.loads(kw("acct list --format json").out)["rows"]

    assert (row["state"], row["days"], row["next_review_on"]) == ("open", 11, "2026-05-14")


def test_an_acct_is_not_closed_twice(kw, mr_a):
    mr_a.acct("A1234BC", "2026-05-01")
    kw("acct close A1234BC --on 5/5/2026")

    said = kw("acct close A1234BC")

    assert said.code == 5
    assert "his last was closed on Tue 5 May 2026" in said.err


def test_a_review_is_not_held_twice_on_different_days(kw, mr_a):
    mr_a.acct("A1234BC", "2026-05-01")
    mr_a.review("A1234BC", "2026-05-06", held="2026-05-06")

    said = kw("acct review A1234BC --due 6/5/2026 --held 7/5/2026")

    assert said.code == 5
    assert "was held on Wed 6 May 2026 already" in said.err


def test_an_acct_of_a_prisoner_not_here_is_refused(kw, mr_a):
    mr_a.left("A1234BC", "2026-05-10")

    said = kw("acct open A1234BC")

    assert said.code == 5
    assert "Mr A was released on Sun 10 May 2026" in said.err


def test_after_a_death_nothing_recorded_is_changed_and_a_late_entry_is_marked(kw, mr_a):
    mr_a.acct("A1234BC", "2026-05-01")
    mr_a.left("A1234BC", "2026-05-10", "DIED")

    closed = kw("acct close A1234BC --on 9/5/2026")
    review = kw("acct review A1234BC --held 9/5/2026")

    assert closed.code == 5
    assert "his record is locked" in closed.err
    assert review.code == 0
    assert "recorded after death" in kw("audit list").out


def test_a_dry_run_says_what_would_be_and_saves_nothing(kw, mr_a):
    said = kw("acct open A1234BC --dry-run")

    assert "ACCT would be opened on Tue 12 May 2026" in said.out
    assert "nothing saved" in said.err
    assert json.loads(kw("acct list --format json").out)["rows"] == []
