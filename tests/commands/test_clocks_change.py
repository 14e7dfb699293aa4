"""Times that do not exist, or exist twice: the clocks go forward on 29 March 2026, and back on 25 October 2026."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from commands.csv_folder import CsvFolder
from databases import written
from factories import world
from keyworker_cli.rules.settings import Settings

SKIPPED = "there was no 01:30 on Sun 29 Mar 2026, the clocks went forward"
IN_MARCH = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)
IN_OCTOBER = datetime(2026, 10, 26, 9, 0, tzinfo=UTC)


@pytest.fixture
@world
def wing(prison):
    """Mr A with Officer Shah, here since January."""
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.prisoner("B2345CD", arrived="2026-01-05", name="Sam Brook", location="B-1-003")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    return prison


@pytest.mark.parametrize(
    "line",
    [
        "log-session A1234BC --minutes 30 --by SHAH --on 2026-03-29 --start 01:30",
        "event add A1234BC SELF_HARM --on 2026-03-29 --time 01:30",
        "prisoner move A1234BC SEG --on 2026-03-29 --time 01:30",
        "overdue --known-at 2026-03-29T01:30",
    ],
)
def test_a_time_that_the_clocks_skipped_is_refused(kw, wing, database, line):
    before = written(database)

    told = kw(line)

    assert (told.code, told.out) == (2, "")
    assert SKIPPED in told.err
    assert "write a time before 01:00 or from 02:00 on" in told.err
    assert written(database) == before


@pytest.mark.parametrize(
    "line",
    [
        "rota publish SHAH --on 2027-03-28 --from 01:00 --to 01:45",
        "rota publish SHAH --on 2027-03-28 --from 00:15 --to 01:30",
        "rota publish SHAH --weekly 'sun 01:00-01:45' --until 2027-04-10",
    ],
)
def test_a_slot_at_a_time_that_the_clocks_skip_is_refused(kw, wing, database, line):
    before = written(database)

    told = kw(line)

    assert told.code == 2, told
    assert "the clocks went forward" in told.err
    assert written(database) == before


def test_a_session_is_not_corrected_to_a_start_that_the_clocks_skipped(kw, wing, database):
    wing.session("A1234BC", "SHAH", "2026-03-29", at="00:40")
    before = written(database)

    told = kw("amend-session A1234BC --start 01:30 --why mistyped", now=IN_MARCH)

    assert (told.code, told.out) == (2, "")
    assert SKIPPED in told.err
    assert written(database) == before


@pytest.mark.parametrize(
    ("name", "header", "row", "column"),
    [
        ("sessions", "prison_number,staff_id,held_on,start,minutes", "A1234BC,SHAH,2026-03-29,01:30,30", "start"),
        ("events", "prison_number,code,on,time", "A1234BC,SELF_HARM,2026-03-29,01:30", "time"),
        ("moves", "prison_number,moved_on,location,moved_at", "A1234BC,2026-03-29,SEG,01:30", "moved_at"),
        ("rota", "staff_id,date,start,end", "SHAH,2026-03-29,01:30,03:00", "start"),
        ("rota", "staff_id,date,start,end", "SHAH,2026-03-29,00:30,01:30", "end"),
    ],
)
def test_an_imported_time_that_the_clocks_skipped_is_named_with_row_and_column(
    kw, wing, database, tmp_path, name, header, row, column
):
    folder = CsvFolder(tmp_path / "files").csv(name, header, row)
    before = written(database)

    told = kw(f"import {folder.path}")

    assert told.code == 6
    assert f"{name}.csv line 2, {column}: {SKIPPED}" in told.err
    assert written(database) == before


def test_a_time_that_comes_twice_in_october_is_taken_as_it_stands(kw, wing):
    assert kw("log-session A1234BC --minutes 30 --by SHAH --on 2026-10-25 --start 01:30", now=IN_OCTOBER).code == 0
    assert kw("event add A1234BC SELF_HARM --on 2026-10-25 --time 01:30", now=IN_OCTOBER).code == 0
    assert kw("prisoner move A1234BC SEG --on 2026-10-25 --time 01:30", now=IN_OCTOBER).code == 0


def test_a_session_over_the_change_ends_when_its_minutes_have_passed(kw, wing):
    said = kw("log-session A1234BC --minutes 45 --by SHAH --on 2026-03-29 --start 00:40", now=IN_MARCH)
    assert "00:40–02:25" in said.out

    during = kw("log-session B2345CD --minutes 30 --by SHAH --on 2026-03-29 --start 02:10", now=IN_MARCH)
    after = kw("log-session B2345CD --minutes 30 --by SHAH --on 2026-03-29 --start 02:25", now=IN_MARCH)

    assert "was then with" in during.err
    assert after.code == 0


def test_after_an_hour_that_came_twice_an_officer_is_free_again_by_the_clock(kw, wing):
    kw("log-session A1234BC --minutes 90 --by SHAH --on 2026-10-25 --start 00:40", now=IN_OCTOBER)

    after = kw("log-session B2345CD --minutes 30 --by SHAH --on 2026-10-25 --start 02:00", now=IN_OCTOBER)

    assert after.code == 0


NIGHTS = [("2026-03-28", 90), ("2026-03-29", 30), ("2026-10-24", 90), ("2026-10-25", 150)]


@pytest.mark.parametrize(("on", "minutes"), NIGHTS)
def test_a_slot_over_the_change_is_told_with_the_minutes_that_pass(kw, wing, on, minutes):
    before = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

    said = kw(f"rota publish SHAH --on {on} --from 00:45 --to 02:15", now=before)

    assert f"{minutes} minutes" in said.out, said


@pytest.mark.parametrize(("on", "minutes"), NIGHTS)
def test_a_slot_over_the_change_counts_the_minutes_that_pass_in_every_report(kw, wing, on, minutes):
    wing.slot("SHAH", on, "00:45", "02:15", status="WORKED")
    night = datetime.fromisoformat(f"{on}T23:00Z")

    week = json.loads(kw(f"rota show --week {on} --format json", now=night).out)
    budget = json.loads(kw(f"budget --week {on} --format json", now=night).out)

    assert [row["worked_minutes"] for row in week["rows"]] == [minutes]
    assert budget["summary"]["worked_minutes"] == minutes


@pytest.mark.parametrize(("on", "minutes"), NIGHTS)
def test_the_statements_count_a_slot_over_the_change_as_the_rule_does(wing, on, minutes):
    """Its worked time tells a prisoner whom the rota left out from one whom nobody saw in the time there was."""
    day = date.fromisoformat(on)
    wing.slot("SHAH", on, "00:45", "02:15", status="WORKED")

    (since,) = wing.store.queries.rota_since(as_of=day, settings=Settings(gap_days=0))
    (officer,) = wing.store.queries.officers(as_of=day - timedelta(days=1))

    assert (since.worked_minutes, officer.minutes_ahead) == (minutes, minutes)


def test_a_slot_of_which_the_change_leaves_too_little_is_refused(kw, wing):
    before = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

    spring = kw("rota publish SHAH --on 2026-03-29 --from 00:50 --to 02:00", now=before)
    autumn = kw("rota publish SHAH --on 2026-10-25 --from 01:50 --to 02:00", now=before)

    assert (spring.code, "lasts 10 minutes" in spring.err) == (5, True)
    assert autumn.code == 5


def test_the_plan_of_a_night_over_the_change_gives_each_session_its_minutes(kw, wing):
    wing.slot("SHAH", "2026-03-29", "00:30", "03:00")
    early = datetime(2026, 3, 28, 9, 0, tzinfo=UTC)

    planned = json.loads(kw("plan --date 2026-03-29 --format json", now=early).out)

    assert [(row["start"], row["end"]) for row in planned["rows"]] == [("00:30", "02:15"), ("02:15", "03:00")]
