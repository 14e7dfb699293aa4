"""Every read, written once as a statement over the tables and named as its question (ARCHITECTURE rule 6).

A statement's columns are the fields of its fact, in that order; `queries` says which fact. The SQL of each is compiled
ahead into `prepared`, so that a report on a local file need not load this module; `python -m
keyworker_cli.store.compile_ahead` writes that file anew and a test compares it.
"""

from typing import Any

from sqlalchemy import (
    FromClause,
    Select,
    String,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    null,
    or_,
    select,
    union,
)
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import Date, Integer

from keyworker_cli.rules.markers import STANDING, UNTIL_SEEN
from keyworker_cli.store.column_types import Moment
from keyworker_cli.store.tables import TABLES

ONE: Any = literal_column("1")
ZERO: Any = literal_column("0")
LAST_NOTES_BUT_ONE: Any = literal_column("9")  # DOMAIN 6, N5: "his or the officer's last 10 notes"
FIRST_DAY: Any = literal_column("'0001-01-01'", Date)

as_of: Any = bindparam("as_of", type_=Date)
until: Any = bindparam("until", type_=Date)
since: Any = bindparam("since", type_=Date)
min_minutes: Any = bindparam("min_minutes", type_=Integer)
person_id: Any = bindparam("person_id", type_=Integer)
stay_id: Any = bindparam("stay_id", type_=Integer)
key_worker_id: Any = bindparam("key_worker_id", type_=Integer)
words: Any = bindparam("words", type_=String)
earliest: Any = bindparam("earliest", type_=Moment)
latest: Any = bindparam("latest", type_=Moment)


def word(value: str) -> ColumnElement[str]:
    """Return a code as it stands in the SQL: fixed, so not a parameter."""
    return literal_column(f"'{value}'", String)


def contacts() -> Select[Any]:
    """Who is here, who has him, who saw him last: one row a man, at a cost that history does not change."""
    stay = _alias("stay", names=("stay",))[0]
    return _contacts(stay).where(*_present(stay))


def contact_of_stay() -> Select[Any]:
    """The same of one stay, as it stood on the day: of a man who has left, on the day he did."""
    stay = _alias("stay", names=("stay",))[0]
    return _contacts(stay).where(stay.c.id == stay_id)


def rota_since() -> Select[Any]:
    """For each man here unseen after `since`: his key worker's slots since he was last seen, by what became of them.

    A slot while the officer was unavailable counts as lost, whatever became of it (DOMAIN 3.5, 3.6).
    """
    stay, held, last, slot, spell = _alias(
        "stay", "allocation", "session", "rota_slot", "worker_status", names=("stay", "held", "last", "slot", "spell")
    )
    there = spell.c.id.is_(None)
    length = slot.c.end_minute - slot.c.start_minute
    worked = and_(slot.c.status == word("WORKED"), there)
    unconfirmed = and_(slot.c.status == word("PUBLISHED"), there)
    return (
        select(
            stay.c.person_id,
            func.count(slot.c.id),
            _count(worked),
            func.coalesce(func.sum(case((worked, length), else_=ZERO)), ZERO),
            func.count(slot.c.id) - _count(worked) - _count(unconfirmed),
            _count(unconfirmed),
        )
        .select_from(stay)
        .join(held, _held_on_the_day(held, stay.c.person_id))
        .outerjoin(last, last.c.id == _last_counted(stay))
        .join(
            slot,
            and_(
                slot.c.key_worker_id == held.c.key_worker_id,
                slot.c.slot_on >= _later(held.c.allocated_on, func.coalesce(last.c.held_on, stay.c.arrived_on)),
                slot.c.slot_on <= as_of,
                or_(last.c.held_on.is_(None), slot.c.slot_on > last.c.held_on),
            ),
        )
        .outerjoin(spell, _unavailable_on(spell, slot.c.key_worker_id, slot.c.slot_on))
        .where(*_present(stay), func.coalesce(last.c.held_on, stay.c.arrived_on) <= since)
        .group_by(func.coalesce(stay.c.person_id, ZERO))  # not the bare column: it would walk every stay there ever was
    )


def latest_slots() -> Select[Any]:
    """The latest day, up to the one asked about, with any rota recorded, by the officers' wing."""
    worker, slot = _alias("key_worker", "rota_slot", names=("worker", "slot"))
    latest = select(func.max(slot.c.slot_on)).where(slot.c.key_worker_id == worker.c.id, slot.c.slot_on <= as_of)
    each = select(worker.c.wing.label("wing"), latest.scalar_subquery().label("slot_on")).subquery("each_officer")
    return select(each.c.wing, func.max(each.c.slot_on)).where(each.c.slot_on.is_not(None)).group_by(each.c.wing)


def officers_latest_slots() -> Select[Any]:
    """Each officer's latest day, up to the one asked about, with time on the rota."""
    worker, slot = _alias("key_worker", "rota_slot", names=("worker", "slot"))
    latest = select(func.max(slot.c.slot_on)).where(slot.c.key_worker_id == worker.c.id, slot.c.slot_on <= as_of)
    each = select(worker.c.id.label("id"), latest.scalar_subquery().label("slot_on")).subquery("each_officer")
    return select(each.c.id, each.c.slot_on).where(each.c.slot_on.is_not(None))


def next_slots() -> Select[Any]:
    """Each officer's next slot from the day on when he is there: that day's still to come, or a later one."""
    slot, first, spell = _alias("rota_slot", "rota_slot", "worker_status", names=("slot", "first", "spell"))
    to_come = or_(first.c.slot_on > as_of, first.c.status == word("PUBLISHED"))
    worker = _table("key_worker")
    absent = select(spell.c.id).where(_unavailable_on(spell, first.c.key_worker_id, first.c.slot_on)).exists()
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


def marking_events() -> Select[Any]:
    """The events that may raise the priority of the men here: those of any age that stand, and others since a day."""
    stay, event = _alias("stay", "event", names=("stay", "event"))
    return _of_the_men_here(select(*_event_columns(event)), stay, event)


def event_records() -> Select[Any]:
    """The same events with their words, and who recorded them when."""
    stay, event = _alias("stay", "event", names=("stay", "event"))
    return _of_the_men_here(select(*_event_record_columns(event)), stay, event)


def marking_accts() -> Select[Any]:
    """The ACCTs of the men here that are open, or closed and not yet reviewed."""
    stay, acct = _alias("stay", "acct", names=("stay", "acct"))
    return (
        select(*_acct_columns(acct))
        .select_from(stay)
        .join(acct, acct.c.person_id == stay.c.person_id)
        .where(*_present(stay), acct.c.opened_on <= as_of, _not_ended(acct.c.post_closure_review_held))
    )


def events_of() -> Select[Any]:
    """All of a man's events, the latest first."""
    event = TABLES["event"].alias("event")
    return (
        select(*_event_record_columns(event))
        .where(event.c.person_id == person_id)
        .order_by(event.c.event_on.desc(), event.c.at_minute.desc().nulls_last(), event.c.id.desc())
    )


def accts_of() -> Select[Any]:
    """All of a man's ACCTs, the earliest first."""
    acct = TABLES["acct"].alias("acct")
    return select(*_acct_columns(acct)).where(acct.c.person_id == person_id).order_by(acct.c.opened_on)


def officers() -> Select[Any]:
    """Every key worker as of the day: status, places, men allocated, last AUTO allocation, time ahead to `until`."""
    worker, spell, held, slot, auto = _alias(
        "key_worker",
        "worker_status",
        "allocation",
        "rota_slot",
        "allocation",
        names=("worker", "spell", "held", "slot", "auto"),
    )
    allocated = (
        select(func.count())
        .select_from(held)
        .where(held.c.key_worker_id == worker.c.id, held.c.allocated_on <= as_of, _not_ended(held.c.ended_on))
    )
    absent = _alias("worker_status", names=("absent",))[0]
    is_absent = select(absent.c.id).where(_unavailable_on(absent, slot.c.key_worker_id, slot.c.slot_on)).exists()
    ahead = select(func.coalesce(func.sum(slot.c.end_minute - slot.c.start_minute), ZERO)).where(
        slot.c.key_worker_id == worker.c.id, slot.c.slot_on >= as_of, slot.c.slot_on <= until, ~is_absent
    )
    recent = (
        select(auto.c.id)
        .where(
            auto.c.key_worker_id == worker.c.id,
            auto.c.allocation_reason == word("AUTO"),
            auto.c.allocated_on <= as_of,
        )
        .order_by(auto.c.allocated_on.desc(), func.coalesce(auto.c.allocated_at, auto.c.recorded_at).desc())
        .limit(ONE)
        .correlate(worker)
        .scalar_subquery()
    )
    latest = _table("allocation").alias("latest")
    return (
        select(
            worker.c.id,
            worker.c.staff_id,
            worker.c.last_name,
            worker.c.first_name,
            worker.c.login,
            worker.c.wing,
            worker.c.capacity,
            spell.c.status,
            spell.c.from_on,
            spell.c.return_on,
            allocated.correlate(worker).scalar_subquery(),
            latest.c.allocated_at,
            latest.c.allocated_on,
            ahead.correlate(worker).scalar_subquery(),
        )
        .select_from(worker)
        .outerjoin(spell, spell.c.id == _spell_in_force(worker.c.id))
        .outerjoin(latest, latest.c.id == recent)
        .order_by(worker.c.last_name, worker.c.first_name, worker.c.staff_id)
    )


