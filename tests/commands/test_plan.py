"""`kw plan`: who sees whom in the slots of a day (help: plan)."""

import json
import re
from datetime import UTC, date, datetime

import pytest

from factories import world
from keyworker_cli.reports.plan.outcome import outcome_of_plan
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.rules.settings import Settings


@pytest.fixture
@world
def wing(prison):
    """Two officers, a slot of two places on Tue 12 May, four prisoners of Officer Shah's, one of them called today."""
    prison.officer("SHAH", name="Nadia Shah")
    prison.officer("PARK", name="Jo Park")
    for number, name, seen in [
        ("A1111AA", "Ben Ash", "2026-05-04"),
        ("B2222BB", "Carl Birch", "2026-05-01"),
        ("C3333CC", "Dan Cedar", "2026-05-02"),
        ("D4444DD", "Ed Dale", "2026-05-03"),
    ]:
        prison.prisoner(number, name=name, arrived="2025-10-06", born="1980-02-01")
        prison.allocated(number, "SHAH", "2025-10-06")
        prison.session(number, "SHAH", seen, at="09:00")
    prison.event("A1111AA", "SELF_HARM", "2026-05-11", at="20:00")
    prison.slot("SHAH", "2026-05-12", "09:00", "10:30")
    return prison


def answer(kw, line: str = "plan", **context) -> dict:
    said = kw(f"{line} --format json", **context)
    assert said.code == 0, said.err
    return json.loads(said.out)


def seen(found: dict) -> list[tuple[str, str, str]]:
    return [(row["name"], row["key_worker"]["staff_id"], row["start"]) for row in found["rows"]]


def test_the_prisoner_called_today_is_seen_first_and_then_the_longest_gap(kw, wing) -> None:
    found = answer(kw)

    assert seen(found) == [("Ben Ash", "SHAH", "09:00"), ("Carl Birch", "SHAH", "09:45")]
    assert [(row["relation"], row["days"], row["see_today"]) for row in found["rows"]] == [
        ("own", 8, True),
        ("own", 11, False),
    ]


def test_who_is_left_out_is_named_in_the_order_of_priority_with_the_figures(kw, wing) -> None:
    summary = answer(kw)["summary"]

    assert [one["name"] for one in summary["left_out"]] == ["Dan Cedar", "Ed Dale"]
    assert set(summary["left_out"][0]) == {
        *("prison_number", "name", "location", "tier", "see_today", "days", "because"),
    }
    assert (summary["men"], summary["places"], summary["planned"], summary["short"]) == (4, 2, 2, 2)


def test_the_sheet_says_who_when_where_and_who_had_to_be_left_out(kw, wing) -> None:
    said = kw("plan", KW_WIDTH="140").out

    assert "Plan for Tue 12 May 2026" in said
    assert "4 prisoners, 2 places of 45 minutes, short by 2." in said
    assert "Nadia Shah (SHAH), wing B, 09:00-10:30" in said
    line = next(line for line in said.splitlines() if "Ben Ash" in line)
    assert line.startswith("09:00-09:45")
    assert "to be seen today; his key worker" in line
    assert re.search(r" !!? \d", line)
    left_out = said.partition("Left out")[2]
    assert left_out.index("Dan Cedar") < left_out.index("Ed Dale")
    assert "An order of work, not an assessment of risk." in said


def test_whom_an_officer_sees_for_another_is_counted_apart(kw, wing) -> None:
    wing.slot("PARK", "2026-05-12", "14:00", "14:45")

    assert "In the time of these officers, of another key worker: 1 prisoner." in kw("plan --key-worker PARK").out
    assert "In the time of these officers" not in kw("plan").out


def test_an_officer_who_has_seen_him_is_preferred_to_one_of_his_wing_and_said_so(kw, wing) -> None:
    wing.officer("HILL", name="Al Hill")
    wing.status("SHAH", "UNAVAILABLE_LONG_TERM_ABSENCE", "2026-05-10")
    wing.session("B2222BB", "PARK", "2025-12-01")
    for staff_id in ("PARK", "HILL"):
        wing.slot(staff_id, "2026-05-12", "14:00", "14:45")

    found = answer(kw)

    assert seen(found) == [("Ben Ash", "HILL", "14:00"), ("Carl Birch", "PARK", "14:00")]
    assert [row["relation"] for row in found["rows"]] == ["wing", "known"]
    assert "saw him on Mon 1 Dec 2025" in found["rows"][1]["because"]
    assert "Nadia Shah is on the rota 09:00-10:30, but on long-term absence: nobody is planned" in found["warnings"]


def test_shorter_sessions_make_more_places(kw, wing) -> None:
    found = answer(kw, "plan --minutes 30")

    assert [row["start"] for row in found["rows"]] == ["09:00", "09:30", "10:00"]
    assert found["summary"]["session_minutes"] == 30


