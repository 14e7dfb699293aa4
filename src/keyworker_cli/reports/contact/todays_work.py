"""Today's work, asked of the store once: who is to be seen, in the order of work, and by whom (help: order-of-work).

`kw overdue`, `kw briefing` and whatever else shows this list takes it from here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Row
from keyworker_cli.reports.words import person
from keyworker_cli.rules.contact.cover import lacks_cover
from keyworker_cli.rules.contact.scope import out_of_scope
from keyworker_cli.rules.contact.work_list import Listed, RotaFacts, WorkList, list_work
from keyworker_cli.rules.dates.say import say_day_near, say_minute
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.rota import LatestSlot, NextSlot, Slot
from keyworker_cli.rules.markers.order_of_work import newest_concern
from keyworker_cli.rules.markers.priority import NO_PRIORITY, Known, Priority, find_priorities
from keyworker_cli.rules.plan.day_plan import find_candidates
from keyworker_cli.rules.plan.days_ahead import known_by
from keyworker_cli.rules.plan.today import ByWhom, Shortfall, TodaysPlan, plan_today
from keyworker_cli.rules.rota.slots import has_time_to_come, session_times
from keyworker_cli.rules.rota.staff_status import say_status

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

ROTA_AHEAD: Final = timedelta(days=14)
"""The rota that is looked at for what comes next, as in `kw allocate`."""

LINE: Final = "______"
"""Where a name is written in by hand: nobody sees him yet."""

WINGS_NAMED: Final = 3
KEEP: Final = "kw plan --save"


@dataclass(frozen=True)
class TodaysWork:
    """The list of whom a question covers, the plan of today for the whole prison, and what both were made from.

    `next_slots` is by officer, `slots` are those of the next 14 days, `everyone` are all present; `known` is what
    the priorities were found from. Time before `from_minute` is over.
    """

    request: ReportRequest
    work: WorkList
    plan: TodaysPlan
    everyone: tuple[Contact, ...]
    priorities: Mapping[int, Priority]
    next_slots: Mapping[int, NextSlot]
    slots: tuple[Slot, ...]
    latest_slots: tuple[LatestSlot, ...]
    known: Known
    from_minute: int = 0

    @cached_property
    def shortfall(self) -> Shortfall:
        """What it would take to see all of those covered who are to be seen today."""
        return self.plan.shortfall({prisoner.person_id for prisoner in self.work.prisoners})

    @cached_property
    def with_somebody(self) -> tuple[Listed, ...]:
        """Those to be seen today who have somebody."""
        return tuple(one for one in self.work.see_today if one.gap.contact.person_id in self.plan.by_whom)

    @cached_property
    def slots_of(self) -> Mapping[int, Sequence[Slot]]:
        """The slots of the next 14 days, by officer."""
        found: dict[int, list[Slot]] = {}
        for slot in self.slots:
            found.setdefault(slot.key_worker_id, []).append(slot)
        return found

    @property
    def slots_left(self) -> int:
        """How many sessions of today's time nobody has been given."""
        return self.plan.places - len(self.plan.by_whom)

    @property
    def all_proposed(self) -> bool:
        """Nothing of today's plan has been kept."""
        by_whom = self.plan.by_whom.values()
        return bool(by_whom) and not any(seat.kept for seat in by_whom)

    @cached_property
    def barred(self) -> frozenset[int]:
        """The keys of those who are not to be seen one-to-one."""
        return frozenset(one.prisoner.person_id for one in self.plan.candidates if one.barred)


def read_todays_work(store: "Store", request: ReportRequest, *, from_minute: int = 0) -> TodaysWork:
    """Return today's work; each question is asked of the store once. Time before `from_minute` is over."""
    queries, as_of, settings = store.queries, request.as_of, request.settings
    everyone = queries.contacts(as_of=as_of, settings=settings)
    known = queries.known(as_of=as_of, settings=settings)
    next_slots = queries.next_slots(as_of=as_of)
    slots = queries.slots_between(as_of, as_of + ROTA_AHEAD)
    in_scope = [prisoner for prisoner in everyone if not out_of_scope(prisoner, as_of=as_of)]
    priorities = find_priorities(in_scope, known, as_of=as_of, settings=settings)
    return TodaysWork(
        request=request,
        work=list_work(
            everyone,
            RotaFacts(queries.rota_since(as_of=as_of, settings=settings), known.wings_slots, next_slots),
            covers=request.covers,
            priorities=priorities,
            as_of=as_of,
            settings=settings,
        ),
        plan=plan_today(
            find_candidates(in_scope, priorities, on=as_of, settings=settings),
            slots,
            queries.planned_places_on(as_of),
            on=as_of,
            session_minutes=settings.target_minutes_per_week,
            known_by=known_by(queries.acquaintances(as_of=as_of, until=as_of, settings=settings)),
            from_minute=from_minute,
        ),
        everyone=tuple(everyone),
        priorities=priorities,
        next_slots={slot.key_worker_id: slot for slot in next_slots},
        slots=tuple(slots),
        latest_slots=tuple(known.wings_slots),
        known=known,
        from_minute=from_minute,
    )


# --- by whom ---


def seen_by(today: TodaysWork, prisoner: Contact) -> Row:
    """Return who sees a prisoner today, as rows hold it, and his key worker's next slot. `SEEN_BY` has it."""
    slot, seat = today.next_slots.get(prisoner.key_worker_id or 0), today.plan.by_whom.get(prisoner.person_id)
    return {
        "key_worker": person(prisoner.staff_id, prisoner.worker_name),
        "next_slot_on": slot.slot_on if slot else None,
        "next_slot": say_day_near(slot.slot_on, today.request.as_of) if slot else "none",
        "next_slot_at": say_minute(slot.start_minute) if slot else None,
        "planned_with": person(seat.staff_id, seat.name) if seat else None,
        "planned_at": say_minute(seat.start_minute) if seat else None,
        "plan": _state(seat),
        "seeing": _say_seen_by(today, prisoner, seat, slot),
    }


