"""Key workers' budgets: they add up to wings and the prison, and never hide the prisoners behind an average."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.rules.budget.budget import combine, find_budgets
from keyworker_cli.rules.budget.time_chain import Time
from keyworker_cli.rules.codes.findings import Cause
from keyworker_cli.rules.dates.periods import Window
from keyworker_cli.rules.facts.spans import AllocationSpan, StaySpan, TimeHeld
from keyworker_cli.rules.settings import Settings
from rules.budget.time_facts import OKAFOR, SHAH, P, allocated, facts, session, slot, stay, weeks

W15 = weeks("2026-W15")


def budgets(window=W15, **known):
    found = find_budgets(facts(**known), window=window, settings=Settings())
    return {one.worker.staff_id if one.worker else one.wing: one for one in found}


def prisoners_of(officer, count=6, *, first=1, arrived="2026-01-05"):
    prisoners = range(first, first + count)
    return {
        "stays": [stay(prisoner, arrived) for prisoner in prisoners],
        "allocations": [allocated(prisoner, officer, "2026-01-06") for prisoner in prisoners],
    }


def test_an_officer_without_time_is_named_with_the_weeks_though_he_had_some_before():
    rota = [slot(P, "2026-03-25"), slot(SHAH, "2026-03-26"), slot(SHAH, "2026-04-02"), slot(SHAH, "2026-04-09")]

    found = budgets(weeks("2026-W12", "2026-W15"), slots=rota, **prisoners_of(P))["P"]

    assert [str(week) for week in found.empty_weeks] == ["2026-W14", "2026-W15"]
    assert not found.at_zero


def test_a_week_for_which_nobody_of_the_wing_has_a_rota_says_nothing_about_an_officer():
    rota = [slot(SHAH, "2026-03-26"), slot(OKAFOR, "2026-04-09")]

    found = budgets(weeks("2026-W13", "2026-W15"), slots=rota, **prisoners_of(P))["P"]

    assert found.empty_weeks == ()
    assert found.cause is Cause.NO_TIME


def test_without_any_rota_of_his_wing_nobody_can_tell():
    assert budgets(slots=[slot(OKAFOR, "2026-04-09")], **prisoners_of(P))["P"].cause is Cause.NO_ROTA


def test_delivered_minutes_are_those_of_whoever_held_the_session():
    found = budgets(sessions=[session(1, SHAH, "2026-04-08")], **prisoners_of(P))

    assert found["P"].time.delivered_minutes == 0
    assert found["SHAH"].time.delivered_minutes == 45


def test_a_prisoner_seen_by_anyone_is_not_unseen():
    found = budgets(sessions=[session(1, SHAH, "2026-04-08")], **prisoners_of(P, 2))

    assert found["P"].unseen == {2}


def test_a_prisoner_with_two_key_workers_in_a_week_is_unseen_with_both_and_once_in_the_prison():
    held = [allocated(1, P, "2026-01-06", "2026-04-09"), allocated(1, OKAFOR, "2026-04-09")]

    found = budgets(stays=[stay(1, "2026-01-05")], allocations=held)

    assert found["P"].unseen == found["OKAFOR"].unseen == {1}
    assert len(combine(list(found.values())).unseen) == 1


def test_prisoners_without_a_key_worker_stand_apart_by_their_own_wing():
    found = budgets(stays=[stay(1, "2026-01-05"), stay(2, "2026-01-05", cell="C-2-003")])

    assert {wing: one.time.eligible_days for wing, one in found.items()} == {"B": 7, "C": 7}


def test_an_officer_with_double_time_does_not_hide_one_with_none():
    prisoners = [prisoners_of(P, 3), prisoners_of(SHAH, 3, first=4)]
    rota = [slot(SHAH, f"2026-04-{on:02}", end=540 + 90) for on in (6, 7, 8)]
    known = {name: [fact for his in prisoners for fact in his[name]] for name in prisoners[0]}

    wing = combine(list(budgets(slots=rota, **known).values()), wing="B")

    assert wing.time.allocated_minutes * 7 == wing.time.required_sevenths
    assert wing.time.short_sevenths == 135 * 7
    assert wing.causes == {Cause.NO_TIME: 1, Cause.UNUSED: 1}


def test_a_rota_that_is_published_later_is_not_known_yet():
    rota = [slot(SHAH, "2026-04-07", published="2026-04-03")]
    before, after = weeks("2026-W15", as_of="2026-04-02"), weeks("2026-W15", as_of="2026-04-03")

    assert budgets(before, slots=rota, **prisoners_of(SHAH))["SHAH"].cause is Cause.NO_ROTA
    assert budgets(after, slots=rota, **prisoners_of(SHAH))["SHAH"].time.to_come_minutes == 135


# --- whatever the world is like ---

MONDAY = date(2026, 3, 23)
near = st.integers(-5, 40).map(lambda later: MONDAY + timedelta(days=later))
prisoners = st.integers(1, 6)
officers = st.sampled_from((P, SHAH, OKAFOR))
status = st.sampled_from(("PUBLISHED", "WORKED", "REDEPLOYED", "CANCELLED", "ABSENT"))
leave = st.sampled_from((None, None, "UNAVAILABLE_ANNUAL_LEAVE"))
some_slots = st.lists(
    st.builds(lambda who, on, was, off: slot(who, on.isoformat(), was, unavailable=off), officers, near, status, leave)
)
some_sessions = st.lists(
    st.builds(
        TimeHeld,
        prisoners,
        officers,
        near,
        st.none() | st.integers(480, 1000),
        st.sampled_from(("KS", "KE")),
        st.integers(1, 90),
    )
)
some_stays = st.lists(
    st.builds(
        lambda prisoner, on, cell: StaySpan(prisoner, on, None, None, cell),
        prisoners,
        near,
        st.sampled_from(("B-1-001", "C-1-001")),
    ),
    unique_by=lambda one: one.person_id,
)
some_allocations = st.lists(
    st.builds(
        lambda prisoner, who, on, more: AllocationSpan(prisoner, who, on, on + timedelta(days=more)),
        prisoners,
        officers,
        near,
        st.integers(0, 30),
    )
)
windows = st.builds(lambda as_of: Window(weeks("2026-W13", "2026-W16").weeks, as_of), near)
worlds = st.fixed_dictionaries(
    {"stays": some_stays, "allocations": some_allocations, "slots": some_slots, "sessions": some_sessions}
)


def amounts(found):
    return {name: sum(getattr(one.time, name) for one in found) for name in Time._fields}


@given(worlds, windows)
def test_key_workers_add_up_to_wings_and_wings_to_the_prison(world, window):
    found = list(budgets(window, **world).values())
    wings = {one.wing for one in found}

    by_wing = [combine([one for one in found if one.wing == wing], wing=wing) for wing in wings]

    assert amounts(by_wing) == amounts(found) == amounts([combine(found)])


@given(worlds, windows)
def test_the_days_of_the_prison_are_the_days_of_its_prisoners(world, window):
    found = find_budgets(facts(**world), window=window, settings=Settings())
    unallocated = find_budgets(facts(stays=world["stays"]), window=window, settings=Settings())

    assert combine(found).time.required_sevenths == combine(unallocated).time.required_sevenths


@given(worlds, windows, some_sessions)
def test_sessions_never_change_what_is_required(world, window, others):
    required = {
        name: one.time.required_sevenths
        for sessions in (world["sessions"], others)
        for name, one in budgets(window, **{**world, "sessions": sessions}).items()
    }
    without = {name: one.time.required_sevenths for name, one in budgets(window, **{**world, "sessions": ()}).items()}

    assert required == {**dict.fromkeys(required, 0), **without}


@given(worlds, windows, some_allocations)
def test_allocation_never_changes_what_was_delivered(world, window, others):
    def delivered(allocations):
        found = budgets(window, **{**world, "allocations": allocations})
        return {name: one.time.delivered_minutes for name, one in found.items() if one.time.delivered_minutes}

    assert delivered(world["allocations"]) == delivered(others)


@given(worlds, windows)
def test_what_was_allocated_is_worked_lost_unconfirmed_or_to_come(world, window):
    for one in budgets(window, **world).values():
        time = one.time
        shares = time.worked_minutes + time.lost_minutes + time.unconfirmed_minutes + time.to_come_minutes
        assert time.allocated_minutes == shares


@given(worlds, windows)
def test_in_weeks_gone_by_every_officer_with_prisoners_has_a_cause(world, window):
    gone_by = Window(window.weeks, window.last_on)

    for one in budgets(gone_by, **world).values():
        if one.worker is not None and one.time.eligible_days and not one.time.to_come_minutes:
            assert one.cause is not None
