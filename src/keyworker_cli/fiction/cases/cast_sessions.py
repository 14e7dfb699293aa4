"""The sessions of the small prison: those the story needs, on their days, and others by chance where there was time."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from keyworker_cli.fiction import notes
from keyworker_cli.fiction.cases import two_men
from keyworker_cli.fiction.cases.cast import KW1, OUT_OF_SCOPE, PRISONERS, P, Prisoner, Seen
from keyworker_cli.fiction.chance import draw_lateness, draw_minutes, draw_outcome
from keyworker_cli.fiction.moments import AS_OF, DAY, SLOT_MINUTES, monday_of
from keyworker_cli.fiction.notes import Note
from keyworker_cli.fiction.records import Officer, Session, Slot

_REST: Final = timedelta(days=5)
"""Chance brings no prisoner back sooner, nor in the days before the story does."""
_LENGTHS_TOLD: Final = (25, 30, 35)
_BREAK: Final = 5
_ENTRY_SHARE: Final = 0.6  # worked slots after which the officer also writes an entry
_SHORT: Final = 15
_SHORT_NOTE: Final = "Called away to the gate after ten minutes. He asked about his property. Will come back to him."


@dataclass
class Story:
    """What was held, slot by slot. `needs`: the sessions and the notes that put down something to be done."""

    rng: random.Random
    officers: Mapping[str, Officer]
    slots: list[Slot]
    held: list[Session] = field(default_factory=list)
    needs: list[tuple[Session, Note]] = field(default_factory=list)
    last_seen: dict[str, date] = field(default_factory=dict)
    last_note: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.held += two_men.mr_a_sessions(self.officers[P])
        self.held.append(two_men.mr_b_session(self.officers[KW1]))
        self._key_worker_had_time = {(slot.officer.staff_id, monday_of(slot.on)) for slot in self._worked()}
        for slot in self._worked():
            self._fill(slot)
        self.held.sort(key=lambda session: (session.on, session.start, session.officer.staff_id))

    def _worked(self) -> Iterator[Slot]:
        return (slot for slot in self.slots if slot.status == "WORKED")

    def _fill(self, slot: Slot) -> None:
        """Hold sessions in a slot one after the other until there is no time for another."""
        told = [
            (prisoner, seen)
            for prisoner in PRISONERS
            for seen in prisoner.seen
            if (seen.staff_id, seen.on) == _of(slot)
        ]
        start, end = self._start(slot), slot.start + SLOT_MINUTES
        for prisoner, seen in told:
            start = self._hold(slot, prisoner, start, self._as_told(seen), seen)
        for prisoner in self._waiting(slot):
            outcome = draw_outcome(self.rng)
            minutes = draw_minutes(self.rng) if outcome == "COMPLETED" else 0
            if start + minutes > end:
                break
            start = self._hold(slot, prisoner, start, minutes, Seen(slot.officer.staff_id, slot.on, outcome))
        self._write_entry(slot)

    def _start(self, slot: Slot) -> int:
        """Return when a slot is free: after the session of Mr A or Mr B that is already in it."""
        ends = (held.start + held.minutes for held in self.held if (held.officer.staff_id, held.on) == _of(slot))
        return max((end + _BREAK for end in ends), default=slot.start)

    def _as_told(self, seen: Seen) -> int:
        if seen.outcome != "COMPLETED":
            return 0
        return seen.minutes or _LENGTHS_TOLD[int(self.rng.random() * len(_LENGTHS_TOLD))]

    def _waiting(self, slot: Slot) -> list[Prisoner]:
        """Return whom an officer may see by chance.

        Their own prisoners, and those of their wing whose key worker has no time then.
        """
        found = [
            prisoner
            for prisoner in PRISONERS
            if self._may_be_seen(prisoner, slot.on) and self._concerns(prisoner, slot)
        ]
        return sorted(found, key=lambda prisoner: self.last_seen.get(prisoner.prison_number, prisoner.arrived_on))

    def _concerns(self, prisoner: Prisoner, slot: Slot) -> bool:
        key_worker = prisoner.key_worker(slot.on)
        if key_worker is None or key_worker == slot.officer.staff_id:
            return key_worker is not None
        same_wing = self.officers[key_worker].wing == slot.officer.wing
        return same_wing and (key_worker, monday_of(slot.on)) not in self._key_worker_had_time

    def _may_be_seen(self, prisoner: Prisoner, on: date) -> bool:
        told_from = min((seen.on for seen in prisoner.seen), default=AS_OF + DAY)
        rested = on - self.last_seen.get(prisoner.prison_number, date.min) >= _REST
        return (
            prisoner.left_to_chance
            and prisoner.present(on)
            and not prisoner.away(on)
            and rested
            and on < told_from - _REST
        )

    def _hold(self, slot: Slot, prisoner: Prisoner, start: int, minutes: int, seen: Seen) -> int:
        """Add a session and return when the next may begin."""
        place = notes.PLACES[int(self.rng.random() * 3)]
        topics = notes.topics_of(self.rng) if minutes >= _SHORT else ()
        note = self._note(slot, minutes, seen, topics, place)
        session = Session(
            *(prisoner.prison_number, slot.officer, slot.on, start, minutes, topics, note.text, note.said),
            next_on=slot.on + timedelta(days=7) if note.need else None,
            outcome=seen.outcome,
            place=place if minutes else "",
            recorded_late=seen.recorded_late or self._lateness(slot.on),
        )
        self.held.append(session)
        self.last_seen[prisoner.prison_number] = slot.on
        if note.need:
            self.needs.append((session, note))
        return start + minutes + _BREAK

    def _lateness(self, on: date) -> int:
        late = draw_lateness(self.rng)
        return late if on + late * DAY <= AS_OF else 0

    def _note(self, slot: Slot, minutes: int, seen: Seen, topics: tuple[str, ...], place: str) -> Note:
        if seen.outcome != "COMPLETED":
            return Note(notes.note_not_held(self.rng, seen.outcome))
        if minutes < _SHORT:
            return Note(_SHORT_NOTE)
        before = self.last_note.get(slot.officer.staff_id, "")
        note = notes.write_note(self.rng, topics, place=place, on=slot.on, before=before)
        self.last_note[slot.officer.staff_id] = note.text
        return note

    def _write_entry(self, slot: Slot) -> None:
        """After some slots the officer does something more for one of their own."""
        own = [prisoner for prisoner in PRISONERS if self._may_have_entry(prisoner, slot)]
        if not own or self.rng.random() >= _ENTRY_SHARE:
            return
        prisoner = own[int(self.rng.random() * len(own))]
        minutes = 5 + int(self.rng.random() * 6)
        self.held.append(
            Session(
                *(prisoner.prison_number, slot.officer, slot.on, slot.start + SLOT_MINUTES + _BREAK, minutes),
                note=notes.entry_note(self.rng),
                type="KE",
                recorded_late=self._lateness(slot.on),
            )
        )

    def _may_have_entry(self, prisoner: Prisoner, slot: Slot) -> bool:
        own = prisoner.key_worker(slot.on) == slot.officer.staff_id
        here = prisoner.present(slot.on) and not prisoner.away(slot.on)
        return own and prisoner.left_to_chance and here and prisoner.prison_number not in OUT_OF_SCOPE


def _of(slot: Slot) -> tuple[str, date]:
    return slot.officer.staff_id, slot.on
