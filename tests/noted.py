"""A session with its note, as the checks of notes see one."""

from datetime import UTC, date, datetime
from typing import Any

from keyworker_cli.reports.notes.likeness import most_alike
from keyworker_cli.reports.notes.word_lists import load_word_lists
from keyworker_cli.rules.facts.sessions import Noted
from keyworker_cli.rules.notes.checks import Beside, NoteChecked, Record, check_notes
from keyworker_cli.rules.notes.others_named import names_of
from keyworker_cli.rules.notes.repeats import find_repeats
from keyworker_cli.rules.settings import Settings

NOW = datetime(2026, 5, 12, 12, 0, tzinfo=UTC)

THIN = "Spoke on landing, no issues."
FULL = (
    "Met in private in the wing office. We talked about his family: his mother visited on Saturday and his son starts "
    "school in September. He has fallen behind with his studying since the cell move and said that the evenings are "
    "the only quiet time he has. I will ask the tutor for in-cell work by Thu 14 May."
)


def noted(session_id: int = 1, **values: Any) -> Noted:
    """A session of Mr A with Officer Shah, held on Mon 11 May 2026 at 14:00 and recorded at once, without a note."""
    row: dict[str, Any] = {
        "session_id": session_id,
        "person_id": 1,
        "prison_number": "A1234BC",
        "last_name": "Adeyemi",
        "first_name": "Mark",
        "key_worker_id": 1,
        "staff_id": "SHAH",
        "worker_last_name": "Shah",
        "worker_first_name": "Nadia",
        "held_on": date(2026, 5, 11),
        "start_minute": 14 * 60,
        "minutes": 45,
        "mode": "IN_PERSON",
        "place": "wing office",
        "topics": None,
        "declined_topics": None,
        "note": None,
        "note_at": None,
        "prisoner_said": None,
        "next_session_on": None,
        "recorded_at": datetime(2026, 5, 11, 15, 0, tzinfo=UTC),
        "recorded_known": True,
    }
    return Noted(**row | values)


def full(session_id: int = 1, **values: Any) -> Noted:
    """The same with all that a note should have."""
    whole = {
        "note": FULL,
        "topics": "FAMILY;EDUCATION",
        "prisoner_said": "The evenings are all I have",
        "next_session_on": date(2026, 5, 18),
    }
    return noted(session_id, **whole | values)


def checked(
    session: Noted,
    *,
    before: tuple[Noted, ...] = (),
    record: Record | None = None,
    prisoners: tuple[tuple[str, str], ...] = (),
    staff: tuple[str, ...] = (),
    settings: Settings | None = None,
    now: datetime = NOW,
) -> NoteChecked:
    """Check one note beside those before it, what is recorded of the prisoner, and the prisoners' and the staff's
    names.
    """
    repeats = find_repeats([*before, session], {session.session_id}, most_alike)
    beside = Beside(record or Record(), repeats, names_of(prisoners, staff), load_word_lists(), settings or Settings())
    (only,) = check_notes([session], beside, now=now)
    return only


def marks(one: NoteChecked) -> dict[str, str]:
    """What came of each check, by its code."""
    return {check.code: check.mark.value for check in one.checks}


def because(one: NoteChecked, code: str) -> str:
    """What shows it."""
    return next(check.because for check in one.checks if check.code == code)
