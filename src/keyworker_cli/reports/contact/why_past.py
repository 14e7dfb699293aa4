"""What is behind a prisoner: his sessions, his key workers and his earlier stays, as parts of the pages about him."""

from collections.abc import Iterator
from datetime import date

from keyworker_cli.reports.contact.why_record import PrisonerRecord
from keyworker_cli.reports.report import Column, Row, Section
from keyworker_cli.reports.words import person, say_because, say_date_or, say_how_left, say_key_worker
from keyworker_cli.rules.codes.records import ArrivalType, Outcome, SessionType
from keyworker_cli.rules.codes.words import ARRIVAL_WORDS, plain_words, say_ended, say_topic
from keyworker_cli.rules.contact.continuity import WITHIN_WEEKS, Continuity, continuity_of
from keyworker_cli.rules.contact.counted import is_at_the_door, is_counted
from keyworker_cli.rules.dates.london import days_between
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.facts.officers import Allocation
from keyworker_cli.rules.facts.sessions import SessionHeld
from keyworker_cli.rules.facts.stays import Stay
from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.settings import Settings

LATEST_SESSIONS = 8
"""How many of his latest sessions the screen shows."""


def sessions_section(known: PrisonerRecord) -> Section:
    """Return what was recorded with him in this stay, the latest shown."""
    sessions = list(known.sessions_in(known.stay))
    late = [one for one in known.late if known.stay.arrived_on <= one.held_on]
    every = sorted((*sessions, *late), key=lambda one: one.held_on, reverse=True)
    section = Section(
        name="sessions",
        title="Sessions, refusals and other contacts in this stay",
        columns=SESSION_COLUMNS,
        rows=tuple(_session_row(one, known.settings, after_death=one in late) for one in every),
        summary={
            "counted": sum(is_counted(one, settings=known.settings) for one in sessions),
            "refused": sum(one.outcome == Outcome.REFUSED for one in sessions),
            "recorded": len(every),
            "recorded_after_death": len(late),
        },
        empty="None recorded.",
    )
    return section.limited(LATEST_SESSIONS)


def _session_row(one: SessionHeld, settings: Settings, *, after_death: bool) -> Row:
    return {
        "held_on": one.held_on,
        "by": person(one.staff_id, one.by),
        "minutes": one.minutes,
        "type": one.type,
        "outcome": one.outcome,
        "at_the_door": is_at_the_door(one.place, settings=settings),
        "counted": is_counted(one, settings=settings) and not after_death,
        "after_death": after_death,
        "topics": one.topics.split(";") if one.topics else [],
    }


def _what(row: Row) -> str:
    """Say what a session was, and that it is not counted where a reader might think so."""
    if row["outcome"] != Outcome.COMPLETED:
        door = ", offered at the door" if row["at_the_door"] else ""
        return plain_words(str(row["outcome"])) + door
    if row["type"] == SessionType.KE:
        return "entry, not counted"
    if row["after_death"]:
        return "recorded after death, not counted"
    if row["counted"]:
        return "session"
    return "at the door, not counted" if row["at_the_door"] else "short contact, not counted"


def _topics(row: Row) -> str:
    topics = row["topics"]
    return ", ".join(map(say_topic, topics)) if isinstance(topics, list) and topics else "none"


SESSION_COLUMNS = (
    Column("held_on", "On"),
    Column("minutes", "Minutes", align="right"),
    Column("outcome", "What", show=_what),
    Column("by.staff_id"),
    Column("by.name", "By"),
    Column("type"),
    Column("counted"),
    Column("after_death"),
    Column("at_the_door"),
    Column("topics", "Topics", show=_topics, reason=True, wrap=True, priority=1),
)


