"""Whether a prisoner is here on a day: in a stay, and not away overnight (help: movements)."""

from collections.abc import Iterable
from datetime import date

from keyworker_cli.errors import RefusedError
from keyworker_cli.rules.codes.records import AbsenceReason
from keyworker_cli.rules.codes.words import AWAY_WORDS
from keyworker_cli.rules.dates.say import say_date, say_day_near
from keyworker_cli.rules.facts.stays import Away, Stay
from keyworker_cli.rules.stays.movements import say_departure


def check_stay(held_on: date, stays: Iterable[Stay], *, who: str) -> Stay:
    """Return the stay that a session lies in; the days of arrival and departure are in it (help: movements).

    Raises `RefusedError` for a day on which he was not here, saying when he came or left.
    """
    known = sorted(stays, key=lambda stay: stay.arrived_on)
    if stay := stay_on(held_on, known):
        return stay
    before = [stay for stay in known if stay.arrived_on <= held_on]
    if before:
        reason = f"{who} {say_departure(before[-1])} on {say_date(before[-1].left_on or held_on)}"
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
                "check the day; if he is back: kw prisoner away PRISONER --back.",
            )
