"""How a command is stopped: by Ctrl-C or the end of the session; none is lost, none is a traceback."""

import os
import select
import signal
import sys
import threading
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from sys import UnraisableHookArgs
    from types import FrameType

AGAIN_AFTER = 0.01  # seconds
_heard: list[int] = []
"""The signals that came to stop this command."""


def stop_when_told() -> None:
    """Take the end of the session, or of the machine, as Ctrl-C: what is half done is undone, not left lying."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _stop)
    sys.unraisablehook = _heard_where_it_cannot_be_raised


def wait_for_a_line(stdin: TextIO) -> None:
    """Wait until something is typed or a signal comes: Ctrl-C is heard also just before the reading begins."""
    if os.name != "posix" or not stdin.isatty():
        return
    heard, told = os.pipe()
    os.set_blocking(told, False)
    before = signal.set_wakeup_fd(told)
    try:
        select.select([stdin.fileno(), heard], [], [])
    finally:
        signal.set_wakeup_fd(before)
        os.close(heard)
        os.close(told)


def _stop(number: int, frame: "FrameType | None") -> None:
    _heard.append(number)
    signal.default_int_handler(number, frame)


def _heard_where_it_cannot_be_raised(unraisable: "UnraisableHookArgs") -> None:
    """Give a Ctrl-C once more that came while something was being let go of, where Python prints it and goes on.

    What else goes wrong there once it was heard is said to nobody: a file left half written refuses to be closed.
    """
    if unraisable.exc_type is KeyboardInterrupt:
        threading.Timer(AGAIN_AFTER, _stop_again).start()
    elif not _heard:
        sys.__unraisablehook__(unraisable)


def _stop_again() -> None:
    if os.name == "posix":
        os.kill(os.getpid(), signal.SIGINT)  # to the process: it wakes whatever waits
    else:
        signal.raise_signal(signal.SIGINT)
