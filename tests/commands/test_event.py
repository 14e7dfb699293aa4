"""`kw event`: recorded at once, answered at once with who could see him, ended and never lost."""

import json
from datetime import UTC, datetime

import pytest

from factories import world

AT_TEN = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)


@pytest.fixture
@world
def wing(prison):
    """Ben Ash, unseen since 20 April; his key worker has no time, two others have some that afternoon."""
    prison.prisoner("A1234BC", name="Ben Ash", arrived="2026-01-05", location="B-2-014", born="1990-01-01")
    prison.officer("SHAH", name="Nadia Shah")
    prison.officer("PARK", name="Tom Park")
    prison.officer("REED", name="Sue Reed", wing="C")
    prison.allocated("A1234BC", "PARK", "2026-01-06", until="2026-03-01")
    prison.session("A1234BC", "REED", "2026-02-04", at="09:00")
    prison.allocated("A1234BC", "SHAH", "2026-03-01")
    prison.session("A1234BC", "SHAH", "2026-04-20", at="09:00")
    prison.slot("PARK", "2026-05-12", "14:00", "16:15")
    prison.slot("REED", "2026-05-12", "14:00", "16:15")
    prison.slot("SHAH", "2026-05-14", "09:00", "11:15")
    return prison


def events(kw, line: str) -> list[dict]:
    return json.loads(kw(f"event list {line} --format json").out)["rows"]


def test_segregation_this_morning_answers_at_once_with_who_could_see_him_today(kw, wing) -> None:
    said = kw("event add A1234BC SEG --time 09:40", now=AT_TEN)

    assert said.code == 0
    assert said.out.splitlines() == [
        "Recorded for Ben Ash (A1234BC): in segregation, Tue 12 May 2026 at 09:40.",
        "To be seen today: in segregation.",
        "No key work for 22 days (3 weeks), since Mon 20 Apr 2026, when Nadia Shah saw him.",
        "Key worker: Nadia Shah: next slot Thu 14 May 2026, 09:00-11:15.",
        "Who else could see him: Sue Reed 14:00-16:15 (saw him once, last Wed 4 Feb); Tom Park 14:00-16:15 (his wing).",
    ]
    first = json.loads(kw("overdue --format json", now=AT_TEN).out)["rows"][0]
    assert (first["markers"][0], first["tier"], first["see_today"]) == ("SEG", 1, True)


def test_an_officer_whose_time_a_kept_plan_gave_away_is_said_to_be_so(kw, wing) -> None:
    for number in ("B2222BB", "C3333CC", "D4444DD"):
        wing.prisoner(number, arrived="2026-01-05")
        wing.allocated(number, "PARK", "2026-01-06")
    kw("plan --save", now=AT_TEN)
    wing.prisoner("E5555EE", arrived="2026-05-12")

    said = kw("event add E5555EE SELF_HARM --time 09:40", now=AT_TEN).out

    assert "Tom Park 14:00-16:15 (his wing; planned for others); Sue Reed 14:00-16:15." in said


def test_a_time_gone_by_offers_no_slot_that_is_over(kw, wing) -> None:
    evening = datetime(2026, 5, 12, 17, 0, tzinfo=UTC)

    said = kw("event add A1234BC SEG", now=evening)

    assert "at 18:00." in said.out
    assert "Nobody else has a slot still to come that day." in said.out


def test_a_prisoner_without_a_key_worker_is_answered_with_how_to_find_one(kw, wing) -> None:
    wing.deallocated("A1234BC", "2026-05-01")

    assert "kw allocate A1234BC" in kw("event add A1234BC DEBT --suspected").out


def test_a_key_worker_on_leave_and_a_prisoner_in_hospital_are_said_to_be_so(kw, wing) -> None:
    wing.status("SHAH", "UNAVAILABLE_ANNUAL_LEAVE", "2026-05-11", back="2026-05-25")
    wing.away("A1234BC", "2026-05-11")

    said = kw("event add A1234BC BEREAVEMENT --detail 'his father'").out

    assert "Nadia Shah (on leave, back Mon 25 May 2026)" in said
    assert "Out overnight, in hospital" in said
    assert "Who else could see him" not in said


def test_the_same_again_changes_nothing_and_says_when_it_was_recorded(kw, wing) -> None:
    kw("event add A1234BC UNDER_INFLUENCE")

    again = kw("event add A1234BC UNDER_INFLUENCE --user somebody")

    assert again.code == 0
    assert "Recorded already, on Tue 12 May 2026 by governor" in again.out
    assert len(events(kw, "A1234BC")) == 1
    assert kw("event add A1234BC UNDER_INFLUENCE --time 06:30").out.startswith("Recorded for")


def test_a_dry_run_answers_the_same_and_saves_nothing(kw, wing) -> None:
    said = kw("event add A1234BC SELF_HARM --dry-run")

    assert said.out.startswith("Would be recorded for Ben Ash (A1234BC): self-harm in custody")
    assert "To be seen today: self-harm in custody." in said.out
    assert events(kw, "A1234BC") == []


