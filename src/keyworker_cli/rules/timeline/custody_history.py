"""The chronology of a prisoner's life in the prison: that he came, where he was, what happened to him, how he left."""

from collections.abc import Iterator
from typing import Final

from keyworker_cli.rules.codes.records import AbsenceReason, ArrivalType, Contribution, DepartureReason, NeedOutcome
from keyworker_cli.rules.codes.signals import Confidence
from keyworker_cli.rules.codes.words import ARRIVAL_WORDS, AWAY_WORDS
from keyworker_cli.rules.contact.counted import is_counted
from keyworker_cli.rules.dates.london import days_between
from keyworker_cli.rules.dates.say import say_day_near, say_days
from keyworker_cli.rules.facts.care import AcctReview, EventRecord
from keyworker_cli.rules.facts.stays import Stay
from keyworker_cli.rules.markers.table import KINDS
from keyworker_cli.rules.sessions.case_note import say_need
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.timeline.record import Entry, EntryKind, Mark, RecordHistory

LEFT: Final = {
    DepartureReason.RELEASE: "Released",
    DepartureReason.TRANSFER_OUT: "Transferred out",
    DepartureReason.ESCAPE: "Escaped",
}
CONTRIBUTED: Final = {
    Contribution.ATTENDED: "key worker attended",
    Contribution.WROTE: "key worker wrote",
    Contribution.NONE: "nothing from the key worker",
}
CLOSED: Final = {NeedOutcome.DONE: "Done", NeedOutcome.DROPPED: "Dropped", NeedOutcome.ONGOING: "Ongoing"}


def stays(history: RecordHistory, *, settings: Settings) -> Iterator[Entry]:
    """Yield his arrivals, his departures with how long he had then gone unseen, and from when he was out of scope."""
    for stay in history.stays:
        unseen = _unseen(history, stay, settings)
        came = f"{_came(stay)}" + f", {'to' if stay.arrival_known else 'in'} {stay.location}" * bool(stay.location)
        yield Entry(stay.arrived_on, EntryKind.ARRIVAL, came, mark=history.recorded("stay", stay.arrived_on))
        changed = history.changed("stay", stay.arrived_on)
        if stay.out_of_scope_from is not None:
            why = stay.out_of_scope_reason or ""
            mark = changed if stay.left_on is None else None  # else it may be that of his departure
            yield Entry(stay.out_of_scope_from, EntryKind.OUT_OF_SCOPE, "Taken out of scope", details=why, mark=mark)
        if stay.left_on is not None and stay.departure_reason == DepartureReason.DIED:
            yield Entry(stay.left_on, EntryKind.DEATH, f"Died; his record is locked. {unseen}", mark=changed)
        elif stay.left_on is not None:
            left = LEFT[DepartureReason(stay.departure_reason)] if stay.departure_reason else "Left"
            yield Entry(stay.left_on, EntryKind.DEPARTURE, f"{left}. {unseen}", mark=changed)


def _came(stay: Stay) -> str:
    if not stay.arrival_known:
        return "Here already; since when is not known"
    return f"Arrived: {ARRIVAL_WORDS[ArrivalType(stay.arrival_type)]}"


def void_stays(history: RecordHistory) -> Iterator[Entry]:
    """Yield the arrivals that were taken back: he never came, or had never left."""
    for stay in history.void_stays:
        what = f"Arrival taken back, in no count: {ARRIVAL_WORDS[ArrivalType(stay.arrival_type)]}"
        mark = Mark(stay.voided_by, stay.voided_at)
        yield Entry(stay.arrived_on, EntryKind.VOIDED, what, details=stay.voided_why or "", mark=mark)


def _unseen(history: RecordHistory, stay: Stay, settings: Settings) -> str:
    """Say how long his gap was on the day he left."""
    if stay.left_on is None:
        return ""
    counted = [one for one in history.sessions if is_counted(one, settings=settings) and history.in_time(one)]
    held = [session.held_on for session in counted]
    last = max((on for on in held if stay.arrived_on <= on <= stay.left_on), default=None)
    days = say_days(days_between(last or stay.arrived_on, stay.left_on))
    return f"No key work for {days}" if last else f"No key work yet in this stay: {days}"


def places(history: RecordHistory) -> Iterator[Entry]:
    """Yield his moves and his nights away."""
    for move in history.moves:
        mark = Mark(move.recorded_by, move.recorded_at, move.recorded_known)
        yield Entry(move.moved_on, EntryKind.MOVE, f"Moved to {move.location}", move.at_minute, mark=mark)
    for away in history.absences:
        where = AWAY_WORDS[AbsenceReason(away.reason)]
        yield Entry(
            away.from_on, EntryKind.AWAY, f"Out overnight, {where}", mark=history.recorded("absence", away.from_on)
        )
        if away.to_on is not None:
            back = history.changed("absence", away.from_on)
            if back is None and not away.in_time:
                back = history.recorded("absence", away.from_on)
            yield Entry(away.to_on, EntryKind.BACK, f"Back: had been {where}", mark=back)


