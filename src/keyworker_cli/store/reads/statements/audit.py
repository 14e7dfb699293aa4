"""The audit, the settings, the last backup, and when things were recorded."""

from typing import Any

from sqlalchemy import Integer, Select, String, and_, bindparam, func, literal_column, or_, select, union

from keyworker_cli.rules.facts.audit import (
    AuditHead,
    AuditLine,
    AuditUser,
    FirstAction,
    LastBackup,
    RecordingTime,
    RecordStamp,
    SettingValue,
    SettledCases,
)
from keyworker_cli.store.reads.declare import read
from keyworker_cli.store.reads.statements.parts.basics import ONE, ZERO, aliases, person_id, since, table, until, word
from keyworker_cli.store.schema.column_types import Moment
from keyworker_cli.store.schema.tables import TABLES

earliest: Any = bindparam("earliest", type_=Moment)
latest: Any = bindparam("latest", type_=Moment)
after: Any = bindparam("after", type_=Integer)
user: Any = bindparam("user", None, type_=String)
whose: Any = bindparam("person_id", None, type_=Integer)


@read(FirstAction)
def first_action() -> Select[Any]:
    """Return what the first line of the audit says: none or one."""
    audit = table("audit")
    return select(audit.c.action).where(audit.c.id == ONE)


@read(AuditUser)
def audit_users() -> Select[Any]:
    """Return everyone who has written anything, by name."""
    name = table("audit").c.user_name
    return select(name.label("name")).distinct().order_by(name)


@read(AuditLine)
def audit_lines() -> Select[Any]:
    """Return the lines of the audit between two moments, the latest first: of one prisoner, by one user, or all.

    A line of a prisoner is known by his number, which its key begins with.
    """
    audit, number = table("audit"), table("person_number")
    of_him = select(number.c.id).where(
        number.c.person_id == whose,
        or_(audit.c.key == number.c.number, audit.c.key.like(number.c.number.concat(literal_column("' %'")))),
    )
    return (
        select(
            audit.c.id.label("line"),
            audit.c.at,
            audit.c.user_name.label("user"),
            audit.c.command,
            audit.c.action,
            audit.c.table_name.label("table"),
            audit.c.key,
            audit.c.before_image.label("before"),
            audit.c.after_image.label("after"),
            audit.c.hash,
        )
        .where(
            audit.c.id > after,
            audit.c.at >= earliest,
            audit.c.at <= latest,
            or_(whose.is_(None), of_him.correlate(audit).exists()),
            or_(user.is_(None), audit.c.user_name == user),
        )
        .order_by(audit.c.id.desc())
    )


@read(AuditHead)
def audit_head() -> Select[Any]:
    """Return where the audit ends: one head, however few lines there are."""
    head = table("audit_head")
    return select(head.c.lines, head.c.hash)


@read(LastBackup)
def last_backup() -> Select[Any]:
    """Return the last backup that was made, or restored: none or one."""
    audit, line = aliases("audit", "audit", names=("audit", "line"))
    made = or_(line.c.action == word("backup"), line.c.action == word("restore"))
    last = select(func.max(line.c.id)).where(made).scalar_subquery()
    return select(audit.c.id.label("line"), audit.c.at, audit.c.action, audit.c.key.label("file")).where(
        audit.c.id == last
    )


@read(SettledCases)
def settled_cases() -> Select[Any]:
    """Return what was settled because records contradicted each other, by kind."""
    audit = table("audit")
    return (
        select(
            audit.c.action,
            func.count().label("number"),
            func.max(audit.c.key).label("key"),
        )
        .where(audit.c.action.like(word("settle %")))
        .group_by(audit.c.action)
        .order_by(audit.c.action)
    )


@read(SettingValue)
def settings_changed() -> Select[Any]:
    """Return the settings that this prison has set."""
    setting = table("setting")
    return select(setting.c.key, setting.c.value)


@read(RecordStamp)
def stamps_of() -> Select[Any]:
    """Return who recorded a prisoner's stays, nights away, ACCTs, reviews, needs and sessions, and when."""
    days = {"stay": "arrived_on", "absence": "from_on", "acct": "opened_on", "acct_review": "due_on"}
    others = (_stamps(name, day) for name, day in {**days, "need": "raised_on"}.items())
    sessions = _stamps("session", "held_on").where(TABLES["session"].c.voided_at.is_(None))
    stamps = union(*others, sessions).subquery("stamps")
    return select(*stamps.c)


@read(RecordingTime)
def recording_times() -> Select[Any]:
    """Return when the sessions from one day to another, both included, were recorded, held or not.

    The outer join keeps the key workers as the start of the search: else every session there ever was is read.
    """
    worker, session = aliases("key_worker", "session", names=("worker", "session"))
    c = session.c
    of_the_days = and_(c.key_worker_id == worker.c.id, c.held_on >= since, c.held_on <= until)
    is_session = and_(of_the_days, c.type == word("KS"), c.voided_at.is_(None))
    return (
        select(worker.c.id.label("key_worker_id"), worker.c.wing, c.held_on, c.recorded_at, c.recorded_known)
        .select_from(worker)
        .outerjoin(session, is_session)
        .where(func.coalesce(c.id, ZERO) > ZERO)
    )


def _stamps(name: str, day: str) -> Select[Any]:
    table = TABLES[name]
    c = table.c
    return select(
        word(name).label("table"),
        c.id.label("row_id"),
        c[day].label("day"),
        *(c.recorded_at, c.recorded_by, c.recorded_known, c.changed_at, c.changed_by),
    ).where(c.person_id == person_id)
