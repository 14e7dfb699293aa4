"""Every prisoner in the shape of the old report on key worker contact, to lay beside it: `kw overdue --like-ors`."""

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Report, Row, Section
from keyworker_cli.reports.words import (
    name_excluded,
    person,
    say_key_worker,
    say_last_seen,
    say_nobody,
    say_records_begin,
)
from keyworker_cli.rules.contact.gaps import Gap, find_gaps

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

ONE_WEEK: Final = 7
TWO_WEEKS: Final = 14


def like_ors_report(store: "Store", request: ReportRequest) -> Report:
    """Return a row a prisoner: when contact was due, the last session, days since, over 7 and over 14 days."""
    prisoners = store.queries.contacts(as_of=request.as_of, settings=request.settings)
    inside, excluded = request.by_scope(prisoners)
    rows = tuple(_row(gap, request) for gap in find_gaps(inside, as_of=request.as_of, settings=request.settings))
    return request.report(
        "overdue_like_ors",
        request.titled("Key worker contact"),
        [Section("prisoners", "", COLUMNS, rows, empty=f"{say_nobody(request.scope_words(), excluded)}.")],
        summary={
            "prisoners": len(rows),
            "over_7_days": sum(bool(row["over_7_days"]) for row in rows),
            "over_14_days": sum(bool(row["over_14_days"]) for row in rows),
        },
        settings=("session.frequency_weeks", "session.min_minutes"),
        warnings=(*name_excluded(excluded), *say_records_begin(inside)),
        foot=("Days run from the last counted session, by anyone; with none, from arrival.",),
    )


def _row(gap: Gap, request: ReportRequest) -> Row:
    prisoner = gap.contact
    return {
        "prison_number": prisoner.prison_number,
        "name": f"{prisoner.last_name}, {prisoner.first_name}",
        "location": prisoner.location,
        "key_worker": person(prisoner.staff_id, prisoner.worker_name),
        "contact_due_on": prisoner.clock_from + timedelta(days=ONE_WEEK * request.settings.session_frequency_weeks),
        "last_session_on": prisoner.last_session_on,
        "records_from": prisoner.records_begin_on,
        "days_since_last_contact": gap.days,
        "over_7_days": gap.days > ONE_WEEK,
        "over_14_days": gap.days > TWO_WEEKS,
    }


COLUMNS: Final = (
    Column("prison_number", "NOMS Number"),
    Column("name", "Name"),
    Column("location", "Location"),
    Column("key_worker", "Key worker", show=say_key_worker),
    Column("contact_due_on", "Contact due"),
    Column("last_session_on", "Last KS", show=say_last_seen),
    Column("days_since_last_contact", "No. of days since last contact", align="right"),
    Column("over_7_days", "Over 7 days?", show=lambda row: "Yes" if row["over_7_days"] else "No"),
    Column("over_14_days", "Over 14 days?", show=lambda row: "Yes" if row["over_14_days"] else "No"),
)
