"""Who is here, who has him, who saw him last, and what time there was to see him."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import FromClause, Select, and_, bindparam, case, func, or_, select
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import Date, Integer

from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.officers import Acquaintance
from keyworker_cli.rules.facts.rota import LatestSlot, NextSlot, OfficerSlot, RotaSince
from keyworker_cli.rules.facts.sessions import FirstSession
from keyworker_cli.store.reads.declare import before, read
from keyworker_cli.store.reads.statements.parts import (
    ONE,
    ZERO,
    aliases,
    as_of,
    at_the_door,
    begun_by,
    counted,
    died_in,
    held_a_day,
    held_on_the_day,
    in_force_on,
    in_order_of_the_key,
    is_cell,
    is_present,
    last_cell,
    later,
    latest_move_first,
    man_of,
    moved_in,
    not_ended,
    published,
    recorded_in_time,
    since,
    table,
    unavailable_on,
    until,
    word,
)
from keyworker_cli.store.schema.tables import TABLES

stay_id: Any = bindparam("stay_id", type_=Integer)
arrived_since: Any = bindparam("arrived_since", type_=Date)


@read(Contact)
def contacts() -> Select[Any]:
    """Return every man present at the end of that day, with what his four clocks need (help: gap)."""
    stay = aliases("stay", names=("stay",))[0]
    return _contacts(stay).where(*is_present(stay))


@read(Contact)
def contact_of_stay() -> Select[Any]:
    """Return what the four clocks of one stay need, as of a day that may be the day he left: none or one."""
    stay = aliases("stay", names=("stay",))[0]
    return _contacts(stay, ended=True).where(stay.c.id == stay_id)


@read(RotaSince, since=before(setting="gap_days"))
def rota_since() -> Select[Any]:
    """Return, for each man with a key worker who has reached `gap.days`, that officer's slots since then.

    A man whose key worker had no slot in it has no row.

    A slot while the officer was unavailable counts as lost, whatever became of it (help: time-budget, why-overdue).
    What became of a slot is found once, though several of the officer's men wait on it.
    """
    men = _unseen()
    slots = _slots_of_officers(men)
    worked, unconfirmed = slots.c.status == word("WORKED"), slots.c.status == word("PUBLISHED")
    unused = or_(men.c.seen_on.is_(None), slots.c.slot_on > men.c.seen_on)
    return (
        select(
            men.c.person_id,
            func.count(slots.c.slot_on).label("slots"),
            _count(worked).label("worked"),
            func.coalesce(func.sum(case((worked, slots.c.minutes), else_=ZERO)), ZERO).label("worked_minutes"),
            (func.count(slots.c.slot_on) - _count(worked) - _count(unconfirmed)).label("lost"),
            _count(unconfirmed).label("unconfirmed"),
        )
        .select_from(men)
        .join(slots, and_(slots.c.key_worker_id == men.c.key_worker_id, slots.c.slot_on >= men.c.from_on, unused))
        .group_by(men.c.person_id)
    )


def _unseen() -> FromClause:
    """The men here unseen after `since` who have a key worker, and from when on that officer could have seen each."""
    stay, held, last, death = aliases("stay", "allocation", "session", "stay", names=("stay", "held", "last", "death"))
    seen_on = func.coalesce(last.c.held_on, stay.c.arrived_on)
    return (
        select(
            man_of(stay).label("person_id"),
            held.c.key_worker_id,
            last.c.held_on.label("seen_on"),
            later(held.c.allocated_on, seen_on).label("from_on"),
        )
        .select_from(stay)
        .outerjoin(held, held_on_the_day(held, stay.c.person_id))  # an outer join keeps the men as the start
        .outerjoin(death, died_in(death, stay))
        .outerjoin(last, last.c.id == last_counted(stay, death))
        .where(*is_present(stay), seen_on <= since, held.c.id.is_not(None))
        .cte("men")
    )


def _slots_of_officers(men: FromClause) -> FromClause:
    """The slots of these men's officers, each from the day of the man who has waited longest; away, all are lost."""
    slot, spell = aliases("rota_slot", "worker_status", names=("slot", "spell"))
    officers = (
        select(men.c.key_worker_id, func.min(men.c.from_on).label("from_on"))
        .group_by(men.c.key_worker_id)
        .cte("officers")
    )
    return (
        select(
            slot.c.key_worker_id,
            slot.c.slot_on,
            (slot.c.end_minute - slot.c.start_minute).label("minutes"),
            case((spell.c.id.is_(None), slot.c.status), else_=word("LOST")).label("status"),
        )
        .select_from(officers)
        .join(
            slot,
            and_(
                slot.c.key_worker_id == officers.c.key_worker_id,
                slot.c.slot_on >= officers.c.from_on,
                slot.c.slot_on <= as_of,
            ),
        )
        .outerjoin(spell, unavailable_on(spell, slot.c.key_worker_id, slot.c.slot_on))
        .cte("slots")
        .prefix_with("MATERIALIZED")  # else each would be found for each of the men
    )


