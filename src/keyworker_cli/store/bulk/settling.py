"""Records that contradict each other, settled where they are saved: typed or imported, in any order (help: movements).

Each case leaves a line in the audit with its kind, so that kw doctor can list what was settled.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from itertools import groupby
from typing import Any, Final, NamedTuple, Protocol

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    FromClause,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
)

from keyworker_cli.rules.codes.records import EndReason
from keyworker_cli.rules.codes.signals import MarkerCode
from keyworker_cli.rules.facts.by_prisoner import by_prisoner
from keyworker_cli.rules.stays.settling import (
    END_REASONS,
    PlaceHeld,
    Segregation,
    SegregationEvent,
    Settled,
    compare_segregation,
    end_reason,
    segregation_spells,
)
from keyworker_cli.store.reads.statements.parts.counted import recorded_in_time
from keyworker_cli.store.reads.statements.parts.moves import in_order_of_moves
from keyworker_cli.store.schema.tables import TABLES

Ends = Callable[[], Mapping[int, str]]
"""The ends that were settled before, by record: asked for only where one is met that may be such."""

Condition = Callable[[ColumnElement[int]], ColumnElement[bool]]
"""Says which prisoners are looked at, of a column with their keys."""
STATEMENTS: Final = 32
"""How many statements are kept, since to make one takes longer than to run it."""
SETTLED_TABLES: Final = ("stay", "move", "allocation", "absence", "event")
"""The tables whose records may contradict those of another."""


class Concerned(NamedTuple):
    """Which prisoners are looked at, and the values that this is asked with."""

    condition: Condition
    values: Mapping[str, Any]


class Settling(Protocol):
    """What a change offers to whoever settles records in it."""

    connection: Connection

    def settle_row(self, kind: Settled, name: str, row_id: int, person_id: int, values: Mapping[str, Any]) -> None:
        """Change a record so that it no longer contradicts another."""
        ...

    def add_settled(self, kind: Settled, name: str, person_id: int, values: Mapping[str, Any]) -> None:
        """Add a record that follows from others; the values include its stamps."""
        ...


def settle(change: Settling, concerned: Concerned) -> None:
    """Settle what the records of these prisoners contradict each other in."""
    _open_again(change, concerned)
    _open_nights_again(change, concerned)
    _open_again_in_scope(change, concerned)
    _end_allocations(change, concerned)
    _end_out_of_scope(change, concerned)
    _follow_absences(change, concerned)
    _end_absences(change, concerned)
    _segregate(change, concerned)


def everybody() -> Concerned:
    """Look at every prisoner."""
    return Concerned(_everybody, {})


def these(people: Iterable[int]) -> Concerned:
    """Look at these prisoners."""
    return Concerned(_one_of_these, {"people": list(people)})


def _everybody(column: ColumnElement[int]) -> ColumnElement[bool]:
    return column > literal_column("0")


def _one_of_these(column: ColumnElement[int]) -> ColumnElement[bool]:
    return column.in_(bindparam("people", expanding=True))


def drop_own_code(change: Settling, code: str) -> None:
    """Write each place that begins with the prison's own code without it; one that is there without it stays."""
    length = len(code) + 1
    for name in ("stay", "move"):
        table = TABLES[name]
        begins = table.c.location.like(f"{code}-%")
        rows = select(table).where(begins).order_by(table.c.id)
        for row in change.connection.execute(rows).all():
            if name == "move" and _is_there(change.connection, row, row.location[length:]):
                continue
            change.settle_row(Settled.OWN_CODE, name, row.id, row.person_id, {"location": row.location[length:]})


def _is_there(connection: Connection, move: Any, location: str) -> bool:
    """The same move is there without the code already."""
    c = TABLES["move"].c
    same = (c.person_id == move.person_id) & (c.moved_on == move.moved_on) & (c.location == location)
    at = c.at_minute.is_not_distinct_from(move.at_minute)
    return connection.execute(select(c.id).where(same, at)).first() is not None


