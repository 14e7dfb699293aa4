"""What is stored, as the rows of the files that `kw export` writes: one at a time, in an order that an import keeps.

Rows of one prisoner or officer come by day, and those of one day as they were recorded, because that order decides
which of two is the later.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any, Final

from keyworker_cli.rules.files.kinds import ABSENCES, OF_A_PRISONER, OF_SESSIONS, PRISONERS, SESSIONS
from keyworker_cli.rules.files.said_before import Change, written
from keyworker_cli.rules.files.sheet import Column, Sheet
from keyworker_cli.rules.stays.settling import Settled
from keyworker_cli.store.reads.database import Reading

ALSO: Final = "also_known_by"
EVER: Final = ""
"""A moment before every other."""
BEFORE: Final = "said_before"
NAMED: Final = "named_before"

_NAMED: Final = {
    "person_id": "p.prison_number",
    "key_worker_id": "w.staff_id",
    "recorded_at": "CASE WHEN t.recorded_known THEN t.recorded_at END",
    "imported_at": "CASE WHEN NOT t.recorded_known THEN t.recorded_at END",
    BEFORE: "t.id",
}
_STANDS: Final = "ON n.person_id = p.id AND n.number = p.prison_number"
"""Not one whose number has gone over to another prisoner: what was left behind with him is in no count, and stays
here.
"""
_OF_A_PRISONER: Final = {"prison_number", *(column.field for column in OF_A_PRISONER)}


def is_of_prisoners(sheet: Sheet) -> bool:
    """Return whether the rows of a sheet are each about one prisoner."""
    return sheet in (PRISONERS, *OF_SESSIONS) or "person_id" in {column.field for column in sheet.columns}


def rows_of(reading: Reading, sheet: Sheet, person_id: int | None = None) -> Iterator[tuple[Any, ...]]:
    """Yield every row of a sheet, or one prisoner's, its cells as they are stored, in the order of `sheet.written`."""
    one = {} if person_id is None else {"person_id": person_id}
    rows: Iterable[tuple[Any, ...]] = reading.rows(_select(sheet, of_one=person_id is not None), one)
    names = [column.name for column in sheet.written]
    if names[-1] == BEFORE:
        changes = _said_before(reading, sheet, one)
        rows = ((*row[:-1], changes.get(row[-1])) for row in rows)
    if sheet is PRISONERS:
        of_him: dict[str, Mapping[int, str | None]] = {ALSO: _other_numbers(reading), NAMED: _names_before(reading)}
        found = [of_him.get(name) for name in names]
        for row in rows:
            yield tuple(cell if his is None else his.get(cell) for cell, his in zip(row, found, strict=True))
    elif sheet is ABSENCES:
        before, at = _before_settled(reading), names.index("to")
        for row in rows:
            yield (*row[:at], before.get((row[0], row[names.index("from")], row[at]), row[at]), *row[at + 1 :])
    else:
        yield from rows


def _select(sheet: Sheet, *, of_one: bool) -> str:
    columns = ", ".join(_source(sheet, column) for column in sheet.written)
    names = {column.field for column in sheet.columns}
    joins = ""
    of = "t"
    if sheet in OF_SESSIONS:
        joins, of = " JOIN session s ON s.id = t.session_id", "s"
    if is_of_prisoners(sheet):
        joins += f" JOIN person p ON p.id = {of}.person_id JOIN person_number n {_STANDS}"
    if "key_worker_id" in names:
        joins += f" LEFT JOIN key_worker w ON w.id = {of}.key_worker_id"
    where = " WHERE p.id = :person_id" if of_one else ""
    return f"SELECT {columns} FROM {sheet.table} t{joins}{where} ORDER BY {', '.join(_order(sheet))}, t.id"


def _source(sheet: Sheet, column: Column) -> str:
    field = column.field
    if sheet in OF_SESSIONS and not column.own and field not in _NAMED:
        return f"s.{field}"
    if sheet is PRISONERS and field in _OF_A_PRISONER:
        return f"p.{field}"
    return "p.id" if column.name in (ALSO, NAMED) else _NAMED.get(field, f"t.{field}")


def _order(sheet: Sheet) -> Iterator[str]:
    if sheet in OF_SESSIONS:
        yield from ("p.prison_number", "s.held_on", "s.id")
        return
    owner, *rest = sheet.key
    yield _NAMED.get(owner, f"t.{owner}")
    day = next((name for name in rest if name.endswith("_on")), None)
    if day:
        yield f"t.{day}"


def _said_before(reading: Reading, sheet: Sheet, one: Mapping[str, int]) -> dict[int, str | None]:
    """Return what the rows of a sheet, or `one` prisoner's, said before they were changed, by their keys.

    Whose a row is goes unsaid, and what it said only while two numbers were merged by mistake: a merge does not travel.
    So does an end that was settled with one stay, and taken back with another: both stays travel.
    """
    mistaken, taken_back = _mistakenly_merged(reading, sheet.table), _ends_taken_back(reading, sheet.table)
    columns = [column for column in sheet.columns if column.own and column.field not in _NOT_CHANGED]
    fields = ", ".join(_OFFICER if column.field == "key_worker_id" else column.field for column in columns)
    whose = "(SELECT s.person_id FROM session s WHERE s.id = session_id)" if sheet in OF_SESSIONS else "person_id"
    asked = f" WHERE id IN (SELECT id FROM {sheet.table} WHERE {whose} = :person_id)" if one else ""
    rows = reading.rows(
        f"SELECT id, changed_at, replaced_at, replaced_by, {fields} FROM {sheet.table}_past{asked} UNION ALL "
        f"SELECT id, changed_at, NULL, NULL, {fields} FROM {sheet.table} "
        f"WHERE id IN (SELECT id FROM {sheet.table}_past{asked}) ORDER BY 1, 2, 3 NULLS LAST",
        one,
    )
    found: dict[int, str | None] = {}
    for key, his in groupby(rows, key=itemgetter(0)):
        versions = [version for version in his if (key, version[2]) not in taken_back]
        changes = list(_changes(versions, columns, mistaken.get(key)))
        if sheet is SESSIONS and (mistaken.get(key, (None,))[0] == EVER or _was_taken_out_at_once(versions, columns)):
            _, since, _, by, *_ = versions[0]
            changes.insert(0, Change(since, by, {"voided_at": None}))
        found[key] = written(changes, columns)
    return {key: text for key, text in found.items() if text}


