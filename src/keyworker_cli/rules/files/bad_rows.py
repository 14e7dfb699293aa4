"""The bad rows of input files: all counted, the first of them listed (help: exit-codes)."""

from typing import Final

from keyworker_cli.errors import BadInputError
from keyworker_cli.rules.say import say_count

LISTED_AT_MOST: Final = 50
LONGEST_LINE: Final = 400


class BadRows:
    """What is wrong with the files that were read, in the order in which it was found."""

    def __init__(self) -> None:
        self._bad: dict[str, set[int]] = {}
        self._listed: list[str] = []
        self._found = 0

    def __bool__(self) -> bool:
        return bool(self._bad)

    def __contains__(self, file: str) -> bool:
        return file in self._bad

    def add(self, file: str, line: int, column: str, reason: str) -> None:
        """Note a row that cannot be taken; `column` is empty where it is the row as a whole."""
        self._bad.setdefault(file, set()).add(line)
        self._note(f"{file} line {line}, {column}: {reason}" if column else f"{file} line {line}: {reason}")

    def add_file(self, file: str, reason: str) -> None:
        """Note a file that cannot be read on, or not at all."""
        self._bad.setdefault(file, set())
        self._note(f"{file}: {reason}")

    def _note(self, said: str) -> None:
        self._found += 1
        if len(self._listed) < LISTED_AT_MOST:
            self._listed.append(said if len(said) <= LONGEST_LINE else f"{said[: LONGEST_LINE - 1]}…")

    def stop(self) -> None:
        """Raise `BadInputError` with all that was found; return where nothing was."""
        if not self._bad:
            return
        rows = sum(len(lines) for lines in self._bad.values())
        where = next(iter(self._bad)) if len(self._bad) == 1 else f"{len(self._bad)} files"
        what = f"{say_count(rows, 'bad row')} in {where}" if rows else f"{where} cannot be read"
        more = self._found - len(self._listed)
        details = (*self._listed, *([f"and {more:,} more"] if more else []))
        raise BadInputError(f"{what}; nothing was saved.", "mend the rows listed above and import again.", details)
