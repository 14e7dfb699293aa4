"""`kw query`: questions of one's own over the views, which say what the lists say (help: query)."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import keyworker_cli
from databases import everything
from keyworker_cli.fiction import write_prison

SECRETS = ("SELECT note FROM session", "WITH v_gap AS (SELECT note AS n FROM session) SELECT n FROM v_gap")


def rows(said) -> list[dict]:
    assert said.code == 0, said.err
    return json.loads(said.out)["rows"]


@pytest.fixture
def filled(kw, tmp_path):
    """The demo prison, in whatever the tests are run on."""
    write_prison("demo", tmp_path / "prison")
    assert kw(["import", str(tmp_path / "prison")]).code == 0
    return kw


@pytest.mark.parametrize("day", ["2026-05-12", "2026-04-13", "2026-03-20", "2025-12-25"])
@pytest.mark.parametrize("setting", ["gap.days 7", "gap.days 14", "session.min_minutes 45"])
def test_the_gaps_are_those_of_the_overdue_list(filled, day, setting) -> None:
    assert filled(f"config set {setting}").code == 0
    listed = rows(filled(f"overdue --as-of {day} --format json"))
    days = int(setting.split()[1]) if "gap" in setting else 7

    view = rows(filled(["query", f"SELECT * FROM v_gap WHERE days >= {days}", "--as-of", day, "--format", "json"]))

    def of_list(row):
        worker, by = row["key_worker"] or {}, row["last_session_by"] or {}
        return (
            *(row["prison_number"], row["days"], row["state"], row["location"], row["wing"]),
            *(row["last_session_on"], worker.get("staff_id"), bool(row["away"]), row["never_seen"], by.get("name")),
        )

    def of_view(row):
        who = row["last_session_by"]
        by = " ".join(reversed(who.split(", "))) if who else None
        return (
            *(row["prison_number"], row["days"], row["state"], row["location"], row["wing"]),
            *(row["last_session_on"], row["staff_id"], bool(row["away"]), row["never_seen"] == "yes", by),
        )

    assert sorted(map(of_view, view), key=str) == sorted(
        (of_list(row) for row in listed if row["days"] >= days), key=str
    )


def test_what_was_known_then_is_what_a_question_of_then_is_answered_with(filled) -> None:
    line = ["query", "SELECT prison_number, days FROM v_gap ORDER BY 1", "--as-of", "2026-05-12", "--format", "json"]
    listed = filled("overdue --days 1 --as-of 2026-05-12 --known-at '2026-04-20 10:00' --format json")
    known = {row["prison_number"]: row["days"] for row in rows(listed) if row["days"] >= 1}

    answered = rows(filled([*line, "--known-at", "2026-04-20 10:00"]))

    assert {row["prison_number"]: row["days"] for row in answered if row["days"] >= 1} == known


def test_the_counted_sessions_are_those_that_stats_counts(filled) -> None:
    sql = "SELECT count(*) AS n FROM v_session WHERE counted = 'yes' AND held_on BETWEEN '2026-04-13' AND '2026-05-10'"
    stats = json.loads(filled("stats --since 2026-04-13 --until 2026-05-10 --as-of 2026-05-12 --format json").out)
    excluded = (
        "AND NOT EXISTS (SELECT 1 FROM v_prisoner AS p "
        "WHERE p.prison_number = v_session.prison_number AND p.out_of_scope_from <= held_on)"
    )

    assert rows(filled(["query", f"{sql} {excluded}", "--as-of", "2026-05-12", "--format", "json"])) == [
        {"n": stats["summary"]["sessions"]}
    ]


def test_a_prisoner_an_officer_and_an_event_are_said_in_words(kw, prison) -> None:
    prison.officer("SHAH", name="Nadia Shah", wing="B", login="nshah")
    prison.prisoner("A1111BC", arrived="2026-01-05", name="Sam Alder", location="B-1-004")
    prison.allocated("A1111BC", "SHAH", "2026-01-06")
    prison.session("A1111BC", "SHAH", "2026-05-04", at="09:05", minutes=20, place="cell door")
    assert kw("event add A1111BC BULLIED --on 2026-05-06").code == 0

    def ask(sql):
        return rows(kw(["query", sql, "--format", "json"]))

    (prisoner,) = ask("SELECT * FROM v_prisoner")
    assert (prisoner["last_name"], prisoner["wing"], prisoner["here"], prisoner["arrived_by"]) == (
        "Alder",
        "B",
        "yes",
        "reception",
    )
    assert (prisoner["staff_id"], prisoner["key_worker"], prisoner["left_on"]) == ("SHAH", "Shah, Nadia", None)
    (officer,) = ask("SELECT * FROM v_key_worker")
    assert (officer["status"], officer["capacity"], officer["prisoners"]) == ("active", 6, 1)
    (session,) = ask("SELECT * FROM v_session")
    assert (session["start"], session["minutes"], session["counted"]) == ("09:05", 20, "no")
    (event,) = ask("SELECT code, day, time FROM v_event")
    assert event == {"code": "BULLIED", "day": "2026-05-06", "time": None}
    (held,) = ask("SELECT allocated_as, ended_on FROM v_allocation")
    assert held == {"allocated_as": "manual", "ended_on": None}


@pytest.mark.parametrize(("day", "minutes"), [("2026-03-28", 150), ("2026-03-29", 90), ("2026-10-25", 210)])
def test_a_slot_over_a_clock_change_has_the_minutes_that_pass(day, minutes, kw, prison) -> None:
    prison.officer("SHAH", wing="B")
    prison.slot("SHAH", day, "00:30", "03:00")

    (slot,) = rows(kw(["query", 'SELECT start, "end", minutes FROM v_slot', "--as-of", day, "--format", "json"]))

    assert slot == {"start": "00:30", "end": "03:00", "minutes": minutes}


@pytest.mark.sqlite_file
@pytest.mark.parametrize("sql", SECRETS)
def test_no_question_reads_what_is_no_view(filled, sql) -> None:
    said = filled(["query", sql])

    assert (said.code, said.out) == (2, "")
    assert "only the views can be read, and nothing can be changed." in said.err


@pytest.mark.parametrize(
    "sql",
    [
        *("DELETE FROM session", "UPDATE v_gap SET days = 0", "DROP VIEW v_gap", "SELECT 1; DELETE FROM audit"),
        *("SELECT 1; COMMIT; DELETE FROM v_gap", "CREATE TABLE mine (a INT)", "", "   ", "SELEC 1"),
        "SELECT * FROM v_nothing",
    ],
)
def test_whatever_is_asked_nothing_is_changed(filled, database, sql) -> None:
    before = everything(database)

    said = filled(["query", sql])

    assert (said.code, said.out) == (2, "")
    assert len(said.err.splitlines()) == 2
    assert everything(database) == before


def test_columns_of_one_name_and_values_of_any_kind_are_told_apart(filled) -> None:
    said = filled(["query", "SELECT 1 AS a, 'x%y' AS a, NULL AS b, 2.5 AS \"c.d\"", "--format", "json"])

    assert rows(said) == [{"a": 1, "a_2": "x%y", "b": None, "c_d": 2.5}]


def test_the_question_comes_from_stdin_and_fail_says_that_there_is_an_answer(filled) -> None:
    said = filled("query - --fail --format csv", typed="SELECT 'E' AS wing")

    assert (said.code, said.out) == (3, "wing\nE\n")


def test_bare_it_lists_the_views_and_their_columns(filled) -> None:
    listed = {row["view"]: row["columns"] for row in rows(filled("query --format json"))}

    assert list(listed) == ["v_prisoner", "v_key_worker", "v_allocation", "v_session", "v_slot", "v_event", "v_gap"]
    for view, columns in listed.items():
        answered = rows(filled(["query", f"SELECT * FROM {view} LIMIT 1", "--format", "json"]))
        assert [list(row) for row in answered] == [columns]
    assert "note" not in {column for columns in listed.values() for column in columns}


@pytest.mark.sqlite_file
def test_the_page_says_to_other_programs_what_they_can_run(filled, database) -> None:
    """What the page shows of sqlite3, pandas, DuckDB and datasette: its SQL runs on the file, its metadata fits it."""
    page = (Path(keyworker_cli.__file__).parent / "topics" / "query.md").read_text(encoding="utf-8")
    shown = page.partition("Other programs")[2]
    shared = json.loads(re.search(r"\{.*\}", shown, re.DOTALL)[0])["databases"]["kw"]
    with closing(sqlite3.connect(database)) as connection:
        for sql in re.findall(r'"(?:ATTACH [^;]*; )?(SELECT [^"]+)"', shown):
            connection.execute(sql.replace("kw.v_", "v_").replace("'overdue.csv'", "v_gap")).fetchall()
        for name, view in shared["tables"].items():
            columns = {column[0] for column in connection.execute(f"SELECT * FROM {name}").description}
            assert view["allow"]
            assert {view[key] for key in ("sort_desc",) if key in view} <= columns

    assert list(shared["tables"]) == [row["view"] for row in rows(filled("query --format json"))]
    assert (shared["allow"], shared["allow_sql"]) == (False, False)
    assert len(re.findall(r"SELECT", shown)) >= 3
