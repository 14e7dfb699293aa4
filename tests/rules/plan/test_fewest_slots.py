"""The fewest slots are those that trying out every rota finds, and never fewer than the bound (help: least)."""

import pytest

from keyworker_cli.rules.plan.fewest_slots import Question, fewest_slots, run_of, unmatched
from rules.plan.weeks_at_random import fewest_by_trying, random_weeks


def test_the_fewest_slots_are_those_found_by_trying_every_rota() -> None:
    for week in random_weeks(seed=1):
        found = fewest_slots(week.question)

        assert (None if found is None else (found.number, found.proved)) == (
            None if (fewest := fewest_by_trying(week)) is None else (fewest, True)
        )


def question(base: str, offers: str, needs: dict[tuple[int, int], int]) -> Question:
    """`base` has the places of each day, `offers` how many slots of three each could be given."""
    return Question(
        tuple(map(int, base)),
        tuple((3,) * int(number) for number in offers),
        {run_of(*run): number for run, number in needs.items()},
    )


def test_what_is_published_may_be_enough() -> None:
    found = fewest_slots(question("30", "22", {(0, 0): 3}))

    assert (found.number, found.proved) == (0, True)


def test_a_slot_holds_three_sessions() -> None:
    assert [fewest_slots(question("0", "5", {(0, 0): number})).number for number in (1, 3, 4, 7)] == [1, 1, 2, 3]


def test_a_slot_comes_before_the_last_day_of_those_it_is_for() -> None:
    found = fewest_slots(question("000", "122", {(0, 1): 5, (2, 2): 3}))

    assert (found.slots[0] + found.slots[1], found.slots[2]) == (2, 1)


def test_there_may_be_no_rota_that_is_enough() -> None:
    assert fewest_slots(question("00", "10", {(0, 1): 4})) is None


def test_the_large_slots_are_taken_first() -> None:
    found = fewest_slots(Question((0,), ((3, 2, 1),), {1: 5}))

    assert (found.number, found.proved) == (2, True)


@pytest.mark.parametrize("size", [1, 40])
def test_who_comes_first_keeps_their_day(size: int) -> None:
    first, second = run_of(0, 1), run_of(0, 0)

    assert unmatched([(first, size), (second, size)], [size, size]) == [0, 0]
    assert unmatched([(first, 2 * size), (second, size)], [size, size]) == [0, size]
