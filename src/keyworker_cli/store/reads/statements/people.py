"""The prisoners: found by number or name, and one prisoner's stays, moves, numbers and nights away."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    case,
    func,
    literal_column,
    or_,
    select,
    union,
    union_all,
)

from keyworker_cli.rules.facts.audit import FirstRecords, NewestRecords, NewestSession
from keyworker_cli.rules.facts.people import Offered, Person
from keyworker_cli.rules.facts.stays import (
    Away,
    EarlyAllocation,
    LatestDeparture,
    Merge,
    Moved,
    NumberOfPrisoner,
    OtherNumber,
    OutOfPlace,
    PlaceLived,
    Stay,
    StaysOverlap,
    VoidStay,
)
from keyworker_cli.store.reads.declare import read
from keyworker_cli.store.reads.statements.parts.basics import (
    ONE,
    aliases,
    as_of,
    is_present,
    person_id,
    prison_number,
    said_name,
    stands,
    table,
    word,
)
from keyworker_cli.store.reads.statements.parts.counted import recorded_in_time
from keyworker_cli.store.reads.statements.parts.moves import latest_move_first
from keyworker_cli.store.schema.tables import TABLES


@read(Person)
def person_by_number() -> Select[Any]:
    """Return the prisoner with this prison number, main or alias: none or one."""
    number = table("person_number")
    person = table("person")
    return _people().join(number, number.c.person_id == person.c.id).where(number.c.number == prison_number)


@read(Offered)
def names() -> Select[Any]:
    """Return everyone's prison number and the name that they are looked for by."""
    person = table("person")
    return select(person.c.prison_number.label("word"), person.c.search_name.label("about")).where(_has_number(person))


@read(Person)
def people() -> Select[Any]:
    """Return everyone, by name."""
    return _people()


@read(PlaceLived)
def places_lived_in() -> Select[Any]:
    """Return the places where prisoners are, and those where the prisoners were who have left.

    Of those who have left it is not asked who was where last: in ten years they are many. The outer joins keep the
    prisoners as the start of the search.
    """
    stay, person, left, moved = aliases(
        "stay", "person", "stay", "move", names=("stay", "person", "left_stay", "moved")
    )
    here = stay.c.left_on.is_(None)
    is_here = select(stay.c.id).where(stay.c.person_id == person.c.id, here, stands(stay)).exists()
    of_those_left = select(moved.c.location).select_from(person)
    lived = union(
        select(func.coalesce(_moved_to(stay), stay.c.location).label("location")).where(here, stands(stay)),
        select(left.c.location).select_from(person).outerjoin(left, left.c.person_id == person.c.id).where(~is_here),
        of_those_left.outerjoin(moved, moved.c.person_id == person.c.id).where(~is_here),
    ).subquery("person_place")
    return select(lived.c.location).where(lived.c.location.is_not(None))


@read(Offered)
def numbers_here() -> Select[Any]:
    """Return the prison numbers of the prisoners whose stay is open, with their names: what TAB offers."""
    person, stay = table("person"), table("stay")
    return (
        select(person.c.prison_number.label("word"), said_name(person).label("about"))
        .join(stay, stay.c.person_id == person.c.id)
        .where(stay.c.left_on.is_(None), stands(stay))
    )


@read(Stay)
def stays_of() -> Select[Any]:
    """Return a prisoner's stays, the latest first."""
    stay = table("stay")
    return (
        select(
            stay.c.id.label("stay_id"),
            stay.c.arrived_on,
            stay.c.arrival_type,
            stay.c.location,
            stay.c.left_on,
            stay.c.departure_reason,
            stay.c.out_of_scope_from,
            stay.c.out_of_scope_reason,
            stay.c.records_from,
        )
        .where(stay.c.person_id == person_id, stands(stay))
        .order_by(stay.c.arrived_on.desc())
    )


@read(VoidStay)
def void_stays_of() -> Select[Any]:
    """Return a prisoner's stays that never were, the latest first."""
    stay = TABLES["stay"].alias("void")
    c = stay.c
    return (
        select(
            c.id.label("stay_id"),
            c.arrived_on,
            c.arrival_type,
            c.location,
            c.left_on,
            c.voided_at,
            c.voided_why,
            c.changed_by.label("voided_by"),
        )
        .where(c.person_id == person_id, c.voided_at.is_not(None))
        .order_by(c.arrived_on.desc(), c.id.desc())
    )


@read(Away)
def absences_of() -> Select[Any]:
    """Return a prisoner's nights away, the earliest first, and which were not recorded after a death."""
    absence = table("absence")
    return (
        select(absence.c.reason, absence.c.from_on, absence.c.to_on, recorded_in_time(absence).label("in_time"))
        .where(absence.c.person_id == person_id)
        .order_by(absence.c.from_on)
    )


@read(Moved)
def moves_of() -> Select[Any]:
    """Return a prisoner's moves in this prison, the latest first."""
    move = table("move")
    return (
        select(
            move.c.moved_on,
            move.c.location,
            move.c.at_minute,
            move.c.recorded_at,
            move.c.recorded_by,
            move.c.recorded_known,
        )
        .where(move.c.person_id == person_id)
        .order_by(*latest_move_first(move))
    )


