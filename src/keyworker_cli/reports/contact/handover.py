"""Handing a prisoner over: one page for the next key worker, and who still waits to be confirmed (help: handover)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from keyworker_cli.reports.contact.why_record import PrisonerRecord, prisoner_record
from keyworker_cli.reports.markers.concerns import concerns_section
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Report, Row, Section, Value
from keyworker_cli.reports.sessions.session_brief import Brief, brief_of
from keyworker_cli.reports.words import (
    emphasised,
    name_excluded,
    person,
    say_date_or,
    say_none_of,
    who_and_where,
    worker_in,
)
from keyworker_cli.rules.contact.counted import is_at_the_door
from keyworker_cli.rules.contact.handover import (
    CONFIRMED_WITHIN_DAYS,
    Handover,
    accts_lately,
    find_handovers,
    is_handed_over,
    last_words,
    next_agreed,
    refused_lately,
)
from keyworker_cli.rules.dates.london import days_between
from keyworker_cli.rules.dates.say import say_date, say_days
from keyworker_cli.rules.facts.care import Acct, NeedRaised
from keyworker_cli.rules.facts.officers import Allocation
from keyworker_cli.rules.facts.people import Person, Worker
from keyworker_cli.rules.facts.sessions import SessionHeld
from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.stays.movements import say_departure

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

SETTINGS = ("session.min_minutes", "concern.days_tier_1", "concern.days_tier_2")


def handover_report(store: "Store", request: ReportRequest, prisoner: Person) -> Report:
    """Return the page with which a prisoner is handed over, as of the day, or as of the day he left."""
    known = prisoner_record(store, request, prisoner)
    if known is None:
        lead = f"{prisoner.name} had not arrived by {say_date(request.as_of)}: there is nothing to hand over."
        return _report(request, prisoner, [Section("man", "", (), (), lead=(lead,), empty="")], {})
    on = known.ended.on if known.ended else request.as_of
    brief = brief_of(store, prisoner, known.contact, as_of=on, settings=request.settings)
    accts = accts_lately(brief.accts, as_of=on)
    refused, words = refused_lately(known.sessions, as_of=on), last_words(known.sessions)
    needs = _section("needs", "Actions open", NEED_COLUMNS, [_need_row(one, on) for one in brief.needs])
    said = _section("words", "In his own words", WORDS_COLUMNS, [_words_row(one) for one in words])
    sections = [
        Section("man", "", (), (), lead=tuple(_identity(known)), empty=""),
        Section("handover", "", FACT_COLUMNS, tuple(_facts(known, on))),
        _or_counted(own_concerns_section(brief)),
        _or_counted(needs, f"{sum(bool(row['days_overdue']) for row in needs.rows)} overdue"),
        _or_counted(_section("accts", "ACCTs of the last 26 weeks", ACCT_COLUMNS, [_acct_row(one) for one in accts])),
        _section("refused", "Refused in the last 12 weeks", REFUSED_COLUMNS, [_refused_row(o, known) for o in refused]),
        _or_counted(said, f"the last on {say_date(words[0].held_on)}" if words else ""),
    ]
    return _report(request, prisoner, sections, _summary(known, brief, on), foot=tuple(_to_confirm(known, on)))


def handovers_report(store: "Store", request: ReportRequest) -> Report:
    """Return who waits for their new key worker to confirm the allocation, the longest first."""
    contacts = store.queries.contacts(as_of=request.as_of, settings=request.settings)
    inside, excluded = request.by_scope(contacts)
    waiting = find_handovers(inside, as_of=request.as_of)
    workers = {one.key_worker_id: one for one in store.queries.workers()} if waiting else {}
    rows = tuple(_row(one, workers) for one in waiting)
    late = sum(one.is_late for one in waiting)
    lead = f"{say_count(len(rows), 'prisoner')}; not confirmed within {CONFIRMED_WITHIN_DAYS} days: {late}."
    section = Section(
        "handovers",
        "",
        COLUMNS,
        rows,
        lead=(lead,) if rows else (),
        foot=("The page for each: kw handover NUMBER. To confirm: kw caseload KEY_WORKER --acknowledge.",)
        if rows
        else (),
        empty=say_none_of(inside, HANDED_OVER, NOBODY_WAITS, of=request.scope_words(), excluded=excluded),
        group=_heading,
    )
    return request.report(
        "handovers",
        request.titled("Handed over and not confirmed"),
        [section],
        summary={"waiting": len(rows), "late": late, "longest_days": max((one.days for one in waiting), default=0)},
        settings=(),
        warnings=name_excluded(excluded),
    )


def _report(
    request: ReportRequest,
    prisoner: Person,
    sections: Sequence[Section],
    summary: Mapping[str, Value],
    *,
    foot: tuple[str, ...] = (),
) -> Report:
    return request.report(
        "handover",
        f"Handover: {prisoner.name}, {prisoner.prison_number}",
        sections,
        summary={"prison_number": prisoner.prison_number, "name": prisoner.name, **summary},
        settings=SETTINGS,
        foot=foot,
        several=True,
    )


def _section(name: str, title: str, columns: tuple[Column, ...], rows: Sequence[Row]) -> Section:
    return Section(name, title, columns, tuple(rows), empty="None.")


def _or_counted(section: Section, more: str = "") -> Section:
    """Return a section of which people read no more than a count where it may not say what it is about."""
    if not section.rows:
        return section
    columns = tuple(column._replace(title="") for column in section.columns if not column.reason)
    said = ", ".join(text for text in (str(len(section.rows)), more) if text)
    return section._replace(plain=section._replace(columns=columns, lead=(f"{said}; left out of this file.",)))


def own_concerns_section(brief: Brief) -> Section:
    """Return one prisoner's concerns not raised as a part of his page."""
    section = concerns_section(brief.concerns_unraised(), {one.key_worker_id: one.by for one in brief.sessions})
    return section._replace(
        lead=(), empty="None.", columns=tuple(one for one in section.columns if one.key in OF_A_PRISONER)
    )


