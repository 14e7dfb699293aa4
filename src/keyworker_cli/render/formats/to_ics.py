"""Rows with times as calendars (RFC 5545), one for each person whose they are: `--format ics` (help: schedule)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Final

from keyworker_cli.errors import UsageError
from keyworker_cli.render.clean import one_line
from keyworker_cli.reports.report import Appointment, Report
from keyworker_cli.rules.dates.clock import DAY, time_at
from keyworker_cli.rules.dates.london import london_moment

LONGEST_LINE: Final = 75
"""In bytes; the rest goes on, on lines that begin with a space."""


def render(report: Report) -> str:
    """Return the calendars one after another; raises UsageError for a report whose rows have no times."""
    return "".join(calendars(report).values())


def calendars(report: Report) -> dict[str, str]:
    """Return the calendar of each person by their id; raises as `render`."""
    by_person: dict[str, list[Appointment]] = {}
    for one in _appointments(report):
        by_person.setdefault(one.whose_id, []).append(one)
    return {whose: _calendar(report, ones) for whose, ones in sorted(by_person.items())}


def _appointments(report: Report) -> Iterator[Appointment]:
    sections = [section for section in report.sections if section.appointments is not None]
    if not sections:
        raise UsageError("these rows have no times.", "kw plan, kw rota show and kw acct reviews take --format ics.")
    for section in sections:
        for row in section.rows:
            if section.appointments is not None:
                yield from section.appointments(row)


def _calendar(report: Report, ones: list[Appointment]) -> str:
    prison = report.prison.get("name", "")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//kw//keyworker-cli//EN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(f'Key work: {ones[0].whose}')}",
    ]
    stamp = f"{report.as_of:%Y%m%d}T000000Z"
    for one in ones:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_text(one.key)}@kw",
            f"DTSTAMP:{stamp}",
            *_when(one),
            f"SUMMARY:{_text(one.title)}",
            *([f"LOCATION:{_text(one.place)}"] if one.place else []),
            f"DESCRIPTION:{_text(f'OFFICIAL-SENSITIVE. {prison}, as known on {report.as_of.isoformat()}.')}",
            "CLASS:PRIVATE",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _when(one: Appointment) -> Iterator[str]:
    if one.start_minute is None or one.end_minute is None:
        yield f"DTSTART;VALUE=DATE:{one.on:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{one.on + DAY:%Y%m%d}"
        yield "TRANSP:TRANSPARENT"
        return
    yield f"DTSTART:{_moment(one.on, one.start_minute)}"
    yield f"DTEND:{_moment(one.on, one.end_minute)}"


def _moment(on: date, minute: int) -> str:
    """Return a minute of a day in London, in UTC; 24:00 is the next day's beginning."""
    days, minute = divmod(minute, 24 * 60)
    moment: datetime = london_moment(on + days * DAY, time_at(minute))
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """Return a text as a calendar holds it."""
    escaped = one_line(words).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return " ".join(escaped.split())


def _folded(line: str) -> Iterator[str]:
    """Yield a line in parts of at most 75 bytes, cut between characters."""
    part, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > LONGEST_LINE:
            yield part
            part, size = " ", 1
        part, size = part + character, size + width
    yield part
