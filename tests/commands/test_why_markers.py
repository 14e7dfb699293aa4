"""`kw why`, marker by marker: to be seen today or not, what to raise, who could see him; and nobody is ranked out."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import Prison, world
from keyworker_cli.rules.codes.signals import MarkerCode

TODAY = date(2026, 5, 12)
ORDER_OF_WORK = "An order of work, not an assessment of risk."


@pytest.fixture
@world
def wing(prison):
    """Ben Ash, whose key worker has no time; Carl Birch, whose key worker has; two other officers this afternoon."""
    for staff_id, name, on_wing in [
        ("SHAH", "Nadia Shah", "B"),
        ("PARK", "Tom Park", "B"),
        ("REED", "Sue Reed", "C"),
        ("COLE", "Ann Cole", "C"),
    ]:
        prison.officer(staff_id, name=name, wing=on_wing)
    prison.prisoner("A1234BC", name="Ben Ash", arrived="2026-01-05", born="1990-01-01")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    prison.session("A1234BC", "REED", "2026-02-04", at="09:00", topics="FAMILY;REGIME")
    prison.session("A1234BC", "SHAH", "2026-05-08", at="09:00")
    prison.prisoner("B2345CD", name="Carl Birch", arrived="2026-01-05", born="1990-01-01", location="C-1-001")
    prison.allocated("B2345CD", "REED", "2026-01-06")
    for staff_id in ("PARK", "REED"):
        prison.slot(staff_id, "2026-05-12", "14:00", "16:15")
    prison.slot("COLE", "2026-05-13", "09:00", "11:15")
    return prison


def parts(kw, line: str = "why A1234BC", **context) -> dict[str, dict]:
    """The parts of one prisoner's screen by name, and its summary."""
    report = json.loads(kw(f"{line} --format json", **context).out)
    return {"summary": report["summary"]} | {section["name"]: section for section in report["sections"]}


def test_each_marker_says_since_when_until_when_from_whom_and_whether_it_calls_for_him(kw, wing) -> None:
    wing.event("A1234BC", "SELF_HARM", "2026-05-06", at="20:00", source="Wing staff", detail="cut his arm")
    wing.event("A1234BC", "DEBT", "2026-05-09", confidence="SUSPECTED", source="Security")
    wing.event("A1234BC", "EDUCATION", "2026-05-02")

    rows = parts(kw)["markers"]["rows"]

    assert rows[0] == {
        "code": "SELF_HARM",
        "name": "self-harm in custody",
        "tier": 1,
        "since": "2026-05-06",
        "at": "20:00",
        "days": 6,
        "until": "2026-06-03",
        "confidence": None,
        "detail": "cut his arm",
        "source": "Wing staff",
        "calls": True,
        "seen_since": True,
        "today": "seen Fri 8 May",
    }
    assert [(row["name"], row["source"], row["today"]) for row in rows[1:]] == [
        ("in debt (suspected)", "Security", "see today: no key work since this began"),
        ("fallen behind, or lost work or study", None, "no, priority 3"),
    ]


def test_seen_since_he_is_said_to_come_again_when_his_week_is_up(kw, wing) -> None:
    wing.event("A1234BC", "SELF_HARM", "2026-05-06", at="20:00")

    said = parts(kw)

    assert said["see_today"]["rows"][0]["sentence"] == (
        "Not to be seen today: seen on Fri 8 May, after what called for it: self-harm in custody on Wed 6 May. "
        "Unless he is seen before, to be seen from Fri 15 May 2026 while it holds."
    )
    assert (said["summary"]["see_today"], said["summary"]["tier"]) == (False, 1)
    assert parts(kw, "why A1234BC --as-of 2026-05-15")["summary"]["see_today"] is True


def test_a_prisoner_seen_within_the_limit_and_to_be_seen_today_is_on_the_list(kw, wing) -> None:
    wing.event("A1234BC", "SELF_HARM", "2026-05-10")

    said = kw("why A1234BC", KW_WIDTH="120").out

    assert "On today's list though it is only 4 days: he is to be seen today." in said
    assert "To be seen today: self-harm in custody on Sun 10 May, and no key work since Fri 8 May." in said
    assert ORDER_OF_WORK in said


