"""Who is to be seen today, and in which order: an order of work, not an assessment of risk (help: see-today)."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import compress
from typing import NamedTuple

from keyworker_cli.rules.codes.signals import ProcessMarker
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.facts.by_prisoner import by_prisoner
from keyworker_cli.rules.facts.care import Acct, Event, KeyWorkersHad, LateReview
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.rota import LatestSlot, OfficerSlot
from keyworker_cli.rules.facts.spans import MoveLately
from keyworker_cli.rules.markers.derived import NOTHING_KNOWN, Background, changes_of_cell, reviews_awaited
from keyworker_cli.rules.markers.in_force import markers_in_force
from keyworker_cli.rules.markers.marker import MIDNIGHT, Marker
from keyworker_cli.rules.markers.table import HIGHEST_TIER, KINDS, family_of
from keyworker_cli.rules.rota.slots import latest_by_wing
from keyworker_cli.rules.say import say_prisoner
from keyworker_cli.rules.settings import Settings

FAMILY_TIER = 2  # markers of two different families, or one and a serious gap (help: see-today)
FAMILIES_ENOUGH = 2
WORKER_CHANGED_DAYS = 14  # how long a new key worker is named beside the concerns
WORKER_NO_TIME_DAYS = 14  # so long without a minute on the rota
REFUSED_RUNNING = 3  # sessions refused in a row
CHANGED_OFTEN = 3  # key workers in 26 weeks, and more (help: allocation)
PROCESS_CODES = tuple(code.value for code in ProcessMarker)


class Priority(NamedTuple):
    """What raises one prisoner's priority on a day. `tier` is the highest of his markers, 1 to 3, `None` without.

    `calling` are the markers that put him in question for today; `see_today` says whether they still do. `process` are
    codes of how key work stands with him: they never add to a tier.
    """

    markers: tuple[Marker, ...]
    tier: int | None
    see_today: bool
    calling: tuple[Marker, ...] = ()
    process: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the prisoner's markers, each once, followed by those of process."""
        return (*dict.fromkeys(marker.code for marker in self.markers), *self.process)


NO_PRIORITY = Priority((), None, see_today=False)


class Known(NamedTuple):
    """What the priorities of a day are found from: events, ACCTs, and where each officer's and wing's rota ends.

    `moves` are those of late in this stay, `late_reviews` the ACCT reviews due and not held, and `key_workers` how many
    a prisoner has had of late where several.
    """

    events: Iterable[Event]
    accts: Iterable[Acct]
    officers_slots: Iterable[OfficerSlot] = ()
    wings_slots: Iterable[LatestSlot] = ()
    moves: Iterable[MoveLately] = ()
    late_reviews: Iterable[LateReview] = ()
    key_workers: Iterable[KeyWorkersHad] = ()


def find_priorities(
    prisoners: Iterable[Contact], known: Known, *, as_of: date, settings: Settings
) -> dict[int, Priority]:
    """Return the priority of each prisoner at the end of a day, by his key; what is known of others is left alone."""
    prisoners = tuple(prisoners)
    markers = find_markers(prisoners, known, as_of=as_of, settings=settings)
    had = {one.person_id: one.key_workers for one in known.key_workers}
    slots = {slot.key_worker_id: slot.slot_on for slot in known.officers_slots}
    wings = latest_by_wing(known.wings_slots)
    any_wing = max(wings.values(), default=None)

    def priority(prisoner: Contact) -> Priority:
        process = process_markers(
            prisoner,
            as_of=as_of,
            last_slot_on=slots.get(prisoner.key_worker_id or 0),
            rota_on=wings.get(prisoner.worker_wing) if prisoner.worker_wing else any_wing,
            key_workers=had.get(prisoner.person_id, 0),
        )
        return priority_of(prisoner, markers[prisoner.person_id], as_of=as_of, settings=settings, process=process)

    return {prisoner.person_id: priority(prisoner) for prisoner in prisoners}


def find_markers(
    prisoners: Iterable[Contact], known: Known, *, as_of: date, settings: Settings
) -> dict[int, tuple[Marker, ...]]:
    """Return the markers in force for each prisoner at the end of a day, by his key, whenever he was last seen."""
    prisoners = tuple(prisoners)
    events, accts = by_prisoner(known.events), by_prisoner(known.accts)
    backgrounds = backgrounds_of(prisoners, known, as_of=as_of)

    def markers(prisoner: Contact) -> tuple[Marker, ...]:
        his_events, his_accts = events.get(prisoner.person_id, ()), accts.get(prisoner.person_id, ())
        background = backgrounds[prisoner.person_id]
        return markers_in_force(prisoner, his_events, his_accts, as_of=as_of, settings=settings, background=background)

    return {prisoner.person_id: markers(prisoner) for prisoner in prisoners}


