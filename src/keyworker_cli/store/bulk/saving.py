"""Save staged rows into their tables: new rows, changed rows, and amendments of sessions."""

from typing import Any, Final

from sqlalchemy.exc import IntegrityError

from keyworker_cli.rules.files.kinds import AMENDMENTS, OF_SESSIONS, SESSIONS
from keyworker_cli.store.bulk.comparing import differ, duplicates
from keyworker_cli.store.bulk.replaying import KNOWN, replay
from keyworker_cli.store.bulk.staging import CHANGED, NEW, SAME, STAMPS, Fault, Staged, Staging

END: Final = "ended_on = ?, ended_recorded_at = ?, end_reason = ?"
"""An end of an allocation."""


def save(staging: Staging, staged: Staged, *, file: str) -> list[Fault]:
    """Save new and changed rows; a changed session keeps its earlier words as amendments.

    Where the schema refuses a row it is the same one twice in a file: those are returned, and nothing is saved. To
    look for them beforehand would cost a large file a sixth of its time.
    """
    try:
        with staging.connection.begin_nested():
            _save(staging, staged, file)
    except IntegrityError:
        faults = list(duplicates(staging, staged))
        if not faults:
            raise
        return faults
    return []


def _save(staging: Staging, staged: Staged, file: str) -> None:
    if staged.sheet is SESSIONS and staging.has(f"{staged.name} WHERE verdict = {CHANGED}"):
        _amend_sessions(staging, staged, file)
    own = (*staged.own, "session_id") if staged.sheet in OF_SESSIONS else staged.own
    moment = "coalesce(recorded_at, amended_at)" if staged.sheet is AMENDMENTS else KNOWN
    user = "coalesce(recorded_by, ?)"
    columns = ", ".join((*own, *STAMPS, "recorded_known", "changed_at", "changed_by"))
    values = ", ".join((*own, moment, user, "recorded_at IS NOT NULL", moment, user))
    who = staging.user
    stamps = (who, who) if staged.sheet is AMENDMENTS else (staging.now, who, staging.now, who)
    settled = _as_given(staging, staged)
    # Ends first: a prisoner's new key worker may begin on the day that his former one's time ends.
    sets = ", ".join(f"{name} = s.{name}" for name in staged.own if name not in staged.sheet.key)
    if sets and not staged.empty_target:
        staging.run(
            f"UPDATE {staged.sheet.table} SET {sets}, changed_at = ?, changed_by = ? FROM {staged.name} AS s "
            f"WHERE {staged.sheet.table}.id = s.row_id AND s.verdict = {CHANGED}",
            *(staging.now, who),
        )
    before = replay(staging, staged)
    if before is not None:
        columns, values = f"id, {columns}", f"{before} + line, {values}"
    also = "" if before is None else " AND said_before IS NULL"
    staging.run(
        f"INSERT INTO {staged.sheet.table} ({columns}) SELECT {values} FROM {staged.name} "
        f"WHERE verdict = {NEW}{also} ORDER BY line",
        *stamps,
    )
    key = ", ".join(staged.sheet.key)
    staging.many(
        f"UPDATE {staged.sheet.table} SET {END}, changed_at = ?, changed_by = ? "
        f"WHERE ({key}) = (SELECT {key} FROM {staged.name} WHERE line = ?)",
        [(*end, staging.now, who, line) for *end, line in settled],
    )


def _as_given(staging: Staging, staged: Staged) -> list[tuple[Any, ...]]:
    """Give rows that were settled the ends they came with, so that history keeps them; return the settled ends."""
    if not staged.given_ends:
        return []
    staging.many(f"UPDATE {staged.name} SET verdict = {CHANGED} WHERE line = ?", _with_new_ends(staging, staged))
    rows = staging.ask(
        f"SELECT ended_on, ended_recorded_at, end_reason, line FROM {staged.name} WHERE verdict > {SAME}"
    )
    settled = [row for row in rows if row[-1] in staged.given_ends and row[:-1] != staged.given_ends[row[-1]]]
    given = [(*staged.given_ends[line], line) for *_, line in settled]
    staging.many(f"UPDATE {staged.name} SET {END} WHERE line = ?", given)
    return settled


def _with_new_ends(staging: Staging, staged: Staged) -> list[tuple[int]]:
    """Return the lines that were settled before, with their prisoner, and come with an end that no version has."""
    same = f"FROM {staged.name} AS s JOIN allocation t ON t.id = s.row_id"
    where = f"s.verdict = {SAME} AND s.person_id NOT IN (SELECT person_id FROM locked_record)"
    now = staging.ask(f"SELECT s.line, t.ended_on {same} WHERE {where}")
    before = staging.ask(f"SELECT s.line, p.ended_on {same} JOIN allocation_past p ON p.id = t.id WHERE {where}")
    said = {*now, *before}
    return [(line,) for line, _ in now if line in staged.given_ends and (line, staged.given_ends[line][0]) not in said]


def _amend_sessions(staging: Staging, staged: Staged, file: str) -> None:
    """Write an amendment for each field that changes; a note that was due is added, not amended (help: files)."""
    who = staging.user
    staging.run(
        f"UPDATE {staged.name} AS s SET note_at = ? WHERE s.verdict = {CHANGED} AND s.note IS NOT NULL "
        "AND s.note_at IS NULL AND EXISTS (SELECT 1 FROM session t WHERE t.id = s.row_id AND t.note IS NULL)",
        staging.now,
    )
    for name in staged.own:
        if name in (*SESSIONS.key, "note_at"):
            continue
        due = "AND t.note IS NOT NULL" if name == "note" else ""
        staging.run(
            "INSERT INTO session_amendment (session_id, amended_at, field, old, new, why, recorded_at, "
            "recorded_by, recorded_known, changed_at, changed_by) "
            f"SELECT t.id, ?, ?, CAST(t.{name} AS TEXT), CAST(s.{name} AS TEXT), ?, ?, ?, TRUE, ?, ? "
            f"FROM {staged.name} s JOIN session t ON t.id = s.row_id "
            f"WHERE s.verdict = {CHANGED} AND {differ(f't.{name}', f's.{name}')} {due} ORDER BY s.line",
            *(staging.now, name, f"import of {file}", staging.now, who, staging.now, who),
        )
