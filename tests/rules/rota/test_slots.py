"""What a slot on the rota may be, and what it counts as (help: rota)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.errors import NotFoundError, RefusedError, UsageError
from keyworker_cli.rules.facts.rota import Slot
from keyworker_cli.rules.rota.slots import (
    SlotTime,
    choose_slot,
    find_new_slots,
    parse_loss,
    parse_reason,
    parse_slot,
    prisoners_not_seen,
    say_hours,
    say_slot,
    state_of_slot,
)

TUESDAY = date(2026, 5, 12)


def slot(
    start: int = 540,
    end: int = 675,
    *,
    on: date = TUESDAY,
    status: str = "PUBLISHED",
    reason: str | None = None,
    unavailable: str | None = None,
) -> Slot:
    """A slot on Officer Shah's rota."""
    return Slot(1, 1, "SHAH", "Shah", "Officer", "B", on, start, end, status, reason, None, unavailable)


def test_a_morning_slot_is_135_minutes():
    morning = parse_slot(TUESDAY, "09:00", "11:15")

    assert (morning.minutes, say_slot(morning)) == (135, "Tue 12 May 2026 09:00-11:15")


def test_a_slot_of_15_minutes_is_taken_and_one_of_14_refused():
    assert parse_slot(TUESDAY, "09:00", "09:15").minutes == 15
    with pytest.raises(RefusedError, match="lasts 14 minutes"):
        parse_slot(TUESDAY, "09:00", "09:14")


@pytest.mark.parametrize("end", ["08:59", "09:00"])
def test_a_slot_that_ends_before_or_as_it_starts_is_refused(end):
    with pytest.raises(RefusedError, match="ends before it starts"):
        parse_slot(TUESDAY, "09:00", end)


def test_a_slot_of_25_hours_cannot_be_written():
    with pytest.raises(UsageError, match="there is no hour 34"):
        parse_slot(TUESDAY, "09:00", "34:00")


def test_a_slot_may_run_up_to_midnight_but_not_over_it():
    assert say_hours(parse_slot(TUESDAY, "23:00", "24:00")) == "23:00-24:00"
    with pytest.raises(RefusedError, match="ends before it starts"):
        parse_slot(TUESDAY, "23:00", "01:00")


def test_a_slot_that_touches_another_is_no_overlap():
    after = SlotTime(TUESDAY, 675, 720)

    assert find_new_slots([after], [slot()]) == [after]


def test_the_same_hours_on_another_day_are_no_overlap():
    tomorrow = SlotTime(TUESDAY + timedelta(days=1), 540, 675)

    assert find_new_slots([tomorrow], [slot()]) == [tomorrow]


@pytest.mark.parametrize(("start", "end"), [(660, 720), (500, 541), (550, 600), (500, 700), (540, 600)])
def test_a_slot_that_overlaps_one_on_the_rota_is_refused_naming_both(start, end):
    with pytest.raises(RefusedError) as refused:
        find_new_slots([SlotTime(TUESDAY, start, end)], [slot(status="REDEPLOYED", reason="STAFFING")])

    assert "overlaps 09:00-11:15, which is on the rota (redeployed: staffing)" in refused.value.message
    assert "Tue 12 May 2026" in refused.value.message


def test_a_slot_within_a_long_one_of_the_same_pattern_is_refused():
    with pytest.raises(RefusedError, match="of the same pattern"):
        find_new_slots(
            [SlotTime(TUESDAY, 540, 960), SlotTime(TUESDAY, 560, 580), SlotTime(TUESDAY, 600, 640)], recorded=[]
        )


def test_a_slot_that_is_there_already_is_not_new_whatever_became_of_it():
    assert find_new_slots([SlotTime(TUESDAY, 540, 675)], [slot(status="CANCELLED", reason="TRAINING")]) == []


hours = st.integers(0, 95).flatmap(lambda a: st.tuples(st.just(a * 15), st.integers(a + 1, 96).map(lambda b: b * 15)))


def takes_a_minute_twice(times: set[tuple[int, int]]) -> bool:
    """Whether any two of these times overlap, found minute by minute."""
    minutes = [minute for start, end in times for minute in range(start, end)]
    return len(minutes) != len(set(minutes))


