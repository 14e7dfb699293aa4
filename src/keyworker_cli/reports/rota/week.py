"""A week of the rota as a grid: `kw rota show` (help: rota)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Appointment, Column, Report, Row, Section, Style, Value
from keyworker_cli.reports.rota.key_workers import is_asked
from keyworker_cli.reports.words import say_no_key_workers
from keyworker_cli.rules.codes.records import StaffStatus
from keyworker_cli.rules.dates.say import WEEKDAYS, say_date, say_day
from keyworker_cli.rules.dates.weeks import Week, parse_week
from keyworker_cli.rules.facts.officers import Officer
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.rota.slots import SlotState, is_published, say_became, say_hours, state_of_slot
from keyworker_cli.rules.rota.staff_status import say_status
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.stays.places import in_order

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

DAYS = tuple(map(str.lower, WEEKDAYS))
WORKING_DAYS = 5
MINUTES = ("allocated", "worked", "lost", "unconfirmed", "short")


@dataclass(frozen=True)
class OfficerWeek:
    """An officer's week: his slots with what each counts as, and whether anyone of his wing has a slot in it."""

    officer: Officer
    slots: tuple[tuple[Slot, SlotState], ...]
    wing_is_recorded: bool

    def minutes(self, *states: SlotState) -> int:
        """Return the minutes of the slots that count as one of these."""
        return sum(slot.minutes for slot, state in self.slots if state in states)

    @property
    def allocated_minutes(self) -> int:
        """All his time whatever became of it, except what is to come while he is not there (help: rota)."""
        return self.minutes(*(state for state in SlotState if state is not SlotState.NOT_THERE))


def rota_report(store: "Store", request: ReportRequest, *, week: str | None = None) -> Report:
    """Return a week of the rota, this one unless another is named: an officer a row, a day a column, by wing.

    His prisoners are those at the end of that week, or at `as_of` if that is earlier; the minutes needed are
    `target.minutes_per_week` for each. Raises `UsageError` for what is no week.
    """
    shown = parse_week(week, today=request.as_of) if week else Week.of(request.as_of)
    recorded = store.queries.slots_between(shown.monday, shown.sunday)
    slots = [slot for slot in recorded if is_published(slot, request.as_of)]
    officers = store.queries.officers(as_of=min(request.as_of, shown.sunday))
    weeks = [one for one in _weeks(officers, slots, request.as_of) if is_asked(request, one.officer)]
    rows = tuple(_row(one, request.settings) for one in weeks if _has_part(one))
    summary = _summary(shown, rows)
    name = _name_column(rows)
    section = Section(
        name="rota",
        title="",
        columns=(name, *_columns(shown, rows)),
        narrow=(name, PRISONERS, DETAILED, Column("", "Slots", show=_slots(shown), wrap=True)),
        rows=rows,
        lead=_lead(summary),
        foot=("Hours without a word are still to come.",) if rows else (),
        empty=f"{say_no_key_workers(request.scope_words())}: kw worker add records one.",
        group=_by_wing(rows),
        appointments=_appointments(weeks),
    )
    title = request.titled(f"Rota of {shown}, {say_date(shown.monday)} to {say_date(shown.sunday)}")
    return request.report("rota", title, [section], summary=summary, settings=("target.minutes_per_week",))


def _appointments(weeks: Iterable[OfficerWeek]) -> Callable[[Row], Iterator[Appointment]]:
    """Return what gives the slots of an officer's row as entries in their calendar: all but those that are lost."""
    slots = {one.officer.staff_id: one.slots for one in weeks}

    def of(row: Row) -> Iterator[Appointment]:
        for slot, state in slots.get(str(row["staff_id"]), ()):
            if state not in (SlotState.LOST, SlotState.NOT_THERE):
                yield Appointment(
                    whose_id=slot.staff_id,
                    whose=slot.name,
                    key=f"slot-{slot.slot_on.isoformat()}-{slot.start_minute}-{slot.staff_id}",
                    on=slot.slot_on,
                    start_minute=slot.start_minute,
                    end_minute=slot.end_minute,
                    title="Key work: time on the rota",
                    place=f"wing {slot.wing}" if slot.wing else "",
                )

    return of


def _weeks(officers: Iterable[Officer], slots: Iterable[Slot], as_of: date) -> list[OfficerWeek]:
    by_officer: dict[int, list[tuple[Slot, SlotState]]] = {}
    for slot in slots:
        by_officer.setdefault(slot.key_worker_id, []).append((slot, state_of_slot(slot, as_of=as_of)))
    everyone = sorted(officers, key=lambda officer: in_order(officer.wing))
    recorded = {officer.wing for officer in everyone if officer.key_worker_id in by_officer}
    return [OfficerWeek(one, tuple(by_officer.get(one.key_worker_id, ())), one.wing in recorded) for one in everyone]


def _has_part(one: OfficerWeek) -> bool:
    """Leave out only who is no longer a key worker and has neither prisoners nor slots."""
    return one.officer.status != StaffStatus.INACTIVE or bool(one.slots) or one.officer.allocated > 0


def _row(one: OfficerWeek, settings: Settings) -> Row:
    officer = one.officer
    required = officer.allocated * settings.target_minutes_per_week
    return {
        "staff_id": officer.staff_id,
        "name": officer.name,
        "wing": officer.wing,
        "status": officer.status or StaffStatus.ACTIVE.value,
        "return_on": officer.return_on,
        "prisoners": officer.allocated,
        "required_minutes": required,
        "allocated_minutes": one.allocated_minutes,
        "worked_minutes": one.minutes(SlotState.WORKED),
        "lost_minutes": one.minutes(SlotState.LOST),
        "unconfirmed_minutes": one.minutes(SlotState.UNCONFIRMED),
        "short_minutes": max(0, required - one.allocated_minutes),
        "rota_recorded": one.wing_is_recorded,
        **{day: [_slot(s, state) for s, state in one.slots if s.slot_on.weekday() == n] for n, day in enumerate(DAYS)},
    }


