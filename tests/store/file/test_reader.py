"""What is read of a file: each text as it was stored, in one state that is held; and nothing is changed."""

import io
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keyworker_cli.cli import Environment, main
from keyworker_cli.rules.settings import Settings
from keyworker_cli.store.file.local_file import LocalFile
from keyworker_cli.store.reads.queries import Queries
from keyworker_cli.store.store import Store

pytestmark = pytest.mark.sqlite_file

SCHEMA_1 = Path(__file__).parents[1] / "schema" / "schemas" / "schema_1.sql"
AS_OF = date(2026, 5, 12)
MORNING = datetime(2026, 5, 12, 7, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("demo") / "kw.db"
    env = Environment(MORNING, io.StringIO(), io.StringIO(), {"KW_USER": "tester"})
    assert main(["demo", "--db", str(file)], env) == 0
    return file


@pytest.fixture
def demo(made: Path, database: Path) -> Path:
    """The demo prison, in the database that `kw` finds."""
    shutil.copy(made, database)
    return database


def last_names(file: Path) -> dict[str, str]:
    """The last name of each prisoner here, by his number."""
    with closing(LocalFile(file).reading(None)) as reader:
        contacts = Queries(reader).contacts(as_of=AS_OF, settings=Settings())
    return {contact.prison_number: contact.last_name for contact in contacts}


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), min_size=1, max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_any_text_comes_out_as_it_was_stored(prison, database, names) -> None:
    if not last_names(database):
        for number in range(5):
            prison.prisoner(f"A{number:04}BC", arrived="2026-05-01")
    with closing(sqlite3.connect(database)) as file, file:
        for number, name in enumerate(names):
            file.execute("UPDATE person SET last_name = ? WHERE prison_number = ?", (name, f"A{number:04}BC"))

    found = last_names(database)

    assert [found[f"A{number:04}BC"] for number in range(len(names))] == names


def test_the_state_that_is_read_is_held_until_it_is_let_go_of(demo, database) -> None:
    """To open and close the file once more in this process would let go of SQLite's lock: nobody would notice."""
    write = (
        "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None).execute('BEGIN EXCLUSIVE')"
    )
    store = Store(database)
    found = store.queries.contacts(as_of=AS_OF, settings=store.queries.settings())

    refused = subprocess.run([sys.executable, "-c", write, database], capture_output=True, text=True, check=False)
    store.close()
    accepted = subprocess.run([sys.executable, "-c", write, database], capture_output=True, text=True, check=False)

    assert len(found) > 10
    assert "database is locked" in refused.stderr
    assert (accepted.returncode, accepted.stderr) == (0, "")


def test_a_question_that_meets_an_error_has_it_told(demo, database, kw) -> None:
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


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
def test_rows_left_in_the_middle_may_outlive_the_file(demo) -> None:
    with closing(LocalFile(demo).reading(None)) as reader:
        rows = iter(reader.rows("SELECT id FROM person"))
        next(rows)

    rows.close()