def _belongs(stay: FromClause, person: ColumnElement[int], day: ColumnElement[date]) -> ColumnElement[bool]:
    """What begins on this day may belong to this stay: it had not ended, and none that began later had begun."""
    newer = TABLES["stay"].alias("newer")
    in_newer = select(newer.c.id).where(
        newer.c.person_id == stay.c.person_id,
        newer.c.voided_at.is_(None),
        newer.c.arrived_on > stay.c.arrived_on,
        newer.c.arrived_on <= day,
    )
    return and_(
        stay.c.person_id == person,
        stay.c.voided_at.is_(None),
        day <= stay.c.left_on,
        ~in_newer.correlate_except(newer).exists(),
    )


def _open_again(change: Settling, concerned: Concerned) -> None:
    """Give back its own end to what was ended with a stay, where it is known by now to be of a stay that goes on.

    It began on the day on which one stay ends and another begins, which an earlier file or another number did not know
    of; or the stay was said to end too soon. What somebody ended otherwise stays so.
    """
    for row in _ended_with_stay(change, concerned):
        held = _own_end(change.connection, "allocation", row)
        follows = _key_worker_after(change.connection, row)
        if follows is not None:
            if follows.allocated_on <= row.allocated_on:
                continue  # the one of the stay he is in stands
            if held["ended_on"] is None or held["ended_on"] > follows.allocated_on:
                held = {
                    "ended_on": follows.allocated_on,
                    "ended_recorded_at": follows.recorded_at,
                    "end_reason": EndReason.OVERRIDE.value,
                    "ended_by": follows.allocated_by,
                }
        change.settle_row(Settled.OPENED_AGAIN, "allocation", row.id, row.person_id, held)


def _open_nights_again(change: Settling, concerned: Concerned) -> None:
    """The same of nights away; those that others had ended open again where they go on after these."""
    nights = change.connection.execute(_back_before_their_stay(concerned.condition), concerned.values).all()
    if not nights:
        return
    settled = settled_nights(change.connection)
    for row in _firsts(nights):
        own_end = _own_end(change.connection, "absence", row)
        to_on = own_end["to_on"]
        with_stay = settled.ended_so(Settled.AWAY_WITH_STAY, row.id, row.ended_on)
        by_others = settled.ended_so(Settled.AWAY_AGAIN, row.id, row.ended_on)
        if to_on is not None and settled.ended_so(Settled.AWAY_WITH_STAY, row.id, to_on):
            to_on = None  # until then they lasted only because he had left
        if with_stay or (by_others and _goes_round_the_next(change.connection, row, to_on)):
            change.settle_row(Settled.OPENED_AGAIN, "absence", row.id, row.person_id, own_end)


OWN_END: Final = {
    "allocation": ("ended_on", "ended_recorded_at", "end_reason", "ended_by"),
    "absence": ("to_on",),
}
"""What a record says of its end: the day first."""


def _ended_with_stay(change: Settling, concerned: Concerned) -> Iterator[Any]:
    """Yield the allocations that end before the stay they are in, and were settled so."""
    rows = change.connection.execute(_ended_before_their_stay(concerned.condition), concerned.values).all()
    if rows:
        ends, given = _settled_ends(change.connection, Settled.ENDED_WITH_STAY, "allocation", "ended_on")
        for row in _firsts(rows):
            if ends.get(row.id) == row.ended_on.isoformat() or (given and _was_given(change, row, given)):
                yield row


def _settled_ends(
    connection: Connection, kind: Settled, name: str, end: str
) -> tuple[dict[int, str], set[tuple[Any, ...]]]:
    """Return the ends that were settled so, by record; and which rows of files were, before they had a key."""
    audit = TABLES["audit"]
    so = select(audit.c.key, audit.c.after_image).where(audit.c.action == kind.value, audit.c.table_name == name)
    ends: dict[int, str] = {}
    given: set[tuple[Any, ...]] = set()
    for key, after in connection.execute(so.order_by(audit.c.id)):
        said = json.loads(after or "{}")
        if "id" in said:
            ends[said["id"]] = said.get(end)
        elif said:
            given.add((key.partition(" ")[0], said["key_worker_id"], said["allocated_on"]))
    return ends, given


