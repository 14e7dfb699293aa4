"""Who is recommended as key worker for each prisoner without one, and why (help: allocation).

A recommendation is only that: nothing is saved here, and a person who knows better may name another (MANUAL).
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import IntEnum
from typing import NamedTuple

from keyworker_cli.rules.dates.london import london_moment
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.facts.names import full_name
from keyworker_cli.rules.facts.officers import FormerWorker, Officer
from keyworker_cli.rules.say import count_prisoners, say_count
from keyworker_cli.rules.settings import Settings


class Unallocated(NamedTuple):
    """A prisoner who needs a key worker.

    How long he has been without, and the key workers he had before, latest first.
    """

    person_id: int
    prison_number: str
    last_name: str
    first_name: str
    wing: str | None
    days: int
    see_today: bool = False
    former: tuple[FormerWorker, ...] = ()

    @property
    def name(self) -> str:
        """His name as it is said."""
        return full_name(self.first_name, self.last_name)


class Proposal(NamedTuple):
    """What is proposed for one prisoner: an officer, or `None` where there is no place for him; and why, in words."""

    prisoner: Unallocated
    officer: Officer | None
    because: str


class Places(NamedTuple):
    """An officer's caseload before and after the proposals are saved."""

    staff_id: str
    name: str
    capacity: int
    before: int
    after: int


def recommend(
    prisoners: Iterable[Unallocated], officers: Iterable[Officer], *, settings: Settings, without: Container[str] = ()
) -> list[Proposal]:
    """Recommend a key worker for every prisoner, in the order in which they are to be considered (help: allocation).

    `officers` are all of the prison's, whatever their status: only the ACTIVE are recommended, but the rota of any of
    them shows that their wing's is recorded. `without` are staff ids not to be recommended, such as the officer whose
    prisoners are being reallocated. Each proposal counts at once towards the allocated and the latest AUTO allocation.
    The same facts in any order give the same proposals.
    """
    run = _Run(officers, settings, without)
    return [_propose(run, prisoner) for prisoner in sorted(prisoners, key=_turn)]


def count_places(
    officers: Iterable[Officer], proposals: Iterable[Proposal], *, settings: Settings, leaving: Iterable[str] = ()
) -> list[Places]:
    """Count each ACTIVE officer's prisoners before and after the proposals, by staff id.

    `leaving` are the staff ids of the officers whom the prisoners would leave, once for each prisoner.
    """
    change = Counter(proposal.officer.staff_id for proposal in proposals if proposal.officer is not None)
    change.subtract(leaving)
    return [
        Places(
            officer.staff_id,
            officer.name,
            capacity_of(officer, settings=settings),
            officer.allocated,
            officer.allocated + change[officer.staff_id],
        )
        for officer in sorted(officers, key=lambda officer: officer.staff_id)
        if officer.active
    ]


def capacity_of(officer: Officer, *, settings: Settings) -> int:
    """Return an officer's capacity: their own, or the prison's default."""
    return settings.capacity_default if officer.capacity is None else officer.capacity


def _turn(prisoner: Unallocated) -> tuple[bool, int, str, str, str]:
    return (
        not prisoner.see_today,
        -prisoner.days,
        prisoner.last_name.casefold(),
        prisoner.first_name.casefold(),
        prisoner.prison_number,
    )


# --- the officers during a run ---

_Rank = tuple[bool, float, tuple[int, datetime, int], str]
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class _RunningCaseload:
    """An officer's caseload while the run allocates prisoners to them."""

    officer: Officer
    capacity: int
    no_time: bool
    taken: int
    last_auto: tuple[int, datetime, int]

    @property
    def has_place(self) -> bool:
        return self.taken < self.capacity

    @property
    def rank(self) -> _Rank:
        """The order among officers with a place: time on the rota, share taken, least recent AUTO, staff id.

        Equal shares of caseloads this small are equal as floats too.
        """
        return (self.no_time, self.taken / self.capacity, self.last_auto, self.officer.staff_id)

    @property
    def places(self) -> str:
        return f"{self.taken} of {self.capacity} allocated"


class _Run:
    """The ACTIVE officers as they stand while the run places prisoners with them."""

    def __init__(self, officers: Iterable[Officer], settings: Settings, without: Container[str]) -> None:
        everyone = list(officers)
        recorded = {officer.wing for officer in everyone if officer.minutes_ahead > 0}
        self.settings = settings
        self.placed = 0
        self.other = "other " if any(officer.active and officer.staff_id in without for officer in everyone) else ""
        self.caseloads = {
            officer.staff_id: _RunningCaseload(
                officer,
                capacity_of(officer, settings=settings),
                no_time=officer.minutes_ahead == 0 and officer.wing in recorded,
                taken=officer.allocated,
                last_auto=_last_auto(officer),
            )
            for officer in everyone
            if officer.active and officer.staff_id not in without
        }

    def first(self) -> _RunningCaseload | None:
        """Return the officer of the prison who is next to be taken."""
        return _first(self.caseloads.values())

    def first_on(self, wing: str) -> _RunningCaseload | None:
        """Return the officer of a wing who is next to be taken."""
        return _first(caseload for caseload in self.caseloads.values() if caseload.officer.wing == wing)

    def place(self, caseload: _RunningCaseload) -> None:
        """Count one more prisoner for an officer, as the latest of all AUTO allocations."""
        self.placed += 1
        caseload.taken += 1
        caseload.last_auto = (2, _NEVER, self.placed)