@read(LatestSlot)
def latest_slots() -> Select[Any]:
    """Return, for each wing, the latest day up to `as_of` with any rota recorded."""
    worker, slot = aliases("key_worker", "rota_slot", names=("worker", "slot"))
    latest = select(func.max(slot.c.slot_on)).where(slot.c.key_worker_id == worker.c.id, slot.c.slot_on <= as_of)
    each = select(worker.c.wing, latest.scalar_subquery().label("slot_on")).subquery("each_officer")
    return (
        select(each.c.wing, func.max(each.c.slot_on).label("slot_on"))
        .where(each.c.slot_on.is_not(None))
        .group_by(each.c.wing)
    )


@read(OfficerSlot)
def officers_latest_slots() -> Select[Any]:
    """Return, for each officer who ever had any, his latest day up to `as_of` with time on the rota."""
    worker, slot = aliases("key_worker", "rota_slot", names=("worker", "slot"))
    latest = select(func.max(slot.c.slot_on)).where(slot.c.key_worker_id == worker.c.id, slot.c.slot_on <= as_of)
    each = select(worker.c.id.label("key_worker_id"), latest.scalar_subquery().label("slot_on")).subquery(
        "each_officer"
    )
    return select(each.c.key_worker_id, each.c.slot_on).where(each.c.slot_on.is_not(None))


@read(NextSlot)
def next_slots() -> Select[Any]:
    """Return each officer's next slot, that day included, when he is there."""
    slot, first, spell = aliases("rota_slot", "rota_slot", "worker_status", names=("slot", "first", "spell"))
    to_come = or_(
        and_(first.c.slot_on > as_of, published(first)),
        and_(first.c.slot_on == as_of, first.c.status == word("PUBLISHED")),
    )
    worker = table("key_worker")
    absent = select(spell.c.id).where(unavailable_on(spell, first.c.key_worker_id, first.c.slot_on)).exists()
    nearest = (
        select(first.c.id)
        .where(first.c.key_worker_id == worker.c.id, first.c.slot_on >= as_of, to_come, ~absent)
        .order_by(first.c.slot_on, first.c.start_minute)
        .limit(ONE)
        .correlate(worker)
        .scalar_subquery()
    )
    return (
        select(slot.c.key_worker_id, slot.c.slot_on, slot.c.start_minute, slot.c.end_minute)
        .select_from(worker)
        .join(slot, slot.c.id == nearest)
    )


@read(FirstSession)
def first_sessions() -> Select[Any]:
    """Return the first counted session of each man here who arrived on that day or after it (help: early-days)."""
    stay, first, holder, death = aliases(
        "stay", "session", "key_worker", "stay", names=("stay", "first", "holder", "death")
    )
    return (
        select(stay.c.person_id, first.c.held_on, holder.c.staff_id, holder.c.last_name, holder.c.first_name)
        .select_from(stay)
        .outerjoin(death, died_in(death, stay))
        .join(first, first.c.id == _first_counted(stay, death))
        .join(holder, holder.c.id == first.c.key_worker_id)
        .where(*is_present(stay), stay.c.arrived_on >= arrived_since)
    )


