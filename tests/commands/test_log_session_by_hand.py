"""`kw log-session` as a program on a real terminal, as an officer between two unlocks types it."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
from contextlib import contextmanager
from pathlib import Path

import pytest

from databases import named
from factories import world

SOURCE = Path(__file__).parents[2] / "src"
ON_TERMINAL = """
import fcntl, os, signal, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
signal.signal(signal.SIGINT, signal.SIG_DFL)  # as on a person's terminal, whatever the tests were started by
os.execv(sys.executable, [sys.executable, "-m", "keyworker_cli", *sys.argv[1:]])
"""
CTRL_C, CTRL_D, ENTER = "\x03", "\x04", "\n"
PATIENCE_SECONDS = 60
COLUMNS = 80


class Terminal:
    """A terminal with `kw` on it: wait for words, type keys, count them."""

    def __init__(self, screen, program):
        self.screen, self.program = screen, program
        self.shown, self.read_to, self.keys = "", 0, 0

    def wait_for(self, words):
        while words not in self.shown[self.read_to :]:
            if not self._read():
                pytest.fail(f"{words!r} never came: {self.shown!r}")
        self.read_to = self.shown.index(words, self.read_to) + len(words)

    def type(self, keys):
        self.keys += len(keys)
        os.write(self.screen, keys.encode())

    def end(self):
        while self._read():
            pass
        return self.program.wait(PATIENCE_SECONDS)

    def _read(self):
        ready, _, _ = select.select([self.screen], [], [], PATIENCE_SECONDS)
        try:
            more = os.read(self.screen, 4096).decode() if ready else ""
        except OSError:  # the other end of the terminal is closed: the program has ended
            more = ""
        self.shown += more.replace("\r", "")
        return bool(more)


@contextmanager
def terminal(database, *line):
    """Start `kw` with a terminal of its own, where Ctrl-C means what it means to a person."""
    screen, inside = pty.openpty()
    fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
    environment = os.environ | {"PYTHONPATH": str(SOURCE), "KW_DB": named(database), "KW_USER": "shahn"}
    program = subprocess.Popen(
        [sys.executable, "-c", ON_TERMINAL, *line],
        stdin=inside,
        stdout=inside,
        stderr=inside,
        env=environment,
        start_new_session=True,
    )
    os.close(inside)
    try:
        yield Terminal(screen, program)
    finally:
        program.kill()
        program.wait()
        os.close(screen)


@pytest.fixture
@world
def wing(prison):
    """Mr Adeyemi and his key worker, who logs in as shahn. The clock is the real one, so he came long ago."""
    prison.prisoner("A1234BC", arrived="2020-01-06", name="Noah Adeyemi")
    prison.officer("SHAH", login="shahn", on="2020-01-06")
    prison.allocated("A1234BC", "SHAH", "2020-01-07")
    prison.store.close()
    return prison


def sessions(wing):
    return wing.store.queries.sessions_of(wing.people["A1234BC"])


def test_an_officer_logs_a_session_with_a_dozen_keys(wing):
    with terminal(wing.address, "log-session") as there:
        there.wait_for("You: Officer Shah (SHAH)")
        there.wait_for("1, or prison number or name: ")
        there.type("1" + ENTER)
        there.wait_for("c cancelled): ")
        there.type("45" + ENTER)
        for question in ("[today]: ", "[none]: ", "[later]: ", "[none]: ", "[none]: ", "[none]: ", "Save? [Y/n] "):
            there.wait_for(question)
            there.type(ENTER)
        there.wait_for("Recorded: Noah Adeyemi (A1234BC), key worker session with Officer Shah.")
        ended = there.end()

    assert ended == 0
    assert there.keys == 12
    assert re.search(r"note due by \w{3} \d+ \w{3} \d\d:\d\d \(within 24 h\): kw note A1234BC", there.shown)
    assert max(len(line) for line in there.shown.splitlines() if not line.endswith(": ")) < COLUMNS
    assert [(held.minutes, held.by) for held in sessions(wing)] == [(45, "Officer Shah")]


@pytest.mark.parametrize(("key", "answered"), [(CTRL_C, 0), (CTRL_C, 2), (CTRL_D, 2)])
def test_ctrl_c_and_ctrl_d_leave_without_saving_anything(wing, key, answered):
    with terminal(wing.address, "log-session") as there:
        for question, answer in (("or name: ", "ade"), ("cancelled): ", "45"))[:answered]:
            there.wait_for(question)
            there.type(answer + ENTER)
        there.wait_for("[today]: " if answered else "or name: ")
        there.type(key)
        there.wait_for("kw: stopped; nothing saved.")
        ended = there.end()

    assert ended == 130
    assert "Traceback" not in there.shown
    assert sessions(wing) == []


def test_an_error_is_broken_between_words_too(wing):
    with terminal(wing.address, "log-session", "A1234BC", "--minutes", "45", "--topics", "gardening") as there:
        ended = there.end()

    assert ended == 2
    lines = there.shown.splitlines()
    assert max(map(len, lines)) < COLUMNS
    assert "kw: there is no topic 'gardening'." in lines
    assert "hint: there are FAMILY, RELATIONSHIP," in " ".join(there.shown.split())
