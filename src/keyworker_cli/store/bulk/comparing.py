"""Staged rows compared with the tables: the row each one matches, whether it differs, and contradictions.

A staged row is first completed: what its file does not carry, or may not undo, is taken from the row it means. From
then on a staged row is the row as it will stand, and every rule that looks beyond one row is a question over both.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from keyworker_cli.rules.codes.records import EndReason
from keyworker_cli.rules.dates.london import end_of_day as end_of_london_day
from keyworker_cli.rules.facts.names import moment_text
from keyworker_cli.rules.files.kinds import ABSENCES, AMENDMENTS, KEY_WORKERS, OF_SESSIONS, PRISONERS, SESSIONS
from keyworker_cli.rules.stays.settling import END_REASONS, Settled
from keyworker_cli.store.bulk.settling import settled_nights
from keyworker_cli.store.bulk.staging import CHANGED, NEW, SAME, STAMPS, Fault, Staged, Staging
from keyworker_cli.store.schema.column_types import end_of_day
from keyworker_cli.store.schema.past_versions import holds_a_day

MAY_BE_EMPTY: Final = ("start_minute", "at_minute")


def note_locked_records(staging: Staging) -> None:
    """Note whose records are locked before anything is loaded: a death that a file brings locks from then on."""
    staging.run("CREATE TEMP TABLE locked_record (person_id INTEGER PRIMARY KEY)")
    staging.run(
        "INSERT INTO locked_record SELECT DISTINCT person_id FROM stay WHERE departure_reason = 'DIED' "
        "AND voided_at IS NULL"
    )


def drop_locked_records(staging: Staging) -> None:
    """Drop that note."""
    staging.run("DROP TABLE locked_record")


def compare(staging: Staging, staged: Staged) -> Iterator[Fault]:
    """Find the row that each staged row means, complete it, and say whether it is new, changed or the same.

    Yields what is wrong that only shows between rows: a key twice, spans that overlap, a locked record.
    """
    if staged.sheet in OF_SESSIONS:
        yield from _find_sessions(staging, staged)
    _leave_out_the_second(staging, staged)
    if not staged.empty_target:
        yield from duplicates(staging, staged)
        _match(staging, staged)
        if staged.sheet is ABSENCES:
            _note_ends_said_since(staging, staged)
        _complete(staging, staged)
    _settle(staging, staged)
    if not staged.empty_target:
        _judge(staging, staged)
        yield from _locked(staging, staged)
    yield from _overlaps(staging, staged)
    if staged.sheet is KEY_WORKERS:
        yield from _logins(staging, staged)


def _find_sessions(staging: Staging, staged: Staged) -> Iterator[Fault]:
    """Find the session that each row is of: the one that stands, else one that was taken out."""
    same = (
        "t.person_id = s.person_id AND t.key_worker_id = s.key_worker_id AND t.held_on = s.held_on "
        "AND t.type = s.type AND coalesce(t.start_minute, -1) = coalesce(s.start_minute, -1)"
    )
    taken_out = "AND (s.voided_at IS NULL OR t.voided_at = s.voided_at) " if staged.sheet is AMENDMENTS else ""
    staging.run(
        f"UPDATE {staged.name} AS s SET session_id = (SELECT t.id FROM session t WHERE {same} {taken_out}"
        "ORDER BY t.voided_at IS NOT NULL, t.id LIMIT 1)"
    )
    for (line,) in staging.ask(f"SELECT line FROM {staged.name} WHERE session_id IS NULL ORDER BY line"):
        yield line, "", "there is no such session in kw or in sessions.csv"


def _leave_out_the_second(staging: Staging, staged: Staged) -> None:
    """Take what stands under two numbers of one prisoner as the one record that it is."""
    several = "SELECT person_id FROM person_number GROUP BY person_id HAVING count(*) > 1"
    if "person_id" not in staged.own or not staging.has(f"({several}) AS men"):
        return
    key = ", ".join(staged.sheet.key)
    again = [
        (line,)
        for (line,) in staging.ask(
            f"SELECT line FROM (SELECT line, person_id, min(line) OVER (PARTITION BY {key}) AS first "
            f"FROM {staged.name} WHERE person_id IN ({several})) AS keyed WHERE line > first ORDER BY line"
        )
    ]
    staging.many(f"DELETE FROM {staged.name} WHERE line = ?", again)
    staged.rows -= len(again)


def duplicates(staging: Staging, staged: Staged) -> Iterator[Fault]:
    """Yield each row that has the key of an earlier row of its file."""
    key = ", ".join(staged.sheet.key)
    twice = staging.ask(
        f"SELECT line, first FROM (SELECT line, min(line) OVER (PARTITION BY {key}) AS first FROM {staged.name}) "
        "AS keyed WHERE line > first ORDER BY line"
    )
    more = "; a second one that day needs its own start" if staged.sheet is SESSIONS else ""
    for line, first in twice:
        yield line, "", f"the same {staged.sheet.noun} as line {first}{more}"


def _match(staging: Staging, staged: Staged) -> None:
    if staged.sheet is SESSIONS:
        _match_sessions(staging, staged)
        return
    staging.run(
        f"UPDATE {staged.name} AS s SET row_id = "
        f"(SELECT t.id FROM {staged.sheet.table} t WHERE {_same_key(staged.sheet.key)})"
    )


def _match_sessions(staging: Staging, staged: Staged) -> None:
    """Match the session that stands, else one taken out: an older file never brings it back."""
    key = _same_key([name for name in SESSIONS.key if name != "voided_at"])
    staging.run(
        f"UPDATE {staged.name} AS s SET row_id = (SELECT t.id FROM session t WHERE {key} AND t.voided_at IS NULL) "
        "WHERE s.voided_at IS NULL"
    )
    staging.run(
        f"UPDATE {staged.name} AS s SET row_id = (SELECT max(t.id) FROM session t WHERE {key} "
        "AND t.voided_at IS NOT NULL AND (s.voided_at IS NULL OR t.voided_at = s.voided_at)) WHERE row_id IS NULL"
    )


def _note_ends_said_since(staging: Staging, staged: Staged) -> None:
    """Note the nights away that ended with a stay, or by others, and of which this file gives that day as their end."""
    found = staging.ask(
        f"SELECT p.prison_number, t.id, t.to_on FROM {staged.name} s JOIN absence t ON t.id = s.row_id "
        "JOIN person p ON p.id = t.person_id WHERE s.to_on = t.to_on AND EXISTS (SELECT 1 FROM absence_past l "
        "WHERE l.id = t.id AND (l.to_on IS NULL OR l.to_on > t.to_on)) ORDER BY s.line"
    )
    said = settled_nights(staging.connection).said if found else ()
    staged.settled.extend(
        (Settled.SAID_SINCE, number, {"id": row_id, "to_on": to_on})
        for number, row_id, to_on in found
        if (row_id, to_on) not in said
    )


def _complete(staging: Staging, staged: Staged) -> None:
    """Keep from the existing row the columns the file does not have, and each end it leaves empty."""
    ends = {column.field for column in staged.sheet.columns if column.end}
    kept = [
        f"{name} = coalesce(s.{name}, t.{name})" if name in ends and name in staged.given else f"{name} = t.{name}"
        for name in staged.own
        if name not in staged.sheet.key and (name in ends or name not in (*staged.given, *staged.extra))
    ]
    if kept:
        staging.run(
            f"UPDATE {staged.name} AS s SET {', '.join(kept)} FROM {staged.sheet.table} AS t WHERE t.id = s.row_id"
        )


def _settle(staging: Staging, staged: Staged) -> None:
    if staged.sheet.table == "allocation":
        _end_with_stay(staging, staged)
        _follow_other_number(staging, staged)
        unknown = "UPDATE {} SET end_reason = 'UNKNOWN' WHERE ended_on IS NOT NULL AND end_reason IS NULL"
        staging.run(unknown.format(staged.name))
    if staged.sheet is SESSIONS and not staged.empty_target and "source" not in staged.given:
        # A real record of the day takes the place of a date from a list: it is no longer one.
        staging.run(
            f"UPDATE {staged.name} AS s SET source = NULL WHERE s.source = 'UNIT_LIST' AND s.row_id IS NOT NULL"
        )
    if staged.sheet is PRISONERS and not staged.empty_target:
        _leave_taken_back(staging, staged)
        staging.run(
            f"UPDATE {staged.name} AS s SET location = t.location, place_given = s.location FROM stay AS t "
            "WHERE t.id = s.row_id AND t.location IS NOT NULL"
        )


def _leave_taken_back(staging: Staging, staged: Staged) -> None:
    """Leave a departure, or an arrival, as it is that somebody took back: the file that it came from still names it."""
    taken_back = (
        "EXISTS (SELECT 1 FROM stay t JOIN stay_past p ON p.id = t.id AND p.left_on = s.left_on "
        "JOIN person_number n ON n.person_id = t.person_id "
        "JOIN audit a ON a.action = 'reverse departure' AND a.key = n.number || ' ' || CAST(t.arrived_on AS TEXT) "
        "WHERE t.id = s.row_id AND t.left_on IS NULL)"
    )
    void = "EXISTS (SELECT 1 FROM stay t WHERE t.id = s.row_id AND t.voided_at IS NOT NULL)"
    asked = f"SELECT n.prison_number FROM {staged.name} s JOIN person n ON n.id = s.person_id WHERE"
    staged.taken_back = [number for (number,) in staging.ask(f"{asked} {taken_back} ORDER BY s.line")]
    if "voided_at" not in staged.given:
        staged.never_came = [number for (number,) in staging.ask(f"{asked} {void} ORDER BY s.line")]
    if staged.taken_back:
        staging.run(
            f"UPDATE {staged.name} AS s SET left_on = NULL, left_recorded_at = NULL, departure_reason = NULL "
            f"WHERE {taken_back}"
        )


def _end_with_stay(staging: Staging, staged: Staged) -> None:
    """End each allocation with the stay it belongs to: nothing open is carried into his next stay (help: movements)."""
    newer = (
        "SELECT 1 FROM stay n WHERE n.person_id = t.person_id AND n.voided_at IS NULL AND n.arrived_on > t.arrived_on "
        "AND n.arrived_on <= s.allocated_on"
    )
    his = (
        "FROM stay t WHERE t.person_id = s.person_id AND t.voided_at IS NULL AND s.allocated_on <= t.left_on "
        f"AND NOT EXISTS ({newer}) ORDER BY t.arrived_on LIMIT 1"
    )
    outlives = (
        f"(s.ended_on IS NULL OR (s.ended_on > (SELECT t.left_on {his}) AND s.ended_on > s.allocated_on)) "
        f"AND EXISTS (SELECT 1 {his})"
    )
    staged.settled.extend(
        (Settled.ENDED_WITH_STAY, number, {"key_worker_id": worker, "allocated_on": on})
        for number, worker, on in staging.ask(
            f"SELECT p.prison_number, s.key_worker_id, s.allocated_on FROM {staged.name} s "
            f"JOIN person p ON p.id = s.person_id WHERE {outlives} ORDER BY s.line"
        )
    )
    if staged.settled:
        reasons = " ".join(f"WHEN '{left}' THEN '{ended}'" for left, ended in END_REASONS.items())
        _remember_ends(staging, staged, outlives)
        _give_ends_a_moment(staging, staged, outlives)
        known = f"coalesce(t.left_recorded_at, {end_of_day('t.left_on', staging.connection.dialect.name)})"
        because = f"CASE t.departure_reason {reasons} ELSE '{EndReason.NO_LONGER_IN_PRISON}' END"
        staging.run(
            f"UPDATE {staged.name} AS s SET end_reason = (SELECT {because} {his}), "
            f"ended_recorded_at = CASE WHEN s.ended_on IS NULL OR s.ended_recorded_at > (SELECT {known} {his}) "
            f"THEN (SELECT t.left_recorded_at {his}) ELSE s.ended_recorded_at END, "
            f"ended_on = (SELECT t.left_on {his}) "
            f"WHERE {outlives}"
        )


def _remember_ends(staging: Staging, staged: Staged, which: str) -> None:
    """Keep the ends as they were given: a look back to before they were settled finds them."""
    found = staging.ask(
        f"SELECT line, ended_on, ended_recorded_at, coalesce(end_reason, '{EndReason.UNKNOWN.value}') "
        f"FROM {staged.name} AS s WHERE ended_on IS NOT NULL AND {which}"
    )
    for line, *end in found:
        staged.given_ends.setdefault(line, tuple(end))


def _give_ends_a_moment(staging: Staging, staged: Staged, which: str) -> None:
    """Say of an end without a moment that it is known from the end of its day, before it is put on an earlier one."""
    ends = staging.ask(
        f"SELECT line, ended_on FROM {staged.name} AS s WHERE ended_on IS NOT NULL AND ended_recorded_at IS NULL "
        f"AND {which}"
    )
    staging.many(
        f"UPDATE {staged.name} SET ended_recorded_at = ? WHERE line = ?",
        [(_end_known(on, None), line) for line, on in ends],
    )


def _follow_other_number(staging: Staging, staged: Staged) -> None:
    """Of a prisoner who had a key worker under each of two numbers, end the earlier by the later (help: movements)."""
    several = "SELECT person_id FROM person_number GROUP BY person_id HAVING count(*) > 1"
    if not staging.has(f"{staged.name} WHERE person_id IN ({several})"):
        return
    columns = "person_id, key_worker_id, allocated_on, ended_on, recorded_at, recorded_known"
    kept = f"NOT IN (SELECT row_id FROM {staged.name} WHERE row_id IS NOT NULL)"
    given = (
        "SELECT s.person_id, s.key_worker_id, s.allocated_on, s.ended_on, coalesce(t.recorded_at, s.recorded_at) "
        "AS recorded_at, coalesce(t.recorded_known, s.recorded_at IS NOT NULL) AS recorded_known "
        f"FROM {staged.name} s LEFT JOIN allocation t ON t.id = s.row_id"
    )
    others = f"{given} UNION ALL SELECT {columns} FROM allocation WHERE id {kept}"
    following = _begun_next(others, staging.connection.dialect.name)
    known = {
        (prisoner, on): at
        for prisoner, on, at in staging.ask(f"SELECT person_id, allocated_on, recorded_at FROM ({others}) n")
    }
    _remember_ends(staging, staged, f"person_id IN ({several})")
    for table, where in ((staged.name, "1 = 1"), ("allocation", f"id {kept}")):
        his = f"{where} AND person_id IN ({several})"
        found = staging.ask(
            f"SELECT held.{'line' if table == staged.name else 'id'}, {following}, p.prison_number, "
            f"held.person_id, held.ended_on, held.ended_recorded_at FROM {table} AS held "
            f"JOIN person p ON p.id = held.person_id WHERE {his.replace('id NOT', 'held.id NOT')}"
        )
        ends = [
            (on, _sooner(_end_known(own, at), known.get((prisoner, on)) or staging.now), key)
            for key, on, _, prisoner, own, at in found
            if on is not None
        ]
        staged.settled.extend((Settled.ONE_KEY_WORKER, number, {}) for _, on, number, *_ in found if on is not None)
        if table == staged.name:
            staging.many(
                f"UPDATE {table} SET ended_on = ?, ended_recorded_at = ?, end_reason = 'MERGED' WHERE line = ?", ends
            )
        else:
            staging.many(
                f"UPDATE {table} SET ended_on = ?, ended_recorded_at = ?, end_reason = 'MERGED', "
                "changed_at = ?, changed_by = ? WHERE id = ?",
                [(on, at, staging.now, staging.user, key) for on, at, key in ends],
            )


def _begun_next(others: str, dialect: str) -> str:
    """Return the question on which day, of all `others`, the next one began of the prisoner of an allocation `held`.

    What was recorded after his death ends nothing, nor does what held no day; of two begun on one day the officers'
    staff ids say which is the later.
    """
    after_death = (
        "SELECT 1 FROM stay AS d WHERE d.person_id = n.person_id AND d.departure_reason = 'DIED' "
        f"AND n.recorded_known AND n.recorded_at >= {end_of_day('d.left_on', dialect)}"
    )
    staff_id = "(SELECT staff_id FROM key_worker WHERE id = {}.key_worker_id)"
    return (
        f"(SELECT min(n.allocated_on) FROM ({others}) AS n WHERE n.person_id = held.person_id "
        f"AND NOT EXISTS ({after_death}) AND {holds_a_day('n', 'stay')} "
        "AND (held.ended_on IS NULL OR (n.allocated_on < held.ended_on AND held.allocated_on < held.ended_on)) "
        "AND (n.allocated_on > held.allocated_on OR (n.allocated_on = held.allocated_on "
        f"AND {staff_id.format('n')} > {staff_id.format('held')})))"
    )


def _end_known(ended_on: str | None, recorded_at: str | None) -> str | None:
    """Return since when an end is known: since it was recorded, else from the end of its own day."""
    return recorded_at or (moment_text(end_of_london_day(date.fromisoformat(ended_on))) if ended_on else None)


def _sooner(one: str | None, other: str) -> str:
    return min(one, other) if one else other


def contradictions(staging: Staging, staged: Staged) -> Iterator[Fault]:
    """Yield each row that says something else than a row of an earlier file of the same import, of the same kind.

    Which of two downloads is the newer no file says: it would be a guess. What only one has is no contradiction.
    """
    for earlier in staging.staged:
        if earlier is staged or earlier.sheet is not staged.sheet or staged.sheet is AMENDMENTS:
            continue
        both = sorted((earlier.given & staged.given) - {*staged.sheet.key, *STAMPS})
        pairs = [f"{_said('e', name, staged)} <> {_said('s', name, staged)}" for name in both]
        if not pairs:
            continue
        key = _same_key(name for name in staged.sheet.key if name != "voided_at").replace("t.", "e.")
        found = staging.ask(
            f"SELECT s.line, e.line FROM {staged.name} s JOIN {earlier.name} e ON {key} "
            f"WHERE {' OR '.join(pairs)} ORDER BY s.line"
        )
        for line, other in found:
            yield (
                line,
                "",
                f"says something else than line {other} of {earlier.file}, in the same import: leave one out",
            )


def _said(alias: str, name: str, staged: Staged) -> str:
    """Return what a staged row says of a column: of a place also where it was found to be no news."""
    if staged.sheet is PRISONERS and name == "location":
        return f"coalesce({alias}.place_given, {alias}.location)"
    return f"{alias}.{name}"


def count_turnover(staging: Staging, staged: Staged) -> None:
    """Count the stays that this file ends and those that bring somebody back, before they are saved."""
    staging.ended += staging.ask(
        f"SELECT count(*) FROM {staged.name} s JOIN stay t ON t.id = s.row_id "
        "WHERE t.left_on IS NULL AND s.left_on IS NOT NULL"
    )[0][0]
    staging.back += staging.ask(
        f"SELECT count(*) FROM {staged.name} s WHERE s.verdict = {NEW} AND s.left_on IS NULL "
        "AND EXISTS (SELECT 1 FROM stay t WHERE t.person_id = s.person_id)"
    )[0][0]


def replace_list_dates(staging: Staging) -> int:
    """Void each last date taken from a list on whose day there is a real session of him now; return how many."""
    where = (
        "source = 'UNIT_LIST' AND voided_at IS NULL AND EXISTS (SELECT 1 FROM session r "
        "WHERE r.person_id = session.person_id AND r.held_on = session.held_on AND r.type = 'KS' "
        "AND r.outcome = 'COMPLETED' AND r.voided_at IS NULL AND coalesce(r.source, '') <> 'UNIT_LIST')"
    )
    if not any(_may_meet_a_list(staged) for staged in staging.staged):
        return 0
    number = int(staging.ask(f"SELECT count(*) FROM session WHERE {where}")[0][0])
    if number:
        staging.run(
            f"UPDATE session SET voided_at = ?, changed_at = ?, changed_by = ? WHERE {where}",
            *(staging.now, staging.now, staging.user),
        )
    return number


def _may_meet_a_list(staged: Staged) -> bool:
    """Say whether a session of this file may share its day with a date from a list: not where there was none before."""
    return staged.sheet is SESSIONS and (not staged.empty_target or "source" in staged.given)


def _judge(staging: Staging, staged: Staged) -> None:
    differs = " OR ".join(differ(f"t.{name}", f"s.{name}") for name in staged.own if name not in staged.sheet.key)
    staging.run(
        f"UPDATE {staged.name} AS s SET verdict = CASE WHEN EXISTS (SELECT 1 FROM {staged.sheet.table} t "
        f"WHERE t.id = s.row_id AND ({differs or '1 = 0'})) THEN {CHANGED} ELSE {SAME} END WHERE row_id IS NOT NULL"
    )
    if staged.sheet is SESSIONS:
        staging.run(
            f"UPDATE {staged.name} AS s SET verdict = {SAME} WHERE s.verdict = {CHANGED} AND EXISTS "
            "(SELECT 1 FROM session t WHERE t.id = s.row_id AND t.voided_at IS NOT NULL)"
        )


def _locked(staging: Staging, staged: Staged) -> Iterator[Fault]:
    if staged.sheet is AMENDMENTS:
        changed = staging.ask(f"SELECT line FROM {staged.name} WHERE verdict = {CHANGED} ORDER BY line")
        yield from (
            (line, "", "this amendment is recorded with other words, and is never changed") for (line,) in changed
        )
    elif "person_id" in staged.own:
        locked = staging.ask(
            f"SELECT line FROM {staged.name} WHERE verdict = {CHANGED} "
            "AND person_id IN (SELECT person_id FROM locked_record) ORDER BY line"
        )
        yield from ((line, "", "this prisoner has died: the record is locked and never changed") for (line,) in locked)


def _overlaps(staging: Staging, staged: Staged) -> Iterator[Fault]:
    span = staged.sheet.span
    if span is None or not staging.has(f"{staged.name} WHERE verdict > {SAME}"):
        return
    owner = ", ".join(span.owner)
    columns = f"{owner}, {span.start} AS starts, {span.end} AS ends"
    there = (
        f" UNION ALL SELECT NULL, {columns} FROM {staged.sheet.table} WHERE ({span.where}) "
        f"AND ({owner}) IN (SELECT {owner} FROM {staged.name} WHERE verdict > {SAME}) "
        f"AND id NOT IN (SELECT row_id FROM {staged.name} WHERE row_id IS NOT NULL)"
    )
    there = "" if staged.empty_target else there
    spans = f"(SELECT line, {columns} FROM {staged.name} WHERE ({span.where}){there}) AS spans"
    # Where any two overlap, two that follow one another do: to see that none do takes half the time of finding which.
    following = f"lag(ends) OVER (PARTITION BY {owner} ORDER BY starts, ends) AS taken_until"
    if not staging.has(f"(SELECT starts, {following} FROM {spans}) AS ordered WHERE starts < taken_until"):
        return
    ordered = f"PARTITION BY {owner} ORDER BY starts, ends, line NULLS FIRST"
    found = staging.ask(
        f"SELECT DISTINCT coalesce(line, before) FROM (SELECT line, starts, lag(line) OVER ({ordered}) AS before, "
        f"max(ends) OVER ({ordered} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS taken_until FROM {spans}) "
        "AS ordered WHERE starts < taken_until AND coalesce(line, before) IS NOT NULL ORDER BY 1"
    )
    overlapping = [line for (line,) in found]
    twice = list(duplicates(staging, staged)) if overlapping and staged.empty_target else []
    yield from twice
    yield from ((line, span.column, span.says) for line in overlapping if line not in {fault[0] for fault in twice})


def _logins(staging: Staging, staged: Staged) -> Iterator[Fault]:
    given = f"SELECT line, login, row_id, min(line) OVER (PARTITION BY login) AS first FROM {staged.name}"
    taken = staging.ask(
        f"SELECT s.line FROM ({given} WHERE login IS NOT NULL) AS s WHERE s.line > s.first OR EXISTS "
        "(SELECT 1 FROM key_worker t WHERE t.login = s.login AND (s.row_id IS NULL OR t.id <> s.row_id)) ORDER BY 1"
    )
    yield from ((line, "login", "is another key worker's") for (line,) in taken)


def away_when_seen(staging: Staging) -> Iterator[tuple[Staged, Fault]]:
    """Yield the staged sessions, and the staged absences, that put a prisoner in two places (help: movements)."""
    away = "a.from_on < s.held_on AND (a.to_on IS NULL OR s.held_on < a.to_on)"
    for staged in staging.staged:
        if staged.sheet is SESSIONS:
            found = staging.ask(
                f"SELECT DISTINCT s.line FROM {staged.name} s JOIN absence a ON a.person_id = s.person_id "
                f"AND {away} WHERE s.verdict > {SAME} AND s.voided_at IS NULL ORDER BY 1"
            )
            yield from ((staged, (line, "held_on", "he was away that day")) for (line,) in found)
        elif staged.sheet is ABSENCES:
            found = staging.ask(
                f"SELECT DISTINCT given.line FROM {staged.name} given "
                "JOIN absence a ON a.person_id = given.person_id AND a.from_on = given.from_on "
                f"JOIN session s ON s.person_id = a.person_id AND {away} "
                f"WHERE given.verdict > {SAME} AND s.voided_at IS NULL ORDER BY 1"
            )
            yield from ((staged, (line, "from", "he had a session while away")) for (line,) in found)


def differ(left: str, right: str) -> str:
    """Return the condition that two columns differ; NULL differs from any value."""
    return f"({left} <> {right} OR ({left} IS NULL) <> ({right} IS NULL))"


def _same_key(names: Iterable[str]) -> str:
    return " AND ".join(
        f"coalesce(t.{name}, -1) = coalesce(s.{name}, -1)" if name in MAY_BE_EMPTY else f"t.{name} = s.{name}"
        for name in names
    )