def key_workers_section(known: PrisonerRecord) -> Section:
    """Return his key workers of this stay, and how steady that was."""
    rows = tuple(_held_row(one, known) for one in known.held_in(known.stay))
    history, current = known.history, known.contact.staff_id
    steady = continuity_of(history.counted, history.allocations, current=current, as_of=known.clocks_on)
    return Section(
        name="key_workers",
        title="Key workers in this stay",
        columns=HELD_COLUMNS,
        rows=rows,
        summary={
            "sessions": steady.sessions,
            "sessions_by_current": steady.by_current,
            "continuity_percent": steady.percent,
            "key_workers_in_26_weeks": steady.key_workers,
            "changed_often": steady.changed_often,
        },
        lead=tuple(_continuity(steady, known.contact.worker_name)),
        empty="None.",
    )


def _continuity(steady: Continuity, worker: str | None) -> Iterator[str]:
    """Say what share of his sessions his key worker held, and that he has had many: a stranger each time."""
    if worker is not None:
        share = "n/a" if steady.percent is None else f"{steady.percent:.0f} %"
        sessions = say_count(steady.sessions, "counted session")
        yield f"Continuity: {worker} held {steady.by_current} of {sessions} in this stay ({share})."
    if steady.changed_often:
        yield f"Changed often: {steady.key_workers} key workers in {WITHIN_WEEKS} weeks."


def _held_row(one: Allocation, known: PrisonerRecord) -> Row:
    own = [s for s in known.history.counted if s.staff_id == one.staff_id and one.allocated_on <= s.held_on]
    until = one.ended_on or (known.ended.on if known.ended else known.as_of)
    return {
        "key_worker": person(one.staff_id, one.name),
        "allocated_on": one.allocated_on,
        "ended_on": one.ended_on,
        "days": days_between(one.allocated_on, until),
        "sessions": sum(one.ended_on is None or s.held_on <= one.ended_on for s in own),
        "allocation_reason": one.allocation_reason,
        "allocated_by": one.allocated_by,
        "because": one.because,
        "acknowledged_on": one.acknowledged_on,
        "end_reason": one.end_reason,
        "ended_by": one.ended_by,
    }


def _until(row: Row) -> str:
    return (
        f"{say_date(row['ended_on'])}, {say_ended(str(row['end_reason']))}"
        if isinstance(row["ended_on"], date)
        else "still his"
    )


HELD_COLUMNS = (
    Column("key_worker.staff_id"),
    Column("key_worker.name", "Key worker"),
    Column("allocated_on", "From"),
    Column("ended_on", "Until", show=_until),
    Column("days", "Days", align="right"),
    Column("sessions", "Sessions", align="right"),
    Column("allocation_reason"),
    Column("allocated_by", "Allocated by", priority=1),
    Column("because", "Because", show=say_because, wrap=True, priority=2),
    Column("acknowledged_on"),
    Column("end_reason"),
    Column("ended_by"),
)


def earlier_stays_section(known: PrisonerRecord) -> Section:
    """Return the stays before this one, each with its sessions and its last key worker."""
    rows = tuple(_stay_row(stay, known) for stay in known.stays[1:])
    return Section(
        "earlier_stays", "Earlier stays: linked, not counted", STAY_COLUMNS, rows, empty="None in this prison."
    )


def _stay_row(stay: Stay, known: PrisonerRecord) -> Row:
    counted = [one for one in known.sessions_in(stay) if is_counted(one, settings=known.settings)]
    last = next(known.held_in(stay), None)
    return {
        "arrived_on": stay.arrived_on,
        "arrival_type": stay.arrival_type,
        "left_on": stay.left_on,
        "departure_reason": stay.departure_reason,
        "sessions": len(counted),
        "last_session_on": counted[0].held_on if counted else None,
        "key_worker": person(last.staff_id, last.name) if last else None,
    }


STAY_COLUMNS = (
    Column("arrived_on", "From"),
    Column("left_on", "To"),
    Column("arrival_type", "Came", show=lambda row: ARRIVAL_WORDS[ArrivalType(str(row["arrival_type"]))], priority=1),
    Column("departure_reason", "Left", show=say_how_left),
    Column("sessions", "Sessions", align="right"),
    Column("last_session_on", "Last seen", show=lambda row: say_date_or(row["last_session_on"], "no key work")),
    Column("key_worker.staff_id"),
    Column("key_worker.name", "Key worker at the end", show=say_key_worker, priority=1),
)
