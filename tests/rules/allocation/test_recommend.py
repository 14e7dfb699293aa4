"""Who is recommended as key worker, and why: a table of cases, and the rule against a slow twin (help: allocation)."""

import random
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.rules.allocation.recommend import Proposal, Unallocated, capacity_of, count_places, recommend
from keyworker_cli.rules.facts.officers import FormerWorker, Officer
from keyworker_cli.rules.settings import Settings

DEFAULTS = Settings()
ALWAYS = DEFAULTS._replace(allocate_previous="always")
IGNORE_PREVIOUS = DEFAULTS._replace(allocate_previous="ignore")
REQUIRE_WING = DEFAULTS._replace(allocate_wing="require")
IGNORE_WING = DEFAULTS._replace(allocate_wing="ignore")

ENDED_ON = date(2026, 3, 3)


def officer(
    staff_id: str,
    *,
    wing: str | None = "B",
    capacity: int | None = 6,
    allocated: int = 0,
    status: str | None = None,
    last_auto_at: datetime | None = None,
    last_auto_on: date | None = None,
    minutes_ahead: int = 0,
) -> Officer:
    return Officer(
        key_worker_id=sum(ord(letter) for letter in staff_id),
        staff_id=staff_id,
        last_name=staff_id.title(),
        first_name="Officer",
        login=None,
        wing=wing,
        capacity=capacity,
        status=status,
        status_from=None,
        return_on=None,
        allocated=allocated,
        last_auto_at=last_auto_at,
        last_auto_on=last_auto_on,
        minutes_ahead=minutes_ahead,
    )


def prisoner(
    number: int,
    *,
    wing: str | None = "B",
    days: int = 0,
    see_today: bool = False,
    former: Sequence[str] = (),
    last_name: str = "Smith",
    first_name: str = "John",
) -> Unallocated:
    before = tuple(
        FormerWorker(number, staff_id, ENDED_ON - timedelta(days=30 * back)) for back, staff_id in enumerate(former)
    )
    return Unallocated(number, f"A{number:04}BC", last_name, first_name, wing, days, see_today, before)


def placed(proposals: Sequence[Proposal]) -> dict[str, str | None]:
    return {proposal.prisoner.prison_number: chosen(proposal) for proposal in proposals}


def chosen(proposal: Proposal) -> str | None:
    return None if proposal.officer is None else proposal.officer.staff_id


def only(proposals: Sequence[Proposal]) -> tuple[str | None, str]:
    (proposal,) = proposals
    return chosen(proposal), proposal.because


# --- which prisoner comes first ---


def test_prisoners_to_see_today_come_first_then_the_longest_without_then_by_name_then_by_number() -> None:
    prisoners = [
        prisoner(1, days=3, last_name="Young"),
        prisoner(2, days=3, last_name="adams"),
        prisoner(3, days=3, last_name="Adams", first_name="Zack"),
        prisoner(4, days=40),
        prisoner(5, days=0, see_today=True),
        prisoner(6, days=3, last_name="Adams"),
    ]
    proposals = recommend(prisoners, [officer("P", capacity=9)], settings=DEFAULTS)
    assert [proposal.prisoner.person_id for proposal in proposals] == [5, 4, 2, 6, 3, 1]


def test_the_last_place_goes_to_the_prisoner_to_be_seen_today() -> None:
    prisoners = [prisoner(1, days=90), prisoner(2, days=0, see_today=True)]
    proposals = recommend(prisoners, [officer("P", capacity=1)], settings=DEFAULTS)
    assert placed(proposals) == {"A0002BC": "P", "A0001BC": None}


# --- his previous key worker ---


def test_his_previous_key_worker_comes_first_when_within_capacity() -> None:
    officers = [officer("SHAH", wing="C", allocated=5), officer("REED")]
    assert only(recommend([prisoner(1, former=["SHAH"])], officers, settings=DEFAULTS)) == (
        "SHAH",
        "his key worker until Tue 3 Mar 2026, 5 of 6 allocated",
    )


def test_the_most_recent_of_his_previous_key_workers_comes_first() -> None:
    officers = [officer("EARLY"), officer("LATE", allocated=5)]
    assert only(recommend([prisoner(1, former=["LATE", "EARLY"])], officers, settings=DEFAULTS))[0] == "LATE"


