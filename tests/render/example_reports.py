"""Reports for the tests of the renderers: small, invented, with every kind of value in them."""

from datetime import UTC, date, datetime, time
from typing import Any

from keyworker_cli.reports.report import Column, Report, Row, Section, Style, value_of
from keyworker_cli.rules.dates.say import say_date

PRISON = {"code": "FGX", "name": "HMP Fellgate"}
SETTINGS = {"gap.days": 7, "gap.serious_days": 28}


def overdue(**changes: Any) -> Report:
    """Who has not been seen: two prisoners here, one away; one without a key worker, one never seen."""
    fields: dict[str, Any] = {
        "report": "overdue",
        "title": "Not seen for 7 days or more",
        "as_of": date(2026, 5, 13),
        "sections": (_gaps(),),
        "prison": PRISON,
        "settings": SETTINGS,
        "summary": {"listed": 2, "away": 1, "longest_gap_days": None},
        "warnings": ("no rota after Fri 8 May",),
    }
    return Report(**fields | changes)


def briefing(**changes: Any) -> Report:
    """A report in parts: the gaps, and a part that has nobody in it."""
    unallocated = Section(
        name="unallocated",
        title="No key worker",
        columns=(Column("prison_number", "Number"), Column("days", "Days", align="right")),
        rows=(),
        summary={"prisoners": 0},
        empty="Every prisoner has a key worker.",
    )
    return overdue(
        report="briefing", title="Morning briefing", several=True, sections=(_gaps(), unallocated), **changes
    )


def one_cell(value: Any, *, wrap: bool = False) -> Report:
    """A report of one cell, beside a number that must stay what it is."""
    columns = (Column("text", "Text", wrap=wrap), Column("days", "Days", align="right"))
    section = Section(name="texts", title="Texts", columns=columns, rows=({"text": value, "days": -5},))
    return Report(report="texts", title="Texts", as_of=date(2026, 5, 13), sections=(section,), prison=PRISON)


def everywhere(text: str) -> Report:
    """A report that says a text wherever a text can stand."""
    section = Section(
        name=text,
        title=text,
        columns=(Column("text", "Text"), Column("days", "Days", align="right")),
        rows=({"text": text, "days": -5}, {"text": [text, text], "days": 0}),
        lead=(text,),
        foot=(text,),
        group=lambda _row: text,
        more=1,
        more_hint=text,
    )
    nobody = Section(name=text, title=text, columns=(Column("text", text or "Text"),), rows=(), empty=text)
    return Report(
        report="texts",
        title=text,
        as_of=date(2026, 5, 13),
        sections=(section, nobody),
        prison={"code": "FGX", "name": text},
        settings={"prison.name": text},
        summary={"name": text},
        warnings=(text,),
        foot=(text,),
        several=True,
    )


def _gaps() -> Section:
    return Section(
        name="see_today",
        title="See today",
        lead=("2 prisoners have not been seen for 7 days or more.",),
        columns=(
            Column("prison_number", "Number"),
            Column("name", "Name", style=_loud_when_seen_today),
            Column("location", "Cell", priority=1),
            Column("key_worker.staff_id"),
            Column("key_worker.name", "Key worker", show=_key_worker, style=_quiet_without_key_worker),
            Column("last_session_on", "Last session", show=_last_session),
            Column("days", "Days", align="right", show=lambda row: f"{row['days']} ({row['weeks']} weeks)"),
            Column("weeks"),
            Column("never_seen", "Never seen", priority=4),
            Column("average", "Minutes a week", align="right", priority=3),
            Column("next_slot_on", "Next slot", priority=2),
            Column("next_slot_at", "At", priority=2),
            Column("recorded_at", "Recorded", priority=5),
            Column("markers", "Markers", priority=1, reason=True),
            Column("because", "Why", wrap=True),
        ),
        rows=_PRISONERS,
        summary={"listed": 2},
        foot=("1 due, 0 overdue, 1 serious.",),
        group=lambda row: "Out: court, bedwatch, hospital, ROTL" if row["away"] else "",
        more=14,
        more_hint="kw overdue",
    )


def _key_worker(row: Row) -> str:
    return str(value_of(row, "key_worker.name") or "none")


def _quiet_without_key_worker(row: Row) -> Style:
    return "" if row["key_worker"] else "quiet"


def _loud_when_seen_today(row: Row) -> Style:
    return "warn" if row["see_today"] else ""


def _last_session(row: Row) -> str:
    return say_date(row["last_session_on"]) if isinstance(row["last_session_on"], date) else "never"


_PRISONERS: tuple[dict[str, Any], ...] = (
    {
        "prison_number": "A1234BC",
        "name": "Ashdown, Peter",
        "location": "B-2-014",
        "key_worker": {"staff_id": "KW01", "name": "Shah, Nadia"},
        "last_session_on": date(2026, 3, 25),
        "days": 49,
        "weeks": 7,
        "never_seen": False,
        "average": 29.53,
        "next_slot_on": None,
        "next_slot_at": None,
        "recorded_at": datetime(2026, 3, 25, 16, 2, tzinfo=UTC),
        "markers": ["BASIC", "VIOLENCE_TO_PRISONER"],
        "because": "no rota time published for his key worker since Monday 30 March",
        "see_today": True,
        "away": None,
    },
    {
        "prison_number": "A5678CD",
        "name": "O'Brien, Zoë",
        "location": "SEG",
        "key_worker": None,
        "last_session_on": None,
        "days": 0,
        "weeks": 0,
        "never_seen": True,
        "average": None,
        "next_slot_on": date(2026, 5, 14),
        "next_slot_at": time(9, 0),
        "recorded_at": None,
        "markers": [],
        "because": "no key worker",
        "see_today": False,
        "away": None,
    },
    {
        "prison_number": "A9012EF",
        "name": "Quill, Sam",
        "location": "C-1-003",
        "key_worker": {"staff_id": "KW02", "name": "Ode, Ruth"},
        "last_session_on": date(2026, 5, 6),
        "days": 7,
        "weeks": 1,
        "never_seen": False,
        "average": 45.0,
        "next_slot_on": None,
        "next_slot_at": None,
        "recorded_at": None,
        "markers": [],
        "because": "away",
        "see_today": False,
        "away": "HOSPITAL",
    },
)
