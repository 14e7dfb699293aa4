"""Correcting a session that is in the record: what it said before stays readable, with who changed it and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from keyworker_cli.actions.sessions.record import as_recorded
from keyworker_cli.errors import NotFoundError
from keyworker_cli.lookup import as_it_stands
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.sessions import SessionHeld
from keyworker_cli.rules.sessions.amending import Correction, check_corrected, check_own, corrected
from keyworker_cli.rules.sessions.case_note import Recorded
from keyworker_cli.rules.stays.record_lock import check_not_locked

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.store import Store


@dataclass(frozen=True, slots=True)
class Corrected:
    """A session before it was corrected, what was changed in it, and as it now stands: `None` once it is taken out."""

    prisoner: Person
    before: SessionHeld
    changes: Mapping[str, Any]
    now: Recorded | None


def amend_session(
    store: "Store",
    author: "Author",
    prisoner: Person,
    session: SessionHeld,
    correction: Correction,
) -> Corrected:
    """Correct a session, or take it out of every count (help: late-recording).

    It is checked inside the transaction that saves it. Raises `RefusedError` for a prisoner who has died, for a session
    that somebody else has amended, and for what a session cannot be; `NotFoundError` for one that was taken out
    meanwhile.
    """
    with store.transaction(author) as change:
        queries = change.queries
        check_not_locked(as_it_stands(queries, prisoner))
        before = next(
            (one for one in queries.sessions_of(prisoner.person_id) if one.session_id == session.session_id), None
        )
        if before is None:
            raise NotFoundError("that session was taken out of the record meanwhile.", "kw timeline shows who did.")
        check_own(before, queries.amendments_of(prisoner.person_id), user=author.user)
        changes = corrected(before, correction, at=author.at)
        if not correction.void:
            others = queries.officer_sessions(before.key_worker_id, on=before.held_on)
            check_corrected(before._replace(**changes), others, now=author.at)
        if changes:
            change.amend_session(before.session_id, prisoner.prison_number, changes, why=correction.why)
        now = None if correction.void else as_recorded(queries, prisoner, before.session_id)
        return Corrected(prisoner, before, changes, now)
