"""Every row is accounted for: what is altered behind kw's back is found, imported or typed, live or past, and named."""

import json
import re
from pathlib import Path

import pytest

from commands.csv_folder import SESSIONS, CsvFolder
from databases import Address, rows, tamper


@pytest.fixture
def recorded(kw, tmp_path, database) -> Address:
    """A prison that was imported, and in which something was typed, changed and planned since."""
    record(kw, tmp_path)
    return database


def record(kw, tmp_path: Path) -> None:
    folder = CsvFolder(tmp_path / "fellgate")
    days = [("A1234BC", 1), ("A1234BC", 5), ("B2345CD", 2), ("B2345CD", 6)]
    held = [f"{prisoner},SHAH,2026-05-0{day},09:30,45,He spoke of it." for prisoner, day in days]
    folder.csv("sessions", SESSIONS, *held)
    ended = "A1234BC,SHAH,2026-01-06,2026-03-01,MANUAL"
    live = ("A1234BC,OKAFOR,2026-03-01,,", "B2345CD,SHAH,2026-02-06,,")
    folder.csv("allocations", "prison_number,staff_id,allocated_on,ended_on,end_reason", ended, *live)
    slots = ("SHAH,2026-05-12,09:00,11:15,REDEPLOYED", "OKAFOR,2026-05-12,09:00,11:15,PUBLISHED")
    folder.csv("rota", "staff_id,date,start,end,status", *slots)
    folder.csv("events", "prison_number,code,on", "A1234BC,DEBT,2026-05-01", "B2345CD,BASIC,2026-05-02")
    folder.csv("acct", "prison_number,opened_on", "A1234BC,2026-05-03")
    for line in (
        f"import {folder.path}",
        "log-session A1234BC --minutes 45 --on 2026-05-11 --by SHAH",
        "config set gap.days 9",
        "prisoner move A1234BC B-3-001",
        "plan --save",
    ):
        said = kw(line, KW_AS_OF="2026-05-12")
        assert said.code == 0, (line, said.err)
    folder.csv("sessions", SESSIONS, *[one.replace(",45,", ",50,") for one in held[:1]])
    assert kw(f"import {folder.path / 'sessions.csv'}").code == 0
    assert kw("audit verify").code == 0


def copied(table: str, **values: str) -> str:
    """A row of a table again, but for what is said of it: a forged one."""
    columns = {
        "session": "person_id, key_worker_id, held_on, start_minute, type, minutes, outcome, mode",
        "setting": "key, value",
    }[table.removesuffix("_past")]
    stamps = "recorded_at, recorded_by, recorded_known, changed_at, changed_by"
    names = f"{columns}, {stamps}"
    if table.endswith("_past"):
        names += ", id, replaced_at, replaced_by"
    given = ", ".join(values.get(name.strip(), name.strip()) for name in names.split(","))
    return f"INSERT INTO {table} ({names}) SELECT {given} FROM {table} WHERE {FIRST[table]}"


FIRST = {"session": "id = 1", "setting": "id = 1", "session_past": "version_id = 1"}

ALTERED = {
    "a session inserted for yesterday": (copied("session", held_on="'2026-05-10'"), "session", "A1234BC 2026-05-10"),
    "an imported session altered": ("UPDATE session SET minutes = 15 WHERE id = 2", "session", "A1234BC 2026-05-05"),
    "an imported session deleted": ("DELETE FROM session WHERE id = 4", "session", "number 4"),
    "an imported allocation given to another": (
        "UPDATE allocation SET key_worker_id = 2 WHERE id = 3",
        "allocation",
        "B2345CD 2026-02-06",
    ),
    "an event deleted": ("DELETE FROM event WHERE id = 1", "event", "number 1"),
    "an ACCT deleted": ("DELETE FROM acct", "acct", "number 1"),
    "a slot worked after all": ("UPDATE rota_slot SET status = 'WORKED' WHERE id = 1", "rota_slot", "2026-05-12"),
    "a prisoner renamed": ("UPDATE person SET last_name = 'Other' WHERE id = 2", "person", "B2345CD"),
    "a setting inserted": (copied("setting", key="'note.pattern'"), "setting", "note.pattern"),
    "a past row altered": ("UPDATE session_past SET minutes = 15 WHERE version_id = 1", "session_past", "2026-05-01"),
    "a past row deleted": ("DELETE FROM session_past", "session_past", "number 1"),
    "a past row forged": (copied("session_past", minutes="20"), "session_past", "number 2"),
    "a place of a plan": ("UPDATE plan_place SET start_minute = start_minute + 1", "plan_place", "2026-05-12"),
    "who recorded a typed session": ("UPDATE session SET recorded_by = 'x' WHERE id = 5", "session", "2026-05-11"),
    "when a typed session was recorded": (
        "UPDATE session SET recorded_at = '2026-05-01T09:00:00.000000Z' WHERE id = 5",
        "session",
        "2026-05-11",
    ),
    "a typed session rewritten as if by the import": (
        "UPDATE session SET minutes = 15, changed_at = (SELECT max(at) FROM audit) WHERE id = 5",
        "session",
        "A1234BC",
    ),
}