@read(OtherNumber)
def other_numbers_of() -> Select[Any]:
    """Return a prisoner's further prison numbers."""
    person, number = aliases("person", "person_number", names=("person", "number"))
    return (
        select(number.c.number)
        .select_from(person)
        .join(number, number.c.person_id == person.c.id)
        .where(person.c.id == person_id, number.c.number != person.c.prison_number)
        .order_by(number.c.number)
    )


@read(Merge)
def merges_of() -> Select[Any]:
    """Return the numbers that were joined to a prisoner's record and still are, the latest first."""
    merge, merged = aliases("person_merge", "person", names=("merge", "merged"))
    return (
        select(
            merge.c.id.label("merge_id"),
            merged.c.id.label("merged_person_id"),
            merged.c.prison_number.label("merged_number"),
            merge.c.merged_on,
            merge.c.why,
            merge.c.moved,
        )
        .select_from(merge)
        .join(merged, merged.c.id == merge.c.merged_person_id)
        .where(merge.c.kept_person_id == person_id, merge.c.undone_on.is_(None))
        .order_by(merge.c.id.desc())
    )


@read(NumberOfPrisoner)
def further_numbers() -> Select[Any]:
    """Return the prison numbers that are not a prisoner's main one."""
    number, person = table("person_number"), table("person")
    return (
        select(number.c.person_id, number.c.number)
        .join(person, person.c.id == number.c.person_id)
        .where(number.c.number != person.c.prison_number)
    )


@read(StaysOverlap)
def overlapping_stays() -> Select[Any]:
    """Return the stays of one prisoner that overlap, by prison number."""
    stay, again, person = aliases("stay", "stay", "person", names=("stay", "stay_again", "person"))
    before_its_end = or_(stay.c.left_on.is_(None), again.c.arrived_on < stay.c.left_on)
    return (
        select(person.c.prison_number, stay.c.arrived_on, stay.c.left_on, again.c.arrived_on.label("again_on"))
        .select_from(stay)
        .join(again, and_(again.c.person_id == stay.c.person_id, again.c.arrived_on > stay.c.arrived_on))
        .join(person, person.c.id == stay.c.person_id)
        .where(before_its_end, stands(stay), stands(again))
        .order_by(person.c.prison_number, stay.c.arrived_on)
    )


@read(EarlyAllocation)
def early_allocations() -> Select[Any]:
    """Return whose key worker was recorded as from before he arrived, of the prisoners here."""
    stay, held, person = aliases("stay", "allocation", "person", names=("stay", "held", "person"))
    return (
        select(person.c.prison_number)
        .select_from(stay)
        .join(held, and_(held.c.person_id == stay.c.person_id, held.c.allocated_on < stay.c.arrived_on))
        .join(person, person.c.id == stay.c.person_id)
        .where(*is_present(stay), or_(held.c.ended_on.is_(None), held.c.ended_on > stay.c.arrived_on))
        .order_by(person.c.prison_number)
    )


@read(OutOfPlace)
def out_of_place() -> Select[Any]:
    """Return what lies outside every stay of its prisoner, and ACCTs opened while another was open, by kind."""
    stay, person = aliases("stay", "person", names=("stay", "person"))

    def kind(name: str, record: FromClause, *contradicts: ColumnElement[bool]) -> Select[Any]:
        his = record.join(person, person.c.id == record.c.person_id)
        named = func.min(person.c.prison_number).label("prison_number")
        found: Any = select(word(name).label("kind"), func.count().label("number"), named).select_from(his)
        counted: Select[Any] = found.where(_has_number(person), *contradicts).having(func.count() > literal_column("0"))
        return counted

    def outside(name: str, day: str, *, before_too: bool = False) -> Select[Any]:
        record = TABLES[name].alias(name)
        there = [stay.c.person_id == record.c.person_id, or_(stay.c.left_on.is_(None), stay.c.left_on >= record.c[day])]
        if before_too:
            there.append(stay.c.arrived_on <= record.c[day])
        return kind(name, record, ~select(stay.c.id).where(*there).correlate(record).exists())

    acct, other = (TABLES["acct"].alias(name) for name in ("acct", "acct_before"))
    open_then = or_(other.c.closed_on.is_(None), other.c.closed_on > acct.c.opened_on)
    before = select(other.c.id).where(
        other.c.person_id == acct.c.person_id, other.c.opened_on < acct.c.opened_on, open_then
    )
    found = union_all(
        outside("move", "moved_on", before_too=True),
        outside("allocation", "allocated_on"),
        outside("absence", "from_on"),
        outside("acct", "opened_on"),
        kind("acct twice", acct, before.correlate(acct).exists()),
    ).subquery("found")
    return select(found.c.kind, found.c.number, found.c.prison_number)


@read(LatestDeparture)
def latest_departure() -> Select[Any]:
    """Return the latest day up to that one on which anybody left: none or one."""
    stay = table("stay")
    left_on = stay.c.left_on
    return select(left_on.label("left_on")).where(left_on <= as_of, stands(stay)).order_by(left_on.desc()).limit(ONE)


