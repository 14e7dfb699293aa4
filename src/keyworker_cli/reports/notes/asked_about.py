"""Which sessions a question about case notes covers (help: note-quality)."""

from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.sessions import Noted, NoteDrawn


def is_asked(
    session: Noted | NoteDrawn, request: ReportRequest, contact: Contact | None, prisoner: Person | None
) -> bool:
    """Return whether a session is asked about: by the prisoner, the officer who held it, and the wing."""
    if prisoner is not None and session.person_id != prisoner.person_id:
        return False
    if request.key_worker is not None and session.key_worker_id != request.key_worker.key_worker_id:
        return False
    return not request.wings or (contact is not None and {contact.wing, contact.location} & {*request.wings} != set())
