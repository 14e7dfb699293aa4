"""A full disk: whatever was to be written, it is said in two lines, and everything is as it was."""

from dataclasses import replace
from pathlib import Path

import pytest

from faults.demo_prison import NOW, WRITES, demo_at
from faults.whole import contents, said_in_two_lines

pytestmark = pytest.mark.sqlite_file

LIMITS = (4096, 65_536, 262_144)
"""Bytes beyond which no file grows, as on a full disk: from nothing but the shortest words to most of the file."""

REPORTS = ["page.html", "page.xlsx", "page.csv", "page.json", "page.md", "page.txt"]


@pytest.mark.parametrize("line", WRITES)
def test_what_was_to_be_saved_is_not_and_the_record_is_as_it_was(line, database, tmp_path, loaded) -> None:
    demo_at(database)
    (tmp_path / "settings.csv").write_text("key,value\ngap.days,9\n")
    before = contents(database)

    for limit in LIMITS:
        ended = loaded.start(
            line.format(folder=tmp_path / "settings.csv"), database=database, now=NOW, disk_full=limit
        ).wait()

        said_in_two_lines(ended, 7, "the disk")
        assert contents(database) == before
    assert loaded.start(line.format(folder=tmp_path / "settings.csv"), database=database, now=NOW).wait().code == 0
    assert contents(database) != before


def test_a_session_acknowledged_before_the_disk_was_full_is_kept(database, loaded) -> None:
    demo_at(database)
    session = WRITES[0]
    assert loaded.start(session, database=database, now=NOW).wait().code == 0

    said_in_two_lines(loaded.start(WRITES[2], database=database, now=NOW, disk_full=LIMITS[0]).wait(), 7)

    again = loaded.start(session, database=database, now=NOW).wait()
    assert "already recorded" in again.out


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_that_does_not_fit_leaves_the_older_one(name, database, tmp_path, loaded) -> None:
    demo_at(database)
    page = tmp_path / name
    page.write_text("yesterday's")
    before = contents(database)

    ended = loaded.start(f"prisoner list --output {page}", database=database, now=NOW, disk_full=2048).wait()

    said_in_two_lines(ended, 1, f"{page} was not written")
    assert "hint: free some space" in ended.err
    assert page.read_text() == "yesterday's"
    assert contents(database) == before
    assert {path.name for path in tmp_path.iterdir()} == {name, database.name}


def test_a_report_that_fits_where_its_line_of_the_audit_does_not_is_written_and_a_note_says_so(
    database, tmp_path, loaded
) -> None:
    demo_at(database)
    page = tmp_path / "page.csv"

    ended = loaded.start(f"overdue --output {page}", database=database, now=NOW, disk_full=16_384).wait()

    assert ended.code == 0
    assert "note: page.csv was written, and the audit does not say by whom: " in ended.err
    assert page.read_text().startswith("prison_number,")


def test_an_export_leaves_each_file_of_the_last_one_whole(database, tmp_path, loaded) -> None:
    folder = tmp_path / "files"
    demo_at(database)
    assert loaded.start(f"export {folder}", database=database, now=NOW).wait().code == 0
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    ended = loaded.start(f"export {folder}", database=database, now=NOW, disk_full=32_768).wait()

    said_in_two_lines(ended, 1, "File too large")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("line", ["init", "demo --db {database}"])
def test_a_database_that_has_no_room_to_be_made_can_be_made_later(line, database, loaded) -> None:
    typed = line.format(database=database)
    for limit in LIMITS:
        said_in_two_lines(loaded.start(typed, database=database, now=NOW, disk_full=limit).wait(), 7, "the disk")

    assert loaded.start(typed, database=database, now=NOW).wait().code == 0
    assert contents(database)


def test_files_that_do_not_fit_are_not_taken_in_by_halves(database, loaded, pytestconfig) -> None:
    line = f"import {pytestconfig.rootpath / 'sample_data'}"
    assert loaded.start("init", database=database, now=NOW).wait().code == 0
    empty = contents(database)

    ended = loaded.start(line, database=database, now=NOW, disk_full=database.stat().st_size).wait()

    not_read, _, said = ended.err.partition("\n")
    assert not_read.startswith("not read, no list or spreadsheet: ")
    said_in_two_lines(replace(ended, err=said), 7, "the disk")
    assert contents(database) == empty
    assert loaded.start(line, database=database, now=NOW).wait().code == 0


@pytest.mark.parametrize("limit", LIMITS)
def test_a_backup_that_does_not_fit_leaves_the_last_one(limit, database, tmp_path, loaded) -> None:
    demo_at(database)
    backup = tmp_path / "kw.backup"
    assert loaded.start(f"backup {backup}", database=database, now=NOW).wait().code == 0
    before, whole = backup.read_bytes(), contents(database)

    said_in_two_lines(loaded.start(f"backup {backup}", database=database, now=NOW, disk_full=limit).wait(), 7)

    assert backup.read_bytes() == before
    assert contents(database) == whole
    assert not [path for path in Path(tmp_path).iterdir() if path.name.startswith(".kw-")]
