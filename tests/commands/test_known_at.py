"""What could have been known at a moment: `--known-at` shows only what had been recorded by then, as it then stood."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest

from factories import world
from keyworker_cli.fiction import write_prison
from keyworker_cli.store.changes.author import Author
from keyworker_cli.store.file.known_at import look_back
from keyworker_cli.store.schema.tables import RECORD_TABLES

AS_OF = "--as-of 12/05/2026 --format json"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
@world
def seen_late(prison):
    """A prisoner held on 4 May by his key worker, who typed it ten days later than he should have: on the 14th."""
    prison.prisoner("A1234BC", arrived="2026-04-01")
    prison.officer("SHAH")
    prison.allocated("A1234BC", "SHAH", "2026-04-02")
    prison.session("A1234BC", "SHAH", "2026-04-08", at="14:00")
    with prison.store.transaction(
        Author("shah", at("2026-05-14T09:00"), "kw log-session", date(2026, 5, 14))
    ) as change:
        late = {"person_id": 1, "key_worker_id": 1, "held_on": date(2026, 5, 4), "minutes": 45}
        change.record_session("A1234BC", late)
    return prison


def days(kw, known_at: str) -> int:
    (row,) = json.loads(kw(f"overdue {AS_OF} {known_at}").out)["rows"]
    return int(row["days"])


def test_a_late_entry_is_not_known_before_it_was_recorded_and_is_known_after(kw, seen_late) -> None:
    assert days(kw, "--known-at '13/05/2026 09:00'") == 34
    assert days(kw, "--known-at '14/05/2026 09:59'") == 34
    assert days(kw, "--known-at '14/05/2026 10:00'") == 8
    assert days(kw, "") == 8


def test_a_prisoner_is_not_known_before_he_was_recorded(kw, seen_late) -> None:
    assert kw("why A1234BC --known-at 31/03/2026").code == 4
    assert kw("why A1234BC --known-at 01/04/2026").code == 0


def test_an_allocation_that_ended_later_was_live_then(kw, seen_late) -> None:
    seen_late.deallocated("A1234BC", "2026-05-08")

    def key_worker(known_at: str) -> object:
        (row,) = json.loads(kw(f"overdue {AS_OF} --known-at {known_at}").out)["rows"]
        return row["key_worker"]

    assert key_worker("7/5/2026") == {"staff_id": "SHAH", "name": "Officer Shah"}
    assert key_worker("8/5/2026") is None


def test_a_note_that_came_later_was_not_there_then(kw, seen_late) -> None:
    session_id = seen_late.session("A1234BC", "SHAH", "2026-04-15", at="14:00")
    with seen_late.store.transaction(Author("shah", at("2026-04-16T08:00"), "kw note", date(2026, 4, 16))) as change:
        change.add_note(session_id, "A1234BC", "He spoke of his daughter.")

    def note(known_at: str) -> str | None:
        store = seen_late.store
        then = type(store)(seen_late.address, known_at=at(known_at))
        held = then.queries.sessions_of(1)
        then.close()
        return next(one.note for one in held if one.session_id == session_id)

    assert note("2026-04-15T20:00") is None
    assert note("2026-04-16T08:00") == "He spoke of his daughter."


def test_the_settings_are_those_then_in_force(kw, seen_late) -> None:
    kw("config set gap.days 10", now=at("2026-05-11T09:00"))
    kw("config set gap.days 5", now=at("2026-05-12T09:00"))

    def limit(known_at: str) -> int:
        return int(json.loads(kw(f"overdue {AS_OF} --known-at '{known_at}'").out)["settings"]["gap.days"])

    assert [limit(day) for day in ("10/05/2026", "11/05/2026", "12/05/2026")] == [7, 10, 5]


def test_known_now_a_report_answers_as_without(kw, seen_late) -> None:
    for command in ("overdue", "why A1234BC", "unallocated", "budget", "not-met", "first-meetings", "worker list"):
        plain = json.loads(kw(f"{command} {AS_OF}").out)
        known = json.loads(kw(f"{command} {AS_OF} --known-at '2026-05-20T00:00:00Z'").out)

        assert known.pop("known_at") == "2026-05-20T00:00:00+00:00"
        assert plain.pop("known_at") is None
        assert known == plain, command


def test_the_report_says_what_it_looks_back_to(kw, seen_late) -> None:
    said = kw("overdue --as-of 12/05/2026 --known-at '12/05/2026 08:15'")

    assert "as known at Tue 12 May 2026 08:15" in said.out.splitlines()[0]
    assert said.err == ""


def test_a_look_back_past_the_day_of_the_report_says_how_to_get_the_page_of_that_day(kw, seen_late) -> None:
    said = kw("overdue --as-of 12/05/2026 --known-at '05/05/2026 08:15'")

    assert "days run to Tue 12 May 2026; for the page of that day add --as-of 2026-05-05" in said.err


def test_rows_imported_without_a_recording_moment_count_from_their_import_and_that_is_said(kw, tmp_path) -> None:
    file = tmp_path / "prisoners.csv"
    file.write_text(
        "prison_number,arrived_on,last_name,first_name,recorded_at\n"
        "A1234BC,2026-04-01,Undated,Al,\n"
        "A1234BD,2026-04-01,Dated,Bo,2026-04-01T16:00:00Z\n",
        "utf-8",
    )
    kw(f"import {file}")

    before, after = (kw(f"overdue {AS_OF} --known-at '{moment}'") for moment in ("11/05/2026", "12/05/2026"))

    assert [row["name"] for row in json.loads(before.out)["rows"]] == ["Bo Dated"]
    assert len(json.loads(after.out)["rows"]) == 2
    for said in (before, after):
        assert "3 rows without a moment of recording: counted as recorded when imported" in said.err


@pytest.mark.parametrize(
    "line",
    [
        "config set gap.days 10",
        "log-session A1234BC --minutes 45 --by SHAH --on 2026-05-11",
        "deallocate A1234BC --reason MANUAL",
        "worker capacity SHAH 4",
    ],
)
def test_nothing_is_changed_in_the_past(line, kw, seen_late) -> None:
    said = kw(f"{line} --known-at yesterday")

    assert said.code == 2
    assert "--known-at is for reports" in said.err
    assert kw("audit list --format csv").out.count("governor") == 0


@pytest.mark.sqlite_file  # what stands beside the file
def test_looking_back_leaves_nothing_on_disk_and_others_may_write_after(kw, seen_late, database) -> None:
    kw("overdue --known-at 12/05/2026")

    assert [path.name for path in database.parent.iterdir()] == ["kw.db"]
    assert kw("config set gap.days 9").code == 0


@pytest.mark.sqlite_file  # SQLite's own tables say so
def test_the_record_as_it_stood_is_found_by_the_same_indexes(seen_late, database) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        look_back(connection, at("2026-05-12T00:00"))

        def indexes(schema: str) -> set[str]:
            listed = f"SELECT name FROM {schema}.sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
            return {name for (name,) in connection.execute(listed) if not name.endswith("_past_id")}

        assert indexes("temp") == indexes("main")


# --- each thing has its own moment, however it came ---


@pytest.fixture(scope="module")
def fellgate(tmp_path_factory):
    """The sample data in a database, imported in November with the moments that its files say."""
    path = tmp_path_factory.mktemp("fellgate") / "kw.db"
    write_prison("demo", path.parent / "prison")
    return path, path.parent / "prison"


def test_on_the_morning_he_was_found_each_prisoner_stands_on_the_list(kw, fellgate) -> None:
    _, files = fellgate
    assert kw(f"import {files}").code == 0

    first = answer(kw, "overdue --as-of 2026-05-13 --known-at '13 May 2026 10:00'")[0]
    assert (first["name"], first["days"], first["location"]) == ("Mr A", 49, "SEG")
    mr_b = next(
        row for row in answer(kw, "overdue --as-of 2026-03-20 --known-at '20 Mar 2026 09:00'") if row["days"] == 185
    )
    assert mr_b["name"] == "Mr B"
    not_met = answer(kw, "not-met --as-of 2026-03-20 --known-at '20 Mar 2026 09:00'")
    assert [row["days"] for row in not_met if row["name"] == "Mr B"] == [60]
    assert "Mr A" not in [
        row["name"] for row in answer(kw, "overdue --as-of 2026-05-14 --known-at '14 May 2026 10:00'")
    ]


def test_an_end_that_says_when_it_was_recorded_is_known_from_then(kw, tmp_path) -> None:
    write(
        tmp_path,
        "prisoners",
        PRISONERS + ",left_on,left_recorded_at,departure_reason",
        f"A1234BC,2026-04-01,Alder,Sam,{AT},2026-05-08,2026-05-10T09:00:00Z,RELEASE",
        f"A1234BD,2026-04-01,Birch,Tom,{AT},2026-05-08,,RELEASE",
    )
    assert kw(f"import {tmp_path}").code == 0

    def here(moment: str) -> list[str]:
        return [row["last_name"] for row in answer(kw, f"prisoner list --as-of 2026-05-12 --known-at '{moment}'")]

    assert here("8 May 2026 12:00") == ["Alder", "Birch"]
    assert here("9 May 2026 12:00") == ["Alder"]
    assert here("10 May 2026 12:00") == []


def test_a_departure_taken_back_since_changes_no_look_back_to_before_its_stay_was_recorded(kw, tmp_path) -> None:
    write(
        tmp_path,
        "prisoners",
        PRISONERS + ",left_on,left_recorded_at,departure_reason",
        "A1234BC,2026-04-01,Alder,Sam,2026-04-01T09:00:00Z,2026-04-10,2026-04-20T09:00:00Z,RELEASE",
        "A1234BC,2026-04-12,Alder,Sam,2026-04-22T09:00:00Z,2026-04-13,2026-04-13T09:00:00Z,ESCAPE",
    )
    write(tmp_path, "key_workers", "staff_id,last_name,first_name", "KW1,Ashdown,Ann")
    write(
        tmp_path,
        "allocations",
        "prison_number,staff_id,allocated_on,recorded_at",
        "A1234BC,KW1,2026-04-11,2026-04-11T09:00:00Z",
    )
    look_back = "unallocated --as-of 2026-04-16 --known-at '16 Apr 2026 10:00'"
    assert kw(f"import --yes {tmp_path}").code == 0
    assert answer(kw, look_back) == []

    assert kw("prisoner leave A1234BC --undo --why 'of somebody else'").code == 0

    assert answer(kw, look_back) == []


CORRECTED = ("2026-04-02T10:00:00Z", "2026-04-20T10:00:00Z")


def minutes_known(kw, moment: str, database: str = "") -> object:
    found = answer(kw, f"why A1234BC --as-of 2026-04-21 --known-at '{moment}' {database}", "sessions")
    return [row["minutes"] for row in found]


def test_an_imported_correction_holds_from_its_own_moment(kw, tmp_path) -> None:
    write(tmp_path, "prisoners", PRISONERS, f"A1234BC,2026-03-01,Alder,Sam,{AT}")
    write(tmp_path, "key_workers", "staff_id,last_name,first_name,recorded_at", f"SHAH,Shah,Nadia,{AT}")
    write(
        tmp_path,
        "sessions",
        "prison_number,staff_id,held_on,start,minutes,recorded_at",
        "A1234BC,SHAH,2026-04-01,14:00,10,2026-04-01T15:00:00Z",
    )
    write(
        tmp_path,
        "amendments",
        "prison_number,staff_id,held_on,start,amended_at,field,old,new,why,by",
        "A1234BC,SHAH,2026-04-01,14:00,2026-04-20T10:00:00Z,minutes,30,10,typed wrong,shah",
    )
    assert kw(f"import {tmp_path}").code == 0

    assert minutes_known(kw, "10 Apr 2026 12:00") == [30]
    assert minutes_known(kw, "21 Apr 2026 12:00") == [10]


def test_a_session_taken_out_later_still_stood_then_whether_typed_or_imported(kw, seen_late, tmp_path) -> None:
    kw('amend-session A1234BC --on 2026-04-08 --minutes 20 --why "typed 45"', now=at("2026-04-10T09:00"))
    kw('amend-session A1234BC --on 2026-04-08 --void --why "another prisoner"', now=at("2026-04-20T09:00"))
    out, other = tmp_path / "out", tmp_path / "other.db"
    assert kw(f"export {out}").code == 0
    assert kw(f"import {out} --db {other}").code == 0

    for database in ("", f"--db {other}"):
        assert minutes_known(kw, "9 Apr 2026 12:00", database) == [45]
        assert minutes_known(kw, "15 Apr 2026 12:00", database) == [20]
        assert minutes_known(kw, "20 Apr 2026 12:00", database) == []


def test_ends_that_were_typed_travel_with_an_export(kw, seen_late, tmp_path) -> None:
    kw("deallocate A1234BC", now=at("2026-05-12T09:00"))
    out, other = tmp_path / "out", tmp_path / "other.db"
    kw(f"export {out}")
    kw(f"import {out} --db {other}")

    for database in ("", f"--db {other}"):

        def worker(moment: str, where: str = database) -> object:
            (row,) = answer(kw, f"prisoner list --as-of 2026-05-12 --known-at '{moment}' {where}")
            return row["key_worker"] and row["key_worker"]["staff_id"]

        assert worker("12 May 2026 09:59") == "SHAH"
        assert worker("12 May 2026 10:01") is None


TYPED_LATER = (
    ("13 09:00", "prisoner leave A1234BC --reason TRANSFER_OUT --on 2026-05-11"),
    ("13 10:00", "prisoner away D4567EF --back --on 2026-05-08"),
    ("13 11:00", "prisoner exclude E5678FG --reason complex"),
    ("13 12:00", "event end D4567EF DEBT --on 2026-05-11"),
    ("14 09:00", "worker status SHAH sick --from 2026-05-11"),
    ("14 10:00", "worker status SHAH active"),
    ("14 11:00", "worker capacity REED 3"),
    ("14 12:00", "rota worked REED --on 2026-05-12"),
    ("15 09:00", "acct review D4567EF --held 2026-05-12 --contribution wrote"),
    ("15 10:00", "acct close D4567EF --on 2026-05-12"),
    ("15 11:00", "need done D4567EF --on 2026-05-12"),
    ("15 12:00", "config set gap.days 10"),
    ("15 13:00", "caseload REED --acknowledge"),
    ("16 09:00", "prisoner return A1234BC --on 2026-05-12 --location B-1-002"),
    ("16 10:00", "prisoner leave A1234BC --reason ESCAPE --on 2026-05-13"),
    ("16 11:00", "prisoner leave A1234BC --undo --why mistake"),
    ("16 12:00", "amend-session E5678FG --minutes 20 --why mistyped --by SHAH"),
    ("17 10:00", "deallocate D4567EF --reason MANUAL"),
    ("17 11:00", "config set gap.days 9"),
)
"""What is typed some days after it happened, on a day of May and at a time."""


@world
def fill_wing(prison) -> None:
    prison.officer("REED")  # in the order of an export, so that keys are the same
    prison.officer("SHAH")
    prison.prisoner("A1234BC", name="Sam Example", arrived="2026-01-05")
    prison.allocated("A1234BC", "SHAH", "2026-01-06")
    prison.prisoner("D4567EF", name="Dan Low", arrived="2026-02-02")
    prison.allocated("D4567EF", "REED", "2026-02-03")
    prison.away("D4567EF", "2026-05-06")
    prison.event("D4567EF", "DEBT", "2026-05-02")
    prison.acct("D4567EF", "2026-05-03")
    prison.review("D4567EF", "2026-05-10")
    prison.need("D4567EF", "2026-05-04", "see the chaplain")
    prison.prisoner("E5678FG", name="Ian Ash", arrived="2025-01-05")
    prison.allocated("E5678FG", "SHAH", "2026-01-06")
    prison.session("E5678FG", "SHAH", "2026-05-04")
    prison.slot("REED", "2026-05-12")


@pytest.mark.sqlite_file
def test_every_moment_travels_with_an_export(kw, prison, database, tmp_path) -> None:
    fill_wing(prison)
    for day, line in TYPED_LATER:
        told = kw(line, now=at(f"2026-05-{day.replace(' ', 'T')}"))
        assert told.code == 0, f"{line}: {told.err}"
    out, other = tmp_path / "out", tmp_path / "other.db"
    assert kw(f"export {out}").code == 0
    assert kw(f"import {out} --db {other}").code == 0

    for day, line in TYPED_LATER:
        moment = at(f"2026-05-{day.replace(' ', 'T')}")
        for before in (timedelta(minutes=1), timedelta()):
            assert sorted(known(other, moment - before) ^ known(database, moment - before)) == [], line


def known(path, moment: datetime) -> set[str]:
    """What each table of a file said at a moment, row by row."""
    with closing(sqlite3.connect(path)) as connection:
        look_back(connection, moment)
        return {
            f"{table.name}: {dict(zip(names, row, strict=True))}"
            for table in RECORD_TABLES
            for names in [[column.name for column in table.c if column.name != "id"]]
            for row in connection.execute(f"SELECT {', '.join(names)} FROM {table.name}")
        }


CLOSED = {
    "acct": ("acct list", "prison_number,opened_on,closed_on", "A1234BC,2026-04-01,2026-05-08"),
    "acct_reviews": ("acct reviews", "prison_number,due_on,held_on", "A1234BC,2026-05-06,2026-05-08"),
    "needs": ("need list", "prison_number,raised_on,text,closed_on", "A1234BC,2026-04-01,A form,2026-05-08"),
}


@pytest.mark.parametrize("name", CLOSED)
def test_what_was_closed_is_known_from_the_end_of_its_own_day(name, kw, tmp_path) -> None:
    report, heading, row = CLOSED[name]
    write(tmp_path, "prisoners", PRISONERS, f"A1234BC,2026-03-01,Alder,Sam,{AT}")
    write(tmp_path, name, f"{heading},recorded_at", f"{row},2026-04-01T10:00:00Z")
    assert kw(f"import {tmp_path}").code == 0

    def still_open(moment: str) -> int:
        rows = answer(kw, f"{report} --as-of 2026-05-08 --known-at '{moment}'")
        return sum(one.get("closed_on") is None and one.get("held_on") is None for one in rows)

    assert still_open("8 May 2026 12:00") == 1
    assert still_open("9 May 2026 12:00") == 0


def test_what_became_of_a_slot_is_known_from_the_end_of_its_day(kw, tmp_path) -> None:
    write(tmp_path, "prisoners", PRISONERS, f"A1234BC,2026-03-01,Alder,Sam,{AT}")
    write(tmp_path, "key_workers", "staff_id,last_name,first_name,recorded_at", f"SHAH,Shah,Nadia,{AT}")
    write(
        tmp_path,
        "rota",
        "staff_id,date,start,end,status,published_on,recorded_at",
        "SHAH,2026-05-08,09:00,11:15,WORKED,2026-05-01,2026-05-01T10:00:00Z",
    )
    assert kw(f"import {tmp_path}").code == 0

    def worked(moment: str) -> object:
        said = kw(f"budget --week 2026-W19 --as-of 2026-05-08 --known-at '{moment}' --format json")
        summary = json.loads(said.out)["summary"]
        return summary["worked_minutes"], summary["to_come_minutes"]

    assert worked("8 May 2026 12:00") == (0, 135)
    assert worked("9 May 2026 01:00") == (135, 0)


AT = "2026-03-01T09:00:00Z"
PRISONERS = "prison_number,arrived_on,last_name,first_name,recorded_at"


def write(folder, name: str, *lines: str) -> None:
    (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")


def answer(kw, line: str, section: str | None = None) -> list[dict]:
    said = kw(f"{line} --format json")
    assert said.code == 0, said.err
    found = json.loads(said.out)
    return next(one["rows"] for one in found["sections"] if one["name"] == section) if section else found["rows"]
