"""The recipe that writes the morning page is heard when it cannot (help: schedule)."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "src/keyworker_cli/topics/schedule.md"
SCRIPT = re.search(r"^```sh\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)

pytestmark = pytest.mark.sqlite_file  # the programs are given a file


def run(folder: Path, database: Path) -> subprocess.CompletedProcess[str]:
    assert SCRIPT is not None
    (folder / "morning.sh").write_text(SCRIPT[1])
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    there = {"PATH": programs, "HOME": str(folder), "KW_DB": str(database), "KW_PAGE": str(folder / "morning.html")}
    return subprocess.run(
        ["sh", str(folder / "morning.sh")], env={**there, "KW_USER": "governor"}, capture_output=True, text=True
    )


def test_the_page_is_written_and_nothing_is_said(prison, database, tmp_path) -> None:
    prison.prisoner("A1234BC", arrived="2026-01-05")

    done = run(tmp_path, database)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "<html" in (tmp_path / "morning.html").read_text(encoding="utf-8")


def test_without_a_page_it_says_so_and_yesterday_s_is_not_left_on_the_table(tmp_path) -> None:
    (tmp_path / "morning.html").write_text("yesterday's")

    done = run(tmp_path, tmp_path / "missing.db")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("NO MORNING PAGE on ")
    assert "kw: there is no database at" in done.stderr
    assert not (tmp_path / "morning.html").exists()