class SettledNights(NamedTuple):
    """What the audit says of the nights away that were settled, by record: the last end of each kind of case.

    `said` are those ends that a later file has given as its own since, each with its record.
    """

    ends: Mapping[Settled, Mapping[int, str]]
    said: set[tuple[int, str]]

    def ended_so(self, kind: Settled, row_id: int, to_on: date) -> bool:
        """They end on this day because they were settled so, and no file has said it since."""
        end = to_on.isoformat()
        return self.ends[kind].get(row_id) == end and (row_id, end) not in self.said


def settled_nights(connection: Connection) -> SettledNights:
    """Return what the audit says of nights away that were settled; all of it is read, so ask once."""
    ends: dict[Settled, dict[int, str]] = {Settled.AWAY_WITH_STAY: {}, Settled.AWAY_AGAIN: {}}
    line, said = TABLES["audit"].c, set[tuple[int, str]]()
    lines = select(line.action, line.after_image).where(
        line.table_name == "absence", line.action.in_([*ends, Settled.SAID_SINCE])
    )
    for action, after in connection.execute(lines.order_by(line.id)):
        nights, kind = json.loads(after), Settled(action)
        end = (nights["id"], nights["to_on"])
        if kind is Settled.SAID_SINCE:
            said.add(end)
        else:
            said.discard(end)
            ends[kind][nights["id"]] = nights["to_on"]
    return SettledNights(ends, said)


def _was_given(change: Settling, row: Any, given: Iterable[tuple[Any, ...]]) -> bool:
    """The allocation came in a file, under any of his numbers, and was settled before it was saved."""
    number = TABLES["person_number"]
    his = select(number.c.number).where(number.c.person_id == row.person_id)
    which = (row.key_worker_id, row.allocated_on.isoformat())
    return any((one, *which) in given for one in change.connection.execute(his).scalars())


def _own_end(connection: Connection, name: str, row: Any) -> dict[str, Any]:
    """Return the end that a record came with, before it was settled: the last later one that it had, else none."""
    past, columns = TABLES[f"{name}_past"], OWN_END[name]
    day = past.c[columns[0]]
    later = select(*(past.c[column] for column in columns)).where(
        past.c.id == row.id, or_(day.is_(None), day > row.ended_on)
    )
    was = connection.execute(later.order_by(past.c.version_id.desc()).limit(1)).mappings().first()
    return dict(was) if was else dict.fromkeys(columns)


def _goes_round_the_next(connection: Connection, row: Any, to_on: date | None) -> bool:
    """Nights away until this day end in the stay that they are in, by now, and after those that had ended them."""
    if to_on is None or (row.left_on is not None and row.left_on <= to_on):
        return False
    nights = TABLES["absence"]
    within = select(nights.c.id).where(
        nights.c.person_id == row.person_id, nights.c.from_on == row.ended_on, nights.c.to_on < to_on
    )
    return connection.execute(within).first() is not None


def _key_worker_after(connection: Connection, row: Any) -> Any:
    """Return the first other allocation that is in force on the day that this one began, or begins in that stay."""
    other, stay_ends = TABLES["allocation"], [] if row.left_on is None else [row.left_on]
    of_his = select(other).where(
        other.c.person_id == row.person_id,
        other.c.id != row.id,
        or_(other.c.ended_on.is_(None), other.c.ended_on > other.c.allocated_on),
        or_(other.c.ended_on.is_(None), other.c.ended_on > row.allocated_on),
        *(other.c.allocated_on < left_on for left_on in stay_ends),
    )
    return connection.execute(of_his.order_by(other.c.allocated_on, other.c.id)).first()


def _is_in(stay: FromClause, person: ColumnElement[int], day: ColumnElement[date]) -> ColumnElement[bool]:
    """Say whether a day is in a stay: the day on which one ends and another begins is in the later."""
    newer = TABLES["stay"].alias("newer")
    in_newer = select(newer.c.id).where(
        newer.c.person_id == stay.c.person_id,
        newer.c.voided_at.is_(None),
        newer.c.arrived_on > stay.c.arrived_on,
        newer.c.arrived_on <= day,
    )
    return and_(
        stay.c.person_id == person,
        stay.c.voided_at.is_(None),
        stay.c.arrived_on <= day,
        or_(stay.c.left_on.is_(None), day <= stay.c.left_on),
        ~in_newer.correlate_except(newer).exists(),
    )