def former_workers() -> Select[Any]:
    """The key workers whom the men here without one have had, the most recent first.

    The outer joins keep the men here as the start of the search: else every allocation there ever was is read.
    """
    stay, held, past, worker = _alias(
        "stay", "allocation", "allocation", "key_worker", names=("stay", "held", "past", "worker")
    )
    return (
        select(stay.c.person_id, worker.c.staff_id, past.c.ended_on)
        .select_from(stay)
        .outerjoin(held, _held_on_the_day(held, stay.c.person_id))
        .outerjoin(past, and_(past.c.person_id == stay.c.person_id, past.c.ended_on <= as_of))
        .outerjoin(worker, worker.c.id == past.c.key_worker_id)
        .where(*_present(stay), held.c.id.is_(None), func.coalesce(past.c.id, ZERO) > ZERO)
        .order_by(past.c.ended_on.desc(), past.c.allocated_on.desc(), past.c.id.desc())
    )


def former_workers_of_caseload() -> Select[Any]:
    """The key workers whom an officer's men have had before him, the most recent first."""
    held, past, worker = _alias("allocation", "allocation", "key_worker", names=("held", "past", "worker"))
    return (
        select(held.c.person_id, worker.c.staff_id, past.c.ended_on)
        .select_from(held)
        .join(past, and_(past.c.person_id == held.c.person_id, past.c.ended_on <= as_of))
        .join(worker, worker.c.id == past.c.key_worker_id)
        .where(held.c.key_worker_id == key_worker_id, held.c.allocated_on <= as_of, _not_ended(held.c.ended_on))
        .order_by(past.c.ended_on.desc(), past.c.allocated_on.desc(), past.c.id.desc())
    )


def allocations_of_caseload() -> Select[Any]:
    """The allocations to an officer that hold on the day, of the men here, with what he has done in each."""
    stay, held, person = _alias("stay", "allocation", "person", names=("stay", "held", "person"))
    own = TABLES["session"].alias("own")
    his_own = and_(
        own.c.person_id == held.c.person_id,
        own.c.held_on >= _later(held.c.allocated_on, stay.c.arrived_on),
        own.c.held_on <= as_of,
        own.c.key_worker_id + ZERO == held.c.key_worker_id,  # his sessions are few, the officer's many
        _counted(own),
    )
    return (
        select(
            held.c.id,
            held.c.person_id,
            person.c.prison_number,
            held.c.allocated_on,
            held.c.allocation_reason,
            held.c.allocated_by,
            held.c.because,
            held.c.acknowledged_on,
            select(func.count()).select_from(own).where(his_own).correlate(stay, held).scalar_subquery(),
            select(func.max(own.c.held_on)).where(his_own).correlate(stay, held).scalar_subquery(),
        )
        .select_from(held)
        .join(person, person.c.id == held.c.person_id)
        .join(stay, stay.c.person_id == held.c.person_id)
        .where(_is_of_caseload(held), *_present(stay))
        .order_by(held.c.allocated_on, person.c.prison_number)
    )


def reviews_of_caseload() -> Select[Any]:
    """The ACCT reviews of an officer's men that are due on the day or later and not yet held, the nearest first."""
    held, review = _alias("allocation", "acct_review", names=("held", "review"))
    return (
        select(review.c.person_id, review.c.due_on, review.c.key_worker_invited)
        .select_from(held)
        .join(review, and_(review.c.person_id == held.c.person_id, review.c.due_on >= as_of))
        .where(_is_of_caseload(held), _not_ended(review.c.held_on))
        .order_by(review.c.due_on, review.c.person_id)
    )


def needs_of_caseload() -> Select[Any]:
    """What is still to be done for an officer's men, the soonest due first."""
    held, need = _alias("allocation", "need", names=("held", "need"))
    return (
        select(need.c.person_id, need.c.raised_on, need.c.text, need.c.owner, need.c.due_on)
        .select_from(held)
        .join(need, and_(need.c.person_id == held.c.person_id, need.c.raised_on <= as_of))
        .where(_is_of_caseload(held), _not_ended(need.c.closed_on))
        .order_by(need.c.due_on.nulls_last(), need.c.raised_on, need.c.id)
    )


def events_of_caseload() -> Select[Any]:
    """The events of an officer's men up to the day, as far as they open topics."""
    held, event = _alias("allocation", "event", names=("held", "event"))
    return (
        select(*_event_columns(event))
        .select_from(held)
        .join(event, and_(event.c.person_id == held.c.person_id, event.c.event_on <= as_of))
        .where(_is_of_caseload(held))
    )


def accts_of_caseload() -> Select[Any]:
    """The ACCTs of an officer's men, opened up to the day in the stay that is theirs now or still open then."""
    held, stay, acct = _alias("allocation", "stay", "acct", names=("held", "stay", "acct"))
    of_this_stay = or_(acct.c.opened_on >= stay.c.arrived_on, _not_ended(acct.c.closed_on))
    return (
        select(*_acct_columns(acct))
        .select_from(held)
        .join(stay, stay.c.person_id == held.c.person_id)
        .join(acct, and_(acct.c.person_id == held.c.person_id, acct.c.opened_on <= as_of, of_this_stay))
        .where(_is_of_caseload(held), *_present(stay))
    )


def topics_of_caseload() -> Select[Any]:
    """What was raised with an officer's men in sessions up to the day, by anyone, or declined by them."""
    held, session = _alias("allocation", "session", names=("held", "session"))
    c = session.c
    return (
        select(c.person_id, c.held_on, c.start_minute, c.type, c.outcome, c.topics, c.declined_topics)
        .select_from(held)
        .join(session, and_(c.person_id == held.c.person_id, c.held_on <= as_of, c.voided_at.is_(None)))
        .where(_is_of_caseload(held), or_(c.topics.is_not(None), c.declined_topics.is_not(None)))
    )


def moved_from() -> Select[Any]:
    """The men given another key worker since a day because an officer was not there, the last moved first."""
    held, person = _alias("allocation", "person", names=("held", "person"))
    return (
        select(
            held.c.person_id,
            person.c.prison_number,
            person.c.last_name,
            person.c.first_name,
            held.c.allocated_on,
            held.c.ended_on,
        )
        .select_from(held)
        .join(person, person.c.id == held.c.person_id)
        .where(
            held.c.key_worker_id == key_worker_id,
            held.c.end_reason == word("STAFF_STATUS_CHANGE"),
            held.c.ended_on >= since,
            held.c.ended_on <= as_of,
        )
        .order_by(held.c.ended_on.desc(), person.c.last_name, person.c.first_name, person.c.prison_number)
    )


def first_action() -> Select[Any]:
    """What was done first of all in this database."""
    audit = _table("audit")
    return select(audit.c.action).where(audit.c.id == ONE)


def audit_lines() -> Select[Any]:
    """The lines of the audit between two moments, the latest first: of one man, by one user, or all.

    A line of a man is known by his number, which its key begins with.
    """
    audit, number = _table("audit"), _table("person_number")
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
    head = _table("audit_head")
    return select(head.c.lines, head.c.hash)


def last_backup() -> Select[Any]:
    """The last line that a backup left, made or restored: until then all is in that file."""
    audit, line = _alias("audit", "audit", names=("audit", "line"))
    made = or_(line.c.action == word("backup"), line.c.action == word("restore"))
    last = select(func.max(line.c.id)).where(made).scalar_subquery()
    return select(audit.c.id, audit.c.at, audit.c.action, audit.c.key).where(audit.c.id == last)


