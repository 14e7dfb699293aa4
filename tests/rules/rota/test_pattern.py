"""A weekly pattern on the rota: as people type it, to a date, all of it or none."""

from datetime import date

import pytest

from keyworker_cli.errors import RefusedError, UsageError
from keyworker_cli.rules.rota.pattern import plan_slots
from keyworker_cli.rules.rota.slots import SlotTime, say_slot

TUESDAY = date(2026, 5, 12)


def plan(**given: str) -> list[SlotTime]:
    """What is planned on Tue 12 May 2026 by these options."""
    options = dict.fromkeys(("on", "start", "end", "weekly", "until")) | given
    return plan_slots(**options, today=TUESDAY)


def test_one_slot_is_a_day_and_its_hours():
    assert [say_slot(slot) for slot in plan(on="thu", start="9:00", end="11.15")] == ["Thu 14 May 2026 09:00-11:15"]


def test_a_pattern_runs_from_tomorrow_to_its_last_day_included():
    planned = plan(weekly="tue 09:00-11:15, fri 14:00-16:15", until="26/5/2026")

    assert [say_slot(slot) for slot in planned] == [
        "Fri 15 May 2026 14:00-16:15",
        "Tue 19 May 2026 09:00-11:15",
        "Fri 22 May 2026 14:00-16:15",
        "Tue 26 May 2026 09:00-11:15",
    ]


def test_a_pattern_may_begin_on_a_day_that_is_named():
    assert plan(weekly="tue 09:00-11:15", on="today", until="today") == [SlotTime(TUESDAY, 540, 675)]


def test_a_pattern_keeps_its_hours_across_the_clock_change():
    planned = plan(weekly="sun 09:00-11:15", on="22/3/2026", until="29/3/2026")

    assert [(slot.slot_on.day, slot.start_minute) for slot in planned] == [(22, 540), (29, 540)]


@pytest.mark.parametrize("text", ["Tue 09:00-11:15", "tuesday 9:00 - 11:15", "TUES 0900-1115", "tue 09:00 to 11:15"])
def test_a_pattern_is_read_as_people_write_it(text):
    assert plan(weekly=text, until="+1w") == [SlotTime(date(2026, 5, 19), 540, 675)]


@pytest.mark.parametrize("text", ["", "tue", "09:00-11:15", "xtu 09:00-11:15", "tu 09:00-11:15", "tue 09:00"])
def test_what_is_no_weekday_with_a_time_is_refused(text):
    with pytest.raises(UsageError, match="is not a weekday with a time"):
        plan(weekly=text, until="+1w")


def test_a_pattern_without_an_end_is_refused():
    with pytest.raises(UsageError, match="needs its last day"):
        plan(weekly="tue 09:00-11:15")


def test_a_pattern_that_ends_before_it_begins_is_refused_naming_both_days():
    with pytest.raises(RefusedError, match=r"ends on Thu 14 May 2026, before it begins on Mon 18 May 2026"):
        plan(weekly="tue 09:00-11:15", on="18/5/2026", until="14/5/2026")


def test_a_pattern_of_years_is_taken_for_a_year_mistyped():
    with pytest.raises(RefusedError, match="runs for 5846 days"):
        plan(weekly="tue 09:00-11:15", until="14/5/2042")


def test_a_pattern_none_of_whose_days_comes_is_refused():
    with pytest.raises(RefusedError, match="none of these weekdays"):
        plan(weekly="tue 09:00-11:15", until="fri")


@pytest.mark.parametrize("text", ["tue 11:15-09:00", "tue 09:00-09:14"])
def test_a_slot_of_a_pattern_is_checked_as_any_other(text):
    with pytest.raises(RefusedError):
        plan(weekly=text, until="+1w")


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, "no --on DATE, --from HH:MM, --to HH:MM"),
        ({"on": "thu", "start": "09:00"}, "no --to HH:MM"),
        (
            {"on": "thu", "start": "09:00", "end": "11:15", "until": "+4w"},
            "--until is the last day of a weekly pattern",
        ),
        ({"weekly": "tue 09:00-11:15", "until": "+4w", "start": "09:00"}, "says its times itself"),
    ],
)
def test_half_a_slot_and_half_a_pattern_are_refused_saying_what_is_missing(given, wrong):
    with pytest.raises(UsageError, match=wrong):
        plan(**given)
