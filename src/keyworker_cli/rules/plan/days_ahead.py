"""A day to come, as known at the end of an earlier day: the prisoners here, their facts, the time left.

Nobody is taken to arrive, leave or change key worker; a prisoner who is away is back on the day recorded (help: away).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from keyworker_cli.rules.dates.clock import minute_of_day
from keyworker_cli.rules.dates.london import london
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.officers import Acquaintance
from keyworker_cli.rules.facts.spans import AbsenceSpan
from keyworker_cli.rules.markers.priority import Known
from keyworker_cli.rules.markers.table import KINDS


def prisoners_on(prisoners: Iterable[Contact], absences: Iterable[AbsenceSpan], *, on: date) -> Iterator[Contact]:
    """Yield the prisoners as they will be on a day: those whose absence has ended by then are back."""
    away = {one.person_id for one in absences if one.holds_on(on)}
    for prisoner in prisoners:
        is_back = prisoner.away is not None and prisoner.person_id not in away
        yield prisoner._replace(away=None, away_from=None) if is_back else prisoner


def known_ahead(known: Known, *, as_of: date) -> Known:
    """Return what is known at the end of a day: of the events after it only those whose marker begins before them."""
    told = [event for event in known.events if event.event_on <= as_of or KINDS[event.code].before]
    return known._replace(events=told)


def minute_reached(now: datetime, *, on: date) -> int:
    """Return the minute that London's clocks show, counted from midnight, on the day it is; on any other day 0."""
    there = london(now)
    return minute_of_day(there.time()) if there.date() == on else 0


def known_by(acquaintances: Iterable[Acquaintance]) -> Mapping[int, dict[int, date]]:
    """Return by prisoner which officers have seen him in this stay, and when last."""
    known: dict[int, dict[int, date]] = {}
    for one in acquaintances:
        known.setdefault(one.person_id, {})[one.key_worker_id] = one.last_on
    return known