def settings() -> Select[Any]:
    """What this prison has set."""
    setting = _table("setting")
    return select(setting.c.key, setting.c.value)


def person_by_number() -> Select[Any]:
    """The man with this prison number, main or alias."""
    number = _table("person_number")
    person = _table("person")
    return _people().join(number, number.c.person_id == person.c.id).where(number.c.number == words)


def people_by_name() -> Select[Any]:
    """The men of whose name `words` begins a word; those here first."""
    person = _table("person")
    return _people().where(_begins_a_word(person.c.search_name))


def worker_by_staff_id() -> Select[Any]:
    """The key worker with this staff id."""
    worker = _table("key_worker")
    return _workers().where(func.upper(worker.c.staff_id) == func.upper(words))


def worker_by_login() -> Select[Any]:
    """The key worker who logs in under this name."""
    return _workers().where(_table("key_worker").c.login == words)


def workers_by_name() -> Select[Any]:
    """The key workers of whose name `words` begins a word."""
    return _workers().where(_begins_a_word(_table("key_worker").c.search_name))


def all_workers() -> Select[Any]:
    """Every key worker."""
    return _workers()


def all_names() -> Select[Any]:
    """Every man's number and name, to suggest the nearest when none fits."""
    return _people()


def numbers_here() -> Select[Any]:
    """The prison numbers of the men whose stay is open, with their names: what TAB offers."""
    person, stay = _table("person"), _table("stay")
    return (
        select(person.c.prison_number, person.c.first_name + literal_column("' '") + person.c.last_name)
        .join(stay, stay.c.person_id == person.c.id)
        .where(stay.c.left_on.is_(None))
    )


def staff_ids() -> Select[Any]:
    """The staff ids of all key workers, with their names: what TAB offers."""
    worker = _table("key_worker")
    return select(worker.c.staff_id, worker.c.first_name + literal_column("' '") + worker.c.last_name)


def stays_of() -> Select[Any]:
    """A man's stays in this prison, the latest first."""
    stay = _table("stay")
    return (
        select(
            stay.c.id,
            stay.c.arrived_on,
            stay.c.arrival_type,
            stay.c.location,
            stay.c.left_on,
            stay.c.departure_reason,
            stay.c.out_of_scope_from,
            stay.c.out_of_scope_reason,
        )
        .where(stay.c.person_id == person_id)
        .order_by(stay.c.arrived_on.desc())
    )


def allocations_of() -> Select[Any]:
    """A man's key workers, the latest first."""
    held, worker = _table("allocation"), _table("key_worker")
    return (
        select(
            held.c.id,
            held.c.key_worker_id,
            worker.c.staff_id,
            worker.c.last_name,
            worker.c.first_name,
            held.c.allocated_on,
            held.c.allocated_at,
            held.c.allocation_reason,
            held.c.allocated_by,
            held.c.because,
            held.c.acknowledged_on,
            held.c.ended_on,
            held.c.end_reason,
            held.c.ended_by,
            held.c.recorded_at,
            held.c.recorded_by,
            held.c.recorded_known,
        )
        .join(worker, worker.c.id == held.c.key_worker_id)
        .where(held.c.person_id == person_id)
        .order_by(held.c.allocated_on.desc(), held.c.id.desc())
    )


def sessions_of() -> Select[Any]:
    """A man's sessions that stand (voided ones apart), the latest first."""
    session, worker = _table("session"), _table("key_worker")
    return _sessions(session, worker).where(session.c.person_id == person_id, session.c.voided_at.is_(None))


def voided_sessions_of() -> Select[Any]:
    """A man's sessions that were taken out, the latest first."""
    session, worker = _table("session"), _table("key_worker")
    return _sessions(session, worker).where(session.c.person_id == person_id, session.c.voided_at.is_not(None))


def amendments_of() -> Select[Any]:
    """What was corrected in a man's sessions, those taken out included, the earliest first."""
    session, amended = _table("session"), _table("session_amendment")
    his = select(session.c.id).where(session.c.person_id == person_id)
    standing, voided = his.where(session.c.voided_at.is_(None)), his.where(session.c.voided_at.is_not(None))
    return (
        select(
            amended.c.session_id,
            amended.c.amended_at,
            amended.c.field,
            amended.c.old,
            amended.c.new,
            amended.c.why,
            amended.c.recorded_by,
        )
        .where(amended.c.session_id.in_(standing.union(voided)))
        .order_by(amended.c.amended_at, amended.c.id)
    )


def stamps_of() -> Select[Any]:
    """Who recorded a man's stays, nights away, ACCTs, reviews and needs, and when; and who changed them last."""
    days = {"stay": "arrived_on", "absence": "from_on", "acct": "opened_on", "acct_review": "due_on"}
    stamps = union(*(_stamps(name, day) for name, day in {**days, "need": "raised_on"}.items())).subquery("stamps")
    return select(*stamps.c)


def absences_of() -> Select[Any]:
    """A man's nights away."""
    absence = _table("absence")
    return (
        select(absence.c.reason, absence.c.from_on, absence.c.to_on)
        .where(absence.c.person_id == person_id)
        .order_by(absence.c.from_on)
    )


def moves_of() -> Select[Any]:
    """A man's moves in this prison, the latest first."""
    move = _table("move")
    return (
        select(
            move.c.id,
            move.c.moved_on,
            move.c.location,
            move.c.recorded_at,
            move.c.recorded_by,
            move.c.recorded_known,
        )
        .where(move.c.person_id == person_id)
        .order_by(move.c.moved_on.desc(), move.c.id.desc())
    )


def other_numbers_of() -> Select[Any]:
    """The prison numbers that are a man's beside his main one."""
    person, number = _alias("person", "person_number", names=("person", "number"))
    return (
        select(number.c.number)
        .select_from(person)
        .join(number, number.c.person_id == person.c.id)
        .where(person.c.id == person_id, number.c.number != person.c.prison_number)
        .order_by(number.c.number)
    )


def merges_of() -> Select[Any]:
    """The numbers that were joined to a man's record and still are, the latest first."""
    merge, merged = _alias("person_merge", "person", names=("merge", "merged"))
    return (
        select(merge.c.id, merged.c.id, merged.c.prison_number, merge.c.merged_on, merge.c.why, merge.c.moved)
        .select_from(merge)
        .join(merged, merged.c.id == merge.c.merged_person_id)
        .where(merge.c.kept_person_id == person_id, merge.c.undone_on.is_(None))
        .order_by(merge.c.id.desc())
    )


def officer_sessions() -> Select[Any]:
    """The sessions that an officer held on a day, to see which would overlap."""
    session, person = _table("session"), _table("person")
    return (
        select(
            session.c.id,
            session.c.person_id,
            person.c.prison_number,
            person.c.last_name,
            person.c.first_name,
            session.c.start_minute,
            session.c.minutes,
        )
        .join(person, person.c.id == session.c.person_id)
        .where(session.c.key_worker_id == key_worker_id, session.c.held_on == as_of, session.c.voided_at.is_(None))
        .order_by(session.c.start_minute.nulls_last(), session.c.id)
    )


def last_slot() -> Select[Any]:
    """An officer's latest slot up to the day, whatever became of it."""
    slot = _table("rota_slot")
    return (
        select(slot.c.key_worker_id, slot.c.slot_on, slot.c.start_minute, slot.c.end_minute)
        .where(slot.c.key_worker_id == key_worker_id, slot.c.slot_on <= as_of)
        .order_by(slot.c.slot_on.desc(), slot.c.start_minute.desc())
        .limit(ONE)
    )


def statuses_of() -> Select[Any]:
    """An officer's status spells, the latest first."""
    spell = _table("worker_status")
    return (
        select(
            spell.c.status,
            spell.c.from_on,
            spell.c.return_on,
            spell.c.until_on,
            spell.c.recorded_at,
            spell.c.recorded_by,
            spell.c.recorded_known,
        )
        .where(spell.c.key_worker_id == key_worker_id)
        .order_by(spell.c.from_on.desc())
    )


def needs_of() -> Select[Any]:
    """What is, or was, to be done for a man."""
    need = _table("need")
    return (
        select(need.c.id, need.c.raised_on, need.c.text, need.c.owner, need.c.due_on, need.c.closed_on, need.c.outcome)
        .where(need.c.person_id == person_id)
        .order_by(need.c.raised_on, need.c.id)
    )


