"""The book of the database itself: its audit, its settings, when things were recorded."""

from typing import Any

from sqlalchemy import Select, and_, bindparam, func, literal_column, or_, select, union

from keyworker_cli.store.reads.statements.parts import (
    ONE,
    ZERO,
    aliases,
    latest,
    person_id,
    since,
    table,
    until,
    word,
    words,
)
from keyworker_cli.store.schema.column_types import Moment
from keyworker_cli.store.schema.tables import TABLES

earliest: Any = bindparam("earliest", type_=Moment)


def first_action() -> Select[Any]:
    """What was done first of all in this database."""
    audit = table("audit")
    return select(audit.c.action).where(audit.c.id == ONE)


def audit_lines() -> Select[Any]:
    """The lines of the audit between two moments, the latest first: of one man, by one user, or all.

    A line of a man is known by his number, which its key begins with.
    """
    audit, number = table("audit"), table("person_number")
    of_him = select(number.c.id).where(
        number.c.person_id == person_id,
        or_(audit.c.key == number.c.number, audit.c.key.like(number.c.number.concat(literal_column("' %'")))),
    )
    return (
        select(*audit.c)
        .where(
            audit.c.at >= earliest,
            audit.c.at <= latest,
            or_(person_id.is_(None), of_him.correlate(audit).exists()),
            or_(words.is_(None), audit.c.user_name == words),
        )
        .order_by(audit.c.id.desc())
    )


def audit_head() -> Select[Any]:
    """How many lines the audit has, and the hash of the last."""
    head = table("audit_head")
    return select(head.c.lines, head.c.hash)


def last_backup() -> Select[Any]:
    """The last line that a backup left, made or restored: until then all is in that file."""
    audit, line = aliases("audit", "audit", names=("audit", "line"))
    made = or_(line.c.action == word("backup"), line.c.action == word("restore"))
    last = select(func.max(line.c.id)).where(made).scalar_subquery()
    return select(audit.c.id, audit.c.at, audit.c.action, audit.c.key).where(audit.c.id == last)


def settled_cases() -> Select[Any]:
    """What was settled because records contradicted each other: of each kind how often, and whose was the latest."""
    audit = table("audit")
    return (
        select(audit.c.action, func.count(), func.max(audit.c.id), func.max(audit.c.key))
        .where(audit.c.action.like(word("settle %")))
        .group_by(audit.c.action)
        .order_by(audit.c.action)
    )


def settings() -> Select[Any]:
    """What this prison has set."""
    setting = table("setting")
    return select(setting.c.key, setting.c.value)


def stamps_of() -> Select[Any]:
    """Who recorded a man's stays, nights away, ACCTs, reviews and needs, and when; and who changed them last."""
    days = {"stay": "arrived_on", "absence": "from_on", "acct": "opened_on", "acct_review": "due_on"}
    stamps = union(*(_stamps(name, day) for name, day in {**days, "need": "raised_on"}.items())).subquery("stamps")
    return select(*stamps.c)


def recording_times() -> Select[Any]:
    """When the sessions from one day to another were recorded, held or not, with the officer's wing.

    The outer join keeps the key workers as the start of the search: else every session there ever was is read.
    """
    worker, session = aliases("key_worker", "session", names=("worker", "session"))
    c = session.c
    of_the_days = and_(c.key_worker_id == worker.c.id, c.held_on >= since, c.held_on <= until)
    is_session = and_(of_the_days, c.type == word("KS"), c.voided_at.is_(None))
    return (
        select(worker.c.id, worker.c.wing, c.held_on, c.recorded_at, c.recorded_known)
        .select_from(worker)
        .outerjoin(session, is_session)
        .where(func.coalesce(c.id, ZERO) > ZERO)
    )


def _stamps(name: str, day: str) -> Select[Any]:
    table = TABLES[name]
    c = table.c
    return select(
        word(name).label("table_name"),
        c.id,
        c[day].label("day"),
        *(c.recorded_at, c.recorded_by, c.recorded_known, c.changed_at, c.changed_by),
    ).where(c.person_id == person_id)
