"""Which versions of a table's records stood at a moment: what a look back reads in the table's place.

Each thing has its own moment: a row may say what came after it was recorded, where an import brought both in one row.
help: late-recording.
"""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Table
from sqlalchemy.engine import Dialect

from keyworker_cli.rules.codes.records import EndReason
from keyworker_cli.rules.stays.settling import END_REASONS
from keyworker_cli.store.schema.column_types import end_of_day
from keyworker_cli.store.schema.tables import GROW_ONLY, RECORD_TABLES, TABLES

MOMENT_OF: Final = {"session_amendment": "amended_at"}
"""Since when a row holds, where that is not when its version was recorded."""

ENDS: Final = {
    "allocation": ("allocated_on", "ended_on", "ended_recorded_at", ("end_reason", "ended_by")),
    "stay": ("arrived_on", "left_on", "left_recorded_at", ("departure_reason",)),
}
"""What ends: its first day, its end, when that was recorded, and what else is said of the end."""

DONE: Final = {
    "rota_slot": ("slot_on", "status = 'PUBLISHED', reason = NULL"),
    "acct": ("closed_on", "closed_on = NULL"),
    "acct_review": ("held_on", "held_on = NULL, key_worker_contribution = NULL"),
    "need": ("closed_on", "closed_on = NULL, outcome = NULL"),
}
"""What is done to a record later, without a moment of its own: the day it was, and the record as it stood before."""

CORRECTED: Final = (
    *("start_minute", "minutes", "outcome", "mode", "place", "topics", "declined_topics"),
    *("note", "prisoner_said", "next_session_on"),
)
"""The columns of a session that may be corrected."""


def column_names(table: Table) -> str:
    """Return the names of a table's columns, in order."""
    return ", ".join(column.name for column in table.columns)


def versions(table: Table, schema: str) -> str:
    """Return the question of the versions in force at `:known_at`, from the tables of a schema.

    A version was in force from `changed_at` until it was replaced.
    """
    columns = column_names(table)
    since = MOMENT_OF.get(table.name, "changed_at")
    sql = f"SELECT {columns} FROM {schema}.{table.name} WHERE {since} <= :known_at"
    if table.name not in GROW_ONLY:
        sql += f" UNION ALL SELECT {columns} FROM {schema}.{table.name}_past"
        sql += " WHERE changed_at <= :known_at AND replaced_at > :known_at"
    return sql


def taken_back(table: Table, *, schema: str, aside: str, dialect: Dialect) -> Iterator[str]:
    """Yield what takes out of the versions of a moment, in the schema `aside`, what was recorded only after it."""
    if "person_id" in table.c:
        yield _of_nobody_known(table.name, schema, aside)
    if table.name in ENDS:
        yield _without_later_ends(table.name, aside, dialect)
    if table.name == "allocation":
        yield from _ended_with_stay(schema, aside, dialect)
        yield _ended_with_scope(aside, dialect)
    if table.name in DONE:
        yield _not_done_yet(table.name, aside, dialect)
    if "voided_at" in table.c:
        once = f" AND NOT EXISTS ({_taken_out_at_once(schema)})" if table.name == "session" else ""
        yield f"UPDATE {aside}.{table.name} SET voided_at = NULL WHERE voided_at > :known_at{once}"
    if table.name == "absence":
        yield from _absences_settled(aside, dialect)
    if table.name == "session":
        for field in CORRECTED:
            yield _as_before_corrections(field, schema, aside, dialect)


def holds_a_day(allocation: str, stay: str) -> str:
    """Return the condition that an allocation holds a day of a stay; else it follows no other (help: movements)."""
    in_a_stay = (
        f"SELECT 1 FROM {stay} AS his WHERE his.person_id = {allocation}.person_id AND his.voided_at IS NULL "
        f"AND his.arrived_on < {allocation}.ended_on "
        f"AND (his.left_on IS NULL OR his.left_on >= {allocation}.allocated_on)"
    )
    ends = f"{allocation}.ended_on"
    return f"({ends} IS NULL OR ({ends} > {allocation}.allocated_on AND EXISTS ({in_a_stay})))"


def officers_named(*, schema: str, aside: str) -> str:
    """Return what adds the officers whom a record of the moment names: they were known then, whatever their own row."""
    columns = column_names(TABLES["key_worker"])
    named = " OR ".join(
        f"EXISTS (SELECT 1 FROM {aside}.{table.name} AS n WHERE n.key_worker_id = w.id)"
        for table in RECORD_TABLES
        if "key_worker_id" in table.c
    )
    return (
        f"INSERT INTO {aside}.key_worker ({columns}) SELECT {columns} FROM {schema}.key_worker AS w "
        f"WHERE NOT EXISTS (SELECT 1 FROM {aside}.key_worker AS k WHERE k.id = w.id) AND ({named})"
    )


