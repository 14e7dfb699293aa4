"""After death nothing changes what was: late entries stand beside the figures, and are in none of them."""

import json
from datetime import UTC, datetime

import pytest

from keyworker_cli.fiction import write_prison

LATE = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
FIGURES = (
    *("overdue", "budget", "budget --by wing", "stats", "compliance", "first-meetings --all", "not-met"),
    *("notes check", "caseload PQ01", "acct list", "event list", "need list", "acct reviews", "concerns"),
    *("briefing", "why A1001AA", "handover A1001AA"),
)

BESIDE = ("sessions", "freshness", "audit_lines", "audit_head")
"""What stands beside the figures: the sessions of his record, marked, and how the page came to be."""


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The sample data as files."""
    folder = tmp_path_factory.mktemp("fellgate")
    write_prison("demo", folder)
    return folder


def test_a_session_typed_long_after_his_death_is_in_no_figure_of_his(kw, files) -> None:
    kw(f"import {files}")
    before = {line: said(kw, f"{line} --as-of 2026-05-12") for line in FIGURES}

    late = kw("log-session A1001AA --minutes 20 --by PQ01 --on 2026-05-10", now=LATE)
    assert "after death" in late.err
    kw("event add A1001AA DEBT --on 2026-05-09", now=LATE)
    assert kw("acct open A1001AA --on 2026-05-09", now=LATE).out.endswith("Recorded after death.\n")
    assert kw("need add A1001AA Housing --on 2026-05-09", now=LATE).out.endswith("Recorded after death.\n")
    assert "Recorded after death." in kw("acct review A1001AA --due 2026-05-10", now=LATE).out
    assert kw("event end A1001AA BASIC --on 2026-05-09", now=LATE).code == 5

    for line, answer in before.items():
        assert said(kw, f"{line} --as-of 2026-05-12") == answer, line
    listed = json.loads(kw("event list A1001AA --as-of 2026-05-12 --format json", now=LATE).out)["rows"]
    assert [(row["code"], row["in_force"]) for row in listed if row["after_death"]] == [("DEBT", False)]


def test_it_stands_beside_them_with_what_it_would_make_of_them(kw, files) -> None:
    kw(f"import {files}")
    kw("log-session A1001AA --minutes 20 --by PQ01 --on 2026-05-10", now=LATE)

    beside = "49 days, as recorded when he died; a session recorded 202 days later would make it 3."
    why, timeline = kw("why A1001AA", now=LATE).out, kw("timeline A1001AA", now=LATE).out
    assert beside in why
    assert "he had had no key work for 49 days (7 weeks)" in why
    assert "recorded after death, not counted" in why
    assert beside in timeline
    assert "On the overdue list on 42 mornings" in timeline
    summary = json.loads(kw("why A1001AA --format json", now=LATE).out)["summary"]
    assert (summary["days"], summary["days_with_late_entries"]) == (49, 3)


def test_an_entry_of_the_evening_of_that_day_still_counts_and_one_after_midnight_does_not(kw, prison) -> None:
    prison.prisoner("A1234BC", arrived="2026-05-01")
    prison.officer("SHAH")
    kw("prisoner leave A1234BC --reason DIED --on 2026-05-12", now=datetime(2026, 5, 12, 12, 0, tzinfo=UTC))
    in_time, late = datetime(2026, 5, 12, 22, 59, tzinfo=UTC), datetime(2026, 5, 12, 23, 0, tzinfo=UTC)

    kw("log-session A1234BC --by SHAH --minutes 30 --on 2026-05-10 --start 10:00", now=late)
    assert figure(kw) == 11
    kw("log-session A1234BC --by SHAH --minutes 30 --on 2026-05-09 --start 10:00", now=in_time)
    assert figure(kw) == 3


def test_a_review_of_an_acct_is_said_to_be_late_and_asks_for_no_key_worker(kw, prison) -> None:
    prison.prisoner("A1234BC", arrived="2026-04-01")
    prison.acct("A1234BC", "2026-04-20")
    kw("prisoner leave A1234BC --reason DIED --on 2026-05-10")

    said = kw("acct review A1234BC --due 2026-04-25 --held 2026-04-25").out
    assert "Recorded after death." in said
    assert "kw allocate" not in said
    assert "recorded after death" in kw("timeline A1234BC").out


def test_where_no_moment_is_known_what_had_happened_counts(kw, tmp_path) -> None:
    (tmp_path / "prisoners.csv").write_text(
        "prison_number,arrived_on,last_name,first_name,left_on,departure_reason\n"
        "A1234BC,2026-04-01,Alder,Sam,2026-05-01,DIED\n"
    )
    (tmp_path / "key_workers.csv").write_text("staff_id,last_name,first_name\nSHAH,Shah,Nadia\n")
    (tmp_path / "sessions.csv").write_text("prison_number,staff_id,held_on,minutes\nA1234BC,SHAH,2026-04-28,30\n")
    kw(f"import {tmp_path}")
    assert figure(kw) == 3


def figure(kw) -> int:
    return int(json.loads(kw("why A1234BC --format json", now=LATE).out)["summary"]["days"])


def said(kw, line: str) -> dict:
    answer = json.loads(kw(f"{line} --format json").out)
    parts = [part for part in answer.get("sections", ()) if part["name"] not in BESIDE]
    figures = {name: value for name, value in answer["summary"].items() if name not in BESIDE}
    return {"rows": answer.get("rows"), "sections": parts, "summary": figures}


AFTERWARDS = "2026-04-01T09:00:00Z"
OF_A_FILE = {
    "allocations": ("prison_number,staff_id,allocated_on,recorded_at", f"A0001AA,KW1,2026-02-06,{AFTERWARDS}"),
    "absences": ("prison_number,reason,from,to,recorded_at", f"A0001AA,HOSPITAL,2026-03-02,2026-03-04,{AFTERWARDS}"),
    "sessions": ("prison_number,staff_id,held_on,minutes,recorded_at", f"A0001AA,KW1,2026-03-02,20,{AFTERWARDS}"),
    "events": ("prison_number,code,on,recorded_at", f"A0001AA,SELF_HARM,2026-03-02,{AFTERWARDS}"),
    "acct": ("prison_number,opened_on,recorded_at", f"A0001AA,2026-03-02,{AFTERWARDS}"),
    "acct_reviews": ("prison_number,due_on,recorded_at", f"A0001AA,2026-03-02,{AFTERWARDS}"),
    "needs": ("prison_number,raised_on,text,recorded_at", f"A0001AA,2026-03-02,Housing,{AFTERWARDS}"),
}


@pytest.mark.parametrize("name", OF_A_FILE)
def test_what_a_file_brings_after_his_death_is_in_no_figure_and_stays_readable(name, kw, prison, tmp_path) -> None:
    prison.officer("KW1")
    prison.prisoner("A0001AA", arrived="2026-01-05")
    prison.left("A0001AA", "2026-03-10", reason="DIED")
    asked = ("why A0001AA", "handover A0001AA", *(f"{line} --as-of 2026-03-09" for line in ("stats", "acct reviews")))
    before = [without_late(kw, line) for line in (*asked, "budget --as-of 2026-03-10")]

    (tmp_path / f"{name}.csv").write_text("\n".join(OF_A_FILE[name]) + "\n")
    imported = kw(f"import {tmp_path / name}.csv")

    assert f"{name}.csv: 1 row recorded after death: A0001AA" in imported.err
    assert [without_late(kw, line) for line in (*asked, "budget --as-of 2026-03-10")] == before
    told = kw("timeline A0001AA").out
    assert "57 mornings" in told
    assert "recorded after death" in told
    chronology = parts(kw, "review A0001AA")["chronology"]
    assert [row for row in chronology if row["recorded_at"] == "2026-04-01T09:00:00+00:00"] == []


def without_late(kw, line: str) -> dict:
    summary = json.loads(kw(f"{line} --format json").out)["summary"]
    return {name: value for name, value in summary.items() if name != "days_with_late_entries"}


def parts(kw, line: str) -> dict[str, list]:
    return {part["name"]: part["rows"] for part in json.loads(kw(f"{line} --format json", now=LATE).out)["sections"]}


def test_a_note_and_a_refusal_added_after_his_death_stand_apart_in_the_review(kw, prison) -> None:
    prison.officer("KW1")
    prison.prisoner("A0001AA", arrived="2026-04-01")
    prison.allocated("A0001AA", "KW1", "2026-04-02")
    prison.session("A0001AA", "KW1", "2026-04-10")
    prison.slot("KW1", "2026-04-20", status="WORKED")
    prison.left("A0001AA", "2026-05-08", reason="DIED")
    before = parts(kw, "review A0001AA")
    kw("note A0001AA --on 2026-04-10 --note 'Spoke of home.'", now=LATE)
    kw("log-session A0001AA --by KW1 --refused --on 2026-05-01", now=LATE)

    after = parts(kw, "review A0001AA")
    late = after.pop("after_death")
    assert [row["what"] for row in late] == [
        "Note of the session with Officer Kw1",
        "Refused a session with Officer Kw1",
    ]
    assert {name: rows for name, rows in after.items() if name != "sessions"} == {
        name: rows for name, rows in before.items() if name not in ("sessions", "after_death")
    }
    held = json.loads(kw("why A0001AA --format json").out)["sections"]
    (allocated,) = next(part["rows"] for part in held if part["name"] == "key_workers")
    assert allocated["acknowledged_on"] is None, "a late entry confirms nothing"


def test_a_key_worker_recorded_after_his_death_under_a_second_number_ends_no_other(kw, tmp_path) -> None:
    (tmp_path / "prisoners.csv").write_text(
        "prison_number,arrived_on,last_name,first_name,location,left_on,departure_reason,also_known_by\n"
        "A0001AA,2026-04-20,Example,Sam,B-1-001,2026-05-10,DIED,B0001BB\n"
    )
    (tmp_path / "key_workers.csv").write_text("staff_id,last_name,first_name,wing\nKW1,Ashdown,Ann,B\nKW2,Birch,Bo,B\n")
    (tmp_path / "allocations.csv").write_text(
        "prison_number,staff_id,allocated_on,ended_on,end_reason,recorded_at\n"
        "A0001AA,KW1,2026-04-20,2026-04-27,MANUAL,2026-04-20T11:00:00Z\n"
        "B0001BB,KW2,2026-04-24,2026-05-14,MANUAL,2026-05-14T15:00:00Z\n"
    )
    later = datetime(2026, 5, 20, 9, tzinfo=UTC)
    assert kw(["import", str(tmp_path)], now=later).code == 0

    for moment in ("", "--known-at 2026-05-20"):
        rows = json.loads(kw(f"budget --as-of 2026-05-12 {moment} --format json", now=later).out)["rows"]
        assert [row["required_minutes"] for row in rows if row["staff_id"] == "KW1"] == [45.0]


def test_a_key_worker_without_a_moment_still_ends_the_one_under_the_other_number(kw, tmp_path) -> None:
    (tmp_path / "prisoners.csv").write_text(
        "prison_number,arrived_on,last_name,first_name,location,left_on,departure_reason,also_known_by\n"
        "A0001AA,2026-04-01,Example,Sam,B-1-001,2026-05-10,DIED,B0001BB\n"
    )
    (tmp_path / "key_workers.csv").write_text("staff_id,last_name,first_name,wing\nKW1,Ashdown,Ann,B\nKW2,Birch,Bo,B\n")
    (tmp_path / "first.csv").write_text("prison_number,staff_id,allocated_on\nB0001BB,KW2,2026-04-24\n")
    (tmp_path / "second.csv").write_text("prison_number,staff_id,allocated_on\nA0001AA,KW1,2026-04-20\n")
    later = datetime(2026, 5, 20, 9, tzinfo=UTC)
    kw(f"import {tmp_path / 'prisoners.csv'} {tmp_path / 'key_workers.csv'}", now=later)
    for name in ("first", "second"):
        assert kw(f"import {tmp_path / name}.csv --as allocations", now=later).code == 0

    asked = "SELECT staff_id, ended_on FROM v_allocation ORDER BY allocated_on"
    rows = json.loads(kw(["query", asked, "--format", "json"], now=later).out)["rows"]
    assert [(row["staff_id"], row["ended_on"]) for row in rows] == [("KW1", "2026-04-24"), ("KW2", "2026-05-10")]


def test_a_move_recorded_after_his_death_moves_nobody(kw, prison, tmp_path) -> None:
    prison.prisoner("A0001AA", arrived="2026-01-05", location="B-1-001")
    prison.prisoner("A0002AA", arrived="2026-01-05", location="B-1-001")
    prison.left("A0001AA", "2026-03-10", reason="DIED")
    there = ("overdue", "affected A0002AA", "briefing")
    asked = (
        "affected A0001AA",
        "stats --since 2026-02-16 --until 2026-03-08",
        *(f"{one} --as-of 2026-03-09" for one in there),
    )
    before = [said(kw, line) for line in asked]
    (tmp_path / "moves.csv").write_text(
        "prison_number,moved_on,location,recorded_at\n"
        f"A0001AA,2026-02-20,SEG,{AFTERWARDS}\nA0001AA,2026-03-02,C-1-009,{AFTERWARDS}\n"
    )

    assert "moves.csv: 2 rows recorded after death: A0001AA" in kw(f"import {tmp_path}/moves.csv").err
    assert [said(kw, line) for line in asked] == before
    listed = json.loads(kw("prisoner list --all --format json").out)["rows"]
    assert {row["location"] for row in listed} == {"B-1-001"}
    assert json.loads(kw("event list A0001AA --format json").out)["rows"] == []
    assert "recorded after death" in kw("timeline A0001AA").out
