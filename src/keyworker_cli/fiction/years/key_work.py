"""What key workers do with their time: sessions in their slots, first meetings, and entries (help: fictional-prison).

In a slot an officer sees the prisoners of his who have waited longest, one after the other. A prisoner who has just
arrived is met on a day that chance sets; if nobody has a slot then, an officer finds the time outside one, as good
officers do.
"""

from collections.abc import Iterator
from typing import Final

from keyworker_cli.fiction import notes
from keyworker_cli.fiction.cases.cast_signals import add_need_of
from keyworker_cli.fiction.chance import draw_lateness, draw_minutes, draw_outcome
from keyworker_cli.fiction.moments import MINUTES, SLOT_MINUTES
from keyworker_cli.fiction.years.establishment import NEVER, Establishment, Prisoner, Wing, Worker
from keyworker_cli.fiction.years.raised import Raising
from keyworker_cli.fiction.years.rota import Rota

_ENTRIES_PER_PRISONER_DAY: Final = 0.072
"""So that sessions and entries together come to one a prisoner and week."""
_OUTSIDE_FROM: Final = 16 * 60 + 30
_OUTSIDE_TO: Final = 18 * 60 + 30
_SOON: Final = 7
"""First meetings due within this many days of arrival are held whether there is a slot or not."""
_REST: Final = 2  # days: nobody is seen again sooner in a slot
_LONG_WAIT: Final = 4  # days after which an officer with time left sees another officer's prisoner
_OTHERS_TRIED: Final = 6
_PASSED_OVER: Final = 0.06
_BREAK: Final = 3
_NOT_HELD_MINUTES: Final = 5
_TOPIC_PAIRS: Final = tuple(
    f"{first};{second}" for first in notes.COMMON_TOPICS for second in notes.COMMON_TOPICS if first != second
)
_NEED_SHARE: Final = 0.25


