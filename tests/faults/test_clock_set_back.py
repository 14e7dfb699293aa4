"""The machine's clock is set back a day: what is recorded then is kept in order, and it is said."""

import json
from datetime import datetime

import pytest

from faults.demo_prison import MORNING, NOW, demo_at
from faults.whole import contents

pytestmark = pytest.mark.sqlite_file
DAY_BEFORE = datetime(2026, 5, 11, 7, 15, tzinfo=MORNING.tzinfo).isoformat()
DAY_AFTER = datetime(2026, 5, 15, 7, 15, tzinfo=MORNING.tzinfo).isoformat()
REPORTS = ["overdue", "unallocated", "first-meetings --all", "not-met", "caseload PQ01", "budget", "briefing", "stats"]


def test_what_is_recorded_after_it_stands_in_a_sound_audit(database, loaded, tmp_path) -> None:
    demo_at(database)
    for line in ("worker capacity PQ01 8", "log-session F1003KC --minutes 30 --by PQ01 --on today --start 07:30"):
        assert loaded.start(line, database=database, now=NOW).wait().code == 0
    (tmp_path / "key_workers.csv").write_text("staff_id,last_name,first_name,capacity\nPQ01,P,Officer,7\n")

    for line in (
        "worker capacity PQ01 9",
        f"import {tmp_path / 'key_workers.csv'}",
        "log-session F1003KC --minutes 20 --by PQ01 --on today --start 06:50",
    ):
        ended = loaded.start(line, database=database, now=DAY_BEFORE).wait()
        assert ended.code == 0, ended.err

    assert contents(database)
    for moment in (DAY_BEFORE, NOW):
        assert loaded.start("audit verify", database=database, now=moment).wait().code == 0


def test_a_later_word_stands_whatever_the_clock_said_and_never_before_the_one_it_replaced(database, loaded) -> None:
    demo_at(database)
    assert loaded.start("worker capacity PQ01 8", database=database, now=NOW).wait().code == 0
    assert loaded.start("worker capacity PQ01 9", database=database, now=DAY_BEFORE).wait().code == 0

    def capacity(known_at: str) -> object:
        line = f"worker list --format json --as-of 2026-05-12 --known-at '{known_at}'"
        rows = json.loads(loaded.start(line, database=database, now=NOW).wait().out)["rows"]
        return next(row["capacity"] for row in rows if row["staff_id"] == "PQ01")

    assert (capacity("12/05/2026 07:00"), capacity("12/05/2026 09:00")) == (7, 9)


@pytest.mark.parametrize("line", REPORTS)
def test_no_report_counts_days_below_zero(line, database, loaded) -> None:
    demo_at(database)

    ended = loaded.start(f"{line} --format json", database=database, now=DAY_BEFORE).wait()

    assert ended.code == 0, ended.err
    assert not [days for days in days_in(json.loads(ended.out)) if days < 0]


def days_in(answer: object) -> list[float]:
    if isinstance(answer, dict):
        own = [value for key, value in answer.items() if "days" in key and isinstance(value, int | float)]
        return own + [days for value in answer.values() for days in days_in(value)]
    return [days for value in answer for days in days_in(value)] if isinstance(answer, list) else []


def test_the_doctor_says_that_something_was_recorded_later_than_now(database, loaded) -> None:
    """The demo prison is made as of Thursday 14 May."""
    demo_at(database)

    before, after = (
        loaded.start("doctor --format csv", database=database, now=now).wait().out for now in (DAY_AFTER, DAY_BEFORE)
    )

    assert "set the machine's clock" not in before
    assert "something was recorded on Thu 14 May 2026 01:00, and this machine's clock says Mon 11 May" in after
