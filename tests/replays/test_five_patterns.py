"""Five patterns that a morning page once left out: each is named on it, and on which mornings.

The crowd is the standard invented prison: 600 prisoners, more on each list than the page has room for. The five are
invented too.
"""

import io
import shlex
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import copyfile

import pytest

from factories import Prison
from keyworker_cli.cli import Environment, main
from keyworker_cli.fiction import write_prison

TODAY = date(2026, 5, 12)
HE = "A9001ZZ"
OFFICERS = ("PT1", "PT2", "PT3", "PT4", "PT5", "PT6")
LISTS = {
    "To be seen today": "see today",
    "The wings": "wings",
    "The longest gaps": "longest gaps",
    "Concerns not raised": "concerns",
    "New and not met": "new",
    "No key worker": "no key worker",
    "No cover": "no cover",
    "Never met by their key worker": "not met",
    "Fewest sessions in 12 weeks": "fewest",
    "Seldom seen, never serious": "never serious",
    "ACCT reviews due": "reviews",
}


def ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def type_it(line: str, database: Path) -> str:
    out, err = io.StringIO(), io.StringIO()
    there = {"KW_DB": str(database), "KW_USER": "governor"}
    now = datetime(2026, 5, 13, 7, 15, tzinfo=UTC)
    code = main(shlex.split(line), Environment(now, out, err, there, io.StringIO(), None))
    assert code == 0, err.getvalue()
    return out.getvalue()


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The standard invented prison, made once."""
    folder = tmp_path_factory.mktemp("crowd")
    write_prison("standard", folder / "files", seed=2018, years=1)
    type_it(f"import {shlex.quote(str(folder / 'files'))} --as-of {TODAY} --yes", folder / "crowd.db")
    return folder / "crowd.db"


@pytest.fixture
def among(crowd: Path, tmp_path: Path) -> Iterator[Prison]:
    """A copy of it for one test, with six officers more."""
    copyfile(crowd, tmp_path / "kw.db")
    prison = Prison(tmp_path / "kw.db")
    for staff_id in OFFICERS:
        prison.officer(staff_id)
    yield prison
    prison.store.close()


@pytest.fixture
def named(among: Prison) -> Callable[[int], set[str]]:
    """The lists of the page that name him, as of so many days before 12 May: on paper the same as on the terminal."""
    paper = among.address.parent / "briefing.html"

    def on(days: int) -> set[str]:
        found, part = set(), "none"
        for line in type_it(f"briefing --as-of {ago(days)}", among.address).splitlines():
            part = LISTS.get(line, part)
            if HE in line:
                found.add(part)
        type_it(f"briefing --as-of {ago(days)} --output {paper}", among.address)
        parts = (one.partition("</h2>") for one in paper.read_text(encoding="utf-8").split("<h2>"))
        assert {LISTS[title] for title, _, rows in parts if HE in rows} == found
        return found

    return on


def test_four_accts_in_sixteen_weeks_the_last_closed_16_days_ago_and_his_key_worker_never_met(among, named) -> None:
    among.prisoner(HE, arrived=ago(140), name="Four Accts", location="B-2-031", born="1990-01-01")
    among.allocated(HE, "PT1", ago(62))
    for days in (110, 60, 31):
        among.session(HE, "PT2", ago(days), topics="FAMILY")
    for opened, closed in ((110, 100), (80, 70), (50, 40), (24, 16)):
        among.acct(HE, ago(opened), closed=ago(closed), reviewed=ago(closed - 7))

    assert named(49) == {"see today"}, "the morning after the third was opened: a repeat, and new"
    assert named(23) == {"see today"}, "the morning after the fourth"
    assert "see today" in named(17), "open, and 14 days without a session"
    assert "not met" in named(0), "closed, in the crowd of those to be seen: never met for 62 days"


def test_debt_and_bullying_never_raised_in_eight_weekly_sessions_at_the_door(among, named) -> None:
    _moved_from_wing_to_wing(among)
    for week in range(8):
        among.session(HE, OFFICERS[week % 6], ago(54 - 7 * week), 20, place="cell door", topics="REGIME")

    assert "longest gaps" in named(20), "at the door nothing counts: a year's gap, however often somebody came"
    assert "longest gaps" in named(1)


def test_the_same_where_nobody_wrote_down_that_it_was_at_the_door(among, named) -> None:
    _moved_from_wing_to_wing(among)
    for week in range(8):
        among.session(HE, OFFICERS[week % 6], ago(54 - 7 * week), 20, topics="REGIME")

    assert named(40) == {"concerns"}, "seen three times since, and not asked"
    assert named(20) == {"concerns"}
    assert named(1) == {"concerns"}, "both are over: ended, never raised"


def _moved_from_wing_to_wing(among: Prison) -> None:
    """Debt and bullying recorded in one week, six wings and six key workers."""
    among.prisoner(HE, arrived=ago(380), name="Never Asked", location="A-2-032", born="1990-01-01")
    among.session(HE, "PT1", ago(362))
    for number, (staff_id, wing) in enumerate(zip(OFFICERS, "ABCDEB", strict=True)):
        among.allocated(HE, staff_id, ago(58 - 9 * number))
        day = date.fromisoformat(ago(58 - 9 * number))
        among._recorded("move", day, person_id=among.people[HE], moved_on=day, location=f"{wing}-3-04{number}")
    among.event(HE, "DEBT", ago(55))
    among.event(HE, "BULLIED", ago(55))


def test_53_days_in_segregation_on_an_acct_with_refusals_at_the_door_only(among, named) -> None:
    among.prisoner(HE, arrived=ago(90), name="Kept Apart", location="B-2-033", born="1990-01-01")
    among.allocated(HE, "PT3", ago(89))
    among.session(HE, "PT3", ago(57))
    among.event(HE, "SEG", ago(53), at="10:00")
    among.acct(HE, ago(50))
    for days in (40, 30, 20, 10, 3):
        among.session(HE, "PT3", ago(days), outcome="REFUSED", place="cell door")

    for days in (52, 20, 0):
        assert "see today" in named(days), f"{days} days before"


def test_told_of_a_death_the_day_after_arriving_with_an_acct_just_closed_and_no_slot_left(among, named) -> None:
    among.prisoner(
        HE, arrived=ago(1), name="Just Here", location="A-2-034", born="1990-01-01", arrival_type="TRANSFER_IN"
    )
    among.acct(HE, ago(1), closed=ago(1))
    among.event(HE, "BEREAVEMENT", ago(0), at="14:30")

    afternoon = type_it(f"briefing --as-of {TODAY}", among.address)

    (row,) = [line for line in afternoon.splitlines() if HE in line and "bereavement" in line]
    new = afternoon.index("New concern in the last 72 hours"), afternoon.index("The others: by priority")
    assert new[0] < afternoon.index(row) < new[1]
    assert "bereavement" in row
    assert "see today" in named(-1), "and on the next morning"


def test_on_basic_for_months_and_seen_once_a_month_of_other_things(among, named) -> None:
    among.prisoner(HE, arrived=ago(200), name="Never Of Basic", location="B-2-036", born="1990-01-01")
    among.allocated(HE, "PT1", ago(190))
    among.event(HE, "BASIC", ago(140))
    for days in (155, *range(130, 0, -27)):
        among.session(HE, "PT1", ago(days), 20, topics="FAMILY")

    for days in (100, 0):
        assert "concerns" in named(days), f"{days} days before"


def test_on_basic_for_months_and_seen_at_the_door_alone(among, named) -> None:
    among.prisoner(HE, arrived=ago(200), name="At The Door", location="B-2-037", born="1990-01-01")
    among.allocated(HE, "PT1", ago(190))
    among.session(HE, "PT1", ago(150))
    among.event(HE, "BASIC", ago(140))
    for days in range(130, 0, -30):
        among.session(HE, "PT1", ago(days), 20, place="cell door")

    for days in (60, 10):
        assert {"longest gaps", "fewest"} <= named(days), f"{days} days before"


def test_a_debt_raised_once_and_then_again_in_debt_and_never_asked(among, named) -> None:
    among.prisoner(HE, arrived=ago(200), name="Asked Once", location="B-2-038", born="1990-01-01")
    among.allocated(HE, "PT1", ago(190))
    for week in range(27):
        among.session(HE, "PT1", ago(188 - 7 * week), topics="DEBT" if week == 15 else "FAMILY")
    for days in (85, 60):
        among.event(HE, "DEBT", ago(days))

    assert named(78) == set(), "raised in the week in which it began"
    for days in (33, 5):
        assert named(days) == {"concerns"}, f"{days} days before: seen every week since, and not asked"


def test_one_session_every_24_days_for_eight_months_and_never_serious(among, named) -> None:
    among.prisoner(HE, arrived=ago(252), name="Now And Then", location="B-2-035", born="1990-01-01")
    among.allocated(HE, "PT4", ago(250))
    for days in range(12, 241, 24):
        among.session(HE, "PT4", ago(days))

    for days in (90, 0):
        assert named(days) == {"never serious"}, f"{days} days before"
