"""One key worker's time chain: five different numbers, and the one cause of what is missing."""

import pytest

from keyworker_cli.rules.budget.time_chain import Time, cause_of, round_to_sum, time_of
from keyworker_cli.rules.codes.findings import Cause
from keyworker_cli.rules.settings import Settings
from rules.budget.time_facts import OKAFOR, SHAH, day, session, slot

SUNDAY = day("2026-04-12")
ONE_PRISONER_A_WEEK = 7


def time(*, days=ONE_PRISONER_A_WEEK, slots=(), sessions=(), as_of=SUNDAY, settings=None):
    return time_of(days, slots, sessions, as_of=as_of, settings=settings or Settings())


def test_four_days_require_25_point_7_minutes():
    assert round(time(days=4).required_sevenths / 7, 1) == 25.7


def test_another_weekly_target_requires_other_minutes():
    assert time(settings=Settings(target_minutes_per_week=30)).required_sevenths == 30 * 7


@pytest.mark.parametrize(
    ("status", "became"),
    [
        ("WORKED", "worked_minutes"),
        ("REDEPLOYED", "lost_minutes"),
        ("CANCELLED", "lost_minutes"),
        ("ABSENT", "lost_minutes"),
        ("PUBLISHED", "unconfirmed_minutes"),
    ],
)
def test_a_slot_is_allocated_whatever_became_of_it(status, became):
    found = time(slots=[slot(SHAH, "2026-04-09", status)])

    shares = ("worked_minutes", "lost_minutes", "unconfirmed_minutes", "to_come_minutes")
    assert found.allocated_minutes == 135
    assert {share: getattr(found, share) for share in shares} == {share: 135 * (share == became) for share in shares}


@pytest.mark.parametrize("status", ["WORKED", "REDEPLOYED", "PUBLISHED"])
def test_a_slot_after_the_day_of_asking_is_to_come_whatever_is_stored(status):
    found = time(slots=[slot(SHAH, "2026-04-09", status)], as_of=day("2026-04-08"))

    assert (found.allocated_minutes, found.to_come_minutes, found.worked_minutes, found.lost_minutes) == (
        135,
        135,
        0,
        0,
    )


def test_a_slot_while_the_officer_is_on_leave_is_lost_whatever_is_stored():
    found = time(slots=[slot(SHAH, "2026-04-09", unavailable="UNAVAILABLE_ANNUAL_LEAVE")])

    assert (found.allocated_minutes, found.lost_minutes, found.unavailable_minutes) == (135, 135, 135)


def test_a_slot_to_come_while_the_officer_is_on_leave_is_not_there():
    leave = slot(SHAH, "2026-04-09", "PUBLISHED", unavailable="UNAVAILABLE_ANNUAL_LEAVE")

    found = time(slots=[leave], as_of=day("2026-04-08"))

    assert (found.allocated_minutes, found.to_come_minutes, found.not_there_minutes) == (0, 0, 135)


def test_sessions_and_entries_are_delivered_and_only_sessions_are_individual():
    found = time(sessions=[session(1, SHAH, "2026-04-08", 40), session(1, SHAH, "2026-04-09", 20, type="KE")])

    assert (found.delivered_minutes, found.individual_minutes, found.sessions) == (60, 40, 1)


def test_a_short_contact_is_individual_minutes_but_no_session():
    found = time(sessions=[session(1, SHAH, "2026-04-08", 14)])

    assert (found.individual_minutes, found.sessions) == (14, 0)


def test_a_short_session_uses_the_weekly_time_because_it_has_to_be_prepared_and_written_up():
    assert time(sessions=[session(1, SHAH, "2026-04-08", 20)]).used_minutes == 45
    assert time(sessions=[session(1, SHAH, "2026-04-08", 60)]).used_minutes == 60


@pytest.mark.parametrize(
    ("start", "outside"),
    [(9 * 60, 0), (11 * 60, 0), (9 * 60 - 1, 45), (11 * 60 + 15, 45), (None, 0)],
    ids=["as it begins", "runs over its end", "just before", "as it ends", "start not known"],
)
def test_a_session_that_does_not_begin_in_a_slot_is_outside_profiled_time(start, outside):
    found = time(slots=[slot(SHAH, "2026-04-08")], sessions=[session(1, SHAH, "2026-04-08", start=start)])

    assert found.outside_minutes == outside


