"""How a change carries on the counts and checksums of the tables: by the rows it has added or written over.

Every row that a change adds has a higher key than any before it, and every one that it writes over leaves its earlier
version behind with a higher key than any: so what changed is found by where each table ended when the change began.
What was altered before that outside kw is not taken in: no line has counted it, and verifying finds it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection

from keyworker_cli.store.changes.tallies import AS_TEXT, Rows, Tally, read_tallies, rows_as_text, tallies_text
from keyworker_cli.store.reads.compiled_sql import COLUMNS
from keyworker_cli.store.reads.reader import CHUNK

PAST: Final = "_past"
Chunks = Iterator[Sequence[Sequence[Any]]]
_ENDS: Final = " UNION ALL ".join(
    f"SELECT '{name}', coalesce(max({columns.partition(',')[0]}), 0) FROM {name}" for name, columns in COLUMNS.items()
)


class Counting:
    """What a change does to the tallies. `began` says where each table ended before it; nothing, for a count of all."""

    def __init__(self, connection: Connection, *, began: Mapping[str, int] | None = None) -> None:
        self._connection = connection
        self._began = _ends(connection) if began is None else began

    def changed(self) -> list[str]:
        """Return the tables that have rows which were not there when the change began."""
        return [name for name, end in _ends(self._connection).items() if end > self._began.get(name, 0)]

    def carry_on(self, text: str) -> tuple[str, dict[str, Rows]]:
        """Return the tallies after the change, of those before it, and what was added or written over, by table."""
        tallies, written = read_tallies(text), {}
        changed = self.changed()
        for name in COLUMNS:
            past = name + PAST
            if name not in changed and past not in changed:
                continue
            was = tallies.get(name, Tally())
            rows = Rows().take(self._new(name))
            if past in changed:
                was = was.less(Rows().take(self._as_they_were(name)).tally)
                rows.take(self._ask(name, f" WHERE id IN (SELECT id FROM {past}{self._since(name)})"))
            tallies[name] = was.plus(rows.tally)
            if rows.keys:
                written[name] = rows
        return tallies_text(tallies), written

    def _new(self, name: str) -> Chunks:
        key = COLUMNS[name].partition(",")[0]
        return self._ask(name, f" WHERE {key} > {self._began.get(name, 0)}")

    def _as_they_were(self, name: str) -> Chunks:
        """Yield the rows that were written over, each once and as it was when the change began."""
        whole = AS_TEXT[self._connection.dialect.name].format(COLUMNS[name])
        seen: set[int] = set()
        for rows in self._stream(f"SELECT id, {whole} FROM {name}{PAST}{self._since(name)} ORDER BY version_id"):
            firsts = {row[0]: row for row in reversed(rows) if row[0] not in seen}
            seen |= firsts.keys()
            yield list(firsts.values())

    def _since(self, name: str) -> str:
        """Return which earlier versions this change has left, of rows that were there before it."""
        since, last = self._began.get(name + PAST, 0), self._began.get(name, 0)
        return f" WHERE version_id > {since} AND id <= {last}"

    def _ask(self, name: str, where: str) -> Chunks:
        dialect = self._connection.dialect.name
        sql = rows_as_text(name, dialect, where)
        return self._stream(sql if dialect == "sqlite" else sql.replace("main.", "", 1))

    def _stream(self, sql: str) -> Chunks:
        """Yield the rows of an answer, so many at a time, by the driver's own cursor: any other costs as much again."""
        on_server = {} if self._connection.dialect.name == "sqlite" else {"name": "kw_counting"}
        cursor: Any = self._connection.connection.cursor(**on_server)
        cursor.execute(sql)
        while some := cursor.fetchmany(CHUNK):
            yield some
        cursor.close()


def _ends(connection: Connection) -> dict[str, int]:
    return {row[0]: row[1] for row in connection.exec_driver_sql(_ENDS)}
