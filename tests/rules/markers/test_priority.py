"""See today: until he has been seen since the signal, and then when his week is up (help: see-today)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.rules.codes.signals import MarkerCode, ProcessMarker
from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.markers.in_force import markers_in_force
from keyworker_cli.rules.markers.marker import Marker
from keyworker_cli.rules.markers.priority import priority_of, process_markers
from keyworker_cli.rules.markers.table import FAMILIES
from rules.markers.marked_prisoner import DEFAULTS, event, priority, prisoner, tiers

TODAY = date(2026, 5, 12)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


# Mr A and Mr B

MR_A = prisoner("A1001AA", arrived=date(2026, 1, 5), seen=date(2026, 3, 25), date_of_birth=date(2006, 8, 14))
MR_A_EVENTS = [
    event("BASIC", date(2026, 3, 30), at_minute=900),
    event("VIOLENCE_TO_PRISONER", date(2026, 4, 2), at_minute=625),
    event("FURTHER_CHARGES", date(2026, 4, 20)),
    event("LONG_SENTENCE", date(2026, 5, 8)),
    event("SEG", date(2026, 5, 13), at_minute=580),
]


def test_mr_a_is_to_be_seen_from_2_april_when_violence_comes_to_basic() -> None:
    days = [date(2026, 3, 25) + timedelta(days=n) for n in range(50)]

    listed = [day for day in days if priority(MR_A, MR_A_EVENTS, as_of=day).see_today]

    assert listed == [day for day in days if day >= date(2026, 4, 2)]


def test_mr_a_rises_to_tier_1_with_the_long_sentence_and_with_segregation() -> None:
    tier = {day: priority(MR_A, MR_A_EVENTS, as_of=date(2026, 5, day)).tier for day in (7, 8, 12, 13)}

    assert tier == {7: 2, 8: 1, 12: 1, 13: 1}


def test_mr_a_s_segregation_counts_at_ten_and_not_at_nine() -> None:
    at = [priority(MR_A, MR_A_EVENTS, as_of=date(2026, 5, 13), at_minute=hour * 60).codes for hour in (9, 10)]

    assert ["SEG" in codes for codes in at] == [False, True]


def test_mr_b_is_to_be_seen_on_the_day_of_his_partner_s_call_and_on_the_days_after() -> None:
    mr_b = prisoner("B1002BB", arrived=date(2025, 9, 1), seen=date(2025, 9, 16))
    call = [event("RELATIONSHIP", date(2026, 3, 18), at_minute=1050)]

    found = {day: priority(mr_b, call, as_of=date(2026, 3, day)) for day in (17, 18, 19, 20)}

    assert [found[day].see_today for day in (17, 18, 19, 20)] == [False, True, True, True]
    assert [found[day].tier for day in (17, 18)] == [None, 1]


# The rule


@pytest.mark.parametrize(("gap", "see_today"), [(3, False), (6, False), (7, True), (8, True)])
def test_a_prisoner_seen_since_his_tier_1_marker_leaves_the_list_until_his_week_is_up(
    gap: int, see_today: bool
) -> None:
    seen = prisoner(seen=ago(gap))

    assert priority(seen, [event("SELF_HARM", ago(gap + 1))], as_of=TODAY).see_today is see_today


def test_a_prisoner_not_seen_since_his_tier_1_marker_is_on_the_list_whatever_his_gap() -> None:
    assert priority(prisoner(seen=ago(1)), [event("SELF_HARM", TODAY)], as_of=TODAY).see_today


def test_a_transfer_in_his_early_days_counts_once_and_with_first_custody_twice() -> None:
    came = prisoner(arrived=ago(2), arrival_type="TRANSFER_IN")

    assert tiers(came, as_of=TODAY) == [("EARLY_DAYS", 2), ("TRANSFER", 2)]
    assert not priority(came, as_of=TODAY).see_today
    assert priority(came, [event("FIRST_CUSTODY", ago(2))], as_of=TODAY).see_today


@pytest.mark.parametrize(("gap", "see_today"), [(7, False), (28, False), (29, True)])
def test_one_tier_2_marker_is_enough_when_the_gap_is_serious(gap: int, see_today: bool) -> None:
    assert priority(prisoner(seen=ago(gap)), [event("DEBT", ago(3))], as_of=TODAY).see_today is see_today


def test_two_tier_3_markers_do_not_put_a_prisoner_on_the_list() -> None:
    events = [event("EDUCATION", ago(3)), event("SELF_HARM_HISTORY", ago(3))]

    assert not priority(prisoner(seen=ago(60)), events, as_of=TODAY).see_today


def test_a_warning_has_no_tier_and_puts_nobody_on_the_list() -> None:
    found = priority(prisoner(seen=ago(60)), [event("NO_ONE_TO_ONE", ago(3))], as_of=TODAY)

    assert (found.tier, found.see_today, found.codes) == (None, False, ("NO_ONE_TO_ONE",))


def test_a_prisoner_never_seen_has_not_been_seen_since_anything() -> None:
    assert priority(prisoner(arrived=ago(2)), [event("SELF_HARM", ago(1))], as_of=TODAY).see_today


@pytest.mark.parametrize(
    ("seen_at", "marked_at", "see_today"),
    [(600, 540, False), (600, 600, False), (600, 660, True), (None, 540, True), (600, None, True), (None, None, True)],
)
def test_on_the_day_of_the_marker_the_times_decide_and_where_one_is_missing_he_stays(
    seen_at: int | None, marked_at: int | None, see_today: bool
) -> None:
    seen = prisoner(seen=TODAY, last_session_minute=seen_at)

    found = priority(seen, [event("SELF_HARM", TODAY, at_minute=marked_at)], as_of=TODAY)

    assert found.see_today is see_today


def test_a_prisoner_met_on_the_day_he_came_has_been_seen_since_he_came() -> None:
    met = prisoner(arrived=ago(2), seen=ago(2), arrival_type="RECALL")
    at_reception = [event("FIRST_CUSTODY", ago(3))]

    assert not priority(met, at_reception, as_of=TODAY).see_today
    assert priority(met._replace(last_session_on=None), at_reception, as_of=TODAY).see_today


def test_a_newer_marker_of_tier_2_counts_beside_one_of_tier_1_that_he_was_seen_since() -> None:
    seen = prisoner(seen=ago(3))
    events = [event("SELF_HARM", ago(5)), event("DEBT", ago(1))]

    assert priority(seen, events, as_of=TODAY).see_today


# Process markers

ROTA = {"last_slot_on": ago(1), "rota_on": TODAY}


def process(who: Contact, **rota) -> tuple[str, ...]:
    return process_markers(who, as_of=TODAY, **{**ROTA, **rota})


SEEN = {"seen": ago(1), "key_worker_id": 1, "staff_id": "SHAH", "allocated_on": ago(100), "met_on": ago(90)}


def test_key_work_that_goes_well_has_no_process_marker() -> None:
    assert process(prisoner(**SEEN)) == ()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"seen": None}, "NEVER_SEEN"),
        ({"met_on": None}, "NOT_MET"),
        ({"staff_id": None}, "NO_KEY_WORKER"),
        ({"refusals_since": 3}, "REFUSED_3"),
        ({"allocated_on": ago(14), "worker_before_id": 2}, "WORKER_CHANGED"),
    ],
)
def test_each_process_marker_says_how_key_work_stands(values: dict, code: str) -> None:
    assert process(prisoner(**{**SEEN, **values})) == (code,)


@pytest.mark.parametrize(
    "values",
    [
        {"refusals_since": 2},
        {"allocated_on": ago(15), "worker_before_id": 2},
        {"allocated_on": ago(3), "worker_before_id": None},
        {"allocated_on": ago(3), "worker_before_id": 1},
    ],
)
def test_what_falls_short_of_one_is_none(values: dict) -> None:
    assert process(prisoner(**{**SEEN, **values})) == ()


@pytest.mark.parametrize(
    ("last_slot_on", "rota_on", "no_time"),
    [
        (ago(13), TODAY, False),
        (ago(14), TODAY, True),
        (None, TODAY, True),
        (None, ago(14), False),
        (None, None, False),
    ],
)
def test_a_key_worker_has_no_time_after_14_days_without_a_slot_if_his_wing_has_a_rota(
    last_slot_on: date | None, rota_on: date | None, no_time: bool
) -> None:
    found = process(prisoner(**SEEN), last_slot_on=last_slot_on, rota_on=rota_on)

    assert ("WORKER_NO_TIME" in found) is no_time


# Properties

days_before = st.integers(0, 120).map(ago)
some_events = st.lists(
    st.builds(
        event,
        st.sampled_from([code.value for code in MarkerCode]),
        days_before,
        at_minute=st.none() | st.integers(1, 1439),
        until_on=st.none() | days_before,
        next_seen_on=st.none() | days_before,
    ).filter(lambda one: one.until_on is None or one.until_on >= one.event_on),
    max_size=6,
)
prisoners = st.builds(
    prisoner,
    arrived=days_before,
    arrival_type=st.sampled_from(["RECEPTION", "TRANSFER_IN", "RECALL", "RETURN"]),
    date_of_birth=st.none() | st.dates(date(1960, 1, 1), date(2008, 5, 1)),
    last_session_minute=st.none() | st.integers(1, 1439),
).flatmap(
    lambda who: (st.none() | st.dates(who.arrived_on, TODAY)).map(lambda seen: who._replace(last_session_on=seen))
)


def place(who: Contact, events) -> tuple[bool, int, int]:
    """Where he stands among others: the smaller, the higher."""
    found = priority(who, events, as_of=TODAY)
    return (not found.see_today, -(TODAY - who.clock_from).days, found.tier or 4)


@given(prisoners, some_events, some_events)
def test_adding_a_marker_never_lowers_a_prisoner_s_place(who, events, more) -> None:
    assert place(who, [*events, *more]) <= place(who, events)


@given(prisoners, some_events, st.sampled_from(sorted({*MarkerCode} - {"SEG", "CELLULAR_CONFINEMENT", "BEREAVEMENT"})))
def test_one_that_is_over_changes_nothing(who, events, code) -> None:
    over = event(code, ago(130), until_on=ago(125))

    assert priority(who, [*events, over], as_of=TODAY) == priority(who, events, as_of=TODAY)


@given(prisoners, some_events, st.sets(st.sampled_from(ProcessMarker)))
def test_process_markers_never_change_the_tier_or_the_list(who, events, process) -> None:
    found = markers_in_force(who, events, (), as_of=TODAY, settings=DEFAULTS)

    plain = priority_of(who, found, as_of=TODAY, settings=DEFAULTS)
    with_process = priority_of(who, found, as_of=TODAY, settings=DEFAULTS, process=process)

    assert (with_process.tier, with_process.see_today) == (plain.tier, plain.see_today)


def slow_see_today(who: Contact, markers: tuple[Marker, ...]) -> bool:
    """The page read aloud, one sentence after the other (help: see-today)."""
    gap = (TODAY - (who.last_session_on or who.arrived_on)).days
    tier_1 = [marker for marker in markers if marker.tier == 1]
    tier_1_or_2 = [marker for marker in markers if marker.tier in (1, 2)]
    families = set()
    for marker in tier_1_or_2:
        families.add(next((name for name, codes in FAMILIES.items() if marker.code in codes), marker.code))
    those = tier_1_or_2 if len(families) >= 2 or gap > 28 else tier_1
    if not those:
        return False
    if gap >= 7 or who.last_session_on is None:
        return True
    newest = max(marker.began_on for marker in those)
    if who.last_session_on != newest:
        return who.last_session_on < newest
    same_day = [marker for marker in those if marker.began_on == newest and marker.at_minute != 0]
    seen_at = who.last_session_minute
    return any(marker.at_minute is None or seen_at is None or marker.at_minute > seen_at for marker in same_day)


@given(prisoners, some_events)
def test_see_today_agrees_with_the_sentence_read_aloud(who, events) -> None:
    found = priority(who, events, as_of=TODAY)

    assert found.see_today is slow_see_today(who, found.markers)
