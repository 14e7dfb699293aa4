"""What a database is to the rest of the store, whichever of its two kinds: a local file, or one on a server.

Both answer the same questions from one state, take the same changes one after the other, and say what is wrong in the
same words. What only a file has, such as its backups, is `local_file`'s alone.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from keyworker_cli.errors import KwError
from keyworker_cli.rules.database.made import Made
from keyworker_cli.store.reads.reader import Reader, Rows

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection
    from sqlalchemy.exc import DBAPIError

    from keyworker_cli.rules.oversight.doctor_database import FileFacts, ServerFacts


class Reading(Reader, Protocol):
    """One state of the database, or of the record as it stood at a moment, held until it is closed.

    `dialect` is the kind of SQL that it speaks.
    """

    dialect: str

    def rows(self, sql: str, values: Mapping[str, Any] | None = None) -> Rows:
        """Return the rows of a question in SQL that both kinds take, its parameters as `:name`. Memory stays flat."""
        ...

    def query(self, sql: str, *, as_of: date) -> Rows:
        """Return the rows of a user's own question over the views. Raises `UsageError` where it cannot be answered."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class Database(Protocol):
    """A database of either kind. Every method raises `DatabaseError` in words when it cannot be used."""

    name: str
    """What it is called in a sentence: its path, or its address without a password."""

    def exists(self) -> bool:
        """Say whether there is a database of kw."""
        ...

    def create(self) -> Made:
        """Make its tables where there are none, and say what this call did. Safe when many do so at once."""
        ...

    def reading(self, known_at: datetime | None) -> Reading:
        """Begin to read one state of it, after an older schema was brought up to date."""
        ...

    def exposed(self) -> str | None:
        """Say who else may reach it, and what closes it; `None` where kw cannot tell, and where nobody can."""
        ...

    def check_writable(self) -> None:
        """Say what forbids a change, as far as it can be seen before anything heavy is loaded."""
        ...

    def alone(self) -> "AbstractContextManager[Connection]":
        """Begin a transaction: nobody else writes until the block ends. What was not kept is undone."""
        ...

    def keep(self, connection: "Connection") -> None:
        """Save what was changed in it."""
        ...

    def reader(self, connection: "Connection") -> Reader:
        """Return what answers questions inside a change, and sees what it has written."""
        ...

    def said(self, error: "DBAPIError", *, saving: bool = False) -> KwError:
        """Return the error for the user; `saving` says that it came while the change was being committed."""
        ...

    def unguarded(self) -> tuple[str, ...]:
        """Return, in words, what keeps its history no longer, or interferes with what is written."""
        ...

    def look_over(self) -> "FileFacts | ServerFacts":
        """Return how the database itself is."""
        ...
