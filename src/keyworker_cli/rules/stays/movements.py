"""Whether a man may be recorded as moving, leaving, or being away, and what each does to his stay (help: movements)."""

from collections.abc import Iterable, Sequence
from datetime import date

from keyworker_cli.errors import RefusedError, UsageError
from keyworker_cli.rules.codes.records import AbsenceReason, DepartureReason
from keyworker_cli.rules.codes.words import AWAY_WORDS, LEFT
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.facts.officers import Allocation
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.sessions import SessionHeld
from keyworker_cli.rules.facts.stays import Away, Moved, Stay
from keyworker_cli.rules.say import say_count, say_prisoner
from keyworker_cli.rules.stays.presence import record_locked
from keyworker_cli.rules.stays.settling import end_reason, is_segregation

# --- who is meant, and is he here ---


def check_not_locked(man: Person) -> None:
    """Refuse to change the record of a man who has died: kept, readable, never edited; raises `RefusedError`."""
    if man.departure_reason == DepartureReason.DIED and man.left_on:
        hint = f"if that was recorded of the wrong man: kw prisoner leave {man.prison_number} --undo --why TEXT"
        raise record_locked(man, man.left_on, hint)


def stay_here(man: Person, stays: Sequence[Stay], *, today: date) -> Stay:
    """Return the stay of a man who is here; `stays` are his, the latest first.

    Raises `RefusedError` for one who has died, has left or was never here.
    """
    check_not_locked(man)
    if not stays:
        raise RefusedError(f"{say_prisoner(man)} has no stay in this prison.", "kw prisoner add records his arrival.")
    stay = stays[0]
    if stay.left_on is not None and stay.left_on <= today:
        raise RefusedError(
            f"{say_prisoner(man)} is not here: he {say_departure(stay)} on {say_date(stay.left_on)}.",
            f"when he has come back: kw prisoner return {man.prison_number}",
        )
    return stay


def check_day(on: date, man: Person, stay: Stay, *, today: date, option: str) -> None:
    """Refuse a day still to come, and one before the stay began; `option` is where it was typed."""
    if on > today:
        raise RefusedError(f"{say_date(on)} is still to come.", "record it on the day, or after it.")
    if on < stay.arrived_on:
        raise RefusedError(
            f"{say_prisoner(man)} came on {say_date(stay.arrived_on)}, after {say_date(on)}.", f"check {option}."
        )


def say_departure(stay: Stay) -> str:
    """Say how a stay ended, as it follows `he`: `was released`; `left` where that is not known."""
    return LEFT[DepartureReason(stay.departure_reason)] if stay.departure_reason else "left"


# --- places ---


def place_on(day: date, stay: Stay, moves: Iterable[Moved]) -> str | None:
    """Return where he was at the end of a day of his stay; `moves` are his, the latest first."""
    for move in moves:
        if stay.arrived_on <= move.moved_on <= day:
            return move.location
    return stay.location


def check_move(location: str, on: date, man: Person, moves: Iterable[Moved]) -> None:
    """Refuse a second move to the same place on one day: they could not be told apart; raises `RefusedError`."""
    if any((move.moved_on, move.location) == (on, location) for move in moves):
        raise RefusedError(
            f"{say_prisoner(man)} moved to {location} on {say_date(on)} already, and on from there.",
            "a move to one place is recorded once a day; record it again from tomorrow.",
        )


def next_move(day: date, moves: Iterable[Moved]) -> Moved | None:
    """Return the first move after a day that took him to a place other than segregation."""
    later = [move for move in moves if move.moved_on > day and not is_segregation(move.location)]
    return later[-1] if later else None


# --- leaving ---


def stay_to_end(man: Person, stays: Sequence[Stay], *, today: date) -> Stay:
    """Return the stay that a departure ends: the one he is in, or the last one where nobody knew how it ended.

    Raises `RefusedError` as `stay_here`.
    """
    check_not_locked(man)
    if stays and stays[0].left_on is not None and stays[0].departure_reason is None:
        return stays[0]
    return stay_here(man, stays, today=today)


def check_departure(on: date, man: Person, sessions: Iterable[SessionHeld]) -> None:
    """Refuse a departure before a session of his, naming it; raises `RefusedError`."""
    for session in sessions:
        if session.held_on > on:
            raise RefusedError(
                f"{session.by} has a session with {man.name} on {say_date(session.held_on)}; "
                f"he cannot have left on {say_date(on)}.",
                "check --on, and whether that session was with another man.",
            )


