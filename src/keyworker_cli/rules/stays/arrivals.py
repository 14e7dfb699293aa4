"""Whether a prisoner may be recorded as arriving, and what is due in his first days (help: early-days, movements)."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from keyworker_cli.errors import RefusedError
from keyworker_cli.rules.codes.records import DepartureReason
from keyworker_cli.rules.dates.london import age_on
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.dates.still_to_come import refuse_still_to_come
from keyworker_cli.rules.facts.names import full_name
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.stays import Stay
from keyworker_cli.rules.say import say_prisoner
from keyworker_cli.rules.stays.record_lock import record_locked

YOUNGEST: Final = 15  # the male closed estate holds no one younger; a lower age is a date mistyped
OLDEST: Final = 110


def check_days(arrived_on: date, born_on: date | None, *, today: date) -> None:
    """Refuse an arrival still to come, and an age that no prisoner here has; raises `RefusedError`."""
    hint = "record a prisoner's arrival on the day of it, or after."
    refuse_still_to_come(arrived_on, today=today, hint=hint)
    if born_on is not None and not YOUNGEST <= age_on(born_on, arrived_on) <= OLDEST:
        age = age_on(born_on, arrived_on)
        raise RefusedError(
            f"born on {say_date(born_on)} he would be {age} on {say_date(arrived_on)}."
            if age >= 0
            else f"he cannot be born on {say_date(born_on)} and arrive on {say_date(arrived_on)}.",
            "check the year of --born.",
        )


def check_same_prisoner(known: Person, *, last_name: str, first_name: str, born_on: date | None) -> None:
    """Refuse a prison number of another prisoner; raises `RefusedError` with his name."""
    typed, recorded = full_name(first_name, last_name), known.name
    if typed.casefold() != recorded.casefold():
        raise RefusedError(
            f"{known.prison_number} is {recorded} in kw, not {typed}.",
            f"check the number; for the same prisoner type the name kw knows: "
            f'--first-name "{known.first_name}" --last-name "{known.last_name}".',
        )
    if born_on and known.date_of_birth and born_on != known.date_of_birth:
        raise RefusedError(
            f"{known.prison_number} {recorded} was born on {say_date(known.date_of_birth)}, "
            f"not on {say_date(born_on)}.",
            "check the number and the date; leave --born out to keep what is recorded.",
        )


def check_arrival(known: Person, stays: Iterable[Stay], *, arrived_on: date) -> None:
    """Refuse the arrival of a prisoner who is here, was here on or after that day, or has died.

    Raises `RefusedError`.
    """
    who = say_prisoner(known)
    hint = f"kw why {known.prison_number} shows him."
    for stay in stays:
        if stay.departure_reason == DepartureReason.DIED and stay.left_on:
            raise record_locked(known, stay.left_on, hint)
        if stay.left_on is None:
            raise RefusedError(f"{who} is already here, since {say_date(stay.arrived_on)}.", hint)
        if stay.left_on > arrived_on or stay.arrived_on >= arrived_on:
            in_a_day = stay.arrived_on == stay.left_on == arrived_on
            raise RefusedError(
                f"{who} was here from {say_date(stay.arrived_on)} to {say_date(stay.left_on)}; "
                f"he cannot arrive on {say_date(arrived_on)}.",
                f"back on the day he came: kw prisoner leave {known.prison_number} --undo --why TEXT"
                if in_a_day
                else "stays of one prisoner do not overlap; check the day of arrival.",
            )
