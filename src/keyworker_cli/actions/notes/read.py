"""Keeping what a manager found in a note, and taking it back: one transaction each (help: note-quality)."""

from datetime import date
from typing import TYPE_CHECKING

from keyworker_cli.errors import NotFoundError
from keyworker_cli.reports.outcome import Outcome, changed, recorded, says_the_same
from keyworker_cli.rules.dates.months import Month
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.facts.people import Person, Worker
from keyworker_cli.rules.facts.sessions import NoteRead, SessionHeld
from keyworker_cli.rules.notes.reading import Reading, check_reading, note_to_read
from keyworker_cli.rules.notes.sample import pick_sample
from keyworker_cli.rules.say import say_prisoner

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.reads.queries import Queries
    from keyworker_cli.store.store import Store


def record_reading(
    store: "Store",
    author: "Author",
    prisoner: Person,
    reading: Reading,
    *,
    on: date | None,
    by: Worker | None,
) -> Outcome:
    """Record what somebody found in the note of a session; reading it again corrects what the same reader found.

    The same again changes nothing. Raises as `note_to_read` and `check_reading`.
    """
    with store.transaction(author) as change:
        session = note_to_read(prisoner, change.queries.sessions_of(prisoner.person_id), on=on, by=by)
        check_reading(session, reading, today=author.today)
        there = _reading_of(change.queries, prisoner, session, reading.read_by)
        values = {"read_on": reading.read_on, "found": reading.found, "action": reading.action, "voided_at": None}
        if there is not None and says_the_same(there, values):
            return Outcome(answer=(f"{say_prisoner(prisoner)}: already recorded, read on {say_date(there.read_on)}.",))
        if there is None:
            change.record_reading(session.session_id, prisoner.prison_number, {"read_by": reading.read_by, **values})
        else:
            change.correct_reading(there.reading_id, prisoner.prison_number, values)
        sampled = _is_sampled(change.queries, session)
    done = recorded(
        there,
        "note reading",
        prisoner.prison_number,
        ": {read_by} read the note of {held_on} on {name} ({key}), by {officer}: {found}",
        name=prisoner.name,
        held_on=session.held_on,
        officer=session.by,
        read_on=reading.read_on,
        read_by=reading.read_by,
        found=reading.found,
        action=reading.action,
    )
    apart = () if sampled else (f"this note is not in the sample of {Month.of(session.held_on)}.",)
    return Outcome(
        (done,), answer=(f"Action: {reading.action}",) if reading.action else (), warnings=apart, saved=author.saves
    )


def take_reading_back(
    store: "Store", author: "Author", prisoner: Person, *, on: date | None, by: Worker | None, read_by: str
) -> Outcome:
    """Take back what this reader recorded of a note: it is kept, and the note counts as not read by them.

    Raises `NotFoundError` where they recorded nothing, and as `note_to_read`.
    """
    with store.transaction(author) as change:
        session = note_to_read(prisoner, change.queries.sessions_of(prisoner.person_id), on=on, by=by)
        there = _reading_of(change.queries, prisoner, session, read_by)
        if there is None or there.voided_at is not None:
            raise NotFoundError(
                f"{read_by} has recorded nothing of the note of {say_date(session.held_on)}.",
                "--on DATE is the day of the session; --user NAME says who you are.",
            )
        change.correct_reading(there.reading_id, prisoner.prison_number, {"voided_at": author.at})
    done = changed(
        "take back",
        "note reading",
        prisoner.prison_number,
        "{name} ({key}): {taken back}, what {read_by} found in the note of {held_on}.",
        name=prisoner.name,
        held_on=session.held_on,
        read_by=read_by,
    )
    return Outcome((done,), saved=author.saves)


def _reading_of(queries: "Queries", prisoner: Person, session: SessionHeld, read_by: str) -> NoteRead | None:
    readings = queries.readings_of(prisoner.person_id)
    return next((one for one in readings if (one.session_id, one.read_by) == (session.session_id, read_by)), None)


def _is_sampled(queries: "Queries", session: SessionHeld) -> bool:
    month = Month.of(session.held_on)
    sample = pick_sample(queries.notes_to_draw(month.first_day, month.last_day), month)
    return session.session_id in {one.session_id for one in sample}
