"""Five notes of each officer for a manager to read, and which of them nobody has read: `kw notes sample`.

help: note-quality.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from keyworker_cli.reports.notes.asked_about import is_asked
from keyworker_cli.reports.notes.checks import officer_name, session_day
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Report, Row, Section, Style, Value
from keyworker_cli.reports.words import emphasised, person
from keyworker_cli.rules.dates.months import Month
from keyworker_cli.rules.dates.say import say_date
from keyworker_cli.rules.facts.sessions import Noted, NoteRead
from keyworker_cli.rules.notes.reading import latest_readings
from keyworker_cli.rules.notes.sample import SAMPLED, pick_sample
from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.sessions.case_note import say_topics

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store


def sample_report(store: "Store", request: ReportRequest, month: Month, *, unread: bool = False) -> Report:
    """Return five notes an officer of a month for a manager to read, always the same five, and who has read which.

    With `unread` only those that nobody has read.
    """
    sessions = store.queries.notes_between(month.first_day, min(month.last_day, request.as_of))
    here = {one.person_id: one for one in store.queries.contacts(as_of=request.as_of, settings=request.settings)}
    wanted = {one.session_id for one in sessions if is_asked(one, request, here.get(one.person_id), None)}
    readings = latest_readings(store.queries.readings_between(month.first_day, month.last_day, as_of=request.as_of))
    sample = [one for one in pick_sample(sessions, month) if one.session_id in wanted]
    rows = tuple(
        _row(one, readings.get(one.session_id)) for one in sample if not (unread and one.session_id in readings)
    )
    read = sum(one.session_id in readings for one in sample)
    summary: dict[str, Value] = {
        "month": str(month),
        "officers": len({one.staff_id for one in sample}),
        "notes": sum(bool(one.note) and one.session_id in wanted for one in sessions),
        "sampled": len(sample),
        "read": read,
        "not_read": len(sample) - read,
    }
    section = Section(
        name="sample",
        title="",
        columns=(
            Column("key_worker.staff_id"),
            Column("key_worker.name"),
            Column("held_on", "Session", show=lambda row: session_day(row, request.as_of)),
            *COLUMNS,
        ),
        rows=rows,
        lead=_lead(summary) if sample else (),
        empty=f"Every note of the sample of {month} has been read." if sample else f"No note of {month} is recorded.",
        group=lambda row: f"{officer_name(row)} ({_staff_id(row)})",
    )
    foot = (HOW_TO_READ,) if summary["not_read"] else ()
    title = f"Notes {'not read' if unread else 'to read'}, {month}"
    return request.report("notes-sample", request.titled(title), [section], summary=summary, foot=foot)


HOW_TO_READ = 'What you find is kept: kw notes read PRISONER --on DATE --found "in words" --action "to be done".'


def _lead(summary: Mapping[str, Value]) -> tuple[str, ...]:
    read, not_read = (int(str(summary[key])) for key in ("read", "not_read"))
    return (
        f"{summary['sampled']} of {say_count(int(str(summary['notes'])), 'note')}: up to {SAMPLED} of each of "
        f"{say_count(int(str(summary['officers'])), 'officer')}. Read: {read}. Not read by anybody: {not_read}.",
        "The same whenever it is asked: they follow from the month and the officer.",
    )


def _row(note: Noted, reading: NoteRead | None) -> Row:
    return {
        "prison_number": note.prison_number,
        "key_worker": person(note.staff_id, note.by),
        "held_on": note.held_on,
        "name": note.name,
        "minutes": note.minutes,
        "topics": note.topics.split(";") if note.topics else [],
        "note": note.note,
        "prisoner_said": note.prisoner_said,
        "read_on": reading.read_on if reading else None,
        "read_by": reading.read_by if reading else None,
        "found": reading.found if reading else None,
        "action": reading.action if reading else None,
    }


def _staff_id(row: Row) -> str:
    worker = row["key_worker"]
    return str(worker["staff_id"]) if isinstance(worker, Mapping) else ""


def _his_words(row: Row) -> str:
    return str(row["prisoner_said"] or "-")


def _topics(row: Row) -> str:
    topics = row["topics"]
    return say_topics(";".join(topics)) if isinstance(topics, list) and topics else "none"


def _read(row: Row) -> str:
    read_on = row["read_on"]
    return f"{say_date(read_on)}, {row['read_by']}" if isinstance(read_on, date) else "NOT READ"


def _stress(row: Row) -> Style:
    return "" if row["read_on"] else "warn"


def _found(row: Row) -> str:
    action = f"; action: {row['action']}" if row["action"] else ""
    return f"{row['found'] or '-'}{action}"


COLUMNS = (
    Column("name", "Name", style=emphasised),
    Column("prison_number", "Number", priority=1),
    Column("minutes", "Minutes", align="right", priority=2),
    Column("read_on", "Read", show=_read, style=_stress, wrap=True),
    Column("read_by"),
    Column("topics", "Topics", show=_topics, wrap=True, reason=True, priority=3),
    Column("note", "Note", wrap=True, reason=True),
    Column("prisoner_said", "In his words", show=_his_words, wrap=True, reason=True, priority=2),
    Column("found", "Found", show=_found, wrap=True, reason=True, priority=1),
    Column("action", reason=True),
)