NOBODY_WAITS = "Nobody waits for a new key worker to confirm."
HANDED_OVER = "who was handed over"
OF_A_PRISONER = ("days", "tier", "code", "concern", "confidence", "since", "ended_on", "sessions_since", "sessions_by")


# --- who, and how it stands ---


def _identity(known: PrisonerRecord) -> Iterator[str]:
    stay = known.stay
    arrived = f"arrived {say_date(stay.arrived_on)}"
    if known.left_on is not None:
        left = f"{say_departure(stay)} on {say_date(known.left_on)}"
        yield f"{known.contact.location or 'No location recorded'}; {arrived}, {left}."
    else:
        yield f"{known.contact.location or 'No location recorded'}; {arrived}."


def _facts(known: PrisonerRecord, on: date) -> Iterator[Row]:
    """Yield what a new key worker asks first, a line each."""
    before, contact = _before(known), known.contact
    yield _fact("Key worker before", _had(before) if before else "none in this stay")
    yield _fact("Key worker now" if known.left_on is None else "Key worker at the end", _now(known, on))
    yield _fact("Last seen", _last_seen(known, on))
    door = f", {contact.refusals_at_door} of them at the door" if contact.refusals_at_door else ""
    yield _fact("Refused since then", f"{contact.refusals_since}{door}")
    agreed = next_agreed(known.sessions, arrived_on=known.stay.arrived_on)
    yield _fact("Next session agreed", _agreed(agreed) if agreed else "none")


def _fact(item: str, text: str) -> Row:
    return {"item": item, "text": text}


def _before(known: PrisonerRecord) -> Allocation | None:
    """Return the latest allocation of this stay with another key worker than the present one."""
    now = known.contact.key_worker_id
    return next((one for one in known.held_in(known.stay) if one.key_worker_id != now), None)


def _had(before: Allocation) -> str:
    until = say_date(before.ended_on) if before.ended_on else "now"
    return f"{before.name}, {say_date(before.allocated_on)} to {until}"


def _now(known: PrisonerRecord, on: date) -> str:
    contact = known.contact
    if contact.worker_name is None or contact.allocated_on is None:
        return "none"
    since = f"{contact.worker_name} since {say_date(contact.allocated_on)}"
    if contact.acknowledged_on is not None and contact.acknowledged_on <= on:
        return f"{since}, confirmed on {say_date(contact.acknowledged_on)}"
    if contact.met_on is not None:
        return f"{since}, met on {say_date(contact.met_on)}"
    days = days_between(contact.allocated_on, on)
    return f"{since}, not confirmed for {say_days(days)}" if days else f"{since}, not confirmed yet"


def _last_seen(known: PrisonerRecord, on: date) -> str:
    contact = known.contact
    ago = f"{say_days(days_between(contact.clock_from, on))} ago" if contact.clock_from < on else "that day"
    if contact.last_session_on is not None:
        return f"{say_date(contact.last_session_on)} by {contact.last_session_by}, {ago}"
    if contact.records_begin_on:
        return f"no session recorded; kw's records of him begin on {say_date(contact.records_begin_on)}"
    return f"no key work yet; arrived {ago}"


def _agreed(held: SessionHeld) -> str:
    planned = say_date(held.next_session_on) if held.next_session_on else "none"
    return f"{planned}, as agreed on {say_date(held.held_on)} with {held.by}"


def _to_confirm(known: PrisonerRecord, on: date) -> Iterator[str]:
    if known.left_on is None and is_handed_over(known.contact, as_of=on):
        yield f"To confirm that it was read: kw caseload {known.contact.staff_id} --acknowledge"