def _of_nobody_known(name: str, schema: str, aside: str) -> str:
    """Nothing is known of a prisoner before he himself is."""
    unknown = f"SELECT id FROM {schema}.person WHERE recorded_at > :known_at"
    return f"DELETE FROM {aside}.{name} WHERE person_id IN ({unknown})"


def _without_later_ends(name: str, aside: str, dialect: Dialect) -> str:
    """An end is known from when it was recorded, else from the end of its own day, or once what came next is known."""
    start, end, recorded, also = ENDS[name]
    came_next = (
        f"SELECT 1 FROM {aside}.{name} AS successor WHERE successor.person_id = {name}.person_id "
        f"AND successor.id <> {name}.id AND successor.{start} >= {name}.{end}"
    )
    emptied = ", ".join(f"{column} = NULL" for column in (end, recorded, *also))
    return (
        f"UPDATE {aside}.{name} SET {emptied} WHERE {end} IS NOT NULL "
        f"AND coalesce({recorded}, {end_of_day(end, dialect.name)}) > :known_at"
        f" AND NOT EXISTS ({came_next})"
    )


def _after_death(record: str, aside: str, dialect: Dialect) -> str:
    """Return the question whether a record came after its prisoner's death, and so ends no other."""
    return (
        f"SELECT 1 FROM {aside}.stay AS d WHERE d.person_id = {record}.person_id AND d.departure_reason = 'DIED' "
        f"AND {record}.recorded_known AND {record}.recorded_at >= {end_of_day('d.left_on', dialect.name)}"
    )


def _ended_with_stay(schema: str, aside: str, dialect: Dialect) -> Iterator[str]:
    """End the allocations with the stays that were known at the moment, and with none that was recorded later."""
    reasons = ", ".join(f"'{reason.value}'" for reason in END_REASONS.values())
    same_moment = "(s.left_recorded_at = allocation.ended_recorded_at OR (s.left_recorded_at IS NULL "
    same_moment += "AND allocation.ended_recorded_at IS NULL))"
    for stay in ("stay", "stay_past"):  # a departure that was taken back since stands in the past alone
        yield (
            f"UPDATE {aside}.allocation SET ended_on = NULL, ended_recorded_at = NULL, ended_by = NULL, "
            f"end_reason = NULL WHERE end_reason IN ({reasons}) "
            f"AND person_id IN (SELECT person_id FROM {schema}.{stay} WHERE left_on IS NOT NULL) "
            f"AND EXISTS (SELECT 1 FROM {schema}.{stay} AS s "
            f"WHERE s.person_id = allocation.person_id AND s.left_on = allocation.ended_on "
            f"AND ({same_moment} OR allocation.ended_recorded_at > :known_at) "
            f"AND NOT EXISTS (SELECT 1 FROM {aside}.stay AS k WHERE k.id = s.id AND k.left_on = s.left_on))"
        )
    newer = (
        f"SELECT 1 FROM {aside}.stay AS n WHERE n.person_id = s.person_id AND n.voided_at IS NULL "
        "AND n.arrived_on > s.arrived_on AND n.arrived_on <= allocation.allocated_on"
    )
    his = (
        f"FROM {aside}.stay AS s WHERE s.person_id = allocation.person_id AND s.voided_at IS NULL "
        f"AND allocation.allocated_on <= s.left_on AND NOT EXISTS ({newer})"
    )
    left = f"(SELECT min(s.left_on) {his})"
    yield (
        f"UPDATE {aside}.allocation SET ended_on = {left}, end_reason = '{EndReason.NO_LONGER_IN_PRISON.value}' "
        f"WHERE {left} >= allocated_on AND (ended_on IS NULL OR ended_on > {left})"
    )
    staff_id = f"(SELECT w.staff_id FROM {schema}.key_worker AS w WHERE w.id = {{}}.key_worker_id)"
    of_that_day = (
        f"n.allocated_on = allocation.allocated_on AND {staff_id.format('n')} > {staff_id.format('allocation')}"
    )
    after = (
        f"(SELECT min(n.allocated_on) FROM {aside}.allocation AS n WHERE n.person_id = allocation.person_id "
        f"AND (n.allocated_on > allocation.allocated_on OR ({of_that_day})) "
        f"AND {holds_a_day('n', f'{aside}.stay')} AND NOT EXISTS ({_after_death('n', aside, dialect)}))"
    )
    yield (
        f"UPDATE {aside}.allocation SET ended_on = {after}, end_reason = '{EndReason.MERGED.value}' "
        f"WHERE ended_on > {after} OR (ended_on IS NULL AND {after} IS NOT NULL)"
    )


def _taken_out_at_once(schema: str) -> str:
    """Return the question whether a session never stood, since it stands under another number (help: movements)."""
    return (
        f"SELECT 1 FROM {schema}.session_past AS v WHERE v.id = session.id AND v.voided_at IS NULL "
        "AND v.changed_at = v.recorded_at AND v.replaced_at = v.recorded_at"
    )