@lru_cache(STATEMENTS)
def _ended_before_their_stay(condition: Condition) -> Select[Any]:
    stay, held = TABLES["stay"].alias("stay"), TABLES["allocation"].alias("held")
    with_a_stay = [reason.value for reason in END_REASONS.values()]
    return (
        select(held.c.id, held.c.person_id, held.c.key_worker_id, held.c.allocated_on, held.c.ended_on, stay.c.left_on)
        .select_from(held)
        .join(stay, _is_in(stay, held.c.person_id, held.c.allocated_on))
        .where(
            condition(held.c.person_id),
            held.c.end_reason.in_([literal_column(f"'{reason}'") for reason in with_a_stay]),
            or_(stay.c.left_on.is_(None), stay.c.left_on > held.c.ended_on),
        )
        .order_by(held.c.id)
    )


@lru_cache(STATEMENTS)
def _back_before_their_stay(condition: Condition) -> Select[Any]:
    stay, nights, past = (TABLES[name].alias(name) for name in ("stay", "absence", "absence_past"))
    later = select(past.c.id).where(
        past.c.id == nights.c.id, or_(past.c.to_on.is_(None), past.c.to_on > nights.c.to_on)
    )
    return (
        select(nights.c.id, nights.c.person_id, nights.c.to_on.label("ended_on"), stay.c.left_on)
        .select_from(nights)
        .join(stay, _is_in(stay, nights.c.person_id, nights.c.from_on))
        .where(
            condition(nights.c.person_id),
            nights.c.to_on.is_not(None),
            or_(stay.c.left_on.is_(None), stay.c.left_on > nights.c.to_on),
            later.correlate(nights).exists(),
        )
        .order_by(nights.c.id)
    )


def _end_allocations(change: Settling, concerned: Concerned) -> None:
    for row in _firsts(change.connection.execute(_outliving_their_stay(concerned.condition), concerned.values).all()):
        ended_on = max(row.left_on, row.allocated_on)
        first = [row.ended_recorded_at] if row.ended_on and row.ended_recorded_at else []
        recorded_at = min([*first, *([row.left_recorded_at] if row.left_recorded_at else [])], default=None)
        reason = end_reason(row.departure_reason).value
        values = {"ended_on": ended_on, "end_reason": reason, "ended_recorded_at": recorded_at}
        change.settle_row(Settled.ENDED_WITH_STAY, "allocation", row.id, row.person_id, values)


@lru_cache(STATEMENTS)
def _outliving_their_stay(condition: Condition) -> Select[Any]:
    stay, held = TABLES["stay"].alias("stay"), TABLES["allocation"].alias("held")
    return (
        select(
            held.c.id,
            held.c.person_id,
            held.c.allocated_on,
            held.c.ended_on,
            held.c.ended_recorded_at,
            stay.c.left_on,
            stay.c.left_recorded_at,
            stay.c.departure_reason,
        )
        .select_from(held)
        .join(stay, _belongs(stay, held.c.person_id, held.c.allocated_on))
        .where(
            condition(held.c.person_id),
            or_(held.c.ended_on.is_(None), held.c.ended_on > stay.c.left_on),
            or_(held.c.ended_on.is_(None), held.c.ended_on > held.c.allocated_on),
        )
        .order_by(held.c.id, stay.c.arrived_on)
    )


def _end_out_of_scope(change: Settling, concerned: Concerned) -> None:
    """End the allocation of one who was taken out of the scheme, from the day he was."""
    for row in _firsts(change.connection.execute(_outliving_their_scope(concerned.condition), concerned.values).all()):
        if row.out_of_scope_from is None or (row.ended_on and row.ended_on <= row.out_of_scope_from):
            continue
        ended_on = max(row.out_of_scope_from, row.allocated_on)
        values = {"ended_on": ended_on, "end_reason": EndReason.OUT_OF_SCOPE.value}
        change.settle_row(Settled.ENDED_WITH_SCOPE, "allocation", row.id, row.person_id, values)


