"""Where an answer goes: a pipe gets UTF-8 whatever the locale, a terminal what it can show; nothing fails for it."""

import errno
import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final, TextIO

_CLOSED: Final = (errno.EPIPE, errno.ESHUTDOWN, errno.EINVAL)
"""How a pipe says that nobody reads on: EINVAL on Windows."""


def usable(stream: TextIO | None) -> TextIO:
    """Return a stream that takes any text; one that was closed before kw began (`>&-`) swallows it."""
    if stream is None:
        return Path(os.devnull).open("w", encoding="utf-8")
    if isinstance(stream, io.TextIOWrapper):
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="replace")
    return stream


def readable(stream: TextIO | None) -> TextIO:
    """Return what is piped in as UTF-8 text; what is none shows as text that kw refuses, never as a crash."""
    if stream is None:
        return io.StringIO()
    if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
        with suppress(io.UnsupportedOperation):  # somebody has read from it: it stays as it was opened
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")
    return stream


def is_closed_pipe(error: OSError) -> bool:
    """Return whether an error only says that nobody reads on, as after `kw overdue | head`."""
    return isinstance(error, BrokenPipeError) or (error.filename is None and error.errno in _CLOSED)


def write_out(text: str) -> None:
    """Write a short answer and leave with 1 where it cannot be written, said on stderr if that can be."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        with suppress(OSError):
            drop_output(sys.stdout)
        if not is_closed_pipe(error):
            reason = error.strerror or type(error).__name__
            with suppress(OSError):
                said = f"kw: the answer could not be written: {reason}.\nhint: make room, or send it elsewhere.\n"
                sys.stderr.write(said)
                sys.stderr.flush()
        sys.exit(1)


def drop_output(stream: TextIO) -> None:
    """Let what is still to be written go nowhere, so that the end of the program does not complain of it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
