"""The files as files: the same bytes each time, the columns that `kw import` reads, one row a key, marked fictional."""

import filecmp
import json
from pathlib import Path

import pytest

from fiction.prison_files import PrisonFiles, day
from keyworker_cli.errors import RefusedError, UsageError
from keyworker_cli.fiction import AS_OF, SIZES, write_prison

COLUMNS = {
    "settings": "key, value",
    "prisoners": "prison_number, arrived_on, last_name, first_name, date_of_birth, location, arrival_type, left_on,"
    " departure_reason, out_of_scope_from, out_of_scope_reason, also_known_by",
    "moves": "prison_number, moved_on, location",
    "key_workers": "staff_id, last_name, first_name, login, wing, capacity, status, status_from, return_on",
    "statuses": "staff_id, status, from, return_on, until",
    "allocations": "prison_number, staff_id, allocated_on, allocated_at, allocation_reason, allocated_by,"
    " acknowledged_on, ended_on, end_reason, ended_by",
    "rota": "staff_id, date, start, end, status, reason, published_on",
    "sessions": "prison_number, staff_id, held_on, start, type, minutes, outcome, mode, place, topics,"
    " declined_topics, note, prisoner_said, next_session_on",
    "events": "prison_number, code, on, time, until, confidence, detail, source",
    "absences": "prison_number, reason, from, to",
    "acct": "prison_number, opened_on, closed_on, post_closure_review_due, post_closure_review_held",
    "acct_reviews": "prison_number, due_on, held_on, key_worker_invited, key_worker_contribution",
    "needs": "prison_number, raised_on, text, owner, due_on, closed_on, outcome",
    "note_readings": "prison_number, staff_id, held_on, start, type, read_on, read_by, found, action",
    "voice": "prison_number, asked_on, asked_by, wing, key_worker_said, staff_id, last_talk_said, last_talk_on,"
    " spoke_freely",
}
KEYS = {
    "settings": ("key",),
    "prisoners": ("prison_number", "arrived_on"),
    "moves": ("prison_number", "moved_on", "location"),
    "key_workers": ("staff_id",),
    "statuses": ("staff_id", "from"),
    "allocations": ("prison_number", "staff_id", "allocated_on"),
    "rota": ("staff_id", "date", "start"),
    "sessions": ("prison_number", "staff_id", "held_on", "start", "type"),
    "events": ("prison_number", "code", "on", "time"),
    "absences": ("prison_number", "from"),
    "acct": ("prison_number", "opened_on"),
    "acct_reviews": ("prison_number", "due_on"),
    "needs": ("prison_number", "raised_on", "text"),
    "note_readings": ("prison_number", "staff_id", "held_on", "start", "type", "read_by"),
    "voice": ("prison_number", "asked_on"),
}


@pytest.mark.parametrize("size", ["demo", "standard"])
def test_a_seed_gives_the_same_files_to_the_byte(size: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    first = request.getfixturevalue(size).directory
    write_prison(size, tmp_path)
    names = sorted(path.name for path in first.iterdir())
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    assert filecmp.cmpfiles(first, tmp_path, names, shallow=False) == (names, [], [])


def test_another_seed_gives_another_prison_with_the_same_known_answers(demo: PrisonFiles, tmp_path: Path) -> None:
    other = write_prison("demo", tmp_path, seed=1)
    assert (tmp_path / "sessions.csv").read_bytes() != (demo.directory / "sessions.csv").read_bytes()
    assert other["plants"] == demo.expected["plants"]
    assert other["overdue"] == demo.expected["overdue"]


def test_the_sample_data_is_the_demo_prison_as_it_is_written_today(demo: PrisonFiles) -> None:
    sample_data = Path(__file__).parents[2] / "sample_data"
    names = sorted(path.name for path in demo.directory.iterdir())
    assert filecmp.cmpfiles(demo.directory, sample_data, names, shallow=False) == (names, [], [])


def test_every_file_has_the_columns_of_the_interface(prison_files: PrisonFiles) -> None:
    for kind, columns in COLUMNS.items():
        header = (prison_files.directory / f"{kind}.csv").read_text(encoding="utf-8").split("\n", 1)[0]
        assert header.split(",") == [*columns.split(", "), "recorded_at", "recorded_by"], kind


def test_no_two_rows_of_a_file_have_the_same_key(prison_files: PrisonFiles) -> None:
    for kind, key in KEYS.items():
        keys = [tuple(row[column] for column in key) for row in prison_files.rows(kind)]
        assert len(keys) == len(set(keys)), kind


def test_every_row_says_when_and_by_whom_it_was_recorded(prison_files: PrisonFiles) -> None:
    for kind in COLUMNS:
        assert all(row["recorded_at"].endswith(":00Z") and row["recorded_by"] for row in prison_files.rows(kind)), kind


def test_an_officers_status_in_two_files_is_the_same_status(prison_files: PrisonFiles) -> None:
    dated = {(row["staff_id"], row["from"]): row["status"] for row in prison_files.rows("statuses")}
    for staff_id, row in prison_files.officers.items():
        assert dated.get((staff_id, row["status_from"]), row["status"]) == row["status"]


def test_the_rows_are_counted_in_the_known_answers(prison_files: PrisonFiles) -> None:
    assert prison_files.expected["rows"] == {kind: len(prison_files.rows(kind)) for kind in COLUMNS}


def test_files_end_their_lines_as_unix_does_and_say_that_they_are_fictional(prison_files: PrisonFiles) -> None:
    for path in prison_files.directory.iterdir():
        assert b"\r" not in path.read_bytes(), path.name
    said = "FICTIONAL: every person and prison in these files is invented"
    assert said in (prison_files.directory / "FICTIONAL.md").read_text(encoding="utf-8")
    assert prison_files.expected["fictional"] == said
    assert {row["key"]: row["value"] for row in prison_files.rows("settings")} == {
        "prison.code": "FGX",
        "prison.name": "HMP Fellgate (FICTIONAL)",
    }


def test_what_is_returned_is_what_stands_in_expected_json(demo: PrisonFiles, tmp_path: Path) -> None:
    assert json.loads(json.dumps(write_prison("demo", tmp_path))) == demo.expected
    assert demo.expected["as_of"] == str(AS_OF) == "2026-05-12"


def test_logins_are_unique_and_lower_case(prison_files: PrisonFiles) -> None:
    logins = [row["login"] for row in prison_files.officers.values()]
    assert len(set(logins)) == len(logins)
    assert all(login and login == login.lower() for login in logins)


def test_years_of_history_begin_that_many_years_back(tmp_path: Path) -> None:
    write_prison("standard", tmp_path, years=2)
    first = min(day(row["held_on"]) for row in PrisonFiles(tmp_path).sessions)
    assert (AS_OF - first).days in range(725, 733)


def test_a_size_there_is_not_is_refused_with_the_sizes_there_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        write_prison("huge", tmp_path)
    assert all(size in refused.value.hint for size in SIZES)
    assert not list(tmp_path.iterdir())


def test_files_of_a_real_prison_are_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "prisoners.csv").write_text("prison_number\n")
    with pytest.raises(RefusedError, match="not marked as fictional"):
        write_prison("demo", tmp_path)
    assert (tmp_path / "prisoners.csv").read_text() == "prison_number\n"


def test_a_smaller_prison_leaves_nothing_of_a_larger_one_behind(standard: PrisonFiles, tmp_path: Path) -> None:
    write_prison("standard", tmp_path)
    write_prison("demo", tmp_path)
    assert len(PrisonFiles(tmp_path).rows("prisoners")) < len(standard.stays) / 10