def priority_of(
    prisoner: Contact, markers: Iterable[Marker], *, as_of: date, settings: Settings, process: Iterable[str] = ()
) -> Priority:
    """Return a prisoner's priority on a day from his markers in force, the highest tier first.

    See today: his markers call for it, and he has had no counted session since the newest of those began, or his gap
    has reached `gap.days` (help: see-today).
    """
    markers = tuple(markers)
    gap_days = (as_of - prisoner.clock_from).days
    calling = calling_markers(markers, gap_days=gap_days, settings=settings)
    is_due = gap_days >= settings.gap_days
    return Priority(
        markers=markers,
        tier=markers[0].tier if markers else None,
        see_today=bool(calling) and (is_due or not all(seen_since(prisoner, marker) for marker in calling)),
        calling=calling,
        process=tuple(process),
    )


def calling_markers(markers: Iterable[Marker], *, gap_days: int, settings: Settings) -> tuple[Marker, ...]:
    """Return the markers that call for him to be seen today.

    Those of tier 1 do by themselves; those of tier 2 as well where markers of two families stand, or where the gap is
    past `gap.serious_days`. Those of a family count once.
    """
    high = tuple(marker for marker in markers if marker.tier is not None and marker.tier <= FAMILY_TIER)
    if not high or gap_days > settings.gap_serious_days:
        return high
    if len({family_of(marker.code) for marker in high}) >= FAMILIES_ENOUGH:
        return high
    return tuple(marker for marker in high if marker.tier == HIGHEST_TIER)


def seen_since(prisoner: Contact, marker: Marker) -> bool:
    """Return whether he has had a counted session since a marker began.

    On the marker's own day the times decide. Where one is not known nobody can tell, and he is taken as not seen.
    """
    seen_on, seen_at = prisoner.last_session_on, prisoner.last_session_minute
    if seen_on is None or seen_on != marker.began_on:
        return seen_on is not None and seen_on > marker.began_on
    if marker.at_minute == MIDNIGHT:
        return True
    return seen_at is not None and marker.at_minute is not None and seen_at >= marker.at_minute


def say_call(priority: Priority) -> str:
    """Say in a sentence whether he is to be seen today, and because of what."""
    names = ", ".join(dict.fromkeys(KINDS[marker.code].name for marker in priority.calling))
    if priority.see_today:
        return f"To be seen today: {names}."
    if priority.calling:
        return f"Seen since, so not to be seen today until his week is up: {names}."
    return "Not called for today by it; he keeps his place on the list by his gap."


def warnings_for(prisoner: Contact, markers: Iterable[Marker]) -> list[str]:
    """Return what must be said wherever he is allocated or planned, in sentences: his markers without a tier."""
    return [
        f"{say_prisoner(prisoner)}: {KINDS[marker.code].name}, since {say_date(marker.began_on)}; "
        "a manager decides who sees him, and how."
        for marker in markers
        if marker.tier is None
    ]


def backgrounds_of(prisoners: Iterable[Contact], known: Known, *, as_of: date) -> dict[int, Background]:
    """Return what else of each prisoner's record raises his priority, by his key."""
    accts, moves, late = by_prisoner(known.accts), by_prisoner(known.moves), by_prisoner(known.late_reviews)
    had = {one.person_id: one.key_workers for one in known.key_workers}

    def background(prisoner: Contact) -> Background:
        key = prisoner.person_id
        his = accts.get(key, ()), moves.get(key, ()), late.get(key, ()), had.get(key, 0)
        return background_of(prisoner, *his, as_of=as_of) if any(his) else NOTHING_KNOWN

    return {prisoner.person_id: background(prisoner) for prisoner in prisoners}


def background_of(
    prisoner: Contact,
    accts: Iterable[Acct],
    moves: Sequence[MoveLately],
    late_reviews: Iterable[LateReview],
    key_workers: int = 0,
    *,
    as_of: date,
) -> Background:
    """Return what of a prisoner's record beside events and ACCTs raises his priority: that of this stay."""
    due = [review.due_on for review in late_reviews]
    moved = changes_of_cell(
        next((one.place_before for one in moves), None), ((one.moved_on, one.location) for one in moves)
    )
    awaited = reviews_awaited(due, accts, arrived_on=prisoner.arrived_on, as_of=as_of)
    return Background(moved, awaited, key_workers)


def process_markers(
    prisoner: Contact, *, as_of: date, last_slot_on: date | None, rota_on: date | None, key_workers: int = 0
) -> tuple[str, ...]:
    """Return how key work stands with him, as codes (help: see-today).

    `last_slot_on` is the latest day, up to this one, with time on the rota for his key worker, `rota_on` the same for
    anyone of that officer's wing: without a rota for the wing nobody can tell whether he has time.
    """

    def within(day: date | None, days: int) -> bool:
        return day is not None and (as_of - day).days <= days

    held = prisoner.staff_id is not None
    changed = prisoner.worker_before_id is not None and prisoner.worker_before_id != prisoner.key_worker_id
    found = (
        prisoner.never_seen,
        held and prisoner.met_on is None,
        not held,
        held and within(rota_on, WORKER_NO_TIME_DAYS - 1) and not within(last_slot_on, WORKER_NO_TIME_DAYS - 1),
        held and changed and within(prisoner.allocated_on, WORKER_CHANGED_DAYS),
        key_workers >= CHANGED_OFTEN,
        prisoner.refusals_since >= REFUSED_RUNNING,
    )
    return tuple(compress(PROCESS_CODES, found))
