"""What a case note has and what it lacks, check by check, with the words that show it: never a grade.

It cannot tell whether the session happened, whether what is said is true, whether the two got on, or what was meant.

help: note-quality.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from keyworker_cli.rules.codes.records import Mode, NeedOutcome
from keyworker_cli.rules.codes.words import say_topic
from keyworker_cli.rules.dates.london import days_between
from keyworker_cli.rules.dates.say import say_date, say_moment
from keyworker_cli.rules.facts.care import Acct, Event, NeedOfPrisoner
from keyworker_cli.rules.facts.sessions import Noted, TopicsRaised
from keyworker_cli.rules.facts.stays import StayOfPrisoner
from keyworker_cli.rules.markers.table import KINDS
from keyworker_cli.rules.markers.topics import is_talk, split_topics
from keyworker_cli.rules.markers.unraised import Concern, concerns_to_raise, is_since, raises
from keyworker_cli.rules.notes.others_named import Names, others_named
from keyworker_cli.rules.notes.promised_actions import action_in, reason_for_none
from keyworker_cli.rules.notes.repeats import Repeat, in_order_held
from keyworker_cli.rules.notes.word_lists import Reading, WordLists, count_words, read
from keyworker_cli.rules.say import say_count, say_percent, say_prisoner
from keyworker_cli.rules.sessions.recording import note_due_at
from keyworker_cli.rules.settings import Settings

ADVISORY_WORDS: Final = 10  # N3: 30 to 39 words are worth a look, where 40 are wanted (help: note-quality)
TOPICS_WANTED: Final = 2  # N4
WORDS_OF_ITS_OWN: Final = 8  # N7: a note of fewer, beside stock phrases, says nothing of this prisoner
NEXT_WITHIN_DAYS: Final = 7  # N11
QUOTED: Final = 60
CODES: Final = tuple(f"N{number}" for number in range(1, 13))


class Mark(StrEnum):
    """What came of a check. A query is for a person to look at; it is not a failure."""

    MET = "met"
    UNMET = "unmet"
    QUERY = "query"
    NOTHING = "nothing to check"


class Check(NamedTuple):
    """One check of a note: its code, its result, and the words or facts that show it."""

    code: str
    mark: Mark
    because: str


@dataclass(frozen=True, slots=True)
class NoteChecked:
    """A session's note with its checks, N1 to N12; none yet while the note is still due."""

    session: Noted
    due_by: datetime
    checks: tuple[Check, ...]
    repeat: Repeat | None = None

    def marked(self, mark: Mark) -> list[Check]:
        """Return the checks with this result."""
        return [check for check in self.checks if check.mark is mark]

    @property
    def asked(self) -> int:
        """How many checks there was something to check for."""
        return sum(check.mark is not Mark.NOTHING for check in self.checks)

    @property
    def met(self) -> int:
        """How many of them were met."""
        return len(self.marked(Mark.MET))


class NoteInShort(NamedTuple):
    """A session and what of its note is counted: N2, N9, and whether every check was met; none while it is due."""

    session: Noted
    in_time: Mark | None = None
    needs_updated: Mark | None = None
    all_met: bool = False