@read(NewestSession)
def newest_session() -> Select[Any]:
    """Return the latest day up to that one of which there is a session or entry."""
    session, worker = aliases("session", "key_worker", names=("session", "worker"))
    return select(_by_officer(worker, session, session.c.held_on).label("held_on")).select_from(worker)


def _of_officers(worker: FromClause, table: FromClause, day: Any) -> Any:
    """The latest day of all the officers' rows in a table."""
    return select(_by_officer(worker, table, day)).select_from(worker).scalar_subquery()


def _by_officer(worker: FromClause, table: FromClause, day: Any) -> Any:
    """The same, for whoever selects from the officers: an index finds it officer by officer."""
    latest = select(func.max(day)).where(table.c.key_worker_id == worker.c.id, day <= as_of).correlate(worker)
    return func.max(latest.scalar_subquery())


@read(NewestRecords)
def newest_records() -> Select[Any]:
    """Return the latest day up to that one of each kind of record, of the prisoners here and the officers' work."""
    stay, worker, left = aliases("stay", "key_worker", "stay", names=("stay", "worker", "left"))
    his = [TABLES[name].alias(name) for name in ("move", "absence", "event", "acct", "need")]
    moved, absence, event, acct, need = his
    theirs = [TABLES[name].alias(name) for name in ("allocation", "worker_status", "rota_slot")]
    held, spell, slot = theirs

    def of_him(table: FromClause, day: Any) -> Any:
        latest = select(func.max(day)).where(table.c.person_id == stay.c.person_id, day <= as_of).correlate(stay)
        return select(func.max(latest.scalar_subquery())).select_from(stay).where(*is_present(stay)).scalar_subquery()

    departure = select(func.max(left.c.left_on)).where(left.c.left_on <= as_of, stands(left))
    here = aliases("stay", names=("here",))[0]
    return select(
        _of_officers(worker, held, held.c.allocated_on).label("allocated_on"),
        func.max(here.c.arrived_on).label("arrived_on"),
        departure.scalar_subquery().label("left_on"),
        of_him(moved, moved.c.moved_on).label("moved_on"),
        of_him(absence, absence.c.from_on).label("away_on"),
        of_him(event, event.c.event_on).label("event_on"),
        of_him(acct, acct.c.opened_on).label("acct_on"),
        of_him(need, need.c.raised_on).label("need_on"),
        _of_officers(worker, slot, case((slot.c.status != word("PUBLISHED"), slot.c.slot_on))).label("slot_on"),
        _of_officers(worker, spell, spell.c.from_on).label("status_on"),
    ).where(*is_present(here))


@read(FirstRecords)
def first_records() -> Select[Any]:
    """Return the first day of which there is an arrival, a session and a slot."""
    stay, session, slot, worker = aliases(
        "stay", "session", "rota_slot", "key_worker", names=("s", "held", "slot", "w")
    )

    def of_officers(table: FromClause, day: Any) -> Any:
        first = select(func.min(day)).where(table.c.key_worker_id == worker.c.id).correlate(worker)
        return select(func.min(first.scalar_subquery())).select_from(worker).scalar_subquery()

    return select(
        func.min(stay.c.arrived_on).label("arrived_on"),
        of_officers(session, session.c.held_on).label("held_on"),
        of_officers(slot, slot.c.slot_on).label("slot_on"),
    ).where(stands(stay))


def _latest_stay(person: FromClause) -> Any:
    stay = TABLES["stay"].alias("latest")
    return (
        select(stay.c.id)
        .where(stay.c.person_id == person.c.id, stands(stay))
        .order_by(stay.c.arrived_on.desc())
        .limit(ONE)
        .correlate(person)
        .scalar_subquery()
    )


def _moved_to(stay: FromClause) -> Any:
    """Where the last move of a stay took him."""
    move = TABLES["move"].alias("moved_to")
    return (
        select(move.c.location)
        .where(move.c.person_id == stay.c.person_id, move.c.moved_on >= stay.c.arrived_on, recorded_in_time(move))
        .order_by(*latest_move_first(move))
        .limit(ONE)
        .correlate(stay)
        .scalar_subquery()
    )


def _people() -> Select[Any]:
    """Everyone with a number of their own: a merged record counts as the prisoner it was merged into."""
    person, stay = table("person"), table("stay")
    return (
        select(
            person.c.id.label("person_id"),
            person.c.prison_number,
            person.c.last_name,
            person.c.first_name,
            person.c.date_of_birth,
            stay.c.arrived_on,
            stay.c.left_on,
            stay.c.departure_reason,
            func.coalesce(_moved_to(stay), stay.c.location).label("location"),
        )
        .select_from(person)
        .outerjoin(stay, stay.c.id == _latest_stay(person))
        .where(_has_number(person))
        .order_by(person.c.last_name, person.c.first_name, person.c.prison_number)
    )


def _has_number(person: FromClause) -> ColumnElement[bool]:
    """A record has a number of its own: one that was merged into another has none."""
    has_number = TABLES["person_number"].alias("has_number")
    return select(has_number.c.id).where(has_number.c.person_id == person.c.id).exists()