def _not_done_yet(name: str, aside: str, dialect: Dialect) -> str:
    """What an import brought in one row with its beginning is known from the end of its own day."""
    day, before = DONE[name]
    return (
        f"UPDATE {aside}.{name} SET {before} WHERE {day} IS NOT NULL AND changed_at = recorded_at "
        f"AND {end_of_day(day, dialect.name)} > :known_at"
    )


def _ended_with_scope(aside: str, dialect: Dialect) -> str:
    """End the allocations of those out of scope by the moment, as they would have been settled then."""
    begun = "allocation.allocated_on"
    day = f"CASE WHEN s.out_of_scope_from > {begun} THEN s.out_of_scope_from ELSE {begun} END"
    his = (
        f"FROM {aside}.stay AS s WHERE s.person_id = allocation.person_id AND s.voided_at IS NULL "
        "AND s.out_of_scope_from IS NOT NULL AND (s.left_on IS NULL OR allocation.allocated_on < s.left_on) "
        f"AND NOT EXISTS (SELECT 1 FROM {aside}.stay AS e WHERE e.person_id = s.person_id AND e.voided_at IS NULL "
        "AND e.arrived_on < s.arrived_on AND (e.left_on IS NULL OR allocation.allocated_on < e.left_on)) "
        "AND (allocation.ended_on IS NULL OR "
        "(allocation.ended_on > s.out_of_scope_from AND allocation.ended_on > allocation.allocated_on)) "
        f"AND {end_of_day(f'({day})', dialect.name)} <= :known_at"
    )
    return (
        f"UPDATE {aside}.allocation SET ended_on = (SELECT min({day}) {his}), end_reason = 'OUT_OF_SCOPE' "
        f"WHERE EXISTS (SELECT 1 {his})"
    )


def _absences_settled(aside: str, dialect: Dialect) -> Iterator[str]:
    """Settle the absences of a moment as they would have been settled then, of what was known (help: movements)."""
    left_then = f"SELECT 1 FROM {aside}.stay AS s WHERE s.person_id = absence.person_id AND s.voided_at IS NULL"
    within = (
        "absence.to_on IS NOT NULL AND later.to_on IS NOT NULL AND later.to_on < absence.to_on "
        f"AND NOT EXISTS ({left_then} AND s.left_on <= absence.to_on AND s.left_on > absence.from_on)"
    )
    following = (
        f"SELECT min(later.from_on) FROM {aside}.absence AS later WHERE later.person_id = absence.person_id "
        "AND later.from_on > absence.from_on AND (absence.to_on IS NULL OR absence.to_on > later.from_on) "
        f"AND (later.to_on IS NULL OR later.to_on > later.from_on) AND NOT ({within}) "
        f"AND NOT EXISTS ({_after_death('later', aside, dialect)})"
    )
    newer = f"{left_then.replace(' AS s', ' AS n').replace('s.', 'n.')} AND n.arrived_on > s.arrived_on"
    his_stay = (
        f"FROM {aside}.stay AS s WHERE s.person_id = absence.person_id AND s.voided_at IS NULL "
        "AND absence.from_on <= s.left_on AND coalesce(s.departure_reason, '') <> 'DIED' "
        f"AND NOT EXISTS ({newer} AND n.arrived_on <= absence.from_on)"
    )
    with_stay = f"SELECT min(s.left_on) {his_stay}"
    there = f"{left_then} AND s.arrived_on <= absence.from_on AND (s.left_on IS NULL OR s.left_on >= absence.from_on)"
    in_a_stay = there.replace(" AS s", " AS h").replace("s.", "h.")
    arrival = (
        f"SELECT min(s.arrived_on) FROM {aside}.stay AS s WHERE s.person_id = absence.person_id "
        f"AND s.voided_at IS NULL AND s.arrived_on > absence.from_on AND NOT EXISTS ({in_a_stay})"
    )
    never = "CAST('9999-12-31' AS DATE)" if dialect.name != "sqlite" else "'9999-12-31'"
    for end in (following, with_stay, arrival):
        yield f"UPDATE {aside}.absence SET to_on = ({end}) WHERE ({end}) < coalesce(to_on, {never})"


def _as_before_corrections(field: str, schema: str, aside: str, dialect: Dialect) -> str:
    """What a session said is what the first correction after the moment found there."""
    later = f"FROM {schema}.session_amendment AS later WHERE field = '{field}' AND amended_at > :known_at"
    kind: Any = TABLES["session"].c[field].type.compile(dialect)
    return (
        f"UPDATE {aside}.session SET {field} = (SELECT CAST(later.old AS {kind}) {later} "
        f"AND later.session_id = session.id ORDER BY amended_at, later.id LIMIT 1) "
        f"WHERE id IN (SELECT session_id {later})"
    )