def needs_here() -> Select[Any]:
    """What is to be done, or was since, for the men here."""
    stay, need = _alias("stay", "need", names=("stay", "need"))
    return (
        select(*_need_columns(need))
        .select_from(stay)
        .join(need, need.c.person_id == stay.c.person_id)
        .where(*_present(stay), need.c.raised_on <= as_of, _not_ended(need.c.closed_on))
        .order_by(need.c.raised_on, need.c.id)
    )


def acct_reviews_of() -> Select[Any]:
    """The reviews of a man's ACCTs, the earliest due first."""
    c = TABLES["acct_review"].alias("review").c
    return (
        select(c.due_on, c.held_on, c.key_worker_invited, c.key_worker_contribution)
        .where(c.person_id == person_id)
        .order_by(c.due_on)
    )


def acct_reviews() -> Select[Any]:
    """The ACCT reviews due or held from one day to another, with the key worker of the day and whether he was there.

    A post-closure review that only the ACCT itself names is among them.
    """
    review = _reviews_of_men()
    person, held, worker = _alias("person", "allocation", "key_worker", names=("person", "held", "worker"))
    slot, spell = _alias("rota_slot", "worker_status", names=("slot", "spell"))
    day = case((review.c.held_on <= as_of, review.c.held_on), else_=review.c.due_on)
    known_on = case((day < as_of, day), else_=as_of)
    of_the_day = (
        select(func.count())
        .select_from(slot)
        .where(slot.c.key_worker_id == held.c.key_worker_id, slot.c.slot_on == day)
        .correlate(review, held)
    )
    absent = of_the_day.where(slot.c.status == word("ABSENT"), slot.c.slot_on <= as_of)
    return (
        select(
            review.c.person_id,
            person.c.prison_number,
            person.c.last_name,
            person.c.first_name,
            review.c.due_on,
            review.c.held_on,
            review.c.invited,
            review.c.contribution,
            review.c.post_closure,
            worker.c.staff_id,
            worker.c.last_name,
            worker.c.first_name,
            spell.c.status,
            of_the_day.scalar_subquery(),
            absent.scalar_subquery(),
        )
        .select_from(review)
        .join(person, person.c.id == review.c.person_id)
        .outerjoin(
            held,
            and_(
                held.c.person_id == review.c.person_id,
                held.c.allocated_on <= known_on,
                or_(held.c.ended_on.is_(None), held.c.ended_on > known_on),
            ),
        )
        .outerjoin(worker, worker.c.id == held.c.key_worker_id)
        .outerjoin(spell, _unavailable_on(spell, held.c.key_worker_id, day))
        .where(
            or_(
                and_(review.c.due_on >= since, review.c.due_on <= until),
                and_(review.c.held_on >= since, review.c.held_on <= as_of),
                and_(review.c.due_on < since, or_(review.c.held_on.is_(None), review.c.held_on > as_of)),
            )
        )
        .order_by(review.c.due_on, person.c.prison_number)
    )


def notes_between() -> Select[Any]:
    """The completed key worker sessions from one day to another, with their notes.

    The outer join keeps the key workers as the start of the search: else every session there ever was is read.
    """
    worker, session, person = _alias("key_worker", "session", "person", names=("worker", "session", "person"))
    return (
        select(*_note_columns(session, person, worker))
        .select_from(worker)
        .outerjoin(session, and_(session.c.key_worker_id == worker.c.id, *_held_between(session)))
        .outerjoin(person, person.c.id == session.c.person_id)
        .where(func.coalesce(session.c.id, ZERO) > ZERO)
    )


def notes_before_of_men() -> Select[Any]:
    """The notes before a day of the men seen from it on: of each the last ten."""
    seen, before, earlier = _men_seen(), *_alias("session", "session", names=("session", "earlier"))
    person, worker = _alias("person", "key_worker", names=("person", "worker"))
    tenth = (
        select(earlier.c.held_on)
        .where(earlier.c.person_id == seen.c.person_id, earlier.c.held_on < since, *_noted(earlier))
        .order_by(earlier.c.held_on.desc())
        .limit(ONE)
        .offset(LAST_NOTES_BUT_ONE)
        .correlate(seen)
        .scalar_subquery()
    )
    return (
        select(*_note_columns(before, person, worker))
        .select_from(seen)
        .join(before, and_(before.c.person_id == seen.c.person_id, *_noted(before)))
        .join(person, person.c.id == before.c.person_id)
        .join(worker, worker.c.id == before.c.key_worker_id)
        .where(before.c.held_on < since, before.c.held_on >= func.coalesce(tenth, FIRST_DAY))
    )


def notes_before_of_officers() -> Select[Any]:
    """The notes before a day of every key worker: of each the last ten."""
    worker, person = _alias("key_worker", "person", names=("worker", "person"))
    before, earlier = _alias("session", "session", names=("session", "earlier"))
    tenth = (
        select(earlier.c.held_on)
        .where(earlier.c.key_worker_id == worker.c.id, earlier.c.held_on < since, *_noted(earlier))
        .order_by(earlier.c.held_on.desc())
        .limit(ONE)
        .offset(LAST_NOTES_BUT_ONE)
        .correlate(worker)
        .scalar_subquery()
    )
    return (
        select(*_note_columns(before, person, worker))
        .select_from(worker)
        .outerjoin(
            before,
            and_(
                before.c.key_worker_id == worker.c.id,
                before.c.held_on < since,
                before.c.held_on >= func.coalesce(tenth, FIRST_DAY),
                *_noted(before),
            ),
        )
        .outerjoin(person, person.c.id == before.c.person_id)
        .where(func.coalesce(before.c.id, ZERO) > ZERO)
    )


def stays_of_men_seen() -> Select[Any]:
    """The stays of the men seen from one day to another."""
    seen, stay = _men_seen(), _alias("stay", names=("stay",))[0]
    return (
        select(stay.c.person_id, stay.c.arrived_on, stay.c.arrival_type, stay.c.left_on)
        .select_from(seen)
        .join(stay, stay.c.person_id == seen.c.person_id)
        .order_by(stay.c.arrived_on)
    )


def events_of_men_seen() -> Select[Any]:
    """The events, up to a day, of the men seen until then."""
    seen, event = _men_seen(), _alias("event", names=("event",))[0]
    return (
        select(*_event_columns(event))
        .select_from(seen)
        .join(event, event.c.person_id == seen.c.person_id)
        .where(event.c.event_on <= until)
    )


def accts_of_men_seen() -> Select[Any]:
    """The ACCTs of the men seen from one day to another."""
    seen, acct = _men_seen(), _alias("acct", names=("acct",))[0]
    return select(*_acct_columns(acct)).select_from(seen).join(acct, acct.c.person_id == seen.c.person_id)


def topics_of_men_seen() -> Select[Any]:
    """What was spoken of, in the stay that they were seen in, with the men seen from one day to another."""
    seen, session = _men_seen(), _alias("session", names=("session",))[0]
    stay = TABLES["stay"].alias("begun")
    arrived = (
        select(func.max(stay.c.arrived_on))
        .where(stay.c.person_id == seen.c.person_id, stay.c.arrived_on <= since)
        .correlate(seen)
        .scalar_subquery()
    )
    c = session.c
    return (
        select(c.person_id, c.held_on, c.start_minute, c.type, c.outcome, c.topics, c.declined_topics)
        .select_from(seen)
        .join(session, and_(session.c.person_id == seen.c.person_id, *_completed(session)))
        .where(c.held_on >= func.coalesce(arrived, since), c.held_on <= until)
    )


def needs_of_men_seen() -> Select[Any]:
    """What was to be done, from one day to another, for the men seen then."""
    seen, need = _men_seen(), _alias("need", names=("need",))[0]
    return (
        select(*_need_columns(need))
        .select_from(seen)
        .join(need, need.c.person_id == seen.c.person_id)
        .where(need.c.raised_on <= until, or_(need.c.closed_on.is_(None), need.c.closed_on >= since))
        .order_by(need.c.raised_on, need.c.id)
    )


def further_numbers() -> Select[Any]:
    """The prison numbers that are not a man's main one."""
    number, person = _table("person_number"), _table("person")
    return (
        select(number.c.person_id, number.c.number)
        .join(person, person.c.id == number.c.person_id)
        .where(number.c.number != person.c.prison_number)
    )


