"""What a change of the rota does is what two whole forecasts differ by (help: forecast)."""

import os
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from keyworker_cli.rules.markers.priority import Known
from keyworker_cli.rules.plan.forecast import Forecast, Outlook, forecast_contact
from keyworker_cli.rules.plan.what_if import HARM, Effect, differences, find_mends, left_out_now
from keyworker_cli.rules.rota.lost import without_lost
from rules.markers.marked_prisoner import DEFAULTS, event
from rules.plan.planned_day import TODAY, slot, unseen

DAY = timedelta(days=1)
UNTIL = TODAY + 9 * DAY
NOTHING = Known((), (), (), ())
WORLDS = int(os.environ.get("KW_WORLDS", "12"))


def look(prisoners, slots, *, known: Known = NOTHING, reach: date = UNTIL) -> Forecast:
    return forecast_contact(
        Outlook(list(prisoners), [], known, list(slots), {}),
        as_of=TODAY,
        until=UNTIL,
        session_minutes=45,
        reach={None: reach, "C": reach},
        settings=DEFAULTS,
        look_at=[TODAY + ahead * DAY for ahead in range(10)],
    )


def without(slots, days):
    return without_lost(slots, {one.slot_id for one in slots if (one.key_worker_id, one.slot_on) in days})


def told(forecast: Forecast) -> dict[int, tuple[date, bool]]:
    return {one.prisoner.person_id: (one.overdue_on, one.with_another) for one in forecast.passing}


def first_places(forecast: Forecast) -> dict[int, date]:
    return {person: chance.on for person, chance in forecast.chances.items()}


@settings(max_examples=WORLDS)
@given(
    gaps=st.lists(st.tuples(st.integers(0, 12), st.integers(1, 3)), min_size=1, max_size=7),
    times=st.sets(st.tuples(st.integers(1, 3), st.integers(0, 9)), max_size=12),
    away=st.sets(st.tuples(st.integers(1, 3), st.integers(0, 9)), max_size=6),
    called=st.sets(st.integers(0, 6)),
)
def test_the_difference_is_that_of_two_whole_forecasts(gaps, times, away, called) -> None:
    prisoners = [unseen(number, gap, officer=officer) for number, (gap, officer) in enumerate(gaps)]
    known = NOTHING._replace(
        events=[event("SELF_HARM", TODAY - DAY, person_id=n) for n in called if n < len(prisoners)]
    )
    slots = [slot(officer, on=TODAY + ahead * DAY) for officer, ahead in sorted(times)]
    days = {(officer, TODAY + ahead * DAY) for officer, ahead in away}

    base = look(prisoners, slots, known=known)
    changed = look(prisoners, without(slots, days), known=known)
    twin = look(prisoners, [one for one in slots if (one.key_worker_id, one.slot_on) not in days], known=known)

    assert (told(changed), first_places(changed)) == (told(twin), first_places(twin))
    found = {one.prisoner.person_id: one.effect for one in differences(base, changed, prisoners)}
    over = {prisoner.person_id for prisoner in base.over_already}
    for prisoner in prisoners:
        key = prisoner.person_id
        was, now = told(base).get(key), told(twin).get(key)
        seen = [first_places(one).get(key, date.max) for one in (base, twin)]
        moved = seen[0] != seen[1] and (key in over or (was and now))
        assert (key in found) == (was != now or bool(moved))
        if was is None and now is not None:
            assert found[key] in (Effect.PASSES, Effect.NEEDS_ANOTHER)
        if was is not None and now is None:
            assert found[key] in (Effect.IS_KEPT, Effect.NEEDS_NO_OTHER)
    assert {(one.on, one.prisoner.person_id) for one in left_out_now(base, changed, prisoners) if one.now} <= (
        twin.left_out - base.left_out
    )


def test_without_a_slot_the_prisoner_it_was_for_passes_the_limit_and_a_slot_more_makes_up_for_it() -> None:
    prisoners = [unseen(1, 5, officer=1)]
    slots = [slot(1, on=TODAY + DAY)]
    base = look(prisoners, slots, reach=TODAY + 5 * DAY)
    fewer = without(slots, {(1, TODAY + DAY)})

    (lost,) = differences(base, look(prisoners, fewer, reach=TODAY + 5 * DAY), prisoners)
    assert (lost.effect, lost.before, lost.after.overdue_on) == (Effect.PASSES, None, TODAY + 3 * DAY)

    offers = [slot(1, on=TODAY + ahead * DAY, slot_id=-ahead) for ahead in (2, 4)]
    (mend,) = find_mends(
        [lost], offers, lambda more: look(prisoners, [*fewer, *more], reach=TODAY + 5 * DAY), base, prisoners
    )
    assert (mend.slot.slot_on, mend.mended, mend.left) == (TODAY + 2 * DAY, 1, 0)


def test_one_to_be_seen_on_the_day_is_left_out_when_the_officer_is_away() -> None:
    prisoners = [unseen(1, 2, officer=1)]
    known = NOTHING._replace(events=[event("SELF_HARM", TODAY - DAY, person_id=1)])
    slots = [slot(1, on=TODAY + DAY)]

    base = look(prisoners, slots, known=known)
    (left,) = left_out_now(base, look(prisoners, without(slots, {(1, TODAY + DAY)}), known=known), prisoners)

    assert (left.on, left.now) == (TODAY + DAY, True)


def test_nobody_over_the_limit_is_forgotten_because_they_were_over_it_already() -> None:
    prisoners = [unseen(1, 20, officer=1)]
    slots = [slot(1, on=TODAY + DAY), slot(1, on=TODAY + 3 * DAY)]

    (one,) = differences(look(prisoners, slots), look(prisoners, without(slots, {(1, TODAY + DAY)})), prisoners)

    assert one.effect is Effect.WAITS_LONGER
    assert one.effect in HARM
