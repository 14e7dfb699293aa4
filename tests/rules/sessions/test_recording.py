"""Whether a session may be recorded as somebody says it was held."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.errors import RefusedError
from keyworker_cli.rules.facts.sessions import OfficerSession, SessionHeld
from keyworker_cli.rules.facts.stays import Away, Stay
from keyworker_cli.rules.sessions.recording import (
    Recording,
    check_next,
    check_overlap,
    check_start_told,
    check_time,
    days_late,
    note_due_at,
    overlapping,
    recorded_before,
    span,
    start_reckoned_back,
    with_start_known,
)
from keyworker_cli.rules.stays.presence import check_presence, check_stay
from keyworker_cli.rules.stays.record_lock import recorded_after_death

TODAY = date(2026, 5, 12)
NOW = datetime(2026, 5, 12, 13, 30, tzinfo=UTC)  # 14:30 in London
MR_A = "Mr A"


def recording(on=TODAY, minutes=45, start=None, **values):
    return Recording(on, minutes, start, start_given=start is not None, **values)


def stay(arrived, left=None, reason=None):
    return Stay(1, arrived, "RECEPTION", "B-2-014", left, reason, None, None)


def other(start, minutes, person_id=2):
    return OfficerSession(1, person_id, "B2345CD", "Brook", "Sam", start, minutes)


def held(on=TODAY, start=None, minutes=45, outcome="COMPLETED", recorded_at=NOW, **values):
    fields = dict.fromkeys(SessionHeld._fields) | {
        "session_id": 1,
        "key_worker_id": 7,
        "first_name": "Officer",
        "last_name": "P",
        "held_on": on,
        "start_minute": start,
        "type": "KS",
        "minutes": minutes,
        "outcome": outcome,
        "recorded_at": recorded_at,
    }
    return SessionHeld(**(fields | values))


# --- in time ---


def test_a_session_tomorrow_is_refused_and_one_today_is_not():
    check_time(recording(TODAY, start=13 * 60), now=NOW)
    with pytest.raises(RefusedError, match="Wed 13 May 2026 is in the future: today is Tue 12 May 2026"):
        check_time(recording(TODAY + timedelta(days=1)), now=NOW)


def test_a_session_that_begins_later_today_is_refused():
    check_time(recording(start=14 * 60 + 30), now=NOW)
    with pytest.raises(RefusedError, match="from 14:31 today is in the future: it is 14:30"):
        check_time(recording(start=14 * 60 + 31), now=NOW)


def test_a_session_does_not_run_past_midnight():
    yesterday = TODAY - timedelta(days=1)
    check_time(recording(yesterday, 45, 23 * 60 + 15), now=NOW)
    with pytest.raises(RefusedError, match="46 minutes from 23:15 run past midnight"):
        check_time(recording(yesterday, 46, 23 * 60 + 15), now=NOW)


def test_the_next_session_comes_after_this_one():
    check_next(recording(next_session_on=TODAY + timedelta(days=1)))
    with pytest.raises(RefusedError, match="Tue 12 May 2026, is not after this one"):
        check_next(recording(next_session_on=TODAY))


@pytest.mark.parametrize(
    ("now", "minutes", "start"),
    [
        (NOW, 45, 13 * 60 + 45),
        (NOW, 0, 14 * 60 + 30),
        (datetime(2026, 5, 11, 23, 20, tzinfo=UTC), 45, 0),  # 00:20 in London: no earlier than midnight
        (datetime(2026, 1, 12, 9, 0, tzinfo=UTC), 30, 8 * 60 + 30),  # in winter London keeps UTC
        (datetime(2026, 3, 29, 1, 15, tzinfo=UTC), 30, 45),  # 02:15, the clocks having gone forward at 01:00
    ],
)
def test_a_session_of_today_began_its_minutes_before_now(now, minutes, start):
    today = date(2026, 5, 12) if now.month == 5 else now.date()

    assert start_reckoned_back(today, minutes, now=now) == start


def test_the_start_of_a_session_of_another_day_is_not_known():
    assert start_reckoned_back(TODAY - timedelta(days=1), 45, now=NOW) is None


# --- here, and not away ---

ARRIVED, LEFT = date(2026, 3, 2), date(2026, 4, 10)


@pytest.mark.parametrize("on", [ARRIVED, date(2026, 3, 20), LEFT])
def test_the_days_of_arrival_and_departure_are_in_a_stay(on):
    assert check_stay(on, [stay(ARRIVED, LEFT, "RELEASE")], who=MR_A).arrived_on == ARRIVED


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (ARRIVED - timedelta(days=1), "Mr A arrived on Mon 2 Mar 2026"),
        (LEFT + timedelta(days=1), "Mr A was released on Fri 10 Apr 2026"),
    ],
)
def test_a_session_before_arrival_or_after_release_is_refused_saying_when(on, said):
    with pytest.raises(RefusedError, match=said):
        check_stay(on, [stay(ARRIVED, LEFT, "RELEASE")], who=MR_A)


def test_a_session_between_two_stays_names_the_departure():
    later = stay(date(2026, 5, 1))
    with pytest.raises(RefusedError, match="was transferred out on Fri 10 Apr 2026"):
        check_stay(date(2026, 4, 20), [later, stay(ARRIVED, LEFT, "TRANSFER_OUT")], who=MR_A)


def test_a_prisoner_who_left_and_came_back_on_one_day_was_seen_in_the_new_stay():
    assert check_stay(LEFT, [stay(ARRIVED, LEFT, "RELEASE"), stay(LEFT)], who=MR_A).left_on is None


@pytest.mark.parametrize(("day", "refused"), [(8, False), (9, False), (10, True), (17, True), (18, False)])
def test_he_may_be_seen_on_the_day_he_goes_and_the_day_he_is_back_but_not_between(day, refused):
    nine_nights = [Away("HOSPITAL", date(2026, 5, 9), date(2026, 5, 18))]
    if refused:
        with pytest.raises(RefusedError, match="hospital from Sat 9 May to Mon 18 May"):
            check_presence(date(2026, 5, day), nine_nights, who=MR_A)
    else:
        check_presence(date(2026, 5, day), nine_nights, who=MR_A)


def test_a_prisoner_who_is_not_back_yet_is_away_on_every_later_day():
    with pytest.raises(RefusedError, match="court from Sat 9 May and not recorded as back"):
        check_presence(TODAY, [Away("COURT", date(2026, 5, 9), None)], who=MR_A)


def test_a_session_with_a_prisoner_who_has_died_is_a_late_entry():
    died = stay(ARRIVED, LEFT, "DIED")

    assert recorded_after_death(died)
    assert recorded_after_death(died, recorded_at=datetime(2026, 4, 11, 9, tzinfo=UTC))
    assert not recorded_after_death(died, recorded_at=datetime(2026, 4, 10, 9, tzinfo=UTC))
    assert not recorded_after_death(stay(ARRIVED, LEFT, "RELEASE"))


# --- one officer, one place at a time ---


@pytest.mark.parametrize(
    ("start", "minutes", "overlaps"),
    [(540, 60, True), (555, 15, True), (599, 1, True), (600, 30, False), (510, 30, False), (510, 31, True)],
)
def test_sessions_of_one_officer_share_no_minute(start, minutes, overlaps):
    assert (overlapping(start, minutes, [other(540, 60)], on=TODAY) is not None) == overlaps


def test_an_overlap_names_the_other_prisoner_and_the_time():
    with pytest.raises(RefusedError, match=r"was then with Sam Brook \(B2345CD\), Tue 12 May 2026 09:00–10:00"):
        check_overlap(recording(start=570), [other(540, 60)], officer="Officer P")


def test_what_has_no_known_start_or_no_minutes_overlaps_nothing():
    assert overlapping(None, 45, [other(540, 60)], on=TODAY) is None
    assert overlapping(540, 45, [other(None, 60)], on=TODAY) is None
    assert overlapping(545, 0, [other(540, 60)], on=TODAY) is None
    assert overlapping(540, 60, [other(545, 0)], on=TODAY) is None


@given(
    st.none() | st.integers(0, 120),
    st.integers(0, 60),
    st.lists(st.tuples(st.none() | st.integers(0, 120), st.integers(0, 60)), max_size=4),
)
def test_an_overlap_is_found_exactly_where_a_minute_is_shared(start, minutes, others):
    def minutes_of(began, lasted):
        return set() if began is None else set(range(began, began + lasted))

    shared = [minutes_of(start, minutes) & minutes_of(*one) for one in others]

    found = overlapping(start, minutes, [other(*one) for one in others], on=TODAY)

    first = next((place for place, both in enumerate(shared) if both), None)
    assert found == (None if first is None else other(*others[first]))


def test_a_start_that_was_only_reckoned_gives_way_to_a_session_with_another_prisoner():
    reckoned = recording()._replace(start_minute=570)

    assert with_start_known(reckoned, 1, [other(540, 60)]).start_minute is None
    assert with_start_known(reckoned, 1, [other(630, 60)]).start_minute == 570
    assert with_start_known(recording(start=570), 1, [other(540, 60)]).start_minute == 570


def test_a_reckoned_start_does_not_give_way_to_a_session_with_the_same_prisoner():
    reckoned = recording()._replace(start_minute=570)

    assert with_start_known(reckoned, 2, [other(540, 60)]).start_minute == 570


# --- once only ---


def test_the_same_prisoner_officer_day_type_and_start_is_the_same_session():
    there = [held(start=540)]

    assert recorded_before(recording(start=540, minutes=30), 7, there, now=NOW) == there[0]
    assert recorded_before(recording(start=541), 7, there, now=NOW) is None
    assert recorded_before(recording(start=540), 8, there, now=NOW) is None
    assert recorded_before(recording(TODAY - timedelta(days=1), start=540), 7, there, now=NOW) is None


def test_a_command_retyped_within_ten_minutes_is_the_same_session_though_its_start_moved_on():
    there = [held(start=825)]
    retyped = recording()._replace(start_minute=827)

    assert recorded_before(retyped, 7, there, now=NOW + timedelta(minutes=10)) == there[0]
    assert recorded_before(retyped, 7, there, now=NOW + timedelta(minutes=11)) is None
    assert recorded_before(retyped._replace(minutes=30), 7, there, now=NOW) is None
    assert recorded_before(retyped._replace(start_given=True), 7, there, now=NOW) is None


def test_a_session_alike_with_one_start_unknown_is_the_same_session():
    assert recorded_before(recording(), 7, [held(start=540)], now=NOW)
    assert recorded_before(
        recording()._replace(start_minute=900), 7, [held(recorded_at=NOW - timedelta(hours=3))], now=NOW
    )


def test_a_second_session_of_a_day_that_differs_needs_its_start():
    morning = [held(start=540)]

    with pytest.raises(RefusedError, match="at 09:00 already, 45 minutes") as refused:
        check_start_told(recording(minutes=20), 7, morning)
    assert "--start" in refused.value.hint
    check_start_told(recording(minutes=20, start=900), 7, morning)
    check_start_told(recording(minutes=20), 8, morning)


# --- late ---


def test_a_note_is_due_24_hours_after_the_session_or_by_the_end_of_the_next_day():
    assert note_due_at(TODAY, 465, 45) == datetime(2026, 5, 13, 7, 30, tzinfo=UTC)
    assert note_due_at(TODAY, None, 45).date() == date(2026, 5, 13)
    assert note_due_at(date(2026, 3, 28), 720, 30) == datetime(2026, 3, 29, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(("days", "late"), [(0, None), (7, None), (8, 8), (10, 10)])
def test_a_session_is_recorded_late_after_a_week(days, late):
    assert days_late(TODAY - timedelta(days=days), now=NOW) == late


def test_a_span_is_said_by_the_clock():
    assert span(840, 45, on=TODAY) == "14:00–14:45"
    assert span(840, 0, on=TODAY) == "14:00"
    assert span(90, 45, on=date(2026, 10, 25)) == "01:30–01:15 (the clocks changed)"