def test_how_key_work_itself_stands_with_him_is_said_beside_it(kw, wing) -> None:
    wing.deallocated("B2345CD", "2026-05-01")

    sentences = [row["sentence"] for row in parts(kw, "why B2345CD")["see_today"]["rows"]]

    assert sentences == [
        "No concern is in force: his gap alone decides.",
        "Also: no key work yet, no key worker.",
    ]


def test_his_own_key_worker_is_named_first_and_then_who_knows_him_today(kw, wing) -> None:
    wing.slot("SHAH", "2026-05-14", "09:00", "11:15")

    rows = parts(kw)["who_could_see"]["rows"]

    assert [(row["key_worker"]["staff_id"], row["on"], row["relation"], row["times"]) for row in rows] == [
        ("SHAH", "2026-05-14", "own", 1),
        ("REED", "2026-05-12", "known", 1),
        ("PARK", "2026-05-12", "wing", 0),
    ]


def test_when_today_s_slots_are_over_those_of_the_next_day_are_named(kw, wing) -> None:
    evening = datetime(2026, 5, 12, 17, 0, tzinfo=UTC)

    said = kw("why A1234BC", now=evening)

    assert [row["key_worker"]["name"] for row in parts(kw, now=evening)["who_could_see"]["rows"]] == ["Ann Cole"]
    assert "Wed 13 May 2026  09:00-11:15  another wing" in said.out


def test_where_nobody_has_time_it_says_until_when_it_looked(kw, wing) -> None:
    said = kw("why A1234BC --as-of 2026-05-14").out

    assert "Nobody has a slot on the rota from then to Thu 28 May 2026." in said


def test_a_prisoner_in_hospital_is_to_be_seen_when_he_returns_and_nobody_is_named_for_today(kw, wing) -> None:
    wing.event("A1234BC", "SELF_HARM", "2026-05-10")
    wing.away("A1234BC", "2026-05-11")

    said = parts(kw)

    assert said["see_today"]["rows"][0]["sentence"].startswith("To be seen on the day he returns: self-harm")
    assert "who_could_see" not in said


def test_a_topic_is_open_until_it_is_recorded_and_those_spoken_of_follow(kw, wing) -> None:
    wing.event("A1234BC", "FURTHER_CHARGES", "2026-05-05")
    wing.event("A1234BC", "BASIC", "2026-05-06")

    rows = parts(kw)["topics"]["rows"]

    assert rows == [
        {"topic": "LEGAL", "open_since": "2026-05-05", "opened_by": ["FURTHER_CHARGES"], "last_raised_on": None},
        {"topic": "BEHAVIOUR", "open_since": "2026-05-06", "opened_by": ["BASIC"], "last_raised_on": None},
        {"topic": "REGIME", "open_since": "2026-05-06", "opened_by": ["BASIC"], "last_raised_on": "2026-02-04"},
        {"topic": "FAMILY", "open_since": None, "opened_by": [], "last_raised_on": "2026-02-04"},
    ]


def test_no_one_to_one_is_a_warning_beside_who_could_see_him(kw, wing) -> None:
    wing.event("A1234BC", "NO_ONE_TO_ONE", "2026-05-01")

    said = kw("why A1234BC")

    assert "Ben Ash (A1234BC): no one-to-one with this prisoner (RNO121), since Fri 1 May 2026" in said.err
    assert "a manager decides who sees him" in said.err


def test_nothing_of_it_is_said_of_a_prisoner_who_has_died(kw, wing) -> None:
    wing.event("A1234BC", "SELF_HARM", "2026-05-10")
    wing.left("A1234BC", "2026-05-11", "DIED")

    said = kw("why A1234BC")

    assert said.code == 0
    assert not {"see_today", "markers", "topics", "who_could_see"} & parts(kw).keys()
    assert ORDER_OF_WORK not in said.out


