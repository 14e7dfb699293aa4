"""A change to the database: one transaction, all of it or none, each record with its line in the audit."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final

from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from keyworker_cli.errors import RefusedError
from keyworker_cli.rules.codes.records import (
    AbsenceReason,
    AllocationReason,
    DepartureReason,
    EndReason,
    LossReason,
    NeedOutcome,
    SlotStatus,
    StaffStatus,
)
from keyworker_cli.rules.facts.officers import Allocation, live_allocation
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.stays import Merge, Stay
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.stays.merging import ended_by_merge
from keyworker_cli.rules.stays.settling import Settled
from keyworker_cli.store.bulk.loading import Loading
from keyworker_cli.store.bulk.settling import drop_own_code, everybody, settle, settled_nights, these
from keyworker_cli.store.changes.audit import Line, image, stored
from keyworker_cli.store.changes.author import Author
from keyworker_cli.store.changes.merging import (
    Joined,
    last_rows,
    list_dates_of_both,
    longer_under_the_other,
    readings_of_both,
    rows_to_join,
    rows_to_part,
    sessions_of_both,
)
from keyworker_cli.store.changes.recorder import Recorder
from keyworker_cli.store.reads.database import Database
from keyworker_cli.store.reads.searching import search_name
from keyworker_cli.store.schema.tables import TABLES

NOT_ENDED: Final = {"ended_on": None, "ended_recorded_at": None, "end_reason": None, "ended_by": None}
"""What an allocation says that goes on."""


class Change(Recorder):
    """One transaction. Reads through `queries` see it; nothing is kept unless its block reaches the end."""

    @cached_property
    def settings(self) -> Settings:
        """The settings in force when the change began."""
        return self.queries.settings()

    # People and where they are

    def add_person(self, *, prison_number: str, last_name: str, first_name: str, date_of_birth: date | None) -> int:
        """Record a prisoner under his prison number; return his key."""
        person_id = self._add(
            "person",
            prison_number,
            prison_number=prison_number,
            last_name=last_name,
            first_name=first_name,
            search_name=search_name(first_name, last_name),
            date_of_birth=date_of_birth,
        )
        self._add("person_number", prison_number, number=prison_number, person_id=person_id)
        return person_id

    def open_stay(self, person_id: int, *, arrived_on: date, arrival_type: str, location: str | None) -> int:
        """Begin a stay of his in this prison."""
        key = f"{self._number_of(person_id)} {arrived_on}"
        values = {"arrived_on": arrived_on, "arrival_type": arrival_type, "location": location}
        return self._add("stay", key, person_id=person_id, **values)

    def end_stay(self, stay_id: int, prison_number: str, *, left_on: date, reason: DepartureReason | None) -> None:
        """End a stay: he is no longer here at the end of that day. A reason of `None` is not known."""
        ended = {"left_on": left_on, "left_recorded_at": self.author.at}
        self._amend("stay", stay_id, prison_number, **ended, departure_reason=reason.value if reason else None)

    def reopen_stay(self, stay_id: int, prison_number: str) -> None:
        """Take back the end of a stay, a death too."""
        here = {"left_on": None, "left_recorded_at": None, "departure_reason": None}
        self._write_over("stay", stay_id, prison_number, here, reversing=True)

    def void_stay(self, stay_id: int, prison_number: str, *, why: str) -> None:
        """Take a stay out of every count: it never was."""
        void = {"voided_at": self.author.at, "voided_why": why}
        self._write_over("stay", stay_id, prison_number, void, reversing=True)

    def restore_stay(self, stay_id: int, prison_number: str, *, left_on: date | None) -> None:
        """Let a stay that was void stand again, until a day where it has ended."""
        stands = {"voided_at": None, "voided_why": None, "left_on": left_on}
        self._write_over("stay", stay_id, prison_number, stands, reversing=True)

    def continue_stay(self, stay_id: int, prison_number: str, *, left_on: date | None, reason: str | None) -> None:
        """Let a stay go on until the end of the one that was recorded after it."""
        self._write_over("stay", stay_id, prison_number, {"left_on": left_on, "departure_reason": reason})

    def end_allocation_as(self, allocation_id: int, prison_number: str, other: Allocation) -> None:
        """Let an allocation end as another did, or go on as it does."""
        self._amend("allocation", allocation_id, prison_number, **{name: getattr(other, name) for name in NOT_ENDED})

    def set_scope(self, stay_id: int, prison_number: str, *, out_from: date | None, reason: str | None) -> None:
        """Take a prisoner out of the scheme from a day on; `None` brings him back into it."""
        self._amend("stay", stay_id, prison_number, out_of_scope_from=out_from, out_of_scope_reason=reason)

    def record_move(
        self, person_id: int, prison_number: str, *, moved_on: date, location: str, at_minute: int | None = None
    ) -> None:
        """Record a move to another place in the prison, at a minute of its day where that is known."""
        key = f"{prison_number} {moved_on}"
        self._add("move", key, person_id=person_id, moved_on=moved_on, location=location, at_minute=at_minute)

    def record_absence(
        self, person_id: int, prison_number: str, *, reason: AbsenceReason, from_on: date, to_on: date | None
    ) -> None:
        """Record nights away; those from that same day are corrected."""
        there = self._row("absence", person_id=person_id, from_on=from_on)
        key = f"{prison_number} {from_on}"
        nights = {"reason": reason.value, "to_on": to_on}
        if there is None:
            self._add("absence", key, person_id=person_id, from_on=from_on, **nights)
        else:
            self._amend("absence", there, key, **nights)

    def end_absence(self, person_id: int, prison_number: str, *, from_on: date, to_on: date) -> None:
        """Record the day on which a prisoner is back, of the absence that began on `from_on`."""
        there = self._row("absence", person_id=person_id, from_on=from_on)
        if there is not None:
            self._amend("absence", there, f"{prison_number} {from_on}", to_on=to_on)

    def resume_absences(self, person_id: int, prison_number: str, stay: Stay, *, since: date = date.min) -> None:
        """Let absences, begun since a day, that ended because he left last as long as was recorded before.

        They ended when that was recorded, or were settled so by an import; a death ends none. One that a later file
        says to end on that day ended so by itself.
        """
        if stay.left_on is None or stay.departure_reason == DepartureReason.DIED:
            return
        table, past = TABLES["absence"].c, TABLES["absence_past"].c
        left = TABLES["stay"].c
        ended_at = self.connection.execute(select(left.left_recorded_at).where(left.id == stay.stay_id)).scalar_one()
        his = select(table.id, table.from_on, table.to_on, table.changed_at).where(table.person_id == person_id)
        settled = settled_nights(self.connection)
        for row_id, from_on, to_on, changed_at in self.connection.execute(his.where(table.from_on >= since)).all():
            said = select(past.to_on).where(past.id == row_id, past.to_on.is_distinct_from(to_on))
            was = self.connection.execute(said.order_by(past.version_id.desc()).limit(1)).first()
            if was is None or to_on != max(stay.left_on, from_on) or (row_id, to_on.isoformat()) in settled.said:
                continue
            if changed_at == ended_at or settled.ended_so(Settled.AWAY_WITH_STAY, row_id, to_on):
                self._amend("absence", row_id, f"{prison_number} {from_on}", to_on=was.to_on)

    def set_date_of_birth(self, person_id: int, prison_number: str, date_of_birth: date) -> None:
        """Record when a prisoner was born, where that was not known."""
        self._amend("person", person_id, prison_number, date_of_birth=date_of_birth)

    def merge(self, kept: Person, merged: Person, *, on: date, why: str) -> Mapping[str, int]:
        """Join two records as one prisoner's; return how many records of each table moved (help: movements)."""
        joined = self._join(kept, merged, on=on)
        self._add(
            "person_merge",
            f"{kept.prison_number} {merged.prison_number}",
            kept_person_id=kept.person_id,
            merged_person_id=merged.person_id,
            merged_on=on,
            why=why,
            moved=joined.text(),
        )
        return {name: len(ids) for name, ids in joined.rows.items()}

    def _join(self, kept: Person, merged: Person, *, on: date) -> Joined:
        """Hand over all that is recorded of the one merged; return what was done, so that it can be undone."""
        last, lines = last_rows(self.connection), len(self._lines)
        for prisoner, held, ended_on in list(self._allocations_to_end(kept, merged, on=on)):
            end = {"ended_on": ended_on, "end_reason": EndReason.MERGED.value, "ended_recorded_at": self.author.at}
            self.settle_row(Settled.ONE_KEY_WORKER, "allocation", held.allocation_id, prisoner.person_id, end)
        settled = self._before_since(lines)
        dates = list_dates_of_both(self.connection, kept=kept.person_id, merged=merged.person_id)
        for row_id, person_id in dates.items():
            self.settle_row(Settled.ONE_SESSION, "session", row_id, person_id, {"voided_at": self.author.at})
        voided = sessions_of_both(self.connection, kept=kept.person_id, merged=merged.person_id)
        for row_id in voided:
            once = {"voided_at": self.author.at}
            self.settle_row(Settled.ONE_SESSION, "session", row_id, merged.person_id, once)
        read = readings_of_both(self.connection, voided)
        for reading_id, session_id in read:
            self._amend("note_reading", reading_id, merged.prison_number, session_id=voided[session_id])
        rows = rows_to_join(self.connection, kept=kept.person_id, merged=merged.person_id)
        self._hand_over(rows, kept.person_id, merged.prison_number)
        settled += self._settle_joined(kept, merged)
        return Joined(rows, [], last, [*voided, *dates], read, settled)

    def _settle_joined(self, kept: Person, merged: Person) -> list[tuple[str, str]]:
        """Settle what the two records say otherwise as one; return each row as it was, as the audit has it."""
        lines = len(self._lines)
        settle(self, these([kept.person_id]))
        goes_on = longer_under_the_other(self.connection, kept=kept.person_id, merged=merged.person_id)
        for name, row_id, values in list(goes_on):
            self.settle_row(Settled.OPENED_AGAIN, name, row_id, kept.person_id, values)
        settle(self, these([kept.person_id]))
        return self._before_since(lines)

    def _before_since(self, lines: int) -> list[tuple[str, str]]:
        """Return each row that was changed since so many lines, as it was."""
        return [(line.table, line.before) for line in self._lines[lines:] if line.before]

    def undo_merge(self, kept: Person, merge: Merge, *, on: date) -> Mapping[str, int]:
        """Part again what a merge made one; return how many records of each table went back.

        What was merged later is parted before it and joined again after it: it was settled on what this merge had made.
        """
        later = [other for other in self.queries.merges_of(kept.person_id) if other.merge_id > merge.merge_id]
        for other in later:  # the latest first
            self._part(kept, other)
        rows = self._part(kept, merge)
        self._amend("person_merge", merge.merge_id, f"{kept.prison_number} {merge.merged_number}", undone_on=on)
        for other in reversed(later):
            (merged,) = self.queries.person_by_number(other.merged_number)
            joined = replace(self._join(kept, merged, on=other.merged_on), last=Joined.of(other).last)
            key = f"{kept.prison_number} {other.merged_number}"
            self._amend("person_merge", other.merge_id, key, moved=joined.text())
        return {name: len(ids) for name, ids in rows.items()}

    def _part(self, kept: Person, merge: Merge) -> Mapping[str, Sequence[int]]:
        """Give the number merged its records again, each as it was; return them."""
        others = [other for other in self.queries.merges_of(kept.person_id) if other.merge_id != merge.merge_id]
        rows = rows_to_part(self.connection, merge, kept=kept.person_id, others=others)
        self._hand_over(rows, merge.merged_person_id, merge.merged_number)
        joined = Joined.of(merge)
        for number, person_id in ((merge.merged_number, merge.merged_person_id), (kept.prison_number, kept.person_id)):
            his = self.queries.allocations_of(person_id)
            if live_allocation(his) is None:
                for held in his:
                    if held.allocation_id in joined.ended:
                        self._amend("allocation", held.allocation_id, number, **self.end_before(held.allocation_id))
        for row_id in joined.voided:
            self._amend("session", row_id, merge.merged_number, voided_at=None)
        for reading_id, session_id in joined.read:
            self._amend("note_reading", reading_id, merge.merged_number, session_id=session_id)
        for name, row_id, was in joined.rows_settled():
            if name != "allocation" or was["ended_on"] is not None or not self._has_another(row_id):
                self._amend(name, row_id, f"{merge.merged_number} {name}", **was)
        return rows

    def _has_another(self, allocation_id: int) -> bool:
        """Whoever this allocation is of has another that goes on: a key worker given since."""
        mine, other = TABLES["allocation"].alias("mine"), TABLES["allocation"].alias("other")
        goes_on = (other.c.person_id == mine.c.person_id) & (other.c.id != mine.c.id) & other.c.ended_on.is_(None)
        asked = select(other.c.id).join(mine, goes_on).where(mine.c.id == allocation_id)
        return self.connection.execute(asked).first() is not None

    def _hand_over(self, rows: Mapping[str, Sequence[int]], person_id: int, prison_number: str) -> None:
        for name, ids in rows.items():
            for row_id in ids:
                self._amend(name, row_id, prison_number, person_id=person_id)

    def _allocations_to_end(
        self, kept: Person, merged: Person, *, on: date
    ) -> Iterator[tuple[Person, Allocation, date]]:
        """Yield what a merge ends, and from when, where both had a key worker: the one of the stay he is in stands."""
        stays = {one: self.queries.stays_of(one.person_id) for one in (kept, merged)}
        his = {one: self.queries.allocations_of(one.person_id) for one in (kept, merged)}
        ended = {
            held.allocation_id: (one, held, ended_on)
            for one, other in ((merged, kept), (kept, merged))
            for held, ended_on in ended_by_merge(his[one], stays[one], his[other], stays[other])
        }
        yield from ended.values()
        live = [live_allocation(held for held in his[one] if held.allocation_id not in ended) for one in (kept, merged)]
        if live[0] is not None and live[1] is not None:  # both of no stay
            yield merged, live[1], max(on, live[1].allocated_on)

    # Key workers

    def add_key_worker(
        self,
        *,
        staff_id: str,
        last_name: str,
        first_name: str,
        login: str | None,
        wing: str | None,
        capacity: int | None,
    ) -> int:
        """Record a key worker; return their key."""
        return self._add(
            "key_worker",
            staff_id,
            staff_id=staff_id,
            last_name=last_name,
            first_name=first_name,
            search_name=search_name(first_name, last_name),
            login=login,
            wing=wing,
            capacity=capacity,
        )

    def set_capacity(self, key_worker_id: int, staff_id: str, capacity: int) -> None:
        """Set how many prisoners `kw allocate` may give them by itself."""
        self._amend("key_worker", key_worker_id, staff_id, capacity=capacity)

    def record_status(
        self, key_worker_id: int, staff_id: str, *, status: StaffStatus, from_on: date, return_on: date | None
    ) -> None:
        """Begin a spell of a status on a day; one recorded for that same day is corrected."""
        there = self._row("worker_status", key_worker_id=key_worker_id, from_on=from_on)
        key = f"{staff_id} {from_on}"
        if there is None:
            spell = {"status": status.value, "from_on": from_on, "return_on": return_on}
            self._add("worker_status", key, key_worker_id=key_worker_id, **spell)
        else:
            self._amend("worker_status", there, key, status=status.value, return_on=return_on, until_on=None)

    # Allocations

    def allocate(
        self,
        person_id: int,
        key_worker_id: int,
        *,
        on: date,
        reason: AllocationReason,
        because: str,
        at: datetime | None = None,
        until: date | None = None,
    ) -> None:
        """Give a prisoner a key worker from a day on. One of the same day and officer that had ended is taken up again.

        `at` is its moment, where one of many made together is to stand before the next; else that of the change.
        `until` is the day from which another is planned.
        """
        ids = {"person_id": person_id, "key_worker_id": key_worker_id, "allocated_on": on}
        there = self._row("allocation", **ids)
        key = f"{self._number_of(person_id)} {on}"
        chosen = {
            "allocated_at": at or self.author.at,
            "allocation_reason": reason.value,
            "allocated_by": self.author.user,
            "because": because,
        }
        replaced = {"ended_on": until, "ended_recorded_at": self.author.at, "ended_by": self.author.user}
        ends: dict[str, Any] = NOT_ENDED if until is None else {**replaced, "end_reason": EndReason.OVERRIDE.value}
        if there is None:
            self._add("allocation", key, **ids, **chosen, **(ends if until else {}))
        else:
            self._amend("allocation", there, key, **chosen, **ends)

    def end_allocation(self, allocation_id: int, prison_number: str, *, on: date, reason: EndReason) -> None:
        """End an allocation: that day is no longer his key worker's."""
        ended = {"ended_on": on, "ended_recorded_at": self.author.at, "end_reason": reason.value}
        ended["ended_by"] = self.author.user
        self._amend("allocation", allocation_id, prison_number, **ended)

    def end_before(self, allocation_id: int) -> Mapping[str, Any]:
        """Return what an allocation that has ended said of its end before it did."""
        table, past = TABLES["allocation"].c, TABLES["allocation_past"].c
        there = select(table.ended_on, table.end_reason).where(table.id == allocation_id)
        now = self.connection.execute(there).one()
        said = select(*(past[name] for name in NOT_ENDED)).where(past.id == allocation_id)
        versions = self.connection.execute(said.order_by(past.version_id.desc())).mappings()
        other = (dict(was) for was in versions if (was["ended_on"], was["end_reason"]) != tuple(now))
        return next(other, NOT_ENDED)

    def acknowledge(self, allocation_id: int, prison_number: str, *, on: date) -> None:
        """Record that the key worker knows this prisoner is theirs."""
        self._amend("allocation", allocation_id, prison_number, acknowledged_on=on)

    # Sessions

    def record_session(self, prison_number: str, values: Mapping[str, Any]) -> int:
        """Record a session or entry, with the columns of the table `session`; return its key."""
        key = f"{prison_number} {values['held_on']}"
        return self._add("session", key, **values)

    def replace_list_date(self, person_id: int, prison_number: str, *, held_on: date) -> None:
        """Take out a last date that came from a list: a real record of that day takes its place."""
        table = TABLES["session"]
        listed = (table.c.person_id == person_id) & (table.c.held_on == held_on) & (table.c.source == "UNIT_LIST")
        for there in self.connection.execute(select(table.c.id).where(listed, table.c.voided_at.is_(None))).scalars():
            self._amend("session", there, f"{prison_number} {held_on}", voided_at=self.author.at)

    def add_note(self, session_id: int, prison_number: str, note: str) -> None:
        """Add the case note that was due."""
        self._amend("session", session_id, prison_number, note=note, note_at=self.author.at)

    def amend_session(self, session_id: int, prison_number: str, values: Mapping[str, Any], *, why: str) -> None:
        """Correct columns of a session; each keeps, in an amendment, what it said before, and why.

        help: late-recording.
        """
        table = TABLES["session"]
        columns = [table.c[column] for column in values]
        before = self.connection.execute(select(*columns).where(table.c.id == session_id)).mappings().one()
        for field, new in values.items():
            if before[field] != new:
                said = {"field": field, "old": stored(before[field]), "new": stored(new), "why": why}
                amended_at = self.author.at
                self._add("session_amendment", prison_number, session_id=session_id, amended_at=amended_at, **said)
        self._amend("session", session_id, prison_number, **values)

    def raise_need(
        self, person_id: int, prison_number: str, *, raised_on: date, text: str, owner: str | None, due_on: date | None
    ) -> int:
        """Record something to be done for a prisoner; return its key."""
        asked = {"raised_on": raised_on, "text": text, "owner": owner, "due_on": due_on}
        return self._add("need", f"{prison_number} {raised_on}", person_id=person_id, **asked)

    def record_reading(self, session_id: int, prison_number: str, values: Mapping[str, Any]) -> None:
        """Record what somebody found in a note, with the columns of the table `note_reading`."""
        self._add("note_reading", f"{prison_number} {values['read_on']}", session_id=session_id, **values)

    def correct_reading(self, reading_id: int, prison_number: str, values: Mapping[str, Any]) -> None:
        """Correct what somebody found in a note, or take it back."""
        self._amend("note_reading", reading_id, prison_number, **values)

    def record_answer(self, person_id: int, prison_number: str, values: Mapping[str, Any]) -> None:
        """Record what a prisoner answered, with the columns of the table `voice_answer` (help: voice)."""
        self._add("voice_answer", f"{prison_number} {values['asked_on']}", person_id=person_id, **values)

    def correct_answer(self, answer_id: int, prison_number: str, values: Mapping[str, Any]) -> None:
        """Correct what was recorded of a prisoner's answer, or take it back."""
        self._amend("voice_answer", answer_id, prison_number, **values)

    # What happens to him

    def record_event(self, person_id: int, prison_number: str, values: Mapping[str, Any]) -> int:
        """Record an event, with the columns of the table `event`; return its key."""
        return self._add(
            "event", f"{prison_number} {values['code']} {values['event_on']}", person_id=person_id, **values
        )

    def end_event(self, event_id: int, prison_number: str, *, code: str, until_on: date) -> None:
        """End an event: from that day on it no longer holds."""
        self._amend("event", event_id, f"{prison_number} {code}", until_on=until_on)

    def close_need(
        self, need_id: int, prison_number: str, *, raised_on: date, outcome: NeedOutcome, closed_on: date | None
    ) -> None:
        """Record what became of something to be done; without `closed_on` it goes on."""
        became = {"outcome": outcome.value, "closed_on": closed_on}
        self._amend("need", need_id, f"{prison_number} {raised_on}", **became)

    # ACCT

    def open_acct(self, person_id: int, prison_number: str, *, opened_on: date) -> None:
        """Open an ACCT for a prisoner."""
        self._add("acct", f"{prison_number} {opened_on}", person_id=person_id, opened_on=opened_on)

    def change_acct(self, person_id: int, prison_number: str, *, opened_on: date, values: Mapping[str, Any]) -> None:
        """Close an ACCT, or record its post-closure review, with the columns of the table `acct`."""
        table = TABLES["acct"]
        same = (table.c.person_id == person_id) & (table.c.opened_on == opened_on)
        there = self.connection.execute(select(table.c.id).where(same)).scalar_one()
        self._amend("acct", there, f"{prison_number} {opened_on}", **values)

    def record_acct_review(
        self, person_id: int, prison_number: str, *, due_on: date, values: Mapping[str, Any]
    ) -> None:
        """Record or update an ACCT review, given the columns of the table `acct_review`."""
        there = self._row("acct_review", person_id=person_id, due_on=due_on)
        key = f"{prison_number} {due_on}"
        if there is None:
            self._add("acct_review", key, person_id=person_id, due_on=due_on, **values)
        elif values:
            self._amend("acct_review", there, key, **values)

    # The rota

    def publish_slot(
        self, key_worker_id: int, staff_id: str, *, on: date, start_minute: int, end_minute: int, published_on: date
    ) -> None:
        """Put time for key work on an officer's rota; minutes of the day count from midnight."""
        times = {"slot_on": on, "start_minute": start_minute, "end_minute": end_minute}
        key = f"{staff_id} {on}"
        self._add("rota_slot", key, key_worker_id=key_worker_id, **times, published_on=published_on)

    def mark_slot(
        self, slot_id: int, staff_id: str, *, on: date, status: SlotStatus, reason: LossReason | None
    ) -> None:
        """Record what became of a slot: worked, or lost and why."""
        became = {"status": status.value, "reason": reason.value if reason else None}
        self._amend("rota_slot", slot_id, f"{staff_id} {on}", **became)

    # Plans

    def keep_plan(self, on: date, *, session_minutes: int, places: Iterable[Mapping[str, Any]]) -> None:
        """Keep a day's plan, each prisoner with the columns of the table `plan_place`; of two the later holds."""
        day_plan_id = self._add("day_plan", f"{on}", plan_on=on, session_minutes=session_minutes)
        for place in places:
            self._add("plan_place", f"{self._number_of(place['person_id'])} {on}", day_plan_id=day_plan_id, **place)

    # Settings

    def set_setting(self, key: str, value: str) -> None:
        """Set a setting for everyone who shares this database."""
        there = self._row("setting", key=key)
        if there is None:
            self._add("setting", key, key=key, value=value)
        else:
            self._amend("setting", there, key, value=value)

    # Files

    def loading(self, *, as_of: date) -> Loading:
        """Return what takes whole files into this change, as of a day."""
        return Loading(self, as_of)

    # What contradicts what

    def settle(self) -> None:
        """Settle what this change has left in contradiction in the records of the prisoners it is about."""
        if self._concerned:
            settle(self, these(self._concerned))

    def settle_everything(self, *, own_code: str) -> None:
        """Settle what contradicts what in all records, and write places without the prison's own code."""
        drop_own_code(self, own_code)
        settle(self, everybody())

    def settle_row(self, kind: Settled, name: str, row_id: int, person_id: int, values: Mapping[str, Any]) -> None:
        """Change a record so that it no longer contradicts another; the audit says which kind of case it was."""
        key = f"{self._number_of(person_id)} {name}"
        ended = {"ended_by": self.author.user} if name == "allocation" else {}
        self._write_over(name, row_id, key, {**ended, **values}, reversing=True, action=kind.value)

    def add_settled(self, kind: Settled, name: str, person_id: int, values: Mapping[str, Any]) -> None:
        """Add a record that follows from others; the values include its stamps."""
        table = TABLES[name]
        made = self.connection.execute(insert(table).values(**values).returning(table.c.id)).scalar_one()
        said = {column: value for column, value in values.items() if column not in self.stamps()}
        self._audit(kind.value, table, f"{self._number_of(person_id)} {name}", made, None, said)

    def note_settled(self, kind: Settled, name: str, prison_number: str, said: Mapping[str, Any]) -> None:
        """Leave a line for a row of a file that was settled before it was saved: which it was, without a key yet."""
        after = image(said) if said else None
        self._lines.append(Line(*self._who(), kind.value, name, f"{prison_number} {name}", None, after))


@contextmanager
def transaction(database: Database, author: Author) -> Iterator[Change]:
    """Open a change; keep it when the block reaches its end, unless in a dry run, else leave everything as it was.

    Raises `RefusedError` when a constraint of the schema refuses it, `DatabaseError` when it cannot be written.
    """
    saving = False
    try:
        with database.alone() as connection:
            change = Change(connection, author, database.reader(connection))
            yield change
            change.settle()
            change.close_audit()
            saving = author.saves
            if saving:
                database.keep(connection)
            else:
                connection.rollback()
    except IntegrityError as error:
        raise _refused(error) from None
    except DBAPIError as error:
        raise database.said(error, saving=saving) from error


def _refused(error: IntegrityError) -> RefusedError:
    told = getattr(getattr(error.orig, "diag", None), "message_primary", None) or str(error.orig)
    rule = told.rpartition(": ")[2]
    return RefusedError(f"the database refused this: {rule}.", "nothing was saved; check what you typed.")
