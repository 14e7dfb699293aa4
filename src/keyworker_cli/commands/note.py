"""`kw note`: add the note that was due, or show it for pasting."""

from keyworker_cli.actions.sessions.record import add_note, as_recorded, session_to_note
from keyworker_cli.command_line.options import KEY_WORK, Prisoner, family, write
from keyworker_cli.commands.conversations.asking import choose_prisoner, write_note
from keyworker_cli.commands.conversations.note_source import keeping_note, read_note
from keyworker_cli.commands.conversations.session_options import Edit, HeldBy, HeldOn, Note
from keyworker_cli.context import Kw
from keyworker_cli.reports.outcome import Outcome
from keyworker_cli.reports.sessions.recorded import note_outcome, note_shown
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.sessions import SessionHeld

app = family()


@app.command(rich_help_panel=KEY_WORK)
@write
def note(
    kw: Kw,
    prisoner: Prisoner,
    on: HeldOn = None,
    by: HeldBy = None,
    note: Note = None,
    edit: Edit = False,
) -> None:
    """Add the note that is due, or show it for pasting.

    It goes to the prisoner's latest session without one. A note that is there is not written over.

    Example: kw note R1011TL

    Example: kw note V1014WP --note @note.txt
    """
    person, words = choose_prisoner(kw, prisoner), read_note(kw, note, edit=edit)
    sessions, by_whom = kw.store.queries.sessions_of(person.person_id), kw.worker(by) if by else None
    adding = edit or words is not None
    session = session_to_note(person, sessions, on=kw.day_or_none(on), by=by_whom, adding=adding)
    words = words or write_note(kw, session, edit=edit)
    kw.tell_outcome(_shown(kw, person, session) if words is None else _added(kw, person, session, words))


def _shown(kw: Kw, person: Person, session: SessionHeld) -> Outcome:
    return note_shown(as_recorded(kw.store.queries, person, session.session_id), now=kw.now)


def _added(kw: Kw, person: Person, session: SessionHeld, words: str) -> Outcome:
    with keeping_note(kw, words):
        done = add_note(kw.store, kw.author, person, session, words)
    return note_outcome(done, now=kw.now, saved=kw.author.saves)
