"""Whose a prison number is: one prisoner may come under several, and two prisoners are never joined by a file."""

import pytest

from keyworker_cli.rules.files.cells import BadCellError
from keyworker_cli.rules.files.prison_numbers import Numbers


def test_a_number_that_is_known_is_his_who_has_it() -> None:
    assert Numbers({"A1234BC": 7}, 9).owner("A1234BC", ()) == 7


def test_a_prisoner_never_heard_of_gets_a_key_of_his_own_and_keeps_it() -> None:
    numbers = Numbers({"A1234BC": 7}, 9)

    first, second, again = (numbers.owner(number, ()) for number in ("B2345CD", "C3456DE", "B2345CD"))

    assert (first, second, again) == (10, 11, 10)
    assert numbers.first_seen == {10: "B2345CD", 11: "C3456DE"}


def test_a_second_number_goes_to_the_prisoner_whose_first_is_known() -> None:
    numbers = Numbers({"A1234BC": 7}, 9)

    assert numbers.owner("B2345CD", ["A1234BC"]) == 7
    assert numbers.owner("B2345CD", ()) == 7
    assert numbers.added == [("B2345CD", 7)]
    assert numbers.first_seen == {}


def test_two_men_are_never_joined() -> None:
    numbers = Numbers({"A1234BC": 7, "B2345CD": 8}, 9)

    with pytest.raises(BadCellError) as refused:
        numbers.owner("A1234BC", ["B2345CD"])

    assert refused.value.reason == "A1234BC and B2345CD are two prisoners in kw: kw prisoner merge joins them"
