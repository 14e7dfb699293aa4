"""Asked of a past day: what ends later has not ended, what was published or held later is not there yet."""

import json
from datetime import date

import pytest


def answer(kw, line: str) -> dict:
    said = kw(f"{line} --format json")
    assert said.code == 0, said.err
    return json.loads(said.out)


def rows(kw, line: str) -> list[dict]:
    return answer(kw, line)["rows"]


def part(kw, line: str, name: str) -> list[dict]:
    found = answer(kw, line)
    parts = found.get("sections") or [found]
    return next(one["rows"] for one in parts if name in ("", one.get("name")))


@pytest.mark.parametrize("became", ["PUBLISHED", "WORKED", "CANCELLED"])
def test_what_became_of_a_slot_later_takes_away_nobody_who_could_see_him(kw, prison, became) -> None:
    prison.prisoner("A1234BC", arrived="2026-04-01")
    prison.officer("SHAH")
    prison.slot("SHAH", "2026-05-20", status=became)

    could = part(kw, "why A1234BC --as-of 2026-05-13", "who_could_see")
    assert [(row["on"], row["start"]) for row in could] == [("2026-05-20", "09:00")]


def test_an_action_done_later_has_no_outcome_yet(kw, prison) -> None:
    prison.prisoner("A1234BC", arrived="2026-04-01")
    prison.need("A1234BC", "2026-05-04", "phone", closed_on=date(2026, 5, 11), outcome="DONE")

    for line in ("need list", "need list A1234BC"):
        for as_of, outcome in (("2026-05-10", None), ("2026-05-11", "DONE")):
            found = [row["outcome"] for row in rows(kw, f"{line} --as-of {as_of}")]
            assert found == ([] if outcome and line == "need list" else [outcome])


@pytest.mark.parametrize("ended_on", ["2026-05-18", "2026-05-19"])
def test_an_allocation_that_ended_after_the_day_asked_about_still_asks_for_its_minutes(kw, prison, ended_on) -> None:
    prison.prisoner("A1234BC", arrived="2026-04-01")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2026-04-02", until=ended_on)

    assert part(kw, "budget --next --as-of 2026-05-15", "")[0]["required_minutes"] == 45


@pytest.mark.parametrize("left_on", ["2026-05-18", "2026-05-19"])
def test_so_does_a_stay_that_ended_later(kw, prison, left_on) -> None:
    prison.prisoner("A1234BC", arrived="2026-04-01")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2026-04-02")
    prison.prisoner("B2345CD", arrived="2026-05-10", name="Ben Birch")
    before = kw("forecast --as-of 2026-05-15 --format json").out
    prison.left("A1234BC", left_on)
    prison.left("B2345CD", left_on)

    assert kw("forecast --as-of 2026-05-15 --format json").out == before
    assert part(kw, "budget --next --as-of 2026-05-15", "")[0]["required_minutes"] == 45


def test_a_slot_published_later_is_nobody_s_next_slot_in_any_report(kw, prison) -> None:
    prison.prisoner("A1234BC", arrived="2026-04-01")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2026-04-02")
    prison.slot("SHAH", "2026-05-20", published_on=date(2026, 5, 14))

    for as_of, there in (("2026-05-13", None), ("2026-05-14", "2026-05-20")):
        assert rows(kw, f"overdue --as-of {as_of}")[0]["next_slot_on"] == there
        assert answer(kw, f"why A1234BC --as-of {as_of}")["summary"]["next_slot_on"] == there
        assert ("2026-05-20" in kw(f"caseload SHAH --as-of {as_of} --format json").out) is bool(there)
        assert ("2026-05-20" in kw(f"briefing --as-of {as_of} --format json").out) is bool(there)
        budget = part(kw, f"budget --next --as-of {as_of}", "")[0]
        assert budget["allocated_minutes"] == (135 if there else 0)


def test_the_contribution_to_a_review_not_yet_held_is_not_known_yet(kw, prison) -> None:
    prison.prisoner("A1234BC", arrived="2026-04-01")
    prison.acct("A1234BC", "2026-05-01")
    prison.review("A1234BC", "2026-05-10", held="2026-05-11", key_worker_contribution="ATTENDED")

    assert rows(kw, "acct reviews --as-of 2026-05-10")[0]["contribution"] is None
    assert rows(kw, "acct reviews --as-of 2026-05-11")[0]["contribution"] == "attended"


