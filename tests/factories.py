"""A world in two lines: `prison.man("A1234BC", arrived="2026-01-05")`, `prison.officer("SHAH")`.

Everything is written through the same transactions as the commands use, into a real database.
"""

from collections.abc import Callable, Hashable
from datetime import UTC, date, datetime
from functools import cache, wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from databases import Address, fill_after, pattern_of, rows
from keyworker_cli.rules.codes.records import AllocationReason, DepartureReason, EndReason, StaffStatus
from keyworker_cli.store.changes.audit import FIRST_HASH
from keyworker_cli.store.changes.author import Author
from keyworker_cli.store.changes.change import Change
from keyworker_cli.store.store import Store

FACTS_AS_SLOW_AS_A_COPY = 5


def day(text: str | date) -> date:
    """Return a date from ISO text."""
    return text if isinstance(text, date) else date.fromisoformat(text)


@cache
def empty_database() -> bytes:
    """An empty database, made once as `kw init` makes it: each test begins with a copy of its own."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "kw.db"
        Store(path).create()
        return path.read_bytes()


def world(fill: Callable[..., Any]) -> Callable[..., Any]:
    """Fill a prison as `fill` does: the first time fact by fact, from then on with a copy of the database it made.

    `fill` takes the prison, does nothing else, and returns the prison or nothing. A prison that holds anything but
    other worlds is filled as ever, and so is one on a server with a few facts, which are no slower than a copy.
    """
    kept: dict[Hashable, tuple[bytes | str, dict[str, int], dict[str, int], bool]] = {}

    @wraps(fill)
    def filled(*given: Any, **named: Any) -> Prison | None:
        prison, *args = (*given, *named.values())  # pytest gives a fixture its prison by name
        before = prison.worlds()
        if before is None:
            return fill(prison, *args)
        worlds = (*before, (fill, *args))
        if worlds not in kept:
            facts = prison.facts
            returned = fill(prison, *args)
            assert returned is None or returned is prison
            prison.store.close()
            if not isinstance(prison.address, Path) and prison.facts - facts < FACTS_AS_SLOW_AS_A_COPY:
                return returned
            kept[worlds] = pattern(prison.address), {**prison.people}, {**prison.workers}, returned is prison
        content, people, workers, gives = kept[worlds]
        if isinstance(content, str):
            fill_after(content, prison.address)
        else:
            prison.address.write_bytes(content)
        prison.people.update(people)
        prison.workers.update(workers)
        prison.filled_by(worlds)
        return prison if gives else None

    return filled


def pattern(address: Address) -> bytes | str:
    """Return what a database like this one can be made from: its bytes, or the name of a copy on the server."""
    return address.read_bytes() if isinstance(address, Path) else pattern_of(address)


class Prison:
    """A prison in a database, filled one fact at a time."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.store = Store(address)
        if not self.store.exists():
            self._make(address)
        self.people: dict[str, int] = {}
        self.workers: dict[str, int] = {}
        self.facts = 0
        self._worlds: tuple[Hashable, ...] = ()
        self._left = self._stands() if isinstance(address, Path) else [(0, FIRST_HASH)]

    def filled_by(self, worlds: tuple[Hashable, ...]) -> None:
        """Note by which worlds it was filled, and how it was left, so that a change of anybody's shows."""
        self._worlds, self._left = worlds, self._stands()

    def worlds(self) -> tuple[Hashable, ...] | None:
        """The worlds by which it was filled, `None` where anything else was written since."""
        return self._worlds if self._left == self._stands() else None

    def _stands(self) -> object:
        if not isinstance(self.address, Path):
            return rows(self.address, "SELECT lines, hash FROM audit_head")
        found = self.address.stat()
        return found.st_mtime_ns, found.st_size

    def _make(self, address: Address) -> None:
        if isinstance(address, Path):
            address.touch(mode=0o600)
            address.write_bytes(empty_database())
        else:
            self.store.create()

    def _change(self, on: str | date) -> Any:
        self.facts += 1
        moment = datetime.combine(day(on), datetime.min.time(), tzinfo=UTC).replace(hour=16)
        return self.store.transaction(Author("tester", moment, "kw test", moment.date()))

    def prisoner(
        self,
        number: str = "A1234BC",
        *,
        arrived: str,
        name: str = "Mr A",
        location: str | None = "B-2-014",
        born: str | None = None,
        arrival_type: str = "RECEPTION",
    ) -> int:
        """A prisoner arrives; a number already known arrives again."""
        first, _, last = name.partition(" ")
        with self._change(arrived) as change:
            if number not in self.people:
                self.people[number] = change.add_person(
                    prison_number=number,
                    last_name=last,
                    first_name=first,
                    date_of_birth=day(born) if born else None,
                )
            change.open_stay(self.people[number], arrived_on=day(arrived), arrival_type=arrival_type, location=location)
        return self.people[number]

    def officer(
        self,
        staff_id: str = "SHAH",
        *,
        name: str | None = None,
        wing: str | None = "B",
        capacity: int | None = None,
        login: str | None = None,
        on: str = "2025-01-01",
    ) -> int:
        """An officer becomes a key worker."""
        first, _, last = (name or f"Officer {staff_id.title()}").partition(" ")
        with self._change(on) as change:
            self.workers[staff_id] = change.add_key_worker(
                staff_id=staff_id, last_name=last, first_name=first, login=login, wing=wing, capacity=capacity
            )
        return self.workers[staff_id]

    def status(self, staff_id: str, status: str, since: str, *, back: str | None = None) -> None:
        """An officer's status changes from a day on."""
        with self._change(since) as change:
            change.record_status(
                self.workers[staff_id],
                staff_id,
                status=StaffStatus(status),
                from_on=day(since),
                return_on=day(back) if back else None,
            )

    def allocated(
        self, number: str, staff_id: str, on: str, *, reason: str = "MANUAL", until: str | None = None
    ) -> None:
        """A prisoner is given a key worker; any he had ends that day, replaced."""
        with self._change(on) as change:
            self._end(change, number, day(on), EndReason.OVERRIDE)
            change.allocate(
                self.people[number],
                self.workers[staff_id],
                on=day(on),
                reason=AllocationReason(reason),
                because="said so in a test",
            )
        if until:
            self.deallocated(number, until)

    def deallocated(self, number: str, on: str, *, reason: str = "MANUAL") -> None:
        """A prisoner's key worker is taken from him."""
        with self._change(on) as change:
            self._end(change, number, day(on), EndReason(reason))

    def _end(self, change: Change, number: str, on: date, reason: EndReason) -> None:
        for held in change.queries.allocations_of(self.people[number]):
            if held.ended_on is None:
                change.end_allocation(held.allocation_id, number, on=on, reason=reason)

    def session(
        self, number: str, staff_id: str, on: str, minutes: int = 45, *, at: str | None = None, **values: Any
    ) -> int:
        """A session, or whatever became of one; `outcome`, `type`, `topics`, `note` and the others may be given."""
        hours, _, rest = (at or "").partition(":")
        row = {
            "person_id": self.people[number],
            "key_worker_id": self.workers[staff_id],
            "held_on": day(on),
            "start_minute": int(hours) * 60 + int(rest) if at else None,
            "minutes": minutes if values.get("outcome", "COMPLETED") == "COMPLETED" else 0,
            **values,
        }
        with self._change(on) as change:
            return change.record_session(number, row)

    def left(self, number: str, on: str, reason: str = "RELEASE") -> None:
        """A prisoner's stay ends, and with it his allocation."""
        ends = {"RELEASE": EndReason.RELEASED, "TRANSFER_OUT": EndReason.TRANSFER, "DIED": EndReason.DIED}
        with self._change(on) as change:
            self._end(change, number, day(on), ends[reason])
            stay = change.queries.stays_of(self.people[number])[0]
            change.end_stay(stay.stay_id, number, left_on=day(on), reason=DepartureReason(reason))

    def slot(self, staff_id: str, on: str | date, start: str = "09:00", end: str = "11:15", **values: Any) -> None:
        """An officer has time on the rota; `status` and `reason` say what became of it."""
        times = {"start_minute": _minute(start), "end_minute": _minute(end)}
        self._recorded("rota_slot", on, key_worker_id=self.workers[staff_id], slot_on=day(on), **times, **values)

    def away(self, number: str, since: str, *, back: str | None = None, reason: str = "HOSPITAL") -> None:
        """A prisoner is away overnight from a day on."""
        nights = {"from_on": day(since), "to_on": day(back) if back else None}
        self._recorded("absence", since, person_id=self.people[number], reason=reason, **nights)

    def event(self, number: str, code: str, on: str | date, *, at: str | None = None, **values: Any) -> None:
        """Something happens to a prisoner, or is known of him; `until_on`, `confidence`, `detail`, `source` may be
        given.
        """
        minute = _minute(at) if at else None
        self._recorded(
            "event", on, person_id=self.people[number], code=code, event_on=day(on), at_minute=minute, **values
        )

    def acct(self, number: str, opened: str, *, closed: str | None = None, reviewed: str | None = None) -> None:
        """An ACCT is opened, closed, and its post-closure review held."""
        ends = {"closed_on": closed and day(closed), "post_closure_review_held": reviewed and day(reviewed)}
        self._recorded("acct", opened, person_id=self.people[number], opened_on=day(opened), **ends)

    def review(self, number: str, due: str, *, held: str | None = None, **values: Any) -> None:
        """An ACCT review of a prisoner falls due; `key_worker_invited` and `key_worker_contribution` may be given."""
        days = {"due_on": day(due), "held_on": day(held) if held else None}
        self._recorded("acct_review", due, person_id=self.people[number], **days, **values)

    def need(self, number: str, raised: str, text: str, *, due: str | None = None, **values: Any) -> None:
        """Something is to be done for a prisoner; `owner`, `closed_on` and `outcome` may be given."""
        days = {"raised_on": day(raised), "due_on": day(due) if due else None}
        self._recorded("need", raised, person_id=self.people[number], text=text, **days, **values)

    def out_of_scope(self, number: str, since: str, why: str | None = None) -> None:
        """A prisoner is taken out of the scheme from a day on."""
        with self._change(since) as change:
            stay = change.queries.stays_of(self.people[number])[0]
            change._amend("stay", stay.stay_id, number, out_of_scope_from=day(since), out_of_scope_reason=why)

    def setting(self, key: str, value: str) -> None:
        """The prison sets a setting."""
        with self._change("2025-01-01") as change:
            change.set_setting(key, value)

    def _recorded(self, table: str, on: str | date, **values: Any) -> None:
        with self._change(on) as change:
            change._add(table, f"{on}", **values)


def _minute(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)