def _summary(known: PrisonerRecord, brief: Brief, on: date) -> dict[str, Value]:
    contact, before = known.contact, _before(known)
    agreed = next_agreed(known.sessions, arrived_on=known.stay.arrived_on)
    return {
        "location": contact.location,
        "arrived_on": known.stay.arrived_on,
        "left_on": known.left_on,
        "key_worker": person(contact.staff_id, contact.worker_name),
        "allocated_on": contact.allocated_on,
        "acknowledged_on": contact.acknowledged_on,
        "to_confirm": known.left_on is None and is_handed_over(contact, as_of=on),
        "key_worker_before": person(before.staff_id, before.name) if before else None,
        "last_session_on": contact.last_session_on,
        "last_session_by": person(contact.last_session_staff_id, contact.last_session_by),
        "days": days_between(contact.clock_from, on),
        "refusals_since": contact.refusals_since,
        "next_session_on": agreed.next_session_on if agreed else None,
        "concerns_not_raised": len(brief.concerns_unraised()),
        "open_needs": len(brief.needs),
    }


FACT_COLUMNS = (Column("item", "Key work"), Column("text", "How it stands", wrap=True))


# --- the parts ---


def _need_row(need: NeedRaised, on: date) -> Row:
    return {
        "need": need.text,
        "owner": need.owner,
        "due_on": need.due_on,
        "raised_on": need.raised_on,
        "days_overdue": max(0, days_between(need.due_on, on)) if need.due_on else 0,
    }


def _due(row: Row) -> str:
    if not isinstance(row["due_on"], date):
        return "no date"
    return say_date(row["due_on"]) + (", overdue" if row["days_overdue"] else "")


NEED_COLUMNS = (
    Column("need", "To be done", wrap=True, reason=True),
    Column("owner", "By", show=lambda row: str(row["owner"] or "nobody named")),
    Column("due_on", "Due", show=_due, wrap=True),
    Column("raised_on", "Raised"),
    Column("days_overdue"),
)


def _acct_row(acct: Acct) -> Row:
    return {
        "opened_on": acct.opened_on,
        "closed_on": acct.closed_on,
        "review_due_on": acct.review_due_on,
        "review_held_on": acct.review_held_on,
    }


def _post_closure(row: Row) -> str:
    if isinstance(row["review_held_on"], date):
        return f"held {say_date(row['review_held_on'])}"
    return f"due {say_date(row['review_due_on'])}" if isinstance(row["review_due_on"], date) else "none"


ACCT_COLUMNS = (
    Column("opened_on", "Opened", show=lambda row: say_date_or(row["opened_on"], "no data"), reason=True),
    Column("closed_on", "Closed", show=lambda row: say_date_or(row["closed_on"], "open"), reason=True),
    Column("review_due_on", "Post-closure review", show=_post_closure, reason=True),
    Column("review_held_on", reason=True),
)


def _refused_row(one: SessionHeld, known: PrisonerRecord) -> Row:
    return {
        "held_on": one.held_on,
        "by": person(one.staff_id, one.by),
        "place": one.place,
        "at_the_door": is_at_the_door(one.place, settings=known.settings),
    }


REFUSED_COLUMNS = (
    Column("held_on", "On"),
    Column("by.staff_id"),
    Column("by.name", "Offered by"),
    Column("place", "Where", show=lambda row: str(row["place"] or "no data")),
    Column("at_the_door"),
)


def _words_row(one: SessionHeld) -> Row:
    return {"held_on": one.held_on, "by": person(one.staff_id, one.by), "said": one.prisoner_said}


WORDS_COLUMNS = (
    Column("held_on", "On"),
    Column("by.staff_id"),
    Column("by.name", "To"),
    Column("said", "He said", wrap=True, reason=True),
)


# --- the list ---


def _row(one: Handover, workers: Mapping[int, Worker]) -> Row:
    prisoner = one.prisoner
    before = workers.get(prisoner.worker_before_id or 0)
    return {
        "days": one.days,
        "late": one.is_late,
        **who_and_where(prisoner),
        "key_worker": person(prisoner.staff_id, prisoner.worker_name),
        "key_worker_before": person(before.staff_id, before.name) if before else None,
        "allocated_on": prisoner.allocated_on,
        "last_session_on": prisoner.last_session_on,
        "last_session_by": person(prisoner.last_session_staff_id, prisoner.last_session_by),
        "away": prisoner.away,
    }


def _heading(row: Row) -> str:
    return f"Not confirmed within {CONFIRMED_WITHIN_DAYS} days" if row["late"] else "Handed over lately"


def _seen_on(row: Row) -> str:
    return say_date_or(row["last_session_on"], "no key work yet")


COLUMNS = (
    Column("days", "Days", align="right", style=lambda row: "warn" if row["late"] else "emphasis"),
    Column("late"),
    Column("name", "Name", style=emphasised),
    Column("prison_number", "Number"),
    Column("location", "Location"),
    Column("wing"),
    Column("key_worker.staff_id"),
    Column("key_worker.name", "Key worker", show=worker_in("key_worker"), wrap=True),
    Column("key_worker_before.staff_id"),
    Column("key_worker_before.name", "Before", show=worker_in("key_worker_before"), wrap=True),
    Column("allocated_on", "Since", priority=2),
    Column("last_session_on", "Last seen", show=_seen_on, priority=1),
    Column("last_session_by.staff_id"),
    Column("last_session_by.name"),
    Column("away"),
)
