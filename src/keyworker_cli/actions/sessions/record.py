"""Recording a session, and adding the note that was due: checked and saved in one transaction, never twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from keyworker_cli.errors import NotFoundError, RefusedError
from keyworker_cli.rules.codes.records import NeedOutcome, Outcome, SessionType
from keyworker_cli.rules.dates.london import london_date
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.facts.officers import Allocation, holding_on, live_allocation
from keyworker_cli.rules.facts.people import Person, Worker
from keyworker_cli.rules.facts.sessions import SessionHeld
from keyworker_cli.rules.facts.stays import Stay
from keyworker_cli.rules.say import say_prisoner
from keyworker_cli.rules.sessions.case_note import Recorded
from keyworker_cli.rules.sessions.needs import check_raising, check_settling
from keyworker_cli.rules.sessions.recording import (
    Recording,
    check_next,
    check_overlap,
    check_start_told,
    check_time,
    recorded_before,
    with_start_known,
)
from keyworker_cli.rules.sessions.typed import NeedBecame
from keyworker_cli.rules.stays.presence import check_presence, check_stay, stay_on
from keyworker_cli.rules.stays.record_lock import recorded_after_death

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.changes.change import Change
    from keyworker_cli.store.reads.queries import Queries
    from keyworker_cli.store.store import Store


@dataclass(frozen=True, slots=True)
class Checked:
    """A session that may be recorded: in which stay, with which start, and the one it repeats if it does."""

    recording: Recording
    stay: Stay
    repeats: SessionHeld | None


def check_recording(
    queries: "Queries", prisoner: Person, worker: Worker, recording: Recording, *, now: datetime
) -> Checked:
    """Check that a session may be recorded (help: movements), on the state of the record that `queries` sees.

    Raises `RefusedError` for one in the future, outside his stays, while he is away, during another of the same
    officer, or not to be told from another of that day.
    """
    check_time(recording, now=now)
    check_next(recording)
    for need in recording.needs:
        check_raising(need, raised_on=recording.held_on, today=london_date(now))
    stay = check_stay(recording.held_on, queries.stays_of(prisoner.person_id), who=prisoner.name)
    check_presence(recording.held_on, queries.absences_of(prisoner.person_id), who=prisoner.name)
    sessions = queries.sessions_of(prisoner.person_id)
    if repeats := recorded_before(recording, worker.key_worker_id, sessions, now=now):
        return Checked(recording, stay, repeats)
    others = queries.officer_sessions(worker.key_worker_id, on=recording.held_on)
    timed = with_start_known(recording, prisoner.person_id, others)
    check_overlap(timed, others, officer=worker.name)
    check_start_told(timed, worker.key_worker_id, sessions)
    return Checked(timed, stay, None)


def record_session(
    store: "Store",
    author: "Author",
    prisoner: Person,
    worker: Worker,
    recording: Recording,
) -> Recorded:
    """Record a session as held by `worker`, with the needs raised and closed in it; return it as it now stands.

    All of it is one transaction, checked inside it, so nobody can come between. One that was recorded before changes
    nothing. A session by his current key worker acknowledges that allocation; a late entry to the record of a prisoner
    who has died does not, and is marked so in the audit. Raises `RefusedError` as `check_recording`, and
    `NotFoundError` for a need that is no longer there.
    """
    with store.transaction(author) as change:
        if recording.type is SessionType.KS and recording.outcome is Outcome.COMPLETED:
            change.replace_list_date(prisoner.person_id, prisoner.prison_number, held_on=recording.held_on)
        checked = check_recording(change.queries, prisoner, worker, recording, now=author.at)
        if checked.repeats:
            return as_recorded(change.queries, prisoner, checked.repeats.session_id)._replace(already=True)
        timed = checked.recording
        session_id = change.record_session(prisoner.prison_number, _columns(prisoner, worker, timed, author.at))
        _raise_needs(change, prisoner, timed)
        became = _close_needs(change, prisoner, timed, author)
        if not recorded_after_death(checked.stay):
            _acknowledge(change, prisoner, worker, timed.held_on)
        change.note_after_death(checked.stay, "session", prisoner.prison_number, timed.held_on, what="session")
        return as_recorded(change.queries, prisoner, session_id)._replace(
            after_death=recorded_after_death(checked.stay),
            start_unknown=timed.start_minute != recording.start_minute,
            became=became,
        )


def add_note(store: "Store", author: "Author", prisoner: Person, session: SessionHeld, note: str) -> Recorded:
    """Add to a session the note that was due; return it as it now stands.

    Raises `RefusedError` where it has one by now: a note is amended, never written over.
    """
    with store.transaction(author) as change:
        if as_recorded(change.queries, prisoner, session.session_id).session.note is not None:
            raise note_is_there(session)
        change.add_note(session.session_id, prisoner.prison_number, note)
        stay = stay_on(session.held_on, change.queries.stays_of(prisoner.person_id))
        change.note_after_death(stay, "session", prisoner.prison_number, session.held_on, what="note")
        return as_recorded(change.queries, prisoner, session.session_id)._replace(
            after_death=stay is not None and recorded_after_death(stay),
        )


def as_recorded(queries: "Queries", prisoner: Person, session_id: int) -> Recorded:
    """Return a session as it stands in the record. Raises `NotFoundError` for one voided meanwhile."""
    there = {held.session_id: held for held in queries.sessions_of(prisoner.person_id)}
    if session_id not in there:
        raise NotFoundError("that session is no longer in the record: it was voided.", "kw timeline shows what became.")
    session = there[session_id]
    stay = stay_on(session.held_on, queries.stays_of(prisoner.person_id))
    return Recorded(
        prisoner=prisoner,
        session=session,
        key_worker=_current(queries, prisoner, on=session.held_on),
        needs=tuple(need for need in queries.needs_of(prisoner.person_id) if need.raised_on == session.held_on),
        here=stay is not None and stay.left_on is None,
        after_death=stay is not None and recorded_after_death(stay, recorded_at=session.note_at or session.recorded_at),
        lately=tuple(there.values()),
    )


def note_is_there(session: SessionHeld) -> RefusedError:
    """Return the refusal of a second note to a session."""
    return RefusedError(
        f"the session of {say_date(session.held_on)} with {session.by} has its note already.",
        "kw note shows it; a correction is kw amend-session.",
    )


def session_to_note(
    prisoner: Person, sessions: Iterable[SessionHeld], *, on: date | None, by: Worker | None, adding: bool
) -> SessionHeld:
    """Return the session that a note is meant for: the latest, and when one is added the latest without a note.

    `on` and `by` narrow it to a day and to whoever held it. Raises `NotFoundError` where there is none, `RefusedError`
    where a note is to be added and all have theirs.
    """
    meant = [
        session
        for session in sessions
        if on in (None, session.held_on) and (by is None or by.key_worker_id == session.key_worker_id)
    ]
    if not meant:
        narrowed = (f" on {say_date(on)}" if on else "") + (f" with {by.name}" if by else "")
        raise NotFoundError(
            f"no session of {say_prisoner(prisoner)} is recorded{narrowed}.",
            f"kw log-session {prisoner.prison_number} records one.",
        )
    if not adding:
        return meant[0]
    due = [session for session in meant if session.note is None]
    if not due:
        raise note_is_there(meant[0])
    return due[0]


def _current(queries: "Queries", prisoner: Person, *, on: date) -> Allocation | None:
    """Return the allocation that holds on a day, or, where none does, the one that has no end."""
    his = queries.allocations_of(prisoner.person_id)
    return holding_on(on, his) or live_allocation(his)


def _columns(prisoner: Person, worker: Worker, recording: Recording, at: datetime) -> dict[str, Any]:
    """Return a session as its table holds it."""
    return {
        "person_id": prisoner.person_id,
        "key_worker_id": worker.key_worker_id,
        "held_on": recording.held_on,
        "start_minute": recording.start_minute,
        "type": recording.type.value,
        "minutes": recording.minutes,
        "outcome": recording.outcome.value,
        "mode": recording.mode.value,
        "place": recording.place,
        "topics": ";".join(recording.topics) or None,
        "declined_topics": ";".join(recording.declined_topics) or None,
        "note": recording.note,
        "note_at": at if recording.note is not None else None,
        "prisoner_said": recording.prisoner_said,
        "next_session_on": recording.next_session_on,
    }


def _raise_needs(change: "Change", prisoner: Person, recording: Recording) -> None:
    """Record the needs raised in a session; one raised already that day, in the same words, stays as it is."""
    there = {need.text for need in change.queries.needs_of(prisoner.person_id) if need.raised_on == recording.held_on}
    for need in {need.text: need for need in recording.needs if need.text not in there}.values():
        change.raise_need(
            prisoner.person_id,
            prisoner.prison_number,
            raised_on=recording.held_on,
            text=need.text,
            owner=need.owner,
            due_on=need.due_on,
        )


def _close_needs(
    change: "Change", prisoner: Person, recording: Recording, author: "Author"
) -> tuple[tuple[NeedBecame, bool], ...]:
    """Record what became of open needs; return each, and whether somebody else had closed it meanwhile: it stays so."""
    there = {need.need_id: need for need in change.queries.needs_of(prisoner.person_id)} if recording.became else {}
    found = []
    for one in recording.became:
        need = there.get(one.need_id)
        if need is None:
            raise NotFoundError(f"{one.text!r} is no longer in the record.", f"kw need list {prisoner.prison_number}")
        check_settling(need, on=recording.held_on, today=author.today)
        if need.closed_on is None:
            change.close_need(
                one.need_id,
                prisoner.prison_number,
                raised_on=need.raised_on,
                outcome=one.outcome,
                closed_on=None if one.outcome is NeedOutcome.ONGOING else recording.held_on,
            )
        found.append((one, need.closed_on is not None))
    return tuple(found)


def _acknowledge(change: "Change", prisoner: Person, worker: Worker, held_on: date) -> None:
    held = _current(change.queries, prisoner, on=held_on)
    if held is None or held.key_worker_id != worker.key_worker_id or held.acknowledged_on is not None:
        return
    if held.allocated_on <= held_on:
        change.acknowledge(held.allocation_id, prisoner.prison_number, on=held_on)
