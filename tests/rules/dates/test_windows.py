"""Which weeks are meant, and how they are said."""

from datetime import date

import pytest

from keyworker_cli.errors import UsageError
from keyworker_cli.rules.dates.periods import ask_weeks

TUESDAY = date(2026, 5, 12)


def asked(**said):
    return [str(week) for week in ask_weeks(as_of=TUESDAY, **said).weeks]


def test_unless_said_the_last_four_complete_weeks_are_meant():
    assert asked() == ["2026-W16", "2026-W17", "2026-W18", "2026-W19"]


def test_a_week_is_complete_when_its_sunday_ends():
    assert str(ask_weeks(as_of=date(2026, 5, 10), weeks=1).weeks[0]) == "2026-W19"
    assert str(ask_weeks(as_of=date(2026, 5, 9), weeks=1).weeks[0]) == "2026-W18"


@pytest.mark.parametrize(
    ("week", "meant"),
    [
        ("2026-W15", "2026-W15"),
        ("9 apr", "2026-W15"),
        ("2026-04-12", "2026-W15"),
        ("last", "2026-W19"),
        ("this", "2026-W20"),
        ("next", "2026-W21"),
    ],
)
def test_a_week_is_said_by_its_number_by_any_date_in_it_or_from_today(week, meant):
    assert asked(week=week) == [meant]


def test_next_is_the_week_to_come():
    assert asked(ahead=True) == ["2026-W21"]


@pytest.mark.parametrize(
    "said", [{"week": "last", "weeks": 4}, {"week": "last", "ahead": True}, {"weeks": 4, "ahead": True}]
)
def test_only_one_way_of_saying_which_weeks_is_taken(said):
    with pytest.raises(UsageError, match="each say which weeks"):
        asked(**said)


@pytest.mark.parametrize("week", ["2026-W54", "whenever", "31/2"])
def test_a_week_that_is_none_is_refused(week):
    with pytest.raises(UsageError):
        asked(week=week)


def test_a_week_is_behind_running_or_ahead():
    states = {
        w: (one.complete, one.ahead) for w in ("last", "this", "next") if (one := ask_weeks(as_of=TUESDAY, week=w))
    }

    assert states == {"last": (True, False), "this": (False, False), "next": (False, True)}


def test_weeks_of_two_years_are_said_with_their_years():
    assert ask_weeks(as_of=date(2027, 1, 12), weeks=2).words() == (
        "2026-W53, 2027-W01, Mon 28 Dec 2026 to Sun 10 Jan 2027"
    )