def departed_stay(man: Person, stays: Sequence[Stay], *, today: date) -> Stay:
    """Return the stay whose end is to be taken back; raises `RefusedError` for a man who is here."""
    if not stays or stays[0].left_on is None or stays[0].left_on > today:
        raise RefusedError(
            f"{say_prisoner(man)} has not left: there is no departure to take back.",
            f"kw why {man.prison_number} shows him.",
        )
    return stays[0]


def ended_with(stay: Stay, allocations: Iterable[Allocation]) -> Allocation | None:
    """Return the allocation that ended with a stay: for its reason, on its last day or at once if it began later."""
    reason = end_reason(stay.departure_reason)
    left_on = stay.left_on
    if left_on is None:
        return None
    return next(
        (
            held
            for held in allocations
            if held.end_reason == reason and held.ended_on == max(left_on, held.allocated_on)
        ),
        None,
    )


# --- coming back ---


def check_return(man: Person, stays: Sequence[Stay]) -> None:
    """Refuse a return to a prison he never left; raises `RefusedError`."""
    check_not_locked(man)
    if not stays:
        raise RefusedError(f"{say_prisoner(man)} was never here.", "kw prisoner add records his arrival.")
    if stays[0].left_on is None:
        raise RefusedError(
            f"{say_prisoner(man)} never left: he has been here since {say_date(stays[0].arrived_on)}.",
            f"a man back from court or hospital: kw prisoner away {man.prison_number} --back",
        )


# --- nights away ---


def check_absence(
    man: Person,
    nights: Away,
    *,
    others: Iterable[Away],
    sessions: Iterable[SessionHeld],
) -> None:
    """Refuse nights away that are none, that he is away already, or on which he was seen; raises `RefusedError`."""
    if nights.to_on is not None and nights.to_on <= nights.from_on:
        raise RefusedError(
            f"back on {say_date(nights.to_on)}, gone on {say_date(nights.from_on)}: that is no night away.",
            "court and back the same day is not recorded: his key worker and his gap stay as they are.",
        )
    for other in others:
        if _overlap(nights, other):
            raise RefusedError(
                f"{say_prisoner(man)} is away already: {say_nights(other)}.",
                f"when he is back: kw prisoner away {man.prison_number} --back",
            )
    for session in sessions:
        if nights.from_on < session.held_on and (nights.to_on is None or session.held_on < nights.to_on):
            raise RefusedError(
                f"{session.by} has a session with {man.name} on {say_date(session.held_on)}: he was not away then.",
                "check --from and --to, and whether that session was with another man.",
            )


def absence_on(day: date, man: Person, absences: Sequence[Away]) -> Away:
    """Return the nights away that a day lies in, the day he was expected back among them.

    Raises `RefusedError` for a man who is not away.
    """
    for nights in reversed(absences):
        if nights.from_on <= day and (nights.to_on is None or day <= nights.to_on):
            return nights
    raise RefusedError(
        f"{say_prisoner(man)} is not away on {say_date(day)}.", f"kw why {man.prison_number} shows where he is."
    )


def say_nights(nights: Away) -> str:
    """Say when and where he is away: `in hospital from Sun 3 May 2026, back Tue 12 May 2026`."""
    back = f"back {say_date(nights.to_on)}" if nights.to_on else "not back yet"
    return f"{AWAY_WORDS[AbsenceReason(nights.reason)]} from {say_date(nights.from_on)}, {back}"


def count_nights(nights: Away) -> str:
    """Count the nights of an absence that has an end: `9 nights`."""
    number = ((nights.to_on or nights.from_on) - nights.from_on).days
    return say_count(number, "night")


def _overlap(one: Away, other: Away) -> bool:
    if other.from_on == other.to_on:
        return False  # he came back on the day he went: no night of it was away
    first, second = sorted((one, other), key=lambda nights: nights.from_on)
    return first.to_on is None or second.from_on < first.to_on


# --- scope ---


def check_exclusion(man: Person, stay: Stay, *, reason: str) -> None:
    """Refuse to take a man out of the scheme twice, or without saying why."""
    if not reason.strip():
        raise UsageError("the reason is empty.", 'the policy says all: say why not he, --reason "TEXT".')
    if stay.out_of_scope_from is not None:
        why = stay.out_of_scope_reason or "no reason recorded"
        raise RefusedError(
            f"{say_prisoner(man)} is out of scope already, from {say_date(stay.out_of_scope_from)} ({why}).",
            f"to bring him back: kw prisoner exclude {man.prison_number} --end",
        )


def check_excluded(man: Person, stay: Stay) -> None:
    """Refuse to bring a man back into the scheme who is in it."""
    if stay.out_of_scope_from is None:
        raise RefusedError(f"{say_prisoner(man)} is in scope.", f"kw why {man.prison_number} shows him.")
