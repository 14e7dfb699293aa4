"""Today's work, asked of the store once: who is to be seen, in the order of work, and by whom (help: order-of-work).

`kw overdue`, `kw briefing` and whatever else shows this list takes it from here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

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
from keyworker_cli.rules.plan.today import ByWhom, Shortfall, TodaysPlan, plan_today, say_time_for
from keyworker_cli.rules.rota.slots import ROTA_AHEAD, by_officer, has_time_to_come, next_from, session_times
from keyworker_cli.rules.rota.staff_status import say_status
from keyworker_cli.rules.say import say_count, short_names

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

LINE: Final = "______"
"""Where a name is written in by hand: nobody sees him yet."""

WINGS_NAMED: Final = 3
KEEP: Final = "kw plan --save"


@dataclass(frozen=True)
class TodaysWork:
    """The list of whom a question covers, the plan of today for the whole prison, and what both were made from.

    `next_slots` is by officer, `slots` are those of the next 14 days, `everyone` are all present; `known` is what
    the priorities were found from.
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
        return by_officer(self.slots)

    @cached_property
    def short_names(self) -> Mapping[str, str]:
        """The officers' names as a narrow screen has room for them: no two alike."""
        of_key_workers = (one.worker_name for one in self.everyone if one.worker_name)
        of_plan = (seat.name for seat in self.plan.by_whom.values())
        return short_names({*of_key_workers, *of_plan})

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


def read_todays_work(store: "Store", request: ReportRequest) -> TodaysWork:
    """Return today's work; each question is asked of the store once."""
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
            from_minute=request.minute_reached,
        ),
        everyone=tuple(everyone),
        priorities=priorities,
        next_slots={slot.key_worker_id: slot for slot in next_slots},
        slots=tuple(slots),
        latest_slots=tuple(known.wings_slots),
        known=known,
    )


# --- by whom ---


def seen_by(today: TodaysWork, prisoner: Contact) -> Row:
    """Return who sees a prisoner today, as rows hold it, and his key worker's next slot. `SEEN_BY` has it."""
    slot, seat = today.next_slots.get(prisoner.key_worker_id or 0), today.plan.by_whom.get(prisoner.person_id)
    said = _say_seen_by(today, prisoner, seat, slot)
    if slot is not None:
        as_of, minute = today.request.as_of, today.request.minute_reached
        slot = next_from(slot, today.slots_of.get(slot.key_worker_id, ()), as_of=as_of, from_minute=minute)
    return {
        "key_worker": person(prisoner.staff_id, prisoner.worker_name),
        "key_worker_short": today.short_names.get(prisoner.worker_name or "", "none"),
        "next_slot_on": slot.slot_on if slot else None,
        "next_slot": say_day_near(slot.slot_on, today.request.as_of) if slot else "none",
        "next_slot_at": say_minute(slot.start_minute) if slot else None,
        "planned_with": person(seat.staff_id, seat.name) if seat else None,
        "planned_at": say_minute(seat.start_minute) if seat else None,
        "plan": _state(seat),
        "seeing": said.whole,
        "seeing_short": said.short,
    }


def _state(seat: ByWhom | None) -> str | None:
    return None if seat is None else "kept" if seat.kept else "proposed"


class Said(NamedTuple):
    """What a cell says, and the same for a screen with little room."""

    whole: str
    short: str


def _say_seen_by(today: TodaysWork, prisoner: Contact, seat: ByWhom | None, slot: NextSlot | None) -> Said:
    """Say who sees him: a name, else when his key worker next could; before it, for today, a line to write on."""
    if seat is not None:
        marked = "" if seat.kept or today.all_proposed else " (proposed)"
        at = f" {say_minute(seat.start_minute)}{marked}"
        return Said(f"{seat.name}{at}", f"{today.short_names[seat.name]}{at}")
    why = _why_nobody(today, prisoner, slot)
    if prisoner.person_id in today.priorities and today.priorities[prisoner.person_id].see_today:
        nobody = "" if why.short.startswith(("no", "whose")) else "nobody: "
        return Said(f"{LINE} ({why.whole})", f"{nobody}{why.short}")
    return why if prisoner.away is None else Said("", "")


def _why_nobody(today: TodaysWork, prisoner: Contact, slot: NextSlot | None) -> Said:
    """Say why nobody sees him today, and when his key worker next has time."""
    gone = today.plan.kept.gone.get(prisoner.person_id)
    if gone is not None:
        return Said(f"{gone.by} {say_minute(gone.start_minute)}: slot gone", "slot gone")
    if prisoner.person_id in today.barred:
        return Said("not one-to-one: a manager decides", "manager decides")
    new = newest_concern(prisoner, today.priorities.get(prisoner.person_id, NO_PRIORITY), as_of=today.request.as_of)
    when = _when_next(today, prisoner, slot)
    if new is None or today.slots_left:
        return when
    if new.began_on == today.request.as_of:
        return Said("new today, and no slot left: whose decision?", "whose decision?")
    return Said(f"{when.whole}; whose decision?", "whose decision?")


