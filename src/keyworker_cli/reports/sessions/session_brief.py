"""What to know of a prisoner before a session with him: why today, last seen, whose he is, what to raise and to do.

help: see-today, concerns-not-raised.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from textwrap import shorten
from typing import TYPE_CHECKING, Final

from keyworker_cli.reports.markers.concerns import say_unraised
from keyworker_cli.rules.codes.records import Outcome
from keyworker_cli.rules.codes.signals import Topic
from keyworker_cli.rules.contact.counted import counts_if_held, is_counted, suggest_elsewhere
from keyworker_cli.rules.contact.handover import accts_lately, is_handed_over, last_words
from keyworker_cli.rules.dates.london import days_between
from keyworker_cli.rules.dates.say import say_date, say_days
from keyworker_cli.rules.facts.care import Acct, Event, NeedRaised
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.people import Person, names_by_key
from keyworker_cli.rules.facts.sessions import CountedSession, SessionHeld, TopicsRaised
from keyworker_cli.rules.markers.derived import NOTHING_KNOWN, Background
from keyworker_cli.rules.markers.explain import explain_today
from keyworker_cli.rules.markers.priority import NO_PRIORITY, Priority, backgrounds_of, find_priorities
from keyworker_cli.rules.markers.table import KINDS
from keyworker_cli.rules.markers.topics import SEPARATOR, open_topics
from keyworker_cli.rules.markers.unraised import Unraised, concerns_to_raise, find_unraised
from keyworker_cli.rules.sessions.case_note import say_need, say_topics
from keyworker_cli.rules.sessions.recording import Recording
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.stays.after_death import death_of, recorded_in_time
from keyworker_cli.rules.stays.presence import stay_on
from keyworker_cli.rules.stays.record_lock import recorded_after_death

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

NEEDS_SHOWN: Final = 2
NOTE_SHOWN: Final = 50


@dataclass(frozen=True)
class Brief:
    """What is known of a prisoner as of a day, for whoever is about to record a session with him.

    `contact` is `None` when he is not here. `sessions` are the latest first, `needs` those still open, in the order
    raised: none of one whose record is locked. `handed_over_by` is whose he was before, where the present key worker
    has not confirmed that they know.
    """

    prisoner: Person
    contact: Contact | None
    as_of: date
    settings: Settings
    sessions: Sequence[SessionHeld]
    needs: Sequence[NeedRaised]
    priority: Priority = NO_PRIORITY
    events: Sequence[Event] = ()
    accts: Sequence[Acct] = ()
    background: Background = NOTHING_KNOWN
    handed_over_by: str | None = None

    def concerns_unraised(self, said: Recording | None = None) -> list[Unraised]:
        """Return his concerns not raised; with `said`, those that a session recorded so would leave unraised."""
        if self.contact is None:
            return []
        of_this_stay = [one for one in self.sessions if one.held_on >= self.contact.arrived_on]
        counted = [_as_counted(one, self.prisoner) for one in of_this_stay if is_counted(one, settings=self.settings)]
        if said is not None and _counts(said, self.settings):
            counted.append(_as_counted(_as_raised(said, self.prisoner), self.prisoner))
        concerns = concerns_to_raise(
            self.contact, self.events, self.accts, as_of=self.as_of, background=self.background
        )
        return find_unraised(self.contact, concerns, counted, as_of=self.as_of, settings=self.settings)

    def topics_open(self, said: Recording | None = None) -> list[Topic]:
        """Return the topics to raise, those of concerns not raised first; with `said`, those it would leave open."""
        if self.contact is None:
            return []
        raised = [] if said is None else [_as_raised(said, self.prisoner)]
        still = open_topics(self.contact, self.events, self.accts, [*raised, *self.sessions], as_of=self.as_of)
        first = [topic for one in self.concerns_unraised(said) for topic in KINDS[one.marker.code].topics]
        return list(dict.fromkeys([*first, *(one.topic for one in still)]))


def session_brief(store: "Store", prisoner: Person, *, as_of: date, settings: Settings) -> Brief:
    """Ask for what is to be known of a prisoner before a session with him."""
    queries = store.queries
    stay = stay_on(as_of, queries.stays_of(prisoner.person_id))
    contacts = queries.contact_of_stay(stay.stay_id, as_of=as_of, settings=settings) if stay else []
    brief = brief_of(store, prisoner, contacts[0] if contacts else None, as_of=as_of, settings=settings)
    if contacts and is_handed_over(contacts[0], as_of=as_of):
        brief = replace(brief, handed_over_by=names_by_key(queries.workers()).get(contacts[0].worker_before_id or 0))
    return replace(brief, needs=()) if stay is not None and recorded_after_death(stay) else brief


def brief_of(store: "Store", prisoner: Person, contact: Contact | None, *, as_of: date, settings: Settings) -> Brief:
    """Ask for what is to be known of a prisoner who stands so on a day; without `contact` he is not here."""
    queries = store.queries
    raised = queries.needs_in_time_of(prisoner.person_id)
    needs = [one for one in raised if one.raised_on <= as_of and _is_open(one, as_of)]
    died = death_of(prisoner)
    sessions = [one for one in queries.sessions_of(prisoner.person_id) if recorded_in_time(one, died)]
    brief = Brief(prisoner, None, as_of, settings, sessions, needs)
    if contact is None:
        return brief
    known = queries.known_of_them(as_of=as_of, settings=settings)
    events = queries.events_of(prisoner.person_id, as_of=as_of, settings=settings)
    return replace(
        brief,
        contact=contact,
        priority=find_priorities([contact], known, as_of=as_of, settings=settings)[prisoner.person_id],
        events=[record.event for record in events if recorded_in_time(record, died)],
        accts=queries.accts_in_time_of(prisoner.person_id),
        background=backgrounds_of([contact], known, as_of=as_of)[prisoner.person_id],
    )


def _is_open(need: NeedRaised, as_of: date) -> bool:
    return need.closed_on is None or need.closed_on > as_of


def say_brief(brief: Brief) -> list[str]:
    """Say what is to be known, in a few lines, each indented under his name."""
    prisoner, contact = brief.prisoner, brief.contact
    location = (contact.location if contact else prisoner.location) or "no location"
    lines = [
        *_today(brief),
        *_clocks(prisoner, contact, brief.as_of),
        *_handed_over(brief),
        *_last_time(brief.sessions),
        *_unraised(brief),
        *_to_do(brief),
    ]
    return [f"{prisoner.name}  {prisoner.prison_number}  {location}", *(f"  {line}" for line in lines)]


def left_to_raise(brief: Brief, said: Recording) -> list[str]:
    """Return in words the topics that stay open when a session is recorded so; none where nothing does.

    help: concerns.
    """
    left = brief.topics_open(said)
    return [f"  still to raise: {say_topics(SEPARATOR.join(left))}"] if left else []


def _as_counted(held: SessionHeld | TopicsRaised, prisoner: Person) -> CountedSession:
    """Return a session as far as it says what was raised, and by whom; of one that is being typed that is left out."""
    return CountedSession(
        person_id=prisoner.person_id,
        held_on=held.held_on,
        start_minute=held.start_minute,
        topics=held.topics,
        declined_topics=held.declined_topics,
        key_worker_id=held.key_worker_id if isinstance(held, SessionHeld) else 0,
    )


def _as_raised(said: Recording, prisoner: Person) -> TopicsRaised:
    return TopicsRaised(
        person_id=prisoner.person_id,
        held_on=said.held_on,
        start_minute=said.start_minute,
        type=said.type,
        outcome=said.outcome,
        topics=SEPARATOR.join(said.topics),
        declined_topics=SEPARATOR.join(said.declined_topics),
    )


def _counts(said: Recording, settings: Settings) -> bool:
    held = said.outcome is Outcome.COMPLETED
    return held and counts_if_held(said.type, said.minutes, said.place, settings=settings)


def _today(brief: Brief) -> Iterator[str]:
    """Say why he is to be seen today, where he is."""
    if brief.contact is not None and brief.priority.see_today:
        yield explain_today(brief.contact, brief.priority, as_of=brief.as_of, settings=brief.settings)[0]


def _clocks(prisoner: Person, contact: Contact | None, as_of: date) -> Iterator[str]:
    if contact is None:
        yield f"not here on {say_date(as_of)}" + (f": left on {say_date(prisoner.left_on)}" if prisoner.left_on else "")
        return
    since = _ago(days_between(contact.clock_from, as_of))
    if contact.never_seen:
        yield f"no key work yet; arrived {say_date(contact.arrived_on)}, {since}"
    elif contact.records_begin_on:
        yield f"no session recorded; kw's records of him begin on {say_date(contact.records_begin_on)}"
    else:
        yield f"last seen {say_date(contact.clock_from)} by {contact.last_session_by}, {since}"
    if contact.refusals_since:
        door = f", {contact.refusals_at_door} of them at the door" if contact.refusals_at_door else ""
        yield f"refused since then: {contact.refusals_since}{door}"
        if tip := suggest_elsewhere(contact.refusals_at_door):
            yield tip
    if contact.allocated_on is None:
        yield "key worker: none"
    else:
        met = "" if contact.met_on else ", not met yet"
        yield f"key worker {contact.worker_name} since {say_date(contact.allocated_on)}{met}"


def _handed_over(brief: Brief) -> Iterator[str]:
    """Say before the first session with a new key worker what they should have been told."""
    if brief.handed_over_by is None:
        return
    yield f"handed over by {brief.handed_over_by}, not yet confirmed: kw handover {brief.prisoner.prison_number}"
    for acct in accts_lately(brief.accts, as_of=brief.as_of):
        closed = f"closed {say_date(acct.closed_on)}" if acct.closed_on else "open"
        yield f"ACCT opened {say_date(acct.opened_on)}, {closed}"
    for said in last_words(brief.sessions)[:1]:
        words = shorten(said.prisoner_said or "", NOTE_SHOWN, placeholder="…")
        yield f"in his words ({say_date(said.held_on)}): {words}"


def _last_time(sessions: Sequence[SessionHeld]) -> Iterator[str]:
    if spoken := next((held for held in sessions if held.topics), None):
        yield f"last topics: {say_topics(spoken.topics)} ({say_date(spoken.held_on)})"
    noted = next((held for held in sessions if held.note), None)
    if noted and noted.note:
        words = shorten(noted.note, NOTE_SHOWN, placeholder="…")
        yield f"last note ({say_date(noted.held_on)}): {words}"


def _unraised(brief: Brief) -> Iterator[str]:
    """Name all of them, a number before each topic to answer with: one that is not named would not be raised."""
    if concerns := brief.concerns_unraised():
        yield f"not yet raised: {'; '.join(say_unraised(one) for one in concerns)}"
    if topics := brief.topics_open():
        numbered = (f"{number} {say_topics(topic)}" for number, topic in enumerate(topics, start=1))
        yield f"to raise: {', '.join(numbered)}"


def _to_do(brief: Brief) -> Iterator[str]:
    for need in brief.needs[:NEEDS_SHOWN]:
        late = " — overdue" if need.due_on and need.due_on < brief.as_of else ""
        yield f"to do: {say_need(need)}{late}"
    if len(brief.needs) > NEEDS_SHOWN:
        yield f"to do: {len(brief.needs) - NEEDS_SHOWN} more"


def _ago(days: int) -> str:
    return "today" if days == 0 else f"{say_days(days)} ago"
