"""Whether a prisoner is here on a day: in a stay, and not away overnight (help: movements)."""

from collections.abc import Iterable
from datetime import date, datetime

from keyworker_cli.errors import RefusedError
from keyworker_cli.rules.codes.records import AbsenceReason, DepartureReason
from keyworker_cli.rules.codes.words import AWAY_WORDS, LEFT
from keyworker_cli.rules.dates.london import london_date
from keyworker_cli.rules.dates.say import say_date, say_day_near
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.stays import Away, Stay
from keyworker_cli.rules.say import say_prisoner


def check_stay(held_on: date, stays: Iterable[Stay], *, who: str) -> Stay:
    """Return the stay that a session lies in; the days of arrival and departure are in it (help: movements).

    Raises `RefusedError` for a day on which he was not here, saying when he came or left.
    """
    known = sorted(stays, key=lambda stay: stay.arrived_on)
    if stay := stay_on(held_on, known):
        return stay
    before = [stay for stay in known if stay.arrived_on <= held_on]
    if before:
        left = LEFT[DepartureReason(before[-1].departure_reason or DepartureReason.RELEASE)]
        reason = f"{who} {left} on {say_date(before[-1].left_on or held_on)}"
    elif known:
        reason = f"{who} arrived on {say_date(known[0].arrived_on)}"
    else:
        reason = f"{who} has no stay in this prison in kw"
    raise RefusedError(
        f"he was not here on {say_date(held_on)}: {reason}.",
        "check the day, --on, and whether it is the right prisoner.",
    )


def stay_on(day: date, stays: Iterable[Stay]) -> Stay | None:
    """Return the stay that a day lies in, the latest where he left and came back on that day."""
    there = [stay for stay in stays if stay.arrived_on <= day and (stay.left_on is None or day <= stay.left_on)]
    return max(there, key=lambda stay: stay.arrived_on, default=None)


def check_presence(held_on: date, absences: Iterable[Away], *, who: str) -> None:
    """Refuse a session while he is away; on the day he leaves and the day he is back he may be seen.

    help: movements.
    """
    for away in absences:
        if away.from_on < held_on and (away.to_on is None or held_on < away.to_on):
            until = f"to {say_day_near(away.to_on, held_on)}" if away.to_on else "and not recorded as back"
            where = AWAY_WORDS[AbsenceReason(away.reason)]
            raise RefusedError(
                f"{who} was away on {say_date(held_on)}: {where} from {say_day_near(away.from_on, held_on)} {until}.",
                "check the day; if he is back: kw prisoner away.",
            )


def record_locked(man: Person, died_on: date, hint: str) -> RefusedError:
    """Return the refusal to change the record of a prisoner who has died: kept, readable, never edited."""
    return RefusedError(f"{say_prisoner(man)} died on {say_date(died_on)}; his record is locked.", hint)


def check_stay_open(man: Person, stay: Stay) -> None:
    """Refuse to change what is recorded in the stay in which a prisoner died; `RefusedError`.

    An addition is no change.
    """
    if recorded_after_death(stay) and stay.left_on is not None:
        raise record_locked(man, stay.left_on, "nothing in it is changed; what was not recorded may be added.")


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