@read(Acquaintance)
def acquaintances() -> Select[Any]:
    """Return which officers have held a counted session with each man here in this stay, and when last.

    Only of those with a slot from that day until the other: whoever may see somebody.
    """
    stay, session, slot, death = aliases(
        "stay", "session", "rota_slot", "stay", names=("stay", "session", "slot", "death")
    )
    man = man_of(stay)
    on_rota = select(slot.c.key_worker_id).where(slot.c.slot_on >= as_of, slot.c.slot_on <= until)
    his = and_(session.c.key_worker_id.in_(on_rota), *_counted_in(stay, session, death))
    return (
        select(man.label("person_id"), session.c.key_worker_id, func.max(session.c.held_on).label("last_on"))
        .select_from(stay)
        .outerjoin(death, died_in(death, stay))
        .outerjoin(session, his)  # an outer join keeps the men here as the start of the search
        .where(*is_present(stay), func.coalesce(session.c.id, ZERO) > ZERO)
        .group_by(man, session.c.key_worker_id)
    )


def _contacts(stay: FromClause, *, ended: bool = False) -> Select[Any]:
    """The columns of a contact, for the stays that are then picked; with `ended` another of his may have followed."""
    person, worker, holder = aliases("person", "key_worker", "key_worker", names=("person", "worker", "holder"))
    held, last, spell = aliases("allocation", "session", "worker_status", names=("held", "last", "spell"))
    moved, absence, death = aliases("move", "absence", "stay", names=("moved", "absence", "death"))
    refusal, former = aliases("session", "allocation", names=("refusal", "former"))
    refusals = _Refusals(stay, last, death)
    place = func.coalesce(moved.c.location, stay.c.location)
    cell = case(
        (or_(moved.c.location.is_(None), is_cell(moved.c.location)), place),
        else_=func.coalesce(last_cell(stay), stay.c.location),
    )
    return (
        select(
            stay.c.person_id,
            person.c.prison_number,
            person.c.last_name,
            person.c.first_name,
            person.c.date_of_birth,
            stay.c.arrived_on,
            stay.c.arrival_type,
            place.label("location"),
            cell.label("cell"),
            stay.c.out_of_scope_from,
            stay.c.out_of_scope_reason,
            absence.c.reason.label("away"),
            absence.c.from_on.label("away_from"),
            held.c.key_worker_id,
            worker.c.staff_id,
            worker.c.last_name.label("worker_last_name"),
            worker.c.first_name.label("worker_first_name"),
            worker.c.wing.label("worker_wing"),
            spell.c.status.label("worker_status"),
            spell.c.from_on.label("worker_status_from"),
            spell.c.return_on.label("worker_return_on"),
            case((held.c.allocated_on.is_not(None), later(held.c.allocated_on, stay.c.arrived_on))).label(
                "allocated_on"
            ),
            held.c.allocated_by,
            case((held.c.acknowledged_on <= as_of, held.c.acknowledged_on)).label("acknowledged_on"),
            former.c.ended_on.label("last_ended_on"),
            case((and_(held.c.id.is_not(None), former.c.ended_on > stay.c.arrived_on), former.c.key_worker_id)).label(
                "worker_before_id"
            ),
            last.c.held_on.label("last_session_on"),
            last.c.start_minute.label("last_session_minute"),
            holder.c.staff_id.label("last_session_staff_id"),
            holder.c.last_name.label("last_session_last_name"),
            holder.c.first_name.label("last_session_first_name"),
            _first_met(stay, held, death).label("met_on"),
            refusals.count(refusal).label("refusals_since"),
            refusals.count(refusal, _in_the_window(held)).label("refusals_in_window"),
            refusals.count(refusal, at_the_door).label("refusals_at_door"),
            _events_since(stay, last, death).label("events_since"),
            stay.c.records_from,
        )
        .select_from(stay)
        .join(person, person.c.id == stay.c.person_id)
        .outerjoin(held, held_on_the_day(held, stay.c.person_id))
        .outerjoin(former, former.c.id == _last_ended(stay))
        .outerjoin(worker, worker.c.id == held.c.key_worker_id)
        .outerjoin(spell, in_force_on(spell, held.c.key_worker_id, as_of))
        .outerjoin(death, died_in(death, stay))
        .outerjoin(last, last.c.id == last_counted(stay, death, ended=ended))
        .outerjoin(refusal, refusal.c.id == refusals.any_of_them())
        .outerjoin(holder, holder.c.id == last.c.key_worker_id)
        .outerjoin(moved, last_move(stay, moved))
        .outerjoin(absence, on_the_day(stay, absence))
    )


