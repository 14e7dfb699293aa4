"""A death locks a prisoner's record: what it says is kept and never edited (help: movements).

What was not recorded may be added, and is marked as late.
"""

from datetime import date, datetime

from keyworker_cli.errors import RefusedError
from keyworker_cli.rules.codes.records import DepartureReason
from keyworker_cli.rules.dates.london import london_date
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.stays import Stay
from keyworker_cli.rules.say import say_prisoner


def record_locked(prisoner: Person, died_on: date, hint: str) -> RefusedError:
    """Return the refusal to change the record of a prisoner who has died: kept, readable, never edited."""
    return RefusedError(f"{say_prisoner(prisoner)} died on {say_date(died_on)}; his record is locked.", hint)


def check_not_locked(prisoner: Person) -> None:
    """Refuse to change the record of a prisoner who has died: kept, readable, never edited; raises `RefusedError`."""
    if prisoner.departure_reason == DepartureReason.DIED and prisoner.left_on:
        hint = (
            f"if that was recorded for the wrong prisoner: kw prisoner leave {prisoner.prison_number} --undo --why TEXT"
        )
        raise record_locked(prisoner, prisoner.left_on, hint)


def check_stay_open(prisoner: Person, stay: Stay) -> None:
    """Refuse to change what is recorded in the stay in which a prisoner died; `RefusedError`.

    An addition is no change.
    """
    if recorded_after_death(stay) and stay.left_on is not None:
        raise record_locked(prisoner, stay.left_on, "nothing in it is changed; what was not recorded may be added.")


def recorded_after_death(stay: Stay, *, recorded_at: datetime | None = None) -> bool:
    """Return whether a session is a late entry to the record of a prisoner who has died (help: movements).

    Without `recorded_at` it is about to be recorded. One of the very day he died is taken as recorded before.
    """
    if stay.departure_reason != DepartureReason.DIED or stay.left_on is None:
        return False
    return recorded_at is None or london_date(recorded_at) > stay.left_on


def said_late(stay: Stay) -> str:
    """Return what is said of an addition to the record of a prisoner who has died; nothing of any other."""
    return " {Recorded} after death." if recorded_after_death(stay) else ""
