"""Every marker: the day before it, its first and last day, the day after, its tier on each (help: concerns)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.rules.codes.signals import DerivedMarker, MarkerCode
from keyworker_cli.rules.markers.in_force import markers_in_force
from keyworker_cli.rules.markers.table import FAMILIES, KINDS, LOOK_BACK_DAYS, PROCESS, STANDING, family_of, name_of
from keyworker_cli.rules.settings import Settings
from rules.markers.marked_prisoner import DEFAULTS, acct, event, prisoner, tiers

START = date(2026, 3, 2)
FOR_EVER = 3000


def after(days: int) -> date:
    return START + timedelta(days=days)


# code: (days from its start, tier) at each turn; None where it is not in force
LIVES: dict[str, list[tuple[int, int | None]]] = {
    "SELF_HARM": [(-1, None), (0, 1), (28, 1), (29, None)],
    "SELF_HARM_HISTORY": [(-1, None), (0, 3), (FOR_EVER, 3)],
    "SEG": [(-1, None), (0, 1), (3, 1), (4, 2), (FOR_EVER, 2)],
    "CELLULAR_CONFINEMENT": [(-1, None), (0, 1), (FOR_EVER, 1)],
    "BASIC": [(-1, None), (0, 2), (FOR_EVER, 2)],
    "ADJUDICATION": [(-1, None), (0, 3), (28, 3), (29, None)],
    "VIOLENCE_TO_PRISONER": [(-1, None), (0, 2), (28, 2), (29, None)],
    "VIOLENCE_TO_STAFF": [(-1, None), (0, 2), (28, 2), (29, None)],
    "ASSAULTED": [(-1, None), (0, 2), (28, 2), (29, None)],
    "ANTISOCIAL": [(-1, None), (0, 2), (28, 2), (29, None)],
    "CSIP": [(-1, None), (0, 2), (FOR_EVER, 2)],
    "SUBSTANCE": [(-1, None), (0, 2), (28, 2), (29, 3), (90, 3), (91, None)],
    "UNDER_INFLUENCE": [(-1, None), (0, 2), (28, 2), (29, None)],
    "SUBSTANCE_REFERRAL": [(-1, None), (0, 3), (90, 3), (91, None)],
    "DEPRESSION": [(-1, None), (0, 2), (28, 2), (29, 3), (FOR_EVER, 3)],
    "ANXIETY": [(-1, None), (0, 2), (28, 2), (29, 3), (FOR_EVER, 3)],
    "DEBT": [(-1, None), (0, 2), (28, 2), (29, None)],
    "BULLIED": [(-1, None), (0, 2), (28, 2), (29, None)],
    "SELF_ISOLATING": [(-1, None), (0, 1), (FOR_EVER, 1)],
    "FOOD_REFUSAL": [(-1, None), (0, 1), (FOR_EVER, 1)],
    "BEREAVEMENT": [
        *((-1, None), (0, 1), (7, 1), (8, 2), (90, 2), (91, None)),
        *((361, None), (362, 1), (365, 1), (368, 1), (369, None)),
        *((727, None), (728, 1), (734, 1), (735, None)),
    ],
    "RELATIONSHIP": [(-1, None), (0, 1), (FOR_EVER, 1)],
    "NO_CONTACT": [(-1, None), (0, 2), (FOR_EVER, 2)],
    "EDUCATION": [(-1, None), (0, 3), (28, 3), (29, None)],
    "FURTHER_CHARGES": [(-1, None), (0, 2), (FOR_EVER, 2)],
    "LONG_SENTENCE": [(-1, None), (0, 1), (7, 1), (8, 2), (28, 2), (29, None)],
    "FIRST_CUSTODY": [(-1, None), (0, 2), (28, 2), (29, None)],
    "COURT": [(-4, None), (-3, 3), (0, 3), (3, 3), (4, None)],
    "SETBACK": [(-1, None), (0, 1), (7, 1), (8, 2), (28, 2), (29, None)],
    "IPP": [(-1, None), (0, 3), (FOR_EVER, 3)],
    "LOCAL": [(-1, None), (0, 3), (FOR_EVER, 3)],
}


def test_every_code_that_may_be_recorded_has_its_life_written_here() -> None:
    assert {*LIVES, "NO_ONE_TO_ONE"} == {code.value for code in MarkerCode}


@pytest.mark.parametrize(
    ("code", "days", "tier"), [(code, days, tier) for code, life in LIVES.items() for days, tier in life]
)
def test_a_marker_is_in_force_on_its_days_and_on_no_other(code: str, days: int, tier: int | None) -> None:
    expected = [] if tier is None else [(code, tier)]

    assert tiers(prisoner(), [event(code, START)], as_of=after(days)) == expected


@pytest.mark.parametrize("days", [0, 1, FOR_EVER])
def test_no_one_to_one_is_a_warning_without_a_tier(days: int) -> None:
    assert tiers(prisoner(), [event("NO_ONE_TO_ONE", START)], as_of=after(days)) == [("NO_ONE_TO_ONE", None)]


STOPS_AT_ITS_END = sorted({*LIVES, "NO_ONE_TO_ONE"} - {"SEG", "CELLULAR_CONFINEMENT", "COURT"})


@pytest.mark.parametrize("code", STOPS_AT_ITS_END)
def test_an_end_stops_a_marker_from_that_date_on(code: str) -> None:
    ended = [event(code, START, until_on=after(2))]

    assert [found for found, _ in tiers(prisoner(), ended, as_of=after(1))] == [code]
    assert tiers(prisoner(), ended, as_of=after(2)) == []


@pytest.mark.parametrize(("days", "tier"), [(2, 1), (3, 1), (4, 2), (5, 2), (6, None)])
def test_segregation_counts_for_three_days_after_he_is_out(days: int, tier: int | None) -> None:
    found = tiers(prisoner(), [event("SEG", START, until_on=after(2))], as_of=after(days))

    assert found == ([] if tier is None else [("SEG", tier)])


@pytest.mark.parametrize(("days", "tier"), [(4, 1), (5, 1), (8, 1), (9, None)])
def test_cellular_confinement_of_five_days_counts_until_three_days_after_its_end(days: int, tier: int | None) -> None:
    found = tiers(prisoner(), [event("CELLULAR_CONFINEMENT", START, until_on=after(5))], as_of=after(days))

    assert found == ([] if tier is None else [("CELLULAR_CONFINEMENT", tier)])


def test_a_relationship_breakdown_counts_until_14_days_after_he_is_next_seen() -> None:
    seen = [event("RELATIONSHIP", START, next_seen_on=after(40))]

    assert tiers(prisoner(), seen, as_of=after(54)) == [("RELATIONSHIP", 1)]
    assert tiers(prisoner(), seen, as_of=after(55)) == []


def test_a_bereavement_that_was_ended_has_no_anniversary() -> None:
    ended = [event("BEREAVEMENT", START, until_on=after(30))]

    assert tiers(prisoner(), ended, as_of=START.replace(year=2027)) == []


def test_a_death_on_29_february_is_remembered_on_the_28th() -> None:
    died = [event("BEREAVEMENT", date(2024, 2, 29))]
    codes = [tiers(prisoner(arrived=date(2023, 1, 2)), died, as_of=date(2026, 2, day)) for day in (24, 25, 28)]

    assert codes == [[], [("BEREAVEMENT", 1)], [("BEREAVEMENT", 1)]]


def test_an_anniversary_in_the_first_days_of_january_begins_in_december() -> None:
    died = [event("BEREAVEMENT", date(2025, 1, 2))]

    assert tiers(prisoner(arrived=date(2023, 1, 2)), died, as_of=date(2025, 12, 30)) == [("BEREAVEMENT", 1)]


# Derived markers


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (0, [("EARLY_DAYS", 2)]),
        (14, [("EARLY_DAYS", 2)]),
        (15, [("EARLY_DAYS", 3)]),
        (28, [("EARLY_DAYS", 3)]),
        (29, []),
    ],
)
def test_early_days_are_tier_2_for_14_days_and_tier_3_until_day_28(days: int, found: list) -> None:
    assert tiers(prisoner(arrived=START), as_of=after(days)) == found


@pytest.mark.parametrize(("kind", "code"), [("TRANSFER_IN", "TRANSFER"), ("RECALL", "RECALL"), ("RETURN", "RETURNED")])
def test_how_he_came_counts_for_14_days(kind: str, code: str) -> None:
    came = prisoner(arrived=START, arrival_type=kind)

    assert (code, 2) in tiers(came, as_of=after(0))
    assert (code, 2) in tiers(came, as_of=after(14))
    assert code not in dict(tiers(came, as_of=after(15)))


@pytest.mark.parametrize(("age", "young"), [(17, False), (18, True), (24, True), (25, False)])
def test_a_young_adult_is_18_to_24(age: int, young: bool) -> None:
    born = prisoner(date_of_birth=after(-60).replace(year=after(-60).year - age))

    assert tiers(born, as_of=START) == ([("YOUNG_ADULT", 3)] if young else [])
    older = Settings(young_adult_max_age=25)
    if age == 25:
        assert [m.code for m in markers_in_force(born, (), (), as_of=START, settings=older)] == ["YOUNG_ADULT"]


def test_an_age_that_is_not_known_makes_nobody_a_young_adult() -> None:
    assert tiers(prisoner(date_of_birth=None), as_of=START) == []


def test_an_open_acct_is_tier_1_and_its_post_closure_tier_2_until_the_review_is_held() -> None:
    plan = [acct(START, closed=after(10), held=after(17))]

    found = {days: tiers(prisoner(), accts=plan, as_of=after(days)) for days in (-1, 0, 9, 10, 16, 17)}

    assert found == {-1: [], 0: [("ACCT", 1)], 9: [("ACCT", 1)], 10: [("ACCT_PC", 2)], 16: [("ACCT_PC", 2)], 17: []}


@pytest.mark.parametrize(("apart", "again"), [(1, True), (90, True), (91, False)])
def test_a_second_time_in_segregation_within_90_days_is_a_marker_of_its_own(apart: int, again: bool) -> None:
    twice = [event("SEG", START, until_on=after(1)), event("SEG", after(apart), until_on=after(apart + 1))]

    assert (("SEG_REPEAT", 2) in tiers(prisoner(), twice, as_of=after(apart))) is again
    assert (("SEG_REPEAT", 2) in tiers(prisoner(), twice, as_of=after(apart + 90))) is again
    assert ("SEG_REPEAT", 2) not in tiers(prisoner(), twice, as_of=after(apart + 91))


def test_the_same_segregation_recorded_twice_on_a_day_is_one() -> None:
    same = [event("SEG", START, at_minute=600), event("SEG", START, at_minute=615)]

    assert "SEG_REPEAT" not in dict(tiers(prisoner(), same, as_of=START))


def test_three_times_under_the_influence_in_28_days_is_tier_1() -> None:
    three = [event("UNDER_INFLUENCE", after(days)) for days in (0, 20, 28)]

    assert tiers(prisoner(), three[:2], as_of=after(28)) == [("UNDER_INFLUENCE", 2)] * 2
    assert tiers(prisoner(), three, as_of=after(28)) == [("UNDER_INFLUENCE", 1)] * 3
    assert tiers(prisoner(), three, as_of=after(29)) == [("UNDER_INFLUENCE", 2)] * 2


def test_three_adjudications_in_90_days_are_tier_2_while_the_last_of_them_counts() -> None:
    three = [event("ADJUDICATION", after(days)) for days in (0, 60, 90)]

    assert tiers(prisoner(), three, as_of=after(90)) == [("ADJUDICATION", 2)]
    assert tiers(prisoner(), three, as_of=after(91)) == [("ADJUDICATION", 3)]


def test_one_that_was_ended_early_does_not_count_among_the_three() -> None:
    three = [
        event("UNDER_INFLUENCE", START),
        event("UNDER_INFLUENCE", after(1)),
        event("UNDER_INFLUENCE", after(2), until_on=after(3)),
    ]

    assert tiers(prisoner(), three, as_of=after(3)) == [("UNDER_INFLUENCE", 2)] * 2


# A day and its hours, a stay and the one before


def test_what_happens_later_on_the_day_is_not_yet_in_force_at_an_hour_of_it() -> None:
    morning = [event("SEG", START, at_minute=9 * 60 + 40)]

    assert tiers(prisoner(), morning, as_of=START, at_minute=9 * 60) == []
    assert tiers(prisoner(), morning, as_of=START, at_minute=10 * 60) == [("SEG", 1)]
    assert tiers(prisoner(), morning, as_of=START) == [("SEG", 1)]


@pytest.mark.parametrize(
    "code", ["SEG", "CELLULAR_CONFINEMENT", "BASIC", "CSIP", "SELF_ISOLATING", "FOOD_REFUSAL", "NO_CONTACT", "LOCAL"]
)
def test_what_belongs_to_a_stay_is_not_carried_into_the_next(code: str) -> None:
    back = prisoner(arrived=after(1), date_of_birth=None)

    assert code not in dict(tiers(back, [event(code, START)], as_of=after(2)))


@pytest.mark.parametrize("code", ["SELF_HARM", "SELF_HARM_HISTORY", "DEPRESSION", "RELATIONSHIP", "NO_ONE_TO_ONE"])
def test_what_belongs_to_the_prisoner_is_carried_into_the_next_stay(code: str) -> None:
    back = prisoner(arrived=after(1))

    assert code in dict(tiers(back, [event(code, START)], as_of=after(2)))


def test_the_highest_tier_comes_first_and_then_the_newest() -> None:
    events = [
        event("EDUCATION", after(5)),
        event("BASIC", after(1)),
        event("DEBT", after(4)),
        event("SELF_HARM", START),
        event("NO_ONE_TO_ONE", after(5)),
    ]

    assert [code for code, _ in tiers(prisoner(), events, as_of=after(5))] == [
        *("SELF_HARM", "DEBT", "BASIC", "EDUCATION", "NO_ONE_TO_ONE"),
    ]


def test_a_suspicion_stays_one() -> None:
    (marker,) = markers_in_force(
        prisoner(), [event("DEBT", START, confidence="SUSPECTED")], (), as_of=START, settings=DEFAULTS
    )

    assert marker.confidence == "SUSPECTED"


@given(
    st.lists(st.tuples(st.sampled_from(MarkerCode), st.integers(-400, 0), st.none() | st.integers(0, 200)), max_size=8)
)
def test_leaving_out_what_the_store_leaves_out_changes_nothing(recorded) -> None:
    """The store asks for events of the last 90 days and for the standing codes: nothing else may be in force."""
    events = [event(code, after(on), until_on=None if end is None else after(on + end)) for code, on, end in recorded]
    asked = [one for one in events if one.code in STANDING or (START - one.event_on).days <= LOOK_BACK_DAYS]

    assert tiers(prisoner(arrived=after(-500)), asked, as_of=START) == tiers(
        prisoner(arrived=after(-500)), events, as_of=START
    )


# The table itself


def test_every_marker_has_a_row_or_is_one_of_process() -> None:
    assert set(KINDS) == {*MarkerCode, *DerivedMarker}
    assert all(name_of(code) for code in [*KINDS, *PROCESS])


def test_families_are_those_of_the_domain_and_every_other_code_is_its_own() -> None:
    assert [sorted(codes) for codes in FAMILIES.values()] == [
        ["EARLY_DAYS", "RECALL", "RETURNED", "TRANSFER"],
        ["CELLULAR_CONFINEMENT", "SEG", "SEG_ON_ACCT", "SEG_REPEAT"],
        ["ADJUDICATION", "BASIC"],
        ["ACCT", "ACCT_PC", "ACCT_REPEAT", "REVIEW_LATE", "SELF_HARM", "SELF_HARM_HISTORY"],
        ["SUBSTANCE", "SUBSTANCE_REFERRAL", "UNDER_INFLUENCE"],
    ]
    assert family_of("DEBT") == "DEBT"
