"""The last word of the disk does not come: the change stands, and nobody is told that nothing was saved."""

import sys

import pytest

from faults.demo_prison import NOW, demo_at
from faults.whole import contents

pytestmark = pytest.mark.sqlite_file
LINUX = sys.platform == "linux"  # where SQLite can be given other system calls
LINES = [
    "config set gap.days 10",
    "log-session F1003KC --minutes 45 --by PQ01 --on yesterday",
    "worker capacity PQ01 8",
]


@pytest.mark.parametrize("line", LINES)
def test_a_change_that_stands_is_not_said_to_be_lost(line, database, loaded) -> None:
    if not LINUX:
        return
    demo_at(database)
    before = contents(database)

    ended = loaded.start(line, database=database, now=NOW, last_sync_fails="SQLite").wait()

    assert ended.code == 7, ended
    assert "nothing was saved" not in ended.err
    assert "it may have been saved or not" in ended.err
    assert contents(database) != before


FILES = [
    ("overdue --output {file} --format csv", 1),
    ("backup {file}", 7),
    ("export {file}", 1),
    ("prisoner list --output {file} --format xlsx", 1),
]


@pytest.mark.parametrize(("line", "code"), FILES)
def test_a_file_that_stands_in_its_place_is_not_said_to_be_unwritten(line, code, database, tmp_path, loaded) -> None:
    if not LINUX:
        return
    demo_at(database)
    file = tmp_path / "written"

    ended = loaded.start(line.format(file=file), database=database, now=NOW, last_sync_fails="kw").wait()

    assert (ended.code, "the disk does not say that it is kept" in ended.err) == (code, True), ended
    assert "not written" not in ended.err
    assert "nothing was changed" not in ended.err
    assert file.exists()
    contents(database)


def test_a_restore_that_stands_is_not_said_to_have_changed_nothing(database, tmp_path, loaded) -> None:
    if not LINUX:
        return
    demo_at(database)
    backup = tmp_path / "kw.backup"
    assert loaded.start(f"backup {backup}", database=database, now=NOW).wait().code == 0
    then = contents(database)
    assert loaded.start("config set gap.days 10", database=database, now=NOW).wait().code == 0

    ended = loaded.start(f"restore {backup} --yes", database=database, now=NOW, last_sync_fails="kw").wait()

    assert ended.code == 7
    assert f"{database} is in its place, but the disk does not say that it is kept" in ended.err
    assert contents(database).startswith(then[:1000])
