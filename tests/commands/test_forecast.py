"""`kw forecast`: who will go unseen if the published rota stands (help: forecast)."""

import json

import pytest

from factories import world


@pytest.fixture
@world
def wing(prison):
    """Officer Shah with three prisoners, seen on different days, and one slot of one place this week and next."""
    prison.officer("SHAH", name="Nadia Shah")
    for number, name, seen in [
        ("A1111AA", "Ben Ash", "2026-05-01"),
        ("B2222BB", "Carl Birch", "2026-05-06"),
        ("C3333CC", "Dan Cedar", "2026-05-09"),
    ]:
        prison.prisoner(number, name=name, arrived="2025-10-06", born="1980-02-01")
        prison.allocated(number, "SHAH", "2025-10-06")
        prison.session(number, "SHAH", seen, at="09:00")
    for day in ("2026-05-13", "2026-05-21"):
        prison.slot("SHAH", day, "09:00", "09:45")
    return prison


def answer(kw, line: str = "forecast --weeks 1") -> dict[str, dict]:
    said = kw(f"{line} --format json")
    assert said.code == 0, said.err
    found = json.loads(said.out)
    return {"whole": found} | {part["name"]: part for part in found["sections"]}


def test_it_has_the_prisoners_the_officers_weeks_and_the_arrivals(kw, wing) -> None:
    found = answer(kw)["whole"]

    assert [part["name"] for part in found["sections"]] == ["men", "officers", "arrivals"]
    assert found["summary"]["until"] == "2026-05-24"
    assert found["summary"]["rota_until"] == "2026-05-21"


def test_each_prisoner_is_named_with_the_first_day_past_the_limit_and_his_next_chance(kw, wing) -> None:
    prisoners = answer(kw)["men"]

    assert [(row["name"], row["overdue_on"], row["next_chance_on"]) for row in prisoners["rows"]] == [
        ("Carl Birch", "2026-05-14", "2026-05-21"),
        ("Dan Cedar", "2026-05-17", None),
        ("Ben Ash", "2026-05-21", "2026-05-13"),
    ]
    assert prisoners["summary"] == {
        "will_pass": 3,
        "only_with_another": 0,
        "over_already": 1,
        "over_and_away": 0,
        "over_without_a_place": 0,
    }
    assert set(prisoners["rows"][0]) >= {"prison_number", "location", "key_worker", "last_session_on", "because"}


def test_the_page_says_why_each_is_not_seen_in_time(kw, wing) -> None:
    said = kw("forecast --weeks 1", KW_WIDTH="180").out

    assert "Will pass 7 days without key work by Sun 24 May 2026: 3 prisoners." in said
    assert "Over 7 days already: 1 prisoner (kw overdue); without a place by then: 0." in said
    line = next(line for line in said.splitlines() if "Carl Birch" in line)
    assert line.endswith("Nadia Shah  Wed 6 May 2026  Thu 21 May, Nadia Shah  full until then")
    assert "As if nobody arrives, leaves or changes key worker" in said


def test_it_says_after_which_day_no_rota_is_published(kw, wing) -> None:
    said = kw("forecast --weeks 3")

    assert "No rota is published after Thu 21 May 2026" in said.out
    assert "note: wing B: no rota after Thu 21 May 2026" in said.err


def test_an_officer_s_short_week_is_named_with_the_minutes_missing(kw, wing) -> None:
    officers = answer(kw)["officers"]

    assert [
        (row["week"], row["staff_id"], row["required_minutes"], row["short_minutes"]) for row in officers["rows"]
    ] == [("2026-W21", "SHAH", 135.0, 90.0)]
    assert officers["summary"]["2026-W21"]["key_workers_short"] == 1


def test_a_week_without_any_rota_is_no_officer_s_short_week(kw, wing) -> None:
    officers = answer(kw, "forecast --weeks 2")["officers"]

    assert {row["week"] for row in officers["rows"]} == {"2026-W21"}
    assert officers["summary"]["2026-W22"]["key_workers_without_rota"] == 1


def test_an_arrival_who_will_not_be_met_in_time_is_named_and_one_who_will_is_not(kw, wing) -> None:
    wing.prisoner("D4444DD", name="Ed Dale", arrived="2026-05-10", arrival_type="RECALL", location="B-1-002")
    wing.prisoner("E5555EE", name="Flo Elm", arrived="2026-05-11", location="B-1-003")
    wing.event("E5555EE", "FIRST_CUSTODY", "2026-05-11")

    arrivals = answer(kw)["arrivals"]

    assert [(row["name"], row["due_by"], row["next_chance_on"]) for row in arrivals["rows"]] == [
        ("Ed Dale", "2026-05-13", None)
    ]
    assert arrivals["summary"] == {"due": 2, "will_miss": 1, "missed_already": 0}