def _slot(slot: Slot, state: SlotState) -> str:
    return f"{say_hours(slot)} {_what_became(slot, state)}"


def _what_became(slot: Slot, state: SlotState) -> str:
    """Say it in words that stand without colour: what is lost in capitals, what nobody confirmed as such."""
    if slot.unavailable and state in (SlotState.LOST, SlotState.NOT_THERE):
        return f"{'DROPPED' if state is SlotState.LOST else 'NOT THERE'}: {say_status(slot.unavailable)}"
    if state is SlotState.LOST:
        return f"DROPPED, {say_became(slot)}"
    return "published" if state is SlotState.TO_COME else state.value


def _officer(row: Row) -> str:
    return str(row["name"]) if row["status"] == StaffStatus.ACTIVE else f"{row['name']}, {_status(row)}"


def _status(row: Row) -> str:
    back = row["return_on"]
    return say_status(str(row["status"]), back if isinstance(back, date) else None)


def _detailed(row: Row) -> str:
    """Say how many of the minutes that their prisoners need are on the officer's rota."""
    if row["allocated_minutes"]:
        return f"{row['allocated_minutes']} of {row['required_minutes']}"
    if not row["prisoners"]:
        return "none"
    return f"{'NONE' if row['rota_recorded'] else 'NO ROTA'} of {row['required_minutes']}"


def _is_without_time(row: Row) -> bool:
    """He has prisoners and not one minute on the rota that week."""
    return bool(row["prisoners"]) and not row["allocated_minutes"]


def _stress(row: Row) -> Style:
    return "warn" if _is_without_time(row) else ""


def _said(row: Row, day: str) -> str:
    slots = row[day]
    return "; ".join(slot.removesuffix(" published") for slot in slots) if isinstance(slots, list) else ""


def _cell(day: str) -> Callable[[Row], str]:
    return lambda row: _said(row, day) or "-"


def _slots(week: Week) -> Callable[[Row], str]:
    """Return what says an officer's slots in one column, each with its day."""
    days = [(day, say_day(on)) for day, on in zip(DAYS, week.days, strict=True)]
    return lambda row: "; ".join(f"{on} {said}" for day, on in days if (said := _said(row, day))) or "-"


PRISONERS = Column("prisoners", "Prisoners", align="right", priority=1)
DETAILED = Column("allocated_minutes", "Detailed", show=_detailed, style=_stress)


def _name_column(rows: Iterable[Row]) -> Column:
    """Return the officer's column, which wraps where somebody's absence stands in it."""
    absent = any(row["status"] != StaffStatus.ACTIVE for row in rows)
    return Column("name", "Key worker", show=_officer, style=_stress, wrap=absent)


def _columns(week: Week, rows: tuple[Row, ...]) -> tuple[Column, ...]:
    """Return the grid's columns; Saturday and Sunday stand in it only when somebody has a slot on them."""
    used = [day for n, day in enumerate(DAYS) if n < WORKING_DAYS or any(row[day] for row in rows)]
    titles = {day: say_day(on) if day in used else "" for day, on in zip(DAYS, week.days, strict=True)}
    return (
        *(Column(key) for key in ("staff_id", "wing", "status", "return_on")),
        PRISONERS,
        Column("required_minutes"),
        DETAILED,
        *(Column(f"{state}_minutes") for state in MINUTES if state != "allocated"),
        Column("rota_recorded"),
        *(Column(day, titles[day], show=_cell(day), wrap=True) for day in DAYS),
    )


def _by_wing(rows: tuple[Row, ...]) -> Callable[[Row], str]:
    """Return the heading of each wing: its minutes, and how many of its officers have none."""
    heading: dict[Value, str] = {}
    for wing in {row["wing"] for row in rows}:
        his = [row for row in rows if row["wing"] == wing]
        name = f"Wing {wing}" if wing else "No wing recorded"
        without = sum(map(_is_without_time, his))
        heading[wing] = (
            f"{name}: {_total(his, 'allocated_minutes'):,} of {_total(his, 'required_minutes'):,} minutes on the rota; "
            f"officers with prisoners and no key work detailed: {without} of {len(his)}"
            if any(row["rota_recorded"] for row in his)
            else f"{name}: no rota recorded for this week, so nobody can tell"
        )
    return lambda row: heading[row["wing"]]


def _total(rows: Iterable[Row], key: str) -> int:
    return sum(value for row in rows if isinstance(value := row[key], int))


def _summary(week: Week, rows: tuple[Row, ...]) -> dict[str, Any]:
    return {
        "week": str(week),
        "from": week.monday,
        "to": week.sunday,
        "officers": len(rows),
        "officers_without_time": sum(map(_is_without_time, rows)),
        "prisoners": _total(rows, "prisoners"),
        **{f"{kind}_minutes": _total(rows, f"{kind}_minutes") for kind in ("required", *MINUTES)},
    }


def _lead(s: Mapping[str, Any]) -> tuple[str, ...]:
    if not s["officers"]:
        return ()
    return (
        f"Needed {s['required_minutes']:,} minutes; on the rota {s['allocated_minutes']:,}, of which "
        f"{s['worked_minutes']:,} worked, {s['lost_minutes']:,} dropped, {s['unconfirmed_minutes']:,} past and not "
        f"confirmed.",
        f"Officers with prisoners and no key work detailed: {s['officers_without_time']} of {s['officers']}. "
        f"Short: {s['short_minutes']:,} minutes, which no other officer's time makes up for.",
    )
