"""Sentences on a terminal: broken between words, never inside one."""

import os
import re
from typing import Final, TextIO

USUAL_COLUMNS: Final = 80
HANGING: Final = 2
"""By how much the lines after the first stand further in."""
GLUE: Final = "\ue000"
"""Stands for a space at which no line is broken, while lines are: no font has it, and no text."""
_TOGETHER: Final = re.compile(
    r"(?:: |\bW\d\d )?\b\d+ %|\bW\d\d n/a|: \d|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d\d?(?: [JFMASOND][a-z]+)?"
)
"""What stays on one line: a figure with its sign or with what it is of, a day with its month."""


def columns_of(stream: TextIO) -> int:
    """Return how many characters a line of a terminal has room for; of what is none, the usual 80."""
    try:
        return os.get_terminal_size(stream.fileno()).columns or USUAL_COLUMNS
    except (OSError, ValueError):  # no terminal, or no file at all
        return USUAL_COLUMNS


def fit_lines(text: str, columns: int) -> str:
    """Return a text with each of its lines broken before the last column; a word longer than that stays whole.

    >>> print(fit_lines("  to raise: debt, mental health, safety", 24))
      to raise: debt,
        mental health,
        safety
    """
    return "\n".join(_broken(line, columns - 1) for line in text.split("\n"))


def hold(text: str) -> str:
    """Return a text with what stays on one line held together by `GLUE`."""
    return _TOGETHER.sub(lambda found: found[0].replace(" ", GLUE), text)


def _broken(line: str, room: int) -> str:
    if len(line) <= room:
        return line
    indent = line[: len(line) - len(line.lstrip(" "))]
    lines = [indent]
    for word in hold(line).split():
        longer = f"{lines[-1]} {word}" if lines[-1].strip() else f"{lines[-1]}{word}"
        if len(longer) <= room or not lines[-1].strip():
            lines[-1] = longer
        else:
            lines.append(f"{indent}{' ' * HANGING}{word}")
    return "\n".join(lines).replace(GLUE, " ")
