"""What a change of the rota does to the forecast: `kw forecast --without` and `--add` (help: forecast)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from keyworker_cli.reports.plan.forecast import AS_FAR_AS_KNOWN, SETTINGS, Ahead
from keyworker_cli.reports.plan.forecast_prisoners import ALL_OF_THEM, SHOWN
from keyworker_cli.reports.plan.look_ahead import LookAhead, days_from, look_ahead, officers_there, usual_times
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Report, Row, Section
from keyworker_cli.reports.words import emphasised, person, say_day_near_or, say_key_worker, who_and_where
from keyworker_cli.rules.contact.scope import out_of_scope
from keyworker_cli.rules.dates.say import say_date, say_day_near
from keyworker_cli.rules.dates.weeks import Week
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.people import Worker
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.plan.forecast import Chance, Forecast, Passing
from keyworker_cli.rules.plan.typed import slots_given
from keyworker_cli.rules.plan.what_if import (
    HARM,
    Difference,
    Effect,
    Mend,
    differences,
    find_mends,
    left_out_now,
)
from keyworker_cli.rules.rota.lost import lose_slots, without_lost
from keyworker_cli.rules.rota.slots import SlotTime, find_new_slots, is_published, say_hours, say_slot
from keyworker_cli.rules.rota.staff_status import say_status
from keyworker_cli.rules.say import say_count

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

GIVEN_FROM: Final = -1_000_000
"""The keys of slots given begin here, below those of the slots that officers could give."""

SAID: Final = {
    Effect.PASSES: "passes the limit because of it",
    Effect.PASSES_EARLIER: "passes the limit earlier",
    Effect.NEEDS_ANOTHER: "in time only if another officer sees them",
    Effect.WAITS_LONGER: "over the limit anyway, waits longer",
    Effect.SEEN_SOONER: "over the limit anyway, seen sooner",
    Effect.NEEDS_NO_OTHER: "in time with their own key worker now",
    Effect.PASSES_LATER: "passes the limit later",
    Effect.IS_KEPT: "kept within the limit by it",
}


@dataclass(frozen=True)
class Change:
    """What if: which officers are away on which days, and which time officers would be given."""

    away: tuple[tuple[Worker, date], ...]
    given: tuple[tuple[Worker, tuple[SlotTime, ...]], ...]


def what_if_report(store: "Store", request: ReportRequest, ahead: Ahead, change: Change) -> Report:
    """Return the difference that a change of the rota makes, by name, and the fewest slots that make up for it.

    Raises `RefusedError` for time that overlaps what is on the rota.
    """
    until = (Week.of(request.as_of) + ahead.weeks).sunday
    contacts = store.queries.contacts(as_of=request.as_of, settings=request.settings)
    prisoners = [prisoner for prisoner in contacts if not out_of_scope(prisoner, as_of=request.as_of)]
    known = look_ahead(store, request, prisoners, until=until)
    lost = lose_slots(known.outlook.slots, percent=ahead.slots_lost, seed=ahead.seed, as_of=request.as_of)
    slots = without_lost(known.outlook.slots, lost)
    given = _given(change, slots, request.as_of)
    away = {(who.key_worker_id, on) for who, on in change.away}
    taken = {slot.slot_id for slot in slots if (slot.key_worker_id, slot.slot_on) in away}
    changed_slots = [*without_lost(slots, taken), *given]
    days = sorted({slot.slot_on for slot in changed_slots})
    base, changed = known.forecast(slots, look_at=days), known.forecast(changed_slots, look_at=days)
    found = [one for one in differences(base, changed, prisoners) if request.covers(one.prisoner)]
    return request.report(
        "forecast",
        request.titled(f"Forecast to {say_date(until)}: {_say_change(change, request.as_of)}"),
        [
            _difference_section(found, base, changed, request.as_of),
            _left_out_section(base, changed, prisoners, request),
            _weeks_section(store, request, change, slots, given, prisoners),
            _mend_section(store, request, known, changed_slots, base, found, prisoners, change),
        ],
        summary={
            "until": until,
            "will_pass": _will_pass(base, request),
            "will_pass_after": _will_pass(changed, request),
            "places": base.places,
            "places_after": changed.places,
            "later": base.later,
            "later_after": changed.later,
            "harmed": sum(one.effect in HARM for one in found),
            "helped": sum(one.effect not in HARM for one in found),
        },
        settings=SETTINGS,
        warnings=list(_without_effect(change, slots, store)),
        foot=(AS_FAR_AS_KNOWN,),
        several=True,
    )


def _given(change: Change, slots: Sequence[Slot], as_of: date) -> list[Slot]:
    found: list[Slot] = []
    for worker, times in change.given:
        his = [slot for slot in (*slots, *found) if slot.key_worker_id == worker.key_worker_id]
        new = find_new_slots(times, his)
        found += slots_given(worker, new, first_id=GIVEN_FROM - len(found), published_on=as_of)
    return found


def _will_pass(forecast: Forecast, request: ReportRequest) -> int:
    return sum(not one.with_another for one in forecast.passing if request.covers(one.prisoner))


def _say_change(change: Change, as_of: date) -> str:
    taken: dict[date, list[str]] = {}
    for worker, on in change.away:
        taken.setdefault(on, []).append(worker.name)
    whole: dict[str, list[str]] = {}
    for on, names in taken.items():
        whole.setdefault(", ".join(dict.fromkeys(names)), []).append(say_day_near(on, as_of))
    said = [f"without {names} on {', '.join(days)}" for names, days in whole.items()]
    for worker, times in change.given:
        slots = (f"{say_day_near(time.slot_on, as_of)} {say_hours(time)}" for time in times)
        said.append(f"with {worker.name} on {', '.join(slots)}")
    return "; ".join(said)


def _without_effect(change: Change, slots: Sequence[Slot], store: "Store") -> Iterator[str]:
    """Say of whom the change takes nothing, and who could not be there for the time given."""
    there = {(slot.key_worker_id, slot.slot_on) for slot in slots if slot.unavailable is None}
    for worker, on in change.away:
        if (worker.key_worker_id, on) not in there:
            yield f"{worker.name} has no time on the rota on {say_date(on)}: without them nothing changes"
    for on in sorted({time.slot_on for _, times in change.given for time in times}):
        status = {one.key_worker_id: one for one in store.queries.officers(as_of=on)}
        for worker in [who for who, times in change.given if any(time.slot_on == on for time in times)]:
            officer = status.get(worker.key_worker_id)
            if officer is not None and not officer.active:
                yield f"{worker.name} is {say_status(officer.status, officer.return_on)} on {say_date(on)}"


# --- who it makes a difference to ---


def _difference_section(found: Sequence[Difference], base: Forecast, changed: Forecast, as_of: date) -> Section:
    harmed = sum(one.effect in HARM for one in found)
    return Section(
        name="difference",
        title="Who it makes a difference to",
        columns=DIFFERENCE,
        rows=tuple({**_difference_row(one), "as_of": as_of} for one in found),
        summary={effect.value: sum(one.effect is effect for one in found) for effect in Effect},
        lead=tuple(_say_difference(harmed, len(found) - harmed, base, changed)),
        empty="Nobody: each is seen on the day on which they would have been.",
        group=lambda row: SAID[Effect(str(row["effect"]))].capitalize(),
        at_most=SHOWN,
        more_hint=ALL_OF_THEM,
    )


def _say_difference(harmed: int, helped: int, base: Forecast, changed: Forecast) -> Iterator[str]:
    if harmed or helped:
        yield f"Worse off: {say_count(harmed, 'prisoner')}. Better off: {helped}."
    if base.later != changed.later:
        yield (
            f"Seen, and over the limit again after the last day with any rota: "
            f"{say_count(changed.later, 'prisoner')}, before {base.later}."
        )


def _difference_row(one: Difference) -> Row:
    prisoner = one.prisoner
    return {
        "effect": one.effect.value,
        **who_and_where(prisoner),
        "key_worker": person(prisoner.staff_id, prisoner.worker_name),
        "last_session_on": prisoner.last_session_on,
        "overdue_on_before": _overdue(one.before),
        "with_another_before": one.before is not None and one.before.with_another,
        "overdue_on": _overdue(one.after),
        "with_another": one.after is not None and one.after.with_another,
        "next_chance_on_before": _seen(one.waited),
        "next_chance_on": _seen(one.waits),
    }


def _overdue(one: Passing | None) -> date | None:
    return None if one is None else one.overdue_on


def _seen(chance: Chance | None) -> date | None:
    return None if chance is None else chance.on


def _say_overdue(row: Row, when: str) -> str:
    return "not by another" if row[f"with_another{when}"] else say_day_near_or(row, f"overdue_on{when}", "no")


DIFFERENCE: Final = (
    Column("effect"),
    Column("name", "Name", style=emphasised),
    Column("prison_number", "Number"),
    Column("location", "Location", priority=3),
    Column("wing"),
    Column("key_worker.staff_id"),
    Column("key_worker.name", "Key worker", show=say_key_worker, priority=2),
    Column("last_session_on"),
    Column("overdue_on_before", "Overdue before", show=lambda row: _say_overdue(row, "_before")),
    Column("with_another_before"),
    Column("overdue_on", "and now", show=lambda row: _say_overdue(row, "")),
    Column("with_another"),
    Column(
        "next_chance_on_before",
        "Seen before",
        show=lambda row: say_day_near_or(row, "next_chance_on_before", "not planned"),
    ),
    Column("next_chance_on", "and now", show=lambda row: say_day_near_or(row, "next_chance_on", "not planned")),
)


def _left_out_section(
    base: Forecast, changed: Forecast, prisoners: Sequence[Contact], request: ReportRequest
) -> Section:
    found = [one for one in left_out_now(base, changed, prisoners) if request.covers(one.prisoner)]
    return Section(
        name="left_out",
        title='Of those to be seen on a day ("see today")',
        columns=LEFT_OUT,
        rows=tuple(
            {
                "on": one.on,
                "left_out": one.now,
                **who_and_where(one.prisoner),
                "key_worker": person(one.prisoner.staff_id, one.prisoner.worker_name),
            }
            for one in found
        ),
        summary={"left_out": sum(one.now for one in found), "reached": sum(not one.now for one in found)},
        empty="The same are reached.",
        group=lambda row: "Left out because of it" if row["left_out"] else "Reached because of it",
        at_most=SHOWN,
        more_hint=ALL_OF_THEM,
    )


LEFT_OUT: Final = (
    Column("on", "Day"),
    Column("left_out"),
    Column("name", "Name", style=emphasised),
    Column("prison_number", "Number"),
    Column("location", "Location"),
    Column("wing"),
    Column("key_worker.staff_id"),
    Column("key_worker.name", "Key worker", show=say_key_worker),
)


# --- the officers' weeks ---


def _weeks_section(
    store: "Store",
    request: ReportRequest,
    change: Change,
    slots: Sequence[Slot],
    given: Sequence[Slot],
    prisoners: Sequence[Contact],
) -> Section:
    """Return what the weeks of the officers named lose and gain, of slots still to come."""
    taken = {(who.key_worker_id, on) for who, on in change.away}
    lost = [slot for slot in slots if (slot.key_worker_id, slot.slot_on) in taken and slot.unavailable is None]
    workers = {who.key_worker_id: who for who in (*(who for who, _ in change.away), *(who for who, _ in change.given))}
    days = [on for _, on in change.away] + [time.slot_on for _, times in change.given for time in times]
    weeks = sorted({Week.of(on) for on in days})
    recorded = store.queries.slots_between(weeks[0].monday, weeks[-1].sunday)
    whole = [slot for slot in recorded if is_published(slot, request.as_of)]
    target = request.settings.target_minutes_per_week
    have = Counter(prisoner.key_worker_id for prisoner in prisoners)
    rows = (
        _week_row(
            week,
            worker,
            prisoners=have[key],
            required=have[key] * target,
            now=_minutes(whole, key, week),
            loses=_minutes(lost, key, week),
            gains=_minutes(given, key, week),
        )
        for week in weeks
        for key, worker in workers.items()
    )
    return Section(
        name="weeks",
        title="What the officers' weeks lose and gain, in minutes",
        columns=WEEKS,
        rows=tuple(row for row in rows if row["loses_minutes"] or row["gains_minutes"]),
        empty="No time is taken and none given.",
        figures=True,
    )


def _week_row(week: Week, worker: Worker, *, prisoners: int, required: int, now: int, loses: int, gains: int) -> Row:
    return {
        "week": str(week),
        "staff_id": worker.staff_id,
        "name": worker.name,
        "wing": worker.wing,
        "prisoners": prisoners,
        "required_minutes": required,
        "allocated_minutes": now,
        "loses_minutes": loses,
        "gains_minutes": gains,
        "allocated_after": now - loses + gains,
    }


def _minutes(slots: Sequence[Slot], key: int, week: Week) -> int:
    return sum(
        slot.minutes
        for slot in slots
        if slot.key_worker_id == key and slot.unavailable is None and week.monday <= slot.slot_on <= week.sunday
    )


WEEKS: Final = (
    Column("week", "Week"),
    Column("staff_id"),
    Column("name", "Key worker"),
    Column("wing", "Wing", priority=2),
    Column("prisoners", "Prisoners", "right", priority=1),
    Column("required_minutes", "Required", "right"),
    Column("allocated_minutes", "On the rota", "right"),
    Column("loses_minutes", "Loses", "right"),
    Column("gains_minutes", "Gains", "right"),
    Column("allocated_after", "Left", "right"),
)


# --- the mend ---


def _mend_section(
    store: "Store",
    request: ReportRequest,
    known: LookAhead,
    slots: Sequence[Slot],
    base: Forecast,
    found: Sequence[Difference],
    prisoners: Sequence[Contact],
    change: Change,
) -> Section:
    harmed = [one for one in found if one.effect in HARM]
    covered = [prisoner for prisoner in prisoners if request.covers(prisoner)]
    mends = find_mends(
        harmed,
        _could_give(store, request, slots, change, harmed) if harmed else (),
        lambda more: known.forecast([*slots, *more]),
        base,
        covered,
    )
    return Section(
        name="mend",
        title="The fewest slots that make up for it",
        columns=MEND,
        rows=tuple(_mend_row(one) for one in mends),
        lead=tuple(_say_mends(mends, len(harmed))),
        empty="" if not harmed else "No one slot of an officer's usual times makes up for any of it.",
        figures=True,
    )


def _could_give(
    store: "Store", request: ReportRequest, slots: Sequence[Slot], change: Change, harmed: Sequence[Difference]
) -> list[Slot]:
    """Return the slots that officers could give from the first day of the change to the last of the harm."""
    first = max(request.as_of, min([on for _, on in change.away] or [request.as_of]))
    last = max([on for one in harmed for on in (_overdue(one.after), _seen(one.waits)) if on], default=first)
    days = days_from(first, max(first, last))
    away = {(who.key_worker_id, on) for who, on in change.away}
    usual = usual_times(store, request, days, officers_there(store, days))
    busy = {(slot.key_worker_id, slot.slot_on) for slot in slots} | away
    return [slot for slot in usual if (slot.key_worker_id, slot.slot_on) not in busy and slot.slot_on > request.as_of]


def _mend_row(one: Mend) -> Row:
    return {
        "on": one.slot.slot_on,
        "hours": say_hours(one.slot),
        "staff_id": one.slot.staff_id,
        "name": one.slot.name,
        "mended": one.mended,
        "left": one.left,
    }


def _say_mends(mends: Sequence[Mend], harmed: int) -> Iterator[str]:
    if not harmed:
        yield "Nobody is worse off: there is nothing to make up for."
    for number, one in enumerate(mends):
        more = "One slot" if not number else "One more"
        of = one.mended + one.left
        yield f"{more} of {one.slot.name} on {say_slot(one.slot)} makes up for {one.mended} of {of} worse off."


MEND: Final = (
    Column("on", "Day"),
    Column("hours", "Time"),
    Column("staff_id"),
    Column("name", "Key worker"),
    Column("mended", "Makes up for", "right"),
    Column("left", "Still worse off", "right"),
)
