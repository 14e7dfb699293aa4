"""What is found before it is asked for is what would have been found; and nothing of it is told, kept or held."""

import io
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keyworker_cli import context
from keyworker_cli.cli import Environment, main
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.settings import Settings
from keyworker_cli.store.file.local_file import LocalFile
from keyworker_cli.store.reading_ahead import AheadReader
from keyworker_cli.store.reads.queries import Queries
from keyworker_cli.store.reads.reader import FileReader
from keyworker_cli.store.store import Store

pytestmark = pytest.mark.sqlite_file

SCHEMA_1 = Path(__file__).parents[1] / "schema" / "schemas" / "schema_1.sql"
AS_OF = date(2026, 5, 12)
MORNING = datetime(2026, 5, 12, 7, 15, tzinfo=UTC)
COMMANDS = sorted(context.ASKED_FIRST)
OPTIONS = ("", "--format json", "--wing B", "--as-of 2026-03-27")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("demo") / "kw.db"
    there = Environment(MORNING, io.StringIO(), io.StringIO(), {"KW_USER": "tester"})
    assert main(["demo", "--db", str(file)], there) == 0
    return file


@pytest.fixture
def demo(made: Path, database: Path) -> Path:
    """The demo prison, in the database that `kw` finds."""
    shutil.copy(made, database)
    return database


def contacts(reader: FileReader) -> list[Contact]:
    with closing(reader):
        return Queries(reader).contacts(as_of=AS_OF, settings=Settings())


def ahead_of(file: Path) -> AheadReader:
    def men(queries: Queries, settings: Settings) -> None:
        queries.contacts(as_of=AS_OF, settings=settings)

    reader = LocalFile(file).read_ahead(men)
    assert isinstance(reader, AheadReader)
    return reader


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("options", OPTIONS)
def test_a_report_is_the_same_whether_it_was_read_ahead_or_not(command, options, kw, demo, monkeypatch) -> None:
    read_ahead = kw(f"{command} {options}")

    monkeypatch.setattr(context, "ASKED_FIRST", {})

    assert kw(f"{command} {options}") == read_ahead
    assert read_ahead.code == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_foreseen_of_a_command_is_what_it_asks(command, kw, demo, monkeypatch) -> None:
    foreseen, asked = [], []
    find, answer = AheadReader.find, AheadReader._answer

    def finding(self, these):
        foreseen.extend((one.name, one.values) for one in these)
        find(self, these)

    def answering(self, name, values):
        asked.append((name, values))
        return answer(self, name, values)

    monkeypatch.setattr(AheadReader, "find", finding)
    monkeypatch.setattr(AheadReader, "_answer", answering)

    kw(command)

    assert "contacts" in dict(foreseen)
    assert all(foreseen.count(one) == 1 for one in foreseen), "each question is foreseen once"
    assert [one for one in foreseen if one not in asked] == []


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), min_size=1, max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_any_text_comes_out_as_it_was_stored(prison, database, names) -> None:
    if not contacts(LocalFile(database).reading(None)):
        for number in range(5):
            prison.man(f"A{number:04}BC", arrived="2026-05-01")
    with closing(sqlite3.connect(database)) as file, file:
        for number, name in enumerate(names):
            file.execute("UPDATE person SET last_name = ? WHERE prison_number = ?", (name, f"A{number:04}BC"))

    assert contacts(ahead_of(database)) == contacts(LocalFile(database).reading(None))


def test_a_reader_that_is_let_go_of_stops_at_once_and_leaves_the_file_to_others(demo, database) -> None:
    def endless(queries: Queries, settings: Settings) -> None:
        for day in range(1, 200):
            queries.people_by_name(str(day))
            queries.contacts(as_of=AS_OF, settings=settings)

    before, usual = threading.active_count(), sys.getswitchinterval()
    begun = time.monotonic()
    for _ in range(20):
        reader = LocalFile(database).read_ahead(endless)
        assert reader is not None
        reader.close()

    assert threading.active_count() == before
    assert sys.getswitchinterval() == usual
    assert time.monotonic() - begun < 20
    with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as file:
        file.execute("BEGIN EXCLUSIVE")


def test_the_state_that_was_read_ahead_is_held_until_it_is_let_go_of(demo, database) -> None:
    """To open and close the file once more in this process would let go of SQLite's lock: nobody would notice."""
    write = (
        "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None).execute('BEGIN EXCLUSIVE')"
    )
    store = Store(database)
    store.read_ahead(lambda queries, settings: queries.contacts(as_of=AS_OF, settings=settings))
    found = store.queries.contacts(as_of=AS_OF, settings=store.queries.settings())

    refused = subprocess.run([sys.executable, "-c", write, database], capture_output=True, text=True, check=False)
    store.close()
    accepted = subprocess.run([sys.executable, "-c", write, database], capture_output=True, text=True, check=False)

    assert len(found) > 10
    assert "database is locked" in refused.stderr
    assert (accepted.returncode, accepted.stderr) == (0, "")


def test_a_question_that_meets_an_error_is_asked_again_and_has_its_error_then(demo, database, kw) -> None:
    with closing(sqlite3.connect(database)) as file, file:
        file.execute("ALTER TABLE stay RENAME TO gone")

    said = kw("overdue")

    assert said.code == 7
    assert said.out == ""
    assert said.err.startswith("kw: ")


def test_a_line_that_is_refused_touches_nothing_and_says_nothing_of_the_file(demo, database, kw) -> None:
    database.chmod(0o644)
    before = database.read_bytes()

    said = kw("overdue --dayz 7")

    assert said.code == 2
    assert "others may reach" not in said.err
    assert database.read_bytes() == before


def test_an_older_file_is_not_brought_up_to_date_by_a_line_that_is_refused(database, kw) -> None:
    with closing(sqlite3.connect(database)) as file:
        file.executescript(SCHEMA_1.read_text(encoding="utf-8"))
    before = database.read_bytes()

    assert kw("overdue --dayz 7").code == 2
    assert database.read_bytes() == before


@pytest.mark.parametrize("line", ["overdue", "overdue --help", "briefing --dayz"])
def test_without_a_database_only_the_command_says_so(line, kw, database) -> None:
    said = kw(line)

    assert not database.exists()
    assert ("there is no" in said.err) is (line == "overdue")
