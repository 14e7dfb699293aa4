"""What is recorded of the prisoners: `kw event list` (help: concerns)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Report, Row, Section
from keyworker_cli.reports.words import emphasised, say_date_or, say_none_of
from keyworker_cli.rules.dates.say import say_date, say_minute
from keyworker_cli.rules.facts.by_prisoner import by_prisoner
from keyworker_cli.rules.facts.care import EventRecord
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.names import wing_of
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.markers.in_force import markers_of_events
from keyworker_cli.rules.markers.marker import Marker
from keyworker_cli.rules.markers.table import KINDS, LOWEST_TIER, marking_since
from keyworker_cli.rules.stays.after_death import death_of, recorded_in_time
from keyworker_cli.rules.stays.presence import stay_on

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

EVER: Final = date(1900, 1, 1)


def event_list(
    store: "Store", request: ReportRequest, prisoner: Person | None = None, *, everything: bool = False
) -> Report:
    """Return the events in force for the prisoners here, or with `everything` all of theirs; of one always all.

    The highest tier comes first, then the newest; of one prisoner the newest. A prisoner who has left has none in
    force.
    """
    here = store.queries.contacts(as_of=request.as_of, settings=request.settings)
    rows = _of_one(store, request, prisoner) if prisoner else _of_all(store, request, here, everything=everything)
    in_force = sum(bool(row["in_force"]) for row in rows)
    scope = f"{prisoner.name}, {prisoner.prison_number}" if prisoner else request.scope_words()
    nothing = "Nothing is recorded." if prisoner or everything else "Nothing that is recorded is in force."
    section = Section(
        name="events",
        title="",
        columns=COLUMNS,
        rows=tuple(rows),
        empty=nothing if prisoner else say_none_of(here, "what is in force", nothing),
    )
    return request.report(
        "event list",
        "What is recorded" + (f": {scope}" if scope else ""),
        [section],
        summary={"events": len(rows), "in_force": in_force, "men": len({row["prison_number"] for row in rows})},
    )


def _of_all(store: "Store", request: ReportRequest, prisoners: Iterable[Contact], *, everything: bool) -> list[Row]:
    since = EVER if everything else marking_since(request.as_of)
    records = store.queries.event_records(as_of=request.as_of, settings=request.settings, since=since)
    his = by_prisoner(sorted(records, key=lambda record: record.event_id))
    rows = [
        row
        for prisoner in prisoners
        if request.covers(prisoner)
        for row in _rows(prisoner, his.get(prisoner.person_id, ()), request.as_of)
    ]
    return sorted((row for row in rows if everything or row["in_force"]), key=_rank)


def _of_one(store: "Store", request: ReportRequest, prisoner: Person) -> list[Row]:
    queries, as_of, settings = store.queries, request.as_of, request.settings
    stay = stay_on(as_of, queries.stays_of(prisoner.person_id))
    here = queries.contact_of_stay(stay.stay_id, as_of=as_of, settings=settings) if stay else []
    records, died = queries.events_of(prisoner.person_id, as_of=as_of, settings=settings), death_of(prisoner)
    if here and stay and (stay.left_on is None or stay.left_on > as_of):
        return list(_rows(here[0], records, as_of, died))
    return [_row(record, prisoner, None, as_of, died) for record in records]


def _rows(prisoner: Contact, records: Sequence[EventRecord], as_of: date, died: date | None = None) -> Iterator[Row]:
    in_his_time = [record.event for record in records if not _is_late(record, died)]
    markers = markers_of_events(prisoner, in_his_time, as_of=as_of)
    for record in records:
        yield _row(record, prisoner, None if _is_late(record, died) else markers.get(record.event), as_of, died)


def _is_late(record: EventRecord, died: date | None) -> bool:
    return not recorded_in_time(record, died)


def _row(record: EventRecord, prisoner: Contact | Person, marker: Marker | None, as_of: date, died: date | None) -> Row:
    late = _is_late(record, died)
    return {
        "on": record.event_on,
        "at": None if record.at_minute is None else say_minute(record.at_minute),
        "name": prisoner.name,
        "prison_number": prisoner.prison_number,
        "location": prisoner.location,
        "wing": prisoner.wing if isinstance(prisoner, Contact) else wing_of(prisoner.location),
        "code": record.code,
        "marker": KINDS[record.code].name,
        "confidence": record.confidence,
        "detail": record.detail,
        "source": record.source,
        "until": record.until_on,
        "in_force": marker is not None,
        "counts": "recorded after death" if late else _counts(record, marker, as_of),
        "after_death": late,
        "tier": marker.tier if marker else None,
        "last_on": marker.last_on if marker else None,
        "recorded_at": record.recorded_at if record.recorded_known else None,
        "recorded_by": record.recorded_by,
    }


def _counts(record: EventRecord, marker: Marker | None, as_of: date) -> str:
    """Say whether it counts, and until when where that is known."""
    if marker is None:
        return "not yet" if record.event_on > as_of else "no longer"
    tier = f"priority {marker.tier}" if marker.tier else "warning"
    return f"{tier}, to {say_date(marker.last_on)}" if marker.last_on else tier


def _rank(row: Row) -> tuple[int, int, str]:
    on, tier = row["on"], row["tier"]
    newest = -on.toordinal() if isinstance(on, date) else 0
    return (tier if isinstance(tier, int) else LOWEST_TIER + 1, newest, str(row["prison_number"]))


def _when(row: Row) -> str:
    day = say_date_or(row["on"], "no data")
    return f"{day} {row['at']}" if row["at"] else day


def _marker(row: Row) -> str:
    sure = f" ({str(row['confidence']).lower()})" if row["confidence"] else ""
    return f"{KINDS[str(row['code'])].short}{sure}"


COLUMNS = (
    Column("on", "When", show=_when, wrap=True),
    Column("at"),
    Column("name", "Name", style=emphasised),
    Column("prison_number", "Number"),
    Column("location", "Location"),
    Column("wing"),
    Column("code", reason=True),
    Column("marker", "Concern", show=_marker, wrap=True, reason=True),
    Column("confidence", reason=True),
    Column("in_force", "Counts", show=lambda row: str(row["counts"]), wrap=True),
    Column("after_death"),
    Column("tier"),
    Column("until"),
    Column("last_on"),
    Column("detail", "Detail", wrap=True, priority=1, reason=True),
    Column("source", "Source", wrap=True, priority=2, reason=True),
    Column("recorded_at"),
    Column("recorded_by"),
)
