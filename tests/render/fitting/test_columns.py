"""Which columns a narrow screen shows."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.render.fitting.columns import GAP, Measure, fit

NAME = Measure(widest=20, usual=20, word=10, piece=10, heading=4, heading_word=4, priority=0, wraps=False)
NUMBER = Measure(widest=7, usual=7, word=7, piece=7, heading=6, heading_word=6, priority=0, wraps=False)
CELL = replace(NUMBER, priority=1)
SLOT = replace(NAME, priority=2)
NOTE = Measure(widest=200, usual=150, word=9, piece=9, heading=3, heading_word=3, priority=0, wraps=True)


@st.composite
def measures(draw: st.DrawFn) -> Measure:
    widest, heading = draw(st.integers(0, 120)), draw(st.integers(1, 20))
    word = draw(st.integers(0, widest))
    return Measure(
        widest=widest,
        usual=draw(st.integers(0, widest)),
        word=word,
        piece=draw(st.integers(0, word)),
        heading=heading,
        heading_word=draw(st.integers(1, heading)),
        priority=draw(st.integers(0, 4)),
        wraps=draw(st.booleans()),
    )


def total(widths: dict[int, int]) -> int:
    return sum(widths.values()) + GAP * max(0, len(widths) - 1)


def test_with_room_for_all_each_column_is_as_wide_as_its_widest_cell() -> None:
    assert fit([NAME, NUMBER, CELL, SLOT], 200) == {0: 20, 1: 7, 2: 7, 3: 20}


def test_the_highest_priority_number_goes_first_and_the_rest_stays_whole() -> None:
    assert fit([NAME, SLOT, CELL, NUMBER], 50) == {0: 20, 2: 7, 3: 7}
    assert fit([NAME, SLOT, CELL, NUMBER], 30) == {0: 20, 3: 7}


def test_of_equals_the_last_goes_first() -> None:
    assert fit([NUMBER, CELL, CELL], 16) == {0: 7, 1: 7}


def test_a_note_wraps_before_a_name_does_and_a_name_between_its_words() -> None:
    assert fit([NAME, NOTE], 40) == {0: 20, 1: 18}
    assert fit([NAME, NOTE], 30) == {0: 16, 1: 12}


def test_one_long_name_among_many_takes_two_lines_rather_than_a_column_s_place() -> None:
    name = replace(NAME, widest=35, usual=20, word=18)
    assert fit([name, NUMBER, CELL], 40) == {0: 22, 1: 7, 2: 7}


def test_a_heading_takes_several_lines_before_a_column_goes() -> None:
    tall = replace(CELL, heading=14, heading_word=7)
    assert fit([NUMBER, tall], 16) == {0: 7, 1: 7}


@given(st.lists(measures(), max_size=12), st.integers(1, 250))
def test_what_stays_fits_where_it_can_and_what_must_stay_stays(columns: list[Measure], width: int) -> None:
    widths = fit(columns, width)
    assert list(widths) == sorted(widths)
    assert {place for place, column in enumerate(columns) if column.priority == 0} <= set(widths)
    assert total(widths) <= width or all(one == 1 for one in widths.values()) or not widths


@given(st.lists(measures(), max_size=12), st.integers(1, 250))
def test_nothing_shown_matters_less_than_what_was_left_out(columns: list[Measure], width: int) -> None:
    widths = fit(columns, width)
    left_out = [column.priority for place, column in enumerate(columns) if place not in widths]
    assert all(columns[place].priority <= min(left_out, default=99) for place in widths)


@given(st.lists(measures(), max_size=12), st.integers(1, 250))
def test_no_column_is_wider_than_it_has_use_for(columns: list[Measure], width: int) -> None:
    assert all(one <= max(columns[place].wished, 1) for place, one in fit(columns, width).items())


def test_one_long_cell_does_not_take_the_room_that_most_cells_of_another_text_need() -> None:
    what = Measure(widest=60, usual=20, word=9, piece=9, heading=4, heading_word=4, priority=0, wraps=True)
    details = Measure(widest=90, usual=40, word=9, piece=9, heading=7, heading_word=7, priority=0, wraps=True)

    assert fit([what, details], 70) == {0: 28, 1: 40}
