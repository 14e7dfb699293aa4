"""Answers found before they are asked for: SQLite works on another core while Python loads the rest of the program."""

import sqlite3
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Event, Thread
from typing import Any, Final, NamedTuple

from keyworker_cli.errors import KwError
from keyworker_cli.rules.settings import Settings
from keyworker_cli.store.reads.compiled_sql import STATEMENTS
from keyworker_cli.store.reads.queries import Queries
from keyworker_cli.store.reads.reader import Cells, Fact, FileReader, Remembering, Rows, plain_values

SWITCH_SECONDS: Final = 0.0002
"""How long the next question may wait for whoever is loading modules; Python's own 5 ms is longer than most answers."""

Asks = Callable[[Queries, Settings], None]
"""Asks what will be asked, under the settings in force; the answers it gets are empty."""


class Foreseen(NamedTuple):
    """A question: its name in `prepared`, its values as a file holds them, and how many cells a row of its answer has.

    `found` says that it was dealt with; `answers` holds the rows then, as one text in JSON, unless it met an error.
    """

    name: str
    values: dict[str, object]
    cells: int
    found: Event
    answers: list[str]


class AheadReader(FileReader):
    """Reads one state of a file, and finds in the background what it is told will be asked of it.

    Each answer comes as one text, from one step of SQLite, which runs without Python's lock: rows taken one by one
    would each wait for whoever is loading modules. What was not foreseen, or met an error, is asked as ever when the
    rest is found, and has its error then.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        super().__init__(connection, path)
        self._foreseen: dict[tuple[object, ...], Foreseen] = {}
        self._finding: Thread | None = None
        self._let_go = False

    def find(self, foreseen: Sequence[Foreseen]) -> None:
        """Begin to find the answers to these, in their order."""
        self._foreseen = {(one.name, *one.values.values()): one for one in foreseen}
        self._finding = Thread(target=self._find, args=(foreseen,), daemon=True)
        self._finding.start()

    def rows(self, sql: str, values: Mapping[str, Any] | None = None) -> Rows:
        """Return the rows of a question, when all that was foreseen is found."""
        self._wait()
        return super().rows(sql, values)

    def close(self) -> None:
        """Let go of the file, whatever is still being found."""
        self._let_go = True
        while self._finding is not None and self._finding.is_alive():
            self._connection.interrupt()  # what it has begun, or is about to begin
            self._finding.join(SWITCH_SECONDS)
        super().close()

    def _find(self, foreseen: Sequence[Foreseen]) -> None:
        usual = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_SECONDS)
        try:
            for one in foreseen:
                if self._let_go:
                    return
                one.answers.extend(*self._connection.execute(_as_one_text(one), one.values))
                one.found.set()
        except Exception:
            return
        finally:
            sys.setswitchinterval(usual)
            for one in foreseen:
                one.found.set()

    def _answer(self, question: str, values: dict[str, object]) -> Sequence[Cells]:
        one = self._foreseen.pop((question, *values.values()), None)
        if one is not None:
            import json  # noqa: PLC0415 - a door on the list: SQLite has begun before it is loaded

            one.found.wait()
            if one.answers:
                return json.loads(one.answers[0])  # type: ignore[no-any-return]  # rows, as `_as_one_text` has them
        self._wait()
        return super()._answer(question, values)

    def _wait(self) -> None:
        """Wait until the connection is nobody else's."""
        if self._finding is not None:
            self._finding.join()
            self._finding = None


def read_ahead(connection: sqlite3.Connection, path: Path, asks: Asks) -> AheadReader:
    """Return what reads a file, and has begun to find what will be asked. Raises `DatabaseError` as any reader does."""
    reader = AheadReader(connection, path)
    noted = _Noted()
    to_come = Queries(Remembering(noted))
    to_come.settings()  # everybody asks for them again
    try:
        asks(to_come, Queries(reader).settings())
    except KwError:
        reader.close()
        raise
    reader.find(noted.questions)
    return reader


def _as_one_text(one: Foreseen) -> str:
    names = ", ".join(f"c{number}" for number in range(one.cells))
    whole = f"SELECT json_group_array(json_array({names})) FROM found"  # noqa: S608 - names of ours
    return f"WITH found({names}) AS ({STATEMENTS[one.name]}) {whole}"


class _Noted:
    """Takes questions down and answers none."""

    def __init__(self) -> None:
        self.questions: list[Foreseen] = []

    def ask(self, question: str, fact: type[Fact], values: Mapping[str, Any]) -> list[Fact]:
        cells = len(fact._fields)  # type: ignore[attr-defined]  # every fact is a named tuple
        self.questions.append(Foreseen(question, plain_values(values), cells, Event(), []))
        return []
