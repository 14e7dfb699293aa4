"""A prison goes from a file to a server, and from a server to a file, with nothing lost on the way."""

from collections.abc import Callable
from pathlib import Path

import pytest

from databases import named, new_database
from keyworker_cli.fiction import write_prison
from postgres.roles import PASSWORD

NOTE = 'He said: "no change",\nthen € and 𝄞, and a tab\there.\r\n'
WRITTEN_SINCE = (
    'amend-session F1003KC --minutes 25 --why "typed 30 by mistake"',
    'amend-session R1019BA --void --why "another prisoner\'s"',
    "log-session T1013VN --by PQ01 --on 2026-05-12 --start 06:10 --minutes 30 --note -",
    "prisoner merge L1006NF A1026HA --why 'fingerprints at reception'",
    "config set gap.days 9",
)
"""What no file of an invented prison brings: amendments, one session taken out, two numbers of one prisoner."""


@pytest.fixture
def exported(kw, tmp_path) -> Callable[[str, str], dict[str, bytes]]:
    """Every file that `kw export` writes of a database, by name."""

    def export(database: str, name: str) -> dict[str, bytes]:
        assert kw(["export", str(tmp_path / name), "--db", database]).code == 0
        return {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}

    return export


@pytest.mark.parametrize("begun_on", ["a file", "a server"])
def test_export_import_and_export_again_give_equal_files(begun_on, kw, tmp_path, database, exported) -> None:
    write_prison("demo", tmp_path / "prison")
    file, server = str(tmp_path / "kw.db"), named(database)
    with new_database() as another:
        here, there, back = {
            "a file": (file, server, str(tmp_path / "back.db")),
            "a server": (server, file, named(another)),
        }[begun_on]
        _begin(kw, here, tmp_path / "prison")
        first = exported(here, "first")
        assert kw(["import", str(tmp_path / "first"), "--db", there]).code == 0
        second = exported(there, "second")
        assert kw(["import", str(tmp_path / "second"), "--db", back]).code == 0

        assert second == first
        assert exported(back, "third") == first
        assert first["amendments.csv"].count(b"typed 30 by mistake") == 1
        assert first["sessions.csv"].count("€ and 𝄞".encode()) == 1


def _begin(kw, database: str, files: Path) -> None:
    assert kw(["import", str(files), "--db", database]).code == 0
    for line in WRITTEN_SINCE:
        said = kw(f"{line} --db {database}", typed=NOTE)
        assert said.code == 0, said.err


def test_a_role_that_writes_takes_files_in_and_goes_on_recording(kw, prison, writer, address_of, tmp_path) -> None:
    write_prison("demo", tmp_path / "prison")
    there = f"--db {address_of(writer, PASSWORD)}"

    assert kw(f"import {tmp_path / 'prison'} {there}").code == 0
    assert kw(f"prisoner add A1234BC --last-name Example --first-name Sam --arrived 2026-05-11 {there}").code == 0
    files = list((tmp_path / "prison").glob("*.csv"))
    assert kw(f"import {tmp_path / 'prison'} {there}").out.count(" 0 new          0 changed") == len(files)
    assert kw(f"overdue --known-at 2026-05-11T12:00:00Z {there}").code == 0