def _counted_in(stay: FromClause, session: FromClause, death: FromClause) -> tuple[ColumnElement[bool], ...]:
    """It is a counted session of this stay, up to the day: as the index on man and day has them."""
    return (
        session.c.person_id == stay.c.person_id,
        session.c.held_on >= stay.c.arrived_on,
        session.c.held_on <= as_of,
        counted(session, death),
    )


def last_counted(stay: FromClause, death: FromClause, *, ended: bool = False) -> Any:
    """The last counted session of this stay up to the day: the index on man and day, walked backwards."""
    session, another = TABLES["session"].alias("seen"), TABLES["stay"].alias("another")
    of_this_one = (~begun_by(another, stay, session.c.held_on),) if ended else ()
    return (
        select(session.c.id)
        .where(*_counted_in(stay, session, death), *of_this_one)
        .order_by(*(part.desc() for part in in_order_of_the_key(session)))
        .limit(ONE)
        .correlate(stay, death)
        .scalar_subquery()
    )


def _first_counted(stay: FromClause, death: FromClause) -> Any:
    """The first counted session of this stay up to the day."""
    session = TABLES["session"].alias("earliest")
    return (
        select(session.c.id)
        .where(*_counted_in(stay, session, death))
        .order_by(session.c.held_on, session.c.start_minute.nulls_last(), session.c.id)
        .limit(ONE)
        .correlate(stay, death)
        .scalar_subquery()
    )


def _first_met(stay: FromClause, held: FromClause, death: FromClause) -> Any:
    """The first counted session with his current key worker since that allocation began (help: gap)."""
    session = TABLES["session"].alias("own")
    return (
        select(session.c.held_on)
        .where(
            session.c.person_id == stay.c.person_id,
            session.c.held_on >= later(held.c.allocated_on, stay.c.arrived_on),
            session.c.held_on <= as_of,
            session.c.key_worker_id + ZERO == held.c.key_worker_id,  # his sessions are few, the officer's many
            counted(session, death),
        )
        .order_by(session.c.held_on)
        .limit(ONE)
        .correlate(stay, held, death)
        .scalar_subquery()
    )


def _last_ended(stay: FromClause) -> Any:
    """The allocation of his that ended last up to the day; one replaced on its first day held no day."""
    ended = TABLES["allocation"].alias("ended")
    return (
        select(ended.c.id)
        .where(ended.c.person_id == stay.c.person_id, ended.c.ended_on <= as_of, held_a_day(ended))
        .order_by(ended.c.ended_on.desc(), ended.c.allocated_on.desc(), ended.c.id.desc())
        .limit(ONE)
        .correlate(stay)
        .scalar_subquery()
    )


def _after_last(column: ColumnElement[Any], stay: FromClause, last: FromClause) -> ColumnElement[bool]:
    """The first bound is where an index can begin; the last one leaves out the day itself."""
    from_on = func.coalesce(last.c.held_on, stay.c.arrived_on)
    return and_(column >= from_on, column <= as_of, or_(last.c.held_on.is_(None), column > last.c.held_on))


