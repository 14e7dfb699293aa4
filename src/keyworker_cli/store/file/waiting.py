"""Waiting for others who use the database: whoever came first is first, one wait of 30 s in all, said after one."""

import os
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

if sys.platform != "win32":
    import fcntl

MOST_SECONDS: Final = 30
SAID_AFTER: Final = 1
WRITING: Final = f"note: someone else is writing; waiting until they are done, {MOST_SECONDS} seconds at most."
READING: Final = f"note: someone else is reading; waiting until they are done, {MOST_SECONDS} seconds at most."
LOCKS: Final = Path("/proc/locks")


class Patience:
    """How long one run waits, however often: each wait leaves less for the next. `say` tells whoever waits."""

    def __init__(self, say: Callable[[str], object] = lambda _: None, *, seconds: float = MOST_SECONDS) -> None:
        self._left = seconds
        self._say = say

    @property
    def seconds(self) -> float:
        """What is left of it."""
        return max(0.0, self._left)

    @property
    def milliseconds(self) -> int:
        """What is left of it, of which a database is told: at least one."""
        return max(1, int(self._left * 1000))

    @contextmanager
    def wait(self, says: Callable[[], str | None] = lambda: WRITING) -> Iterator[None]:
        """Take the time of a block that waits; after a second say for whom, once, where there is something to say."""

        def say() -> None:
            with suppress(OSError, ValueError):  # nobody is left to be told
                if words := says():
                    self._say(words)

        began = time.monotonic()
        telling = threading.Timer(SAID_AFTER, say)
        telling.daemon = True
        telling.start()
        try:
            yield
        finally:
            telling.cancel()
            self._left -= time.monotonic() - began

    @contextmanager
    def turn(self, file: Path) -> Iterator[None]:
        """Stand in the queue of those who want to write to a file, and keep its head until the end of the block.

        SQLite's own way of waiting is to ask again, less and less often: who came last gets in first. No connection to
        the file may be open in this process at the end of the block. Raises `sqlite3.OperationalError` as SQLite does
        where the wait was in vain. Where the system keeps no queue, and for a file that cannot be opened, nothing is
        waited for.
        """
        handle = _opened(file)
        try:
            if handle is not None and not _at_its_head(handle):
                with self.wait():
                    _queue(handle, self.seconds)
            yield
        finally:
            if handle is not None:
                os.close(handle)


def somebody_reads(file: Path) -> bool:
    """Say whether another process has a file open to read it, as far as the system tells."""
    with suppress(OSError):
        inode, own = f":{file.stat().st_ino}", str(os.getpid())
        held = [line.split() for line in LOCKS.read_text().splitlines()]
        return any("READ" in lock and lock[-3].endswith(inode) and own not in lock for lock in held)
    return False


def _opened(file: Path) -> int | None:
    with suppress(OSError):  # SQLite says what is wrong
        return None if sys.platform == "win32" else os.open(file, os.O_RDONLY | os.O_NONBLOCK)
    return None


def _at_its_head(handle: int) -> bool:
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without such locks
        return True
    return True


def _queue(handle: int, seconds: float) -> None:
    """Wait for the head of the queue, in a thread of its own: the system's waiting has no end."""
    there = threading.Event()

    def stand() -> None:
        with suppress(OSError):
            if sys.platform != "win32":
                fcntl.flock(handle, fcntl.LOCK_EX)
        there.set()

    threading.Thread(target=stand, daemon=True).start()
    if not there.wait(seconds):
        error = sqlite3.OperationalError("others who came before are writing still")
        error.sqlite_errorname = "SQLITE_BUSY"
        raise error
