"""What is to be done for a prisoner: raised, listed with the overdue first, and settled."""

import json
from datetime import date

import pytest

from factories import world


@pytest.fixture
@world
def mr_a(prison):
    """Mr A on wing B with Officer Shah."""
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    return prison


def listed(kw, line="need list"):
    """What is open, as a script reads it."""
    return json.loads(kw(f"{line} --format json").out)


def test_a_need_is_raised_by_itself_with_owner_and_date(kw, mr_a):
    said = kw(["need", "add", "A1234BC", "phone PIN for his partner; Officer Shah; fri"])

    done = "Recorded for Mr A (A1234BC), to do: phone PIN for his partner (Officer Shah, by Fri 15 May 2026).\n"
    assert said.out == done
    (row,) = listed(kw)["rows"]
    assert (row["need"], row["owner"], row["due_on"]) == ("phone PIN for his partner", "Officer Shah", "2026-05-15")
    assert (row["state"], row["days_open"]) == ("open", 0)


def test_a_need_without_owner_and_date_is_kept_and_said_so(kw, mr_a):
    said = kw("need add A1234BC 'visits form'")

    assert "it has no owner and no date." in said.err
    assert "nobody named" in kw("need list").out


def test_a_need_raised_in_a_session_is_on_the_same_list(kw, mr_a):
    kw(["log-session", "A1234BC", "--minutes", "45", "--by", "SHAH", "--need", "visits form; prisoner; fri"])

    assert [row["need"] for row in listed(kw)["rows"]] == ["visits form"]


def test_the_longest_overdue_come_first_then_by_date_and_the_undated_last(kw, mr_a):
    mr_a.need("A1234BC", "2026-05-01", "undated")
    mr_a.need("A1234BC", "2026-05-02", "next week", due="2026-05-19")
    mr_a.need("A1234BC", "2026-05-03", "a day over", due="2026-05-11")
    mr_a.need("A1234BC", "2026-05-04", "a month over", due="2026-04-12")
    mr_a.need("A1234BC", "2026-05-05", "due today", due="2026-05-12")

    rows = listed(kw)["rows"]

    assert [row["need"] for row in rows] == ["a month over", "a day over", "due today", "next week", "undated"]
    assert [row["days_overdue"] for row in rows] == [30, 1, 0, 0, 0]


def test_the_summary_says_what_share_is_open_past_28_days(kw, mr_a):
    mr_a.need("A1234BC", "2026-04-14", "28 days")
    mr_a.need("A1234BC", "2026-04-13", "29 days")
    mr_a.need("A1234BC", "2026-02-01", "old")
    mr_a.need("A1234BC", "2026-02-01", "done", closed_on=date(2026, 2, 8), outcome="DONE")

    summary = listed(kw)["summary"]

    assert (summary["open"], summary["open_past_28_days"], summary["share_open_past_28_days"]) == (3, 2, 66.7)
    assert listed(kw, "need list --as-of 1/1/2026")["summary"]["share_open_past_28_days"] is None


def test_a_need_is_done_and_leaves_the_list(kw, mr_a):
    mr_a.need("A1234BC", "2026-05-01", "visits form")

    said = kw("need done A1234BC")

    assert said.out == "Mr A (A1234BC): visits form: recorded as done, Tue 12 May 2026.\n"
    assert listed(kw)["rows"] == []
    assert "done Tue 12 May 2026" in kw("need list A1234BC").out


def test_a_need_that_goes_on_stays_and_one_dropped_does_not(kw, mr_a):
    mr_a.need("A1234BC", "2026-05-01", "visits form")
    mr_a.need("A1234BC", "2026-05-01", "phone PIN")

    assert "ongoing" in kw("need done A1234BC visits --ongoing").out
    assert "dropped" in kw("need done A1234BC PIN --dropped").out

    assert [(row["need"], row["outcome"]) for row in listed(kw)["rows"]] == [("visits form", "ONGOING")]


def test_where_several_could_be_meant_they_are_listed_and_none_is_settled(kw, mr_a):
    mr_a.need("A1234BC", "2026-05-01", "visits form")
    mr_a.need("A1234BC", "2026-05-01", "visits order")

    said = kw("need done A1234BC visits")

    assert said.code == 2
    assert "visits form" in said.err
    assert "visits order" in said.err
    assert len(listed(kw)["rows"]) == 2


def test_the_same_need_again_that_day_changes_nothing(kw, mr_a):
    kw("need add A1234BC 'visits form'")

    assert "already recorded" in kw("need add A1234BC 'visits form'").out
    assert len(listed(kw)["rows"]) == 1


def test_prisoners_who_have_left_are_not_on_the_list(kw, mr_a):
    mr_a.need("A1234BC", "2026-05-01", "visits form")
    mr_a.left("A1234BC", "2026-05-12")
    mr_a.prisoner("B2345CD", arrived="2026-05-04")

    assert "Nothing is open." in kw("need list").out


def test_what_is_written_to_a_file_leaves_the_needs_themselves_out_unless_asked(kw, mr_a, tmp_path):
    mr_a.need("A1234BC", "2026-05-01", "see the nurse about his antidepressants")

    kw(f"need list --output {tmp_path / 'plain.csv'}")
    kw(f"need list --with-reasons --output {tmp_path / 'full.csv'}")

    assert "antidepressants" not in (tmp_path / "plain.csv").read_text()
    assert "antidepressants" in (tmp_path / "full.csv").read_text()


def test_a_need_is_not_done_before_it_was_raised_or_tomorrow(kw, mr_a):
    mr_a.need("A1234BC", "2026-05-01", "visits form")

    assert "it was raised on Fri 1 May 2026" in kw("need done A1234BC --on 30/4/2026").err
    assert "still to come" in kw("need done A1234BC --on tomorrow").err
    assert kw("need done A1234BC nothing of the kind").code == 4


def test_the_needs_of_a_prisoner_who_has_died_are_not_settled(kw, mr_a):
    mr_a.need("A1234BC", "2026-05-01", "visits form")
    mr_a.left("A1234BC", "2026-05-10", "DIED")

    said = kw("need done A1234BC")

    assert said.code == 5
    assert "his record is locked" in said.err