@pytest.mark.parametrize(("statement", "table", "key"), ALTERED.values(), ids=ALTERED.keys())
def test_what_was_altered_behind_its_back_is_found_with_its_table_and_key(statement, table, key, kw, recorded) -> None:
    tamper(recorded, statement)

    said = kw("audit verify")

    assert said.code == 7
    assert f"in {table}," in said.err
    assert key in said.err
    assert "audit" in kw("doctor").err + kw("doctor").out


@pytest.mark.sqlite_file
def test_in_an_encrypted_file_each_is_found_too(kw, key_file, database, tmp_path) -> None:
    assert kw("init --encrypt").code == 0
    record(kw, tmp_path)
    whole = database.read_bytes()

    for what, (statement, table, key) in ALTERED.items():
        database.write_bytes(whole)
        tamper(database, statement)
        said = kw("audit verify")
        assert (what, said.code, f"in {table}," in said.err, key in said.err) == (what, 7, True, True)


@pytest.mark.parametrize(
    "line", ["config set gap.days 10", "log-session B2345CD --minutes 30 --on 2026-05-11 --by SHAH"]
)
def test_what_was_altered_is_not_taken_in_by_what_is_recorded_after_it(line, kw, recorded) -> None:
    tamper(recorded, copied("session", held_on="'2026-05-10'"))

    assert kw(line, KW_AS_OF="2026-05-12").code == 0

    said = kw("audit verify")
    assert (said.code, "A1234BC 2026-05-10" in said.err) == (7, True)


def test_a_count_made_to_fit_is_found_before_and_after_the_next_line(kw, recorded) -> None:
    tallies = rows(recorded, "SELECT tallies FROM audit_head")[0][0]
    forged = re.sub(r'"session": \[(\d+)', lambda found: f'"session": [{int(found[1]) + 1}', tallies)
    tamper(recorded, copied("session", held_on="'2026-05-10'"), f"UPDATE audit_head SET tallies = '{forged}'")
    last = json.loads(kw("audit verify --format json").out)["summary"]["lines"]

    before = kw("audit verify")
    kw("config set gap.days 10")
    after = kw("audit verify")

    assert (before.code, after.code) == (7, 7)
    assert f"the count of all rows is not the one that line {last} left" in before.err
    assert f"line {last + 1} did not begin with the rows that were counted before it" in after.err


def test_from_a_head_that_was_written_down_only_later_lines_are_gone_through_and_all_rows(kw, recorded) -> None:
    head = json.loads(kw("audit verify --format json").out)["summary"]["head"]
    kw("config set gap.days 10")
    whole = json.loads(kw("audit verify --format json").out)["summary"]

    said = json.loads(kw(f"audit verify --head {head} --from-head --format json").out)["summary"]

    assert said == whole | {"head_on_line": whole["lines"] - 1}
    tamper(recorded, "UPDATE session SET minutes = 15 WHERE id = 2")
    assert "A1234BC 2026-05-05" in kw(f"audit verify --head {head} --from-head").err


def test_from_a_head_that_is_not_there_is_not_taken_for_whole(kw, recorded) -> None:
    said = kw(f"audit verify --head {'a' * 64} --from-head")

    assert (said.code, "no line has the head" in said.err) == (7, True)


def test_from_head_needs_a_head(kw, prison) -> None:
    assert kw("audit verify --from-head").code == 2


def test_a_backup_of_what_was_altered_is_not_made(kw, recorded, tmp_path) -> None:
    if isinstance(recorded, Path):
        tamper(recorded, "DELETE FROM event WHERE id = 1")

        said = kw(f"backup {tmp_path / 'a.backup'}")

        assert (said.code, "in event, number 1" in said.err) == (7, True)
