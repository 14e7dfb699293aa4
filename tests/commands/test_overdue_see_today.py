"""`kw overdue` and what happened to a prisoner: see today first, why, and nobody ranked out (help: see-today)."""

import json

import pytest

from factories import world
from keyworker_cli.rules.codes.signals import MarkerCode


@pytest.fixture
@world
def wing(prison):
    """Four prisoners long unseen, the second of them the longest."""
    prison.officer("SHAH", name="Nadia Shah")
    for number, name, seen in [
        ("A1111AA", "Ben Ash", "2026-04-20"),
        ("B2222BB", "Carl Birch", "2026-03-02"),
        ("C3333CC", "Dan Cedar", "2026-05-01"),
        ("D4444DD", "Ed Dale", "2026-05-05"),
    ]:
        prison.prisoner(number, name=name, arrived="2025-10-06", born="1980-02-01")
        prison.allocated(number, "SHAH", "2025-10-06")
        prison.session(number, "SHAH", seen, at="09:00")
    return prison


def rows(kw, line: str = "overdue --format json") -> list[dict]:
    said = kw(line)
    assert said.code == 0, said.err
    return json.loads(said.out)["rows"]


def test_a_prisoner_to_be_seen_today_comes_before_longer_gaps(kw, wing) -> None:
    wing.event("C3333CC", "SELF_HARM", "2026-05-10", at="20:00")

    found = rows(kw)

    assert [row["name"] for row in found] == ["Dan Cedar", "Carl Birch", "Ben Ash", "Ed Dale"]
    assert [row["see_today"] for row in found] == [True, False, False, False]
    assert (found[0]["tier"], found[0]["markers"], found[1]["tier"]) == (1, ["SELF_HARM"], None)


def test_the_list_says_who_is_to_be_seen_today_and_why(kw, wing) -> None:
    wing.event("C3333CC", "SEG", "2026-05-12", at="06:40")
    wing.event("C3333CC", "DEBT", "2026-05-09", confidence="SUSPECTED")

    said = kw("overdue", KW_WIDTH="200").out

    lines = said.splitlines()
    assert lines.index("To be seen today: new concern, last 72 hours") < lines.index("Then the longest gap first")
    assert "segregation, debt (suspected)" in next(line for line in lines if "Dan Cedar" in line)
    assert "To be seen today: 1; nobody has time today." in said
    assert "An order of work, not an assessment of risk." in said


def test_reasons_stay_out_of_a_file_unless_they_are_asked_for(kw, wing, tmp_path) -> None:
    wing.event("C3333CC", "SELF_HARM", "2026-05-10")
    wing.session("D4444DD", "SHAH", "2026-05-11", at="09:00")
    wing.event("D4444DD", "FOOD_REFUSAL", "2026-05-11", at="17:00")
    files = {name: tmp_path / name for name in ("plain.csv", "page.html", "all.csv")}

    kw(f"overdue --output {files['plain.csv']}")
    kw(f"overdue --output {files['page.html']}")
    kw(f"overdue --with-reasons --output {files['all.csv']}")

    text = {name: file.read_text(encoding="utf-8") for name, file in files.items()}
    for name in ("plain.csv", "page.html"):
        assert "SELF_HARM" not in text[name]
        assert "self-harm" not in text[name]
        assert "food" not in text[name]
    assert "SELF_HARM" in text["all.csv"]


def test_a_prisoner_seen_within_the_limit_is_on_the_list_when_something_has_happened_since(kw, wing) -> None:
    wing.session("D4444DD", "SHAH", "2026-05-11", at="09:00")
    wing.event("D4444DD", "RELATIONSHIP", "2026-05-11", at="17:00")

    answer = json.loads(kw("overdue --format json").out)
    said, csv = kw("overdue").out, kw("overdue --format csv").out

    assert (answer["rows"][0]["name"], answer["rows"][0]["state"], answer["rows"][0]["why"]) == ("Ed Dale", "ok", None)
    assert [one["name"] for one in answer["summary"]["see_today_too"]] == ["Ed Dale"]
    counted = {key: answer["summary"][key] for key in ("listed", "see_today", "see_today_within", "due", "overdue")}
    assert counted == {"listed": 3, "see_today": 1, "see_today_within": 1, "due": 0, "overdue": 2}
    assert said.index("Ed Dale") < said.index("Carl Birch")
    assert "new since last seen" in said
    assert csv.splitlines()[1].startswith("D4444DD,1,ok,Ed Dale")


