"""Whether the database can be relied on, thing by thing, each with the command that mends it: `kw doctor`."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from keyworker_cli.errors import UsageError
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.reports.report import Column, Report, Row, Section
from keyworker_cli.rules.facts.audit import AuditCheck
from keyworker_cli.rules.oversight.doctor import (
    Check,
    State,
    check_backup,
    check_chain,
    check_clock,
    check_left_notes,
    check_locations,
    check_notes_written,
    check_officers,
    check_own_settings,
    check_rota,
    check_settings,
    check_settled,
    check_stays,
    first_noted_day,
)
from keyworker_cli.rules.oversight.doctor_database import FileFacts, ServerFacts, check_file, check_server

if TYPE_CHECKING:
    from keyworker_cli.store.store import Store

COLUMNS = (
    Column("check", "Looked at"),
    Column("state", "State", style=lambda row: "emphasis" if row["state"] == State.BAD else ""),
    Column("found", "Found", wrap=True),
    Column("mend", "What mends it", show=lambda row: str(row["mend"] or ""), wrap=True),
)


def health_report(
    store: "Store",
    request: ReportRequest,
    check: AuditCheck,
    *,
    now: datetime,
    own_settings: str,
    left_notes: Sequence[str] = (),
) -> Report:
    """Return everything that was looked at, what is to be mended first; `check` is that of the audit.

    `own_settings` says which file of the user's own settings was read, `left_notes` where --edit was stopped.

    Raises `UsageError` for a question that looks back, `DatabaseError` when the file is damaged.
    """
    checks = [*_checks(store, request, check, now=now), check_own_settings(own_settings)]
    checks += check_left_notes(left_notes)
    to_mend = sorted((one for one in checks if one.state != State.OK), key=lambda one: one.state != State.BAD)
    sound = [one for one in checks if one.state == State.OK]
    summary = {state.value: sum(one.state == state for one in checks) for state in State}
    sections = [
        Section("to_mend", "To be mended", COLUMNS, tuple(map(_row, to_mend)), summary, empty="Nothing."),
        Section(
            "in_order",
            "In order",
            (*COLUMNS[:3], Column("mend")),
            tuple(map(_row, sound)),
            figures=True,
            empty="Nothing.",
        ),
    ]
    return request.report("doctor", "The database", sections)


def refuse_looking_back(request: ReportRequest) -> None:
    """Refuse to look the file over as it was known: it is what it is now. Raises `UsageError`."""
    if request.known_at is not None:
        raise UsageError("kw doctor looks the file over as it is now.", "leave --known-at out.")


def _checks(store: "Store", request: ReportRequest, check: AuditCheck, *, now: datetime) -> list[Check]:
    looked_over = store.look_over()
    kept_in = _database(looked_over)
    as_of, settings, queries = request.as_of, request.settings, store.queries
    last = next(iter(queries.last_backup()), None)
    officers = queries.officers(as_of=as_of)
    return [
        *kept_in,
        check_chain(check),
        check_clock(check, now=now),
        *([check_backup(last, lines=check.lines, now=now)] if isinstance(looked_over, FileFacts) else []),
        check_settings(settings),
        check_rota(queries.latest_slots(as_of=as_of), officers, as_of=as_of),
        check_notes_written(queries.notes_between(first_noted_day(as_of), as_of), as_of=as_of),
        check_officers(officers),
        check_stays(queries.overlapping_stays()),
        *check_settled(queries.settled_cases(), queries.early_allocations(as_of=as_of), queries.out_of_place()),
        check_locations(queries.contacts(as_of=as_of, settings=settings)),
    ]


def _database(found: FileFacts | ServerFacts) -> Iterator[Check]:
    return check_file(found) if isinstance(found, FileFacts) else check_server(found)


def _row(check: Check) -> Row:
    return {"check": check.check, "state": check.state.value, "found": check.found, "mend": check.mend}
