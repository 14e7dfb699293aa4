"""The figures of a period, against a slow twin that goes through every prisoner's every day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.rules.budget.delivery import DeliveryFacts, Wait, find_record, sum_up
from keyworker_cli.rules.dates.periods import Period
from keyworker_cli.rules.facts.spans import AbsenceSpan, AllocationSpan, Beginning, CellMove, TimeHeld
from keyworker_cli.rules.settings import Settings

NEW_YEAR = date(2026, 1, 1)
LAST = 40
DEFAULTS = Settings()
days = st.integers(0, LAST)
PRISONERS = (1, 2, 3)


def on(number):
    return None if number is None else NEW_YEAR + timedelta(days=number - 20)


@st.composite
def prisoners(draw):
    """Up to three prisoners with one stay each: arrival, perhaps an end, scope, allocations, nights away, moves,
    sessions.
    """
    facts = DeliveryFacts([], [], [], [], [])
    for prisoner in PRISONERS:
        arrived = draw(days)
        left = draw(st.none() | st.integers(arrived, LAST))
        end = LAST if left is None else left
        inside = st.integers(arrived, end)
        scope = draw(st.none() | inside)
        ends = sorted(draw(st.lists(inside, min_size=4, max_size=4)))
        held = [AllocationSpan(prisoner, draw(st.sampled_from((7, 8))), on(a), on(b)) for a, b in (ends[:2], ends[2:])]
        held = [one for one in held if one.allocated_on < one.ended_on]
        nights = sorted(draw(st.lists(inside, min_size=2, max_size=2)))
        sessions = [
            TimeHeld(
                prisoner, draw(st.sampled_from((7, 8))), on(day), None, draw(st.sampled_from(("KS", "KE"))), minutes
            )
            for day, minutes in draw(st.lists(st.tuples(inside, st.sampled_from((5, 14, 15, 45))), max_size=5))
        ]
        counted = [one.held_on for one in sessions if one.type == "KS" and one.minutes >= 15]
        first = min((one.allocated_on for one in held), default=None)
        facts.beginnings.append(
            Beginning(prisoner, on(arrived), on(left), on(scope), "A-1-001", first, min(counted, default=None))
        )
        facts.absences.append(AbsenceSpan(prisoner, on(nights[0]), on(nights[1])))
        facts.allocations.extend(held)
        facts.moves.extend([CellMove(prisoner, on(draw(inside)), "B-1-001")] if draw(st.booleans()) else [])
        facts.sessions.extend(sessions)
    return facts


def slowly(facts, period):
    """Count the days of each prisoner one by one: present, eligible, allocated; the prisoners seen and not seen."""
    present = eligible = allocated = 0
    with_days = set()
    for stay in facts.beginnings:
        for number in range(period.length):
            day = period.first_on + timedelta(days=number)
            if not stay.arrived_on <= day or (stay.left_on is not None and stay.left_on <= day):
                continue
            present += 1
            away = any(a.person_id == stay.person_id and a.from_on <= day < a.to_on for a in facts.absences)
            if away or (stay.out_of_scope_from is not None and stay.out_of_scope_from <= day):
                continue
            eligible += 1
            with_days.add(stay.person_id)
            allocated += any(
                a.person_id == stay.person_id and a.allocated_on <= day < a.ended_on for a in facts.allocations
            )
    done = [
        one
        for one in facts.sessions
        if period.first_on <= one.held_on <= period.last_on
        for stay in facts.beginnings
        if stay.person_id == one.person_id and (stay.out_of_scope_from is None or one.held_on < stay.out_of_scope_from)
    ]
    counted = [one for one in done if one.type == "KS" and one.minutes >= 15]
    seen = {one.person_id for one in counted}
    return (
        present,
        eligible,
        allocated,
        len(counted),
        sum(one.type == "KE" for one in done),
        sum(one.minutes for one in done),
        len(with_days & seen),
        len(with_days - seen),
    )


def counts(found):
    return (
        found.present_days,
        found.eligible_days,
        found.allocated_days,
        found.sessions,
        found.entries,
        found.minutes,
        found.seen,
        found.not_seen,
    )


periods = st.tuples(days, days).map(sorted).map(lambda ends: Period(on(ends[0]), on(ends[1]), on(LAST)))


@given(prisoners(), periods)
def test_every_count_is_what_going_through_each_mans_days_gives(facts, period):
    found = sum_up(find_record(facts, period=period, settings=DEFAULTS), settings=DEFAULTS)

    assert counts(found) == slowly(facts, period)


@given(prisoners(), periods)
def test_wings_and_key_workers_add_up_to_the_prison(facts, period):
    record = find_record(facts, period=period, settings=DEFAULTS)
    total = sum_up(record, settings=DEFAULTS)

    for key in (lambda one: one.wing, lambda one: one.key_worker_id):
        parts = [sum_up(part, settings=DEFAULTS) for part in record.by(key).values()]
        for name in ("present_days", "eligible_days", "allocated_days", "sessions", "entries", "minutes"):
            assert sum(getattr(part, name) for part in parts) == getattr(total, name)
        for wait in ("to_allocation", "to_first_session"):
            summed = [sum(numbers) for numbers in zip(*(getattr(part, wait) for part in parts), strict=True)]
            assert Wait(*(summed or (0, 0, 0))) == getattr(total, wait)


@given(prisoners(), periods)
def test_a_prisoner_who_moved_is_counted_once_whatever_the_wings(facts, period):
    record = find_record(facts, period=period, settings=DEFAULTS)
    total = sum_up(record, settings=DEFAULTS)
    wings = [sum_up(part, settings=DEFAULTS) for part in record.by(lambda one: one.wing).values()]

    assert sum(wing.seen + wing.not_seen for wing in wings) == total.seen + total.not_seen


@given(prisoners(), periods)
def test_a_prisoner_never_seen_can_not_improve_the_mean(facts, period):
    """Adding a prisoner nobody sees leaves the mean as it is and adds one who is waiting."""
    unseen = Beginning(99, period.first_on, None, None, "A-1-001", None, None)
    more = DeliveryFacts([*facts.beginnings, unseen], *(facts.moves, facts.absences, facts.allocations, facts.sessions))
    before = sum_up(find_record(facts, period=period, settings=DEFAULTS), settings=DEFAULTS)
    after = sum_up(find_record(more, period=period, settings=DEFAULTS), settings=DEFAULTS)

    assert after.to_first_session.mean == before.to_first_session.mean
    assert after.to_first_session.not_yet == before.to_first_session.not_yet + 1
    assert after.not_seen == before.not_seen + 1


def test_of_no_days_every_rate_is_none_and_never_zero():
    period = Period(NEW_YEAR, NEW_YEAR, NEW_YEAR)
    found = sum_up(find_record(DeliveryFacts([], [], [], [], []), period=period, settings=DEFAULTS), settings=DEFAULTS)

    assert (found.allocated_rate, found.delivery_rate, found.minutes_per_prisoner_week) == (None, None, None)
    assert found.to_first_session.mean is None
    assert (found.sessions, found.expected_sessions) == (0, 0.0)