def test_slots_lost_are_lost_in_the_prisoners_and_in_the_officers_weeks(kw, wing) -> None:
    found = answer(kw, "forecast --weeks 1 --slots-lost 100")

    assert {row["next_chance_on"] for row in found["men"]["rows"]} == {None}
    assert found["men"]["summary"]["over_without_a_place"] == 1
    assert found["officers"]["rows"][0]["short_minutes"] == 135.0
    assert found["officers"]["rows"][0]["cause"] == "NO_TIME"
    assert (found["whole"]["summary"]["slots_lost"], found["whole"]["summary"]["seed"]) == (2, 1)


def test_the_same_seed_gives_the_same_answer_and_is_printed(kw, wing) -> None:
    one, again = (kw("forecast --slots-lost 50 --seed 7").out for _ in range(2))

    assert one == again
    assert "but for 50 % of its slots, 1 of them (seed 7)" in one


def test_a_wing_is_shown_its_own_prisoners_and_officers(kw, wing) -> None:
    wing.officer("COLE", name="Di Cole", wing="C")
    wing.prisoner("F6666FF", name="Gus Fir", arrived="2026-05-05", location="C-1-001")
    wing.allocated("F6666FF", "COLE", "2026-05-05")
    wing.slot("COLE", "2026-05-20", "09:00", "09:45")

    found = answer(kw, "forecast --weeks 1 --wing C")

    assert {row["location"][0] for row in found["men"]["rows"]} <= {"C"}
    assert {row["staff_id"] for row in found["officers"]["rows"]} <= {"COLE"}


def test_a_prison_without_a_rota_is_told_so(kw, prison) -> None:
    prison.prisoner("A1111AA", arrived="2026-05-06")

    said = kw("forecast")

    assert "No rota is recorded at all: nobody can be planned." in said.out
    assert "no key worker" in said.out


def test_what_happens_after_today_is_not_foreseen(kw, wing) -> None:
    before = answer(kw, "forecast --weeks 1 --as-of 12/5/2026")["men"]["rows"]
    wing.event("C3333CC", "SEG", "2026-05-13", at="07:00")
    wing.session("A1111AA", "SHAH", "2026-05-14")

    assert answer(kw, "forecast --weeks 1 --as-of 12/5/2026")["men"]["rows"] == before


@pytest.mark.parametrize("line", ["forecast --weeks 0", "forecast --slots-lost 101", "forecast --weeks many"])
def test_what_cannot_be_meant_is_refused(kw, wing, line) -> None:
    assert kw(line).code == 2


# --- what if ---


def test_without_an_officer_it_says_who_passes_the_limit_because_of_it(kw, wing) -> None:
    wing.slot("SHAH", "2026-05-16", "09:00", "10:30")
    found = answer(kw, "forecast --weeks 1 --without SHAH --on sat")

    assert [part["name"] for part in found["whole"]["sections"]] == ["difference", "left_out", "weeks", "mend"]
    changed = {row["name"]: (row["effect"], row["overdue_on"]) for row in found["difference"]["rows"]}
    assert changed["Dan Cedar"] == ("passes", "2026-05-17")
    (week,) = found["weeks"]["rows"]
    assert (week["week"], week["allocated_minutes"], week["loses_minutes"], week["allocated_after"]) == (
        *("2026-W20", 135),
        *(90, 45),
    )


def test_the_fewest_slots_that_make_up_for_it_are_among_an_officer_s_usual_times(kw, wing) -> None:
    wing.officer("COLE", name="Di Cole")
    wing.slot("COLE", "2026-05-08", "14:00", "14:45")
    wing.slot("SHAH", "2026-05-14", "09:00", "09:45")

    said = kw("forecast --weeks 1 --without SHAH --on thu").out

    assert "One slot of Di Cole on Fri 15 May 2026 14:00-14:45 makes up for 1 of 2 worse off." in said


def test_time_given_makes_the_difference_that_it_makes_once_it_is_published(kw, wing) -> None:
    before = answer(kw, "forecast --weeks 1")["men"]["rows"]
    what_if = answer(kw, "forecast --weeks 1 --add SHAH@wed@13:00-14:30")["difference"]["rows"]
    assert kw("rota publish SHAH --on 13/5/2026 --from 13:00 --to 14:30").code == 0
    after = answer(kw, "forecast --weeks 1")["men"]["rows"]

    was, now = ({row["prison_number"]: row["overdue_on"] for row in rows} for rows in (before, after))
    assert {row["prison_number"]: (row["overdue_on_before"], row["overdue_on"]) for row in what_if} == {
        number: (was.get(number), now.get(number)) for number in was | now if was.get(number) != now.get(number)
    }
    assert what_if


def test_several_officers_days_and_a_whole_week_can_be_asked_about_and_nothing_is_saved(kw, wing) -> None:
    wing.officer("COLE", name="Di Cole")

    said = kw("forecast --without SHAH,cole --on wed --on next")

    assert said.code == 0
    assert "without Nadia Shah, Di Cole on Wed 13 May, Mon 18 May" in said.out
    assert "Di Cole has no time on the rota on Wed 13 May 2026: without them nothing changes" in said.err
    assert "2 of" not in kw("rota show --week next").out