def test_a_previous_key_worker_who_is_not_active_or_has_left_is_passed_over_for_the_one_before() -> None:
    officers = [officer("EARLY", allocated=5), officer("LATE", status="UNAVAILABLE_ANNUAL_LEAVE"), officer("OTHER")]
    proposals = recommend([prisoner(1, former=["GONE", "LATE", "EARLY"])], officers, settings=DEFAULTS)
    assert only(proposals) == ("EARLY", "his key worker until Fri 2 Jan 2026, 5 of 6 allocated")


def test_a_previous_key_worker_who_is_full_gives_way_to_another() -> None:
    officers = [officer("SHAH", allocated=6), officer("REED", allocated=2)]
    assert only(recommend([prisoner(1, former=["SHAH"])], officers, settings=DEFAULTS)) == (
        "REED",
        "his former key worker Officer Shah is full; same wing, 2 of 6 allocated",
    )


def test_a_previous_key_worker_over_capacity_is_chosen_only_when_always() -> None:
    officers = [officer("SHAH", allocated=6), officer("REED")]
    prisoners = [prisoner(1, former=["SHAH"])]
    assert only(recommend(prisoners, officers, settings=DEFAULTS))[0] == "REED"
    assert only(recommend(prisoners, officers, settings=ALWAYS)) == (
        "SHAH",
        "his key worker until Tue 3 Mar 2026, 6 of 6 allocated, over capacity because allocate.previous is always",
    )


def test_a_previous_key_worker_is_one_of_many_when_ignored() -> None:
    officers = [officer("SHAH", allocated=1), officer("REED")]
    assert only(recommend([prisoner(1, former=["SHAH"])], officers, settings=IGNORE_PREVIOUS)) == (
        "REED",
        "same wing, 0 of 6 allocated",
    )


def test_a_previous_key_worker_is_kept_across_wings_even_where_the_wing_is_required() -> None:
    officers = [officer("SHAH", wing="C"), officer("REED", wing="B")]
    assert only(recommend([prisoner(1, former=["SHAH"])], officers, settings=REQUIRE_WING))[0] == "SHAH"


# --- the wing ---


def test_the_same_wing_comes_before_a_lower_share_elsewhere() -> None:
    officers = [officer("ELSEWHERE", wing="C"), officer("HERE", wing="B", allocated=5)]
    assert only(recommend([prisoner(1)], officers, settings=DEFAULTS)) == ("HERE", "same wing, 5 of 6 allocated")


def test_a_full_wing_sends_him_to_another() -> None:
    officers = [officer("ELSEWHERE", wing="C", allocated=2), officer("HERE", wing="B", allocated=6)]
    assert only(recommend([prisoner(1)], officers, settings=DEFAULTS)) == (
        "ELSEWHERE",
        "wing B is full, 2 of 6 allocated",
    )


def test_a_wing_without_an_active_key_worker_is_said_to_have_none() -> None:
    officers = [officer("ELSEWHERE", wing="C"), officer("HERE", wing="B", status="INACTIVE")]
    assert only(recommend([prisoner(1)], officers, settings=DEFAULTS)) == (
        "ELSEWHERE",
        "wing B has no ACTIVE key worker, 0 of 6 allocated",
    )


def test_a_prisoner_whose_wing_is_not_known_is_placed_by_share_and_told_so() -> None:
    officers = [officer("A", allocated=3), officer("B", wing=None, allocated=1)]
    assert only(recommend([prisoner(1, wing=None)], officers, settings=DEFAULTS)) == (
        "B",
        "his wing is not known, 1 of 6 allocated",
    )


def test_where_the_wing_is_required_he_is_left_unplaced_with_the_reason() -> None:
    elsewhere = officer("ELSEWHERE", wing="C")
    for officers, wing, reason in (
        ([elsewhere, officer("HERE", allocated=6)], "B", "wing B is full, and allocate.wing is require"),
        ([elsewhere], "B", "wing B has no ACTIVE key worker, and allocate.wing is require"),
        ([elsewhere], None, "his wing is not known, and allocate.wing is require"),
    ):
        assert only(recommend([prisoner(1, wing=wing)], officers, settings=REQUIRE_WING)) == (None, reason)


