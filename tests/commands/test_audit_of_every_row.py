"""Every row is accounted for: what is altered behind kw's back is found, imported or typed, live or past, and named."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from commands.csv_folder import SESSIONS, CsvFolder
from databases import Address, fill_after, pattern_of, rows, tamper


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
    for line in (
        "voice record A1234BC --key-worker other --last-talk never --on 2026-05-12",
        "notes read A1234BC --on 2026-05-05 --found 'no next step'",
        "need add A1234BC 'Ring his mother; SHAH; fri'",
        "amend-session B2345CD --on 2026-05-06 --minutes 40 --why 'typed wrong'",
    ):
        said = kw(line, KW_AS_OF="2026-05-12")
        assert said.code == 0, (line, said.err)
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
    "an imported session deleted": ("DELETE FROM session WHERE id = 3", "session", "number 3"),
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
    "a past row forged": (copied("session_past", minutes="20"), "session_past", "number 3"),
    "a place of a plan": ("UPDATE plan_place SET start_minute = start_minute + 1", "plan_place", "2026-05-12"),
    "who recorded a typed session": ("UPDATE session SET recorded_by = 'x' WHERE id = 5", "session", "2026-05-11"),
    "when a typed session was recorded": (
        "UPDATE session SET recorded_at = '2026-05-01T09:00:00.000000Z' WHERE id = 5",
        "session",
        "2026-05-11",
    ),
    "an event moved to another prisoner": (
        "UPDATE event SET person_id = 1 WHERE id = 2",
        "event",
        "A1234BC 2026-05-02",
    ),
    "two sessions swapped": (
        "UPDATE session SET id = -1 WHERE id = 1; UPDATE session SET id = 1 WHERE id = 2; "
        "UPDATE session SET id = 2 WHERE id = -1",
        "session",
        "A1234BC 2026-05-01",
    ),
    "minutes of two sessions exchanged, so that sums fit": (
        "UPDATE session SET minutes = minutes + CASE id WHEN 2 THEN 5 ELSE -5 END WHERE id IN (2, 3)",
        "session",
        "A1234BC 2026-05-05",
    ),
    "how long a past row held": (
        "UPDATE session_past SET replaced_at = '2026-05-20T00:00:00.000000Z'",
        "session_past",
        "2026-05-01",
    ),
    "a row taken away with its past": (
        "DELETE FROM session_past; DELETE FROM session WHERE id = 1",
        "session",
        "number 1",
    ),
    "a note": ("UPDATE session SET note = 'He was well.' WHERE id = 4", "session", "B2345CD"),
    "a session voided": (
        "UPDATE session SET voided_at = '2026-05-12T07:15:00.000000Z' WHERE id = 3",
        "session",
        "B2345CD 2026-05-02",
    ),
    "an import's own moment taken for the recording's": (
        "UPDATE session SET recorded_known = {true} WHERE id = 2",
        "session",
        "A1234BC 2026-05-05",
    ),
    "a number given to another prisoner": (
        "UPDATE person_number SET person_id = 2 WHERE id = 1",
        "person_number",
        "B2345CD",
    ),
    "an arrival": ("UPDATE stay SET arrived_on = '2026-05-01' WHERE id = 1", "stay", "A1234BC 2026-05-01"),
    "a setting's value": ("UPDATE setting SET value = '28' WHERE id = 1", "setting", "gap.days"),
    "a setting's value that no kw writes": ("UPDATE setting SET value = 'x' WHERE id = 1", "setting", "gap.days"),
    "a plan's day": ("UPDATE day_plan SET plan_on = '2026-05-13'", "day_plan", "2026-05-12"),
    "a plan taken away": ("DELETE FROM plan_place; DELETE FROM day_plan", "day_plan", "2026-05-12"),
    "who changed an allocation": (
        "UPDATE allocation SET changed_by = 'x' WHERE id = 3",
        "allocation",
        "B2345CD 2026-02-06",
    ),
    "nothing made an empty word": ("UPDATE event SET detail = '' WHERE id = 1", "event", "A1234BC 2026-05-01"),
    "a capacity": ("UPDATE key_worker SET capacity = 9 WHERE id = 1", "key_worker", "SHAH"),
    "a login": ("UPDATE key_worker SET login = 'governor' WHERE id = 2", "key_worker", "OKAFOR"),
    "an answer of the prisoner's own": ("UPDATE voice_answer SET spoke_freely = {true}", "voice_answer", "A1234BC"),
    "what a manager found in a note": ("UPDATE note_reading SET found = 'x'", "note_reading", "A1234BC"),
    "an answer taken away": ("DELETE FROM voice_answer", "voice_answer", "A1234BC"),
    "a need with its owner": ("UPDATE need SET owner = 'x'", "need", "A1234BC"),
    "why a session was amended": ("UPDATE session_amendment SET why = 'x'", "session_amendment", "B2345CD"),
    "an amendment taken away": ("DELETE FROM session_amendment", "session_amendment", "B2345CD"),
    "a column that nothing reads": ("UPDATE key_worker SET search_name = 'x' WHERE id = 1", "key_worker", "SHAH"),
    "an imported session, and every mark taken away": (
        "DELETE FROM row_mark; UPDATE session SET minutes = 15 WHERE id = 2",
        "session",
        "A1234BC",
    ),
    "a typed session rewritten as if by the import": (
        "UPDATE session SET minutes = 15, changed_at = (SELECT max(at) FROM audit) WHERE id = 5",
        "session",
        "A1234BC",
    ),
}


IN_THE_AUDIT = {
    "when a line was written": "UPDATE audit SET at = '2026-05-01T09:00:00.000000Z' WHERE id = 2",
    "who wrote it": "UPDATE audit SET user_name = 'x' WHERE id = 2",
    "what a record was": "UPDATE audit SET after_image = after_image || ' ' WHERE id = 9",
    "the digest of a load": "UPDATE audit SET rows_digest = NULL WHERE id = 7",
    "the first line": "DELETE FROM audit WHERE id = 1",
    "how many lines there are": "UPDATE audit_head SET lines = lines - 1",
    "where it ends": "UPDATE audit_head SET hash = 'a'",
    "what was counted": "UPDATE audit_head SET tallies = '{}'",
    "what was counted, as if never": "UPDATE audit_head SET tallies = 'none'",
    "a line twice": (
        "INSERT INTO audit SELECT 1 + (SELECT max(id) FROM audit), at, user_name, command, action, table_name, key, "
        "before_image, after_image, hash, rows_digest FROM audit WHERE id = 9; UPDATE audit_head SET lines = lines + 1"
    ),
    "the newest line with what it says, and its head": (
        "DELETE FROM session_amendment; DELETE FROM audit WHERE id = (SELECT max(id) FROM audit); "
        "UPDATE audit_head SET lines = lines - 1, hash = (SELECT hash FROM audit ORDER BY id DESC LIMIT 1)"
    ),
    "its head taken away": "DELETE FROM audit_head",
}


def check_each(kw, database: Address, again: Callable[[], None]) -> None:
    """Alter one thing after another, each in a copy of the whole prison: it is found, with its table and key."""
    true = "1" if isinstance(database, Path) else "TRUE"
    for what, (statement, table, key) in ALTERED.items():
        again()
        tamper(database, statement.replace("{true}", true))
        said = kw("audit verify")
        named_so = f"in {table}" in said.err or f"recorded in {table} " in said.err
        assert (what, said.code, named_so, key in said.err) == (what, 7, True, True), said.err
    for what, statement in IN_THE_AUDIT.items():
        again()
        tamper(database, statement)
        assert (what, kw("audit verify").code) == (what, 7)
    assert "audit" in kw("doctor").err
    again()
    assert kw("audit verify").code == 0


def test_what_was_altered_behind_its_back_is_found_with_its_table_and_key(kw, recorded) -> None:
    if isinstance(recorded, Path):
        whole = recorded.read_bytes()
        check_each(kw, recorded, lambda: cast(None, recorded.write_bytes(whole)))
    else:
        pattern = pattern_of(recorded)
        check_each(kw, recorded, lambda: fill_after(pattern, recorded))


@pytest.mark.sqlite_file
def test_in_an_encrypted_file_each_is_found_too(kw, key_file, database, tmp_path) -> None:
    assert kw("init --encrypt").code == 0
    record(kw, tmp_path)
    whole = database.read_bytes()

    check_each(kw, database, lambda: cast(None, database.write_bytes(whole)))


HEADS = {
    "under another number": "UPDATE audit_head SET id = 2",
    "beside another": "INSERT INTO audit_head SELECT 2, lines, hash, tallies FROM audit_head",
    "too far on": "UPDATE audit_head SET lines = 9223372036854775807",
    "with tallies that are none": "UPDATE audit_head SET tallies = '[1]'",
    "with tallies without an end": f"UPDATE audit_head SET tallies = '{'[' * 5000}'",
    "with a tally of no number": """UPDATE audit_head SET tallies = '{"session": [NaN, "0"]}'""",
    "gone": "DELETE FROM audit_head",
}


@pytest.mark.sqlite_file
def test_a_head_that_kw_did_not_write_is_found_and_no_write_takes_it_for_a_bug(kw, recorded) -> None:
    whole = recorded.read_bytes()
    for what, statement in HEADS.items():
        recorded.write_bytes(whole)
        tamper(recorded, statement)
        verified, written, after = kw("audit verify"), kw("config set gap.days 10"), kw("audit verify")
        assert (what, verified.code, written.code in (0, 7), after.code) == (what, 7, True, 7), written.err


@pytest.mark.sqlite_file
@pytest.mark.parametrize(
    "said_of_itself", ["UPDATE alembic_version SET version_num = '0099'", "DELETE FROM audit_head"]
)
def test_an_older_file_that_says_what_no_kw_wrote_is_refused(said_of_itself, kw, recorded) -> None:
    tamper(recorded, said_of_itself, "PRAGMA user_version = 5")

    for line in ("overdue", "audit verify", "config set gap.days 10"):
        assert (line, kw(line).code in (0, 7)) == (line, True)


@pytest.mark.sqlite_file
def test_what_was_altered_is_not_counted_anew_by_a_file_that_says_it_is_old(kw, recorded) -> None:
    altered = "UPDATE session SET minutes = 15 WHERE id = 2; UPDATE audit_head SET tallies = '{}'"
    tamper(recorded, altered, "PRAGMA user_version = 5")

    kw("overdue")

    assert kw("audit verify").code == 7


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
