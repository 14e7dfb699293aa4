"""No report asks one question a prisoner: the number of SQL statements is the same for six prisoners and for sixty."""

import io
import shlex
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from factories import Prison
from keyworker_cli.command_line.app import app
from keyworker_cli.context import Kw

MORNING = datetime(2026, 5, 12, 7, 15, tzinfo=UTC)
TODAY = MORNING.date()
FEW, MANY = 6, 60
OFFICERS = ("SHAH", "REED", "GONE")

REPORTS = (
    "overdue --days 7",
    "unallocated",
    "first-meetings --all",
    "not-met",
    "budget",
    "budget --by wing",
    "budget --next",
    "caseload SHAH",
    "caseload --wing B",
    "why A0001BC",
    "allocate --dry-run",
    "allocate --from GONE --dry-run",
    "allocate --return REED --dry-run",
    "rota show",
    "prisoner list --all",
    "worker list",
    "worker show GONE",
    "event list --all",
    "acct list",
    "acct reviews",
    "need list",
    "plan --dry-run",
    "forecast",
    "briefing",
    "notes check",
    "notes sample",
    "voice sample",
    "voice show",
    "stats --compare",
    "compliance",
    "audit list",
    "doctor",
)


def statements(line: str, database: Path) -> list[str]:
    """The statements that a command, typed as a person types it, asks of the file that it reads."""
    out, err, stdin = io.StringIO(), io.StringIO(), io.StringIO()
    kw = Kw(database, TODAY, MORNING, named_user="governor", out=out, err=err, stdin=stdin)
    asked: list[str] = []
    assert kw.store.queries is not None
    assert kw.store._reading is not None
    kw.store._reading._connection.set_trace_callback(asked.append)
    app(shlex.split(line), prog_name="kw", standalone_mode=False, obj=kw)
    return asked


def fill(prison: Prison, prisoners: int) -> Path:
    """Prisoners of every kind: seen, unseen, never met, unallocated, without cover, away, with markers, reviews and
    needs.
    """
    for staff_id in OFFICERS:
        prison.officer(staff_id)
        for week in range(6):
            prison.slot(staff_id, TODAY + timedelta(days=7 * (week - 4)), status="PUBLISHED" if week > 3 else "WORKED")
    prison.status("REED", "UNAVAILABLE_ANNUAL_LEAVE", "2026-04-01", back="2026-04-15")
    prison.status("GONE", "UNAVAILABLE_LONG_TERM_ABSENCE", "2026-05-01")
    arrived = date(2026, 3, 2)
    with prison._change(arrived) as change:
        for place in range(prisoners):
            number = f"A{place + 1:04}BC"
            prisoner = change.add_person(
                prison_number=number, last_name=f"Man{place:02}", first_name="John", date_of_birth=date(2004, 1, 1)
            )
            came = arrived + timedelta(days=(0, 14, 60)[place % 3])
            change.open_stay(prisoner, arrived_on=came, arrival_type="RECEPTION", location="B-2-014")
            officer = prison.workers[OFFICERS[place % 3]]
            holding = {"person_id": prisoner, "key_worker_id": officer, "allocation_reason": "AUTO"}
            if place % 3 == 1:
                change._add("allocation", number, **holding, allocated_on=came, **moved_away())
                holding["key_worker_id"] = prison.workers["SHAH"]
            if place % 5 != 4:
                change._add("allocation", number, **holding, allocated_on=came + timedelta(days=1))
            if place % 2:
                seen = {"held_on": came + timedelta(days=2), "minutes": 45, "topics": "DEBT"}
                change._add("session", number, person_id=prisoner, key_worker_id=officer, **seen)
            change._add("event", number, person_id=prisoner, code="DEBT", event_on=came)
            change._add("acct", number, person_id=prisoner, opened_on=came)
            change._add("acct_review", number, person_id=prisoner, due_on=TODAY + timedelta(days=2))
            change._add("need", number, person_id=prisoner, raised_on=came, text="Ring his solicitor")
            if place % 4 == 3:
                change._add("absence", number, person_id=prisoner, reason="HOSPITAL", from_on=came)
    prison.store.close()
    return prison.address


def moved_away() -> dict[str, Any]:
    """What ended an allocation when the key worker was not there."""
    return {"ended_on": date(2026, 4, 2), "end_reason": "STAFF_STATUS_CHANGE"}


@pytest.fixture(scope="module")
def prisons(tmp_path_factory) -> tuple[Path, Path]:
    """One prison of six prisoners and one of sixty, with the same officers."""
    folder = tmp_path_factory.mktemp("prisons")
    return fill(Prison(folder / "few.db"), FEW), fill(Prison(folder / "many.db"), MANY)


@pytest.mark.parametrize("line", REPORTS)
def test_ten_times_the_prisoners_are_asked_for_in_as_many_statements(prisons, line) -> None:
    few, many = (statements(line, database) for database in prisons)

    assert any("SELECT" in one for one in few)
    assert len(many) == len(few)
