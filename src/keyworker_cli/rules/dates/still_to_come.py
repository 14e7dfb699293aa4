"""A day still to come, where only what has happened is recorded (help: dates)."""

from datetime import date

from keyworker_cli.errors import RefusedError
from keyworker_cli.rules.dates.say import say_date


def refuse_still_to_come(on: date, *, today: date, hint: str) -> None:
    """Raise `RefusedError` for a day after today; `hint` says what the day is, or what to do."""
    if on > today:
        raise RefusedError(f"{say_date(on)} is still to come.", hint)
