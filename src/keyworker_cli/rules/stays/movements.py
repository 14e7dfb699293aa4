"""Whether a prisoner may be recorded as moving, leaving or being away, and what it does to his stay.

help: movements.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from keyworker_cli.errors import RefusedError, UsageError
from keyworker_cli.rules.codes.records import AbsenceReason, DepartureReason
from keyworker_cli.rules.codes.words import AWAY_WORDS, LEFT
from keyworker_cli.rules.dates.parse import check_shown
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.dates.still_to_come import refuse_still_to_come
from keyworker_cli.rules.facts.officers import Allocation
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.sessions import SessionHeld
from keyworker_cli.rules.facts.stays import Away, Moved, Stay, VoidStay
from keyworker_cli.rules.say import say_count, say_prisoner
from keyworker_cli.rules.stays.record_lock import check_not_locked
from keyworker_cli.rules.stays.settling import end_reason, is_segregation
from keyworker_cli.rules.typed import read_code, read_word

# --- who is meant, and is he here ---


def stay_here(prisoner: Person, stays: Sequence[Stay], *, today: date) -> Stay:
    """Return the stay of a prisoner who is here; `stays` are his, the latest first.

    Raises `RefusedError` for one who has died, has left or was never here.
    """
    check_not_locked(prisoner)
    if not stays:
        raise RefusedError(
            f"{say_prisoner(prisoner)} has no stay in this prison.", "kw prisoner add records his arrival."
        )
    stay = stays[0]
    if stay.left_on is not None and stay.left_on <= today:
        raise RefusedError(
            f"{say_prisoner(prisoner)} is not here: he {say_departure(stay)} on {say_date(stay.left_on)}.",
            f"when he has come back: kw prisoner return {prisoner.prison_number}",
        )
    return stay


def check_day_of_stay(on: date, prisoner: Person, stay: Stay, *, today: date, option: str) -> None:
    """Refuse a day still to come, and one before the stay began; `option` is where it was typed."""
    refuse_still_to_come(on, today=today, hint="record it on the day, or after it.")
    if on < stay.arrived_on:
        raise RefusedError(
            f"{say_prisoner(prisoner)} arrived on {say_date(stay.arrived_on)}, after {say_date(on)}.",
            f"check {option}.",
        )


def say_departure(stay: Stay) -> str:
    """Say how a stay ended, as it follows `he`: `was released`; `left` where that is not known."""
    return LEFT[DepartureReason(stay.departure_reason)] if stay.departure_reason else "left"


# --- places ---


def place_on(day: date, stay: Stay, moves: Iterable[Moved], *, at_minute: int | None = None) -> str | None:
    """Return where he was at the end of a day of his stay, or at a minute of it; `moves` are his, the latest first."""
    for move in moves:
        if move.moved_on == day and at_minute is not None and at_minute < (move.at_minute or 0):
            continue  # he went there later that day
        if stay.arrived_on <= move.moved_on <= day:
            return move.location
    return stay.location


def check_move(location: str, on: date, at_minute: int | None, prisoner: Person, moves: Iterable[Moved]) -> None:
    """Refuse a second move to the same place at the same time: they could not be told apart; raises `RefusedError`.

    Raises `UsageError` for a time that the clocks skipped.
    """
    check_shown(on, at_minute)
    if any((move.moved_on, move.at_minute, move.location) == (on, at_minute, location) for move in moves):
        raise RefusedError(
            f"{say_prisoner(prisoner)} moved to {location} on {say_date(on)} already, and on from there.",
            "say when he moved there again: --time 15:00",
        )


def next_move(day: date, moves: Iterable[Moved]) -> Moved | None:
    """Return the first move after a day that took him to a place other than segregation."""
    later = [move for move in moves if move.moved_on > day and not is_segregation(move.location)]
    return later[-1] if later else None


# --- leaving ---


def stay_to_end(prisoner: Person, stays: Sequence[Stay], *, today: date) -> Stay:
    """Return the stay that a departure ends: the present one, or the last one where no reason is recorded.

    Raises `RefusedError` as `stay_here`.
    """
    check_not_locked(prisoner)
    if stays and stays[0].left_on is not None and stays[0].departure_reason is None:
        return stays[0]
    return stay_here(prisoner, stays, today=today)


def check_departure(on: date, prisoner: Person, sessions: Iterable[SessionHeld]) -> None:
    """Refuse a departure before a session of his, naming it; raises `RefusedError`."""
    for session in sessions:
        if session.held_on > on:
            raise RefusedError(
                f"{session.by} has a session with {prisoner.name} on {say_date(session.held_on)}; "
                f"he cannot have left on {say_date(on)}.",
                "check --on, and whether that session was with another prisoner.",
            )


JOINED: Final = "the departure before it was taken back"
"""Why a stay is void that another goes on through."""


def departed_before(stays: Sequence[Stay]) -> Stay | None:
    """Return the stay that ended before the one he is in, which the departure to take back may be of."""
    return stays[1] if len(stays) > 1 and stays[0].left_on is None else None


def joined_since(on: date, stay: Stay, void: Iterable[VoidStay]) -> VoidStay | None:
    """Return the stay that was made one with this, of those that began on a day or later, the first."""
    joined = [one for one in void if (one.voided_why or "").startswith(JOINED) and stay.arrived_on < one.arrived_on]
    return min((one for one in joined if one.arrived_on >= on), key=lambda one: one.arrived_on, default=None)


def check_never_came(prisoner: Person, stay: Stay | None, sessions: Iterable[SessionHeld]) -> Stay:
    """Return the stay whose arrival is to be taken back; raises `RefusedError` where he was seen in it."""
    check_not_locked(prisoner)
    if stay is None:
        raise RefusedError(f"{say_prisoner(prisoner)} has no stay in this prison.", "there is no arrival to take back.")
    for session in sessions:
        if session.held_on >= stay.arrived_on and (stay.left_on is None or session.held_on <= stay.left_on):
            raise RefusedError(
                f"{session.by} has a session with {prisoner.name} on {say_date(session.held_on)}: he was here.",
                f"if it was with another prisoner: kw amend-session {prisoner.prison_number} --on {session.held_on} "
                "--void",
            )
    return stay


def departed_stay(prisoner: Person, stays: Sequence[Stay], *, today: date) -> Stay:
    """Return the stay whose end is to be taken back; raises `RefusedError` for a prisoner who is here."""
    if not stays or stays[0].left_on is None or stays[0].left_on > today:
        raise RefusedError(
            f"{say_prisoner(prisoner)} has not left: there is no departure to take back.",
            f"kw why {prisoner.prison_number} shows him.",
        )
    return stays[0]


def ended_with(stay: Stay, allocations: Iterable[Allocation]) -> list[Allocation]:
    """Return the allocations that ended with a stay: for its reason, on its last day or at once if they began later."""
    left_on = stay.left_on
    if left_on is None:
        return []
    reason = end_reason(stay.departure_reason)
    return [
        held for held in allocations if held.end_reason == reason and held.ended_on == max(left_on, held.allocated_on)
    ]


# --- coming back ---


def check_return(prisoner: Person, stays: Sequence[Stay]) -> None:
    """Refuse a return to a prison he never left; raises `RefusedError`."""
    check_not_locked(prisoner)
    if stays and stays[0].left_on is None:
        raise RefusedError(
            f"{say_prisoner(prisoner)} never left: he has been here since {say_date(stays[0].arrived_on)}.",
            f"a prisoner back from court or hospital: kw prisoner away {prisoner.prison_number} --back",
        )


# --- nights away ---


def check_absence(
    prisoner: Person,
    nights: Away,
    *,
    sessions: Iterable[SessionHeld],
) -> None:
    """Refuse nights away that are none, or on which he was seen; raises `RefusedError`.

    Those that overlap others are taken: the later ends the earlier, as when he goes from court to hospital.
    """
    if nights.to_on is not None and nights.to_on <= nights.from_on:
        raise RefusedError(
            f"back on {say_date(nights.to_on)}, out from {say_date(nights.from_on)}: that is no night away.",
            "court and back the same day is not recorded: his key worker and his gap stay as they are.",
        )
    for session in sessions:
        if nights.from_on < session.held_on and (nights.to_on is None or session.held_on < nights.to_on):
            raise RefusedError(
                f"{session.by} has a session with {prisoner.name} on {say_date(session.held_on)}: "
                "he was not away then.",
                "check --from and --to, and whether that session was with another prisoner.",
            )


def read_departure(text: str) -> DepartureReason:
    """Return why somebody left. Raises `UsageError` as `read_word`, and for nights out, which end no stay."""
    try:
        return read_code(text, DepartureReason, "departure reason")
    except UsageError as error:
        try:
            out = read_absence(text)
        except UsageError:
            raise error from None
        raise UsageError(
            error.message, f"nights out end no stay: kw prisoner away PRISONER --reason {out.value}."
        ) from None


def read_absence(text: str) -> AbsenceReason:
    """Return the reason that a word means, in any case and by its beginning; also what the wing calls it: `ROTL`."""
    words = {code.value: code for code in AbsenceReason} | {
        "UAL": AbsenceReason.UNLAWFULLY_AT_LARGE,
        "ROTL": AbsenceReason.TEMPORARY_ABSENCE,
        "BEDWATCH": AbsenceReason.HOSPITAL,
    }
    return read_word(text, words, "absence reason", named=[code.value for code in AbsenceReason])


def absence_on(day: date, prisoner: Person, absences: Sequence[Away]) -> Away:
    """Return the nights away that a day lies in, the day he was expected back among them.

    Raises `RefusedError` for a prisoner who is not away.
    """
    for nights in reversed(absences):
        if nights.from_on <= day and (nights.to_on is None or day <= nights.to_on):
            return nights
    raise RefusedError(
        f"{say_prisoner(prisoner)} is not away on {say_date(day)}.",
        f"kw why {prisoner.prison_number} shows where he is.",
    )


def say_nights(nights: Away) -> str:
    """Say when and where he is away: `in hospital from Sun 3 May 2026, back Tue 12 May 2026`."""
    back = f"back {say_date(nights.to_on)}" if nights.to_on else "not back yet"
    return f"{AWAY_WORDS[AbsenceReason(nights.reason)]} from {say_date(nights.from_on)}, {back}"


def count_nights(nights: Away) -> str:
    """Count the nights of an absence that has an end: `9 nights`."""
    number = ((nights.to_on or nights.from_on) - nights.from_on).days
    return say_count(number, "night")


# --- scope ---


def check_exclusion(prisoner: Person, stay: Stay, *, reason: str) -> None:
    """Refuse to take a prisoner out of the scheme twice, or without saying why."""
    if not reason.strip():
        raise UsageError(
            "the reason is empty.", 'the policy is for every prisoner: say why not this one, --reason "TEXT".'
        )
    if stay.out_of_scope_from is not None:
        why = stay.out_of_scope_reason or "no reason recorded"
        raise RefusedError(
            f"{say_prisoner(prisoner)} is out of scope already, from {say_date(stay.out_of_scope_from)} ({why}).",
            f"to bring him back: kw prisoner exclude {prisoner.prison_number} --end",
        )


def check_excluded(prisoner: Person, stay: Stay) -> None:
    """Refuse to bring a prisoner back into the scheme who is in it."""
    if stay.out_of_scope_from is None:
        raise RefusedError(f"{say_prisoner(prisoner)} is in scope.", f"kw why {prisoner.prison_number} shows him.")
