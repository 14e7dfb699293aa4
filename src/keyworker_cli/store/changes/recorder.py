"""How a change is written: each record with its stamps and its line in the audit, the lines chained at the end."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Table, insert, select, update

from keyworker_cli.errors import DatabaseError
from keyworker_cli.rules.facts.stays import Stay
from keyworker_cli.rules.stays.record_lock import recorded_after_death
from keyworker_cli.store.changes.audit import Line, carried_on, image, line_hash
from keyworker_cli.store.changes.author import Author
from keyworker_cli.store.changes.checksums import Counting
from keyworker_cli.store.changes.record_lock import refuse_if_locked
from keyworker_cli.store.changes.tallies import digest_of
from keyworker_cli.store.reads.queries import Queries
from keyworker_cli.store.reads.reader import Reader
from keyworker_cli.store.schema.tables import TABLES

OF_A_STAY: Final = ("stay", "move", "allocation", "absence")
"""The tables whose records may contradict each other."""


class Recorder:
    """What one transaction writes, and the lines that say so."""

    def __init__(
        self, connection: Connection, author: Author, reader: Reader, *, counting: Counting | None = None
    ) -> None:
        self.author = author
        self.connection = connection
        self.queries = Queries(reader)
        self._lines: list[Line] = []
        self._counting = counting or Counting(connection)
        self._concerned: set[int] = set()

    def note_in_audit(self, action: str, table: str, key: str, *, after: Mapping[str, Any]) -> None:
        """Leave a line for a write that is not of one record: a file that was imported."""
        self._lines.append(Line(*self._who(), action, table, key, None, image(after)))

    def note_after_death(self, stay: Stay | None, table: str, prison_number: str, on: date, *, what: str) -> None:
        """Leave a line where what was recorded of a day is a late entry to the record of a prisoner who has died."""
        if stay is not None and recorded_after_death(stay):
            after = {"what": what, "died_on": stay.left_on}
            self.note_in_audit("recorded after death", table, f"{prison_number} {on}", after=after)

    def note_report(self, report: str, file_name: str, content: bytes, frame: Mapping[str, Any]) -> None:
        """Leave a line for a report that was written to a file: which, as of when, and the SHA-256 of its content."""
        digest = hashlib.sha256(content).hexdigest()
        self.note_in_audit("write report", "report", report, after={"file": file_name, "digest": digest, **frame})

    def stamps(self) -> dict[str, Any]:
        """Return what every new record carries."""
        at, user = self.author.at, self.author.user
        return {"recorded_at": at, "recorded_by": user, "recorded_known": True, "changed_at": at, "changed_by": user}

    def _row(self, name: str, **key: Any) -> int | None:
        """Return the id of the record with this key, if there is one."""
        c = TABLES[name].c
        return self.connection.execute(select(c.id).where(*(c[part] == said for part, said in key.items()))).scalar()

    def _add(self, name: str, audit_key: str, **values: Any) -> int:
        table = TABLES[name]
        if name in OF_A_STAY:
            self._concerned.add(values["person_id"])
        made = self.connection.execute(
            insert(table).values(**self.stamps(), **values).returning(table.c.id)
        ).scalar_one()
        self._audit("add", table, audit_key, made, None, values)
        return int(made)

    def _amend(self, name: str, row_id: int, audit_key: str, **values: Any) -> None:
        self._write_over(name, row_id, audit_key, values)

    def _write_over(
        self,
        name: str,
        row_id: int,
        audit_key: str,
        values: Mapping[str, Any],
        *,
        reversing: bool = False,
        action: str = "change",
    ) -> None:
        """Change a record; `reversing` a death is the only change that the record of a dead prisoner admits."""
        table = TABLES[name]
        columns = [table.c[column] for column in values]
        there = self.connection.execute(select(table.c.changed_at, *columns).where(table.c.id == row_id)).mappings()
        before = dict(there.one())
        at = max(self.author.at, before.pop("changed_at"))  # a clock that was set back makes no version out of order
        if before == values:
            return
        if not reversing and any(value is not None for value in before.values()):
            refuse_if_locked(self.connection, table, row_id)
        if name in OF_A_STAY:
            whose = select(table.c.person_id).where(table.c.id == row_id)
            self._concerned.add(self.connection.execute(whose).scalar_one())
        stamps = {"changed_at": at, "changed_by": self.author.user}
        self.connection.execute(update(table).where(table.c.id == row_id).values(**values, **stamps))
        self._audit(action, table, audit_key, row_id, before, values, at=at)

    def _audit(
        self,
        action: str,
        table: Table,
        key: str,
        row_id: int,
        before: Mapping[str, Any] | None,
        after: Mapping[str, Any],
        at: datetime | None = None,
    ) -> None:
        was = image(before, row_id) if before is not None else None
        self._lines.append(Line(*self._who(at), action, table.name, key, was, image(after, row_id)))

    def _who(self, at: datetime | None = None) -> tuple[datetime, str, str]:
        return at or self.author.at, self.author.user, self.author.command

    def _number_of(self, person_id: int) -> str:
        person = TABLES["person"]
        return str(self.connection.execute(select(person.c.prison_number).where(person.c.id == person_id)).scalar_one())

    def close_audit(self) -> None:
        """Chain this change's lines to the end of the audit, under the lock on its head; the last carries the tallies.

        Raises `RuntimeError` where rows were written and no line says so, `DatabaseError` where the audit has no head.
        """
        if not self._lines:
            if changed := self._counting.changed():
                raise RuntimeError(f"rows of {', '.join(changed)} were written without a line")
            return
        head, audit = TABLES["audit_head"], TABLES["audit"]
        at = self.connection.execute(select(head.c.lines, head.c.hash, head.c.tallies).with_for_update()).first()
        if at is None:
            raise DatabaseError("which line of the audit is the last is gone.", "kw audit verify says more.")
        left = self.connection.execute(select(audit.c.rows_digest).where(audit.c.id == at.lines)).scalar()
        tallies, written = self._counting.carry_on(at.tallies)
        digest = carried_on(digest_of(tallies), began=digest_of(at.tallies), left=left)
        rows = list(_chained(self._lines, at.lines, at.hash, digest))
        last = rows[-1]["id"]
        self.connection.execute(insert(audit), rows)
        self.connection.execute(update(head).values(lines=last, hash=rows[-1]["hash"], tallies=tallies))
        marks = [
            {"line": last, "table_name": name, "keys": rows.packed_keys(), "marks": bytes(rows.marks)}
            for name, rows in written.items()
        ]
        if marks:
            self.connection.execute(insert(TABLES["row_mark"]), marks)


def _chained(lines: Sequence[Line], last: int, previous: str, rows_digest: str) -> Iterator[dict[str, Any]]:
    """Yield the lines with their hashes; the last of them holds the digest of the tallies."""
    names = ("at", "user_name", "command", "action", "table_name", "key", "before_image", "after_image")
    for number, line in enumerate(lines, start=last + 1):
        digest = rows_digest if number == last + len(lines) else None
        previous = line_hash(previous, line, digest)
        yield {"id": number, **dict(zip(names, line, strict=True)), "hash": previous, "rows_digest": digest}
