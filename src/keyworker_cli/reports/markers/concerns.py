"""Which concerns no session has raised: `kw concerns`, and the same as a part of other pages.

help: concerns-not-raised.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Report, Row, Section, Value
from keyworker_cli.reports.words import (
    emphasised,
    name_excluded,
    person,
    say_date_or,
    say_key_worker,
    say_none_of,
    who_and_where,
)
from keyworker_cli.rules.codes.signals import Confidence
from keyworker_cli.rules.dates.say import say_date, say_day_near
from keyworker_cli.rules.facts.by_prisoner import by_prisoner
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.people import names_by_key
from keyworker_cli.rules.facts.sessions import CountedSession
from keyworker_cli.rules.markers.priority import Known, Priority, backgrounds_of
from keyworker_cli.rules.markers.table import KINDS
from keyworker_cli.rules.markers.unraised import Concern, Unraised, concerns_to_raise, find_unraised
from keyworker_cli.rules.say import say_count

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

SHOWN: Final = 20  # and everybody who was seen since: the others stand on the lists of those to be seen
SETTINGS: Final = ("concern.days_tier_1", "concern.days_tier_2", "session.min_minutes")


def concerns_report(store: "Store", request: ReportRequest) -> Report:
    """Return the concerns that no counted session has raised since they began: who was seen and not asked first."""
    contacts = store.queries.contacts(as_of=request.as_of, settings=request.settings)
    inside, excluded = request.by_scope(contacts)
    listed = as_worked(unraised_concerns(store, request, inside))
    shown = max(SHOWN, sum(bool(one.sessions) for one in listed))
    section = concerns_section(listed, names_by_key(store.queries.workers()), prisoners=len(inside))._replace(
        group=seen_or_not, at_most=shown, more_hint="no key work since; --limit 1000 names them"
    )
    return request.report(
        "concerns",
        request.titled("Concerns not raised"),
        [section._replace(empty=say_none_of(contacts, "what has been raised", section.empty))],
        summary=section.summary,
        settings=SETTINGS,
        warnings=name_excluded(excluded),
        foot=("Of the record, not of the officer: a question to ask, not a finding.",),
    )


def unraised_concerns(store: "Store", request: ReportRequest, prisoners: Iterable[Contact]) -> list[Unraised]:
    """Return the concerns of these prisoners, present on the day, that are not raised, those of priority 1 first."""
    queries, as_of, settings = store.queries, request.as_of, request.settings
    known = queries.known_of_them(as_of=as_of, settings=settings)
    concerns = concerns_of(prisoners := list(prisoners), known, {}, as_of=as_of)
    since = first_began(concerns)
    if since is None:
        return []
    sessions = by_prisoner(queries.counted_sessions_here(since, as_of=as_of, settings=settings))
    return unraised_of(prisoners, concerns, sessions, request)


def unraised_of(
    prisoners: Iterable[Contact],
    concerns: Mapping[int, Sequence[Concern]],
    sessions: Mapping[int, Sequence[CountedSession]],
    request: ReportRequest,
) -> list[Unraised]:
    """Return the same of concerns and of counted sessions already known, by the prisoner's key."""
    found = [
        one
        for prisoner in prisoners
        for his in (concerns[prisoner.person_id],)
        if his
        for one in find_unraised(
            prisoner, his, sessions.get(prisoner.person_id, ()), as_of=request.as_of, settings=request.settings
        )
    ]
    return sorted(found, key=lambda one: (one.marker.tier or 0, -one.days, one.prisoner.prison_number, one.marker.code))


def as_worked(listed: Iterable[Unraised]) -> list[Unraised]:
    """Return concerns not raised in the order in which they are worked through.

    Where sessions have passed one by, the next will pass it by too: the most sessions since first. Whoever has had none
    since waits for the session itself, and stands on the lists of those to be seen.
    """
    return sorted(
        listed, key=lambda one: (-len(one.sessions), one.marker.tier or 0, -one.days, one.prisoner.prison_number)
    )


def seen_or_not(row: Row) -> str:
    """Return the heading above a run of rows: whether there have been sessions since the concern began."""
    return "Seen since, not recorded as raised" if row["sessions_since"] else "No key work since it began"


def first_began(concerns: Mapping[int, Sequence[Concern]]) -> date | None:
    """Return the day from which on a session may have raised any of these concerns; `None` where there is none."""
    return min((one.since for his in concerns.values() for one in his), default=None)


def concerns_of(
    prisoners: Iterable[Contact], known: Known, priorities: Mapping[int, Priority], *, as_of: date
) -> Mapping[int, list[Concern]]:
    """Return what is to be raised with each prisoner, whether or not it has been, by his key.

    `priorities` are those of the day, where they are known already.
    """
    events, accts = by_prisoner(known.events), by_prisoner(known.accts)
    backgrounds = backgrounds_of(prisoners, known, as_of=as_of)

    def concerns(prisoner: Contact) -> list[Concern]:
        key, priority = prisoner.person_id, priorities.get(prisoner.person_id)
        his, in_force = (events.get(key, ()), accts.get(key, ())), priority.markers if priority else None
        return concerns_to_raise(prisoner, *his, as_of=as_of, background=backgrounds[key], in_force=in_force)

    return {prisoner.person_id: concerns(prisoner) for prisoner in prisoners}