def test_once_he_is_seen_after_it_he_is_on_neither_list_until_his_week_is_up(kw, wing) -> None:
    wing.event("D4444DD", "SELF_HARM", "2026-05-06", at="17:00")
    wing.session("D4444DD", "SHAH", "2026-05-07", at="09:00")

    assert "Ed Dale" not in kw("overdue").out
    assert "Ed Dale" not in kw("overdue --as-of 2026-05-13").out
    assert rows(kw, "overdue --as-of 2026-05-14 --format json")[0]["name"] == "Ed Dale"


def test_an_open_acct_is_a_marker_until_it_is_closed_and_reviewed(kw, wing) -> None:
    wing.acct("A1111AA", "2026-05-01", closed="2026-05-08", reviewed="2026-05-15")

    def markers(day: str) -> list[str]:
        found = rows(kw, f"overdue --as-of {day} --format json")
        return next(row["markers"] for row in found if row["name"] == "Ben Ash")

    assert [markers(f"2026-05-{day}") for day in ("07", "08", "14", "15")] == [["ACCT"], ["ACCT_PC"], ["ACCT_PC"], []]


def test_relationship_runs_until_14_days_after_he_is_next_seen(kw, wing) -> None:
    wing.event("B2222BB", "RELATIONSHIP", "2026-03-20", at="17:30")
    wing.session("B2222BB", "SHAH", "2026-04-20", at="10:00")

    def markers(day: str) -> list[str]:
        found = rows(kw, f"overdue --as-of {day} --format json")
        return next(row["markers"] for row in found if row["name"] == "Carl Birch")

    assert markers("2026-05-04") == ["RELATIONSHIP"]
    assert markers("2026-05-05") == []


def test_how_key_work_stands_with_him_is_among_his_markers_and_not_in_his_tier(kw, wing) -> None:
    wing.slot("SHAH", "2026-04-01")
    wing.officer("PARK", wing="B")
    wing.slot("PARK", "2026-05-11")
    for day in ("06", "07", "08"):
        wing.session("D4444DD", "SHAH", f"2026-05-{day}", outcome="REFUSED")

    found = {row["name"]: row for row in rows(kw)}

    assert found["Ed Dale"]["markers"] == ["WORKER_NO_TIME", "REFUSED_3"]
    assert found["Ed Dale"]["tier"] is None


def test_a_prisoner_away_overnight_stays_in_his_own_block_whatever_his_markers(kw, wing) -> None:
    wing.event("B2222BB", "SELF_HARM", "2026-05-08")
    wing.away("B2222BB", "2026-05-09")

    assert [row["name"] for row in rows(kw)] == ["Ben Ash", "Dan Cedar", "Ed Dale", "Carl Birch"]


def test_another_order_has_no_headings_that_belong_to_the_first(kw, wing) -> None:
    wing.event("C3333CC", "SELF_HARM", "2026-05-10")

    said = kw("overdue --sort name").out

    assert "Then the longest gap first" not in said
    assert said.index("Ben Ash") < said.index("Carl Birch") < said.index("Dan Cedar")


@pytest.mark.parametrize("number", ["A1111AA", "B2222BB", "C3333CC", "D4444DD"])
def test_everyone_on_the_gap_list_stays_on_it_whatever_his_markers(kw, wing, number) -> None:
    before = {row["prison_number"] for row in rows(kw)}
    for code in MarkerCode:
        wing.event(number, code.value, "2026-05-11")

    found = rows(kw)

    assert {row["prison_number"] for row in found} == before
    assert found[0]["prison_number"] == number
