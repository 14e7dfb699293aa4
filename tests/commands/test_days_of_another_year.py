"""No page names a day of another year without it, unless the year stands above it, or at the end of a span.

A day without its year shows by its weekday, which is another in each year.
"""

import re
from datetime import UTC, date, datetime

import pytest

from keyworker_cli.fiction import write_prison
from keyworker_cli.rules.dates.say import MONTHS

LATER = datetime(2027, 7, 1, 9, tzinfo=UTC)
REPORTS = (
    *("briefing", "overdue --days 1", "unallocated", "first-meetings --all", "not-met", "concerns", "fewest", "budget"),
    *("budget --next", "plan", "forecast", "forecast --without OKAF --on 2027-01-25", "caseload PQ01", "why A1001AA"),
    *("why D1023EX", "need list", "prisoner list --all", "worker list", "worker show SH03", "event list", "acct list"),
    *("acct reviews", "handover", "handover D1023EX", "affected A1001AA", "voice sample", "stats", "compliance"),
)
BARE = re.compile(r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (\d{1,2}) ([A-Z][a-z]{2})\b(?! \d{4}| to [^,;]* \d{4})")


@pytest.fixture
def demo(kw, tmp_path):
    """The demo prison."""
    write_prison("demo", tmp_path / "prison")
    assert kw(["import", str(tmp_path / "prison")]).code == 0


def of_another_year(text: str, year: int) -> list[str]:
    """Return the days that stand without a year and are no days of this one."""
    return [
        found[0]
        for found in BARE.finditer(text)
        if date(year, [month[:3] for month in MONTHS].index(found[3]) + 1, int(found[2])).strftime("%a") != found[1]
    ]


def test_a_day_of_another_year_is_told_by_its_weekday():
    assert of_another_year("Tue 12 May and Thu 14 May", 2027) == ["Tue 12 May", "Thu 14 May"]
    assert of_another_year("Tue 12 May and Thu 14 May 2026, Thu 2 Apr to Wed 13 May 2026", 2026) == []


@pytest.mark.parametrize("day", ["2027-01-20", "2026-01-05"])
def test_every_page_says_the_year_of_a_day_that_is_not_of_this_one(kw, demo, day):
    for report in REPORTS:
        if "2027" not in report or day.startswith("2027"):
            told = kw(f"{report} --as-of {day}", now=LATER)
            assert told.code in (0, 5), (report, told.err)
            assert not of_another_year(told.out, int(day[:4])), report
