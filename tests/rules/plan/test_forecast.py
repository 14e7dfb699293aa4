"""The forecast, against a slow twin that walks through the days with one plan each."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.rules.facts.contact import Contact
from keyworker_cli.rules.facts.spans import AbsenceSpan
from keyworker_cli.rules.markers.priority import Known
from keyworker_cli.rules.plan.forecast import Forecast, Outlook, Passing, WhyAhead, forecast_contact
from keyworker_cli.rules.rota.lost import lose_slots, without_lost
from rules.markers.marked_prisoner import DEFAULTS, event
from rules.plan.planned_day import TODAY, slot, unseen

DAY = timedelta(days=1)
UNTIL = TODAY + 14 * DAY
NOTHING = Known((), (), (), ())


def look_ahead(prisoners, slots=(), *, known: Known = NOTHING, absences=(), reach: date | None = UNTIL) -> Forecast:
    outlook = Outlook(list(prisoners), list(absences), known, list(slots), {})
    wings = {} if reach is None else {None: reach, "C": reach}
    return forecast_contact(outlook, as_of=TODAY, until=UNTIL, session_minutes=45, reach=wings, settings=DEFAULTS)


def passing(forecast: Forecast) -> dict[int, date]:
    return {one.prisoner.person_id: one.overdue_on for one in forecast.passing}


def only(forecast: Forecast) -> Passing:
    (one,) = forecast.passing
    return one


def held(number: int, days: int, officer: int = 1, **values) -> Contact:
    """A prisoner of an officer of wing C."""
    return unseen(number, days, officer=officer, staff_id="K01", worker_wing="C", **values)


# --- against a slow twin ---


def slow_first_lapse(gap: int, seen_on: set[int], last: int) -> int | None:
    """The first day ahead on which more than 7 days have passed since he was last seen; `last` ends the rota."""
    for ahead in range(1, 15):
        since = [ahead - day for day in seen_on if day <= ahead] or [gap + ahead]
        passed_again = any(day < ahead for day in seen_on)
        if min(since) == 8 and (ahead <= last or not passed_again):
            return ahead
    return None


@given(gap=st.integers(0, 7), slots=st.sets(st.integers(0, 14)), last=st.integers(0, 14))
def test_one_prisoner_with_a_place_each_day_his_key_worker_is_there(gap: int, slots: set[int], last: int) -> None:
    rota = [slot(1, on=TODAY + day * DAY) for day in slots if day <= last]
    seen_on = {day for day in slots if day <= last and (day or gap)}

    found = passing(look_ahead([held(1, gap)], rota, reach=TODAY + last * DAY))

    expected = slow_first_lapse(gap, seen_on, last)
    assert found == ({} if expected is None else {1: TODAY + expected * DAY})


# --- who is named, and when ---


def test_a_prisoner_whom_nobody_sees_passes_the_limit_on_the_eighth_day() -> None:
    assert passing(look_ahead([held(1, 5)])) == {1: TODAY + 3 * DAY}


def test_a_prisoner_over_the_limit_already_is_counted_and_not_named() -> None:
    found = look_ahead([held(1, 8)])

    assert (passing(found), [prisoner.person_id for prisoner in found.over_already]) == ({}, [1])


def test_a_prisoner_seen_on_the_very_day_does_not_pass_it() -> None:
    assert passing(look_ahead([held(1, 5)], [slot(1, on=TODAY + 3 * DAY)])) == {1: TODAY + 11 * DAY}


def test_who_is_seen_and_passes_again_after_the_rota_ends_is_only_counted() -> None:
    found = look_ahead([held(1, 5)], [slot(1, on=TODAY + DAY)], reach=TODAY + DAY)

    assert (passing(found), found.later) == ({}, 1)


def test_a_prisoner_kept_in_time_by_another_officer_alone_is_named_as_such() -> None:
    one = only(look_ahead([held(1, 5)], [slot(2, on=TODAY + DAY)], reach=TODAY + 3 * DAY))

    assert (one.overdue_on, one.with_another, one.why) == (TODAY + 3 * DAY, True, WhyAhead.NO_TIME)
    assert (one.chance.on, one.chance.slot.staff_id) == (TODAY + DAY, "K02")


def test_a_place_goes_to_the_higher_prisoner_and_the_other_passes_the_limit() -> None:
    found = look_ahead([held(1, 5), held(2, 6)], [slot(1, on=TODAY + DAY)], reach=TODAY + 3 * DAY)

    one = only(found)
    assert (one.prisoner.person_id, one.with_another, one.why) == (1, False, WhyAhead.NO_PLACE)


def test_a_prisoner_called_once_and_seen_is_called_no_more_by_the_same_marker() -> None:
    called = Known([event("SELF_HARM", TODAY)], (), (), ())
    slots = [slot(1, on=TODAY + day * DAY) for day in (1, 2)]

    found = look_ahead([held(1, 1), held(2, 6)], slots, known=called, reach=TODAY + 2 * DAY)

    assert passing(found) == {}


def test_today_s_slots_still_to_come_are_used() -> None:
    assert look_ahead([held(1, 7)], [slot(1)]).chances[1].on == TODAY


# --- why ---


def test_the_reason_names_the_rota_and_not_the_officer() -> None:
    leave = {"worker_status": "UNAVAILABLE_ANNUAL_LEAVE", "worker_return_on": TODAY + 3 * DAY}
    back_before = {**leave, "worker_return_on": TODAY + 2 * DAY}

    assert only(look_ahead([held(1, 5)])).why is WhyAhead.NO_TIME
    assert only(look_ahead([held(1, 5)], reach=TODAY + 2 * DAY)).why is WhyAhead.NO_ROTA
    assert only(look_ahead([held(1, 5)], reach=None)).why is WhyAhead.NO_ROTA
    assert only(look_ahead([unseen(1, 5)])).why is WhyAhead.UNALLOCATED
    assert only(look_ahead([held(1, 5, **{**leave, "worker_return_on": TODAY + 4 * DAY})])).why is (
        WhyAhead.WORKER_UNAVAILABLE
    )
    assert only(look_ahead([held(1, 5, **back_before)])).why is WhyAhead.NO_TIME


def test_a_prisoner_away_on_the_day_is_named_as_away_and_seen_when_he_is_back() -> None:
    away = held(1, 5, away="HOSPITAL")
    span = AbsenceSpan(1, TODAY - DAY, TODAY + 5 * DAY)
    slots = [slot(1, on=TODAY + day * DAY) for day in (2, 5)]

    one = only(look_ahead([away], slots, absences=[span], reach=TODAY + 5 * DAY))

    assert (one.overdue_on, one.why, one.chance.on) == (TODAY + 3 * DAY, WhyAhead.AWAY, TODAY + 5 * DAY)


def test_a_prisoner_not_to_be_seen_one_to_one_has_no_place() -> None:
    known = Known([event("NO_ONE_TO_ONE", TODAY - DAY)], (), (), ())

    one = only(look_ahead([held(1, 5)], [slot(1, on=TODAY + DAY)], known=known))

    assert (one.why, one.chance) == (WhyAhead.NO_ONE_TO_ONE, None)


# --- slots lost ---


@given(st.integers(0, 20), st.integers(0, 100), st.integers(0, 100), st.integers(0, 5))
def test_the_same_seed_loses_the_same_slots_and_more_per_cent_loses_those_too(number, few, many, seed) -> None:
    slots = [slot(officer, on=TODAY + DAY) for officer in range(1, number + 1)]
    few, many = sorted((few, many))

    def lost(percent: int) -> set[int]:
        return lose_slots(slots, percent=percent, seed=seed, as_of=TODAY)

    assert lost(few) <= lost(many)
    assert len(lost(many)) == round(number * many / 100)
    assert lost(few) == lose_slots(slots[::-1], percent=few, seed=seed, as_of=TODAY)


def test_a_lost_slot_stays_on_the_rota_and_gives_no_time() -> None:
    given_slot = slot(1, on=TODAY + DAY)

    found = look_ahead([held(1, 5)], without_lost([given_slot], {given_slot.slot_id}))

    assert (found.places, only(found).why) == (0, WhyAhead.NO_TIME)
