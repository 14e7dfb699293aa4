"""The bad rows of input files: all counted, the same fault in many rows said once, the first of them listed.

help: exit-codes
"""

from dataclasses import dataclass, field
from typing import Final

from keyworker_cli.errors import BadInputError
from keyworker_cli.rules.say import say_count

LISTED_AT_MOST: Final = 50
LONGEST_LINE: Final = 400
LINES_NAMED: Final = 5


@dataclass(slots=True)
class _Fault:
    """One thing that is wrong, and the lines that it is wrong in; the first of them by number."""

    file: str
    column: str
    reason: str
    lines: list[int] = field(default_factory=list)
    rows: int = 0

    def said(self) -> str:
        """Say it in one line: `sessions.csv line 2, minutes: is missing`, or with all its rows."""
        what = f", {self.column}: {self.reason}" if self.column else f": {self.reason}"
        if self.rows == 0:
            return _shortened(f"{self.file}{what}")
        if self.rows == 1:
            return _shortened(f"{self.file} line {self.lines[0]}{what}")
        named = ", ".join(str(line) for line in self.lines)
        more = f" and {self.rows - len(self.lines):,} more" if self.rows > len(self.lines) else ""
        return f"{_shortened(f'{self.file} lines {named}{more}{what}')} ({self.rows:,} rows)"


class BadRows:
    """What is wrong with the files that were read, in the order in which it was found."""

    def __init__(self) -> None:
        self._bad: dict[str, set[tuple[str, int]]] = {}
        self._files: dict[str, None] = {}
        self._faults: dict[tuple[str, str, str], _Fault] = {}

    def __bool__(self) -> bool:
        return bool(self._bad)

    def __contains__(self, file: str) -> bool:
        return file in self._bad

    def add(self, file: str, line: int, column: str, reason: str, *, of: str = "") -> None:
        """Note a row that cannot be taken; `column` is empty where it is the row as a whole.

        `of` is what the row was read as a part of, where that is not the file it stands in.
        """
        self._bad.setdefault(of or file, set()).add((file, line))
        fault = self._fault(file, column, reason)
        fault.rows += 1
        if len(fault.lines) < LINES_NAMED:
            fault.lines.append(line)

    def add_file(self, file: str, reason: str) -> None:
        """Note a file that cannot be read on, or not at all."""
        self._bad.setdefault(file, set())
        self._fault(file, "", reason)

    def _fault(self, file: str, column: str, reason: str) -> _Fault:
        self._files[file] = None
        return self._faults.setdefault((file, column, reason), _Fault(file, column, reason))

    def stop(self) -> None:
        """Raise `BadInputError` with all that was found; return where nothing was."""
        if not self._bad:
            return
        rows = len({place for places in self._bad.values() for place in places})
        where = next(iter(self._files)) if len(self._files) == 1 else f"{len(self._files)} files"
        what = f"{say_count(rows, 'bad row')} in {where}" if rows else f"{where} cannot be read"
        faults = list(self._faults.values())
        more = len(faults) - LISTED_AT_MOST
        details = (*(fault.said() for fault in faults[:LISTED_AT_MOST]), *([f"and {more:,} more"] if more > 0 else []))
        hint = "mend the rows listed above and import again." if rows else "mend what is said above and import again."
        raise BadInputError(f"{what}; nothing was saved.", hint, details)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_LINE else f"{text[: LONGEST_LINE - 1]}…"