def slots_between() -> Select[Any]:
    """Every officer's slots from one day to another, with whether he was there, by wing, officer and time."""
    slot, worker, spell = _alias("rota_slot", "key_worker", "worker_status", names=("slot", "worker", "spell"))
    return (
        _slots(slot, worker, spell)
        .where(slot.c.slot_on >= since, slot.c.slot_on <= until)
        .order_by(worker.c.last_name, worker.c.first_name, worker.c.staff_id, slot.c.slot_on, slot.c.start_minute)
    )


def slots_of() -> Select[Any]:
    """An officer's slots from one day to another, in order of time."""
    slot, worker, spell = _alias("rota_slot", "key_worker", "worker_status", names=("slot", "worker", "spell"))
    return (
        _slots(slot, worker, spell)
        .where(slot.c.key_worker_id == key_worker_id, slot.c.slot_on >= since, slot.c.slot_on <= until)
        .order_by(slot.c.slot_on, slot.c.start_minute)
    )


def first_sessions() -> Select[Any]:
    """The first counted session of each stay that began on a day or after it, of the men here."""
    stay, first, holder = _alias("stay", "session", "key_worker", names=("stay", "first", "holder"))
    return (
        select(stay.c.person_id, first.c.held_on, holder.c.staff_id, holder.c.last_name, holder.c.first_name)
        .select_from(stay)
        .join(first, first.c.id == _first_counted(stay))
        .join(holder, holder.c.id == first.c.key_worker_id)
        .where(*_present(stay), stay.c.arrived_on >= since)
    )


def acquaintances() -> Select[Any]:
    """Who has held a counted session with whom of the men here, in this stay, and when last."""
    stay, session = _alias("stay", "session", names=("stay", "session"))
    man = func.coalesce(stay.c.person_id, ZERO)  # not the bare column: it would walk every stay there ever was
    his = and_(
        session.c.person_id == stay.c.person_id,
        session.c.held_on >= stay.c.arrived_on,
        session.c.held_on <= as_of,
        _counted(session),
    )
    return (
        select(man, session.c.key_worker_id, func.max(session.c.held_on))
        .select_from(stay)
        .outerjoin(session, his)  # an outer join keeps the men here as the start of the search
        .where(*_present(stay), func.coalesce(session.c.id, ZERO) > ZERO)
        .group_by(man, session.c.key_worker_id)
    )


def planned_sessions() -> Select[Any]:
    """The places of the latest plan kept for a day before the one asked about, and what is recorded of each since."""
    kept, place, person, worker = _alias(
        "day_plan", "plan_place", "person", "key_worker", names=("kept", "place", "person", "worker")
    )
    slot, spell, seen, holder = _alias(
        "rota_slot", "worker_status", "session", "key_worker", names=("slot", "spell", "seen", "holder")
    )
    latest = TABLES["day_plan"].alias("latest")
    newest = (
        select(latest.c.id)
        .where(latest.c.plan_on >= since, latest.c.plan_on < as_of)
        .order_by(latest.c.plan_on.desc(), latest.c.id.desc())
        .limit(ONE)
        .scalar_subquery()
    )
    lies_in = and_(
        slot.c.key_worker_id == place.c.key_worker_id,
        slot.c.slot_on == kept.c.plan_on,
        slot.c.start_minute <= place.c.start_minute,
        slot.c.end_minute > place.c.start_minute,
    )
    return (
        select(
            kept.c.plan_on,
            place.c.person_id,
            person.c.prison_number,
            person.c.last_name,
            person.c.first_name,
            worker.c.staff_id,
            worker.c.last_name,
            worker.c.first_name,
            place.c.start_minute,
            place.c.end_minute,
            slot.c.status,
            slot.c.reason,
            spell.c.status,
            holder.c.staff_id,
            holder.c.last_name,
            holder.c.first_name,
            _offered_on(kept.c.plan_on, place),
        )
        .select_from(kept)
        .join(place, place.c.day_plan_id == kept.c.id)
        .join(person, person.c.id == place.c.person_id)
        .join(worker, worker.c.id == place.c.key_worker_id)
        .outerjoin(slot, lies_in)
        .outerjoin(spell, _unavailable_on(spell, slot.c.key_worker_id, slot.c.slot_on))
        .outerjoin(seen, seen.c.id == _seen_on(kept.c.plan_on, place))
        .outerjoin(holder, holder.c.id == seen.c.key_worker_id)
        .where(kept.c.id == newest)
        .order_by(worker.c.last_name, worker.c.first_name, worker.c.staff_id, place.c.start_minute)
    )


def stay_spans() -> Select[Any]:
    """Each stay with a day from one to another, as known on the day of asking, and the last cell it was in."""
    stay = _alias("stay", names=("stay",))[0]
    cell = func.coalesce(_place(stay, cells_only=True), stay.c.location)
    return select(stay.c.person_id, stay.c.arrived_on, stay.c.left_on, stay.c.out_of_scope_from, cell).where(
        *_here_between(stay)
    )


def overlapping_stays() -> Select[Any]:
    """Two stays of one man of which the later began before the earlier ended."""
    stay, again, person = _alias("stay", "stay", "person", names=("stay", "again", "person"))
    before_its_end = or_(stay.c.left_on.is_(None), again.c.arrived_on < stay.c.left_on)
    return (
        select(person.c.prison_number, stay.c.arrived_on, stay.c.left_on, again.c.arrived_on)
        .select_from(stay)
        .join(again, and_(again.c.person_id == stay.c.person_id, again.c.arrived_on > stay.c.arrived_on))
        .join(person, person.c.id == stay.c.person_id)
        .where(before_its_end)
        .order_by(person.c.prison_number, stay.c.arrived_on)
    )


def beginnings() -> Select[Any]:
    """The same stays with the first day of each with a key worker, and that of its first counted session.

    Another stay's session or key worker is not this one's: both are looked for between its own two ends.
    """
    stay, held, session = _alias("stay", "allocation", "session", names=("stay", "held", "session"))
    allocated = select(func.min(held.c.allocated_on)).where(
        held.c.person_id == stay.c.person_id,
        held.c.allocated_on <= as_of,
        or_(held.c.ended_on.is_(None), held.c.ended_on > stay.c.arrived_on),
        or_(stay.c.left_on.is_(None), held.c.allocated_on < stay.c.left_on),
    )
    seen = select(func.min(session.c.held_on)).where(
        session.c.person_id == stay.c.person_id,
        session.c.held_on >= stay.c.arrived_on,
        session.c.held_on <= as_of,
        or_(stay.c.left_on.is_(None), session.c.held_on <= stay.c.left_on),
        _counted(session),
    )
    return select(
        stay.c.person_id,
        stay.c.arrived_on,
        stay.c.left_on,
        stay.c.out_of_scope_from,
        stay.c.location,
        allocated.correlate(stay).scalar_subquery(),
        seen.correlate(stay).scalar_subquery(),
    ).where(*_here_between(stay))


def moves_to_cells() -> Select[Any]:
    """The moves to cells, in those stays and up to the last of those days; for one with two stays perhaps twice."""
    stay, moved = _alias("stay", "move", names=("stay", "moved"))
    return (
        select(moved.c.person_id, moved.c.moved_on, moved.c.location)
        .select_from(stay)
        .join(moved, moved.c.person_id == stay.c.person_id)
        .where(*_here_between(stay), moved.c.moved_on >= stay.c.arrived_on, moved.c.moved_on <= until)
        .where(moved.c.moved_on <= as_of, moved.c.location.like(word("%-%")))
        .order_by(moved.c.moved_on, moved.c.id)
    )


def absence_spans() -> Select[Any]:
    """The nights away, between the same days, of the men of those stays; for one with two stays twice."""
    stay, absence = _alias("stay", "absence", names=("stay", "absence"))
    return (
        select(absence.c.person_id, absence.c.from_on, absence.c.to_on)
        .select_from(stay)
        .join(absence, absence.c.person_id == stay.c.person_id)
        .where(*_here_between(stay), absence.c.from_on <= until, absence.c.from_on <= as_of)
        .where(or_(absence.c.to_on.is_(None), absence.c.to_on > since))
    )


def allocation_spans() -> Select[Any]:
    """The allocations, between the same days, of the men of those stays; for one with two stays twice."""
    stay, held = _alias("stay", "allocation", names=("stay", "held"))
    return (
        select(held.c.person_id, held.c.key_worker_id, held.c.allocated_on, held.c.ended_on)
        .select_from(stay)
        .join(held, held.c.person_id == stay.c.person_id)
        .where(*_here_between(stay), held.c.allocated_on <= until, held.c.allocated_on <= as_of)
        .where(or_(held.c.ended_on.is_(None), held.c.ended_on > since))
    )