def test_more_places_than_prisoners_leaves_some_free_and_says_so(kw, wing) -> None:
    wing.slot("PARK", "2026-05-12", "14:00", "16:15")

    said = kw("plan").out

    assert "4 prisoners, 5 places of 45 minutes, short by 0." in said
    assert "Free, for nobody is left to be seen: Jo Park 15:30-16:15." in said
    assert "Left out" not in said


def test_a_prisoner_not_to_be_seen_one_to_one_is_named_and_planned_only_when_a_manager_includes_him(kw, wing) -> None:
    wing.event("A1111AA", "NO_ONE_TO_ONE", "2026-01-01")

    without, included = answer(kw), answer(kw, "plan --include Ash")

    assert "Ben Ash" not in [row["name"] for row in without["rows"]]
    named = next(one for one in without["summary"]["left_out"] if one["name"] == "Ben Ash")
    assert named["because"].startswith("no one-to-one: a manager decides (--include)")
    assert without["summary"]["for_a_manager"] == 1
    assert included["rows"][0]["name"] == "Ben Ash"
    assert any("a manager decides who sees him" in warning for warning in included["warnings"])


def test_including_a_prisoner_whom_it_does_not_help_is_said(kw, wing) -> None:
    wing.away("B2222BB", "2026-05-10")

    warnings = answer(kw, "plan --include Birch --include Cedar")["warnings"]

    assert "--include B2222BB: Carl Birch is not here on that day, is away, or has been seen" in warnings
    assert "--include C3333CC: Dan Cedar may be planned like any other prisoner" in warnings


def test_a_prisoner_away_is_not_planned_until_the_day_he_is_back(kw, wing) -> None:
    wing.away("A1111AA", "2026-05-10", back="2026-05-14")
    wing.slot("SHAH", "2026-05-14", "09:00", "09:45")

    assert "Ben Ash" not in [row["name"] for row in answer(kw)["rows"]]
    assert seen(answer(kw, "plan --date thu")) == [("Ben Ash", "SHAH", "09:00")]


def test_a_prisoner_seen_this_morning_is_not_planned_again(kw, wing) -> None:
    wing.session("A1111AA", "SHAH", "2026-05-12", at="07:30")

    found = answer(kw)

    assert "Ben Ash" not in [row["name"] for row in found["rows"]]
    assert found["summary"]["seen_already"] == 1


def test_a_day_to_come_knows_nothing_of_what_happens_after_today(kw, wing) -> None:
    wing.slot("SHAH", "2026-05-14", "09:00", "09:45", published_on=date(2026, 5, 8))
    wing.event("D4444DD", "SEG", "2026-05-13", at="09:00")

    found = answer(kw, "plan --date 14/5/2026 --as-of 12/5/2026")

    assert [(row["name"], row["days"]) for row in found["rows"]] == [("Ben Ash", 10)]


def test_what_is_left_of_a_slot_is_planned_from_now_on(kw, wing) -> None:
    at_half_past_nine = datetime(2026, 5, 12, 8, 30, tzinfo=UTC)

    assert seen(answer(kw, now=at_half_past_nine)) == [("Ben Ash", "SHAH", "09:30")]


def test_a_day_without_slots_is_said_in_words(kw, wing) -> None:
    said = kw("plan --date wed")

    assert "4 prisoners, 0 places" in said.out
    assert "No slot is to come on Wed 13 May 2026: nobody can be planned." in said.out


def test_an_empty_prison_does_not_look_like_one_where_all_have_been_seen(kw, prison) -> None:
    prison.officer("SHAH")
    prison.slot("SHAH", "2026-05-12")

    assert "There are no prisoners here in kw." in kw("plan").out


def test_a_wing_sees_its_part_of_the_one_plan_of_the_prison(kw, wing) -> None:
    wing.officer("COLE", name="Di Cole", wing="C")
    wing.slot("COLE", "2026-05-12", "09:00", "09:45")
    wing.prisoner("E5555EE", name="Flo Elm", arrived="2025-10-06", location="C-1-001")

    whole, of_c = answer(kw), answer(kw, "plan --wing C")

    assert of_c["rows"] == [row for row in whole["rows"] if row["location"][0] == "C" or "COLE" in str(row)]
    assert of_c["rows"]


def test_a_day_that_is_over_and_a_session_too_short_to_count_are_refused(kw, wing) -> None:
    over, short = kw("plan --date 11/5/2026"), kw("plan --minutes 14")

    assert (over.code, short.code) == (2, 2)
    assert "hint: to see what could have been planned then: kw plan --as-of 2026-05-11" in over.err
    assert "session.min_minutes" in short.err