@pytest.mark.parametrize("ending", ["html", "md", "csv", "json", "txt"])
def test_what_happened_to_him_stays_out_of_a_file_unless_it_is_asked_for(kw, wing, tmp_path, ending) -> None:
    wing.event("A1234BC", "SELF_HARM", "2026-05-10", detail="cut his arm", source="Wing staff")
    without, asked_for = tmp_path / f"without.{ending}", tmp_path / f"with.{ending}"

    kw(f"why A1234BC --output {without}")
    kw(f"why A1234BC --with-reasons --output {asked_for}")

    left = without.read_text(encoding="utf-8").casefold()
    assert not [word for word in ("self-harm", "self_harm", "self harm", "cut his arm") if word in left]
    assert "see_today" in left if ending == "json" else ending == "csv" or "to be seen today" in left
    assert "self-harm in custody" in asked_for.read_text(encoding="utf-8")


def test_the_screen_of_one_prisoner_and_the_list_say_the_same_of_his_priority(kw, wing) -> None:
    for number, code, on in [
        ("A1234BC", "BASIC", "2026-05-01"),
        ("A1234BC", "UNDER_INFLUENCE", "2026-05-03"),
        ("B2345CD", "SEG", "2026-05-11"),
        ("B2345CD", "BEREAVEMENT", "2025-05-13"),
    ]:
        wing.event(number, code, on)

    for day in ("2026-05-11", "2026-05-12", "2026-05-15", "2026-05-20"):
        for row in json.loads(kw(f"overdue --as-of {day} --format json").out)["rows"]:
            said = parts(kw, f"why {row['prison_number']} --as-of {day}")
            assert [said["summary"][key] for key in ("tier", "see_today")] == [row["tier"], row["see_today"]]
            codes = [marker["code"] for marker in said.get("markers", {"rows": []})["rows"]]
            assert set(codes) <= set(row["markers"])


PRISONERS = ("A1111AA", "B2222BB", "C3333CC")
happenings = st.tuples(st.sampled_from(PRISONERS), st.sampled_from(list(MarkerCode)), st.integers(0, 60))


@settings(
    max_examples=12,
    deadline=None,
    # kw is only the way to type a line: each example names a database of its own.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.integers(0, 60), min_size=3, max_size=3), st.lists(happenings, min_size=1, max_size=4, unique=True))
def test_a_marker_never_lowers_a_prisoner_s_place_and_nobody_leaves_the_list_by_one(
    kw, seen_days_ago, happened
) -> None:
    with TemporaryDirectory() as folder:
        database = Path(folder) / "kw.db"
        prison = Prison(database)
        prison.officer("SHAH")
        for number, days in zip(PRISONERS, seen_days_ago, strict=True):
            prison.prisoner(number, name=f"Man {number}", arrived="2025-10-06", born="1980-02-01")
            prison.session(number, "SHAH", (TODAY - timedelta(days=days)).isoformat(), at="09:00")

        def listed() -> list[str]:
            said = kw(f"overdue --format json --db {database}")
            return [row["prison_number"] for row in json.loads(said.out)["rows"]]

        before = listed()
        for number, code, days_ago in happened:
            prison.event(number, code.value, TODAY - timedelta(days=days_ago))
            after = listed()
            assert set(before) <= set(after) <= {*before, number}
            if number in before:
                assert after.index(number) <= before.index(number)
            before = after
        prison.store.close()


def test_what_no_session_has_raised_is_said_with_since_when(kw, wing) -> None:
    wing.event("A1234BC", "DEBT", "2026-05-01")
    wing.event("A1234BC", "BASIC", "2025-12-28", until_on=date(2026, 5, 4))

    said = " ".join(kw("why A1234BC", KW_WIDTH="200").out.split())

    assert "Not yet raised: debt, since Fri 1 May." in said
    kw("log-session A1234BC --minutes 30 --by SHAH --on 11/5/2026 --start 09:00 --topics DEBT")
    assert "Not yet raised" not in kw("why A1234BC").out
