"""How fast a command answers, beside what a person would have used instead. Right first, then fast."""

import csv
import shutil
import sqlite3
import sys
from datetime import date
from pathlib import Path

import pytest

from benchmarks.conftest import AS_OF, BIN, ONE_CORE, SQLMODEL, TYPER, answer, kw, peak_of, run
from keyworker_cli.store.reads.compiled_sql import STATEMENTS

OVERDUE = "overdue --days 7"
UNCOUNTED = ";cell door;hatch;landing;observation panel;"
AT_MOST = {"stats": 3.0, "forecast": 3.0, "compliance": 3.0}


def asked(question: str) -> str:
    """The SQL of a question, with its values in it."""
    sql = STATEMENTS[question]
    for name, value in (
        ("as_of", f"'{AS_OF}'"),
        ("since", "'2026-05-05'"),
        ("session_min_minutes", "15"),
        ("door_places", f"'{UNCOUNTED}'"),
    ):
        sql = sql.replace(f":{name}", value)
    return sql


def rows_of(file: Path) -> list[dict[str, str]]:
    """The rows of a CSV file; none where there is no file."""
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def slow_overdue(folder: Path) -> dict[str, int]:
    """Who has gone unseen for 7 days, worked out from the CSV files the slow way: prison number to days."""
    as_of = date.fromisoformat(AS_OF)
    away, sessions, unseen = set(), {}, {}
    for row in rows_of(folder / "absences.csv"):
        if row["from"] <= AS_OF and (not row["to"] or row["to"] > AS_OF):
            away.add(row["prison_number"])
    for row in rows_of(folder / "sessions.csv"):
        counted = row["type"] in ("KS", "") and row["outcome"] in ("COMPLETED", "") and int(row["minutes"]) >= 15
        if counted and row["held_on"] <= AS_OF:
            sessions.setdefault(row["prison_number"], []).append(row["held_on"])
    for row in rows_of(folder / "prisoners.csv"):
        here = row["arrived_on"] <= AS_OF and (not row["left_on"] or row["left_on"] > AS_OF)
        excluded = row["out_of_scope_from"] and row["out_of_scope_from"] <= AS_OF
        numbers = [row["prison_number"], *filter(None, (row.get("also_known_by") or "").split(";"))]
        if here and not excluded and not away & set(numbers):
            held = [day for number in numbers for day in sessions.get(number, []) if day >= row["arrived_on"]]
            days = (as_of - date.fromisoformat(max(held, default=row["arrived_on"]))).days
            if days >= 7:
                unseen[row["prison_number"]] = days
    return unseen


def unseen_in(database: Path) -> dict[str, int]:
    """Who has gone unseen for 7 days as kw lists them; whoever is listed for today alone is left out."""
    rows = answer(kw(OVERDUE), database)["rows"]
    return {row["prison_number"]: row["days"] for row in rows if not row["away"] and row["days"] >= 7}


def test_the_list_is_right_at_every_size(demo, large, ten_years) -> None:
    for folder, database in (demo, large, ten_years):
        assert unseen_in(database) == slow_overdue(folder)


@pytest.mark.parametrize(("cores", "pinned"), [("", []), (", one core", ONE_CORE)])
def test_overdue_as_json(beside, large, cores: str, pinned: list[str]) -> None:
    """One core does it all in turn, as on a busy machine: nothing may hide behind a second one."""
    beside(
        f"overdue --format json, large{cores}",
        [*pinned, *kw(OVERDUE + " --format json")],
        "import typer",
        [*pinned, *TYPER],
        at_most=2.2,
        database=large[1],
    )


def test_overdue_as_a_table(beside, large) -> None:
    beside("overdue as a table, large", kw(OVERDUE), "import typer", TYPER, at_most=2.6, database=large[1])


def test_overdue_beside_loading_sqlmodel(beside, ten_years) -> None:
    line = kw(OVERDUE + " --format json")
    beside("overdue, 600,000 sessions", line, "import sqlmodel, typer", SQLMODEL, at_most=1.3, database=ten_years[1])


def test_overdue_with_ten_years_of_history(beside, large, ten_years) -> None:
    line = kw(OVERDUE + " --format json")
    beside(
        "overdue, ten years", line, "overdue, one year", line, at_most=1.1, database=ten_years[1], reference=large[1]
    )


def test_the_morning_page(beside, large) -> None:
    page, line = kw("briefing"), kw(OVERDUE)
    beside("briefing, large", page, "overdue, large", line, at_most=2.0, database=large[1], reference=large[1])


def test_the_morning_page_with_ten_years_of_history(beside, ten_years) -> None:
    page, line, database = kw("briefing"), kw(OVERDUE), ten_years[1]
    beside("briefing, ten years", page, "overdue, ten years", line, at_most=2.0, database=database, reference=database)