@pytest.mark.parametrize(
    ("spell", "review", "on_duty"),
    [
        (("UNAVAILABLE_ANNUAL_LEAVE", "2026-05-20", "2026-05-30"), "2026-05-16", True),
        (("UNAVAILABLE_LONG_TERM_ABSENCE", "2026-05-11", None), "2026-05-16", False),
    ],
)
def test_a_later_review_says_nothing_of_whether_he_was_there_at_an_earlier(kw, prison, spell, review, on_duty) -> None:
    prison.prisoner("A1234BC", arrived="2026-04-01")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2026-04-02")
    status, since, back = spell
    prison.status("SHAH", status, since, back=back)
    if back is None:
        prison.status("SHAH", "ACTIVE", "2026-05-23")
    prison.slot("SHAH", "2026-05-16")
    prison.acct("A1234BC", "2026-05-01")
    for due in ("2026-05-16", "2026-05-22", "2026-06-30"):
        prison.review("A1234BC", due)

    found = {row["due_on"]: row["on_duty"] for row in rows(kw, "acct reviews --as-of 2026-05-12 --days 30")}
    assert found[review] is on_duty


# --- who changed, who is back ---


def test_the_same_key_worker_again_is_no_change(kw, prison) -> None:
    prison.prisoner("A1234BC", arrived="2026-04-01")
    for staff_id in ("SHAH", "REED"):
        prison.officer(staff_id)
    prison.allocated("A1234BC", "SHAH", "2026-04-02", until="2026-05-01")
    prison.allocated("A1234BC", "SHAH", "2026-05-04")

    def changed(as_of: str) -> bool:
        return "WORKER_CHANGED" in rows(kw, f"overdue --as-of {as_of}")[0]["markers"]

    assert not changed("2026-05-12")
    prison.allocated("A1234BC", "REED", "2026-05-10")
    assert changed("2026-05-12")


def test_a_long_absence_does_not_end_by_itself_on_the_day_he_meant_to_be_back(kw, prison) -> None:
    prison.prisoner("A1234BC", arrived="2026-04-01")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2026-04-02")
    prison.status("SHAH", "UNAVAILABLE_LONG_TERM_ABSENCE", "2026-04-10", back="2026-05-01")

    assert rows(kw, "overdue --as-of 2026-05-12")[0]["why"] == "WORKER_UNAVAILABLE"
    assert rows(kw, "worker list --as-of 2026-05-12")[0]["status"] == "UNAVAILABLE_LONG_TERM_ABSENCE"
    told = kw("timeline A1234BC --as-of 2026-05-12").out
    assert "long-term absence" in told
    assert "until Fri 1 May" not in told


def test_no_spell_of_no_rota_ends_before_it_begins(kw, prison) -> None:
    prison.prisoner("A1234BC", arrived="2026-11-24")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2026-11-28")

    told = kw("timeline A1234BC --as-of 2026-11-28").out
    assert "Sat 28 Nov to Fri 27 Nov" not in told


# --- 29 February ---


@pytest.mark.parametrize(
    ("as_of", "tier"),
    [("2028-02-25", None), ("2028-02-26", 1), ("2028-03-03", 1), ("2028-03-04", None), ("2027-02-25", 1)],
)
def test_an_anniversary_of_29_february_is_that_day_where_there_is_one(kw, prison, as_of, tier) -> None:
    prison.prisoner("A1234BC", arrived="2024-01-05", born="1980-02-20")
    prison.event("A1234BC", "BEREAVEMENT", "2024-02-29")

    found = answer(kw, f"why A1234BC --as-of {as_of}")
    markers = [row for one in found["sections"] if one["name"] == "markers" for row in one["rows"]]
    assert next((row["tier"] for row in markers if row["code"] == "BEREAVEMENT"), None) == tier


def test_a_death_of_later_is_no_end_that_was_planned(kw, prison) -> None:
    prison.prisoner("A1111BC", arrived="2026-01-05")
    prison.officer("SHAH")
    prison.allocated("A1111BC", "SHAH", "2026-01-06")
    prison.left("A1111BC", "2026-05-12", "DIED")

    assert "as planned" not in kw("why A1111BC --as-of 2026-05-11").out
