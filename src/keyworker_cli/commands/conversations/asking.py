"""Asking on a terminal: a question until its answer is understood, and those that several commands ask."""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from keyworker_cli.commands.conversations.note_source import edit_note
from keyworker_cli.context import Kw
from keyworker_cli.errors import BadInputError, NotFoundError, RefusedError, UsageError
from keyworker_cli.rules.facts.officers import live_allocation
from keyworker_cli.rules.facts.people import Person, Worker
from keyworker_cli.rules.facts.sessions import SessionHeld
from keyworker_cli.rules.say import say_worker
from keyworker_cli.rules.sessions.case_note import say_held
from keyworker_cli.rules.typed import read_text

Answer = TypeVar("Answer")

ANSWERABLE: Final = (UsageError, NotFoundError, RefusedError, BadInputError)
"""What a person may put right by answering again; anything else ends the run."""

PRISONER_QUESTION: Final = "Prisoner, number or name: "
HOLDER_QUESTION: Final = "Held by, staff id or name: "
IN_EDITOR: Final = "."
NO: Final = ("n", "no")
YES: Final = ("", "y", "yes")


def choose_prisoner(kw: Kw, typed: str) -> Person:
    """Return the prisoner a number or name means; where several have that name, on a terminal, ask which."""
    return _found(kw, typed, PRISONER_QUESTION, kw.prisoner)


def own_worker(kw: Kw, typed: str | None) -> Worker | None:
    """Return the key worker who is named, else the user's own record, said by name; `None` where neither is there."""
    if typed is not None:
        return _found(kw, typed, HOLDER_QUESTION, kw.worker)
    mine = kw.own_record
    if mine is not None:
        kw.say(f"You: {say_worker(mine)}" if kw.interactive else _held_by(mine, kw.user))
    return mine


def find_holder(kw: Kw, typed: str | None, prisoner: Person) -> Worker:
    """Return who held the session: the key worker named, else the one who logs in as this user, said by name.

    Where neither is known, on a terminal, ask; Enter is the prisoner's own key worker. Else `UsageError`.
    """
    if worker := own_worker(kw, typed):
        return worker
    if kw.ask is None:
        raise UsageError(f"who held it? No key worker has the login {kw.user}.", "--by takes a staff id or a name.")
    held = live_allocation(kw.store.queries.allocations_of(prisoner.person_id))
    theirs = f" [{held.name}]" if held else ""

    def understand(text: str) -> Worker:
        return kw.worker(text or (held.staff_id if held else ""))

    return ask_until(kw, kw.ask, f"{HOLDER_QUESTION.removesuffix(': ')}{theirs}: ", understand)


def _held_by(worker: Worker, user: str) -> str:
    return f"held by {say_worker(worker)}, whose login is {user}"


def write_note(kw: Kw, session: SessionHeld, *, edit: bool) -> str | None:
    """Have the note of a session written that has none: in the editor, or by answering on a terminal.

    `None` leaves it for later, or as it is.
    """
    if edit:
        kw.store.close()
        return edit_note(kw)
    if kw.ask is None or session.note is not None:
        return None
    kw.say(f"The session of {say_held(session)}, with {session.by}, has no note yet.")
    return ask_note(kw, kw.ask)


def ask_note(kw: Kw, ask: Callable[[str], str]) -> str | None:
    """Ask for a note: one line, or a full stop for the editor; `None` leaves it for later."""

    def understand(text: str) -> str | None:
        return edit_note(kw) if text == IN_EDITOR else read_text(text, "the note")

    return ask_until(kw, ask, "Note, one line, or . for the editor [later]: ", understand)


def ask_until(kw: Kw, ask: Callable[[str], str], question: str, understand: Callable[[str], Answer]) -> Answer:
    """Ask until the answer is understood, saying each time what was wrong with it.

    The database is let go of meanwhile, so that others may write while somebody thinks.
    """
    while True:
        kw.store.close()
        answer = ask(question)
        try:
            return understand((read_text(answer, "the answer") or "").strip())
        except ANSWERABLE as error:
            explain(kw, error.message, error.hint, error.details)


def ask_yes(kw: Kw, ask: Callable[[str], str], question: str) -> bool:
    """Ask a question to which Enter is yes."""

    def understand(text: str) -> bool:
        if text.casefold() not in (*YES, *NO):
            raise UsageError("y or n.", "Enter saves it; n leaves everything as it was.")
        return text.casefold() in YES

    return ask_until(kw, ask, question, understand)


def explain(kw: Kw, message: str, hint: str = "", details: Sequence[str] = ()) -> None:
    """Say what is wrong with an answer, and what may be answered."""
    kw.say(f"  {message}", *(f"    {line}" for line in details), *([f"  {hint}"] if hint else []))


def _found(kw: Kw, typed: str, question: str, find: Callable[[str], Answer]) -> Answer:
    try:
        return find(read_text(typed, "the name") or "")
    except UsageError as error:
        if kw.ask is None or not error.details:
            raise
        explain(kw, error.message, error.hint, error.details)
        return ask_until(kw, kw.ask, question, find)