def test_reasons_stay_out_of_a_file_unless_they_are_asked_for(kw, wing, tmp_path) -> None:
    for name in ("plan.html", "plan.json", "plan.csv"):
        kw(f"plan --output {tmp_path / name}")
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert "Ben Ash" in text
        assert "self-harm" not in text
        assert "SELF_HARM" not in text


def test_the_prisoners_in_excess_of_a_page_are_counted(kw, prison) -> None:
    for number in range(25):
        prison.prisoner(f"A{number:04}AA", name=f"Man {number:02}", arrived="2026-01-05")

    said = kw("plan")

    assert "short by 25" in said.out
    assert "and 5 more: kw plan --format json names them all" in said.out
    assert len(answer(kw)["summary"]["left_out"]) == 25


# --- kept, and what became of it ---


def outcome(wing, as_of: str, **narrowed):
    asked = ReportRequest(date.fromisoformat(as_of), Settings(), **narrowed)
    prisoners = wing.store.queries.contacts(as_of=asked.as_of, settings=asked.settings)
    found = outcome_of_plan(wing.store, asked, prisoners)
    wing.store.close()
    return found


def test_a_plan_is_kept_only_with_save_and_not_in_a_dry_run(kw, wing) -> None:
    kw("plan")
    dry = kw("plan --save --dry-run")
    assert "Would save the plan for Tue 12 May 2026: 2 prisoners, 2 places, short by 2." in dry.out
    assert outcome(wing, "2026-05-13") is None

    kept = kw("plan --save --format json")

    assert "Saved the plan for Tue 12 May 2026: 2 prisoners, 2 places, short by 2." in kept.out
    assert json.loads(kept.out)["summary"]["saved"] is True
    assert outcome(wing, "2026-05-13").summary["planned"] == 2


def test_the_next_day_says_who_was_not_seen_and_why(kw, wing) -> None:
    kw("plan --save")
    wing.session("A1111AA", "PARK", "2026-05-12", at="16:00")

    found = outcome(wing, "2026-05-13")

    assert found.title == "What became of the plan for Tue 12 May 2026"
    assert found.summary == {"date": date(2026, 5, 12), "planned": 2, "seen": 1, "not_seen": 1}
    assert [(row["name"], row["became"]) for row in found.rows] == [("Carl Birch", "unconfirmed")]


@pytest.mark.parametrize(
    ("line", "became", "reason"),
    [
        ("rota lose SHAH --on 12/5/2026 --reason STAFFING", "slot_lost", "STAFFING"),
        ("rota worked SHAH --on 12/5/2026", "unused", None),
        ("worker status SHAH sick --from 12/5/2026", "worker_unavailable", None),
        ("log-session B2222BB --by SHAH --on 12/5/2026 --refused --minutes 0 --yes", "refused", None),
    ],
    ids=["lost", "worked", "sick", "refused"],
)
def test_a_prisoner_not_seen_has_the_reason_that_is_recorded(kw, wing, line, became, reason) -> None:
    kw("plan --save")
    done = kw(line, now=datetime(2026, 5, 12, 16, 0, tzinfo=UTC))
    assert done.code == 0, done.err

    missed = {row["name"]: row for row in outcome(wing, "2026-05-13").rows}

    assert (missed["Carl Birch"]["became"], missed["Carl Birch"]["reason"]) == (became, reason)


def test_of_two_plans_of_a_day_the_later_holds_and_last_week_s_is_history(kw, wing) -> None:
    kw("plan --save")
    kw("plan --save --minutes 30")

    assert outcome(wing, "2026-05-13").summary["planned"] == 3
    assert outcome(wing, "2026-05-19") is not None
    assert outcome(wing, "2026-05-20") is None


def test_another_wing_is_told_nothing_of_it(kw, wing) -> None:
    kw("plan --save")

    assert outcome(wing, "2026-05-13", wings=("C",)) is None


def test_a_saved_plan_is_in_the_audit(kw, wing) -> None:
    kw("plan --save")

    actions = json.loads(kw("audit list --format json").out)["rows"]

    assert [row["table"] for row in actions if row["command"] == "kw plan"].count("plan_place") == 2


def test_the_place_of_one_who_leaves_is_cancelled(kw, wing) -> None:
    kw("plan --save")
    done = kw("prisoner leave B2222BB --reason RELEASE --on 2026-05-12", now=datetime(2026, 5, 12, 8, 0, tzinfo=UTC))
    assert done.code == 0, done.err

    assert "B2222BB" not in [row["prison_number"] for row in answer(kw)["rows"]]
    found = outcome(wing, "2026-05-13")
    became = {row["name"]: row["became"] for row in found.rows}
    assert became["Carl Birch"] == "left"
    assert became["Ben Ash"] != "left"
    assert "no longer here: the place was cancelled" in kw("briefing --as-of 2026-05-13").out