@lru_cache(STATEMENTS)
def _outliving_their_scope(condition: Condition) -> Select[Any]:
    stay, held = TABLES["stay"].alias("stay"), TABLES["allocation"].alias("held")
    excluded = TABLES["stay"].alias("excluded")
    ever = select(excluded.c.person_id).where(excluded.c.voided_at.is_(None), excluded.c.out_of_scope_from.is_not(None))
    return (
        select(held.c.id, held.c.person_id, held.c.allocated_on, held.c.ended_on, stay.c.out_of_scope_from)
        .select_from(held)
        .join(stay, and_(stay.c.person_id == held.c.person_id, stay.c.voided_at.is_(None)))
        .where(
            condition(held.c.person_id),
            held.c.person_id.in_(ever),
            or_(stay.c.left_on.is_(None), held.c.allocated_on < stay.c.left_on),
            or_(held.c.ended_on.is_(None), held.c.ended_on > held.c.allocated_on),
        )
        .order_by(held.c.id, stay.c.arrived_on)
    )


def _open_again_in_scope(change: Settling, concerned: Concerned) -> None:
    """Open again what was ended with the scope of a stay that, as is known by now, it never belonged to.

    He had left that stay by the day he was allocated, and had come back or came back later: an earlier file knew of
    neither.
    """
    for row in change.connection.execute(_ended_with_another_scope(concerned.condition), concerned.values).all():
        values = {"ended_on": None, "end_reason": None, "ended_by": None}
        change.settle_row(Settled.ENDED_WITH_SCOPE, "allocation", row.id, row.person_id, values)


@lru_cache(STATEMENTS)
def _ended_with_another_scope(condition: Condition) -> Select[Any]:
    held, before, his = TABLES["allocation"].alias("held"), TABLES["stay"].alias("before"), TABLES["stay"].alias("his")
    out_from, first = before.c.out_of_scope_from, TABLES["stay"].alias("first")
    sooner = select(first.c.id).where(
        first.c.person_id == his.c.person_id,
        first.c.voided_at.is_(None),
        first.c.arrived_on < his.c.arrived_on,
        or_(first.c.left_on.is_(None), held.c.allocated_on < first.c.left_on),
    )
    return (
        select(held.c.id, held.c.person_id)
        .distinct()
        .select_from(held)
        .join(before, and_(before.c.person_id == held.c.person_id, before.c.voided_at.is_(None)))
        .join(his, and_(his.c.person_id == held.c.person_id, his.c.voided_at.is_(None)))
        .where(
            condition(held.c.person_id),
            held.c.end_reason == literal_column(f"'{EndReason.OUT_OF_SCOPE.value}'"),
            held.c.ended_recorded_at.is_(None),
            held.c.ended_on == case((out_from > held.c.allocated_on, out_from), else_=held.c.allocated_on),
            before.c.left_on <= his.c.arrived_on,
            or_(his.c.arrived_on <= held.c.allocated_on, before.c.left_on < held.c.allocated_on),
            or_(his.c.left_on.is_(None), held.c.allocated_on < his.c.left_on),
            ~sooner.correlate(his, held).exists(),
            or_(his.c.out_of_scope_from.is_(None), his.c.out_of_scope_from > held.c.ended_on),
        )
        .order_by(held.c.id)
    )


def _end_absences(change: Settling, concerned: Concerned) -> None:
    """End nights away with the stay they are of; of one who died all stays as it was, and hides nobody."""
    for row in _firsts(change.connection.execute(_away_after_leaving(concerned.condition), concerned.values).all()):
        values = {"to_on": max(row.left_on, row.from_on)}
        change.settle_row(Settled.AWAY_WITH_STAY, "absence", row.id, row.person_id, values)
    for row in _firsts(change.connection.execute(_away_before_arriving(concerned.condition), concerned.values).all()):
        change.settle_row(Settled.AWAY_WITH_STAY, "absence", row.id, row.person_id, {"to_on": row.arrived_on})


@lru_cache(STATEMENTS)
def _away_after_leaving(condition: Condition) -> Select[Any]:
    stay, nights = TABLES["stay"].alias("stay"), TABLES["absence"].alias("nights")
    died = func.coalesce(stay.c.departure_reason, literal_column("''")) == literal_column("'DIED'")
    return (
        select(nights.c.id, nights.c.person_id, nights.c.from_on, stay.c.arrived_on, stay.c.left_on)
        .select_from(nights)
        .join(stay, _belongs(stay, nights.c.person_id, nights.c.from_on))
        .where(condition(nights.c.person_id), ~died, or_(nights.c.to_on.is_(None), nights.c.to_on > stay.c.left_on))
        .order_by(nights.c.id, stay.c.arrived_on)
    )


