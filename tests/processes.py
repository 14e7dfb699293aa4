"""`kw` as real processes, to which a fault happens: see `kw_loaded`."""

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from kw_loaded import ENDED

LONGEST_WAIT = 60.0  # seconds; on a busy machine too


@dataclass(frozen=True)
class Ended:
    """How a process ended: its exit code, minus the signal for one that was killed, its answer and its conversation."""

    code: int
    out: str
    err: str


class Running:
    """A process that runs."""

    def __init__(self, loaded: "Loaded", pid: int, out: Path, err: Path) -> None:
        self._loaded = loaded
        self._pid = pid
        self._out = out
        self._err = err

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        os.kill(self._pid, number)

    def acknowledged(self) -> list[str]:
        """Return the command lines of which it has said that they were done."""
        done = f"{ENDED} 0: "
        lines = self._out.read_text("utf-8").splitlines(keepends=True)
        return [line.removeprefix(done).strip() for line in lines if line.startswith(done) and line.endswith("\n")]

    def wait_for_a_line(self) -> None:
        """Wait until it has done its first line."""
        until = time.monotonic() + LONGEST_WAIT
        while not self.acknowledged():
            assert time.monotonic() < until, self._err.read_text("utf-8")
            time.sleep(0.001)

    def wait_for_words(self, words: str) -> None:
        """Wait until it has said these words beside its answer."""
        until = time.monotonic() + LONGEST_WAIT
        while words not in self._err.read_text("utf-8"):
            assert time.monotonic() < until, self._err.read_text("utf-8")
            time.sleep(0.01)

    def wait(self) -> Ended:
        """Wait for its end."""
        code = self._loaded.ask(wait=self._pid)
        return Ended(code, self._out.read_text("utf-8"), self._err.read_text("utf-8"))


class Loaded:
    """`kw`, loaded once, whose every run is a process of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count()
        program = [sys.executable, str(Path(__file__).with_name("kw_loaded.py"))]
        self._process = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, **request: Any) -> int:
        """Ask the loaded program for something; return its answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def start(self, *lines: str, database: Path | str, now: str | None = None, **fault: Any) -> Running:
        """Begin a process that types these command lines one after the other; `fault` is one of `kw_loaded`."""
        number = next(self._numbers)
        out, err = self._folder / f"{number}.out", self._folder / f"{number}.err"
        out.touch()
        err.touch()
        environment = {"KW_DB": str(database), "KW_USER": "tester"}
        run = [shlex.split(line) for line in lines]
        told = {"out": str(out), "err": str(err)}
        pid = self.ask(run=run, environment=environment, now=now, fault=fault, **told)
        return Running(self, pid, out, err)

    def end(self) -> None:
        """Let it go."""
        self._process.communicate()