class KeyWork:
    """The sessions and entries of a prison, day by day."""

    def __init__(self, prison: Establishment, rota: Rota, raising: Raising) -> None:
        self._prison, self._rota, self._raising = prison, rota, raising
        self._days, self._chance = prison.days, prison.chance
        self._draw = prison.chance.random
        self._add_row = prison.sheets.add_row
        self._notes_from = prison.days.last - 7 * prison.size.notes_weeks

    def live(self, day: int) -> None:
        """Let a day pass: the slots in their order, first meetings nobody had a slot for, and entries."""
        for start, worker in sorted(self._rota.worked.pop(day, ()), key=lambda slot: slot[0]):
            self._work(worker, day, start)
        for wing in self._prison.wings:
            if day < wing.idle_from:
                self._meet_outside_slots(wing, day)
                self._write_entries(wing, day)

    # --- in a slot ---

    def _work(self, worker: Worker, day: int, start: int) -> None:
        end = start + SLOT_MINUTES
        for prisoner in self._waiting(worker, day):
            minutes = worker.minutes_drawn or draw_minutes(self._chance)
            worker.minutes_drawn = minutes  # a long session that does not fit is the first one of the next slot
            if start + minutes > end:
                return
            outcome = draw_outcome(self._chance)
            if outcome != "COMPLETED":
                self._hold(prisoner, worker, day, start, 0, outcome)
                start += _NOT_HELD_MINUTES
                continue
            worker.minutes_drawn = 0
            self._hold(prisoner, worker, day, start, minutes, outcome)
            start += minutes + _BREAK

    def _waiting(self, worker: Worker, day: int) -> Iterator[Prisoner]:
        """Yield whom an officer sees.

        New prisoners of his wing whose day it is, his own by their wait, then others' prisoners.
        """
        wing, draw = worker.wing, self._draw
        yield from [
            prisoner
            for prisoner in wing.to_meet
            if prisoner.meets <= day and prisoner.away_until <= day and prisoner.offered < day
        ][:2]
        own = [
            prisoner
            for prisoner in worker.prisoners
            if not prisoner.to_be_met and prisoner.last_seen < day - _REST and prisoner.away_until <= day
        ]
        for prisoner in sorted(own, key=Prisoner.waiting_since):
            if draw() >= _PASSED_OVER:
                yield prisoner
        for _ in range(_OTHERS_TRIED):
            prisoner = wing.prisoners[int(draw() * len(wing.prisoners))]
            if self._is_left_waiting(prisoner, day):
                yield prisoner

    def _is_left_waiting(self, prisoner: Prisoner, day: int) -> bool:
        return (
            not prisoner.to_be_met
            and prisoner.offered < day
            and prisoner.waiting_since() < day - _LONG_WAIT
            and prisoner.away_until <= day
            and prisoner.out_of_scope == NEVER
        )

    # --- outside any slot ---

    def _meet_outside_slots(self, wing: Wing, day: int) -> None:
        due = [
            prisoner
            for prisoner in wing.to_meet
            if prisoner.meets <= day and prisoner.meets - prisoner.arrived <= _SOON
        ]
        for prisoner in due:
            if prisoner.away_until > day:
                continue
            own = (
                prisoner.worker
                if prisoner.worker and prisoner.worker.wing is wing and not prisoner.worker.is_away(day)
                else None
            )
            worker = own or self._anyone(wing, day)
            minutes = draw_minutes(self._chance)
            start = worker.takes_time(day, minutes, _OUTSIDE_FROM) if worker else _OUTSIDE_TO
            if worker and start < _OUTSIDE_TO:
                self._hold(prisoner, worker, day, start, minutes, "COMPLETED")

    def _anyone(self, wing: Wing, day: int) -> Worker | None:
        worker = wing.workers[int(self._draw() * len(wing.workers))]
        return None if worker.is_away(day) else worker

    def _write_entries(self, wing: Wing, day: int) -> None:
        draw = self._draw
        for worker in wing.workers:
            prisoners = worker.prisoners
            if draw() >= len(prisoners) * _ENTRIES_PER_PRISONER_DAY or worker.is_away(day):
                continue
            prisoner = prisoners[int(draw() * len(prisoners))]
            minutes = 3 + int(draw() * 5)
            start = worker.takes_time(day, minutes, _OUTSIDE_FROM)
            if prisoner.away_until <= day and start < _OUTSIDE_TO:
                self._write(prisoner, worker, day, start, "KE", minutes, "COMPLETED", "", self._entry_note())

    def _entry_note(self) -> notes.Note:
        return notes.Note(notes.entry_note(self._chance)) if self._prison.size.lines else notes.NOTHING

    # --- writing ---

    def _hold(self, prisoner: Prisoner, worker: Worker, day: int, start: int, minutes: int, outcome: str) -> None:
        """Hold, or fail to hold, a session with a prisoner."""
        prisoner.offered = day
        if minutes:
            prisoner.last_seen = day
            if prisoner.to_be_met:
                prisoner.to_be_met = False
                prisoner.wing.to_meet.remove(prisoner)
            topics = self._raising.topics_of(prisoner, day, _TOPIC_PAIRS[int(self._draw() * len(_TOPIC_PAIRS))])
            note = self._note(worker, day, topics)
        else:
            topics = ""
            note = notes.Note(notes.note_not_held(self._chance, outcome)) if self._prison.size.lines else notes.NOTHING
        self._write(prisoner, worker, day, start, "KS", minutes, outcome, topics, note)
        if note.need and self._draw() < _NEED_SHARE:
            add_need_of(self._prison.sheets, prisoner.number, self._days.on[day], note, self._chance)

    def _note(self, worker: Worker, day: int, topics: str) -> notes.Note:
        if not self._prison.size.lines:
            return notes.NOTHING
        if day < self._notes_from:
            return notes.Note(notes.short_line(self._chance))
        note = notes.write_note(
            self._chance, topics.split(";"), place="wing office", on=self._days.on[day], before=worker.last_note
        )
        worker.last_note = note.text
        return note

    def _write(
        self,
        prisoner: Prisoner,
        worker: Worker,
        day: int,
        start: int,
        kind: str,
        minutes: int,
        outcome: str,
        topics: str,
        note: notes.Note,
    ) -> None:
        days = self._days
        recorded, at = day + draw_lateness(self._chance), 19 * 60 + start % 50
        if recorded == day or recorded > days.last:
            recorded, at = day, start + minutes + 20
        self._add_row(
            "sessions",
            (
                *(prisoner.number, worker.officer.staff_id, days.iso[day], MINUTES[start], kind, minutes, outcome),
                *(
                    "IN_PERSON",
                    "segregation unit" if prisoner.in_seg else "wing office",
                    topics,
                    "",
                    note.text,
                    note.said,
                ),
                *(days.iso[day + 7] if note.need else "", days.moment(recorded, at), worker.officer.login),
            ),
        )