def test_where_the_wing_is_ignored_the_lowest_share_of_the_prison_counts() -> None:
    officers = [officer("ELSEWHERE", wing="C", allocated=1), officer("HERE", wing="B", allocated=2)]
    assert only(recommend([prisoner(1)], officers, settings=IGNORE_WING)) == (
        "ELSEWHERE",
        "lowest share of capacity allocated, 1 of 6 allocated",
    )


# --- share, least recent, staff id ---


def test_the_lowest_share_counts_not_the_lowest_number() -> None:
    officers = [officer("A", capacity=6), officer("B", capacity=12)]
    proposals = recommend([prisoner(number) for number in range(12)], officers, settings=DEFAULTS)
    assert Counter(chosen(proposal) for proposal in proposals) == {"A": 4, "B": 8}


def test_shares_are_compared_exactly() -> None:
    most = 99  # a larger capacity cannot be recorded; no two shares lie closer
    officers = [
        officer("A", capacity=most - 1, allocated=most - 2),
        officer("B", capacity=most - 2, allocated=most - 3),
        officer("C", capacity=most, allocated=most - 1),
    ]
    assert only(recommend([prisoner(1)], officers, settings=DEFAULTS))[0] == "B"
    thirds = [officer("B", capacity=3 * 33, allocated=33), officer("A", capacity=3, allocated=1)]
    assert only(recommend([prisoner(1)], thirds, settings=DEFAULTS))[0] == "A"


def test_an_officer_without_a_capacity_of_his_own_has_the_prisons() -> None:
    officers = [officer("A", capacity=None, allocated=6), officer("B", capacity=0)]
    assert [capacity_of(one, settings=DEFAULTS) for one in officers] == [6, 0]
    assert only(recommend([prisoner(1)], officers, settings=DEFAULTS)) == (
        None,
        "every ACTIVE key worker is full: 6 prisoners, 6 places",
    )
    assert only(recommend([prisoner(1)], officers, settings=DEFAULTS._replace(capacity_default=7)))[0] == "A"


def test_full_officers_are_skipped_and_the_run_goes_on() -> None:
    officers = [officer("A", allocated=6), officer("B", allocated=5), officer("C", allocated=7)]
    prisoners = [prisoner(1, days=9), prisoner(2, days=8), prisoner(3, days=7, former=["A"])]
    proposals = recommend(prisoners, officers, settings=ALWAYS)
    assert placed(proposals) == {"A0001BC": "B", "A0002BC": None, "A0003BC": "A"}


def test_of_equals_the_one_used_least_recently_is_taken_and_one_never_used_before_him() -> None:
    long_ago, lately = datetime(2026, 1, 5, 9, tzinfo=UTC), datetime(2026, 5, 5, 9, tzinfo=UTC)
    officers = [
        officer("A", last_auto_at=lately),
        officer("B", last_auto_at=long_ago),
        officer("C"),
        officer("D", last_auto_on=date(2026, 3, 2)),
    ]
    proposals = recommend([prisoner(number) for number in range(4)], officers, settings=DEFAULTS)
    assert [chosen(proposal) for proposal in proposals] == ["C", "B", "D", "A"]


def test_one_used_earlier_in_the_run_is_taken_before_one_used_later() -> None:
    officers = [officer("A"), officer("B", allocated=1)]
    prisoners = [prisoner(number) for number in range(4)]
    # After three prisoners both have two; B's was the second of the three, A's the third.
    assert [chosen(proposal) for proposal in recommend(prisoners, officers, settings=DEFAULTS)] == ["A", "B", "A", "B"]


def test_of_officers_alike_in_everything_the_first_staff_id_is_taken() -> None:
    assert only(recommend([prisoner(1)], [officer("B"), officer("A")], settings=DEFAULTS))[0] == "A"


# --- time on the rota ---


def test_an_officer_without_rota_time_comes_after_all_who_have_some_where_his_wings_rota_is_recorded() -> None:
    officers = [officer("IDLE"), officer("BUSY", allocated=5, minutes_ahead=135)]
    prisoners = [prisoner(1, days=2), prisoner(2, days=1)]
    first, second = recommend(prisoners, officers, settings=DEFAULTS)
    assert (chosen(first), first.because) == ("BUSY", "same wing, 5 of 6 allocated")
    assert (chosen(second), second.because) == (
        "IDLE",
        "same wing, 0 of 6 allocated; no key work detailed in the next 14 days, but nobody who has some has a place",
    )


