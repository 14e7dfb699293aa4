"""How every report names people: a key worker as one object, a prisoner who is left out of the totals in a sentence."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Final, Protocol

from keyworker_cli.reports.report import Row, Style, Value
from keyworker_cli.rules.codes.records import AllocationReason
from keyworker_cli.rules.codes.words import ALLOCATED_AS, say_left
from keyworker_cli.rules.contact.gaps import Gap
from keyworker_cli.rules.dates.say import say_date, say_day_near
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.say import count_prisoners, say_count, say_prisoner


def person(staff_id: str | None, name: str | None) -> Mapping[str, Value] | None:
    """Return a key worker as reports hold one, or `None`."""
    return None if staff_id is None else {"staff_id": staff_id, "name": name}


def worker_in(field: str, otherwise: str = "none") -> Callable[[Row], str]:
    """Return what names the key worker that a field of a row holds."""

    def name(row: Row) -> str:
        worker = row[field]
        return f"{worker['name']}" if isinstance(worker, Mapping) else otherwise

    return name


class Placed(Protocol):
    """A prisoner of whom it is known where they are."""

    @property
    def prison_number(self) -> str:
        """The number they are known by here."""

    @property
    def name(self) -> str:
        """Their name as it is said."""

    @property
    def location(self) -> str | None:
        """Where they are, `None` where no place is recorded."""

    @property
    def wing(self) -> str | None:
        """The wing they are counted on."""


def who_and_where(prisoner: Placed) -> Row:
    """Return which prisoner a row is about, and where they are."""
    return {
        "prison_number": prisoner.prison_number,
        "name": prisoner.name,
        "location": prisoner.location,
        "wing": prisoner.wing,
    }


def say_key_worker(row: Row) -> str:
    """Name the key worker that a row of a report holds: `none` without one."""
    return worker_in("key_worker")(row)


def emphasised(_row: Row) -> Style:
    """Stress a cell in every row."""
    return "emphasis"


def say_date_or(value: Value, otherwise: str) -> str:
    """Say the day that a field of a row holds, `otherwise` where it holds none."""
    return say_date(value) if isinstance(value, date) else otherwise


def say_acknowledged(row: Row) -> str:
    """Say when the key worker of a row acknowledged the allocation."""
    return say_date_or(row["acknowledged_on"], "no")


def say_how_left(row: Row) -> str:
    """Say how the stay of a row ended."""
    reason = row["departure_reason"]
    return say_left(reason if isinstance(reason, str) else None)


def say_date_near_or(value: Value, as_of: date, otherwise: str) -> str:
    """Say the day that a field of a row holds, without a year that is that of the page."""
    return say_day_near(value, as_of) if isinstance(value, date) else otherwise


def say_day_near_or(row: Row, field: str, otherwise: str) -> str:
    """Say the day that a field of a row holds as near the row's `as_of`, `otherwise` where it holds none."""
    as_of = row["as_of"]
    return say_date_near_or(row[field], as_of, otherwise) if isinstance(as_of, date) else otherwise


def say_last_seen(row: Row) -> str:
    """Say when the prisoner of a row was last seen in this stay: `Wed 25 Mar 2026`, or `no key work yet`.

    Of one who was here before kw's records of him begin it is not known: `no record before Tue 12 May 2026`.
    """
    seen_on = row["last_session_on"]
    return say_date(seen_on) if isinstance(seen_on, date) else say_unseen(row)


def say_last_seen_near(row: Row, as_of: date) -> str:
    """Say as `say_last_seen`, without a year that is that of the page: `Wed 25 Mar`."""
    return say_date_near_or(row["last_session_on"], as_of, say_unseen(row))


def say_unseen(row: Row) -> str:
    """Say of one without a session that there was none, or that kw's records of him do not go back."""
    begin = row.get("records_from")
    return f"no record before {say_date(begin)}" if isinstance(begin, date) else "no key work yet"


def say_because(row: Row) -> str:
    """Say why the key worker of a row was chosen; where no reason is recorded, whether kw recommended them."""
    return str(row["because"] or ALLOCATED_AS[AllocationReason(str(row["allocation_reason"]))])


def say_because_short(because: str) -> str:
    """Say why a key worker was chosen on a narrow screen: `same wing, 5 of 6`."""
    return because.removesuffix(" allocated")


def say_records_begin(prisoners: Iterable[Contact]) -> Iterator[str]:
    """Say of how many kw has no session because its records of them begin later than they arrived."""
    begin: dict[date, int] = {}
    for prisoner in prisoners:
        if prisoner.records_begin_on:
            begin[prisoner.records_begin_on] = begin.get(prisoner.records_begin_on, 0) + 1
    for on, number in sorted(begin.items()):
        whose = count_prisoners(number)
        yield f"kw's records of {whose} begin on {say_date(on)}: whether they had key work before is not known"


TO_BEGIN: Final = "To begin: kw import takes a list of prisoners in, kw prisoner add records one."


def say_nobody(of: str = "", excluded: Iterable[object] = ()) -> str:
    """Say that there are none of the prisoners asked about: none `of` a wing or officer, or none in the scheme."""
    if any(True for _ in excluded):
        return f"Nobody{of and f' of {of}'} here is in the scheme"
    return f"No prisoner of {of} is here" if of else "There are no prisoners here in kw"


def say_no_key_workers(of: str = "") -> str:
    """Say that there are no key workers, or none `of` a wing."""
    return f"There are no key workers{of and f' of {of}'} in kw"


def say_nobody_here(about: str, *, of: str = "", excluded: Iterable[object] = ()) -> str:
    """Say so as `say_nobody`, what an empty list must therefore not be read as saying, and how to begin."""
    begin = "" if of or any(True for _ in excluded) else f" {TO_BEGIN}"
    return f"{say_nobody(of, excluded)}. An empty list says nothing about {about}.{begin}"


def say_none_of(
    prisoners: Iterable[object], about: str, otherwise: str, *, of: str = "", excluded: Iterable[object] = ()
) -> str:
    """Say of an empty list what it says of those who are here, the `prisoners`; of nobody it says nothing."""
    return otherwise if any(True for _ in prisoners) else say_nobody_here(about, of=of, excluded=excluded)


def name_away(gaps: Iterable[Gap]) -> Iterator[str]:
    """Name each prisoner who is out overnight beside the longest gap, which leaves them out (help: time-budget)."""
    for gap in gaps:
        prisoner = gap.contact
        if prisoner.away is not None:
            yield f"out overnight, beside the longest gap: {say_prisoner(prisoner)}, {say_count(gap.days, 'day')}"


def name_excluded(excluded: Iterable[Contact]) -> Iterator[str]:
    """Name each prisoner who is out of scope beside the totals that leave him out.

    The policy says all (help: movements).
    """
    for prisoner in sorted(excluded, key=lambda prisoner: prisoner.prison_number):
        why = prisoner.out_of_scope_reason or "no reason recorded"
        yield f"out of scope, in no total: {say_prisoner(prisoner)}, {why}"
