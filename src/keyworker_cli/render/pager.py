"""An answer longer than the screen, shown page by page by the program that the user has chosen for it, as git does."""

import os
import shlex
import shutil
import subprocess
from typing import Final, TextIO

USUAL: Final = {"LESS": "FRX", "LV": "-c"}
"""What a pager is told where the user has not told it: stop at once if all fits, keep colours, leave the text there."""


def is_longer_than_the_screen(text: str) -> bool:
    """Return whether a text has more lines than the screen, the line for what is typed next included."""
    return text.count("\n") >= shutil.get_terminal_size().lines


def page(text: str, command: str, stream: TextIO) -> None:
    """Show a text with the pager; where there is no such program, on the stream itself. Its end is waited for."""
    stream.flush()
    try:
        pager = subprocess.Popen(  # noqa: S603 - the user's own choice
            command if os.name == "nt" else shlex.split(command),  # Windows parts the line itself, backslashes kept
            stdin=subprocess.PIPE,
            encoding=stream.encoding,
            errors="replace",
            env={**USUAL, **os.environ},
        )
    except (OSError, ValueError):
        stream.write(text)
        return
    waiting: str | None = text
    while True:
        try:
            pager.communicate(waiting)
            return
        except KeyboardInterrupt:  # it is the pager's: less stops what it is doing, and stays
            waiting = None
