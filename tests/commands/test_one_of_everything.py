"""One prisoner, seen once, is counted as one: no page says "1 prisoners", "1 days" or "all 1"."""

import re
from datetime import UTC, datetime

import pytest

from commands.test_nothing_recorded import REPORTS
from factories import world

LATER = datetime(2026, 6, 1, 9, tzinfo=UTC)
MANY_OF_ONE = re.compile(
    r"(?<![.,])\b1 (?:more )?(?:prisoners|sessions|days|weeks|slots|places|minutes|officers|mornings|notes|points"
    r"|concerns|rows|key workers|reviews|nights|wings|entries|actions)\b|\b[Aa]ll 1\b|\b1 \w+ (?:are|were|have)\b"
)


@pytest.fixture
@world
def one_of_everything(prison):
    """One prisoner with one key worker, one session, one slot, one concern and one ACCT."""
    prison.officer("SHAH", capacity=1)
    prison.prisoner("A1234BC", arrived="2026-05-01")
    prison.allocated("A1234BC", "SHAH", "2026-05-02")
    prison.session("A1234BC", "SHAH", "2026-05-04")
    prison.event("A1234BC", "SELF_HARM", "2026-05-11")
    prison.acct("A1234BC", "2026-05-11")
    prison.slot("SHAH", "2026-05-12", status="PUBLISHED")
    return prison


@pytest.mark.parametrize("day", ["2026-05-04", "2026-05-05", "2026-05-12", "2026-05-19"])
def test_one_is_counted_as_one_on_every_page(kw, one_of_everything, day):
    for report in (*REPORTS, "overdue --days 1", "overdue --days 2", "first-meetings --all", "budget --by wing"):
        told = kw(f"{report} --as-of {day}", now=LATER)
        assert told.code == 0, (report, told.err)
        assert not MANY_OF_ONE.findall(told.out + told.err), report


def test_nobody_waits_where_the_one_arrival_has_been_met(kw, one_of_everything):
    assert "Nobody is waiting: the one arrival has been met." in kw("first-meetings").out


def test_a_limit_of_one_day_and_a_session_of_one_minute_are_counted_as_one(kw, one_of_everything):
    one_of_everything.setting("gap.days", "1")
    one_of_everything.setting("gap.serious_days", "1")
    one_of_everything.session("A1234BC", "SHAH", "2026-05-08", 1)
    one_of_everything.deallocated("A1234BC", "2026-05-10")

    for report in ("briefing", "caseload SHAH", "compliance", "why A1234BC", "timeline A1234BC", "overdue"):
        told = kw(report, now=LATER)
        assert not MANY_OF_ONE.findall(told.out + told.err), report
    away = kw("prisoner away A1234BC --reason COURT")
    assert away.out.splitlines()[1] == "His gap runs; no time is required for the nights away."
