"""What reads a database, whichever of its two kinds: questions are asked by name and answered with facts.

A local file runs SQL compiled ahead (`file.reader`), a server the SQLModel statements (`server.reader`). Nothing above
this file knows which of the two answered; types are converted in those two and nowhere else.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from typing import Any, Final, NamedTuple, Protocol, TypeVar

from keyworker_cli.errors import UsageError
from keyworker_cli.rules.facts.names import moment_text

HINT: Final = "kw query lists the views and their columns; a question is one SELECT."

CHUNK: Final = 500  # ten times as many are not at hand for the processor any more, which takes longer

Fact = TypeVar("Fact", bound=NamedTuple)
T = TypeVar("T")


def in_chunks(rows: Iterable[T]) -> Iterator[list[T]]:
    """Yield the rows, so many at a time."""
    left = iter(rows)
    while chunk := list(islice(left, CHUNK)):
        yield chunk


class Reader(Protocol):
    """Answers a question, by its name, with facts."""

    def ask(self, question: str, fact: type[Fact], values: Mapping[str, Any]) -> list[Fact]:
        """Return all rows of the answer, as facts of the given kind."""
        ...


class Rows:
    """Rows as they are stored, one at a time, and the names of their columns.

    Days and moments are text (ISO; moments as `moment_text` writes them), truths are 0 and 1: the same cells from
    either kind of database.
    """

    def __init__(self, names: tuple[str, ...], lines: Iterator[tuple[Any, ...]]) -> None:
        self.names = names
        self._lines = lines

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return self._lines


def not_understood(said: str) -> UsageError:
    """Return the error for a question of the user's own that the database does not take, in the database's words."""
    if "prohibited" in said or "not authorized" in said:
        said = "only the views can be read, and nothing can be changed"
    return UsageError(f"the question is not understood: {' '.join(said.split()).rstrip('.')}.", HINT)


class Remembering:
    """Asks each question once: for reports, whose answers all come from one state of the database."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._answers: dict[tuple[str, tuple[Any, ...]], list[Any]] = {}

    def ask(self, question: str, fact: type[Fact], values: Mapping[str, Any]) -> list[Fact]:
        """Return the answer, found now or before."""
        asked = (question, tuple(values.values()))
        if asked not in self._answers:
            self._answers[asked] = self._reader.ask(question, fact, values)
        return list(self._answers[asked])


def plain_values(values: Mapping[str, Any]) -> dict[str, object]:
    """Return a question's values as a file holds them."""
    return {name: as_stored(value) for name, value in values.items()}


def as_stored(value: object) -> object:
    """Return a value as a file holds it: a day or a moment as text."""
    if isinstance(value, datetime):
        return moment_text(value)
    return value.isoformat() if isinstance(value, date) else value
