"""Where the time for key work went: `kw budget`, by key worker, wing or prison (help: time-budget)."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from keyworker_cli.reports.budget import budget_text as budget_words
from keyworker_cli.reports.gap_picture import Strip, bar, strips_picture
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Picture, Report, Row, Section, Value
from keyworker_cli.reports.words import name_away, name_excluded
from keyworker_cli.rules.budget.budget import (
    Budget,
    By,
    TimeFacts,
    combine,
    find_budgets,
    sessions_out_of_scope,
)
from keyworker_cli.rules.budget.time_chain import lost_by_reason, round_to_sum
from keyworker_cli.rules.codes.findings import Cause
from keyworker_cli.rules.contact.gaps import Gap, find_gaps
from keyworker_cli.rules.contact.scope import out_of_scope
from keyworker_cli.rules.dates.periods import Window
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.spans import TimeHeld
from keyworker_cli.rules.rota.reach import rota_reach, say_rota_ends
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.stays.places import Order, in_order

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

NOTHING_ON_THE_ROTA = (Cause.NO_TIME, Cause.NO_ROTA)
IN_TENTHS = ("required", "unused", "short")
"""The minutes that come of days: printed so that the rows add up to the printed total."""


def budget_report(store: "Store", request: ReportRequest, window: Window, *, by: By = By.WORKER) -> Report:
    """Return the time chain of a window by key worker, wing or prison: who has nothing on the rota first.

    A wing's figures are those of its officers; the prisoners without a key worker have a row of their own, so that the
    rows add up to the prison.
    """
    contacts = store.queries.contacts(as_of=window.seen_until, settings=request.settings)
    facts = time_facts(store, window, contacts, settings=request.settings)
    excluded = [
        prisoner
        for prisoner in contacts
        if request.covers(prisoner) and out_of_scope(prisoner, as_of=window.seen_until)
    ]
    budgets = [one for one in find_budgets(facts, window=window, settings=request.settings) if is_about(request, one)]
    total = combine(budgets)
    asked = {worker.key_worker_id for worker in facts.workers if request.covers_officer(worker)}
    outside = [one for one in sessions_out_of_scope(facts, window) if one.key_worker_id in asked]
    dropped = lost_by_reason(
        (
            slot
            for slot in facts.slots
            if window.first_on <= slot.slot_on <= window.seen_until and slot.key_worker_id in asked
        ),
        as_of=window.as_of,
    )
    reach = rota_reach(store.queries.latest_slots(as_of=window.as_of), facts.slots, as_of=window.as_of)
    wings = {one.wing for one in budgets if one.worker is not None and one.time.eligible_days}
    section = Section(
        name="budget",
        title="",
        columns=budget_words.columns(by, window),
        rows=tuple(_rows(by, budgets, window)),
        lead=budget_words.say_total(total, budgets, window, request.settings),
        foot=budget_words.beside(total, budgets, window, request.settings, dropped),
        empty=budget_words.nothing(request),
    )
    return request.report(
        "budget",
        budget_words.title(request, window, by),
        [section],
        summary={**_summary(total, budgets, window, outside), "lost_minutes_by_reason": dropped},
        settings=("target.minutes_per_week", "session.min_minutes"),
        warnings=[
            *say_rota_ends(reach, sorted(wings, key=in_order), before=window.weeks[-1].monday),
            *budget_words.left_out(total.time.minutes_not_known, len(outside)),
            *(() if window.ahead else name_away(gap for gap in facts.gaps if request.covers(gap.contact))),
            *name_excluded(excluded),
        ],
        pictures=[*_pictures(total, budgets, facts, window, by)] if budgets else (),
    )


def _pictures(total: Budget, budgets: Sequence[Budget], facts: TimeFacts, window: Window, by: By) -> Iterator[Picture]:
    """Yield the time chain of all together, and at the foot a row an officer: their prisoners, and the time given."""
    yield _chain(total, window)
    officers = [one for one in budgets if one.worker is not None and one.time.eligible_days]
    if by is By.WORKER and officers:
        gaps: dict[int | None, list[Gap]] = {}
        for gap in facts.gaps:
            gaps.setdefault(gap.contact.key_worker_id, []).append(gap)
        yield strips_picture(
            (
                Strip(
                    one.worker.name,
                    gaps.get(one.worker.key_worker_id, ()),
                    one.time.allocated_minutes,
                    budget_words.minutes(one.time.required_sevenths),
                )
                for one in sorted(officers, key=_order)
                if one.worker is not None
            ),
            weeks=len(window.weeks),
            below=True,
        )


def _chain(total: Budget, window: Window) -> Picture:
    """Draw the time chain as one bar that narrows, the surer the darker, with the minutes and their share beside it."""
    steps = budget_words.chain_steps(total.time, ahead=window.ahead)
    required = budget_words.minutes(total.time.required_sevenths)
    most = max(amount for _, amount, _ in steps)
    return Picture(
        title="Where the time went",
        columns=(),
        rows=tuple((name, bar(amount, most, shade=shade)) for name, amount, shade in steps),
        key=(),
        said=(),
        beside=tuple(budget_words.say_of(amount, required) for _, amount, _ in steps),
        joined=True,
    )


def time_facts(store: "Store", window: Window, contacts: Sequence[Contact], *, settings: Settings) -> TimeFacts:
    """Return what is recorded about a window; `contacts` are the prisoners at its end, or on the day asked about.

    The slots begin with the day of asking where the window lies ahead, to tell how far the rota reaches.
    """
    queries, first, last, as_of = store.queries, window.first_on, window.last_on, window.as_of
    inside = [prisoner for prisoner in contacts if not out_of_scope(prisoner, as_of=window.seen_until)]
    return TimeFacts(
        workers=queries.workers(),
        stays=queries.stay_spans(first, last, as_of=as_of),
        absences=queries.absence_spans(first, last, as_of=as_of),
        allocations=queries.allocation_spans(first, last, as_of=as_of),
        slots=queries.slots_between(min(first, as_of), last),
        sessions=queries.time_held(first, window.seen_until),
        gaps=find_gaps(inside, as_of=window.seen_until, settings=settings),
    )


def budget_row(budget: Budget, window: Window) -> dict[str, Value]:
    """Return the figures of a budget as reports hold them: minutes whole, those that come of days to one decimal.

    What cannot be known of a window that lies ahead is `None`: who will have gone unseen in it.
    """
    time = budget.time
    return {
        "prisoners": round(budget.average_held(window), 1),
        "weeks": len(window.weeks),
        "required_minutes": budget_words.minutes(time.required_sevenths),
        "allocated_minutes": time.allocated_minutes,
        "worked_minutes": time.worked_minutes,
        "lost_minutes": time.lost_minutes,
        "unconfirmed_minutes": time.unconfirmed_minutes,
        "to_come_minutes": time.to_come_minutes,
        "unavailable_minutes": time.unavailable_minutes,
        "not_there_minutes": time.not_there_minutes,
        "unused_minutes": budget_words.minutes(time.unused_sevenths),
        "sessions": time.sessions,
        "delivered_minutes": time.delivered,
        "individual_minutes": time.individual,
        "minutes_not_known": time.minutes_not_known,
        "outside_minutes": time.outside_minutes,
        "allocated_per_prisoner_week": budget_words.per_week(time.allocated_minutes, time.eligible_days),
        "delivered_per_prisoner_week": None
        if window.ahead or time.delivered is None
        else budget_words.per_week(time.delivered_minutes, time.eligible_days),
        "short_minutes": budget_words.minutes(time.short_sevenths),
        "cause": budget.cause.value if budget.cause else None,
        "prisoners_never_seen_in_window": None if window.ahead else len(budget.unseen),
        "longest_gap_days": budget.longest_gap_days,
    }


def is_about(request: ReportRequest, budget: Budget) -> bool:
    """Return whether the question is about this time: by the officer, or of prisoners without one by their wing."""
    if budget.worker is not None:
        return request.covers_officer(budget.worker)
    return request.key_worker is None and (not request.wings or budget.wing in request.wings)


def _rows(by: By, budgets: Sequence[Budget], window: Window) -> Iterator[Row]:
    """Yield the rows: nothing on the rota first, then who is short of most; the prisoners without a key worker last."""
    of_rows = list(_of_rows(by, budgets))
    columns = [round_to_sum([getattr(budget.time, f"{name}_sevenths") for _, budget in of_rows]) for name in IN_TENTHS]
    for (whose, budget), *figures in zip(of_rows, *columns, strict=True):
        printed = {f"{name}_minutes": figure for name, figure in zip(IN_TENTHS, figures, strict=True)}
        yield {**whose, **budget_row(budget, window), **printed}


def _of_rows(by: By, budgets: Sequence[Budget]) -> Iterator[tuple[dict[str, Value], Budget]]:
    """Yield of each row whose it is, and its figures."""
    officers = [one for one in budgets if one.worker is not None]
    alone = [one for one in budgets if one.worker is None]
    if by is By.PRISON:
        if budgets:
            yield _officers(officers), combine(budgets)
    elif by is By.WING:
        wings = dict.fromkeys(one.wing for one in officers)
        grouped = [combine([one for one in officers if one.wing == wing], wing=wing) for wing in wings]
        for group in sorted(grouped, key=_order):
            yield {"wing": group.wing, **_officers([one for one in officers if one.wing == group.wing])}, group
        if alone:
            yield {"wing": None, **_officers([])}, combine(alone)
    else:
        for one in sorted(officers, key=_order):
            yield _worker(one), one
        if alone:
            yield {"staff_id": None, "name": None, "wing": None}, combine(alone)


def _order(budget: Budget) -> tuple[bool, int, str, Order]:
    worker = budget.worker
    name = (worker.last_name, in_order(worker.staff_id)) if worker else ("", in_order(budget.wing))
    return (budget.cause not in NOTHING_ON_THE_ROTA, -budget.time.short_sevenths, *name)


def _worker(budget: Budget) -> dict[str, Value]:
    worker = budget.worker
    return {} if worker is None else {"staff_id": worker.staff_id, "name": worker.name, "wing": worker.wing}


def _officers(officers: Sequence[Budget]) -> dict[str, Value]:
    """Return how many officers a row is made of, and how many stand at each cause."""
    causes = [one.cause for one in officers]
    return {"key_workers": len(officers), "key_workers_by_cause": {cause.value: causes.count(cause) for cause in Cause}}


def _summary(
    total: Budget, budgets: Sequence[Budget], window: Window, out_of_scope_sessions: Sequence[TimeHeld]
) -> dict[str, Value]:
    officers = [one for one in budgets if one.worker is not None]
    return {
        "from": window.first_on,
        "to": window.last_on,
        **budget_row(total, window),
        **_officers(officers),
        "workers_at_zero": sum(one.at_zero for one in budgets),
        "sessions_out_of_scope": len(out_of_scope_sessions),
    }