class _Refusals:
    """The key worker sessions that a man was offered and refused since he was last seen."""

    def __init__(self, stay: FromClause, last: FromClause, death: FromClause) -> None:
        self._session = TABLES["session"].alias("refused")
        self._his = (
            self._session.c.person_id == stay.c.person_id,
            self._session.c.voided_at.is_(None),
            self._session.c.outcome == word("REFUSED"),
            self._session.c.type == word("KS"),
            recorded_in_time(self._session, death),
            _after_last(self._session.c.held_on, stay, last),
        )

    def any_of_them(self) -> Any:
        """One of them: few men have any, and the others' need not be counted."""
        found = select(self._session.c.id).where(*self._his).order_by(self._session.c.held_on).limit(ONE)
        return found.correlate_except(self._session).scalar_subquery()

    def count(self, refusal: FromClause, only: Callable[[FromClause], ColumnElement[bool]] | None = None) -> Any:
        """How many they are, where there is any `refusal`, or `only` some of them."""
        found = select(func.count()).select_from(self._session).where(*self._his)
        if only is not None:
            found = found.where(only(self._session))
        counted_once = found.correlate_except(self._session).scalar_subquery()
        return case((refusal.c.id.is_(None), ZERO), else_=counted_once)


def _in_the_window(held: FromClause) -> Callable[[FromClause], ColumnElement[bool]]:
    """Since his key worker became his: what lies before it says nothing of that officer's time (help: why-overdue)."""
    return lambda session: or_(held.c.allocated_on.is_(None), session.c.held_on >= held.c.allocated_on)


def _events_since(stay: FromClause, last: FromClause, death: FromClause) -> Any:
    event = TABLES["event"].alias("happened")
    return (
        select(func.count())
        .select_from(event)
        .where(
            event.c.person_id == stay.c.person_id,
            recorded_in_time(event, death),
            _after_last(event.c.event_on, stay, last),
        )
        .correlate(stay, last, death)
        .scalar_subquery()
    )


def last_move(stay: FromClause, move: FromClause) -> ColumnElement[bool]:
    """The last move of the last day up to the one asked about on which he was moved."""
    other, later, that_day = (TABLES["move"].alias(name) for name in ("moved_again", "moved_later", "moved_that_day"))
    again = select(other.c.id).where(
        other.c.person_id == move.c.person_id,
        other.c.moved_on >= move.c.moved_on,
        other.c.moved_on <= as_of,
        other.c.id != move.c.id,
    )
    on_a_later_day = select(later.c.id).where(
        later.c.person_id == move.c.person_id, later.c.moved_on > move.c.moved_on, later.c.moved_on <= as_of
    )
    last = (
        select(that_day.c.id)
        .where(that_day.c.person_id == move.c.person_id, that_day.c.moved_on == move.c.moved_on)
        .order_by(*latest_move_first(that_day))
        .limit(ONE)
    )
    # The quickest first: most men have moved once, and few twice on one day.
    is_last = or_(
        ~again.correlate(move).exists(),
        and_(~on_a_later_day.correlate(move).exists(), move.c.id == last.correlate(move).scalar_subquery()),
    )
    return and_(moved_in(stay, move), is_last)


def on_the_day(stay: FromClause, absence: FromClause) -> ColumnElement[bool]:
    """His absence on the day; of two the later begun."""
    later = TABLES["absence"].alias("away_again")
    again = select(later.c.id).where(
        later.c.person_id == absence.c.person_id,
        later.c.from_on > absence.c.from_on,
        later.c.from_on <= as_of,
        not_ended(later.c.to_on),
    )
    his = and_(absence.c.person_id == stay.c.person_id, absence.c.from_on <= as_of, not_ended(absence.c.to_on))
    return and_(his, ~again.correlate(absence).exists())


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, ONE), else_=ZERO)), ZERO)
