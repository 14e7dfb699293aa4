"""A prison's database in a folder of its own, somebody who types there, and what must hold whatever he types."""

import contextlib
import io
import json
import os
import sqlite3
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

import typer
from hypothesis import settings

from factories import Prison, empty_database
from keyworker_cli.cli import LONGEST_LINE, Environment, main
from keyworker_cli.command_line.progress import CLEAR_LINE

AT_NIGHT = settings.default is settings.get_profile("long")
fuzzed = settings() if AT_NIGHT else settings(derandomize=True, max_examples=60)
fuzzed_shortly = settings() if AT_NIGHT else settings(derandomize=True, max_examples=25)
"""The ordinary suite types the same lines each time: it fails only for what was changed. A night types others."""

NOW = datetime(2026, 5, 12, 9, tzinfo=UTC)
ANSWERED = (0, 3)
REFUSED = (2, 4, 5, 6, 7, 130)
NOT_WRITTEN = 1  # a file that the system will not take; anything else that ends with 1 is a bug
TURNED = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")  # marks that reorder what is read
BETWEEN = "  "  # how the lines between what is wrong and the hint begin


class Typed(NamedTuple):
    """What a command line ended with, and all that was said."""

    code: int
    out: str
    err: str


class Desk:
    """A folder with a prison's database in it, and somebody who types."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "kw.db"

    def type(self, line: list[str], *, answers: list[str] | None = None, piped: str = "", **surroundings: str) -> Typed:
        """Type a line; `answers` are given to what it asks, and after the last of them somebody presses Ctrl-D."""
        out, err = io.StringIO(), io.StringIO()
        replies = iter(answers or ())

        def ask(question: str) -> str:
            for reply in replies:
                return reply
            raise typer.Abort

        environment = {"KW_DB": str(self.database), "KW_USER": "governor", "EDITOR": "false", **surroundings}
        there = Environment(NOW, out, err, environment, io.StringIO(piped), None if answers is None else ask)
        with surrounded_by(surroundings):
            return Typed(main(line, there), out.getvalue(), err.getvalue())

    def content(self) -> bytes | None:
        """Return what is in the database's file, to the byte."""
        return self.database.read_bytes() if self.database.exists() else None


@contextlib.contextmanager
def surrounded_by(variables: Mapping[str, str]) -> Iterator[None]:
    """Let variables be set for the process as well, for what asks the system itself: a home, a folder in memory."""
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextlib.contextmanager
def desk(world: Callable[[], bytes]) -> Iterator[Desk]:
    """Sit down in a new folder with a copy of a prison, and some files to name."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        here = Desk(Path(folder))
        here.database.write_bytes(world())
        here.database.chmod(0o600)
        Path("files").mkdir()
        Path("note.txt").write_text("He spoke of his daughter.", encoding="utf-8")
        sessions = "prison_number,staff_id,held_on,minutes\nA1234BC,SHAH,2026-05-02,45\n"
        Path("files/sessions.csv").write_text(sessions, encoding="utf-8")
        yield here


def check_said(said: Typed) -> None:
    """An answer, or in two lines what is wrong and what to type; never a traceback, nor orders to a terminal."""
    assert "a bug in kw" not in said.err
    assert "Traceback" not in said.out + said.err
    assert said.code in (*ANSWERED, *REFUSED) or (said.code == NOT_WRITTEN and "was not written" in said.err)
    conversation = said.err.replace(CLEAR_LINE, "\n")
    *_, last = ["", *conversation.splitlines()]
    if said.code not in ANSWERED and last.startswith("{"):  # asked for as JSON: one object in place of two lines
        assert {"error", "hint", "details", "exit"} == json.loads(last).keys()
    elif said.code not in ANSWERED:
        *_, what, hint = (line for line in conversation.splitlines() if not line.startswith(BETWEEN))
        assert what.startswith("kw: ")
        assert hint.startswith("hint: ")
        assert max(len(what), len(hint)) <= LONGEST_LINE + 3
    shown = said.out + conversation
    assert not {letter for letter in shown if unicodedata.category(letter) in ("Cc", "Cs")} - {"\n", "\r", "\t"}
    assert not {letter for letter in shown if unicodedata.bidirectional(letter) in TURNED}


def check_sound(here: Desk) -> None:
    """Check that the database holds: no damage, no row that refers to nothing, an audit that verifies."""
    with contextlib.closing(sqlite3.connect(here.database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    verified = here.type(["audit", "verify"])
    assert verified.code == 0, verified.err


# --- the prisons ---


@cache
def demo_prison() -> bytes:
    """Return the database that `kw demo` makes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.db"
        main(["demo", "--db", str(path)], Environment(NOW, io.StringIO(), io.StringIO(), {}))
        return path.read_bytes()


@cache
def one_prisoner() -> bytes:
    """Return the database of a prison with one prisoner and one officer, whose login types here."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kw.db"
        prison = Prison(path)
        prison.prisoner("A1234BC", arrived="2026-05-01")
        prison.officer("SHAH", login="governor")
        prison.store.close()
        return path.read_bytes()


WORLDS = (empty_database, one_prisoner, demo_prison)
