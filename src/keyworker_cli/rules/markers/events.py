"""What may be recorded of a prisoner as an event, and which of those recorded is meant when one is ended.

help: concerns.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from keyworker_cli.errors import NotFoundError, RefusedError, UsageError
from keyworker_cli.rules.codes.signals import Confidence, DerivedMarker, MarkerCode, ProcessMarker
from keyworker_cli.rules.dates.clock import minute_of_day
from keyworker_cli.rules.dates.london import london, london_date
from keyworker_cli.rules.dates.parse import check_shown
from keyworker_cli.rules.dates.say import say_date, say_minute, say_time
from keyworker_cli.rules.dates.still_to_come import refuse_still_to_come
from keyworker_cli.rules.facts.care import EventRecord
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.stays import Stay
from keyworker_cli.rules.markers.table import KINDS, name_of
from keyworker_cli.rules.say import say_prisoner
from keyworker_cli.rules.stays.presence import check_stay, stay_on
from keyworker_cli.rules.typed import as_code, read_code

_FROM_ACCT: Final = (DerivedMarker.ACCT, DerivedMarker.ACCT_PC)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An event as somebody asks to have it recorded. `at_minute` counts from midnight; `None` is not known.

    `until_on` is the first day on which it no longer holds.
    """

    code: MarkerCode
    event_on: date
    at_minute: int | None = None
    until_on: date | None = None
    confidence: Confidence | None = None
    detail: str | None = None
    source: str | None = None


def read_event_code(text: str) -> MarkerCode:
    """Return the code of an event that a word means: in any case, by its beginning where that is enough.

    Raises `UsageError` with the nearest for an unknown one, `RefusedError` for one that follows from other records.
    """
    typed = as_code(text)
    if typed in _FROM_ACCT:
        raise RefusedError(f"{typed} comes from the ACCT itself.", "kw acct open PRISONER, and kw acct close.")
    if typed in DerivedMarker.__members__ or typed in ProcessMarker.__members__:
        raise RefusedError(
            f"{typed} ({name_of(typed)}) follows from the record by itself.", "it is never entered; kw why shows it."
        )
    return read_code(text, MarkerCode, "concern")


def may_lie_ahead(code: MarkerCode) -> bool:
    """Return whether the day of an event may be one to come: a court date."""
    return KINDS[code].before > 0


def check_occurrence(what: Occurrence, prisoner: Person, stays: Sequence[Stay], *, now: datetime) -> Stay:
    """Check that an event may be recorded of a prisoner; return the stay it belongs to (help: movements).

    Raises `RefusedError` for one still to come (a court date may be), an end before its start, and one of a prisoner
    who was not here. What is known of a prisoner from before he came, such as a bereavement, may be recorded while he
    is here. Raises `UsageError` for cellular confinement without its length.
    """
    _check_times(what, now)
    here = next((stay for stay in stays if stay.left_on is None), None)
    if here is not None and not KINDS[what.code].of_stay:
        return stay_on(what.event_on, stays) or here
    return check_stay(what.event_on, stays, who=prisoner.name)


def with_time(what: Occurrence, *, now: datetime) -> Occurrence:
    """Return an event of today with the present time, where none was given: it is known from now on."""
    if what.at_minute is None and what.event_on == london_date(now):
        return replace(what, at_minute=minute_of_day(london(now).time()))
    return what


def recorded_before(what: Occurrence, events: Iterable[EventRecord]) -> EventRecord | None:
    """Return the record that an event repeats: of that code, day and time; without a time, of that code and day."""
    same = [event for event in events if event.code == what.code and event.event_on == what.event_on]
    if what.at_minute is None:
        return same[0] if same else None
    return next((event for event in same if event.at_minute == what.at_minute), None)


def event_to_end(
    events: Iterable[EventRecord], code: MarkerCode, *, began_on: date | None, on: date, prisoner: Person
) -> EventRecord:
    """Return the event that is to end on a day: of that code, begun by then, without an end or with a later one.

    Raises `NotFoundError` where there is none, `UsageError` where there are several and `began_on` does not say which,
    `RefusedError` for an end before its start.
    """
    still = [event for event in events if event.code == code and (event.until_on is None or event.until_on > on)]
    meant = [event for event in still if began_on in (None, event.event_on)]
    if not meant:
        began = f" that began on {say_date(began_on)}" if began_on else ""
        raise NotFoundError(
            f"{say_prisoner(prisoner)} has no {code}{began} to end on {say_date(on)}.",
            f"kw event list {prisoner.prison_number} shows what is recorded of him.",
        )
    begun = [event for event in meant if event.event_on <= on]
    if not begun:
        began = say_date(min(event.event_on for event in meant))
        raise RefusedError(f"it cannot end on {say_date(on)}: it began on {began}.", "--on is the day it ended.")
    if len({event.event_on for event in begun}) > 1:
        lines = tuple(say_event(event) for event in begun)
        raise UsageError(f"{len(begun)} of them could be meant:", "--began DATE says which.", lines)
    return begun[0]


def say_event(event: EventRecord | Occurrence) -> str:
    """Say what is recorded: `in debt (suspected), Sat 9 May 2026 at 11:00, until Sat 16 May 2026`."""
    sure = f" ({event.confidence.lower()})" if event.confidence else ""
    at = "" if event.at_minute is None else f" at {say_minute(event.at_minute)}"
    until = f", until {say_date(event.until_on)}" if event.until_on else ""
    return f"{name_of(event.code)}{sure}, {say_date(event.event_on)}{at}{until}"


def _check_times(what: Occurrence, now: datetime) -> None:
    today, on = london_date(now), what.event_on
    check_shown(on, what.at_minute)
    if not may_lie_ahead(what.code):
        refuse_still_to_come(on, today=today, hint="record it when it has happened.")
    if on == today and what.at_minute is not None and what.at_minute > minute_of_day(london(now).time()):
        raise RefusedError(
            f"{say_minute(what.at_minute)} today is still to come: it is {say_time(london(now).time())}.",
            "check --time, or give the day: --on yesterday.",
        )
    if what.until_on is not None and what.until_on < on:
        raise RefusedError(
            f"it cannot end on {say_date(what.until_on)}: it began on {say_date(on)}.",
            "--until is the first day on which it no longer holds.",
        )
    if what.code is MarkerCode.CELLULAR_CONFINEMENT and what.until_on is None:
        raise UsageError("cellular confinement needs its length.", "add --days 5, or --until DATE.")
