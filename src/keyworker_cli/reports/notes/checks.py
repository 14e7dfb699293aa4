"""Case notes: what each has and lacks: `kw notes check` (help: note-quality)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from keyworker_cli.reports.notes.asked_about import is_asked
from keyworker_cli.reports.notes.likeness import most_alike
from keyworker_cli.reports.notes.word_lists import load_word_lists
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Report, Row, Section, Value
from keyworker_cli.reports.words import emphasised, person, worker_in
from keyworker_cli.rules.dates.say import say_date, say_day_near, say_moment
from keyworker_cli.rules.facts.by_prisoner import by_prisoner
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.sessions import Noted
from keyworker_cli.rules.notes.checks import (
    CODES,
    Beside,
    Check,
    Mark,
    NoteChecked,
    NoteInShort,
    Record,
    check_in_short,
    check_notes,
)
from keyworker_cli.rules.notes.others_named import names_of
from keyworker_cli.rules.notes.repeats import Repeat, find_repeats
from keyworker_cli.rules.notes.word_lists import count_words
from keyworker_cli.rules.say import say_count, say_prisoner

if TYPE_CHECKING:
    from keyworker_cli.store.reads.queries import Queries
    from keyworker_cli.store.store import Store


CANNOT_TELL = (
    "What kw cannot tell from a note: whether the session happened, whether what it says is true, "
    "whether the two got on, and what was meant.",
    "These are reasons to look again, not a grade of a note or of an officer.",
)


@dataclass(frozen=True)
class Span:
    """The days whose sessions are asked about, both included."""

    since: date
    until: date

    def said(self) -> str:
        """Return them in words."""
        return f"{say_date(self.since)} to {say_date(self.until)}"


def notes_report(
    store: "Store", request: ReportRequest, span: Span, *, now: datetime, prisoner: Person | None = None
) -> Report:
    """Return the completed key worker sessions of some days, in order of time, with the checks of each note.

    Of all, or those with one prisoner. A note that is not due yet is listed as such and not checked.
    """
    checked = notes_checked(store, request, span, now=now, prisoner=prisoner)
    rows = tuple(_row(one) for one in checked)
    summary = _summed_up(span, checked)
    section = Section(
        name="notes",
        title="",
        columns=(Column("held_on", "Session", show=lambda row: session_day(row, request.as_of)), *COLUMNS),
        rows=rows,
        lead=tuple(_lead(summary)) if rows else (),
        empty=f"No key worker session was held from {span.said()}. Other days: --since DATE --until DATE.",
    )
    title = request.titled(f"Case notes, {span.said()}") + (f": {say_prisoner(prisoner)}" if prisoner else "")
    foot = CANNOT_TELL if rows else ()
    return request.report("notes-check", title, [section], summary=summary, settings=("note.min_words",), foot=foot)


def notes_checked(
    store: "Store", request: ReportRequest, span: Span, *, now: datetime, prisoner: Person | None = None
) -> list[NoteChecked]:
    """Return the sessions of some days that are asked about, of all or with one prisoner, each note with its checks."""
    sessions = store.queries.notes_between(span.since, span.until)
    here = {one.person_id: one for one in store.queries.contacts(as_of=span.until, settings=request.settings)}
    wanted = [one for one in sessions if is_asked(one, request, here.get(one.person_id), prisoner)]
    repeats = _repeats(store.queries, span, sessions, wanted)
    return check_notes(wanted, _beside(store.queries, request, span, sessions, here, repeats), now=now)


def notes_in_short(store: "Store", request: ReportRequest, span: Span, *, now: datetime) -> list[NoteInShort]:
    """Return the same sessions with what of their notes is counted; earlier notes are read for the good ones only."""
    sessions = store.queries.notes_between(span.since, span.until)
    here = {one.person_id: one for one in store.queries.contacts(as_of=span.until, settings=request.settings)}
    wanted = [one for one in sessions if is_asked(one, request, here.get(one.person_id), None)]
    found = check_in_short(wanted, _beside(store.queries, request, span, sessions, here, {}), now=now)
    repeats = _repeats(store.queries, span, sessions, [one.session for one in found if one.all_met])
    return [one._replace(all_met=False) if one.session.session_id in repeats else one for one in found]


def _repeats(queries: "Queries", span: Span, sessions: Sequence[Noted], wanted: Sequence[Noted]) -> dict[int, Repeat]:
    """Return which of the wanted notes repeat one of these days, or one before them."""
    before = queries.notes_before(span.since, span.until) if wanted else []
    return find_repeats([*before, *sessions], {one.session_id for one in wanted}, most_alike)


def _beside(
    queries: "Queries",
    request: ReportRequest,
    span: Span,
    sessions: Sequence[Noted],
    here: Mapping[int, Contact],
    repeats: Mapping[int, Repeat],
) -> Beside:
    """Gather what the notes are to be read beside, each kind with one question for all prisoners."""
    since, until = span.since, span.until
    numbers: dict[int, list[str]] = {}
    for one in queries.further_numbers():
        numbers.setdefault(one.person_id, []).append(one.number)
    record = Record(
        stays=by_prisoner(queries.stays_of_prisoners_seen(since, until)),
        events=by_prisoner(queries.events_of_prisoners_seen(since, until, settings=request.settings)),
        accts=by_prisoner(queries.accts_of_prisoners_seen(since, until)),
        topics=by_prisoner(queries.topics_of_prisoners_seen(since, until)),
        needs=by_prisoner(queries.needs_of_prisoners_seen(since, until)),
        numbers=numbers,
    )
    prisoners = {(prisoner.first_name, prisoner.last_name) for prisoner in here.values()} | {
        (s.first_name, s.last_name) for s in sessions
    }
    names = names_of(prisoners, [worker.last_name for worker in queries.workers()])
    return Beside(record, repeats, names, load_word_lists(), request.settings)


def _summed_up(span: Span, checked: Sequence[NoteChecked]) -> Mapping[str, Value]:
    """Count the sessions, and for each check how many notes did not meet it; nothing is counted by officer."""
    unmet = Counter(check.code for one in checked for check in one.marked(Mark.UNMET))
    query = Counter(check.code for one in checked for check in one.marked(Mark.QUERY))
    looked_at = [one for one in checked if one.checks]
    return {
        "from": span.since,
        "to": span.until,
        "sessions": len(checked),
        "checked": len(looked_at),
        "note_due": len(checked) - len(looked_at),
        "without_note": sum(not one.session.note for one in looked_at),
        "all_met": sum(one.met == one.asked for one in looked_at),
        "unmet": {code: unmet[code] for code in CODES},
        "query": {code: query[code] for code in CODES},
    }


def _row(one: NoteChecked) -> Row:
    session, repeat = one.session, one.repeat
    return {
        "prison_number": session.prison_number,
        "name": session.name,
        "held_on": session.held_on,
        "start_minute": session.start_minute,
        "minutes": session.minutes,
        "key_worker": person(session.staff_id, session.by),
        "words": count_words(session.note),
        "note_due_by": None if session.note else one.due_by,
        "met": one.met if one.checks else None,
        "asked": one.asked if one.checks else None,
        "checks_met": [check.code for check in one.marked(Mark.MET)],
        "checks_unmet": [check.code for check in one.marked(Mark.UNMET)],
        "checks_to_query": [check.code for check in one.marked(Mark.QUERY)],
        "shown_by": [_said(check) for check in one.marked(Mark.MET) if check.because],
        "because": [_said(check) for check in one.marked(Mark.UNMET)],
        "to_query": [_said(check) for check in one.marked(Mark.QUERY)],
        "note": session.note,
        "similarity": round(repeat.alike, 2) if repeat else None,
        "repeated_prison_number": repeat.earlier.prison_number if repeat else None,
        "repeated_held_on": repeat.earlier.held_on if repeat else None,
        "repeated_note": repeat.earlier.note if repeat else None,
    }


def _said(check: Check) -> str:
    return f"{check.code} {check.because}"


def _lead(summary: Mapping[str, Any]) -> Iterable[str]:
    yield f"{say_count(summary['sessions'], 'session')}, {say_count(summary['checked'], 'note')} checked; " + (
        f"every check met: {summary['all_met']}."
    )
    if summary["without_note"] or summary["note_due"]:
        yield f"Without a note: {summary['without_note']}. Note not due yet: {summary['note_due']}."
    missed = [f"{code} {number}" for code, number in summary["unmet"].items() if number]
    if missed:
        yield f"Not met, by check: {', '.join(missed)}."


def _checks(row: Row) -> str:
    if row["met"] is None:
        due = row["note_due_by"]
        return f"note due by {say_moment(due)}" if isinstance(due, datetime) else "note due"
    return f"{row['met']} of {row['asked']} met"


def _not_met(row: Row) -> str:
    unmet, to_query = _said_in(row, "because"), _said_in(row, "to_query")
    return "; ".join([*unmet, *(f"to query: {said}" for said in to_query)]) or "-"


def _met(row: Row) -> str:
    return "; ".join(_said_in(row, "shown_by")) or "-"


def _said_in(row: Row, key: str) -> list[str]:
    said = row[key]
    return said if isinstance(said, list) else []


officer_name = worker_in("key_worker", "no data")
"""Name who held the session of a row."""


def session_day(row: Row, as_of: date) -> str:
    """Say the day of the session of a row, with its year where that is not the year of the page."""
    return say_day_near(row["held_on"], as_of) if isinstance(row["held_on"], date) else "no data"


COLUMNS = (
    Column("name", "Name", style=emphasised),
    Column("prison_number", "Number", priority=1),
    Column("key_worker.staff_id"),
    Column("key_worker.name", "With", show=officer_name),
    Column("start_minute"),
    Column("minutes"),
    Column("words"),
    Column("note_due_by"),
    Column("met", "Checks", show=_checks, wrap=True, priority=1),
    Column("asked"),
    Column("checks_met"),
    Column("checks_unmet"),
    Column("checks_to_query"),
    Column("because", "Not met, or to query", show=_not_met, wrap=True, reason=True),
    Column("to_query", reason=True),
    Column("shown_by", "Met, shown by", show=_met, wrap=True, reason=True, priority=3),
    Column("note", reason=True),
    Column("similarity"),
    Column("repeated_prison_number"),
    Column("repeated_held_on"),
    Column("repeated_note", reason=True),
)
