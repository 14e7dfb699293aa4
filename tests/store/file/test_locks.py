"""The locks on the door: who else may reach the file is said, and an error tells nobody what is in the record."""

import sqlite3
import tempfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.sqlite_file  # who may reach a file, and what only a file can be made to hold

SECRET = "2026-05-1, Thackray said that he owes Quillfeather"  # words that lie between two days, in order of text
PRISONER = "A1234BC"


# --- who else may reach it ---


def test_a_new_database_and_the_folder_made_for_it_are_their_owners_alone(kw, tmp_path) -> None:
    place = tmp_path / "new" / "kw.db"

    kw(f"init --db {place}")

    assert (place.stat().st_mode & 0o777, place.parent.stat().st_mode & 0o777) == (0o600, 0o700)


@pytest.mark.parametrize("line", ["overdue", "worker add SHAH --last-name Shah --first-name Nadia", "doctor"])
def test_a_database_that_others_may_reach_is_said_to_be_so_once(line, kw, prison, database) -> None:
    database.chmod(0o640)

    said = kw(line)

    assert said.code == 0
    assert said.err.count(f'note: others may reach {database} (640): chmod 600 "{database}"\n') == 1
    database.chmod(0o600)
    assert "others may reach" not in kw("overdue").err


def test_what_needs_no_database_says_nothing_of_one(kw, prison, database) -> None:
    database.chmod(0o644)

    assert "others" not in kw("completion bash").err + kw("overdue --dayz").err


# --- what an error tells ---


@pytest.fixture
def broken(prison, database) -> Path:
    """A record that is as no kw writes it: words where a date is to be."""
    prison.prisoner(PRISONER, arrived="2026-05-01", name="Guy Thackray")
    prison.officer("SHAH", login="governor")
    prison.allocated(PRISONER, "SHAH", "2026-05-02")
    prison.session(PRISONER, "SHAH", "2026-05-04", note=SECRET)
    prison.event(PRISONER, "DEBT", "2026-05-05", detail=SECRET)
    prison.store.close()
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute("UPDATE session SET held_on = ?", (SECRET,))
    connection.execute("UPDATE event SET event_on = ?", (SECRET,))
    connection.commit()
    connection.close()
    return database


CRASHES = (
    f"why {PRISONER}",
    f"timeline {PRISONER}",
    "overdue --output page.html",
    "briefing --output page.xlsx",
    f"log-session {PRISONER} --minutes 45 --note '{SECRET}, again'",
    f"note {PRISONER} --note '{SECRET}, again'",
    "notes check",
    "stats --compare",
)


@pytest.mark.parametrize("line", CRASHES)
@pytest.mark.parametrize("debug", ["", " --debug"], ids=["", "debug"])
def test_an_unforeseen_error_tells_nothing_of_what_is_in_the_record(
    line, debug, kw, broken, tmp_path, monkeypatch
) -> None:
    here, temporary = tmp_path / "here", tmp_path / "temporary"
    here.mkdir()
    temporary.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))

    said = kw(line + debug)

    assert said.code == 7  # it is found out, before anybody is told of a bug, that the record is damaged
    assert ("Traceback" in said.err) is bool(debug)
    for words in ("Thackray", "Quillfeather", PRISONER):
        assert words not in said.out + said.err
    assert [*here.iterdir(), *temporary.iterdir()] == []


# --- what a report takes the place of ---


@pytest.mark.parametrize("name", ["kw.db", "kw.backup", "a link"])
def test_a_report_never_takes_the_place_of_the_database_or_of_a_backup(name, kw, prison, database) -> None:
    prison.store.close()
    kw(f"backup {database.parent / 'kw.backup'}")
    (database.parent / "a link").symlink_to(database)
    target = database.parent / name
    before = target.read_bytes()

    said = kw(["overdue", "--format", "html", "--output", str(target)])

    assert (said.code, "is a database" in said.err) == (2, True)
    assert target.read_bytes() == before