@dataclass(frozen=True)
class Record:
    """What else is recorded of the prisoners seen, by prisoner: what a note is to be read beside.

    Numbers are his further ones.
    """

    stays: Mapping[int, Sequence[StayOfPrisoner]] = field(default_factory=dict)
    events: Mapping[int, Sequence[Event]] = field(default_factory=dict)
    accts: Mapping[int, Sequence[Acct]] = field(default_factory=dict)
    topics: Mapping[int, Sequence[TopicsRaised]] = field(default_factory=dict)
    needs: Mapping[int, Sequence[NeedOfPrisoner]] = field(default_factory=dict)
    numbers: Mapping[int, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Beside:
    """What every note is checked against: the record, earlier notes, names, word lists and settings."""

    record: Record
    repeats: Mapping[int, Repeat]
    names: Names
    lists: WordLists
    settings: Settings


def check_notes(sessions: Iterable[Noted], beside: Beside, *, now: datetime) -> list[NoteChecked]:
    """Check the note of each session, in the order in which they were held.

    A session without a note is checked once the note is overdue, 24 hours after it ended.
    """
    return [_check_note(session, beside, now) for session in sorted(sessions, key=in_order_held)]


def check_in_short(sessions: Iterable[Noted], beside: Beside, *, now: datetime) -> list[NoteInShort]:
    """Check the notes as far as they are counted: of one that has not met a check no further is looked at.

    Whether one repeats another (N5) is not looked at either: it takes the longest, and few notes meet all the others.
    """
    return [_in_short(session, beside, now) for session in sessions]


def _in_short(session: Noted, beside: Beside, now: datetime) -> NoteInShort:
    due_by = _due_by(session)
    if not session.note and due_by > now:
        return NoteInShort(session)
    return NoteInShort(
        session,
        in_time=_in_time(session, due_by).mark,
        needs_updated=_needs_updated(session, beside.record.needs.get(session.person_id, ())).mark,
        all_met=all(check.mark in (Mark.MET, Mark.NOTHING) for check in _but_for_repeats(session, beside, due_by)),
    )


def _check_note(session: Noted, beside: Beside, now: datetime) -> NoteChecked:
    due_by = _due_by(session)
    if not session.note and due_by > now:
        return NoteChecked(session, due_by, ())
    repeat = beside.repeats.get(session.session_id)
    checks = [*_but_for_repeats(session, beside, due_by), _no_repeat(session, repeat)]
    checks.sort(key=lambda check: CODES.index(check.code))
    return NoteChecked(session, due_by, tuple(checks), repeat)


def _due_by(session: Noted) -> datetime:
    return note_due_at(session.held_on, session.start_minute, session.minutes or 0)


def _but_for_repeats(session: Noted, beside: Beside, due_by: datetime) -> Iterator[Check]:
    """Yield the checks of a note but for N5, the quickest first."""
    note, lists = session.note or "", beside.lists
    needs = beside.record.needs.get(session.person_id, ())
    yield _when_and_where(session)
    yield _in_time(session, due_by)
    yield _next_session(session)
    yield _needs_updated(session, needs)
    yield _long_enough(note, beside.settings.note_min_words)
    reading = read(note)
    yield _his_own_view(session, reading, lists)
    yield _action(session, note, reading, needs, lists)
    yield _on_topics(session, note, lists)
    yield _nobody_else(session, note, beside)
    yield _of_its_own(reading, lists)
    yield _topics_answered(session, beside.record)


# --- N1, N2: when, where, and recorded by when ---


def _when_and_where(session: Noted) -> Check:
    missing = [
        what
        for what, there in (
            ("start", session.start_minute is not None),
            ("minutes", bool(session.minutes)),
            ("place", bool((session.place or "").strip()) or session.mode != Mode.IN_PERSON),
        )
        if not there
    ]
    return _met("N1") if not missing else Check("N1", Mark.UNMET, f"no {' and no '.join(missing)}")


def _in_time(session: Noted, due_by: datetime) -> Check:
    if not session.note:
        return Check("N2", Mark.UNMET, f"no note; it was due by {say_moment(due_by)}")
    written_at = session.note_at or (session.recorded_at if session.recorded_known else None)
    if written_at is None:
        return Check("N2", Mark.QUERY, "it is not known when it was recorded")
    if written_at > due_by:
        return Check("N2", Mark.UNMET, f"recorded {say_moment(written_at)}, due by {say_moment(due_by)}")
    return _met("N2")


# --- N3, N5, N7: of some length, and its own ---


def _long_enough(note: str, wanted: int) -> Check:
    number = count_words(note)
    said = f"{say_count(number, 'word')}, {wanted} wanted"
    if number >= wanted:
        return _met("N3", say_count(number, "word"))
    return Check("N3", Mark.QUERY if number >= wanted - ADVISORY_WORDS else Mark.UNMET, said)


def _no_repeat(session: Noted, repeat: Repeat | None) -> Check:
    if not session.note:
        return Check("N5", Mark.NOTHING, "no note")
    if repeat is None:
        return _met("N5")
    earlier = repeat.earlier
    whose = "his" if earlier.person_id == session.person_id else f"that of {say_prisoner(earlier)}"
    return Check(
        "N5",
        Mark.UNMET,
        f"{say_percent(repeat.alike)} like {whose} of {say_date(earlier.held_on)}: "
        f"{_quote(session.note)}, and then {_quote(earlier.note or '')}",
    )


def _of_its_own(reading: Reading, lists: WordLists) -> Check:
    if not reading.words:
        return Check("N7", Mark.NOTHING, "no note")
    found, left = lists.boilerplate.taken_from(reading)
    if found and left < WORDS_OF_ITS_OWN:
        said = " ".join(_quote(phrase) for phrase in found)
        return Check("N7", Mark.UNMET, f"little but {said}: {say_count(left, 'word')} beside")
    return _met("N7")


# --- N4, N6, N10, N12: of what and of whom ---


def _on_topics(session: Noted, note: str, lists: WordLists) -> Check:
    topics = split_topics(session.topics)
    if len(topics) < TOPICS_WANTED:
        named = f"one topic, {say_topic(topics[0])}" if topics else "no topics"
        return Check("N4", Mark.UNMET, f"{named}; two or more wanted")
    reading = read(f"{note}\n{session.prisoner_said or ''}")
    found = {topic: lists.topics[topic].found_in(reading) for topic in topics}
    without = [say_topic(topic) for topic, words in found.items() if not words]
    if without:
        return Check("N4", Mark.QUERY, f"no word of {' or '.join(without)} found")
    return _met("N4", "; ".join(f"{say_topic(topic)} {_quote(words[0])}" for topic, words in found.items()))


def _his_own_view(session: Noted, reading: Reading, lists: WordLists) -> Check:
    if said := (session.prisoner_said or "").strip():
        return _met("N6", _quote(said))
    found = lists.own_view.found_in(reading)
    return _met("N6", _quote(found[0])) if found else Check("N6", Mark.UNMET, "nothing of what he says or thinks")


def _topics_answered(session: Noted, record: Record) -> Check:
    open_then = _unraised_before(session, record)
    if not open_then:
        return Check("N10", Mark.NOTHING, "no concern was waiting to be raised")
    left = [one for one in open_then if not raises(session, one.marker)]
    if left:
        return Check("N10", Mark.UNMET, f"not raised: {'; '.join(map(_since_when, left))}")
    return _met("N10", ", ".join(KINDS[one.marker.code].short for one in open_then))


def _unraised_before(session: Noted, record: Record) -> list[Concern]:
    """Return the concerns begun before the day of a session that none before it had raised (concerns-not-raised)."""
    stays = [stay for stay in record.stays.get(session.person_id, ()) if stay.arrived_on <= session.held_on]
    if not stays:
        return []
    start = -1 if session.start_minute is None else session.start_minute
    earlier = [
        one
        for one in record.topics.get(session.person_id, ())
        if is_talk(one, session.held_on)
        and (one.held_on, -1 if one.start_minute is None else one.start_minute) < (session.held_on, start)
    ]
    events, accts = record.events.get(session.person_id, ()), record.accts.get(session.person_id, ())
    concerns = concerns_to_raise(stays[-1], events, accts, as_of=session.held_on)
    waiting: dict[str, Concern] = {}
    for one in concerns:
        if one.since < session.held_on and not any(is_since(s, one.marker) and raises(s, one.marker) for s in earlier):
            waiting[one.marker.code] = one
    return sorted(waiting.values(), key=lambda one: (one.since, one.marker.code))


def _nobody_else(session: Noted, note: str, beside: Beside) -> Check:
    own_numbers = {session.prison_number, *beside.record.numbers.get(session.person_id, ())}
    own_name = {session.last_name, session.first_name, session.worker_last_name}
    named = others_named(note, beside.names, own_numbers=own_numbers, own_name=own_name)
    if named.surely:
        return Check("N12", Mark.UNMET, f"names another prisoner: {', '.join(named.surely)}")
    if named.perhaps:
        return Check("N12", Mark.QUERY, f"{', '.join(named.perhaps)}: a prisoner here has that name")
    return _met("N12")


# --- N8, N9, N11: what comes of it ---


def _action(session: Noted, note: str, reading: Reading, needs: Sequence[NeedOfPrisoner], lists: WordLists) -> Check:
    raised = [need for need in needs if need.raised_on == session.held_on]
    for need in raised:
        if need.owner and need.due_on:
            return _met("N8", f"{need.text} ({need.owner}, by {say_date(need.due_on)})")
    dated, undated = action_in(note, lists)
    if dated is not None:
        return _met("N8", _quote(dated))
    if reason := reason_for_none(reading, lists.no_action):
        return _met("N8", _quote(reason))
    if raised:
        lacks = "no owner" if raised[0].due_on else "no date" if raised[0].owner else "no owner and no date"
        return Check("N8", Mark.UNMET, f"{lacks}: {raised[0].text}")
    if undated is not None:
        return Check("N8", Mark.UNMET, f"no date: {_quote(undated)}")
    return Check("N8", Mark.UNMET, "no action with owner and date, nor “none needed because”")


def _needs_updated(session: Noted, needs: Sequence[NeedOfPrisoner]) -> Check:
    """A need that goes on is updated by saying so; one done or dropped, by the day after the session."""
    held_on = session.held_on
    open_then = [
        need for need in needs if need.raised_on < held_on and (need.closed_on is None or need.closed_on >= held_on)
    ]
    if not open_then:
        return Check("N9", Mark.NOTHING, "no action was open")
    by = held_on + timedelta(days=1)
    left = [
        need.text
        for need in open_then
        if need.outcome != NeedOutcome.ONGOING and (need.closed_on is None or need.closed_on > by)
    ]
    return Check("N9", Mark.UNMET, f"not updated: {'; '.join(left)}") if left else _met("N9")


def _next_session(session: Noted) -> Check:
    if session.next_session_on is None:
        return Check("N11", Mark.UNMET, "no next session")
    days = days_between(session.held_on, session.next_session_on)
    said = f"next session {say_date(session.next_session_on)}"
    return _met("N11", said) if days <= NEXT_WITHIN_DAYS else Check("N11", Mark.UNMET, f"{said}, {days} days on")


# --- words ---


def _met(code: str, because: str = "") -> Check:
    return Check(code, Mark.MET, because)


def _since_when(one: Concern) -> str:
    return f"{KINDS[one.marker.code].short}, since {say_date(one.since)}"


def _quote(text: str) -> str:
    said = " ".join(text.split())
    return f"“{said if len(said) <= QUOTED else said[: QUOTED - 1] + '…'}”"