@lru_cache(STATEMENTS)
def _away_before_arriving(condition: Condition) -> Select[Any]:
    stay, nights, first = TABLES["stay"].alias("stay"), TABLES["absence"].alias("nights"), TABLES["stay"].alias("first")
    there = select(first.c.id).where(
        first.c.person_id == nights.c.person_id,
        first.c.voided_at.is_(None),
        first.c.arrived_on <= nights.c.from_on,
        or_(first.c.left_on.is_(None), first.c.left_on >= nights.c.from_on),
    )
    return (
        select(nights.c.id, nights.c.person_id, stay.c.arrived_on)
        .select_from(nights)
        .join(stay, and_(stay.c.person_id == nights.c.person_id, stay.c.voided_at.is_(None)))
        .where(
            condition(nights.c.person_id),
            stay.c.arrived_on > nights.c.from_on,
            or_(nights.c.to_on.is_(None), nights.c.to_on > stay.c.arrived_on),
            ~there.correlate_except(first).exists(),
        )
        .order_by(nights.c.id, stay.c.arrived_on)
    )


def _follow_absences(change: Settling, concerned: Concerned) -> None:
    """Let the later of two overlapping absences end the earlier, but for one that lies within the other.

    One that lasts as long as the stay has no end of its own: the later ends it, whichever was recorded first.
    """
    for row in _firsts(change.connection.execute(_followed_by_another(concerned.condition), concerned.values).all()):
        change.settle_row(Settled.AWAY_AGAIN, "absence", row.id, row.person_id, {"to_on": row.from_on})


@lru_cache(STATEMENTS)
def _followed_by_another(condition: Condition) -> Select[Any]:
    earlier, later = TABLES["absence"].alias("earlier"), TABLES["absence"].alias("later")
    stay = TABLES["stay"].alias("stay")
    left_then = select(stay.c.id).where(
        stay.c.person_id == earlier.c.person_id,
        stay.c.voided_at.is_(None),
        stay.c.left_on <= earlier.c.to_on,
        stay.c.left_on > earlier.c.from_on,
    )
    within = and_(
        earlier.c.to_on.is_not(None),
        later.c.to_on.is_not(None),
        later.c.to_on < earlier.c.to_on,
        ~left_then.correlate(earlier).exists(),
    )
    return (
        select(earlier.c.id, earlier.c.person_id, later.c.from_on)
        .select_from(earlier)
        .join(later, and_(later.c.person_id == earlier.c.person_id, later.c.from_on > earlier.c.from_on))
        .where(
            condition(earlier.c.person_id),
            or_(earlier.c.to_on.is_(None), earlier.c.to_on > later.c.from_on),
            or_(later.c.to_on.is_(None), later.c.to_on > later.c.from_on),
            recorded_in_time(later),
            ~within,
        )
        .order_by(earlier.c.id, later.c.from_on)
    )


def _segregate(change: Settling, concerned: Concerned) -> None:
    """Begin SEG where a move or an arrival took a prisoner to segregation, and end it where one took him out."""

    def asked(statement: Callable[[Condition], Select[Any]]) -> Mapping[int, Sequence[Any]]:
        return by_prisoner(change.connection.execute(statement(concerned.condition), concerned.values).all())

    stays = asked(_stays)
    if not stays:
        return
    moves, events = asked(_moves), asked(_segregation_events)
    before = cache(
        lambda: _settled_ends(change.connection, Settled.SEGREGATED, "event", "until_on")[0]
    )  # all the audit
    for person_id, his in stays.items():
        told = [
            SegregationEvent(row.id, row.event_on, row.at_minute, row.until_on) for row in events.get(person_id, ())
        ]
        for stay, following in zip(his, [*his[1:], None], strict=True):
            until = following.arrived_on if following else None
            _segregate_in_stay(change, stay, list(_within(moves.get(person_id, ()), stay, until)), told, before)


