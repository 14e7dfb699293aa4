"""A file or a folder that may only be read: every report answers, nothing is saved, and it is said so in two lines."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from faults.demo_prison import NOW, WRITES, demo_at
from faults.whole import contents, said_in_two_lines

pytestmark = pytest.mark.sqlite_file

READS = ["overdue", "briefing", "why F1003KC", "doctor", "audit verify"]


@pytest.fixture
def shelf(tmp_path) -> Iterator[Path]:
    """A folder that may be closed, and is opened again."""
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    yield shelf
    shelf.chmod(0o700)


@pytest.fixture(params=["file", "folder"])
def locked_up(request, shelf) -> Path:
    """A database of which the file, or the folder, may only be read."""
    database = demo_at(shelf / "kw.db")
    database.chmod(0o400 if request.param == "file" else 0o600)
    shelf.chmod(0o700 if request.param == "file" else 0o500)
    (shelf.parent / "settings.csv").write_text("key,value\ngap.days,9\n")
    return database


@pytest.mark.parametrize("line", WRITES)
def test_nothing_is_saved(line, locked_up, loaded) -> None:
    before = locked_up.read_bytes()
    typed = line.format(folder=locked_up.parent.parent / "settings.csv")

    ended = loaded.start(typed, database=locked_up, now=NOW, without_rights=True).wait()

    said_in_two_lines(ended, 7, "it can")
    assert locked_up.read_bytes() == before
    assert [path.name for path in locked_up.parent.iterdir()] == ["kw.db"]


@pytest.mark.parametrize("line", READS)
def test_every_report_answers(line, locked_up, loaded) -> None:
    ended = loaded.start(line, database=locked_up, now=NOW, without_rights=True).wait()

    assert ended.code == 0, ended.err
    assert ended.out


def test_a_file_that_may_not_even_be_read_is_named(shelf, loaded) -> None:
    database = demo_at(shelf / "kw.db")
    database.chmod(0o000)

    for line in ("overdue", WRITES[0], "doctor"):
        said_in_two_lines(loaded.start(line, database=database, now=NOW, without_rights=True).wait(), 7, "denied")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("prisoner list --output {folder}/page.html", 1),
        ("prisoner list --output {folder}/page.xlsx", 1),
        ("export {folder}/files", 1),
        ("backup {folder}/kw.backup", 7),
        ("init --db {folder}/new/kw.db", 7),
        ("demo --db {folder}/demo.db", 4),
        ("generate demo {folder}/files", 4),
    ],
)
def test_nothing_is_written_into_a_folder_that_may_only_be_read(line, code, shelf, loaded) -> None:
    database = demo_at(shelf.parent / "kw.db")
    shelf.chmod(0o500)
    before = contents(database)

    ended = loaded.start(line.format(folder=shelf), database=database, now=NOW, without_rights=True).wait()

    said_in_two_lines(ended, code)
    assert list(shelf.iterdir()) == []
    if code == 7:
        assert contents(database) == before


def test_a_report_is_written_elsewhere_and_a_note_says_that_no_line_tells_of_it(locked_up, tmp_path, loaded) -> None:
    page = tmp_path / "page.txt"

    ended = loaded.start(f"overdue --output {page}", database=locked_up, now=NOW, without_rights=True).wait()

    assert ended.code == 0
    assert page.read_text().startswith("No key work for 7 days or more")
    assert "note: page.txt was written, and the audit does not say by whom: " in ended.err
