"""Rows with a prison number, a start and an end as the official service's upload of appointments takes them."""

import csv
from io import StringIO
from typing import Final

from keyworker_cli.errors import UsageError
from keyworker_cli.reports.report import Report

HEADINGS: Final = ("Prison number", "Start time", "End time")
_FIELDS: Final = ("prison_number", "start", "end")


def render(report: Report) -> str:
    """Return one row a prisoner, `HH:MM`, and nothing else: the upload takes one file a day and no byte order mark.

    Raises UsageError for a report whose rows have no such times.
    """
    keys = {column.key for section in report.answer for column in section.columns}
    if not keys.issuperset(_FIELDS):
        raise UsageError("these rows are no appointments", "kw plan --date tomorrow --format dps-appointments")
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    rows = [row for section in report.answer for row in section.rows if row.get("start") and row.get("end")]
    writer.writerows([f"{row[field]}" for field in _FIELDS] for row in rows)
    return text.getvalue()
