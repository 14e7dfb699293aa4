"""Two prison numbers found to be one prisoner's: which records go over to him, and which go back when that was wrong.

What both numbers have under the same key, such as one event entered under each, stays behind with the number that is
merged, where no count sees it; a session entered under each is taken out under that number. A record made since belongs
to the stay it is dated in: when a merge is undone it goes back with that stay (help: movements).
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Final, Self

from sqlalchemy import ColumnElement, Connection, and_, false, func, or_, select

from keyworker_cli.rules.facts.stays import Merge
from keyworker_cli.rules.files.kinds import SHEETS
from keyworker_cli.rules.stays.merging import same_sessions
from keyworker_cli.store.schema.tables import RECORD_TABLES, TABLES

OF_A_PRISONER: Final = tuple(table.name for table in RECORD_TABLES if "person_id" in table.c)
"""Every table whose rows are about a prisoner, that of his numbers among them."""
KEYS: Final = {
    sheet.table: [name for name in sheet.key if name != "person_id"] for sheet in SHEETS if "person_id" in sheet.key
}
"""By what a record is known again among those of one prisoner."""
WITH_AN_END: Final = {
    "allocation": ("ended_on", "ended_recorded_at", "end_reason", "ended_by"),
    "absence": ("to_on", "reason"),
    "event": ("until_on",),
}
"""What may have ended under one number and go on under the other: the day of its end, and what is said with it."""
DATED: Final = {
    "move": "moved_on",
    "allocation": "allocated_on",
    "session": "held_on",
    "event": "event_on",
    "absence": "from_on",
    "acct": "opened_on",
    "acct_review": "due_on",
    "need": "raised_on",
    "voice_answer": "asked_on",
}
"""The day by which a record belongs to a stay."""


@dataclass(frozen=True)
class Joined:
    """What a merge did, as kept for undoing it: the rows moved, by table.

    `ended` are allocations that it ended, where an earlier version of kw made it; since then they are among `settled`.
    `last` is the highest id that each table had then: what is above it was recorded since. `voided` are the sessions
    that stood under both numbers, and stand once; `read` are the readings of their notes that went over to the session
    that stands, each with the session that it was of; `settled` is what was settled because the two are one, as it was.
    """

    rows: Mapping[str, list[int]]
    ended: list[int]
    last: Mapping[str, int]
    voided: list[int] = field(default_factory=list)
    read: list[tuple[int, int]] = field(default_factory=list)
    settled: list[tuple[str, str]] = field(default_factory=list)

    def text(self) -> str:
        """Return it as the table `person_merge` holds it."""
        return json.dumps(asdict(self))

    def rows_settled(self) -> Iterator[tuple[str, int, dict[str, Any]]]:
        """Yield each row that was settled, by table and key, with what it said before: the last change first."""
        for name, text in reversed(self.settled):
            was = json.loads(text)
            yield name, was.pop("id"), {column: _as_kept(name, column, value) for column, value in was.items()}

    @classmethod
    def of(cls, merge: Merge) -> Self:
        """Return it as it was kept."""
        return cls(**json.loads(merge.moved))


def _as_kept(name: str, column: str, value: Any) -> Any:
    """Return what the audit has of a column as the column holds it."""
    kind = TABLES[name].c[column].type.python_type
    return kind.fromisoformat(value) if value is not None and issubclass(kind, date) else value


def rows_to_join(connection: Connection, *, kept: int, merged: int) -> dict[str, list[int]]:
    """Return the rows of the prisoner merged that go over, by table: all whose key the prisoner kept has not."""
    return {name: _rows_of(connection, name, kept, merged) for name in OF_A_PRISONER}


def sessions_of_both(connection: Connection, *, kept: int, merged: int) -> dict[int, int]:
    """Return the sessions of the prisoner merged that stand under the number kept as well, each with that one.

    It is one session, entered twice: with the same officer, day, type, outcome and start; and, where one of the two
    has no start, the same minutes.
    """
    session, alike = TABLES["session"], ("key_worker_id", "held_on", "type", "outcome")
    rows = connection.execute(
        select(session)
        .where(session.c.person_id.in_((kept, merged)), session.c.voided_at.is_(None))
        .order_by(session.c.id)
    ).all()
    under: dict[int, dict[Any, list[tuple[int, int | None, int | None]]]] = {kept: {}, merged: {}}
    for row in rows:
        which = tuple(getattr(row, name) for name in alike)
        under[row.person_id].setdefault(which, []).append((row.id, row.start_minute, row.minutes))
    return {
        mine: stands
        for which, theirs in under[merged].items()
        for mine, stands in same_sessions(theirs, under[kept].get(which, ()))
    }


def list_dates_of_both(connection: Connection, *, kept: int, merged: int) -> dict[int, int]:
    """Return each last date from a list on whose day the other number has a real session, and whose the date is."""
    listed, real = TABLES["session"].alias("listed"), TABLES["session"].alias("real")
    both, from_list = (kept, merged), "UNIT_LIST"
    held = select(real.c.id).where(
        real.c.person_id.in_(both),
        real.c.person_id != listed.c.person_id,
        real.c.held_on == listed.c.held_on,
        real.c.type == "KS",
        real.c.outcome == "COMPLETED",
        real.c.voided_at.is_(None),
        real.c.source.is_distinct_from(from_list),
    )
    dates = select(listed.c.id, listed.c.person_id).where(
        listed.c.person_id.in_(both), listed.c.source == from_list, listed.c.voided_at.is_(None), held.exists()
    )
    return {row.id: row.person_id for row in connection.execute(dates.order_by(listed.c.id))}


def longer_under_the_other(
    connection: Connection, *, kept: int, merged: int
) -> Iterator[tuple[str, int, Mapping[str, Any]]]:
    """Yield what the record kept takes over of one that stays behind because both have the same key: a later end.

    He left under the one number on the day on which he came under the other: under that one it goes on.
    """
    for name, (end, *others) in WITH_AN_END.items():
        mine, theirs = TABLES[name].alias("mine"), TABLES[name].alias("theirs")
        same = and_(*(mine.c[part].is_not_distinct_from(theirs.c[part]) for part in KEYS[name]))
        later = or_(theirs.c[end].is_(None), theirs.c[end] > mine.c[end])
        goes_on = (
            select(mine.c.id.label("kept_row"), *(theirs.c[column] for column in (end, *others)))
            .select_from(mine)
            .join(theirs, same)
            .where(mine.c.person_id == kept, theirs.c.person_id == merged, mine.c[end].is_not(None), later)
            .order_by(mine.c.id)
        )
        for row in connection.execute(goes_on).mappings():
            yield name, row["kept_row"], {column: row[column] for column in (end, *others)}


def readings_of_both(connection: Connection, sessions: Mapping[int, int]) -> list[tuple[int, int]]:
    """Return the readings of the notes of these sessions, each with its session.

    Whoever has read the note of the session that stands as well has read it once: that reading is left where it is.
    """
    reading = TABLES["note_reading"]
    of_any = reading.c.session_id.in_([*sessions, *sessions.values()])
    rows = connection.execute(select(reading.c.id, reading.c.session_id, reading.c.read_by).where(of_any)).all()
    read = {(row.session_id, row.read_by) for row in rows}
    return [
        (row.id, row.session_id)
        for row in rows
        if row.session_id in sessions and (sessions[row.session_id], row.read_by) not in read
    ]


def last_rows(connection: Connection) -> dict[str, int]:
    """Return the highest id that each table has."""
    return {
        name: connection.execute(select(func.coalesce(func.max(TABLES[name].c.id), 0))).scalar_one()
        for name in OF_A_PRISONER
    }


def rows_to_part(connection: Connection, merge: Merge, *, kept: int, others: Iterable[Merge]) -> dict[str, list[int]]:
    """Return the rows that go back to the merged number: those that were moved, and later ones dated in its stays.

    `others` are the other numbers joined to the same prisoner: what came with them stays.
    """
    joined = Joined.of(merge)
    elsewhere = [Joined.of(other) for other in others]
    stays = _spans(connection, joined.rows["stay"])
    found = {name: list(ids) for name, ids in joined.rows.items()}
    for name, day in DATED.items():
        table = TABLES[name]
        since = and_(table.c.person_id == kept, table.c.id > joined.last[name], _within(table.c[day], stays))
        came_otherwise = {row for other in elsewhere for row in other.rows[name]}
        ids = connection.execute(select(table.c.id).where(since).order_by(table.c.id)).scalars()
        found[name] += [row for row in ids if row not in came_otherwise and row not in found[name]]
    return found


def _rows_of(connection: Connection, name: str, kept: int, merged: int) -> list[int]:
    mine, theirs = TABLES[name].alias("mine"), TABLES[name].alias("theirs")
    wanted = select(mine.c.id).where(mine.c.person_id == merged).order_by(mine.c.id)
    if name in KEYS:
        same = and_(*(mine.c[part].is_not_distinct_from(theirs.c[part]) for part in KEYS[name]))
        wanted = wanted.where(~select(theirs.c.id).where(theirs.c.person_id == kept, same).exists())
    return list(connection.execute(wanted).scalars())


def _spans(connection: Connection, stay_ids: list[int]) -> list[tuple[date, date | None]]:
    stay = TABLES["stay"]
    rows = connection.execute(select(stay.c.arrived_on, stay.c.left_on).where(stay.c.id.in_(stay_ids))).all()
    return [(row.arrived_on, row.left_on) for row in rows]


def _within(day: ColumnElement[date], stays: Iterable[tuple[date, date | None]]) -> ColumnElement[bool]:
    """The day lies in one of these stays, the days of arrival and departure included."""
    spans = [and_(day >= arrived_on, day <= left_on) if left_on else day >= arrived_on for arrived_on, left_on in stays]
    return or_(false(), *spans)
