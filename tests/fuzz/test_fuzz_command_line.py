"""Whatever is typed, in whatever order: an answer or two clear lines, nothing half done, and a database that holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz.desk import ANSWERED, WORLDS, check_said, check_sound, desk, fuzzed
from fuzz.typed_at_random import any_words, command_lines, one_of

pytestmark = pytest.mark.sqlite_file  # each round begins with a copy of a file

ANSWERS = ["", "y", "n", "45", "r", "A1234BC", "PQ01", "today 09:00", "fam", "He spoke of his work.", "?", "."]

answers = st.none() | st.lists(one_of(ANSWERS), max_size=12)


@fuzzed
@given(
    world=st.sampled_from(WORLDS),
    lines=st.lists(st.tuples(command_lines(), answers), min_size=1, max_size=4),
    piped=any_words,
)
def test_whatever_is_typed_is_answered_or_refused_in_two_lines_and_the_database_holds(world, lines, piped) -> None:
    with desk(world) as here:
        for line, answered in lines:
            before = here.content()
            said = here.type(line, answers=answered, piped=piped)
            check_said(said)
            if said.code not in ANSWERED and before is not None:
                assert here.content() == before
        check_sound(here)
