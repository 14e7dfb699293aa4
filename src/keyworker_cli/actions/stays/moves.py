"""Where a prisoner is: moved to another place in the prison, away overnight, back again (help: movements)."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from keyworker_cli.actions.markers.events import ForToday, for_today, say_who_has_him
from keyworker_cli.errors import RefusedError
from keyworker_cli.lookup import as_it_stands
from keyworker_cli.reports.outcome import Changed, Outcome, changed
from keyworker_cli.rules.codes.records import AbsenceReason
from keyworker_cli.rules.codes.signals import MarkerCode
from keyworker_cli.rules.codes.words import AWAY_WORDS
from keyworker_cli.rules.contact.clocks import say_gap
from keyworker_cli.rules.contact.gaps import find_gaps
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.facts.officers import holding_on
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.stays import Away, Stay
from keyworker_cli.rules.markers.events import Occurrence, check_occurrence, with_time
from keyworker_cli.rules.say import say_prisoner
from keyworker_cli.rules.stays.movements import (
    absence_on,
    check_absence,
    check_day_of_stay,
    check_move,
    count_nights,
    next_move,
    place_on,
    say_nights,
    stay_here,
)
from keyworker_cli.rules.stays.settling import is_segregation

if TYPE_CHECKING:
    from keyworker_cli.store.changes.author import Author
    from keyworker_cli.store.changes.change import Change
    from keyworker_cli.store.store import Store


def move(
    store: "Store", author: "Author", prisoner: Person, location: str, *, on: date, at_minute: int | None = None
) -> Outcome:
    """Record that a prisoner moved to another place; return what was done and how he stands.

    His key worker and his gap go on. A move to segregation begins SEG, and he is still to be seen, there; a move out
    ends it on that day. Raises `RefusedError` for a prisoner who is not here, and a day to come or before he came.
    """
    with store.transaction(author) as change:
        queries = change.queries
        prisoner = as_it_stands(queries, prisoner)
        stay = stay_here(prisoner, queries.stays_of(prisoner.person_id), today=author.today)
        check_day_of_stay(on, prisoner, stay, today=author.today, option="--on")
        moves = queries.moves_of(prisoner.person_id)
        before = place_on(on, stay, moves, at_minute=at_minute)
        if before == location:
            already = f"{say_prisoner(prisoner)} is in {location} on {say_date(on)} already; nothing changed."
            return Outcome(answer=(already,))
        check_move(location, on, at_minute, prisoner, moves)
        change.record_move(
            prisoner.person_id, prisoner.prison_number, moved_on=on, location=location, at_minute=at_minute
        )
        segregated = record_segregation(change, prisoner, before, location, on=on, at_minute=at_minute)
        now_in = place_on(author.today, stay, queries.moves_of(prisoner.person_id))
        if now_in != location:
            today = ForToday((f"He has moved since: he is in {now_in}.", *how_he_stands(change, stay)))
        elif is_segregation(location):
            today = for_today(change, prisoner)
        else:
            today = ForToday(tuple(how_he_stands(change, stay)))
        done = (_moved(prisoner, before, location, on), *segregated)
        return Outcome(done, today.answer, today.warnings, saved=author.saves)


def _moved(prisoner: Person, before: str | None, location: str, on: date) -> Changed:
    whence = "{was_in}" if before else "a place not recorded"
    says = "{name} ({key}) {moved} to {location} on {on}, from " + f"{whence}."
    return changed(
        "move", "movement", prisoner.prison_number, says, name=prisoner.name, location=location, on=on, was_in=before
    )


def record_segregation(
    change: "Change",
    prisoner: Person,
    before: str | None,
    location: str | None,
    *,
    on: date,
    at_minute: int | None = None,
) -> list[Changed]:
    """Begin SEG where a move takes a prisoner into segregation, end it where it takes him out; return what was done.

    One recorded already is left as it is.
    """
    events = change.queries.events_of(prisoner.person_id, as_of=on, settings=change.settings)
    open_then = [
        event
        for event in events
        if event.code == MarkerCode.SEG and event.event_on <= on and (event.until_on is None or event.until_on > on)
    ]
    if is_segregation(location):
        return [] if is_segregation(before) or open_then else [_segregate(change, prisoner, on, at_minute)]
    ended = [event for event in open_then if is_segregation(before) or event.event_on < on]
    for event in ended:
        change.end_event(event.event_id, prisoner.prison_number, code=event.code, until_on=on)
    says = "Segregation {ended}, begun on {began_on}."
    return [
        changed("end", "event", prisoner.prison_number, says, code=event.code, on=on, began_on=event.event_on)
        for event in ended
    ]


def _segregate(change: "Change", prisoner: Person, on: date, at_minute: int | None) -> Changed:
    """Begin SEG, until the move out of segregation where that is known already."""
    later = next_move(on, change.queries.moves_of(prisoner.person_id))
    what = Occurrence(MarkerCode.SEG, on, at_minute, later.moved_on if later else None, source="move")
    check_occurrence(what, prisoner, change.queries.stays_of(prisoner.person_id), now=change.author.at)
    change.record_event(prisoner.person_id, prisoner.prison_number, asdict(with_time(what, now=change.author.at)))
    says = "Segregation {is} recorded from then on: he is still to be seen, there."
    return changed("record", "event", prisoner.prison_number, says, code=what.code.value, on=on)


def how_he_stands(change: "Change", stay: Stay) -> Iterator[str]:
    """Say how long a prisoner who is here has gone unseen, who has him, and when that officer is next there."""
    queries, as_of, settings = change.queries, change.author.as_of, change.settings
    for contact in queries.contact_of_stay(stay.stay_id, as_of=as_of, settings=settings):
        if contact.arrived_on <= as_of:
            (gap,) = find_gaps([contact], as_of=as_of, settings=settings)
            yield say_gap(gap)
            yield from say_who_has_him(queries, contact, as_of, settings)


def go_away(
    store: "Store",
    author: "Author",
    prisoner: Person,
    *,
    reason: AbsenceReason | None,
    from_on: date | None,
    to_on: date | None,
) -> Outcome:
    """Record nights away, or a new day of return of those he is on when no reason is given; say how he stands.

    `to_on` is the day he is back. He keeps his key worker and his gap runs; the time required stops for those nights.
    Raises `RefusedError` as `check_absence`, and for a prisoner who is not here.
    """
    with store.transaction(author) as change:
        queries = change.queries
        prisoner = as_it_stands(queries, prisoner)
        stay = stay_here(prisoner, queries.stays_of(prisoner.person_id), today=author.today)
        absences = queries.absences_of(prisoner.person_id)
        if reason is None:
            nights = absence_on(from_on or author.as_of, prisoner, absences)._replace(to_on=to_on)
        else:
            nights = Away(reason.value, from_on or author.as_of, to_on)
        check_day_of_stay(nights.from_on, prisoner, stay, today=author.today, option="--from")
        if nights in absences:
            already = f"{say_prisoner(prisoner)} is {say_nights(nights)}: recorded already, nothing changed."
            return Outcome(answer=(already,))
        check_absence(prisoner, nights, sessions=queries.sessions_of(prisoner.person_id))
        change.record_absence(
            prisoner.person_id,
            prisoner.prison_number,
            reason=AbsenceReason(nights.reason),
            from_on=nights.from_on,
            to_on=nights.to_on,
        )
        held = holding_on(author.as_of, queries.allocations_of(prisoner.person_id))
        kept = "He keeps his key worker and his gap runs" if held else "His gap runs"
        answer = (f"{kept}; no time is required for the nights away.", *how_he_stands(change, stay))
        return Outcome((_gone(prisoner, nights),), answer, saved=author.saves)


def _gone(prisoner: Person, nights: Away) -> Changed:
    return changed(
        "record",
        "absence",
        prisoner.prison_number,
        "{name} ({key}) {is} away overnight: {nights}.",
        name=prisoner.name,
        reason=nights.reason,
        from_on=nights.from_on,
        to_on=nights.to_on,
        nights=say_nights(nights),
    )


def come_back(store: "Store", author: "Author", prisoner: Person, *, on: date) -> Outcome:
    """Record that a prisoner who was away overnight is back on a day; say how he stands.

    Raises `RefusedError` for one who is not away then, and for a day to come.
    """
    with store.transaction(author) as change:
        queries = change.queries
        prisoner = as_it_stands(queries, prisoner)
        stay = stay_here(prisoner, queries.stays_of(prisoner.person_id), today=author.today)
        check_day_of_stay(on, prisoner, stay, today=author.today, option="--on")
        nights = absence_on(on, prisoner, queries.absences_of(prisoner.person_id))
        if nights.to_on == on:
            already = f"{say_prisoner(prisoner)} was {say_nights(nights)}: recorded already, nothing changed."
            return Outcome(answer=(already,))
        for session in queries.sessions_of(prisoner.person_id):
            if nights.from_on < session.held_on < on:
                raise RefusedError(
                    f"{session.by} has a session with {prisoner.name} on {say_date(session.held_on)}: "
                    "he was back by then.",
                    "check --on: it is the day he came back.",
                )
        change.end_absence(prisoner.person_id, prisoner.prison_number, from_on=nights.from_on, to_on=on)
        return Outcome(
            (_back(prisoner, nights._replace(to_on=on)),), tuple(how_he_stands(change, stay)), saved=author.saves
        )


def _back(prisoner: Person, nights: Away) -> Changed:
    return changed(
        "end",
        "absence",
        prisoner.prison_number,
        "{name} ({key}) {is} back on {to_on}, after {nights}.",
        name=prisoner.name,
        reason=nights.reason,
        from_on=nights.from_on,
        to_on=nights.to_on,
        nights=f"{count_nights(nights)} {AWAY_WORDS[AbsenceReason(nights.reason)]}",
    )
