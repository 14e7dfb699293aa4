"""Where a prisoner is on a day, what ended with his stay, and which nights are nights away (help: movements)."""

from datetime import UTC, date, datetime

import pytest

from keyworker_cli.errors import RefusedError
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.stays import Away, Moved, Stay
from keyworker_cli.rules.stays.merging import check_stays_apart
from keyworker_cli.rules.stays.movements import (
    absence_on,
    count_nights,
    next_move,
    place_on,
    stay_here,
)
from keyworker_cli.rules.stays.settling import is_segregation

NOW = datetime(2026, 5, 12, tzinfo=UTC)


def may(day):
    return date(2026, 5, day)


def stay(arrived, left=None, reason=None):
    return Stay(1, arrived, "RECEPTION", "B-1-001", left, reason, None, None)


def prisoner(left=None, reason=None):
    return Person(1, "A1234BC", "Example", "Sam", None, may(1), left, reason, "B-1-001")


def moves(*days_and_places):
    """Moves, given the earliest first, as they are read: the latest first."""
    made = [Moved(may(day), place, None, NOW, "x", True) for day, place in days_and_places]
    return made[::-1]


@pytest.mark.parametrize(
    ("day", "place"),
    [(2, "B-1-001"), (3, "SEG"), (4, "SEG"), (5, "C-1-001"), (6, "C-1-002"), (30, "C-1-002")],
)
def test_he_is_where_his_last_move_up_to_the_day_took_him(day, place):
    made = moves((3, "SEG"), (5, "C-1-001"), (6, "SEG"), (6, "C-1-002"))

    assert place_on(may(day), stay(may(1)), made) == place


def test_a_move_of_an_earlier_stay_says_nothing_of_this_one():
    assert place_on(may(12), stay(may(10)), moves((3, "SEG"))) == "B-1-001"


def test_segregation_recorded_late_lasts_until_the_next_move_out_of_it():
    assert next_move(may(2), moves((3, "SEG"), (5, "C-1-001"), (8, "B-1-001"))).moved_on == may(5)
    assert next_move(may(8), moves((3, "SEG"), (5, "C-1-001"))) is None


@pytest.mark.parametrize(("place", "is_it"), [("SEG", True), ("SEG-1-002", True), ("S-1-001", False), (None, False)])
def test_the_segregation_unit_and_its_cells_are_segregation(place, is_it):
    assert is_segregation(place) is is_it


def test_the_day_he_is_back_is_no_night_away():
    nine = Away("HOSPITAL", may(1), may(10))

    assert count_nights(nine) == "9 nights"
    assert absence_on(may(10), prisoner(), [nine]) == nine, (
        "the day he is expected is the last on which he can come back"
    )
    with pytest.raises(RefusedError, match="is not away on Mon 11 May 2026"):
        absence_on(may(11), prisoner(), [nine])


def test_a_prisoner_whose_release_is_planned_is_here_until_that_day():
    planned = stay(may(1), may(20))

    assert stay_here(prisoner(), [planned], today=may(19)) == planned
    with pytest.raises(RefusedError, match="is not here: he left on Wed 20 May 2026"):
        stay_here(prisoner(), [planned], today=may(20))


def test_a_prisoner_who_died_is_refused_before_anything_else_is_looked_at():
    with pytest.raises(RefusedError, match="his record is locked"):
        stay_here(prisoner(may(3), "DIED"), [], today=may(20))


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ((1, 5), (5, 9), True),
        ((5, 9), (1, 5), True),
        ((1, 6), (5, 9), False),
        ((1, None), (5, 9), False),
        ((6, None), (1, 5), True),
        ((1, None), (3, None), False),
        ((1, 1), (1, 5), False),
    ],
)
def test_two_numbers_may_be_one_mans_only_if_he_was_never_here_twice_at_once(one, other, apart):
    def stayed(first, last):
        return stay(may(first), may(last) if last else None)

    if apart:
        check_stays_apart(prisoner(), [stayed(*one)], prisoner(), [stayed(*other)])
    else:
        with pytest.raises(RefusedError, match="cannot be one prisoner"):
            check_stays_apart(prisoner(), [stayed(*one)], prisoner(), [stayed(*other)])
