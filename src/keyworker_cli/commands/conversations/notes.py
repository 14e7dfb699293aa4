"""What a manager found in a note, in words: from the command line, else asked beside the note."""

from datetime import date
from typing import Final

from keyworker_cli.commands.conversations.asking import ask_until
from keyworker_cli.commands.conversations.note_source import read_note
from keyworker_cli.context import Kw
from keyworker_cli.errors import UsageError
from keyworker_cli.rules.facts.people import Person, Worker
from keyworker_cli.rules.notes.reading import note_to_read
from keyworker_cli.rules.sessions.case_note import say_held
from keyworker_cli.rules.typed import read_text

IN_WORDS: Final = "say it in words: --found TEXT, @FILE or - for what is piped in."


def take_finding(kw: Kw, typed: str | None, person: Person, *, on: date | None, by: Worker | None) -> str:
    """Return what was found: as it was typed or piped in, else, on a terminal, the answer beside the note.

    Raises `UsageError` where nobody says it, and as `note_to_read`.
    """
    session = note_to_read(person, kw.store.queries.sessions_of(person.person_id), on=on, by=by)
    words = read_note(kw, typed, edit=False, what="what you found", hint=IN_WORDS)
    if words is None and kw.ask is not None:
        kw.say(f"{say_held(session)}, {session.by}:", session.note or "")
        words = ask_until(kw, kw.ask, "What did you find, in words? ", lambda text: read_text(text, "what was found"))
    if words is None:
        raise UsageError("what was found in the note is not said.", IN_WORDS)
    return words
