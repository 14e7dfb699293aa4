"""Bulk loading: checked rows are staged in a temporary table, compared as a set with what is there, and then saved.

A staged row is first completed: what its file does not carry, or may not undo, is taken from the row it means. From
then on a staged row is the row as it will stand, and every rule that looks beyond one row is a question over both.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from keyworker_cli.rules.cells import LATER
from keyworker_cli.rules.codes import StaffStatus
from keyworker_cli.rules.facts import moment_text
from keyworker_cli.rules.sheets import ABSENCES, AMENDMENTS, KEY_WORKERS, PRISONERS, SESSIONS, STATUSES, Sheet
from keyworker_cli.store.queries import search_name

if TYPE_CHECKING:
    from keyworker_cli.store.writes import Change

CHUNK: Final = 5_000
SAME, CHANGED, NEW = 0, 1, 2
CACHE_KIB: Final = 128 * 1024  # the indexes of a large table are filled in no order: keep them at hand
MAY_BE_EMPTY: Final = ("start_minute", "at_minute")
STAMPS: Final = ("recorded_at", "recorded_by")

_EXTRA: Final = {PRISONERS.name: ("person_id",), KEY_WORKERS.name: ("search_name",)}
"""What a table holds beside the columns of its file."""

Fault = tuple[int, str, str]
"""A line of the file, a column or nothing, and what is wrong."""


@dataclass(frozen=True)
class Counts:
    """What became of the rows of one file. `undated` are new ones that did not say when they were recorded.

    `digest` is the SHA-256 of all its rows, in the form they are stored in.
    """

    new: int
    changed: int
    same: int
    undated: int
    digest: str


@dataclass
class Staged:
    """The rows of one file, staged. `given` are the stored names of the columns that the file has.

    `empty_target` says that its table had no row before, so that all of these are new. `digest` is the SHA-256 of the
    rows as they are to be stored, each behind its line.
    """

    sheet: Sheet
    name: str
    given: frozenset[str]
    extra: tuple[str, ...] = ()
    empty_target: bool = False
    rows: int = 0
    digest: str = ""
    fields: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.fields = (*self.sheet.fields, *self.extra)

    @property
    def own(self) -> tuple[str, ...]:
        """The columns of its table that it fills, the stamps apart."""
        mine = (column.field for column in self.sheet.columns if column.own and column.field not in STAMPS)
        return (*self.extra, *mine)


class Loading:
    """The loading of any number of files in one change."""

    def __init__(self, change: "Change", as_of: date) -> None:
        self._change = change
        self._connection: Connection = change.connection
        self._as_of = as_of.isoformat()
        self._now = moment_text(change.author.at)
        self._staged: list[Staged] = []
        self._run(f"PRAGMA cache_size = -{CACHE_KIB}")
        self._run("CREATE TEMP TABLE locked_record (person_id INTEGER PRIMARY KEY)")
        self._run("INSERT INTO locked_record SELECT DISTINCT person_id FROM stay WHERE departure_reason = 'DIED'")

    def _run(self, sql: str, *values: Any) -> Any:
        return self._connection.exec_driver_sql(sql, values)

    # --- what is known ---

    def people(self) -> dict[str, int]:
        """Return whose each prison number is."""
        return dict(self._run("SELECT number, person_id FROM person_number").all())

    def last_person(self) -> int:
        """Return the highest key that a man has."""
        return int(self._run("SELECT coalesce(max(id), 0) FROM person").scalar_one())

    def workers(self) -> dict[str, int]:
        """Return the key of each key worker by his staff id in capitals."""
        return {staff_id.upper(): key for staff_id, key in self._run("SELECT staff_id, id FROM key_worker")}

    def stays(self) -> dict[int, list[tuple[str, str]]]:
        """Return each man's stays, the earliest first: first and last day as ISO text."""
        stays: dict[int, list[tuple[str, str]]] = {}
        for man, arrived, left in self._run("SELECT person_id, arrived_on, left_on FROM stay ORDER BY arrived_on"):
            stays.setdefault(man, []).append((arrived, left or LATER))
        return stays

    # --- staging ---

    def stage(self, sheet: Sheet, rows: Iterable[Sequence[Any]], *, given: Iterable[str]) -> Staged:
        """Put rows, each with its line before its cells, where they can be compared as a set; nothing is saved yet.

        A row of prisoners.csv has the key of its man behind its cells.
        """
        if sheet is KEY_WORKERS:
            rows = ((*row, search_name(row[3], row[2])) for row in rows)
        staged = Staged(
            sheet,
            f"staged_{sheet.name}_{len(self._staged)}",
            frozenset(given),
            _EXTRA.get(sheet.name, ()),
            empty_target=self._run(f"SELECT NOT EXISTS (SELECT 1 FROM {sheet.table})").scalar_one() == 1,
        )
        self._staged.append(staged)
        columns = ", ".join(staged.fields)
        more = ", session_id" if sheet is AMENDMENTS else ", place_given" if sheet is PRISONERS else ""
        self._run(
            f"CREATE TEMP TABLE {staged.name} (line INTEGER PRIMARY KEY, {columns}{more}, row_id INTEGER, "
            f"verdict INTEGER NOT NULL DEFAULT {NEW}, touched INTEGER NOT NULL DEFAULT 0)"
        )
        marks = ", ".join("?" * (1 + len(staged.fields)))
        self._fill(staged, f"INSERT INTO {staged.name} (line, {columns}) VALUES ({marks})", iter(rows))
        return staged

    def _fill(self, staged: Staged, insert: str, rows: Iterator[Sequence[Any]]) -> None:
        """Put the rows in through the driver's own cursor: two thirds of the time would go by on the way to it."""
        cursor = self._connection.connection.cursor()
        digest = hashlib.sha256()
        while chunk := list(islice(rows, CHUNK)):
            cursor.executemany(insert, chunk)
            digest.update(repr(chunk).encode())
            staged.rows += len(chunk)
        cursor.close()
        staged.digest = digest.hexdigest()

    def compare(self, staged: Staged) -> Iterator[Fault]:
        """Find the row that each staged row means, complete it, and say whether it is new, changed or the same.

        Yields what is wrong that only shows between rows: a key twice, spans that overlap, a locked record.
        """
        if staged.sheet is AMENDMENTS:
            yield from self._find_sessions(staged)
        if not staged.empty_target:
            yield from self._duplicates(staged)
            self._match(staged)
            self._complete(staged)
        self._settle(staged)
        if not staged.empty_target:
            self._judge(staged)
            yield from self._locked(staged)
        yield from self._overlaps(staged)
        if staged.sheet is KEY_WORKERS:
            yield from self._logins(staged)

    def _find_sessions(self, staged: Staged) -> Iterator[Fault]:
        """Find the session that each amendment is of: the one that stands, else one that was taken out."""
        same = (
            "t.person_id = s.person_id AND t.key_worker_id = s.key_worker_id AND t.held_on = s.held_on "
            "AND t.type = s.type AND coalesce(t.start_minute, -1) = coalesce(s.start_minute, -1)"
        )
        self._run(
            f"UPDATE {staged.name} AS s SET session_id = (SELECT t.id FROM session t WHERE {same} "
            "AND (s.voided_at IS NULL OR t.voided_at = s.voided_at) ORDER BY t.voided_at IS NOT NULL, t.id LIMIT 1)"
        )
        for (line,) in self._run(f"SELECT line FROM {staged.name} WHERE session_id IS NULL ORDER BY line"):
            yield line, "", "there is no such session in kw or in sessions.csv"

    def _duplicates(self, staged: Staged) -> Iterator[Fault]:
        key = ", ".join(staged.sheet.key)
        twice = self._run(
            f"SELECT line, first FROM (SELECT line, min(line) OVER (PARTITION BY {key}) AS first FROM {staged.name}) "
            "AS keyed WHERE line > first ORDER BY line"
        )
        more = "; a second one that day needs its own start" if staged.sheet is SESSIONS else ""
        for line, first in twice:
            yield line, "", f"the same {staged.sheet.noun} as line {first}{more}"

    def _match(self, staged: Staged) -> None:
        if staged.sheet is SESSIONS:
            self._match_sessions(staged)
            return
        self._run(
            f"UPDATE {staged.name} AS s SET row_id = "
            f"(SELECT t.id FROM {staged.sheet.table} t WHERE {_same_key(staged.sheet.key)})"
        )

    def _match_sessions(self, staged: Staged) -> None:
        """Match the session that stands, else one taken out: an older file never brings it back."""
        key = _same_key([name for name in SESSIONS.key if name != "voided_at"])
        self._run(
            f"UPDATE {staged.name} AS s SET row_id = (SELECT t.id FROM session t WHERE {key} AND t.voided_at IS NULL) "
            "WHERE s.voided_at IS NULL"
        )
        self._run(
            f"UPDATE {staged.name} AS s SET row_id = (SELECT max(t.id) FROM session t WHERE {key} "
            "AND t.voided_at IS NOT NULL AND (s.voided_at IS NULL OR t.voided_at = s.voided_at)) WHERE row_id IS NULL"
        )

    def _complete(self, staged: Staged) -> None:
        """Take what the file does not carry, and each end it leaves empty, from the row that is there."""
        ends = {column.field for column in staged.sheet.columns if column.end}
        kept = [
            f"{name} = coalesce(s.{name}, t.{name})" if name in ends and name in staged.given else f"{name} = t.{name}"
            for name in staged.own
            if name not in staged.sheet.key and (name in ends or name not in (*staged.given, *staged.extra))
        ]
        if kept:
            self._run(
                f"UPDATE {staged.name} AS s SET {', '.join(kept)} FROM {staged.sheet.table} AS t WHERE t.id = s.row_id"
            )

    def _settle(self, staged: Staged) -> None:
        if staged.sheet.table == "allocation":
            unknown = "UPDATE {} SET end_reason = 'UNKNOWN' WHERE ended_on IS NOT NULL AND end_reason IS NULL"
            self._run(unknown.format(staged.name))
        if staged.sheet is PRISONERS and not staged.empty_target:
            self._run(
                f"UPDATE {staged.name} AS s SET location = t.location, place_given = s.location FROM stay AS t "
                "WHERE t.id = s.row_id AND t.location IS NOT NULL"
            )

    def _judge(self, staged: Staged) -> None:
        differs = " OR ".join(f"t.{name} IS NOT s.{name}" for name in staged.own if name not in staged.sheet.key)
        self._run(
            f"UPDATE {staged.name} AS s SET verdict = EXISTS "
            f"(SELECT 1 FROM {staged.sheet.table} t WHERE t.id = s.row_id AND ({differs or '1 = 0'})) "
            "WHERE row_id IS NOT NULL"
        )
        if staged.sheet is SESSIONS:
            self._run(
                f"UPDATE {staged.name} AS s SET verdict = {SAME} WHERE s.verdict = {CHANGED} AND EXISTS "
                "(SELECT 1 FROM session t WHERE t.id = s.row_id AND t.voided_at IS NOT NULL)"
            )

    def _locked(self, staged: Staged) -> Iterator[Fault]:
        if staged.sheet is AMENDMENTS:
            changed = self._run(f"SELECT line FROM {staged.name} WHERE verdict = {CHANGED} ORDER BY line")
            yield from (
                (line, "", "this amendment is recorded with other words, and is never changed") for (line,) in changed
            )
        elif "person_id" in staged.own:
            locked = self._run(
                f"SELECT line FROM {staged.name} WHERE verdict = {CHANGED} "
                "AND person_id IN (SELECT person_id FROM locked_record) ORDER BY line"
            )
            yield from ((line, "", "he has died: his record is locked and never changed") for (line,) in locked)

    def _overlaps(self, staged: Staged) -> Iterator[Fault]:
        span = staged.sheet.span
        if span is None or not self._has(staged, f"verdict > {SAME}"):
            return
        owner = ", ".join(span.owner)
        columns = f"{owner}, {span.start} AS starts, {span.end} AS ends"
        there = (
            f" UNION ALL SELECT NULL, {columns} FROM {staged.sheet.table} WHERE ({span.where}) "
            f"AND ({owner}) IN (SELECT {owner} FROM {staged.name} WHERE verdict > {SAME}) "
            f"AND id NOT IN (SELECT row_id FROM {staged.name} WHERE row_id IS NOT NULL)"
        )
        ordered = f"PARTITION BY {owner} ORDER BY starts, ends, line"
        found = self._run(
            f"SELECT DISTINCT coalesce(line, before) FROM (SELECT line, starts, lag(line) OVER ({ordered}) AS before, "
            f"max(ends) OVER ({ordered} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS taken_until "
            f"FROM (SELECT line, {columns} FROM {staged.name} WHERE ({span.where})"
            f"{'' if staged.empty_target else there}) AS spans) AS ordered "
            "WHERE starts < taken_until AND coalesce(line, before) IS NOT NULL ORDER BY 1"
        )
        overlapping = [line for (line,) in found]
        twice = list(self._duplicates(staged)) if overlapping and staged.empty_target else []
        yield from twice
        yield from ((line, span.column, span.says) for line in overlapping if line not in {fault[0] for fault in twice})

    def _logins(self, staged: Staged) -> Iterator[Fault]:
        taken = self._run(
            f"SELECT s.line FROM {staged.name} s WHERE s.login IS NOT NULL AND (EXISTS (SELECT 1 FROM key_worker t "
            "WHERE t.login = s.login AND t.id IS NOT s.row_id) OR EXISTS (SELECT 1 FROM "
            f"{staged.name} o WHERE o.login = s.login AND o.line < s.line)) ORDER BY 1"
        )
        yield from ((line, "login", "is another key worker's") for (line,) in taken)

    # --- saving ---

    def save(self, staged: Staged, *, file: str) -> list[Fault]:
        """Save what is new and what has changed; a session that has changed keeps what it said as amendments.

        Where the schema refuses a row it is the same one twice in a file: those are returned, and nothing is saved. To
        look for them beforehand would cost a large file a sixth of its time.
        """
        try:
            self._save(staged, file)
        except IntegrityError:
            faults = list(self._duplicates(staged))
            if not faults:
                raise
            return faults
        return []

    def _save(self, staged: Staged, file: str) -> None:
        if staged.sheet is SESSIONS and self._has(staged, f"verdict = {CHANGED}"):
            self._amend_sessions(staged, file)
        own = (*staged.own, "session_id") if staged.sheet is AMENDMENTS else staged.own
        stamped = "amended_at" if staged.sheet is AMENDMENTS else "?"
        moment, user = f"coalesce(recorded_at, {stamped})", "coalesce(recorded_by, ?)"
        columns = ", ".join((*own, *STAMPS, "recorded_known", "changed_at", "changed_by"))
        values = ", ".join((*own, moment, user, "recorded_at IS NOT NULL", moment, user))
        who = self._change.author.user
        stamps = (who, who) if staged.sheet is AMENDMENTS else (self._now, who, self._now, who)
        # Ends first: a man's new key worker may begin on the day that his former one's time ends.
        sets = ", ".join(f"{name} = s.{name}" for name in staged.own if name not in staged.sheet.key)
        if sets and not staged.empty_target:
            self._run(
                f"UPDATE {staged.sheet.table} SET {sets}, changed_at = ?, changed_by = ? FROM {staged.name} AS s "
                f"WHERE {staged.sheet.table}.id = s.row_id AND s.verdict = {CHANGED}",
                *(self._now, who),
            )
        self._run(
            f"INSERT INTO {staged.sheet.table} ({columns}) SELECT {values} FROM {staged.name} "
            f"WHERE verdict = {NEW} ORDER BY line",
            *stamps,
        )

    def _amend_sessions(self, staged: Staged, file: str) -> None:
        """Write an amendment for each field that changes; a note that was due is added, not amended (INTERFACE 4)."""
        who = self._change.author.user
        self._run(
            f"UPDATE {staged.name} AS s SET note_at = ? WHERE s.verdict = {CHANGED} AND s.note IS NOT NULL "
            "AND s.note_at IS NULL AND EXISTS (SELECT 1 FROM session t WHERE t.id = s.row_id AND t.note IS NULL)",
            self._now,
        )
        for name in staged.own:
            if name in (*SESSIONS.key, "note_at"):
                continue
            due = "AND t.note IS NOT NULL" if name == "note" else ""
            self._run(
                "INSERT INTO session_amendment (session_id, amended_at, field, old, new, why, recorded_at, "
                "recorded_by, recorded_known, changed_at, changed_by) "
                f"SELECT t.id, ?, ?, CAST(t.{name} AS TEXT), CAST(s.{name} AS TEXT), ?, ?, ?, 1, ?, ? "
                f"FROM {staged.name} s JOIN session t ON t.id = s.row_id "
                f"WHERE s.verdict = {CHANGED} AND t.{name} IS NOT s.{name} {due} ORDER BY s.line",
                *(self._now, name, f"import of {file}", self._now, who, self._now, who),
            )

    # --- men and officers ---

    def save_people(
        self, staged: Staged, first_seen: Mapping[int, str], added: Sequence[tuple[str, int]]
    ) -> Iterator[Fault]:
        """Save the men of prisoners.csv and their numbers; what his latest row says of a man holds."""
        who = self._change.author.user
        known = {row[0]: row[1:] for row in self._run("SELECT id, last_name, first_name, date_of_birth FROM person")}
        locked = {man for (man,) in self._run("SELECT person_id FROM locked_record")}
        inserts, updates, lines = [], [], []
        recorded: dict[int, tuple[Any, ...]] = {}
        for man, line, last, first, born, at, by in self._latest_rows(staged):
            was = known.get(man)
            if was is None:
                stamps = (at or self._now, by or who, at is not None, at or self._now, by or who)
                recorded[man] = stamps
                inserts.append((man, first_seen[man], last, first, search_name(first, last), born, *stamps))
                continue
            dob = born if "date_of_birth" in staged.given else was[2]
            if (last, first, dob) == tuple(was):
                continue
            if man in locked:
                yield line, "", "he has died: his record is locked and never changed"
            updates.append((last, first, search_name(first, last), dob, self._now, who, man))
            lines.append((line,))
        self._many(
            "INSERT INTO person (id, prison_number, last_name, first_name, search_name, date_of_birth, recorded_at, "
            "recorded_by, recorded_known, changed_at, changed_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            inserts,
        )
        self._many(
            "UPDATE person SET last_name = ?, first_name = ?, search_name = ?, date_of_birth = ?, changed_at = ?, "
            "changed_by = ? WHERE id = ?",
            updates,
        )
        self._save_numbers(added, recorded)
        self._many(f"UPDATE {staged.name} SET touched = 1 WHERE line = ?", lines)

    def _save_numbers(self, added: Sequence[tuple[str, int]], new: Mapping[int, tuple[Any, ...]]) -> None:
        """Save the prison numbers: those of a man who is new were recorded when he was."""
        who = self._change.author.user
        today = (self._now, who, True, self._now, who)
        self._many(
            "INSERT INTO person_number (number, person_id, recorded_at, recorded_by, recorded_known, changed_at, "
            "changed_by) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(number, man, *new.get(man, today)) for number, man in added],
        )

    def _latest_rows(self, staged: Staged) -> Iterator[Any]:
        """Yield the last row of each man, with when and by whom his first was recorded."""
        his = "PARTITION BY person_id ORDER BY arrived_on"
        yield from self._run(
            "SELECT person_id, line, last_name, first_name, date_of_birth, at, by_whom FROM (SELECT person_id, line, "
            f"last_name, first_name, date_of_birth, first_value(recorded_at) OVER ({his}) AS at, "
            f"first_value(recorded_by) OVER ({his}) AS by_whom, "
            f"row_number() OVER ({his} DESC, line DESC) AS place FROM {staged.name}) AS men "
            "WHERE place = 1 ORDER BY line"
        ).fetchall()

    def statuses_of(self, staged: Staged) -> list[tuple[Any, ...]]:
        """Return the rows of statuses that key_workers.csv gives: those that differ from what holds on the day.

        Without a date of its own a status is taken to begin on the day as of which the file is imported.
        """
        rows = self._run(
            "SELECT s.line, t.id, s.status, s.status_from, s.return_on, s.recorded_at, s.recorded_by "
            f"FROM {staged.name} s JOIN key_worker t ON t.staff_id = s.staff_id WHERE s.status IS NOT NULL ORDER BY 1"
        ).fetchall()
        spells = self._run(
            "SELECT key_worker_id, status, return_on, from_on FROM worker_status AS spell "
            "WHERE from_on = (SELECT max(from_on) FROM worker_status later WHERE "
            "later.key_worker_id = spell.key_worker_id AND later.from_on <= ?) "
            "AND (return_on IS NULL OR return_on > ?) AND (until_on IS NULL OR until_on > ?)",
            *([self._as_of] * 3),
        )
        in_force = {worker: (status, back, since) for worker, status, back, since in spells}
        return [
            (line, worker, status, since or self._as_of, back, None, at, by)
            for line, worker, status, since, back, at, by in rows
            if _is_another(in_force.get(worker), status, back, since)
        ]

    def save_statuses(self, staged: Staged, rows: Sequence[Sequence[Any]], *, file: str) -> Iterator[Fault]:
        """Save the statuses that key_workers.csv gives, as if they stood in statuses.csv."""
        given = [name for name in STATUSES.fields if name != "until_on"]
        spells = self.stage(STATUSES, rows, given=given)
        yield from self.compare(spells)
        yield from self.save(spells, file=file)
        begun = f"SELECT line FROM {spells.name} WHERE verdict > {SAME}"
        self._run(f"UPDATE {staged.name} SET touched = 1 WHERE line IN ({begun})")

    def save_places(self, staged: Staged) -> int:
        """Record a move for each man whom prisoners.csv has somewhere else than kw does; return how many moved.

        The move is dated the day as of which the file is imported, or his last day here.
        """
        who = self._change.author.user
        last = (
            "(SELECT m.location FROM move m WHERE m.person_id = t.person_id AND m.moved_on >= t.arrived_on "
            "ORDER BY m.moved_on DESC, m.id DESC LIMIT 1)"
        )
        moved_on = "max(t.arrived_on, min(coalesce(t.left_on, '9999-12-31'), ?))"
        elsewhere = (
            f"{staged.name} s JOIN stay t ON t.id = s.row_id WHERE s.place_given IS NOT NULL "
            f"AND s.place_given IS NOT t.location AND s.place_given IS NOT {last}"
        )
        moved = [line for (line,) in self._run(f"SELECT s.line FROM {elsewhere}")]
        self._run(
            "INSERT INTO move (person_id, moved_on, location, recorded_at, recorded_by, recorded_known, changed_at, "
            f"changed_by) SELECT t.person_id, {moved_on}, s.place_given, ?, ?, 1, ?, ? FROM {elsewhere} "
            "ORDER BY s.line",
            *(self._as_of, self._now, who, self._now, who),
        )
        self._many(f"UPDATE {staged.name} SET touched = 1 WHERE line = ?", [(line,) for line in moved])
        return len(moved)

    def away_when_seen(self) -> Iterator[tuple[Staged, Fault]]:
        """Yield the staged sessions, and the staged absences, that put a man in two places (DOMAIN 3.9)."""
        away = "a.from_on < s.held_on AND (a.to_on IS NULL OR s.held_on < a.to_on)"
        for staged in self._staged:
            if staged.sheet is SESSIONS:
                found = self._run(
                    f"SELECT DISTINCT s.line FROM {staged.name} s JOIN absence a ON a.person_id = s.person_id "
                    f"AND {away} WHERE s.verdict > {SAME} AND s.voided_at IS NULL ORDER BY 1"
                )
                yield from ((staged, (line, "held_on", "he was away that day")) for (line,) in found)
            elif staged.sheet is ABSENCES:
                found = self._run(
                    f"SELECT DISTINCT a.line FROM {staged.name} a JOIN session s ON s.person_id = a.person_id "
                    f"AND {away} WHERE a.verdict > {SAME} AND s.voided_at IS NULL ORDER BY 1"
                )
                yield from ((staged, (line, "from", "he had a session while away")) for (line,) in found)

    # --- accounting ---

    def counts(self, staged: Staged) -> Counts:
        """Return what became of the rows."""
        undated = "sum(recorded_at IS NULL)" if staged.sheet is not AMENDMENTS else "0"
        by_verdict = {
            (verdict, touched): (rows, dateless)
            for verdict, touched, rows, dateless in self._run(
                f"SELECT verdict, touched, count(*), {undated} FROM {staged.name} GROUP BY verdict, touched"
            )
        }
        new, dateless = by_verdict.get((NEW, 0), (0, 0))
        same, _ = by_verdict.get((SAME, 0), (0, 0))
        return Counts(new, staged.rows - new - same, same, dateless, staged.digest)

    def finish(self) -> None:
        """Drop what was staged, and let SQLite learn how large its tables have become."""
        for staged in self._staged:
            self._run(f"DROP TABLE {staged.name}")
        self._run("DROP TABLE locked_record")
        self._run("PRAGMA analysis_limit = 400")
        self._run("ANALYZE")

    def _has(self, staged: Staged, condition: str) -> bool:
        return bool(self._run(f"SELECT EXISTS (SELECT 1 FROM {staged.name} WHERE {condition})").scalar_one())

    def _many(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        for start in range(0, len(rows), CHUNK):
            self._connection.exec_driver_sql(sql, list(rows[start : start + CHUNK]))


def _is_another(in_force: tuple[str, str | None, str] | None, status: str, back: str | None, since: str | None) -> bool:
    """Say whether a status is another than the one that holds; without any, he is ACTIVE from whatever day."""
    if in_force is None:
        return status != StaffStatus.ACTIVE
    return (status, back) != in_force[:2] or since not in (None, in_force[2])


def _same_key(names: Iterable[str]) -> str:
    return " AND ".join(
        f"coalesce(t.{name}, -1) = coalesce(s.{name}, -1)" if name in MAY_BE_EMPTY else f"t.{name} = s.{name}"
        for name in names
    )
