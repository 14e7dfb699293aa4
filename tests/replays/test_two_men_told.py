"""Mr A and Mr B in the sample data, as a key worker reads of them: why today, and what to raise."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

import replays.worlds as worlds
from replays.worlds import mr_b

SAMPLE_DATA = Path(__file__).parents[2] / "sample_data"
MR_A, MR_B = "A1001AA", "B1002BB"


@pytest.fixture
def fellgate(kw):
    """The fictional prison, before Mr A was segregated on the morning of 13 May."""
    said = kw(["import", str(SAMPLE_DATA)])
    assert said.code == 0, said.err
    return kw


class Why:
    """What `kw why` says of a prisoner at the end of a day."""

    def __init__(self, kw, number, day):
        report = json.loads(kw(f"why {number} --as-of {day} --format json").out)
        parts = {section["name"]: section for section in report["sections"]}
        self.summary = report["summary"]
        self.today = [row["sentence"] for row in parts["see_today"]["rows"]]
        self.markers = {row["code"]: row for row in parts["markers"]["rows"]}
        self.open = {row["topic"]: row["open_since"] for row in parts["topics"]["rows"] if row["open_since"]}
        self.raised = {row["topic"]: row["last_raised_on"] for row in parts["topics"]["rows"]}


def listed(kw, day: str) -> list[dict]:
    return json.loads(kw(f"overdue --format json --as-of {day}").out)["rows"]


def test_from_2_april_mr_a_is_called_for_and_it_is_said_why(fellgate) -> None:
    before, on_the_day = Why(fellgate, MR_A, "2026-04-01"), Why(fellgate, MR_A, "2026-04-02")

    assert (before.summary["see_today"], on_the_day.summary["see_today"]) == (False, True)
    assert on_the_day.today[0] == (
        "To be seen today: on Basic since Mon 30 Mar and violence to a prisoner on Thu 2 Apr, "
        "and no key work since Wed 25 Mar."
    )
    assert on_the_day.markers["BASIC"]["source"] == "Incentives review"
    assert on_the_day.markers["VIOLENCE_TO_PRISONER"]["until"] == "2026-04-30"
    assert on_the_day.markers["YOUNG_ADULT"]["source"] == "his date of birth"


def test_every_day_from_2_april_to_12_may_mr_a_is_to_be_seen_today(fellgate) -> None:
    for day in ("2026-04-03", "2026-04-15", "2026-04-30", "2026-05-01", "2026-05-12"):
        row = next(row for row in listed(fellgate, day) if row["prison_number"] == MR_A)
        assert row["see_today"], day


def test_on_13_may_at_ten_his_segregation_that_morning_puts_him_first(kw, tmp_path) -> None:
    folder = tmp_path / "before_that_morning"
    folder.mkdir()
    that_morning = (f"{MR_A},SEG,2026-05-13", f"{MR_A},2026-05-13,SEG")
    for sheet in SAMPLE_DATA.glob("*.csv"):
        alive = sheet.read_text(encoding="utf-8").replace("2026-05-13,DIED", ",")
        kept = [line for line in alive.splitlines(keepends=True) if not line.startswith(that_morning)]
        (folder / sheet.name).write_text("".join(kept), encoding="utf-8")
    assert kw(["import", str(folder)]).code == 0
    at_ten = datetime(2026, 5, 13, 9, 0, tzinfo=UTC)

    said = kw(f"event add {MR_A} SEG --time 09:40", now=at_ten)

    assert said.code == 0, said.err
    assert "To be seen today: in segregation" in said.out
    assert "No key work for 49 days (7 weeks), since Wed 25 Mar 2026" in said.out
    first = json.loads(kw("overdue --format json", now=at_ten).out)["rows"][0]
    assert (first["prison_number"], first["days"], first["markers"][0]) == (MR_A, 49, "SEG")
    assert kw(f"why {MR_A}", now=at_ten).out.count("in segregation since Wed 13 May") == 1


def test_what_was_last_spoken_of_with_mr_a_and_what_never_was(fellgate) -> None:
    why = Why(fellgate, MR_A, "2026-05-12")

    assert (why.raised["FAMILY"], why.raised["SUBSTANCE"]) == ("2026-03-18", "2026-03-25")
    assert list(why.open.items()) == [
        ("BEHAVIOUR", "2026-03-30"),
        ("REGIME", "2026-03-30"),
        ("SAFETY", "2026-04-02"),
        ("LEGAL", "2026-04-20"),
        ("SENTENCE", "2026-05-08"),
    ]
    assert why.raised["LEGAL"] is None


def test_further_charges_open_legal_until_a_session_records_it(fellgate) -> None:
    assert "LEGAL" not in Why(fellgate, MR_A, "2026-04-19").open
    assert Why(fellgate, MR_A, "2026-04-20").open["LEGAL"] == "2026-04-20"

    fellgate(f"log-session {MR_A} --minutes 30 --by PQ01 --on 11/5/2026 --start 14:00 --topics legal")

    after = Why(fellgate, MR_A, "2026-05-12")
    assert "LEGAL" not in after.open
    assert after.raised["LEGAL"] == "2026-05-11"
    assert "SENTENCE" in after.open


def test_on_18_march_mr_b_is_called_for_by_his_partner_s_call_183_days_after_he_was_seen(fellgate) -> None:
    why = Why(fellgate, MR_B, "2026-03-18")

    assert (why.summary["see_today"], why.summary["tier"], why.summary["days"]) == (True, 1, 183)
    assert "relationship broken down, or contact stopped, on Wed 18 Mar" in why.today[0]
    assert why.today[0].endswith("and no key work since Tue 16 Sep 2025.")
    assert why.markers["RELATIONSHIP"]["today"] == "see today: no key work since this began"
    assert why.open["RELATIONSHIP"] == "2026-03-18"


def test_on_the_19th_and_the_20th_mr_b_is_1_and_2_days_unseen_since(kw, prison) -> None:
    mr_b(prison)
    prison.event(worlds.MR_B, "RELATIONSHIP", "2026-03-18", at="17:30")

    told = [Why(kw, worlds.MR_B, f"2026-03-{day}") for day in (18, 19, 20)]

    markers = [why.markers["RELATIONSHIP"] for why in told]
    assert [marker["days"] for marker in markers] == [0, 1, 2]
    assert {marker["today"] for marker in markers} == {"see today: no key work since this began"}
    assert [why.summary["days"] for why in told] == [183, 184, 185]


def test_mr_b_s_debt_stays_suspected(fellgate) -> None:
    debt = Why(fellgate, MR_B, "2026-03-18").markers["DEBT"]

    assert (debt["confidence"], debt["name"], debt["source"]) == ("SUSPECTED", "in debt (suspected)", "Security")
    assert "in debt (suspected)" in fellgate(f"why {MR_B} --as-of 2026-03-18").out


def test_cognitive_behavioural_therapy_is_no_session_and_leaves_mr_b_s_gap_alone(fellgate) -> None:
    before = Why(fellgate, MR_B, "2026-03-18").summary["days"]

    said = fellgate(
        f"log-session {MR_B} --type KE --minutes 90 --by OK04 --on 2026-03-17 --start 10:00 --topics substance "
        "--note 'Cognitive behavioural therapy with the substance misuse team.'"
    )

    assert said.code == 0, said.err
    after = Why(fellgate, MR_B, "2026-03-18")
    assert (before, after.summary["days"]) == (183, 183)
    assert "SUBSTANCE" in after.open


@pytest.mark.parametrize("command", ["why", "timeline"])
def test_mr_as_weeks_without_key_work_are_seen_at_a_glance_on_a_screen_alone(fellgate, tmp_path, command) -> None:
    line = f"{command} {MR_A} --as-of 2026-05-12"
    wednesdays = "Wed  " + "█ " * 12 + "░ ░ ░ ░ ░ ░"

    screen = fellgate(line, KW_WIDTH="100", screen=True).out
    assert wednesdays in screen
    assert "No key work detailed for his key worker: Mon 30 Mar to Sun 10 May." in screen
    for more in ("", "--format json", "--format csv", "--format markdown"):
        assert "░" not in fellgate(f"{line} {more}").out

    fellgate(f"{line} --output {tmp_path}/page.html")
    page = (tmp_path / "page.html").read_text()
    assert page.count('fill="#000"/>') >= 12
    assert ">!</text>" not in page
    assert "12 days with a session in 19 weeks" in page