def test_rota_time_comes_before_the_wing() -> None:
    officers = [officer("IDLE"), officer("BUSY", capacity=0, minutes_ahead=135), officer("FAR", wing="C")]
    assert only(recommend([prisoner(1)], officers, settings=DEFAULTS)) == (
        "FAR",
        "no place with rota time on wing B, 0 of 6 allocated",
    )


def test_rota_time_comes_before_a_previous_key_worker() -> None:
    officers = [officer("IDLE"), officer("BUSY", minutes_ahead=135)]
    assert only(recommend([prisoner(1, former=["IDLE"])], officers, settings=ALWAYS)) == (
        "BUSY",
        "his former key worker Officer Idle has no key work detailed in the next 14 days; same wing, 0 of 6 allocated",
    )


def test_an_earlier_key_worker_with_rota_time_comes_before_a_later_one_without() -> None:
    officers = [officer("IDLE"), officer("BUSY", allocated=4, minutes_ahead=135), officer("C", minutes_ahead=60)]
    assert only(recommend([prisoner(1, former=["IDLE", "BUSY"])], officers, settings=DEFAULTS))[0] == "BUSY"


def test_where_nothing_is_recorded_of_a_wings_rota_nobody_of_it_is_held_back() -> None:
    officers = [officer("A", wing="B"), officer("B", wing="C", minutes_ahead=135)]
    assert only(recommend([prisoner(1)], officers, settings=DEFAULTS))[0] == "A"


def test_the_rota_of_an_officer_on_leave_shows_that_his_wings_is_recorded() -> None:
    leave = officer("LEAVE", status="UNAVAILABLE_ANNUAL_LEAVE", minutes_ahead=135)
    officers = [officer("IDLE"), leave, officer("FAR", wing="C")]
    assert only(recommend([prisoner(1)], officers, settings=DEFAULTS))[0] == "FAR"


def test_where_the_wing_is_required_an_officer_of_it_without_rota_time_is_taken_at_last() -> None:
    officers = [officer("IDLE"), officer("BUSY", allocated=6, minutes_ahead=135), officer("FAR", wing="C")]
    staff_id, because = only(recommend([prisoner(1)], officers, settings=REQUIRE_WING))
    assert staff_id == "IDLE"
    assert because.endswith("no key work detailed in the next 14 days, but nobody on wing B who has some has a place")


# --- nobody to be had ---


def test_without_an_active_key_worker_every_prisoner_is_left_unplaced_with_the_reason() -> None:
    prisoners = [prisoner(1), prisoner(2)]
    for officers in ([], [officer("A", status="INACTIVE")]):
        proposals = recommend(prisoners, officers, settings=DEFAULTS)
        assert [proposal.because for proposal in proposals] == ["no key worker is ACTIVE"] * 2


def test_nobody_without_a_key_worker_is_nothing_to_recommend() -> None:
    assert recommend([], [officer("A")], settings=DEFAULTS) == []


def test_an_officer_whose_prisoners_are_being_reallocated_is_not_given_them_back() -> None:
    officers = [officer("SHAH", allocated=5), officer("REED", allocated=5)]
    proposals = recommend([prisoner(1, former=["SHAH"]), prisoner(2)], officers, settings=ALWAYS, without={"SHAH"})
    assert placed(proposals) == {"A0001BC": "REED", "A0002BC": None}


def test_where_only_the_officer_who_is_left_is_active_it_is_said_that_no_other_is() -> None:
    officers = [officer("SHAH", allocated=1), officer("REED", status="INACTIVE")]
    assert only(recommend([prisoner(1)], officers, settings=DEFAULTS, without={"SHAH"})) == (
        None,
        "no other key worker is ACTIVE",
    )


def test_an_officer_whom_prisoners_leave_has_fewer_afterwards() -> None:
    officers = [officer("SHAH", allocated=5), officer("REED", allocated=4)]
    prisoners = [prisoner(1), prisoner(2), prisoner(3)]
    proposals = recommend(prisoners, officers, settings=DEFAULTS, without={"SHAH"})
    left = ["SHAH" for proposal in proposals if proposal.officer]
    assert count_places(officers, proposals, settings=DEFAULTS, leaving=left) == [
        ("REED", "Officer Reed", 6, 4, 6),
        ("SHAH", "Officer Shah", 6, 5, 3),
    ]