def test_a_signal_that_he_was_seen_since_is_said_not_to_call_for_today(kw, wing) -> None:
    wing.session("A1234BC", "SHAH", "2026-05-11", at="09:00")

    assert "Not called for today by it" in kw("event add A1234BC EDUCATION").out
    assert "Seen since, so not to be seen today" in kw("event add A1234BC SELF_HARM --on 2026-05-10").out


def test_no_one_to_one_is_a_warning_with_every_answer(kw, wing) -> None:
    kw("event add A1234BC NO_ONE_TO_ONE --on yesterday")

    said = kw("event add A1234BC DEBT")

    assert said.err.startswith("note: Ben Ash (A1234BC): no one-to-one with this prisoner (RNO121)")


def test_a_prisoner_who_has_left_is_refused_and_one_who_died_has_a_late_entry_marked(kw, wing) -> None:
    wing.prisoner("B2222BB", name="Carl Birch", arrived="2026-01-05")
    wing.left("A1234BC", "2026-05-02", "DIED")
    wing.left("B2222BB", "2026-05-02")

    late = kw("event add A1234BC DEBT --suspected --on 2026-05-01")
    gone = kw("event add B2222BB DEBT")

    assert (late.code, gone.code) == (0, 5)
    assert "Recorded after death." in late.out
    assert "recorded after death" in kw("audit list").out
    assert "was released on Sat 2 May 2026" in gone.err


def test_an_event_ends_from_a_day_on_and_what_was_recorded_stays_readable(kw, wing) -> None:
    kw("event add A1234BC BASIC --on 2026-04-20 --detail 'three warnings' --source 'Incentives review'")

    said = kw("event end A1234BC basic --on 2026-05-11")

    assert said.out == "Ended for Ben Ash (A1234BC) from Mon 11 May 2026: on Basic, begun Mon 20 Apr 2026.\n"
    (row,) = events(kw, "A1234BC")
    assert (row["code"], row["until"], row["in_force"], row["detail"]) == (
        "BASIC",
        "2026-05-11",
        False,
        "three warnings",
    )
    assert kw("event end A1234BC basic").code == 4


def test_an_end_before_the_start_is_refused(kw, wing) -> None:
    kw("event add A1234BC BASIC --on 2026-04-20")

    said = kw("event end A1234BC BASIC --on 2026-04-01")

    assert (said.code, "it began on Mon 20 Apr 2026" in said.err) == (5, True)


def test_the_list_has_what_is_in_force_highest_tier_first_and_all_on_request(kw, wing) -> None:
    wing.prisoner("B2222BB", name="Carl Birch", arrived="2026-01-05", location="C-1-001")
    wing.event("A1234BC", "EDUCATION", "2026-05-01", detail="lost his place")
    wing.event("A1234BC", "ADJUDICATION", "2026-02-01")
    wing.event("B2222BB", "SELF_HARM", "2026-04-20", at="20:30", source="Wing staff")

    listed = events(kw, "")

    assert [(row["name"], row["code"], row["tier"]) for row in listed] == [
        ("Carl Birch", "SELF_HARM", 1),
        ("Ben Ash", "EDUCATION", 3),
    ]
    assert [row["code"] for row in events(kw, "--all")] == ["SELF_HARM", "EDUCATION", "ADJUDICATION"]
    assert [row["code"] for row in events(kw, "--wing B")] == ["EDUCATION"]
    assert [row["code"] for row in events(kw, "Ash")] == ["EDUCATION", "ADJUDICATION"]


def test_the_reasons_stay_out_of_a_file(kw, wing, tmp_path) -> None:
    wing.event("A1234BC", "SELF_HARM", "2026-05-01", detail="cut his arm")

    kw(f"event list --output {tmp_path / 'events.csv'}")

    text = (tmp_path / "events.csv").read_text(encoding="utf-8")
    assert "A1234BC" in text
    assert "SELF_HARM" not in text
    assert "cut his arm" not in text


def test_what_people_typed_is_shown_harmlessly(kw, wing) -> None:
    kw(["event", "add", "A1234BC", "LOCAL", "--detail", "\x1b[31mred[/x] :smile: O'Brien"])

    said = kw("event list A1234BC", KW_WIDTH="200")

    assert "\x1b" not in said.out
    assert "red[/x] :smile: O'Brien" in said.out


def test_what_follows_from_his_record_counts_beside_what_is_typed(kw, wing) -> None:
    """An ACCT review not held is one family, the debt recorded now another: he is to be seen today, as on the list."""
    wing.acct("A1234BC", "2026-03-10", closed="2026-03-12", reviewed="2026-03-20")
    wing.review("A1234BC", "2026-05-08")

    said = kw("event add A1234BC DEBT")

    assert "To be seen today: in debt, ACCT review not held when due." in said.out
    assert json.loads(kw("overdue --format json").out)["rows"][0]["see_today"] is True