def numbers(history: RecordHistory) -> Iterator[Entry]:
    """Yield the other prison numbers that were found to be his."""
    for merge in history.merges:
        what = f"{merge.merged_number} found to be his: the two records made one"
        yield Entry(merge.merged_on, EntryKind.MERGE, what, details=merge.why or "")


def events(history: RecordHistory) -> Iterator[Entry]:
    """Yield what happened to him and what became known of him, and when it ended."""
    for event in history.events:
        mark = Mark(event.recorded_by, event.recorded_at, event.recorded_known)
        yield Entry(event.event_on, EntryKind.EVENT, "Event", minute=event.at_minute, details=_event(event), mark=mark)
        if event.until_on is not None:
            yield Entry(event.until_on, EntryKind.EVENT_END, "Event ended", details=KINDS[event.code].name)


def _event(event: EventRecord) -> str:
    name = KINDS[event.code].name
    suspected = " (suspected)" if event.confidence == Confidence.SUSPECTED else ""
    told = ". ".join(part for part in (event.detail, event.source and f"Source: {event.source}") if part)
    return f"{name}{suspected}: {told}" if told else f"{name}{suspected}"


def accts(history: RecordHistory) -> Iterator[Entry]:
    """Yield his ACCTs, opened and closed, and their reviews with his key worker's part in each."""
    for acct in history.accts:
        yield Entry(acct.opened_on, EntryKind.ACCT, "ACCT opened", mark=history.recorded("acct", acct.opened_on))
        changed = history.changed("acct", acct.opened_on)
        if acct.closed_on is not None:
            due = (
                f"post-closure review due {say_day_near(acct.review_due_on, acct.opened_on)}"
                if acct.review_due_on
                else ""
            )
            mark = changed if acct.review_held_on is None else None  # else it may be that of the review
            yield Entry(acct.closed_on, EntryKind.ACCT, "ACCT closed", details=due, mark=mark)
        if acct.review_held_on is not None:
            yield Entry(acct.review_held_on, EntryKind.ACCT_REVIEW, "ACCT post-closure review held", mark=changed)
    for review in history.reviews:
        mark = history.recorded("acct_review", review.due_on)
        if review.held_on is None:
            what = "ACCT review due, not recorded as held"
            yield Entry(review.due_on, EntryKind.ACCT_REVIEW, what, details=_part(review), mark=mark)
        else:
            what = "ACCT review held" + (
                f", due {say_day_near(review.due_on, review.held_on or review.due_on)}"
                * (review.held_on != review.due_on)
            )
            yield Entry(review.held_on, EntryKind.ACCT_REVIEW, what, details=_part(review), mark=mark)


def _part(review: AcctReview) -> str:
    """Say the key worker's part in a review, as far as it is recorded."""
    invited = {True: "key worker invited", False: "key worker not invited", None: "invited: no data"}[review.invited]
    gave = CONTRIBUTED[Contribution(review.contribution)] if review.contribution else ""
    return ", ".join(part for part in (invited, gave) if part)


def needs(history: RecordHistory) -> Iterator[Entry]:
    """Yield what was to be done for him, and what became of it."""
    for need in history.needs:
        mark = history.recorded("need", need.raised_on, need.need_id)
        yield Entry(
            need.raised_on, EntryKind.NEED, "To be done", details=say_need(need, near=need.raised_on), mark=mark
        )
        if need.closed_on is not None:
            became = CLOSED[NeedOutcome(need.outcome)] if need.outcome else "Closed"
            changed = history.changed("need", need.raised_on, need.need_id)
            yield Entry(need.closed_on, EntryKind.NEED_CLOSED, became, details=need.text, mark=changed)


def notes_read(history: RecordHistory) -> Iterator[Entry]:
    """Yield who read the note of which session, and what they found."""
    held = {session.session_id: session for session in history.sessions}
    for one in history.readings:
        session = held.get(one.session_id)
        if session is None or one.voided_at is not None:
            continue
        what = f"Note of {say_day_near(session.held_on, one.read_on)} read by {one.read_by}"
        found = f"{one.found}; action: {one.action}" if one.action else one.found
        mark = Mark(one.recorded_by, one.recorded_at, one.recorded_known)
        yield Entry(one.read_on, EntryKind.NOTE_READ, what, details=found, mark=mark)


def asked(history: RecordHistory) -> Iterator[Entry]:
    """Yield when he was asked for his own answer, and by whom; not what he said: his key worker reads this."""
    for one in history.answers:
        if one.voided_at is None:
            mark = Mark(one.recorded_by, one.recorded_at, one.recorded_known)
            yield Entry(one.asked_on, EntryKind.ASKED, f"Asked for his own answer by {one.asked_by}", mark=mark)
