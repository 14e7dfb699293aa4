"""When an officer's absence began: the one he is in, or was in last (help: rota)."""

from datetime import UTC, date, datetime

import pytest

from keyworker_cli.rules.facts.officers import StatusSpell
from keyworker_cli.rules.rota.staff_status import absence_began

ON = date(2026, 5, 12)
AWAY, SICK, ACTIVE = "UNAVAILABLE_ANNUAL_LEAVE", "UNAVAILABLE_LONG_TERM_ABSENCE", "ACTIVE"


def spell(status: str, from_on: str, back: str | None = None, until: str | None = None) -> StatusSpell:
    days = [date.fromisoformat(text) if text else None for text in (back, until)]
    return StatusSpell(status, date.fromisoformat(from_on), *days, datetime(2026, 1, 1, tzinfo=UTC), "tester", True)


@pytest.mark.parametrize(
    ("spells", "began"),
    [
        ([], None),
        ([spell(ACTIVE, "2026-01-01")], None),
        ([spell(AWAY, "2026-05-04", "2026-05-20")], "2026-05-04"),
        ([spell(AWAY, "2026-05-04", "2026-05-11")], "2026-05-04"),
        ([spell(ACTIVE, "2026-05-11"), spell(SICK, "2026-04-01"), spell(ACTIVE, "2026-01-01")], "2026-04-01"),
        ([spell(AWAY, "2026-05-20", "2026-06-01")], None),
    ],
    ids=["none", "never away", "in it", "over by itself", "back by word", "still to come"],
)
def test_the_last_absence_is_meant(spells, began) -> None:
    assert absence_began(spells, on=ON) == (date.fromisoformat(began) if began else None)


def test_sickness_that_takes_up_where_leave_ends_is_one_absence() -> None:
    spells = [spell(SICK, "2026-05-04"), spell(AWAY, "2026-04-20", "2026-05-04")]

    assert absence_began(spells, on=ON) == date(2026, 4, 20)


def test_a_day_at_work_between_two_leaves_makes_them_two() -> None:
    spells = [spell(AWAY, "2026-05-05", "2026-05-20"), spell(AWAY, "2026-04-20", "2026-05-04")]

    assert absence_began(spells, on=ON) == date(2026, 5, 5)


def test_a_spell_cut_short_by_another_still_runs_until_it() -> None:
    spells = [spell(SICK, "2026-05-04"), spell(AWAY, "2026-04-20", "2026-05-20")]

    assert absence_began(spells, on=ON) == date(2026, 4, 20)
