"""What has happened to one prisoner, what to raise with him, and who could: parts of `kw why` (help: see-today).

All but who could see him says why a prisoner matters, and so stays out of files unless it is asked for (help: privacy).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from keyworker_cli.reports.contact.why_record import PrisonerRecord
from keyworker_cli.reports.markers.concerns import say_unraised
from keyworker_cli.reports.report import Column, Row, Section
from keyworker_cli.reports.words import person, say_date_or
from keyworker_cli.rules.contact.explain import ListingFacts
from keyworker_cli.rules.dates.london import days_between
from keyworker_cli.rules.dates.say import say_date, say_minute
from keyworker_cli.rules.facts.care import EventRecord
from keyworker_cli.rules.markers.explain import DERIVED_FROM, explain_marker, explain_today, name_marker, say_until
from keyworker_cli.rules.markers.in_force import markers_of_events
from keyworker_cli.rules.markers.marker import Marker
from keyworker_cli.rules.markers.priority import seen_since
from keyworker_cli.rules.markers.table import KINDS
from keyworker_cli.rules.markers.topics import OpenTopic, last_raised, open_topics
from keyworker_cli.rules.markers.unraised import Unraised
from keyworker_cli.rules.plan.who_could_see import Chance, next_chances
from keyworker_cli.rules.rota.slots import ROTA_AHEAD
from keyworker_cli.rules.sessions.case_note import say_topics
from keyworker_cli.rules.stays.after_death import death_of, recorded_in_time

if TYPE_CHECKING:
    from keyworker_cli.store.reads.queries import Queries

CHANCES_SHOWN: Final = 6


def is_for_today(known: PrisonerRecord, case: ListingFacts, unraised: Sequence[Unraised]) -> Iterator[Section]:
    """Yield the sentences that say whether he is to be seen today, and which concerns no session has raised."""
    if known.ended:
        return
    sentences = [*explain_today(known.contact, case.priority, as_of=known.as_of, settings=known.settings)]
    if unraised:
        sentences.append(f"Not yet raised: {'; '.join(map(say_unraised, unraised))}.")
    columns = (Column("sentence", "Is he to be seen today?", wrap=True, reason=True),)
    yield Section("see_today", "", columns, tuple({"sentence": sentence} for sentence in sentences))


def who_could_see(queries: "Queries", known: PrisonerRecord, *, from_minute: int) -> Iterator[Section]:
    """Yield who could see him: his key worker's next slot, then the others of the first day with any; not while away.

    Of today only the slots that are not over by `from_minute`.
    """
    prisoner, as_of = known.contact, known.as_of
    if known.ended or prisoner.away:
        return
    slots = queries.slots_between(as_of, as_of + ROTA_AHEAD)
    chances = next_chances(prisoner, slots, list(known.sessions_in(known.stay)), since=as_of, from_minute=from_minute)
    yield Section(
        name="who_could_see",
        title="Who could see him today or next",
        columns=CHANCE_COLUMNS,
        rows=tuple(_chance_row(chance, known) for chance in chances),
        empty=f"Nobody has a slot on the rota from then to {say_date(as_of + ROTA_AHEAD)}.",
    ).limited(CHANCES_SHOWN)


def his_markers(queries: "Queries", known: PrisonerRecord, case: ListingFacts) -> Iterator[Section]:
    """Yield his markers in force, each with what it is known from and whether it calls for him today."""
    if known.ended or not case.priority.markers:
        return
    records = _records(queries, known)
    rows = tuple(_marker_row(marker, records.get(marker), known, case) for marker in case.priority.markers)
    yield Section("markers", "", MARKER_COLUMNS, rows)


def his_topics(queries: "Queries", known: PrisonerRecord) -> Iterator[Section]:
    """Yield the topics to raise with him, the longest open first; then those spoken of in this stay, the latest first.

    A topic is open until a session records it after what opened it.
    """
    if known.ended:
        return
    sessions = list(known.sessions_in(known.stay))
    events = [record.event for record in _events_of(queries, known)]
    accts = queries.accts_in_time_of(known.person.person_id)
    still = open_topics(known.contact, events, accts, sessions, as_of=known.as_of)
    raised = last_raised(sessions, as_of=known.as_of)
    closed = sorted(raised.keys() - {one.topic for one in still}, key=lambda topic: (-raised[topic].toordinal(), topic))
    rows = [_topic_row(one.topic, one, raised.get(one.topic)) for one in still]
    rows += [_topic_row(topic, None, raised[topic]) for topic in closed]
    if rows:
        yield Section("topics", "", TOPIC_COLUMNS, tuple(rows), summary={"open": len(still)})


def _events_of(queries: "Queries", known: PrisonerRecord) -> list[EventRecord]:
    """Return his events, without those recorded after the day of his death."""
    every = queries.events_of(known.person.person_id, as_of=known.as_of, settings=known.settings)
    died = death_of(known.person)
    return [one for one in every if recorded_in_time(one, died)]


def _records(queries: "Queries", known: PrisonerRecord) -> Mapping[Marker, EventRecord]:
    """Return what each marker that somebody recorded is known from."""
    records = {record.event: record for record in _events_of(queries, known)}
    found = markers_of_events(known.contact, records, as_of=known.as_of)
    return {marker: records[event] for event, marker in found.items()}


def _marker_row(marker: Marker, record: EventRecord | None, known: PrisonerRecord, case: ListingFacts) -> Row:
    prisoner, priority = known.contact, case.priority
    return {
        "code": marker.code,
        "name": name_marker(marker),
        "tier": marker.tier,
        "since": marker.began_on,
        "at": say_minute(marker.at_minute) if marker.at_minute else None,
        "days": days_between(marker.began_on, known.as_of),
        "until": marker.last_on,
        "until_words": say_until(marker),
        "confidence": marker.confidence,
        "detail": record.detail if record else None,
        "source": record.source if record else DERIVED_FROM.get(marker.code),
        "calls": priority.see_today and marker in priority.calling,
        "seen_since": seen_since(prisoner, marker),
        "today": explain_marker(prisoner, marker, priority, as_of=known.as_of, settings=known.settings),
    }


MARKER_COLUMNS = (
    Column("code", reason=True),
    Column("name", "Concern in force", wrap=True, reason=True),
    Column("tier", "Priority", reason=True, show=lambda row: "-" if row["tier"] is None else str(row["tier"])),
    Column("since", "Since", reason=True),
    Column("at", reason=True),
    Column("days", "Days", align="right", reason=True),
    Column("until", "Until", show=lambda row: str(row["until_words"]), wrap=True, priority=1, reason=True),
    Column("confidence", reason=True),
    Column("detail", reason=True),
    Column("source", "Source", wrap=True, priority=2, reason=True),
    Column("calls", reason=True),
    Column("seen_since", reason=True),
    Column("today", "Today", wrap=True, reason=True),
)


def _topic_row(topic: str, still: OpenTopic | None, raised_on: date | None) -> Row:
    return {
        "topic": str(topic),
        "open_since": still.since if still else None,
        "opened_by": list(still.codes) if still else [],
        "last_raised_on": raised_on,
    }


def _opened_by(row: Row) -> str:
    codes = row["opened_by"]
    return ", ".join(KINDS[code].short for code in codes) if isinstance(codes, list) and codes else "-"


TOPIC_COLUMNS = (
    Column("topic", "Topic", show=lambda row: say_topics(str(row["topic"])), reason=True),
    Column("open_since", "To raise, since", show=lambda row: say_date_or(row["open_since"], "not open"), reason=True),
    Column("opened_by", "Because of", show=_opened_by, wrap=True, reason=True),
    Column("last_raised_on", "Last raised", show=lambda row: say_date_or(row["last_raised_on"], "never"), reason=True),
)


def _chance_row(chance: Chance, known: PrisonerRecord) -> Row:
    slot, prisoner = chance.slot, known.contact
    if slot.key_worker_id == prisoner.key_worker_id:
        relation = "own"
    elif chance.last_on is not None:
        relation = "known"
    else:
        relation = "wing" if slot.wing and slot.wing == prisoner.wing else "none"
    return {
        "key_worker": person(slot.staff_id, slot.name),
        "on": slot.slot_on,
        "start": say_minute(slot.start_minute),
        "end": say_minute(slot.end_minute),
        "relation": relation,
        "times": chance.times,
        "last_on": chance.last_on,
    }


def _knows(row: Row) -> str:
    last_on = row["last_on"]
    times = "once" if row["times"] == 1 else f"{row['times']} times"
    saw = f"saw him {times}, last {say_date(last_on)}" if isinstance(last_on, date) else ""
    if row["relation"] == "own":
        return f"his key worker: {saw or 'has not seen him yet'}"
    return saw or ("his wing" if row["relation"] == "wing" else "another wing")


CHANCE_COLUMNS = (
    Column("key_worker.staff_id"),
    Column("key_worker.name", "Officer"),
    Column("on", "Next slot"),
    Column("start", "At", show=lambda row: f"{row['start']}-{row['end']}"),
    Column("end"),
    Column("relation", "Knows him", show=_knows, wrap=True),
    Column("times"),
    Column("last_on"),
)