def test_places_are_counted_before_and_after_for_every_active_officer() -> None:
    officers = [officer("B", allocated=1), officer("A", capacity=None), officer("C", status="INACTIVE", allocated=3)]
    proposals = recommend([prisoner(number) for number in range(3)], officers, settings=DEFAULTS)
    assert count_places(officers, proposals, settings=DEFAULTS) == [
        ("A", "Officer A", 6, 0, 2),
        ("B", "Officer B", 6, 1, 2),
    ]


# --- the rule against a slow, obvious twin ---


class SlowTwin:
    """The page read aloud: for each prisoner, every officer is looked at again from the beginning (help:
    allocation).
    """

    def __init__(self, officers: Sequence[Officer], settings: Settings) -> None:
        self.officers = officers
        self.settings = settings
        self.taken = {one.staff_id: one.allocated for one in officers}
        self.used = {one.staff_id: one.last_auto_at.timestamp() for one in officers if one.last_auto_at}

    def recommend(self, prisoners: Sequence[Unallocated]) -> dict[str, str | None]:
        turn = sorted(prisoners, key=lambda who: who.prison_number)
        turn.sort(key=lambda who: (who.last_name.casefold(), who.first_name.casefold()))
        turn.sort(key=lambda who: who.days, reverse=True)
        turn.sort(key=lambda who: who.see_today, reverse=True)
        return {who.prison_number: self.choose(who, later) for later, who in enumerate(turn)}

    def choose(self, who: Unallocated, later: int) -> str | None:
        active = [one for one in self.officers if one.status in (None, "ACTIVE")]
        with_time = [one for one in active if self.has_time(one)]
        without_time = [one for one in active if not self.has_time(one)]
        for group in (with_time, without_time):
            found = self.previous(who, group) or self.new(who, group)
            if found:
                self.taken[found.staff_id] += 1
                self.used[found.staff_id] = 1e12 + later
                return found.staff_id
        return None

    def has_time(self, officer: Officer) -> bool:
        wing_recorded = any(other.minutes_ahead for other in self.officers if other.wing == officer.wing)
        return officer.minutes_ahead > 0 or not wing_recorded

    def within(self, officer: Officer) -> bool:
        return self.taken[officer.staff_id] < capacity_of(officer, settings=self.settings)

    def previous(self, who: Unallocated, among: Sequence[Officer]) -> Officer | None:
        there = {one.staff_id: one for one in among}
        known = [there[former.staff_id] for former in who.former if former.staff_id in there]
        if not known or self.settings.allocate_previous == "ignore":
            return None
        return known[0] if self.within(known[0]) or self.settings.allocate_previous == "always" else None

    def new(self, who: Unallocated, among: Sequence[Officer]) -> Officer | None:
        free = [one for one in among if self.within(one)]
        same_wing = [one for one in free if one.wing == who.wing is not None]
        allowed = {"require": same_wing, "prefer": same_wing or free, "ignore": free}[self.settings.allocate_wing]
        return min(
            allowed,
            key=lambda one: (
                Fraction(self.taken[one.staff_id], capacity_of(one, settings=self.settings)),
                self.used.get(one.staff_id, float("-inf")),
                one.staff_id,
            ),
            default=None,
        )


wings = st.sampled_from(["A", "B", "C", None])
staff_ids = [f"S{number}" for number in range(6)]

