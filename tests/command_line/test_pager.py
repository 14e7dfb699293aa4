"""On a terminal a long answer goes through the pager that was chosen, and lines fit its width; elsewhere neither."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from factories import Prison

pytestmark = pytest.mark.sqlite_file  # a screen is the same whatever the database


@pytest.fixture(scope="module")
def crowd(tmp_path_factory) -> Path:
    """A prison with more prisoners than lines on a screen."""
    place = tmp_path_factory.mktemp("crowd") / "kw.db"
    prison = Prison(place)
    prison.officer("SHAH")
    for at in range(40):
        prison.prisoner(f"A10{at:02}AA", arrived="2026-01-05", name=f"Man{at} Example", location=f"B-1-0{at:02}")
        prison.allocated(f"A10{at:02}AA", "SHAH", "2026-01-06")
    prison.store.close()
    return place


def on_a_terminal(line: str, place: Path, *, lines: int = 24, columns: int = 100, **environment: str) -> str:
    """Return all that a terminal of this size is shown."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    given = {key: value for key, value in os.environ.items() if key not in ("PAGER", "KW_PAGER", "COLUMNS", "LINES")}
    kw = subprocess.Popen(
        [sys.executable, "-m", "keyworker_cli", *line.split()],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**given, "KW_DB": str(place), "KW_AS_OF": "2026-05-12", "TERM": "xterm", "NO_COLOR": "1", **environment},
    )
    os.close(slave)
    shown = b""
    while True:
        try:
            more = os.read(master, 65536)
        except OSError:  # the other end is closed
            break
        if not more:
            break
        shown += more
    os.close(master)
    assert kw.wait() == 0
    return re.sub(r"\x1b\[[0-9;]*m", "", shown.decode("utf-8").replace("\r\n", "\n"))


@pytest.mark.parametrize("variable", ["KW_PAGER", "PAGER"])
def test_an_answer_longer_than_the_screen_goes_through_the_pager(crowd, variable):
    shown = on_a_terminal("overdue", crowd, **{variable: "sed s/^/PAGED/"})

    assert "PAGED" in shown


def test_the_pager_chosen_for_kw_comes_before_that_for_everything(crowd):
    shown = on_a_terminal("overdue", crowd, PAGER="sed s/^/WRONG/", KW_PAGER="sed s/^/PAGED/")

    assert ("PAGED" in shown, "WRONG" in shown) == (True, False)


@pytest.mark.parametrize(
    ("line", "lines", "chosen"),
    [
        ("overdue --no-pager", 24, "sed s/^/PAGED/"),
        ("overdue --limit 2", 60, "sed s/^/PAGED/"),
        ("overdue", 24, ""),
        ("overdue", 24, "no-such-pager-anywhere"),
    ],
)
def test_it_stands_on_the_screen_itself_without_one(crowd, line, lines, chosen):
    shown = on_a_terminal(line, crowd, lines=lines, KW_PAGER=chosen)

    assert "PAGED" not in shown
    assert "A1000AA" in shown


def test_what_is_no_terminal_is_never_paged(crowd):
    said = subprocess.run(
        [sys.executable, "-m", "keyworker_cli", "overdue"],
        env={**os.environ, "KW_DB": str(crowd), "KW_AS_OF": "2026-05-12", "KW_PAGER": "sed s/^/PAGED/"},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )

    assert "PAGED" not in said.stdout


@pytest.mark.parametrize("columns", [40, 60, 80, 100, 120, 160, 200])
def test_no_line_is_wider_than_the_terminal_and_every_number_stands_whole(crowd, columns):
    shown = on_a_terminal("overdue --no-pager", crowd, columns=columns)

    table = [line for line in shown.splitlines() if "A10" in line]
    assert len(table) == 40
    assert max(map(len, table)) <= columns
