"""One order of work in every list of the prison of 600: the same prisoners, in the same order, with the same count."""

import io
import json
import math
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from keyworker_cli.cli import Environment, main
from keyworker_cli.fiction import write_prison
from render.reading_back import sheets

MORNING = datetime(2026, 5, 12, 7, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def answer(tmp_path_factory):
    """Ask the standard prison on 12 May 2026."""
    folder = tmp_path_factory.mktemp("standard")
    write_prison("standard", folder / "files")

    def ask(line: str, at: datetime = MORNING) -> str:
        line = line.replace("FOLDER", str(folder))
        out, err = io.StringIO(), io.StringIO()
        there = Environment(at, out, err, {"KW_USER": "governor", "KW_DB": str(folder / "kw.db")}, io.StringIO())
        assert main(line.split(), there) == 0, err.getvalue()
        return out.getvalue()

    ask(f"import {folder / 'files'}")
    return ask


@pytest.fixture(scope="module")
def overdue(answer) -> dict:
    return json.loads(answer("overdue --format json"))


@pytest.fixture(scope="module")
def page(answer) -> dict:
    sections = json.loads(answer("briefing --format json"))["sections"]
    return {section["name"]: section for section in sections}


@pytest.fixture(scope="module")
def plan(answer) -> dict:
    return json.loads(answer("plan --format json"))


def numbers(rows) -> list[str]:
    return [row["prison_number"] for row in rows]


def test_the_first_25_are_the_same_in_overdue_on_the_page_and_in_the_plan(overdue, page, plan) -> None:
    first = numbers(overdue["rows"])[:25]

    assert numbers(page["see_today"]["rows"])[:25] == first
    assert set(first) <= set(numbers(plan["rows"]))


def test_all_to_be_seen_today_stand_in_one_order_planned_or_left_out(overdue, page, plan) -> None:
    called = [row for row in overdue["rows"] if row["see_today"]]
    left_out = [row for row in plan["summary"]["left_out"] if row["see_today"]]
    order = numbers(called)

    assert numbers(page["see_today"]["rows"]) == order
    assert numbers(left_out) == [number for number in order if number not in numbers(plan["rows"])]
    assert len([row for row in plan["rows"] if row["see_today"]]) + len(left_out) == len(called)


def test_they_are_counted_alike_everywhere_csv_included(answer, overdue, page) -> None:
    counted = overdue["summary"]["see_today"]
    csv = answer("overdue --format csv").splitlines()
    at = csv[0].split(",").index("state")

    assert counted == page["see_today"]["summary"]["see_today"] > 50
    assert len(csv) - 1 == overdue["summary"]["listed"] + overdue["summary"]["away"] + sum(
        row["state"] == "ok" for row in overdue["rows"]
    )
    assert sum(line.split(",")[at] == "ok" for line in csv[1:]) == overdue["summary"]["see_today_within"] > 10
    planned = overdue["summary"]["see_today_proposed"]
    assert f"To be seen today: {counted}, " in answer("overdue --limit 1")
    assert f"{counted}; somebody has time for {planned} (proposed: kw plan --save keeps it)." in answer("briefing")


def test_whoever_has_a_new_concern_is_printed_on_the_page(answer, overdue) -> None:
    new = [row for row in overdue["rows"] if row["new"]]
    said = answer("briefing")

    assert new == overdue["rows"][: len(new)]
    assert len(new) >= 5
    assert [row["name"] for row in new if row["name"] not in said] == []


def test_each_prisoner_planned_has_the_same_officer_and_time_in_the_plan_overdue_and_on_the_page(
    overdue, page, plan
) -> None:
    planned = {row["prison_number"]: (row["key_worker"]["staff_id"], row["start"]) for row in plan["rows"]}

    for rows in (overdue["rows"], page["see_today"]["rows"]):
        with_somebody = {row["prison_number"]: row for row in rows if row["planned_with"]}
        assert {row["plan"] for row in with_somebody.values()} == {"proposed"}
        assert all(
            (row["planned_with"]["staff_id"], row["planned_at"]) == planned[number]
            for number, row in with_somebody.items()
        )
    assert len([row for row in overdue["rows"] if row["planned_with"]]) == plan["summary"]["planned"] > 20


def test_it_says_what_it_would_take_to_see_the_others(overdue, answer) -> None:
    summary = overdue["summary"]
    called = [row for row in overdue["rows"] if row["see_today"] and "NO_ONE_TO_ONE" not in row["markers"]]
    left = [row for row in called if not row["planned_with"]]
    said = re.search(r"other (\d+): it would take (\d+) more slots; wings [A-E] \d+, ", answer("overdue --limit 1"))

    assert len(left) == summary["see_today_without_time"] > 50
    assert summary["more_slots"] == math.ceil(len(left) / 3)
    assert said is not None
    assert (int(said[1]), int(said[2])) == (len(left), summary["more_slots"])


# --- every list, on three mornings ---


@pytest.fixture(scope="module", params=["2026-05-12", "2026-03-03", "2025-12-20"])
def morning(request, answer):
    """Ask the standard prison on a morning: a Tuesday, one in March, and a Saturday before Christmas."""
    at = datetime.fromisoformat(f"{request.param}T07:15+00:00")
    return lambda line: answer(f"{line} --as-of {request.param}", at)


def sections(said: str) -> dict:
    return {section["name"]: section for section in json.loads(said)["sections"]}


def in_spreadsheet(path: Path) -> list[str]:
    """The prison numbers of the list in a spreadsheet, in its order."""
    (found,) = [rows for rows in sheets(path.read_bytes()).values() if any("Number" in row for row in rows)]
    at = next(at for at, row in enumerate(found) if "Number" in row)
    place = found[at].index("Number")
    return [row[place] for row in found[at + 1 :] if re.fullmatch(r"[A-Z]\d{4}[A-Z]{2}", str(row[place]))]


def test_each_list_has_the_same_count_and_order_every_morning(morning) -> None:
    overdue = json.loads(morning("overdue --format json"))
    briefing = json.loads(morning("briefing --format json"))
    page = {section["name"]: section for section in briefing["sections"]}
    plan = json.loads(morning("plan --format json"))
    summary, rows, called = overdue["summary"], overdue["rows"], page["see_today"]
    order = numbers(rows)

    assert called["summary"]["see_today"] == summary["see_today"] > 25
    assert numbers(called["rows"])[:25] == order[:25]
    assert (
        page["longest_gaps"]["summary"]["listed"] == page["overdue_by_wing"]["summary"]["listed"] == summary["listed"]
    )
    assert summary["listed"] + summary["see_today_within"] + summary["away"] == len(rows)
    same = ("see_today", "listed", "due", "overdue", "serious", "away", "longest_gap_days")
    assert {key: briefing["summary"][key] for key in same} == {key: summary[key] for key in same}
    assert plan["summary"]["away"] == summary["away"]

    planned, left_out = numbers(plan["rows"]), numbers(plan["summary"]["left_out"])
    assert {*planned, *left_out} == {row["prison_number"] for row in rows if not row["away"]}
    assert left_out == [number for number in order if number in {*left_out}]
    assert len(order) - summary["away"] == plan["summary"]["men"] + plan["summary"]["for_a_manager"]


def test_each_way_out_has_the_same_rows_every_morning(morning, tmp_path) -> None:
    rows = json.loads(morning("overdue --format json"))["rows"]
    order = numbers(rows)

    for kind, comma in (("csv", ","), ("tsv", "\t")):
        lines = morning(f"overdue --format {kind}").splitlines()
        assert [line.split(comma)[0] for line in lines[1:]] == order
    assert [json.loads(line)["prison_number"] for line in morning("overdue --format ndjson").splitlines()] == order
    shown = re.findall(r"\b[A-Z]\d{4}[A-Z]{2}\b", morning("overdue"))
    assert shown == order
    assert f"and {len(order) - 25:,} more" in morning("overdue --limit 25")

    morning(f"overdue --output {tmp_path / 'list.xlsx'}")
    assert in_spreadsheet(tmp_path / "list.xlsx") == order


def test_a_caseload_and_the_forecast_count_as_the_list_does(morning) -> None:
    overdue = json.loads(morning("overdue --format json"))
    by_worker: dict[str, list[dict]] = {}
    for row in overdue["rows"]:
        if row["key_worker"]:
            by_worker.setdefault(row["key_worker"]["staff_id"], []).append(row)
    busiest = sorted(by_worker, key=lambda staff_id: (-len(by_worker[staff_id]), staff_id))[:3]
    for staff_id in busiest:
        sheet = json.loads(morning(f"caseload {staff_id} --format json"))
        his = [row for row in by_worker[staff_id] if not row["away"]]
        listed = [row for row in his if row["state"] != "ok"]
        assert sum(sheet["summary"][state] for state in ("due", "overdue", "serious")) == len(listed)
        assert numbers(sheet["rows"])[: len(his)] == numbers(his)

    forecast = sections(morning("forecast --format json"))["men"]["summary"]
    over = [row for row in overdue["rows"] if row["state"] in ("overdue", "serious")]
    assert forecast["over_already"] == len([row for row in over if not row["away"]])
    assert forecast["over_and_away"] == len([row for row in over if row["away"]])