def _when_next(today: TodaysWork, prisoner: Contact, slot: NextSlot | None) -> Said:
    """Say when his key worker next has time, or why they have none."""
    if prisoner.worker_name is None:
        return Said("no key worker", "no key worker")
    if slot is None:
        why = say_status(prisoner.worker_status) if lacks_cover(prisoner) else "no slot"
        return Said(f"{prisoner.worker_name}: {why}", why)
    request, as_of = today.request, today.request.as_of
    if slot.slot_on == as_of:
        slots, length = today.slots_of.get(slot.key_worker_id, ()), request.settings.target_minutes_per_week
        said = say_of_today(slots, length, as_of=as_of, from_minute=request.minute_reached)
        return Said(f"{prisoner.worker_name}: {said}", said)
    on = say_day_near(slot.slot_on, as_of)
    return Said(f"{prisoner.worker_name}: {on}", f"not till {on}")


def say_of_today(slots: Sequence[Slot], length: int, *, as_of: date, from_minute: int) -> str:
    """Say why an officer with time today has none for one more session: full, over or too short, and when next.

    `slots` are theirs from the day on, `length` are the minutes of a session; time before `from_minute` is over.
    """
    ahead = [one for one in slots if has_time_to_come(one, as_of=as_of)]
    of_today = [one for one in ahead if one.slot_on == as_of]
    if any(any(session_times(one, length, from_minute=from_minute)) for one in of_today):
        return "full today"
    over = all(one.end_minute <= from_minute for one in of_today)
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
    return Column(
        "",
        title,
        show=lambda row: str(row["seeing"]),
        short=lambda row: str(row["seeing_short"]),
        wrap=True,
        writable=True,
    )


# --- in sentences ---


def say_whose_he_is_today(today: TodaysWork, person_id: int) -> Iterator[str]:
    """Say by whom one to be seen today is seen, and when, or that nobody has time; nothing of anybody else."""
    seat = today.plan.by_whom.get(person_id)
    for one in today.work.see_today:
        prisoner = one.gap.contact
        if prisoner.person_id == person_id and seat is not None:
            plan = "plan kept" if seat.kept else f"proposed: {KEEP} keeps it"
            yield f"To be seen by {seat.name} at {say_minute(seat.start_minute)} ({plan})."
        elif prisoner.person_id == person_id:
            why = _why_nobody(today, prisoner, today.next_slots.get(prisoner.key_worker_id or 0))
            yield f"Nobody has time to see him today ({why.whole})."


def say_by_whom(today: TodaysWork, *, of_them: str = "") -> list[str]:
    """Say how many are to be seen today, how many of those have somebody and by which plan, and what it would take.

    `of_them` is what else is to be said of their number.
    """
    called, with_somebody = len(today.work.see_today), len(today.with_somebody)
    if not called:
        return []
    time = f"{say_time_for(called, with_somebody)}{_by_which_plan(today)}"
    return [f"{called}{of_them}; {time}.", *filter(None, [say_shortfall(today)])]


def _by_which_plan(today: TodaysWork) -> str:
    proposed = sum(not today.plan.by_whom[one.gap.contact.person_id].kept for one in today.with_somebody)
    if not proposed:
        return " (plan kept)" if today.with_somebody else ""
    if proposed < len(today.with_somebody):
        return f" ({len(today.with_somebody) - proposed} kept, {proposed} proposed: {KEEP} keeps them)"
    return f" (proposed: {KEEP} keeps it)"


def say_shortfall(today: TodaysWork) -> str:
    """Say what it would take, where anything is missing.

    `Nobody has time for the other 67: it would take 23 more slots; wings D 31, E 24, B 12.`
    """
    short = today.shortfall
    if not short.prisoners:
        return ""
    alone = len(short.wings) == 1
    named = ", ".join(f"{wing or 'none'}{'' if alone else f' {count}'}" for wing, count in short.wings[:WINGS_NAMED])
    others = sum(count for _, count in short.wings[WINGS_NAMED:])
    wings = f"wing{'' if alone else 's'} {named}" + (f", others {others}" if others else "")
    slots = "no slot is published" if short.slots is None else f"it would take {say_count(short.slots, 'more slot')}"
    other = f"the other {short.prisoners:,}" if short.prisoners > 1 else "the other one"
    left = f"Nobody has time for {other}: " if today.with_somebody else ""
    return f"{left}{slots if left else slots[:1].upper() + slots[1:]}; {wings}."