def _state(seat: ByWhom | None) -> str | None:
    return None if seat is None else "kept" if seat.kept else "proposed"


def _say_seen_by(today: TodaysWork, prisoner: Contact, seat: ByWhom | None, slot: NextSlot | None) -> str:
    """Say who sees him: a name, else when his key worker next could; before it, for today, a line to write on."""
    if seat is not None:
        marked = "" if seat.kept or today.all_proposed else " (proposed)"
        return f"{seat.name} {say_minute(seat.start_minute)}{marked}"
    if prisoner.person_id in today.priorities and today.priorities[prisoner.person_id].see_today:
        return f"{LINE} ({_why_nobody(today, prisoner, slot)})"
    return _why_nobody(today, prisoner, slot) if prisoner.away is None else ""


def _why_nobody(today: TodaysWork, prisoner: Contact, slot: NextSlot | None) -> str:
    """Say why nobody sees him today, and when his key worker next has time."""
    gone = today.plan.kept.gone.get(prisoner.person_id)
    if gone is not None:
        return f"{gone.by} {say_minute(gone.start_minute)}: slot gone"
    if prisoner.person_id in today.barred:
        return "not one-to-one: a manager decides"
    new = newest_concern(prisoner, today.priorities.get(prisoner.person_id, NO_PRIORITY), as_of=today.request.as_of)
    if new is None or today.slots_left:
        return _when_next(today, prisoner, slot)
    if new.began_on == today.request.as_of:
        return "new today, and no slot left: whose decision?"
    return f"{_when_next(today, prisoner, slot)}; whose decision?"


def _when_next(today: TodaysWork, prisoner: Contact, slot: NextSlot | None) -> str:
    """Say when his key worker next has time, or why they have none."""
    if prisoner.worker_name is None:
        return "no key worker"
    if slot is None:
        return f"{prisoner.worker_name}: {say_status(prisoner.worker_status) if lacks_cover(prisoner) else 'no slot'}"
    if slot.slot_on == today.request.as_of:
        return f"{prisoner.worker_name}: {_say_of_today(today, slot)}"
    return f"{prisoner.worker_name}: {say_day_near(slot.slot_on, today.request.as_of)}"


def _say_of_today(today: TodaysWork, slot: NextSlot) -> str:
    """Say why an officer with time today has none for one more session: full, over or too short, and when next."""
    as_of, length = today.request.as_of, today.request.settings.target_minutes_per_week
    ahead = [one for one in today.slots_of.get(slot.key_worker_id, ()) if has_time_to_come(one, as_of=as_of)]
    of_today = [one for one in ahead if one.slot_on == as_of]
    if any(any(session_times(one, length, from_minute=today.from_minute)) for one in of_today):
        return "full today"
    over = all(one.end_minute <= today.from_minute for one in of_today)
    next_on = min((one.slot_on for one in ahead if one.slot_on > as_of), default=None)
    after = f", next {say_day_near(next_on, as_of)}" if next_on else ""
    return f"{'time over' if over else f'under {length} min left'} today{after}"


SEEN_BY: Final = (
    Column("key_worker.staff_id"),
    Column("key_worker.name"),
    Column("next_slot_on"),
    Column("next_slot_at"),
    Column("planned_with.staff_id"),
    Column("planned_with.name"),
    Column("planned_at"),
    Column("plan"),
)


def by_whom_column(today: TodaysWork) -> Column:
    """Return the column that says by whom, and of a plan that is all proposed says so above it, once."""
    title = "To be seen by (proposed)" if today.all_proposed else "To be seen by"
    return Column("", title, show=lambda row: str(row["seeing"]), wrap=True, writable=True)


# --- in sentences ---


def say_by_whom(today: TodaysWork) -> list[str]:
    """Say how many of those to be seen today have somebody, by which plan, and what it would take to see the others."""
    called, with_somebody = len(today.work.see_today), len(today.with_somebody)
    if not called:
        return []
    said = [f"{called}; somebody has time for {with_somebody}{_by_which_plan(today)}."]
    if more := say_shortfall(today):
        said.append(more)
    return said


def _by_which_plan(today: TodaysWork) -> str:
    proposed = sum(not today.plan.by_whom[one.gap.contact.person_id].kept for one in today.with_somebody)
    if not proposed:
        return " (plan kept)" if today.with_somebody else ""
    if proposed < len(today.with_somebody):
        return f" ({len(today.with_somebody) - proposed} kept, {proposed} proposed: {KEEP} keeps them)"
    return f" (proposed: {KEEP} keeps it)"


def say_shortfall(today: TodaysWork) -> str:
    """Say what it would take: `67 more to be seen today: 23 more slots; wings D 31, E 24, B 12.` Empty if nothing."""
    short = today.shortfall
    if not short.prisoners:
        return ""
    slots = (
        "no slot is published" if short.slots is None else f"{short.slots} more slot{'s' if short.slots > 1 else ''}"
    )
    alone = len(short.wings) == 1
    named = ", ".join(f"{wing or 'none'}{'' if alone else f' {count}'}" for wing, count in short.wings[:WINGS_NAMED])
    others = sum(count for _, count in short.wings[WINGS_NAMED:])
    wings = f"wing{'' if alone else 's'} {named}" + (f", others {others}" if others else "")
    return f"{short.prisoners} more to be seen today: {slots}; {wings}."
