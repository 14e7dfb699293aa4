"""Mr A: every number about his gap, on every date (help: two-men)."""

import json
from datetime import date, timedelta

import pytest

from keyworker_cli.reports.contact.overdue import gap_report
from keyworker_cli.reports.question import ReportRequest
from keyworker_cli.rules.settings import Settings
from replays.worlds import MR_A, mr_a

LAST_SEEN = date(2026, 3, 25)


def days_from(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@pytest.fixture
def states(prison) -> dict[date, str | None]:
    """His state on every date from his key worker's first day to his last; `None` when he is not listed."""
    store = mr_a(prison).store
    found: dict[date, str | None] = {}
    for as_of in days_from(date(2026, 1, 6), date(2026, 5, 13)):
        rows = gap_report(store, ReportRequest(as_of, Settings())).rows
        found[as_of] = str(rows[0]["state"]) if rows else None
    store.close()
    return found


def test_he_is_due_on_1_april_overdue_from_the_2nd_and_serious_from_the_23rd(states) -> None:
    assert states[date(2026, 3, 31)] is None
    assert states[date(2026, 4, 1)] == "due"
    assert {states[day] for day in days_from(date(2026, 4, 2), date(2026, 4, 22))} == {"overdue"}
    assert {states[day] for day in days_from(date(2026, 4, 23), date(2026, 5, 13))} == {"serious"}


def test_he_stands_overdue_or_serious_on_41_dates_and_on_the_morning_of_the_13th(states) -> None:
    listed = [day for day, state in states.items() if state in ("overdue", "serious")]

    assert listed[:-1] == days_from(date(2026, 4, 2), date(2026, 5, 12))
    assert len(listed[:-1]) == 41
    assert len(listed) == 42


def test_while_he_was_seen_weekly_he_is_only_ever_due_on_the_day(states) -> None:
    assert {state for day, state in states.items() if day <= LAST_SEEN} <= {None, "due"}


def test_on_13_may_he_has_not_been_seen_for_49_days_which_is_7_weeks(kw, prison) -> None:
    mr_a(prison)

    (row,) = json.loads(kw("overdue --days 7 --as-of 13/05/2026 --format json").out)["rows"]

    assert row["prison_number"] == MR_A
    assert (row["days"], row["weeks"]) == (49, 7)
    assert row["clock_from"] == row["last_session_on"] == "2026-03-25"
    assert row["met_current_key_worker"] is True
    assert row["key_worker"] == {"staff_id": "PQ01", "name": "Officer P"}