def test_help(beside) -> None:
    beside("--help", [str(BIN / "kw"), "--help"], "import typer", TYPER, at_most=3.0)


def test_version(beside) -> None:
    beside("--version", [str(BIN / "kw"), "--version"], "import typer", TYPER, at_most=0.6)


def test_tab(beside, large) -> None:
    tab = [str(BIN / "kw"), "__complete", "log-session", ""]
    beside("TAB after log-session", tab, "import typer", TYPER, at_most=0.8, database=large[1])


@pytest.mark.parametrize("size", ["demo", "large", "national"])
def test_log_session(beside, request, size: str) -> None:
    """A prisoner and an officer of the file; each run a minute later, so that each is another session."""
    database = request.getfixturevalue(size)[1]
    connection = sqlite3.connect(database)
    number = connection.execute(
        "SELECT prison_number FROM person JOIN stay ON person_id = person.id WHERE left_on IS NULL AND arrived_on < ? "
        "AND person_id NOT IN (SELECT person_id FROM absence) ORDER BY 1",
        (AS_OF,),
    ).fetchone()[0]
    staff_id = connection.execute(
        "SELECT staff_id FROM key_worker WHERE id NOT IN "
        "(SELECT key_worker_id FROM session WHERE held_on = ? AND minutes <> 1) ORDER BY 1",
        (AS_OF,),
    ).fetchone()[0]
    taken = connection.execute("SELECT count(*) FROM session WHERE minutes = 1 AND held_on = ?", (AS_OF,)).fetchone()[0]
    connection.close()
    minutes = iter(range(taken, 1400))
    line = kw(f"log-session {number} --minutes 1 --by {staff_id} --on {AS_OF} --start 10:00 --yes")

    def another() -> None:
        at = next(minutes)
        line[line.index("--start") + 1] = f"{at // 60:02}:{at % 60:02}"

    beside(
        f"log-session, {size}",
        line,
        "import sqlmodel, typer",
        SQLMODEL,
        at_most=1.3,
        database=database,
        before=another,
    )


def test_allocate(beside, nobody_allocated) -> None:
    """1,200 prisoners without a key worker, 200 officers."""
    line, overdue = kw("allocate --dry-run --format json"), kw(OVERDUE + " --format json")
    assert answer(kw("allocate --dry-run"), nobody_allocated)["summary"]["placed"] > 1_100
    beside("allocate --dry-run, 1,200 prisoners", line, "overdue", overdue, at_most=2.0, database=nobody_allocated)


def test_allocate_for_the_nation(beside, national) -> None:
    line, overdue = kw("allocate --dry-run --format json"), kw(OVERDUE + " --format json")
    beside("allocate --dry-run, national", line, "overdue", overdue, at_most=None, database=national[1], rounds=3)


def test_overdue_beside_sqlite_utils(beside, large, tmp_path) -> None:
    sql = asked("contacts")
    theirs = [str(BIN / "sqlite-utils"), "query", str(large[1]), sql]
    beside(
        "overdue, large",
        kw(OVERDUE + " --format json"),
        "sqlite-utils, same SQL",
        theirs,
        at_most=None,
        database=large[1],
    )


def test_overdue_beside_pandas(beside, large) -> None:
    theirs = [sys.executable, str(Path(__file__).with_name("overdue_in_pandas.py")), str(large[0]), AS_OF]
    listed = unseen_in(large[1])
    said = dict(line.split(",") for line in run(theirs)[1].decode().split())
    assert {number: int(days) for number, days in said.items()} == listed
    beside(
        "overdue, large",
        kw(OVERDUE + " --format json"),
        "pandas over the CSV files",
        theirs,
        at_most=None,
        database=large[1],
    )


def test_overdue_beside_a_spreadsheet(beside, large, tmp_path) -> None:
    """LibreOffice works the same list out of a sheet of the prisoners and one of their sessions, without a window."""
    sheet = tmp_path / "overdue.xlsx"
    run([sys.executable, str(Path(__file__).with_name("sheet_for_calc.py")), str(large[0]), AS_OF, str(sheet)])
    theirs = ["soffice", "--headless", "--convert-to", "csv", "--outdir", str(tmp_path), str(sheet)]
    run(theirs)
    with sheet.with_suffix(".csv").open(encoding="utf-8", newline="") as lines:
        said = {number: int(days) for number, _, days in csv.reader(lines)}
    listed = unseen_in(large[1])
    assert {number: days for number, days in said.items() if days >= 7} == listed
    line = kw(OVERDUE + " --format json")
    beside("overdue, large", line, "LibreOffice, a sheet", theirs, at_most=None, database=large[1], rounds=3)


