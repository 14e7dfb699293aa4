"""What a review of a death looks back on: his record as it was known then, and everyone else who was here.

help: review.
"""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from keyworker_cli.reports.contact.why_record import PrisonerRecord
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.rules.dates.clock import minute_of_day
from keyworker_cli.rules.dates.london import london, london_date
from keyworker_cli.rules.dates.periods import Period
from keyworker_cli.rules.facts.care import Acct
from keyworker_cli.rules.facts.mornings import ReviewSpan, StayHere
from keyworker_cli.rules.facts.spans import AbsenceSpan
from keyworker_cli.rules.markers.derived import changes_of_cell
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.timeline.known_then import KnownAcct, Moment, Seen, seen_as_recorded
from keyworker_cli.rules.timeline.mornings import (
    PrisonRecord,
    StayRecord,
    records_of,
)
from keyworker_cli.rules.timeline.on_lists import MEETING
from keyworker_cli.rules.timeline.record import RecordHistory

if TYPE_CHECKING:
    from keyworker_cli.store.reads.queries import Queries


def his_record(history: RecordHistory, known: PrisonerRecord, request: ReportRequest) -> StayRecord:
    """Return his own record of the stay in which he died, each part with when it was known."""
    stay, whose = known.stay, known.person
    here = Period(stay.arrived_on, stay.left_on or request.as_of, request.as_of)
    moves = (one for one in reversed(history.moves) if history.in_time(one) and one.moved_on in here)
    return StayRecord(
        prisoner=known.contact,
        stay=StayHere(
            whose.person_id,
            whose.prison_number,
            stay.arrived_on,
            stay.arrival_type,
            stay.left_on,
            stay.out_of_scope_from,
            stay.records_from,
            stay.location,
        ),
        seen=_seen(history, here, settings=request.settings),
        events=[one for one in history.events if history.in_time(one)],
        accts=[_known_acct(history, one) for one in history.accts_in_time],
        reviews=[ReviewSpan(whose.person_id, one.due_on, one.held_on) for one in history.reviews_in_time],
        moved_on=changes_of_cell(stay.location, ((one.moved_on, one.location) for one in moves)),
        nights=[AbsenceSpan(whose.person_id, one.from_on, one.to_on) for one in history.absences_in_time],
    )


def _seen(history: RecordHistory, here: Period, *, settings: Settings) -> list[Seen]:
    """Return the sessions of a stay as each was recorded, in the order in which they were held."""
    held = (one for one in (*history.sessions, *history.voided) if one.held_on in here)
    seen = seen_as_recorded([one for one in held if history.in_time(one)], history.amendments, settings=settings)
    return sorted(seen, key=lambda one: (one.held_on, one.start_minute or 0))


def _known_acct(history: RecordHistory, acct: Acct) -> KnownAcct:
    recorded, changed = history.recorded("acct", acct.opened_on), history.changed("acct", acct.opened_on)
    if recorded is None or not recorded.known:
        return KnownAcct(acct)
    return KnownAcct(acct, recorded.at, changed and changed.at)


def others(queries: "Queries", him: StayRecord, died: date, request: ReportRequest) -> list[StayRecord]:
    """Return everybody else who was here in his stay: each question is asked once, however long that was."""
    since, settings = him.stay.arrived_on, request.settings
    prison = PrisonRecord(
        stays=queries.stays_between(since, died, as_of=died),
        seen=queries.sessions_seen_between(since, died, as_of=died, settings=settings),
        events=queries.events_between(since, died, as_of=died, settings=settings),
        accts=queries.accts_between(since, died, as_of=died),
        reviews=queries.reviews_between(since, died, as_of=died),
        moves=queries.moves_between(since, died, as_of=died),
        nights=queries.absence_spans(since, died, as_of=died),
    )
    return records_of(prison, template=him.prisoner, but=him.stay.person_id)


def later_that_day(history: RecordHistory, died: date) -> Iterator[Moment]:
    """Yield the minutes of his last day, after the meeting, at which an event of it was recorded."""
    written = [
        minute_of_day(london(one.recorded_at).time())
        for one in history.events
        if one.recorded_known and history.in_time(one) and one.event_on == died == london_date(one.recorded_at)
    ]
    return (Moment(died, minute) for minute in sorted({minute + 1 for minute in written if minute >= MEETING}))
