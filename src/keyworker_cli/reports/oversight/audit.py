"""Who wrote what, and whether the record of that is whole: `kw audit list` and `kw audit verify` (help: audit)."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Final

from keyworker_cli.errors import DatabaseError, UsageError
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Report, Row, Section, Value
from keyworker_cli.rules.dates.london import end_of_day, london_moment
from keyworker_cli.rules.facts.audit import AuditCheck, AuditLine
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.say import say_count
from keyworker_cli.rules.typed import say_near

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

WRITTEN_DOWN: Final = re.compile(r"[0-9a-f]{12,64}")
"""A head as it is written down elsewhere: the first 12 characters at least."""

SHOWN_OF_A_VALUE: Final = 24
SHOWN_OF_A_RECORD: Final = 60

EVIDENCE: Final = (
    "This is evidence against people without the code, not proof against the owner of the file: they could write all "
    "of it anew. A head written down elsewhere, on paper or in a backup, shows that too: kw audit verify --head HASH."
)


def audit_list(
    store: "Store",
    request: ReportRequest,
    *,
    prisoner: Person | None = None,
    user: str | None = None,
    since: date | None = None,
    until: date | None = None,
    most: int | None = None,
) -> Report:
    """Return the lines of the audit, the latest first: of all, of one prisoner, by one user, of some days.

    Without `until` they run to the moment that is looked back to, or to the last. A file that was imported is one line,
    by its name and not by the prisoners in it. `most` is how many will be shown, where only those need be read.
    """
    earliest = london_moment(since, time.min) if since else datetime(1, 1, 1, tzinfo=UTC)
    latest = min(end_of_day(until) if until else _LATEST, request.known_at or _LATEST)
    person_id = prisoner.person_id if prisoner else None
    after = 0
    if most is not None and not (prisoner or user or since or until or request.known_at):
        after = max(store.queries.audit_head()[0].lines - max(most, 1), 0)
    lines = store.queries.audit_lines(after=after, earliest=earliest, latest=latest, user=user, person_id=person_id)
    if user and not lines:
        _check_user(user, [one.name for one in store.queries.audit_users()])
    of_whom = f": {prisoner.name}, {prisoner.prison_number}" if prisoner else ""
    foot = ("A file that was imported is one line, by its name: it is not listed by prisoner.",) if prisoner else ()
    summary: dict[str, Value] = {"lines": after + len(lines)}
    rows = tuple(map(_row, lines))
    section = Section("audit", "", COLUMNS, rows, summary, empty="No line.", foot=foot, more=after)
    return request.report("audit list", f"Audit{of_whom}", [section], foot=(EVIDENCE,))


def _check_user(user: str, known: Sequence[str]) -> None:
    """Refuse a name that nothing was written under: `UsageError`."""
    if user not in known:
        raise UsageError(f"nothing was written by {user!r}.", say_near(user, known, f"who wrote: {', '.join(known)}."))


def check_report(request: ReportRequest, check: AuditCheck, *, head: str | None = None) -> Report:
    """Return what a check of the whole audit has found; `head` is the hash that was looked for."""
    sound = unsound(check, head) is None
    found = "It is whole: each line fits the one before, and every row is as its last line left it."
    lead = [
        f"{say_count(check.lines, 'line')}. Head: {check.hash[:12]}.",
        found if sound else f"It does not verify: {unsound(check, head)}.",
    ]
    if head and check.head_on is not None and sound:
        lead.append(f"{head[:12]} is the head after line {check.head_on:,}: all up to it is as it was then.")
    summary: dict[str, Value] = {
        "lines": check.lines,
        "head": check.hash,
        "first_bad": check.first_bad,
        "sound": sound,
        "head_on_line": check.head_on,
    }
    section = Section("audit_check", "", (), (), summary, lead=tuple(lead), empty="")
    return request.report("audit verify", "Audit", [section], foot=(EVIDENCE,))


def read_head(text: str | None, *, needed: bool) -> str | None:
    """Return a head as it was written down; anything but 12 to 64 hexadecimal characters is `UsageError`."""
    if not text:
        if needed:
            raise UsageError("--from-head needs a head to begin at.", "kw audit verify --head HASH --from-head")
        return None
    head = text.strip().casefold()
    if not WRITTEN_DOWN.fullmatch(head):
        raise UsageError(
            f"{text!r} is not the hash of a line of the audit.", "it has 64 characters, 0-9 and a-f: give 12 or more."
        )
    return head


def refuse_looking_back(request: ReportRequest) -> None:
    """Refuse to check the audit as it was known: it is whole now or it is not. Raises `UsageError`."""
    if request.known_at is not None:
        raise UsageError("the audit is verified as it stands, all of it.", "leave --known-at out.")


def stop_if_unsound(check: AuditCheck, *, head: str | None = None) -> None:
    """Raise `DatabaseError` for an audit that does not verify, naming the first line that does not fit."""
    if what := unsound(check, head):
        hint = "change nothing: keep a copy of the file as it is, and compare it with the last backup."
        raise DatabaseError(f"the audit does not verify: {what}.", hint)


def unsound(check: AuditCheck, head: str | None) -> str | None:
    """Return what is wrong with an audit, in words; `None` when it is whole and has the head that was written down."""
    if check.what is not None:
        return check.what
    if head is not None and check.head_on is None:
        return f"no line has the head {head[:12]}: lines were cut off, or written anew"
    return None


_LATEST: Final = datetime(9999, 12, 31, tzinfo=UTC)


def _row(line: AuditLine) -> Row:
    return {
        "id": line.line,
        "at": line.at,
        "user": line.user,
        "command": line.command,
        "action": line.action,
        "table": line.table,
        "key": line.key,
        "before": line.before,
        "after": line.after,
        "hash": line.hash,
    }


def _image(row: Row, column: str) -> str:
    """Say a record in short: `minutes 45, note He spoke of his daughter…`, without what it leaves empty."""
    try:
        values = json.loads(str(row[column] or "{}"))
    except ValueError:
        return _short(str(row[column]), SHOWN_OF_A_RECORD)
    said = (
        f"{name} {_short(str(value), SHOWN_OF_A_VALUE)}"
        for name, value in values.items()
        if name != "id" and value is not None
    )
    return _short(", ".join(said), SHOWN_OF_A_RECORD)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


COLUMNS = (
    Column("id", "Line", align="right"),
    Column("at", "At"),
    Column("user", "By"),
    Column("command", "Command", priority=3),
    Column("action", "Did"),
    Column("table", "In", priority=1),
    Column("key", "What"),
    Column("before", "Before", show=lambda row: _image(row, "before"), wrap=True, priority=4, reason=True),
    Column("after", "After", show=lambda row: _image(row, "after"), wrap=True, priority=2, reason=True),
    Column("hash"),
)