REPORTS = (
    *("unallocated", "first-meetings", "not-met", "event list", "budget", "budget --next", "plan", "forecast"),
    *("stats", "compliance", "rota show", "prisoner list", "worker list", "need list", "notes check", "acct list"),
)


@pytest.mark.parametrize("report", REPORTS)
def test_every_other_report(beside, large, report: str) -> None:
    """Each beside the list of every morning, so that one that grows slow is seen."""
    line, database = kw(report + " --format json"), large[1]
    overdue = kw(OVERDUE + " --format json")
    beside(
        f"{report}, large", line, "overdue, large", overdue, at_most=AT_MOST.get(report), database=database, rounds=5
    )


@pytest.mark.parametrize(
    ("report", "of_whom"), [("why", "prison_number"), ("timeline", "prison_number"), ("caseload", "key_worker")]
)
def test_one_person(beside, large, report: str, of_whom: str) -> None:
    whom = answer(kw(OVERDUE), large[1])["rows"][0][of_whom]
    line = kw(f"{report} {whom if isinstance(whom, str) else whom['staff_id']} --format json")
    overdue = kw(OVERDUE + " --format json")
    beside(f"{report} of one, large", line, "overdue, large", overdue, at_most=None, database=large[1], rounds=5)


@pytest.mark.parametrize("line", [OVERDUE, "allocate --dry-run"])
def test_a_small_prison(beside, demo, line: str) -> None:
    """Here nearly all the time is that of starting."""
    beside(f"{line}, demo", kw(line + " --format json"), "import typer", TYPER, at_most=None, database=demo[1])


def test_import_of_a_small_prison(beside, demo, tmp_path) -> None:
    """All its files into no database yet: beside the start-up, which is most of it."""
    folder, database = demo[0], tmp_path / "kw.db"
    beside(
        "import of all files, demo",
        [str(BIN / "kw"), "--as-of", AS_OF, "import", str(folder)],
        "import sqlmodel, typer",
        SQLMODEL,
        at_most=None,
        database=database,
        before=lambda: database.unlink(missing_ok=True),
    )
    assert counted(database, "session") == len(rows_of(folder / "sessions.csv"))


@pytest.mark.parametrize(("prison", "rounds"), [("ten_years", 3), ("national", 1)])
def test_import(beside, request, tmp_path, prison: str, rounds: int) -> None:
    """Beside the sqlite3 program's own .import into a table with the same indexes; both begin without a session."""
    folder, _ = request.getfixturevalue(prison)
    database, others, plain = tmp_path / "kw.db", tmp_path / "others.db", tmp_path / "plain.db"
    first = (folder / f"{name}.csv" for name in ("settings", "prisoners", "key_workers", "absences"))
    run(
        [
            str(BIN / "kw"),
            "--db",
            str(others),
            "--as-of",
            AS_OF,
            "import",
            *(str(file) for file in first if file.exists()),
        ]
    )
    sessions = folder / "sessions.csv"
    with sessions.open(encoding="utf-8") as file:
        header = file.readline().strip()
    script = (
        f"CREATE TABLE s ({header});"
        " CREATE UNIQUE INDEX a ON s (prison_number, held_on, start, staff_id, type);"
        " CREATE INDEX b ON s (staff_id, held_on);"
    )

    def empty() -> None:
        shutil.copy(others, database)
        plain.unlink(missing_ok=True)
        run(["sqlite3", str(plain), script])

    line = [str(BIN / "kw"), "--as-of", AS_OF, "import", str(sessions)]
    theirs = ["sqlite3", str(plain), ".mode csv", f".import --skip 1 {sessions} s"]
    figure = beside(
        f"import of sessions, {prison}",
        line,
        "sqlite3 .import, indexed table",
        theirs,
        at_most=5.0,
        database=database,
        before=empty,
        rounds=rounds,
    )
    rows = counted(plain, "s")
    assert counted(database, "session") == rows
    assert rows / figure.ours >= 30_000
    empty()
    assert peak_of(line, database) < (1_000 if prison == "national" else 500)


def counted(database: Path, table: str) -> int:
    """How many rows a table has, as the sqlite3 program says."""
    return int(run(["sqlite3", str(database), f"SELECT count(*) FROM {table}"])[1])


def test_overdue_of_the_nation(beside, national) -> None:
    """87,000 prisoners, beside the sqlite3 program with the same SQL and the start-up of kw."""
    script = "".join(asked(question) + ";\n" for question in ("contacts", "rota_since", "latest_slots", "next_slots"))
    theirs = ["sh", "-c", f'{BIN}/kw --version >/dev/null; exec sqlite3 {national[1]} "$1" >/dev/null', "sh", script]
    line = kw(OVERDUE + " --format json")
    beside(
        "overdue, national",
        line,
        "sqlite3, same SQL, and start-up",
        theirs,
        at_most=3.0,
        database=national[1],
        rounds=3,
    )