def _first(caseloads: Iterable[_RunningCaseload]) -> _RunningCaseload | None:
    return min((one for one in caseloads if one.has_place), key=lambda one: one.rank, default=None)


def _last_auto(officer: Officer) -> tuple[int, datetime, int]:
    """Return the place of an officer's latest AUTO allocation in time, none first; a date alone is its beginning."""
    moments = [moment for moment in (officer.last_auto_at, _start_of(officer.last_auto_on)) if moment is not None]
    return (1, max(moments), 0) if moments else (0, _NEVER, 0)


def _start_of(on: date | None) -> datetime | None:
    return None if on is None else london_moment(on, time.min)


# --- the choice for one prisoner ---


class _Tie(IntEnum):
    """The reasons to choose an officer, the strongest first."""

    FORMER = 0
    SAME_WING = 1
    ANY_WING = 2


class _Option(NamedTuple):
    """An officer who may be chosen. Those without rota time come after all who have some, for whatever reason."""

    no_time: bool
    tie: _Tie
    caseload: _RunningCaseload
    until: date | None = None


def _propose(run: _Run, prisoner: Unallocated) -> Proposal:
    chosen = min(_options(run, prisoner), key=lambda option: (option.no_time, option.tie), default=None)
    if chosen is None:
        return Proposal(prisoner, None, _why_unplaced(run, prisoner))
    because = _why(run, prisoner, chosen)
    run.place(chosen.caseload)
    return Proposal(prisoner, chosen.caseload.officer, because)


def _options(run: _Run, prisoner: Unallocated) -> Iterator[_Option]:
    """Yield the best officer of each kind; `allocate.wing` bears on new key workers, not on one he had before."""
    yield from _former_options(run, prisoner)
    wing = run.settings.allocate_wing
    if wing != "ignore" and prisoner.wing is not None and (first := run.first_on(prisoner.wing)):
        yield _Option(first.no_time, _Tie.SAME_WING, first)
    if wing != "require" and (first := run.first()):
        yield _Option(first.no_time, _Tie.ANY_WING, first)


def _former_options(run: _Run, prisoner: Unallocated) -> Iterator[_Option]:
    """Yield his most recent former key worker still ACTIVE, of those with rota time and of those without."""
    if run.settings.allocate_previous == "ignore":
        return
    met: set[bool] = set()
    for former in prisoner.former:
        caseload = run.caseloads.get(former.staff_id)
        if caseload is None or caseload.no_time in met:
            continue
        met.add(caseload.no_time)
        if caseload.has_place or run.settings.allocate_previous == "always":
            yield _Option(caseload.no_time, _Tie.FORMER, caseload, former.ended_on)


# --- why, in words ---


def _why(run: _Run, prisoner: Unallocated, chosen: _Option) -> str:
    caseload = chosen.caseload
    if chosen.tie is _Tie.FORMER and chosen.until is not None:
        limit = "" if caseload.has_place else ", over capacity because allocate.previous is always"
        said = f"his key worker until {say_date(chosen.until)}, {caseload.places}{limit}"
    elif chosen.tie is _Tie.SAME_WING:
        said = f"{_why_not_former(run, prisoner)}same wing, {caseload.places}"
    else:
        said = f"{_why_not_former(run, prisoner)}{_why_no_one_nearer(run, prisoner)}, {caseload.places}"
    if not caseload.no_time:
        return said
    where = f" on wing {prisoner.wing}" if run.settings.allocate_wing == "require" else ""
    return f"{said}; no key work detailed in the next 14 days, but nobody{where} who has some has a place"


def _why_not_former(run: _Run, prisoner: Unallocated) -> str:
    """Say why his most recent ACTIVE former key worker was passed over; "" where he has none."""
    known = (run.caseloads[former.staff_id] for former in prisoner.former if former.staff_id in run.caseloads)
    former = next(known, None)
    if former is None or run.settings.allocate_previous == "ignore":
        return ""
    why_not = "has no key work detailed in the next 14 days" if former.has_place else "is full"
    return f"his former key worker {former.officer.name} {why_not}; "


def _why_no_one_nearer(run: _Run, prisoner: Unallocated) -> str:
    """Say why an officer was taken without regard to the wing."""
    if run.settings.allocate_wing == "ignore":
        return "lowest share of capacity allocated"
    if prisoner.wing is None:
        return "his wing is not known"
    if run.first_on(prisoner.wing) is not None:
        return f"no place with rota time on wing {prisoner.wing}"
    return _wing_without_place(run, prisoner.wing)


def _why_unplaced(run: _Run, prisoner: Unallocated) -> str:
    if not run.caseloads:
        return f"no {run.other}key worker is ACTIVE"
    if run.settings.allocate_wing == "require" and run.first() is not None:
        missing = "his wing is not known" if prisoner.wing is None else _wing_without_place(run, prisoner.wing)
        return f"{missing}, and allocate.wing is require"
    taken = sum(caseload.taken for caseload in run.caseloads.values())
    capacity = sum(caseload.capacity for caseload in run.caseloads.values())
    return f"every {run.other}ACTIVE key worker is full: {count_prisoners(taken)}, {say_count(capacity, 'place')}"


def _wing_without_place(run: _Run, wing: str) -> str:
    on_wing = any(caseload.officer.wing == wing for caseload in run.caseloads.values())
    return f"wing {wing} is full" if on_wing else f"wing {wing} has no {run.other}ACTIVE key worker"
