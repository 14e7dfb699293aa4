"""What the files say of prisoners and officers beyond one table.

Names and numbers, a prisoner's place, an officer's status.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from keyworker_cli.rules.codes.records import StaffStatus
from keyworker_cli.rules.files.kinds import OF_A_PRISONER, STATUSES
from keyworker_cli.rules.files.prison_numbers import Numbers
from keyworker_cli.rules.files.said_before import changes_of
from keyworker_cli.store.bulk.comparing import compare
from keyworker_cli.store.bulk.saving import save
from keyworker_cli.store.bulk.staging import SAME, Fault, Staged, Staging
from keyworker_cli.store.reads.searching import search_name


def save_people(staging: Staging, staged: Staged, numbers: Numbers) -> Iterator[Fault]:
    """Save the prisoners of prisoners.csv and their numbers; what his latest row says of a prisoner holds."""
    who = staging.user
    known = {row[0]: row[1:] for row in staging.ask("SELECT id, last_name, first_name, date_of_birth FROM person")}
    locked = {prisoner for (prisoner,) in staging.ask("SELECT person_id FROM locked_record")}
    inserts, updates, lines, corrected = [], [], [], []
    recorded: dict[int, tuple[Any, ...]] = {}
    for prisoner, line, last, first, born, at, by, dated, before in _latest_rows(staging, staged):
        was = known.get(prisoner)
        if was is None:
            stamps = (at or staging.now, by or who, bool(dated), at or staging.now, by or who)
            recorded[prisoner] = stamps
            (_, *named), *later = _names_in_order((last, first, born), before)
            inserts.append((prisoner, numbers.first_seen[prisoner], *_searched(*named), *stamps))
            corrected += [(*_searched(*became), *when, prisoner) for when, *became in later]
            continue
        dob = born if "date_of_birth" in staged.given else was[2]
        if (last, first, dob) == tuple(was):
            continue
        if prisoner in locked:
            yield line, "", "this prisoner has died: the record is locked and never changed"
        updates.append((*_searched(last, first, dob), staging.now, who, prisoner))
        lines.append((line,))
    staging.many(
        "INSERT INTO person (id, prison_number, last_name, first_name, search_name, date_of_birth, recorded_at, "
        "recorded_by, recorded_known, changed_at, changed_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        inserts,
    )
    staging.many(
        "UPDATE person SET last_name = ?, first_name = ?, search_name = ?, date_of_birth = ?, changed_at = ?, "
        "changed_by = ? WHERE id = ?",
        [*corrected, *updates],
    )
    _save_numbers(staging, numbers.added, recorded)
    staging.many(f"UPDATE {staged.name} SET touched = 1 WHERE line = ?", lines)


def _searched(last: str, first: str, born: str | None) -> tuple[str | None, ...]:
    """Return a name as it is kept: with what it is looked for by before the date of birth."""
    return last, first, search_name(first, last), born


def _names_in_order(now: tuple[Any, ...], before: str | None) -> list[tuple[Any, ...]]:
    """Return each name and date of birth that a prisoner had, the first one first, behind when and by whom it came."""
    names = dict(zip((column.field for column in OF_A_PRISONER), now, strict=True))
    found: list[tuple[Any, ...]] = []
    for until, by, said in reversed(changes_of(before or "[]")):
        found.insert(0, ((until, by), *names.values()))
        names |= said
    return [(None, *names.values()), *found]


def _save_numbers(staging: Staging, added: Sequence[tuple[str, int]], new: Mapping[int, tuple[Any, ...]]) -> None:
    """Save the prison numbers: those of a prisoner who is new were recorded when he was."""
    who = staging.user
    today = (staging.now, who, True, staging.now, who)
    staging.many(
        "INSERT INTO person_number (number, person_id, recorded_at, recorded_by, recorded_known, changed_at, "
        "changed_by) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(number, prisoner, *new.get(prisoner, today)) for number, prisoner in added],
    )


def _latest_rows(staging: Staging, staged: Staged) -> Iterator[Any]:
    """Yield the last row of each prisoner, with when and by whom the first of them was recorded.

    A row under another number of a prisoner who is known says nothing of his name: it may be from before they were
    joined.
    """
    his, at = "PARTITION BY person_id ORDER BY arrived_on", "coalesce(recorded_at, imported_at)"
    known = f"PARTITION BY person_id ORDER BY {at} NULLS LAST"
    yield from staging.ask(
        "SELECT person_id, line, last_name, first_name, date_of_birth, at, by_whom, dated, named_before FROM "
        "(SELECT person_id, line, last_name, first_name, date_of_birth, named_before, "
        f"first_value({at}) OVER ({known}) AS at, "
        f"first_value(recorded_by) OVER ({known}) AS by_whom, first_value(recorded_at) OVER ({known}) IS NOT NULL "
        "AS dated, "
        f"row_number() OVER ({his} DESC, line DESC) AS place FROM {staged.name} s WHERE NOT EXISTS "
        "(SELECT 1 FROM person p WHERE p.id = s.person_id AND p.prison_number <> s.prison_number)) AS men "
        "WHERE place = 1 ORDER BY line"
    )


def _statuses_of(staging: Staging, staged: Staged) -> list[tuple[Any, ...]]:
    """Return the statuses in key_workers.csv that differ from those in force on the day.

    Without a date of its own a status is taken to begin on the day as of which the file is imported.
    """
    rows = staging.ask(
        "SELECT s.line, t.id, s.status, s.status_from, s.return_on, s.recorded_at, s.recorded_by "
        f"FROM {staged.name} s JOIN key_worker t ON t.staff_id = s.staff_id WHERE s.status IS NOT NULL ORDER BY 1"
    )
    spells = staging.ask(
        "SELECT key_worker_id, status, return_on, from_on FROM worker_status AS spell "
        "WHERE from_on = (SELECT max(from_on) FROM worker_status later WHERE "
        "later.key_worker_id = spell.key_worker_id AND later.from_on <= ?) "
        "AND (return_on IS NULL OR return_on > ? OR status <> 'UNAVAILABLE_ANNUAL_LEAVE') "
        "AND (until_on IS NULL OR until_on > ?)",
        *([staging.as_of] * 3),
    )
    in_force = {worker: (status, back, since) for worker, status, back, since in spells}
    return [
        (line, worker, status, since or staging.as_of, back, None, at, by, None, None)
        for line, worker, status, since, back, at, by in rows
        if _is_another(in_force.get(worker), status, back, since)
    ]


def save_statuses(staging: Staging, staged: Staged, *, file: str) -> Iterator[Fault]:
    """Save the statuses that key_workers.csv gives, as if they stood in statuses.csv."""
    given = [name for name in STATUSES.fields if name != "until_on"]
    spells = staging.stage(STATUSES, _statuses_of(staging, staged), given=given)
    yield from compare(staging, spells)
    yield from save(staging, spells, file=file)
    begun = f"SELECT line FROM {spells.name} WHERE verdict > {SAME}"
    staging.run(f"UPDATE {staged.name} SET touched = 1 WHERE line IN ({begun})")


def save_places(staging: Staging, staged: Staged) -> int:
    """Record a move for each prisoner whose place in prisoners.csv differs from kw's; return how many moved.

    The move is dated the day as of which the file is imported, or his last day here.
    """
    who = staging.user
    last = (
        "(SELECT m.location FROM move m WHERE m.person_id = t.person_id AND m.moved_on >= t.arrived_on "
        "ORDER BY m.moved_on DESC, m.id DESC LIMIT 1)"
    )
    moved_on = "CASE WHEN t.arrived_on > ? THEN t.arrived_on WHEN t.left_on < ? THEN t.left_on ELSE ? END"
    elsewhere = (
        f"{staged.name} s JOIN stay t ON t.id = s.row_id WHERE s.place_given IS NOT NULL "
        f"AND s.place_given <> coalesce(t.location, '') AND s.place_given <> coalesce({last}, '')"
    )
    moved = [line for (line,) in staging.ask(f"SELECT s.line FROM {elsewhere}")]
    staging.run(
        "INSERT INTO move (person_id, moved_on, location, recorded_at, recorded_by, recorded_known, changed_at, "
        f"changed_by) SELECT t.person_id, {moved_on}, s.place_given, ?, ?, TRUE, ?, ? FROM {elsewhere} "
        "ORDER BY s.line",
        *([staging.as_of] * 3),
        *(staging.now, who, staging.now, who),
    )
    staging.many(f"UPDATE {staged.name} SET touched = 1 WHERE line = ?", [(line,) for line in moved])
    return len(moved)


def _is_another(in_force: tuple[str, str | None, str] | None, status: str, back: str | None, since: str | None) -> bool:
    """Return whether a status differs from the one in force; an officer without any is ACTIVE."""
    if in_force is None:
        return status != StaffStatus.ACTIVE
    return (status, back) != in_force[:2] or since not in (None, in_force[2])