def _was_taken_out_at_once(versions: Sequence[Sequence[Any]], columns: Sequence[Column]) -> bool:
    """Return whether a session never stood, since it stands under another number of its prisoner."""
    at = -len(columns) + [column.field for column in columns].index("voided_at")
    first, second = versions[:2]
    return first[1] == first[2] and first[at] is None and second[at] is not None


_OFFICER: Final = "(SELECT w.staff_id FROM key_worker w WHERE w.id = key_worker_id)"
_NOT_CHANGED: Final = ("person_id", "recorded_at", "recorded_by")


def _mistakenly_merged(reading: Reading, table: str) -> dict[int, tuple[str, str]]:
    """Return the rows that a merge settled and its undoing put back, with the moments of the two.

    Of a merge that stands, the sessions that it took out because they stand under the other number: since ever.
    """
    found: dict[int, tuple[str, str]] = {}
    for since, until, undone, moved in reading.rows(
        "SELECT recorded_at, changed_at, undone_on, moved FROM person_merge ORDER BY id"
    ):
        joined = json.loads(moved)
        if undone is None:
            found |= dict.fromkeys(joined.get("voided", []) if table == "session" else [], (EVER, since))
            continue
        ids = {"allocation": joined["ended"], "session": joined.get("voided", [])}.get(table, [])
        ids += [json.loads(was)["id"] for name, was in joined.get("settled", []) if name == table]
        found |= dict.fromkeys(ids, (since, until))
    return found


def _ends_taken_back(reading: Reading, table: str) -> set[tuple[int, str]]:
    """Return the rows whose settled end was taken back, each with the moment of that."""
    lines = reading.rows(
        "SELECT at, before_image FROM audit WHERE action = :kind AND table_name = :name",
        {"kind": Settled.OPENED_AGAIN.value, "name": table},
    )
    return {(json.loads(was)["id"], at) for at, was in lines}


def _changes(
    versions: Sequence[Sequence[Any]], columns: Sequence[Column], mistaken: tuple[str, str] | None
) -> Iterator[Change]:
    """Yield each change of a row, of its versions in order; one that was replaced at once was never to be seen."""
    since, until = mistaken or (EVER, EVER)
    seen = [version for version in versions if version[1] != version[2] and not since <= version[1] < until]
    for (_, _, until, by, *before), (_, _, _, _, *after) in pairwise(seen):
        said = {column.field: was for column, was, became in zip(columns, before, after, strict=True) if was != became}
        if said:
            yield Change(until, by, said)


def _before_settled(reading: Reading) -> dict[tuple[str, str, str], str | None]:
    """Return the end that nights away had before they were settled, by whose they are, their first day and their end.

    An import settles them again, and a look back finds what was recorded at the time.
    """
    ends: dict[int, dict[str, str | None]] = {}
    lines = reading.rows(
        "SELECT before_image, after_image FROM audit WHERE table_name = 'absence' "
        "AND (action = :said OR (action LIKE 'settle %' AND action <> :opened)) ORDER BY id",
        {"opened": Settled.OPENED_AGAIN.value, "said": Settled.SAID_SINCE.value},
    )
    for before, after in lines:
        became = json.loads(after)
        was = json.loads(before) if before else became  # said since to end then
        his = ends.setdefault(was["id"], {})
        his[became["to_on"]] = became["to_on"] if was is became else his.get(was["to_on"], was["to_on"])
    rows = reading.rows("SELECT a.id, p.prison_number, a.from_on FROM absence a JOIN person p ON p.id = a.person_id")
    return {
        (number, since, settled): before for key, number, since in rows for settled, before in ends.get(key, {}).items()
    }


def _names_before(reading: Reading) -> dict[int, str | None]:
    """Return what each prisoner was called and when he was said to be born before that was corrected, by his key."""
    columns = OF_A_PRISONER
    fields = ", ".join(column.field for column in columns)
    rows = reading.rows(
        f"SELECT id, changed_at, replaced_at, replaced_by, {fields} FROM person_past UNION ALL "
        f"SELECT id, changed_at, NULL, NULL, {fields} FROM person WHERE id IN (SELECT id FROM person_past) "
        "ORDER BY 1, 2, 3 NULLS LAST"
    )
    return {key: written(_changes(list(his), columns, None), columns) for key, his in groupby(rows, key=itemgetter(0))}


def _other_numbers(reading: Reading) -> dict[int, str]:
    """Return each prisoner's further prison numbers, by his key."""
    numbers: dict[int, str] = {}
    for prisoner, number in reading.rows(
        "SELECT n.person_id, n.number FROM person_number n JOIN person p ON p.id = n.person_id "
        "WHERE n.number <> p.prison_number ORDER BY n.number"
    ):
        numbers[prisoner] = f"{numbers[prisoner]};{number}" if prisoner in numbers else number
    return numbers
