"""Who may arrive, and when: no day of a prisoner's life lies in two of his stays."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyworker_cli.errors import RefusedError
from keyworker_cli.rules.contact.first_meetings import allocation_due_by, first_meeting_due_by
from keyworker_cli.rules.facts.people import Person
from keyworker_cli.rules.facts.stays import Stay
from keyworker_cli.rules.settings import Settings
from keyworker_cli.rules.stays.arrivals import check_arrival, check_days

NEW_YEAR = date(2026, 1, 1)
PRISONER = Person(1, "A1234BC", "Example", "Sam", None, None, None, None, None)


def day(number):
    return NEW_YEAR + timedelta(days=number)


def stay(arrived, left):
    return Stay(1, day(arrived), "RECEPTION", None, None if left is None else day(left), None, None, None)


def allowed(stays, arrived):
    try:
        check_arrival(PRISONER, stays, arrived_on=day(arrived))
    except RefusedError:
        return False
    return True


def one_after_another(lengths):
    """Closed stays of these lengths and gaps, none overlapping."""
    stays, at = [], 0
    for gap, length in lengths:
        stays.append(stay(at + gap, at + gap + length))
        at += gap + length + 1
    return stays[::-1]


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=4), st.integers(0, 40))
def test_an_open_stay_may_begin_only_where_none_of_its_nights_is_taken(lengths, arrived):
    stays = one_after_another(lengths)
    taken = {night for one in stays for night in range((one.arrived_on - NEW_YEAR).days, (one.left_on - NEW_YEAR).days)}
    begun = {(one.arrived_on - NEW_YEAR).days for one in stays}

    free = not any(night in taken or night in begun for night in range(arrived, 100))

    assert allowed(stays, arrived) == free


def test_one_who_is_here_cannot_arrive():
    assert not allowed([stay(3, None)], 10)
    assert not allowed([stay(3, None)], 1)


def test_what_is_due_counts_from_the_day_of_arrival():
    assert allocation_due_by(date(2026, 5, 12)) == date(2026, 5, 13)
    assert first_meeting_due_by(date(2026, 5, 12), settings=Settings()) == date(2026, 5, 15)


@pytest.mark.parametrize(("born", "taken"), [((2011, 5, 12), True), ((2011, 5, 13), False), ((1915, 5, 12), False)])
def test_an_age_that_no_prisoner_here_has_is_a_date_mistyped(born, taken):
    def check():
        check_days(date(2026, 5, 12), date(*born), today=date(2026, 5, 12))

    if taken:
        check()
    else:
        with pytest.raises(RefusedError, match="he would be"):
            check()