def concerns_section(listed: Iterable[Unraised], names: Mapping[int, str], *, prisoners: int | None = None) -> Section:
    """Return concerns not raised as a part of a page; `names` are those of the key workers, by key."""
    rows = tuple(concern_row(one, names) for one in listed)
    summary = {**_summary(rows), **({} if prisoners is None else {"prisoners": prisoners})}
    return Section(
        name="concerns",
        title="Concerns not raised",
        columns=COLUMNS,
        rows=rows,
        summary=summary,
        lead=(_lead(summary),) if rows else (),
        empty="Nothing: no concern has gone without being raised, or declined, for as long as that.",
    )


def concern_row(one: Unraised, names: Mapping[int, str]) -> Row:
    """Return a concern not raised as rows hold it."""
    prisoner, marker = one.prisoner, one.marker
    return {
        **who_and_where(prisoner),
        "key_worker": person(prisoner.staff_id, prisoner.worker_name),
        "code": marker.code,
        "concern": KINDS[marker.code].name,
        "confidence": marker.confidence,
        "tier": marker.tier,
        "since": one.since,
        "days": one.days,
        "ended_on": one.ended_on,
        "sessions_since": len(one.sessions),
        "sessions_by": list(dict.fromkeys(names[session.key_worker_id] for session in one.sessions)),
        "last_session_on": prisoner.last_session_on,
        "away": prisoner.away,
    }


def say_unraised(one: Unraised) -> str:
    """Say in a few words what is not raised: `debt, since Fri 6 Mar`, with the year where it is another."""
    asked_on = one.since + timedelta(days=one.days)

    def day(on: date) -> str:
        return say_day_near(on, asked_on)

    ended = f" (ended {day(one.ended_on)})" if one.ended_on else ""
    return f"{KINDS[one.marker.code].short}, since {day(one.since)}{ended}"


def _summary(rows: tuple[Row, ...]) -> Mapping[str, Value]:
    return {
        "concerns": len(rows),
        "prisoners_listed": len({row["prison_number"] for row in rows}),
        "tier_1": sum(row["tier"] == 1 for row in rows),
        "tier_2": sum(row["tier"] != 1 for row in rows),
        "ended": sum(row["ended_on"] is not None for row in rows),
        "longest_days": max((_days(row) for row in rows), default=0),
        "prisoners_seen_since": len({row["prison_number"] for row in rows if row["sessions_since"]}),
    }


def _days(row: Row) -> int:
    days = row["days"]
    return days if isinstance(days, int) else 0


def _lead(s: Mapping[str, Value]) -> str:
    of = say_count(_count(s, "prisoners_listed"), "prisoner")
    seen = say_count(_count(s, "prisoners_seen_since"), "prisoner")
    return (
        f"{say_count(_count(s, 'concerns'), 'concern')} of {of}: {s['tier_1']} of priority 1, {s['tier_2']} of "
        f"priority 2; ended and never raised: {s['ended']}. The longest waits "
        f"{say_count(_count(s, 'longest_days'), 'day')}. "
        f"Seen since, and not recorded as raised: {seen}."
    )


def _count(s: Mapping[str, Value], key: str) -> int:
    value = s[key]
    return value if isinstance(value, int) else 0


def _concern(row: Row) -> str:
    suspected = " (suspected)" if row["confidence"] == Confidence.SUSPECTED else ""
    ended = f"; ended {say_date(row['ended_on'])}, never raised" if isinstance(row["ended_on"], date) else ""
    return f"{row['concern']}{suspected}{ended}"


def _since(row: Row) -> str:
    return say_date_or(row["since"], "no data")


def _sessions(row: Row) -> str:
    number, by = _count(row, "sessions_since"), row["sessions_by"]
    if not number:
        return "none"
    names = ", ".join(str(name) for name in by) if isinstance(by, list) else ""
    times = "once" if number == 1 else f"{number} times"
    return f"{times}: {names}"


COLUMNS = (
    Column("prison_number", "Number"),
    Column("name", "Name", style=emphasised),
    Column("location", "Location"),
    Column("wing"),
    Column("days", "Days", align="right", style=emphasised),
    Column("tier", "Priority", align="right", priority=2, reason=True),
    Column("code", reason=True),
    Column("concern", "Concern", show=_concern, wrap=True, reason=True),
    Column("confidence", reason=True),
    Column("since", "Since", show=_since, priority=3, reason=True),
    Column("ended_on", reason=True),
    Column("sessions_since", "Sessions since", show=_sessions, wrap=True),
    Column("sessions_by"),
    Column("key_worker.staff_id"),
    Column("key_worker.name", "Key worker", show=say_key_worker, wrap=True, priority=1),
    Column("last_session_on"),
    Column("away"),
)