def _within(moves: Iterable[Any], stay: Any, until: date | None) -> Iterator[Any]:
    """Yield the moves of a stay, up to its end and before the next one, which begins on `until`."""
    for move in moves:
        left = stay.left_on is not None and move.moved_on > stay.left_on
        if stay.arrived_on <= move.moved_on and not left and (until is None or move.moved_on < until):
            yield move


def _segregate_in_stay(
    change: Settling, stay: Any, moves: Sequence[Any], events: Sequence[SegregationEvent], before: Ends
) -> None:
    places = [PlaceHeld(stay.arrived_on, None, stay.location)]
    places += [PlaceHeld(move.moved_on, move.at_minute, move.location) for move in moves]
    for spell, told in compare_segregation(segregation_spells(places, left_on=stay.left_on), events):
        if told is None:
            source = next((move for move in moves if move.moved_on == spell.from_on), stay)
            values = _segregation(stay.person_id, spell, source)
            change.add_settled(Settled.SEGREGATED, "event", stay.person_id, values)
        elif _is_to_end(told, spell, stay, before):
            ended = {"until_on": spell.until_on}
            change.settle_row(Settled.SEGREGATED, "event", told.event_id, stay.person_id, ended)


def _is_to_end(told: SegregationEvent, spell: Segregation, stay: Any, before: Ends) -> bool:
    """An event is to say when a spell ended: one without an end, unless the stay is its end; or one settled before."""
    if told.until_on is None:
        return stay.left_on is None or spell.until_on != stay.left_on
    return before().get(told.event_id) == told.until_on.isoformat()


def _segregation(person_id: int, spell: Segregation, source: Any) -> dict[str, Any]:
    """Return SEG as it follows from a move or an arrival, recorded by whom and when that was."""
    return {
        "person_id": person_id,
        "code": MarkerCode.SEG.value,
        "event_on": spell.from_on,
        "at_minute": spell.at_minute,
        "until_on": spell.until_on,
        "source": "move",
        "recorded_at": source.recorded_at,
        "recorded_by": source.recorded_by,
        "recorded_known": source.recorded_known,
        "changed_at": source.recorded_at,
        "changed_by": source.recorded_by,
    }


def _ever_in_segregation(condition: Condition) -> CompoundSelect[Any]:
    """Return the question of the prisoners who were ever in segregation."""
    move, place = TABLES["move"].alias("move"), TABLES["stay"].alias("place")
    moved = select(move.c.person_id).where(_in_segregation(move), condition(move.c.person_id))
    came = select(place.c.person_id).where(_in_segregation(place), condition(place.c.person_id))
    return moved.union(came)


@lru_cache(STATEMENTS)
def _stays(condition: Condition) -> Select[Any]:
    """Ask for the stays of those who were ever in segregation, the earliest first."""
    stay = TABLES["stay"].alias("stay")
    rows = select(stay).where(stay.c.voided_at.is_(None), stay.c.person_id.in_(_ever_in_segregation(condition)))
    return rows.order_by(stay.c.person_id, stay.c.arrived_on)


def _in_segregation(at: FromClause) -> ColumnElement[bool]:
    return or_(at.c.location == literal_column("'SEG'"), at.c.location.like(literal_column("'SEG-%'")))


@lru_cache(STATEMENTS)
def _moves(condition: Condition) -> Select[Any]:
    """Ask for their moves, in the order of these; one recorded after a death begins and ends nothing."""
    move = TABLES["move"].alias("moved")
    rows = select(move).where(move.c.person_id.in_(_ever_in_segregation(condition)), recorded_in_time(move))
    return rows.order_by(move.c.person_id, *in_order_of_moves(move))


@lru_cache(STATEMENTS)
def _segregation_events(condition: Condition) -> Select[Any]:
    """Ask what is recorded of their segregation, as it was recorded."""
    event = TABLES["event"]
    rows = select(event.c.id, event.c.person_id, event.c.event_on, event.c.at_minute, event.c.until_on).where(
        event.c.person_id.in_(_ever_in_segregation(condition)), event.c.code == MarkerCode.SEG.value
    )
    return rows.order_by(event.c.id)


def _firsts(rows: Iterable[Any]) -> Iterator[Any]:
    """Yield the first of the rows of each record."""
    for _, same in groupby(rows, lambda row: row.id):
        yield next(same)