def time_held() -> Select[Any]:
    """The sessions and entries that were completed from one day to another, by whoever held them.

    The outer join keeps the key workers as the start of the search: else every session there ever was is read.
    """
    worker, session = _alias("key_worker", "session", names=("worker", "session"))
    return (
        select(
            session.c.person_id,
            session.c.key_worker_id,
            session.c.held_on,
            session.c.start_minute,
            session.c.type,
            session.c.minutes,
        )
        .select_from(worker)
        .outerjoin(
            session,
            and_(
                session.c.key_worker_id == worker.c.id,
                session.c.held_on >= since,
                session.c.held_on <= until,
                session.c.outcome == word("COMPLETED"),
                session.c.voided_at.is_(None),
            ),
        )
        .where(func.coalesce(session.c.id, ZERO) > ZERO)
    )


def recording_times() -> Select[Any]:
    """When the sessions from one day to another were recorded, whatever became of them, with the officer's wing.

    The outer join keeps the key workers as the start of the search: else every session there ever was is read.
    """
    worker, session = _alias("key_worker", "session", names=("worker", "session"))
    c = session.c
    of_the_days = and_(c.key_worker_id == worker.c.id, c.held_on >= since, c.held_on <= until)
    is_session = and_(of_the_days, c.type == word("KS"), c.voided_at.is_(None))
    return (
        select(worker.c.id, worker.c.wing, c.held_on, c.recorded_at, c.recorded_known)
        .select_from(worker)
        .outerjoin(session, is_session)
        .where(func.coalesce(c.id, ZERO) > ZERO)
    )


def places_planned() -> Select[Any]:
    """Who is to see whom on a day, by the plan that holds for it: the one kept last."""
    plan, later, place, worker = _alias(
        "day_plan", "day_plan", "plan_place", "key_worker", names=("plan", "later", "place", "worker")
    )
    newest = select(func.max(later.c.id)).where(later.c.plan_on == as_of)
    return (
        select(
            place.c.person_id,
            place.c.key_worker_id,
            worker.c.staff_id,
            worker.c.last_name,
            worker.c.first_name,
            place.c.start_minute,
            place.c.end_minute,
        )
        .select_from(plan)
        .join(place, place.c.day_plan_id == plan.c.id)
        .join(worker, worker.c.id == place.c.key_worker_id)
        .where(plan.c.id == newest.scalar_subquery())
        .order_by(place.c.start_minute, worker.c.staff_id)
    )


def latest_departure() -> Select[Any]:
    """The latest day, up to the one asked about, on which anybody left: no row where nobody ever did."""
    stay = _table("stay")
    latest = func.max(stay.c.left_on)
    return select(latest).where(stay.c.left_on <= as_of).having(latest.is_not(None))


ALL = (
    first_action,
    audit_lines,
    audit_head,
    last_backup,
    overlapping_stays,
    contacts,
    contact_of_stay,
    rota_since,
    latest_slots,
    officers_latest_slots,
    next_slots,
    marking_events,
    event_records,
    marking_accts,
    events_of,
    accts_of,
    officers,
    former_workers,
    former_workers_of_caseload,
    allocations_of_caseload,
    reviews_of_caseload,
    needs_of_caseload,
    events_of_caseload,
    accts_of_caseload,
    topics_of_caseload,
    moved_from,
    settings,
    person_by_number,
    people_by_name,
    worker_by_staff_id,
    worker_by_login,
    workers_by_name,
    all_workers,
    all_names,
    numbers_here,
    staff_ids,
    stays_of,
    allocations_of,
    sessions_of,
    voided_sessions_of,
    amendments_of,
    stamps_of,
    absences_of,
    moves_of,
    merges_of,
    other_numbers_of,
    needs_here,
    acct_reviews_of,
    acct_reviews,
    notes_between,
    notes_before_of_men,
    notes_before_of_officers,
    stays_of_men_seen,
    events_of_men_seen,
    accts_of_men_seen,
    topics_of_men_seen,
    needs_of_men_seen,
    further_numbers,
    needs_of,
    officer_sessions,
    slots_between,
    slots_of,
    first_sessions,
    last_slot,
    acquaintances,
    planned_sessions,
    statuses_of,
    stay_spans,
    beginnings,
    moves_to_cells,
    absence_spans,
    allocation_spans,
    time_held,
    recording_times,
    latest_departure,
    places_planned,
)
"""Every statement; each is compiled ahead under its function's name."""


def _table(name: str) -> FromClause:
    return TABLES[name]


def _alias(*tables: str, names: tuple[str, ...]) -> tuple[FromClause, ...]:
    return tuple(TABLES[table].alias(name) for table, name in zip(tables, names, strict=True))


def _contacts(stay: FromClause) -> Select[Any]:
    """The columns of a contact, for the stays that are then picked."""
    person, worker, holder = _alias("person", "key_worker", "key_worker", names=("person", "worker", "holder"))
    held, last, met = _alias("allocation", "session", "session", names=("held", "last", "met"))
    spell, absence = _alias("worker_status", "absence", names=("spell", "absence"))
    return (
        select(
            stay.c.person_id,
            person.c.prison_number,
            person.c.last_name,
            person.c.first_name,
            person.c.date_of_birth,
            stay.c.arrived_on,
            stay.c.arrival_type,
            func.coalesce(_place(stay, cells_only=False), stay.c.location),
            func.coalesce(_place(stay, cells_only=True), stay.c.location),
            stay.c.out_of_scope_from,
            stay.c.out_of_scope_reason,
            absence.c.reason,
            absence.c.from_on,
            held.c.key_worker_id,
            worker.c.staff_id,
            worker.c.last_name,
            worker.c.first_name,
            worker.c.wing,
            spell.c.status,
            spell.c.from_on,
            spell.c.return_on,
            held.c.allocated_on,
            held.c.allocated_by,
            case((held.c.acknowledged_on <= as_of, held.c.acknowledged_on)),
            _last_allocation_end(stay),
            last.c.held_on,
            last.c.start_minute,
            holder.c.staff_id,
            holder.c.last_name,
            holder.c.first_name,
            met.c.held_on,
            _refusals_since(stay, last),
            _events_since(stay, last),
        )
        .select_from(stay)
        .join(person, person.c.id == stay.c.person_id)
        .outerjoin(held, _held_on_the_day(held, stay.c.person_id))
        .outerjoin(worker, worker.c.id == held.c.key_worker_id)
        .outerjoin(spell, spell.c.id == _spell_in_force(worker.c.id))
        .outerjoin(last, last.c.id == _last_counted(stay))
        .outerjoin(holder, holder.c.id == last.c.key_worker_id)
        .outerjoin(met, met.c.id == _first_met(stay, held))
        .outerjoin(absence, absence.c.id == _absence_on_the_day(stay))
    )


def _present(stay: FromClause) -> tuple[ColumnElement[bool], ...]:
    """Here at the end of the day: arrived, and not left (DOMAIN 3.1)."""
    return stay.c.arrived_on <= as_of, or_(stay.c.left_on.is_(None), stay.c.left_on > as_of)


def _here_between(stay: FromClause) -> tuple[ColumnElement[bool], ...]:
    """Arrived by the last of some days, and by the day of asking; not left before, or on, the first of them."""
    stayed = or_(stay.c.left_on.is_(None), stay.c.left_on > since)
    return stay.c.arrived_on <= until, stay.c.arrived_on <= as_of, stayed


def _not_ended(column: ColumnElement[Any]) -> ColumnElement[bool]:
    return or_(column.is_(None), column > as_of)


def _held_on_the_day(held: FromClause, man: ColumnElement[int]) -> ColumnElement[bool]:
    """The allocation that holds at the end of the day: allocated_on <= day < ended_on."""
    return and_(held.c.person_id == man, held.c.allocated_on <= as_of, _not_ended(held.c.ended_on))


def _is_of_caseload(held: FromClause) -> ColumnElement[bool]:
    """The allocation makes a man one of the officer's at the end of the day."""
    return and_(held.c.key_worker_id == key_worker_id, held.c.allocated_on <= as_of, _not_ended(held.c.ended_on))


def _counted(session: FromClause) -> ColumnElement[bool]:
    """A counted session (DOMAIN 3.2): KS, completed, long enough, and not voided."""
    return and_(
        session.c.voided_at.is_(None),
        session.c.type == word("KS"),
        session.c.outcome == word("COMPLETED"),
        session.c.minutes >= min_minutes,
    )


