"""What every test of a command has: a prison of its own in a real file, and `kw` as a person types it."""

import io
import shlex
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from factories import Prison
from keyworker_cli.cli import Surroundings, main

settings.register_profile("kw", deadline=None)  # a busy machine is no fault
settings.register_profile("long", deadline=None, max_examples=100_000, suppress_health_check=list(HealthCheck))
settings.load_profile("kw")

MORNING = datetime(2026, 5, 12, 7, 15, tzinfo=UTC)


@dataclass(frozen=True)
class Said:
    """What a command said: its exit code, its answer and its conversation."""

    code: int
    out: str
    err: str


Kw = Callable[..., Said]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where this test's database is, or will be."""
    return tmp_path / "kw.db"


@pytest.fixture
def kw(database: Path) -> Kw:
    """Type a command line: `kw("overdue --days 7")`.

    `answers` are what a person types when asked, `typed` is what is piped in.
    """

    def type_it(
        line: str | list[str],
        *,
        answers: Iterable[str] | None = None,
        now: datetime = MORNING,
        typed: str = "",
        **environment: str,
    ) -> Said:
        arguments = shlex.split(line) if isinstance(line, str) else line
        out, err = io.StringIO(), io.StringIO()
        replies = iter(answers or ())

        def ask(question: str) -> str:
            err.write(question)
            return next(replies)

        surroundings = {"KW_DB": str(database), "KW_USER": "governor", **environment}
        there = Surroundings(now, out, err, surroundings, io.StringIO(typed), None if answers is None else ask)
        code = main(arguments, there)
        return Said(code, out.getvalue(), err.getvalue())

    return type_it


@pytest.fixture
def prison(database: Path) -> Prison:
    """An empty prison in a real file, to be filled in two lines."""
    return Prison(database)


@pytest.fixture
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the key of an encrypted database is kept, or will be: not in the database's folder."""
    path = tmp_path / "keys" / "kw.key"
    path.parent.mkdir()
    monkeypatch.setenv("KW_KEY_FILE", str(path))
    return path
