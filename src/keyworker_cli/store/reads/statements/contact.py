"""Who is here, who has him, and who saw him last."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import FromClause, Select, and_, bindparam, case, func, or_, select
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import Integer

from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.store.reads.declare import read
from keyworker_cli.store.reads.statements.parts.basics import (
    ONE,
    ZERO,
    aliases,
    as_of,
    held_a_day,
    held_on_the_day,
    in_force_on,
    is_present,
    later,
    not_ended,
    word,
)
from keyworker_cli.store.reads.statements.parts.counted import at_the_door, counted, died_in, recorded_in_time
from keyworker_cli.store.reads.statements.parts.last_session import last_counted
from keyworker_cli.store.reads.statements.parts.moves import is_cell, last_cell, last_move
from keyworker_cli.store.schema.tables import TABLES

stay_id: Any = bindparam("stay_id", type_=Integer)


@read(Contact)
def contacts() -> Select[Any]:
    """Return every prisoner present at the end of that day, with what his four clocks need (help: gap)."""
    stay = aliases("stay", names=("stay",))[0]
    return _contacts(stay).where(*is_present(stay))


@read(Contact)
def contact_of_stay() -> Select[Any]:
    """Return what the four clocks of one stay need, as of a day that may be the day he left: none or one."""
    stay = aliases("stay", names=("stay",))[0]
    return _contacts(stay, ended=True).where(stay.c.id == stay_id)


def _contacts(stay: FromClause, *, ended: bool = False) -> Select[Any]:
    """The columns of a contact, for the stays that are then picked; with `ended` another of his may have followed."""
    person, worker, holder = aliases("person", "key_worker", "key_worker", names=("person", "worker", "holder"))
    held, last, spell = aliases("allocation", "session", "worker_status", names=("held", "last", "spell"))
    moved, absence, death = aliases("move", "absence", "stay", names=("moved", "absence", "death"))
    refusal, former = aliases("session", "allocation", names=("refusal", "former"))
    refusals = _Refusals(stay, last, death)
    return (
        select(
            *_himself(stay, person, moved, absence, death),
            *_his_key_worker(stay, held, worker, spell, former),
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
        .outerjoin(death, died_in(death, stay))
        .outerjoin(held, and_(held_on_the_day(held, stay.c.person_id), recorded_in_time(held, death)))
        .outerjoin(former, former.c.id == _last_ended(stay, death))
        .outerjoin(worker, worker.c.id == held.c.key_worker_id)
        .outerjoin(spell, in_force_on(spell, held.c.key_worker_id, as_of))
        .outerjoin(last, last.c.id == last_counted(stay, death, ended=ended))
        .outerjoin(refusal, refusal.c.id == refusals.any_of_them())
        .outerjoin(holder, holder.c.id == last.c.key_worker_id)
        .outerjoin(moved, last_move(stay, moved, death))
        .outerjoin(absence, and_(on_the_day(stay, absence), recorded_in_time(absence, death)))
    )


def _himself(
    stay: FromClause, person: FromClause, moved: FromClause, absence: FromClause, death: FromClause
) -> tuple[Any, ...]:
    """Who he is, where, since when, and whether he is in scope and not away."""
    place = func.coalesce(moved.c.location, stay.c.location)
    cell = case(
        (or_(moved.c.location.is_(None), is_cell(moved.c.location)), place),
        else_=func.coalesce(last_cell(stay, death), stay.c.location),
    )
    return (
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
    )


def _his_key_worker(
    stay: FromClause, held: FromClause, worker: FromClause, spell: FromClause, former: FromClause
) -> tuple[Any, ...]:
    """Who has him, since when and how that officer is; and whom he had before in this stay."""
    allocated_on = case((held.c.allocated_on.is_not(None), later(held.c.allocated_on, stay.c.arrived_on)))
    replaced = and_(held.c.id.is_not(None), former.c.ended_on > stay.c.arrived_on)
    return (
        held.c.key_worker_id,
        worker.c.staff_id,
        worker.c.last_name.label("worker_last_name"),
        worker.c.first_name.label("worker_first_name"),
        worker.c.wing.label("worker_wing"),
        spell.c.status.label("worker_status"),
        spell.c.from_on.label("worker_status_from"),
        spell.c.return_on.label("worker_return_on"),
        allocated_on.label("allocated_on"),
        held.c.allocated_by,
        case((held.c.acknowledged_on <= as_of, held.c.acknowledged_on)).label("acknowledged_on"),
        former.c.ended_on.label("last_ended_on"),
        case((replaced, former.c.key_worker_id)).label("worker_before_id"),
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


def _last_ended(stay: FromClause, death: FromClause) -> Any:
    """The allocation of his that ended last up to the day; one replaced on its first day held no day."""
    ended = TABLES["allocation"].alias("ended")
    return (
        select(ended.c.id)
        .where(ended.c.person_id == stay.c.person_id, ended.c.ended_on <= as_of, held_a_day(ended))
        .where(recorded_in_time(ended, death))
        .order_by(ended.c.ended_on.desc(), ended.c.allocated_on.desc(), ended.c.id.desc())
        .limit(ONE)
        .correlate(stay, death)
        .scalar_subquery()
    )


def _after_last(column: ColumnElement[Any], stay: FromClause, last: FromClause) -> ColumnElement[bool]:
    """The first bound is where an index can begin; the last one leaves out the day itself."""
    from_on = func.coalesce(last.c.held_on, stay.c.arrived_on)
    return and_(column >= from_on, column <= as_of, or_(last.c.held_on.is_(None), column > last.c.held_on))


class _Refusals:
    """The key worker sessions that a prisoner was offered and refused since he was last seen."""

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
        """One of them: few prisoners have any, and the others' need not be counted."""
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


def on_the_day(stay: FromClause, absence: FromClause) -> ColumnElement[bool]:
    """His absence on the day; of two the later begun."""
    later = TABLES["absence"].alias("away_again")
    again = select(later.c.id).where(
        later.c.person_id == absence.c.person_id,
        later.c.from_on > absence.c.from_on,
        later.c.from_on <= as_of,
        not_ended(later.c.to_on),
        recorded_in_time(later),
    )
    his = and_(absence.c.person_id == stay.c.person_id, absence.c.from_on <= as_of, not_ended(absence.c.to_on))
    return and_(his, ~again.correlate(absence).exists())
