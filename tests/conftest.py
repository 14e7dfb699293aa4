"""What every test of a command has: a prison of its own in a real database, and `kw` as a person types it."""

import io
import os
import shlex
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from databases import SERVER, Address, named, new_database, prepared_database
from factories import Prison
from keyworker_cli.cli import Environment, main
from postgres.roles import address_of, reader, role, writer  # noqa: F401 - fixtures: a conftest there would hide this
from processes import Loaded

settings.register_profile("kw", deadline=None)  # a busy machine is no fault
settings.register_profile("long", deadline=None, max_examples=100_000, suppress_health_check=list(HealthCheck))
settings.load_profile("kw")

MEMORY = Path("/dev/shm")
ROOM = 2 << 30
if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))  # thousands of saves, none of them waits for a disk

os.environ["KW_CONFIG"] = ""  # whoever runs the tests has settings of their own

MORNING = datetime(2026, 5, 12, 7, 15, tzinfo=UTC)


@dataclass(frozen=True)
class Said:
    """What a command said: its exit code, its answer and its conversation."""

    code: int
    out: str
    err: str


Kw = Callable[..., Said]


WITHOUT_A_DATABASE = ["fiction", "render", "rules", "test_architecture.py", "test_documentation.py", "test_words.py"]

# What is about the server itself needs one, and what is about a pool before it needs that. What has no database at all
# is the same whatever the others are kept in.
collect_ignore = [
    *(WITHOUT_A_DATABASE if SERVER else ["postgres"]),
    *([] if os.environ.get("KW_TEST_POOL") else ["postgres/test_through_a_pool.py"]),
]


@pytest.fixture(scope="session")
def prepared() -> Iterator[str | None]:
    """The name of an empty database of kw on the server that the tests are run on, where they are."""
    if SERVER is None:
        yield None
        return
    with prepared_database() as name:
        yield name


@pytest.fixture
def database(tmp_path: Path, prepared: str | None, request: pytest.FixtureRequest) -> Iterator[Address]:
    """Where this test's database is, or will be; on a server it has its tables where the test begins with a prison."""
    if prepared is None:
        yield tmp_path / "kw.db"
        return
    with new_database(prepared if "prison" in request.fixturenames else "template1") as address:
        yield address


class Screen(io.StringIO):
    """A terminal, as far as the program can tell."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def kw(database: Address) -> Kw:
    """Type a command line: `kw("overdue --days 7")`.

    `answers` are what a person types when asked, `typed` is what is piped in.
    """

    def type_it(
        line: str | list[str],
        *,
        answers: Iterable[str] | None = None,
        now: datetime = MORNING,
        typed: str = "",
        screen: bool = False,
        **environment: str,
    ) -> Said:
        arguments = shlex.split(line) if isinstance(line, str) else line
        out, err = Screen() if screen else io.StringIO(), io.StringIO()
        replies = iter(answers or ())

        def ask(question: str) -> str:
            err.write(question)
            return next(replies)

        surroundings = {"KW_DB": named(database), "KW_USER": "governor", "KW_CONFIG": "", **environment}
        there = Environment(now, out, err, surroundings, io.StringIO(typed), None if answers is None else ask)
        code = main(arguments, there)
        return Said(code, out.getvalue(), err.getvalue())

    return type_it


@pytest.fixture
def prison(database: Address) -> Iterator[Prison]:
    """An empty prison in a real database, to be filled in two lines."""
    prison = Prison(database)
    yield prison
    prison.store.close()


@pytest.fixture
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the key of an encrypted database is kept, or will be: not in the database's folder."""
    path = tmp_path / "keys" / "kw.key"
    path.parent.mkdir()
    monkeypatch.setenv("KW_KEY_FILE", str(path))
    return path


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    """`kw`, loaded once for all tests of a run: each command line given to it is a process of its own."""
    loaded = Loaded(tmp_path_factory.mktemp("said"))
    yield loaded
    loaded.end()
