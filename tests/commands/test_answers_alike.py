"""Whatever a prison is kept in, every report answers the same, to the letter and in its order, at any date.

On the demo prison of 24 prisoners; with `KW_TEST_PRISON=standard` on the one of 600.
"""

import os

import pytest

from commands.test_export_answers_alike import REPORTS
from databases import SERVER, named
from keyworker_cli.fiction import write_prison

SIZE = os.environ.get("KW_TEST_PRISON", "demo")
DATES = ("2026-05-12", "2026-04-13", "2026-03-20")


@pytest.fixture
def encrypted(kw, key_file, tmp_path) -> str:
    """An encrypted file, named as `--db` takes it."""
    path = tmp_path / "encrypted.db"
    assert kw(f"init --encrypt --db {path}").code == 0
    assert not path.read_bytes().startswith(b"SQLite")
    return str(path)


@pytest.fixture
def on_a_server(kw, database) -> str:
    """A database on the server that the tests are run on, named as `--db` takes it."""
    assert kw("init").code == 0
    return named(database)


KEPT_IN = ("encrypted", "on_a_server") if SERVER else ("encrypted",)
"""Beside a file in clear: the fixtures that make an empty database of each kind."""


@pytest.mark.parametrize("kind", KEPT_IN)
def test_every_report_is_the_same_as_from_a_file_in_clear(kind, request, kw, tmp_path) -> None:
    write_prison(SIZE, tmp_path / "prison")
    databases = [str(tmp_path / "clear.db"), request.getfixturevalue(kind)]
    for database in databases:
        assert kw(["import", str(tmp_path / "prison"), "--db", database]).code == 0

    for day in DATES:
        for report in REPORTS:
            line = f"{report} --as-of {day} --format json"
            answers = [kw(f"{line} --db {database}") for database in databases]
            assert (answers[0].code, answers[0].out) == (answers[1].code, answers[1].out), line
            assert answers[0].code == 0, line
