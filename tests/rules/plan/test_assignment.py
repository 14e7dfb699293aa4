"""Rows and columns are paired at the least cost, against every pairing there is."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.rules.plan.assignment import pair


@st.composite
def problems(draw):
    room = draw(st.lists(st.integers(0, 3), min_size=1, max_size=4).filter(lambda room: sum(room) <= 6))
    rows = draw(st.integers(0, sum(room)))
    row = st.lists(st.integers(0, 9), min_size=len(room), max_size=len(room))
    return draw(st.lists(row, min_size=rows, max_size=rows)), room


def least_by_trying_all(costs: list[list[int]], room: list[int]) -> int:
    places = [column for column, number in enumerate(room) for _ in range(number)]
    tried = permutations(places, len(costs))
    return min(sum(row[column] for row, column in zip(costs, chosen, strict=True)) for chosen in tried)


@given(problems())
def test_no_pairing_costs_less(problem) -> None:
    costs, room = problem

    columns = pair(costs, room)

    assert all(columns.count(column) <= number for column, number in enumerate(room))
    assert sum(row[column] for row, column in zip(costs, columns, strict=True)) == least_by_trying_all(costs, room)


def test_a_row_moves_on_where_that_is_cheaper_for_both() -> None:
    assert pair([[0, 1], [0, 9]], [1, 1]) == [1, 0]


def test_more_rows_than_there_is_room_for_are_refused() -> None:
    with pytest.raises(ValueError, match="2 rows do not fit into 1 places"):
        pair([[0], [0]], [1])