some_officers = st.lists(
    st.builds(
        officer,
        st.sampled_from(staff_ids),
        wing=wings,
        capacity=st.sampled_from([None, 0, 1, 2, 3, 4, 6]),
        allocated=st.integers(0, 4),
        status=st.sampled_from([None, None, "ACTIVE", "UNAVAILABLE_ANNUAL_LEAVE"]),
        last_auto_at=st.none() | st.sampled_from([datetime(2026, month, 5, 9, tzinfo=UTC) for month in (1, 2, 3)]),
        minutes_ahead=st.sampled_from([0, 0, 135]),
    ),
    max_size=6,
    unique_by=lambda one: one.staff_id,
)
some_prisoners = st.lists(
    st.builds(
        prisoner,
        st.integers(0, 99),
        wing=wings,
        days=st.integers(0, 3),
        see_today=st.booleans(),
        former=st.lists(st.sampled_from([*staff_ids, "GONE"]), max_size=3, unique=True),
        last_name=st.sampled_from(["Adams", "adams", "Zoë"]),
        first_name=st.sampled_from(["Jo", "Al"]),
    ),
    max_size=14,
    unique_by=lambda who: who.prison_number,
)
some_settings = st.builds(
    Settings,
    capacity_default=st.integers(0, 4),
    allocate_previous=st.sampled_from(["within_capacity", "always", "ignore"]),
    allocate_wing=st.sampled_from(["prefer", "require", "ignore"]),
)


@given(some_prisoners, some_officers, some_settings)
def test_the_recommendation_is_that_of_the_slow_twin(
    prisoners: list[Unallocated], officers: list[Officer], settings: Settings
) -> None:
    assert placed(recommend(prisoners, officers, settings=settings)) == SlowTwin(officers, settings).recommend(
        prisoners
    )


@given(some_prisoners, some_officers, some_settings)
def test_every_prisoner_stands_in_the_answer_once_with_a_reason(
    prisoners: list[Unallocated], officers: list[Officer], settings: Settings
) -> None:
    proposals = recommend(prisoners, officers, settings=settings)
    assert sorted(proposal.prisoner for proposal in proposals) == sorted(prisoners)
    assert all(proposal.because for proposal in proposals)


@given(some_prisoners, some_officers, some_settings)
def test_nobody_is_taken_over_capacity_except_by_always(
    prisoners: list[Unallocated], officers: list[Officer], settings: Settings
) -> None:
    proposals = recommend(prisoners, officers, settings=settings)
    for places in count_places(officers, proposals, settings=settings):
        if settings.allocate_previous != "always":
            assert places.after <= max(places.capacity, places.before)
    for proposal in proposals:
        assert ("over capacity" in proposal.because) <= (settings.allocate_previous == "always")


@given(some_prisoners, some_officers, some_settings, st.randoms(use_true_random=False))
def test_the_order_in_which_the_facts_come_changes_nothing(
    prisoners: list[Unallocated], officers: list[Officer], settings: Settings, shuffle: random.Random
) -> None:
    other_prisoners, other_officers = prisoners[:], officers[:]
    shuffle.shuffle(other_prisoners)
    shuffle.shuffle(other_officers)
    expected = recommend(prisoners, officers, settings=settings)
    assert recommend(other_prisoners, other_officers, settings=settings) == expected


@given(some_prisoners, some_officers, some_settings)
def test_a_prisoner_is_left_unplaced_only_where_nobody_allowed_has_a_place(
    prisoners: list[Unallocated], officers: list[Officer], settings: Settings
) -> None:
    proposals = recommend(prisoners, officers, settings=settings)
    free = {
        places.staff_id
        for places in count_places(officers, proposals, settings=settings)
        if places.after < places.capacity
    }
    left = [proposal.prisoner for proposal in proposals if proposal.officer is None]
    for one in officers:
        for who in left:
            allowed = settings.allocate_wing != "require" or one.wing == who.wing is not None
            assert not (one.staff_id in free and allowed)


@pytest.mark.parametrize("settings", [DEFAULTS, ALWAYS, REQUIRE_WING, IGNORE_WING])
def test_a_whole_prison_is_placed_as_the_slow_twin_would_place_it(settings: Settings) -> None:
    chance = random.Random(2026)
    officers = [
        officer(
            f"S{number:03}",
            wing=chance.choice("ABCDE"),
            capacity=chance.randint(5, 9),
            minutes_ahead=chance.choice([0, 135]),
        )
        for number in range(40)
    ]
    prisoners = [
        prisoner(
            number, wing=chance.choice("ABCDE"), days=chance.randint(0, 60), former=[f"S{chance.randrange(50):03}"]
        )
        for number in range(300)
    ]
    assert placed(recommend(prisoners, officers, settings=settings)) == SlowTwin(officers, settings).recommend(
        prisoners
    )
