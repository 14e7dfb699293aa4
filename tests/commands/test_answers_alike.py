"""Whatever a prison is kept in, every report answers the same, to the letter and in its order, at any date.

On the demo prison of 24 men; with `KW_TEST_PRISON=standard` on the one of 600.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from commands.test_export_answers_alike import REPORTS
from keyworker_cli.fiction import write_prison

SIZE = os.environ.get("KW_TEST_PRISON", "demo")
DATES = ("2026-05-12", "2026-04-13", "2026-03-20")


def in_clear(kw, path: Path) -> str:
    assert kw(f"init --db {path}").code == 0
    return str(path)


def encrypted(kw, path: Path) -> str:
    assert kw(f"init --encrypt --db {path}").code == 0
    assert not path.read_bytes().startswith(b"SQLite")
    return str(path)


KEPT_IN: dict[str, Callable[..., str]] = {"encrypted": encrypted}
"""How an empty database of each kind is made, given where it may be; it returns what `--db` takes."""


@pytest.mark.parametrize("kind", KEPT_IN)
def test_every_report_is_the_same_as_from_a_file_in_clear(kind, kw, key_file, tmp_path) -> None:
    write_prison(SIZE, tmp_path / "prison")
    databases = [in_clear(kw, tmp_path / "clear.db"), KEPT_IN[kind](kw, tmp_path / "other.db")]
    for database in databases:
        assert kw(["import", str(tmp_path / "prison"), "--db", database]).code == 0

    for day in DATES:
        for report in REPORTS:
            line = f"{report} --as-of {day} --format json"
            answers = [kw(f"{line} --db {database}") for database in databases]
            assert (answers[0].code, answers[0].out) == (answers[1].code, answers[1].out), line
            assert answers[0].code == 0, line