@given(st.sets(hours, max_size=5), st.sets(hours, max_size=3).filter(lambda times: not takes_a_minute_twice(times)))
def test_a_plan_is_refused_exactly_when_it_would_take_a_minute_twice(planned, recorded):
    wanted = [SlotTime(TUESDAY, start, end) for start, end in planned]
    there = [slot(start, end) for start, end in recorded]

    if takes_a_minute_twice(planned | recorded):
        with pytest.raises(RefusedError):
            find_new_slots(wanted, there)
    else:
        new = find_new_slots(wanted, there)
        assert {(one.start_minute, one.end_minute) for one in new} == planned - recorded


def test_the_only_slot_of_a_day_need_not_be_named():
    only = slot()

    assert choose_slot([only], officer="Officer Shah", on=TUESDAY, at=None) is only


def test_of_two_slots_the_time_says_which():
    morning, afternoon = slot(), slot(840, 975)

    for at, chosen in (("09:00", morning), ("11:14", morning), ("14:00", afternoon)):
        assert choose_slot([morning, afternoon], officer="Officer Shah", on=TUESDAY, at=at) is chosen


def test_of_two_slots_none_is_guessed():
    with pytest.raises(UsageError, match="2 slots on Tue 12 May 2026: 09:00-11:15, 14:00-16:15"):
        choose_slot([slot(), slot(840, 975)], officer="Officer Shah", on=TUESDAY, at=None)


def test_a_time_at_which_there_is_no_slot_is_said_with_those_there_are():
    with pytest.raises(NotFoundError) as missing:
        choose_slot([slot()], officer="Officer Shah", on=TUESDAY, at="11:15")

    assert "no slot at 11:15" in missing.value.message
    assert "09:00-11:15" in missing.value.hint


@pytest.mark.parametrize(("minutes", "prisoners"), [(135, 3), (134, 2), (45, 1), (44, 0)])
def test_lost_minutes_are_so_many_whole_prisoners_not_seen(minutes, prisoners):
    assert prisoners_not_seen(minutes, minutes_each=45) == prisoners


def test_an_unknown_reason_is_answered_with_the_nearest_and_the_list():
    with pytest.raises(UsageError) as wrong:
        parse_reason("stafing")

    listed = "STAFFING, ESCORT, INCIDENT, TRAINING, LEAVE, SICK, OTHER"
    assert wrong.value.hint == f"did you mean STAFFING? There are {listed}."


def test_a_reason_is_taken_in_any_case():
    assert parse_reason(" staffing ") == "STAFFING"


def test_the_beginning_of_a_reason_is_enough_where_it_can_be_no_other():
    assert parse_reason("staff") == "STAFFING"
    assert parse_loss("red") == "REDEPLOYED"


def test_worked_is_not_what_becomes_of_a_lost_slot():
    with pytest.raises(UsageError, match="there is no status of a dropped slot 'worked'"):
        parse_loss("worked")


@pytest.mark.parametrize(
    ("on", "status", "unavailable", "state"),
    [
        (-1, "WORKED", None, "worked"),
        (-1, "REDEPLOYED", None, "lost"),
        (-1, "CANCELLED", None, "lost"),
        (-1, "ABSENT", None, "lost"),
        (-1, "PUBLISHED", None, "not confirmed"),
        (0, "PUBLISHED", None, "to come"),
        (0, "WORKED", None, "worked"),
        (0, "REDEPLOYED", None, "lost"),
        (1, "PUBLISHED", None, "to come"),
        (1, "REDEPLOYED", None, "to come"),
        (1, "WORKED", None, "to come"),
        (-1, "WORKED", "UNAVAILABLE_ANNUAL_LEAVE", "lost"),
        (-1, "PUBLISHED", "UNAVAILABLE_ANNUAL_LEAVE", "lost"),
        (0, "PUBLISHED", "UNAVAILABLE_LONG_TERM_ABSENCE", "not there"),
        (1, "PUBLISHED", "INACTIVE", "not there"),
    ],
)
def test_a_slot_counts_as_what_became_of_it_by_the_end_of_the_day(on, status, unavailable, state):
    one = slot(on=TUESDAY + timedelta(days=on), status=status, unavailable=unavailable)

    assert state_of_slot(one, as_of=TUESDAY).value == state
