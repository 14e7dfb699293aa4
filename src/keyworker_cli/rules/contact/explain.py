"""Why a prisoner is, or is not, on the list, in sentences that name the rota and not the officer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from keyworker_cli.rules.codes.findings import Why
from keyworker_cli.rules.codes.records import AbsenceReason
from keyworker_cli.rules.codes.words import AWAY_WORDS
from keyworker_cli.rules.contact.clocks import End
from keyworker_cli.rules.contact.counted import suggest_elsewhere
from keyworker_cli.rules.contact.cover import lacks_cover
from keyworker_cli.rules.contact.gaps import Gap
from keyworker_cli.rules.contact.why_overdue import needed_sevenths, window_start
from keyworker_cli.rules.contact.work_list import Listed
from keyworker_cli.rules.dates.london import DAYS_PER_WEEK
from keyworker_cli.rules.dates.say import say_date, say_days, say_minute
from keyworker_cli.rules.dates.weeks import Week
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.rota import LastSlot, NextSlot
from keyworker_cli.rules.markers.priority import NO_PRIORITY, Priority
from keyworker_cli.rules.rota.staff_status import say_status
from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.settings import Settings


@dataclass(frozen=True, slots=True)
class ListingFacts:
    """All that decides whether a prisoner is on the list: `listed` is his row there, `None` where he is not on it.

    `priority` is what raises his, while he is here.
    """

    gap: Gap
    listed: Listed | None
    ended: End | None
    last_slot: LastSlot | None
    next_slot: NextSlot | None
    priority: Priority = NO_PRIORITY


def explain_case(case: ListingFacts, *, as_of: date, settings: Settings, from_minute: int = 0) -> list[str]:
    """Say whether he is on the list and why, when his key worker is next there, and what is missing.

    A slot of the day asked about that ended by `from_minute` is over.
    """
    if case.ended:
        return [f"On no list: he {case.ended.happened} on {say_date(case.ended.on)}. All counts stop there."]
    prisoner = case.gap.contact
    standing = _on_the_list(case) if case.listed else _off_the_list(case, settings)
    return [
        *standing,
        *_away(prisoner),
        *_cover(prisoner),
        *_why(case, as_of, settings),
        *_next(case, as_of, from_minute),
    ]


def no_time_since(last_slot: LastSlot | None, contact: Contact, *, as_of: date) -> date:
    """Return since when his key worker has had no time on the rota.

    That is the Monday of the first whole week without a slot after his last one, or, where he never had one or that
    Monday is still to come, the first day of the time that is judged (help: why-overdue).
    """
    if last_slot is not None:
        monday = (Week.of(last_slot.slot_on) + 1).monday
        if monday <= as_of:
            return monday
    return window_start(contact)


def _on_the_list(case: ListingFacts) -> Iterator[str]:
    gap, listed = case.gap, case.listed
    if listed is not None and not listed.reached:
        yield f"On today's list though it is only {say_days(gap.days)}: he is to be seen today."
        return
    today = "; he is to be seen today" if _is_for_today(case) else ""
    yield f"On the list of those without key work: {gap.state.value}, {say_days(gap.days)}{today}."


def _off_the_list(case: ListingFacts, settings: Settings) -> Iterator[str]:
    due_on = case.gap.contact.clock_from + timedelta(days=settings.gap_days)
    overdue_from = due_on + timedelta(days=1)
    yield (
        "Not on the list of those without key work. Unless he is seen before: "
        f"due on {say_date(due_on)}, overdue from {say_date(overdue_from)}."
    )


def _is_for_today(case: ListingFacts) -> bool:
    return case.priority.see_today and case.gap.contact.away is None


def _away(prisoner: Contact) -> Iterator[str]:
    if prisoner.away is not None:
        since = f" since {say_date(prisoner.away_from)}" if prisoner.away_from else ""
        yield (
            f"Out overnight{since}, {AWAY_WORDS[AbsenceReason(prisoner.away)]}: his gap runs, "
            "and he is listed in a block of his own, to be seen on the day he returns."
        )


def _cover(prisoner: Contact) -> Iterator[str]:
    """Say that the prisoner has no key worker, or that his key worker is absent."""
    if prisoner.staff_id is None:
        yield f"He has no key worker. To find one: kw allocate {prisoner.prison_number}"
    elif lacks_cover(prisoner):
        status = say_status(prisoner.worker_status, prisoner.worker_return_on)
        since = f" since {say_date(prisoner.worker_status_from)}" if prisoner.worker_status_from else ""
        yield f"No cover{since}: {prisoner.worker_name} is {status}."
        yield f"To give their prisoners another key worker: kw allocate --from {prisoner.staff_id}"


def _why(case: ListingFacts, as_of: date, settings: Settings) -> Iterator[str]:
    """Say what the list says in a word or two, with the figures it was judged by."""
    listed, prisoner = case.listed, case.gap.contact
    if listed is None or not listed.reached:
        return
    who, since, rota = prisoner.worker_name, f"since {say_date(window_start(prisoner))}", listed.rota
    needed = needed_sevenths(prisoner, caseload=listed.caseload, as_of=as_of, settings=settings)
    worked = f"{who} has worked {_slots(rota.worked)}, {rota.worked_minutes:,} minutes, {since}"
    match listed.why:
        case Why.NO_ROTA:
            whose = f"wing {prisoner.worker_wing}" if prisoner.worker_wing else "anyone"
            yield f"No rota is recorded for {whose} {since}: nobody can tell whether {who} had time."
        case Why.NO_TIME:
            first = no_time_since(case.last_slot, prisoner, as_of=as_of)
            yield f"{who} has had no key work detailed since {say_date(first)}."
        case Why.LOST:
            rest = f", {rota.unconfirmed} not confirmed" if rota.unconfirmed else ""
            yield f"{who} has had {_slots(rota.slots)} on the rota {since}: {rota.lost} dropped{rest}, none worked."
        case Why.UNCONFIRMED:
            yield f"{who} has had {_slots(rota.slots)} on the rota {since}: none confirmed as worked."
        case Why.SHORT_TIME:
            prisoners = f"their {listed.caseload} prisoners" if listed.caseload != 1 else "their one prisoner"
            yield f"{worked}: too little, {prisoners} needed {round(needed / DAYS_PER_WEEK):,} in that time."
        case Why.REFUSED:
            yield f"{worked}: enough for their prisoners."
        case Why.UNUSED:
            yield f"{worked}: enough for their prisoners, and he had no key work in it."
        case Why.AWAY | Why.UNALLOCATED | Why.WORKER_UNAVAILABLE:
            pass  # said for every such prisoner, whether he is on the list or not
    if prisoner.refusals_since:
        refused = f"{prisoner.refusals_since}{_door(prisoner)}"
        yield f"Sessions he was offered and refused since {say_date(prisoner.clock_from)}: {refused}."
    if tip := suggest_elsewhere(prisoner.refusals_at_door):
        yield f"{tip[:1].upper()}{tip[1:]}"


def _door(prisoner: Contact) -> str:
    return f", {prisoner.refusals_at_door} of them offered at the door" if prisoner.refusals_at_door else ""


def _next(case: ListingFacts, as_of: date, from_minute: int) -> Iterator[str]:
    prisoner, slot = case.gap.contact, case.next_slot
    if prisoner.staff_id is None:
        return
    if slot is None:
        yield f"{prisoner.worker_name} has no slot to come on the rota."
        return
    hours = f"{say_minute(slot.start_minute)} to {say_minute(slot.end_minute)}"
    if slot.slot_on == as_of and slot.end_minute <= from_minute:
        yield f"{prisoner.worker_name}'s slot of today, {hours}, is over."
    else:
        yield f"{prisoner.worker_name}'s next slot: {say_date(slot.slot_on)}, {hours}."


def _slots(number: int) -> str:
    return say_count(number, "slot")
