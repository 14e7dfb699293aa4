"""One prisoner's chronology: everything that is recorded of him, in order, with how late it was recorded.

help: late-recording.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final

from keyworker_cli.rules.dates.london import days_between, london_date
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.stays.after_death import died_on
from keyworker_cli.rules.timeline.custody_history import (
    accts,
    asked,
    events,
    needs,
    notes_read,
    numbers,
    places,
    stays,
    void_stays,
)
from keyworker_cli.rules.timeline.key_work import (
    allocations,
    list_entries,
    on_lists,
    sessions,
    spells_without,
    workers_time,
)
from keyworker_cli.rules.timeline.record import Entry, EntryKind, RecordHistory

LATE_FROM_DAYS: Final = 2
"""Days after what happened from which its recording is late: a note is due within 24 hours."""

BEFORE: Final = -1
OUT: Final = (EntryKind.DEPARTURE, EntryKind.ALLOCATION_END)
FIRST, LAST = (EntryKind.ARRIVAL,), (EntryKind.DEPARTURE, EntryKind.DEATH)
WHOLE_DAY: Final = -1


def chronology(history: RecordHistory, *, as_of: date, settings: Settings) -> list[Entry]:
    """Return everything up to the end of a day, in order: within a day his arrival first, and his departure last.

    On a day on which he left and came back, the departure comes before the arrival.
    """
    died = died_on(history.stays)
    found = [entry for entry in _everything(history, as_of, settings) if entry.on <= as_of]
    back_on = {stay.arrived_on for stay in history.stays} & {stay.left_on for stay in history.stays if stay.left_on}
    one_day = {stay.arrived_on for stay in history.stays if stay.arrived_on == stay.left_on}
    return sorted((_marked(entry, died) for entry in found), key=partial(_place, back_on=back_on - one_day))


def _everything(history: RecordHistory, as_of: date, settings: Settings) -> Iterator[Entry]:
    sources: tuple[Iterable[Entry], ...] = (
        stays(history, settings=settings),
        void_stays(history),
        numbers(history),
        places(history),
        spells_without(history, as_of=as_of),
        allocations(history),
        workers_time(history, as_of=as_of),
        list_entries(on_lists(history, as_of=as_of, settings=settings)),
        events(history),
        accts(history),
        sessions(history, settings=settings),
        needs(history),
        notes_read(history),
        asked(history),
    )
    for source in sources:
        yield from source


def _marked(entry: Entry, died: date | None) -> Entry:
    """Say how late an entry was recorded, and whether that was after he had died."""
    if entry.mark is None or not entry.mark.known:
        return entry
    recorded_on = london_date(entry.mark.at)
    days = days_between(entry.on, recorded_on)
    after_death = died is not None and recorded_on > died and entry.kind not in LAST
    return replace(entry, late=days if days >= LATE_FROM_DAYS else None, after_death=after_death)


def _place(entry: Entry, *, back_on: Collection[date]) -> tuple[date, int, int]:
    if entry.on in back_on and entry.kind in OUT:
        return entry.on, BEFORE, WHOLE_DAY
    if entry.on in back_on and entry.kind is EntryKind.BACK:  # from nights away that ended with the stay he then left
        return entry.on, 2 * BEFORE, WHOLE_DAY
    part = 0 if entry.kind in FIRST else 2 if entry.kind in LAST else 1
    return entry.on, part, WHOLE_DAY if entry.minute is None else entry.minute