def _in_order_of_the_key(session: FromClause) -> tuple[ColumnElement[Any], ...]:
    """By day and start, an unknown start first: the order of the index `session_key`, so that nothing is sorted."""
    start = func.coalesce(session.c.start_minute, literal_column("-1"))
    return session.c.held_on, start, session.c.key_worker_id, session.c.type


def _later(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((one > other, one), else_=other)


def _last_counted(stay: FromClause) -> Any:
    """The last counted session of this stay up to the day: the index on man and day, walked backwards."""
    session = TABLES["session"].alias("seen")
    return (
        select(session.c.id)
        .where(
            session.c.person_id == stay.c.person_id,
            session.c.held_on >= stay.c.arrived_on,
            session.c.held_on <= as_of,
            _counted(session),
        )
        .order_by(*(part.desc() for part in _in_order_of_the_key(session)))
        .limit(ONE)
        .correlate(stay)
        .scalar_subquery()
    )


def _first_counted(stay: FromClause) -> Any:
    """The first counted session of this stay up to the day."""
    session = TABLES["session"].alias("earliest")
    return (
        select(session.c.id)
        .where(
            session.c.person_id == stay.c.person_id,
            session.c.held_on >= stay.c.arrived_on,
            session.c.held_on <= as_of,
            _counted(session),
        )
        .order_by(session.c.held_on, session.c.start_minute.nulls_last(), session.c.id)
        .limit(ONE)
        .correlate(stay)
        .scalar_subquery()
    )


def _first_met(stay: FromClause, held: FromClause) -> Any:
    """The first counted session with his current key worker since that allocation began (DOMAIN 3.3)."""
    session = TABLES["session"].alias("own")
    return (
        select(session.c.id)
        .where(
            session.c.person_id == stay.c.person_id,
            session.c.held_on >= held.c.allocated_on,
            session.c.held_on <= as_of,
            session.c.key_worker_id + ZERO == held.c.key_worker_id,  # his sessions are few, the officer's many
            _counted(session),
        )
        .order_by(*_in_order_of_the_key(session))
        .limit(ONE)
        .correlate(stay, held)
        .scalar_subquery()
    )


def _seen_on(day: ColumnElement[Any], place: FromClause) -> Any:
    """The first counted session of a planned man on the day of the plan."""
    session = TABLES["session"].alias("held")
    return (
        select(session.c.id)
        .where(session.c.person_id == place.c.person_id, session.c.held_on == day, _counted(session))
        .order_by(*_in_order_of_the_key(session))
        .limit(ONE)
        .correlate(place, day.table)
        .scalar_subquery()
    )


def _offered_on(day: ColumnElement[Any], place: FromClause) -> Any:
    """What became of a session that a planned man was offered on the day and that was not held."""
    session = TABLES["session"].alias("offered")
    return (
        select(session.c.outcome)
        .where(
            session.c.person_id == place.c.person_id,
            session.c.held_on == day,
            session.c.voided_at.is_(None),
            session.c.outcome != word("COMPLETED"),
        )
        .order_by(*_in_order_of_the_key(session))
        .limit(ONE)
        .correlate(place, day.table)
        .scalar_subquery()
    )


def _place(stay: FromClause, *, cells_only: bool) -> Any:
    """Where his last move up to the day took him, or the last cell it took him to."""
    move = TABLES["move"].alias("moved_to_cell" if cells_only else "moved")
    where = [move.c.person_id == stay.c.person_id, move.c.moved_on >= stay.c.arrived_on, move.c.moved_on <= as_of]
    if cells_only:
        where.append(move.c.location.like(literal_column("'%-%'")))
    return (
        select(move.c.location)
        .where(*where)
        .order_by(move.c.moved_on.desc(), move.c.id.desc())
        .limit(ONE)
        .correlate(stay)
        .scalar_subquery()
    )


def _last_allocation_end(stay: FromClause) -> Any:
    ended = TABLES["allocation"].alias("ended")
    return (
        select(func.max(ended.c.ended_on))
        .where(ended.c.person_id == stay.c.person_id, ended.c.ended_on <= as_of)
        .correlate(stay)
        .scalar_subquery()
    )


def _after_last(column: ColumnElement[Any], stay: FromClause, last: FromClause) -> ColumnElement[bool]:
    """The first bound is where an index can begin; the last one leaves out the day itself."""
    from_on = func.coalesce(last.c.held_on, stay.c.arrived_on)
    return and_(column >= from_on, column <= as_of, or_(last.c.held_on.is_(None), column > last.c.held_on))


def _refusals_since(stay: FromClause, last: FromClause) -> Any:
    session = TABLES["session"].alias("refused")
    return (
        select(func.count())
        .select_from(session)
        .where(
            session.c.person_id == stay.c.person_id,
            session.c.voided_at.is_(None),
            session.c.outcome == word("REFUSED"),
            _after_last(session.c.held_on, stay, last),
        )
        .correlate(stay, last)
        .scalar_subquery()
    )


def _events_since(stay: FromClause, last: FromClause) -> Any:
    event = TABLES["event"].alias("happened")
    return (
        select(func.count())
        .select_from(event)
        .where(event.c.person_id == stay.c.person_id, _after_last(event.c.event_on, stay, last))
        .correlate(stay, last)
        .scalar_subquery()
    )


def _event_columns(event: FromClause) -> tuple[Any, ...]:
    """The columns of an event as far as it decides a priority."""
    c = event.c
    return (c.person_id, c.code, c.event_on, c.at_minute, c.until_on, c.confidence, _next_seen(event))


def _event_record_columns(event: FromClause) -> tuple[Any, ...]:
    """The columns of an event as it is recorded."""
    c = event.c
    return (c.id, *_event_columns(event), c.detail, c.source, c.recorded_at, c.recorded_by, c.recorded_known)


def _of_the_men_here(columns: Select[Any], stay: FromClause, event: FromClause) -> Select[Any]:
    """Pick the events of the men here: standing ones of any age, others since a day.

    The two are searched each by an index of its own, so that a long history costs nothing.
    """
    recent = and_(event.c.person_id == stay.c.person_id, event.c.event_on >= since)
    standing = and_(event.c.person_id == stay.c.person_id, event.c.code.in_([word(code) for code in STANDING]))
    return (
        columns.select_from(stay).join(event, or_(recent, standing)).where(*_present(stay), event.c.event_on <= until)
    )


def _next_seen(event: FromClause) -> Any:
    """The first counted session since an event whose marker runs until then; on its own day the times decide."""
    session = TABLES["session"].alias("next_seen")
    same_day = and_(session.c.held_on == event.c.event_on, session.c.start_minute >= event.c.at_minute)
    first = (
        select(session.c.held_on)
        .where(
            session.c.person_id == event.c.person_id,
            session.c.held_on >= event.c.event_on,
            session.c.held_on <= as_of,
            or_(session.c.held_on > event.c.event_on, same_day),
            _counted(session),
        )
        .order_by(session.c.held_on)
        .limit(ONE)
        .correlate(event)
        .scalar_subquery()
    )
    return case((event.c.code.in_([word(code) for code in UNTIL_SEEN]), first))


def _acct_columns(acct: FromClause) -> tuple[Any, ...]:
    c = acct.c
    return (c.person_id, c.opened_on, c.closed_on, c.post_closure_review_due, c.post_closure_review_held)


def _need_columns(need: FromClause) -> tuple[Any, ...]:
    c = need.c
    return (c.person_id, c.id, c.raised_on, c.text, c.owner, c.due_on, c.closed_on, c.outcome)


def _reviews_of_men() -> FromClause:
    """Every ACCT review of the men here, those in the days asked about of anyone, and reviews that only an ACCT names.

    The first two are searched each by an index of its own; what both find is given once.
    """
    stay, review, dated = _alias("stay", "acct_review", "acct_review", names=("stay", "review", "dated"))
    acct, twin = _alias("acct", "acct_review", names=("acct", "twin"))
    of_the_men_here = (
        select(*_review_columns(review))
        .select_from(stay)
        .join(review, review.c.person_id == stay.c.person_id)
        .where(*_present(stay))
    )
    of_those_days = select(*_review_columns(dated)).where(dated.c.due_on >= since, dated.c.due_on <= until)
    written = (
        select(twin.c.id)
        .where(twin.c.person_id == acct.c.person_id, twin.c.due_on == acct.c.post_closure_review_due)
        .correlate(acct)
        .exists()
    )
    due, held = acct.c.post_closure_review_due, acct.c.post_closure_review_held
    only_in_the_acct = (
        select(acct.c.person_id, due, held, null(), null(), ONE)
        .select_from(stay)
        .join(acct, acct.c.person_id == stay.c.person_id)
        .where(*_present(stay), due.is_not(None), ~written)
    )
    return union(of_the_men_here, of_those_days, only_in_the_acct).subquery("person_review")


def _review_columns(review: FromClause) -> tuple[Any, ...]:
    """The columns of a review, with whether it is the one that follows the end of an ACCT."""
    closing = TABLES["acct"].alias("closing")
    after_closure = (
        select(closing.c.id)
        .where(closing.c.person_id == review.c.person_id, closing.c.post_closure_review_due == review.c.due_on)
        .correlate(review)
        .exists()
    )
    c = review.c
    return (
        c.person_id,
        c.due_on,
        c.held_on,
        c.key_worker_invited.label("invited"),
        c.key_worker_contribution.label("contribution"),
        case((after_closure, ONE), else_=ZERO).label("post_closure"),
    )


def _completed(session: FromClause) -> tuple[ColumnElement[bool], ...]:
    """A key worker session that was held, of whatever length, and stands."""
    return (
        session.c.voided_at.is_(None),
        session.c.type == word("KS"),
        session.c.outcome == word("COMPLETED"),
    )


def _held_between(session: FromClause) -> tuple[ColumnElement[bool], ...]:
    return session.c.held_on >= since, session.c.held_on <= until, *_completed(session)


def _noted(session: FromClause) -> tuple[ColumnElement[bool], ...]:
    return *_completed(session), session.c.note.is_not(None)


def _men_seen() -> FromClause:
    """The men with a completed key worker session from one day to another, found by who held it."""
    worker, session = _alias("key_worker", "session", names=("worker_seeing", "seen_in"))
    return (
        select(session.c.person_id)
        .select_from(worker)
        .outerjoin(session, and_(session.c.key_worker_id == worker.c.id, *_held_between(session)))
        .where(func.coalesce(session.c.person_id, ZERO) > ZERO)
        .distinct()
        .subquery("person_seen")
    )


def _note_columns(session: FromClause, person: FromClause, worker: FromClause) -> tuple[Any, ...]:
    c = session.c
    return (
        c.id,
        c.person_id,
        person.c.prison_number,
        person.c.last_name,
        person.c.first_name,
        c.key_worker_id,
        worker.c.staff_id,
        worker.c.last_name,
        worker.c.first_name,
        c.held_on,
        c.start_minute,
        c.minutes,
        c.mode,
        c.place,
        c.topics,
        c.declined_topics,
        c.note,
        c.note_at,
        c.prisoner_said,
        c.next_session_on,
        c.recorded_at,
        c.recorded_known,
    )


def _absence_on_the_day(stay: FromClause) -> Any:
    absence = TABLES["absence"].alias("away")
    return (
        select(absence.c.id)
        .where(absence.c.person_id == stay.c.person_id, absence.c.from_on <= as_of, _not_ended(absence.c.to_on))
        .order_by(absence.c.from_on.desc())
        .limit(ONE)
        .correlate(stay)
        .scalar_subquery()
    )


def _spell_in_force(worker: Any) -> Any:
    """The status spell that holds on the day: the latest begun, unless it has returned or run out by itself."""
    spell, later = TABLES["worker_status"].alias("begun"), TABLES["worker_status"].alias("later")
    newest = select(func.max(later.c.from_on)).where(later.c.key_worker_id == worker, later.c.from_on <= as_of)
    return (
        select(spell.c.id)
        .where(
            spell.c.key_worker_id == worker,
            spell.c.from_on == newest.correlate(worker.table).scalar_subquery(),
            _not_ended(spell.c.return_on),
            _not_ended(spell.c.until_on),
        )
        .correlate(worker.table)
        .scalar_subquery()
    )


def _unavailable_on(spell: FromClause, worker: Any, day: ColumnElement[Any]) -> ColumnElement[bool]:
    """The officer was not there to do key work on that day."""
    later = TABLES["worker_status"].alias("newer")
    newest = select(func.max(later.c.from_on)).where(later.c.key_worker_id == worker, later.c.from_on <= day)
    return and_(
        spell.c.key_worker_id == worker,
        spell.c.status != word("ACTIVE"),
        spell.c.from_on == newest.correlate(worker.table).scalar_subquery(),
        or_(spell.c.return_on.is_(None), spell.c.return_on > day),
        or_(spell.c.until_on.is_(None), spell.c.until_on > day),
    )


def _slots(slot: FromClause, worker: FromClause, spell: FromClause) -> Select[Any]:
    """Slots with their officer, and his status on the day when he was not there."""
    return (
        select(
            slot.c.id,
            slot.c.key_worker_id,
            worker.c.staff_id,
            worker.c.last_name,
            worker.c.first_name,
            worker.c.wing,
            slot.c.slot_on,
            slot.c.start_minute,
            slot.c.end_minute,
            slot.c.status,
            slot.c.reason,
            slot.c.published_on,
            spell.c.status,
        )
        .select_from(slot)
        .join(worker, worker.c.id == slot.c.key_worker_id)
        .outerjoin(spell, _unavailable_on(spell, slot.c.key_worker_id, slot.c.slot_on))
    )


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, ONE), else_=ZERO)), ZERO)


