"""A key worker's sheet in words: its columns, its headings, and how each fact is said (help: privacy)."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from keyworker_cli.reports.contact.overdue import say_marked_gap, stress_gap
from keyworker_cli.reports.contact.todays_work import LINE
from keyworker_cli.reports.report import Column, Row, Value
from keyworker_cli.reports.words import emphasised, say_because, say_date_near_or, say_last_seen_near, say_unseen
from keyworker_cli.rules.codes.words import say_topic
from keyworker_cli.rules.say import say_count, short_name


def _say(value: Value, otherwise: str, as_of: date) -> str:
    """Say a day, with its year where that is not the page's own."""
    return say_date_near_or(value, as_of, otherwise)


def _last_seen(row: Row, as_of: date) -> str:
    by = row["last_session_by"]
    away = f" ({str(row['away']).lower().replace('_', ' ')} now)" if row["away"] else ""
    if not isinstance(by, Mapping):
        arrived = f"; arrived {_say(row['arrived_on'], 'on a day not known', as_of)}" * (not row.get("records_from"))
        return f"{say_unseen(row)}{arrived}{away}"
    return f"{_say(row['last_session_on'], 'no data', as_of)}, {by['name']}{away}"


def _last_seen_short(row: Row, as_of: date) -> str:
    by = row["last_session_by"]
    away = " (away)" if row["away"] else ""
    seen_by = f", {short_name(str(by['name']))}" if isinstance(by, Mapping) else ""
    return f"{say_last_seen_near(row, as_of)}{seen_by}{away}"


def _never(row: Row) -> str:
    days = int(str(row["allocated_days"]))
    return f"never, in {say_count(days, 'day')}" if days else "never; allocated today"


def _acknowledged(row: Row, as_of: date) -> str:
    return _say(row["acknowledged_on"], "by meeting" if row["met"] else "no", as_of)


def _review(row: Row, as_of: date) -> str:
    if row["next_acct_review_on"] is None:
        return "none due"
    known = row["invited_to_review"]
    invited = "invited: no data" if known is None else "invited" if known else "not invited"
    return f"{_say(row['next_acct_review_on'], '', as_of)}, {invited}"


def _to_raise(row: Row) -> str:
    """Say what no session has raised, since when, and the topics that are open."""
    concerns = row["not_raised"] if isinstance(row["not_raised"], list) else []
    topics = row["topics"] if isinstance(row["topics"], list) else []
    waiting = f"not yet raised: {'; '.join(map(str, concerns))}" if concerns else ""
    still = ", ".join(say_topic(topic) for topic in topics)
    return ". Topics: ".join(part for part in (waiting, still) if part) or "none open"


def _first_need(row: Row, as_of: date) -> str:
    """Say what is to be done first: by whom, and by when or since when it was due."""
    need = row["first_need"]
    if not isinstance(need, Mapping):
        return "nothing"
    due = need["due_on"]
    when = "" if due is None else f"{'was due' if due < as_of else 'by'} {_say(due, '', as_of)}"
    known = ", ".join(part for part in (need["owner"], when) if part)
    return f"{need['text']} ({known})" if known else str(need["text"])


OF_THE_ALLOCATION: Final = (
    "last_session_by.staff_id",
    "last_session_by.name",
    "weeks",
    "never_seen",
    "refusals_since",
    "key_worker.staff_id",
    "key_worker.name",
    "allocated_on",
    "allocated_days",
    "allocation_reason",
    "allocated_by",
    "because",
    "acknowledged_on",
    "met",
    "handed_over_by.staff_id",
    "handed_over_by.name",
    "handover_late",
    "first_met_on",
)
"""Fields of an answer that people do not see: who saw him last, and how he came to be theirs."""


def columns(as_of: date) -> tuple[Column, ...]:
    """Return the columns of the answer: people see in it whom to see first."""
    return (
        Column("days", "Days", align="right", width=10, show=say_marked_gap, style=stress_gap),
        Column("state", "State", width=15, style=stress_gap, priority=1),
        Column("name", "Name", width=40, style=emphasised),
        Column("prison_number", "Number", width=18),
        Column("location", "Location", width=18),
        Column("wing"),
        Column("arrived_on"),
        Column(
            "last_session_on",
            "Last seen, by anyone",
            show=lambda row: _last_seen(row, as_of),
            short=lambda row: _last_seen_short(row, as_of),
            wrap=True,
            width=64,
        ),
        *map(Column, OF_THE_ALLOCATION),
        Column(
            "last_met_on",
            "Last met",
            show=lambda row: _say(row["last_met_on"], _never(row), as_of),
            style=lambda row: "" if row["met"] else "warn",
            width=36,
        ),
        *map(Column, ("sessions", "see_today", "tier", "away")),
        Column("next_acct_review_on", reason=True),
        Column("invited_to_review", reason=True),
        Column("topics", reason=True),
        Column("not_raised", reason=True),
        Column("open_needs"),
        Column("first_need.text", reason=True),
        Column("first_need.owner", reason=True),
        Column("first_need.due_on", reason=True),
    )


def came_columns(as_of: date) -> tuple[Column, ...]:
    """Return the columns that say how each prisoner came to be his, whether they have met, and whether he knows."""

    def day(key: str, heading: str, otherwise: str) -> Column:
        return Column(key, heading, width=24, show=lambda row: _say(row[key], otherwise, as_of))

    return (
        Column("name", "Name", width=48, style=emphasised),
        day("allocated_on", "Allocated", "no data"),
        Column("allocated_days", "Days", align="right", width=10),
        Column("allocated_by", "Allocated by", width=28),
        Column("because", "Because", show=say_because, wrap=True, width=40),
        day("first_met_on", "First met", "never"),
        Column("sessions", "Sessions", align="right", priority=1, width=14),
        Column("acknowledged_on", "Acknowledged", width=26, show=lambda row: _acknowledged(row, as_of)),
    )


def to_do_columns(as_of: date) -> tuple[Column, ...]:
    """Return the columns that say what to bring to the next session: all of them reasons but the number of needs."""
    return (
        Column("name", "Name", width=48, style=emphasised),
        Column(
            "next_acct_review_on", "ACCT review", show=lambda row: _review(row, as_of), wrap=True, reason=True, width=28
        ),
        Column("topics", "To raise", show=_to_raise, wrap=True, reason=True, width=60),
        Column("open_needs", "Actions", align="right", width=12),
        Column("first_need", "To do first", show=lambda row: _first_need(row, as_of), wrap=True, reason=True, width=60),
    )


def _line(_row: Row) -> str:
    return LINE


WRITTEN_COLUMNS: Final = (
    Column("name", "Name", width=48, style=emphasised),
    Column("open_needs", "Actions open", align="right", width=16),
    *(
        Column("", heading, show=_line, writable=True, width=width)
        for heading, width in (("Seen on", 22), ("Minutes", 16), ("Raised, and what was agreed", 84), ("Next", 22))
    ),
)
"""The columns of a sheet that says no reasons: what is to be written down with each prisoner."""
