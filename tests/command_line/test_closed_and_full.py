"""kw as a program where a stream is closed or full, where there is no home, no time zone, or an old SQLite."""

import os
import shlex
import sqlite3
import subprocess
import sys
import tomllib
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, reset_tzpath

import pytest

from databases import named, written
from keyworker_cli.cli import Environment, main
from keyworker_cli.rules.dates.london import london_zone
from keyworker_cli.store.file import sqlite_file

KW = f"{shlex.quote(sys.executable)} -m keyworker_cli"
FULL = Path("/dev/full")
LINUX = FULL.exists()


def shell(line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    given = {**os.environ, "KW_USER": "governor", **environment}
    return subprocess.run(line, shell=True, capture_output=True, text=True, env=given, timeout=60, check=False)


@pytest.fixture
def file(prison, database) -> str:
    prison.prisoner("A1234BC", arrived="2026-01-05")
    prison.store.close()
    return named(database)


@pytest.mark.sqlite_file
@pytest.mark.parametrize("closed", ["<&-", "2>&-", "<&- 2>&-"])
def test_with_a_stream_closed_nothing_stands_before_the_json(file, closed):
    told = shell(f"{KW} overdue --format json {closed}", KW_DB=file)

    assert (told.returncode, told.stdout[:1]) == (0, "{")


@pytest.mark.sqlite_file
@pytest.mark.parametrize("closed", [">&-", "<&- >&-", "<&- >&- 2>&-"])
def test_with_stdout_closed_a_write_is_saved_in_a_whole_file(file, kw, closed):
    told = shell(f"{KW} config set gap.days 9 {closed}", KW_DB=file)

    assert (told.returncode, told.stdout) == (0, "")
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert "9" in kw("config list").out


def test_with_stderr_closed_an_error_does_not_stand_in_the_answer(tmp_path):
    told = shell(f"{KW} overdue --nonsense --format json 2>&-", KW_DB=str(tmp_path / "none.db"))

    assert (told.returncode, told.stdout) == (2, "")


@pytest.mark.sqlite_file
@pytest.mark.parametrize("line", ["overdue", "--version", "help gap"])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_an_answer_to_a_full_disk_could_not_be_written(file, database, line, unbuffered):
    if not LINUX:
        return
    before = written(database)

    told = shell(f"{KW} {line} >{FULL}", KW_DB=file, PYTHONUNBUFFERED=unbuffered)

    assert told.returncode == 1
    assert told.stderr.startswith("kw: the answer could not be written: ")
    assert len(told.stderr.splitlines()) == 2
    assert written(database) == before


def test_an_error_that_cannot_be_told_keeps_its_exit_code(tmp_path):
    if LINUX:
        for unbuffered in ("", "1"):
            told = shell(f"{KW} overdue --nonsense 2>{FULL}", PYTHONUNBUFFERED=unbuffered)
            assert (told.returncode, told.stdout) == (2, "")


@pytest.mark.sqlite_file
@pytest.mark.parametrize(
    "line", ["overdue --as-of 2026-05-12 --known-at 2026-05-20", "config set gap.days 9 --dry-run"]
)
def test_notes_that_cannot_be_told_take_nothing_from_the_answer(file, line):
    if LINUX:
        for unbuffered in ("", "1"):
            told = shell(f"{KW} {line} 2>{FULL}", KW_DB=file, PYTHONUNBUFFERED=unbuffered)
            assert (told.returncode, told.stdout) == (0, shell(f"{KW} {line}", KW_DB=file).stdout)


@pytest.mark.sqlite_file
def test_a_pipe_as_database_is_refused_at_once(tmp_path, kw):
    if not LINUX:
        return
    pipe = tmp_path / "pipe.db"
    os.mkfifo(pipe)

    for line in ("overdue", "init", "config set gap.days 9", "doctor", f"restore {pipe} --yes"):
        told = kw(line, KW_DB=str(pipe))
        assert told.code in (2, 5, 6, 7), told
        assert "bug" not in told.err
    assert f"{pipe} is a pipe, not a database." in kw("overdue", KW_DB=str(pipe)).err


@pytest.mark.sqlite_file
def test_a_path_that_begins_with_two_strokes_is_that_file(file, kw):
    if LINUX:
        assert kw("prisoner list", KW_DB="/" + file).out == kw("prisoner list").out
        assert kw("config set gap.days 9", KW_DB="/" + file).code == 0


@pytest.mark.sqlite_file
def test_an_sqlite_that_is_too_old_is_said_in_words(file, kw, database, monkeypatch):
    before = written(database)
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))

    told = kw("config set gap.days 9")

    monkeypatch.undo()
    assert told.code == 7
    assert "kw needs 3.39.0 or newer" in told.err
    assert "nothing is wrong with the file" in told.err
    assert written(database) == before


def test_a_file_that_cannot_be_set_up_is_closed_again(tmp_path):
    opened = []

    class Failing(sqlite3.Connection):
        def execute(self, *given):
            opened.append(self)
            raise sqlite3.OperationalError("no")

    def driver(*given, **named):
        return sqlite3.connect(*given, factory=Failing, **named)

    with pytest.raises(sqlite3.OperationalError):
        sqlite_file.open_with(driver, tmp_path / "kw.db", create=True)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        opened[0].cursor()


def test_time_zones_come_with_kw_on_every_system():
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))

    (zones,) = [needed for needed in project["project"]["dependencies"] if needed.startswith("tzdata")]
    assert ";" not in zones


@pytest.fixture
def no_zones(monkeypatch):
    for name in ["tzdata", *(name for name in sys.modules if name.startswith("tzdata."))]:
        monkeypatch.setitem(sys.modules, name, None)
    reset_tzpath(to=[])
    ZoneInfo.clear_cache()
    london_zone.cache_clear()
    yield
    reset_tzpath()
    ZoneInfo.clear_cache()
    london_zone.cache_clear()


@pytest.mark.usefixtures("no_zones")
def test_without_time_zones_it_is_said_what_is_missing(tmp_path, capsys):
    late = datetime(2026, 5, 12, 23, 15, tzinfo=UTC)

    code = main(["overdue"], Environment(late, environment={"KW_DB": str(tmp_path / "kw.db")}))

    assert code == 1
    assert "this Python has no time zones" in capsys.readouterr().err


def test_a_login_without_a_home_is_asked_for_a_file(tmp_path):
    if not LINUX or os.geteuid() != 0:
        return  # only root can be another
    become = (
        "import os, sys, keyworker_cli.cli as cli, platformdirs.unix\n"
        "from keyworker_cli.command_line.surroundings.default_database import default_database\n"
        "default_database()\nfrom keyworker_cli.commands import init\n"
        "os.environ.pop('HOME'); os.environ.pop('XDG_DATA_HOME', None); os.environ.pop('KW_DB', None)\n"
        "os.setuid(54321)\nsys.argv[1:] = ['init']\nsys.exit(cli.run())"
    )

    told = shell(f"{shlex.quote(sys.executable)} -c {shlex.quote(become)}", HOME=str(tmp_path))

    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr.startswith("kw: you have no home folder for the database to be in.")
    assert list(tmp_path.iterdir()) == []