def test_a_session_on_a_day_without_a_slot_is_outside_profiled_time():
    found = time(slots=[slot(SHAH, "2026-04-07")], sessions=[session(1, SHAH, "2026-04-08")])

    assert found.outside_minutes == 45


# --- the cause ---


def cause(*, rota_recorded=True, **known):
    return cause_of(time(**known), rota_recorded=rota_recorded)


def minutes(amount, status):
    return slot(SHAH, "2026-04-09", status, start=540, end=540 + amount)


def test_without_any_rota_of_the_wing_nobody_can_tell():
    assert cause(rota_recorded=False) is Cause.NO_ROTA


def test_no_slot_though_others_have_some_is_no_time():
    assert cause() is Cause.NO_TIME


def test_no_slot_is_no_time_even_when_goodwill_met_the_need():
    assert cause(sessions=[session(1, SHAH, "2026-04-08")]) is Cause.NO_TIME


def test_one_session_a_week_meets_one_mans_week():
    assert cause(slots=[minutes(20, "WORKED")], sessions=[session(1, SHAH, "2026-04-09", 20)]) is Cause.MET


def test_an_officer_without_prisoners_has_no_cause():
    assert cause(days=0, slots=[minutes(45, "REDEPLOYED")]) is None


@pytest.mark.parametrize(
    ("slots", "found"),
    [
        ([minutes(20, "WORKED")], Cause.SHORT_TIME),
        ([minutes(45, "REDEPLOYED")], Cause.LOST),
        ([minutes(45, "PUBLISHED")], Cause.UNCONFIRMED),
        ([minutes(45, "WORKED")], Cause.UNUSED),
    ],
)
def test_else_the_cause_is_where_most_of_the_time_went(slots, found):
    assert cause(slots=slots) is found


def test_of_equal_shares_too_little_time_comes_before_time_lost():
    assert cause(days=14, slots=[minutes(45, "REDEPLOYED")]) is Cause.SHORT_TIME


def test_of_equal_shares_time_lost_comes_before_time_not_confirmed():
    slots = [minutes(45, "REDEPLOYED"), slot(SHAH, "2026-04-10", "PUBLISHED", start=540, end=585)]

    assert cause(slots=slots) is Cause.LOST


def test_mr_bs_third_key_worker_had_too_little_time_before_any_of_it_was_lost():
    slots = [slot(OKAFOR, "2026-01-27", "REDEPLOYED"), slot(OKAFOR, "2026-02-24", "REDEPLOYED")]

    found = time(days=5 * 8 * 7, slots=slots)

    assert (found.required_sevenths, found.allocated_minutes, found.worked_minutes) == (1800 * 7, 270, 0)
    assert (found.short_sevenths, found.lost_minutes) == (1530 * 7, 270)
    assert cause_of(found, rota_recorded=True) is Cause.SHORT_TIME


def test_while_enough_is_still_to_come_there_is_no_cause_yet():
    assert cause(slots=[minutes(45, "PUBLISHED")], as_of=day("2026-04-08")) is None


def test_times_add_up_field_by_field():
    both = (Time(worked_minutes=5, sessions=1), Time(worked_minutes=40))
    assert Time.total(both) == Time(worked_minutes=45, sessions=1)
    assert Time.total(()) == Time()


@pytest.mark.parametrize("sevenths", [(900, 900, 900), (1, 1, 1, 1), (315, 450, 180, 270), (0, 3), (), (2205,) * 11])
def test_printed_tenths_add_up_to_the_printed_total_and_none_is_a_tenth_off(sevenths):
    printed = round_to_sum(sevenths)

    assert round(sum(printed), 1) == round(sum(sevenths) / 7, 1)
    assert all(abs(tenth - amount / 7) < 0.1 for tenth, amount in zip(printed, sevenths, strict=True))
