"""The concerns that nobody types: they follow from his ACCTs, moves, reviews and date of birth (help: concerns)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from keyworker_cli.rules.codes.signals import DerivedMarker, MarkerCode
from keyworker_cli.rules.dates.clock import DAY
from keyworker_cli.rules.dates.london import age_on
from keyworker_cli.rules.facts.care import Acct, Event
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.stays import StayOfPrisoner
from keyworker_cli.rules.markers.marker import MIDNIGHT, Marker
from keyworker_cli.rules.markers.table import ARRIVED_AS, KINDS
from keyworker_cli.rules.settings import Settings

ACCTS_REPEATED: Final = 3
ACCT_REPEAT_WITHIN: Final = timedelta(weeks=26)
MOVES_REPEATED: Final = 3
NOT_LIVED_IN: Final = ("RECP", "COURT")
ADULT_AGE: Final = 18

EARLY_DAYS, SEG_REPEAT = KINDS[DerivedMarker.EARLY_DAYS], KINDS[DerivedMarker.SEG_REPEAT]
ACCT_REPEAT, MOVED_REPEAT = KINDS[DerivedMarker.ACCT_REPEAT], KINDS[DerivedMarker.MOVED_REPEAT]
ARRIVAL_DAYS = max(KINDS[code].days or 0 for code in (DerivedMarker.EARLY_DAYS, *ARRIVED_AS.values()))
"""An arrival longer ago gives no marker."""


class Background(NamedTuple):
    """What of a prisoner's record beside events and ACCTs raises his priority.

    `moved_on` are the days of his changes of cell or wing in this stay, the earliest first, one a change;
    `reviews_late` the days on which an ACCT review was due that is not held; `key_workers` how many he has had in the
    last 26 weeks.
    """

    moved_on: Sequence[date] = ()
    reviews_late: Sequence[date] = ()
    key_workers: int = 0


NOTHING_KNOWN = Background()


def from_accts(accts: Iterable[Acct], *, as_of: date) -> Iterator[Marker]:
    """Yield his open ACCTs, those in post-closure until that review is held, and ACCT_REPEAT."""
    opened = sorted(
        (acct for acct in accts if acct.opened_on <= as_of), key=lambda acct: (acct.opened_on, acct.closed_on or as_of)
    )
    for acct in opened:
        if is_open(acct, as_of):
            yield Marker(DerivedMarker.ACCT, KINDS[DerivedMarker.ACCT].tier, acct.opened_on)
        elif acct.review_held_on is None or acct.review_held_on > as_of:
            yield Marker(DerivedMarker.ACCT_PC, KINDS[DerivedMarker.ACCT_PC].tier, acct.closed_on or acct.opened_on)
    yield from _acct_repeat(opened, as_of)


def is_open(acct: Acct, on: date) -> bool:
    """Return whether an ACCT is open at the end of a day."""
    return acct.opened_on <= on and (acct.closed_on is None or acct.closed_on > on)


def _acct_repeat(opened: Sequence[Acct], as_of: date) -> Iterator[Marker]:
    """Three or more opened within 26 weeks, until 28 days after the last of them was closed."""
    runs = (opened[n : n + ACCTS_REPEATED] for n in range(len(opened) - ACCTS_REPEATED + 1))
    repeats = [run for run in runs if run[-1].opened_on - run[0].opened_on <= ACCT_REPEAT_WITHIN]
    if not repeats:
        return
    last_on = None
    if not any(is_open(acct, as_of) for run in repeats for acct in run):
        closed = max(acct.closed_on or acct.opened_on for run in repeats for acct in run)
        last_on = closed + timedelta(days=ACCT_REPEAT.after_end)
    if last_on is None or as_of <= last_on:
        yield Marker(ACCT_REPEAT.code, ACCT_REPEAT.tier, repeats[-1][-1].opened_on, last_on=last_on)


def segregated_on_acct(events: Iterable[Event], accts: Iterable[Acct], *, as_of: date) -> Iterator[Marker]:
    """Yield SEG_ON_ACCT while he is in segregation and an ACCT is open: it began when the later of the two did."""
    inside = [event for event in events if event.code == MarkerCode.SEG and _goes_on(event, as_of)]
    opened = [acct.opened_on for acct in accts if is_open(acct, as_of)]
    if not inside or not opened:
        return
    segregated, acct_on = max(inside, key=lambda event: (event.event_on, event.at_minute or MIDNIGHT)), min(opened)
    tier = KINDS[DerivedMarker.SEG_ON_ACCT].tier
    if acct_on > segregated.event_on:
        yield Marker(DerivedMarker.SEG_ON_ACCT, tier, acct_on)
    else:
        yield Marker(DerivedMarker.SEG_ON_ACCT, tier, segregated.event_on, segregated.at_minute)


def _goes_on(event: Event, as_of: date) -> bool:
    return event.event_on <= as_of and (event.until_on is None or event.until_on > as_of)


def reviews_awaited(due: Iterable[date], accts: Iterable[Acct], *, arrived_on: date, as_of: date) -> list[date]:
    """Return the days of this stay on which a review was due that is still to be held.

    `due` are those of the reviews not held by then. One of an ACCT that has ended since, the review after its end held
    as well, can no longer be; that review itself is awaited as any other, and so is one due after that end.
    """
    accts = sorted(accts, key=lambda acct: acct.opened_on)
    awaited = [on for on in due if not _is_over_since(on, accts, as_of)]
    awaited += [
        acct.review_due_on
        for acct in accts
        if acct.review_due_on is not None and not _is_by(acct.review_held_on, as_of)
    ]
    return [on for on in awaited if on >= arrived_on]


def _is_over_since(due_on: date, accts: Sequence[Acct], as_of: date) -> bool:
    """Return whether the ACCT that a review belonged to, the last opened by then, has come to its end since."""
    acct = next((one for one in reversed(accts) if one.opened_on <= due_on), None)
    if acct is None or acct.review_held_on is None:
        return False
    return _is_by(acct.closed_on, as_of) and due_on <= acct.review_held_on <= as_of


def _is_by(on: date | None, as_of: date) -> bool:
    return on is not None and on <= as_of


def reviews_late(background: Background, *, as_of: date) -> Iterator[Marker]:
    """Yield REVIEW_LATE from the day after an ACCT or post-closure review was due, until it is held."""
    if late := [due_on for due_on in background.reviews_late if due_on < as_of]:
        yield Marker(DerivedMarker.REVIEW_LATE, KINDS[DerivedMarker.REVIEW_LATE].tier, min(late) + DAY, MIDNIGHT)


def changes_of_cell(arrived_to: str | None, moves: Iterable[tuple[date, str]]) -> list[date]:
    """Return the days on which somebody came to live elsewhere, one a change.

    `arrived_to` is where he was before the first of the `moves`, which are in the order of time. Reception and court
    are no places to live in: back from them to his own cell is no change.
    """
    found, lived = [], None if arrived_to in NOT_LIVED_IN else arrived_to
    for moved_on, place in moves:
        if place not in NOT_LIVED_IN:
            if lived is not None and place != lived:
                found.append(moved_on)
            lived = place
    return found


def moved_often(background: Background, found: Iterable[Marker], *, as_of: date) -> Iterator[Marker]:
    """Yield MOVED_REPEAT for three or more changes of cell or wing in 28 days; it ranks higher with an ACCT or debt."""
    if len(background.moved_on) < MOVES_REPEATED:
        return
    within = timedelta(days=MOVED_REPEAT.days or 0)
    lately = [day for day in background.moved_on if as_of - within <= day <= as_of]
    if len(lately) < MOVES_REPEATED:
        return
    higher = any(marker.code in (DerivedMarker.ACCT, MarkerCode.DEBT) for marker in found)
    yield Marker(MOVED_REPEAT.code, 2 if higher else MOVED_REPEAT.tier, lately[-1], last_on=lately[-3] + within)


def from_arrival(prisoner: Contact | StayOfPrisoner, *, as_of: date) -> Iterator[Marker]:
    """Yield what his arrival gives. Whatever is done on that day is done after it, so these begin with their day."""
    age = (as_of - prisoner.arrived_on).days
    if not 0 <= age <= ARRIVAL_DAYS or (isinstance(prisoner, Contact) and not prisoner.arrival_known):
        return
    arrived_as = ARRIVED_AS.get(prisoner.arrival_type)
    for kind in (EARLY_DAYS, *((KINDS[arrived_as],) if arrived_as else ())):
        if kind.days is not None and age <= kind.days:
            tier = kind.early.tier if kind.early and age <= kind.early.days else kind.tier
            last_on = prisoner.arrived_on + timedelta(days=kind.days)
            yield Marker(kind.code, tier, prisoner.arrived_on, MIDNIGHT, last_on)


def from_date_of_birth(prisoner: Contact, *, as_of: date, settings: Settings) -> Iterator[Marker]:
    """Yield YOUNG_ADULT by his age, and BIRTHDAY from the day before it to the day after."""
    born_on = prisoner.date_of_birth
    if born_on is None:
        return
    if ADULT_AGE <= age_on(born_on, as_of) <= settings.young_adult_max_age:
        yield Marker(DerivedMarker.YOUNG_ADULT, KINDS[DerivedMarker.YOUNG_ADULT].tier, prisoner.arrived_on, MIDNIGHT)
    for birthday in (as_of - DAY, as_of, as_of + DAY):
        if born_on.month == birthday.month and in_year(born_on, birthday.year) == birthday:
            tier = KINDS[DerivedMarker.BIRTHDAY].tier
            yield Marker(DerivedMarker.BIRTHDAY, tier, birthday - DAY, MIDNIGHT, birthday + DAY)


def in_year(day: date, year: int) -> date:
    """Return a day's anniversary in a year: 29 February where there is one, else the 28th."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
