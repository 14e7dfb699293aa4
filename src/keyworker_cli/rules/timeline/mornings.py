"""Each morning of a stay: where a prisoner stood among all who were here, by what was known at the morning meeting.

His own record is taken as it was known at that moment. Of the others that holds for sessions and events; their ACCTs,
moves and nights away count by what happened.

help: review, order-of-work.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from keyworker_cli.rules.codes.findings import GapState
from keyworker_cli.rules.contact.gap_state import state_of
from keyworker_cli.rules.dates.clock import DAY
from keyworker_cli.rules.dates.london import days_between
from keyworker_cli.rules.facts.by_prisoner import by_prisoner
from keyworker_cli.rules.facts.care import Acct, Event, EventRecord
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.mornings import ReviewSpan, SeenOn, StayHere
from keyworker_cli.rules.facts.spans import AbsenceSpan, CellMove
from keyworker_cli.rules.markers.derived import Background, changes_of_cell, reviews_awaited
from keyworker_cli.rules.markers.in_force import markers_in_force
from keyworker_cli.rules.markers.named_on_page import NAMED_LONGEST, NAMED_TODAY
from keyworker_cli.rules.markers.order_of_work import Turn, WorkOrder, order_of_work
from keyworker_cli.rules.markers.priority import NO_PRIORITY, Priority, priority_of
from keyworker_cli.rules.markers.table import UNTIL_SEEN
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.timeline.known_then import KnownAcct, Moment, Seen, events_known, seen_of_record

ARRIVAL_COUNTS_DAYS: Final = 28


@dataclass(frozen=True, slots=True)
class StayRecord:
    """One stay, and what of the record decides where its prisoner stands; `prisoner` is himself, as of any day."""

    prisoner: Contact
    stay: StayHere
    seen: Sequence[Seen]
    events: Sequence[EventRecord] = ()
    accts: Sequence[KnownAcct] = ()
    reviews: Sequence[ReviewSpan] = ()
    moved_on: Sequence[date] = ()
    nights: Sequence[AbsenceSpan] = ()

    def is_listed_on(self, morning: date) -> bool:
        """Return whether he was here that morning since the night before, in scope and not away."""
        stay = self.stay
        if not stay.arrived_on < morning or (stay.left_on is not None and stay.left_on < morning):
            return False
        if stay.out_of_scope_from is not None and stay.out_of_scope_from <= morning:
            return False
        return not any(one.from_on < morning and (one.to_on is None or morning <= one.to_on) for one in self.nights)

    def may_be_called(self, morning: date) -> bool:
        """Return whether anything of his may call for him: of most prisoners nothing does."""
        new = (morning - self.stay.arrived_on).days <= ARRIVAL_COUNTS_DAYS
        return new or bool(self.events or self.accts or self.reviews or self.moved_on)


class Standing(NamedTuple):
    """How one prisoner stood at a moment: his gap in days, its state, what raised his priority, and his turn."""

    prisoner: Contact
    days: int
    state: GapState
    priority: Priority
    order: WorkOrder


class Place(NamedTuple):
    """A place among others: how many stand on the list, and which of them he is; `None` where he is not among them."""

    at: int | None
    of: int


class MorningStood(NamedTuple):
    """A moment at which a prisoner stood on a list: how, and where among all who were here.

    `today` is his place among those to be seen today, `new` how many of them came first as new; `longest` his place
    among those whose gap had reached `gap.days`.
    """

    moment: Moment
    standing: Standing
    today: Place
    new: int
    longest: Place

    @property
    def is_named(self) -> bool:
        """Whether the morning page names him: among those to be seen today, or as one of the longest gaps."""
        return self.named_today or self.named_longest

    @property
    def named_today(self) -> bool:
        """Whether he is among the first of those to be seen today."""
        return self.today.at is not None and self.today.at <= max(NAMED_TODAY, self.new)

    @property
    def named_longest(self) -> bool:
        """Whether his is one of the longest gaps."""
        return self.longest.at is not None and self.longest.at <= NAMED_LONGEST


def stood_on(
    him: StayRecord, others: Sequence[StayRecord], moments: Iterable[Moment], *, settings: Settings
) -> Iterator[MorningStood]:
    """Yield each of the moments at which he was on a list, due ones included, with his place among the others."""
    for moment in moments:
        if not him.is_listed_on(moment.on):
            continue
        own = stand(him, moment, settings=settings)
        if own.state is GapState.OK and not own.priority.see_today:
            continue
        here = [one for one in others if one.is_listed_on(moment.on)]
        yield MorningStood(moment, own, *_among(own, here, moment, settings))


def _among(own: Standing, here: Sequence[StayRecord], moment: Moment, settings: Settings) -> tuple[Place, int, Place]:
    """Return his place among those to be seen today, how many of them are new, and his among the longest gaps."""
    called, reached = [], []
    for one in here:
        days = days_between(_clock_from(one, moment), moment.on)
        if days >= settings.gap_days:
            reached.append((-days, one.stay.prison_number))
        if one.may_be_called(moment.on):
            stands = stand(one, moment, settings=settings)
            called += [stands.order] * stands.priority.see_today
    his = (-own.days, own.prisoner.prison_number)
    is_called, is_reached = own.priority.see_today, own.state is not GapState.OK
    new = sum(order.turn is Turn.NEW for order in (*called, own.order))
    today = Place(1 + sum(order < own.order for order in called) if is_called else None, len(called) + is_called)
    longest = Place(1 + sum(gap < his for gap in reached) if is_reached else None, len(reached) + is_reached)
    return today, new, longest


def _clock_from(one: StayRecord, moment: Moment) -> date:
    last = _last_seen(one.seen, moment)
    return last.held_on if last else one.stay.arrived_on


def _last_seen(seen: Sequence[Seen], moment: Moment) -> Seen | None:
    """Return the last counted session that was known; `seen` are the earliest first."""
    return next((one for one in reversed(seen) if one.held_on <= moment.on and one.is_known(moment)), None)


def stand(record: StayRecord, moment: Moment, *, settings: Settings) -> Standing:
    """Return how a prisoner stood at a moment, by what was known of him then."""
    on, last = moment.on, _last_seen(record.seen, moment)
    prisoner = record.prisoner._replace(
        last_session_on=last.held_on if last else None, last_session_minute=last.start_minute if last else None
    )
    accts = [acct for one in record.accts if (acct := one.known(moment)) is not None]
    events = [_event(one, record.seen, moment) for one in events_known(record.events, moment)]
    background = _background(record, accts, moment)
    days = days_between(prisoner.clock_from, on)
    priority = NO_PRIORITY
    if events or accts or record.may_be_called(on):
        markers = markers_in_force(
            prisoner, events, accts, as_of=on, settings=settings, at_minute=moment.minute, background=background
        )
        priority = priority_of(prisoner, markers, as_of=on, settings=settings)
    return Standing(prisoner, days, state_of(days, settings), priority, order_of_work(prisoner, priority, as_of=on))


def _event(record: EventRecord, seen: Sequence[Seen], moment: Moment) -> Event:
    """Return an event with the first session since it that was known, where its marker runs until then."""
    if record.code not in UNTIL_SEEN:
        return record.event
    since = (one for one in seen if one.is_known(moment) and _is_since(one, record))
    first = next(since, None)
    return record.event._replace(next_seen_on=first.held_on if first else None)


def _is_since(seen: Seen, event: EventRecord) -> bool:
    if seen.held_on != event.event_on:
        return seen.held_on > event.event_on
    return None not in (seen.start_minute, event.at_minute) and (seen.start_minute or 0) >= (event.at_minute or 0)


def _background(record: StayRecord, accts: Iterable[Acct], moment: Moment) -> Background:
    """Return the moves of this stay by then, and the reviews due before that morning and not held by then."""
    on, arrived_on = moment.on, record.stay.arrived_on
    late = [one.due_on for one in record.reviews if one.held_on is None or one.held_on >= on]
    return Background(
        moved_on=[day for day in record.moved_on if day <= on],
        reviews_late=reviews_awaited((day for day in late if day < on), accts, arrived_on=arrived_on, as_of=on),
    )


# --- everybody else ---


class PrisonRecord(NamedTuple):
    """What is recorded of all who were here in a stretch of days."""

    stays: Sequence[StayHere]
    seen: Sequence[SeenOn]
    events: Sequence[EventRecord]
    accts: Sequence[Acct]
    reviews: Sequence[ReviewSpan]
    moves: Sequence[CellMove]
    nights: Sequence[AbsenceSpan]


def records_of(prison: PrisonRecord, *, template: Contact, but: int) -> list[StayRecord]:
    """Return the stays of all but one prisoner as records; `template` gives them what decides nothing here."""
    seen, events, accts = by_prisoner(prison.seen), by_prisoner(prison.events), by_prisoner(prison.accts)
    reviews, moves, nights = by_prisoner(prison.reviews), by_prisoner(prison.moves), by_prisoner(prison.nights)

    def record(stay: StayHere) -> StayRecord:
        key, since, until = stay.person_id, stay.arrived_on, stay.left_on or date.max
        prisoner = template._replace(
            person_id=key,
            prison_number=stay.prison_number,
            date_of_birth=None,
            arrived_on=since,
            arrival_type=stay.arrival_type,
            records_from=stay.records_from,
        )
        return StayRecord(
            prisoner,
            stay,
            seen=list(seen_of_record(one for one in seen.get(key, ()) if since <= one.held_on <= until)),
            events=events.get(key, ()),
            accts=[KnownAcct(acct) for acct in accts.get(key, ())],
            reviews=reviews.get(key, ()),
            moved_on=changes_of_cell(
                stay.location,
                ((one.moved_on, one.location) for one in moves.get(key, ()) if since <= one.moved_on <= until),
            ),
            nights=nights.get(key, ()),
        )

    return [record(stay) for stay in prison.stays if stay.person_id != but]


def mornings_of_stay(stay: StayHere, *, as_of: date) -> Iterator[Moment]:
    """Yield the morning meetings of a stay: the one after his arrival first, that of the day he left last."""
    last = min(stay.left_on or as_of, as_of)
    return (Moment(stay.arrived_on + number * DAY) for number in range(1, (last - stay.arrived_on).days + 1))
