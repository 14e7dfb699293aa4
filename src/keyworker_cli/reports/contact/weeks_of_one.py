"""A prisoner's calendar, at the top of his screen: sessions, what was not held, concerns, and no time for key work.

help: counted-session, rota.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from keyworker_cli.reports.report import Picture
from keyworker_cli.rules.contact.counted import is_counted
from keyworker_cli.rules.dates.london import days_between
from keyworker_cli.rules.dates.say import MONTHS, SHORT, WEEKDAYS, say_date, say_days, say_span
from keyworker_cli.rules.facts.officers import Allocation
from keyworker_cli.rules.facts.sessions import SessionHeld
from keyworker_cli.rules.rota.spells import NO_TIME, RotaSpell, spells_without_time
from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.timeline.calendar import Calendar, DayMark, calendar_of
from keyworker_cli.rules.timeline.record import WorkerTime

if TYPE_CHECKING:
    from keyworker_cli.store.reads.queries import Queries

CHARACTERS: Final = {
    DayMark.SESSION: "█",
    DayMark.NOT_HELD: "x",
    DayMark.CONCERN: "!",
    DayMark.NO_TIME: "░",
    DayMark.NOTHING: "·",
    DayMark.NOT_HERE: " ",
}
KEY: Final = (
    ("█", "session"),
    ("x", "refused or not held"),
    ("!", "concern"),
    ("░", "none detailed or worked"),
)


def worker_time(queries: "Queries", held: Allocation, *, as_of: date) -> WorkerTime:
    """Return what an officer had on the rota while a prisoner was theirs, and until when their wing has a rota."""
    rota_until = {latest.wing: latest.slot_on for latest in queries.latest_slots(as_of=as_of)}
    wing = next((one.wing for one in queries.workers() if one.key_worker_id == held.key_worker_id), None)
    until = min(held.ended_on or as_of, as_of)
    slots = queries.slots_of(held.key_worker_id, since=held.allocated_on, until=until)
    reach = rota_until.get(wing) if wing else max(rota_until.values(), default=None)
    return WorkerTime(slots, queries.statuses_of(held.key_worker_id), reach)


def spells_of(held: Allocation, time: WorkerTime, *, as_of: date) -> Iterator[RotaSpell]:
    """Yield the weeks of an allocation in which its officer worked no time on the rota."""
    if not held.held_no_day:
        until = min(held.ended_on or as_of, as_of)
        yield from spells_without_time(time.slots, since=held.allocated_on, until=until, rota_until=time.rota_until)


def calendar_picture(
    sessions: Sequence[SessionHeld],
    concerns_on: Iterable[date],
    spells: Sequence[RotaSpell],
    *,
    since: date,
    until: date,
    settings: Settings,
) -> Picture:
    """Return his calendar from one day of his stay up to another, and what it shows in words."""
    calendar = calendar_of(sessions, concerns_on, spells, since=since, until=until, settings=settings)
    plain = calendar_of(sessions, (), spells, since=since, until=until, settings=settings)
    return Picture(
        title="",
        columns=tuple(_months(calendar)),
        rows=tuple(_rows(calendar)),
        plain=tuple(_rows(plain)),
        key=KEY,
        said=tuple(_in_words(calendar, sessions, spells, until, settings)),
        reasons="!",
    )


def _rows(calendar: Calendar) -> Iterator[tuple[str, tuple[str, ...]]]:
    for day, name in enumerate(WEEKDAYS):
        yield name[:SHORT], tuple(CHARACTERS[week[day]] for week in calendar.days)


def _months(calendar: Calendar) -> Iterator[str]:
    """Yield above each week the month that begins in it, or with the calendar."""
    for at, week in enumerate(calendar.weeks):
        begins = at == 0 or week.sunday.day <= len(WEEKDAYS)
        yield MONTHS[week.sunday.month - 1][:SHORT] if begins else ""


def _in_words(
    calendar: Calendar, sessions: Sequence[SessionHeld], spells: Sequence[RotaSpell], until: date, settings: Settings
) -> Iterator[str]:
    held = [one.held_on for one in sessions if is_counted(one, settings=settings) and one.held_on <= until]
    shown = say_count(len(calendar.weeks), "week")
    if held:
        last = f"the last on {say_date(max(held))}, {say_days(days_between(max(held), until))} before"
        yield f"{say_count(calendar.count(DayMark.SESSION), 'day')} with a session in {shown}; {last}."
    else:
        yield f"No session in {shown}."
    without = [one for one in spells if one.kind == NO_TIME]
    if without:
        spans = "; ".join(say_span(one.first_on, one.last_on, until) for one in without[-3:])
        yield f"No key work detailed for his key worker: {spans}."