def _stamps(name: str, day: str) -> Select[Any]:
    table = TABLES[name]
    c = table.c
    return select(
        word(name).label("table_name"),
        c.id,
        c[day].label("day"),
        *(c.recorded_at, c.recorded_by, c.recorded_known, c.changed_at, c.changed_by),
    ).where(c.person_id == person_id)


def _sessions(session: FromClause, worker: FromClause) -> Select[Any]:
    """The columns of a session with whoever held it, the latest first."""
    return (
        select(
            session.c.id,
            session.c.key_worker_id,
            worker.c.staff_id,
            worker.c.last_name,
            worker.c.first_name,
            session.c.held_on,
            session.c.start_minute,
            session.c.type,
            session.c.minutes,
            session.c.outcome,
            session.c.mode,
            session.c.place,
            session.c.topics,
            session.c.declined_topics,
            session.c.note,
            session.c.note_at,
            session.c.prisoner_said,
            session.c.next_session_on,
            session.c.recorded_at,
            session.c.recorded_by,
            session.c.recorded_known,
        )
        .join(worker, worker.c.id == session.c.key_worker_id)
        .order_by(session.c.held_on.desc(), session.c.start_minute.desc().nulls_last(), session.c.id.desc())
    )


def _latest_stay(person: FromClause) -> Any:
    stay = TABLES["stay"].alias("latest")
    return (
        select(stay.c.id)
        .where(stay.c.person_id == person.c.id)
        .order_by(stay.c.arrived_on.desc())
        .limit(ONE)
        .correlate(person)
        .scalar_subquery()
    )


def _people() -> Select[Any]:
    """Everyone who has a number: one whose numbers were found to be another man's is that man now."""
    person, stay = _table("person"), _table("stay")
    has_number = TABLES["person_number"].alias("has_number")
    return (
        select(
            person.c.id,
            person.c.prison_number,
            person.c.last_name,
            person.c.first_name,
            person.c.date_of_birth,
            stay.c.arrived_on,
            stay.c.left_on,
            stay.c.departure_reason,
            stay.c.location,
        )
        .select_from(person)
        .outerjoin(stay, stay.c.id == _latest_stay(person))
        .where(select(has_number.c.id).where(has_number.c.person_id == person.c.id).exists())
        .order_by(person.c.last_name, person.c.first_name, person.c.prison_number)
    )


def _workers() -> Select[Any]:
    worker = _table("key_worker")
    return select(
        worker.c.id,
        worker.c.staff_id,
        worker.c.last_name,
        worker.c.first_name,
        worker.c.login,
        worker.c.wing,
        worker.c.capacity,
    ).order_by(worker.c.last_name, worker.c.first_name, worker.c.staff_id)


def _begins_a_word(column: ColumnElement[str]) -> ColumnElement[bool]:
    """`words` (casefolded, `%` and `_` escaped) begins a word of the search name, which itself begins with a space."""
    return column.like(literal_column("'% '").concat(words).concat(literal_column("'%'")), escape="\\")
